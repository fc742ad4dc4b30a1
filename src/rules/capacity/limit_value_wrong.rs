//! `limit-value-wrong`: the largest value of a type is known to the digit.

use crate::{
    finding::Severity,
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Limit is not the largest value of its type
    ///
    /// Where a limit names an integer type (`int8` to `int64`, `uint8` to `uint64`), its `max` is not larger than the type
    /// holds, is not the largest value of another type, and is not that of its own type with one digit amiss. A smaller limit
    /// set on purpose is nobody's error. Looked at: `limits` of the catalogue and `limit` of a cause.
    ///
    /// In prose, an integer of 32 or 64 *bytes* is told, as a warning: bits are meant.
    ///
    /// ## Why
    ///
    /// Order Desk writes of a 32-byte integer, and of a larger type whose maximum ends in 808. It has 32 bits, and the other
    /// ends in 807.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].limit.max
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow], limit: {name: order-id, type: int64, max: 9223372036854775808}}
    /// ```
    /// > 9223372036854775808 is not the largest value of `int64`; that is 9223372036854775807
    /// > 9223372036854775808 não é o maior valor de `int64`, que é 9223372036854775807
    ///
    /// ```yaml services.order-workflow.limits[0].max
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///     limits: [{id: order-id, type: int32, max: 2147438647}]
    /// ```
    /// > 2147438647 is not the largest value of `int32`; that is 2147483647
    /// > 2147438647 não é o maior valor de `int32`, que é 2147483647
    ///
    /// ```yaml summary.pt-BR
    /// summary: {en: The field is a 32-bit integer., pt-BR: O campo é um inteiro de 32 bytes.}
    /// ```
    /// > "inteiro de 32 bytes": 32 bits must be meant
    /// > "inteiro de 32 bytes": o certo deve ser 32 bits
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow], limit: {name: order-id, type: int64, max: 9223372036854775807}}
    /// summary: {en: A 64-byte cache line and a 4-byte integer., pt-BR: Uma linha de cache de 64 bytes e um inteiro de 4 bytes.}
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///     limits: [{id: order-id, type: int32, max: 2000000000}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the number, or the type.
    ///
    /// # O limite não é o maior valor do seu tipo
    ///
    /// Quando um limite cita um tipo inteiro (`int8` a `int64`, `uint8` a `uint64`), seu `max` não é maior do que cabe no tipo,
    /// não é o maior valor de outro tipo e não é o do próprio tipo com um algarismo trocado. Um limite menor, definido de
    /// propósito, não é erro. São examinados os `limits` do catálogo e o `limit` de uma causa.
    ///
    /// Em prosa, aponta-se, como aviso, um inteiro de 32 ou 64 *bytes*: o certo são bits.
    ///
    /// ## Por quê
    ///
    /// A Order Desk escreve sobre um inteiro de 32 bytes e sobre um tipo maior cujo máximo termina em 808. O primeiro tem
    /// 32 bits, e o outro termina em 807.
    ///
    /// ## Correção
    ///
    /// Corrija o número ou o tipo.
    "limit-value-wrong": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            let Some(limit) = &cause.limit else { continue };
            if let Some(sentence) = wrong(limit.kind.as_deref(), limit.max) {
                let field = Field::of("causes").at(i).key("limit").key("max");
                out.find(judged, field, sentence).help =
                    words! { "correct the number, or the type", "corrija o número ou o tipo" };
            }
        }
        let mut amiss = Vec::new();
        judged.incident.each_text(&mut |path, text| {
            for (tag, text) in text.iter() {
                if let Some(said) = in_bytes(text) {
                    amiss.push((path.key(tag).field(), said));
                }
            }
        });
        for (field, (said, bits)) in amiss {
            let sentence = sentence! { said = said, bits = bits =>
                "\"{said}\": {bits} bits must be meant",
                "\"{said}\": o certo deve ser {bits} bits"
            };
            out.find_as(Severity::Warning, judged, field, sentence).help = words! { "write bits, or the right number of bytes", "escreva bits ou o número certo de bytes" };
        }
    }
    let Some(file) = case.judged_catalogue() else { return };
    for service in &case.catalogue.services {
        for (i, limit) in service.limits.iter().enumerate() {
            if let Some(sentence) = wrong(limit.kind.as_deref(), limit.max) {
                let field = Field::of("services").key(&service.id).key("limits").at(i).key("max");
                out.find_file(file, field, sentence).help =
                    words! { "correct the number, or the type", "corrija o número ou o tipo" };
            }
        }
    }
}

/// The largest value of each integer type.
const LARGEST: [(&str, u64); 8] = [
    ("int8", 127),
    ("uint8", 255),
    ("int16", 32_767),
    ("uint16", 65_535),
    ("int32", 2_147_483_647),
    ("uint32", 4_294_967_295),
    ("int64", 9_223_372_036_854_775_807),
    ("uint64", 18_446_744_073_709_551_615),
];

/// What is wrong with a limit, when it names a type and is surely not a value chosen for it.
fn wrong(kind: Option<&str>, max: Option<u64>) -> Option<Sentence> {
    let (kind, max) = (kind?, max?);
    let largest = LARGEST.iter().find(|(name, _)| *name == kind)?.1;
    // the small types' values are round numbers to somebody
    let of_another = || LARGEST.iter().any(|(_, other)| *other == max && max > 65_535);
    if max == largest || !(max > largest || of_another() || is_one_digit_off(max, largest)) {
        return None;
    }
    Some(sentence! { value = max.to_string(), r#type = kind, expected = largest.to_string() =>
        "{value} is not the largest value of `{type}`; that is {expected}",
        "{value} não é o maior valor de `{type}`, que é {expected}"
    })
}

/// One digit is another, or two neighbours changed places, in a number too long to be meant.
fn is_one_digit_off(value: u64, of: u64) -> bool {
    let (value, of) = (value.to_string(), of.to_string());
    if value.len() != of.len() || of.len() < 9 {
        return false;
    }
    let differing: Vec<(usize, u8, u8)> = value
        .bytes()
        .zip(of.bytes())
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(i, (a, b))| (i, a, b))
        .collect();
    match differing.as_slice() {
        [_] => true,
        [(i, a, b), (j, c, d)] => i + 1 == *j && a == d && b == c,
        _ => false,
    }
}

/// The first integer of 32 or 64 bytes in a text, as it stands there.
fn in_bytes(text: &str) -> Option<(String, u32)> {
    // most texts speak of no byte
    if !text.contains("byte") {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    for (i, word) in words.iter().enumerate() {
        let next = |by: usize| words.get(i + by).map(|word| bare(word)).unwrap_or_default();
        let word = bare(word);
        let (size, said) = match word.strip_suffix("-byte").or_else(|| word.strip_suffix("-bytes")) {
            Some(size) if is_integer(&next(1)) => (size.to_owned(), words.get(i..i + 2)?),
            _ if word == "inteiro" && next(1) == "de" && next(3).starts_with("byte") => {
                (next(2), words.get(i..i + 4)?)
            }
            _ if next(1).starts_with("byte") && is_integer(&next(2)) => (word, words.get(i..i + 3)?),
            _ => continue,
        };
        // integers of 8 and of 16 bytes there are
        if let Some(bits) = size.parse().ok().filter(|size| [32, 64].contains(size)) {
            let said = said.join(" ");
            return Some((said.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned(), bits));
        }
    }
    None
}

fn is_integer(word: &str) -> bool {
    matches!(word, "int" | "integer" | "integers")
}
