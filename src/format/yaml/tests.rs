//! Faults drawn beside the text that has them, hostile texts, and the two readers against each other.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

use super::*;

/// A small format with one of everything that the real ones have.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    relato: Option<u32>,
    title: Option<Words>,
    status: Option<Status>,
    public: Option<bool>,
    share: Option<f64>,
    tags: Option<Vec<String>>,
    impacts: Option<Vec<Impact>>,
    notes: Option<Vec<Words>>,
    classes: Option<Named>,
    window: Option<Window>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Impact {
    service: Option<String>,
    started: Option<Moment>,
    reports: Option<u32>,
    via: Option<Vec<Via>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Via {
    r#use: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Window {
    from: String,
    to: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    InProgress,
    Closed,
}

/// A text or a mapping of language to text.
#[derive(Clone, Debug, PartialEq)]
enum Words {
    Plain(String),
    Each(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("expected:localized")
            }
            fn visit_str<E>(self, text: &str) -> Result<Words, E> {
                Ok(Words::Plain(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Words, A::Error> {
                unrepeated(map).map(Words::Each)
            }
        }
        deserializer.deserialize_any(Reads)
    }
}

/// `{about}` or a text that begins with a digit.
#[derive(Clone, Debug, PartialEq)]
struct Moment(String);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = Moment;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("expected:moment")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Moment, E> {
                if text.starts_with(|c: char| c.is_ascii_digit()) {
                    Ok(Moment(text.to_owned()))
                } else {
                    Err(E::invalid_value(de::Unexpected::Str(text), &self))
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Moment, A::Error> {
                let mut about = None;
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "about" => about = Some(map.next_value::<Moment>()?),
                        _ => return Err(de::Error::unknown_field(&key, &["about"])),
                    }
                }
                about.ok_or_else(|| de::Error::custom("expected:moment"))
            }
        }
        deserializer.deserialize_any(Reads)
    }
}

/// Names that the author chooses.
#[derive(Clone, Debug, PartialEq)]
struct Named(BTreeMap<String, u32>);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = Named;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("expected:mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Named, A::Error> {
                unrepeated(map).map(Named)
            }
        }
        deserializer.deserialize_map(Reads)
    }
}

fn unrepeated<'de, A: MapAccess<'de>, V: Deserialize<'de>>(
    mut map: A,
) -> Result<BTreeMap<String, V>, A::Error> {
    let mut all = BTreeMap::new();
    while let Some((key, value)) = map.next_entry::<String, V>()? {
        if all.insert(key, value).is_some() {
            return Err(de::Error::custom("a key stands twice"));
        }
    }
    Ok(all)
}

/// The faults as `line:column field kind`.
fn faults(read: &ReadYaml<Sample>) -> Vec<String> {
    let one = |fault: &TextFault| {
        let spot = fault.spot.map_or("-".to_owned(), |spot| format!("{}:{}", spot.line, spot.column));
        let kind = match &fault.kind {
            FaultKind::UnknownKey { key, near, .. } => {
                format!("unknown {key}, near {:?}", near.as_ref().map(|near| &near.word))
            }
            FaultKind::DuplicateKey { key } => format!("twice {key}"),
            FaultKind::Missing { key } => format!("missing {key}"),
            FaultKind::Invalid { value, expected, near } => match near {
                Some(near) => format!("`{value}` is not {expected:?}, near {}", near.word),
                None => format!("`{value}` is not {expected:?}"),
            },
            FaultKind::Syntax { problem } => format!("syntax: {problem}"),
            other => format!("{other:?}"),
        };
        format!("{spot} {} {kind}", fault.field).replace("Some(", "").replace("\")", "\"")
    };
    read.faults.iter().map(one).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) -> Sample {
    let read = read::<Sample>(text);
    assert_eq!(faults(&read), expected, "{text}");
    read.value.unwrap_or_default()
}

