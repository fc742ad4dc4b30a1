//! How far a value reaches in a text, and in which form it is written: what a change in place must know.

use saphyr_parser::{Event, ScalarStyle, Span};

use super::{Field, Spot, Step, input};

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// From its first character to its last, brackets included. Of a block, to the end of its last value.
    pub spot: Spot,
    /// Its form.
    pub form: Form,
}

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A scalar, as it is quoted. Of a block, the place is its text: the line of `|` or `>` lies before it.
    Scalar(Quote),
    /// `*name`: what it stands for is written elsewhere.
    Alias,
    /// `[…]`, and the end of its last item; `None` when it is empty.
    FlowList(Option<Spot>),
    /// One item a line, and the column of its dashes.
    BlockList(usize),
    /// `{…}`, and the end of its last value; `None` when it is empty.
    FlowMap(Option<Spot>),
    /// One key a line, and the column its keys begin at.
    BlockMap(usize),
}

/// How a scalar is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// Not at all.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// The extent of each field, `None` for one that is absent or that an alias brings in. Looks at the first document of
/// `text`, as far as it can be read; linear in it.
pub fn extents(text: &str, fields: &[Field]) -> Vec<Option<Extent>> {
    let mut found = vec![None; fields.len()];
    let mut open: Vec<Open> = Vec::new();
    let mut lines = Lines::of(text);
    let mut parser = input::parser(text);
    let mut documents = 0;
    while let Some(Ok((event, span))) = parser.next_event() {
        let spot = spot(span);
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    break;
                }
            }
            Event::Scalar(text, style, ..) => {
                let (spot, quote) = match style {
                    ScalarStyle::Plain => (spot, Quote::Plain),
                    ScalarStyle::SingleQuoted => (lines.closed(spot, '\''), Quote::Single),
                    ScalarStyle::DoubleQuoted => (lines.closed(spot, '"'), Quote::Double),
                    ScalarStyle::Literal => (lines.block(spot), Quote::Literal),
                    ScalarStyle::Folded => (lines.block(spot), Quote::Folded),
                };
                let spot = lines.bare(spot);
                let is_key = open.last_mut().is_some_and(|open| open.take_key(&text, spot));
                begin(&mut open, spot, &mut lines);
                if !is_key {
                    let wanted = place(&mut open, fields);
                    set(&mut found, wanted, || Extent { spot, form: Form::Scalar(quote) });
                }
                reach(&mut open, spot);
            }
            Event::Alias(_) => {
                let is_key = open.last_mut().is_some_and(|open| open.take_key("", spot));
                begin(&mut open, spot, &mut lines);
                if !is_key {
                    let wanted = place(&mut open, fields);
                    set(&mut found, wanted, || Extent { spot, form: Form::Alias });
                }
                reach(&mut open, spot);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let is_map = matches!(event, Event::MappingStart(..));
                // a collection as a key names nothing
                let spot = lines.bare(spot);
                begin(&mut open, spot, &mut lines);
                let is_key = open.last_mut().is_some_and(|open| open.take_key("", spot));
                let wanted = if is_key { None } else { place(&mut open, fields) };
                let is_flow = lines.at(spot.line, spot.column) == Some(if is_map { '{' } else { '[' });
                open.push(Open {
                    start: spot,
                    is_map,
                    is_flow,
                    is_empty: true,
                    step: if is_map { None } else { Some(Step::Index(0)) },
                    wanted,
                    last: None,
                    waits: false,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(done) = open.pop() else { break };
                // the closing bracket; the parser counts the space after it, too
                let closing = Spot { end_line: spot.line, end_column: spot.column + 1, ..spot };
                let end = if done.is_flow { closing } else { done.last.unwrap_or(spot) };
                let whole = Spot { end_line: end.end_line, end_column: end.end_column, ..done.start };
                let form = match (done.is_map, done.is_flow) {
                    (false, true) => Form::FlowList(done.last),
                    (false, false) => Form::BlockList(done.start.column),
                    (true, true) => Form::FlowMap(done.last),
                    (true, false) => Form::BlockMap(done.start.column),
                };
                set(&mut found, done.wanted, || Extent { spot: whole, form });
                reach(&mut open, whole);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    found
}

/// A collection whose end was not met yet.
struct Open {
    start: Spot,
    is_map: bool,
    is_flow: bool,
    /// Nothing of it was met yet.
    is_empty: bool,
    /// The step to the value that comes next; in a map `None` until its key was read.
    step: Option<Step>,
    /// Which of the fields it is.
    wanted: Option<usize>,
    /// What stands last in it.
    last: Option<Spot>,
    /// A value stands before the end that was counted already.
    waits: bool,
}

impl Open {
    /// Takes a scalar as the key that is due; false when a value is due.
    fn take_key(&mut self, text: &str, spot: Spot) -> bool {
        if !self.is_map || self.step.is_some() {
            return false;
        }
        // a block begins with its first key, and not with an anchor on the line before
        if self.is_empty && !self.is_flow {
            self.start = spot;
        }
        self.is_empty = false;
        self.step = Some(Step::Key(text.to_owned()));
        self.waits = false;
        true
    }
}

/// A block list begins with its first dash: the parser begins it behind, or with an anchor on the line before.
fn begin(open: &mut [Open], item: Spot, lines: &mut Lines<'_>) {
    if let Some(list) = open.last_mut().filter(|open| !open.is_map && open.is_empty) {
        list.is_empty = false;
        // brackets begin before what they hold: these are the item's
        list.is_flow &= (item.line, item.column) != (list.start.line, list.start.column);
        if !list.is_flow {
            list.start = lines.dash(item);
        }
    }
}

/// Which of the fields the value is that comes now; the innermost collection goes on to its next.
fn place(open: &mut [Open], fields: &[Field]) -> Option<usize> {
    let is_here = |field: &&Field| {
        field.steps().len() == open.len()
            && field.steps().iter().zip(open.iter()).all(|(step, open)| open.step.as_ref() == Some(step))
    };
    let found = fields.iter().position(|field| is_here(&field));
    // the path of what lies inside still needs this step: it is moved on when the value ends
    if let Some(last) = open.last_mut() {
        last.waits = true;
    }
    found
}

/// A value ended: the innermost collection reaches at least here.
fn reach(open: &mut [Open], spot: Spot) {
    let Some(innermost) = open.last_mut() else { return };
    innermost.last = Some(spot);
    if std::mem::take(&mut innermost.waits) {
        innermost.step = match innermost.step.take() {
            Some(Step::Index(index)) => Some(Step::Index(index + 1)),
            _ => None,
        };
    }
}

/// The lines of a text, and the characters of the one looked at last.
struct Lines<'t> {
    lines: Vec<&'t str>,
    line: usize,
    chars: Vec<char>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        Self { lines: text.split('\n').collect(), line: 0, chars: Vec::new() }
    }

    /// The characters of a line, from 1.
    fn chars(&mut self, line: usize) -> &[char] {
        if self.line != line {
            self.line = line;
            self.chars.clear();
            self.chars.extend(self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default().chars());
        }
        &self.chars
    }

    fn at(&mut self, line: usize, column: usize) -> Option<char> {
        self.chars(line).get(column.saturating_sub(1)).copied()
    }

    /// The dash before an item.
    fn dash(&mut self, item: Spot) -> Spot {
        let before = self.chars(item.line).get(..item.column).unwrap_or_default();
        let dash = before.iter().rposition(|c| *c == '-');
        dash.map_or(item, |at| Spot { column: at + 1, ..item })
    }

    /// A value without the anchor and the tag before it, when they stand on its line.
    fn bare(&mut self, spot: Spot) -> Spot {
        let line = self.chars(spot.line);
        let mut at = spot.column.saturating_sub(1);
        while matches!(line.get(at), Some('&' | '!')) {
            let rest = line.get(at..).unwrap_or_default();
            let name = rest.iter().take_while(|c| !c.is_whitespace()).count();
            let gap = rest.iter().skip(name).take_while(|c| c.is_whitespace()).count();
            at += name + gap;
        }
        match line.get(at) {
            Some(first) if *first != '#' => Spot { column: at + 1, ..spot },
            _ => spot,
        }
    }

    /// A quoted scalar to its closing quote: the parser counts the space and the comment after it, too.
    fn closed(&mut self, spot: Spot, quote: char) -> Spot {
        let (mut line, mut column) = (spot.line, spot.column);
        let mut opened = false;
        let mut escaped = false;
        while line <= spot.end_line {
            let mut rest =
                self.chars(line).get(column.saturating_sub(1)..).unwrap_or_default().iter().peekable();
            while let Some(c) = rest.next() {
                column += 1;
                match *c {
                    _ if escaped => escaped = false,
                    '\\' if quote == '"' => escaped = true,
                    c if c == quote && !opened => opened = true,
                    '\'' if quote == '\'' && rest.peek() == Some(&&'\'') => escaped = true,
                    c if c == quote => return Spot { end_line: line, end_column: column, ..spot },
                    _ => {}
                }
            }
            // an escaped end of line
            escaped = false;
            (line, column) = (line + 1, 1);
        }
        spot
    }

    /// A block ends before the next line, not behind its indent.
    fn block(&mut self, spot: Spot) -> Spot {
        let before = self.chars(spot.end_line).iter().take(spot.end_column.saturating_sub(1));
        if before.into_iter().all(|c| c.is_whitespace()) { Spot { end_column: 1, ..spot } } else { spot }
    }
}

