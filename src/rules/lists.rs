//! Words and phrases that the rules of language look for, as data: one list a rule, in each language.
//!
//! A phrase is matched whole, whatever its case and accents. `(a|b)` is either, `(a|)` is `a` or nothing. Where a word
//! is fine in some company, the company stands in `FINE`, and the longer phrase wins. Lists are short on purpose: a
//! word that is mostly innocent is not in them.

use std::{ops::Range, sync::LazyLock};

use super::phrase;
use crate::language::Folded;

/// What a phrase is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum List {
    /// It blames a person.
    Blaming,
    /// It tells what did not happen.
    Counterfactual,
    /// A quantity, a time or a certainty that nobody can check.
    Vague,
    /// It makes little of what users went through.
    Minimising,
    /// It promises what nobody can keep.
    Absolute,
    /// It says that something is not known: what is vague beside it is so on purpose.
    Admission,
    /// A phrase around a listed word that makes it innocent.
    Fine,
}

/// The phrases of one list.
struct Phrases {
    list: List,
    en: &'static [&'static str],
    pt: &'static [&'static str],
}

/// Those who can be blamed. A machine that fails to start is not.
const WHO: &str = "(we|they|he|she|nobody|someone|the (team|engineer|engineers|operator|operators|developer|developers|vendor|supplier|on-call engineer|administrator|analyst)|engineers|operators|developers|our (team|engineers|engineer))";
const QUEM: &str = "((o|nosso) (time|analista|operador|engenheiro|desenvolvedor|plantonista|fornecedor)|a equipe|nossa equipe|(os |nossos |)(engenheiros|operadores|desenvolvedores|analistas)|alguém|ninguém)";

