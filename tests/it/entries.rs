//! The ways into relato for texts from elsewhere, each with what must hold of any text: shared by the tests and by the
//! fuzz targets.
#![allow(dead_code, reason = "each fuzz target uses one of them")]

use std::sync::LazyLock;

use relato::{
    amend::{Wish, amend_incident},
    archive::{Archive, Reading},
    edit::{self, Value},
    language::Language,
    locate::{Document, Field, Places, Spot},
    measure::{Measured, measure},
    model::Audience,
    prose::{Desk, Prose, Tongue},
    render::{DocumentInput, Placement, Renderer, Stamp, Syntax, View},
    report::{self, Report},
    rules::{self, Across, Case, Digest, Judged, Waivers},
    source::Memory,
    time::{Instant, Span, TimePoint, Zone, read_date, read_instant, read_length, read_point, read_stated},
    tracker::{System, Tickets, read_export},
};

const ZONES: [&str; 4] = ["UTC", "America/Sao_Paulo", "America/New_York", "Asia/Kathmandu"];

fn now() -> Instant {
    read_instant("2026-01-01T00:00:00Z", None).unwrap().at
}

/// A moment or a time point: what is read is read again from its own RFC 3339 form, and its interval is in order.
pub fn instant(text: &str) {
    for zone in ZONES.map(Zone::named) {
        let zone = zone.as_ref();
        if let Ok(written) = read_instant(text, zone) {
            let form = written.at.to_rfc3339();
            assert_eq!(read_instant(&form, None).unwrap().at, written.at, "{text} as {form}");
            let declared = zone.unwrap();
            assert_eq!(declared.date(written.at), declared.wall(written.at).date());
            if let TimePoint::Exact(point) = read_point(text, zone) {
                assert_eq!(point.at, written.at);
            }
        }
        let interval = read_point(text, zone).interval();
        if let (Some(earliest), Some(latest)) = (interval.earliest, interval.latest) {
            assert!(earliest <= latest, "{text}");
        }
    }
    if let Some(date) = read_date(text) {
        assert_eq!(date.to_string(), text);
        let _ = Zone::UTC.end_of_day(date);
    }
}

/// A length, or a length as a source states it: what is read is no less than nothing, and told in every language.
pub fn length(text: &str) {
    if let Ok(length) = read_length(text) {
        assert!(length.seconds().is_none_or(|seconds| seconds >= 0), "{text}");
        assert_eq!(read_length(&length.to_string()).as_ref(), Ok(&length), "{text} as {length}");
    }
    if let Ok(stated) = read_stated(text) {
        let Span { min, max } = stated.span();
        assert!(min >= 0 && max.is_none_or(|max| min <= max), "{text}");
        for language in Language::all() {
            assert!(!language.short_span(stated.span(), relato::language::Rounding::MINUTE).is_empty());
        }
    }
}

/// The places of a text: every field has one, in the text, and of a sound text it begins at the same place whether the
/// whole or a part is parsed.
pub fn document(text: &str) {
    let document = Document::parse(text);
    let places = Places::of(text);
    let lines: Vec<usize> = text.split('\n').map(|line| line.chars().count()).collect();
    for field in FIELDS.iter() {
        let spot = document.place(field);
        let part = places.place(field);
        in_text(&part, &lines, text);
        // the parser places a block without text at the token after it
        if document.is_sound() && document.value_text(field) != Some("") {
            assert_eq!((part.line, part.column), (spot.line, spot.column), "{field} in {text:?}");
        }
        in_text(&spot, &lines, text);
        if let Some(spot) = document.key_place(field) {
            in_text(&spot, &lines, text);
        }
        let _ = document.value_text(field);
    }
}

