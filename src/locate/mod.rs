//! From a field to its place in the text.

mod field;

pub use field::{Field, Step};
