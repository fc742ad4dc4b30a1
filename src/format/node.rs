//! A tree of nodes as a serde source, which says at which node a reading failed.
//!
//! It reads a node as the fast reader (`serde_yaml`) reads its text, so that a file gives the same value by both
//! ways, except that keys beginning with `x-` are passed over and that nodes can be left out.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use super::near::{near, synonym};
use super::scalar::{self, Meaning};
use crate::locate::tree::{Entry, Kind, NodeId, Scalar, Tree};
use crate::model::{ExpectedValue, Near};

/// What became of a node in earlier attempts at reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Read as it stands.
    #[default]
    Sound,
    /// Read as an empty mapping, to keep the place of an item in its list.
    Emptied,
    /// Not read.
    LeftOut,
}

/// A node to be read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// The tree it belongs to.
    pub(super) tree: &'a Tree,
    /// The state of each node, by its index; a node beyond the end is sound.
    pub(super) states: &'a States,
    /// The node.
    pub(super) id: NodeId,
}

/// The nodes that are not read as they stand.
pub(super) type States = std::collections::HashMap<NodeId, State>;

/// Why a reading failed.
#[derive(Debug)]
pub(super) struct Failure {
    /// The innermost node at which it failed; a key when the key itself is wrong.
    pub(super) at: Option<NodeId>,
    /// What is wrong.
    pub(super) why: Why,
}

