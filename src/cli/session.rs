//! One workspace opened for one command: its tree, its cache, the moment and the language of the answer.

use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{CliError, Console, Global, Outside, moment, outside::Settled, progress::Progress};
use crate::{
    archive::{Archive, Distilled, Reading},
    finding::Words,
    format,
    language::Language,
    ledger::{self, Ledger, LedgerOptions},
    measure::{Measured, known_at, measure},
    model::{Incident, Settings},
    source::{Cache, Content, Revision, Tree, WORKSPACE_FILE, WorkTree, find_workspace, path_in_repository},
    time::{Instant, read_date, read_instant},
};

/// The most that the cache of parsed files may take on the disk, in bytes.
const CACHE_LIMIT: u64 = 256 * 1024 * 1024;

/// A workspace opened as the global options say.
pub(super) struct Session {
    tree: Box<dyn Tree>,
    cache: Option<Cache>,
    /// The folder of caches.
    caches: Option<PathBuf>,
    /// Further workspaces, as they were asked for.
    pub(super) also: Vec<String>,
    at: Option<String>,
    as_of: Option<String>,
    lang: Option<&'static Language>,
    locale: Option<&'static Language>,
    /// Where the language is told to everything that is said on the way.
    settled: Settled,
    now: Instant,
    /// The folder that paths on the command line are relative to.
    pub(super) folder: PathBuf,
    /// The workspace's folder on disk.
    pub(super) root: PathBuf,
}

impl Session {
    pub(super) fn open(global: &Global, outside: &Outside, settled: Settled) -> Result<Self, CliError> {
        let lang = language(global)?;
        let folder = started_in(global, outside);
        let root = find_workspace(&folder);
        let at = global.at.as_deref().map(|revision| moment::resolve(&folder, revision)).transpose()?;
        let tree = tree(&folder, &root, at.as_deref())?;
        let cache = cache(outside.cache.as_deref(), &root);
        Ok(Self {
            tree,
            cache,
            caches: outside.cache.clone(),
            also: global.also.clone(),
            at,
            as_of: global.as_of.clone(),
            lang,
            locale: outside.locale.as_deref().and_then(Language::from_locale),
            settled,
            now: outside.now,
            folder,
            root,
        })
    }

    /// Another workspace, asked in the same way.
    pub(super) fn beside(&self, root: &Path) -> Result<Self, CliError> {
        let root = find_workspace(root);
        Ok(Self { cache: cache(self.caches.as_deref(), &root), folder: root.clone(), ..self.on(root)? })
    }

    /// The same workspace at another revision, or in the work tree, judged as of the same moment if one was told.
    pub(super) fn side(&self, at: Option<&str>) -> Result<Self, CliError> {
        let at = at.map(|revision| moment::resolve(&self.folder, revision)).transpose()?;
        Ok(Self {
            tree: tree(&self.folder, &self.root, at.as_deref())?,
            cache: cache(self.caches.as_deref(), &self.root),
            at,
            ..self.again()?
        })
    }

    /// The same workspace at an earlier revision, judged as of that commit.
    pub(super) fn before(&self, at: &str) -> Result<Self, CliError> {
        Ok(Self { as_of: None, ..self.side(Some(at))? })
    }

    /// The same workspace, read anew after its files were changed.
    pub(super) fn again(&self) -> Result<Self, CliError> {
        self.on(self.root.clone())
    }

    /// The work tree of a workspace, without a cache.
    fn on(&self, root: PathBuf) -> Result<Self, CliError> {
        Ok(Self {
            tree: Box::new(WorkTree::open(&root)?),
            cache: None,
            caches: self.caches.clone(),
            also: Vec::new(),
            at: None,
            as_of: self.as_of.clone(),
            lang: self.lang,
            locale: self.locale,
            settled: Settled::clone(&self.settled),
            now: self.now,
            folder: self.folder.clone(),
            root,
        })
    }

    /// The same workspace, read anew after so long.
    pub(super) fn later(&self, elapsed: std::time::Duration) -> Result<Self, CliError> {
        let elapsed = chrono::Duration::from_std(elapsed).unwrap_or_default();
        let now = self.now.checked_add_signed(elapsed).unwrap_or(self.now);
        Ok(Self { now, ..self.again()? })
    }

