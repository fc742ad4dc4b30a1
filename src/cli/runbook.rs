//! `relato runbook`: what was tried in past incidents, what it did, and what not to do.

mod files;
mod symptom;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{
    CliError, Console, Exit, Session,
    shelf::Shelf,
    stamps::{languages, templates},
    table,
};
use crate::{
    archive::Archive,
    format::nearest,
    language::Language,
    locate::{Field, Places},
    query::RunbookRow,
    render::{Document, Placement, Renderer, RunbookInput, Syntax, ToldRunbook},
    report::printable,
    runbook::Runbook,
    time::{Date, Instant},
};

/// Read the runbook of a service: dangers first, then what worked before
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato runbook                                 the services that have one
  relato runbook oms-search                      for the night: the short form
  relato runbook OrderSearchDown                 by the name of an alert of the catalogue
  relato runbook oms-search --symptom 'queue grows, no errors'
                                                 steps and past incidents, the most alike first
  relato runbook --symptom 'pedidos parados'     the same over all services
  relato runbook oms-search --format markdown --lang pt-BR
  relato runbook --write                         runbooks/<service>.<lang>.md, every language
  relato runbook --check                         exit 1, with a diff, when one of them is stale

A runbook is made from the steps of past incidents (`timeline[].step`). What a team writes into
runbooks/<service>.md is included, and never touched; the lines `# en` and `# pt-BR` divide it by
language. Commands are shown, never run.")]
pub(super) struct RunbookArgs {
    /// Services, or names of alerts; all when left out
    service: Vec<String>,
    /// Rank steps and past incidents by how alike they are to this
    #[arg(long, value_name = "TEXT")]
    symptom: Option<String>,
    /// What to print: `markdown` is the whole page
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write `runbooks/<service>.<lang>.md` in every language
    #[arg(long, conflicts_with_all = ["check", "symptom", "format"])]
    write: bool,
    /// Write nothing; exit with 1, and show a diff, when a written runbook differs from what would be written
    #[arg(long, conflicts_with_all = ["symptom", "format"])]
    check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub(super) fn run(args: &RunbookArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    if args.write {
        session.needs_work_tree("runbook --write")?;
    }
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let shelf = Shelf::read(session, console, &archive, as_of)?;
    let work = Work {
        args,
        archive: &archive,
        shelf: &shelf,
        console,
        session,
        as_of,
        language: session.language(&archive.settings),
        today: archive.settings.org.zone.date(as_of),
    };
    let named = work.named()?;
    if args.write || args.check {
        return work.files(&named);
    }
    match (&args.symptom, args.format) {
        (Some(symptom), _) => work.symptom(symptom, &named)?,
        (None, Format::Json) => work.json(&named)?,
        (None, Format::Text) if args.service.is_empty() => {
            work.list(&named)?;
            work.tell_strays()?;
        }
        (None, Format::Text) => work.text(&named)?,
        (None, Format::Markdown) => work.markdown(&named)?,
    }
    Ok(Exit::Done)
}

struct Work<'a> {
    args: &'a RunbookArgs,
    archive: &'a Archive<'a>,
    shelf: &'a Shelf,
    console: &'a Console,
    session: &'a Session,
    as_of: Instant,
    language: &'static Language,
    today: Date,
}