/// The ways in which a reading fails.
#[derive(Debug)]
pub(super) enum Why {
    /// A key the struct does not have.
    UnknownKey { key: String, near: Option<Near>, known: &'static [&'static str] },
    /// A key the struct has under two names.
    DuplicateKey(&'static str),
    /// A key the struct must have.
    Missing(&'static str),
    /// A value that does not belong.
    Wrong { expected: ExpectedValue, near: Option<Near> },
    /// Anything else a type may say of its value.
    Other(String),
}

impl Failure {
    fn wrong(expected: &dyn de::Expected) -> Self {
        let why = Why::Wrong { expected: expected_value(&expected.to_string()), near: None };
        Self { at: None, why }
    }

    fn at(self, id: NodeId) -> Self {
        Self { at: self.at.or(Some(id)), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.why)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let why = match message.split_once("expected:") {
            Some((_, word)) => Why::Wrong { expected: agreed(word), near: None },
            None => Why::Other(message),
        };
        Self { at: None, why }
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::wrong(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::wrong(expected)
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::wrong(expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let near = near(variant, expected.iter().copied());
        Self { at: None, why: Why::Wrong { expected: ExpectedValue::OneOf(expected), near } }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let slip = near(field, expected.iter().copied());
        let near = slip.clone().filter(|near| near.sure).or_else(|| synonym(field, expected)).or(slip);
        Self { at: None, why: Why::UnknownKey { key: field.to_owned(), near, known: expected } }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { at: None, why: Why::Missing(field) }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { at: None, why: Why::DuplicateKey(field) }
    }
}

/// What a visitor says it expects: our types in the words agreed with `format`, derived ones in serde's.
fn expected_value(says: &str) -> ExpectedValue {
    if let Some((_, word)) = says.split_once("expected:") {
        return agreed(word);
    }
    let starts = |words: &[&str]| words.iter().any(|word| says.starts_with(word));
    if starts(&["struct ", "a map", "map"]) {
        ExpectedValue::Mapping
    } else if starts(&["a sequence", "sequence", "a tuple", "tuple", "an array"]) {
        ExpectedValue::List
    } else if starts(&["a boolean", "bool"]) {
        ExpectedValue::YesNo
    } else if matches!(says, "u8" | "u16" | "u32" | "u64" | "u128" | "usize") || starts(&["a nonzero u"]) {
        ExpectedValue::Whole
    } else if matches!(says, "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "f32" | "f64")
        || starts(&["a nonzero i", "an integer", "a float"])
    {
        ExpectedValue::Number
    } else {
        ExpectedValue::Text
    }
}

/// The word after `expected:`.
fn agreed(word: &str) -> ExpectedValue {
    let word = word.trim_start();
    let end = word.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(word.len());
    match word.get(..end).unwrap_or(word) {
        "mapping" => ExpectedValue::Mapping,
        "list" => ExpectedValue::List,
        "localized" => ExpectedValue::Localized,
        "whole" => ExpectedValue::Whole,
        "number" => ExpectedValue::Number,
        "count" => ExpectedValue::Count,
        "yes_no" => ExpectedValue::YesNo,
        "tristate" => ExpectedValue::Tristate,
        "date" => ExpectedValue::Date,
        "length" => ExpectedValue::Length,
        "stated_length" => ExpectedValue::StatedLength,
        "moment" => ExpectedValue::Moment,
        "zone" => ExpectedValue::Zone,
        "id" => ExpectedValue::Id,
        "incident_id" => ExpectedValue::IncidentId,
        "language" => ExpectedValue::Language,
        "colour" => ExpectedValue::Colour,
        _ => ExpectedValue::Text,
    }
}

impl<'a> Reading<'a> {
    fn of(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    fn state(self, id: NodeId) -> State {
        self.states.get(&id).copied().unwrap_or_default()
    }

    fn scalar(self) -> Option<&'a Scalar> {
        match &self.tree.node(self.id).kind {
            Kind::Scalar(scalar) if self.state(self.id) == State::Sound => Some(scalar),
            _ => None,
        }
    }

    /// The items, if the node is a list or is empty.
    fn items(self) -> Option<&'a [NodeId]> {
        match &self.tree.node(self.id).kind {
            Kind::List(items) if self.state(self.id) == State::Sound => Some(items),
            Kind::Scalar(scalar) if self.state(self.id) == State::Sound && scalar::is_empty(scalar) => {
                Some(&[])
            }
            _ => None,
        }
    }

    /// The keys and values, if the node is a mapping or is empty.
    fn entries(self) -> Option<&'a [Entry]> {
        match &self.tree.node(self.id).kind {
            _ if self.state(self.id) == State::Emptied => Some(&[]),
            Kind::Map(entries) => Some(entries),
            Kind::Scalar(scalar) if scalar::is_empty(scalar) => Some(&[]),
            Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(items) = self.items() else { return Err(self.wrong(&visitor)) };
        let mut items = Items { reading: self, left: items };
        let value = visitor.visit_seq(&mut items).map_err(|failure: Failure| failure.at(self.id))?;
        match items.next() {
            None => Ok(value),
            Some(_) => Err(Failure::wrong(&"a sequence with fewer items").at(self.id)),
        }
    }

    fn map<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(entries) = self.entries() else { return Err(self.wrong(&visitor)) };
        let mut entries = Entries { reading: self, left: entries, value: None };
        let value = visitor.visit_map(&mut entries).map_err(|failure: Failure| failure.at(self.id))?;
        match entries.next() {
            None => Ok(value),
            Some(_) => Err(Failure::wrong(&"a map with fewer keys").at(self.id)),
        }
    }

    fn wrong(self, expected: &dyn de::Expected) -> Failure {
        Failure::wrong(expected).at(self.id)
    }

    fn asked<'de, V: Visitor<'de>, T>(
        self,
        visitor: V,
        read: fn(&Scalar) -> Option<T>,
        visit: fn(V, T) -> Result<V::Value, Failure>,
    ) -> Result<V::Value, Failure> {
        match self.scalar().and_then(read) {
            Some(value) => visit(visitor, value).map_err(|failure: Failure| failure.at(self.id)),
            None => Err(self.wrong(&visitor)),
        }
    }
}

impl<'de> Deserializer<'de> for Reading<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(scalar) = self.scalar() else {
            return match self.tree.node(self.id).kind {
                Kind::List(_) if self.state(self.id) == State::Sound => self.list(visitor),
                _ => self.map(visitor),
            };
        };
        match scalar::meaning(scalar) {
            Some(Meaning::Null) => visitor.visit_unit(),
            Some(Meaning::YesNo(value)) => visitor.visit_bool(value),
            Some(Meaning::Whole(value)) => visitor.visit_u64(value),
            Some(Meaning::Negative(value)) => visitor.visit_i64(value),
            Some(Meaning::Huge(value)) => visitor.visit_u128(value),
            Some(Meaning::HugeNegative(value)) => visitor.visit_i128(value),
            Some(Meaning::Number(value)) => visitor.visit_f64(value),
            Some(Meaning::Text) => visitor.visit_str(&scalar.text),
            None => Err(Failure::wrong(&visitor)),
        }
        .map_err(|failure: Failure| failure.at(self.id))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.asked(visitor, scalar::as_yes_no, V::visit_bool)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.asked(visitor, scalar::as_signed, V::visit_i64)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.asked(visitor, scalar::as_whole, V::visit_u64)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.asked(visitor, scalar::as_number, V::visit_f64)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.scalar() {
            Some(scalar) => visitor.visit_str(&scalar.text).map_err(|failure: Failure| failure.at(self.id)),
            None => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        Err(self.wrong(&visitor))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        Err(self.wrong(&visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.scalar() {
            Some(scalar) if scalar::is_null(scalar) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
        .map_err(|failure: Failure| failure.at(self.id))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.scalar() {
            Some(scalar) if scalar::is_null(scalar) => {
                visitor.visit_unit().map_err(|failure: Failure| failure.at(self.id))
            }
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self).map_err(|failure: Failure| failure.at(self.id))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.scalar() {
            Some(scalar) => visitor.visit_enum(Word { word: &scalar.text }),
            None => Err(Failure {
                at: None,
                why: Why::Wrong { expected: ExpectedValue::OneOf(variants), near: None },
            }),
        }
        .map_err(|failure: Failure| failure.at(self.id))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }
}

struct Items<'a> {
    reading: Reading<'a>,
    left: &'a [NodeId],
}

impl Iterator for Items<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        while let Some((first, rest)) = self.left.split_first() {
            self.left = rest;
            if self.reading.state(*first) != State::LeftOut {
                return Some(*first);
            }
        }
        None
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        let Some(id) = self.next() else { return Ok(None) };
        seed.deserialize(self.reading.of(id)).map(Some).map_err(|failure: Failure| failure.at(id))
    }
}

struct Entries<'a> {
    reading: Reading<'a>,
    left: &'a [Entry],
    value: Option<NodeId>,
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while let Some((first, rest)) = self.left.split_first() {
            self.left = rest;
            let is_free = self.reading.tree.text(first.key).is_some_and(|key| key.starts_with("x-"));
            if !is_free && self.reading.state(first.value) != State::LeftOut {
                return Some(*first);
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some(entry) = self.next() else { return Ok(None) };
        self.value = Some(entry.value);
        seed.deserialize(self.reading.of(entry.key))
            .map(Some)
            .map_err(|failure: Failure| failure.at(entry.key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let id = self.value.take().ok_or_else(|| Failure::custom("a value was read before its key"))?;
        seed.deserialize(self.reading.of(id)).map_err(|failure: Failure| failure.at(id))
    }
}

/// One of an enum's words.
struct Word<'a> {
    word: &'a str,
}

impl<'de> EnumAccess<'de> for Word<'_> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        let variant = seed.deserialize(StrDeserializer::<Failure>::new(self.word))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Failure> {
        Err(Failure::wrong(&"a word"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        Err(Failure::wrong(&visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        Err(Failure::wrong(&visitor))
    }
}
