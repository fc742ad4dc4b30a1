//! The one funnel for findings: level by phase and configuration, order, and at last the waivers.

use std::{cell::OnceCell, rc::Rc};

use super::{
    Across, Case, Digest, Group, Judged, LISTED, Rule, Waivers,
    figures::{Figures, Telling, tellings},
    rule::Check,
    sentence::Sentence,
    texts::{Read, Texts, read},
    waiving,
    wording::{Sign, Signs, signs},
};
use crate::{
    finding::{Finding, Kind, Severity, Words},
    locate::Field,
    model::{ConfiguredLevel, Fault, Settings, Status},
};

/// Applies every rule that needs no other incidents to the case. Findings come in the order of the files, rule by rule.
/// Waivers are not held against them yet: see [`waive`].
pub fn judge(case: &Case<'_>) -> Vec<Finding> {
    ask(case.settings, |check, sink| {
        if let Check::Each(check) = check {
            check(case, sink);
        }
    })
}

/// Applies the rules that keep texts inside to an incident that is about to be published, and to its documents.
pub fn judge_published(case: &Case<'_>) -> Vec<Finding> {
    judge_by(case, &KEEP_INSIDE)
}

/// Applies the rules that say what of an incident does not get to the readers of its documents.
pub fn judge_documents(case: &Case<'_>) -> Vec<Finding> {
    judge_by(case, &OF_DOCUMENTS)
}

/// What these rules say, with what the waivers of the incidents at hand cover.
fn judge_by(case: &Case<'_>, rules: &[&str]) -> Vec<Finding> {
    let mut findings = ask(case.settings, |check, sink| match check {
        Check::Each(check) if rules.contains(&sink.rule.name) => check(case, sink),
        _ => {}
    });
    let mut waivers: Vec<Waivers> =
        case.incidents.iter().filter_map(|judged| Waivers::of(judged, case)).collect();
    waiving::mark(&mut findings, &mut waivers);
    findings
}

/// The rules whose errors keep an incident from being published.
const KEEP_INSIDE: [&str; 2] = ["internal-detail-in-public", "person-in-public"];

/// The rules that only documents can break, and that are not asked where none was rendered.
pub(super) const OF_DOCUMENTS: [&str; 2] = ["document-over-limit", "lossy-export"];

/// Applies the rules that look across incidents, once all were read. Findings come rule by rule, in an order that
/// depends on nothing but the incidents.
pub fn judge_across(across: &Across<'_>) -> Vec<Finding> {
    ask(across.settings, |check, sink| {
        if let Check::Across(check) = check {
            check(across, sink);
        }
    })
}

/// What the rules say that are not switched off.
fn ask(settings: &Settings, mut ask: impl FnMut(&Check, &mut Sink)) -> Vec<Finding> {
    let mut findings = Vec::new();
    let read = Rc::default();
    for (group, rule) in LISTED {
        let configured = configured_level(settings, *group, rule);
        if configured == Some(ConfiguredLevel::Off) {
            continue;
        }
        let mut sink = Sink { rule, configured, read: Rc::clone(&read), found: Vec::new() };
        ask(&rule.check, &mut sink);
        findings.append(&mut sink.found);
    }
    findings
}

/// Marks what is waived, once every rule has spoken of everything, and adds what is to be said of the waivers
/// themselves. `case` is the workspace's: its settings, catalogue and moment.
pub fn waive(findings: &mut Vec<Finding>, mut waivers: Vec<Waivers>, case: &Case<'_>) {
    waiving::mark(findings, &mut waivers);
    if !waivers.is_empty() {
        let nothing = Case { settings_file: None, incidents: &[], faults: &[], waivers: &waivers, ..*case };
        findings.append(&mut judge(&nothing));
    }
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(super) struct Sink {
    rule: &'static Rule,
    configured: Option<ConfiguredLevel>,
    read: Rc<Readings>,
    found: Vec<Finding>,
}

/// What several rules read in the texts of the incidents at hand: by the first that asks, for all.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// Each text by itself, and held against its other language.
    pub(super) texts: OnceCell<Read>,
    /// What phrases are signs of.
    pub(super) signs: OnceCell<Vec<Sign>>,
    /// The lengths and clock times of public texts.
    pub(super) figures: OnceCell<Vec<Telling>>,
}