fn in_text(spot: &Spot, lines: &[usize], text: &str) {
    let Spot { line, column, end_line, end_column } = *spot;
    assert!(line >= 1 && column >= 1, "{spot:?} in {text:?}");
    assert!((line, column) <= (end_line, end_column), "{spot:?} in {text:?}");
    assert!(end_line <= lines.len() + 1, "{spot:?} in {text:?}");
}

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let impacts = Field::of("impacts");
    let mut fields = vec![Field::top(), impacts.clone(), Field::of("nothing")];
    for key in ["relato", "id", "title", "status", "timeline", "actions", "x"] {
        fields.push(Field::of(key));
        fields.push(Field::of(key).key("en"));
        fields.push(Field::of(key).at(0));
        fields.push(Field::of(key).at(1).key("id"));
    }
    for key in ["id", "service", "started", "recovered", "stated"] {
        fields.push(impacts.at(0).key(key));
        fields.push(impacts.at(7).key(key).key("about"));
    }
    fields
});

/// What became of one workspace.
pub struct Outcome {
    /// The incidents read.
    pub readings: Vec<Reading>,
    /// The findings as JSON.
    pub findings: Vec<serde_json::Value>,
}

/// An incident file, in a workspace without settings or catalogue: read, measured, judged, reported in both languages
/// and forms. The file's text need not be UTF-8.
pub fn incident(bytes: &[u8]) -> Outcome {
    workspace(&[("incidents/2026/2026-01-01-some.yaml", bytes)])
}

/// Settings, a catalogue and a glossary that say the same thing, whatever it is.
pub fn settings(bytes: &[u8]) -> Outcome {
    workspace(&[
        ("relato.yaml", bytes),
        ("services.yaml", bytes),
        ("glossary.yaml", bytes),
        ("people.yaml", bytes),
    ])
}

/// A whole workspace, read, measured, judged and reported.
pub fn workspace(files: &[(&str, &[u8])]) -> Outcome {
    let tree = Memory::new(files.iter().map(|(path, bytes)| (*path, bytes.to_vec())));
    let archive = Archive::open(&tree, None).unwrap();
    let as_of = now();
    let workspace = Case {
        settings_file: Some("relato.yaml"),
        settings: &archive.settings,
        catalogue: &archive.catalogue,
        links: &archive.links,
        glossary: &archive.glossary,
        as_of,
        incidents: &[],
        faults: archive.faults(),
        ledger: None,
        told: None,
        waivers: &[],
        catalogue_file: "services.yaml",
        guard: archive.guard(),
        published: &[],
        template_faults: &[],
    };
    let mut findings = rules::judge(&workspace);
    let (mut digests, mut waivers) = (Vec::new(), Vec::new());
    let mut readings = Vec::new();
    for index in 0..archive.files().len() {
        let reading = archive.read(index).unwrap();
        let measured =
            reading.incident.as_ref().map(|one| measure(one, &archive.settings, &archive.catalogue, as_of));
        let judged: Vec<Judged<'_>> = reading
            .incident
            .iter()
            .zip(&measured)
            .map(|(incident, measured)| Judged { file: &reading.file, incident, measured })
            .collect();
        let case = Case { settings_file: None, incidents: &judged, faults: &reading.faults, ..workspace };
        findings.extend(rules::judge(&case));
        waivers.extend(judged.iter().filter_map(|judged| Waivers::of(judged, &case)));
        digests.extend(judged.iter().map(|it| Digest::of(it, &archive.settings, &archive.catalogue, as_of)));
        if let (Some(incident), Some(measured)) = (&reading.incident, &measured) {
            in_order(measured);
            let _ = relato::query::incident_row(incident, measured);
        } else {
            assert!(!reading.faults.is_empty(), "a file without an incident says why");
        }
        readings.push(reading);
    }
    findings.extend(rules::judge_across(&Across::of(&workspace, &digests)));
    rules::waive(&mut findings, waivers, &workspace);
    let text = |file: &str| archive.text(file);
    let report = Report::of(findings, None, &text);
    for one in &report.placed {
        let spot = one.spot;
        assert!(
            spot.line >= 1
                && spot.column >= 1
                && (spot.line, spot.column) <= (spot.end_line, spot.end_column)
        );
        assert!(!one.finding.message.en.is_empty() && !one.finding.message.pt.is_empty());
        assert!(one.finding.message.en.chars().count() < 2_000, "a sentence of a page: {}", one.finding.rule);
    }
    let mut json = serde_json::Value::Null;
    for language in Language::all() {
        let told = report::text(&report, language, &text, false)
            + &report::github(&report, language, "")
            + &report::junit(&report, language, &[], true);
        let hidden = |c: char| c.is_control() && c != '\n';
        assert!(!told.contains(hidden), "control characters reach the terminal");
        json = report::json(&report, language);
    }
    let findings = json["findings"].as_array().cloned().unwrap_or_default();
    Outcome { readings, findings }
}

