//! The known word a mistyped one was meant to be.

/// Longer words are not compared.
const LONGEST: usize = 64;

/// The known word nearest to `word`, if it is near enough to be meant: a letter in three may differ, or the end may
/// be missing. Case, `-` and `_` do not count.
pub(super) fn nearest(word: &str, known: &[&'static str]) -> Option<&'static str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let mut best: Option<(usize, f64, &'static str)> = None;
    for known in known {
        let other = fold(known);
        let edits = strsim::damerau_levenshtein(&folded, &other);
        let alike = strsim::jaro_winkler(&folded, &other);
        let is_near =
            edits <= folded.chars().count().div_ceil(3).min(other.len().div_ceil(3)) || alike >= 0.9;
        let is_better = best.is_none_or(|(least, most, _)| edits < least || edits == least && alike > most);
        if is_near && is_better {
            best = Some((edits, alike, known));
        }
    }
    best.map(|(_, _, known)| known)
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        let known =
            ["impacts", "timeline", "title", "timezone", "started", "detected", "pt-BR", "id", "kind"];
        let check =
            |word: &str, expected: Option<&str>| assert_eq!(nearest(word, &known), expected, "{word}");
        check("impact", Some("impacts"));
        check("titel", Some("title"));
        check("tittle", Some("title"));
        check("start", Some("started"));
        check("detect", Some("detected"));
        check("time_line", Some("timeline"));
        check("TimeZone", Some("timezone"));
        check("pt_br", Some("pt-BR"));
        check("Id", Some("id"));
        check("owner", None);
        check("x", None);
        check("", None);
        check(&"impacts".repeat(20), None);
    }
}
