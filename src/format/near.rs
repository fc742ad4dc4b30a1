//! "Did you mean": the accepted word nearest to the one that was written.

/// Longer words are no slip of the fingers, and comparing them is dear.
const LONGEST: usize = 64;

/// The most words that one slip is compared with.
const MOST: usize = 10_000;

/// The nearest of `known` to `value`, when a third of its letters or fewer differ, counting a swap as one; case
/// counts for nothing.
pub(crate) fn nearest<'a>(value: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = value.to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let close = (length / 3).max(1);
    let near = known.into_iter().take(MOST).filter_map(|word| {
        let letters = word.chars().count();
        if letters.abs_diff(length) > close {
            return None;
        }
        let far = strsim::damerau_levenshtein(&wanted, &word.to_lowercase());
        (far <= close && far < letters.max(length)).then_some((far, word))
    });
    // the first of equally near words, in the order of the format or of the file
    near.min_by_key(|(far, _)| *far).map(|(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let words = ["down", "degraded", "delayed", "wrong_results", "oms-search"];
        for (value, expected) in [
            ("dwon", Some("down")),
            ("Down", Some("down")),
            ("degradated", Some("degraded")),
            ("wrong-results", Some("wrong_results")),
            ("oms-serach", Some("oms-search")),
            ("up", None),
            ("", None),
            ("completely different", None),
        ] {
            assert_eq!(nearest(value, words).as_deref(), expected, "{value}");
        }
        assert_eq!(nearest(&"a".repeat(100_000), words), None);
    }
}
