//! The brand's colour, made readable: as dark or as light as its ground needs, and no further.

use schemars::JsonSchema;
use serde::Serialize;

/// A colour on each ground, `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub(super) struct Accent {
    /// On a light ground.
    pub(super) light: String,
    /// On a dark ground.
    pub(super) dark: String,
}

type Rgb = [f64; 3];

/// The grounds of the styles that text in this colour stands on.
const LIGHT: Rgb = [0xF1 as f64, 0xF3 as f64, 0xF5 as f64];
const DARK: Rgb = [0x23 as f64, 0x2A as f64, 0x32 as f64];
/// The least contrast of text with its ground (WCAG 2.2, success criterion 1.4.3).
const LEAST: f64 = 4.5;

impl Accent {
    /// The colours nearest to `#rrggbb` that can be read; `None` when it is no colour.
    pub(super) fn of(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let part = |shift: u32| f64::from((number >> shift) & 0xFF);
        let given = [part(16), part(8), part(0)];
        Some(Self {
            light: hex(readable(given, LIGHT, [0.0; 3])),
            dark: hex(readable(given, DARK, [255.0; 3])),
        })
    }
}

/// The colour, moved towards `end` until it can be read on `ground`.
fn readable(given: Rgb, ground: Rgb, end: Rgb) -> Rgb {
    let mixed = |step: u32| {
        let share = f64::from(step) / 64.0;
        let mix = |(from, to): (f64, f64)| (from + (to - from) * share).round();
        let mut parts = given.into_iter().zip(end).map(mix);
        [(); 3].map(|()| parts.next().unwrap_or_default())
    };
    (0..=64).map(mixed).find(|colour| contrast(*colour, ground) >= LEAST).unwrap_or(end)
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, *contrast ratio*).
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2.2, *relative luminance*.
fn luminance([r, g, b]: Rgb) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

fn hex(colour: Rgb) -> String {
    colour.iter().fold("#".to_owned(), |text, part| format!("{text}{:02x}", *part as u8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let accent = Accent::of("#0b6e4f").unwrap();
        assert_eq!(accent.light, "#0b6e4f");
        assert_ne!(accent.dark, "#0b6e4f");
        assert_eq!(Accent::of("green"), None);
        assert_eq!(Accent::of("#12345"), None);
        assert_eq!(Accent::of("#zz3456"), None);
    }

    #[test]
    fn contrast_is_that_of_the_recommendation() {
        assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
        // a grey known for just passing on white
        assert!((contrast([0x76 as f64; 3], [255.0; 3]) - 4.54).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn any_colour_can_be_read(number in 0_u32..0x0100_0000) {
            let accent = Accent::of(&format!("#{number:06x}")).unwrap();
            let parts = |text: &str| {
                let number = u32::from_str_radix(text.trim_start_matches('#'), 16).unwrap();
                [16, 8, 0].map(|shift| f64::from((number >> shift) & 0xFF))
            };
            prop_assert!(contrast(parts(&accent.light), LIGHT) >= LEAST);
            prop_assert!(contrast(parts(&accent.dark), DARK) >= LEAST);
        }
    }
}
