//! A sketch answers as the document does, or not at all.

use proptest::prelude::*;

use super::*;
use crate::locate::{Document, tree::Tree};

/// Every field of a sketch lies where the document says; how many the sketch knew.
fn agrees(text: &str) -> Option<usize> {
    let sketch = Sketch::of(text)?;
    let document = Document::parse(text);
    let mut known = 0;
    for field in Tree::parse(text).fields().into_iter().chain([Field::top()]) {
        for asked in [field.key("absent"), field.at(99), field] {
            if let Some(spot) = sketch.place(&asked) {
                assert_eq!(spot, document.place(&asked), "{asked} in {text:?}");
                known += 1;
            }
        }
    }
    Some(known)
}

#[test]
fn a_text_as_people_write_it_has_a_sketch_that_agrees_with_the_document() {
    let text = "\
# head
relato: 1
id: 2022-a # the id
title: {en: \"São Paulo: down\", pt-BR: ação, more: [a, {b: 'it''s'}]}
note:
empty: {}
summary:
  en: >-
    One: two # three
      deeper

    - last

  pt-BR: |
    Um
impacts:
  - service: oms
    started: 2022-12-18T16:20:00Z
    detection: {source: monitor}
  # between
  -
    service: erp
    # deep
actions:
- id: A1
  addresses: [c1, oms]
- id: A2
pairs:
  - - x
    - y
  - [z]
last: a # b
";
    assert!(agrees(text).is_some_and(|known| known > 60), "{:?}", agrees(text));
}

#[test]
fn what_takes_more_has_no_sketch() {
    for text in [
        "",
        "# a",
        "a",
        " a: 1",
        "a: &x 1",
        "a: *x",
        "a: !!str 1",
        "? a\n: b",
        "\"a\": 1",
        "a: \"one\n  two\"",
        "a: one\n  two",
        "a: [b,\n  c]",
        "a: {b: c: d}",
        "a: {b}",
        "a: [b: c]",
        "a: b: c",
        "a: b:",
        "a : b",
        "a:\tb",
        "a: 1\r\n",
        "a:\n    b: 1\n  c: 2",
        "a: 1\n  b: 2",
        "a: 1\n- b",
        "- a\nb: 1",
        "a: |2\n   b",
        "a: |\nb: 1",
        "a: |\n   b\n  c",
        "a: 1\n---\nb: 1",
        "%YAML 1.2\n---\na: 1",
        "a: \"x\" y",
        "a: \"\\q\"",
        "a: 'x",
        "a: @x",
        "a: x\u{2028}y",
    ] {
        assert!(Sketch::of(text).is_none(), "{text:?}");
    }
}

/// A text that mostly holds together, as `choices` have it.
fn grow(choices: &mut impl Iterator<Item = usize>, indent: usize, depth: usize, out: &mut String) {
    const VALUES: [&str; 26] = [
        " 1",
        " plain é words",
        " 2022-12-18T16:20:00Z",
        " role:x # c",
        " \"a: b\" # c",
        " 'it''s'",
        " \"é\"",
        " ~",
        "",
        " {a: 1, b: [x, é]}",
        " [a, b,]",
        " {a: {b: {}}, c: \"d\" }",
        " [ [], [-] ]",
        " {a: b:c,d: e}",
        " [{a: 'x'}, y]",
        " {}",
        " []",
        " # c",
        " a#b",
        "  x",
        " x ",
        " >-\n        one\n\n          two: # 3\n",
        " |\n        - one",
        " *a",
        " {a}",
        " x:",
    ];
    let mut next = || choices.next().unwrap_or(0);
    let (is_list, count) = (next() % 3 == 0, 1 + next() % 4);
    for at in 0..count {
        let mut next = || choices.next().unwrap_or(0);
        if next() % 9 == 0 {
            out.push_str(["\n", "# c\n", "      # d\n", "   \n"][next() % 4]);
        }
        if !(at == 0 && out.ends_with("- ")) {
            out.push_str(&" ".repeat(indent));
        }
        let (way, value, deeper) = (next() % 6, next(), 1 + next() % 3);
        if is_list {
            out.push('-');
        } else {
            out.push_str(["a", "b", "key-2", "pt-BR", "a.b"][at % 5]);
            out.push(':');
        }
        match way {
            0 | 1 if depth < 5 && is_list => {
                out.push(' ');
                grow(choices, indent + 2, depth + 1, out);
            }
            0..=2 if depth < 5 => {
                out.push('\n');
                grow(choices, indent + if value % 4 == 0 { 0 } else { deeper }, depth + 1, out);
            }
            _ => {
                // the last ones are seldom
                out.push_str(VALUES[value % (VALUES.len() - if value % 7 == 0 { 0 } else { 3 })]);
                out.push('\n');
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn where_a_sketch_answers_it_answers_as_the_document(
        choices in proptest::collection::vec(0usize..1000, 2..120),
        change in proptest::option::weighted(0.3, (0usize..10_000, "[a :\\-#{}\\[\\],|>\"'\n&*]?")),
    ) {
        let mut text = String::new();
        grow(&mut choices.into_iter(), 0, 0, &mut text);
        if let Some((at, with)) = change {
            let mut chars: Vec<char> = text.chars().collect();
            let at = at % chars.len();
            chars.splice(at..=at, with.chars());
            text = chars.into_iter().collect();
        }
        agrees(&text);
    }

    #[test]
    fn any_text_at_all_agrees(text in "[a-c:\\-#{}\\[\\],|>\"'\\\\ \n.é~0*&!%]{0,40}") {
        agrees(&text);
    }
}
