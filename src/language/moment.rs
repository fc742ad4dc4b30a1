//! Dates, clocks and moments in words: `November 10, 2017, 22:00 (UTC−3)`, `às 13h10 de 10 de novembro`.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike};

use crate::time::{Date, Instant, Interval, Zone};

use super::{Language, pattern::Pattern, read::Clock};

/// A moment as a clock on the wall shows it. Whoever holds the zone makes it, so languages need know of none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wall {
    /// What calendar and clock show.
    pub local: NaiveDateTime,
    /// The offset from UTC in force, in seconds east.
    pub offset: i32,
    /// The zone's IANA name (`America/Sao_Paulo`); empty where only the offset is known.
    pub zone: Cow<'static, str>,
}

impl Wall {
    /// What calendar and clock show, the offset in force in seconds east, the zone's IANA name.
    pub fn new(local: NaiveDateTime, offset: i32, zone: impl Into<Cow<'static, str>>) -> Self {
        Self { local, offset, zone: zone.into() }
    }

    /// An instant as the clocks of a zone show it.
    pub fn shown(at: Instant, zone: &Zone) -> Self {
        Self::new(zone.wall(at), zone.offset_at(at), zone.name())
    }

    /// An instant on a clock that shows UTC.
    pub fn utc(at: Instant) -> Self {
        Self::new(at.naive_utc(), 0, "UTC")
    }

    /// The instant it is.
    pub fn instant(&self) -> Instant {
        let offset = TimeDelta::seconds(i64::from(self.offset));
        DateTime::from_naive_utc_and_offset(
            self.local.checked_sub_signed(offset).unwrap_or(self.local),
            chrono::Utc,
        )
    }

    /// RFC 3339 with the offset: `2017-11-10T22:00:00-03:00`. In UTC when the offset is not one of whole minutes,
    /// which RFC 3339 cannot write.
    pub fn rfc3339(&self) -> String {
        if self.offset == 0 || self.offset % 60 != 0 {
            return format!("{}Z", iso(&self.instant().naive_utc()));
        }
        let (sign, minutes) = (if self.offset < 0 { '-' } else { '+' }, self.offset.unsigned_abs() / 60);
        format!("{}{sign}{:02}:{:02}", iso(&self.local), minutes / 60, minutes % 60)
    }

    fn in_utc(&self) -> Self {
        Self::utc(self.instant())
    }

    fn date(&self) -> Date {
        self.local.date()
    }
}

/// `2017-11-10T22:00:00`.
fn iso(at: &NaiveDateTime) -> String {
    let plain = at.nanosecond() == 0 && (0..=9999).contains(&at.year());
    if !plain {
        return at.format("%Y-%m-%dT%H:%M:%S%.f").to_string();
    }
    // documents are full of moments, and reading a format anew for each takes longer than writing it
    let mut text = String::with_capacity(24);
    let mut put = |number: u32, digits: u32, after: &str| {
        for place in (0..digits).rev() {
            text.extend(char::from_digit(number / 10_u32.pow(place) % 10, 10));
        }
        text.push_str(after);
    };
    put(at.year().unsigned_abs(), 4, "-");
    put(at.month(), 2, "-");
    put(at.day(), 2, "T");
    put(at.hour(), 2, ":");
    put(at.minute(), 2, ":");
    put(at.second(), 2, "");
    text
}

impl Language {
    /// A date: `November 10, 2017`, `10 de novembro de 2017`, `1º de dezembro de 2017`.
    pub fn date(&self, date: Date) -> String {
        told(|out| self.fill_date(out, &self.tables.date, &self.tables.months, date))
    }

    /// A date for the cell of a table: `Nov 10, 2017`, `10 nov. 2017`.
    pub fn short_date(&self, date: Date) -> String {
        told(|out| self.fill_date(out, &self.tables.date_short, &self.tables.months_short, date))
    }

    /// A date whose year is known from the text around it: `November 10`, `10 de novembro`.
    pub fn day(&self, date: Date) -> String {
        told(|out| self.fill_date(out, &self.tables.date_without_year, &self.tables.months, date))
    }

    /// A clock, to the minute begun: `22:00`, `22h00`.
    pub fn clock(&self, wall: &Wall) -> String {
        told(|out| fill_clock(out, &self.tables.clock, wall))
    }