impl Sink {
    /// Reports about a field of an incident at the rule's own level. What comes back can be given help, a
    /// certain fix and related places.
    pub(super) fn find(&mut self, judged: &Judged<'_>, field: Field, sentence: Sentence) -> &mut Finding {
        self.find_as(self.rule.severity, judged, field, sentence)
    }

    /// The same at another level than the rule's own: a level never rises through the phase.
    pub(super) fn find_as(
        &mut self,
        own: Severity,
        judged: &Judged<'_>,
        field: Field,
        sentence: Sentence,
    ) -> &mut Finding {
        let severity = self.level(own, judged.incident.status);
        self.push(severity, judged.file.to_owned(), field, sentence)
    }

    /// Reports about a field of an incident that is no longer at hand.
    pub(super) fn find_in(&mut self, digest: &Digest, field: Field, sentence: Sentence) -> &mut Finding {
        let severity = self.level(self.rule.severity, digest.status);
        self.push(severity, digest.file.clone(), field, sentence)
    }

    /// Every text that the incidents at hand have in both languages, read once for all rules.
    pub(super) fn texts(&self, case: &Case<'_>) -> Texts {
        self.read.texts.get_or_init(|| read(case));
        Texts(Rc::clone(&self.read))
    }

    /// Reports about a file that is no incident.
    pub(super) fn find_file(&mut self, file: &str, field: Field, sentence: Sentence) -> &mut Finding {
        let severity = self.configured.map_or(self.rule.severity, level_of);
        self.push(severity, file.to_owned(), field, sentence)
    }

    /// What the phrases of the incidents at hand are signs of, read once for all rules.
    pub(super) fn signs(&self, case: &Case<'_>) -> Signs {
        let texts = self.read.texts.get_or_init(|| read(case));
        self.read.signs.get_or_init(|| signs(case, texts));
        Signs(Rc::clone(&self.read))
    }

    /// The public texts of the incidents at hand that state lengths or clock times, read once for all rules.
    pub(super) fn figures(&self, case: &Case<'_>) -> Figures {
        let texts = self.read.texts.get_or_init(|| read(case));
        self.read.figures.get_or_init(|| tellings(case, texts));
        Figures(Rc::clone(&self.read))
    }

    /// Reports about a waiver of an incident that is not at hand any more.
    pub(super) fn find_waiver(&mut self, of: &Waivers, field: Field, sentence: Sentence) -> &mut Finding {
        let severity = self.level(self.rule.severity, of.status);
        self.push(severity, of.file.clone(), field, sentence)
    }

    /// Reports what is wrong with a file as written.
    pub(super) fn find_fault(&mut self, fault: &Fault, sentence: Sentence) -> &mut Finding {
        let severity = self.configured.map_or(self.rule.severity, level_of);
        let finding = self.push(severity, fault.file.clone(), fault.field.clone(), sentence);
        finding.spot = fault.spot;
        finding
    }

    fn level(&self, own: Severity, status: Status) -> Severity {
        phased(self.configured.map_or(own, level_of), self.rule.kind, status)
    }

    fn push(&mut self, severity: Severity, file: String, field: Field, sentence: Sentence) -> &mut Finding {
        let index = self.found.len();
        self.found.push(Finding {
            rule: self.rule.name,
            severity,
            kind: self.rule.kind,
            file,
            field,
            spot: None,
            excerpt: None,
            message: sentence.words,
            help: Words::default(),
            values: sentence.values,
            fix: None,
            related: Vec::new(),
            waiver: None,
        });
        &mut self.found[index]
    }
}