impl Work<'_> {
    /// The services that were named, each by itself or by an alert; all that there is a runbook of when none was.
    fn named(&self) -> Result<Vec<String>, CliError> {
        let with_one = self.shelf.services(self.archive);
        if self.args.service.is_empty() {
            return Ok(with_one);
        }
        let catalogue = &self.archive.catalogue;
        let mut named: Vec<String> = Vec::new();
        for word in &self.args.service {
            let service = word.strip_prefix("service:").unwrap_or(word);
            let alerted =
                catalogue.services.iter().filter(|it| it.alerts.iter().any(|alert| alert.0 == *word));
            let found: Vec<String> =
                match catalogue.service(service).is_some() || with_one.iter().any(|it| it == service) {
                    true => vec![service.to_owned()],
                    false => alerted.map(|service| service.id.clone()).collect(),
                };
            if found.is_empty() {
                return Err(self.no_service(word, &with_one));
            }
            for service in found {
                if !named.contains(&service) {
                    named.push(service);
                }
            }
        }
        Ok(named)
    }

    fn no_service(&self, word: &str, with_one: &[String]) -> CliError {
        let services = self.archive.catalogue.services.iter();
        let alerts = services.clone().flat_map(|service| &service.alerts).map(|alert| alert.0.as_str());
        let known = services.map(|service| service.id.as_str()).chain(with_one.iter().map(String::as_str));
        let help = match nearest(word, known.chain(alerts)) {
            Some(near) => CliError::did_you_mean(near),
            None => (
                "`relato runbook` lists the services that have one",
                "`relato runbook` mostra os serviços que têm um",
            )
                .into(),
        };
        CliError::argument(
            (
                format!("there is no service and no alert `{word}`"),
                format!("não existe serviço nem alerta `{word}`"),
            ),
            help,
        )
    }

    fn renderer(&self, languages: &[String]) -> Result<Renderer, CliError> {
        Ok(Renderer::new(languages, &templates(self.session.tree())?)?)
    }

    fn tell<'r>(
        &self,
        renderer: &'r Renderer,
        runbook: &Runbook<'_>,
        language: &str,
        placement: Placement,
    ) -> Result<ToldRunbook<'r>, CliError> {
        Ok(renderer.tell_runbook(&RunbookInput {
            runbook,
            settings: &self.archive.settings,
            catalogue: &self.archive.catalogue,
            links: &self.archive.links,
            own: &self.shelf.own(&runbook.service),
            language,
            placement,
            today: self.today,
        })?)
    }

    /// The whole page in Markdown.
    fn whole(&self, told: &ToldRunbook<'_>) -> Result<Document, CliError> {
        match told.kind(Syntax::Markdown) {
            Some(kind) => Ok(told.document(kind)?),
            None => Err(CliError::argument(
                (
                    "the target `runbook` has no document in Markdown",
                    "o alvo `runbook` não tem documento em Markdown",
                ),
                (
                    "list one in the workspace's `templates/runbook/target.yaml`",
                    "liste um em `templates/runbook/target.yaml`, no workspace",
                ),
            )),
        }
    }

    /// The short form of each.
    fn text(&self, services: &[String]) -> Result<(), CliError> {
        let tag = self.language.tag().to_owned();
        let renderer = self.renderer(std::slice::from_ref(&tag))?;
        let mut out = String::new();
        for service in services {
            let told = self.tell(&renderer, &self.shelf.evidence.runbook(service), &tag, Placement::Alone)?;
            if !out.is_empty() {
                out.push('\n');
            }
            out += &painted(&told.short()?, self.console.colour());
        }
        self.console.answer(out.as_bytes())
    }

    /// The whole page of each.
    fn markdown(&self, services: &[String]) -> Result<(), CliError> {
        let tag = self.language.tag().to_owned();
        let renderer = self.renderer(std::slice::from_ref(&tag))?;
        for service in services {
            let told = self.tell(&renderer, &self.shelf.evidence.runbook(service), &tag, Placement::Alone)?;
            self.console.answer(&self.whole(&told)?.bytes)?;
        }
        Ok(())
    }

    fn json(&self, services: &[String]) -> Result<(), CliError> {
        let mut rows = Vec::new();
        for service in services {
            let runbook = self.shelf.evidence.runbook(service);
            rows.push(RunbookRow::of(&runbook, &self.archive.settings, &self.archive.catalogue, self.today));
        }
        self.place(&mut rows);
        let answer = json!({
            "version": 1,
            "as_of": self.as_of_text(),
            "revision": self.session.revision(),
            "runbooks": rows,
        });
        self.console.answer(format!("{answer:#}\n").as_bytes())
    }

    fn as_of_text(&self) -> String {
        self.as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// Gives each attempt its line; a file is looked at once.
    fn place(&self, rows: &mut [RunbookRow]) {
        let mut attempts: Vec<_> = rows.iter_mut().flat_map(RunbookRow::attempts_mut).collect();
        attempts.sort_by(|a, b| a.file.cmp(&b.file));
        for of_file in attempts.chunk_by_mut(|a, b| a.file == b.file) {
            let Some(text) = of_file.first().and_then(|attempt| self.archive.text(&attempt.file)) else {
                continue;
            };
            let places = Places::of(&text);
            for attempt in of_file {
                attempt.line = places.place(&Field::of("timeline").at(attempt.index).key("step")).line;
            }
        }
    }

    /// The services that have a runbook.
    fn list(&self, services: &[String]) -> Result<(), CliError> {
        let pt = self.language.is_portuguese();
        let head = match pt {
            true => {
                ["serviço", "classe", "incidentes", "perigos", "funcionou", "ajudou em parte", "revisado"]
            }
            false => ["service", "class", "incidents", "dangers", "worked", "helped in part", "reviewed"],
        };
        let mut rows = Vec::new();
        for service in services {
            let runbook = self.shelf.evidence.runbook(service);
            let row = RunbookRow::of(&runbook, &self.archive.settings, &self.archive.catalogue, self.today);
            let placed = |word: &str| match row.steps.iter().filter(|step| step.placement == word).count() {
                0 => "–".to_owned(),
                count => count.to_string(),
            };
            let class = row.class.as_deref().and_then(|class| self.archive.settings.class(class));
            let class = class.and_then(|class| class.name.nearest(self.language.tag())).map(|(_, name)| name);
            let dangers =
                if row.dangers.is_empty() { "–".to_owned() } else { row.dangers.len().to_string() };
            rows.push(vec![
                row.service.clone(),
                class.unwrap_or("–").to_owned(),
                row.incidents.len().to_string(),
                dangers,
                placed("do_first"),
                placed("may_help"),
                row.last_reviewed.map_or("–".to_owned(), |date| date.to_string()),
            ]);
        }
        let words = match pt {
            true => ["nenhum runbook", "runbook", "runbooks"],
            false => ["no runbooks", "runbook", "runbooks"],
        };
        let as_of = self.as_of_text();
        let closing = table::closing(rows.len(), words, self.session.revision(), &as_of, self.language);
        let text = match rows.is_empty() {
            true => format!("{closing}\n"),
            false => format!("{}\n{closing}\n", table::aligned(&head, &rows)),
        };
        self.console.answer(text.as_bytes())
    }

    /// The languages that files are written in.
    fn languages(&self) -> Vec<String> {
        languages(self.archive)
    }
}

