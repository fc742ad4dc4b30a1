//! Commands that change one file: what every one of them does with the new text.

mod action;
mod incident;

use std::collections::HashMap;

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::{CliError, Console, Exit, Session, fix, judging};
use crate::{
    amend::{Put, Refused, Wish},
    archive::{Archive, INCIDENT_LIMIT},
    edit::{self, EditError, Value},
    finding::{Finding, Severity, Words},
    language::Language,
    locate::{Document, Field},
    report::{self, Fingerprint, Report, one_line},
    source::{Content, Overlay, Solo, WorkTree},
};

pub(super) use action::{AddArgs, SetArgs, add, set};
pub(super) use incident::{IncidentArgs, run as incident};

/// What is to be done with a change.
#[derive(Args, Debug)]
pub(super) struct HowArgs {
    /// Show the change as a unified diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Write it, and make one commit of this file alone; git's hooks are not run
    #[arg(long, conflicts_with = "diff")]
    commit: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A file, and what is wanted of it.
pub(super) struct Edit {
    file: String,
    incident: String,
    action: Option<String>,
    /// Its bytes as they were read.
    old: Vec<u8>,
    new: String,
    changes: Vec<Changed>,
    /// What a commit of it says first.
    subject: Words,
}

/// One field that changes.
pub(super) struct Changed {
    field: Field,
    before: Option<String>,
    after: String,
}

impl Edit {
    /// Reads the file and makes the changes in its text.
    pub(super) fn of(
        session: &Session,
        file: &str,
        incident: &str,
        puts: &dyn Fn(&str) -> Result<Vec<Put>, CliError>,
    ) -> Result<Self, CliError> {
        let Content::Bytes(old) = session.tree().read(file, INCIDENT_LIMIT)? else {
            return Err(CliError::unreadable(file));
        };
        let text = std::str::from_utf8(&old).map_err(|_| CliError::unreadable(file))?;
        let (new, changes) = make_all(text, file, puts(text)?)?;
        Ok(Self {
            file: file.to_owned(),
            incident: incident.to_owned(),
            action: None,
            old,
            new,
            changes,
            subject: Words::default(),
        })
    }

    /// What changes: the file, and the action in it.
    fn name(&self) -> String {
        match &self.action {
            Some(action) => format!("{}, {action}", self.file),
            None => self.file.clone(),
        }
    }

    /// The keys that change, for a commit's first line.
    fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for changed in &self.changes {
            if !keys.contains(&changed.field.name()) {
                keys.push(changed.field.name());
            }
        }
        keys
    }
}

/// Makes changes one after another, and tells them.
pub(super) fn make_all(text: &str, file: &str, puts: Vec<Put>) -> Result<(String, Vec<Changed>), CliError> {
    let (mut new, mut changes) = (text.to_owned(), Vec::new());
    for put in puts {
        let (next, changed) = make(&new, put).map_err(|error| refused_edit(file, &error))?;
        new = next;
        changes.extend(changed);
    }
    Ok((new, changes))
}

/// Makes one change, and tells it.
fn make(text: &str, Put { field, value }: Put) -> Result<(String, Option<Changed>), EditError> {
    let changed = match &value {
        Value::Added(items) => {
            let at = Document::parse(text).items(&field).unwrap_or(0);
            let after: Vec<String> = items.iter().map(edit::inline).collect();
            Some(Changed { field: field.at(at), before: None, after: after.join(", ") })
        }
        _ => None,
    };
    let before = edit::written(text, &field);
    let new = edit::put(text, &field, value)?;
    let changed = changed.or_else(|| {
        let after = edit::written(&new, &field).unwrap_or_default();
        (before.as_ref() != Some(&after)).then_some(Changed { field, before, after })
    });
    Ok((new, changed))
}

/// The wishes of a command line.
fn wishes(given: &[String]) -> Result<Vec<Wish>, CliError> {
    given.iter().map(|text| Wish::read(text).map_err(CliError::from)).collect()
}

impl From<Refused> for CliError {
    fn from(refused: Refused) -> Self {
        Self::argument(refused.message, refused.help)
    }
}