#[test]
fn every_fault_of_a_file_is_named_at_its_place_and_the_rest_is_read() {
    let sample = check(
        "\
relato: one
titel: {en: x}
status: in_progres
public: yes
share: 5
impacts:
  - service: a
    servce: b
    started: soon
    reports: -1
  - 7
  - service: c
    started: {about: never}
    reports: 3
tags: [a, [b], c]
share: 6
x-ours: {anything: [1]}
",
        &[
            "1:9 relato `one` is not Whole",
            "2:1 titel unknown titel, near \"title\"",
            "3:9 status `in_progres` is not OneOf([\"open\", \"in_progress\", \"closed\"]), near in_progress",
            "4:9 public `yes` is not YesNo, near true",
            "8:5 impacts[0].servce unknown servce, near \"service\"",
            "9:14 impacts[0].started `soon` is not Moment",
            "10:14 impacts[0].reports `-1` is not Whole",
            "11:5 impacts[1] `7` is not Mapping",
            "13:22 impacts[2].started.about `never` is not Moment",
            "15:12 tags[1] `[b]` is not Text",
            "16:1 share twice share",
        ],
    );
    let impact =
        |service: &str, reports| Impact { service: Some(service.into()), reports, ..Impact::default() };
    assert_eq!(sample.impacts, Some(vec![impact("a", None), Impact::default(), impact("c", Some(3))]));
    assert_eq!(sample.tags, Some(vec!["a".into(), "c".into()]), "the list has lost one item");
    assert_eq!(sample.share, Some(5.0), "the first of two keys counts");
    assert_eq!((sample.relato, sample.status, sample.public), (None, None, None));
}

#[test]
fn each_kind_of_fault_has_its_words_and_place() {
    check("", &["1:1  `` is not Mapping"]);
    check("# nothing yet\n\n", &["1:1  `` is not Mapping"]);
    check("---\n", &["1:1  `` is not Mapping"]);
    check("--- # nothing\n...\n", &["1:1  `` is not Mapping"]);
    check("~", &["1:1  `~` is not Mapping"]);
    check("just a text", &["1:1  `just a text` is not Mapping"]);
    check("- a\n- b", &["1:1  `[a, b]` is not Mapping"]);
    check("relato: 1\n---\nrelato: 2\n", &["2:1  SeveralDocuments"]);
    check("relato: 1\n---\n", &["2:1  SeveralDocuments"]);
    check("relato: [", &["1:10 relato syntax: while parsing a node, did not find expected node content"]);
    check("a:\n\t- b\n", &["2:2  syntax: tabs disallowed within this context (block indentation)"]);
    check(
        "title: \"\\ud83d\"",
        &["1:8  syntax: while parsing a quoted scalar, found invalid Unicode character escape code"],
    );
    check("title: a\nre\0lato: 1", &["2:3  syntax: the character U+0000 is not allowed, remove it"]);
    check("title: \u{9b}31m", &["1:8  syntax: the character U+009B is not allowed, remove it"]);
    check("title: *nowhere", &["1:8  syntax: while parsing node, found unknown anchor"]);
    check("title: &a {en: *a}", &["1:16 title TooManyAliases"]);
    check("[a]: b\nrelato: 1", &["1:1  `[a]` is not Text"]);
    check("? {a: b}\n: c\nrelato: 1", &["1:3  `{a: b}` is not Text"]);
    check("{a: {}}: b", &["1:1  `{a: {}}` is not Text"]);
    check("title: !mine x", &["1:8  syntax: the tag `!mine` has no meaning here, remove it"]);
    check("<<: {relato: 1}", &["1:1 << unknown <<, near None"]);
    check(": 1", &["1:1  unknown , near None"]);
    check("title: {en: a, pt: b, en: c}", &["1:23 title.en twice en"]);
    check("title: {en: a, \"en\": c}", &["1:16 title.en twice en"]);
    check("classes: {a: 1, b: 2, a: 3}", &["1:23 classes.a twice a"]);
    check("classes: {a: 1, b: many}", &["1:20 classes.b `many` is not Whole"]);
    check("title: 5", &["1:8 title `5` is not Localized"]);
    check("title:\n  - a\n", &["1:1 title `[a]` is not Localized"]);
    check("notes: [a, 5, {en: b}]", &["1:12 notes[1] `5` is not Localized"]);
    check("tags: a", &["1:7 tags `a` is not List"]);
    check("share: much", &["1:8 share `much` is not Number"]);
    check("status: [open]", &["1:1 status `[open]` is not OneOf([\"open\", \"in_progress\", \"closed\"])"]);
    check("impacts: {a: b}", &["1:1 impacts `{a: b}` is not List"]);
    check("title: a\nimpacts:\n  -\n    - b", &["4:7 impacts[0] `[b]` is not Mapping"]);
    check("relato: 99999999999", &["1:9 relato `99999999999` is not Whole"]);
    check("relato: \"1\"", &["1:9 relato `1` is not Whole"]);
    check(
        &format!("relato: {}", "long ".repeat(20)),
        &["1:9 relato `long long long long long long long long…` is not Whole"],
    );
    check("relato: \"a\\u202eb\\nc\"", &["1:9 relato `a b c` is not Whole"]);
}