    /// A clock with its article, as it stands after *since* and *until*: `13:10`, `as 13h10`, `a 1h10`.
    pub fn the_clock(&self, wall: &Wall) -> String {
        told(|out| fill_clock(out, &self.tables.clock_the, wall))
    }

    /// `at 13:10`, `às 13h10`, `à 1h10`.
    pub fn at_clock(&self, wall: &Wall) -> String {
        told(|out| fill_clock(out, &self.tables.clock_at, wall))
    }

    /// `at 13:10 on November 10`, `às 13h10 de 10 de novembro`.
    pub fn at_on(&self, wall: &Wall) -> String {
        self.with_parts(&self.tables.at_on_day, wall)
    }

    /// The same with the year: `at 13:10 on November 10, 2017`.
    pub fn at_on_date(&self, wall: &Wall) -> String {
        self.with_parts(&self.tables.at_on_date, wall)
    }

    /// `13:10 on November 10`, `as 13h10 de 10 de novembro`: as it stands after *since* and *until*.
    pub fn the_on(&self, wall: &Wall) -> String {
        self.with_parts(&self.tables.the_on_day, wall)
    }

    /// The same with the year: `13:10 on November 10, 2017`.
    pub fn the_on_date(&self, wall: &Wall) -> String {
        self.with_parts(&self.tables.the_on_date, wall)
    }

    /// An offset in seconds east of UTC: `UTC`, `UTC−3`, `UTC+5:30`.
    pub fn offset(&self, seconds: i32) -> String {
        let mut out = self.tables.utc.clone();
        let length = seconds.unsigned_abs();
        if length > 0 {
            out.push_str(if seconds < 0 { &self.tables.minus_sign } else { "+" });
            out.push_str(&(length / 3600).to_string());
        }
        if !length.is_multiple_of(3600) {
            out.push_str(&format!(":{:02}", length / 60 % 60));
        }
        if !length.is_multiple_of(60) {
            out.push_str(&format!(":{:02}", length % 60));
        }
        out
    }

    /// The zone of a moment: its offset, and the zone's spoken name where the language has one for zone and offset:
    /// `UTC−3`, `UTC−3, horário de Brasília`, `UTC−2, horário de verão de Brasília`.
    pub fn zone(&self, wall: &Wall) -> String {
        let offset = self.offset(wall.offset);
        let names = self.tables.zone_names.get(&*wall.zone).into_iter().flatten();
        match names.into_iter().find(|(at, _)| *at == wall.offset) {
            Some((_, name)) => self.tables.zone_named.with(&[&offset, name]),
            None => self.tables.zone.with(&[&offset]),
        }
    }

    /// What was told of a moment, with its zone after it: `at 13:10 (UTC−3)`.
    pub fn in_zone(&self, told: &str, wall: &Wall) -> String {
        self.tables.in_zone.with(&[told, &self.zone(wall)])
    }

    /// What was told of a moment, with its zone and its clock in UTC after it: `at 22:00 (UTC−3), 01:00 UTC`; with
    /// nothing but `(UTC)` after it when the moment is in UTC already. `dated` says whether `told` holds the date:
    /// then the date in UTC is told as well where it is another.
    pub fn in_zone_and_utc(&self, told: &str, wall: &Wall, dated: bool) -> String {
        let zoned = self.in_zone(told, wall);
        if wall.offset == 0 {
            return zoned;
        }
        let utc = wall.in_utc();
        let pattern = if !dated || utc.date() == wall.date() {
            &self.tables.clock_in_utc
        } else if utc.date().year() == wall.date().year() {
            &self.tables.clock_in_utc_on_day
        } else {
            &self.tables.clock_in_utc_on_date
        };
        self.tables.with_utc.with(&[&zoned, &self.with_parts(pattern, &utc)])
    }

    /// A clock in its zone and in UTC: `22:00 (UTC−3), 01:00 UTC`; `22:00 UTC` when that is its zone.
    pub fn clock_with_utc(&self, wall: &Wall) -> String {
        if wall.offset == 0 {
            return self.with_parts(&self.tables.clock_in_utc, wall);
        }
        self.in_zone_and_utc(&self.clock(wall), wall, false)
    }