fn refused_edit(file: &str, error: &EditError) -> CliError {
    let (message, help): (Words, Words) = match error {
        EditError::NotSound => return CliError::unreadable(file),
        EditError::NoMapping { field } => (
            (
                format!("`{field}` of {file} is a plain value: no key can be set in it"),
                format!("`{field}` de {file} é um valor simples: não há como definir uma chave nele"),
            )
                .into(),
            (
                format!("write it whole: `{field}='{{…}}'`"),
                format!("escreva-o por inteiro: `{field}='{{…}}'`"),
            )
                .into(),
        ),
        EditError::NoList { field } => (
            (
                format!("`{field}` of {file} is no list to add to"),
                format!("`{field}` de {file} não é uma lista a que se possa acrescentar"),
            )
                .into(),
            ("set it with `=`", "defina-o com `=`").into(),
        ),
        EditError::NoItem { field, index } => (
            (format!("`{field}` of {file} has no item {index}"), format!("`{field}` de {file} não tem o item {index}"))
                .into(),
            (
                format!("positions begin at 0; `{field}+=…` adds one"),
                format!("as posições começam em 0; `{field}+=…` acrescenta um item"),
            )
                .into(),
        ),
        EditError::Remarks { field } => (
            (
                format!("remarks inside `{field}` of {file} would be lost"),
                format!("os comentários dentro de `{field}` em {file} se perderiam"),
            )
                .into(),
            ("change it in an editor", "mude-o em um editor").into(),
        ),
        EditError::Overlap { .. } | EditError::OutOfText { .. } | EditError::Unsafe { .. } => (
            (
                format!("{file} is written in a way in which this cannot be changed without touching something else"),
                format!("{file} está escrito de um jeito em que isso não pode mudar sem mexer em outra coisa"),
            )
                .into(),
            (
                "anchors, aliases and unusual layouts are changed in an editor",
                "âncoras, aliases e formatos incomuns se mudam em um editor",
            )
                .into(),
        ),
    };
    CliError::argument(message, help)
}

/// Errors that a workspace has with some files changed and has not without, waived ones left out. What the changed files
/// cannot touch is not judged: the rules see one incident at a time, or a digest of each.
pub(super) fn errors_brought(
    session: &Session,
    archive: &Archive<'_>,
    tree: &Overlay<'_>,
) -> Result<Vec<Finding>, CliError> {
    let as_of = session.as_of(&archive.settings)?;
    let changed: Vec<&str> = tree.changed().map(|(file, _)| file).collect();
    let is_changed = |file: &str| changed.binary_search(&file).is_ok();
    let errors = |archive: &Archive<'_>| -> Result<Vec<Finding>, CliError> {
        let mut found = judging::judge_some(archive, as_of, None, &is_changed, false, &|| {})?;
        found.retain(|finding| finding.severity == Severity::Error && !finding.is_waived());
        Ok(found)
    };
    let mut found = errors(&session.archive_of(tree)?)?;
    if found.is_empty() {
        return Ok(found);
    }
    let mut known: HashMap<Fingerprint, usize> = HashMap::new();
    for finding in errors(archive)? {
        *known.entry(Fingerprint::of(&finding)).or_default() += 1;
    }
    found.retain(|finding| match known.get_mut(&Fingerprint::of(finding)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    Ok(found)
}

/// Judges a change, shows or writes it, and says what it did.
fn finish(
    edit: &Edit,
    how: &HowArgs,
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
) -> Result<Exit, CliError> {
    let language = session.language(&archive.settings);
    let is_same = edit.new.as_bytes() == edit.old.as_slice();
    let mut tree = Overlay::of(session.tree());
    if !is_same {
        tree.put(&edit.file, edit.new.clone().into_bytes());
    }
    let brought = if is_same { Vec::new() } else { errors_brought(session, archive, &tree)? };
    session.keep();
    let diff = if how.diff { Some(fix::diff(session, &tree)?) } else { None };
    let mut done = Done { edit, written: false, commit: None, diff };
    let is_refused = !brought.is_empty();
    if !is_refused && !is_same && !how.diff {
        let solo = how.commit.then(|| Solo::open(&session.root, &edit.file)).transpose()?;
        WorkTree::open(&session.root)?.rewrite(&edit.file, &edit.old, edit.new.as_bytes())?;
        done.written = true;
        if let Some(solo) = solo {
            let now = session.now();
            let committed =
                solo.commit(&message(edit, archive), now, archive.settings.org.zone.offset_at(now));
            let committed = committed.inspect_err(|_| {
                console.warn((
                    format!("{} is changed, and not committed", edit.file),
                    format!("{} mudou, mas o commit não foi feito", edit.file),
                ));
            })?;
            if !committed.hooks.is_empty() {
                let hooks = committed.hooks.join(", ");
                console.note((
                    format!("note: git's hooks were not run ({hooks})"),
                    format!("nota: os hooks do git não foram executados ({hooks})"),
                ));
            }
            done.commit = Some(committed.id);
        }
    }
    let after = session.archive_of(&tree)?;
    let text = |file: &str| after.text(file);
    let report = Report::of(brought, None, &text);
    let answer = match how.format {
        Format::Json => format!("{:#}\n", done.json(&report, language)),
        Format::Text => {
            let told = done.text(language, is_refused);
            if is_refused { told + &report::text(&report, language, &text, console.colour()) } else { told }
        }
    };
    console.answer(answer.as_bytes())?;
    if is_refused {
        console.warn((
            format!("{} stays as it was: this change would bring errors", edit.file),
            format!("{} fica como estava: esta mudança traria erros", edit.file),
        ));
    }
    Ok(if is_refused { Exit::Found } else { Exit::Done })
}

/// What became of a change.
struct Done<'e> {
    edit: &'e Edit,
    written: bool,
    commit: Option<String>,
    diff: Option<String>,
}

