//! `value-invalid`: a value of the wrong kind.

use crate::{
    finding::{Fix, Words},
    model::{ExpectedValue, FaultKind},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Value of the wrong kind
    ///
    /// Each field holds what the format says: a date, a length, one of its words, a list, a text.
    ///
    /// ## Why
    ///
    /// What cannot be understood is left out of every figure; the author should know.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].level
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     level: dwon
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `dwon` is not one of the words that can stand here
    /// > `dwon` não é uma das palavras possíveis aqui
    ///
    /// ```yaml actions[0].created_on
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 31/03/2026, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `31/03/2026` is not a date
    /// > `31/03/2026` não é uma data
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 2026-03-03, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write it in the form shown. `relato schema` gives your editor every field with its form.
    ///
    /// # Valor de tipo errado
    ///
    /// Cada campo contém o que o formato diz: uma data, uma duração, uma das palavras previstas, uma lista, um texto.
    ///
    /// ## Por quê
    ///
    /// O que não é entendido fica fora de todos os números; quem escreveu precisa saber.
    ///
    /// ## Correção
    ///
    /// Escreva na forma indicada. `relato schema` mostra ao seu editor todos os campos e suas formas.
    "value-invalid": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::Invalid { value, expected, near } = &fault.kind else { continue };
        if value.is_empty() && fault.field.steps().is_empty() {
            let sentence = sentence! { => "the file is empty", "o arquivo está vazio" };
            out.find_fault(fault, sentence).help = words! {
                "write `relato: 1` and what belongs in it, or remove the file; `relato new` writes an incident to begin with",
                "escreva `relato: 1` e o conteúdo do arquivo, ou remova-o; `relato new` cria um incidente para começar"
            };
            continue;
        }
        let sentence = match expected {
            ExpectedValue::OneOf(_) | ExpectedValue::Calendar(_) => sentence! { value = value.as_str() =>
                "`{value}` is not one of the words that can stand here",
                "`{value}` não é uma das palavras possíveis aqui"
            },
            _ => {
                let (en, pt) = named(expected);
                sentence! { value = value.as_str(), expected = crate::language::Quantity::named(en, pt) =>
                    "`{value}` is not {expected}",
                    "`{value}` não é {expected}"
                }
            }
        };
        let finding = out.find_fault(fault, sentence);
        finding.fix = near.as_ref().filter(|near| near.sure).map(|near| Fix::new(value, near.as_str()));
        finding.help = match near {
            Some(near) => {
                words! { near = near.as_str() => "did you mean `{near}`?", "você quis dizer `{near}`?" }
            }
            // a comma in a text of `{en: …}` makes a key of what follows it
            None if *expected == ExpectedValue::Language && value.contains(' ') => words! {
                "put the text into quotes: inside `{{…}}` a comma ends it",
                "ponha o texto entre aspas: dentro de `{{…}}`, a vírgula o encerra"
            },
            None => item(expected, value, fault.field.name()).unwrap_or_else(|| help(expected)),
        };
    }
}

fn named(expected: &ExpectedValue) -> (&'static str, &'static str) {
    match expected {
        ExpectedValue::Mapping => ("a mapping", "um mapeamento"),
        ExpectedValue::List => ("a list", "uma lista"),
        ExpectedValue::Text => ("a text", "um texto"),
        ExpectedValue::Localized => ("a text in each language", "um texto em cada idioma"),
        ExpectedValue::Whole => ("a whole number", "um número inteiro"),
        ExpectedValue::Number => ("a number", "um número"),
        ExpectedValue::Count => ("a count", "uma contagem"),
        ExpectedValue::YesNo => ("`true` or `false`", "`true` nem `false`"),
        ExpectedValue::Tristate => ("`true`, `false` or `unknown`", "`true`, `false` nem `unknown`"),
        ExpectedValue::Date => ("a date", "uma data"),
        ExpectedValue::Length => ("a length of time", "uma duração"),
        ExpectedValue::StatedLength => ("a stated length", "uma duração declarada"),
        ExpectedValue::Moment => ("a moment", "um momento"),
        ExpectedValue::Zone => ("a time zone", "um fuso horário"),
        ExpectedValue::Id => ("an id", "um id"),
        ExpectedValue::IncidentId => ("an incident id", "um id de incidente"),
        ExpectedValue::Language => ("a language tag", "um código de idioma"),
        ExpectedValue::Colour => ("a colour", "uma cor"),
        ExpectedValue::Calendar(_) | ExpectedValue::OneOf(_) => ("one of the words", "uma das palavras"),
    }
}

