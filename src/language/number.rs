//! Numbers, lists and quotation marks.

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

use super::Language;

/// More digits than this after the separator are noise of the binary fraction.
const MOST_DECIMALS: usize = 12;

impl Language {
    /// A whole number with its digits grouped: `1,234,567` and `1.234.567`.
    pub fn integer(&self, number: i64) -> String {
        let mut out = String::new();
        self.push_digits(&mut out, number < 0, &number.unsigned_abs().to_string(), "");
        out
    }

    /// A number rounded to `decimals` places: `1,234.5` and `1.234,5`. What is not a number is `unknown`.
    pub fn number(&self, number: f64, decimals: usize) -> String {
        if !number.is_finite() {
            return self.tables.unknown.clone();
        }
        let digits = format!("{:.*}", decimals.min(MOST_DECIMALS), number.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        // what rounds to nothing has no sign
        let negative = number < 0.0 && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        let mut out = String::new();
        self.push_digits(&mut out, negative, whole, fraction);
        out
    }

    /// A percentage, given in percent (12.5, not 0.125): `12.5%` and `12,5%`.
    pub fn percent(&self, percent: f64, decimals: usize) -> String {
        self.tables.percent.with(&[&self.number(percent, decimals)])
    }

    /// How many times as much: `4.9 times` and `4,9 vezes`. One decimal below ten unless it is whole, none from ten on.
    pub fn factor(&self, factor: f64) -> String {
        let tenths = (factor * 10.0).round() / 10.0;
        let decimals = usize::from(tenths.abs() < 10.0 && tenths.fract() != 0.0);
        let options = FluentNumberOptions { minimum_fraction_digits: Some(decimals), ..Default::default() };
        // the plural goes by what is shown
        let shown = if decimals == 0 { tenths.round() } else { tenths };
        self.tables.factor(FluentNumber::new(shown, options).into(), self.number(shown, decimals))
    }

    /// Words in a row: `a`, `a and b`, `a, b and c`.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let mut out = String::new();
        for (index, item) in items.iter().enumerate() {
            let joiner =
                if index + 1 == items.len() { &self.tables.list_last } else { &self.tables.list_middle };
            out = if index == 0 { item.as_ref().to_owned() } else { joiner.with(&[&out, item.as_ref()]) };
        }
        out
    }

    /// Text in quotation marks.
    pub fn quote(&self, text: &str) -> String {
        self.tables.quote.with(&[text])
    }

    fn push_digits(&self, out: &mut String, negative: bool, whole: &str, fraction: &str) {
        if negative {
            out.push_str(&self.tables.minus_sign);
        }
        let grouped = whole.len() >= self.tables.group_from.max(1);
        for (index, digit) in whole.chars().enumerate() {
            if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
                out.push_str(&self.tables.group_separator);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(&self.tables.decimal_separator);
            out.push_str(fraction);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(tell: impl Fn(&Language) -> String) -> [String; 2] {
        ["en", "pt-BR"].map(|tag| tell(Language::tagged(tag).unwrap()))
    }

    #[test]
    fn integers_are_grouped_by_threes() {
        let check = |number: i64, en: &str, pt: &str| assert_eq!(both(|l| l.integer(number)), [en, pt]);
        check(0, "0", "0");
        check(999, "999", "999");
        check(1234, "1,234", "1.234");
        check(-1_234_567, "−1,234,567", "−1.234.567");
        check(i64::MIN, "−9,223,372,036,854,775,808", "−9.223.372.036.854.775.808");
    }

    #[test]
    fn numbers_are_rounded_to_the_decimals_asked_for() {
        let check = |number: f64, decimals: usize, en: &str, pt: &str| {
            assert_eq!(both(|l| l.number(number, decimals)), [en, pt]);
        };
        check(1234.5, 1, "1,234.5", "1.234,5");
        check(1234.5, 0, "1,234", "1.234");
        check(0.875, 2, "0.88", "0,88");
        check(-0.04, 1, "0.0", "0,0");
        check(-0.06, 1, "−0.1", "−0,1");
        check(999_999.96, 1, "1,000,000.0", "1.000.000,0");
        check(0.1, 4000, "0.100000000000", "0,100000000000");
        check(f64::NAN, 1, "unknown", "desconhecido");
        check(f64::NEG_INFINITY, 1, "unknown", "desconhecido");
        assert_eq!(both(|l| l.percent(12.5, 1)), ["12.5%", "12,5%"]);
        assert_eq!(both(|l| l.percent(100.0, 0)), ["100%", "100%"]);
    }

    #[test]
    fn factors_have_their_plural() {
        let check = |factor: f64, en: &str, pt: &str| assert_eq!(both(|l| l.factor(factor)), [en, pt]);
        check(4.875, "4.9 times", "4,9 vezes");
        check(36.0, "36 times", "36 vezes");
        check(36.4, "36 times", "36 vezes");
        check(9.96, "10 times", "10 vezes");
        check(2.0, "2 times", "2 vezes");
        check(1.0, "1 time", "1 vez");
        check(1.04, "1 time", "1 vez");
        check(1.5, "1.5 times", "1,5 vez");
        check(0.5, "0.5 times", "0,5 vez");
        check(1_500_000.0, "1,500,000 times", "1.500.000 vezes");
    }

    #[test]
    fn lists_end_with_and() {
        let check = |items: &[&str], en: &str, pt: &str| assert_eq!(both(|l| l.list(items)), [en, pt]);
        check(&[], "", "");
        check(&["a"], "a", "a");
        check(&["a", "b"], "a and b", "a e b");
        check(&["a", "b", "c", "d"], "a, b, c and d", "a, b, c e d");
        assert_eq!(both(|l| l.quote("no")), ["“no”", "“no”"]);
    }
}