    /// Reads settings, catalogue and glossary; incidents are read when asked for.
    pub(super) fn archive(&self) -> Result<Archive<'_>, CliError> {
        let archive = Archive::open(self.tree.as_ref(), self.cache.as_ref())?;
        // of several workspaces the first read is the one that answers
        self.settled.get_or_init(|| self.language(&archive.settings));
        Ok(archive)
    }

    /// The workspace as it stood at another revision than the one that is read.
    ///
    /// # Errors
    /// When there is no repository, or no such revision.
    pub(super) fn revision_at(&self, revision: &str) -> Result<Revision, CliError> {
        Ok(Revision::open(&self.folder, revision)?)
    }

    /// What became of every action up to the revision that is read; `None` outside git.
    ///
    /// # Errors
    /// A history that cannot be read.
    pub(super) fn ledger(&self, all_parents: bool, console: &Console) -> Result<Option<Ledger>, CliError> {
        self.ledger_of(self.at.as_deref(), all_parents, console)
    }

    /// The same at another revision.
    pub(super) fn ledger_at(&self, revision: &str, console: &Console) -> Result<Option<Ledger>, CliError> {
        self.ledger_of(Some(revision), false, console)
    }

    fn ledger_of(
        &self,
        at: Option<&str>,
        all_parents: bool,
        console: &Console,
    ) -> Result<Option<Ledger>, CliError> {
        let bar = Progress::start(console, 0, "reading history");
        let progress = |done: usize, total: usize| bar.reached(done, total);
        let options =
            LedgerOptions { at, all_parents, cache: self.caches.as_deref(), progress: Some(&progress) };
        Ok(ledger::open(&self.folder, &options)?)
    }

    /// The same, for an answer that is worth having without it: what keeps the history from being read, and what a
    /// shallow clone hides of it, is said on the way.
    pub(super) fn known_ledger(&self, console: &Console) -> Option<Ledger> {
        match self.ledger(false, console) {
            Ok(ledger) => {
                if ledger.as_ref().is_some_and(Ledger::is_cut_off) {
                    console.warn(cut_off());
                }
                ledger
            }
            Err(error) => {
                let Words { en, pt } = error.words();
                let help = error.help().unwrap_or_default();
                console.warn((
                    format!("warning: the history cannot be read, slips are not known: {en}\n  help: {}", help.en),
                    format!("aviso: não foi possível ler o histórico, não se sabe dos adiamentos: {pt}\n  ajuda: {}", help.pt),
                ));
                None
            }
        }
    }

    /// Another tree of this workspace.
    pub(super) fn archive_of<'t>(&'t self, tree: &'t dyn Tree) -> Result<Archive<'t>, CliError> {
        Ok(Archive::open(tree, self.cache.as_ref())?)
    }

    /// From the root of the repository to the workspace, with `/` at its end; empty where they are one, or where there is
    /// no repository.
    pub(super) fn prefix(&self) -> String {
        path_in_repository(&self.root)
    }

    /// Keeps what was parsed for the next run. A cache that cannot be written is no error.
    pub(super) fn keep(&self) {
        if let Some(cache) = &self.cache {
            cache.save();
        }
    }

    /// The language of the answer: `--lang`, else the locale, else the first language of the workspace.
    pub(super) fn language(&self, settings: &Settings) -> &'static Language {
        let own = || settings.org.languages.iter().find_map(|tag| Language::tagged(tag));
        self.lang.or(self.locale).or_else(own).unwrap_or_else(Language::english)
    }

    /// The moment of asking: `--as-of`, else the commit's time, else now. A date means the end of that day in the
    /// organisation's zone.
    pub(super) fn as_of(&self, settings: &Settings) -> Result<Instant, CliError> {
        let Some(text) = &self.as_of else {
            return Ok(self.tree.commit().map_or(self.now, |commit| commit.at));
        };
        if let Some(date) = read_date(text) {
            return Ok(settings.org.zone.end_of_day(date));
        }
        read_instant(text, None).map(|written| written.at).map_err(|_| {
            CliError::argument(
                (
                    format!("`--as-of {text}` is not a moment"),
                    format!("`--as-of {text}` não é um momento"),
                ),
                (
                    "write RFC 3339 with an offset, like 2026-03-31T18:00:00Z, or a date, like 2026-03-31",
                    "escreva em RFC 3339 com deslocamento, como 2026-03-31T18:00:00Z, ou uma data, como 2026-03-31",
                ),
            )
        })
    }

    /// The time as it is, whatever was asked for: of what is done now.
    pub(super) fn now(&self) -> Instant {
        self.now
    }

    /// `worktree`, or the full id of the commit.
    pub(super) fn revision(&self) -> &str {
        self.tree.commit().map_or("worktree", |commit| commit.id.as_str())
    }

    /// The revision asked for with `--at`.
    pub(super) fn at(&self) -> Option<&str> {
        self.at.as_deref()
    }

    /// The tree that is read.
    pub(super) fn tree(&self) -> &dyn Tree {
        self.tree.as_ref()
    }

    /// Refuses `--at`, for commands that write into the work tree.
    pub(super) fn needs_work_tree(&self, command: &str) -> Result<(), CliError> {
        match &self.at {
            None => Ok(()),
            Some(_) => Err(CliError::argument(
                (
                    format!("`relato {command}` writes into the work tree, and `--at` reads another one"),
                    format!("`relato {command}` escreve na árvore de trabalho, e `--at` lê outra"),
                ),
                ("leave out `--at`", "omita `--at`"),
            )),
        }
    }
}

