//! Lists and mappings as they are written: an empty value is an empty list, a mapping keeps its order and refuses a
//! key written twice.

use std::{borrow::Cow, collections::HashSet, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A list. `null` is the empty list, an item that is `null` is the empty item, so that positions stay those of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        deserializer.deserialize_option(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected:list")
    }

    fn visit_none<E: Error>(self) -> Result<List<T>, E> {
        Ok(List::default())
    }

    fn visit_unit<E: Error>(self) -> Result<List<T>, E> {
        Ok(List::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<List<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Option<T>>()? {
            list.push(item.unwrap_or_default());
        }
        Ok(List(list))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["array", "null"], "items": generator.subschema_for::<T>() })
    }
}

/// A mapping from free keys, in the order of the file. Keys that begin with `x-` are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<V>(pub Vec<(String, V)>);

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Map<V> {
    /// Reads the rest of a mapping.
    pub(super) fn read<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error>
    where
        V: Deserialize<'de> + Default,
    {
        let mut entries: Vec<(String, V)> = Vec::new();
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<String>()? {
            if key.starts_with("x-") {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            if !seen.is_new(&key, entries.iter().map(|(key, _)| key.as_str())) {
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            let value = map.next_value::<Option<V>>()?;
            entries.push((key, value.unwrap_or_default()));
        }
        Ok(Self(entries))
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.collect_map(self.0.iter().map(|(key, value)| (key, value))),
            false => self.0.serialize(serializer),
        }
    }
}

impl<'de, V: Deserialize<'de> + Default> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        deserializer.deserialize_option(MapVisitor(PhantomData))
    }
}

struct MapVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de> + Default> Visitor<'de> for MapVisitor<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected:mapping")
    }

    fn visit_none<E: Error>(self) -> Result<Map<V>, E> {
        Ok(Map::default())
    }

    fn visit_unit<E: Error>(self) -> Result<Map<V>, E> {
        Ok(Map::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Map<V>, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Map<V>, A::Error> {
        Map::read(map)
    }
}

impl<V: JsonSchema> JsonSchema for Map<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<Option<V>>();
        json_schema!({ "type": ["object", "null"], "additionalProperties": value })
    }
}

/// Keys already met. Few keys are compared one by one; a hostile mapping of many stays linear.
#[derive(Default)]
pub(super) struct Seen(HashSet<String>);

impl Seen {
    const FEW: usize = 16;

    pub(super) fn is_new<'a>(
        &mut self,
        key: &str,
        mut before: impl ExactSizeIterator<Item = &'a str>,
    ) -> bool {
        if before.len() < Self::FEW {
            return before.all(|other| other != key);
        }
        if self.0.is_empty() {
            self.0 = before.map(str::to_owned).collect();
        }
        self.0.insert(key.to_owned())
    }
}
