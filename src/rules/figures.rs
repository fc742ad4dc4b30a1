//! Lengths and clock times that a text states, as `public-numbers-differ` and `public-time-without-zone` read them.
//!
//! Reads what surely is one: a number with a unit of time that is said to have passed (`lasted 26 hours`), hours and
//! minutes. What covers, limits, repeats or looks ahead, and what stands in a sentence about what will be, states nothing
//! that happened, and is marked so.

use std::{collections::HashSet, ops::Range, rc::Rc, sync::LazyLock};

use aho_corasick::AhoCorasick;
use regex::bytes::{Captures, Regex};

use super::{Case, sink::Readings, texts::Read, wording::look};
use crate::{language::Folded, locate::Field};

/// Something stated, and where it stands in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// What is stated.
    pub(super) said: Said,
    /// The bytes of the folded text.
    pub(super) range: Range<usize>,
    /// The zone named behind a clock time.
    pub(super) zone: Named,
    /// It tells what happened, not what will be, what limits or what repeats.
    pub(super) passed: bool,
}

/// Whether a zone is named behind a clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// None.
    Nothing,
    /// UTC itself.
    Utc,
    /// Another: an abbreviation, an offset, a place.
    Other,
}

/// A length or a clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Said {
    /// A length, in seconds, with what its rounding allows.
    Length {
        /// At least this long.
        least: i64,
        /// At most this long.
        most: i64,
    },
    /// A clock time, in minutes from midnight; of a twelve-hour clock without its half, the morning's.
    Clock {
        /// Minutes from midnight.
        minute: i64,
        /// It may as well be twelve hours later.
        either_half: bool,
        /// It may be off by this many minutes.
        about: i64,
    },
}

const NUMBER: &str = r"(?:[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+(?:[.,][0-9]+)?|half an?|meia|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|onze|doze)";
const UNIT: &str = r"(?:seconds?|secs?|segundos?|s|minutes?|mins?|minutos?|hours?|hrs?|horas?|h|days?|dias?|weeks?|semanas?|months?|mes|meses|years?|anos?)";

/// One length: `25 h 48 min`, `two hours and a half`, `cerca de 3 horas`.
static LENGTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        r"(?P<hedge>about |around |roughly |approximately |almost |nearly |just (?:under|over) |some |~ ?|cerca de |quase |aproximadamente |por volta de |pouco (?:mais|menos) de )?(?:exactly |exatamente )?(?P<n1>{NUMBER})[ -]?(?P<u1>{UNIT})(?:(?: and | e |, | )?(?P<n2>{NUMBER}) ?(?P<u2>{UNIT}))?(?P<half> and a half| e meia)?"
    ))
});

/// One clock time: `17:00`, `4:19 AM`, `4 pm`, `17h30`, `as 17h`.
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?P<hedge>about |around |roughly |almost |nearly |shortly (?:before|after) |~ ?|cerca das |quase as |por volta d[aeo]s? )?(?:(?P<h>[01]?[0-9]|2[0-4])(?::(?P<m>[0-5][0-9])(?::[0-5][0-9])?(?: ?(?P<half>[ap])\.?m\b\.?)?| ?(?P<only>[ap])\.?m\b\.?)|(?:as|a|das|ate as|desde as|as) (?P<hh>[01]?[0-9]|2[0-4])h(?P<mm>[0-5][0-9])?)",
    )
});

/// What says, right before a length, that it passed.
static PASSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?-u:\b)(?:lasted|took|taken|ran|waited|cost|spent|for|after|until|(?:total|downtime|outage|delay|interruption|degradation|silence|gap) of|(?:was|were|been) (?:down|out|unavailable|off|stopped|degraded|delayed|late)(?: for)?|durou|duraram|levou|levaram|demorou|demoraram|custou|esperou|por|apos|depois de|durante|(?:total|atraso|indisponibilidade|parada|interrupcao|degradacao|silencio) de)(?: only| just| a total of| apenas| um total de)? $",
    )
});
static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?:-| (?:ago|old|window|timeout|intervals?|limit|target|each|or (?:more|less)|atras|cada|ou (?:mais|menos)))",
    )
});
/// What a sentence about plans and forecasts holds.
static AHEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?-u:\b)(?:will|'ll|next|expect(?:s|ed)?|estimate[sd]?|projected|planned|plan|should|would|could|may|might|going to|scheduled|vai|vamos|vao|ira|iremos|proxim[ao]s?|previst[ao]s?|previsao|estima(?:mos|do|da|tiva)?|deve(?:m|mos|ra|rao)?|deveria|levaria|planejad[ao]s?|planejamos|agendad[ao]s?)(?-u:\b)",
    )
});

static ZONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^,? ?(?:\(|/ ?)?(?:(?:in |no |em )?(?P<utc>utc|gmt|z)(?:[^a-z0-9+\x80-\xff-]|$)|(?:utc|gmt)|[+\x81-] ?[0-9]|c[de]s?t|cest|wes?t|ees?t|brs?t|br[st]|[ecmp][sd]?t|ist|bst|jst|aes?t|aedt|msk|hora(?:rio)? de|(?:us )?(?:eastern|central|mountain|pacific)|local time|hora local|horario local)",
    )
});

fn compile(pattern: &str) -> Option<Regex> {
    Regex::new(&format!("(?-u){pattern}")).ok()
}

/// A public text that states figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Telling {
    /// The position of its incident among those at hand.
    incident: usize,
    /// The text, down to its language: `summary.en`.
    pub(super) field: Field,
    /// What it states, in its order, each as it is written.
    pub(super) figures: Vec<(Figure, String)>,
    /// It speaks of a time zone, in whatever place.
    pub(super) names_zone: bool,
}

/// The public texts of the incidents at hand that state figures.
pub(super) struct Figures(pub(super) Rc<Readings>);

impl Figures {
    /// Those of one incident.
    pub(super) fn of(&self, incident: usize) -> impl Iterator<Item = &Telling> {
        let all = self.0.figures.get().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |telling| telling.incident == incident)
    }
}

/// Reads every public text of the incidents at hand for figures; what stands in two fields is read in the first.
pub(super) fn tellings(case: &Case<'_>, texts: &Read) -> Vec<Telling> {
    let mut tellings = Vec::new();
    for (incident, judged) in case.incidents.iter().enumerate() {
        let mut seen: HashSet<&str> = HashSet::new();
        judged.incident.each_public_text(&mut |path, localized| {
            for (tag, text) in localized.iter() {
                if !texts.glance(text).times || !may_state(text) || !seen.insert(text) {
                    continue;
                }
                let Some(found) = look(text, figures) else { continue };
                let shown = |figure: &Figure| found.shown(&figure.range).to_owned();
                let figures = found.hits.iter().map(|figure| (figure.clone(), shown(figure))).collect();
                let field = path.key(tag).field();
                tellings.push(Telling { incident, field, figures, names_zone: names_zone(found.plain()) });
            }
        });
    }
    tellings
}

/// Whether a text speaks of a zone in any place.
fn names_zone(text: &str) -> bool {
    const ZONES: [&str; 16] = [
        "UTC",
        "GMT",
        "CET",
        "CEST",
        "EST",
        "EDT",
        "PST",
        "PDT",
        "BRT",
        "local time",
        "time zone",
        "Time",
        "horário de",
        "hora local",
        "horário local",
        "fuso",
    ];
    static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(ZONES).ok());
    SEARCH.as_ref().is_some_and(|zones| zones.is_match(text))
}

/// Whether a text may state any: a cheap look before it is folded.
fn may_state(text: &str) -> bool {
    static UNITS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(SPOKEN_UNITS).ok());
    text.bytes().any(|byte| byte.is_ascii_digit()) || UNITS.as_ref().is_none_or(|units| units.is_match(text))
}

/// How units begin that are counted in words, too.
const SPOKEN_UNITS: [&str; 7] = ["hour", "hora", "minut", "day", "dia", "week", "semana"];

/// The figures of a text, in its order, those that state nothing that happened among them.
fn figures(folded: &Folded) -> Vec<Figure> {
    let mut found = Vec::new();
    if let Some(lengths) = &*LENGTH {
        for hit in lengths.captures_iter(folded.bytes()) {
            found.extend(
                length(&hit).map(|said| (said, hit)).and_then(|(said, hit)| figure(folded, &hit, said)),
            );
        }
    }
    if let Some(clocks) = &*CLOCK {
        for hit in clocks.captures_iter(folded.bytes()) {
            let said = clock(&hit);
            found.extend(said.and_then(|said| figure(folded, &hit, said)));
        }
    }
    found.sort_by_key(|figure| figure.range.start);
    found
}