    /// A moment: `November 10, 2017, 22:00 (UTC−3)`,
    /// `10 de novembro de 2017, 22h00 (UTC−3, horário de Brasília)`, `November 11, 2017, 01:00 UTC`.
    pub fn moment(&self, wall: &Wall) -> String {
        if wall.offset == 0 {
            return self.with_parts(&self.tables.clock_in_utc_on_date, wall);
        }
        self.in_zone(&self.with_parts(&self.tables.moment, wall), wall)
    }

    /// A moment for the cell of a table whose head names the zone: `Nov 10, 2017, 22:00`.
    pub fn short_moment(&self, wall: &Wall) -> String {
        told(|out| {
            self.tables.moment_short.fill(out, |at, out| match at {
                DATE => self.fill_date(out, &self.tables.date_short, &self.tables.months_short, wall.date()),
                _ => self.fill_part(out, at, wall),
            });
        })
    }

    /// A moment in its zone and in UTC: `November 10, 2017, 22:00 (UTC−3), November 11, 01:00 UTC`; the UTC date only
    /// where it is another.
    pub fn moment_with_utc(&self, wall: &Wall) -> String {
        if wall.offset == 0 {
            return self.moment(wall);
        }
        self.in_zone_and_utc(&self.with_parts(&self.tables.moment, wall), wall, true)
    }

    /// A moment between two others: `between 13:10 and 19:15 on November 10, 2017 (UTC−3)`. What both share is told
    /// once: zone, year, date. Two that read the same are told as one moment.
    pub fn between(&self, from: &Wall, to: &Wall) -> String {
        let tables = &self.tables;
        let to_told = self.with_parts(&tables.the_on_date, to);
        if (from.offset, &from.zone) != (to.offset, &to.zone) {
            let from_told = self.with_parts(&tables.the_on_date, from);
            return tables.between.with(&[&self.in_zone(&from_told, from), &self.in_zone(&to_told, to)]);
        }
        let from_told = if from.date() == to.date() {
            if (from.local.hour(), from.local.minute()) == (to.local.hour(), to.local.minute()) {
                return self.moment(from);
            }
            self.the_clock(from)
        } else if from.local.year() == to.local.year() {
            self.with_parts(&tables.the_on_day, from)
        } else {
            self.with_parts(&tables.the_on_date, from)
        };
        self.in_zone(&tables.between.with(&[&from_told, &to_told]), to)
    }

    /// `not before 13:10 on November 10, 2017 (UTC−3)`, `não antes das 13h10 de 10 de novembro de 2017 (UTC−3)`.
    pub fn not_before(&self, wall: &Wall) -> String {
        self.in_zone(&self.with_parts(&self.tables.not_before, wall), wall)
    }

    /// `no later than 13:10 on …`, `o mais tardar às 13h10 de …`.
    pub fn not_after(&self, wall: &Wall) -> String {
        self.in_zone(&self.with_parts(&self.tables.not_after, wall), wall)
    }

    /// An uncertain moment: as exact, between, not before, no later than, or `unknown`. `wall` shows an instant in the
    /// zone to be told.
    pub fn interval(&self, interval: &Interval, wall: impl Fn(Instant) -> Wall) -> String {
        self.bounds_of(interval.earliest.map(&wall).as_ref(), interval.latest.map(&wall).as_ref())
    }

    pub(super) fn bounds_of(&self, earliest: Option<&Wall>, latest: Option<&Wall>) -> String {
        match (earliest, latest) {
            (Some(a), Some(b)) if a == b => self.moment(a),
            (Some(a), Some(b)) => self.between(a, b),
            (Some(a), None) => self.not_before(a),
            (None, Some(b)) => self.not_after(b),
            (None, None) => self.unknown().to_owned(),
        }
    }

    fn with_parts(&self, pattern: &Pattern, wall: &Wall) -> String {
        told(|out| pattern.fill(out, |at, out| self.fill_part(out, at, wall)))
    }

    /// Appends one of `read::CLOCK_PARTS`, by its position there.
    fn fill_part(&self, out: &mut String, at: usize, wall: &Wall) {
        let tables = &self.tables;
        match at {
            0 => fill_clock(out, &tables.clock, wall),
            1 => fill_clock(out, &tables.clock_the, wall),
            2 => fill_clock(out, &tables.clock_at, wall),
            3 => fill_clock(out, &tables.clock_of, wall),
            DATE => self.fill_date(out, &tables.date, &tables.months, wall.date()),
            _ => self.fill_date(out, &tables.date_without_year, &tables.months, wall.date()),
        }
    }

