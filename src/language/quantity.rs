//! The values inside a finding's sentence: plain in JSON, in words in each language.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::time::{Date, Span};

use super::{Language, Rounding, Wall};

/// A value that fills a place of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// Text that reads the same in every language: an id, a field, what the author wrote.
    Text(String),
    /// Text by language tag.
    Localized(BTreeMap<String, String>),
    /// A length that may be uncertain, in seconds.
    Span(Span),
    /// A length known exactly, in seconds.
    Seconds(i64),
    /// A moment in the zone it is told in.
    Moment(Wall),
    /// A moment between two others; `None` is unbounded on that side.
    Interval {
        /// The earliest it can have been.
        not_before: Option<Wall>,
        /// The latest it can have been.
        not_after: Option<Wall>,
    },
    /// A civil date.
    Date(Date),
    /// A count.
    Integer(i64),
    /// How many times as much; told with its noun (`4.9 times`).
    Factor(f64),
}

impl Quantity {
    /// A name in English and in Portuguese.
    pub fn named(en: impl Into<String>, pt: impl Into<String>) -> Self {
        Self::Localized(BTreeMap::from([("en".to_owned(), en.into()), ("pt-BR".to_owned(), pt.into())]))
    }

    /// The value in words. Localized text falls back to English, then to any language it has. Lengths are rounded to
    /// the minute from one hour on.
    pub fn tell(&self, language: &Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Localized(texts) => {
                let text =
                    texts.get(language.tag()).or_else(|| texts.get("en")).or_else(|| texts.values().next());
                text.cloned().unwrap_or_default()
            }
            Self::Span(span) => language.span(*span, rounding(span.max.unwrap_or(span.min))),
            Self::Seconds(seconds) => language.length(*seconds, rounding(*seconds)),
            Self::Moment(wall) => language.moment(wall),
            Self::Interval { not_before, not_after } => {
                language.bounds_of(not_before.as_ref(), not_after.as_ref())
            }
            Self::Date(date) => language.date(*date),
            Self::Integer(number) => language.integer(*number),
            Self::Factor(factor) => language.factor(*factor),
        }
    }
}

/// `Text` a string, `Localized` a map by tag, `Span` `{min_seconds, max_seconds}` with null for unbounded, `Moment` RFC
/// 3339, `Interval` `{not_before, not_after}`, `Date` `YYYY-MM-DD`, the others numbers, not rounded.
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Localized(texts) => texts.serialize(serializer),
            Self::Span(span) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("min_seconds", &span.min)?;
                map.serialize_entry("max_seconds", &span.max)?;
                map.end()
            }
            Self::Moment(wall) => serializer.serialize_str(&wall.rfc3339()),
            Self::Interval { not_before, not_after } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("not_before", &not_before.as_ref().map(Wall::rfc3339))?;
                map.serialize_entry("not_after", &not_after.as_ref().map(Wall::rfc3339))?;
                map.end()
            }
            Self::Date(date) => date.serialize(serializer),
            Self::Seconds(number) | Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Factor(factor) => serializer.serialize_f64(*factor),
        }
    }
}

impl From<&str> for Quantity {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Quantity {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<BTreeMap<String, String>> for Quantity {
    fn from(texts: BTreeMap<String, String>) -> Self {
        Self::Localized(texts)
    }
}

impl From<Span> for Quantity {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl From<Wall> for Quantity {
    fn from(wall: Wall) -> Self {
        Self::Moment(wall)
    }
}

impl From<Date> for Quantity {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<i64> for Quantity {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<usize> for Quantity {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Under an hour the seconds may be what the sentence is about.
fn rounding(seconds: i64) -> Rounding {
    if seconds.saturating_abs() < 3600 { Rounding::SECOND } else { Rounding::MINUTE }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;

    #[test]
    fn quantities_are_plain_in_json_and_words_in_each_language() {
        let check = |quantity: Quantity, json: &str, en: &str, pt: &str| {
            assert_eq!(serde_json::to_string(&quantity).unwrap(), json);
            assert_eq!(quantity.tell(Language::tagged("en").unwrap()), en);
            assert_eq!(quantity.tell(Language::tagged("pt-BR").unwrap()), pt);
        };
        let wall = |local: &str| {
            let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
            Wall::new(local, -10800, "America/Sao_Paulo")
        };
        check("A-3".into(), r#""A-3""#, "A-3", "A-3");
        check(
            Quantity::named("order search", "busca de pedidos"),
            r#"{"en":"order search","pt-BR":"busca de pedidos"}"#,
            "order search",
            "busca de pedidos",
        );
        check(
            BTreeMap::from([("pt-BR".to_owned(), "só".to_owned())]).into(),
            r#"{"pt-BR":"só"}"#,
            "só",
            "só",
        );
        check(BTreeMap::new().into(), "{}", "", "");
        check(
            Span::at_least(70_200).into(),
            r#"{"min_seconds":70200,"max_seconds":null}"#,
            "19 h 30 min or more",
            "19 h 30 min ou mais",
        );
        check(Quantity::Seconds(92_880), "92880", "25 h 48 min", "25 h 48 min");
        check(Quantity::Seconds(50), "50", "50 s", "50 s");
        check(
            wall("2020-11-10 22:00").into(),
            r#""2020-11-10T22:00:00-03:00""#,
            "November 10, 2020, 22:00 (UTC−3)",
            "10 de novembro de 2020, 22h00 (UTC−3, horário de Brasília)",
        );
        check(
            Quantity::Interval { not_before: Some(wall("2020-11-10 22:00")), not_after: None },
            r#"{"not_before":"2020-11-10T22:00:00-03:00","not_after":null}"#,
            "not before 22:00 on November 10, 2020 (UTC−3)",
            "não antes das 22h00 de 10 de novembro de 2020 (UTC−3, horário de Brasília)",
        );
        check(
            "2017-12-01".parse::<Date>().unwrap().into(),
            r#""2017-12-01""#,
            "December 1, 2017",
            "1º de dezembro de 2017",
        );
        check(1234_usize.into(), "1234", "1,234", "1.234");
        check(Quantity::Factor(4.875), "4.875", "4.9 times", "4,9 vezes");
    }
}
