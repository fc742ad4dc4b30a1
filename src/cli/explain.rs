//! `relato explain`: a rule's page, from the text that defines it.

use clap::Args;

use super::{CliError, Console, Exit, Global, Outside, session, table};
use crate::{
    finding::{Kind, Severity},
    language::Language,
    rules::{self, RULES, Rule},
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
    #[arg(required_unless_present = "list")]
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
        Some(name) => page(find(name)?, language),
        None => list(language),
    };
    console.answer(answer.as_bytes())?;
    Ok(Exit::Done)
}

fn find(name: &str) -> Result<&'static Rule, CliError> {
    rules::find(name).map_err(|near| {
        let message = format!("there is no rule `{name}`");
        match near {
            Some(near) => CliError::argument(message, format!("did you mean `{near}`?")),
            None => CliError::argument(message, "`relato explain --list` lists them"),
        }
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
                level(rule.severity, pt).to_owned(),
                kind(rule.kind, pt).to_owned(),
                rule.page().title.tell(language).to_owned(),
            ]
        })
        .collect();
    table::aligned(&head, &rows)
}

fn page(rule: &Rule, language: &Language) -> String {
    let pt = language.is_portuguese();
    let page = rule.page();
    let heading = |en: &str, pt_heading: &str| if pt { pt_heading.to_owned() } else { en.to_owned() };
    let mut out = format!(
        "# {}\n\n{} · {} · {}\n\n{}\n",
        page.title.tell(language),
        rule.name,
        level(rule.severity, pt),
        kind(rule.kind, pt),
        page.check.tell(language)
    );
    out += &format!("\n## {}\n\n{}\n", heading("Why", "Por quê"), page.why.tell(language));
    if !page.fires.is_empty() {
        out += &format!("\n## {}\n", heading("Fires", "Dispara"));
    }
    for example in &page.fires {
        if !example.yaml.trim().is_empty() {
            out += &format!("\n```yaml\n{}```\n", example.yaml);
        }
        if let Some(moment) = example.info.split_whitespace().find_map(|word| word.strip_prefix("as-of=")) {
            out += &format!("--as-of {moment}\n");
        }
        let message = example.message.tell(language);
        if !message.is_empty() {
            out += &format!("> {message}\n");
        }
    }
    out += &format!("\n## {}\n", heading("Silent", "Não dispara"));
    for example in &page.silent {
        if let Some(moment) = example.info.split_whitespace().find_map(|word| word.strip_prefix("as-of=")) {
            out += &format!("\n--as-of {moment}");
        }
        out += &format!("\n```yaml\n{}```\n", example.yaml);
    }
    out += &format!("\n## {}\n\n{}\n", heading("Fix", "Correção"), page.fix.tell(language));
    out
}

fn level(severity: Severity, portuguese: bool) -> &'static str {
    match (severity, portuguese) {
        (Severity::Error, false) => "error",
        (Severity::Error, true) => "erro",
        (Severity::Warning, false) => "warning",
        (Severity::Warning, true) => "aviso",
        (Severity::Info, _) => "info",
    }
}

fn kind(kind: Kind, portuguese: bool) -> &'static str {
    match (kind, portuguese) {
        (Kind::Fact, false) => "fact",
        (Kind::Fact, true) => "fato",
        (Kind::Completeness, false) => "completeness",
        (Kind::Completeness, true) => "completude",
    }
}
