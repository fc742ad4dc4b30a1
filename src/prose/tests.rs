//! What two texts agree on, and what they do not.

use proptest::prelude::*;

use super::{Desk, FactKind, Prose, Tongue};

/// Every difference in one line: kind, English, Portuguese. Clock times without a zone are read at UTC−2.
fn told(en: &str, pt: &str) -> Vec<String> {
    let mut desk = Desk::default();
    let (en, pt) =
        (Prose::read(en, Tongue::English, &mut desk), Prose::read(pt, Tongue::Portuguese, &mut desk));
    let told = |difference: super::Difference| {
        let list =
            |only: Vec<super::Only>| only.into_iter().map(|it| it.text).collect::<Vec<_>>().join(" + ");
        let kind = match difference.kind {
            FactKind::Number => "number",
            FactKind::Length => "length",
            FactKind::Time => "time",
        };
        format!("{kind}: {} / {}", list(difference.one), list(difference.other))
    };
    en.differences(&pt, -120).into_iter().map(told).collect()
}

#[test]
fn what_says_the_same_in_both_languages_does_not_differ() {
    for (en, pt) in [
        // numbers
        ("10.5 % of 1,234 orders", "10,5 % de 1.234 pedidos"),
        ("10,5 GB", "10.5 GB"),
        ("grew 100% per year", "crescem 100% ao ano"),
        ("ten percent", "dez por cento"),
        ("about 2 million orders", "cerca de 2 milhões de pedidos"),
        ("10k orders", "10 mil pedidos"),
        ("1,500 orders", "mil e quinhentos pedidos"),
        ("a thousand orders", "mil pedidos"),
        ("one hundred and twenty-four stores", "cento e vinte e quatro lojas"),
        ("twenty-one stores", "vinte e uma lojas"),
        ("Two of the three waves", "Duas das três ondas"),
        ("one of those remedies", "um desses remédios"),
        ("a remedy", "um remédio"),
        ("both services", "os dois serviços"),
        ("the two services", "ambos os serviços"),
        ("restarted twice", "reiniciado duas vezes"),
        ("twice the load", "o dobro da carga"),
        ("in half the time", "na metade do tempo"),
        ("Halve the time of the first wave", "Reduzir à metade o tempo da primeira onda"),
        ("Rebuild search from scratch", "Refazer a busca do zero"),
        ("wave 1, then wave 2", "onda 1, depois onda 2"),
        ("the second wave", "a 2ª onda"),
        ("version 2.4.1", "versão 2.4.1"),
        ("int32 and S3", "int32 e S3"),
        ("a 24/7 service", "um serviço 24/7"),
        ("in Q4 2017", "no 4º trimestre de 2017"),
        ("half of them", "50 % deles"),
        ("it met millions of old tasks", "tinha milhões de tarefas antigas"),
        ("Friday's accident", "o acidente de sexta-feira"),
        ("every minute counts", "cada minuto conta"),
        ("once a day", "uma vez por dia"),
        ("10 orders a minute", "10 pedidos por minuto"),
        // lengths
        ("24 hours", "1 dia"),
        ("within two hours", "em até 2 h"),
        ("a 24-hour window", "uma janela de 24 horas"),
        ("1 h 30 min", "1h30"),
        ("an hour and a half", "uma hora e meia"),
        ("2.5 hours", "duas horas e meia"),
        ("one and a half hours", "1h30min"),
        ("half an hour", "30 minutos"),
        ("half an hour", "meia hora"),
        ("90 minutes", "1 hora e 30 minutos"),
        ("between 2 and 3 hours", "de 2 a 3 horas"),
        ("2 hours to 3 hours", "2 a 3 horas"),
        ("10-20 minutes", "10–20 min"),
        ("5 business days", "5 dias úteis"),
        ("more than 1 year", "mais de 12 meses"),
        ("1.5 GB", "1.500 MB"),
        ("250 ms", "0,25 s"),
        ("100 seconds", "100 segundos"),
        ("an hour later", "uma hora depois"),
        ("one hour", "1 hora"),
        // dates and days
        ("on November 10, 2017", "em 10 de novembro de 2017"),
        ("on Nov 10th", "no dia 10 de nov."),
        ("December 1", "1º de dezembro"),
        ("December 1", "primeiro de dezembro"),
        ("2017-11-10", "10 de novembro de 2017"),
        ("11/10/2017", "10/11/2017"),
        ("10 and 11 November", "10 e 11 de novembro"),
        ("November 10 and 11", "10 e 11 de novembro"),
        ("on Friday", "na sexta-feira"),
        ("on Friday", "na sexta"),
        ("after Black Friday", "após a Black Friday"),
        ("It may fail in May 2020", "Pode falhar em maio de 2020"),
        ("in March 2020 they march", "em março de 2020 eles marcham"),
        // times of day
        ("at 6:30 pm", "às 18h30"),
        ("at 6 p.m. on Saturday", "por volta das 18h do sábado"),
        ("at 10:05", "às 10h05"),
        ("at 3 pm", "às 15 horas"),
        ("at 3 pm", "às 3 da tarde"),
        ("at 8 am", "às 8 horas da manhã"),
        ("at noon", "ao meio-dia"),
        ("at midnight", "à meia-noite"),
        ("at 12:00", "ao meio-dia"),
        ("from 4:19 to 19:00", "das 4h19 às 19h"),
        ("around 1:00 am (UTC)", "perto das 22h (BRT)"),
        ("around 1:00 am (UTC)", "perto das 22h (UTC−3)"),
        ("at 01:00 UTC", "às 22h, horário de Brasília"),
        ("at 01:00 UTC", "às 22h (horário de Brasília)"),
        ("at 18:00 UTC", "às 16h"),
        ("at 18:00 UTC and 19:00", "às 18h00 UTC e 19h00 UTC"),
        ("at 6:00", "às 18h"),
        ("at 22:00:15 UTC", "às 22:00:15 UTC"),
        ("2017-11-10T22:00:00Z", "2017-11-10T22:00:00Z"),
        // structure does not hide numbers, and code and addresses are no prose
        ("**10**&nbsp;orders, `30`", "*10* pedidos, `40`"),
        (
            "see https://example.com/10 or [20](https://example.com/20)",
            "veja https://example.com/30 ou [20](/x)",
        ),
        ("1. one\n2. two\n3. three", "1. um\n2. dois\n3. três"),
        ("", ""),
    ] {
        assert_eq!(told(en, pt), [""; 0], "{en} / {pt}");
    }
}

