//! The numbers, times and lengths that a text states, in one form for both languages.

mod clock;

use std::ops::Range;

use super::{
    Tongue,
    decimal::{Decimal, Reading, read},
    token::{Kind, Token},
    vocabulary::{Base, HOUR, Joint, Meaning, ONE_SECOND, Unit},
};

/// What a fact is about: which rule speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A bare number.
    Number,
    /// A number with a unit of time or of storage.
    Length,
    /// A date, a day of the week, a clock time.
    Time,
}

/// A number, a time or a length as a text states it.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// What it says.
    pub(super) key: Key,
    /// What it may say as well: the other reading of `1.000`, of `18h`.
    pub(super) other: Option<Key>,
    /// What it is about.
    pub(super) kind: FactKind,
    /// A word that is often no number (`one`, `second`): it may answer a fact of the other text and need not be
    /// answered itself.
    pub(super) soft: bool,
    /// Written in digits.
    pub(super) in_digits: bool,
    /// Byte positions in the text.
    pub(super) range: Range<usize>,
}

/// What a fact says, equal when two texts say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    Number(Decimal),
    Length(Base, Decimal),
    /// From 1.
    Month(u8),
    /// Monday is 1.
    Weekday(u8),
    Clock(Clock),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Clock {
    /// Seconds since midnight.
    pub(super) second: u32,
    /// Where.
    pub(super) zone: Option<ClockZone>,
    /// Written in twelve hours without saying which half of the day.
    pub(super) either_half: bool,
}

/// The zone beside a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ClockZone {
    /// Minutes east of UTC.
    Fixed(i16),
    /// UTC−3, or UTC−2 in summer.
    Brasilia,
}

/// Every fact of a text, in its order.
pub(super) fn facts(text: &str, tokens: &[Token], tongue: Tongue) -> Vec<Fact> {
    let mut reader = Reader { text, tokens, tongue, facts: Vec::new(), places: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at).max(at + 1);
    }
    reader.facts
}

/// A number as it stands in a text, in digits or in words.
#[derive(Clone, Copy)]
struct Amount {
    value: Decimal,
    other: Option<Decimal>,
    soft: bool,
    /// An article: a number only before a unit.
    article: bool,
    /// Whole digits alone, at most four: what a day, a year or an hour is written with.
    plain: Option<u32>,
    /// The token after it.
    next: usize,
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    tongue: Tongue,
    facts: Vec<Fact>,
    /// For each fact, its first token and the token after it.
    places: Vec<(usize, usize)>,
}

