//! `commitment-weaker`: an action promises as much in one language as in the other.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::{
    locate::{Field, Step},
    model::Action,
    prose::{Prose, Tongue},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::{other, tag},
    },
};

rule! {
    /// # Commitment weaker in one language
    ///
    /// The title of an action does not try, consider or hope in one language (`try`, `aim`, `consider`, `hope`, `if possible`;
    /// `tentar`, `considerar`, `pretender`, `se possível`) what it does in the other.
    ///
    /// ## Why
    ///
    /// VTEX's Portuguese postmortem promises a sprint to spread good practice; in English it is to be made a priority. Who
    /// reads only one of the two expects something else.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].title.pt-BR
    /// actions:
    ///   - id: A1
    ///     title: {en: Alert when orders stop advancing, pt-BR: Tentar alertar quando os pedidos pararem de avançar}
    ///     type: detect
    ///     priority: P3
    ///     owner: role:oms-tech-lead
    ///     created_on: 2026-03-03
    ///     due: 2026-06-01
    ///     status: accepted
    ///     done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
    ///     addresses: [workflow, c1]
    /// ```
    /// > `A1`: the promise is weaker in pt-BR (`Tentar`)
    /// > `A1`: o compromisso é mais fraco em pt-BR (`Tentar`)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - id: A1
    ///     title: {en: Try an alert when orders stop advancing, pt-BR: Testar um alerta quando os pedidos pararem de avançar}
    ///     type: detect
    ///     priority: P3
    ///     owner: role:oms-tech-lead
    ///     created_on: 2026-03-03
    ///     due: 2026-06-01
    ///     status: accepted
    ///     done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
    ///     addresses: [workflow, c1]
    /// ```
    ///
    /// ## Fix
    ///
    /// Promise the same in both languages.
    ///
    /// # Compromisso mais fraco em um idioma
    ///
    /// O título de uma ação não tenta, considera ou espera em um idioma (`try`, `aim`, `consider`, `hope`, `if possible`;
    /// `tentar`, `considerar`, `pretender`, `se possível`) o que no outro ele faz.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em português promete um sprint para divulgar boas práticas; em inglês, o assunto vira prioridade.
    /// Quem lê só um dos dois espera outra coisa.
    ///
    /// ## Correção
    ///
    /// Prometa o mesmo nos dois idiomas.
    "commitment-weaker": Warning Fact
}

/// Beginnings of words that promise less than the deed.
const WEAK: [(Tongue, &[&str]); 2] = [
    (
        Tongue::English,
        &["try ", "attempt ", "aim ", "consider ", "hope ", "intend ", "if possible", "where possible"],
    ),
    (
        Tongue::Portuguese,
        &[
            "tentar ",
            "tentaremos",
            "considerar ",
            "pretend",
            "esperamos",
            "se possível",
            "na medida do possível",
        ],
    ),
];

/// Beginnings of words that may render one of them: they say that nothing was lost.
const ALSO_WEAK: [(Tongue, &[&str]); 2] = [
    (
        Tongue::English,
        &["trying", "evaluat", "assess", "stud", "explor", "look into", "seek", "test", "whether", "plan"],
    ),
    (
        Tongue::Portuguese,
        &[
            "testar",
            "avaliar",
            "estudar",
            "analisar",
            "explorar",
            "buscar",
            "procurar",
            "verificar",
            "experimentar",
            "visar",
            "planej",
        ],
    ),
];

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        for tongue in [Tongue::English, Tongue::Portuguese] {
            if !may_be_weak(pair.text(tongue)) {
                continue;
            }
            let field = pair.field(judged);
            let Some(action) = titled(judged, &field) else { continue };
            let Some(word) = first(pair.text(tongue), tongue, &WEAK) else { continue };
            let there = pair.text(other(tongue));
            if first(there, other(tongue), &WEAK)
                .or_else(|| first(there, other(tongue), &ALSO_WEAK))
                .is_some()
            {
                continue;
            }
            let sentence = sentence! {
                action = called(&action.id, &field),
                lang = tag(tongue),
                word = word =>
                "`{action}`: the promise is weaker in {lang} (`{word}`)",
                "`{action}`: o compromisso é mais fraco em {lang} (`{word}`)"
            };
            out.find(judged, pair.side(judged, tongue), sentence).help = words! {
                "promise the same in both languages",
                "prometa o mesmo nos dois idiomas"
            };
        }
    }
}

/// The action whose title stands in a field.
fn titled<'a>(judged: &Judged<'a>, field: &Field) -> Option<&'a Action> {
    match field.steps() {
        [Step::Key(list), Step::Index(index), Step::Key(key)] if list == "actions" && key == "title" => {
            judged.incident.actions.get(*index)
        }
        _ => None,
    }
}

/// A glance that spares most texts the reading.
fn may_be_weak(text: &Prose) -> bool {
    static STARTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let starts = WEAK.iter().flat_map(|(_, starts)| starts.iter()).map(|start| start.trim_end());
        // what is not ASCII has case that is not looked at here
        let plain =
            starts.map(|start| start.split_once(|c: char| !c.is_ascii()).map_or(start, |(plain, _)| plain));
        AhoCorasick::builder().ascii_case_insensitive(true).build(plain).ok()
    });
    STARTS.as_ref().is_none_or(|starts| starts.is_match(text.plain()))
}

/// The first of the listed beginnings that stands in a text at the start of a word, as it is written there.
fn first(text: &Prose, tongue: Tongue, lists: &[(Tongue, &[&str])]) -> Option<String> {
    let plain: String = text.blocks().collect::<Vec<_>>().join(" ") + " ";
    let lower = plain.to_lowercase();
    let starts = lists.iter().filter(|(of, _)| *of == tongue).flat_map(|(_, list)| list.iter());
    let found = starts.filter_map(|start| {
        let is_start = |at: &usize| {
            let before = lower.get(..*at).and_then(|before| before.chars().next_back());
            before.is_none_or(|c| !c.is_alphanumeric())
        };
        lower.match_indices(start).map(|(at, _)| at).find(is_start).map(|at| (at, start.trim_end().len()))
    });
    let (at, length) = found.min()?;
    // in small letters a text is seldom longer or shorter; then they are shown
    Some(plain.get(at..at + length).or_else(|| lower.get(at..at + length))?.to_owned())
}