#[test]
fn what_differs_is_told_once_and_by_its_kind() {
    for (en, pt, expected) in [
        ("99.5 %", "95,5 %", "number: 99.5 % / 95,5 %"),
        ("10.5", "10,6", "number: 10.5 / 10,6"),
        ("10 orders", "pedidos", "number: 10 / "),
        ("orders", "dez pedidos", "number:  / dez"),
        ("two stores", "três lojas", "number: two / três"),
        ("3 hours", "30 horas", "length: 3 hours / 30 horas"),
        ("3 hours", "3 minutos", "length: 3 hours / 3 minutos"),
        ("between 2 and 3 hours", "de 2 a 4 horas", "length: 3 hours / 4 horas"),
        ("an hour", "duas horas", "length:  / duas horas"),
        ("1 h 30 min", "1 h 40 min", "length: 1 h 30 min / 1 h 40 min"),
        ("5 GB", "5 MB", "length: 5 GB / 5 MB"),
        ("half the time", "o tempo", "number: half / "),
        ("November 10", "11 de novembro", "time: 10 / 11"),
        ("November 10", "10 de dezembro", "time: November / dezembro"),
        ("in 2017", "em 2016", "time: 2017 / 2016"),
        ("in 2017", "em 7017", "time: 2017 / 7017"),
        ("on Friday", "no sábado", "time: Friday / sábado"),
        ("on Monday", "na sexta", "time: Monday / "),
        ("1:00 am UTC", "22h (UTC-2)", "time: 1:00 am UTC / 22h (UTC-2)"),
        ("1:00 am UTC", "às 22h", "time: 1:00 am UTC / 22h"),
        ("1:00 am UTC", "23h BRT", "time: 1:00 am UTC / 23h BRT"),
        ("1:00 am UTC", "1h CET", "time: 1:00 am UTC / 1h CET"),
        ("at 10:30", "às 10h40", "time: 10:30 / 10h40"),
        ("at 10:30", "às 10:70", "time: 10:30 / 10 + 70"),
        ("at 6 pm", "às 6h", "time: 6 pm / 6h"),
        ("at 6:30 pm", "às 17h30", "time: 6:30 pm / 17h30"),
        ("from 4:19 to 19:00", "das 4h19 às 18h", "time: 19:00 / 18h"),
        ("3 hours, 5 waves", "5 horas, 3 ondas", "number: 5 / 3"),
        ("wave 2", "onda 1", "number: 2 / 1"),
        ("int32", "int64", "number: 32 / 64"),
        ("1.2.3", "1.2.4", "number: 3 / 4"),
    ] {
        let found = told(en, pt);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{en} / {pt}: {found:?}");
    }
    assert_eq!(told("3 hours, 5 waves", "5 horas, 3 ondas").len(), 2);
    assert_eq!(
        told("up to 4 hours: 1, 2 and 3", "na sexta-feira: 1"),
        ["number: 2 + 3 / ", "length: 4 hours / ", "time:  / sexta-feira"]
    );
}

