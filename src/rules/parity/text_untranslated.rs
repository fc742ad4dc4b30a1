//! `text-untranslated`: each text is in the language it stands under.

use crate::{
    language::Quantity,
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::tag,
    },
};

rule! {
    /// # Text left untranslated
    ///
    /// A text of six words or more is not the same in both languages, and has at least one everyday word of its own language
    /// where it is full of the other's.
    ///
    /// ## Why
    ///
    /// Under pressure one text is copied to both places, to be translated later, and later does not come.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: The orders were stopped by a setting that named the wrong queue.
    ///   pt-BR: The orders were stopped by a setting that named the wrong queue.
    /// ```
    /// > `summary`: the pt-BR text is in English
    /// > `summary`: o texto em pt-BR está em inglês
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: The orders were stopped by a setting that named the wrong queue.
    ///   pt-BR: Os pedidos pararam por causa de uma configuração com a fila errada.
    /// ```
    ///
    /// ## Fix
    ///
    /// Translate it.
    ///
    /// # Texto sem tradução
    ///
    /// Um texto de seis palavras ou mais não é o mesmo nos dois idiomas e tem ao menos uma palavra comum do seu idioma quando
    /// está cheio das do outro.
    ///
    /// ## Por quê
    ///
    /// Na pressa, um texto é copiado para os dois lugares, para ser traduzido depois, e esse depois não chega.
    ///
    /// ## Correção
    ///
    /// Traduza o texto.
    "text-untranslated": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        for tongue in [Tongue::English, Tongue::Portuguese] {
            if !pair.text(tongue).is_in_other_tongue() {
                continue;
            }
            let actual = match tongue {
                Tongue::English => Quantity::named("Portuguese", "português"),
                Tongue::Portuguese => Quantity::named("English", "inglês"),
            };
            let sentence = sentence! { field = pair.field(judged).to_string(), lang = tag(tongue), actual = actual =>
                "`{field}`: the {lang} text is in {actual}",
                "`{field}`: o texto em {lang} está em {actual}"
            };
            out.find(judged, pair.side(judged, tongue), sentence).help =
                words! { "translate it", "traduza o texto" };
        }
    }
}
