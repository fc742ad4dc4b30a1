//! `relato render`: documents of single incidents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    CliError, Console, Exit, Session, boards, disclosure,
    outside::{STALE, WROTE},
    publication, session,
    stale::Committed,
    stamps::{self, Stamps},
};
use crate::{
    archive::{Archive, Reading},
    language::Language,
    measure::Measured,
    model::{Audience, Incident, PostState},
    render::{Document, DocumentInput, Kind, Placement, RenderError, Renderer, Stamp, Syntax, Target},
    report::one_line,
    source::output,
    time::Instant,
};

/// Write documents of incidents: postmortems for the public or for the organisation
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato render 2017-11-10-oms                       Markdown for the public, on the terminal
  relato render 2017-11-10-oms --lang pt-BR --syntax html > oms.html
  relato render 2017-11-10-oms --audience internal
  relato render 2017-11-10-oms -o docs               every language and syntax, below docs/
  relato render 2017-11-10-oms -o docs --check       exit 1 when a document there is stale
  relato render 2017-11-10-oms --explain-disclosure  which sentences become public, and from which field
  relato render 2017-11-10-oms --target help-center  the page in another form
  relato render 2026-01-15-example --target status-post --state monitoring
                                                     the words of the next post, from the fields
  relato render --target actions-digest --audience internal --syntax html
  relato render --target calendar --audience internal > actions.ics
  relato render --target status-json -o status       api/v2 and the feeds of a status page
  relato render 2017-11-10-oms --target letter       a target of the workspace's own templates/

Documents of an open incident tell how long so far: `--check` finds them stale on the next day, unless `--at` or `--as-of` says when.")]
pub(super) struct RenderArgs {
    /// The incidents; none for a target that tells of the whole workspace
    incident: Vec<String>,
    /// What kind of document
    #[arg(long, default_value = "postmortem")]
    target: String,
    /// Write the next post of this state, from the fields of the incident, instead of a document; exit with 1 when a part
    /// that its readers need is missing
    #[arg(long, value_enum, conflicts_with_all = ["output", "syntax"], value_name = "STATE")]
    state: Option<State>,
    /// For whom: `public` holds what is public by construction
    #[arg(long, value_enum, default_value_t = For::Public)]
    audience: For,
    /// The form of the one document that is printed [default: the target's first]
    #[arg(long, value_enum, conflicts_with = "output")]
    syntax: Option<Form>,
    /// Write every language and syntax below this folder, instead of printing one
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Say which sentences the public reads, from which field, and which of them are new since a revision [default: HEAD]
    #[arg(long, value_name = "REV", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD",
          conflicts_with_all = ["output", "syntax", "state"])]
    explain_disclosure: Option<String>,
    /// Write nothing; exit with 1 when a document below the folder differs from what would be written
    #[arg(long, requires = "output")]
    check: bool,
}

/// For whom a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum For {
    Public,
    Internal,
}

