//! What keeps a document from being rendered, in Portuguese. What the template engine says itself stays as it says it.

use super::RenderError;
use crate::language::PhraseError;

impl RenderError {
    /// What the error says.
    pub fn in_portuguese(&self) -> String {
        match self {
            Self::Template { name, line, column, message, .. } => {
                format!("`templates/{name}` linha {line}, coluna {column}: {message}")
            }
            Self::Templates { target, message } => {
                format!("os modelos de `{target}` não combinam entre si: {message}")
            }
            Self::NotJson { name, message } => {
                format!("o que `templates/{name}` escreve não é JSON: {message}")
            }
            Self::Phrase(error) => phrase(error),
            Self::Target { file, reason, .. } => format!("não foi possível ler `templates/{file}`: {reason}"),
            Self::NotText { file } => {
                format!("`templates/{file}` não é texto em UTF-8: salve-o em UTF-8 ou retire-o da pasta")
            }
            Self::NoTarget { name, known } => {
                format!("não existe o alvo `{name}`: existem {}", listed(known))
            }
            Self::NoSyntax { target, syntax } => format!("o alvo `{target}` não tem documento em {syntax}"),
            Self::NotFor { target, audience } => {
                let audience = if *audience == "public" { "externo" } else { "interno" };
                format!("o alvo `{target}` não se destina ao público {audience}")
            }
            Self::NotOfIncident { target } => format!("o alvo `{target}` trata do workspace inteiro"),
            Self::NotYet { target, from, status } => format!(
                "o alvo `{target}` é escrito a partir de `status: {from}`, e o incidente está em `{status}`"
            ),
            Self::NoLanguage { tag, known } => {
                format!("não há frases para o idioma `{tag}`: há frases para {}", listed(known))
            }
        }
    }

    /// What to do next, where the message alone does not say it.
    pub fn help_in_portuguese(&self) -> Option<String> {
        let text = match self {
            Self::Template { .. } | Self::Templates { .. } | Self::Target { .. } => {
                "retire o arquivo de `templates/` do workspace para usar o embutido"
            }
            Self::NotJson { .. } => "mostre os textos entre aspas, e todo o resto com `| json`",
            Self::NoSyntax { .. } => "omita `--syntax` ou escolha outra",
            Self::NotOfIncident { .. } => "`relato build` o escreve",
            Self::NotYet { .. } => "até lá, `--target status-post` diz como está",
            Self::NotFor { audience: "public", .. } => "acrescente `--audience internal`",
            Self::NotFor { .. } => "omita `--audience` ou escreva `--audience public`",
            Self::NoTarget { .. } | Self::NoLanguage { .. } | Self::NotText { .. } | Self::Phrase(_) => {
                return None;
            }
        };
        Some(text.to_owned())
    }
}

/// A list that was joined for readers of English.
fn listed(known: &str) -> String {
    known.replace(", and ", " e ").replace(" and ", " e ")
}

fn phrase(error: &PhraseError) -> String {
    match error {
        PhraseError::NotATag { file, tag } => format!(
            "`{file}`: `{tag}` não é um código de idioma: dê ao arquivo o nome de um, como `pt-BR.ftl`"
        ),
        PhraseError::NotFluent { file, line, reason, .. } => {
            format!("`{file}` linha {line} não é Fluent: {reason}")
        }
        PhraseError::Twice { key, file } => format!("`{file}` tem `{key}` duas vezes: remova uma"),
        PhraseError::NoPhrase { key, file } => {
            format!("`{file}` não tem a frase `{key}`: acrescente-a ali")
        }
        PhraseError::NoValue { key, file, value, offered } => {
            format!("`{file}`: `{key}` usa `${value}`, que não é oferecido: {offered}")
        }
        PhraseError::Unfit { key, file, reason } => format!("`{file}`: `{key}` {reason}"),
    }
}