    fn fill_date(&self, out: &mut String, pattern: &Pattern, months: &[String], date: Date) {
        let nth = |names: &[String], at: u32| -> String {
            usize::try_from(at).ok().and_then(|at| names.get(at)).cloned().unwrap_or_default()
        };
        pattern.fill(out, |at, out| match at {
            0 => out.push_str(&nth(&self.tables.days, date.day0())),
            1 => out.push_str(&nth(months, date.month0())),
            _ => out.push_str(&date.year().to_string()),
        });
    }
}

/// The position of the date among `read::CLOCK_PARTS`.
const DATE: usize = 4;

fn told(fill: impl FnOnce(&mut String)) -> String {
    let mut out = String::new();
    fill(&mut out);
    out
}

fn fill_clock(out: &mut String, clock: &Clock, wall: &Wall) {
    clock.fill(out, wall.local.hour(), wall.local.minute());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read::CLOCK_PARTS;

    const BRASILIA: &str = "America/Sao_Paulo";

    fn both(tell: impl Fn(&Language) -> String) -> [String; 2] {
        ["en", "pt-BR"].map(|tag| tell(Language::tagged(tag).unwrap()))
    }

    fn wall(local: &str, hours: i32, zone: &'static str) -> Wall {
        Wall::new(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap(), hours * 3600, zone)
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_parts_of_a_moment_stand_in_the_order_they_are_filled() {
        assert_eq!(CLOCK_PARTS, ["clock", "the", "at", "of", "date", "day"]);
        assert_eq!(CLOCK_PARTS[DATE], "date");
    }

    #[test]
    fn dates_are_told_as_the_language_writes_them() {
        let check = |date: &str, en: [&str; 3], pt: [&str; 3]| {
            assert_eq!(both(|l| l.date(day(date))), [en[0], pt[0]]);
            assert_eq!(both(|l| l.short_date(day(date))), [en[1], pt[1]]);
            assert_eq!(both(|l| l.day(day(date))), [en[2], pt[2]]);
        };
        check(
            "2017-11-10",
            ["November 10, 2017", "Nov 10, 2017", "November 10"],
            ["10 de novembro de 2017", "10 nov. 2017", "10 de novembro"],
        );
        check(
            "2017-12-01",
            ["December 1, 2017", "Dec 1, 2017", "December 1"],
            ["1º de dezembro de 2017", "1º dez. 2017", "1º de dezembro"],
        );
        check(
            "2020-05-31",
            ["May 31, 2020", "May 31, 2020", "May 31"],
            ["31 de maio de 2020", "31 mai. 2020", "31 de maio"],
        );
    }

    #[test]
    fn one_oclock_and_midnight_are_singular_in_portuguese() {
        let check = |clock: &str, en: [&str; 3], pt: [&str; 3]| {
            let wall = wall(&format!("2017-11-10 {clock}"), -3, BRASILIA);
            assert_eq!(both(|l| l.clock(&wall)), [en[0], pt[0]]);
            assert_eq!(both(|l| l.the_clock(&wall)), [en[1], pt[1]]);
            assert_eq!(both(|l| l.at_clock(&wall)), [en[2], pt[2]]);
        };
        check("13:10", ["13:10", "13:10", "at 13:10"], ["13h10", "as 13h10", "às 13h10"]);
        check("01:10", ["01:10", "01:10", "at 01:10"], ["1h10", "a 1h10", "à 1h10"]);
        check("00:10", ["00:10", "00:10", "at 00:10"], ["0h10", "a 0h10", "à 0h10"]);
        check("02:00", ["02:00", "02:00", "at 02:00"], ["2h00", "as 2h00", "às 2h00"]);
        check("23:59", ["23:59", "23:59", "at 23:59"], ["23h59", "as 23h59", "às 23h59"]);
    }

    #[test]
    fn clocks_on_a_day_join_with_the_right_preposition() {
        let at = wall("2017-12-01 13:10", -2, BRASILIA);
        assert_eq!(both(|l| l.at_on(&at)), ["at 13:10 on December 1", "às 13h10 de 1º de dezembro"]);
        assert_eq!(
            both(|l| l.at_on_date(&at)),
            ["at 13:10 on December 1, 2017", "às 13h10 de 1º de dezembro de 2017"]
        );
        assert_eq!(
            both(|l| l.not_before(&at)),
            [
                "not before 13:10 on December 1, 2017 (UTC−2)",
                "não antes das 13h10 de 1º de dezembro de 2017 (UTC−2, horário de verão de Brasília)"
            ]
        );
        assert_eq!(
            both(|l| l.not_after(&at)),
            [
                "no later than 13:10 on December 1, 2017 (UTC−2)",
                "o mais tardar às 13h10 de 1º de dezembro de 2017 (UTC−2, horário de verão de Brasília)"
            ]
        );
    }

    #[test]
    fn offsets_are_written_with_a_minus_sign_and_without_empty_minutes() {
        let check = |seconds: i32, expected: &str| assert_eq!(Language::english().offset(seconds), expected);
        check(0, "UTC");
        check(-3 * 3600, "UTC−3");
        check(5 * 3600 + 1800, "UTC+5:30");
        check(-(3 * 3600 + 1800), "UTC−3:30");
        check(12 * 3600 + 2700, "UTC+12:45");
        check(-(3 * 3600 + 6 * 60 + 28), "UTC−3:06:28");
        check(-30, "UTC−0:00:30");
    }

    #[test]
    fn a_zone_is_named_only_while_its_offset_holds() {
        let check = |hours: i32, zone: &'static str, en: &str, pt: &str| {
            assert_eq!(both(|l| l.zone(&wall("2017-11-10 22:00", hours, zone))), [en, pt]);
        };
        check(-3, BRASILIA, "UTC−3", "UTC−3, horário de Brasília");
        check(-2, BRASILIA, "UTC−2", "UTC−2, horário de verão de Brasília");
        check(-4, BRASILIA, "UTC−4", "UTC−4");
        check(-3, "America/Argentina/Buenos_Aires", "UTC−3", "UTC−3");
        check(0, "Etc/UTC", "UTC", "UTC");
    }

    #[test]
    fn moments_name_their_zone_and_if_asked_utc() {
        let check = |at: &Wall, en: [&str; 2], pt: [&str; 2]| {
            assert_eq!(both(|l| l.moment(at)), [en[0], pt[0]]);
            assert_eq!(both(|l| l.moment_with_utc(at)), [en[1], pt[1]]);
        };
        check(
            &wall("2020-11-10 20:00", -3, BRASILIA),
            ["November 10, 2020, 20:00 (UTC−3)", "November 10, 2020, 20:00 (UTC−3), 23:00 UTC"],
            [
                "10 de novembro de 2020, 20h00 (UTC−3, horário de Brasília)",
                "10 de novembro de 2020, 20h00 (UTC−3, horário de Brasília), 23h00 UTC",
            ],
        );
        check(
            &wall("2020-11-10 22:00", -3, BRASILIA),
            ["November 10, 2020, 22:00 (UTC−3)", "November 10, 2020, 22:00 (UTC−3), November 11, 01:00 UTC"],
            [
                "10 de novembro de 2020, 22h00 (UTC−3, horário de Brasília)",
                "10 de novembro de 2020, 22h00 (UTC−3, horário de Brasília), 11 de novembro, 1h00 UTC",
            ],
        );
        check(
            &wall("2020-12-31 23:00", -5, ""),
            [
                "December 31, 2020, 23:00 (UTC−5)",
                "December 31, 2020, 23:00 (UTC−5), January 1, 2021, 04:00 UTC",
            ],
            [
                "31 de dezembro de 2020, 23h00 (UTC−5)",
                "31 de dezembro de 2020, 23h00 (UTC−5), 1º de janeiro de 2021, 4h00 UTC",
            ],
        );
        let utc = wall("2020-11-11 01:00", 0, "UTC");
        check(&utc, ["November 11, 2020, 01:00 UTC"; 2], ["11 de novembro de 2020, 1h00 UTC"; 2]);
        let at = wall("2020-11-10 22:00", -3, BRASILIA);
        assert_eq!(
            both(|l| l.clock_with_utc(&at)),
            ["22:00 (UTC−3), 01:00 UTC", "22h00 (UTC−3, horário de Brasília), 1h00 UTC"]
        );
        assert_eq!(both(|l| l.clock_with_utc(&utc)), ["01:00 UTC", "1h00 UTC"]);
        assert_eq!(
            both(|l| l.in_zone_and_utc(&l.the_clock(&at), &at, false)),
            ["22:00 (UTC−3), 01:00 UTC", "as 22h00 (UTC−3, horário de Brasília), 1h00 UTC"]
        );
        assert_eq!(both(|l| l.short_moment(&at)), ["Nov 10, 2020, 22:00", "10 nov. 2020, 22h00"]);
    }

    #[test]
    fn uncertain_moments_tell_once_what_their_ends_share() {
        let check = |from: &str, to: &str, en: &str, pt: &str| {
            let told = both(|l| l.between(&wall(from, -3, BRASILIA), &wall(to, -3, BRASILIA)));
            assert_eq!(told, [en, pt]);
        };
        check(
            "2017-11-10 01:10",
            "2017-11-10 19:15",
            "between 01:10 and 19:15 on November 10, 2017 (UTC−3)",
            "entre a 1h10 e as 19h15 de 10 de novembro de 2017 (UTC−3, horário de Brasília)",
        );
        check(
            "2017-11-10 22:00",
            "2017-11-11 03:00",
            "between 22:00 on November 10 and 03:00 on November 11, 2017 (UTC−3)",
            "entre as 22h00 de 10 de novembro e as 3h00 de 11 de novembro de 2017 (UTC−3, horário de Brasília)",
        );
        check(
            "2017-12-31 22:00",
            "2018-01-01 03:00",
            "between 22:00 on December 31, 2017 and 03:00 on January 1, 2018 (UTC−3)",
            "entre as 22h00 de 31 de dezembro de 2017 e as 3h00 de 1º de janeiro de 2018 (UTC−3, horário de Brasília)",
        );
        check(
            "2017-11-10 22:00",
            "2017-11-10 22:00",
            "November 10, 2017, 22:00 (UTC−3)",
            "10 de novembro de 2017, 22h00 (UTC−3, horário de Brasília)",
        );
        let (summer, winter) =
            (wall("2018-02-17 23:30", -2, BRASILIA), wall("2018-02-17 23:30", -3, BRASILIA));
        assert_eq!(
            both(|l| l.between(&summer, &winter))[0],
            "between 23:30 on February 17, 2018 (UTC−2) and 23:30 on February 17, 2018 (UTC−3)"
        );
    }

    #[test]
    fn intervals_are_told_by_what_is_known_of_them() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let check = |interval: Interval, en: &str| {
            assert_eq!(Language::english().interval(&interval, Wall::utc), en);
        };
        let (early, late) = (at("2017-11-10T01:00:00Z"), at("2017-11-10T02:00:00Z"));
        check(Interval::UNKNOWN, "unknown");
        check(Interval::exact(early), "November 10, 2017, 01:00 UTC");
        check(Interval::between(early, late), "between 01:00 and 02:00 on November 10, 2017 (UTC)");
        check(
            Interval { latest: None, ..Interval::exact(early) },
            "not before 01:00 on November 10, 2017 (UTC)",
        );
        check(
            Interval { earliest: None, ..Interval::exact(early) },
            "no later than 01:00 on November 10, 2017 (UTC)",
        );
    }

    #[test]
    fn walls_write_rfc_3339_and_survive_the_edges_of_the_calendar() {
        let check = |wall: Wall, expected: &str| assert_eq!(wall.rfc3339(), expected);
        check(wall("2017-11-10 22:00", -3, BRASILIA), "2017-11-10T22:00:00-03:00");
        check(wall("2017-11-10 22:00", 0, "UTC"), "2017-11-10T22:00:00Z");
        check(Wall::new(wall("1900-01-01 00:00", 0, "").local, -11188, BRASILIA), "1900-01-01T03:06:28Z");
        check(
            Wall::new(wall("2017-11-10 22:00", 0, "").local, 19800, "Asia/Kolkata"),
            "2017-11-10T22:00:00+05:30",
        );
        for edge in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            for offset in [i32::MIN, -10800, 0, 10800, i32::MAX] {
                let edge = Wall::new(edge, offset, "");
                both(|l| l.moment_with_utc(&edge) + &l.between(&edge, &edge) + &edge.rfc3339());
            }
        }
    }
}
