//! What a plain scalar means: YAML 1.2's core schema as the fast reader (`serde_yaml`) has it, to the letter.
//!
//! The two readers of a file must never differ in a value, so these rules follow the fast one even where it goes
//! beyond the schema (`0b101`, whole numbers of 128 bits); a test runs both over the same scalars.

use std::num::ParseIntError;

use crate::locate::tree::{Scalar, Tag};

/// The meaning of a scalar where its type is left open.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Empty, `~`, `null`.
    Null,
    /// `true`, `false`.
    YesNo(bool),
    /// A whole number that is not negative.
    Whole(u64),
    /// A negative whole number.
    Negative(i64),
    /// A whole number that is larger than [`Meaning::Whole`] holds.
    Huge(u128),
    /// A negative whole number beyond [`Meaning::Negative`].
    HugeNegative(i128),
    /// A number with a fraction or an exponent, `.inf`, `.nan`.
    Number(f64),
    /// Every other scalar, quoted ones among them.
    Text,
}

/// The meaning of `scalar`; `None` if it is not what its tag says.
pub(super) fn meaning(scalar: &Scalar) -> Option<Meaning> {
    let text = scalar.text.as_str();
    match scalar.tag {
        Some(Tag::Bool) => yes_no(text).map(Meaning::YesNo),
        Some(Tag::Int) => int(text),
        Some(Tag::Float) => float(text).map(Meaning::Number),
        Some(Tag::Null) => is_null_word(text).then_some(Meaning::Null),
        Some(Tag::Text) => Some(Meaning::Text),
        None if !scalar.plain => Some(Meaning::Text),
        None if text.is_empty() || is_null_word(text) => Some(Meaning::Null),
        None => Some(
            yes_no(text)
                .map(Meaning::YesNo)
                .or_else(|| int(text))
                .or_else(|| if has_leading_zero(text) { None } else { float(text).map(Meaning::Number) })
                .unwrap_or(Meaning::Text),
        ),
    }
}

/// Whether `scalar` stands for nothing.
pub(super) fn is_null(scalar: &Scalar) -> bool {
    let word = is_null_word(&scalar.text);
    match scalar.tag {
        Some(Tag::Null) => word,
        Some(_) => false,
        None => scalar.plain && (scalar.text.is_empty() || word),
    }
}

/// Whether `scalar` is nothing at all, which reads as an empty list or mapping.
pub(super) fn is_empty(scalar: &Scalar) -> bool {
    scalar.plain && scalar.text.is_empty()
}

/// `true` or `false`, when that is asked for.
pub(super) fn as_yes_no(scalar: &Scalar) -> Option<bool> {
    unquoted(scalar, Tag::Bool).and_then(yes_no)
}

/// A whole number, when that is asked for.
pub(super) fn as_whole(scalar: &Scalar) -> Option<u64> {
    unquoted(scalar, Tag::Int).and_then(|text| whole(text, u64::from_str_radix))
}

/// A whole number of any sign, when that is asked for.
pub(super) fn as_signed(scalar: &Scalar) -> Option<i64> {
    unquoted(scalar, Tag::Int).and_then(|text| signed(text, i64::from_str_radix))
}

/// A number, when that is asked for.
pub(super) fn as_number(scalar: &Scalar) -> Option<f64> {
    unquoted(scalar, Tag::Float).and_then(float)
}

fn unquoted(scalar: &Scalar, tag: Tag) -> Option<&str> {
    (scalar.plain || scalar.tag == Some(tag)).then_some(scalar.text.as_str())
}

fn is_null_word(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL" | "~")
}

