//! Times of day, as both languages write them, and the zones beside them.

use super::*;

impl Reader<'_> {
    pub(super) fn hour(&mut self, at: usize, hour: u8, next: usize) -> usize {
        let (zone, next) = self.zone_after(next);
        let clock = Clock { second: u32::from(hour) * 3600, zone, either_half: false };
        self.add(Key::Clock(clock), FactKind::Time, false, at, next)
    }

    /// A time of day that begins with a number at `at`.
    pub(super) fn clock(&mut self, at: usize) -> Option<usize> {
        let hour = self.whole(at).filter(|hour| *hour <= 24)?;
        let mut next = at + 1;
        let (mut minute, mut second, mut with_colon, mut with_h) = (0, 0, false, false);
        let sixty = |place: usize| {
            let number = self.whole(place).filter(|number| *number < 60)?;
            (self.is_glued(place) && self.slice(place).len() == 2).then_some(number)
        };
        if self.kind(next) == Some(Kind::Sign(':')) && self.is_glued(next) {
            minute = sixty(next + 1)?;
            with_colon = true;
            next += 2;
            if self.kind(next) == Some(Kind::Sign(':'))
                && self.is_glued(next)
                && let Some(seconds) = sixty(next + 1)
            {
                second = seconds;
                next += 2;
            }
        } else if self.is_glued(next) && matches!(self.slice(next), "h" | "H") {
            with_h = true;
            next += 1;
            if let Some(number) = sixty(next) {
                minute = number;
                next += 1;
                if self.is_glued(next) && matches!(self.slice(next), "min" | "m") {
                    next += 1;
                }
            }
        }
        let mut sure = with_colon;
        let mut hour = hour;
        let mut either_half =
            self.tongue == Tongue::English && with_colon && !self.slice(at).starts_with('0');
        if let Some((pm, after)) = self.half_of_day(next, with_h || with_colon)
            && (1..=12).contains(&hour)
        {
            hour = hour % 12 + if pm { 12 } else { 0 };
            either_half = false;
            sure = true;
            next = after;
        } else if let Some((_, after)) = self.half_of_day(next, with_h || with_colon)
            && (with_h || with_colon)
        {
            // `15h da tarde`
            sure = true;
            next = after;
        }
        if !(sure || with_h) {
            return None;
        }
        let (zone, after) = self.zone_after(next);
        let hinted =
            zone.is_some() || self.meaning(at.wrapping_sub(1)) == Some(Meaning::At) || self.is_as_or_das(at);
        next = after;
        either_half &= (1..12).contains(&hour);
        let clock = Key::Clock(Clock { second: hour % 24 * 3600 + minute * 60 + second, zone, either_half });
        let length = Decimal::whole((hour * 3600 + minute * 60 + second).into());
        self.add(clock, FactKind::Time, false, at, next);
        if !sure {
            self.or(Key::Length(Base::Seconds, length));
            if !hinted {
                self.swap();
                self.inherit(at, Unit { base: Base::Seconds, power: 0, factor: 3600 });
            }
        }
        Some(next)
    }

    /// `am`, `p.m.`, `da tarde` (also `horas da tarde`): whether after noon, and the token after it.
    fn half_of_day(&self, at: usize, is_clock: bool) -> Option<(bool, usize)> {
        if self.tongue == Tongue::English {
            if let Some(Meaning::Half12(pm)) = self.meaning(at) {
                return Some((pm, at + 1));
            }
            let pm = match self.slice(at) {
                "a" | "A" => false,
                "p" | "P" => true,
                _ => return None,
            };
            let dotted =
                self.kind(at + 1) == Some(Kind::Sign('.')) && matches!(self.slice(at + 2), "m" | "M");
            let stop = usize::from(self.kind(at + 3) == Some(Kind::Sign('.')));
            return (dotted && self.is_glued(at + 2)).then_some((pm, at + 3 + stop));
        }
        let place = if !is_clock && self.meaning(at) == Some(HOUR) { at + 1 } else { at };
        match (self.meaning(place), self.meaning(place + 1)) {
            (Some(Meaning::Of), Some(Meaning::DayPart(pm))) => Some((pm, place + 2)),
            _ => None,
        }
    }

    /// A zone just after a clock time, in brackets or after a comma or neither, and the token after it.
    fn zone_after(&self, at: usize) -> (Option<ClockZone>, usize) {
        let sign = usize::from(matches!(self.kind(at), Some(Kind::Sign('(' | ','))));
        match self.zone(at + sign) {
            Some((zone, next)) => {
                let closes =
                    self.kind(at) == Some(Kind::Sign('(')) && self.kind(next) == Some(Kind::Sign(')'));
                (Some(zone), next + usize::from(closes))
            }
            None => (None, at),
        }
    }

    /// `UTC`, `UTC−3`, `BRT`, `Brasília time`, `horário de Brasília`, `Z`.
    pub(super) fn zone(&self, at: usize) -> Option<(ClockZone, usize)> {
        let place =
            if matches!(self.slice(at), "horário" | "hora") && self.meaning(at + 1) == Some(Meaning::Of) {
                at + 2
            } else {
                at
            };
        let east = match self.meaning(place)? {
            Meaning::Brasilia => {
                let time = usize::from(matches!(self.slice(place + 1), "time" | "Time"));
                return Some((ClockZone::Brasilia, place + 1 + time));
            }
            Meaning::Zone(east) if self.slice(place).bytes().all(|byte| byte.is_ascii_uppercase()) => east,
            _ => return None,
        };
        let sign = match self.kind(place + 1) {
            Some(Kind::Sign('+')) => 1,
            Some(Kind::Sign('-' | '−' | '–')) => -1,
            _ => return Some((ClockZone::Fixed(east), place + 1)),
        };
        let hours =
            self.whole(place + 2).filter(|hours| *hours <= 14 && east == 0 && self.is_glued(place + 2));
        let Some(hours) = hours else { return Some((ClockZone::Fixed(east), place + 1)) };
        let mut minutes = hours * 60;
        let mut next = place + 3;
        if self.kind(next) == Some(Kind::Sign(':'))
            && let Some(more) = self.whole(next + 1).filter(|more| *more < 60)
        {
            minutes += more;
            next += 2;
        }
        Some((ClockZone::Fixed(sign * i16::try_from(minutes).ok()?), next))
    }

    /// `as 22h`, `das 22h`: the accent is often left out.
    fn is_as_or_das(&self, at: usize) -> bool {
        self.tongue == Tongue::Portuguese
            && at.checked_sub(1).is_some_and(|before| {
                let word = self.slice(before);
                ["as", "das", "à", "até"].iter().any(|hint| word.eq_ignore_ascii_case(hint))
            })
    }
}