/// The moment as machines read it.
pub(super) fn rfc3339(at: Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// What was read, and as of when it is judged.
pub(super) struct Coordinates {
    /// `worktree`, or the commit's full id.
    pub(super) revision: String,
    /// The moment.
    pub(super) as_of: Instant,
}

impl Coordinates {
    /// Those of a session.
    pub(super) fn of(side: &Session) -> Result<Self, CliError> {
        let as_of = side.as_of(&side.archive()?.settings)?;
        Ok(Self { revision: side.revision().to_owned(), as_of })
    }

    /// For machines.
    pub(super) fn json(&self) -> Value {
        json!({"revision": self.revision, "as_of": rfc3339(self.as_of)})
    }

    /// For people.
    pub(super) fn tell(&self, language: &Language) -> String {
        let as_of = rfc3339(self.as_of);
        match (self.revision.as_str(), language.is_portuguese()) {
            ("worktree", false) => format!("the work tree as of {as_of}"),
            ("worktree", true) => format!("árvore de trabalho, situação em {as_of}"),
            (commit, false) => format!("{} as of {as_of}", commit.get(..10).unwrap_or(commit)),
            (commit, true) => format!("{}, situação em {as_of}", commit.get(..10).unwrap_or(commit)),
        }
    }
}

/// That a shallow clone hides part of the history: said loudly, since what is missing looks like nothing.
pub(super) fn cut_off() -> (&'static str, &'static str) {
    (
        "warning: this is a shallow clone: what was before its first commit is not known, and slips may be missing\n  help: fetch \
         the rest with `git fetch --unshallow` (in CI: `fetch-depth: 0`)",
        "aviso: este é um clone raso: não se sabe o que houve antes do primeiro commit dele, e podem faltar adiamentos\n  ajuda: \
         traga o resto com `git fetch --unshallow` (na CI: `fetch-depth: 0`)",
    )
}

/// `--lang`, which must be a language there is.
pub(super) fn language(global: &Global) -> Result<Option<&'static Language>, CliError> {
    let Some(name) = &global.lang else { return Ok(None) };
    match Language::named(name) {
        Some(language) => Ok(Some(language)),
        None => {
            let tags: Vec<&str> = Language::all().iter().map(Language::tag).collect();
            Err(CliError::argument(
                (format!("relato does not speak `{name}`"), format!("o relato não fala `{name}`")),
                (
                    format!("the languages are {}", tags.join(", ")),
                    format!("os idiomas são {}", tags.join(", ")),
                ),
            ))
        }
    }
}

/// The folder of `-C`, else the current one.
pub(super) fn started_in(global: &Global, outside: &Outside) -> PathBuf {
    match &global.folder {
        Some(folder) => outside.folder.join(folder),
        None => outside.folder.clone(),
    }
}

fn cache(caches: Option<&Path>, root: &Path) -> Option<Cache> {
    caches.map(|caches| Cache::open(caches, &cache_name(root), format::VERSION, CACHE_LIMIT))
}

/// The tree at a revision, or the work tree.
fn tree(folder: &Path, root: &Path, at: Option<&str>) -> Result<Box<dyn Tree>, CliError> {
    Ok(match at {
        Some(revision) => Box::new(Revision::open(folder, revision)?),
        None => Box::new(WorkTree::open(root)?),
    })
}

/// Each workspace has a cache of its own.
fn cache_name(root: &Path) -> String {
    let id = crate::source::ContentId::of(root.as_os_str().as_encoded_bytes()).to_string();
    id.get(..16).unwrap_or(&id).to_owned()
}

/// Measures one incident as of a moment.
pub(super) fn measured(archive: &Archive<'_>, incident: &Incident, as_of: Instant) -> Measured {
    measure(incident, &archive.settings, &archive.catalogue, as_of)
}

/// An incident as it could be known at the moment of asking; `None` when it had not begun.
pub(super) fn known<'i>(
    archive: &Archive<'_>,
    incident: &'i Incident,
    as_of: Instant,
) -> Option<Cow<'i, Incident>> {
    known_at(incident, archive.settings.org.zone, as_of)
}

/// What `f` makes of each incident named, in that order, or of all there are. Says on the way how far it is, and what may
/// be missing.
pub(super) fn each<T: Send>(
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
    names: &[String],
    doing: &'static str,
    f: impl Fn(&Reading, &Incident) -> T + Sync + Send,
) -> Result<Vec<T>, CliError> {
    let answer = |reading: &Reading| {
        let answer = reading.incident.as_ref().map(|incident| f(reading, incident));
        (answer, !reading.faults.is_empty())
    };
    let answers = if names.is_empty() {
        let progress = Progress::start(console, archive.files().len(), doing);
        archive.map(|reading| {
            let answer = answer(&reading);
            progress.step();
            answer
        })?
    } else {
        named(archive, names, answer)?
    };
    Ok(noted(session, console, archive, answers))
}

