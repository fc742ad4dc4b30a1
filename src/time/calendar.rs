//! Working days: calendars as rules with their source law, and counting by them (actions: *Overdue*).

use std::collections::BTreeSet;

use chrono::{Datelike, Days, TimeDelta, Weekday};

use super::{Date, Length};

/// A calendar of working days: Monday to Friday without its holidays and the extra ones of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    law: &'static Law,
    extra: BTreeSet<Date>,
}

/// Why a date is not a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayOff {
    /// Saturday or Sunday.
    Weekend,
    /// A holiday of the calendar, by its key (`good-friday`), under which each language names it.
    Holiday(&'static str),
    /// The working day on which a holiday that fell on a weekend is observed, by its key.
    Observed(&'static str),
    /// A holiday that the organisation added (`extra_holidays`), which names it there.
    Extra,
}

impl Calendar {
    /// The names of the embedded calendars.
    pub const NAMES: [&'static str; 4] = ["br-national", "br-banking", "us-federal", "none"];

    /// The embedded calendar of a name; `none` has weekends and no holidays.
    pub fn named(name: &str) -> Option<Self> {
        let law = LAWS.iter().find(|law| law.name == name)?;
        Some(Self { law, extra: BTreeSet::new() })
    }

    /// The calendar without holidays.
    pub fn none() -> Self {
        Self { law: &NONE, extra: BTreeSet::new() }
    }

    /// The calendar with further holidays: state, city or company days off.
    #[must_use]
    pub fn with_extra(mut self, holidays: impl IntoIterator<Item = Date>) -> Self {
        self.extra.extend(holidays);
        self
    }

    /// The name under which it was asked for.
    pub fn name(&self) -> &'static str {
        self.law.name
    }

    /// Why a date is not a working day; `None` when it is one. A holiday tells more than a weekend.
    pub fn day_off(&self, date: Date) -> Option<DayOff> {
        if self.extra.contains(&date) {
            return Some(DayOff::Extra);
        }
        // 1 January on a Saturday is observed on 31 December of the year before
        let years = if date.month() == 12 {
            date.year()..=date.year().saturating_add(1)
        } else {
            date.year()..=date.year()
        };
        for year in years {
            for (key, actual, observed) in self.law.holidays(year) {
                if actual == date {
                    return Some(DayOff::Holiday(key));
                }
                if observed == date {
                    return Some(DayOff::Observed(key));
                }
            }
        }
        is_weekend(date).then_some(DayOff::Weekend)
    }

    /// True from Monday to Friday unless the date is a holiday, observed or extra.
    pub fn is_working_day(&self, date: Date) -> bool {
        !is_weekend(date) && self.day_off(date).is_none()
    }

    /// The `count`-th working day after a date, which itself is not counted; the date itself for 0.
    pub fn add_working_days(&self, date: Date, count: u32) -> Date {
        (0..count).fold(date, |date, _| match after(date) {
            Some(next) => self.roll_forward(next),
            None => date,
        })
    }

    /// The first working day on or after a date.
    pub fn roll_forward(&self, date: Date) -> Date {
        let mut rolled = date;
        while !self.is_working_day(rolled) {
            match after(rolled) {
                Some(next) => rolled = next,
                None => break,
            }
        }
        rolled
    }

    /// How many working days lie after `from`, up to and including `to`; 0 when `to` is not after `from`. For a
    /// working day `to` it is the count by which `add_working_days` reaches it.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        if to <= from {
            return 0;
        }
        // one holiday of a year can be observed in the year before
        let years = from.year()..=to.year().saturating_add(1);
        let mut off: BTreeSet<Date> = years
            .flat_map(|year| self.law.holidays(year))
            .flat_map(|(_, actual, observed)| [actual, observed])
            .filter(|date| from < *date && *date <= to)
            .collect();
        off.extend(self.extra.iter().filter(|date| from < **date && **date <= to));
        let off = off.into_iter().filter(|date| !is_weekend(*date)).count();
        weekdays_up_to(to) - weekdays_up_to(from) - i64::try_from(off).unwrap_or(0)
    }

    /// The last day of a limit that begins on a date, which is not counted. Elapsed lengths are calendar days (a begun
    /// day counts whole) rolled forward to a working day; business days are `add_working_days` (actions: *Priority and
    /// limits*).
    pub fn limit(&self, from: Date, length: Length) -> Date {
        match length {
            Length::BusinessDays(days) => self.add_working_days(from, days),
            Length::Seconds(seconds) => {
                let days = u64::try_from(seconds).unwrap_or(0).div_ceil(86_400);
                self.roll_forward(from.checked_add_days(Days::new(days)).unwrap_or(LAST))
            }
        }
    }
}

