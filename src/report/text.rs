//! Findings as text: the sentence, the line of the file with a caret, and what to write instead.

use std::{cell::Cell, ops::Range};

use rayon::prelude::*;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::{Counts, Known, Placed, Report, one_line};
use crate::{
    finding::{Accepted, Severity},
    language::Language,
    locate::{Passage, Spot},
};

/// Lines shown before and after the line of a finding.
const AROUND: usize = 1;
/// Bytes from which on a line is not shown whole: a file may be one line.
const LONG: usize = 2_000;
/// Characters of a long line that are shown before a place; after it, twice as many.
const BESIDE: usize = 60;

/// All findings and a closing line with their counts. `text` gives a file's text; `colour` is for a terminal.
pub fn findings(
    report: &Report,
    language: &Language,
    text: &(dyn Fn(&str) -> Option<String> + Sync),
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let files: Vec<&[Placed]> = report.placed.chunk_by(|a, b| a.finding.file == b.finding.file).collect();
    let of_file = |of_file: &&[Placed]| {
        let lines = of_file.first().and_then(|placed| text(&placed.finding.file)).map(Lines::of);
        let mut out = String::new();
        for placed in *of_file {
            out.push_str(&renderer.render(&told(placed, language, lines.as_ref())));
            out.push_str("\n\n");
        }
        out
    };
    let mut out: String = files.par_iter().map(of_file).collect();
    out.push_str(&summary(report, language));
    out.push('\n');
    out
}

/// An error at a place: what is wrong, the line with a caret, and what to do.
pub fn passage(
    passage: &Passage,
    wrong: &str,
    help: Option<&str>,
    language: &Language,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let pt = language.is_portuguese();
    let lines = Lines::of(passage.text.clone());
    let path = one_line(&passage.file);
    let group = Level::ERROR.with_name(if pt { "erro" } else { "error" }).primary_title(one_line(wrong));
    let mut group = shown(group, path, passage.spot, Some(&lines));
    if let Some(help) = help {
        group =
            group.element(Level::HELP.with_name(if pt { "ajuda" } else { "help" }).message(one_line(help)));
    }
    format!("{}\n", renderer.render(&[group]))
}

/// The line of a place, where its text is at hand; else the place alone.
fn shown<'a>(group: Title<'a>, path: String, spot: Spot, lines: Option<&'a Lines>) -> Group<'a> {
    let origin = |path| Origin::path(path).line(spot.line).char_column(spot.column);
    match lines.and_then(|lines| lines.window(spot)) {
        Some(window) => {
            let snippet = Snippet::source(window.source)
                .line_start(window.first_line)
                .annotation(AnnotationKind::Primary.span(window.span));
            match window.is_cut {
                true => group.element(origin(path)).element(snippet),
                false => group.element(snippet.path(path)),
            }
        }
        None => group.element(origin(path)),
    }
}

fn told<'a>(placed: &'a Placed, language: &Language, lines: Option<&'a Lines>) -> Vec<Group<'a>> {
    let finding = &placed.finding;
    let pt = language.is_portuguese();
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, if pt { "erro" } else { "error" }),
        Severity::Warning => (Level::WARNING, if pt { "aviso" } else { "warning" }),
        Severity::Info => (Level::INFO, "info"),
    };
    let waived = match &finding.waiver {
        None => String::new(),
        Some(Accepted { until: Some(until), .. }) => {
            format!(" ({} {})", if pt { "dispensado até" } else { "waived until" }, language.date(*until))
        }
        Some(_) => if pt { " (dispensado)" } else { " (waived)" }.to_owned(),
    };
    let title = format!("{}{waived}", one_line(finding.message.tell(language)));
    let path = one_line(&finding.file);
    let group = level.with_name(name).primary_title(title).id(finding.rule);
    let mut group = shown(group, path, placed.spot, lines);
    for (other, spot) in finding.related.iter().zip(&placed.related) {
        let place = format!("{}:{}:{}", one_line(&other.file), spot.line, spot.column);
        let note = format!("{place}: {}", one_line(other.message.tell(language)));
        group = group.element(Level::NOTE.with_name(if pt { "nota" } else { "note" }).message(note));
    }
    let help = finding.help.tell(language);
    if !help.is_empty() {
        let level = Level::HELP.with_name(if pt { "ajuda" } else { "help" });
        group = group.element(level.message(one_line(help)));
    }
    vec![group]
}

/// `2 errors, 14 warnings, 3 infos`, how many are waived, how many are not shown, how many were there before.
pub(super) fn summary(report: &Report, language: &Language) -> String {
    let pt = language.is_portuguese();
    let count = |n: usize, (one, many): (&str, &str)| {
        let number = language.integer(i64::try_from(n).unwrap_or(i64::MAX));
        format!("{number} {}", if n == 1 { one } else { many })
    };
    let Counts { error, warning, info, waived } = report.counts;
    let words = if pt {
        [("erro", "erros"), ("aviso", "avisos"), ("informação", "informações"), ("dispensado", "dispensados")]
    } else {
        [("error", "errors"), ("warning", "warnings"), ("info", "infos"), ("waived", "waived")]
    };
    let [of_error, of_warning, of_info, of_waived] = words;
    let mut out = if error + warning + info + waived == 0 {
        match (&report.known, pt) {
            (None, false) => "nothing to report",
            (None, true) => "nada a relatar",
            (Some(_), false) => "nothing new",
            (Some(_), true) => "nada de novo",
        }
        .to_owned()
    } else {
        format!("{}, {}, {}", count(error, of_error), count(warning, of_warning), count(info, of_info))
    };
    if waived > 0 {
        out += &format!(", {}", count(waived, of_waived));
    }
    if report.fixable > 0 {
        out += &match pt {
            false => format!("; {} with `--fix`", count(report.fixable, ("can be mended", "can be mended"))),
            true => format!(
                "; {} com `--fix`",
                count(report.fixable, ("pode ser corrigido", "podem ser corrigidos"))
            ),
        };
    }
    if report.more > 0 {
        let (one, many) = if pt { ("não mostrado", "não mostrados") } else { ("not shown", "not shown") };
        out += &format!("; {}", count(report.more, (one, many)));
    }
    if let Some(Known { revision, count: before }) = &report.known {
        let revision = one_line(revision);
        out += &match pt {
            false => {
                format!("; {} at {revision}, not shown", count(*before, ("already there", "already there")))
            }
            true => format!("; {} em {revision}, sem mostrar", count(*before, ("já existia", "já existiam"))),
        };
    }
    out
}

