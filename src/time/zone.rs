//! Civil time: the only place that asks the IANA time zone database.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{GapInfo, Tz};

use super::{Date, Form, Instant, Interval, Written};

/// A time zone of the IANA database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// What a wall clock means in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Local {
    /// Shown once.
    One(Instant),
    /// Never shown: the clock was put forward over it.
    Skipped {
        /// The reading by the offset before the gap, which falls after it.
        before: Instant,
        /// The reading by the offset after the gap, which falls before it.
        after: Instant,
        /// The instant at which the clock was put forward.
        gap: Instant,
    },
    /// Shown twice: the clock was put back over it.
    Repeated {
        /// The first time.
        first: Instant,
        /// The second time.
        second: Instant,
    },
}

/// Names of the database that are abbreviations.
const ABBREVIATIONS: [&str; 11] =
    ["CET", "CST6CDT", "EET", "EST", "EST5EDT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "WET"];

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The zone of an IANA name, exactly as the database spells it (`America/Sao_Paulo`). The abbreviations that the
    /// database keeps for old systems (`EST`, `CET`, `EST5EDT`) are none: who writes them means a place, and in some of
    /// them no summer time is ever observed.
    pub fn named(name: &str) -> Option<Self> {
        Tz::from_str(name).ok().filter(|_| !ABBREVIATIONS.contains(&name)).map(Self)
    }

    /// The IANA name that a mistaken one most probably means: without regard to case and accents left out, by the whole
    /// name or its last part (`Sao_Paulo`). `None` when no name is near.
    pub fn nearest(name: &str) -> Option<&'static str> {
        /// No name is longer; a longer text is not a mistaken one.
        const LONGEST: usize = 48;
        if name.len() > LONGEST {
            return None;
        }
        let wanted = name.trim().to_lowercase().replace(' ', "_");
        let close = wanted.chars().count() / 4;
        chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name())
            // `GMT-3` is three hours west of Greenwich to whoever writes it, and three hours east as `Etc/GMT-3`
            .filter(|name| {
                !name.starts_with("Etc/") && !name.starts_with("GMT") && !ABBREVIATIONS.contains(name)
            })
            .filter_map(|name| {
                let known = name.to_lowercase();
                let last = known.rsplit('/').next().unwrap_or(&known);
                let whole = strsim::damerau_levenshtein(&wanted, &known);
                let part = strsim::damerau_levenshtein(&wanted, last);
                (whole.min(part) <= close).then_some((whole.min(part), whole, name))
            })
            .min()
            .map(|(.., name)| name)
    }

    /// The IANA name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The offset from UTC in force at an instant, in seconds east.
    pub fn offset_at(&self, at: Instant) -> i32 {
        self.fixed_at(at).local_minus_utc()
    }

    /// The wall clock at an instant.
    pub fn wall(&self, at: Instant) -> NaiveDateTime {
        let utc = at.naive_utc();
        utc.checked_add_offset(self.fixed_at(at)).unwrap_or(utc)
    }

    /// The civil date at an instant.
    pub fn date(&self, at: Instant) -> Date {
        self.wall(at).date()
    }

    /// The instant with the offset in force at it (`Z` in UTC), ready to be written as RFC 3339.
    pub fn written(&self, at: Instant) -> Written {
        let form = if *self == Self::UTC { Form::Utc } else { Form::Offset(self.offset_at(at)) };
        Written { at, form }
    }

    /// What a wall clock means here.
    pub fn resolve(&self, wall: NaiveDateTime) -> Local {
        match self.0.offset_from_local_datetime(&wall) {
            chrono::LocalResult::Single(offset) => Local::One(instant(wall, offset.fix())),
            chrono::LocalResult::Ambiguous(a, b) => {
                let (a, b) = (instant(wall, a.fix()), instant(wall, b.fix()));
                Local::Repeated { first: a.min(b), second: a.max(b) }
            }
            chrono::LocalResult::None => {
                // a gap always has a beginning: there is an offset before the first change
                match GapInfo::new(&wall, &self.0).and_then(|gap| gap.begin) {
                    Some((begin, offset)) => {
                        let gap = instant(begin, offset.fix());
                        let before = instant(wall, offset.fix());
                        Local::Skipped { before, after: instant(wall, self.fixed_at(gap)), gap }
                    }
                    None => Local::One(wall.and_utc()),
                }
            }
        }
    }

    /// A civil day: from its first instant to the first instant after it (metrics: a day is [00:00, 24:00)).
    ///
    /// Where midnight is skipped the day begins at the gap; where it is repeated the day begins at the first and ends at
    /// the second midnight. A day that the zone left out is the one instant of the gap.
    pub fn day(&self, date: Date) -> Interval {
        let earliest = match self.midnight(date) {
            Local::One(at) | Local::Skipped { gap: at, .. } | Local::Repeated { first: at, .. } => at,
        };
        let latest = match date.checked_add_days(Days::new(1)).map(|next| self.midnight(next)) {
            Some(Local::One(at) | Local::Skipped { gap: at, .. } | Local::Repeated { second: at, .. }) => at,
            None => Instant::MAX_UTC,
        };
        Interval::between(earliest, latest)
    }

    /// The last whole second of a civil day (`--as-of 2026-03-31`).
    pub fn end_of_day(&self, date: Date) -> Instant {
        let end = self.day(date).latest.unwrap_or(Instant::MAX_UTC);
        end.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(end)
    }

    /// The edition of the IANA database built in: `2025b`.
    pub fn tzdb_version() -> &'static str {
        chrono_tz::IANA_TZDB_VERSION
    }

    fn midnight(&self, date: Date) -> Local {
        self.resolve(date.and_time(NaiveTime::MIN))
    }

    fn fixed_at(&self, at: Instant) -> FixedOffset {
        self.0.offset_from_utc_datetime(&at.naive_utc()).fix()
    }
}

