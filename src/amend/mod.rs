//! What someone wants changed, in words like `due=2026-04-01 reason=…`, as changes to the fields of a file: what the
//! lifecycle of an action asks for comes with them, and what it does not allow is refused.

mod action;
mod lifecycle;
mod place;
mod ticket;
mod wish;

use crate::{edit::Value, finding::Words, locate::Field};

pub use action::{ACTION_KEYS, Around, amend_action, next_id, write_action};
pub use place::amend_incident;
pub use ticket::{Followed, follow_ticket};
pub use wish::{Given, Wish};

/// One field to be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// Which.
    pub field: Field,
    /// To what.
    pub value: Value,
}

/// Why what was asked for is not done, and what to ask for instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: Words,
    /// What to do.
    pub help: Words,
}

impl Refused {
    fn new(message: impl Into<Words>, help: impl Into<Words>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// Words of the command line in a sentence: `a`, `b` and `c`, without backticks of their own.
fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> Words {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    let join = |and: &str| match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
        None => String::new(),
    };
    Words::from((join("and"), join("e")))
}
