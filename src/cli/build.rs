//! `relato build`: the site, and every document of every target, in every language.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Mutex,
};

use clap::Args;
use rayon::prelude::*;

use super::{
    CliError, Console, Exit, Session,
    address::{self, Repository},
    boards::Boards,
    judging,
    progress::Progress,
    publication,
    render::For,
    session,
    shelf::{Shelf, Shelved, own_files, shelved},
    stale::Committed,
    stamps::{self, Stamps},
};
use crate::{
    archive::{Archive, INCIDENTS_FOLDER, Reading},
    finding::{Finding, Words},
    ledger::Ledger,
    locate::{Field, Places},
    measure::Measured,
    measure::days_overdue,
    model::{Audience, FaultKind, Incident},
    query::{
        self,
        board::IncidentActions,
        stats::{StatFacts, StatFilter, StatQuestion, Step, stats},
    },
    render::{
        ActionRow, ActionsNow, Document, DocumentInput, Entry, Extras, HandWritten, IncidentRow, ListsInput,
        Placement, Renderer, RunbookIndexRow, RunbookInput, SiteFrame, Stamp, StatusInput, StatusKey, Target,
        View, has_rules, has_runbooks, rule_path,
    },
    report::one_line,
    rules::RULES,
    runbook::Runbook,
    source::{ContentId, Tree as _, output::Site},
    time::Instant,
};

/// Write the site: every incident in every language, the list, the board of actions
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato build                                   the public site, into public/
  relato build --audience internal               the whole story, into internal/
  relato build --at v1.2.0 -o then               the site as it was
  relato build -o docs --check                   exit 1, with a diff, when a committed page is stale
  relato build --changed-since origin/main       look only at what changed since then

An incident that is not right as written is left out, and the exit code is then 1. A build that is interrupted leaves the old site or the new one. Files that relato did not write are never touched.")]
pub(super) struct BuildArgs {
    /// The folder to write into [default: public, or internal for that audience, in the workspace's folder]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// For whom: `public` holds what is public by construction
    #[arg(long, value_enum, default_value_t = For::Public)]
    audience: For,
    /// Write nothing; show what differs below the folder from what would be written, and exit with 1 if anything does
    #[arg(long)]
    check: bool,
    /// Trust the pages of incidents that have not changed since this revision to be as the last build wrote them
    #[arg(long, value_name = "REV", conflicts_with = "check")]
    changed_since: Option<String>,
}

impl BuildArgs {
    /// A site for a preview.
    pub(super) fn preview(out: PathBuf, audience: For) -> Self {
        Self { output: Some(out), audience, check: false, changed_since: None }
    }
}

