//! The known word a mistyped one was meant to be.

use crate::model::Near;

/// Longer words are no slip of the fingers, and comparing them is dear.
const LONGEST: usize = 64;

/// The most words that one slip is compared with.
const MOST: usize = 10_000;

/// The known word nearest to `word`, if it is near enough to be meant: one letter in three may differ, a swap counting
/// as one, or the end may be missing or too long. Case, `-` and `_` do not count.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    look(word, known).map(|(known, _)| known)
}

/// The same, and whether nothing else can have been meant: a slip of a letter or two, and no other known word is
/// anywhere as near.
pub(crate) fn near<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<Near> {
    let (known, next) = look(word, known)?;
    let sure = slips(word, known).is_some_and(|slips| next.is_none_or(|next| next >= slips + 2));
    Some(Near { word: known.to_owned(), sure })
}

/// The key that people mean by another word for it, where the format has that key.
pub(crate) fn synonym(word: &str, known: &[&str]) -> Option<Near> {
    let word = fold(word);
    let (key, _) =
        SYNONYMS.iter().find(|(key, words)| words.contains(&word.as_str()) && known.contains(key))?;
    Some(Near { word: (*key).to_owned(), sure: false })
}

/// Keys of the format, and what else they are called.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("comms", &["posts", "post", "updates", "status_posts", "status_updates", "communications"]),
    ("impacts", &["services", "affected", "affected_services"]),
    ("timeline", &["events", "chronology"]),
    ("actions", &["todos", "todo", "action_items", "tasks", "follow_ups"]),
    ("causes", &["root_cause", "root_causes"]),
    ("started", &["start", "began", "begun"]),
    ("recovered", &["end", "ended", "resolved", "finished"]),
    ("at", &["time", "when"]),
];

/// Whether `word` is `known` but for a slip of a letter or two: in a part long enough to tell, and in no digit.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
    slips(word, known).is_some()
}

/// How many letters slipped.
fn slips(word: &str, known: &str) -> Option<usize> {
    const TELLING: usize = 5;
    const MORE_TELLING: usize = 9;
    let (word, known) = (fold(word), fold(known));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(&word) != digits(&known) {
        return None;
    }
    let edits = strsim::damerau_levenshtein(&word, &known);
    let parts = |text: &str| text.split(['_', ':', '/', ' ']).map(str::to_owned).collect::<Vec<_>>();
    let (words, knowns) = (parts(&word), parts(&known));
    // `db-a` and `db-b` are two things; `order-imprt` is a slip
    let longer = |a: &String, b: &String| a.chars().count().max(b.chars().count());
    let told = if words.len() == knowns.len() {
        let differ = words.iter().zip(&knowns).filter(|(a, b)| a != b);
        differ.map(|(a, b)| longer(a, b)).min().unwrap_or(TELLING)
    } else {
        longer(&word, &known)
    };
    (edits == 0 || (edits == 1 && told >= TELLING) || (edits == 2 && told >= MORE_TELLING)).then_some(edits)
}

/// The nearest word, and how far the next one is: in letters, where it is near at all.
fn look<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<(&'k str, Option<usize>)> {
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
    let (mut best, mut next): (Option<(usize, &str)>, Option<usize>) = (None, None);
    for (edits, known) in near {
        match best {
            Some((least, same)) if edits >= least => {
                next = Some(next.unwrap_or(edits).min(edits)).filter(|_| same != known).or(next);
            }
            _ => {
                next = best.map(|(edits, _)| edits).or(next);
                best = Some((edits, known));
            }
        }
    }
    best.map(|(_, known)| (known, next))
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

    #[test]
    fn only_what_can_mean_nothing_else_is_sure() {
        for (word, known, sure) in [
            ("workfow", &["workflow", "search"][..], Some(true)),
            ("recoverd", &["recovered", "recovery"], Some(false)),
            ("recoverd", &["recovered", "started"], Some(true)),
            ("resloved", &["open", "resolved"], Some(true)),
            ("wrong-results", &["wrong_results"], Some(true)),
            ("degradated", &["degraded", "down"], Some(true)),
            // a part was left out, or another thing was meant
            ("detect", &["detected"], Some(false)),
            ("order-import", &["order-export"], Some(false)),
            ("db-a", &["db-b"], Some(false)),
            ("cause-1", &["cause-2"], Some(false)),
            ("impact-11", &["impact-1"], Some(false)),
            ("workfow", &["workflow", "workflows"], Some(false)),
            ("dwon", &["down"], Some(false)),
            ("owner", &["down"], None),
        ] {
            assert_eq!(near(word, known.iter().copied()).map(|near| near.sure), sure, "{word} {known:?}");
        }
    }
}