impl For {
    pub(super) fn audience(self) -> Audience {
        match self {
            Self::Public => Audience::Public,
            Self::Internal => Audience::Internal,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Markdown,
    Html,
    Json,
    Xml,
    Calendar,
}

/// The state that a post announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum State {
    Investigating,
    Identified,
    Update,
    Monitoring,
    Resolved,
    Postmortem,
    Scheduled,
    #[value(name = "in_progress")]
    InProgress,
    Completed,
}

impl State {
    fn state(self) -> PostState {
        match self {
            Self::Investigating => PostState::Investigating,
            Self::Identified => PostState::Identified,
            Self::Update => PostState::Update,
            Self::Monitoring => PostState::Monitoring,
            Self::Resolved => PostState::Resolved,
            Self::Postmortem => PostState::Postmortem,
            Self::Scheduled => PostState::Scheduled,
            Self::InProgress => PostState::InProgress,
            Self::Completed => PostState::Completed,
        }
    }
}

impl Form {
    fn syntax(self) -> Syntax {
        match self {
            Self::Markdown => Syntax::Markdown,
            Self::Html => Syntax::Html,
            Self::Json => Syntax::Json,
            Self::Xml => Syntax::Xml,
            Self::Calendar => Syntax::Calendar,
        }
    }
}

pub(super) fn run(args: &RenderArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    if args.incident.is_empty() {
        let wanted = boards::Wanted {
            target: &args.target,
            audience: args.audience.audience(),
            syntax: args.syntax.map(Form::syntax),
            output: args.output.as_deref(),
            check: args.check,
        };
        return boards::render(&wanted, session, console, &archive, as_of);
    }
    let chosen = session::chosen(&archive, &args.incident)?;
    let files: Vec<&str> = archive.files().collect();
    let stamps = Stamps::read(session, chosen.iter().filter_map(|index| files.get(*index).copied()))?;
    if stamps.cut_off {
        console.note((
            "note: this clone is shallow, so documents name a hash of their inputs; use `fetch-depth: 0` in CI",
            "nota: este clone é raso, e os documentos citam um hash de suas entradas; use `fetch-depth: 0` na CI",
        ));
    }
    if args.audience == For::Public {
        let refused = publication::refused_names(&archive, as_of);
        if !refused.is_empty() {
            publication::tell(console, session, &archive, refused);
            return Ok(Exit::Found);
        }
    }
    let work = Work { args, archive: &archive, stamps: &stamps, as_of, console, session };
    let readings: Vec<Reading> =
        chosen.into_iter().map(|index| archive.read(index)).collect::<Result<_, _>>()?;
    session.keep();
    session::note_faults(
        console,
        &archive,
        readings.iter().filter(|reading| !reading.faults.is_empty()).count(),
    );
    if let Some(revision) = &args.explain_disclosure {
        return disclosure::explain(&readings, &archive, session, console, revision);
    }
    match &args.output {
        Some(folder) => work.write(&readings, &session.folder.join(folder)),
        None => work.print(&readings),
    }
}

struct Work<'a> {
    args: &'a RenderArgs,
    archive: &'a Archive<'a>,
    stamps: &'a Stamps,
    as_of: Instant,
    console: &'a Console,
    session: &'a Session,
}

