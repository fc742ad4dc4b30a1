//! From a field to its place in the text.

mod document;
mod extent;
mod field;
mod input;
mod path;
mod places;
mod sketch;
mod spot;
pub(crate) mod tree;

pub use document::Document;
pub use extent::{Extent, Form, Quote, extents};
pub use field::{Field, Step};
pub use path::Path;
pub use places::Places;
pub(crate) use sketch::{Sketch, Written};
pub use spot::{Passage, Spot};
