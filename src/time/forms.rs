//! Moments in forms that are refused, where they can be read in one way only: what to write instead.

use std::fmt::Write as _;

use super::{Date, read_date};

/// The date that a text can only mean: `31/03/2026`, `2026/3/31`, `March 31, 2026`, `31 de março de 2026`. `None` for what
/// has two readings (`06-12-2019`) or none.
pub fn only_date(text: &str) -> Option<Date> {
    let plain = plain(text)?;
    let words = words(&plain, 3)?;
    date_of(&words).filter(|(_, used)| *used == words.len()).map(|(date, _)| date)
}

/// The moment that a text can only mean, in the form it belongs in: `31/03/2026 16h20`, `2026-03-31 4:20 pm`, `31 March 2026
/// 16:20 UTC`. Without an offset it stays without one. `None` for what has two readings or none.
pub fn only_moment(text: &str) -> Option<String> {
    let plain = plain(text)?;
    let words = words(&plain, 6)?;
    let (date, used) = date_of(&words)?;
    let rest = words.get(used..)?;
    let mut out = date.to_string();
    if rest.is_empty() {
        return Some(out);
    }
    let (hour, minute, second, used) = clock_of(rest)?;
    let _ = write!(out, "T{hour:02}:{minute:02}");
    if let Some(second) = second {
        let _ = write!(out, ":{second:02}");
    }
    match rest.get(used..)? {
        [] => {}
        ["z" | "utc" | "gmt"] => out.push('Z'),
        [offset] => {
            let (sign, digits) = offset.split_at_checked(1).filter(|(sign, _)| ["+", "-"].contains(sign))?;
            let digits = digits.replace(':', "");
            let (hours, minutes) = digits.split_at_checked(2).filter(|(_, minutes)| minutes.len() == 2)?;
            let (hours, minutes): (u8, u8) = (number(hours)?, number(minutes)?);
            if hours > 14 || minutes > 59 {
                return None;
            }
            let _ = write!(out, "{sign}{hours:02}:{minutes:02}");
        }
        _ => return None,
    }
    Some(out)
}

/// The text in lower case with spaces between its words, a `t` between date and clock being none. `None` when it is too
/// long to be a moment.
fn plain(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let chars: Vec<char> = lower.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let spaced = chars.iter().enumerate().map(|(at, c)| match c {
        ',' => ' ',
        't' if digit(at.checked_sub(1)) && digit(at.checked_add(1)) => ' ',
        c => *c,
    });
    Some(spaced.collect())
}

/// The words, without the little ones between a date and a clock; `None` when there are more than `most`.
fn words(plain: &str, most: usize) -> Option<Vec<&str>> {
    let words = plain.split_whitespace();
    let words: Vec<&str> = words.filter(|word| !["de", "at", "às", "as", "of", "-"].contains(word)).collect();
    (words.len() <= most).then_some(words)
}

fn date_of(words: &[&str]) -> Option<(Date, usize)> {
    let first = words.first()?;
    let parts: Vec<&str> = first.split(['/', '-', '.']).collect();
    if let [a, b, c] = parts.as_slice() {
        let (year, month, day) = match (a.len(), c.len()) {
            (4, 1 | 2) => (*a, number(b)?, number(c)?),
            (1 | 2, 4) => {
                let (a, b): (u8, u8) = (number(a)?, number(b)?);
                match (a > 12, b > 12) {
                    (true, false) => (*c, b, a),
                    (false, true) => (*c, a, b),
                    (false, false) if a == b => (*c, a, b),
                    _ => return None,
                }
            }
            _ => return None,
        };
        return Some((civil(year, month, day)?, 1));
    }
    let [first, second, third, ..] = words else { return None };
    let (day, month) = match (month_of(first), month_of(second)) {
        (Some(month), None) => (*second, month),
        (None, Some(month)) => (*first, month),
        _ => return None,
    };
    let day = day.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    Some((civil(third, month, number(day.trim_end_matches('º'))?)?, 3))
}

/// Hour, minute, second, and how many words they took.
fn clock_of(words: &[&str]) -> Option<(u8, u8, Option<u8>, usize)> {
    let first = words.first()?;
    let (clock, half, used) = match split_half(first) {
        Some((clock, half)) => (clock, Some(half), 1),
        None => match words.get(1).and_then(|word| half_of(word)) {
            Some(half) => (*first, Some(half), 2),
            None => (*first, None, 1),
        },
    };
    let brazilian = clock.contains('h');
    let mut parts = clock.split([':', 'h']);
    let written = parts.next()?;
    let hour: u8 = number(written)?;
    let minute = match parts.next() {
        None | Some("") if brazilian || half.is_some() => 0,
        minute => number(minute.filter(|minute| minute.len() == 2)?)?,
    };
    let second = match parts.next() {
        None | Some("") => None,
        Some(second) => Some(number(second)?),
    };
    let hour = match half {
        Some(Half::Morning) if (1..=12).contains(&hour) => hour % 12,
        Some(Half::Afternoon) if (1..=12).contains(&hour) => hour % 12 + 12,
        Some(_) => return None,
        // `4:20` may be either; `04:20`, `16:20` and `4h20` are of the clock of 24 hours
        None if hour <= 12 && !brazilian && written.len() < 2 => return None,
        None => hour,
    };
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60) && parts.next().is_none();
    fits.then_some((hour, minute, second, used))
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of(word: &str) -> Option<Half> {
    match word {
        "am" | "a.m." => Some(Half::Morning),
        "pm" | "p.m." => Some(Half::Afternoon),
        _ => None,
    }
}