pub(super) fn run(args: &BuildArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    refuse_faulty(&archive)?;
    let audience = args.audience.audience();
    if audience == Audience::Public {
        let refused = publication::refused_names(&archive, as_of);
        if !refused.is_empty() {
            publication::tell(console, session, &archive, refused);
            return Ok(Exit::Found);
        }
    }
    let own = if has_runbooks(audience) { own_files(archive.tree())? } else { Vec::new() };
    let stamps = Stamps::read(session, archive.files().chain(own.iter().map(String::as_str)))?;
    if stamps.cut_off {
        console.note(
            ("note: this clone is shallow, so pages name a hash of their inputs; use `fetch-depth: 0` in CI",
            "nota: este clone é raso, e as páginas citam um hash de suas entradas; use `fetch-depth: 0` na CI"),
        );
    }
    let languages = stamps::languages(&archive);
    let logo = address::logo(session, &archive.settings)?;
    let renderer = Renderer::new(&languages, &stamps.templates)?;
    let renderer = renderer.with_logo(logo.as_ref().map(|(file, _)| file.clone()));
    let name = if audience == Audience::Public { "public" } else { "internal" };
    let out = match &args.output {
        Some(folder) => session.folder.join(folder),
        None => session.root.join(name),
    };
    keep_off(&session.root, &out)?;
    let site = match args.check {
        true => Place::Committed(Committed::open(&out)?),
        false => Place::Site(Site::open(&out)?),
    };
    let targets = chosen_targets(&archive, &renderer, audience)?;
    let before = match &args.changed_since {
        Some(revision) => Some(Before::read(session, revision, &stamps)?),
        None => None,
    };
    let work = Work {
        archive: &archive,
        stamps: &stamps,
        renderer: &renderer,
        languages: &languages,
        audience,
        as_of,
        site: &site,
        repository: Repository::of(session, &archive.settings).filter(|_| audience == Audience::Internal),
        targets: &targets,
        before: before.as_ref(),
        shortfalls: Mutex::default(),
        refused: Mutex::default(),
        owed: Mutex::default(),
        // what was put off is told by documents about all actions, and by nothing else
        ledger: match board_targets(&targets).is_empty() {
            true => None,
            false => session.known_ledger(console),
        },
        registry: ContentId::of(format!("{:?} {:?}", archive.people, archive.settings.redaction).as_bytes()),
        doubled: archive
            .faults()
            .iter()
            .filter(|fault| matches!(fault.kind, FaultKind::DuplicateId { other: Some(_), .. }))
            .map(|fault| fault.file.as_str())
            .collect(),
    };

    let progress = Progress::start(console, archive.files().len(), "building");
    let failed: Mutex<Option<CliError>> = Mutex::new(None);
    let rows = archive.map(|reading| {
        let rows = match work.incident(&reading) {
            Ok(rows) => rows,
            Err(error) => {
                failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
                None
            }
        };
        progress.step();
        let shelved = work.shelved(&reading);
        (rows, shelved, (!reading.faults.is_empty()).then_some(reading.file))
    })?;
    drop(progress);
    session.keep();
    if let Some(error) = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(error);
    }
    session::note_empty(console, session, &archive);
    let mut left_out: Vec<String> = rows.iter().filter_map(|(.., faulty)| faulty.clone()).collect();
    left_out.extend(archive.faults().iter().map(|fault| fault.file.clone()));
    left_out.sort();
    left_out.dedup();
    let refused =
        std::mem::take(&mut *work.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    let kept_inside = !refused.is_empty();
    let (mut kept, mut shelved) = (Vec::new(), Vec::new());
    for (of_incident, of_steps, _) in rows {
        kept.extend(of_incident);
        shelved.extend(of_steps);
    }
    let count = kept.len();
    work.status(&kept)?;
    let runbooks = archive.settings.targets.is_none() || targets.iter().any(|it| it.view == View::Service);
    let shelf = (has_runbooks(audience) && runbooks).then(|| Shelf::of(&archive, shelved)).transpose()?;
    let with_runbook = shelf.as_ref().map(|shelf| shelf.services(&archive)).unwrap_or_default();
    work.lists(kept, &with_runbook)?;
    work.boards(session)?;
    if let Some((file, bytes)) = &logo {
        match &site {
            Place::Site(site) => drop(site.put(file, None, bytes)?),
            Place::Committed(there) => there.compare(file, bytes)?,
        }
    }
    if let Some(shelf) = &shelf {
        work.runbooks(shelf)?;
    }
    let over =
        std::mem::take(&mut *work.shortfalls.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    let is_over = !over.is_empty();
    for (path, words) in over {
        console.warn((
            format!("left out: {path} does not fit its reader: {}", words.en),
            format!("deixado de fora: {path} não cabe em seu leitor: {}", words.pt),
        ));
    }
    let built = match site {
        Place::Site(site) => site.finish()?,
        Place::Committed(committed) => {
            let stale = committed.finish()?;
            for (path, diff) in &stale {
                console.answer(format!("stale {}\n{diff}", one_line(path)).as_bytes())?;
            }
            if !stale.is_empty() {
                console.note((
                    "run the same command without `--check` to write them anew",
                    "rode o mesmo comando sem `--check` para escrevê-los de novo",
                ));
            }
            let found = !stale.is_empty() || is_over || kept_inside || !left_out.is_empty();
            return Ok(if found { Exit::Found } else { Exit::Done });
        }
    };
    let index = out.join("index.html");
    let (written, unchanged, removed, index) =
        (built.written, built.unchanged, built.removed, index.display());
    let (incidents, incidentes) = match count {
        1 => ("1 incident".to_owned(), "1 incidente".to_owned()),
        _ => (format!("{count} incidents"), format!("{count} incidentes")),
    };
    let spoken = languages.len();
    console.note((
        format!(
            "{incidents} in {spoken} languages: {written} files written, {unchanged} unchanged, {removed} removed; open {index}"
        ),
        format!(
            "{incidentes} em {spoken} idiomas: {written} arquivos escritos, {unchanged} sem mudança, {removed} removidos; abra {index}"
        ),
    ));
    for file in &left_out {
        let file = one_line(file);
        console.warn((
            format!("left out: {file} is not right as written; `relato check {file}` says why"),
            format!("deixado de fora: {file} tem erros de escrita; `relato check {file}` diz quais"),
        ));
    }
    if kept_inside {
        console.warn((
            "left out of the public pages, because of what would be told there:",
            "deixado de fora das páginas públicas, pelo que seria dito ali:",
        ));
        publication::tell(console, session, &archive, refused);
    }
    Ok(if left_out.is_empty() && !kept_inside && !is_over { Exit::Done } else { Exit::Found })
}

/// The targets that the workspace wants, for this audience.
fn chosen_targets<'r>(
    archive: &Archive<'_>,
    renderer: &'r Renderer,
    audience: Audience,
) -> Result<Vec<&'r Target>, CliError> {
    let all = match &archive.settings.targets {
        None => renderer.targets().iter().collect(),
        Some(names) => names.iter().map(|name| renderer.any_target(name)).collect::<Result<Vec<_>, _>>()?,
    };
    Ok(all.into_iter().filter(|target| target.is_for(audience)).collect())
}