fn yes_no(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn int(text: &str) -> Option<Meaning> {
    whole(text, u64::from_str_radix)
        .map(Meaning::Whole)
        .or_else(|| negative(text, i64::from_str_radix).map(Meaning::Negative))
        .or_else(|| whole(text, u128::from_str_radix).map(Meaning::Huge))
        .or_else(|| negative(text, i128::from_str_radix).map(Meaning::HugeNegative))
}

const BASES: [(&str, u32); 3] = [("0x", 16), ("0o", 8), ("0b", 2)];

type Radix<T> = fn(&str, u32) -> Result<T, ParseIntError>;

fn has_sign(text: &str) -> bool {
    text.starts_with(['+', '-'])
}

fn whole<T>(text: &str, radix: Radix<T>) -> Option<T> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    for (prefix, base) in BASES {
        if let Some(digits) = digits.strip_prefix(prefix) {
            if has_sign(digits) {
                return None;
            }
            if let Ok(int) = radix(digits, base) {
                return Some(int);
            }
        }
    }
    if has_sign(digits) || has_leading_zero(text) {
        return None;
    }
    radix(digits, 10).ok()
}

fn negative<T>(text: &str, radix: Radix<T>) -> Option<T> {
    in_negative_base(text, radix).or_else(|| if has_leading_zero(text) { None } else { radix(text, 10).ok() })
}

fn in_negative_base<T>(text: &str, radix: Radix<T>) -> Option<T> {
    let digits = text.strip_prefix('-')?;
    let (digits, base) =
        BASES.into_iter().find_map(|(prefix, base)| Some((digits.strip_prefix(prefix)?, base)))?;
    radix(&format!("-{digits}"), base).ok()
}

fn signed<T>(text: &str, radix: Radix<T>) -> Option<T> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.len() < text.len() && has_sign(digits) {
        return None;
    }
    for (prefix, base) in BASES {
        if let Some(digits) = digits.strip_prefix(prefix) {
            if has_sign(digits) {
                return None;
            }
            if let Ok(int) = radix(digits, base) {
                return Some(int);
            }
        }
    }
    in_negative_base(text, radix).or_else(
        || {
            if has_leading_zero(text) { None } else { radix(digits, 10).ok() }
        },
    )
}

fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if unsigned.len() < text.len() && has_sign(unsigned) {
        return None;
    }
    match (unsigned, text) {
        (".inf" | ".Inf" | ".INF", _) => Some(f64::INFINITY),
        (_, "-.inf" | "-.Inf" | "-.INF") => Some(f64::NEG_INFINITY),
        (_, ".nan" | ".NaN" | ".NAN") => Some(f64::NAN),
        _ => unsigned.parse::<f64>().ok().filter(|number| number.is_finite()),
    }
}

