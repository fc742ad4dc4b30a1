//! Every page is run: what it says fires, fires there, in those words and alone; what it says is silent, is silent.

use std::collections::{BTreeMap, HashMap};

use super::{
    Across, Before, Case, Digest, Example, Group, Judged, LISTED, Lack, Published, Rule, Shortfall,
    TemplateFault, Waivers, judge, judge_across, waive,
};
use crate::{
    archive::{Archive, GLOSSARY_FILE, SERVICES_FILE},
    finding::{Finding, Words},
    format::{defaults, stem},
    ledger::{Book, Content, Ledger, Touched, class_versions, version},
    locate::Field,
    measure::measure,
    source::{ContentId, Memory},
    time::{Instant, read_instant},
};

const SPECIMEN: &str = include_str!("specimen.yaml");
const SERVICES: &str = include_str!("specimen-services.yaml");
const SETTINGS: &str = include_str!("specimen-settings.yaml");
const PEOPLE: &str = include_str!("specimen-people.yaml");
const GLOSSARY: &str = include_str!("specimen-glossary.yaml");
const FILE: &str = "incidents/2026-03-02-orders.yaml";
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
            let speaks = found.iter().any(|finding| finding.rule == rule.name)
                || !others(&found, rule, &example).is_empty();
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
    if !others(&found, rule, example).is_empty() {
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

/// What examples may say besides: a missed target is a fact that many of them need; when and by whom the impact was
/// noticed, what helped, what is done about its cause, and when that is finished, matters to few.
const BESIDES: [&str; 7] = [
    "recovery-over-target",
    "detection-missing",
    "detection-source-unknown",
    "cause-without-action",
    "action-without-done-when",
    "critical-without-prevention",
    "service-without-runbook",
];

/// Findings of other rules that nothing waives, but for the one that the example names with `besides=`.
fn others<'a>(found: &'a [Finding], rule: &Rule, example: &Example) -> Vec<&'a Finding> {
    let named =
        |rule: &str| example.info.split_whitespace().any(|it| it.strip_prefix("besides=") == Some(rule));
    // where two languages are compared, their numbers are of no record
    let compared = rule.group() == Group::Parity;
    let expected = |name| BESIDES.contains(&name) || (compared && name == "public-numbers-differ");
    let is_other =
        |it: &&Finding| it.rule != rule.name && !it.is_waived() && !expected(it.rule) && !named(it.rule);
    found.iter().filter(is_other).collect()
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
    let file = option("file").unwrap_or_else(|| FILE.to_owned());
    let (first, others) = parts(&example.yaml);
    let (before, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(name, _)| name.starts_with(BEFORE));
    let past = (!before.is_empty()).then(|| committed(&file, &before));
    let first = match option("bytes") {
        Some(hex) => vec![u8::from_str_radix(&hex, 16).unwrap()],
        None if whole => first.into_bytes(),
        None => laid_over(&first, SPECIMEN).into_bytes(),
    };
    let mut files: BTreeMap<String, Vec<u8>> = beside().into_iter().collect();
    files.insert(file, first);
    files.extend(others.into_iter().map(|(name, text)| match name.as_str() {
        "" => (file_of(&text), laid_over(&text, SPECIMEN).into_bytes()),
        SERVICES_FILE => (name, laid_over(&text, SERVICES).into_bytes()),
        _ => (name, text.into_bytes()),
    }));
    let unknown = option("unknown").map(|unknown| {
        let (name, place) = unknown.split_once('@').unwrap();
        let (line, column) = place.split_once(':').unwrap();
        let (line, column) = (line.parse().unwrap(), column.parse().unwrap());
        let spot = crate::locate::Spot { line, column, end_line: line, end_column: column + 1 };
        TemplateFault { file: option("file").unwrap(), spot, field: name.to_owned() }
    });
    let over = option("over").map(|over| {
        let (path, rest) = over.split_once('@').unwrap();
        let (place, sizes) = rest.rsplit_once(':').unwrap();
        let (length, most) = sizes.split_once('/').unwrap();
        let (length, most) = (length.parse().unwrap(), most.parse().unwrap());
        let lack = Lack::OverLimit { place: place.to_owned(), length, most };
        (path.to_owned(), Shortfall { field: Field::of("title"), lack })
    });
    let unsaid = option("unsaid").map(|unsaid| {
        let (path, field) = unsaid.split_once('@').unwrap();
        let lack = Lack::Unsaid(Words::from(("words of the template", "palavras do template")));
        (path.to_owned(), Shortfall { field: Field::written(field), lack })
    });
    let short: Vec<(String, Shortfall)> = over.into_iter().chain(unsaid).collect();
    findings(files.into_iter().collect(), as_of, unknown.as_slice(), past.as_ref(), &short)
}

/// What begins the name of an earlier version, before the day of its commit: of the incident at hand, or of the catalogue
/// when its name follows. What stands in the example itself is not committed yet.
const BEFORE: &str = "before ";

/// The ledger of earlier versions, and what they held.
type Past = (Ledger, HashMap<ContentId, Vec<u8>>);

