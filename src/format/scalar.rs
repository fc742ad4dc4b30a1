//! The values of a file as they are written: texts and words, numbers, counts, moments, lengths.
//!
//! Each type reads every form the format allows and says `expected:<word>` of anything else; what the value means is
//! read later. In the cache, which does not describe itself, they are stored plainly.

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Unexpected, Visitor, value::MapAccessDeserializer},
};

use super::collection::Map;
use crate::model;

macro_rules! written_texts {
    ($($(#[$doc:meta])* $name:ident, $expected:literal, $schema:tt;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_string(TextVisitor($expected)).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

written_texts! {
    /// A text; a number or a word without quotes counts as its text.
    Text, "expected:text", { "type": "string" };
    /// A civil date, `2026-03-31`.
    Date, "expected:date", { "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" };
    /// A length of time, `45s`, `1h30m`, `7d`, `5bd`, `PT6H`.
    Length, "expected:length", {
        "type": "string",
        "pattern": r"^(P[0-9TDHMSW]+|([0-9]+(bd|w|d|h|m|s) ?)+)$"
    };
}

/// A word of the closed vocabulary `W`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<W>(pub String, PhantomData<W>);

impl<W: model::Word> Word<W> {
    /// A word, of this vocabulary or not.
    pub fn new(word: impl Into<String>) -> Self {
        Self(word.into(), PhantomData)
    }
}

impl<W> Default for Word<W> {
    fn default() -> Self {
        Self(String::new(), PhantomData)
    }
}

impl<W> Serialize for Word<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, W> Deserialize<'de> for Word<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(TextVisitor("expected:text")).map(|word| Self(word, PhantomData))
    }
}

impl<W: model::Word> JsonSchema for Word<W> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": W::WORDS })
    }
}

struct TextVisitor(&'static str);

impl Visitor<'_> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

macro_rules! written_scalars {
    ($($(#[$doc:meta])* $name:ident($inner:ty), $expected:literal, $ask:ident, $schema:tt,
        { $($visit:ident($value:ident: $from:ty) => $read:expr),+ $(,)? };)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Own;
                impl Visitor<'_> for Own {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }
                    $(fn $visit<E: Error>(self, $value: $from) -> Result<$name, E> {
                        let read: Option<$inner> = $read;
                        read.map($name).ok_or_else(|| E::invalid_value(Unexpected::Other("this value"), &self))
                    })+
                }
                deserializer.$ask(Own)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

written_scalars! {
    /// A whole number, not negative.
    Whole(u64), "expected:whole", deserialize_u64, { "type": "integer", "minimum": 0 }, {
        visit_u64(number: u64) => Some(number),
        visit_i64(number: i64) => u64::try_from(number).ok(),
    };
    /// A finite number.
    Number(f64), "expected:number", deserialize_f64, { "type": "number" }, {
        visit_f64(number: f64) => number.is_finite().then_some(number),
        visit_u64(number: u64) => Some(number as f64),
        visit_i64(number: i64) => Some(number as f64),
    };
    /// `true` or `false`.
    YesNo(bool), "expected:yes_no", deserialize_bool, { "type": "boolean" }, {
        visit_bool(answer: bool) => Some(answer),
    };
}

/// `true`, `false`, or `unknown` (`None`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tristate(pub Option<bool>);

impl Serialize for Tristate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            _ if !serializer.is_human_readable() => self.0.serialize(serializer),
            Some(answer) => serializer.serialize_bool(answer),
            None => serializer.serialize_str("unknown"),
        }
    }
}

