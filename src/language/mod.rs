//! Stub until the branch lands.
use serde::Serialize;
/// x
#[derive(Debug)]
pub struct Language;
impl Language {
    /// x
    pub fn is_portuguese(&self) -> bool {
        false
    }
}
/// x
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Quantity {
    /// x
    Text(String),
}