/// A completeness rule is info while the incident is fought or watched, at most a warning at `resolved`, and has its
/// own level from `reviewed` on (rules: *Phase*).
fn phased(own: Severity, kind: Kind, status: Status) -> Severity {
    match (kind, status) {
        (Kind::Fact, _) | (_, Status::Reviewed | Status::Closed) => own,
        (_, Status::Open | Status::Monitoring) => own.min(Severity::Info),
        (_, Status::Resolved) => own.min(Severity::Warning),
    }
}

/// The level that the settings give a rule. Those of files as written cannot be switched off or lowered: what is not
/// read is judged by nothing else.
fn configured_level(settings: &Settings, group: Group, rule: &Rule) -> Option<ConfiguredLevel> {
    let level = settings.levels.iter().find(|(name, _)| name == rule.name).map(|(_, level)| *level)?;
    (!relaxes(group, rule, level)).then_some(level)
}

/// Whether a level asks for less than a rule about files as written may say.
pub(super) fn relaxes(group: Group, rule: &Rule, level: ConfiguredLevel) -> bool {
    group == Group::Reading && (level == ConfiguredLevel::Off || level_of(level) < rule.severity)
}

fn level_of(level: ConfiguredLevel) -> Severity {
    match level {
        ConfiguredLevel::Error => Severity::Error,
        ConfiguredLevel::Warning => Severity::Warning,
        ConfiguredLevel::Info | ConfiguredLevel::Off => Severity::Info,
    }
}

#[cfg(test)]
mod tests {
    use crate::{finding::Severity, rules::examples::under};

