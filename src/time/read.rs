//! The grammar of moments (format: *Reading rules*, 4): RFC 3339 and the short forms beside it.
//!
//! Written by hand because reading instants is hot, and because RFC 3339 without seconds is nobody else's.

use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::{Date, Form, Instant, Length, Local, TimePoint, Unreadable, Written, Zone, read_length};

/// Years that can be written: later ones are typing errors, earlier ones predate every record.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

/// Reads one instant: RFC 3339 with an offset or `Z`, seconds optional, `T` or a space between date and time.
/// Without an offset it is read in `zone`.
///
/// Errors: `NoOffset` when there is neither offset nor zone; `Skipped` or `Repeated` when the zone did not show that
/// wall clock exactly once; `NotAMoment` for everything else.
pub fn read_instant(text: &str, zone: Option<&Zone>) -> Result<Written, Unreadable> {
    let not_a_moment = || Unreadable::NotAMoment { value: text.to_owned() };
    let clock = read_clock(text.as_bytes()).ok_or_else(not_a_moment)?;
    let (at, form) = match clock.offset {
        Some(Offset::Utc) => (clock.wall.and_utc(), Form::Utc),
        Some(Offset::East(seconds)) => {
            let east = TimeDelta::seconds(i64::from(seconds));
            let at = clock.wall.checked_sub_signed(east).ok_or_else(not_a_moment)?;
            (at.and_utc(), Form::Offset(seconds))
        }
        None => {
            let zone = zone.ok_or_else(|| Unreadable::NoOffset { value: text.to_owned() })?;
            (once(text, clock.wall, zone)?, Form::Local)
        }
    };
    let at = if clock.leap { leap_second(at) } else { Some(at) };
    match at {
        Some(at) if YEARS.contains(&at.year()) => Ok(Written { at, form }),
        _ => Err(not_a_moment()),
    }
}

/// Reads the short forms of a time point: an instant, `~INSTANT ±15m` (also `+-15m`, or no bounds), a civil day,
/// `unknown`, `open`. What cannot be read becomes `TimePoint::Unreadable`.
pub fn read_point(text: &str, zone: Option<&Zone>) -> TimePoint {
    match text {
        "unknown" => return TimePoint::Unknown,
        "open" => return TimePoint::Open,
        _ => {}
    }
    if let Some(text) = text.strip_prefix('~') {
        let (at, plus_minus) = split_tolerance(text);
        return match plus_minus.map(read_length).transpose() {
            Ok(plus_minus @ (None | Some(Length::Seconds(_)))) => TimePoint::about(at, plus_minus, zone),
            _ => TimePoint::Unreadable(Unreadable::NotAMoment { value: format!("~{text}") }),
        };
    }
    // a day is ten bytes, the shortest instant sixteen
    if text.len() == 10 {
        return TimePoint::day(text, zone);
    }
    match read_instant(text, zone) {
        Ok(written) => TimePoint::Exact(written),
        Err(unreadable) => TimePoint::Unreadable(unreadable),
    }
}

impl TimePoint {
    /// `{about, plus_minus}`.
    pub fn about(at: &str, plus_minus: Option<Length>, zone: Option<&Zone>) -> Self {
        match read_instant(at, zone) {
            Ok(at) => Self::About { at, plus_minus },
            Err(unreadable) => Self::Unreadable(unreadable),
        }
    }

    /// `{not_before, not_after}`; either may be left out. `Unreadable::Reversed` when the first lies after the second.
    pub fn between(not_before: Option<&str>, not_after: Option<&str>, zone: Option<&Zone>) -> Self {
        let read = |text: Option<&str>| text.map(|text| read_instant(text, zone)).transpose();
        match (read(not_before), read(not_after)) {
            (Err(unreadable), _) | (_, Err(unreadable)) => Self::Unreadable(unreadable),
            (Ok(Some(a)), Ok(Some(b))) if a.at > b.at => Self::Unreadable(Unreadable::Reversed {
                not_before: not_before.unwrap_or_default().to_owned(),
                not_after: not_after.unwrap_or_default().to_owned(),
            }),
            (Ok(not_before), Ok(not_after)) => Self::Between { not_before, not_after },
        }
    }

