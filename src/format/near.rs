//! The known word a mistyped one was meant to be.

/// Longer words are no slip of the fingers, and comparing them is dear.
const LONGEST: usize = 64;

/// The most words that one slip is compared with.
const MOST: usize = 10_000;

/// The known word nearest to `word`, if it is near enough to be meant: one letter in three may differ, a swap counting
/// as one, or the end may be missing or too long. Case, `-` and `_` do not count.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let letters = folded.chars().count();
    let near = known.into_iter().take(MOST).filter_map(|known| {
        let most = letters.max(known.chars().count());
        let least = letters.min(known.chars().count());
        // half of the longer word is as far as a missing end goes
        if least * 2 < most {
            return None;
        }
        let other = fold(known);
        let edits = strsim::damerau_levenshtein(&folded, &other);
        let is_cut = other.starts_with(&folded) || folded.starts_with(&other);
        (edits <= most / 3 || is_cut).then_some((edits, known))
    });
    // the first of equally near words, in the order of the format or of the file
    near.min_by_key(|(edits, _)| *edits).map(|(_, known)| known)
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        let keys = ["impacts", "timeline", "title", "timezone", "started", "detected", "pt-BR", "id", "kind"];
        let words = ["down", "degraded", "delayed", "wrong_results", "off", "oms-search", "A1", "en"];
        let known: Vec<&str> = keys.into_iter().chain(words).collect();
        for (word, expected) in [
            ("impact", Some("impacts")),
            ("titel", Some("title")),
            ("tittle", Some("title")),
            ("start", Some("started")),
            ("detect", Some("detected")),
            ("time_line", Some("timeline")),
            ("TimeZone", Some("timezone")),
            ("pt_br", Some("pt-BR")),
            ("Id", Some("id")),
            ("dwon", Some("down")),
            ("degradated", Some("degraded")),
            ("wrong-results", Some("wrong_results")),
            ("oms-serach", Some("oms-search")),
            ("of", Some("off")),
            ("e", Some("en")),
            ("A2", None),
            ("es", None),
            ("owner", None),
            ("x", None),
            ("", None),
            ("completely different", None),
        ] {
            assert_eq!(nearest(word, known.iter().copied()), expected, "{word}");
        }
        assert_eq!(nearest(&"impacts".repeat(20), known), None);
    }
}
