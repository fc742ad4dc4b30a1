//! What is wrong with a command line, in Portuguese; in English clap says it itself.

use std::{
    ffi::OsString,
    num::{IntErrorKind, ParseIntError},
};

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{finding::Words, language::Language};

/// Why a value cannot be read, and what can be written instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.en)]
pub(super) struct Unfit(pub(super) Words);

/// The language that the arguments ask for, before they are understood.
pub(super) fn asked(args: &[OsString]) -> Option<&'static Language> {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    let tag = args.by_ref().find_map(|arg| arg.strip_prefix("--lang"))?;
    match tag.strip_prefix('=') {
        Some(tag) => Language::named(tag),
        None if tag.is_empty() => Language::named(args.next()?),
        None => None,
    }
}

/// The whole message, with what to do next; `None` where clap's own must do.
pub(super) fn in_portuguese(error: &Error) -> Option<String> {
    let mut text = format!("erro: {}\n", wrong(error)?);
    let values = list(error, ContextKind::ValidValue);
    if !values.is_empty() {
        text += &format!("  [valores possíveis: {}]\n", values.join(", "));
    }
    let commands = list(error, ContextKind::ValidSubcommand);
    if !commands.is_empty() {
        text += &format!("  [comandos: {}]\n", commands.join(", "));
    }
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near: Vec<String> = near.into_iter().flat_map(|kind| list(error, kind)).collect();
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|near| format!("'{near}'")).collect();
        text += &format!("\n  ajuda: você quis dizer {}?\n", near.join(" ou "));
    } else if error.get(ContextKind::Suggested).is_some() && error.kind() == ErrorKind::UnknownArgument {
        text += "\n  ajuda: se for um valor, e não uma opção, escreva '--' antes dele\n";
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text += &format!("\n{}\n", usage.to_string().trim_end().replacen("Usage:", "Uso:", 1));
    }
    Some(text + "\nPara saber mais, use '--help'.\n")
}

fn wrong(error: &Error) -> Option<String> {
    let argument = || one(error, ContextKind::InvalidArg);
    let value = || one(error, ContextKind::InvalidValue);
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => Some(*number),
        _ => None,
    };
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("não existe o argumento '{}'", argument()?),
        ErrorKind::InvalidSubcommand => {
            format!("não existe o comando '{}'", one(error, ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::InvalidValue if value()?.is_empty() => format!("falta o valor de '{}'", argument()?),
        ErrorKind::InvalidValue => format!("'{}' não é um valor de '{}'", value()?, argument()?),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)?;
            let why = match (why.downcast_ref::<Unfit>(), why.downcast_ref::<ParseIntError>()) {
                (Some(unfit), _) => unfit.0.pt.clone(),
                (_, Some(error)) => not_a_number(error),
                _ => why.to_string(),
            };
            format!("'{}' não é um valor de '{}': {why}", value()?, argument()?)
        }
        ErrorKind::TooManyValues => format!("'{}' sobra em '{}'", value()?, argument()?),
        ErrorKind::TooFewValues => {
            let (actual, least) = (number(ContextKind::ActualNumValues)?, number(ContextKind::MinValues)?);
            format!("faltam valores de '{}': {actual} de no mínimo {least}", argument()?)
        }
        ErrorKind::WrongNumberOfValues => {
            let (actual, all) =
                (number(ContextKind::ActualNumValues)?, number(ContextKind::ExpectedNumValues)?);
            format!("'{}' pede {all} valores, e há {actual}", argument()?)
        }
        ErrorKind::MissingRequiredArgument => {
            let lines = list(error, ContextKind::InvalidArg);
            if lines.is_empty() {
                return None;
            }
            format!("falta informar:\n  {}", lines.join("\n  "))
        }
        ErrorKind::MissingSubcommand => {
            format!("'{}' precisa de um comando", one(error, ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::ArgumentConflict => {
            let argument = argument().or_else(|| one(error, ContextKind::InvalidSubcommand))?;
            let others = list(error, ContextKind::PriorArg);
            match others.as_slice() {
                [same] if *same == argument => format!("'{argument}' só pode ser usado uma vez"),
                [] => format!("'{argument}' não pode ser usado com outros dos argumentos dados"),
                others => format!("'{argument}' não pode ser usado com '{}'", others.join("', '")),
            }
        }
        ErrorKind::NoEquals => format!("o valor de '{}' vem depois de um '='", argument()?),
        ErrorKind::InvalidUtf8 => "um dos argumentos não está em UTF-8".to_owned(),
        _ => return None,
    })
}

fn not_a_number(error: &ParseIntError) -> String {
    match error.kind() {
        IntErrorKind::Empty => "falta o número",
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "o número é grande demais",
        _ => "não é um número inteiro a partir de zero",
    }
    .to_owned()
}

fn one(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn list(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}
