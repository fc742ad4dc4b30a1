//! `length-ratio-unusual`: a translation about as long as its source, with as many paragraphs.

use crate::{
    language::Quantity,
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Length ratio is unusual
    ///
    /// Of a text whose English has more than 80 characters, the Portuguese has from 0.75 to 1.6 times as many, and as many
    /// paragraphs.
    ///
    /// ## Why
    ///
    /// The introduction of VTEX's postmortem has 8 paragraphs in English and 10 in Portuguese; of the second accident the
    /// Portuguese tells 53 words more, since whole sentences were left out in English.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: >-
    ///     Orders did not advance for eight minutes. New orders were accepted throughout, and none was lost; they advanced
    ///     once the queue had been named.
    ///   pt-BR: Os pedidos não avançaram por oito minutos.
    /// ```
    /// > `summary`: Portuguese has 0.3 times the length of English; something may be missing
    /// > `summary`: o português tem 0,3 vez o tamanho do inglês; pode faltar algo
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: >-
    ///     Orders did not advance for eight minutes. New orders were accepted throughout, and none was lost; they advanced
    ///     once the queue had been named.
    ///   pt-BR: >-
    ///     Os pedidos não avançaram por oito minutos. Novos pedidos continuaram a entrar, e nenhum se perdeu; eles avançaram
    ///     assim que a fila recebeu o nome certo.
    /// ```
    ///
    /// ## Fix
    ///
    /// Compare the two, sentence by sentence.
    ///
    /// # Proporção de tamanho incomum
    ///
    /// Quando o inglês de um texto passa de 80 caracteres, o português tem de 0,75 a 1,6 vez esse tamanho, e o mesmo número
    /// de parágrafos.
    ///
    /// ## Por quê
    ///
    /// A introdução do postmortem da VTEX tem 8 parágrafos em inglês e 10 em português; do segundo acidente, o português conta
    /// 53 palavras a mais, porque frases inteiras ficaram de fora do inglês.
    ///
    /// ## Correção
    ///
    /// Compare os dois, frase por frase.
    "length-ratio-unusual": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    /// Shorter texts vary with the luck of their words.
    const LONG_ENOUGH: usize = 80;
    const USUAL: std::ops::RangeInclusive<f64> = 0.75..=1.6;
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        let (en, pt) = (pair.text(Tongue::English), pair.text(Tongue::Portuguese));
        let (en_length, pt_length) = (en.characters(), pt.characters());
        if en_length <= LONG_ENOUGH {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
        let ratio = pt_length as f64 / en_length as f64;
        let field = pair.field(judged).to_string();
        let sentence = if !USUAL.contains(&ratio) {
            sentence! { field = field, ratio = Quantity::Factor(ratio) =>
                "`{field}`: Portuguese has {ratio} the length of English; something may be missing",
                "`{field}`: o português tem {ratio} o tamanho do inglês; pode faltar algo"
            }
        } else if en.paragraphs() != pt.paragraphs() {
            sentence! { field = field, en_n = en.paragraphs(), pt_n = pt.paragraphs() =>
                "`{field}` has more or fewer paragraphs in one language: {en_n} in English, {pt_n} in Portuguese",
                "`{field}` tem parágrafos a mais ou a menos em um idioma: {en_n} em inglês, {pt_n} em português"
            }
        } else {
            continue;
        };
        out.find(judged, pair.side(judged, pair.translation()), sentence).help = words! {
            "compare the two, sentence by sentence",
            "compare os dois, frase por frase"
        };
    }
}