/// What to write where the items of a list have lost their dash.
fn item(expected: &ExpectedValue, value: &str, field: &str) -> Option<Words> {
    if *expected == ExpectedValue::Mapping
        && let Some((_, example)) = PARTS.iter().find(|(part, _)| *part == field)
    {
        return Some(words! { example = *example => "write `{example}`", "escreva `{example}`" });
    }
    let begun = *expected == ExpectedValue::List && value.starts_with('{');
    let (_, example) = ITEMS.iter().find(|(list, _)| begun && *list == field)?;
    Some(words! { example = *example =>
        "begin each item with `- `, like `{example}`",
        "comece cada item com `- `, como em `{example}`"
    })
}

/// What the parts of a step look like.
const PARTS: &[(&str, &str)] = &[
    ("step", "step: {key: restart-queue, intent: recover, title: …, outcome: worked}"),
    ("expected", "expected: {took: 10m, sign: …}"),
    ("verify", "verify: {signal: …, expect: …, within: 5m}"),
    ("rollback", "rollback: {how: …}"),
    ("hazard", "hazard: {level: danger, affects: […], text: …}"),
    ("irreversible", "irreversible: {approval: role:…}"),
];

/// How the items of the great lists begin.
const ITEMS: &[(&str, &str)] = &[
    ("impacts", "- service: order-import"),
    ("timeline", "- at: 2022-12-18T16:20"),
    ("causes", "- id: c-slow-query"),
    ("actions", "- id: A1"),
];

fn help(expected: &ExpectedValue) -> Words {
    let (en, pt) = match expected {
        ExpectedValue::Mapping => ("write `key: value` pairs", "escreva pares `chave: valor`"),
        ExpectedValue::List => {
            ("write `[a, b]`, or one `- ` line for each", "escreva `[a, b]`, ou uma linha `- ` para cada")
        }
        ExpectedValue::Text => (
            "write a text, in quotes if it looks like something else",
            "escreva um texto, entre aspas se ele parecer outra coisa",
        ),
        ExpectedValue::Localized => ("write `{en: …, pt-BR: …}`", "escreva `{en: …, pt-BR: …}`"),
        ExpectedValue::Whole => ("write a whole number such as `3`", "escreva um número inteiro, como `3`"),
        ExpectedValue::Number => ("write a number such as `2.5`", "escreva um número, como `2.5`"),
        ExpectedValue::Count => (
            "write `120`, `{about: 120, plus_minus: 20}` or `unknown`",
            "escreva `120`, `{about: 120, plus_minus: 20}` ou `unknown`",
        ),
        ExpectedValue::YesNo => {
            ("YAML 1.2 knows only `true` and `false`", "o YAML 1.2 só conhece `true` e `false`")
        }
        ExpectedValue::Tristate => {
            ("write `true`, `false` or `unknown`", "escreva `true`, `false` ou `unknown`")
        }
        ExpectedValue::Date => ("write it like `2026-03-31`", "escreva como `2026-03-31`"),
        ExpectedValue::Length => {
            ("write it like `45s`, `10m`, `1h30m`, `7d`", "escreva como `45s`, `10m`, `1h30m`, `7d`")
        }
        ExpectedValue::StatedLength => (
            "write it like `10m`, `1h30m`, `~20h ±30m`, or `{min: 5h, max: 6h}`",
            "escreva como `10m`, `1h30m`, `~20h ±30m` ou `{min: 5h, max: 6h}`",
        ),
        ExpectedValue::Moment => (
            "write it like `2014-10-23T04:19+02:00`, or `unknown`",
            "escreva como `2014-10-23T04:19+02:00` ou `unknown`",
        ),
        ExpectedValue::Zone => (
            "write an IANA name such as `America/Sao_Paulo`",
            "escreva um nome da IANA, como `America/Sao_Paulo`",
        ),
        ExpectedValue::Id => ("ids have letters, digits and `-`", "ids têm letras, dígitos e `-`"),
        ExpectedValue::IncidentId => (
            "write it in lower case, the date first, like `2022-12-18-order-imports`",
            "escreva-o em minúsculas, começando pela data, como em `2022-12-18-order-imports`",
        ),
        ExpectedValue::Language => {
            ("write a tag such as `en` or `pt-BR`", "escreva um código como `en` ou `pt-BR`")
        }
        ExpectedValue::Colour => ("write it like `#0b6e4f`", "escreva como `#0b6e4f`"),
        ExpectedValue::Calendar(names) | ExpectedValue::OneOf(names) => {
            let names = names.join("`, `");
            return words! { names = names => "one of `{names}`", "uma destas: `{names}`" };
        }
    };
    Words { en: en.to_owned(), pt: pt.to_owned() }
}
