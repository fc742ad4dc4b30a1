//! Stub until the branch lands.
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stated {
    /// x
    pub span: super::Span,
}
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone;
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar;
