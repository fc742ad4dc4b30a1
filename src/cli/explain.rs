//! `relato explain`: a rule's page, from the text that defines it.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{
    CliError, Console, Exit, Global, Outside,
    choice::{self, RuleWord},
    session, table,
};
use crate::{
    language::Language,
    rules::{RULES, Rule, kind_word, level_word},
};

/// Show what a rule checks, why, when it fires and how to mend it
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato explain recovery-over-target
  relato explain recovery-over-target --lang pt-BR
  relato explain --list
  relato explain --list --format json | jq -r '.rules[].name'")]
pub(super) struct ExplainArgs {
    /// The rule's name, as findings show it
    #[arg(required_unless_present = "list", value_parser = RuleWord { groups: false }, hide_possible_values = true)]
    rule: Option<String>,
    /// List every rule
    #[arg(long, conflicts_with = "rule")]
    list: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(
    args: &ExplainArgs,
    global: &Global,
    outside: &Outside,
    console: &Console,
) -> Result<Exit, CliError> {
    let locale = outside.locale.as_deref().and_then(Language::from_locale);
    let language = session::language(global)?.or(locale).unwrap_or_else(Language::english);
    let answer = match (&args.rule, args.format) {
        (Some(name), Format::Text) => choice::rule(name)?.markdown(language),
        (Some(name), Format::Json) => {
            let rule = choice::rule(name)?;
            let mut told = summary(rule, language);
            told["page"] = rule.body(language, "##").into();
            format!("{:#}\n", json!({"version": 1, "rule": told}))
        }
        (None, Format::Text) => list(language),
        (None, Format::Json) => {
            let rules: Vec<Value> = RULES.iter().map(|rule| summary(rule, language)).collect();
            format!("{:#}\n", json!({"version": 1, "rules": rules}))
        }
    };
    console.answer(answer.as_bytes())?;
    Ok(Exit::Done)
}

fn summary(rule: &Rule, language: &Language) -> Value {
    let page = rule.page();
    json!({
        "name": rule.name,
        "group": rule.group().word(),
        "severity": rule.severity,
        "kind": rule.kind,
        "waivable": rule.is_waivable(),
        "title": page.title.tell(language),
        "check": page.check.tell(language),
        "why": page.why.tell(language),
        "fix": page.fix.tell(language),
    })
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
    let legend = if pt {
        "\
fato: vale com seu nível em qualquer momento
completude: informação enquanto o incidente está em `open` ou `monitoring`, no máximo aviso em `resolved`, nível próprio a
partir de `reviewed`
`relato explain REGRA` diz por quê, quando dispara, como corrigir e como dispensar"
    } else {
        "\
fact: has its level at all times
completeness: an info while the incident is `open` or `monitoring`, at most a warning at `resolved`, its own level from
`reviewed` on
`relato explain RULE` says why, when it fires, how to mend it and how to waive it"
    };
    format!("{}\n{legend}\n", table::aligned(&head, &rows))
}