/// `007` is a text in YAML 1.2.
fn has_leading_zero(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use serde::Deserialize;
    use serde::de::{self, DeserializeOwned, Visitor};

    use super::super::node::{Reading, States};
    use crate::locate::tree::Tree;

    /// Whatever a reader calls a scalar whose type is left open.
    #[derive(Debug, PartialEq)]
    struct Called(String);

    impl<'de> Deserialize<'de> for Called {
        fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Calls;
            impl Visitor<'_> for Calls {
                type Value = Called;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a scalar")
                }
                fn visit_unit<E>(self) -> Result<Called, E> {
                    Ok(Called("null".into()))
                }
                fn visit_bool<E>(self, value: bool) -> Result<Called, E> {
                    Ok(Called(format!("bool {value}")))
                }
                fn visit_u64<E>(self, value: u64) -> Result<Called, E> {
                    Ok(Called(format!("u64 {value}")))
                }
                fn visit_i64<E>(self, value: i64) -> Result<Called, E> {
                    Ok(Called(format!("i64 {value}")))
                }
                fn visit_u128<E>(self, value: u128) -> Result<Called, E> {
                    Ok(Called(format!("u128 {value}")))
                }
                fn visit_i128<E>(self, value: i128) -> Result<Called, E> {
                    Ok(Called(format!("i128 {value}")))
                }
                fn visit_f64<E>(self, value: f64) -> Result<Called, E> {
                    Ok(Called(format!("f64 {value:?}")))
                }
                fn visit_str<E>(self, value: &str) -> Result<Called, E> {
                    Ok(Called(format!("text {value}")))
                }
            }
            deserializer.deserialize_any(Calls)
        }
    }

    fn placed<T: DeserializeOwned>(text: &str) -> Option<T> {
        let tree = Tree::parse(text);
        assert!(tree.flaws.is_empty(), "{text}: {:?}", tree.flaws);
        let states = States::new();
        T::deserialize(Reading { tree: &tree, states: &states, id: tree.root().unwrap() }).ok()
    }

    #[track_caller]
    fn both<T: DeserializeOwned + fmt::Debug>(text: &str) {
        let fast = format!("{:?}", serde_yaml::from_str::<Vec<T>>(text).ok());
        let placed = format!("{:?}", placed::<Vec<T>>(text));
        assert_eq!(fast, placed, "{} from {text}", std::any::type_name::<T>());
    }

    #[test]
    fn both_readers_give_every_scalar_the_same_meaning() {
        let plain = "~ null Null NULL nULL true True TRUE tRUE false False FALSE yes no on off y n Y N Yes NO \
            0 1 -1 +1 ++1 +-1 -+1 --1 - 00 007 -07 +07 0.0 -0 +0 1_000 1,000 0x1F 0X1F 0xG -0x1F +0x1F 0x-1 0x+1 0x \
            0o17 -0o17 0o8 017 0b101 -0b101 0b2 0b 1e3 1E3 -1e-3 1e400 1. .5 . .. ... 1.5.2 .inf .Inf .INF -.inf -.INF \
            +.inf ++.inf .nan .NaN .NAN -.nan inf nan NaN infinity Infinity 9223372036854775807 9223372036854775808 \
            -9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616 \
            340282366920938463463374607431768211455 340282366920938463463374607431768211456 \
            -170141183460469231731687303715884105728 -170141183460469231731687303715884105729 0xFFFFFFFFFFFFFFFF \
            0x1FFFFFFFFFFFFFFFF 127 128 255 256 -128 -129 65536 4294967296 3.14 1e2.5 e3 0e0 1e 2017-11-14 \
            2022-12-18T16:20:00-05:00 16:20 190:20:30 10m 4h 1h30m PT6H ~20h << = \\ a-b a.b SEV1 pt-BR 0001-01-01 ١ ５ é";
        let quoted =
            ["\"\"", "''", "\"true\"", "'1'", "\"~\"", "'null'", "\"a\\tb\"", "'it''s'", "\"\\x31\""];
        let words = plain.split_whitespace().filter(|word| *word != "-" && *word != "...").chain(quoted);
        for word in words.chain(["", "a b", "1 2", "~ ~", "?x", ":x", "-x", "a:b", "a#b"]) {
            let text = format!("- {word}");
            both::<Called>(&text);
            both::<String>(&text);
            both::<bool>(&text);
            both::<u8>(&text);
            both::<u32>(&text);
            both::<u64>(&text);
            both::<i8>(&text);
            both::<i64>(&text);
            both::<f32>(&text);
            both::<f64>(&text);
            both::<char>(&text);
            both::<()>(&text);
            both::<Option<String>>(&text);
            both::<Option<u64>>(&text);
            both::<Option<Called>>(&text);
            both::<Vec<String>>(&text);
            both::<std::collections::BTreeMap<String, String>>(&text);
        }
    }

    #[test]
    fn both_readers_take_core_tags_at_their_word() {
        for tag in ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!!timestamp"] {
            for value in ["", "~", "null", "1", "-1", "1.5", "true", "a", "\"1\"", "'true'", "\"a\"", "''"] {
                let text = format!("- {tag} {value}");
                both::<Called>(&text);
                both::<String>(&text);
                both::<()>(&text);
                // a quoted scalar may be tagged a number; only `serde_yaml`, which never meets a tag, says no
                if !value.contains(['"', '\'']) {
                    both::<bool>(&text);
                    both::<u64>(&text);
                    both::<f64>(&text);
                }
            }
        }
        for block in ["|", "|-", "!!int |-", "!!float |-", "!!bool |-", "!!str |", ">", ">+"] {
            for value in ["1", "true", "a\n   b", "a\n\n  b\n\n"] {
                let text = format!("- {block}\n  {value}\n");
                both::<Called>(&text);
                both::<String>(&text);
                both::<u64>(&text);
                both::<bool>(&text);
                both::<f64>(&text);
            }
        }
    }
}
