//! Numbers as they are written, with either decimal sign, and their exact values.

use xxhash_rust::xxh3::xxh3_64;

use super::Tongue;

/// An exact decimal number without a sign: equal when the values are, however they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Decimal {
    /// Without zeros at its end. Of a number too long for it, a hash of the digits.
    digits: u64,
    /// The power of ten that `digits` counts; [`LONG`] marks a hash.
    exponent: i32,
}

/// No short number has this exponent.
const LONG: i32 = i32::MAX;

/// As many digits as always fit.
const MOST_DIGITS: usize = 19;

/// What a literal can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// One number; the second value is what the other convention reads, where both make sense (`1.000`).
    One(Decimal, Option<Decimal>),
    /// Several numbers with signs between them: `2.4.1`, `1,2,3`.
    Several,
}

impl Decimal {
    pub(super) const HALF: Self = Self { digits: 5, exponent: -1 };

    /// A whole number.
    pub(super) fn whole(number: u64) -> Self {
        Self { digits: number, exponent: 0 }.trimmed()
    }

    /// `whole` before the decimal sign, `part` after it: digits alone, others are passed over.
    fn of(whole: &str, part: &str) -> Self {
        let digits = || whole.chars().chain(part.chars()).filter(char::is_ascii_digit);
        let shift = part.chars().filter(char::is_ascii_digit).count();
        let significant: usize = digits().skip_while(|c| *c == '0').count();
        if significant > MOST_DIGITS {
            let part = part.trim_end_matches('0');
            let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
            let plain = format!("{}.{part}", plain.trim_start_matches('0'));
            return Self { digits: xxh3_64(plain.as_bytes()), exponent: LONG };
        }
        let number = digits().fold(0_u64, |number, c| {
            number.saturating_mul(10).saturating_add(u64::from(c.to_digit(10).unwrap_or(0)))
        });
        let exponent = i32::try_from(shift).map_or(LONG, |shift| -shift);
        Self { digits: number, exponent }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        if self.digits == 0 {
            return Self { digits: 0, exponent: 0 };
        }
        while self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.exponent += 1;
        }
        self
    }

    /// Times a power of ten.
    pub(super) fn shifted(self, power: i32) -> Self {
        match self.exponent {
            LONG => self,
            _ if self.digits == 0 => self,
            exponent => Self { exponent: exponent.saturating_add(power).min(LONG - 1), ..self },
        }
    }

    /// Times a whole number; `None` when that is too long.
    pub(super) fn times(self, factor: u64) -> Option<Self> {
        if self.exponent == LONG {
            return None;
        }
        Some(Self { digits: self.digits.checked_mul(factor)?, exponent: self.exponent }.trimmed())
    }

    /// The sum; `None` when that is too long.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        if self.exponent == LONG || other.exponent == LONG {
            return None;
        }
        let exponent = self.exponent.min(other.exponent);
        let aligned = |number: Self| {
            let power = u32::try_from(number.exponent.checked_sub(exponent)?).ok()?;
            number.digits.checked_mul(10_u64.checked_pow(power)?)
        };
        Some(Self { digits: aligned(self)?.checked_add(aligned(other)?)?, exponent }.trimmed())
    }

    /// The value when it is a whole number that fits.
    pub(super) fn as_whole(self) -> Option<u64> {
        let power = u32::try_from(self.exponent).ok()?;
        self.digits.checked_mul(10_u64.checked_pow(power)?)
    }
}