impl Done<'_> {
    fn json(&self, report: &Report, language: &Language) -> Json {
        let edit = self.edit;
        let changes: Vec<Json> = edit.changes.iter().map(Changed::json).collect();
        let mut answer = json!({
            "version": 1,
            "file": edit.file,
            "incident": edit.incident,
            "action": edit.action,
            "changes": changes,
            "written": self.written,
            "commit": self.commit,
            "findings": report::json(report, language)["findings"],
        });
        if let Some(diff) = &self.diff {
            answer["diff"] = diff.as_str().into();
        }
        answer
    }

    fn text(&self, language: &Language, is_refused: bool) -> String {
        let pt = language.is_portuguese();
        if let Some(diff) = &self.diff {
            return diff.clone();
        }
        let edit = self.edit;
        if edit.changes.is_empty() {
            let nothing = if pt { "nada a mudar" } else { "nothing to change" };
            return format!("{}: {nothing}\n", edit.name());
        }
        let mut out = match (&self.commit, is_refused, pt) {
            (_, true, _) => return String::new(),
            (Some(commit), _, false) => format!("{}, committed as {commit}:\n", edit.name()),
            (Some(commit), _, true) => format!("{}, no commit {commit}:\n", edit.name()),
            (None, ..) => format!("{}:\n", edit.name()),
        };
        for changed in &edit.changes {
            out += &format!("  {}\n", changed.text(edit.action.is_some()));
        }
        out
    }
}

impl Changed {
    pub(super) fn json(&self) -> Json {
        json!({"field": self.field.to_string(), "before": self.before, "after": self.after})
    }

    /// `due: 2026-03-01 → 2026-04-01`; in an action, its keys alone.
    pub(super) fn text(&self, in_action: bool) -> String {
        let field = match (in_action, self.field.steps()) {
            (true, [_, _, keys @ ..]) if !keys.is_empty() => Field::from(keys.to_vec()),
            _ => self.field.clone(),
        };
        let after = one_line(&self.after);
        match &self.before {
            Some(before) => format!("{field}: {} → {after}", one_line(before)),
            None => format!("{field}: {after}"),
        }
    }
}

/// What a commit of the change says: in the first language of the workspace, whoever makes it.
fn message(edit: &Edit, archive: &Archive<'_>) -> String {
    let own = archive.settings.org.languages.iter().find_map(|tag| Language::tagged(tag));
    let subject = edit.subject.tell(own.unwrap_or_else(Language::english));
    let lines: Vec<String> = edit.changes.iter().map(|changed| changed.text(edit.action.is_some())).collect();
    format!("{subject}\n\n{}\n", lines.join("\n"))
}