    /// `{day}`: a civil day of `zone`. `NoOffset` without a zone, `Skipped` for a day that the zone left out.
    pub fn day(text: &str, zone: Option<&Zone>) -> Self {
        let Some(date) = read_date(text) else {
            return Self::Unreadable(Unreadable::NotAMoment { value: text.to_owned() });
        };
        let Some(zone) = zone else {
            return Self::Unreadable(Unreadable::NoOffset { value: text.to_owned() });
        };
        let interval = zone.day(date);
        // Pacific/Apia went from 29 to 31 December 2011
        if interval.exactly().is_some()
            && let Err(unreadable) = once(text, date.and_time(NaiveTime::MIN), zone)
        {
            return Self::Unreadable(unreadable);
        }
        Self::Day(date, interval)
    }
}

/// Reads `YYYY-MM-DD`, and nothing else, of a year from 1900 to 9999.
pub fn read_date(text: &str) -> Option<Date> {
    let mut cursor = Cursor(text.as_bytes());
    let date = cursor.date()?;
    cursor.0.is_empty().then_some(date)
}

/// Splits `X ±Y` (or `X +-Y`) into both parts without the spaces between them; `X` alone has no tolerance.
pub(super) fn split_tolerance(text: &str) -> (&str, Option<&str>) {
    match text.split_once('±').or_else(|| text.split_once("+-")) {
        Some((middle, tolerance)) => (middle.trim_end_matches(' '), Some(tolerance.trim_start_matches(' '))),
        None => (text, None),
    }
}

/// The one instant at which `zone` showed `wall`, or both readings.
fn once(text: &str, wall: NaiveDateTime, zone: &Zone) -> Result<Instant, Unreadable> {
    let readings = |a, b| [zone.written(a).to_string(), zone.written(b).to_string()];
    Err(match zone.resolve(wall) {
        Local::One(at) => return Ok(at),
        Local::Skipped { before, after, .. } => Unreadable::Skipped {
            value: text.to_owned(),
            zone: zone.name().to_owned(),
            readings: readings(before, after),
        },
        Local::Repeated { first, second } => Unreadable::Repeated {
            value: text.to_owned(),
            zone: zone.name().to_owned(),
            readings: readings(first, second),
        },
    })
}

/// `23:59:60` is the second before the first of a month in UTC; it is counted as that first second, for UTC without
/// leap seconds has no room for it.
fn leap_second(at: Instant) -> Option<Instant> {
    let next = at.checked_add_signed(TimeDelta::seconds(1))?;
    (next.day() == 1 && next.num_seconds_from_midnight() == 0).then_some(next)
}

/// A wall clock with the offset written after it.
struct Clock {
    wall: NaiveDateTime,
    /// The second was written as 60; `wall` holds 59.
    leap: bool,
    offset: Option<Offset>,
}

enum Offset {
    Utc,
    /// Seconds east of UTC.
    East(i32),
}

fn read_clock(text: &[u8]) -> Option<Clock> {
    let mut cursor = Cursor(text);
    let date = cursor.date()?;
    if !cursor.eat(b'T') && !cursor.eat(b't') && !cursor.eat(b' ') {
        return None;
    }
    let (hour, minute) = cursor.hour_minute()?;
    let mut second = 0;
    let mut nanos = 0;
    if cursor.eat(b':') {
        second = cursor.digits::<2>()?;
        if cursor.eat(b'.') {
            nanos = cursor.fraction()?;
        }
    }
    let leap = second == 60;
    let wall = date.and_hms_nano_opt(hour, minute, if leap { 59 } else { second }, nanos)?;
    let spaced = cursor.eat(b' ');
    let offset = match cursor.0.split_first() {
        None if spaced => return None,
        None => None,
        Some((b'Z' | b'z', rest)) => {
            cursor.0 = rest;
            Some(Offset::Utc)
        }
        Some((sign @ (b'+' | b'-'), rest)) => {
            cursor.0 = rest;
            let (hours, minutes) = cursor.hour_minute()?;
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            (hours <= 23 && minutes <= 59).then_some(())?;
            Some(Offset::East(if *sign == b'-' { -seconds } else { seconds }))
        }
        Some(_) => return None,
    };
    cursor.0.is_empty().then_some(Clock { wall, leap, offset })
}

