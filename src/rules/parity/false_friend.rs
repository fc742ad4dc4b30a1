//! `false-friend`: a word that looks like the other language's and means something else.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::{
    finding::Excerpt,
    prose::{Aligned, Prose, Tongue},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Known false friend
    ///
    /// The English text does not render a Portuguese word by one that only looks like it: `eventualmente` is not
    /// `eventually`, `atualmente` not `actually`, `pretender` not `pretend`, `ressentir-se` not `resent`, nor
    /// `escalonamento vertical` `vertical escalation`. It fires only where both words stand, and the right English word does not.
    ///
    /// ## Why
    ///
    /// VTEX's English postmortem speaks of `vertical escalation of servers`, which is vertical scaling, and of how much its
    /// authors `resent the failure`, which the Portuguese regrets.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary:
    ///   en: A vertical escalation of the servers did not help.
    ///   pt-BR: Um escalonamento vertical dos servidores não ajudou.
    /// ```
    /// > `summary`: `escalation` is probably a false friend of `escalonamento`
    /// > `summary`: `escalation` provavelmente é falso cognato de `escalonamento`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: Vertical scaling of the servers did not help.
    ///   pt-BR: O escalonamento vertical dos servidores não ajudou.
    /// ```
    ///
    /// ## Fix
    ///
    /// Use the right word.
    ///
    /// # Falso cognato conhecido
    ///
    /// O texto em inglês não traduz uma palavra portuguesa por outra que só se parece com ela: `eventualmente` não é
    /// `eventually`, `atualmente` não é `actually`, `pretender` não é `pretend`, `ressentir-se` não é `resent`, nem
    /// `escalonamento vertical` é `vertical escalation`. A regra só fala onde as duas palavras aparecem e a palavra inglesa
    /// certa não aparece.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em inglês fala em `vertical escalation of servers`, que é escalonamento vertical (scaling), e em
    /// quanto seus autores `resent the failure`, que em português é lamentado.
    ///
    /// ## Correção
    ///
    /// Use a palavra certa.
    "false-friend": Warning Fact
}

/// A false friend: the beginning of the Portuguese word, the beginning of the English one that only looks like it, and
/// the English words that are right.
struct Friend {
    portuguese: &'static str,
    english: &'static str,
    right: &'static [&'static str],
    help: &'static str,
}

const fn friend(
    portuguese: &'static str,
    english: &'static str,
    right: &'static [&'static str],
    help: &'static str,
) -> Friend {
    Friend { portuguese, english, right, help }
}

const FRIENDS: [Friend; 10] = [
    friend("escalonamento", "escalation", &["scaling", "scaled", "scale"], "scaling"),
    friend("eventualmente", "eventually", &["possibly", "occasionally", "perhaps", "sometimes"], "possibly"),
    friend("atualmente", "actually", &["currently", "today", "now", "present"], "currently"),
    friend("pretend", "pretend", &["intend", "plan", "mean"], "intend"),
    friend("ressent", "resent", &["regret", "sorry"], "regret"),
    friend("prejudi", "prejudic", &["harm", "damage", "hurt", "hamper", "affect"], "harm"),
    friend("ultimamente", "ultimately", &["lately", "recently"], "lately"),
    friend("compromisso", "compromise", &["commitment", "appointment"], "commitment"),
    friend("atender", "attend", &["serve", "answer", "meet", "handle"], "answer"),
    friend("compreensiv", "comprehensive", &["understanding"], "understanding"),
];

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        let (en, pt) = (pair.text(Tongue::English), pair.text(Tongue::Portuguese));
        // a look at the whole text first: words are seldom needed, paragraphs more seldom
        if !STARTS.as_ref().is_some_and(|starts| starts.is_match(pt.plain())) {
            continue;
        }
        let begins_with = |text: &Prose, start: &str| text.words().any(|(_, word)| begins(word, start));
        let near: Vec<&Friend> = FRIENDS
            .iter()
            .filter(|friend| begins_with(en, friend.english) && begins_with(pt, friend.portuguese))
            .collect();
        if near.is_empty() {
            continue;
        }
        for [en, pt] in en.aligned(pt).iter().map(Aligned::words) {
            for friend in &near {
                let Some(word) = first(&en, friend.english) else { continue };
                let Some(source) = first(&pt, friend.portuguese) else { continue };
                // of an incident to a person `escalation` is the right word
                let is_right = friend.right.iter().any(|right| first(&en, right).is_some())
                    || (friend.english == "escalation"
                        && first(&en, "vertical").or(first(&en, "horizontal")).is_none());
                if is_right {
                    continue;
                }
                let sentence = sentence! { field = pair.field(judged).to_string(), word = word, source = source =>
                    "`{field}`: `{word}` is probably a false friend of `{source}`",
                    "`{field}`: `{word}` provavelmente é falso cognato de `{source}`"
                };
                let finding = out.find(judged, pair.side(judged, Tongue::English), sentence);
                finding.help = words! { right = friend.help =>
                    "use `{right}` or the like",
                    "use `{right}` ou algo assim"
                };
                finding.excerpt = Some(Excerpt { text: word.to_owned(), before: String::new(), nth: 0 });
            }
        }
    }
}

/// Finds where a Portuguese word of the list may begin.
static STARTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let starts = FRIENDS.iter().map(|friend| friend.portuguese);
    AhoCorasick::builder().ascii_case_insensitive(true).build(starts).ok()
});

fn begins(word: &str, start: &str) -> bool {
    word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn first<'w>(words: &'w [String], start: &str) -> Option<&'w str> {
    words.iter().map(String::as_str).find(|word| begins(word, start))
}