/// Where counting stops: no date of a file is later.
const LAST: Date = match Date::from_ymd_opt(9999, 12, 31) {
    Some(date) => date,
    None => Date::MAX,
};

/// The next day, up to `LAST`.
fn after(date: Date) -> Option<Date> {
    if date < LAST { date.succ_opt() } else { None }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Days from Monday to Friday up to and including a date, counted from the Sunday before 1 January of the year 1.
fn weekdays_up_to(date: Date) -> i64 {
    let days = i64::from(date.num_days_from_ce());
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

/// The holidays of a calendar, as data.
#[derive(Debug, PartialEq, Eq)]
struct Law {
    name: &'static str,
    /// A holiday on Saturday is observed on the Friday before, one on Sunday on the Monday after.
    observed: bool,
    holidays: &'static [&'static [Holiday]],
}

#[derive(Debug, PartialEq, Eq)]
struct Holiday {
    key: &'static str,
    on: On,
    /// The first year in which it is kept.
    since: i32,
}

#[derive(Debug, PartialEq, Eq)]
enum On {
    /// Month and day.
    Fixed(u32, u32),
    /// Days from Easter Sunday.
    Easter(i64),
    /// The n-th such weekday of a month.
    Nth(u32, Weekday, u8),
    /// The last such weekday of a month.
    Last(u32, Weekday),
}

impl Law {
    /// Each holiday of a year: key, date, and the date on which it is observed.
    fn holidays(&self, year: i32) -> impl Iterator<Item = (&'static str, Date, Date)> {
        let observed = self.observed;
        let all = self.holidays.iter().flat_map(|group| group.iter());
        all.filter(move |holiday| holiday.since <= year).filter_map(move |holiday| {
            let actual = holiday.on.date(year)?;
            let day_of_rest = match actual.weekday() {
                Weekday::Sat if observed => actual.pred_opt(),
                Weekday::Sun if observed => actual.succ_opt(),
                _ => None,
            };
            Some((holiday.key, actual, day_of_rest.unwrap_or(actual)))
        })
    }
}

impl On {
    fn date(&self, year: i32) -> Option<Date> {
        match *self {
            Self::Fixed(month, day) => Date::from_ymd_opt(year, month, day),
            Self::Easter(days) => easter(year)?.checked_add_signed(TimeDelta::days(days)),
            Self::Nth(month, weekday, n) => Date::from_weekday_of_month_opt(year, month, weekday, n),
            Self::Last(month, weekday) => Date::from_weekday_of_month_opt(year, month, weekday, 5)
                .or_else(|| Date::from_weekday_of_month_opt(year, month, weekday, 4)),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, *Astronomical Algorithms*, ch. 8).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    Date::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

const ALWAYS: i32 = i32::MIN;

const fn holiday(key: &'static str, on: On, since: i32) -> Holiday {
    Holiday { key, on, since }
}

static LAWS: [&Law; 4] = [
    &Law { name: "br-national", observed: false, holidays: &[BR_NATIONAL] },
    &Law { name: "br-banking", observed: false, holidays: &[BR_NATIONAL, BR_BANKING] },
    &Law { name: "us-federal", observed: true, holidays: &[US_FEDERAL] },
    &NONE,
];

static NONE: Law = Law { name: "none", observed: false, holidays: &[] };

/// National holidays of Brazil: Lei 662/1949 as amended by Lei 10.607/2002, and the laws named beside each.
const BR_NATIONAL: &[Holiday] = &[
    holiday("new-year", On::Fixed(1, 1), ALWAYS),
    // Lei 9.093/1995, art. 2; in every federal list of holidays
    holiday("good-friday", On::Easter(-2), ALWAYS),
    holiday("tiradentes", On::Fixed(4, 21), ALWAYS),
    holiday("labour-day", On::Fixed(5, 1), ALWAYS),
    holiday("independence-of-brazil", On::Fixed(9, 7), ALWAYS),
    // Lei 6.802/1980
    holiday("our-lady-of-aparecida", On::Fixed(10, 12), 1980),
    holiday("all-souls", On::Fixed(11, 2), ALWAYS),
    holiday("republic-of-brazil", On::Fixed(11, 15), ALWAYS),
    // Lei 14.759/2023
    holiday("black-awareness", On::Fixed(11, 20), 2024),
    holiday("christmas", On::Fixed(12, 25), ALWAYS),
];

/// What else is no banking day in Brazil: Resolução CMN 4.880/2020. Ash Wednesday is one, with shorter hours.
const BR_BANKING: &[Holiday] = &[
    holiday("carnival", On::Easter(-48), ALWAYS),
    holiday("carnival", On::Easter(-47), ALWAYS),
    holiday("corpus-christi", On::Easter(60), ALWAYS),
];

/// Federal holidays of the United States: 5 U.S.C. 6103(a) as it stands since 1978; observed days by 6103(b) and
/// Executive Order 11582. Without Inauguration Day (one region) and days off by a single order.
const US_FEDERAL: &[Holiday] = &[
    holiday("new-year", On::Fixed(1, 1), ALWAYS),
    // Public Law 98-144, from 1986
    holiday("martin-luther-king", On::Nth(1, Weekday::Mon, 3), 1986),
    holiday("washingtons-birthday", On::Nth(2, Weekday::Mon, 3), ALWAYS),
    holiday("memorial-day", On::Last(5, Weekday::Mon), ALWAYS),
    // Public Law 117-17
    holiday("juneteenth", On::Fixed(6, 19), 2021),
    holiday("independence-of-usa", On::Fixed(7, 4), ALWAYS),
    holiday("labor-day", On::Nth(9, Weekday::Mon, 1), ALWAYS),
    holiday("columbus-day", On::Nth(10, Weekday::Mon, 2), ALWAYS),
    holiday("veterans-day", On::Fixed(11, 11), ALWAYS),
    holiday("thanksgiving", On::Nth(11, Weekday::Thu, 4), ALWAYS),
    holiday("christmas", On::Fixed(12, 25), ALWAYS),
];

#[cfg(test)]
mod tests {
    use super::super::read_date;
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        read_date(text).unwrap()
    }

    fn calendar(name: &str) -> Calendar {
        Calendar::named(name).unwrap()
    }

    #[test]
    fn every_listed_calendar_exists_under_its_name() {
        for name in Calendar::NAMES {
            assert_eq!(calendar(name).name(), name);
        }
        assert_eq!(calendar("none"), Calendar::none());
        assert_eq!(LAWS.len(), Calendar::NAMES.len());
        assert_eq!(Calendar::named("br"), None);
    }

    #[test]
    fn easter_falls_on_its_known_sundays() {
        for text in [
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2017-04-16",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2038-04-25",
            "2049-04-18",
        ] {
            let expected = date(text);
            assert_eq!(easter(expected.year()), Some(expected));
        }
        let _ = (easter(i32::MAX - 1), easter(Date::MIN.year()), easter(Date::MAX.year()));
    }

    #[test]
    fn working_days_are_counted_from_the_day_after() {
        for (name, from, count, expected) in [
            ("br-national", "2025-12-18", 3, "2025-12-23"),
            ("br-national", "2025-11-18", 3, "2025-11-24"),
            ("br-national", "2025-04-16", 3, "2025-04-23"),
            ("br-national", "2025-02-27", 3, "2025-03-04"),
            ("br-banking", "2025-02-27", 3, "2025-03-06"),
            // clocks: ANPD, small agent, and the supplement
            ("br-national", "2025-11-18", 6, "2025-11-27"),
            ("br-national", "2025-11-18", 20, "2025-12-17"),
            // before 2024, 20 November was a working day
            ("br-national", "2023-11-17", 1, "2023-11-20"),
            // clocks: SEC
            ("us-federal", "2025-11-26", 4, "2025-12-03"),
            ("us-federal", "2026-07-01", 4, "2026-07-08"),
            ("none", "2025-12-18", 5, "2025-12-25"),
            ("none", "2026-03-07", 1, "2026-03-09"),
            ("none", "2026-03-07", 0, "2026-03-07"),
        ] {
            let (calendar, from, expected) = (calendar(name), date(from), date(expected));
            assert_eq!(calendar.add_working_days(from, count), expected, "{count} after {from} in {name}");
            assert_eq!(
                calendar.working_days_between(from, expected),
                i64::from(count),
                "{from} to {expected}"
            );
        }
    }

    /// The days off that fall on weekdays in a year.
    fn weekdays_off(name: &str, year: i32) -> Vec<String> {
        let calendar = calendar(name);
        let days = Date::from_ymd_opt(year, 1, 1).unwrap().iter_days().take_while(|day| day.year() == year);
        days.filter(|day| !is_weekend(*day) && !calendar.is_working_day(*day))
            .map(|day| day.format("%m-%d").to_string())
            .collect()
    }

    #[test]
    fn holidays_match_the_published_lists() {
        for (name, year, expected) in [
            ("br-national", 2025, "01-01 04-18 04-21 05-01 11-20 12-25"),
            ("br-national", 2023, "04-07 04-21 05-01 09-07 10-12 11-02 11-15 12-25"),
            ("br-banking", 2023, "02-20 02-21 04-07 04-21 05-01 06-08 09-07 10-12 11-02 11-15 12-25"),
            ("br-banking", 2026, "01-01 02-16 02-17 04-03 04-21 05-01 06-04 09-07 10-12 11-02 11-20 12-25"),
            ("us-federal", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
            ("us-federal", 2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
            // 1 January 2022 is a Saturday, Juneteenth and Christmas 2021 are observed; no holiday before its law
            ("us-federal", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            ("us-federal", 2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
            ("none", 2026, ""),
        ] {
            assert_eq!(weekdays_off(name, year).join(" "), expected, "{name} {year}");
        }
    }

    #[test]
    fn a_day_off_tells_why() {
        let with_city = calendar("br-national").with_extra([date("2027-01-25")]);
        for (calendar, day, expected) in [
            (&with_city, "2027-01-25", Some(DayOff::Extra)),
            (&calendar("br-national"), "2027-01-25", None),
            (&calendar("br-national"), "2025-11-20", Some(DayOff::Holiday("black-awareness"))),
            (&calendar("br-national"), "2025-11-15", Some(DayOff::Holiday("republic-of-brazil"))),
            (&calendar("br-national"), "2025-11-22", Some(DayOff::Weekend)),
            (&calendar("us-federal"), "2026-07-03", Some(DayOff::Observed("independence-of-usa"))),
            (&calendar("us-federal"), "2026-07-04", Some(DayOff::Holiday("independence-of-usa"))),
            (&calendar("us-federal"), "2021-12-31", Some(DayOff::Observed("new-year"))),
        ] {
            assert_eq!(calendar.day_off(date(day)), expected, "{day}");
        }
    }

    #[test]
    fn limits_end_on_a_working_day() {
        let calendar = calendar("br-national");
        for (from, limit, expected) in [
            ("2025-11-13", Length::Seconds(7 * 86_400), "2025-11-21"),
            ("2026-03-01", Length::Seconds(15 * 86_400), "2026-03-16"),
            ("2026-03-02", Length::Seconds(36 * 3_600), "2026-03-04"),
            ("2026-03-02", Length::Seconds(0), "2026-03-02"),
            ("2025-12-18", Length::BusinessDays(3), "2025-12-23"),
        ] {
            assert_eq!(calendar.limit(date(from), limit), date(expected), "{limit} from {from}");
        }
    }

    #[test]
    fn counting_stops_at_the_last_date() {
        let calendar = calendar("us-federal");
        assert_eq!(calendar.add_working_days(LAST, u32::from(u16::MAX)), LAST);
        let _ = calendar.limit(date("2026-01-01"), Length::Seconds(i64::MAX));
        let _ =
            (calendar.roll_forward(Date::MAX), calendar.roll_forward(Date::MIN), calendar.day_off(Date::MAX));
        let all = calendar.working_days_between(date("1900-01-01"), LAST);
        assert!(all > 2_000_000);
    }

    proptest! {
        #[test]
        fn counting_between_agrees_with_walking(
            name in 0..4_usize,
            start in 0_u64..60_000,
            length in 0_u64..800,
            extra in proptest::collection::vec(0_u64..800, 0..5),
        ) {
            let from = date("1950-01-01") + Days::new(start);
            let to = from + Days::new(length);
            let calendar = calendar(Calendar::NAMES[name]).with_extra(extra.into_iter().map(|d| from + Days::new(d)));
            let walked = from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.is_working_day(*day));
            let count = calendar.working_days_between(from, to);
            prop_assert_eq!(count, walked.count() as i64);
            prop_assert_eq!(calendar.working_days_between(to, from), 0);
            if count > 0 {
                let reached = calendar.add_working_days(from, u32::try_from(count).unwrap());
                prop_assert!(reached <= to && calendar.is_working_day(reached));
            }
            prop_assert!(calendar.is_working_day(calendar.roll_forward(from)));
        }
    }
}