/// What is left to read.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Exactly `N` digits (at most nine, so that they fit).
    fn digits<const N: usize>(&mut self) -> Option<u32> {
        let (digits, rest) = self.0.split_first_chunk::<N>()?;
        let number =
            digits.iter().try_fold(0_u32, |n, d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')))?;
        self.0 = rest;
        Some(number)
    }

    /// `HH:MM`, not yet checked for range.
    fn hour_minute(&mut self) -> Option<(u32, u32)> {
        let hour = self.digits::<2>()?;
        self.eat(b':').then_some(())?;
        Some((hour, self.digits::<2>()?))
    }

    fn date(&mut self) -> Option<Date> {
        let year = i32::try_from(self.digits::<4>()?).ok()?;
        self.eat(b'-').then_some(())?;
        let month = self.digits::<2>()?;
        self.eat(b'-').then_some(())?;
        let day = self.digits::<2>()?;
        YEARS.contains(&year).then(|| Date::from_ymd_opt(year, month, day)).flatten()
    }

    /// One digit or more after the point, as nanoseconds; what is finer is dropped.
    fn fraction(&mut self) -> Option<u32> {
        let digits = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        (!digits.is_empty()).then(|| padded.fold(0, |n, d| n * 10 + u32::from(d - b'0')))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Interval;
    use super::*;
    use proptest::prelude::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn utc(text: &str) -> Instant {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn instants_with_an_offset_are_read() {
        for (text, at, form) in [
            ("2017-11-15T03:34:25Z", "2017-11-15T03:34:25Z", Form::Utc),
            ("2017-11-15t03:34:25z", "2017-11-15T03:34:25Z", Form::Utc),
            ("2017-11-15T03:34Z", "2017-11-15T03:34:00Z", Form::Utc),
            ("2017-11-15 03:34 Z", "2017-11-15T03:34:00Z", Form::Utc),
            ("2017-11-10T22:00-02:00", "2017-11-11T00:00:00Z", Form::Offset(-7_200)),
            ("2017-11-10 22:00 -03:00", "2017-11-11T01:00:00Z", Form::Offset(-10_800)),
            ("2022-12-18T16:20:00-05:00", "2022-12-18T21:20:00Z", Form::Offset(-18_000)),
            ("2019-12-05T17:00+01:00", "2019-12-05T16:00:00Z", Form::Offset(3_600)),
            ("2019-12-05T17:00+05:45", "2019-12-05T11:15:00Z", Form::Offset(20_700)),
            ("2019-12-05T17:00+00:00", "2019-12-05T17:00:00Z", Form::Offset(0)),
            ("2019-12-05T17:00-00:00", "2019-12-05T17:00:00Z", Form::Offset(0)),
            ("2019-12-05T17:00:01.5Z", "2019-12-05T17:00:01.5Z", Form::Utc),
            ("2019-12-05T17:00:01.123456789123Z", "2019-12-05T17:00:01.123456789Z", Form::Utc),
            ("2020-02-29T00:00Z", "2020-02-29T00:00:00Z", Form::Utc),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", Form::Utc),
            ("2016-12-31T21:59:60-02:00", "2017-01-01T00:00:00Z", Form::Offset(-7_200)),
            ("1900-01-01T00:00Z", "1900-01-01T00:00:00Z", Form::Utc),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", Form::Utc),
        ] {
            let expected = Ok(Written { at: utc(at), form });
            assert_eq!(read_instant(text, None), expected, "{text}");
            // an offset wins over the declared zone
            assert_eq!(read_instant(text, Some(&zone("Asia/Tehran"))), expected, "{text}");
        }
    }

    #[test]
    fn wall_clocks_are_read_in_the_declared_zone() {
        for (text, name, at) in [
            ("2017-11-10T22:00", "America/Sao_Paulo", "2017-11-11T00:00:00Z"),
            ("2017-11-10 22:00:30", "America/Sao_Paulo", "2017-11-11T00:00:30Z"),
            ("2017-10-14T23:59", "America/Sao_Paulo", "2017-10-15T02:59:00Z"),
            ("2017-10-15T01:00", "America/Sao_Paulo", "2017-10-15T03:00:00Z"),
            ("2026-11-10T22:00", "America/Sao_Paulo", "2026-11-11T01:00:00Z"),
            ("2019-12-05T17:00", "Europe/Berlin", "2019-12-05T16:00:00Z"),
            ("2019-12-05T17:00", "UTC", "2019-12-05T17:00:00Z"),
            ("2021-06-01T12:00", "Asia/Tehran", "2021-06-01T07:30:00Z"),
        ] {
            let expected = Ok(Written { at: utc(at), form: Form::Local });
            assert_eq!(read_instant(text, Some(&zone(name))), expected, "{text} in {name}");
            assert_eq!(read_instant(text, None), Err(Unreadable::NoOffset { value: text.to_owned() }));
        }
    }

    #[test]
    fn a_skipped_wall_clock_names_the_readings_by_the_offset_before_and_after_the_gap() {
        for (text, name, readings) in [
            ("2017-10-15T00:30", "America/Sao_Paulo", ["2017-10-15T01:30-02:00", "2017-10-14T23:30-03:00"]),
            (
                "2017-10-15T00:00:05",
                "America/Sao_Paulo",
                ["2017-10-15T01:00:05-02:00", "2017-10-14T23:00:05-03:00"],
            ),
            ("2022-03-13T02:15", "America/New_York", ["2022-03-13T03:15-04:00", "2022-03-13T01:15-05:00"]),
            ("2011-12-30T12:00", "Pacific/Apia", ["2011-12-31T12:00+14:00", "2011-12-29T12:00-10:00"]),
        ] {
            let expected = Unreadable::Skipped {
                value: text.to_owned(),
                zone: name.to_owned(),
                readings: readings.map(str::to_owned),
            };
            assert_eq!(read_instant(text, Some(&zone(name))), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_repeated_wall_clock_names_both_readings() {
        for (text, name, readings) in [
            ("2018-02-17T23:30", "America/Sao_Paulo", ["2018-02-17T23:30-02:00", "2018-02-17T23:30-03:00"]),
            ("2022-11-06 01:30", "America/New_York", ["2022-11-06T01:30-04:00", "2022-11-06T01:30-05:00"]),
            ("2023-10-26T23:00", "Africa/Cairo", ["2023-10-26T23:00+03:00", "2023-10-26T23:00+02:00"]),
        ] {
            let expected = Unreadable::Repeated {
                value: text.to_owned(),
                zone: name.to_owned(),
                readings: readings.map(str::to_owned),
            };
            assert_eq!(read_instant(text, Some(&zone(name))), Err(expected), "{text}");
        }
    }

    #[test]
    fn everything_else_is_not_a_moment() {
        for text in [
            "",
            " ",
            "yesterday",
            "Unknown",
            "OPEN",
            "06-12-2019",
            "06/12/2019",
            "2019-1-2",
            "2019-02-30",
            "2019-12-05T",
            "2019-12-05T17",
            "2019-12-05T17Z",
            "4:20pm",
            "17:00",
            "2017-11-10T22:00-02:00[America/Sao_Paulo]",
            "2017-11-10T22:00[America/Sao_Paulo]",
            "2017-11-10T22:00 BRT",
            "2017-11-10T22:00 CET",
            "2017-11-10T22:00-0200",
            "2017-11-10T22:00-02",
            "2017-11-10T22:00-2:00",
            "2017-11-10T22:00−02:00",
            "2017-11-10T22:00+24:00",
            "2017-11-10T22:00+02:60",
            "2017-11-10T22:00Z ",
            "2017-11-10T22:00 ",
            " 2017-11-10T22:00Z",
            "2017-11-10  22:00Z",
            "2017-11-10_22:00Z",
            "2017-11-10T22:00  Z",
            "2017-11-10T24:00Z",
            "2017-11-10T22:60Z",
            "2017-11-10T22:00:61Z",
            "2017-11-10T22:00:60Z",
            "2016-12-30T23:59:60Z",
            "2017-11-10T22:00:00.Z",
            "2017-11-10T22:00:00,5Z",
            "2017-11-10T22:00.5Z",
            "2017-11-10T22:00ZZ",
            "20171110T2200Z",
            "17-11-10T22:00Z",
            "1899-12-31T23:59Z",
            "1900-01-01T00:00+01:00",
            "9999-12-31T23:59-00:01",
            "10000-01-01T00:00Z",
            "0000-00-00T00:00Z",
            "2017-11-10T22:00Z/2017-11-11T22:00Z",
            "~",
            "~2017-11-14",
            "~unknown",
            "~~2019-12-05T17:00+01:00",
        ] {
            for zone in [None, Some(zone("America/Sao_Paulo"))] {
                let point = read_point(text, zone.as_ref());
                assert!(
                    matches!(&point, TimePoint::Unreadable(Unreadable::NotAMoment { .. })),
                    "{text:?} is read as {point:?}"
                );
            }
        }
        // a day is a point, never an instant
        let value = "2017-11-14".to_owned();
        assert_eq!(read_instant("2017-11-14", Some(&Zone::UTC)), Err(Unreadable::NotAMoment { value }));
    }

    #[test]
    fn points_are_read_in_every_short_form() {
        let sao_paulo = zone("America/Sao_Paulo");
        let written = |at, form| Written { at: utc(at), form };
        let at = written("2019-12-05T16:00:00Z", Form::Offset(3_600));
        let quarter = Some(Length::Seconds(900));
        let day =
            |text: &str, a, b| TimePoint::Day(read_date(text).unwrap(), Interval::between(utc(a), utc(b)));
        for (text, expected) in [
            ("unknown", TimePoint::Unknown),
            ("open", TimePoint::Open),
            ("2019-12-05T17:00+01:00", TimePoint::Exact(at)),
            ("~2019-12-05T17:00+01:00", TimePoint::About { at, plus_minus: None }),
            ("~2019-12-05T17:00+01:00 ±15m", TimePoint::About { at, plus_minus: quarter }),
            ("~2019-12-05T17:00+01:00 +-15m", TimePoint::About { at, plus_minus: quarter }),
            ("~2019-12-05T17:00+01:00±15m", TimePoint::About { at, plus_minus: quarter }),
            ("~2019-12-05 17:00 +01:00 ± PT15M", TimePoint::About { at, plus_minus: quarter }),
            ("~2019-12-05T13:00 ±15m", {
                TimePoint::About { at: written("2019-12-05T16:00:00Z", Form::Local), plus_minus: quarter }
            }),
            ("2017-11-14", day("2017-11-14", "2017-11-14T02:00:00Z", "2017-11-15T02:00:00Z")),
            // summer time begins at midnight, and ends at midnight
            ("2017-10-15", day("2017-10-15", "2017-10-15T03:00:00Z", "2017-10-16T02:00:00Z")),
            ("2018-02-17", day("2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z")),
        ] {
            assert_eq!(read_point(text, Some(&sao_paulo)), expected, "{text}");
        }
    }

    #[test]
    fn a_tolerance_must_be_an_elapsed_time() {
        for text in ["±5bd", "±", "±15", "±-15m", "±1M", "15m", "± ±15m", "+15m"] {
            let text = format!("~2019-12-05T17:00+01:00 {text}");
            let point = read_point(&text, None);
            assert!(
                matches!(&point, TimePoint::Unreadable(Unreadable::NotAMoment { .. })),
                "{text}: {point:?}"
            );
        }
    }

    #[test]
    fn an_approximate_or_civil_time_without_a_zone_names_what_lacks_it() {
        for (text, value) in [("~2019-12-05T17:00 ±15m", "2019-12-05T17:00"), ("2017-11-14", "2017-11-14")] {
            let expected = TimePoint::Unreadable(Unreadable::NoOffset { value: value.to_owned() });
            assert_eq!(read_point(text, None), expected);
        }
    }

    #[test]
    fn a_day_that_the_zone_left_out_is_skipped() {
        let point = read_point("2011-12-30", Some(&zone("Pacific/Apia")));
        let readings = ["2011-12-31T00:00+14:00", "2011-12-29T00:00-10:00"].map(str::to_owned);
        let (value, zone) = ("2011-12-30".to_owned(), "Pacific/Apia".to_owned());
        assert_eq!(point, TimePoint::Unreadable(Unreadable::Skipped { value, zone, readings }));
    }

    #[test]
    fn bounds_may_be_left_out_but_not_reversed() {
        let (early, late) = ("2022-12-18T16:20-05:00", "2022-12-18T20:00-05:00");
        let interval = |a, b| TimePoint::between(a, b, None).interval();
        let (a, b) = (utc("2022-12-18T21:20:00Z"), utc("2022-12-19T01:00:00Z"));
        assert_eq!(interval(Some(early), Some(late)), Interval::between(a, b));
        assert_eq!(interval(Some(early), None), Interval { earliest: Some(a), latest: None });
        assert_eq!(interval(None, Some(late)), Interval { earliest: None, latest: Some(b) });
        assert_eq!(interval(Some(early), Some(early)), Interval::exact(a));
        assert_eq!(
            TimePoint::between(Some(late), Some(early), None),
            TimePoint::Unreadable(Unreadable::Reversed {
                not_before: late.to_owned(),
                not_after: early.to_owned()
            })
        );
        assert_eq!(
            TimePoint::between(Some("soon"), None, None),
            TimePoint::Unreadable(Unreadable::NotAMoment { value: "soon".to_owned() })
        );
    }

    #[test]
    fn dates_are_strict() {
        assert_eq!(read_date("2026-02-28"), Date::from_ymd_opt(2026, 2, 28));
        for text in
            ["", "2026-02-29", "2026-2-28", "20260228", "2026-02-28 ", "2026-02-28T00:00Z", "1899-12-31"]
        {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    const ZONES: [&str; 8] = [
        "UTC",
        "America/Sao_Paulo",
        "America/St_Johns",
        "Africa/Cairo",
        "Pacific/Apia",
        "Asia/Tehran",
        "Australia/Lord_Howe",
        "Europe/Dublin",
    ];

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(
            any in ".*",
            near in "~?[0-9]{4}-[01][0-9]-[0-3][0-9]([Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{0,12})?)?)?( ?(Z|[+-][0-2][0-9]:[0-6][0-9]))?( ?(±|\\+-)[0-9]{1,20}[smhdw])?",
            zone_index in 0..ZONES.len(),
        ) {
            let zone = zone(ZONES[zone_index]);
            for text in [any, near] {
                for zone in [None, Some(&zone)] {
                    let _ = (read_point(&text, zone).interval(), read_instant(&text, zone));
                    let _ = TimePoint::between(Some(&text), Some(&text), zone).interval();
                }
            }
        }

        #[test]
        fn writing_then_reading_gives_the_same_instant(
            seconds in -2_208_902_400_i64..253_402_214_400,
            nanos in prop_oneof![Just(0_u32), 0..1_000_000_000_u32],
            minutes in -1_439..1_440_i32,
            zone_index in 0..ZONES.len(),
        ) {
            let at = Instant::from_timestamp(seconds, nanos).unwrap();
            for form in [Form::Utc, Form::Offset(minutes * 60)] {
                let written = Written { at, form };
                prop_assert_eq!(read_instant(&written.to_string(), None), Ok(written));
            }
            let zone = zone(ZONES[zone_index]);
            let written = zone.written(at);
            prop_assert_eq!(read_instant(&written.to_string(), None).map(|w| w.at), Ok(at));
            // the wall clock alone finds its instant again, or names it among the readings
            let wall = zone.wall(at).format("%Y-%m-%dT%H:%M:%S%.f").to_string();
            match read_instant(&wall, Some(&zone)) {
                Ok(written) => prop_assert_eq!(written.at, at),
                Err(Unreadable::Repeated { readings, .. }) => {
                    prop_assert!(readings.iter().any(|r| read_instant(r, None).map(|w| w.at) == Ok(at)));
                }
                Err(other) => prop_assert!(false, "{wall} in {zone:?}: {other:?}"),
            }
        }

        #[test]
        fn chrono_reads_the_same_instant_where_it_can(text in "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-][0-2][0-9]:[0-5][0-9])") {
            let ours = read_instant(&text, None).ok().map(|w| w.at);
            let theirs = chrono::DateTime::parse_from_rfc3339(&text).ok().map(|at| at.to_utc());
            prop_assert_eq!(ours, theirs);
        }
    }
}
