//! Lengths that a source states without end points: `~20h ±30m`, `20h`, `{min, max}` (format: *StatedDuration*).

use super::read::split_tolerance;
use super::{Length, LengthFault, Span, read_length};

/// A stated length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stated {
    /// The lengths it allows. `{about}` without `plus_minus` is computed as exact.
    pub span: Span,
    /// How it was approximated, when it was.
    pub about: Option<Approximate>,
}

/// The middle of an approximate length and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Approximate {
    /// The middle, in seconds.
    pub middle: i64,
    /// How far off it may be, in seconds; `None` when left out (`approximate-without-bounds` warns).
    pub plus_minus: Option<i64>,
}

impl Stated {
    /// A length stated exactly. Refuses business days.
    pub fn exact(length: Length) -> Result<Self, LengthFault> {
        Ok(Self { span: Span::exact(elapsed(length)?), about: None })
    }

    /// `{about, plus_minus}`. Refuses business days. Never below zero.
    pub fn about(middle: Length, plus_minus: Option<Length>) -> Result<Self, LengthFault> {
        let middle = elapsed(middle)?;
        let plus_minus = plus_minus.map(elapsed).transpose()?;
        let delta = plus_minus.unwrap_or(0);
        let span = Span::between(middle.saturating_sub(delta).max(0), middle.saturating_add(delta));
        Ok(Self { span, about: Some(Approximate { middle, plus_minus }) })
    }

    /// `{min, max}`; either may be left out. Refuses business days and `min > max`.
    pub fn between(min: Option<Length>, max: Option<Length>) -> Result<Self, LengthFault> {
        let min = min.map(elapsed).transpose()?.unwrap_or(0);
        let max = max.map(elapsed).transpose()?;
        if max.is_some_and(|max| max < min) {
            return Err(LengthFault::Reversed);
        }
        Ok(Self { span: Span { min, max }, about: None })
    }

    /// The lengths it allows.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// Reads the short forms of a stated length: `20h`, `~20h ±30m`, `~20h +-30m`, `~20h`.
pub fn read_stated(text: &str) -> Result<Stated, LengthFault> {
    let Some(text) = text.strip_prefix('~') else { return Stated::exact(read_length(text)?) };
    let (middle, plus_minus) = split_tolerance(text);
    Stated::about(read_length(middle)?, plus_minus.map(read_length).transpose()?)
}

fn elapsed(length: Length) -> Result<i64, LengthFault> {
    length.seconds().ok_or(LengthFault::BusinessDays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stated_lengths_are_read_in_every_short_form() {
        let about = |middle, plus_minus| Some(Approximate { middle, plus_minus });
        for (text, span, approximate) in [
            ("20h", Span::exact(72_000), None),
            ("~20h", Span::exact(72_000), about(72_000, None)),
            ("~20h ±30m", Span::between(70_200, 73_800), about(72_000, Some(1_800))),
            ("~20h +-30m", Span::between(70_200, 73_800), about(72_000, Some(1_800))),
            ("~1h 30m ± 5m", Span::between(5_100, 5_700), about(5_400, Some(300))),
            ("~PT6H±PT30M", Span::between(19_800, 23_400), about(21_600, Some(1_800))),
            ("~10m ±1h", Span::between(0, 4_200), about(600, Some(3_600))),
        ] {
            assert_eq!(read_stated(text), Ok(Stated { span, about: approximate }), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_stated_length_is_refused() {
        use LengthFault::*;
        for (text, expected) in [
            ("", Empty),
            ("~", Empty),
            ("~20h ±", Empty),
            ("20h ±30m", NotALength),
            ("~20 ±30m", NoUnit),
            ("~20h ±30", NoUnit),
            ("5bd", BusinessDays),
            ("~20h ±5bd", BusinessDays),
            ("~~20h", NotALength),
        ] {
            assert_eq!(read_stated(text), Err(expected), "{text}");
        }
        let hours = |n: i64| Some(Length::Seconds(n * 3_600));
        assert_eq!(Stated::between(hours(2), hours(1)), Err(Reversed));
        assert_eq!(Stated::between(hours(2), None).unwrap().span(), Span::at_least(7_200));
        assert_eq!(Stated::between(None, None).unwrap().span(), Span::UNKNOWN);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(any in ".*", near in "~?[0-9]{1,20}[hmd](±|\\+-| )?[0-9]{0,20}[hmd]?") {
            for text in [any, near] {
                if let Ok(stated) = read_stated(&text) {
                    prop_assert!(stated.span.min >= 0 && stated.span.max.is_none_or(|max| max >= stated.span.min));
                }
            }
        }
    }
}