#[test]
fn what_only_follows_from_a_fault_is_not_a_fault_of_its_own() {
    check("window: {from: a}", &["1:1 window missing to"]);
    check("window: {from: a, to: [b]}", &["1:19 window.to `[b]` is not Text"]);
    check("window: {frm: a, to: b}", &["1:10 window.frm unknown frm, near \"from\""]);
    check(
        "window: {form: a, t: b}",
        &["1:10 window.form unknown form, near \"from\"", "1:19 window.t unknown t, near \"to\""],
    );
    check(
        "window: {from: a, width: b}",
        &["1:1 window missing to", "1:19 window.width unknown width, near None"],
    );
    check("impacts: [{started: {abut: 5h}}]", &["1:22 impacts[0].started.abut unknown abut, near \"about\""]);
    let sample = check(
        "impacts: [{via: [{use: a}, {}, 3, {use: b}]}]",
        &["1:28 impacts[0].via[1] missing use", "1:32 impacts[0].via[2] `3` is not Mapping"],
    );
    let via = sample.impacts.and_then(|impacts| impacts.into_iter().next()).and_then(|impact| impact.via);
    let uses = via.into_iter().flatten().map(|via| via.r#use).collect::<Vec<_>>();
    assert_eq!(uses, ["a", "b"], "items whose type needs a key are left out");
}

#[test]
fn a_sound_file_has_no_faults_however_it_is_written() {
    let check = |text: &str, expected: Sample| assert_eq!(check(text, &[]), expected, "{text}");
    let words = |text: &str| Some(Words::Plain(text.into()));
    let titled = |text: &str| Sample { title: words(text), ..Sample::default() };
    check("relato: 1", Sample { relato: Some(1), ..Sample::default() });
    check("\u{feff}relato: 1\r\ntitle: a\r\n", Sample { relato: Some(1), ..titled("a") });
    check("title: a\rrelato: 1\r", Sample { relato: Some(1), ..titled("a") });
    check("%YAML 1.2\n---\ntitle: no\n...\n", titled("no"));
    check("{title: a}", titled("a"));
    check("title: !!str 5", titled("5"));
    check("title: ! 5", titled("5"));
    check("title: !!binary aGk=", titled("aGk="));
    check(
        "&top title: &a x\nnotes: [*a, y]",
        Sample { notes: Some(vec![Words::Plain("x".into()), Words::Plain("y".into())]), ..titled("x") },
    );
    check("title: a\u{2028}b", titled("a\u{2028}b"));
    check("title: \"a\\\n  b\\x41\\U0001F600\\/\"", titled("abA😀/"));
    check("title: |\n  a\n\n  b\n", titled("a\n\nb\n"));
    check("title: >-\n  a\n  b\n", titled("a b"));
    check(
        "x-a: &a 1\nrelato: *a\nimpacts:\n - x-b: 2\n   x-b2: [3]\n",
        Sample { relato: Some(1), impacts: Some(vec![Impact::default()]), ..Sample::default() },
    );
    check(
        "title: {en: a, x-note: b}",
        Sample { title: Some(Words::Each([("en".into(), "a".into())].into())), ..Sample::default() },
    );
    check("impacts:\ntags:\nrelato:\nstatus: ~\n", Sample::default());
}

/// Reads a hostile text by all three ways, within a time that even a slow machine keeps.
#[track_caller]
fn endure(name: &str, text: &str) -> ReadYaml<Sample> {
    let start = Instant::now();
    let read = read::<Sample>(text);
    let reading = start.elapsed();
    let start = Instant::now();
    let document = crate::locate::Document::parse(text);
    document.place(&Field::of("impacts").at(3).key("started"));
    let placing = start.elapsed();
    assert!(reading + placing < Duration::from_secs(60), "{name}: {reading:?} {placing:?}");
    assert!(read.faults.len() <= MAX_FAULTS);
    read
}

#[test]
fn hostile_texts_end_quickly_and_without_harm() {
    const MIB: usize = 1 << 20;
    let fill = |unit: &str| unit.repeat(MIB / unit.len());
    let some = |unit: &str| unit.repeat(MIB / 32 / unit.len());
    let first = |read: ReadYaml<Sample>| read.faults.into_iter().next().map(|fault| fault.kind);
    let deep = Some(FaultKind::TooDeep { limit: MAX_DEPTH });
    for unit in ["[", "{", "{a: ", "[a: ", "[\n", "- ", "? ", "? - ", "[[],", "[\"]\","] {
        assert_eq!(first(endure(unit, &fill(unit))), deep, "{unit}");
    }
    assert_eq!(first(endure("[[[]]] 100k", &("[".repeat(100_000) + &"]".repeat(100_000)))), deep);
    let indented = (0..1400).map(|level| " ".repeat(level) + "a:\n").collect::<String>();
    assert_eq!(first(endure("indented", &indented)), deep);

    let many = Some(FaultKind::TooManyAliases);
    let bomb = |levels: usize| {
        let level = |n: usize| format!("x-{n}: &l{n} [{}]\n", vec![format!("*l{}", n - 1); 9].join(", "));
        "x-0: &l0 [lol]\n".to_owned() + &(1..=levels).map(level).collect::<String>()
    };
    assert_eq!(first(endure("alias bomb, 9 levels", &bomb(9))), many);
    assert_eq!(first(endure("alias bomb, 120 levels", &bomb(120))), many);
    let long = format!("x-a: &a {}\ntags: [{}]", "b".repeat(MIB / 2), vec!["*a"; MIB / 8].join(","));
    assert_eq!(first(endure("a long alias used often", &long)), many);
    let wide = format!("x-a: &a [{}]\nx-b: [{}]", "b,".repeat(MIB / 4), vec!["*a"; MIB / 8].join(","));
    assert_eq!(first(endure("a wide alias used often", &wide)), many);
    let chain =
        (1..128).fold("x-0: &l0 a\n".to_owned(), |text, n| text + &format!("x-{n}: &l{n} [*l{}]\n", n - 1));
    assert!(endure("a chain of aliases", &chain).value.is_some());
    let chain =
        (1..200).fold("x-0: &l0 a\n".to_owned(), |text, n| text + &format!("x-{n}: &l{n} [*l{}]\n", n - 1));
    assert_eq!(first(endure("too long a chain of aliases", &chain)), deep);
    endure("anchors", &fill("- &a b\n"));
    endure("nested anchors", &fill("&a [&b "));

    endure("closed brackets", &("tags: [".to_owned() + &fill("[],") + "]"));
    endure("120 brackets, then commas", &(format!("tags: {}", "[".repeat(120)) + &fill("a,")));
    for unit in [
        "a: ", "x\n", "x ", "\n", " ", "\t", "# x\n", ":", ": ", "! ", "& ", "&a ", "* ", "--- \n", "...\n",
        "%A\n", "\"", "'", "\\", "|\n", ">\n", "-", "-\n", "?\n", "\u{85}", "\u{2028}", "\u{feff}", "é",
        "\r", "a:\n", "- a\n", "'a': b\n", "a: !b\n", "!<", "@", "`", ",", "}", "]", "{},", "\"a\\\n",
    ] {
        endure(unit, &some(unit));
        endure(unit, &("title: ".to_owned() + &some(unit)));
        endure(unit, &("title: |\n  ".to_owned() + &some(unit)));
        endure(unit, &("title: \"".to_owned() + &some(unit)));
        endure(unit, &("tags: [".to_owned() + &some(unit)));
    }
    let keys = (0..MIB / 10).map(|n| format!("k{n}: v\n")).collect::<String>();
    assert!(
        endure("unknown keys", &keys).faults.len() > MAX_FAULTS / 4,
        "the work ends before the faults do"
    );
    let wrong = (0..MIB / 24).map(|_| "- {reports: x, a: }\n").collect::<String>();
    endure("wrong items", &("impacts:\n".to_owned() + &wrong));
    let wrong = (0..MIB / 4).map(|_| "- 5\n").collect::<String>();
    endure("scalars for mappings", &("impacts:\n".to_owned() + &wrong));
    assert_eq!(
        endure("a key over and over", &("a: 1\n".to_owned() + &fill("x-a: 1\n"))).faults.len(),
        MAX_FAULTS
    );
}

#[test]
fn a_large_sound_file_is_read_in_no_time() {
    let impact = "  - service: order-import\n    started: 2022-12-18T16:20:00-05:00\n    reports: 12\n    via: [{use: api}]\n";
    let text = "relato: 1\ntitle: {en: a, pt-BR: b}\nimpacts:\n".to_owned()
        + &impact.repeat((1 << 20) / impact.len());
    let read = endure("sound, fast or placed", &text);
    assert_eq!(faults(&read), Vec::<String>::new());
    let flat = text.replace("    via: [{use: api}]\n", "");
    assert_eq!(glance(&flat), Glance::Plain);
    assert_eq!(endure("sound, fast", &flat).value, endure("sound, placed", &(flat + "x-a: 1\n")).value);
}

#[test]
fn the_glance_tells_what_the_fast_reader_may_have() {
    let check = |text: &str, expected: Glance| assert_eq!(glance(&format!("{text}\n")), expected, "{text:?}");
    for plain in [
        "a: 1",
        "\"a\": 1",
        "{a: 1}",
        "é: 1",
        "--- # c\na: 1",
        "a: R&D, **b**, wow!",
        "a: max-load",
        "\u{feff}a: 1",
        "a:\n  - b-x-c\n",
    ] {
        check(plain, Glance::Plain);
    }
    for odd in [
        "",
        "\n# a\n",
        "---\n",
        "~",
        "- a",
        "a: &b c",
        "[&b c]",
        "{\"a\":&b c}",
        "a: !b c",
        "a: ! c",
        "x-a: 1",
        " x-a: 1",
        "{x-a: 1}",
        "\"x-a\": 1",
        "a: b\u{85}c",
        "a: b\u{2028}c",
        "a: b\u{2029}c",
        "a: b\u{feff}c",
    ] {
        check(odd, Glance::Odd);
    }
    let spot = |line, column| Spot { line, column, end_line: line, end_column: column + 1 };
    check("a\0", Glance::Forbidden(spot(1, 2), '\0'));
    check("a\r\nb\n\u{7f}", Glance::Forbidden(spot(3, 1), '\u{7f}'));
    check("é\u{fffe}", Glance::Forbidden(spot(1, 2), '\u{fffe}'));
    check("\u{85}\u{80}", Glance::Forbidden(spot(1, 2), '\u{80}'));
}

/// What the two readers must agree on: whatever the fast one accepts of a text that it is trusted with. Only in the
/// layout is the tree's parser stricter (`a:<tab>b`, `[a -, b]`, quoted lines that stand too far left); such a text
/// has no fault as long as the fast reader accepts it, and a syntax fault beside any other.
fn both_agree<T: DeserializeOwned + PartialEq + fmt::Debug>(text: &str) -> Result<(), TestCaseError> {
    if glance(text) == Glance::Plain
        && let Ok(fast) = serde_yaml::from_str::<T>(text)
    {
        let placed = read_placed::<T>(text);
        if !placed.faults.iter().any(|fault| is_apart(&fault.kind)) {
            prop_assert_eq!(&placed.faults, &[], "{}", text);
            prop_assert_eq!(placed.value, Some(fast), "{}", text);
        }
    }
    Ok(())
}

fn is_apart(kind: &FaultKind) -> bool {
    // a list as a key, which only `serde_yaml::Value` would take
    let is_key = matches!(kind, FaultKind::Invalid { expected: ExpectedValue::Text, value, .. } if value.starts_with(['[', '{']));
    is_key || matches!(kind, FaultKind::Syntax { .. })
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        "[0-9]{1,4}",
        "\"[ -!#-\\[\\]-~é\u{2028}]{0,8}\"",
        "'[ -&(-~é]{0,8}'",
        "[A-Za-z0-9][A-Za-z0-9 .,:/+_-]{0,12}",
        Just("2022-12-18T16:20:00-05:00".to_owned()),
        Just("~".to_owned()),
        Just(String::new()),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![scalar(), (scalar(), scalar()).prop_map(|(en, pt)| format!("{{en: {en}, pt-BR: {pt}}}"))]
}

prop_compose! {
    fn sample()(
        title in words(),
        relato in 0..9_u32,
        tags in prop::collection::vec(scalar(), 0..4),
        block in prop::collection::vec("[ -~]{0,12}", 0..4),
        style in prop::sample::select(vec!["|", "|-", ">", ">-", ">+"]),
        impacts in prop::collection::vec((scalar(), scalar(), 0..5_u32, any::<bool>()), 0..4),
        classes in prop::collection::btree_map("[a-z]{1,3}", 0..9_u32, 0..3),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) -> String {
        let mut text = format!("relato: {relato} # c\ntitle: {title}\ntags: [{}]\nnotes:\n", tags.join(", "));
        text += &format!("  - {style}\n{}", block.iter().map(|line| format!("    {line}\n")).collect::<String>());
        text += "impacts:\n";
        for (service, started, reports, flow) in impacts {
            text += &if flow {
                format!("  - {{service: {service}, started: {started}}}\n")
            } else {
                format!("  - service: {service}\n    started: {started}\n\n    reports: {reports}\n")
            };
        }
        text += "classes:\n";
        for (class, number) in classes {
            text += &format!("  {class}: {number}\n");
        }
        text.replace('\n', end)
    }
}

const TOKENS: &[&str] = &[
    "a", "b", "x", "0", "1", "é", " ", "  ", ": ", ":", ", ", ",", "- ", "-", "\n", "\n  ", "\n- ", "\r\n",
    "\r", "a: ", "\nb: ", "\n  c: ", "[", "]", "{", "}", "\"", "'", "#", " #", "\t", "~", "|", ">", "|-",
    "\\", "%", "@", "`", "=", "<", "---", "...",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn written_samples_read_alike_by_both_readers(text in sample()) {
        both_agree::<Sample>(&text)?;
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        read::<Sample>(&text);
        read_placed::<Sample>(&text);
        crate::locate::Document::parse(&text);
    }

    #[test]
    fn texts_of_yaml_signs_are_survived(text in "([-?:,\\[\\]{}#&*!|>'\"%@`~. \t\r\nax0\\\\]|title: |- |\n  |---|\\.\\.\\.|&a |\\*a|é){0,40}") {
        let start = Instant::now();
        both_agree::<serde_yaml::Value>(&format!("{text}\n"))?;
        let read = read::<Sample>(&text);
        prop_assert!(read.value.is_some() || !read.faults.is_empty());
        read_placed::<Sample>(&text);
        let document = crate::locate::Document::parse(&text);
        for fault in &read.faults {
            document.place(&fault.field);
        }
        prop_assert!(start.elapsed() < Duration::from_secs(2));
    }

    #[test]
    fn small_texts_mean_the_same_to_both_readers(tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..16)) {
        both_agree::<serde_yaml::Value>(&(tokens.concat() + "\n"))?;
    }

    #[test]
    fn a_spoilt_sample_is_survived(text in sample(), at in any::<prop::sample::Index>(), sign in "[-?:,\\[\\]{}#&*!|>'\"%@\n ]{1,3}") {
        let mut chars = text.chars().collect::<Vec<_>>();
        let at = at.index(chars.len());
        chars.splice(at..at, sign.chars());
        let text = chars.into_iter().collect::<String>();
        let read = read::<Sample>(&text);
        prop_assert!(read.value.is_some() || !read.faults.is_empty());
        both_agree::<Sample>(&text)?;
    }
}

#[test]
fn an_item_whose_list_has_lost_its_key_is_told_from_one_that_is_not_aligned() {
    for (text, first) in [
        ("title: a\n  - service: oms\n    started: b\n", Some("service")),
        ("title: {en: a}\n  # note\n  - at: b\n", Some("at")),
        ("title: a\n  - plain\n", None),
        ("impacts: # note\n  - service: a: b\n", None),
        ("impacts:\n  - service: a\n   - service: b\n", None),
        ("impacts:\n    - service: a\n  - service: b\n", None),
    ] {
        let found = read::<Sample>(text).faults.into_iter().map(|fault| fault.kind);
        let found = found.filter_map(|kind| match kind {
            FaultKind::ItemWithoutKey { first } => Some(first),
            _ => None,
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            first.map(str::to_owned).into_iter().collect::<Vec<_>>(),
            "{text}"
        );
    }
}