/// Where documents go: into a site, or beside what is there, to be compared.
enum Place {
    Site(Site),
    Committed(Committed),
}

/// What was there at an earlier revision.
struct Before {
    /// The files of incidents and their content.
    files: HashMap<String, ContentId>,
    /// Whether all that every document is made from was the same.
    same_shared: bool,
}

impl Before {
    fn read(session: &Session, revision: &str, stamps: &Stamps) -> Result<Self, CliError> {
        let tree = session.revision_at(revision)?;
        let entries = tree.list(INCIDENTS_FOLDER)?;
        let files = entries.into_iter().filter_map(|entry| Some((entry.path, entry.id?))).collect();
        Ok(Self { files, same_shared: stamps.same_shared(&tree)? })
    }

    fn has(&self, reading: &Reading) -> bool {
        self.same_shared && self.files.get(&reading.file) == Some(&reading.content)
    }
}

/// The targets that tell of all actions.
fn board_targets<'r>(targets: &[&'r Target]) -> Vec<&'r Target> {
    targets.iter().copied().filter(|target| target.view == View::Actions).collect()
}

/// Refuses to write pages among what they are made from.
fn keep_off(root: &Path, out: &Path) -> Result<(), CliError> {
    // a folder that is yet to be made is known by its words
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| session::plain(path));
    let (root, real_out) = (real(root), real(out));
    let sources = [INCIDENTS_FOLDER, "templates", "runbooks"].map(|folder| root.join(folder));
    if root.starts_with(&real_out) || sources.iter().any(|folder| real_out.starts_with(folder)) {
        return Err(CliError::argument(
            (
                format!("`{}` holds what the site is made from", out.display()),
                format!("`{}` contém aquilo de que o site é feito", out.display()),
            ),
            (
                "choose a folder of its own, like `-o public`",
                "escolha uma pasta só para ele, como `-o public`",
            ),
        ));
    }
    Ok(())
}

/// Refuses to publish by settings or a catalogue that are not right as written.
fn refuse_faulty(archive: &Archive<'_>) -> Result<(), CliError> {
    let incidents = format!("{INCIDENTS_FOLDER}/");
    match archive.faults().iter().find(|fault| !fault.file.starts_with(&incidents)) {
        None => Ok(()),
        Some(fault) => Err(CliError::argument(
            (
                format!("{} is not right as written; nothing is built", fault.file),
                format!("{} tem erros de escrita; nada é gerado", fault.file),
            ),
            (
                format!("`relato check {}` says why", fault.file),
                format!("`relato check {}` diz quais", fault.file),
            ),
        )),
    }
}