/// The short form, tidied, with dangers in red on a terminal: a line that begins with `!! ` and the indented ones below.
fn painted(text: &str, colour: bool) -> String {
    let red = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
    let plain_red = anstyle::Style::new().fg_color(Some(anstyle::AnsiColor::Red.into()));
    let bold = anstyle::Style::new().bold();
    let mut out = String::with_capacity(text.len());
    let (mut in_danger, mut blank) = (false, false);
    for (at, line) in printable(text).lines().map(str::trim_end).enumerate() {
        if line.is_empty() {
            blank = true;
            in_danger = false;
            continue;
        }
        if std::mem::take(&mut blank) && !out.is_empty() {
            out.push('\n');
        }
        let opens = line.starts_with("!! ");
        in_danger = opens || (in_danger && line.starts_with("   "));
        let style = match (opens, in_danger) {
            (true, _) => Some(red),
            (false, true) => Some(plain_red),
            (false, false) if at == 0 || !line.starts_with(' ') => Some(bold),
            (false, false) => None,
        };
        match style.filter(|_| colour) {
            Some(style) => out += &format!("{style}{line}{style:#}\n"),
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangers_are_red_and_nothing_in_a_text_can_colour_a_line() {
        let text = "Title\nline\n\n\n!! DANGER: x\u{1b}[0m\n   goes on\n\nFirst\n  !! not a danger\n";
        assert_eq!(
            painted(text, false),
            "Title\nline\n\n!! DANGER: x [0m\n   goes on\n\nFirst\n  !! not a danger\n"
        );
        let coloured = painted(text, true);
        assert!(coloured.contains("\u{1b}[1m\u{1b}[31m!! DANGER: x [0m\u{1b}[0m\n"), "{coloured:?}");
        assert!(coloured.contains("\u{1b}[31m   goes on\u{1b}[0m\n"), "{coloured:?}");
        assert!(coloured.contains("\n  !! not a danger\n"), "{coloured:?}");
    }
}