/// `4:20pm`.
fn split_half(word: &str) -> Option<(&str, Half)> {
    let at = word.find(|c: char| c.is_ascii_alphabetic() && c != 'h')?;
    let (clock, half) = word.split_at_checked(at)?;
    Some((clock, half_of(half)?))
}

fn month_of(word: &str) -> Option<u8> {
    const MONTHS: [[&str; 4]; 12] = [
        ["jan", "january", "janeiro", "jan"],
        ["feb", "february", "fevereiro", "fev"],
        ["mar", "march", "março", "marco"],
        ["apr", "april", "abril", "abr"],
        ["may", "may", "maio", "mai"],
        ["jun", "june", "junho", "jun"],
        ["jul", "july", "julho", "jul"],
        ["aug", "august", "agosto", "ago"],
        ["sep", "september", "setembro", "set"],
        ["oct", "october", "outubro", "out"],
        ["nov", "november", "novembro", "nov"],
        ["dec", "december", "dezembro", "dez"],
    ];
    let word = word.trim_end_matches('.');
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word)).map(|(month, _)| month)
}

fn civil(year: &str, month: u8, day: u8) -> Option<Date> {
    (year.len() == 4).then(|| read_date(&format!("{year}-{month:02}-{day:02}"))).flatten()
}

/// One or two digits.
fn number(text: &str) -> Option<u8> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{TimePoint, Zone, read_point};

    #[test]
    fn a_date_is_read_where_it_has_one_reading() {
        for (text, expected) in [
            ("31/03/2026", Some("2026-03-31")),
            ("03/31/2026", Some("2026-03-31")),
            ("31.03.2026", Some("2026-03-31")),
            ("31-3-2026", Some("2026-03-31")),
            ("05/05/2026", Some("2026-05-05")),
            ("2026/3/1", Some("2026-03-01")),
            ("2026-3-31", Some("2026-03-31")),
            ("Mar 31, 2026", Some("2026-03-31")),
            ("31 March 2026", Some("2026-03-31")),
            ("March 31st, 2026", Some("2026-03-31")),
            ("31 de março de 2026", Some("2026-03-31")),
            ("1º de março de 2026", Some("2026-03-01")),
            ("06-12-2019", None),
            ("06/12/2019", None),
            ("31/13/2026", None),
            ("30/02/2026", None),
            ("31/03/26", None),
            ("31/03", None),
            ("March 2026", None),
            ("2026-03-31 16:20", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(only_date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_moment_is_read_where_it_has_one_reading() {
        for (text, expected) in [
            ("31/03/2026 16:20", Some("2026-03-31T16:20")),
            ("31/03/2026 16h20", Some("2026-03-31T16:20")),
            ("31/03/2026 às 4h20", Some("2026-03-31T04:20")),
            ("2026-03-31 4:20 pm", Some("2026-03-31T16:20")),
            ("2026-03-31T4:20pm", Some("2026-03-31T16:20")),
            ("2026-03-31 12:05 AM", Some("2026-03-31T00:05")),
            ("2026-03-31 12pm", Some("2026-03-31T12:00")),
            ("31 March 2026, 16:20 UTC", Some("2026-03-31T16:20Z")),
            ("31 March 2026 16:20:30 +0200", Some("2026-03-31T16:20:30+02:00")),
            ("31/03/2026", Some("2026-03-31")),
            ("06-12-2019 16:20", None),
            ("2026-03-31 4:20", None),
            ("2026-03-31 16:20 BRT", None),
            ("2026-03-31 13:00 pm", None),
            ("2026-03-31 25:00", None),
            ("4:20pm", None),
        ] {
            assert_eq!(only_moment(text).as_deref(), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_can_be_written(text in "[0-9]{1,4}[/. -][0-9]{1,2}[/. -][0-9]{1,4}[ T]?[0-9:hapmUTCZ+ ]{0,12}|.{0,30}") {
            if let Some(moment) = only_moment(&text) {
                let read = read_point(&moment, Zone::named("UTC").as_ref());
                assert!(!matches!(read, TimePoint::Unreadable(_)), "{text} -> {moment}");
            }
            if let Some(date) = only_date(&text) {
                assert_eq!(only_date(&date.to_string()), Some(date));
            }
        }
    }
}