/// What digits with points, commas and thin spaces between them mean. A decimal sign of the other language is one all
/// the same, so that `10,5` in an English text is ten and a half.
pub(super) fn read(literal: &str, tongue: Tongue) -> Reading {
    let (decimal, group) = match tongue {
        Tongue::English => ('.', ','),
        Tongue::Portuguese => (',', '.'),
    };
    let is_sign = |c: char| c == '.' || c == ',';
    let mut signs = literal.char_indices().filter(|(_, c)| is_sign(*c));
    let Some((first, sign)) = signs.next() else { return Reading::One(Decimal::of(literal, ""), None) };
    let (last, last_sign) = signs.next_back().unwrap_or((first, sign));
    let (Some((whole, part)), Some((head, _))) =
        (literal.split_at_checked(last), literal.split_at_checked(first))
    else {
        return Reading::Several;
    };
    let part = part.get(1..).unwrap_or_default();
    // one sign
    if first == last {
        let split = Decimal::of(whole, part);
        if part.len() != 3 || !(1..=3).contains(&head.len()) || head.starts_with('0') {
            return Reading::One(split, None);
        }
        let grouped = Decimal::of(literal, "");
        return match sign {
            sign if sign == decimal => Reading::One(split, Some(grouped)),
            sign if sign == group => Reading::One(grouped, Some(split)),
            _ => Reading::Several,
        };
    }
    let is_grouped = |text: &str| {
        let mut groups = text.split(is_sign);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.all(|group| group.len() == 3)
    };
    let is_even = |text: &str| text.chars().filter(|c| is_sign(*c)).all(|c| c == sign);
    if is_even(literal) {
        return if is_grouped(literal) {
            Reading::One(Decimal::of(literal, ""), None)
        } else {
            Reading::Several
        };
    }
    if last_sign != sign && is_even(whole) && is_grouped(whole) {
        return Reading::One(Decimal::of(whole, part), None);
    }
    Reading::Several
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(literal: &str, tongue: Tongue) -> Decimal {
        match read(literal, tongue) {
            Reading::One(value, _) => value,
            Reading::Several => panic!("{literal} is several"),
        }
    }

    #[test]
    fn a_number_is_equal_in_both_conventions() {
        use Tongue::{English, Portuguese};
        for (english, portuguese) in [
            ("10.5", "10,5"),
            ("10,5", "10.5"),
            ("1,000", "1.000"),
            ("1,234.5", "1.234,5"),
            ("1,234,567", "1.234.567"),
            ("0.125", "0,125"),
            ("10.50", "10,5"),
            ("007", "7"),
            ("1\u{a0}000", "1.000"),
            ("12345678901234567890123.50", "12345678901234567890123,5"),
        ] {
            assert_eq!(one(english, English), one(portuguese, Portuguese), "{english} {portuguese}");
        }
        assert_ne!(one("1.000", English), one("1.000", Portuguese));
        assert_ne!(one("12345678901234567890123", English), one("12345678901234567890124", English));
        for several in ["2.4.1", "1,2,3", "10.0.0.1", "1,2.3,4", "1,23.4.5"] {
            assert_eq!(read(several, English), Reading::Several, "{several}");
        }
    }

    #[test]
    fn sums_and_products_are_exact() {
        let one = |text| one(text, Tongue::English);
        assert_eq!(one("1.5").times(60), Some(one("90")));
        assert_eq!(one("1.5").plus(one("0.25")), Some(one("1.75")));
        assert_eq!(one("2").shifted(3), one("2000"));
        assert_eq!(one("2000").as_whole(), Some(2000));
        assert_eq!(one("1.5").as_whole(), None);
        assert_eq!(one("18446744073709551615").times(2), None);
    }

    proptest! {
        #[test]
        fn any_number_written_in_both_conventions_is_equal(whole in 0_u64..10_000_000_000, part in "[0-9]{0,4}") {
            let grouped = |sign: char| {
                let digits = whole.to_string();
                let mut out = String::new();
                for (i, c) in digits.chars().enumerate() {
                    if i > 0 && (digits.len() - i).is_multiple_of(3) {
                        out.push(sign);
                    }
                    out.push(c);
                }
                out
            };
            let with = |sign: char, decimal: char| {
                if part.is_empty() { grouped(sign) } else { format!("{}{decimal}{part}", grouped(sign)) }
            };
            prop_assert_eq!(
                one(&with(',', '.'), Tongue::English),
                one(&with('.', ','), Tongue::Portuguese)
            );
        }

        #[test]
        fn any_literal_is_read_without_harm(literal in "[0-9.,\u{a0}é]{0,40}") {
            read(&literal, Tongue::English);
            read(&literal, Tongue::Portuguese);
        }
    }
}
