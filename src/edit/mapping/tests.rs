//! Changes in place, in every style.

use super::*;

fn keys() -> Vec<(String, Value)> {
    let scalar = |text: &str| Value::Scalar(text.to_owned());
    let hashes = vec![("title".to_owned(), scalar("\"1\"")), ("lessons[0]".to_owned(), scalar("\"2\""))];
    let review = vec![
        ("reviewed_on".to_owned(), scalar("2026-01-01")),
        ("source_hashes".to_owned(), Value::Map(hashes)),
    ];
    vec![("translation".to_owned(), Value::Map(vec![("pt-BR".to_owned(), Value::Map(review))]))]
}

#[test]
fn keys_go_where_they_belong_and_all_else_stays() {
    let block = "translation:\n  pt-BR:\n    reviewed_on: 2026-01-01\n    source_hashes:\n      title: \"1\"\n      \"lessons[0]\": \"2\"\n";
    for (before, after) in [
        ("a: 1\n", format!("a: 1\n{block}")),
        ("# c\na: 1", format!("# c\na: 1\n{block}")),
        ("a: |\n  x\n\n", format!("a: |\n  x\n\n{block}")),
        ("a: 1 # c\r\n# d\r\n", format!("a: 1 # c\r\n{}# d\r\n", block.replace('\n', "\r\n"))),
        (
            "translation:\nb: 1\n",
            "translation: {pt-BR: {reviewed_on: 2026-01-01, source_hashes: {title: \"1\", \"lessons[0]\": \"2\"}}}\nb: 1\n".to_owned(),
        ),
        (
            "translation: {pt-BR: {reviewed_by: role:x, reviewed_on: 2020-01-01, source_hashes: {}}} # c\nb: 1\n",
            "translation: {pt-BR: {reviewed_by: role:x, reviewed_on: 2026-01-01, source_hashes: {title: \"1\", \"lessons[0]\": \"2\"}}} # c\nb: 1\n".to_owned(),
        ),
        (
            "translation:\n  # who\n  pt-BR:\n    reviewed_by: 'role:x' # him\n    source_hashes:   # do not touch\n      title: \"0\"  # old\n      other: \"9\"\n  de: {}\n",
            "translation:\n  # who\n  pt-BR:\n    reviewed_by: 'role:x' # him\n    source_hashes:   # do not touch\n      title: \"1\"  # old\n      other: \"9\"\n      \"lessons[0]\": \"2\"\n    reviewed_on: 2026-01-01\n  de: {}\n".to_owned(),
        ),
        ("{a: 1}", "{a: 1, translation: {pt-BR: {reviewed_on: 2026-01-01, source_hashes: {title: \"1\", \"lessons[0]\": \"2\"}}}}".to_owned()),
    ] {
        let set_once = set(before, &Field::top(), &keys()).unwrap();
        assert_eq!(set_once, after, "{before:?}");
        assert_eq!(set(&set_once, &Field::top(), &keys()).unwrap(), after, "again, {before:?}");
    }
    for none in ["", "- a\n", "a", "translation: 1\n- x", "translation: 1\n"] {
        assert!(set(none, &Field::top(), &keys()).is_err(), "{none:?}");
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn at(path: &str) -> Field {
    path.split('.').fold(Field::top(), |field, step| match step.parse() {
        Ok(index) => field.at(index),
        Err(_) => field.key(step),
    })
}

fn slip() -> Value {
    let keys = [("from", "2026-01-01"), ("to", "2026-02-01"), ("reason", "Black Friday: frozen")];
    Value::Record(keys.map(|(key, value)| (key.to_owned(), text(value))).to_vec())
}

#[test]
fn one_field_is_put_in_the_style_of_what_stands_there() {
    for (before, path, value, after) in [
        ("a: 1 # c\nb: 2\n", "a", text("x"), "a: x # c\nb: 2\n"),
        ("a: '1'\n", "a", text("it's"), "a: 'it''s'\n"),
        ("a: \"1\" # c\n", "a", text("x"), "a: \"x\" # c\n"),
        ("a: \"1\"\n", "a", Value::Null, "a: null\n"),
        ("a:\nb: 1\n", "a", text("x"), "a: x\nb: 1\n"),
        ("a:   # why\nb: 1\n", "a", text("x"), "a: x   # why\nb: 1\n"),
        ("- {a: x, b: y}\n", "0.a", text("p, q"), "- {a: \"p, q\", b: y}\n"),
        ("a: [x, y]\n", "a.1", text("z"), "a: [x, z]\n"),
        ("a:\n  - x\n  - y # c\n", "a.1", text("z"), "a:\n  - x\n  - z # c\n"),
        ("a: |\n  one\n  two\n\nb: 1\n", "a", text("three\nfour"), "a: |-\n  three\n  four\n\nb: 1\n"),
        ("a: >-  # c\n    one\n    two\nb: 1\n", "a", text("three"), "a: >-  # c\n    three\nb: 1\n"),
        ("a: |\n  one\n", "a", Value::Null, "a: null\n"),
        ("a: {b: 1}\n", "a.c.d", text("x"), "a: {b: 1, c: {d: x}}\n"),
        ("a:\n  b: 1\nc: 2\n", "a.c.d", text("x"), "a:\n  b: 1\n  c: {d: x}\nc: 2\n"),
        ("a: null\n", "a.b", text("x"), "a: {b: x}\n"),
        ("a:\n  b: 1\n  c: 2\nd: 3\n", "a", text("x"), "a: x\nd: 3\n"),
        ("a:\n  - 1\n", "a", Value::List(vec![]), "a: []\n"),
        ("a: 1\r\nb: 2", "c", text("x"), "a: 1\r\nb: 2\r\nc: x\r\n"),
        ("\u{feff}a: 1\n", "b", text("é"), "\u{feff}a: 1\nb: é\n"),
        (
            "a: 1\n",
            "s",
            Value::Added(vec![slip()]),
            "a: 1\ns: [{from: 2026-01-01, to: 2026-02-01, reason: \"Black Friday: frozen\"}]\n",
        ),
        ("s: []  # none\n", "s", Value::Added(vec![text("x")]), "s: [x]  # none\n"),
        ("s: [a]\n", "s", Value::Added(vec![text("x")]), "s: [a, x]\n"),
        ("s: [\n  a,  # c\n  b\n]\n", "s", Value::Added(vec![text("x")]), "s: [\n  a,  # c\n  b,\n  x\n]\n"),
        ("s:\n- a # c\n# d\nt: 1\n", "s", Value::Added(vec![text("x")]), "s:\n- a # c\n- x\n# d\nt: 1\n"),
        (
            "s:\n    -   a: 1\n\n    -   a: 2\n        b: 3\n\nt: 1\n",
            "s",
            Value::Added(vec![Value::Record(vec![("a".to_owned(), text("4")), ("b".to_owned(), text("5"))])]),
            "s:\n    -   a: 1\n\n    -   a: 2\n        b: 3\n\n    -   a: 4\n        b: 5\n\nt: 1\n",
        ),
        (
            "s:\n  - {a: 1}\n",
            "s",
            Value::Added(vec![slip()]),
            "s:\n  - {a: 1}\n  - {from: 2026-01-01, to: 2026-02-01, reason: \"Black Friday: frozen\"}\n",
        ),
        ("a: &x 1\nb: 2\n", "a", text("3"), "a: &x 3\nb: 2\n"),
        (
            "a:\n- b: 1\n  c:\n  - {d: 1}\ne: 1\n",
            "a.0.f",
            text("3"),
            "a:\n- b: 1\n  c:\n  - {d: 1}\n  f: 3\ne: 1\n",
        ),
        ("a: &x\n  b: 1\n", "a.c", text("3"), "a: &x\n  b: 1\n  c: 3\n"),
        ("a: &x {b: 1}\n", "a.c", text("3"), "a: &x {b: 1, c: 3}\n"),
        ("a: &x\n- b\n", "a", Value::Added(vec![text("c")]), "a: &x\n- b\n- c\n"),
        ("a:\n  b: 1 # why\n", "a", text("3"), "a: 3 # why\n"),
        ("a: 'x\n\n  y'\nb: 1\n", "a", text("z"), "a: 'z'\nb: 1\n"),
    ] {
        assert_eq!(put(before, &at(path), value).as_deref(), Ok(after), "{before:?} {path}");
    }
}

#[test]
fn a_long_list_gets_lines_of_its_own() {
    let long = || {
        Value::Record(vec![
            ("title".to_owned(), text("word ".repeat(30).trim_end())),
            ("id".to_owned(), text("A1")),
        ])
    };
    for (before, after) in [
        (
            "a: 1\nactions: [] # none yet\nb: 2\n",
            "a: 1\nactions: # none yet\n  - title: T\n    id: A1\nb: 2\n",
        ),
        ("actions:\nb: 2\n", "actions:\n  - title: T\n    id: A1\nb: 2\n"),
        ("a: 1\n", "a: 1\nactions:\n  - title: T\n    id: A1\n"),
        ("{a: 1}\n", "{a: 1, actions: [{title: T, id: A1}]}\n"),
    ] {
        let after = after.replace('T', "word ".repeat(30).trim_end());
        assert_eq!(put(before, &at("actions"), Value::Added(vec![long()])), Ok(after), "{before:?}");
    }
}

#[test]
fn what_would_touch_anything_else_is_refused() {
    for (before, path, value) in [
        ("a: &x 1\nb: *x\n", "a", text("3")),
        ("a: &x {c: 1, d: 2}\nb: *x\n", "b.c", text("3")),
        ("a:\n  b: 1 # why\n  c: 1\n", "a", text("3")),
        ("a: # why\n  b: 1\n", "a", text("3")),
        ("a: [1, # why\n 2]\n", "a", text("3")),
        ("a: 1\na: 2\n", "a", text("3")),
        ("a: 1\n---\nb: 1\n", "a", text("3")),
        ("a: text\n", "a.b", text("3")),
        ("a: text\n", "a", Value::Added(vec![text("3")])),
        ("a: [1]\n", "a.3", text("3")),
        ("a: [1]\n", "b.0.c", text("3")),
        ("a: {b: 1}\n", "a.b.0", text("3")),
        ("a: [\n", "a", text("3")),
    ] {
        assert!(put(before, &at(path), value).is_err(), "{before:?} {path}");
    }
}