const LISTS: &[Phrases] = &[
    Phrases {
        list: List::Blaming,
        en: &[
            "(human|operator|pilot) error(s|)",
            "careless(ly|ness|)",
            "negligent(ly|)",
            "negligence",
            "sloppy",
            "incompetent",
            "incompetence",
            "by mistake",
            "lack of (rigor|rigour|discipline|attention|care|diligence)",
            "WHO (failed|neglected|forgot|omitted) to",
            "WHO should have (known|noticed|seen|checked|tested|verified|realized|realised)",
        ],
        pt: &[
            "(erro|erros|falha|falhas) (humano|humanos|humana|humanas)",
            "(erro|falha) d(o|e|a) (operador|operadora|analista|engenheiro|desenvolvedor)",
            "descuido(s|)",
            "descuidado(s|)",
            "descuidada(s|)",
            "negligência",
            "negligente(s|)",
            "imprudência",
            "imperícia",
            "incompetência",
            "desatenção",
            "por engano",
            "falta de (rigor|disciplina|atenção|cuidado|zelo)",
            "culpa",
            "culpado(s|)",
            "culpada(s|)",
            "QUEM (esqueceu|esqueceram|deixou|deixaram) de",
            "QUEM (deveria|deveriam) ter (sabido|percebido|visto|verificado|testado|notado)",
        ],
    },
    Phrases {
        list: List::Counterfactual,
        en: &["WHO (should|could|would|ought to) have", "if only", "WHO (should|could) not have"],
        pt: &[
            "(deveríamos|poderíamos|teríamos de) ter",
            "QUEM (deveria|deveriam|poderia|poderiam) ter",
            "se (ao menos|pelo menos)",
            "se (nós |)tivéssemos",
        ],
    },
    Phrases {
        list: List::Vague,
        en: &[
            "some",
            "several",
            "many",
            "a few",
            "numerous",
            "various",
            "a (large|great|small|good|certain|considerable|limited) (number|part|portion|share|amount) of",
            "a (large|small) group of",
            "a (handful|lot|bunch) of",
            "lots of",
            "apparently",
            "soon",
            "shortly",
            "as soon as possible",
        ],
        pt: &[
            "algun(s)",
            "alguma(s)",
            "vário(s)",
            "vária(s)",
            "muito(s)",
            "muita(s)",
            "diverso(s)",
            "diversa(s)",
            "pouco(s)",
            "pouca(s)",
            "(alguns|uns|umas|algumas) (poucos|poucas)",
            "(grande|boa) parte d(e|o|a|os|as)",
            "(um|uma) (grande|pequena|pequeno) (número|parcela|parte|quantidade|grupo) de",
            "um punhado de",
            "aparentemente",
            "em breve",
            "logo mais",
            "(o mais cedo|assim que|tão logo) possível",
            "o quanto antes",
        ],
    },
    Phrases {
        list: List::Minimising,
        en: &[
            "(only|just|merely|simply) (some|certain|few|a (few|handful|fraction|minority|part|portion|subset)|a (small|limited|tiny) (number|part|portion|share|group|subset|fraction|percentage|set)|a limited)",
            "(only|just|merely) (a small|a minor|a brief)",
            "(a |)(small|tiny) (number|fraction|percentage|minority|subset) of",
            "(a |)(minor|slight|small) (issue|problem|impact|disruption|inconvenience|glitch|hiccup|degradation|interruption)(s|)",
            "(any|the|this|some) inconvenience",
        ],
        pt: &[
            "(apenas|somente|simplesmente|só) (alguns|algumas|poucos|poucas|certos|certas|parte|uma parte|uma fração|uma minoria|um grupo|um número limitado)",
            "(apenas|somente|só|) (um|uma) (pequeno|pequena|pequenina|mínima|mínimo) (número|parcela|parte|fração|quantidade|grupo|percentual)",
            "(pequeno|pequena|pequenos|pequenas|leve|leves) (problema|problemas|impacto|impactos|incidente|incidentes|transtorno|transtornos|falha|falhas|instabilidade|instabilidades|degradação|interrupção)",
            "(qualquer|algum|eventual|eventuais|quaisquer) (inconveniente|inconvenientes|inconveniência)",
        ],
    },
    Phrases {
        list: List::Absolute,
        en: &[
            "never (happen|occur|happens|occurs) again",
            "never again",
            "(won't|will not|cannot|can't|can not|does not|doesn't|must not|shall not) (ever |)(happen|occur|recur|repeat)( itself|) again",
            "(won't|will not|cannot|can't) (ever |)(recur|be repeated)",
            "(we|i|this|it|that|which) (can |will |should |)guarantee(s|)( that|)",
            "guaranteed (not to|to never)",
            "will (always|never) (work|fail|be (available|lost|affected|down))",
            "(100%|100 %|a hundred percent|fully) (safe|secure|reliable|certain|sure|guaranteed|bulletproof|fail-safe)",
            "will (have|cause) no impact",
        ],
        pt: &[
            "(não|nunca) (vai|vão|irá|irão) (mais |)(acontecer|ocorrer|se repetir|repetir-se|voltar a acontecer|voltar a ocorrer)( novamente| de novo| mais|)",
            "(não|nunca) (mais |)(voltará|voltarão) a (acontecer|ocorrer|se repetir)",
            "(não|nunca) (mais |)(acontecerá|acontecerão|ocorrerá|ocorrerão)( novamente| de novo| mais|)",
            "(não|nunca) (mais |)se (repetirá|repetirão)",
            "nunca mais (acontecerá|ocorrerá|vai|vamos|irá|haverá|voltará|se repetirá|deixaremos)",
            "(garantimos|podemos garantir|garanto|vamos garantir) que",
            "(isso|isto|o que|que) (deve|vai|irá) garantir que",
            "(100%|100 %|cem por cento|totalmente) (seguro|segura|confiável|garantido|garantida|certo|certa)",
            "(não (terá|haverá|causará|vai causar|vai haver)) (nenhum |qualquer |)impacto",
        ],
    },
    Phrases {
        list: List::Admission,
        en: &[
            "(is|are|was|were|remains|remain) (not (yet |)|un)known",
            "unknown",
            "not (yet |been |)(known|published|counted|measured|established|told)",
            "(do|did) not (yet |)know",
            "(don't|didn't) (yet |)know",
            "we are (still |)(finding out|counting|checking)",
        ],
        pt: &[
            "(desconhecido|desconhecida|desconhecidos|desconhecidas)",
            "não (se sabe|sabemos|se sabia|se conhece|conhecemos)",
            "não (foi|foram|é|são|está|estão) (ainda |)(divulgado|divulgada|divulgados|conhecido|conhecida|conhecidos|contado|medido|apurado|apurada|apurados|publicado|publicada)",
            "(ainda |)(estamos|seguimos) (apurando|contando|verificando)",
        ],
    },
    Phrases {
        list: List::Fine,
        en: &[
            "at some point",
            "some (of which|[0-9])",
            "(so|too|as|how|this|that|not) many",
            "as many as",
            "many-to-many",
            "no sooner",
            "as soon as",
            "how soon",
            "(soon|shortly) (after|before)",
            "blameless",
            "without blame",
        ],
        pt: &[
            "aos poucos",
            "(quantos|quantas|tantos|tantas)",
            "há (muito|pouco)",
            "sem (apontar |procurar |buscar |atribuir |)(culpa|culpado|culpados|culpada|culpadas)",
            "(não|nem) (é|foi|há|se trata de|busca|procura|aponta) (culpa|culpado|culpados)",
        ],
    },
];

