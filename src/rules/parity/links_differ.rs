//! `links-differ`: what one language links, the other links too.

use crate::{
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::{Odd, each_odd, unanswered},
    },
};

rule! {
    /// # Links differ
    ///
    /// Both texts link the same pages and show the same images, each as often. Pages that each language has for itself
    /// (`/en/guide` and `/pt/guia`, `en.example.org` and `pt.example.org`) count as the same when all before the
    /// language is; the order may differ as sentences do.
    ///
    /// ## Why
    ///
    /// VTEX's Portuguese postmortem links its guide for ERP integrations. The English one only names it, and its readers
    /// cannot follow.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: Read orders by the integration feed, as the guide says.
    ///   pt-BR: Leia os pedidos pelo feed de integração, como diz o [guia](/pt/guia-de-integracao).
    /// ```
    /// > `summary`: the link `/pt/guia-de-integracao` is in the Portuguese text alone
    /// > `summary`: o link `/pt/guia-de-integracao` está só no texto em português
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: See https://status.example/42.
    ///   pt-BR: Veja https://status.example/43.
    /// ```
    /// > `summary` links `https://status.example/42` in English and `https://status.example/43` in Portuguese
    /// > `summary` tem o link `https://status.example/42` em inglês e `https://status.example/43` em português
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: See the [guide](https://docs.example/en/orders) and [the page](https://status.example/42).
    ///   pt-BR: Veja [a página](https://status.example/42) e o [guia](https://docs.example/pt/pedidos).
    /// ```
    ///
    /// ## Fix
    ///
    /// Add the link to the text that lacks it, or correct it.
    ///
    /// # Links divergentes
    ///
    /// Os dois textos têm links para as mesmas páginas e mostram as mesmas imagens, o mesmo número de vezes. Páginas que
    /// cada idioma tem para si (`/en/guide` e `/pt/guia`, `en.example.org` e `pt.example.org`) valem como a mesma quando
    /// tudo antes do idioma coincide; a ordem pode variar, como varia a das frases.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em português traz o link do guia de integração de ERPs. O inglês só cita o guia, e quem lê não
    /// tem como chegar a ele.
    ///
    /// ## Correção
    ///
    /// Acrescente o link ao texto em que falta ou corrija-o.
    "links-differ": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let odd = |en: &[String], pt: &[String]| {
        let (mut en, mut pt) = unanswered(en, pt);
        pair_off(&mut en, &mut pt);
        (en.into_iter().cloned().collect(), pt.into_iter().cloned().collect())
    };
    each_odd(
        case,
        out,
        |pair| odd(pair.text(Tongue::English).links(), pair.text(Tongue::Portuguese).links()),
        |field, odd| {
            let sentence = match odd {
                Odd::Both(en, pt) => sentence! { field = field, en = en, pt = pt =>
                    "`{field}` links `{en}` in English and `{pt}` in Portuguese",
                    "`{field}` tem o link `{en}` em inglês e `{pt}` em português"
                },
                Odd::English(target) => sentence! { field = field, target = target =>
                    "`{field}`: the link `{target}` is in the English text alone",
                    "`{field}`: o link `{target}` está só no texto em inglês"
                },
                Odd::Portuguese(target) => sentence! { field = field, target = target =>
                    "`{field}`: the link `{target}` is in the Portuguese text alone",
                    "`{field}`: o link `{target}` está só no texto em português"
                },
            };
            let help = words! {
                "add the link to the text that lacks it, or correct it",
                "acrescente o link ao texto em que falta ou corrija-o"
            };
            (sentence, help)
        },
    );
}

/// Takes away pages that are each other's in the other language, in their order.
fn pair_off(en: &mut Vec<&String>, pt: &mut Vec<&String>) {
    if en.is_empty() || pt.is_empty() {
        return;
    }
    let mut waiting: std::collections::HashMap<(&str, &str), usize> = std::collections::HashMap::new();
    for target in pt.iter() {
        if let Some(place) = place(target, "pt") {
            *waiting.entry(place).or_default() += 1;
        }
    }
    let mut paired: std::collections::HashMap<(&str, &str), usize> = std::collections::HashMap::new();
    en.retain(|target| {
        let Some(place) = place(target, "en") else { return true };
        match waiting.get_mut(&place) {
            Some(count) if *count > 0 => {
                *count -= 1;
                *paired.entry(place).or_default() += 1;
                false
            }
            _ => true,
        }
    });
    pt.retain(|target| match place(target, "pt").and_then(|place| paired.get_mut(&place)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
}

/// What stands before the language in an address, and what follows it in the name of the host; `None` where no part of
/// it is this language: `/en/guide`, `pt.example.org`, `?lang=pt-BR`.
fn place<'t>(target: &'t str, language: &str) -> Option<(&'t str, &'t str)> {
    let is_edge = |c: char| matches!(c, '/' | '.' | '?' | '&' | '=' | '#');
    let host_end = target.find("//").map(|at| at + 2).and_then(|at| Some(at + target.get(at..)?.find('/')?));
    let mut start = 0;
    for part in target.split_inclusive(is_edge) {
        let word = part.trim_end_matches(is_edge);
        let is_language = word.get(..2).is_some_and(|head| head.eq_ignore_ascii_case(language))
            && (word.len() == 2
                || matches!(word.get(2..3), Some("-" | "_")) && (5..=6).contains(&word.len()));
        if is_language {
            let before = target.get(..start)?;
            let end = host_end.unwrap_or(0).max(start);
            return Some((before, target.get(start + word.len()..end).unwrap_or_default()));
        }
        start += part.len();
    }
    None
}
