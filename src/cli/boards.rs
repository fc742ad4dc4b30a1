//! Documents about the whole workspace: the digest of a Monday, the calendar of due dates, how services do now.

use std::path::Path;

use super::{
    CliError, Console, Exit, Session,
    outside::{STALE, WROTE},
    session, stamps, statuses,
};
use crate::{
    archive::{Archive, Distilled},
    locate::{Field, Places},
    model::{Audience, Incident},
    query::{ActionFacts, ActionRow, board::IncidentActions},
    render::{BoardInput, Document, Kind, Placement, RenderError, Renderer, SiteFrame, Target, View},
    source::{Content, Memory, Tree, WorkTree, output},
    time::Instant,
};

/// What documents about all actions are made of.
pub(super) struct Boards<'a> {
    archive: &'a Archive<'a>,
    as_of: Instant,
    audience: Audience,
    revision: String,
    /// All actions.
    rows: Vec<ActionRow>,
    /// Those that a calendar holds: what is owed.
    dated: Vec<ActionRow>,
}

impl<'a> Boards<'a> {
    /// Reads all actions.
    pub(super) fn read(
        session: &Session,
        console: &Console,
        archive: &'a Archive<'a>,
        as_of: Instant,
        audience: Audience,
    ) -> Result<Self, CliError> {
        let ledger = session.known_ledger(console);
        let distil = |incident: &Incident| {
            let measured = session::measured(archive, incident, as_of);
            let value = IncidentActions::of(incident, &measured, &archive.settings, &archive.catalogue);
            Distilled { value, lasts: ActionFacts::last(incident) }
        };
        let answer = |file: &str, facts: IncidentActions| {
            let rows = facts.actions.into_iter().map(|facts| facts.row(file, as_of, ledger.as_ref()));
            rows.collect::<Vec<ActionRow>>()
        };
        let names = ("actions", "reading");
        let rows = session::each_distilled(session, console, archive, &[], names, distil, answer)?;
        Ok(Self::of(rows.into_iter().flatten().collect(), session, archive, as_of, audience))
    }

    /// Of rows that are at hand, in the order of the files.
    pub(super) fn of(
        mut rows: Vec<ActionRow>,
        session: &Session,
        archive: &'a Archive<'a>,
        as_of: Instant,
        audience: Audience,
    ) -> Self {
        place_linked(&mut rows, archive);
        let mut dated: Vec<ActionRow> = rows.iter().filter(|row| row.is_owed()).cloned().collect();
        dated.sort_by_key(|row| row.due);
        let revision = match session.revision() {
            "worktree" => "HEAD".to_owned(),
            commit => commit.to_owned(),
        };
        Self { archive, as_of, audience, revision, rows, dated }
    }

    /// One document.
    pub(super) fn document(
        &self,
        renderer: &Renderer,
        target: &Target,
        kind: &Kind,
        language: &str,
        placement: Placement,
    ) -> Result<Document, CliError> {
        let frame =
            SiteFrame { settings: &self.archive.settings, audience: self.audience, as_of: self.as_of };
        Ok(renderer.board(
            target,
            kind,
            &BoardInput {
                frame,
                catalogue: &self.archive.catalogue,
                language,
                placement,
                revision: &self.revision,
                actions: &self.rows,
                dated: &self.dated,
            },
        )?)
    }

    /// Every document of every target that sees all actions.
    pub(super) fn documents(
        &self,
        renderer: &Renderer,
        targets: &[&Target],
        languages: &[String],
        placement: Placement,
    ) -> Result<Vec<Document>, CliError> {
        let mut documents = Vec::new();
        for target in targets {
            for kind in target.documents() {
                let each = if kind.is_in_each_language() { languages.len() } else { 1 };
                for language in languages.iter().take(each) {
                    documents.push(self.document(renderer, target, kind, language, placement)?);
                }
            }
        }
        Ok(documents)
    }
}

/// The calendar of these rows, for `relato actions --format ics`. Rows without a due date are left out, and it is said.
pub(super) fn calendar(
    mut rows: Vec<ActionRow>,
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
    as_of: Instant,
) -> Result<Vec<u8>, CliError> {
    // rows may have been sorted by their dates, and lines are looked for file by file
    rows.sort_by(|a, b| (&a.repository, &a.file).cmp(&(&b.repository, &b.file)));
    let undated = rows.iter().filter(|row| row.due.is_none()).count();
    if undated > 0 {
        console.note(match undated {
            1 => (
                "note: 1 action has no due date, and is not in the calendar".to_owned(),
                "nota: 1 ação não tem prazo e não está no calendário".to_owned(),
            ),
            n => (
                format!("note: {n} actions have no due date, and are not in the calendar"),
                format!("nota: {n} ações não têm prazo e não estão no calendário"),
            ),
        });
    }
    place_linked(&mut rows, archive);
    rows.sort_by(|a, b| (a.due, &a.incident, &a.id).cmp(&(b.due, &b.incident, &b.id)));
    let language = session.language(&archive.settings).tag().to_owned();
    let renderer = Renderer::new(std::slice::from_ref(&language), &stamps::templates(archive.tree())?)?;
    let boards =
        Boards { dated: rows, ..Boards::of(Vec::new(), session, archive, as_of, Audience::Internal) };
    let target = renderer.target("calendar")?;
    let mut bytes = Vec::new();
    for kind in target.documents() {
        bytes.extend(boards.document(&renderer, target, kind, &language, Placement::Alone)?.bytes);
    }
    Ok(bytes)
}