impl Work<'_> {
    fn print(&self, readings: &[Reading]) -> Result<Exit, CliError> {
        let [reading] = readings else {
            return Err(CliError::argument(
                (
                    "several documents cannot be printed in one",
                    "não dá para imprimir vários documentos de uma vez",
                ),
                (
                    "name one incident, or write them into a folder with `-o DIR`",
                    "cite um incidente ou escreva-os em uma pasta com `-o DIR`",
                ),
            ));
        };
        let language = self.session.language(&self.archive.settings).tag().to_owned();
        // a document may speak of itself in the other languages, too
        let mut languages = stamps::languages(self.archive);
        if !languages.contains(&language) {
            languages.push(language.clone());
        }
        let renderer = Renderer::new(&languages, &self.stamps.templates)?;
        if let Some(state) = self.args.state {
            return self.draft(&renderer, reading, &language, state.state());
        }
        let target = renderer.target(&self.args.target)?;
        let kind = match self.args.syntax.map(Form::syntax) {
            None => target.documents().first(),
            Some(syntax) => target.documents().iter().find(|kind| kind.syntax == syntax),
        };
        let none = || RenderError::NoSyntax {
            target: target.name.clone(),
            syntax: self.args.syntax.map_or("", |form| form.syntax().word()),
        };
        let kind = kind.ok_or_else(none)?;
        if !self.is_due(target, sound(reading)?) {
            return Ok(Exit::Found);
        }
        let documents = self.documents(
            &renderer,
            reading,
            &[language],
            (target, std::slice::from_ref(kind)),
            Placement::Alone,
            &self.stamps.of(reading),
        )?;
        let Some(documents) = self.released(reading, documents) else { return Ok(Exit::Found) };
        for document in documents {
            self.console.answer(&document.bytes)?;
        }
        Ok(Exit::Done)
    }

    /// Writes the next post, and says what it lacks.
    fn draft(
        &self,
        renderer: &Renderer,
        reading: &Reading,
        language: &str,
        state: PostState,
    ) -> Result<Exit, CliError> {
        if self.args.target != POSTS || self.args.audience != For::Public {
            return Err(CliError::argument(
                ("`--state` writes posts for the public", "`--state` escreve publicações para o público"),
                ("add `--target status-post`", "acrescente `--target status-post`"),
            ));
        }
        let incident = sound(reading)?;
        let measured = session::measured(self.archive, incident, self.as_of);
        let stamp = self.stamps.of(reading);
        let input = self.input(incident, &measured, language, Placement::Alone, &stamp);
        let draft = renderer.draft(&input, state)?;
        let document = Document::of(format!("{}.md", state.word()), format!("{}\n", draft.text));
        let Some(documents) = self.released(reading, vec![document]) else { return Ok(Exit::Found) };
        for document in documents.iter().filter(|_| !draft.text.is_empty()) {
            self.console.answer(&document.bytes)?;
        }
        if let Some(next) = draft.assumed_next {
            let next = next.format("%Y-%m-%dT%H:%MZ");
            self.console.note((
                format!("note: the next update is due by the class's `update_every`; promise it with `next_update_by: {next}`"),
                format!("nota: a próxima atualização segue o `update_every` da classe; prometa-a com `next_update_by: {next}`"),
            ));
        }
        for missing in &draft.missing {
            let (field, words) = (&missing.field, &missing.words);
            self.console.warn((format!("{field}: {}", words.en), format!("{field}: {}", words.pt)));
        }
        Ok(if draft.missing.is_empty() { Exit::Done } else { Exit::Found })
    }

    fn input<'i>(
        &'i self,
        incident: &'i Incident,
        measured: &'i Measured,
        language: &'i str,
        placement: Placement,
        stamp: &'i Stamp,
    ) -> DocumentInput<'i> {
        DocumentInput {
            incident,
            measured,
            settings: &self.archive.settings,
            catalogue: &self.archive.catalogue,
            audience: self.args.audience.audience(),
            language,
            placement,
            stamp,
            as_of: self.as_of,
        }
    }

    fn write(&self, readings: &[Reading], folder: &std::path::Path) -> Result<Exit, CliError> {
        let languages = stamps::languages(self.archive);
        let renderer = Renderer::new(&languages, &self.stamps.templates)?;
        let target = renderer.target(&self.args.target)?;
        let kinds = (target, target.documents());
        let there = Committed::open(folder)?;
        let (mut stale, mut refused) = (false, false);
        for reading in readings {
            if !self.is_due(target, sound(reading)?) {
                refused = true;
                continue;
            }
            let stamp = self.stamps.of(reading);
            let documents = |stamp: &Stamp| {
                self.documents(&renderer, reading, &languages, kinds, Placement::Folder, stamp)
            };
            // told only when asked for: a document that was written before its inputs were committed names their hash,
            // and committing both together does not make it stale
            let mut before: Option<Vec<Document>> = None;
            let Some(released) = self.released(reading, documents(&stamp)?) else {
                refused = true;
                continue;
            };
            for document in released {
                let is = |document: &Document| there.holds(&document.path, &document.bytes);
                let mut same = is(&document)?;
                if !same && there.has(&document.path)? && matches!(stamp, Stamp::Commit(_)) {
                    let before = match &mut before {
                        Some(before) => before,
                        None => before.insert(documents(&self.stamps.uncommitted(reading))?),
                    };
                    for other in before.iter().filter(|other| other.path == document.path) {
                        same = same || is(other)?;
                    }
                }
                let changed = match (self.args.check, same) {
                    (_, true) => continue,
                    (true, false) => STALE,
                    (false, false) => {
                        output::write_atomic(&folder.join(&document.path), &document.bytes)?;
                        WROTE
                    }
                };
                stale |= self.args.check;
                let path = folder.join(&document.path);
                self.console.file(changed, &path.to_string_lossy())?;
                if self.args.check {
                    there.compare(&document.path, &document.bytes)?;
                    self.console.answer(there.told(&document.path).as_bytes())?;
                }
            }
        }
        if stale {
            self.console.note((
                "run the same command without `--check` to write them anew",
                "rode o mesmo comando sem `--check` para escrevê-los de novo",
            ));
        }
        Ok(if stale || refused { Exit::Found } else { Exit::Done })
    }

    /// Whether the incident has come far enough for the target; otherwise says why nothing is written.
    fn is_due(&self, target: &Target, incident: &Incident) -> bool {
        let Some(from) = target.from_status().filter(|_| !target.is_due(incident.status)) else {
            return true;
        };
        let (target, from, status) = (&target.name, from.word(), incident.status.word());
        let id = one_line(&incident.id);
        self.console.warn((
            format!(
                "`{target}` is written from `status: {from}` on, and `{id}` is `{status}`: nothing is written; until then, `--target status-post` tells how it stands"
            ),
            format!(
                "`{target}` é escrito a partir de `status: {from}`, e `{id}` está em `{status}`: nada é escrito; até lá, `--target status-post` diz como está"
            ),
        ));
        false
    }

    /// The documents, when they may go out; otherwise says why not.
    fn released(&self, reading: &Reading, documents: Vec<Document>) -> Option<Vec<Document>> {
        let incident = reading.incident.as_ref().filter(|_| self.args.audience == For::Public);
        let refused = incident.map(|incident| {
            let measured = session::measured(self.archive, incident, self.as_of);
            publication::refused(self.archive, reading, incident, &measured, self.as_of, &documents)
        });
        if let Some(refused) = refused.filter(|refused| !refused.is_empty()) {
            publication::tell(self.console, self.session, self.archive, refused);
            return None;
        }
        let lacking = reading.incident.as_ref().map(|incident| {
            let measured = session::measured(self.archive, incident, self.as_of);
            publication::lacking(self.archive, reading, incident, &measured, self.as_of, &documents)
        });
        if let Some(lacking) = lacking.filter(|lacking| !lacking.is_empty()) {
            publication::tell(self.console, self.session, self.archive, lacking);
        }
        let fits = !documents.iter().any(Document::is_over_limit);
        fits.then_some(documents)
    }

    fn documents(
        &self,
        renderer: &Renderer,
        reading: &Reading,
        languages: &[String],
        (target, kinds): (&Target, &[Kind]),
        placement: Placement,
        stamp: &Stamp,
    ) -> Result<Vec<Document>, CliError> {
        let incident = sound(reading)?;
        let measured = session::measured(self.archive, incident, self.as_of);
        let mut documents = Vec::new();
        for language in languages {
            let told = renderer.tell(&self.input(incident, &measured, language, placement, stamp))?;
            for left_out in told.left_out() {
                let words = left_out.words.tell(spoken(language));
                self.console.detail(format!("{}: {}: {words}", incident.id, left_out.field));
            }
            let is_first = languages.first() == Some(language);
            for kind in kinds.iter().filter(|kind| is_first || kind.is_in_each_language()) {
                documents.push(told.document(target, kind)?);
            }
        }
        Ok(documents)
    }
}

/// The target whose posts are drafted.
const POSTS: &str = "status-post";

/// The incident of a file that is right as written.
fn sound(reading: &Reading) -> Result<&Incident, CliError> {
    let incident = reading.incident.as_ref().filter(|_| reading.faults.is_empty());
    incident.ok_or_else(|| CliError::unreadable(&reading.file))
}

fn spoken(tag: &str) -> &'static Language {
    Language::tagged(tag).unwrap_or_else(Language::english)
}