fn set(found: &mut [Option<Extent>], wanted: Option<usize>, extent: impl FnOnce() -> Extent) {
    if let Some(slot) = wanted.and_then(|index| found.get_mut(index))
        && slot.is_none()
    {
        *slot = Some(extent());
    }
}

fn spot(span: Span) -> Spot {
    Spot {
        line: span.start.line(),
        column: span.start.col() + 1,
        end_line: span.end.line(),
        end_column: span.end.col() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, field: Field) -> Option<String> {
        let extent = extents(text, &[field]).remove(0)?;
        let Spot { line, column, end_line, end_column } = extent.spot;
        let form = match extent.form {
            Form::Scalar(Quote::Plain) => "scalar".to_owned(),
            Form::Scalar(quote) => format!("{quote:?}").to_lowercase(),
            Form::Alias => "alias".to_owned(),
            Form::FlowList(last) => format!("list {:?}", last.map(|it| (it.end_line, it.end_column))),
            Form::BlockList(column) => format!("dashes {column}"),
            Form::FlowMap(last) => format!("flow {:?}", last.map(|it| (it.end_line, it.end_column))),
            Form::BlockMap(column) => format!("block {column}"),
        };
        Some(format!("{line}:{column}-{end_line}:{end_column} {form}"))
    }

    #[test]
    fn every_form_has_its_extent() {
        let text = "\
a: 1 # one
t: {x: {y: z}, e: {}}  # flow
b:
  c:
    d: 'q''s'   # last
    # a remark

  l: [1, {m: n}]
n:
w:
  - p: |
      text

  - r: s
k: &it {o: 1}
j: *it
v:
- a
- b: c
m: # note
  - x
  -
f:
- [x, {y: z}]
g:
- {y: z}
s: &a [1]
";
        let key = |path: &str| {
            path.split('.').fold(Field::top(), |field, step| match step.parse() {
                Ok(index) => field.at(index),
                Err(_) => field.key(step),
            })
        };
        for (path, expected) in [
            ("a", Some("1:4-1:5 scalar")),
            ("t", Some("2:4-2:22 flow Some((2, 21))")),
            ("t.x", Some("2:8-2:14 flow Some((2, 13))")),
            ("t.e", Some("2:19-2:21 flow None")),
            ("b", Some("4:3-8:17 block 3")),
            ("b.c", Some("5:5-5:14 block 5")),
            ("b.c.d", Some("5:8-5:14 single")),
            ("b.l", Some("8:6-8:17 list Some((8, 16))")),
            ("w", Some("11:3-14:9 dashes 3")),
            ("w.0.p", Some("12:7-14:1 literal")),
            ("v", Some("18:1-19:7 dashes 1")),
            ("m", Some("21:3-22:4 dashes 3")),
            ("f", Some("24:1-24:14 dashes 1")),
            ("f.0", Some("24:3-24:14 list Some((24, 13))")),
            ("f.0.1", Some("24:7-24:13 flow Some((24, 12))")),
            ("g", Some("26:1-26:9 dashes 1")),
            ("s", Some("27:7-27:10 list Some((27, 9))")),
            ("b.l.1.m", Some("8:14-8:15 scalar")),
            ("w.0", Some("11:5-14:1 block 5")),
            ("w.1.r", Some("14:8-14:9 scalar")),
            ("j", Some("16:4-16:7 alias")),
            ("j.o", None),
            ("z", None),
        ] {
            assert_eq!(told(text, key(path)).as_deref(), expected, "{path}");
        }
        assert_eq!(told(text, Field::top()).as_deref(), Some("1:1-27:10 block 1"));
        for broken in ["", "[", "a: [", "a: {b: 1", "- - -", "*x"] {
            let _ = told(broken, key("a.b"));
        }
    }
}