/// The lists of one language, ready to look for.
pub(super) struct Search {
    phrases: phrase::Search,
    lists: Vec<List>,
}

static ENGLISH: LazyLock<Option<Search>> = LazyLock::new(|| Search::new(|phrases| phrases.en, ("WHO", WHO)));
static PORTUGUESE: LazyLock<Option<Search>> =
    LazyLock::new(|| Search::new(|phrases| phrases.pt, ("QUEM", QUEM)));

impl Search {
    /// The lists of a language; `None` when there are none.
    pub(super) fn of(tag: &str) -> Option<&'static Self> {
        match tag.split('-').next() {
            Some("en") => ENGLISH.as_ref(),
            Some("pt") => PORTUGUESE.as_ref(),
            _ => None,
        }
    }

    fn new(phrases: fn(&Phrases) -> &'static [&'static str], who: (&str, &str)) -> Option<Self> {
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let mut lists = Vec::new();
        for of in LISTS {
            for phrase in phrases(of) {
                for form in expand(&phrase.replace(who.0, who.1)) {
                    patterns.push(Folded::of(form.trim()).bytes().to_vec());
                    lists.push(of.list);
                }
            }
        }
        Some(Self { phrases: phrase::Search::new(&patterns)?, lists })
    }

    /// Whether a phrase may begin at one of these places of a text.
    pub(super) fn may_begin_in(&self, text: &str, words: impl Iterator<Item = usize>) -> bool {
        self.phrases.may_begin_in(text, words)
    }

    /// The phrases in a text, in its order, none inside a longer one.
    pub(super) fn find(&self, folded: &Folded) -> Vec<(List, Range<usize>)> {
        let found = self.phrases.find(folded).into_iter();
        found.filter_map(|(phrase, range)| Some((*self.lists.get(phrase)?, range))).collect()
    }
}