struct Work<'a> {
    archive: &'a Archive<'a>,
    stamps: &'a Stamps,
    renderer: &'a Renderer,
    languages: &'a [String],
    audience: Audience,
    as_of: Instant,
    /// Where the incidents' files are read, on pages for those who may read them.
    repository: Option<Repository>,
    site: &'a Place,
    targets: &'a [&'a Target],
    /// What need not be looked at, when it is the same.
    before: Option<&'a Before>,
    /// Documents that do not fit their readers.
    shortfalls: Mutex<Vec<(String, Words)>>,
    /// Why incidents are kept inside.
    refused: Mutex<Vec<Finding>>,
    /// What must not be told, by the registry and the settings.
    registry: ContentId,
    /// The actions of each file, by its position, where a target tells of all.
    owed: Mutex<Vec<(usize, Vec<query::ActionRow>)>>,
    /// What history tells of them.
    ledger: Option<Ledger>,
    /// Files whose id is that of another one: the first is told, and `relato check` names the rest.
    doubled: HashSet<&'a str>,
}

/// The lines of one incident in one language's lists.
type Rows = (IncidentRow, Vec<ActionRow>);

/// What is kept of an incident until the lists are written.
struct Kept {
    /// One for each language.
    rows: Vec<Rows>,
    found: Vec<Entry>,
    facts: Option<StatFacts>,
    /// Its position in the archive.
    index: usize,
    status: StatusKey,
}

/// What is known of an incident's actions at the moment of asking.
struct Actions<'a> {
    work: &'a Work<'a>,
    reading: &'a Reading,
    incident: &'a Incident,
    /// Where each stands in the file.
    places: Option<Places<'a>>,
    /// The last commit of the file.
    commit: Option<&'a str>,
}

impl ActionsNow for Actions<'_> {
    fn days_overdue(&self, at: usize) -> i64 {
        let Archive { settings, catalogue, .. } = self.work.archive;
        let action = self.incident.actions.get(at);
        action.map_or(0, |action| days_overdue(action, self.incident, settings, catalogue, self.work.as_of))
    }

    fn source(&self, at: usize) -> Option<String> {
        let (repository, places) = (self.work.repository.as_ref()?, self.places.as_ref()?);
        let line = places.place(&Field::of("actions").at(at)).line;
        Some(repository.line(self.commit?, &self.reading.file, line))
    }
}

