//! `yaml-invalid`: what is not one YAML document.

use crate::{
    finding::Words,
    language::Quantity,
    model::FaultKind,
    rules::{
        Case,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
        yaml_words::portuguese,
    },
};

rule! {
    /// # Not valid YAML
    ///
    /// The file is one YAML document, nested no deeper and unfolding to no more than relato reads.
    ///
    /// ## Why
    ///
    /// Nothing of the file can be trusted until it can be read. Limits on nesting and aliases protect whoever runs
    /// `relato check` on a pull request from a stranger.
    ///
    /// ## Fires
    ///
    /// ```yaml whole
    /// relato: 1
    /// title: [unclosed
    /// status: open
    /// ```
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: "Quotes: where they are needed", pt-BR: "Aspas: onde são necessárias"}
    /// ```
    ///
    /// ## Fix
    ///
    /// Mend the syntax at the place shown. Texts that hold `: ` or begin with `[`, `{`, `*`, `&`, `%`, `@` need quotes.
    ///
    /// # YAML inválido
    ///
    /// O arquivo é um único documento YAML, sem aninhamento nem desdobramento além do que o relato lê.
    ///
    /// ## Por quê
    ///
    /// Nada no arquivo é confiável enquanto ele não puder ser lido. Limites de aninhamento e de aliases protegem quem roda
    /// `relato check` no pull request de um desconhecido.
    ///
    /// ## Correção
    ///
    /// Corrija a sintaxe no lugar indicado. Textos com `: ` ou que começam com `[`, `{`, `*`, `&`, `%`, `@` precisam de
    /// aspas.
    "yaml-invalid": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        if let Some((sentence, help)) = tell(&fault.kind) {
            out.find_fault(fault, sentence).help = help;
        }
    }
}

/// What to do about the slips that are made most, by what the parser says of them.
fn mend(problem: &str) -> Words {
    let says = |words: &[&str]| words.iter().any(|word| problem.contains(word));
    if says(&["tab"]) {
        words! { "indent with spaces: YAML takes no tabs", "indente com espaços: YAML não aceita tabulações" }
    } else if says(&["mapping values are not allowed"]) {
        words! {
            "put a text that holds `: ` into quotes: `title: \"Orders: stopped\"`",
            "ponha entre aspas um texto que tem `: `: `title: \"Pedidos: parados\"`"
        }
    } else if says(&["simple key", "expect `:`", "expected ':'"]) {
        words! {
            "a key is followed by `:` and a space, like `status: resolved`; look at the line before, too",
            "depois da chave vêm `:` e um espaço, como em `status: resolved`; olhe também a linha anterior"
        }
    } else if says(&["quoted scalar", "quote"]) {
        words! {
            "a quotation mark is not closed, here or in the lines before",
            "há aspas que não foram fechadas, aqui ou nas linhas anteriores"
        }
    } else if says(&["flow sequence", "flow mapping", "','", "`,`"]) {
        words! {
            "a bracket is not closed, or a comma is missing, here or in the lines before",
            "falta fechar um colchete ou uma chave, ou falta uma vírgula, aqui ou nas linhas anteriores"
        }
    } else if says(&[
        "block collection",
        "block mapping",
        "indicator",
        "indentation",
        "multiline",
        "block end",
    ]) {
        words! {
            "align this line with its neighbours: the keys of one item begin in the same column",
            "alinhe esta linha com as vizinhas: as chaves de um mesmo item começam na mesma coluna"
        }
    } else {
        words! {
            "look at the quotes, the indentation and the brackets just before this place",
            "verifique as aspas, a indentação e os colchetes logo antes deste ponto"
        }
    }
}

/// The parser's words; what it says of rarities stays English.
fn told(problem: &str) -> Quantity {
    let tag = problem
        .strip_prefix("the tag ")
        .and_then(|rest| rest.strip_suffix(" has no meaning here, remove it"));
    let pt = match (portuguese(problem), tag) {
        (Some(pt), _) => pt.to_owned(),
        (None, Some(tag)) => format!("a tag {tag} não tem significado aqui; remova-a"),
        (None, None) => problem.to_owned(),
    };
    Quantity::named(problem, pt)
}

fn tell(kind: &FaultKind) -> Option<(Sentence, Words)> {
    Some(match kind {
        FaultKind::Syntax { problem } => (
            sentence! { problem = told(problem) => "this is not YAML: {problem}", "isto não é YAML: {problem}" },
            mend(problem),
        ),
        FaultKind::ItemWithoutKey { first } => (
            sentence! { =>
                "an item of a list stands here, and the key of the list is missing",
                "há um item de lista aqui, e falta a chave da lista"
            },
            match LISTS.iter().find(|(key, _)| key == first) {
                Some((_, list)) => words! { list = *list =>
                    "write `{list}:` in the line before",
                    "escreva `{list}:` na linha anterior"
                },
                None => words! {
                    "write the key in the line before, such as `impacts:`, `timeline:`, `causes:` or `actions:`",
                    "escreva a chave na linha anterior, como `impacts:`, `timeline:`, `causes:` ou `actions:`"
                },
            },
        ),
        FaultKind::MergeMarks => (
            sentence! { =>
                "a merge was left unfinished here",
                "um merge ficou pela metade aqui"
            },
            words! {
                "keep the lines that are right, and remove those that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
                "mantenha as linhas corretas e remova as que começam com `<<<<<<<`, `=======` e `>>>>>>>`"
            },
        ),
        FaultKind::TooDeep { limit } => (
            sentence! { limit = *limit =>
                "nested deeper than {limit} levels",
                "aninhamento com mais de {limit} níveis"
            },
            words! { "no field of an incident is nested this deep", "nenhum campo de um incidente exige tantos níveis" },
        ),
        FaultKind::TooManyAliases => (
            sentence! { =>
                "the aliases unfold to more than relato reads",
                "os aliases se desdobram em mais do que o relato lê"
            },
            words! { "write the values out", "escreva os valores por extenso" },
        ),
        FaultKind::SeveralDocuments => (
            sentence! { =>
                "the file holds more than one YAML document",
                "o arquivo tem mais de um documento YAML"
            },
            words! {
                "one file is one incident: put what follows `---` into a file of its own",
                "um arquivo é um incidente: ponha o que vem depois de `---` em outro arquivo"
            },
        ),
        _ => return None,
    })
}

/// The lists that an item's first key gives away.
const LISTS: &[(&str, &str)] = &[("service", "impacts"), ("at", "timeline"), ("rule", "waivers")];
