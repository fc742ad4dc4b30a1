//! Every page is run: what it says fires, fires there, in those words and alone; what it says is silent, is silent.

use super::{Case, Example, Judged, LISTED, Rule, judge};
use crate::{
    archive::Archive,
    finding::Finding,
    measure::measure,
    source::Memory,
    time::{Instant, read_instant},
};

const SPECIMEN: &str = include_str!("specimen.yaml");
const SERVICES: &str = include_str!("specimen-services.yaml");
const INCIDENT: &str = "incidents/2026-03-02-orders.yaml";
const AS_OF: &str = "2026-04-01T12:00:00Z";

#[test]
fn a_rule_is_named_as_its_file_and_its_page_is_complete() {
    for (group, rule) in LISTED {
        let path = format!(
            "{}/src/rules/{}/{}.rs",
            env!("CARGO_MANIFEST_DIR"),
            group.word(),
            rule.name.replace('-', "_")
        );
        assert!(std::path::Path::new(&path).exists(), "{}: {path} does not exist", rule.name);
        let page = rule.page();
        for (part, words) in
            [("title", &page.title), ("check", &page.check), ("why", &page.why), ("fix", &page.fix)]
        {
            assert!(
                !words.en.is_empty() && !words.pt.is_empty(),
                "{}: {part} is missing in a language",
                rule.name
            );
        }
        assert!(!page.fires.is_empty(), "{} has no example that fires", rule.name);
        assert!(!page.silent.is_empty(), "{} has no example that stays silent", rule.name);
    }
}

