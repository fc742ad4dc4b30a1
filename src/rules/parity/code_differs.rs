//! `code-differs`: commands, placeholders and names stay as they are in both languages.

use crate::{
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::{Odd, Phrases, each_odd, unanswered},
    },
};

rule! {
    /// # Code differs
    ///
    /// Both texts have the same code spans, code blocks and placeholders (`{{ … }}`), each as often. A name that
    /// `glossary.yaml` lists under `do_not_translate` stands in both texts or in neither.
    ///
    /// ## Why
    ///
    /// A translated command breaks a runbook at three in the morning. In VTEX's Portuguese postmortem reports move to the
    /// product Insights; in the English one the name became `insights`, a noun.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: Run `systemctl restart search`.
    ///   pt-BR: Execute `systemctl reiniciar search`.
    /// ```
    /// > `summary` has `systemctl restart search` in English and `systemctl reiniciar search` in Portuguese
    /// > `summary` tem `systemctl restart search` em inglês e `systemctl reiniciar search` em português
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: Reports will move to better insights.
    ///   pt-BR: Os relatórios passarão para o VTEX Insights.
    /// ```
    /// > `summary`: `VTEX Insights` is missing or changed in the English text
    /// > `summary`: `VTEX Insights` falta ou mudou no texto em inglês
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: Orders did not reach the ERP; `erp-sync` had stopped.
    ///   pt-BR: O `erp-sync` parou, e os pedidos não chegavam aos ERPs.
    /// ```
    ///
    /// ## Fix
    ///
    /// Copy it exactly from the other text.
    ///
    /// # Código divergente
    ///
    /// Os dois textos têm os mesmos trechos de código, os mesmos blocos de código e os mesmos marcadores (`{{ … }}`), o mesmo
    /// número de vezes. Um nome que `glossary.yaml` lista em `do_not_translate` está nos dois textos ou em nenhum.
    ///
    /// ## Por quê
    ///
    /// Um comando traduzido quebra um runbook às três da manhã. No postmortem da VTEX em português, os relatórios vão para
    /// o produto Insights; em inglês, o nome virou `insights`, um substantivo comum.
    ///
    /// ## Correção
    ///
    /// Copie exatamente do outro texto.
    "code-differs": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let names = &case.glossary.do_not_translate;
    let phrases = Phrases::exactly(names.iter().map(String::as_str));
    each_odd(
        case,
        out,
        |pair| {
            let (en, pt) = (pair.text(Tongue::English), pair.text(Tongue::Portuguese));
            let (en_code, pt_code) = unanswered(en.code(), pt.code());
            let mut en_only: Vec<String> = en_code.into_iter().cloned().collect();
            let mut pt_only: Vec<String> = pt_code.into_iter().cloned().collect();
            if !phrases.is_empty() {
                let (in_en, in_pt) = (phrases.found(en), phrases.found(pt));
                let name = |index: &usize| names.get(*index).cloned();
                // in code it is not lost
                let lost = |name: &String, other: &crate::prose::Prose| {
                    !other.code().iter().any(|code| code.contains(name))
                };
                en_only.extend(in_en.difference(&in_pt).filter_map(name).filter(|name| lost(name, pt)));
                pt_only.extend(in_pt.difference(&in_en).filter_map(name).filter(|name| lost(name, en)));
            }
            (en_only, pt_only)
        },
        |field, odd| {
            let sentence = match odd {
                Odd::Both(en, pt) => sentence! { field = field, en = en, pt = pt =>
                    "`{field}` has `{en}` in English and `{pt}` in Portuguese",
                    "`{field}` tem `{en}` em inglês e `{pt}` em português"
                },
                Odd::English(token) => sentence! { field = field, token = token =>
                    "`{field}`: `{token}` is missing or changed in the Portuguese text",
                    "`{field}`: `{token}` falta ou mudou no texto em português"
                },
                Odd::Portuguese(token) => sentence! { field = field, token = token =>
                    "`{field}`: `{token}` is missing or changed in the English text",
                    "`{field}`: `{token}` falta ou mudou no texto em inglês"
                },
            };
            let help = words! { "copy it exactly from the other text", "copie exatamente do outro texto" };
            (sentence, help)
        },
    );
}