impl<'de> Deserialize<'de> for Tristate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Option::deserialize(deserializer).map(Self);
        }
        struct Own;
        impl Visitor<'_> for Own {
            type Value = Tristate;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("expected:tristate")
            }

            fn visit_bool<E: Error>(self, answer: bool) -> Result<Tristate, E> {
                Ok(Tristate(Some(answer)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Tristate, E> {
                match text {
                    "unknown" => Ok(Tristate(None)),
                    _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(Own)
    }
}

impl JsonSchema for Tristate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Tristate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": [true, false, "unknown"] })
    }
}

/// A number of percent, or `unknown` (`None`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Percent(pub Option<f64>);

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            _ if !serializer.is_human_readable() => self.0.serialize(serializer),
            Some(number) => serializer.serialize_f64(number),
            None => serializer.serialize_str("unknown"),
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Option::deserialize(deserializer).map(Self);
        }
        struct Own;
        impl Visitor<'_> for Own {
            type Value = Percent;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("expected:number")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Percent, E> {
                match number.is_finite() {
                    true => Ok(Percent(Some(number))),
                    false => Err(E::invalid_value(Unexpected::Float(number), &self)),
                }
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Percent, E> {
                self.visit_f64(number as f64)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Percent, E> {
                self.visit_f64(number as f64)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Percent, E> {
                match text {
                    "unknown" => Ok(Percent(None)),
                    _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(Own)
    }
}

impl JsonSchema for Percent {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "number", "minimum": 0, "maximum": 100 }, { "const": "unknown" }] })
    }
}

/// Declares a type with a short form (a scalar) and a long form (a mapping): human-readable formats carry either as
/// it is written, the cache carries the variants of `$name`, which derives serde with `remote = "Self"`.
macro_rules! short_or_long {
    ($name:ident, $expected:literal, $($variant:ident)|+, { $($body:tt)* }) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if !serializer.is_human_readable() {
                    return $name::serialize(self, serializer);
                }
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)+
                    #[allow(unreachable_patterns, reason = "only some of these types are also words")]
                    other => serializer.serialize_str(other.word()),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return $name::deserialize(deserializer);
                }
                struct Own;
                impl<'de> Visitor<'de> for Own {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }
                    $($body)*
                }
                deserializer.deserialize_any(Own)
            }
        }
    };
}

/// A plain number where a text belongs arrives as its text.
macro_rules! numbers_as_text {
    ($name:ident::$variant:ident) => {
        fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
            Ok($name::$variant(text.to_owned()))
        }
        fn visit_string<E: Error>(self, text: String) -> Result<$name, E> {
            Ok($name::$variant(text))
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<$name, E> {
            Ok($name::$variant(number.to_string()))
        }
        fn visit_i64<E: Error>(self, number: i64) -> Result<$name, E> {
            Ok($name::$variant(number.to_string()))
        }
        fn visit_f64<E: Error>(self, number: f64) -> Result<$name, E> {
            Ok($name::$variant(number.to_string()))
        }
    };
}

/// A text for readers: in the source language alone, or by language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub enum Localized {
    /// One text, in the source language.
    Plain(String),
    /// A text for each language tag.
    ByLanguage(Map<Text>),
}

impl Localized {
    fn word(&self) -> &str {
        ""
    }
}

impl Default for Localized {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

short_or_long!(Localized, "expected:localized", Plain | ByLanguage, {
    numbers_as_text!(Localized::Plain);
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Localized, A::Error> {
        Map::read(map).map(Localized::ByLanguage)
    }
});

impl JsonSchema for Localized {
    fn schema_name() -> Cow<'static, str> {
        "Localized".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Markdown by language tag, `{en: …, pt-BR: …}`; or one text in the source language.",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "propertyNames": { "pattern": "^(x-.*|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$" },
                    "additionalProperties": { "type": ["string", "null"] },
                },
            ],
        })
    }
}

/// A moment in any of its forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub enum Moment {
    /// An instant, `~INSTANT ±LENGTH`, a date, `unknown` or `open`.
    Short(String),
    /// `{about, plus_minus}`, `{not_before, not_after}` or `{day}`.
    Long(Box<LongMoment>),
}

/// The long forms of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "expected:moment")]
pub struct LongMoment {
    /// An approximate instant.
    pub about: Option<Text>,
    /// How far off `about` may be.
    pub plus_minus: Option<Length>,
    /// The earliest it can have been.
    pub not_before: Option<Text>,
    /// The latest it can have been.
    pub not_after: Option<Text>,
    /// A civil day in the incident's zone.
    pub day: Option<Date>,
}

impl Moment {
    fn word(&self) -> &str {
        ""
    }
}

impl Default for Moment {
    fn default() -> Self {
        Self::Short(String::new())
    }
}

