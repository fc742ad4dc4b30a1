//! Rows for a terminal, for a pipe, for a spreadsheet, for a document.

use comfy_table::{Cell, Table, presets};

use super::CliError;
use crate::{language::Language, report::one_line};

/// A table that fits its content; untrusted text is kept on one line.
pub(super) fn aligned(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(head.iter().map(Cell::new));
    for row in rows {
        table.add_row(row.iter().map(|cell| Cell::new(one_line(cell))));
    }
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    let lines = table.to_string();
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// The same without a head, line by line.
pub(super) fn plain(rows: &[Vec<String>]) -> Vec<String> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in rows {
        table.add_row(row.iter().map(|cell| Cell::new(one_line(cell))));
    }
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    table.to_string().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Comma-separated values with a head, as RFC 4180 has them. A cell that a spreadsheet would run as a formula is
/// given an apostrophe.
pub(super) fn csv(head: &[&str], rows: &[Vec<String>]) -> Result<String, CliError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| CliError::Write(std::io::Error::other(error));
    writer.write_record(head).map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| CliError::Write(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// How many rows there are, what was read and as of when: `4 actions; work tree, as of 2026-01-01T23:59:59Z`. `words` are
/// for none, one and several.
pub(super) fn closing(
    rows: usize,
    [none, one, several]: [&str; 3],
    revision: &str,
    as_of: &str,
    language: &Language,
) -> String {
    let number = || language.integer(i64::try_from(rows).unwrap_or(i64::MAX));
    let count = match rows {
        0 => none.to_owned(),
        1 => format!("1 {one}"),
        _ => format!("{} {several}", number()),
    };
    let pt = language.is_portuguese();
    let written = match (revision, pt) {
        ("worktree", false) => "work tree",
        ("worktree", true) => "árvore de trabalho",
        (commit, _) => commit,
    };
    format!("{count}; {written}, {} {as_of}", if pt { "situação em" } else { "as of" })
}

/// A Markdown table.
pub(super) fn markdown(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(head.iter().map(|cell| (*cell).to_owned()).collect());
    out += &line(head.iter().map(|_| "---".to_owned()).collect());
    for row in rows {
        out += &line(row.iter().map(|cell| crate::render::markdown_text(&one_line(cell))).collect());
    }
    out
}
