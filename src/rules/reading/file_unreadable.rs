//! `file-unreadable`: a file that is there and cannot be read.

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
    /// # File cannot be read
    ///
    /// A file of the workspace is there and is not read: too large, not UTF-8, a name that is not UTF-8, a symbolic
    /// link that leads out of the workspace, a device. The other files are read all the same.
    ///
    /// ## Why
    ///
    /// An incident that silently drops out of the count makes every figure better than it is.
    ///
    /// ## Fires
    ///
    /// ```yaml bytes=ff
    /// ```
    /// > the file is not UTF-8 text (byte 1)
    /// > o arquivo não é texto em UTF-8 (byte 1)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: Orders stopped, pt-BR: Pedidos parados — acentos são bem-vindos}
    /// ```
    ///
    /// ## Fix
    ///
    /// Save the file as UTF-8, split it, or replace the link by the file it points to.
    ///
    /// # Arquivo ilegível
    ///
    /// Um arquivo do workspace existe, mas não é lido: é grande demais, não está em UTF-8, tem nome fora do UTF-8, é um
    /// link simbólico que sai do workspace ou é um dispositivo. Os outros arquivos são lidos mesmo assim.
    ///
    /// ## Por quê
    ///
    /// Um incidente que some da conta em silêncio deixa todos os números melhores do que são.
    ///
    /// ## Correção
    ///
    /// Salve o arquivo em UTF-8, divida-o ou troque o link pelo arquivo para o qual ele aponta.
    "file-unreadable": Error Fact
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
        FaultKind::TooLarge { bytes, limit } => (
            sentence! { bytes = whole(*bytes), limit = whole(*limit) =>
                "the file has {bytes} bytes; relato reads at most {limit}",
                "o arquivo tem {bytes} bytes; o relato lê no máximo {limit}"
            },
            words! {
                "split it, or move attachments out of the YAML",
                "divida-o ou tire os anexos do YAML"
            },
        ),
        FaultKind::NotUtf8 { byte } => (
            sentence! { byte = byte.saturating_add(1) =>
                "the file is not UTF-8 text (byte {byte})",
                "o arquivo não é texto em UTF-8 (byte {byte})"
            },
            words! { "save it as UTF-8", "salve-o em UTF-8" },
        ),
        FaultKind::NameNotUtf8 => (
            sentence! { =>
                "the name of the file is not UTF-8; the file is not read",
                "o nome do arquivo não está em UTF-8; o arquivo não é lido"
            },
            words! { "rename it to its incident id", "renomeie-o para o id do incidente" },
        ),
        FaultKind::LinkLeavesWorkspace => (
            sentence! { =>
                "the link leads out of the workspace, or nowhere; it is not followed",
                "o link sai do workspace ou não leva a lugar algum; ele não é seguido"
            },
            words! {
                "put the file itself here, or name the other workspace under `include`",
                "coloque aqui o próprio arquivo ou cite o outro workspace em `include`"
            },
        ),
        FaultKind::NotAFile => (
            sentence! { => "this is not a file; it is not read", "isto não é um arquivo, e não é lido" },
            words! { "remove it from the folder", "retire-o da pasta" },
        ),
        FaultKind::Unreadable { why } => (
            sentence! { why = why.as_str() => "the file cannot be read: {why}", "o arquivo não pode ser lido: {why}" },
            words! { "check its permissions", "verifique as permissões" },
        ),
        _ => return None,
    })
}

fn whole(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