#[test]
fn names_are_used_once() {
    let mut names: Vec<&str> = LISTED.iter().map(|(_, rule)| rule.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_specimen_is_silent() {
    let found = run(&Example::default());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_fires_fires_where_and_as_the_page_says_and_alone() {
    let wrong: Vec<String> = LISTED
        .iter()
        .flat_map(|(_, rule)| rule.page().fires.into_iter().map(move |example| wrong_with(rule, &example)))
        .filter(|wrong| !wrong.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_silent_is_silent() {
    let mut wrong = String::new();
    for (_, rule) in LISTED {
        for example in rule.page().silent {
            let found = run(&example);
            let speaks =
                found.iter().any(|finding| finding.rule == rule.name) || !others(&found, rule).is_empty();
            if speaks {
                wrong += &format!("{}: not silent on\n{}{}\n", rule.name, example.yaml, listed(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What an example does other than its page says; empty when it does that and nothing else.
fn wrong_with(rule: &Rule, example: &Example) -> String {
    let found = run(example);
    let own: Vec<&Finding> = found.iter().filter(|finding| finding.rule == rule.name).collect();
    let wrong = |what: &str| format!("{}: {what}, on\n{}{}", rule.name, example.yaml, listed(&found));
    let [finding] = own.as_slice() else { return wrong(&format!("fires {} times", own.len())) };
    if !others(&found, rule).is_empty() {
        return wrong("others fire too");
    }
    if let Some(field) = example.info.split_whitespace().find(|word| !word.contains('=') && *word != "whole")
        && finding.field.to_string() != field
    {
        return wrong(&format!("fires at another field than {field}"));
    }
    if !example.message.en.is_empty() && finding.message != example.message {
        return wrong("says other words");
    }
    if rule.severity > crate::finding::Severity::Info
        && (finding.help.en.is_empty() || finding.help.pt.is_empty())
    {
        return wrong("does not say what to do");
    }
    String::new()
}

fn listed(found: &[Finding]) -> String {
    found
        .iter()
        .map(|it| format!("  {} at {}\n    {}\n    {}\n", it.rule, it.field, it.message.en, it.message.pt))
        .collect()
}

/// Findings of other rules. That a target was missed is a fact that many examples need.
fn others<'a>(found: &'a [Finding], rule: &Rule) -> Vec<&'a Finding> {
    found
        .iter()
        .filter(|finding| finding.rule != rule.name && finding.rule != "recovery-over-target")
        .collect()
}

fn run(example: &Example) -> Vec<Finding> {
    let option = |key: &str| {
        example
            .info
            .split_whitespace()
            .find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
            .map(str::to_owned)
    };
    let as_of: Instant = read_instant(&option("as-of").unwrap_or_else(|| AS_OF.to_owned()), None).unwrap().at;
    let whole = example.info.split_whitespace().any(|word| word == "whole");
    let parts = parts(&example.yaml);
    let of = |file: &str| parts.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text);
    let services = laid_over(of("services.yaml"), SERVICES);
    let text = if whole { of("").to_owned() } else { laid_over(of(""), SPECIMEN) };
    let bytes = match option("bytes") {
        Some(hex) => vec![u8::from_str_radix(&hex, 16).unwrap()],
        None => text.into_bytes(),
    };
    let file = option("file").unwrap_or_else(|| INCIDENT.to_owned());
    let mut files = vec![(file.as_str(), bytes.as_slice()), ("services.yaml", services.as_bytes())];
    files.extend(
        parts.iter().filter(|(name, _)| *name == "relato.yaml").map(|(name, text)| (*name, text.as_bytes())),
    );
    findings(&files, as_of)
}

/// The files of an example: what comes before the first line `--- name`, under no name, then each under its own.
fn parts(yaml: &str) -> Vec<(&str, &str)> {
    let mut parts = vec![("", yaml)];
    while let Some((name, text)) = parts.pop() {
        let Some((before, after)) = text.split_once("--- ") else {
            parts.push((name, text));
            break;
        };
        let (next, rest) = after.split_once('\n').unwrap_or((after, ""));
        parts.push((name, before));
        parts.push((next.trim(), rest));
    }
    parts
}

/// The specimen with the top-level keys of `yaml` in place of its own, judged under these settings.
pub(super) fn under(settings: &str, yaml: &str) -> Vec<Finding> {
    let file = (INCIDENT, laid_over(yaml, SPECIMEN));
    let files = [file, ("services.yaml", SERVICES.to_owned()), ("relato.yaml", settings.to_owned())];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    findings(&files, read_instant(AS_OF, None).unwrap().at)
}

/// What the rules say of a workspace of one incident.
fn findings(files: &[(&str, &[u8])], as_of: Instant) -> Vec<Finding> {
    let tree = Memory::new(files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
    let archive = Archive::open(&tree, None).unwrap();
    let case = |whole: bool, incidents: &[Judged<'_>], faults: &[crate::model::Fault]| {
        let (settings, catalogue, links) = (&archive.settings, &archive.catalogue, &archive.links);
        let settings_file = whole.then_some("relato.yaml");
        let catalogue_file = whole.then_some("services.yaml");
        judge(&Case { settings, settings_file, catalogue, catalogue_file, links, as_of, incidents, faults })
    };
    let mut found = case(true, &[], archive.faults());
    let reading = archive.read(0).unwrap();
    match &reading.incident {
        Some(incident) => {
            let measured = measure(incident, &archive.settings, &archive.catalogue, as_of);
            let judged = Judged { file: &reading.file, incident, measured: &measured };
            found.extend(case(false, &[judged], &reading.faults));
        }
        None => found.extend(case(false, &[], &reading.faults)),
    }
    found
}

/// The specimen with its top-level keys replaced by those of the example; other keys of the example are added.
fn laid_over(example: &str, specimen: &str) -> String {
    let own = keys(example);
    let specimen: String =
        blocks(specimen).into_iter().filter(|(key, _)| !own.contains(key)).map(|(_, text)| text).collect();
    specimen + example
}

fn keys(yaml: &str) -> Vec<String> {
    blocks(yaml).into_iter().map(|(key, _)| key).collect()
}

/// Each top-level key with its lines.
fn blocks(yaml: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for line in yaml.lines() {
        let key = line.split(':').next().filter(|_| !line.starts_with([' ', '#', '-']) && line.contains(':'));
        match (key, blocks.last_mut()) {
            (Some(key), _) => blocks.push((key.to_owned(), format!("{line}\n"))),
            (None, Some((_, text))) => *text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks
}