fn figure(folded: &Folded, hit: &Captures<'_>, said: Said) -> Option<Figure> {
    let range = hit.get(0)?.range();
    // the hedge is no part of what is looked at for a whole word
    let from = hit
        .name("n1")
        .or_else(|| hit.name("h"))
        .or_else(|| hit.name("hh"))
        .map_or(range.start, |n| n.start());
    let bytes = folded.bytes();
    let joined = from.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'-' | b'/' | b':' | b'_' | b'+' | b'#')
    });
    let goes_on = bytes.get(range.end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        || matches!(bytes.get(range.end..range.end + 2), Some([b':' | b'.' | b',' | b'/', digit]) if digit.is_ascii_digit());
    if joined || goes_on {
        return None;
    }
    let after = bytes.get(range.end..(range.end + 24).min(bytes.len())).unwrap_or_default();
    let is_clock = matches!(said, Said::Clock { .. });
    let zone = match ZONE.as_ref().filter(|_| is_clock).and_then(|zone| zone.captures(after)) {
        None => Named::Nothing,
        Some(hit) if hit.name("utc").is_some() => Named::Utc,
        Some(_) => Named::Other,
    };
    let passed = states(folded, &range, said);
    Some(Figure { said, range, zone, passed })
}

/// Whether a figure states what happened.
fn states(folded: &Folded, range: &Range<usize>, said: Said) -> bool {
    let bytes = folded.bytes();
    let before = bytes.get(range.start.saturating_sub(24)..range.start).unwrap_or_default();
    let after = bytes.get(range.end..(range.end + 16).min(bytes.len())).unwrap_or_default();
    let is_length = matches!(said, Said::Length { .. });
    let is =
        |pattern: &Option<Regex>, text: &[u8]| pattern.as_ref().is_none_or(|pattern| pattern.is_match(text));
    if is_length && (!is(&PASSED, before) || is(&AFTER, after)) {
        return false;
    }
    let start = sentence_start(bytes, range.start);
    let end = sentence_end(bytes, range.end);
    !is(&AHEAD, bytes.get(start..end).unwrap_or_default())
}

/// The longest sentence that is looked at on each side of a figure.
const REACH: usize = 400;

fn sentence_start(bytes: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(REACH);
    let before = bytes.get(from..at).unwrap_or_default();
    let stop = before.windows(2).rposition(|pair| matches!(pair, [b'.' | b'!' | b'?', b' '] | [_, b'\n']));
    stop.map_or(from, |stop| from + stop + 1)
}

fn sentence_end(bytes: &[u8], at: usize) -> usize {
    let to = (at + REACH).min(bytes.len());
    let after = bytes.get(at..to).unwrap_or_default();
    let stop = after.windows(2).position(|pair| matches!(pair, [b'.' | b'!' | b'?', b' '] | [_, b'\n']));
    stop.map_or(to, |stop| at + stop + 1)
}

fn text<'h>(hit: &Captures<'h>, name: &str) -> Option<&'h str> {
    std::str::from_utf8(hit.name(name)?.as_bytes()).ok()
}

fn length(hit: &Captures<'_>) -> Option<Said> {
    let (first, unit) = (number(text(hit, "n1")?)?, seconds(text(hit, "u1")?)?);
    // "a second migration", "one day": no lengths; "17h" may be a clock
    let one = matches!(text(hit, "n1"), Some("one" | "um" | "uma"));
    let whole_text = std::str::from_utf8(hit.get(0)?.as_bytes()).ok()?;
    let bare = whole_text.ends_with('h')
        && whole_text.rfind(|c: char| c.is_ascii_digit()) == whole_text.len().checked_sub(2);
    if one && (unit < 60.0 || unit == DAY) || bare {
        return None;
    }
    let mut middle = first * unit;
    let mut smallest = unit;
    if let (Some(second), Some(next)) = (text(hit, "n2"), text(hit, "u2")) {
        let next = seconds(next)?;
        // "2 hours, 5 days" are two lengths
        if next >= unit {
            return None;
        }
        middle += number(second)? * next;
        smallest = next;
    }
    if hit.name("half").is_some() {
        middle += unit / 2.0;
        smallest /= 2.0;
    }
    // as stated: rounded to the last unit, and to the nearest one besides when it is hedged; "half an hour" is rounded
    // to half hours
    if first < 1.0 {
        smallest *= first;
    }
    // who says 20 or 25 minutes counts in fives
    if smallest == 60.0 && middle >= 600.0 && middle % 300.0 == 0.0 {
        smallest = 300.0;
    }
    // a month has 28 to 31 days
    let loose = if unit >= 28.0 * DAY { 0.12 * middle } else { 0.0 };
    let margin = if hit.name("hedge").is_some() { smallest } else { smallest / 2.0 } + loose;
    let whole = |value: f64| value.round().clamp(0.0, 1e12) as i64;
    Some(Said::Length { least: whole(middle - margin), most: whole(middle + margin) })
}

