//! `glossary-term-differs`: an agreed term is rendered as agreed.

use crate::{
    model::Term,
    prose::{Aligned, Prose, Tongue},
    rules::{
        Case, Judged,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::{Pair, other, tag},
    },
};

rule! {
    /// # Glossary term not rendered as agreed
    ///
    /// Where the source text uses a term of `glossary.yaml`, the translation uses its agreed form, in any inflection; and no
    /// text uses a form that the glossary forbids for a term that the other text uses.
    ///
    /// ## Why
    ///
    /// In VTEX's English postmortem a `shard` became `every aspect of our system`, and `dados dos pedidos originais` became
    /// `original request data`: an engineer reading it looks for requests.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: Every shard has a size of its own.
    ///   pt-BR: Cada parte tem um tamanho próprio.
    /// ```
    /// > `summary`: `shard` should be rendered as `shard`
    /// > `summary`: `shard` deve ser traduzido como `shard`
    ///
    /// ```yaml summary.en
    /// summary:
    ///   en: The data of the original requests was loaded again.
    ///   pt-BR: Os dados dos pedidos originais foram recarregados.
    /// ```
    /// > `summary`: `request` is not the agreed word for `pedido`, which is `order`
    /// > `summary`: `request` não é a palavra combinada para `pedido`, que é `order`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: The root cause lay in the size of the shards; requests failed.
    ///   pt-BR: A causa raiz estava no tamanho dos shards; as requisições falharam.
    /// ```
    ///
    /// ## Fix
    ///
    /// Use the agreed word, or amend the glossary.
    ///
    /// # Termo do glossário fora do combinado
    ///
    /// Onde o texto de origem usa um termo do `glossary.yaml`, a tradução usa a forma combinada, em qualquer flexão; e nenhum
    /// texto usa uma forma que o glossário proíbe para um termo que o outro texto usa.
    ///
    /// ## Por quê
    ///
    /// No postmortem da VTEX em inglês, um `shard` virou `every aspect of our system`, e `dados dos pedidos originais` virou
    /// `original request data`: quem lê procura requisições.
    ///
    /// ## Correção
    ///
    /// Use a palavra combinada ou altere o glossário.
    "glossary-term-differs": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    if case.glossary.terms.is_empty() {
        return;
    }
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        let translation = pair.translation();
        // a text in the wrong language holds no agreed word, and that is another rule's to say
        if pair.text(translation).is_in_other_tongue() {
            continue;
        }
        let (source, target) = (Words::of(pair.text(other(translation))), Words::of(pair.text(translation)));
        forbidden_forms(case, judged, pair, out);
        for term in &case.glossary.terms {
            let form = |tongue| term.forms.get(tag(tongue));
            let (Some(from), Some(to)) = (form(other(translation)), form(translation)) else { continue };
            if source.has(from) && !target.has_any_form(to) {
                let sentence = sentence! { field = pair.field(judged).to_string(), term = from, expected = to =>
                    "`{field}`: `{term}` should be rendered as `{expected}`",
                    "`{field}`: `{term}` deve ser traduzido como `{expected}`"
                };
                out.find(judged, pair.side(judged, translation), sentence).help = help();
            }
        }
    }
}

/// A form that the glossary forbids stands in a paragraph for a term that the paragraph's counterpart uses.
fn forbidden_forms(case: &Case<'_>, judged: &Judged<'_>, pair: &Pair, out: &mut Sink) {
    let (en, pt) = (pair.text(Tongue::English), pair.text(Tongue::Portuguese));
    let whole = [Words::of(en), Words::of(pt)];
    for term in case.glossary.terms.iter().filter(|term| !term.forbid.is_empty()) {
        for (here, tongue) in [Tongue::English, Tongue::Portuguese].into_iter().enumerate() {
            let form = |tongue| term.forms.get(tag(tongue));
            let (Some(own), Some(counterpart)) = (form(tongue), form(other(tongue))) else { continue };
            for word in forbidden(term, tag(tongue)) {
                if !whole.get(here).is_some_and(|words| words.has(word)) {
                    continue;
                }
                let stands_for = |aligned: Aligned<'_>| {
                    let [en, pt] = aligned.words().map(Words);
                    let (here, there) = if tongue == Tongue::English { (en, pt) } else { (pt, en) };
                    here.has(word) && !here.has_any_form(own) && there.has(counterpart)
                };
                if !en.aligned(pt).into_iter().any(stands_for) {
                    continue;
                }
                let sentence = sentence! {
                    field = pair.field(judged).to_string(), word = word, term = counterpart, expected = own =>
                    "`{field}`: `{word}` is not the agreed word for `{term}`, which is `{expected}`",
                    "`{field}`: `{word}` não é a palavra combinada para `{term}`, que é `{expected}`"
                };
                out.find(judged, pair.side(judged, tongue), sentence).help = help();
            }
        }
    }
}

fn help() -> crate::finding::Words {
    words! { "use the agreed word, or amend the glossary", "use a palavra combinada ou altere o glossário" }
}

fn forbidden<'t>(term: &'t Term, tag: &str) -> impl Iterator<Item = &'t str> {
    let of_language = term.forbid.iter().find(|(language, _)| language == tag);
    of_language.into_iter().flat_map(|(_, words)| words.iter().map(String::as_str))
}

/// The words of a text in small letters.
struct Words(Vec<String>);

impl Words {
    fn of(text: &Prose) -> Self {
        Self(text.words().map(|(_, word)| word.to_lowercase()).collect())
    }

    /// Whether a term stands here, in the singular or the plural. Of a form with a remark in brackets, what stands before
    /// them.
    fn has(&self, term: &str) -> bool {
        let wanted = parts(term.split('(').next().unwrap_or(term));
        let same = |word: &str, wanted: &str| {
            let rest = word.strip_prefix(wanted);
            matches!(rest, Some("" | "s" | "es"))
        };
        !wanted.is_empty()
            && self.0.windows(wanted.len()).enumerate().any(|(at, words)| {
                words.iter().zip(&wanted).all(|(word, wanted)| same(word, wanted))
                    && !self.is_manner_of_speaking(at)
            })
    }

    /// `in order to`, `order of magnitude`, `a médio prazo`: a manner of speaking, and no term.
    fn is_manner_of_speaking(&self, at: usize) -> bool {
        let is = |at: Option<usize>, words: &[&str]| {
            at.and_then(|at| self.0.get(at)).is_some_and(|word| words.contains(&word.as_str()))
        };
        let (before, here, after) = (at.checked_sub(1), Some(at), at.checked_add(1));
        (is(here, &["order"]) && (is(before, &["in"]) || is(after, &["of"])))
            || (is(here, &["prazo", "prazos"]) && is(before, &["curto", "médio", "longo"]))
    }

    /// Whether the words of a term stand here in some inflection, or those in brackets behind it.
    fn has_any_form(&self, term: &str) -> bool {
        term.split(['(', ')', '/']).map(parts).filter(|words| !words.is_empty()).any(|words| {
            words.iter().all(|word| {
                // `recuperação` is kept in `recuperou`
                let length = word.chars().count();
                let kept = length.saturating_sub(4).max(4).min(length);
                let stem: String = word.chars().take(kept).collect();
                self.0.iter().any(|there| there.starts_with(&stem))
            })
        })
    }
}

fn parts(term: &str) -> Vec<String> {
    term.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
