//! From a field to its place in the text.

mod field;
mod path;
mod spot;

pub use field::{Field, Step};
pub use path::Path;
pub use spot::Spot;