impl<'t> Reader<'t> {
    /// Reads what begins at token `at`; the token to go on at.
    fn step(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return at + 1 };
        match token.kind {
            Kind::Number => self.number(at),
            Kind::Word(Some(meaning), _) => self.word(at, meaning),
            Kind::Word(None, _) | Kind::Sign(_) | Kind::Address | Kind::Placeholder | Kind::Break => at + 1,
        }
    }

    fn word(&mut self, at: usize, meaning: Meaning) -> usize {
        match meaning {
            Meaning::Month(month) => self.add(Key::Month(month), FactKind::Time, false, at, at + 1),
            Meaning::MonthBesideNumber(month) if self.is_beside_number(at) => {
                self.add(Key::Month(month), FactKind::Time, false, at, at + 1)
            }
            Meaning::Weekday(_) if self.is_black_friday(at) => at + 1,
            Meaning::Weekday(day) => {
                let next = if self.is_feira(at + 1) { at + 3 } else { at + 1 };
                self.add(Key::Weekday(day), FactKind::Time, false, at, next)
            }
            Meaning::OrdinalOrWeekday(_, day) if self.is_feira(at + 1) => {
                self.add(Key::Weekday(day), FactKind::Time, false, at, at + 3)
            }
            Meaning::OrdinalOrWeekday(number, day) => {
                let next = self.add(Key::Weekday(day), FactKind::Time, true, at, at + 1);
                self.or(Key::Number(Decimal::whole(number.into())));
                next
            }
            Meaning::SecondOrOrdinal => {
                self.add(Key::Number(Decimal::whole(2)), FactKind::Number, true, at, at + 1)
            }
            Meaning::Ordinal(number) => {
                self.add(Key::Number(Decimal::whole(number.into())), FactKind::Number, true, at, at + 1)
            }
            Meaning::Hour(hour) => self.hour(at, hour, at + 1),
            Meaning::Half => self.half(at),
            Meaning::TheHalf => self.add(Key::Number(Decimal::HALF), FactKind::Number, false, at, at + 1),
            Meaning::Twice | Meaning::Double => {
                let soft = meaning == Meaning::Double;
                self.add(Key::Number(Decimal::whole(2)), FactKind::Number, soft, at, at + 1)
            }
            Meaning::Zone(0) => {
                // `UTC-3` on its own
                let (_, next) = self.zone(at).unwrap_or((ClockZone::Fixed(0), at + 1));
                match self.whole(next.saturating_sub(1)) {
                    Some(number) if next > at + 1 => {
                        let key = Key::Number(Decimal::whole(number.into()));
                        self.add(key, FactKind::Time, false, at, next)
                    }
                    _ => next,
                }
            }
            _ => match self.words(at) {
                Some(amount) => self.amount(at, amount),
                None => at + 1,
            },
        }
    }

    fn number(&mut self, at: usize) -> usize {
        if let Some(next) = self.clock(at) {
            return next;
        }
        let slice = self.slice(at);
        let (value, other) = match read(slice, self.tongue) {
            Reading::One(value, other) => (value, other),
            Reading::Several => return self.several(at),
        };
        let plain = Some(slice).filter(|text| text.len() <= 4).and_then(|text| text.parse().ok());
        let mut amount = Amount { value, other, soft: false, article: false, plain, next: at + 1 };
        let scale = match self.meaning(at + 1) {
            Some(Meaning::Scale(power)) => Some(power),
            None if self.is_glued(at + 1) && matches!(self.slice(at + 1), "k" | "K") => Some(3),
            _ => None,
        };
        if let Some(power) = scale {
            let shifted = |value: Decimal| value.shifted(power.into());
            amount = Amount {
                value: shifted(value),
                other: other.map(shifted),
                plain: None,
                next: at + 2,
                ..amount
            };
        }
        self.amount(at, amount)
    }

    /// `2.4.1`: each number on its own.
    fn several(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at).copied() else { return at + 1 };
        let mut start = token.start;
        for part in self.slice(at).split(|c: char| !c.is_ascii_digit()) {
            if let Reading::One(value, _) = read(part, self.tongue)
                && !part.is_empty()
            {
                let range = start..start + part.len();
                self.push(Key::Number(value), FactKind::Number, false, range, (at, at + 1));
            }
            // every sign between digits is one character; only the thin spaces are longer
            start += part.len();
            start += self
                .text
                .get(start..token.end)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        }
        at + 1
    }

    /// A number and what follows it: a unit, a percent sign, a month, or nothing.
    fn amount(&mut self, at: usize, amount: Amount) -> usize {
        let mut amount = amount;
        if self.is_and_half(amount.next)
            && let (Some(value), Some(Meaning::Unit(_))) =
                (amount.value.plus(Decimal::HALF), self.meaning(amount.next + self.half_length(amount.next)))
        {
            amount.next += self.half_length(amount.next);
            amount = Amount { value, other: None, soft: false, article: false, plain: None, ..amount };
        }
        if let Some(next) = self.length(at, &amount) {
            return next;
        }
        if amount.article {
            return at + 1;
        }
        let mut next = amount.next;
        let mut other = amount.other.map(Key::Number);
        let is_percent = match (self.kind(next), self.meaning(next), self.meaning(next + 1)) {
            (Some(Kind::Sign('%')), ..) | (_, Some(Meaning::Percent), _) => Some(1),
            (_, Some(Meaning::Per), Some(Meaning::Cent | Meaning::Hundreds(100))) => Some(2),
            _ => None,
        };
        if let Some(length) = is_percent {
            next += length;
            other = other.or(Some(Key::Number(amount.value.shifted(-2))));
        }
        let is_time = is_percent.is_none() && self.is_date_part(at, &amount);
        let kind = if is_time { FactKind::Time } else { FactKind::Number };
        self.add(Key::Number(amount.value), kind, amount.soft, at, next);
        if let Some(other) = other {
            self.or(other);
        }
        next
    }

    /// A number with its unit, added to a larger unit just before it (`1 h 30 min`); gives its unit to the number at
    /// the other end of a range (`2 to 3 hours`).
    fn length(&mut self, at: usize, amount: &Amount) -> Option<usize> {
        let mut place = amount.next;
        if matches!(self.kind(place), Some(Kind::Sign('-' | '‑' | '–'))) && self.is_glued(place + 1) {
            place += 1;
        }
        if self.meaning(place) == Some(Meaning::Filler) {
            place += 1;
        }
        let unit = match self.meaning(place)? {
            Meaning::Unit(unit) => unit,
            Meaning::SecondOrOrdinal if !amount.soft => ONE_SECOND,
            _ => return None,
        };
        let word = self.slice(place);
        // `1 m`, `5 s`: one letter is a unit in small letters alone; `5h` too
        if word.len() == 1 && !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut value = amount.value;
        let mut next = place + 1;
        let (base, mut start) = (unit.base, at);
        if self.is_and_half(next)
            && !matches!(self.meaning(next + self.half_length(next)), Some(Meaning::Unit(_)))
        {
            value = value.plus(Decimal::HALF)?;
            next += self.half_length(next);
        }
        let mut seconds = in_base(value, unit)?;
        self.inherit(at, unit);
        // a smaller unit belongs to the larger one before it
        if let Some(last) = self.facts.last()
            && let (Key::Length(before, larger), FactKind::Length) = (last.key, last.kind)
            && before == base
            && let Some((first, end)) = self.places.last().copied()
            && (end == at || (end + 1 == at && self.meaning(end) == Some(Meaning::Join(Joint::And))))
            && in_base(Decimal::whole(1), unit).is_some_and(|one| larger_than(larger, one, seconds))
            && let Some(sum) = larger.plus(seconds)
        {
            seconds = sum;
            start = first;
            self.facts.pop();
            self.places.pop();
        }
        let soft = amount.soft || amount.article;
        let next = self.add(Key::Length(base, seconds), FactKind::Length, soft, start, next);
        if let Some(other) = amount.other.and_then(|other| in_base(other, unit)) {
            self.or(Key::Length(base, other));
        } else if Meaning::Unit(unit) == HOUR
            && let Some(hour) = amount.plain.filter(|hour| *hour <= 24)
        {
            // `às 15 horas`
            let clock = Clock { second: hour % 24 * 3600, zone: None, either_half: false };
            self.or(Key::Clock(clock));
            if self.meaning(at.wrapping_sub(1)) == Some(Meaning::At) {
                self.swap();
            }
        }
        Some(next)
    }

    /// `2 to 3 hours`: the first number is one of hours as well.
    fn inherit(&mut self, at: usize, unit: Unit) {
        let joint = at.wrapping_sub(1);
        let joins = match self.kind(joint) {
            Some(Kind::Sign('-' | '–' | '—')) => true,
            _ => matches!(self.meaning(joint), Some(Meaning::Join(_))),
        };
        if !joins || self.places.last().map(|(_, end)| *end) != Some(joint) {
            return;
        }
        let Some(last) = self.facts.last_mut() else { return };
        if let (Key::Number(value), false) = (last.key, last.soft)
            && let Some(value) = in_base(value, unit)
        {
            last.key = Key::Length(unit.base, value);
            last.kind = FactKind::Length;
            last.other = match last.other {
                Some(Key::Number(other)) => in_base(other, unit).map(|other| Key::Length(unit.base, other)),
                other => other,
            };
        }
    }

    /// A number in words.
    fn words(&self, at: usize) -> Option<Amount> {
        let one = |value: u64, soft, article| Amount {
            value: Decimal::whole(value),
            other: None,
            soft,
            article,
            plain: None,
            next: at + 1,
        };
        match self.meaning(at)? {
            Meaning::Article => {
                return Some(match self.meaning(at + 1) {
                    Some(Meaning::Hundred) => Amount { next: at + 2, ..one(100, false, false) },
                    Some(Meaning::Scale(power)) => Amount {
                        value: Decimal::whole(1).shifted(power.into()),
                        next: at + 2,
                        ..one(1, false, false)
                    },
                    _ => one(1, true, true),
                });
            }
            Meaning::Zero => return Some(one(0, true, false)),
            Meaning::One if !matches!(self.meaning(at + 1), Some(Meaning::Hundred | Meaning::Scale(_))) => {
                return Some(one(1, true, false));
            }
            _ => {}
        }
        // hundreds, tens and units fall from left to right; a scale multiplies what was said so far
        let (mut sum, mut group, mut next, mut limit) = (0_u64, None::<u64>, at, 1000_u64);
        loop {
            let skip = usize::from((group.is_some() || sum > 0) && self.is_number_joint(next));
            let step = match self.meaning(next + skip) {
                Some(Meaning::Small(n)) => Some(u64::from(n)),
                Some(Meaning::One) if group.is_none() || limit <= 100 => Some(1),
                Some(Meaning::Tens(n)) => Some(u64::from(n)),
                Some(Meaning::Hundreds(n)) => Some(u64::from(n)),
                _ => None,
            };
            match (step, self.meaning(next), group) {
                (Some(n), ..)
                    if n < limit && (skip == 0 || limit < 1000 || self.tongue == Tongue::Portuguese) =>
                {
                    group = Some(group.unwrap_or(0) + n);
                    limit = match n {
                        0..20 => 0,
                        20..100 => 10,
                        _ => 100,
                    };
                    next += skip + 1;
                }
                (_, Some(Meaning::Hundred), Some(n @ 1..100)) => {
                    group = Some(n * 100);
                    limit = 100;
                    next += 1;
                }
                // `milhões de tarefas` is no number
                (_, Some(Meaning::Scale(power)), _) if group.is_some() || self.is_mil(next) => {
                    let factor = 10_u64.pow(power.into());
                    sum = sum.saturating_add(group.unwrap_or(1).saturating_mul(factor));
                    group = None;
                    limit = 1000;
                    next += 1;
                }
                _ => break,
            }
        }
        if next == at {
            return None;
        }
        Some(Amount { next, ..one(sum.saturating_add(group.unwrap_or(0)), false, false) })
    }

    /// The one power of ten that is a number by itself.
    fn is_mil(&self, at: usize) -> bool {
        self.slice(at).eq_ignore_ascii_case("mil")
    }

    /// `twenty-four`, `one hundred and five`, `vinte e quatro`.
    fn is_number_joint(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Sign('-')) => self.is_glued(at) && self.is_glued(at + 1),
            _ => self.meaning(at) == Some(Meaning::Join(Joint::And)),
        }
    }

    /// `half an hour`, `meia hora`, `meio-dia`, `half the time`.
    fn half(&mut self, at: usize) -> usize {
        let after = |n: usize| self.meaning(at + n);
        if self.tongue == Tongue::Portuguese {
            let dash = usize::from(self.kind(at + 1) == Some(Kind::Sign('-')));
            match self.slice(at + 1 + dash).to_lowercase().as_str() {
                "noite" => return self.hour(at, 0, at + 2 + dash),
                "dia" if dash == 1 => return self.hour(at, 12, at + 3),
                _ => {}
            }
        }
        let (place, is_half_of) = match after(1) {
            Some(Meaning::Unit(_)) => (at + 1, false),
            Some(Meaning::Article) => (at + 2, false),
            Some(Meaning::The | Meaning::Of) => (at + 2, self.tongue == Tongue::English),
            _ => (at + 1, false),
        };
        if !is_half_of
            && let Some(Meaning::Unit(unit)) = self.meaning(place)
            && let Some(value) = in_base(Decimal::HALF, unit)
        {
            return self.add(Key::Length(unit.base, value), FactKind::Length, false, at, place + 1);
        }
        self.add(Key::Number(Decimal::HALF), FactKind::Number, !is_half_of, at, at + 1)
    }

    fn is_and_half(&self, at: usize) -> bool {
        self.half_length(at) > 0
    }

    /// `and a half`, `e meia`: how many tokens it takes, 0 when it is not there.
    fn half_length(&self, at: usize) -> usize {
        if self.meaning(at) != Some(Meaning::Join(Joint::And)) {
            return 0;
        }
        match (self.meaning(at + 1), self.meaning(at + 2)) {
            (Some(Meaning::Half), _) if self.tongue == Tongue::Portuguese => 2,
            (Some(Meaning::Article), Some(Meaning::Half)) => 3,
            _ => 0,
        }
    }

    /// The day or the year of a date, or a year alone.
    fn is_date_part(&self, at: usize, amount: &Amount) -> bool {
        let Some(number) = amount.plain else { return false };
        let is_month = |place: usize| {
            matches!(self.meaning(place), Some(Meaning::Month(_) | Meaning::MonthBesideNumber(_)))
        };
        let before = |n: usize| at.checked_sub(n);
        if (1900..2100).contains(&number) && self.slice(at).len() == 4 {
            return true;
        }
        // `10 de novembro`, `10th of November`
        let mut next = amount.next;
        if matches!(self.slice(next), "º" | "st" | "nd" | "rd" | "th") && self.is_glued(next) {
            next += 1;
        }
        let of = usize::from(self.meaning(next) == Some(Meaning::Of));
        if is_month(next) || (of == 1 && is_month(next + 1)) || before(1).is_some_and(is_month) {
            return true;
        }
        // `2017-11-10`, `10/11/2017`
        let joined = |sign: char, from: usize, to: usize| {
            self.kind(from + 1) == Some(Kind::Sign(sign))
                && self.kind(from) == Some(Kind::Number)
                && self.kind(to) == Some(Kind::Number)
                && self.is_glued(from + 1)
                && self.is_glued(to)
        };
        let is_year = |place: usize| self.slice(place).len() == 4;
        let dashed = |n: usize| before(n).is_some_and(|from| is_year(from) && joined('-', from, from + 2));
        let slashed = joined('/', at, at + 2) || before(2).is_some_and(|from| joined('/', from, at));
        number <= 31 && (slashed || dashed(2) || dashed(4))
    }

    fn is_beside_number(&self, at: usize) -> bool {
        let is_number = |place: usize| self.kind(place) == Some(Kind::Number);
        let before = |n: usize| at.checked_sub(n).is_some_and(is_number);
        let is_name = self.tongue == Tongue::Portuguese
            || self.slice(at).chars().next().is_some_and(char::is_uppercase);
        let after_of =
            at.checked_sub(1).is_some_and(|place| self.meaning(place) == Some(Meaning::Of)) && before(2);
        is_name && (before(1) || after_of || is_number(at + 1))
    }

    /// `-feira` after `sexta`.
    fn is_feira(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Sign('-'))
            && matches!(self.slice(at + 1).to_lowercase().as_str(), "feira" | "feiras")
    }

    /// A name, not a day of the week.
    fn is_black_friday(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| matches!(self.slice(before), "Black" | "Good" | "Cyber"))
    }

    /// A whole number of at most two digits.
    fn whole(&self, at: usize) -> Option<u32> {
        if self.kind(at) != Some(Kind::Number) {
            return None;
        }
        let slice = self.slice(at);
        if slice.len() > 2 { None } else { slice.parse().ok() }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn meaning(&self, at: usize) -> Option<Meaning> {
        match self.kind(at)? {
            Kind::Word(meaning, _) => meaning,
            _ => None,
        }
    }

    fn slice(&self, at: usize) -> &'t str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// Adds what stands from token `at` to before token `next`; gives `next` back.
    fn add(&mut self, key: Key, kind: FactKind, soft: bool, at: usize, next: usize) -> usize {
        let start = self.tokens.get(at).map_or(0, |token| token.start);
        let end = self.tokens.get(next.saturating_sub(1)).map_or(start, |token| token.end);
        self.push(key, kind, soft, start..end.max(start), (at, next));
        next
    }

    fn push(&mut self, key: Key, kind: FactKind, soft: bool, range: Range<usize>, place: (usize, usize)) {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let in_digits = written.bytes().any(|byte| byte.is_ascii_digit());
        self.facts.push(Fact { key, other: None, kind, soft, in_digits, range });
        self.places.push(place);
    }

    /// The last fact may say this as well.
    fn or(&mut self, key: Key) {
        if let Some(last) = self.facts.last_mut() {
            last.other = Some(key);
        }
    }

    /// The last fact's second reading becomes its first.
    fn swap(&mut self) {
        if let Some(last) = self.facts.last_mut()
            && let Some(other) = last.other
        {
            last.other = Some(last.key);
            last.key = other;
            last.kind = match other {
                Key::Clock(_) | Key::Month(_) | Key::Weekday(_) => FactKind::Time,
                Key::Length(..) => FactKind::Length,
                Key::Number(_) => FactKind::Number,
            };
        }
    }
}

/// A value of this unit in its base.
fn in_base(value: Decimal, unit: Unit) -> Option<Decimal> {
    Some(value.times(unit.factor.into())?.shifted(unit.power.into()))
}

/// Whether what stands before counts in a larger unit than `one`, and the rest fits under one of it.
fn larger_than(before: Decimal, one: Decimal, rest: Decimal) -> bool {
    let whole = |value: Decimal| value.shifted(3).as_whole();
    match (whole(before), whole(one), whole(rest)) {
        (Some(before), Some(one), Some(rest)) => {
            before >= one && before.is_multiple_of(one) && rest < before && {
                // 1 h + 30 min, 2 days + 3 h: the rest is less than the unit before
                [60_000, 3_600_000, 86_400_000, 604_800_000, 12_000]
                    .iter()
                    .any(|larger: &u64| before.is_multiple_of(*larger) && rest < *larger && one < *larger)
            }
        }
        _ => false,
    }
}