/// The past that these earlier versions make, the oldest first.
fn committed(file: &str, before: &[(String, String)]) -> Past {
    let mut contents = HashMap::new();
    let mut book = Book::continuing(Ledger::default());
    for (position, (name, yaml)) in before.iter().enumerate() {
        let mut words = name.split_whitespace().skip(1);
        let day = format!("{}T12:00:00Z", words.next().unwrap());
        let seconds = read_instant(&day, None).unwrap().at.timestamp();
        let id = [u8::try_from(position).unwrap(); 20];
        let at = book.commit(id, (seconds, seconds), ("Ana".to_owned(), String::new()), position);
        if words.next() == Some(SERVICES_FILE) {
            let text = laid_over(yaml, SERVICES);
            book.classes(at, class_versions(text.into_bytes(), &defaults::settings()).as_deref());
        } else {
            let bytes = laid_over(yaml, SPECIMEN).into_bytes();
            let content = ContentId::of(&bytes);
            contents.insert(content, bytes.clone());
            let version = version(bytes, stem(file).unwrap()).unwrap();
            let touched = Touched { path: file.to_owned(), old: None, new: Content::Read(version, content) };
            book.touched(at, vec![touched]);
        }
    }
    (book.finish(before.len()), contents)
}

/// The other files of every example's workspace.
fn beside() -> Vec<(String, Vec<u8>)> {
    let files = [
        (SERVICES_FILE, SERVICES),
        ("relato.yaml", SETTINGS),
        ("people.yaml", PEOPLE),
        (GLOSSARY_FILE, GLOSSARY),
    ];
    files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).to_vec()
}

/// The incident at hand, and the other files of the workspace, which follow it with `---` and their name before each;
/// without a name it is a further incident.
fn parts(yaml: &str) -> (String, Vec<(String, String)>) {
    let mut parts = vec![(String::new(), String::new())];
    for line in yaml.lines() {
        match (line.strip_prefix("---"), parts.last_mut()) {
            (Some(name), _) => parts.push((name.trim().to_owned(), String::new())),
            (None, Some((_, text))) => *text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    let (_, first) = parts.remove(0);
    (first, parts)
}

/// The file of a further incident, named by its own id.
fn file_of(yaml: &str) -> String {
    let id = yaml.lines().find_map(|line| line.strip_prefix("id: "));
    format!("incidents/{}.yaml", id.expect("a further incident has an id"))
}

/// The specimen with the top-level keys of `yaml` in place of its own, judged under these settings.
pub(super) fn under(settings: &str, yaml: &str) -> Vec<Finding> {
    let own = [(FILE, laid_over(yaml, SPECIMEN)), ("relato.yaml", settings.to_owned())];
    let mut files = beside();
    files.extend(own.map(|(path, text)| (path.to_owned(), text.into_bytes())));
    findings(files, read_instant(AS_OF, None).unwrap().at, &[], None, &[])
}

/// What the rules say of a workspace: of itself, of each incident, and of all of them together; and of what kept its
/// public documents from being rendered.
fn findings(
    files: Vec<(String, Vec<u8>)>,
    as_of: Instant,
    template_faults: &[TemplateFault],
    past: Option<&Past>,
    short: &[(String, Shortfall)],
) -> Vec<Finding> {
    let tree = Memory::new(files);
    let archive = Archive::open(&tree, None).unwrap();
    let (settings, catalogue, glossary) = (&archive.settings, &archive.catalogue, &archive.glossary);
    let workspace = Case {
        settings,
        settings_file: Some("relato.yaml"),
        catalogue,
        catalogue_file: crate::archive::SERVICES_FILE,
        links: &archive.links,
        glossary,
        as_of,
        incidents: &[],
        faults: archive.faults(),
        guard: archive.guard(),
        published: &[],
        template_faults,
        ledger: past.map(|past| &past.0),
        told: None,
        waivers: &[],
    };
    let mut found = judge(&workspace);
    let (mut digests, mut waivers) = (Vec::new(), Vec::new());
    for index in 0..archive.files().len() {
        let reading = archive.read(index).unwrap();
        let case = Case { settings_file: None, faults: &reading.faults, template_faults: &[], ..workspace };
        let Some(incident) = &reading.incident else {
            found.extend(judge(&case));
            continue;
        };
        let measured = measure(incident, settings, catalogue, as_of);
        let judged = Judged { file: &reading.file, incident, measured: &measured };
        let incidents = [judged];
        let told = past.and_then(|(ledger, contents)| {
            let told = ledger.incident(&incident.id)?.announcement()?;
            let before = archive.version(&reading.file, contents.get(&told.content)?.clone())?;
            let at = ledger.commit(told.at)?.at();
            Some((measure(&before, settings, catalogue, at), before, at))
        });
        let told = told.as_ref().map(|(measured, incident, at)| Before { incident, measured, at: *at });
        let published: Vec<Published<'_>> = short
            .iter()
            .map(|(path, short)| Published {
                file: &reading.file,
                path,
                text: "",
                shortfalls: std::slice::from_ref(short),
            })
            .collect();
        let case = Case { incidents: &incidents, told, published: &published, ..case };
        found.extend(judge(&case));
        waivers.extend(Waivers::of(&judged, &case));
        digests.push(Digest::of(&judged, settings, catalogue, as_of));
    }
    found.extend(judge_across(&Across::of(&workspace, &digests)));
    waive(&mut found, waivers, &workspace);
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