const DAY: f64 = 86_400.0;

fn seconds(unit: &str) -> Option<f64> {
    let seconds = match unit.get(..2).unwrap_or(unit) {
        "s" => 1.0,
        "se" if unit.starts_with("sem") => 7.0 * DAY,
        "se" => 1.0,
        "mi" => 60.0,
        "h" | "ho" | "hr" => 3_600.0,
        "da" | "di" => DAY,
        "we" => 7.0 * DAY,
        "mo" | "me" => 30.0 * DAY,
        "ye" | "an" => 365.0 * DAY,
        _ => return None,
    };
    Some(seconds)
}

fn number(text: &str) -> Option<f64> {
    let value = match text {
        "half a" | "half an" | "meia" => 0.5,
        "one" | "um" | "uma" => 1.0,
        "two" | "dois" | "duas" => 2.0,
        "three" | "tres" => 3.0,
        "four" | "quatro" => 4.0,
        "five" | "cinco" => 5.0,
        "six" | "seis" => 6.0,
        "seven" | "sete" => 7.0,
        "eight" | "oito" => 8.0,
        "nine" | "nove" => 9.0,
        "ten" | "dez" => 10.0,
        "eleven" | "onze" => 11.0,
        "twelve" | "doze" => 12.0,
        _ => {
            let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
            // three digits behind the sign group thousands in one language or the other
            let number = if part.len() == 3 { format!("{whole}{part}") } else { format!("{whole}.{part}0") };
            number.parse().ok().filter(|value: &f64| *value < 1e9)?
        }
    };
    Some(value)
}

