//! `yaml-invalid`: what is not one YAML document.

use crate::{
    finding::Words,
    model::FaultKind,
    rules::{
        Case,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
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

fn tell(kind: &FaultKind) -> Option<(Sentence, Words)> {
    Some(match kind {
        FaultKind::Syntax { problem } => (
            sentence! { problem = problem.as_str() => "this is not YAML: {problem}", "isto não é YAML: {problem}" },
            words! {
                "look at the quotes, the indentation and the brackets just before this place",
                "verifique as aspas, a indentação e os colchetes logo antes deste ponto"
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
