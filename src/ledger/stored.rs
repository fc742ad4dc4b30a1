//! How days and words are kept from run to run: as small numbers.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::model::Word;

/// A day, as the days since the beginning of the calendar.
pub(super) mod day {
    use super::*;
    use crate::time::Date;
    use chrono::Datelike;

    pub(in crate::ledger) fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        day.map(|day| day.num_days_from_ce()).serialize(to)
    }

    pub(in crate::ledger) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Date>, D::Error> {
        let Some(days) = Option::<i32>::deserialize(from)? else { return Ok(None) };
        Date::from_num_days_from_ce_opt(days).map(Some).ok_or_else(|| D::Error::custom("no day"))
    }
}

/// A word of the format, as its position among all.
pub(super) mod word {
    use super::*;

    pub(in crate::ledger) fn serialize<W: Word + Copy, S: Serializer>(
        word: &W,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        position(*word).serialize(to)
    }

    pub(in crate::ledger) fn deserialize<'de, W: Word, D: Deserializer<'de>>(from: D) -> Result<W, D::Error> {
        at(u8::deserialize(from)?)
    }
}

/// A word of the format that may be absent.
pub(super) mod words {
    use super::*;

    pub(in crate::ledger) fn serialize<W: Word + Copy, S: Serializer>(
        word: &Option<W>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        word.map(position).serialize(to)
    }

    pub(in crate::ledger) fn deserialize<'de, W: Word, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<W>, D::Error> {
        Option::<u8>::deserialize(from)?.map(at).transpose()
    }
}

fn position<W: Word>(word: W) -> u8 {
    let word = word.word();
    W::WORDS.iter().position(|known| *known == word).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

fn at<W: Word, E: Error>(position: u8) -> Result<W, E> {
    let word = W::WORDS.get(usize::from(position)).and_then(|word| W::read(word));
    word.ok_or_else(|| E::custom("no word of the format"))
}
