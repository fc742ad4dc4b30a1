//! The one funnel for findings: level by phase and configuration, waivers, order.

use super::{Case, Judged, LISTED, Rule, sentence::Sentence};
use crate::{
    finding::{Finding, Kind, Severity, Words},
    locate::{Field, Step},
    model::{ConfiguredLevel, Fault, Incident, Settings, Status},
};

/// Applies every rule to the case. Findings come in the order of the files, rule by rule; a waived one is marked.
pub fn judge(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, rule) in LISTED {
        let configured = configured_level(case.settings, rule);
        if configured == Some(ConfiguredLevel::Off) {
            continue;
        }
        let mut sink = Sink { rule, configured, found: Vec::new() };
        (rule.check)(case, &mut sink);
        findings.append(&mut sink.found);
    }
    for judged in case.incidents {
        waive(judged, case, &mut findings);
    }
    findings
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(super) struct Sink {
    rule: &'static Rule,
    configured: Option<ConfiguredLevel>,
    found: Vec<Finding>,
}

impl Sink {
    /// Reports about a field of an incident at the rule's own level. What comes back can be given help, a
    /// replacement and related places.
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
        let severity = match self.configured {
            Some(level) => level_of(level),
            None => own,
        };
        let severity = phased(severity, self.rule.kind, judged.incident.status);
        self.push(severity, judged.file.to_owned(), field, sentence)
    }

    /// Reports what is wrong with a file as written.
    pub(super) fn find_fault(&mut self, fault: &Fault, sentence: Sentence) -> &mut Finding {
        let severity = self.configured.map_or(self.rule.severity, level_of);
        let finding = self.push(severity, fault.file.clone(), fault.field.clone(), sentence);
        finding.spot = fault.spot;
        finding
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
            message: sentence.words,
            help: Words::default(),
            values: sentence.values,
            replacement: None,
            related: Vec::new(),
            waived: false,
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

fn configured_level(settings: &Settings, rule: &Rule) -> Option<ConfiguredLevel> {
    settings.levels.iter().find(|(name, _)| name == rule.name).map(|(_, level)| *level)
}

fn level_of(level: ConfiguredLevel) -> Severity {
    match level {
        ConfiguredLevel::Error => Severity::Error,
        ConfiguredLevel::Warning => Severity::Warning,
        ConfiguredLevel::Info | ConfiguredLevel::Off => Severity::Info,
    }
}

/// Marks the findings that the incident's own waivers cover and that have not run out.
fn waive(judged: &Judged<'_>, case: &Case<'_>, findings: &mut [Finding]) {
    if judged.incident.waivers.is_empty() {
        return;
    }
    let today = judged.zone(case).date(case.as_of);
    let in_force: Vec<_> = judged
        .incident
        .waivers
        .iter()
        .filter(|waiver| waiver.until.is_none_or(|until| until >= today))
        .collect();
    for finding in findings.iter_mut().filter(|finding| finding.file == judged.file) {
        finding.waived = in_force.iter().any(|waiver| {
            waiver.rule == finding.rule
                && waiver
                    .target
                    .as_deref()
                    .is_none_or(|target| names(judged.incident, &finding.field, target))
        });
    }
}

/// Whether `target` is the id of the impact, event, cause or action that the field lies in, or the service of that
/// impact as `service:x`, or the step's target as `infra:x`.
fn names(incident: &Incident, field: &Field, target: &str) -> bool {
    let [Step::Key(list), Step::Index(index), ..] = field.steps() else { return false };
    match list.as_str() {
        "impacts" => incident.impacts.get(*index).is_some_and(|impact| {
            impact.id == target || target.strip_prefix("service:") == Some(impact.service.as_str())
        }),
        "timeline" => incident.timeline.get(*index).is_some_and(|event| {
            event.id == target
                || event.step.as_ref().and_then(|step| step.target.as_deref()).is_some_and(|at| at == target)
        }),
        "causes" => incident.causes.get(*index).is_some_and(|cause| cause.id == target),
        "actions" => incident.actions.get(*index).is_some_and(|action| action.id == target),
        _ => false,
    }
}