/// The same in two steps, for a question that is asked every day: what `distil` takes from an incident, and whether that
/// lasts, is kept under `name`, and `answer` is given it with the file.
pub(super) fn each_distilled<T: Serialize + DeserializeOwned, U: Send>(
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
    names: &[String],
    (name, doing): (&'static str, &'static str),
    distil: impl Fn(&Incident) -> Distilled<T> + Sync,
    answer: impl Fn(&str, T) -> U + Sync,
) -> Result<Vec<U>, CliError> {
    let distil = |reading: &Reading| {
        let distilled = reading.incident.as_ref().map(&distil);
        let lasts = distilled.as_ref().is_none_or(|distilled| distilled.lasts);
        let value = (distilled.map(|distilled| distilled.value), !reading.faults.is_empty());
        Distilled { value, lasts }
    };
    let answer =
        |file: &str, (value, faulty): (Option<T>, bool)| (value.map(|value| answer(file, value)), faulty);
    let answers = if names.is_empty() {
        let progress = Progress::start(console, archive.files().len(), doing);
        archive.map_distilled(name, distil, |file, value| {
            progress.step();
            answer(file, value)
        })?
    } else {
        named(archive, names, |reading| answer(&reading.file, distil(reading).value))?
    };
    Ok(noted(session, console, archive, answers))
}

/// What `answer` makes of the incidents named, and whether their files are faulty.
fn named<T>(
    archive: &Archive<'_>,
    names: &[String],
    answer: impl Fn(&Reading) -> (Option<T>, bool),
) -> Result<Vec<(Option<T>, bool)>, CliError> {
    let mut answers = Vec::new();
    for index in chosen(archive, names)? {
        let reading = archive.read(index)?;
        match answer(&reading) {
            (None, _) => return Err(CliError::unreadable(&reading.file)),
            answer => answers.push(answer),
        }
    }
    Ok(answers)
}

/// Keeps what was read, and says on the way what may be missing from the answers.
fn noted<T>(
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
    answers: Vec<(Option<T>, bool)>,
) -> Vec<T> {
    session.keep();
    note_empty(console, session, archive);
    note_faults(console, archive, answers.iter().filter(|(_, faulty)| *faulty).count());
    answers.into_iter().filter_map(|(answer, _)| answer).collect()
}

/// The positions of the incidents named, each by its id, once.
pub(super) fn chosen(archive: &Archive<'_>, names: &[String]) -> Result<Vec<usize>, CliError> {
    let mut chosen = Vec::new();
    for name in names {
        let index = archive.find(name)?;
        if !chosen.contains(&index) {
            chosen.push(index);
        }
    }
    Ok(chosen)
}

/// Says on the way that there is nothing to answer for: the folder may be the wrong one.
pub(super) fn note_empty(console: &Console, session: &Session, archive: &Archive<'_>) {
    let has_settings = || !matches!(session.tree.read(WORKSPACE_FILE, 0), Ok(Content::Missing));
    let root = session.root.display();
    // what is wrong with the settings is told as such
    if archive.files().len() > 0 || !archive.faults().is_empty() {
        return;
    }
    if archive.catalogue.present || has_settings() {
        console.note((
            format!("note: there are no incidents below {root}; `relato new` writes one, `-C DIR` reads another folder"),
            format!("nota: não há incidentes em {root}; `relato new` cria um, `-C PASTA` lê outra pasta"),
        ));
    } else {
        console.note((
            format!(
                "note: {root} holds no {WORKSPACE_FILE} and no incidents; `relato init` sets a workspace up, `-C DIR` reads another folder"
            ),
            format!(
                "nota: {root} não tem {WORKSPACE_FILE} nem incidentes; `relato init` prepara um workspace, `-C PASTA` lê outra pasta"
            ),
        ));
    }
}

/// Says on the way how many files could not be read in full, for commands that answer all the same.
pub(super) fn note_faults(console: &Console, archive: &Archive<'_>, files: usize) {
    let files = files + usize::from(!archive.faults().is_empty());
    if files > 0 {
        let (en, pt) = match files {
            1 => ("1 file is".to_owned(), "1 arquivo tem".to_owned()),
            _ => (format!("{files} files are"), format!("{files} arquivos têm")),
        };
        console.note((
            format!("note: {en} not right as written, and may be missing here; run `relato check`"),
            format!("nota: {pt} erros, e pode faltar algo aqui; rode `relato check`"),
        ));
    }
}

/// A path without `.` and `..`, by its words alone.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
        plain
    })
}