/// What `relato render` was asked for.
pub(super) struct Wanted<'a> {
    pub(super) target: &'a str,
    pub(super) audience: Audience,
    pub(super) syntax: Option<crate::render::Syntax>,
    pub(super) output: Option<&'a Path>,
    pub(super) check: bool,
}

/// Renders a target that sees the whole workspace: prints one document, or writes them all.
pub(super) fn render(
    wanted: &Wanted<'_>,
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
    as_of: Instant,
) -> Result<Exit, CliError> {
    let languages = match wanted.output {
        Some(_) => stamps::languages(archive),
        None => vec![session.language(&archive.settings).tag().to_owned()],
    };
    let renderer = Renderer::new(&languages, &stamps::templates(archive.tree())?)?;
    let target = renderer.any_target(wanted.target)?;
    match target.view {
        View::Incident => {
            return Err(CliError::argument(
                ("which incident?", "qual incidente?"),
                (
                    format!(
                        "`relato render INCIDENT --target {}`; `relato metrics` lists them",
                        wanted.target
                    ),
                    format!(
                        "`relato render INCIDENTE --target {}`; `relato metrics` mostra quais há",
                        wanted.target
                    ),
                ),
            ));
        }
        View::Service => {
            return Err(CliError::argument(
                (
                    format!("the target `{}` tells of services", target.name),
                    format!("o alvo `{}` trata de serviços", target.name),
                ),
                (
                    "`relato runbook SERVICE --format markdown` prints it; `relato runbook --write` writes all",
                    "`relato runbook SERVIÇO --format markdown` o mostra; `relato runbook --write` escreve todos",
                ),
            ));
        }
        View::Actions | View::Status => {}
    }
    if !target.is_for(wanted.audience) {
        let audience = wanted.audience.word();
        return Err(RenderError::NotFor { target: target.name.clone(), audience }.into());
    }
    let kind = match wanted.syntax {
        None => Some(0),
        Some(syntax) => target.documents().iter().position(|kind| kind.syntax == syntax),
    };
    let of_actions = (target.view == View::Actions)
        .then(|| Boards::read(session, console, archive, as_of, wanted.audience))
        .transpose()?;
    let documents = |placement: Placement| match &of_actions {
        Some(boards) => boards.documents(&renderer, &[target], &languages, placement),
        None => statuses::rendered(target, &renderer, session, archive, wanted.audience, as_of, &languages),
    };
    let Some(folder) = wanted.output else {
        let none = || RenderError::NoSyntax {
            target: target.name.clone(),
            syntax: wanted.syntax.map_or("", crate::render::Syntax::word),
        };
        // in one language there is one document of each kind
        let document = kind
            .and_then(|kind| documents(Placement::Alone).map(|all| all.into_iter().nth(kind)).transpose());
        console.answer(&document.ok_or_else(none)??.bytes)?;
        return Ok(Exit::Done);
    };
    let folder = session.folder.join(folder);
    let there: Box<dyn Tree> = match folder.is_dir() {
        true => Box::new(WorkTree::open(&folder)?),
        false => Box::new(Memory::default()),
    };
    let mut stale = false;
    for document in documents(Placement::Folder)? {
        let written = there.read(&document.path, u64::MAX >> 1)?;
        if matches!(&written, Content::Bytes(bytes) if *bytes == document.bytes) {
            continue;
        }
        let path = folder.join(&document.path);
        if !wanted.check {
            output::write_atomic(&path, &document.bytes)?;
        }
        stale |= wanted.check;
        console.file(if wanted.check { STALE } else { WROTE }, &path.to_string_lossy())?;
    }
    Ok(if stale { Exit::Found } else { Exit::Done })
}

/// Finds the lines of what may be linked to, where the settings link to lines at all.
fn place_linked(rows: &mut [ActionRow], archive: &Archive<'_>) {
    let url = archive.settings.repository_url.as_deref().unwrap_or_default();
    if !url.contains("{line}") {
        return;
    }
    for rows in rows.chunk_by_mut(|a, b| a.file == b.file && a.repository == b.repository) {
        let told = |row: &ActionRow| row.repository.is_none() && (row.is_owed() || row.done_on.is_some());
        let Some(file) = rows.iter().find(|row| told(row)).map(|row| row.file.clone()) else { continue };
        place(rows, archive.text(&file));
    }
}

/// Finds the line that each action of one file begins at.
pub(super) fn place(rows: &mut [ActionRow], text: Option<String>) {
    let Some(text) = text else { return };
    let places = Places::of(&text);
    for row in rows {
        row.line = places.place(&Field::of("actions").at(row.position)).line;
    }
}