short_or_long!(Moment, "expected:moment", Short | Long, {
    numbers_as_text!(Moment::Short);
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Moment, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(|long| Moment::Long(Box::new(long)))
    }
});

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "TimePoint".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let length = generator.subschema_for::<Length>();
        let day = generator.subschema_for::<Date>();
        let instant = json_schema!({ "type": "string" });
        json_schema!({
            "description": "A moment: RFC 3339 with an offset or `Z`, or a wall clock in the incident's `timezone` \
                (seconds may be left out); `~2019-12-05T17:00+01:00 ±15m`; a date; `unknown` (it happened, the time \
                is not known); `open` (`recovered` only: not yet). Left out: it did not happen or was not recorded.",
            "anyOf": [
                {
                    "type": "string",
                    "examples": ["2022-12-18T16:20", "2022-12-18T16:20:00-05:00", "~2022-12-18T16:20 ±15m", "unknown"],
                },
                {
                    "type": "object",
                    "properties": { "about": instant, "plus_minus": length },
                    "required": ["about"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "properties": { "not_before": instant, "not_after": instant },
                    "minProperties": 1,
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "properties": { "day": day },
                    "required": ["day"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

/// A length that a source states without end points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub enum StatedLength {
    /// `20h`, `~20h ±30m`.
    Short(String),
    /// `{about, plus_minus}` or `{min, max}`.
    Long(LongLength),
}

/// The long forms of a stated length.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "expected:stated_length")]
pub struct LongLength {
    /// An approximate length.
    pub about: Option<Length>,
    /// How far off `about` may be.
    pub plus_minus: Option<Length>,
    /// At least this long.
    pub min: Option<Length>,
    /// At most this long.
    pub max: Option<Length>,
}

impl StatedLength {
    fn word(&self) -> &str {
        ""
    }
}

short_or_long!(StatedLength, "expected:stated_length", Short | Long, {
    numbers_as_text!(StatedLength::Short);
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<StatedLength, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(StatedLength::Long)
    }
});

impl JsonSchema for StatedLength {
    fn schema_name() -> Cow<'static, str> {
        "StatedDuration".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let length = generator.subschema_for::<Length>();
        json_schema!({
            "description": "A length that a source states: `20h`, `~20h ±30m`, `{about, plus_minus}`, `{min, max}`.",
            "anyOf": [
                { "type": "string", "examples": ["20h", "~20h ±30m"] },
                {
                    "type": "object",
                    "properties": { "about": length, "plus_minus": length },
                    "required": ["about"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "properties": { "min": length, "max": length },
                    "minProperties": 1,
                    "additionalProperties": false,
                },
            ],
        })
    }
}

/// A number of things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub enum Count {
    /// Exactly this many.
    Exact(u64),
    /// `{about, plus_minus}`.
    About(AboutCount),
    /// `many`: without a figure.
    Many,
    /// `unknown`.
    Unknown,
}

/// The long form of a count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "expected:count")]
pub struct AboutCount {
    /// The middle.
    pub about: Option<Whole>,
    /// How far off it may be.
    pub plus_minus: Option<Whole>,
}

impl Count {
    fn word(&self) -> &'static str {
        match self {
            Self::Many => "many",
            _ => "unknown",
        }
    }
}

short_or_long!(Count, "expected:count", Exact | About, {
    fn visit_u64<E: Error>(self, number: u64) -> Result<Count, E> {
        Ok(Count::Exact(number))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Count, E> {
        match u64::try_from(number) {
            Ok(number) => Ok(Count::Exact(number)),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(number), &self)),
        }
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Count, E> {
        match text {
            "unknown" => Ok(Count::Unknown),
            "many" => Ok(Count::Many),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Count, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(Count::About)
    }
});

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let whole = json_schema!({ "type": "integer", "minimum": 0 });
        json_schema!({
            "description": "How many: a whole number, `{about, plus_minus}`, `many`, or `unknown`.",
            "anyOf": [
                whole,
                { "enum": ["many", "unknown"] },
                {
                    "type": "object",
                    "properties": { "about": whole, "plus_minus": whole },
                    "required": ["about"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
