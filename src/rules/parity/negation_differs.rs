//! `negation-differs`: what one language denies, the other does not assert.

use crate::{
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::at,
    },
};

rule! {
    /// # Negation differs
    ///
    /// Two paragraphs that are each other's translation negate equally often (`not`, `no`, `never`, `none`, `nobody`,
    /// `nothing`, `without`, `cannot`; `não`, `nunca`, `nenhum`, `ninguém`, `nada`, `sem`). A word that may stand for a
    /// negation (`prevent`, `only`, `until`, `fail`; `só`, `apenas`, `impedir`, `deixar`) answers one. Only paragraphs of some
    /// length are looked at: `unknown` is `não se sabe`, and in a title that is no mistake.
    ///
    /// ## Why
    ///
    /// VTEX's Portuguese postmortem calls the affair an example of how *not* to act; the English one, of how to proceed.
    /// The two say the opposite.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: The one good that comes of this is a lesson for all of us, and an example of how to proceed in the future.
    ///   pt-BR: O único bem que fica disto é uma lição para todos nós, e um exemplo de como não agir no futuro.
    /// ```
    /// > `summary`: Portuguese negates (`não`) where English does not
    /// > `summary`: o português nega (`não`) onde o inglês não nega
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: The one good that comes of this is a lesson for all of us, and an example of how not to act in the future.
    ///   pt-BR: O único bem que fica disto é uma lição para todos nós, e um exemplo de como não agir no futuro.
    /// ```
    ///
    /// ## Fix
    ///
    /// Read both aloud, and correct the one that is wrong. If both say the same in other words, waive it.
    ///
    /// # Negação divergente
    ///
    /// Dois parágrafos que são tradução um do outro negam o mesmo número de vezes (`not`, `no`, `never`, `none`, `nobody`,
    /// `nothing`, `without`, `cannot`; `não`, `nunca`, `nenhum`, `ninguém`, `nada`, `sem`). Uma palavra que pode fazer as vezes
    /// de uma negação (`prevent`, `only`, `until`, `fail`; `só`, `apenas`, `impedir`, `deixar`) responde por uma. Só
    /// parágrafos de algum tamanho são examinados: `unknown` é `não se sabe`, e num título isso não é erro.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em português chama o caso de exemplo de como *não* agir; o inglês, de como proceder. Um diz o
    /// contrário do outro.
    ///
    /// ## Correção
    ///
    /// Leia os dois em voz alta e corrija o que estiver errado. Se ambos dizem o mesmo com outras palavras, dispense a regra.
    "negation-differs": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        for aligned in pair.text(Tongue::English).aligned(pair.text(Tongue::Portuguese)) {
            let Some((tongue, only)) = aligned.negation() else { continue };
            let (field, word) = (pair.field(judged).to_string(), only.text.clone());
            let sentence = match tongue {
                Tongue::Portuguese => sentence! { field = field, word = word =>
                    "`{field}`: Portuguese negates (`{word}`) where English does not",
                    "`{field}`: o português nega (`{word}`) onde o inglês não nega"
                },
                Tongue::English => sentence! { field = field, word = word =>
                    "`{field}`: English negates (`{word}`) where Portuguese does not",
                    "`{field}`: o inglês nega (`{word}`) onde o português não nega"
                },
            };
            let finding = out.find(judged, pair.side(judged, tongue), sentence);
            finding.help = words! {
                "read both aloud, and correct the one that is wrong",
                "leia os dois em voz alta e corrija o que estiver errado"
            };
            at(finding, &only);
        }
    }
}