/// Every form of a phrase with alternatives.
fn expand(phrase: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('(') {
        let mut depth = 1;
        let mut from = 0;
        let mut choices: Vec<&str> = Vec::new();
        let mut end = after.len();
        for (at, c) in after.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 || (depth == 1 && c == '|') {
                choices.extend(after.get(from..at));
                from = at + 1;
            }
            if depth == 0 {
                end = at + 1;
                break;
            }
        }
        let choices: Vec<String> = choices.into_iter().flat_map(expand).collect();
        forms = forms
            .into_iter()
            .flat_map(|form| choices.iter().map(move |choice| format!("{form}{before}{choice}")))
            .collect();
        rest = after.get(end..).unwrap_or_default();
    }
    forms.into_iter().map(|form| form + rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(tag: &str, text: &str) -> Vec<(List, String)> {
        let folded = Folded::of(text);
        let search = Search::of(tag).unwrap();
        let show = |range: Range<usize>| text.get(folded.range(&range).unwrap()).unwrap().to_owned();
        let hits = search.find(&folded).into_iter();
        hits.filter(|(list, _)| *list != List::Fine).map(|(list, range)| (list, show(range))).collect()
    }

    #[test]
    fn alternatives_are_written_out() {
        assert_eq!(expand("plain"), ["plain"]);
        assert_eq!(expand("a(b|c|)d"), ["abd", "acd", "ad"]);
        assert_eq!(expand("(a|b (c|d)) e"), ["a e", "b c e", "b d e"]);
        let forms: usize =
            LISTS.iter().flat_map(|of| of.en.iter().chain(of.pt)).map(|phrase| expand(phrase).len()).sum();
        assert!(forms < 5_000, "{forms}");
    }

    #[test]
    fn phrases_are_found_whole_in_any_case_and_the_longest_wins() {
        use List::*;
        for (tag, text, expected) in [
            ("en", "A server was restarted By Mistake.", vec![(Blaming, "By Mistake")]),
            ("en", "the engineers failed to notice", vec![(Blaming, "the engineers failed to")]),
            ("en", "the server failed to start", vec![]),
            (
                "en",
                "the team should have known, and should have asked",
                vec![(Blaming, "the team should have known")],
            ),
            ("en", "We should have checked the queue", vec![(Blaming, "We should have checked")]),
            ("en", "We should have stayed on top of it", vec![(Counterfactual, "We should have")]),
            ("en", "the job should have run at five", vec![]),
            ("en", "several customers, many of them", vec![(Vague, "several"), (Vague, "many")]),
            ("en", "someone, somewhere, sometimes, manyfold, fewer", vec![]),
            ("en", "too many requests; at some point; as soon as it is copied", vec![]),
            ("en", "as soon as possible", vec![(Vague, "as soon as possible")]),
            ("en", "only a few stores", vec![(Minimising, "only a few")]),
            ("en", "only on the new cluster; read-only; just under 6 hours", vec![]),
            ("en", "This won’t happen again.", vec![(Absolute, "won’t happen again")]),
            ("en", "at 100% CPU with no impact on checkout", vec![]),
            ("en", "This should guarantee that we catch it", vec![(Absolute, "This should guarantee that")]),
            ("en", "the queue guarantees the sequence", vec![]),
            ("pt-BR", "A causa foi ERRO HUMANO", vec![(Blaming, "ERRO HUMANO")]),
            ("pt-BR", "pedimos desculpas", vec![]),
            ("pt-BR", "um postmortem sem culpados; a culpa", vec![(Blaming, "culpa")]),
            (
                "pt-BR",
                "por fal\u{0327}ta de rigor, falta de rigor",
                vec![(Blaming, "fal\u{0327}ta de rigor"), (Blaming, "falta de rigor")],
            ),
            ("pt-BR", "alguns clientes, aos poucos", vec![(Vague, "alguns")]),
            ("pt-BR", "só uma parte dos clientes", vec![(Minimising, "só uma parte")]),
            ("pt-BR", "só foi nela que deu certo", vec![]),
            ("pt-BR", "Isso não vai se repetir", vec![(Absolute, "não vai se repetir")]),
            ("pt-BR", "o número não foi divulgado", vec![(Admission, "não foi divulgado")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(list, text)| (list, text.to_owned())).collect();
            assert_eq!(found(tag, text), expected, "{text}");
        }
        assert!(Search::of("de").is_none());
    }
}