/// A text and where its lines begin.
struct Lines {
    text: String,
    starts: Vec<usize>,
    /// The last place that was looked up: line, column, byte. Places come in order, so a long line is gone through once.
    cursor: Cell<(usize, usize, usize)>,
}

/// Some lines of a text, and the part of them that is meant.
struct Window<'a> {
    source: &'a str,
    first_line: usize,
    span: Range<usize>,
    /// Only a part of a long line is shown: columns of `source` are not those of the file.
    is_cut: bool,
}

impl Lines {
    fn of(text: String) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts, cursor: Cell::new((0, 0, 0)) }
    }

    /// The lines around the beginning of a place, and of a long line the part around it; a place over several lines is
    /// marked on its first.
    fn window(&self, spot: Spot) -> Option<Window<'_>> {
        let line = self.line(spot.line)?;
        let start = self.byte(&line, spot.line, spot.column)?;
        let end = match spot.end_column.checked_sub(spot.column) {
            Some(columns) if spot.end_line == spot.line => self.forth(start, line.end, columns),
            _ => line.end,
        };
        if line.len() > LONG {
            let from = self.back(start, line.start, BESIDE);
            let to = self.forth(start, line.end, 2 * BESIDE);
            let span = start - from..end.min(to) - from;
            return Some(Window {
                source: self.text.get(from..to)?,
                first_line: spot.line,
                span,
                is_cut: true,
            });
        }
        let fits = |line: &Range<usize>| line.len() <= LONG;
        let (mut from, mut to, mut first_line) = (line.start, line.end, spot.line);
        for _ in 0..AROUND {
            if let Some(before) = first_line.checked_sub(1).and_then(|n| self.line(n)).filter(fits) {
                (from, first_line) = (before.start, first_line - 1);
            }
        }
        for n in 1..=AROUND {
            if let Some(after) = self.line(spot.line + n).filter(fits).filter(|after| after.start == to + 1) {
                to = after.end;
            }
        }
        Some(Window {
            source: self.text.get(from..to)?,
            first_line,
            span: start - from..end - from,
            is_cut: false,
        })
    }

    /// The bytes of a line, from 1, without its end.
    fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        Some(start..self.starts.get(line).map_or(self.text.len(), |next| next - 1))
    }

    /// The byte at a column of a line; the end of the line when it is shorter.
    fn byte(&self, line: &Range<usize>, number: usize, column: usize) -> Option<usize> {
        let (known, from, byte) = self.cursor.get();
        let (from, byte) = if known == number && from <= column { (from, byte) } else { (1, line.start) };
        let byte = self.forth(byte, line.end, column.checked_sub(from)?);
        self.cursor.set((number, column, byte));
        Some(byte)
    }

    /// So many characters on, at most to `end`.
    fn forth(&self, from: usize, end: usize, characters: usize) -> usize {
        let rest = self.text.get(from..end).unwrap_or_default();
        rest.char_indices().nth(characters).map_or(end, |(at, _)| from + at)
    }

    /// So many characters back, at most to `start`.
    fn back(&self, from: usize, start: usize, characters: usize) -> usize {
        let before = self.text.get(start..from).unwrap_or_default();
        before.char_indices().rev().take(characters).last().map_or(from, |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, place: [usize; 4], first_line: usize, source: &str, marked: &str) {
        let lines = Lines::of(text.to_owned());
        let [line, column, end_line, end_column] = place;
        // twice: the second time from where the first one ended
        for _ in 0..2 {
            let window = lines.window(Spot { line, column, end_line, end_column }).unwrap();
            assert_eq!((window.first_line, window.source), (first_line, source));
            assert_eq!(window.source.get(window.span), Some(marked));
        }
    }

    #[test]
    fn a_place_is_shown_with_its_neighbours() {
        let text = "id: a\ntítulo: ção\nlast: z";
        check(text, [1, 5, 1, 6], 1, "id: a\ntítulo: ção", "a");
        check(text, [2, 9, 2, 12], 1, text, "ção");
        check(text, [2, 9, 3, 2], 1, text, "ção");
        check(text, [3, 7, 3, 8], 2, "título: ção\nlast: z", "z");
        check(text, [3, 99, 3, 99], 2, "título: ção\nlast: z", "");
        check("", [1, 1, 1, 1], 1, "", "");
        assert!(
            Lines::of("a".to_owned())
                .window(Spot { line: 9, column: 1, end_line: 9, end_column: 1 })
                .is_none()
        );
    }

    #[test]
    fn of_a_long_line_only_the_part_around_the_place_is_shown() {
        let long = "é".repeat(5_000);
        let text = format!("id: a\n{long}X{long}\nlast: z");
        let shown = format!("{}X{}", "é".repeat(BESIDE), "é".repeat(2 * BESIDE - 1));
        check(&text, [2, 5_001, 2, 5_002], 2, &shown, "X");
        check(&text, [1, 5, 1, 6], 1, "id: a", "a");
        check(&text, [3, 7, 3, 8], 3, "last: z", "z");
    }
}