fn clock(hit: &Captures<'_>) -> Option<Said> {
    let number = |name: &str| text(hit, name).and_then(|text| text.parse::<i64>().ok());
    let hour = number("h").or_else(|| number("hh"))?;
    let minutes = number("m").or_else(|| number("mm")).unwrap_or(0);
    let half = text(hit, "half").or_else(|| text(hit, "only"));
    let hour = match half {
        Some("p") if hour < 12 => hour + 12,
        Some("a") if hour == 12 => 0,
        Some(_) if hour > 12 => return None,
        _ => hour % 24,
    };
    let either_half = half.is_none()
        && hour < 12
        && hit.name("hh").is_none()
        && text(hit, "h").is_some_and(|h| h.len() == 1);
    let about = match (hit.name("hedge").is_some(), minutes % 30, minutes % 5) {
        (true, 0, _) => 30,
        (true, ..) => 10,
        (false, 0, _) if minutes == 0 && half.is_some() && hit.name("only").is_some() => 30,
        (false, _, 0) => 2,
        _ => 0,
    };
    Some(Said::Clock { minute: hour * 60 + minutes, either_half, about })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::{Desk, Prose, Tongue};
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(String, Said)> {
        let folded = Folded::of(text);
        let show =
            |range: &Range<usize>| String::from_utf8_lossy(&folded.bytes()[range.clone()]).into_owned();
        figures(&folded)
            .into_iter()
            .filter(|figure| figure.passed)
            .map(|figure| (show(&figure.range), figure.said))
            .collect()
    }

    #[test]
    fn lengths_are_read_in_both_languages() {
        let hours = |least: f64, most: f64| Said::Length {
            least: (least * 3600.0).round() as i64,
            most: (most * 3600.0).round() as i64,
        };
        for (text, said) in [
            ("it lasted 26 hours.", hours(25.5, 26.5)),
            ("durou 26 horas", hours(25.5, 26.5)),
            ("came to a total of almost exactly 26 hours", hours(25.0, 27.0)),
            ("após cerca de 6 horas", hours(5.0, 7.0)),
            ("it was down for 25 h 48 min", hours(25.0 + 47.5 / 60.0, 25.0 + 48.5 / 60.0)),
            ("it took 1 hour and 30 minutes", hours(1.0 + 27.5 / 60.0, 1.0 + 32.5 / 60.0)),
            ("durou duas horas e meia", hours(2.25, 2.75)),
            ("it took half an hour", hours(0.25, 0.75)),
            ("it took 20 minutes", hours(17.5 / 60.0, 22.5 / 60.0)),
            ("levou meia hora", hours(0.25, 0.75)),
            ("levou 1,5 hora", hours(1.0, 2.0)),
        ] {
            let found = read(text);
            assert_eq!(found.iter().map(|(_, said)| *said).collect::<Vec<_>>(), [said], "{text}: {found:?}");
        }
    }

    #[test]
    fn clock_times_are_read_in_both_languages() {
        for (text, minute) in [
            ("at 17:00 it stopped", 1020),
            ("began at 4:19 AM", 259),
            ("began at 4:20pm", 980),
            ("until 12:05 a.m.", 5),
            ("parou às 17h30", 1050),
            ("desde as 9h", 540),
        ] {
            let found = read(text);
            let minutes: Vec<i64> = found
                .iter()
                .filter_map(|(_, said)| match said {
                    Said::Clock { minute, .. } => Some(*minute),
                    Said::Length { .. } => None,
                })
                .collect();
            assert_eq!(minutes, [minute], "{text}: {found:?}");
        }
    }

    #[test]
    fn a_zone_behind_a_clock_is_seen() {
        for (text, zone) in [
            ("at 17:00 it stopped", Named::Nothing),
            ("at 17:00 UTC it stopped", Named::Utc),
            ("at 17:00 (UTC)", Named::Utc),
            ("at 17:00 (UTC−3)", Named::Other),
            ("at 17:00 CET", Named::Other),
            ("at 4:20pm (Eastern Time)", Named::Other),
            ("às 22h00 (UTC-3, horário de Brasília)", Named::Other),
            ("às 22h (horário de Brasília)", Named::Other),
            ("às 22h, e depois", Named::Nothing),
            ("17:00-02:00", Named::Other),
        ] {
            let found = figures(&Folded::of(text));
            assert_eq!(found.first().map(|figure| figure.zone), Some(zone), "{text}");
        }
    }

    #[test]
    fn what_states_nothing_that_happened_is_left_out() {
        for text in [
            "we post every 30 minutes",
            "publicamos a cada 30 minutos",
            "orders changed in the last 24 hours",
            "pedidos alterados nas últimas 24 horas",
            "we will write again in about 2 hours",
            "a próxima onda leva 3 horas",
            "the first wave covers 24 hours and takes between 2 and 3 hours",
            "a primeira onda cobre 1 dia e leva de 2 a 3 h",
            "at least 3 hours",
            "mais de 3 horas",
            "a 24-hour window",
            "the migration was projected at 3 hours",
            "version 1.2.3 s, 80x, 99%, 10:20:30:40, 2017-11-10T22:00:00-02:00, ratio 3:1",
            "3 apples a day keep 1 h2o",
            "a second migration, um segundo servidor, one day, 17h",
            "port 127.0.0.1:8080",
        ] {
            let found = read(text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn what_states_a_figure_is_read_as_a_length_or_a_time(
            en in "(lasted|at|from|by)? ?(about )?([0-9]{1,3}[.,:h]?[0-9]{0,2} ?|(one|half an|two|twelve) )(hours|hour|h|min|minutes|pm|a\\.m\\.|day|weeks|s|secs|months|years)?( and a half| UTC)?",
            pt in "(durou|às|das)? ?(cerca de )?([0-9]{1,3}[.,:h]?[0-9]{0,2} ?|(meia|duas|uma|doze) )(h|min|minutos|dias|horas|hora|semanas|s|meses|anos)?( e meia| UTC)?",
        ) {
            for (text, tongue) in [(en, Tongue::English), (pt, Tongue::Portuguese)] {
                let read = Prose::read(&text, tongue, &mut Desk::default());
                prop_assert!(figures(&Folded::of(&text)).is_empty() || read.states_time(), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(any in "\\PC{0,60}", near in "(about |cerca de )?[0-9]{1,12}[.,:h]?[0-9]{0,4} ?(hours|h|min|pm|am|dias| e meia){0,2}") {
            for text in [any, near] {
                read(&text);
            }
        }
    }
}
