//! Addresses of the repository's files, as `repository_url` writes them, and the brand's picture.

use super::{CliError, Session};
use crate::{model::Settings, source::Content};

/// Where a file of the workspace is read by people.
pub(super) struct Repository {
    /// With `{rev}`, `{path}` and `{line}`.
    pattern: String,
    /// From the root of the repository to the workspace.
    prefix: String,
}

impl Repository {
    /// `None` without an address that a browser can follow.
    pub(super) fn of(session: &Session, settings: &Settings) -> Option<Self> {
        let pattern = settings.repository_url.as_deref()?;
        let is_web = ["https://", "http://"].iter().any(|scheme| pattern.starts_with(scheme));
        is_web.then(|| Self { pattern: pattern.to_owned(), prefix: session.prefix() })
    }

    /// A line of a file as of a commit.
    pub(super) fn line(&self, commit: &str, file: &str, line: usize) -> String {
        self.filled(&self.pattern, commit, file, line)
    }

    /// The commits of a file, where the forge is one that is known by how its addresses look.
    pub(super) fn history(&self, commit: &str, file: &str) -> Option<String> {
        let (pattern, _) = self.pattern.split_once('#').unwrap_or((&self.pattern, ""));
        let ways = [("/blob/", "/commits/"), ("/src/commit/", "/commits/commit/"), ("/src/", "/commits/")];
        let (from, to) = ways.into_iter().find(|(from, _)| pattern.contains(from))?;
        Some(self.filled(&pattern.replacen(from, to, 1), commit, file, 1))
    }

    fn filled(&self, pattern: &str, commit: &str, file: &str, line: usize) -> String {
        let path = encoded(&format!("{}{file}", self.prefix));
        pattern.replace("{rev}", commit).replace("{line}", &line.to_string()).replace("{path}", &path)
    }
}

/// A path as a part of an address.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The largest picture that is taken into a site, in bytes.
const LOGO_LIMIT: u64 = 512 << 10;
/// The kinds of pictures that every browser shows.
const PICTURES: [&str; 7] = ["svg", "png", "webp", "avif", "jpg", "jpeg", "gif"];

/// The brand's picture: its file in a site, and its bytes.
///
/// # Errors
/// It is named, and cannot be shown.
pub(super) fn logo(session: &Session, settings: &Settings) -> Result<Option<(String, Vec<u8>)>, CliError> {
    let Some(path) = settings.brand.logo.as_deref() else { return Ok(None) };
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.filter(|ending| PICTURES.contains(&ending.as_str()));
    let inside = !path.split(['/', '\\']).any(|part| matches!(part, "" | "." | ".."));
    let bytes = match inside.then(|| session.tree().read(path, LOGO_LIMIT)).transpose()? {
        Some(Content::Bytes(bytes)) => Some(bytes),
        _ => None,
    };
    match (ending, bytes) {
        (Some(ending), Some(bytes)) => Ok(Some((format!("brand/logo.{ending}"), bytes))),
        _ => Err(CliError::argument(
            (
                format!(
                    "`brand.logo` names `{path}`, which is no picture of this workspace that a page can show"
                ),
                format!(
                    "`brand.logo` cita `{path}`, que não é uma imagem deste workspace que uma página possa mostrar"
                ),
            ),
            (
                format!(
                    "give a file of the workspace of at most {} KB, one of {}",
                    LOGO_LIMIT >> 10,
                    PICTURES.join(", ")
                ),
                format!(
                    "cite um arquivo do workspace de até {} KB, um de {}",
                    LOGO_LIMIT >> 10,
                    PICTURES.join(", ")
                ),
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_filled_in() {
        let repository =
            |pattern: &str| Repository { pattern: pattern.to_owned(), prefix: "ops/".to_owned() };
        let forge = repository("https://forge.example/o/r/blob/{rev}/{path}#L{line}");
        assert_eq!(
            forge.line("abc", "incidents/2026/à b.yaml", 12),
            "https://forge.example/o/r/blob/abc/ops/incidents/2026/%C3%A0%20b.yaml#L12"
        );
        let history = forge.history("abc", "incidents/x.yaml");
        assert_eq!(history.as_deref(), Some("https://forge.example/o/r/commits/abc/ops/incidents/x.yaml"));
        let other = repository("https://forge.example/r/src/commit/{rev}/{path}#L{line}").history("abc", "x");
        assert_eq!(other.as_deref(), Some("https://forge.example/r/commits/commit/abc/ops/x"));
        assert_eq!(repository("https://x.example/{path}?at={rev}").history("abc", "x"), None);
    }
}
