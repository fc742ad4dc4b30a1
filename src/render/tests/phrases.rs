//! Phrases: in every language, with the same values, each used.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    language::{Language, Phrases, TEMPLATES},
    model::{
        ActionStatus, CauseCategory, CauseRole, Confidence, DetectionSource, Effect, EventType, FailureMode,
        Gender, IncidentKind, Level, Monitoring, Outcome, PostState, Status,
    },
};

/// Every folder of phrases: `shared`, `site`, and the targets.
fn folders() -> Vec<&'static str> {
    let spoken = |folder: &&str| TEMPLATES.get_file(format!("{folder}/en.ftl")).is_some();
    TEMPLATES.dirs().filter_map(|folder| folder.path().to_str()).filter(spoken).collect()
}

/// Phrases of a folder in a language, with the values each takes.
fn phrases(folder: &str, tag: &str) -> BTreeMap<String, Vec<String>> {
    let path = format!("{folder}/{tag}.ftl");
    let text = TEMPLATES.get_file(&path).and_then(|file| file.contents_utf8()).unwrap();
    let phrases = Phrases::load(Language::tagged(tag).unwrap(), &[(&path, text)]).unwrap();
    phrases.keys().map(|key| (key.to_owned(), phrases.values(key).unwrap().to_vec())).collect()
}

#[test]
fn every_phrase_exists_in_every_language_and_takes_the_same_values() {
    for folder in folders() {
        let english = phrases(folder, "en");
        for language in Language::all() {
            let own = phrases(folder, language.tag());
            let keys = |phrases: &BTreeMap<String, Vec<String>>| phrases.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(&english), keys(&own), "{folder} {}", language.tag());
            for key in english.keys() {
                // a language may take a clock with its article instead of one without
                let values = |values: &[String]| {
                    let values = values.iter().map(|v| if v == "the" { "clock" } else { v });
                    values.map(str::to_owned).collect::<BTreeSet<_>>()
                };
                assert_eq!(values(&own[key]), values(&english[key]), "{folder} {} {key}", language.tag());
            }
        }
    }
}

#[test]
fn no_phrase_stands_in_a_target_and_among_the_shared_ones() {
    let shared = phrases("shared", "en");
    for folder in folders().into_iter().filter(|folder| *folder != "shared") {
        for key in phrases(folder, "en").keys() {
            assert!(!shared.contains_key(key), "{folder} {key}");
        }
    }
}

#[test]
fn every_word_of_a_vocabulary_has_a_phrase_and_every_phrase_is_used() {
    let states = ["down", "degraded", "delayed", "wrong-results"];
    let vocabularies: [(&str, &[&str]); 29] = [
        ("page", PostState::WORDS),
        ("form", &["postmortem", "status-post", "blog-post", "help-center", "jekyll-post", "cstate"]),
        ("symptom-now", &states),
        ("symptom-since", &states),
        ("service-the", Gender::WORDS),
        ("service-in", Gender::WORDS),
        ("kind", IncidentKind::WORDS),
        ("status", Status::WORDS),
        ("level", Level::WORDS),
        ("effect", Effect::WORDS),
        ("event", EventType::WORDS),
        ("outcome", Outcome::WORDS),
        ("cause", CauseRole::WORDS),
        ("category", CauseCategory::WORDS),
        ("confidence", Confidence::WORDS),
        ("state", ActionStatus::WORDS),
        ("noticed-by", DetectionSource::WORDS),
        ("monitoring", Monitoring::WORDS),
        ("failure", FailureMode::WORDS),
        ("post", PostState::WORDS),
        ("verdict", &["met", "breached", "indeterminate", "running", "not_judged"]),
        ("moment", &["started", "detected", "mitigated", "recovered"]),
        ("tried", Outcome::WORDS),
        ("heading", &["do_first", "may_help", "not_recorded", "not_completed", "without_effect", "danger"]),
        ("took", &["once", "range", "several"]),
        ("effect", &["once", "range", "several"]),
        ("cost", &["once", "range", "several"]),
        ("post-label", &["investigating", "scope", "identified", "monitoring", "resolved"]),
        ("post-text", &["investigating", "scope", "identified", "monitoring", "resolved"]),
    ];
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (vocabulary, words) in vocabularies {
        used.extend(words.iter().map(|word| format!("{vocabulary}-{}", word.replace('_', "-"))));
    }
    let known: BTreeSet<String> =
        folders().into_iter().flat_map(|folder| phrases(folder, "en").into_keys()).collect();
    let missing: Vec<&String> = used.difference(&known).collect();
    assert!(missing.is_empty(), "no phrase for {missing:?}");
    // in the sources a phrase is named between quotes
    let mut sources: Vec<&str> = vec![
        include_str!("../mod.rs"),
        include_str!("../told.rs"),
        include_str!("../bar.rs"),
        include_str!("../told.rs"),
        include_str!("../site.rs"),
        include_str!("../site/board.rs"),
        include_str!("../site/find.rs"),
        include_str!("../site/home.rs"),
        include_str!("../site/services.rs"),
        include_str!("../site/statistics.rs"),
        include_str!("../site/statistics/trends.rs"),
        include_str!("../view/mod.rs"),
        include_str!("../view/board.rs"),
        include_str!("../view/draft.rs"),
        include_str!("../view/event.rs"),
        include_str!("../view/impact.rs"),
        include_str!("../view/internal.rs"),
        include_str!("../view/post.rs"),
        include_str!("../view/public.rs"),
        include_str!("../view/row.rs"),
        include_str!("../view/runbook.rs"),
        include_str!("../view/runbook/step.rs"),
        include_str!("../runbook.rs"),
    ];
    for folder in folders() {
        sources.extend(TEMPLATES.get_dir(folder).unwrap().files().filter_map(|file| file.contents_utf8()));
    }
    let unused: Vec<&String> = known
        .iter()
        .filter(|key| !used.contains(*key))
        .filter(|key| !sources.iter().any(|source| source.contains(&format!("\"{key}\""))))
        .collect();
    assert!(unused.is_empty(), "never said: {unused:?}");
}
