//! Findings as people and machines read them: text with the source line, and JSON.

mod excerpt;
mod json;
mod placed;
mod sanitise;
mod text;

pub use json::findings as json;
pub use placed::{Counts, Placed, place};
pub use sanitise::{one_line, printable};
pub use text::findings as text;