impl Work<'_> {
    /// Writes the documents of one incident, and keeps what the pages of all need.
    fn incident(&self, reading: &Reading) -> Result<Option<Kept>, CliError> {
        // what is not right as written is not published: it would say what nobody meant
        let sound = reading.faults.is_empty() && !self.doubled.contains(reading.file.as_str());
        let Some(incident) = reading.incident.as_ref().filter(|_| sound) else { return Ok(None) };
        let measured = session::measured(self.archive, incident, self.as_of);
        let stamp = self.stamps.of(reading);
        let (settings, catalogue) = (&self.archive.settings, &self.archive.catalogue);
        let commit = self.stamps.commit(reading);
        let linked = self.repository.is_some() && commit.is_some() && !incident.actions.is_empty();
        let text = linked.then(|| self.archive.text(&reading.file)).flatten();
        let places = text.as_deref().map(Places::of);
        let actions = Actions { work: self, reading, incident, places, commit };
        let findings = match self.audience {
            Audience::Internal => judging::judge_incident(self.archive, reading, self.as_of),
            Audience::Public => Vec::new(),
        };
        let kept = self.repository.as_ref().zip(commit);
        let source = kept.map(|(repository, id)| repository.line(id, &reading.file, 1));
        let history = kept.and_then(|(repository, id)| repository.history(id, &reading.file));
        let extras = Extras { source: source.as_deref(), history: history.as_deref(), findings: &findings };
        // before anything is kept from the last build
        if self.refuses(reading, incident, &measured, &[]) {
            return Ok(None);
        }
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        let mut documents = Vec::new();
        let mut status = None;
        for language in self.languages {
            let input = DocumentInput {
                incident,
                measured: &measured,
                settings,
                catalogue,
                audience: self.audience,
                language,
                placement: Placement::Site,
                stamp: &stamp,
                as_of: self.as_of,
            };
            let inputs = self.inputs(reading, &input, &extras);
            let mut told = self.documents(reading, &input, &extras, inputs)?;
            self.settle(reading, &input, &extras, &mut told)?;
            documents.extend(told.into_iter().map(|it| (inputs, it)));
            status.get_or_insert_with(|| self.renderer.status_key(&input));
            let row = self.renderer.incident_row(&input)?;
            found.push(self.renderer.entry(&input, &row));
            rows.push((row, self.renderer.action_rows(&input, &actions)?));
        }
        // all of them are read before the first is put
        let (inputs, documents): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
        if self.refuses(reading, incident, &measured, &documents) {
            return Ok(None);
        }
        for (inputs, document) in inputs.into_iter().zip(documents) {
            if let Some(over) = document.shortfalls.iter().find(|it| it.is_over_limit) {
                let mut shortfalls =
                    self.shortfalls.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                shortfalls.push((document.path, over.words.clone()));
                continue;
            }
            self.put(&document, Some(inputs))?;
        }
        if !board_targets(self.targets).is_empty() {
            let actions = IncidentActions::of(incident, &measured, settings, catalogue).actions;
            let actions = actions
                .into_iter()
                .map(|facts| facts.row(&reading.file, self.as_of, self.ledger.as_ref()))
                .collect();
            let mut owed = self.owed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            owed.push((reading.index, actions));
        }
        let facts = StatFacts::of(incident, &measured, settings, self.as_of, &StatFilter::default());
        Ok(status.map(|status| Kept { rows, found, facts, index: reading.index, status }))
    }

    /// What runbooks are made from, of an incident that is published.
    fn shelved(&self, reading: &Reading) -> Option<Shelved> {
        let sound = reading.faults.is_empty() && !self.doubled.contains(reading.file.as_str());
        let incident = reading.incident.as_ref().filter(|_| sound && has_runbooks(self.audience))?;
        Some(shelved(self.archive, reading, incident, self.as_of))
    }

    /// Writes the runbooks: the page of each service and each alert, and the list of them.
    fn runbooks(&self, shelf: &Shelf) -> Result<(), CliError> {
        let services = shelf.services(self.archive);
        let rows: Vec<Vec<RunbookIndexRow>> = services
            .par_iter()
            .map(|service| self.runbook(shelf, &shelf.evidence.runbook(service)))
            .collect::<Result<_, CliError>>()?;
        let frame =
            SiteFrame { settings: &self.archive.settings, audience: self.audience, as_of: self.as_of };
        for (at, language) in self.languages.iter().enumerate() {
            let mut rows: Vec<RunbookIndexRow> =
                rows.iter().filter_map(|rows| rows.get(at).cloned()).collect();
            rows.sort_by(|a, b| (&a.name, &a.href).cmp(&(&b.name, &b.href)));
            self.put_list(&self.renderer.site_runbooks(&frame, language, &rows)?)?;
        }
        let mut alerts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for service in &self.archive.catalogue.services {
            for alert in &service.alerts {
                alerts.entry(&alert.0).or_default().push(&service.id);
            }
        }
        alerts.par_iter().try_for_each(|(alert, services)| self.alert(shelf, alert, services))
    }

    /// Writes the runbook of a service in every language; its rows, one for each.
    fn runbook(&self, shelf: &Shelf, runbook: &Runbook<'_>) -> Result<Vec<RunbookIndexRow>, CliError> {
        let files = shelf.inputs(runbook);
        let (stamp, own) = (self.stamps.of_files(&files), shelf.own(&runbook.service));
        let service = self.archive.catalogue.service(&runbook.service);
        let alerts: Vec<String> =
            service.iter().flat_map(|service| &service.alerts).map(|alert| alert.0.clone()).collect();
        let mut rows = Vec::new();
        for language in self.languages {
            let input = self.runbook_input(runbook, &own, language);
            rows.push(self.renderer.runbook_row(&input, &alerts)?);
            let inputs = self.runbook_inputs("runbook", language, &stamp, &files);
            let mut told = None;
            for kind in self.renderer.runbook_kinds(false) {
                let path = self.renderer.runbook_path(kind, language, &runbook.service)?;
                if self.keeps(&path, inputs)? {
                    continue;
                }
                let told = match &mut told {
                    Some(told) => told,
                    None => told.insert(self.renderer.tell_runbook(&input)?),
                };
                let document = told.document(kind, &stamp)?;
                self.put(&document, Some(inputs))?;
            }
        }
        Ok(rows)
    }

    /// Writes the page of an alert in every language.
    fn alert(&self, shelf: &Shelf, alert: &str, services: &[&str]) -> Result<(), CliError> {
        let runbooks: Vec<Runbook<'_>> =
            services.iter().map(|service| shelf.evidence.runbook(service)).collect();
        let mut files: Vec<(&str, ContentId)> =
            runbooks.iter().flat_map(|runbook| shelf.inputs(runbook)).collect();
        files.sort_unstable();
        files.dedup();
        let stamp = self.stamps.of_files(&files);
        let owns: Vec<_> = services.iter().map(|service| shelf.own(service)).collect();
        for language in self.languages {
            let inputs = self.runbook_inputs(alert, language, &stamp, &files);
            for kind in self.renderer.runbook_kinds(true) {
                let path = self.renderer.runbook_path(kind, language, alert)?;
                if self.keeps(&path, inputs)? {
                    continue;
                }
                let told = runbooks.iter().zip(&owns);
                let told = told.map(|(runbook, own)| {
                    self.renderer.tell_runbook(&self.runbook_input(runbook, own, language))
                });
                let told: Vec<_> = told.collect::<Result<_, _>>()?;
                let document = self.renderer.alert(kind, alert, &told.iter().collect::<Vec<_>>(), &stamp)?;
                self.put(&document, Some(inputs))?;
            }
        }
        Ok(())
    }

    fn runbook_input<'b>(
        &'b self,
        runbook: &'b Runbook<'b>,
        own: &'b HandWritten,
        language: &'b str,
    ) -> RunbookInput<'b> {
        RunbookInput {
            runbook,
            settings: &self.archive.settings,
            catalogue: &self.archive.catalogue,
            links: &self.archive.links,
            own,
            language,
            placement: Placement::Site,
            today: self.archive.settings.org.zone.date(self.as_of),
        }
    }

    /// One id for everything that a runbook is worked out from. The day of asking tells which class is in force.
    fn runbook_inputs(
        &self,
        what: &str,
        language: &str,
        stamp: &Stamp,
        files: &[(&str, ContentId)],
    ) -> ContentId {
        let today = self.archive.settings.org.zone.date(self.as_of);
        let services = self.archive.catalogue.services.iter();
        // classes change on few days: the page stays the same on all others
        let classes: Vec<Option<&str>> = services.map(|service| service.class_on(today)).collect();
        let text = format!(
            "{} {what:?} {language} {stamp:?} {} {classes:?}",
            env!("RELATO_SOURCE"),
            self.stamps.content_of(files)
        );
        ContentId::of(text.as_bytes())
    }

    /// Whether an incident, or one of these documents, tells the public what must stay inside.
    fn refuses(
        &self,
        reading: &Reading,
        incident: &Incident,
        measured: &Measured,
        documents: &[Document],
    ) -> bool {
        if self.audience != Audience::Public {
            return false;
        }
        let findings = publication::refused(self.archive, reading, incident, measured, self.as_of, documents);
        let refused = !findings.is_empty();
        self.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(findings);
        refused
    }

    /// The documents of every target that the last build did not leave as they would be now.
    fn documents(
        &self,
        reading: &Reading,
        input: &DocumentInput<'_>,
        extras: &Extras<'_>,
        inputs: ContentId,
    ) -> Result<Vec<Document>, CliError> {
        let same = self.before.is_some_and(|before| before.has(reading));
        let is_first = self.languages.first().is_some_and(|first| first == input.language);
        let mut documents = Vec::new();
        let mut told = None;
        for target in self.targets.iter().filter(|it| it.view == View::Incident) {
            for kind in target.documents().iter().filter(|kind| is_first || kind.is_in_each_language()) {
                if let Place::Site(site) = self.site {
                    let path = self.renderer.path(target, kind, input);
                    if same && site.trust(&path, inputs)? || !same && site.keep(&path, inputs)? {
                        continue;
                    }
                }
                let told = match &told {
                    Some(told) => told,
                    None => told.insert(self.renderer.tell(input)?.with(*extras)),
                };
                documents.push(told.document(target, kind)?);
            }
        }
        Ok(documents)
    }

    /// A document that was written before its inputs were committed names their hash, and committing both together does
    /// not make it stale: what is there is then what would have been written.
    fn settle(
        &self,
        reading: &Reading,
        input: &DocumentInput<'_>,
        extras: &Extras<'_>,
        told: &mut [Document],
    ) -> Result<(), CliError> {
        let (Place::Committed(there), Stamp::Commit(_)) = (self.site, input.stamp) else { return Ok(()) };
        let differs = |document: &Document| {
            Ok::<_, CliError>(!there.holds(&document.path, &document.bytes)? && there.has(&document.path)?)
        };
        let mut stale = false;
        for document in told.iter() {
            stale = stale || differs(document)?;
        }
        if !stale {
            return Ok(());
        }
        let stamp = self.stamps.uncommitted(reading);
        let input = DocumentInput { stamp: &stamp, ..*input };
        let before = self.documents(reading, &input, extras, self.inputs(reading, &input, extras))?;
        for (document, before) in told.iter_mut().zip(before) {
            if there.holds(&before.path, &before.bytes)? {
                *document = before;
            }
        }
        Ok(())
    }

    /// Whether the last build left a document as it would be now. Where nothing is written, each is compared.
    fn keeps(&self, path: &str, inputs: ContentId) -> Result<bool, CliError> {
        match self.site {
            Place::Site(site) => Ok(site.keep(path, inputs)?),
            Place::Committed(_) => Ok(false),
        }
    }

    fn put(&self, document: &Document, inputs: Option<ContentId>) -> Result<(), CliError> {
        match self.site {
            Place::Site(site) => {
                site.put(&document.path, inputs, &document.bytes)?;
            }
            Place::Committed(there) => there.compare(&document.path, &document.bytes)?,
        }
        Ok(())
    }

    /// One id for everything that a document is worked out from: the files, the stamp, the program, the audience, and
    /// the moment of asking where a document tells it.
    fn inputs(&self, reading: &Reading, input: &DocumentInput<'_>, extras: &Extras<'_>) -> ContentId {
        let moment = input.incident.status.is_ongoing().then_some(self.as_of);
        let text = format!(
            "{} {:?} {} {:?} {:?} {extras:?} {} {}",
            env!("RELATO_SOURCE"),
            input.audience,
            input.language,
            input.stamp,
            moment,
            self.stamps.content(reading),
            self.registry
        );
        ContentId::of(text.as_bytes())
    }

    /// Puts a page of the site that is of no single incident. Its names and titles were judged where they are written;
    /// a template of the workspace may add to them.
    fn put_list(&self, page: &Document) -> Result<(), CliError> {
        if self.audience == Audience::Public && !self.stamps.templates.is_empty() {
            let text = publication::readable(page);
            if let Some(leak) = self.archive.guard().leaks(&text).first() {
                return Err(CliError::argument(
                    format!(
                        "the page `{}` would tell the public {}: `{}`",
                        page.path,
                        leak.kind.words().0,
                        leak.shown
                    ),
                    "take it out of the workspace's `templates/`; nothing was built",
                ));
            }
        }
        self.put(page, None)
    }

    /// Writes the pages of the rules, which change only with the program, the settings and the templates.
    fn rules(&self, frame: &SiteFrame<'_>, language: &str) -> Result<(), CliError> {
        let text =
            format!("{} {:?} {language} {}", env!("RELATO_SOURCE"), self.audience, self.stamps.of_site());
        let inputs = ContentId::of(text.as_bytes());
        for rule in std::iter::once(None).chain(RULES.iter().map(|rule| Some(*rule))) {
            if self.keeps(&rule_path(language, rule), inputs)? {
                continue;
            }
            self.put(&self.renderer.site_rule(frame, language, rule)?, Some(inputs))?;
        }
        Ok(())
    }

    /// Writes the documents that tell of all actions.
    fn boards(&self, session: &Session) -> Result<(), CliError> {
        let targets = board_targets(self.targets);
        if targets.is_empty() {
            return Ok(());
        }
        let mut rows =
            std::mem::take(&mut *self.owed.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        rows.sort_by_key(|(index, _)| *index);
        let rows = rows.into_iter().flat_map(|(_, rows)| rows).collect();
        let boards = Boards::of(rows, session, self.archive, self.as_of, self.audience);
        for document in boards.documents(self.renderer, &targets, self.languages, Placement::Site)? {
            self.put(&document, None)?;
        }
        Ok(())
    }

    /// Writes how services do now, from the latest incidents and those that are not over, which are read again.
    fn status(&self, kept: &[Kept]) -> Result<(), CliError> {
        let targets: Vec<_> = self.targets.iter().filter(|it| it.view == View::Status).collect();
        if targets.is_empty() {
            return Ok(());
        }
        let mut newest: Vec<&Kept> = kept.iter().filter(|kept| kept.status.maintenance.is_some()).collect();
        newest.sort_by_key(|kept| (kept.status.at, kept.index));
        let (mut works, mut incidents) = (0, 0);
        let mut readings = Vec::new();
        for kept in newest.into_iter().rev() {
            let count = if kept.status.maintenance == Some(true) { &mut works } else { &mut incidents };
            *count += 1;
            if kept.status.ongoing || *count <= Renderer::STATUS_LATEST {
                readings.push(self.archive.read(kept.index)?);
            }
        }
        let frame =
            SiteFrame { settings: &self.archive.settings, audience: self.audience, as_of: self.as_of };
        let catalogue = &self.archive.catalogue;
        for language in self.languages {
            let mut incidents = Vec::new();
            for reading in &readings {
                let Some(incident) = &reading.incident else { continue };
                let measured = session::measured(self.archive, incident, self.as_of);
                let stamp = self.stamps.of(reading);
                let told = self.renderer.tell(&DocumentInput {
                    incident,
                    measured: &measured,
                    settings: &self.archive.settings,
                    catalogue,
                    audience: self.audience,
                    language,
                    placement: Placement::Site,
                    stamp: &stamp,
                    as_of: self.as_of,
                })?;
                incidents.extend(told.listed());
            }
            let input = StatusInput { frame, language, catalogue, incidents: &incidents, in_site: true };
            for target in &targets {
                for document in self.renderer.status(target, &input)? {
                    self.put_list(&document)?;
                }
            }
        }
        Ok(())
    }

    fn lists(&self, kept: Vec<Kept>, runbooks: &[String]) -> Result<(), CliError> {
        let mut incidents: Vec<Vec<IncidentRow>> = self.languages.iter().map(|_| Vec::new()).collect();
        let mut actions: Vec<Vec<ActionRow>> = self.languages.iter().map(|_| Vec::new()).collect();
        let (mut facts, mut found) = (Vec::new(), Vec::new());
        for kept in kept {
            facts.extend(kept.facts);
            found.push(kept.found);
            for ((incident, mut own), (incidents, actions)) in
                kept.rows.into_iter().zip(incidents.iter_mut().zip(actions.iter_mut()))
            {
                incidents.push(incident);
                actions.append(&mut own);
            }
        }
        let settings = &self.archive.settings;
        let frame = SiteFrame { settings, audience: self.audience, as_of: self.as_of };
        let whole = stats(&facts, &StatQuestion::default(), settings);
        let by_year = StatQuestion { by: Some(Step::Year), ..StatQuestion::default() };
        let years = stats(&facts, &by_year, settings);
        drop(facts);
        let mut put = |document: Document| self.put_list(&document);
        for (language, (incidents, actions)) in self.languages.iter().zip(incidents.iter().zip(&actions)) {
            let input = ListsInput {
                frame,
                catalogue: &self.archive.catalogue,
                language,
                incidents,
                actions,
                runbooks,
                whole: &whole,
                years: &years,
            };
            self.renderer.site_lists(&input, &mut put)?;
        }
        drop(actions);
        let found = incidents.first().into_iter().flatten().zip(found).collect();
        self.renderer.site_search(&frame, &self.archive.catalogue, found, &mut put)?;
        if has_rules(self.audience) {
            for language in self.languages {
                self.rules(&frame, language)?;
            }
        }
        put(self.renderer.site_root(&frame)?)?;
        put(self.renderer.style())?;
        put(self.renderer.script())
    }
}
