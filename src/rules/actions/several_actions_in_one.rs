//! `several-actions-in-one`: of three actions in one, two are forgotten.

use crate::{
    locate::Field,
    model::Localized,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Several actions in one
    ///
    /// The title of an open action shows at most one of these signs, in any one language: clauses joined by a semicolon; verbs
    /// joined by "and" or a comma; more than 30 words. In Portuguese a verb is known by its infinitive; in English by a short list
    /// of verbs that actions begin with.
    ///
    /// ## Why
    ///
    /// One item of VTEX's list held four promises: watch latency, analyse costly requests, simplify the features, move reports
    /// elsewhere. Each deserves an owner and a date.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].title
    /// actions:
    ///   - {id: A1, title: {en: "Watch latency and the costliest queries; simplify search, and move reports elsewhere", pt-BR: "Acompanhar a latência e as consultas mais caras; simplificar a busca e mover os relatórios"}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `A1` looks like 3 actions; split it
    /// > `A1` parece conter 3 ações; divida-a
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: "Watch the logs that these systems write, and spot anomalies early", pt-BR: "Acompanhar os logs desses sistemas e identificar anomalias cedo"}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Split it, and give each part an owner and a date.
    ///
    /// # Várias ações em uma
    ///
    /// O título de uma ação aberta mostra no máximo um destes sinais, em cada idioma: orações separadas por ponto e vírgula;
    /// verbos ligados por "e" ou vírgula; mais de 30 palavras. Em português, um verbo se reconhece pelo infinitivo; em inglês, por
    /// uma pequena lista de verbos com que ações começam.
    ///
    /// ## Por quê
    ///
    /// Um item da lista da VTEX trazia quatro promessas: acompanhar a latência, analisar requisições caras, simplificar as
    /// funcionalidades, levar relatórios para outro lugar. Cada uma merece um responsável e um prazo.
    ///
    /// ## Correção
    ///
    /// Divida a ação e dê a cada parte um responsável e um prazo.
    "several-actions-in-one": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in
            judged.incident.actions.iter().enumerate().filter(|(_, action)| action.status.is_open())
        {
            let Some(count) = count(&action.title) else { continue };
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field), n = count =>
                "`{action}` looks like {n} actions; split it",
                "`{action}` parece conter {n} ações; divida-a"
            };
            out.find(judged, field.key("title"), sentence).help = words! {
                "give each part an owner and a date of its own",
                "dê a cada parte um responsável e um prazo próprios"
            };
        }
    }
}

/// How many actions a title seems to hold, when two signs agree in some language.
fn count(title: &Localized) -> Option<usize> {
    title.iter().filter_map(|(tag, text)| parts(text, tag.starts_with("pt"))).max()
}

fn parts(title: &str, portuguese: bool) -> Option<usize> {
    const MANY_WORDS: usize = 30;
    let clauses: Vec<&str> = title.split(';').filter(|clause| !clause.trim().is_empty()).collect();
    let words = title.split_whitespace().count();
    // a clause after a semicolon is an action of its own when it begins with a verb, or follows one
    let verbs = clauses.iter().map(|clause| joined(clause, portuguese)).sum::<usize>();
    let signs = [clauses.len() > 1, verbs > 0, words > MANY_WORDS];
    let agree = signs.into_iter().filter(|sign| *sign).count() >= 2;
    (agree && clauses.len() + verbs > 1).then_some(clauses.len() + verbs)
}

/// How many further verbs a clause joins to its first: those after "and", "e" or a comma.
fn joined(clause: &str, portuguese: bool) -> usize {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words
        .windows(2)
        .filter(|pair| {
            let [before, word] = pair else { return false };
            let joins = before.ends_with(',') || ["and", "e"].contains(&bare(before).as_str());
            let word = bare(word);
            joins && if portuguese { is_infinitive(&word) } else { VERBS.contains(&word.as_str()) }
        })
        .count()
}

/// Verbs that actions begin with, and that are seldom nouns after "and".
const VERBS: [&str; 40] = [
    "add",
    "adopt",
    "allow",
    "analyse",
    "analyze",
    "apply",
    "ask",
    "automate",
    "build",
    "create",
    "define",
    "delete",
    "deploy",
    "disable",
    "document",
    "enable",
    "encourage",
    "enlarge",
    "ensure",
    "extend",
    "fix",
    "identify",
    "implement",
    "improve",
    "introduce",
    "investigate",
    "make",
    "migrate",
    "move",
    "prevent",
    "reduce",
    "remove",
    "rename",
    "replace",
    "rewrite",
    "simplify",
    "spot",
    "train",
    "upgrade",
    "write",
];

/// Words that end like an infinitive and are none.
const NOUNS: [&str; 17] = [
    "lugar",
    "celular",
    "popular",
    "similar",
    "regular",
    "familiar",
    "escolar",
    "hangar",
    "particular",
    "auxiliar",
    "mulher",
    "caráter",
    "qualquer",
    "poder",
    "prazer",
    "dever",
    "linear",
];

fn is_infinitive(word: &str) -> bool {
    word.chars().count() > 4
        && ["ar", "er", "ir"].iter().any(|end| word.ends_with(end))
        && !NOUNS.contains(&word)
}
