//! What a site adds to an incident's page: where its record is kept, and what the rules say of it. Internal pages only.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    finding::{Finding, Severity},
    language::Language,
    render::{DocumentInput, Extras, Placement, escape, site::rule_path, target::relative},
    rules,
};

/// What is added, in words.
#[derive(Debug, Default, JsonSchema, Serialize)]
pub(in crate::render) struct ExtrasView {
    /// The address of the incident's file.
    source: Option<String>,
    /// The address of its history.
    history: Option<String>,
    /// What the rules say of it.
    findings: Vec<FindingView>,
}

#[derive(Debug, JsonSchema, Serialize)]
struct FindingView {
    /// `error`, `warning`, `info`: for styles.
    key: &'static str,
    /// The same in words.
    level: &'static str,
    /// The rule.
    rule: &'static str,
    /// The way to the rule's page, from the incident's.
    href: Option<String>,
    /// The field of the file.
    field: String,
    /// What is wrong.
    message: String,
    /// What to write instead.
    help: String,
    /// Why it is accepted.
    waived: Option<String>,
}

impl ExtrasView {
    /// For an internal page.
    pub(in crate::render) fn of(extras: &Extras<'_>, input: &DocumentInput<'_>) -> Self {
        let language = Language::tagged(input.language).unwrap_or_else(Language::english);
        let mut findings: Vec<&Finding> = extras.findings.iter().collect();
        findings.sort_by_key(|finding| (finding.is_waived(), std::cmp::Reverse(finding.severity)));
        Self {
            source: extras.source.map(str::to_owned),
            history: extras.history.map(str::to_owned),
            findings: findings.into_iter().map(|finding| view(finding, input, language)).collect(),
        }
    }
}

fn view(finding: &Finding, input: &DocumentInput<'_>, language: &Language) -> FindingView {
    let here = format!("{}/incidents/x.html", input.language);
    let rule = rules::find(finding.rule).ok().filter(|_| input.placement == Placement::Site);
    FindingView {
        key: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        level: rules::level_word(finding.severity, language),
        rule: finding.rule,
        href: rule.map(|rule| relative(&here, &rule_path(input.language, Some(rule)))),
        field: escape::one_line(&finding.field.to_string()),
        message: escape::one_line(finding.message.tell(language)),
        help: escape::one_line(finding.help.tell(language)),
        waived: finding.waiver.as_ref().map(|waiver| escape::one_line(waiver.reason.tell(language))),
    }
}
