//! `relato build`: the site, and every document of every target, in every language.

mod lists;
mod runbooks;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Mutex,
};

use clap::Args;

use super::{
    CliError, Console, Exit, Session,
    address::{self, Repository},
    judging,
    outside::STALE,
    progress::Progress,
    publication,
    render::For,
    session,
    shelf::{Shelf, own_files},
    stale::Committed,
    stamps::{self, Stamps},
};
use crate::{
    archive::{Archive, INCIDENTS_FOLDER, Reading},
    finding::{Finding, Severity},
    ledger::Ledger,
    locate::{Field, Places},
    measure::Measured,
    measure::days_overdue,
    model::{Audience, FaultKind, Incident},
    query::{
        self,
        board::IncidentActions,
        stats::{StatFacts, StatFilter},
    },
    render::{
        ActionRow, ActionsNow, Document, DocumentInput, Entry, Extras, IncidentRow, Placement, Renderer,
        Stamp, StatusKey, Target, View, has_runbooks,
    },
    report::one_line,
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
  relato build -o docs --check --at HEAD~1       the same on every day: judged as of the commit they were made from
  relato build --changed-since origin/main       look only at what changed since then

Pages of what is still open or due tell how long so far: without `--at` or `--as-of` they are stale on the next day. In CI, name the last commit outside of them: --at \"$(git log -1 --format=%H -- ':!docs')\".

An incident that is not right as written is left out, and the exit code is then 1. A build that is interrupted leaves the old site or the new one; with --changed-since, the next build completes it. Files that relato did not write are never touched.")]
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
    /// Trust the pages of incidents that have not changed since this revision to be as the last build wrote them; pages then change one by one
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
        false => {
            let site = Site::open(&out)?;
            Place::Site(if args.changed_since.is_some() { site.in_place() } else { site })
        }
    };
    let built: Vec<String> =
        chosen_targets(&archive, &renderer, audience)?.iter().map(|target| target.name.clone()).collect();
    let renderer = renderer.with_built(built);
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
        lacking: Mutex::default(),
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
        for stray in shelf.strays(&archive)? {
            console.note(stray.words());
        }
    }
    let lacking =
        std::mem::take(&mut *work.lacking.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    let lacking: Vec<Finding> = lacking.into_iter().filter(|finding| !finding.is_waived()).collect();
    let is_over = lacking.iter().any(|finding| finding.rule == "document-over-limit");
    tell_lacking(console, session, &archive, lacking);
    let built = match site {
        Place::Site(site) => site.finish()?,
        Place::Committed(committed) => {
            let stale = committed.finish()?;
            for (path, diff) in &stale {
                console.file(STALE, path)?;
                console.answer(diff.as_bytes())?;
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
    let (spoken, falados) = match spoken {
        1 => ("1 language".to_owned(), "1 idioma".to_owned()),
        _ => (format!("{spoken} languages"), format!("{spoken} idiomas")),
    };
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let files = counted(written, "file", "files");
    let escritos = counted(written, "arquivo escrito", "arquivos escritos");
    let removidos = counted(removed, "removido", "removidos");
    console.note((
        format!(
            "{incidents} in {spoken}: {files} written, {unchanged} unchanged, {removed} removed; open {index}"
        ),
        format!("{incidentes} em {falados}: {escritos}, {unchanged} sem mudança, {removidos}; abra {index}"),
    ));
    for file in &left_out {
        let file = one_line(file);
        console.warn((
            format!("left out: {file} is not right as written; `relato check {file}` says why"),
            format!("deixado de fora: {file} tem erros; `relato check {file}` diz quais"),
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

/// Says what does not get to readers: each document that was left out, and how many say less than their incident.
fn tell_lacking(console: &Console, session: &Session, archive: &Archive<'_>, mut lacking: Vec<Finding>) {
    let all = lacking.len();
    lacking.retain(|finding| finding.rule != "lossy-export" || finding.severity == Severity::Error);
    let lossy = all - lacking.len();
    if !lacking.is_empty() {
        lacking.sort_by(|a, b| (&a.file, &a.message.en).cmp(&(&b.file, &b.message.en)));
        console.warn((
            "documents left out, since they do not fit their readers:",
            "documentos deixados de fora, porque não cabem em seus leitores:",
        ));
        publication::tell(console, session, archive, lacking);
    }
    if lossy > 0 {
        let (things, coisas) = match lossy {
            1 => ("1 thing".to_owned(), "1 informação não cabe".to_owned()),
            n => (format!("{n} things"), format!("{n} informações não cabem")),
        };
        console.note((
            format!("note: {things} could not be said in the form of a document; `relato check --documents` tells which"),
            format!("nota: {coisas} na forma de algum documento; `relato check --documents` diz quais"),
        ));
    }
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

/// Whether a target has documents of this incident.
fn has_documents(target: &Target, incident: &Incident) -> bool {
    target.view == View::Incident && target.is_due(incident.status)
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
                format!("{} tem erros; nada é gerado", fault.file),
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
    /// What documents cannot say, or what does not fit into them.
    lacking: Mutex<Vec<Finding>>,
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
        let input = |language| DocumentInput {
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
        // before anything is kept from the last build, which would have written nothing of what it refused
        let known = self.languages.first().is_some_and(|tag| self.was_let_out(reading, &input(tag), &extras));
        if !known && self.refuses(reading, incident, &measured, &[]) {
            return Ok(None);
        }
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        let mut documents = Vec::new();
        let mut status = None;
        for language in self.languages {
            let input = input(language);
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
        let alarmed = self.audience == Audience::Public && publication::is_alarmed(self.archive, &documents);
        if alarmed && self.refuses(reading, incident, &measured, &documents) {
            return Ok(None);
        }
        let lacking =
            publication::lacking(self.archive, reading, incident, &measured, self.as_of, &documents);
        self.lacking.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(lacking);
        for (inputs, document) in inputs.into_iter().zip(documents) {
            if document.is_over_limit() {
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
        let facts = session::known(self.archive, incident, self.as_of).and_then(|known| {
            let measured = match &known {
                Cow::Borrowed(_) => Cow::Borrowed(&measured),
                Cow::Owned(known) => Cow::Owned(session::measured(self.archive, known, self.as_of)),
            };
            StatFacts::of(&known, &measured, settings, self.as_of, &StatFilter::default())
        });
        Ok(status.map(|status| Kept { rows, found, facts, index: reading.index, status }))
    }

    /// Whether the last build let this incident out, made from the same inputs, where that is to be trusted.
    fn was_let_out(&self, reading: &Reading, input: &DocumentInput<'_>, extras: &Extras<'_>) -> bool {
        let Place::Site(site) = self.site else { return false };
        let target = self.targets.iter().find(|it| has_documents(it, input.incident));
        let first = target.and_then(|target| Some((target, target.documents().first()?)));
        let (Some((target, kind)), true) = (first, self.before.is_some_and(|before| before.has(reading)))
        else {
            return false;
        };
        site.knows(&self.renderer.path(target, kind, input), self.inputs(reading, input, extras))
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
        for target in self.targets.iter().filter(|it| has_documents(it, input.incident)) {
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
}
