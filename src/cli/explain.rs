//! `relato explain`: a rule's page, from the text that defines it.

use clap::Args;

use super::{
    CliError, Console, Exit, Global, Outside,
    choice::{self, RuleWord},
    session, table,
};
use crate::{
    language::Language,
    rules::{RULES, kind_word, level_word},
};

/// Show what a rule checks, why, when it fires and how to mend it
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato explain recovery-over-target
  relato explain recovery-over-target --lang pt-BR
  relato explain --list")]
pub(super) struct ExplainArgs {
    /// The rule's name, as findings show it
    #[arg(required_unless_present = "list", value_parser = RuleWord { groups: false }, hide_possible_values = true)]
    rule: Option<String>,
    /// List every rule
    #[arg(long, conflicts_with = "rule")]
    list: bool,
}

pub(super) fn run(
    args: &ExplainArgs,
    global: &Global,
    outside: &Outside,
    console: &Console,
) -> Result<Exit, CliError> {
    let locale = outside.locale.as_deref().and_then(Language::from_locale);
    let language = session::language(global)?.or(locale).unwrap_or_else(Language::english);
    let answer = match &args.rule {
        Some(name) => choice::rule(name)?.markdown(language),
        None => list(language),
    };
    console.answer(answer.as_bytes())?;
    Ok(Exit::Done)
}

fn list(language: &Language) -> String {
    let pt = language.is_portuguese();
    let head = if pt {
        ["regra", "grupo", "nível", "tipo", "o que verifica"]
    } else {
        ["rule", "group", "level", "kind", "what"]
    };
    let rows: Vec<Vec<String>> = RULES
        .iter()
        .map(|rule| {
            vec![
                rule.name.to_owned(),
                rule.group().word().to_owned(),
                level_word(rule.severity, language).to_owned(),
                kind_word(rule.kind, language).to_owned(),
                rule.page().title.tell(language).to_owned(),
            ]
        })
        .collect();
    table::aligned(&head, &rows)
}