fn in_order(measured: &Measured) {
    for impact in &measured.impacts {
        for span in [impact.ttd, impact.tta, impact.ttm, impact.ttr, impact.repair].into_iter().flatten() {
            assert!(span.min >= 0 && span.max.is_none_or(|max| span.min <= max), "{span:?}");
        }
    }
}

static RENDERER: LazyLock<Renderer> =
    LazyLock::new(|| Renderer::new(&["en".to_owned(), "pt-BR".to_owned()], &[]).unwrap());

/// Prose in every place where prose may stand: no document runs anything, in any audience or syntax.
pub fn prose(text: &str) {
    let quoted = serde_json::to_string(text).unwrap();
    let both = format!("{{en: {quoted}, pt-BR: {quoted}}}");
    let yaml = format!(
        "\
relato: 1
id: 2026-01-01-some
status: resolved
timezone: UTC
title: {both}
summary: {both}
impacts:
  - {{service: a, class: critical, scope: {both}, started: 2025-12-01T10:00, recovered: 2025-12-01T10:05}}
timeline:
  - {{id: e1, at: 2025-12-01T10:00, type: signal, visibility: public, text: {both}}}
causes:
  - {{id: c1, role: root, category: config, confidence: confirmed, impacts: [a], text: {both}, public_text: {both}}}
actions:
  - {{id: A1, title: {both}, type: prevent, owner: role:x, status: accepted, due: 2026-02-01, public_commitment: true}}
lessons: [{both}]
"
    );
    let tree = Memory::new([("incidents/2026-01-01-some.yaml", yaml)]);
    let archive = Archive::open(&tree, None).unwrap();
    let reading = archive.read(0).unwrap();
    // what YAML cannot hold is told of, and not rendered
    let Some(incident) = &reading.incident else { return };
    let measured = measure(incident, &archive.settings, &archive.catalogue, now());
    for audience in [Audience::Public, Audience::Internal] {
        for language in ["en", "pt-BR"] {
            let stamp = Stamp::Content("0".to_owned());
            let input = DocumentInput {
                incident,
                measured: &measured,
                settings: &archive.settings,
                catalogue: &archive.catalogue,
                audience,
                language,
                placement: Placement::Alone,
                stamp: &stamp,
                as_of: now(),
            };
            let told = RENDERER.tell(&input).unwrap();
            for target in
                RENDERER.targets().iter().filter(|it| it.view == View::Incident && it.is_for(audience))
            {
                for kind in target.documents() {
                    let document = String::from_utf8(told.document(target, kind).unwrap().bytes).unwrap();
                    if kind.syntax == Syntax::Html {
                        runs_nothing(&document);
                    }
                }
            }
        }
    }
}

/// An English and a Portuguese text with a line of `===` between them: each agrees with itself, and what one states alone
/// is written in it.
pub fn parity(text: &str) {
    let (en, pt) = text.split_once("\n===\n").unwrap_or((text, text));
    let mut desk = Desk::default();
    for (text, tongue) in [(en, Tongue::English), (pt, Tongue::Portuguese)] {
        let prose = Prose::read(text, tongue, &mut desk);
        assert_eq!(prose.differences(&prose, -180), [], "{text:?} differs from itself");
    }
    let (one, other) =
        (Prose::read(en, Tongue::English, &mut desk), Prose::read(pt, Tongue::Portuguese, &mut desk));
    for difference in one.differences(&other, -180) {
        for (only, prose) in [(&difference.one, &one), (&difference.other, &other)] {
            for only in only {
                assert!(!only.text.is_empty(), "{text:?}");
                assert!(prose.blocks().any(|block| block.contains(&only.text)), "{only:?} in {text:?}");
            }
        }
    }
    let yaml = |text: &str| serde_json::to_string(text).unwrap();
    let texts = format!("{{en: {}, pt-BR: {}}}", yaml(en), yaml(pt));
    let incident = format!(
        "relato: 1\nid: 2026-01-01-some\nstatus: resolved\ntimezone: UTC\ntitle: {texts}\nsummary: {texts}\n"
    );
    workspace(&[("incidents/2026-01-01-some.yaml", incident.as_bytes())]);
}

