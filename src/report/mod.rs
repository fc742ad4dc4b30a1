//! Findings as people and machines read them: text with the source line, JSON, SARIF, annotations of GitHub, JUnit.

mod excerpt;
mod fingerprint;
mod fix;
mod github;
mod json;
mod junit;
mod placed;
mod sanitise;
mod sarif;
mod text;

pub use fingerprint::Fingerprint;
pub use fix::PlacedFix;
pub use github::findings as github;
pub use json::findings as json;
pub use junit::findings as junit;
pub use placed::{Counts, Known, Placed, Report, place};
pub use sanitise::{one_line, printable};
pub use sarif::findings as sarif;
pub use text::{findings as text, passage};
