//! Rules named on the command line, each or by group.

use std::{collections::BTreeSet, ffi::OsStr};

use clap::{
    Arg, Command,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};

use super::CliError;
use crate::{
    finding::Finding,
    language::Language,
    rules::{self, RULES, Rule},
};

/// A file that one of these speaks of is judged by no other rule.
const ALWAYS_TOLD: [&str; 3] = ["file-unreadable", "yaml-invalid", "schema-newer"];

/// Takes any word, and offers the rules to shells that complete it.
#[derive(Clone, Debug)]
pub(super) struct RuleWord {
    /// Whether a group may be named, too.
    pub(super) groups: bool,
}

impl TypedValueParser for RuleWord {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let english = Language::english();
        let rules = RULES
            .iter()
            .map(move |rule| PossibleValue::new(rule.name).help(rule.page().title.tell(english).to_owned()));
        let words = rules::groups().into_iter().filter_map(|rules| Some(rules.first()?.group().word()));
        let groups = words.filter(|_| self.groups).map(PossibleValue::new);
        Some(Box::new(groups.chain(rules)))
    }
}

/// Which rules are reported.
#[derive(Debug)]
pub(super) struct Choice {
    only: Option<BTreeSet<&'static str>>,
    skip: BTreeSet<&'static str>,
}

impl Choice {
    /// Of the words of `--only` and `--skip`.
    pub(super) fn of(only: &[String], skip: &[String]) -> Result<Self, CliError> {
        let wanted = names(only)?;
        let mut unwanted = names(skip)?;
        for name in ALWAYS_TOLD {
            if skip.iter().any(|word| word == name) {
                return Err(CliError::argument(
                    (
                        format!("`{name}` cannot be skipped: such a file is judged by no other rule"),
                        format!("`{name}` não pode ser ignorada: nenhuma outra regra julga um arquivo assim"),
                    ),
                    (
                        "mend the file, or name the files to check",
                        "corrija o arquivo ou cite os arquivos a verificar",
                    ),
                ));
            }
            unwanted.remove(name);
        }
        Ok(Self { only: (!only.is_empty()).then_some(wanted), skip: unwanted })
    }

    pub(super) fn has(&self, finding: &Finding) -> bool {
        let wanted = self.only.as_ref().is_none_or(|only| only.contains(finding.rule));
        (wanted && !self.skip.contains(finding.rule)) || ALWAYS_TOLD.contains(&finding.rule)
    }
}

fn names(words: &[String]) -> Result<BTreeSet<&'static str>, CliError> {
    let mut names = BTreeSet::new();
    for word in words {
        let named =
            rules::named(word).map_err(|near| no_rule(word, near, ("rule or group", "regra ou grupo")))?;
        names.extend(named.into_iter().map(|rule| rule.name));
    }
    Ok(names)
}

/// The rule of this name.
pub(super) fn rule(name: &str) -> Result<&'static Rule, CliError> {
    rules::find(name).map_err(|near| no_rule(name, near, ("rule", "regra")))
}

fn no_rule(word: &str, near: Option<&str>, (en, pt): (&str, &str)) -> CliError {
    let message = (format!("there is no {en} `{word}`"), format!("não existe {pt} `{word}`"));
    let list = ("`relato explain --list` lists them", "`relato explain --list` mostra quais existem");
    CliError::argument(message, near.map_or_else(|| list.into(), CliError::did_you_mean))
}
