//! Findings as text: the sentence, the line of the file with a caret, and what to write instead.

use std::ops::Range;

use rayon::prelude::*;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Counts, Placed, one_line};
use crate::{finding::Severity, language::Language, locate::Spot};

/// Lines shown before and after the line of a finding.
const AROUND: usize = 1;

/// All findings and a closing line with their counts. `text` gives a file's text; `colour` is for a terminal.
pub fn findings(
    placed: &[Placed],
    language: &Language,
    text: &(dyn Fn(&str) -> Option<String> + Sync),
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let files: Vec<&[Placed]> = placed.chunk_by(|a, b| a.finding.file == b.finding.file).collect();
    let told = |of_file: &&[Placed]| {
        let lines = of_file.first().and_then(|placed| text(&placed.finding.file)).map(Lines::of);
        let mut out = String::new();
        for placed in *of_file {
            out.push_str(&renderer.render(&report(placed, language, lines.as_ref())));
            out.push_str("\n\n");
        }
        out
    };
    let mut out: String = files.par_iter().map(told).collect();
    out.push_str(&summary(Counts::of(placed.iter().map(|placed| &placed.finding)), language));
    out.push('\n');
    out
}

fn report<'a>(placed: &'a Placed, language: &Language, lines: Option<&'a Lines>) -> Vec<Group<'a>> {
    let finding = &placed.finding;
    let pt = language.is_portuguese();
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, if pt { "erro" } else { "error" }),
        Severity::Warning => (Level::WARNING, if pt { "aviso" } else { "warning" }),
        Severity::Info => (Level::INFO, "info"),
    };
    let waived = match (finding.waived, pt) {
        (false, _) => "",
        (true, true) => " (dispensado)",
        (true, false) => " (waived)",
    };
    let title = format!("{}{waived}", one_line(finding.message.tell(language)));
    let path = one_line(&finding.file);
    let group = level.with_name(name).primary_title(title).id(finding.rule);
    let mut group = match lines.and_then(|lines| lines.window(placed.spot)) {
        Some(window) => group.element(
            Snippet::source(window.source)
                .line_start(window.first_line)
                .path(path)
                .annotation(AnnotationKind::Primary.span(window.span)),
        ),
        None => group.element(Origin::path(path).line(placed.spot.line).char_column(placed.spot.column)),
    };
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

/// `2 errors, 14 warnings, 3 infos`, and how many are waived.
fn summary(counts: Counts, language: &Language) -> String {
    let count = |n: usize, one: &str, many: &str| {
        format!(
            "{} {}",
            language.integer(i64::try_from(n).unwrap_or(i64::MAX)),
            if n == 1 { one } else { many }
        )
    };
    let Counts { error, warning, info, waived } = counts;
    if language.is_portuguese() {
        if error + warning + info + waived == 0 {
            return "nada a relatar".to_owned();
        }
        let mut out = format!(
            "{}, {}, {}",
            count(error, "erro", "erros"),
            count(warning, "aviso", "avisos"),
            count(info, "informação", "informações")
        );
        if waived > 0 {
            out += &format!(", {}", count(waived, "dispensado", "dispensados"));
        }
        return out;
    }
    if error + warning + info + waived == 0 {
        return "nothing to report".to_owned();
    }
    let mut out = format!(
        "{}, {}, {}",
        count(error, "error", "errors"),
        count(warning, "warning", "warnings"),
        count(info, "info", "infos")
    );
    if waived > 0 {
        out += &format!(", {waived} waived");
    }
    out
}

/// A text and where its lines begin.
struct Lines {
    text: String,
    starts: Vec<usize>,
}

/// Some lines of a text, and the part of them that is meant.
struct Window<'a> {
    source: &'a str,
    first_line: usize,
    span: Range<usize>,
}

impl Lines {
    fn of(text: String) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The lines around the beginning of a place; a place over several lines is marked on its first.
    fn window(&self, spot: Spot) -> Option<Window<'_>> {
        let first_line = spot.line.saturating_sub(AROUND).max(1);
        let from = *self.starts.get(first_line - 1)?;
        let to = self.starts.get(spot.line + AROUND).map_or(self.text.len(), |next| next - 1);
        let start = self.byte(spot.line, spot.column)?;
        let line_end = self.starts.get(spot.line).map_or(self.text.len(), |next| next - 1);
        let end = if spot.end_line == spot.line {
            self.byte(spot.line, spot.end_column).unwrap_or(line_end)
        } else {
            line_end
        };
        let source = self.text.get(from..to.max(from))?;
        let start = start.min(to) - from;
        Some(Window { source, first_line, span: start..(end.min(to).max(from) - from).max(start) })
    }

    /// The byte at a column of a line; the end of the line when it is shorter.
    fn byte(&self, line: usize, column: usize) -> Option<usize> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let text = self.text.get(start..)?;
        let text = text.split('\n').next().unwrap_or(text);
        let offset = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        Some(start + offset)
    }
}