/// The IANA name.
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An offset as RFC 3339 writes it: `+02:00`, `-03:00`, `+00:00`; with seconds where there are any (`-03:06:28`).
pub fn format_offset(seconds_east: i32) -> String {
    let sign = if seconds_east < 0 { '-' } else { '+' };
    let (hours, minutes, seconds) = parts(seconds_east);
    match seconds {
        0 => format!("{sign}{hours:02}:{minutes:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// An offset as people say it: `UTC−3`, `UTC+5:30`, `UTC` (with a true minus sign).
pub fn offset_name(seconds_east: i32) -> String {
    let sign = if seconds_east < 0 { '−' } else { '+' };
    match parts(seconds_east) {
        (0, 0, 0) => "UTC".to_owned(),
        (hours, 0, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes, 0) => format!("UTC{sign}{hours}:{minutes:02}"),
        (hours, minutes, seconds) => format!("UTC{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

fn parts(seconds_east: i32) -> (u32, u32, u32) {
    let seconds = seconds_east.unsigned_abs();
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The instant at which a clock with this offset shows `wall`; at the ends of all dates, the end.
fn instant(wall: NaiveDateTime, offset: FixedOffset) -> Instant {
    let end = if offset.local_minus_utc() < 0 { NaiveDateTime::MAX } else { NaiveDateTime::MIN };
    DateTime::from_naive_utc_and_offset(wall.checked_sub_offset(offset).unwrap_or(end), chrono::Utc)
}

#[cfg(test)]
mod tests {
    use super::super::read_date;
    use super::*;
    use proptest::prelude::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn utc(text: &str) -> Instant {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn zones_are_found_by_their_exact_name() {
        assert_eq!(zone("America/Sao_Paulo").name(), "America/Sao_Paulo");
        assert_eq!(zone("UTC"), Zone::UTC);
        for name in [
            "",
            "america/sao_paulo",
            "Sao_Paulo",
            "BRT",
            "EST",
            "CET",
            "EST5EDT",
            "America/Sao Paulo",
            "../etc",
        ] {
            assert_eq!(Zone::named(name), None, "{name}");
        }
        assert_eq!(Zone::tzdb_version().len(), 5);
    }

    #[test]
    fn a_mistaken_name_finds_the_nearest_zone() {
        for (name, expected) in [
            ("America/Sao_Paolo", Some("America/Sao_Paulo")),
            ("america/sao_paulo", Some("America/Sao_Paulo")),
            ("America/São_Paulo", Some("America/Sao_Paulo")),
            ("Sao_Paulo", Some("America/Sao_Paulo")),
            ("sao paulo", Some("America/Sao_Paulo")),
            ("SaoPaulo", Some("America/Sao_Paulo")),
            ("Europe/Berln", Some("Europe/Berlin")),
            ("New York", Some("America/New_York")),
            ("utc", Some("UTC")),
            ("BRT", None),
            ("EST", None),
            ("GMT-3", None),
            ("GMT-5", None),
            ("UTC+3", None),
            ("", None),
            ("somewhere else entirely", None),
        ] {
            assert_eq!(Zone::nearest(name), expected, "{name}");
        }
        assert_eq!(Zone::nearest(&"a".repeat(1_000_000)), None);
    }

    #[test]
    fn offsets_follow_the_date() {
        for (name, at, offset) in [
            ("America/Sao_Paulo", "2017-11-10T12:00:00Z", -7_200),
            ("America/Sao_Paulo", "2026-11-10T12:00:00Z", -10_800),
            ("Asia/Kathmandu", "2026-01-01T00:00:00Z", 20_700),
            ("UTC", "2026-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(zone(name).offset_at(utc(at)), offset, "{name}");
        }
    }

    #[test]
    fn offsets_are_written_for_files_and_for_people() {
        for (seconds, file, people) in [
            (0, "+00:00", "UTC"),
            (7_200, "+02:00", "UTC+2"),
            (-10_800, "-03:00", "UTC−3"),
            (20_700, "+05:45", "UTC+5:45"),
            (-12_600, "-03:30", "UTC−3:30"),
            (-11_188, "-03:06:28", "UTC−3:06:28"),
            (-1_800, "-00:30", "UTC−0:30"),
        ] {
            assert_eq!(format_offset(seconds), file);
            assert_eq!(offset_name(seconds), people);
        }
        let _ = (format_offset(i32::MIN), offset_name(i32::MIN));
    }

    #[test]
    fn a_civil_day_runs_from_its_first_instant_to_the_first_one_after_it() {
        for (name, date, earliest, latest) in [
            ("UTC", "2026-03-01", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
            // midnight skipped: the day has 23 hours and begins at 01:00
            ("America/Sao_Paulo", "2017-10-15", "2017-10-15T03:00:00Z", "2017-10-16T02:00:00Z"),
            ("America/Sao_Paulo", "2017-10-14", "2017-10-14T03:00:00Z", "2017-10-15T03:00:00Z"),
            // put back at midnight: 25 hours
            ("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"),
            ("Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00Z", "2023-04-28T21:00:00Z"),
            ("Asia/Tehran", "2021-03-22", "2021-03-21T20:30:00Z", "2021-03-22T19:30:00Z"),
            ("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
            // put back at 00:01: midnight twice, so the day before ends at the second one
            ("America/St_Johns", "2010-11-06", "2010-11-06T02:30:00Z", "2010-11-07T03:30:00Z"),
            ("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"),
            // the day before the one that never was, and that one
            ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"),
            ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
            ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"),
        ] {
            let day = zone(name).day(read_date(date).unwrap());
            assert_eq!(day, Interval::between(utc(earliest), utc(latest)), "{date} in {name}");
        }
    }

    #[test]
    fn a_day_ends_with_its_last_second() {
        for (name, date, expected) in [
            ("UTC", "2026-03-31", "2026-03-31T23:59:59Z"),
            ("America/Sao_Paulo", "2026-03-31", "2026-04-01T02:59:59Z"),
            ("America/Sao_Paulo", "2017-10-14", "2017-10-15T02:59:59Z"),
        ] {
            assert_eq!(zone(name).end_of_day(read_date(date).unwrap()), utc(expected));
        }
    }

    #[test]
    fn the_ends_of_all_dates_do_not_overflow() {
        for name in ["UTC", "Pacific/Apia", "America/Sao_Paulo"] {
            let zone = zone(name);
            for date in [Date::MIN, Date::MAX] {
                let _ = (zone.day(date), zone.end_of_day(date));
            }
            for at in [Instant::MIN_UTC, Instant::MAX_UTC] {
                let _ = (zone.date(at), zone.wall(at), zone.written(at).to_string());
            }
            let _ = (zone.resolve(NaiveDateTime::MIN), zone.resolve(NaiveDateTime::MAX));
        }
    }

    proptest! {
        #[test]
        fn a_day_contains_every_instant_whose_civil_date_it_is(
            index in 0..chrono_tz::TZ_VARIANTS.len(),
            seconds in -2_208_988_800_i64..4_133_980_800,
        ) {
            contains(Zone(chrono_tz::TZ_VARIANTS[index]), seconds)?;
        }

        #[test]
        fn a_day_contains_its_instants_where_clocks_change_near_midnight(
            name in prop_oneof![
                Just("America/Sao_Paulo"), Just("Africa/Cairo"), Just("Pacific/Apia"), Just("Asia/Tehran"),
                Just("America/St_Johns"), Just("Pacific/Kwajalein"), Just("Asia/Beirut"), Just("Atlantic/Azores"),
            ],
            // minutes near the whole hours from 1960 to 2030
            hour in -87_600_i64..525_600,
            near in -90_i64..90,
        ) {
            contains(zone(name), hour * 3_600 + near)?;
        }

        #[test]
        fn neighbouring_days_leave_no_gap(index in 0..chrono_tz::TZ_VARIANTS.len(), days in -25_567_i64..73_000) {
            let zone = Zone(chrono_tz::TZ_VARIANTS[index]);
            let date = Date::from_ymd_opt(1970, 1, 1).unwrap() + TimeDelta::days(days);
            let (day, next) = (zone.day(date), zone.day(date.succ_opt().unwrap()));
            prop_assert!(day.earliest <= day.latest);
            prop_assert!(next.earliest <= day.latest, "{date} in {zone}");
        }

        #[test]
        fn a_wall_clock_that_was_shown_resolves_to_its_instant(
            index in 0..chrono_tz::TZ_VARIANTS.len(),
            seconds in -2_208_988_800_i64..4_133_980_800,
        ) {
            let zone = Zone(chrono_tz::TZ_VARIANTS[index]);
            let at = Instant::from_timestamp(seconds, 0).unwrap();
            let found = match zone.resolve(zone.wall(at)) {
                Local::One(one) => one == at,
                Local::Repeated { first, second } => first < second && (first == at || second == at),
                Local::Skipped { .. } => false,
            };
            prop_assert!(found, "{at} in {zone}");
        }
    }

    fn contains(zone: Zone, seconds: i64) -> Result<(), TestCaseError> {
        let at = Instant::from_timestamp(seconds, 0).unwrap();
        let date = zone.date(at);
        let day = zone.day(date);
        prop_assert!(day.earliest <= Some(at) && Some(at) < day.latest, "{at} in {zone}: {date} is {day:?}");
        prop_assert!(at <= zone.end_of_day(date));
        Ok(())
    }
}