/// A wish like `impacts[0].level=down` on the first line, and a file below it: a change in place is refused, or it is made
/// and can be made again without a change.
pub fn amend(text: &str) {
    let (wish, file) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(wish) = Wish::read(wish) else { return };
    let languages = ["en".to_owned(), "pt-BR".to_owned()];
    let Ok(puts) = amend_incident(file, &[wish], &languages) else { return };
    for put in puts {
        let Ok(new) = edit::put(file, &put.field, put.value.clone()) else { continue };
        let document = Document::parse(&new);
        assert!(document.is_sound(), "{new:?}");
        if let Value::Text(text) = &put.value {
            assert_eq!(document.value_text(&put.field), Some(text.as_str()), "{} in {new:?}", put.field);
            assert_eq!(edit::put(&new, &put.field, put.value.clone()).as_deref(), Ok(new.as_str()));
        }
        let more = new.len().saturating_sub(file.len());
        assert!(more < 64 * (text.len() + 64), "{more} bytes come of {}", text.len());
    }
}

/// An export of a tracker: read or refused, and what is read is short and on one line.
pub fn tracker(bytes: &[u8]) {
    for from in [None, Some(System::Jira), Some(System::Github), Some(System::Gitlab)] {
        let Ok(export) = read_export(bytes, from) else { continue };
        for ticket in &export.tickets {
            for text in [&ticket.key, &ticket.title, &ticket.said] {
                assert!(text.chars().count() < 1_000 && !text.contains('\n'), "{text:?}");
            }
        }
        assert!(Tickets::of(&export).unused().len() <= export.tickets.len());
    }
}

/// No tag of an HTML text runs, embeds or submits anything, but for the site's own script and what it brings to life.
pub fn runs_nothing(html: &str) {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric()).collect();
        let name = name.to_lowercase();
        let script = |tag: &str| {
            let src =
                tag.strip_prefix("script defer src=\"").and_then(|rest| rest.split_once("\"></script>"));
            src.is_some_and(|(src, _)| src.trim_start_matches("../") == "script.js")
        };
        let ours = script(tag)
            || [
                "form class=\"filters\" data-board ",
                "form role=\"search\" class=\"find\" ",
                "input type=\"search\" ",
            ]
            .iter()
            .any(|own| tag.starts_with(own));
        for bad in ["script", "iframe", "object", "embed", "form", "input", "base", "img", "video", "audio"] {
            assert!(name != bad || ours, "`{name}` in {html}");
        }
        // attributes to the end of the tag: a name, and a value that may stand in quotes and hold anything
        rest = tag.get(name.len()..).unwrap_or_default();
        while let Some(at) = rest.find(['>', '=']) {
            let (before, after) = rest.split_at(at);
            let attribute = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
            let after = &after[1..];
            if rest[at..].starts_with('>') {
                rest = after;
                break;
            }
            assert!(!attribute.starts_with("on"), "`{attribute}` in {html}");
            let (value, then) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => after.split_at(after.find([' ', '>']).unwrap_or(after.len())),
            };
            let value = value.trim().to_lowercase();
            // the empty picture that stands for an icon runs nothing
            let runs = value != "data:,"
                && ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.starts_with(scheme));
            assert!(!(runs && ["href", "src", "action"].contains(&&*attribute)), "`{value}` in {html}");
            rest = then;
        }
    }
}
