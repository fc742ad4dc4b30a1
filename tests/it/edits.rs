//! Changes in place: in any layout, exactly the field named changes, and every other byte is kept.

use proptest::{prelude::*, test_runner::TestCaseResult};
use relato::{
    archive::Archive,
    edit::{self, Value},
    locate::Field,
    model::Incident,
    source::Memory,
};

use crate::entries;

/// How one text is laid out; each choice is drawn from a stream of small numbers.
struct Layout<'a> {
    choices: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    out: String,
    indent: usize,
    /// How far the dashes of a list stand to the right of its key.
    dash: usize,
    remarks: bool,
    anchors: bool,
    names: usize,
}

impl Layout<'_> {
    fn choose(&mut self, of: u8) -> u8 {
        self.choices.next().unwrap() % of
    }

    fn end(&mut self) {
        if self.remarks && self.choose(3) == 0 {
            self.names += 1;
            self.out += &format!("  # remark {}: kept, [as it is", self.names);
        }
        self.out += "\n";
        if self.remarks && self.choose(6) == 0 {
            self.names += 1;
            self.out += &format!("{:1$}# remark {2}\n", "", self.names % 5, self.names);
        }
        if self.choose(9) == 0 {
            self.out += "\n";
        }
    }

    /// A scalar in some style.
    fn scalar(&mut self, text: &str, in_flow: bool) -> String {
        let name = if self.anchors && self.choose(4) == 0 {
            self.names += 1;
            format!("&n{} ", self.names)
        } else {
            String::new()
        };
        let ends = |sign: &str| text.contains(sign);
        let in_brackets = in_flow && text.contains([',', '[', ']', '{', '}']);
        let is_plain =
            text.starts_with(char::is_alphanumeric) && ![": ", " #"].into_iter().any(ends) && !in_brackets;
        let written = match self.choose(3) {
            0 if is_plain => text.to_owned(),
            1 => format!("'{}'", text.replace('\'', "''")),
            _ => serde_json::to_string(text).unwrap(),
        };
        name + &written
    }

    fn pairs(&mut self, pairs: &[(&str, Shape)]) -> String {
        let mut parts = Vec::new();
        for (key, shape) in pairs {
            let value = self.inline(shape);
            parts.push(format!("{key}: {value}"));
        }
        parts.join(", ")
    }

    fn inline(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Text(text) => self.scalar(text, true),
            Shape::Nothing => "null".to_owned(),
            Shape::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.inline(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Shape::Map(pairs) => format!("{{{}}}", self.pairs(pairs)),
        }
    }

    /// The value of a key whose line is begun, at this indent.
    fn value(&mut self, shape: &Shape, indent: usize) {
        match shape {
            Shape::Nothing if self.choose(2) == 0 => self.end(),
            Shape::Text(text) if self.choose(5) == 0 && text.len() > 8 => {
                let sign = ["|", "|-", ">", ">-"][usize::from(self.choose(4))];
                let inner = indent + self.indent;
                self.out += &format!(" {sign}\n{:inner$}{text}\n", "");
            }
            Shape::Map(pairs) if self.choose(2) == 0 => {
                self.end();
                for (key, shape) in pairs {
                    self.out += &format!("{:indent$}{key}:", "", indent = indent + self.indent);
                    self.value(shape, indent + self.indent);
                }
            }
            Shape::List(items) if !items.is_empty() && self.choose(2) == 0 => {
                self.end();
                let dash = indent + self.dash;
                for item in items {
                    self.out += &format!("{:dash$}-", "");
                    match item {
                        Shape::Map(pairs) if self.choose(3) > 0 => {
                            for (at, (key, shape)) in pairs.iter().enumerate() {
                                let before = if at == 0 { 1 } else { dash + 2 };
                                self.out += &format!("{:before$}{key}:", "");
                                self.value(shape, dash + 2);
                            }
                        }
                        item => {
                            let item = self.inline(item);
                            self.out += &format!(" {item}");
                            self.end();
                        }
                    }
                }
            }
            shape => {
                let value = self.inline(shape);
                self.out += &format!(" {value}");
                self.end();
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Shape {
    Text(String),
    Nothing,
    List(Vec<Shape>),
    Map(Vec<(&'static str, Shape)>),
}

fn text(text: &str) -> Shape {
    Shape::Text(text.to_owned())
}

fn both(words: &str) -> Shape {
    Shape::Map(vec![("en", text(words)), ("pt-BR", text(&format!("{words}, é isso")))])
}

/// An incident of some actions, each with some of its keys.
fn incident(actions: &[Vec<u8>]) -> Shape {
    let action = |(at, keys): (usize, &Vec<u8>)| {
        let mut pairs =
            vec![("id", text(&format!("A{at}"))), ("title", both("Alert when it's silent: at once"))];
        let optional = [
            ("owner", text("role:lead")),
            ("team", Shape::Nothing),
            ("due", text("2026-03-31")),
            ("blocked_by", text("the # of, [open] {things}")),
            ("done_when", both("fires in a drill")),
            ("addresses", Shape::List(vec![text("c1"), text("imports")])),
            ("evidence", Shape::List(vec![Shape::Map(vec![("kind", text("drill")), ("ref", text("x: y"))])])),
            ("tracker", Shape::Map(vec![("system", text("jira"))])),
            ("note", Shape::Map(vec![("en", text("a longer remark for readers"))])),
            ("slips", Shape::List(vec![])),
        ];
        pairs.extend(keys.iter().filter_map(|key| optional.get(usize::from(*key)).cloned()));
        let mut seen = Vec::new();
        pairs.retain(|(key, _)| {
            !seen.contains(key) && {
                seen.push(*key);
                true
            }
        });
        Shape::Map(pairs)
    };
    let actions = actions.iter().enumerate().map(action).collect();
    Shape::Map(vec![
        ("relato", text("1")),
        ("id", text("2026-03-02-orders")),
        ("status", text("open")),
        ("timezone", text("America/Sao_Paulo")),
        ("title", both("Orders stopped")),
        ("actions", Shape::List(actions)),
        ("lessons", Shape::List(vec![both("Look at what users see")])),
    ])
}

fn laid_out(shape: &Shape, choices: &[u8], remarks: bool, anchors: bool) -> String {
    let mut layout = Layout {
        choices: choices.iter().cycle(),
        out: String::new(),
        indent: 2,
        dash: 0,
        remarks,
        anchors,
        names: 0,
    };
    layout.indent = [2, 4, 3][usize::from(layout.choose(3))];
    layout.dash = [0, 2, 4][usize::from(layout.choose(3))];
    let Shape::Map(pairs) = shape else { panic!() };
    for (key, shape) in pairs {
        layout.out += &format!("{key}:");
        layout.value(shape, 0);
    }
    if anchors && layout.names > 0 && layout.choose(2) == 0 {
        let name = layout.names;
        if layout.out.contains(&format!("&n{name} ")) {
            layout.out += &format!("x-same: *n{name}\n");
        }
    }
    let (ends, mark, cut) = (layout.choose(2), layout.choose(4), layout.choose(4));
    let mut out = layout.out;
    if cut == 0 {
        out.truncate(out.trim_end().len());
    }
    if ends == 0 {
        out = out.replace('\n', "\r\n");
    }
    if mark == 0 { format!("\u{feff}{out}") } else { out }
}

/// What another reader of YAML makes of a text, its scalars as texts.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Nothing,
    Text(String),
    List(Vec<Said>),
    Map(Vec<(String, Said)>),
}

fn said(text: &str) -> Said {
    fn of(value: &serde_yaml::Value) -> Said {
        match value {
            serde_yaml::Value::Null => Said::Nothing,
            serde_yaml::Value::Bool(yes) => Said::Text(yes.to_string()),
            serde_yaml::Value::Number(number) => Said::Text(number.to_string()),
            serde_yaml::Value::String(text) => Said::Text(text.clone()),
            serde_yaml::Value::Sequence(items) => Said::List(items.iter().map(of).collect()),
            serde_yaml::Value::Mapping(map) => Said::Map(
                map.iter().map(|(key, value)| (key.as_str().unwrap().to_owned(), of(value))).collect(),
            ),
            serde_yaml::Value::Tagged(tagged) => of(&tagged.value),
        }
    }
    // readers do not agree on what a block says that ends with the file and without an end of line
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']).to_owned() + "\n";
    of(&serde_yaml::from_str(&text).unwrap())
}

fn at<'s>(said: &'s mut Said, path: &[&str]) -> &'s mut Said {
    let Some((first, rest)) = path.split_first() else { return said };
    if matches!(said, Said::Nothing) {
        *said = Said::Map(Vec::new());
    }
    match said {
        Said::List(items) => at(&mut items[first.parse::<usize>().unwrap()], rest),
        Said::Map(pairs) => {
            let there = pairs.iter().position(|(key, _)| key == first);
            let there = there.unwrap_or_else(|| {
                pairs.push(((*first).to_owned(), Said::Nothing));
                pairs.len() - 1
            });
            at(&mut pairs[there].1, rest)
        }
        other => panic!("{first} in {other:?}"),
    }
}

fn read(text: &str) -> Incident {
    let tree = Memory::new([("incidents/2026-03-02-orders.yaml", text)]);
    Archive::open(&tree, None).unwrap().read(0).unwrap().incident.unwrap()
}

/// The remarks of a text, and how it ends its lines.
fn around(text: &str) -> (Vec<String>, bool, bool) {
    let mut remarks: Vec<String> = text
        .lines()
        .filter_map(|line| line.find("# remark").map(|at| line[at..].trim_end().to_owned()))
        .collect();
    remarks.sort();
    let ends = text.matches("\r\n").count();
    (remarks, ends == text.matches('\n').count() && ends > 0, text.starts_with('\u{feff}'))
}

/// What was taken out of a text and what was put in, between what both begin and end with.
fn middle<'t>(old: &'t str, new: &'t str) -> (&'t str, &'t str) {
    let begin = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let begin = (0..=begin).rev().find(|at| old.is_char_boundary(*at)).unwrap();
    let (old, new) = (&old[begin..], &new[begin..]);
    let end = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let end = (0..=end).rev().find(|at| old.is_char_boundary(old.len() - at)).unwrap();
    (&old[..old.len() - end], &new[..new.len() - end])
}

fn check(old: &str, path: &[&str], value: &str, adds: bool, must: bool) -> TestCaseResult {
    let field = path.iter().fold(Field::top(), |field, step| match step.parse() {
        Ok(index) => field.at(index),
        Err(_) => field.key(*step),
    });
    let given = Value::Text(value.to_owned());
    let given = if adds { Value::Added(vec![given]) } else { given };
    let new = match edit::put(old, &field, given) {
        Ok(new) => new,
        Err(error) => {
            prop_assert!(!must, "{error} at {field}\n{old}");
            return Ok(());
        }
    };
    let mut expected = said(old);
    let there = at(&mut expected, path);
    match there {
        Said::List(items) if adds => items.push(Said::Text(value.to_owned())),
        there if adds => *there = Said::List(vec![Said::Text(value.to_owned())]),
        there => *there = Said::Text(value.to_owned()),
    }
    prop_assert_eq!(said(&new), expected, "{} := {:?}\n{}\n→\n{}", field, value, old, new);
    // all else is there as it was
    let before = edit::written(old, &field).unwrap_or_default();
    let (gone, _) = middle(old, &new);
    let words: Vec<&str> = gone.split_whitespace().collect();
    let gone = words.join(" ");
    let signs = gone.trim_start_matches(['|', '>', '-', '+', ' ']);
    // an empty list goes, and its first item comes on a line of its own: what stands between stays
    let between = gone.strip_prefix("[]").or(gone.strip_prefix("null")).map(str::trim_start);
    let between_stays = || {
        between.is_some_and(|between| {
            adds && new.split_whitespace().collect::<Vec<_>>().join(" ").contains(between)
        })
    };
    prop_assert!(
        before.contains(signs) || gone.is_empty() || between_stays(),
        "{gone:?} is gone, of {before:?}\n{old}\n→\n{new}"
    );
    let (remarks, crlf, mark) = around(old);
    prop_assert_eq!(
        around(&new),
        (remarks, crlf || (!old.contains('\n') && new.contains("\r\n")), mark),
        "{}",
        new
    );
    // and relato's own reader sees that field change, and nothing else
    if let ["actions", index, key @ ("owner" | "team" | "blocked_by")] = path {
        let mut expected = read(old);
        let action = &mut expected.actions[index.parse::<usize>().unwrap()];
        let filled = Some(value.to_owned()).filter(|value| !value.trim().is_empty());
        match *key {
            "owner" => action.owner = filled,
            "team" => action.team = filled,
            _ => action.blocked_by = filled,
        }
        prop_assert_eq!(read(&new), expected);
    }
    Ok(())
}

fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~é—\t]{0,24}",
        "[a-z: #,'\"\\[\\]{}|>&*!%@`?-]{1,12}",
        "[a-z ]{100,140}",
        "[a-z]{2,9}\n[a-z ]{2,9}\n?",
        Just("2026-04-01".to_owned()),
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("~2026-04-01T10:00Z ±15m".to_owned()),
    ]
    // what reads as a number is told apart by readers, not by texts
    .prop_filter("a number", |value| value.trim().parse::<f64>().is_err() && !value.starts_with(['+', '.']))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_layout_the_field_named_changes_and_nothing_else(
        actions in prop::collection::vec(prop::collection::vec(0_u8..10, 0..7), 1..4),
        choices in prop::collection::vec(any::<u8>(), 24..64),
        which in any::<prop::sample::Index>(),
        key in 0_usize..12,
        value in values(),
    ) {
        let old = laid_out(&incident(&actions), &choices, true, false);
        let at = which.index(actions.len()).to_string();
        let (path, adds): (Vec<&str>, bool) = match key {
            0 => (vec!["actions", &at, "owner"], false),
            1 => (vec!["actions", &at, "team"], false),
            2 => (vec!["actions", &at, "blocked_by"], false),
            3 => (vec!["actions", &at, "due"], false),
            4 => (vec!["actions", &at, "title", "pt-BR"], false),
            5 => (vec!["actions", &at, "note", "pt-BR"], false),
            6 => (vec!["actions", &at, "tracker", "key"], false),
            7 => (vec!["actions", &at, "addresses"], true),
            8 => (vec!["actions", &at, "slips"], true),
            9 => (vec!["lessons", "0", "en"], false),
            10 => (vec!["severity"], false),
            _ => (vec!["title", "en"], false),
        };
        check(&old, &path, &value, adds, true)?;
    }

    #[test]
    fn where_a_value_is_shared_it_is_left_alone_or_changed_alone(
        actions in prop::collection::vec(prop::collection::vec(0_u8..10, 0..7), 1..3),
        choices in prop::collection::vec(any::<u8>(), 24..64),
        key in prop::sample::select(&["owner", "due", "blocked_by", "addresses"][..]),
        value in "[a-z]{1,8}",
    ) {
        let old = laid_out(&incident(&actions), &choices, false, true);
        check(&old, &["actions", "0", key], &value, key == "addresses", false)?;
    }

    #[test]
    fn no_text_is_harmed_by_a_change(
        file in "[a-c:\\-  \n\\[\\]{},'\"|#&*!?>\r]{0,48}",
        path in "[a-c](\\.[a-c0-1]){0,2}",
        value in "[a-c:#'\" \n{\\[|]{0,6}",
        adds in any::<bool>(),
    ) {
        let sign = if adds { "+=" } else { "=" };
        entries::amend(&format!("{path}{sign}{}\n{file}", value.replace('\n', " ")));
    }

    #[test]
    fn no_export_of_a_tracker_harms(
        text in "(Issue key|Status|Resolved|[a-z0-9/;,\"\\n ]{0,6}){0,12}",
        json in "[\\[\\]{}:,\"0-9a-z]{0,40}",
    ) {
        entries::tracker(text.as_bytes());
        entries::tracker(json.as_bytes());
    }
}