#[test]
fn structure_is_set_apart_from_words() {
    let mut desk = Desk::default();
    let text = "# One\n\nSee [the *guide*](/en/guide) and `run x`, {{id}}.\n\n- a\n  1. b\n  2. c\n- d\n\n\
        ```sh\nrm -r\n```\n\n## Two\n![i](i.png) https://example.com/a.\n";
    let prose = Prose::read(text, Tongue::English, &mut desk);
    let items: Vec<(usize, bool)> = prose.items().iter().map(|item| (item.depth, item.ordered)).collect();
    assert_eq!(items, [(1, false), (2, true), (2, true), (1, false)]);
    assert_eq!(prose.links(), ["/en/guide", "i.png", "https://example.com/a"]);
    assert_eq!(prose.code(), ["run x", "rm -r\n", "{{id}}"]);
    assert_eq!(prose.headings(), [1, 2]);
    let blocks: Vec<&str> = prose.blocks().collect();
    assert_eq!(
        blocks,
        [
            "One",
            "See the guide and \u{fffc}, {{id}}.",
            "a",
            "b",
            "c",
            "d",
            "\u{fffc}",
            "Two",
            "i https://example.com/a."
        ]
    );
}

/// Texts of the kind that is read for facts, and worse.
fn any_prose() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "10",
        "1.5",
        "1,000",
        "2.4.1",
        "2017",
        "18h30",
        "6 pm",
        "6:30",
        "half",
        "an",
        "hour",
        "meia",
        "hora",
        "e",
        "and",
        "a",
        "um",
        "two",
        "dois",
        "vinte",
        "twenty",
        "-",
        "–",
        "de",
        "of",
        "novembro",
        "May",
        "UTC",
        "UTC-3",
        "(",
        ")",
        "Brasília",
        "sexta-feira",
        "Friday",
        "mil",
        "million",
        "hundred",
        "cento",
        "%",
        "h",
        "min",
        "30",
        "`x`",
        "[a](/b)",
        "{{",
        "}}",
        "\n\n",
        "\n- ",
        "1. ",
        "# ",
        "**",
        "às",
        "manhã",
        ".",
        ",",
        "'",
        "é",
        "\0",
        "https://a.b/1",
        "  ",
    ]);
    prop::collection::vec((piece, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, gap)| format!("{piece}{}", if gap { " " } else { "" })).collect()
    })
}

proptest! {
    #[test]
    fn any_text_agrees_with_itself(text in prop_oneof![any_prose(), ".{0,80}"]) {
        let mut desk = Desk::default();
        for tongue in [Tongue::English, Tongue::Portuguese] {
            let prose = Prose::read(&text, tongue, &mut desk);
            prop_assert_eq!(prose.differences(&prose, -180), []);
        }
    }

    #[test]
    fn any_two_texts_are_compared_without_harm(one in any_prose(), other in any_prose()) {
        let mut desk = Desk::default();
        let one = Prose::read(&one, Tongue::English, &mut desk);
        let other = Prose::read(&other, Tongue::Portuguese, &mut desk);
        let kinds = |differences: &[super::Difference]| differences.iter().map(|it| it.kind).collect::<Vec<_>>();
        let found = one.differences(&other, 0);
        prop_assert!(found.iter().all(|it| !it.one.is_empty() || !it.other.is_empty()));
        prop_assert!(kinds(&found).windows(2).all(|pair| pair[0] != pair[1]));
    }
}
