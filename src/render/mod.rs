//! Stub until the branch lands.
/// x
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct RenderError;
impl RenderError {
    /// x
    pub fn help(&self) -> Option<String> {
        None
    }
}
/// x
pub fn markdown_text(text: &str) -> String {
    text.to_owned()
}