    /// Each finding in one line: level, rule, place, and whether it is waived.
    fn told(settings: &str, yaml: &str) -> Vec<String> {
        under(&format!("relato: 1\n{settings}\n"), yaml)
            .into_iter()
            .map(|it| {
                let level = match it.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "info",
                };
                let waived = if it.is_waived() { " waived" } else { "" };
                format!("{level} {} {}:{}{waived}", it.rule, it.file, it.field)
            })
            .collect()
    }

    const IDLE: &str = "actions: [{id: A1, title: {en: a, pt-BR: b}, type: prevent, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: c, pt-BR: d}}]\n";

    #[test]
    fn a_level_is_the_configured_one_and_never_rises_through_the_phase() {
        let owner =
            |level| format!("{level} action-without-owner incidents/2026-03-02-orders.yaml:actions[0].owner");
        for (settings, status, expected) in [
            ("", "open", Some("info")),
            ("", "monitoring", Some("info")),
            ("", "resolved", Some("warning")),
            ("", "reviewed", Some("error")),
            ("", "closed", Some("error")),
            ("rules: {severity: {action-without-owner: info}}", "reviewed", Some("info")),
            ("rules: {severity: {action-without-owner: warning}}", "open", Some("info")),
            ("rules: {severity: {action-without-owner: \"off\"}}", "reviewed", None),
            ("rules: {severity: {action-without-owner: off}}", "reviewed", None),
        ] {
            let found = told(settings, &format!("status: {status}\n{IDLE}"));
            assert_eq!(found, expected.map(owner).into_iter().collect::<Vec<_>>(), "{settings} {status}");
        }
    }

    #[test]
    fn a_waiver_covers_what_it_names_until_its_day_is_over() {
        for (waiver, waived) in [
            ("{rule: action-without-owner}", true),
            ("{rule: action-without-owner, target: A1}", true),
            ("{rule: action-without-owner, target: A2}", false),
            ("{rule: action-without-owner, target: workflow}", false),
            ("{rule: action-without-due, target: A1}", false),
            ("{rule: action-without-owner, until: 2026-04-01}", true),
            ("{rule: action-without-owner, until: 2026-03-31}", false),
        ] {
            let mut found = told("", &format!("waivers: [{waiver}]\n{IDLE}"));
            let unused = found.iter().any(|told| told.starts_with("warning waiver-unused"));
            found.retain(|told| !told.contains("waivers[0]"));
            assert_eq!(found.len(), 1, "{waiver}: {found:?}");
            assert_eq!(found[0].ends_with(" waived"), waived, "{waiver}: {found:?}");
            assert_eq!(unused, !waived, "{waiver}");
        }
        let impact = "impacts: [{id: w, service: order-workflow, started: 2026-03-02T10:00Z, detected: unknown, detection: {source: monitor}, recovered: 2026-03-02T10:08Z}]\n\
                      causes: []\nactions: []\ntimeline: []\n";
        for (target, waived) in
            [("w", true), ("service:order-workflow", true), ("service:order-search", false)]
        {
            let waivers = format!(
                "waivers: [{{rule: recovery-not-verified, target: {target}}}, {{rule: unknown-cause-without-investigation}}]\n"
            );
            let mut found = told("", &format!("{waivers}{impact}"));
            found.retain(|told| !told.contains("waivers["));
            assert_eq!(found.len(), 2, "{found:?}");
            assert_eq!(found.iter().all(|told| told.ends_with(" waived")), waived, "{target}: {found:?}");
        }
    }

    #[test]
    fn a_rule_that_is_not_there_is_found_where_it_is_named() {
        assert_eq!(
            told("rules: {severity: {action-overdu: \"off\", action-overdue: info}}", ""),
            ["error reference-unknown relato.yaml:rules.severity.action-overdu"]
        );
        assert_eq!(
            told(
                "",
                "waivers: [{rule: action-overdue}, {rule: action-overdu}, {rule: another-version-of-relato-knows-it}, {rule: \"\"}]\n"
            ),
            [
                "error value-missing incidents/2026-03-02-orders.yaml:waivers[3]",
                "error reference-unknown incidents/2026-03-02-orders.yaml:waivers[1].rule",
                "info waiver-without-end incidents/2026-03-02-orders.yaml:waivers[0]",
                "info waiver-without-end incidents/2026-03-02-orders.yaml:waivers[1]",
                "info waiver-without-end incidents/2026-03-02-orders.yaml:waivers[2]",
                "warning waiver-unused incidents/2026-03-02-orders.yaml:waivers[0]",
                "warning waiver-unused incidents/2026-03-02-orders.yaml:waivers[2].rule",
            ]
        );
    }

    #[test]
    fn what_is_not_read_can_neither_be_waived_nor_switched_off() {
        let waived = "waivers: [{rule: key-unknown, reason: {en: a, pt-BR: b}, approved_by: role:x, until: 2026-05-01}]\nextra: 1\n";
        for settings in
            ["", "rules: {severity: {key-unknown: off}}", "rules: {severity: {key-unknown: info}}"]
        {
            let found = told(settings, waived);
            let key = "error key-unknown incidents/2026-03-02-orders.yaml:extra";
            assert!(found.iter().any(|told| told == key), "{settings}: {found:?}");
            let unused = "warning waiver-unused incidents/2026-03-02-orders.yaml:waivers[0].rule";
            assert!(found.iter().any(|told| told == unused), "{found:?}");
            let relaxed = found.iter().any(|told| told.starts_with("error reading-rule-relaxed relato.yaml"));
            assert_eq!(relaxed, !settings.is_empty(), "{found:?}");
        }
    }

    #[test]
    fn what_has_no_id_is_called_by_its_place() {
        let found = under(
            "relato: 1\n",
            "actions: [{title: {en: a, pt-BR: b}, type: prevent, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: a, pt-BR: b}}]\n",
        );
        let told: Vec<&str> = found.iter().map(|it| it.message.en.as_str()).collect();
        assert_eq!(told, ["`id` is missing", "`actions[0]` has no owner"]);
    }
}
