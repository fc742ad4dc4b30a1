//! The command line: arguments, exit codes, printing. The only place that prints.

mod actions;
mod address;
mod also;
mod boards;
mod build;
mod check;
mod choice;
mod completions;
mod diff;
mod disclosure;
mod edit;
mod error;
mod explain;
mod export;
mod fix;
mod init;
mod judging;
mod man;
mod metrics;
mod moment;
mod new;
mod outside;
mod progress;
mod publication;
mod render;
mod runbook;
mod schema;
mod search;
mod serve;
mod session;
mod shelf;
mod sides;
mod stale;
mod stamps;
mod stats;
mod statuses;
mod table;
mod tracker;
mod translate;
mod usage;

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use error::CliError;
use outside::Console;
pub use outside::Outside;
use session::Session;

/// What a command returns: product, *Exit codes*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Done, nothing at error level.
    Done,
    /// Findings at error level, a stale document, or rows found under `--exit-code`.
    Found,
}

/// Incidents kept in git: measured, judged, and told in English and Brazilian Portuguese.
#[derive(Debug, Parser)]
#[command(name = "relato", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  relato init                              a workspace that passes `relato check`
  relato new slow-site --service checkout  a commented incident to fill in
  relato check                             every fault at its line, with what to write instead
  relato metrics --format json             time to detect, time to recover, verdicts
  relato build                             both languages of everything, into public/
  relato actions --overdue                 what is late, and whose
  relato runbook checkout                  what was tried before, and what not to do
  relato actions --overdue --at v1.2.0     … as the repository stood then
  relato diff origin/main...HEAD           what a branch changes for readers
  relato actions set A5 status=done evidence=merge:4f2a9c1

Exit codes: 0 done, 1 errors were found, 2 the work could not be done.";

/// Options that every command takes.
#[derive(Args, Debug)]
struct Global {
    /// Run as if started in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    folder: Option<std::path::PathBuf>,
    /// Answer for this further workspace, too, its incidents told as `name:id`; may be repeated. The name is the
    /// folder's unless given: NAME=DIR
    #[arg(long, value_name = "DIR", global = true)]
    also: Vec<String>,
    /// Read the workspace as it stood at this git revision, without a checkout
    #[arg(long, value_name = "REV", global = true)]
    at: Option<String>,
    /// Judge as of this moment: RFC 3339, or a date, meaning the end of that day [default: now; with --at, the time of
    /// that commit]
    #[arg(long, value_name = "WHEN", global = true)]
    as_of: Option<String>,
    /// Language of the answer: en, pt-BR [default: the locale, else the first language of relato.yaml]
    #[arg(long, value_name = "LANG", global = true)]
    lang: Option<String>,
    /// Colour: `auto` is for terminals only, and honours NO_COLOR
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN", global = true)]
    color: Colour,
    /// Say nothing but the answer
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more on the way
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::InitArgs),
    New(new::NewArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Metrics(metrics::MetricsArgs),
    Render(render::RenderArgs),
    Build(build::BuildArgs),
    Serve(serve::ServeArgs),
    Actions(actions::ActionsArgs),
    Diff(diff::DiffArgs),
    Stats(stats::StatsArgs),
    Export(export::ExportArgs),
    Incident(edit::IncidentArgs),
    Runbook(runbook::RunbookArgs),
    Search(search::SearchArgs),
    Translate(translate::TranslateArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Command {
    /// Whether it answers for further workspaces, too.
    fn answers_for_several(&self) -> bool {
        match self {
            Self::Metrics(_) | Self::Stats(_) | Self::Export(_) => true,
            Self::Actions(args) => args.answers_for_several(),
            _ => false,
        }
    }
}

/// Runs one command. Never panics; the number is the exit code: 0, 1 or 2.
pub fn run(args: impl IntoIterator<Item = OsString>, outside: &Outside) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            match usage::in_portuguese(&error)
                .filter(|_| outside.language(usage::asked(&args)).is_portuguese())
            {
                Some(text) => outside::complain(&text),
                None => {
                    let _ = error.print();
                }
            }
            return 2;
        }
        Err(asked) => {
            // help and versions go to stdout; a closed pipe is nobody's mistake
            let _ = asked.print();
            return 0;
        }
    };
    let mut console = Console::new(outside, &cli.global);
    match dispatch(&cli, outside, &mut console) {
        Ok(Exit::Done) => 0,
        Ok(Exit::Found) => 1,
        Err(error) => {
            console.fail(&error);
            2
        }
    }
}

fn dispatch(cli: &Cli, outside: &Outside, console: &mut Console) -> Result<Exit, CliError> {
    let session = || Session::open(&cli.global, outside, console.settled());
    if let (Some(also), false) = (cli.global.also.first(), cli.command.answers_for_several()) {
        return Err(CliError::argument(
            (
                format!("this command reads one workspace, and `--also {also}` names another"),
                format!("este comando lê um workspace, e `--also {also}` cita outro"),
            ),
            (
                "`metrics`, `stats`, `actions`, `actions history` and `export` answer for several",
                "`metrics`, `stats`, `actions`, `actions history` e `export` respondem por vários",
            ),
        ));
    }
    match &cli.command {
        Command::Init(args) => init::run(args, &cli.global, outside, console),
        Command::New(args) => new::run(args, &session()?, console),
        Command::Check(args) => check::run(args, &session()?, console),
        Command::Explain(args) => explain::run(args, &cli.global, outside, console),
        Command::Metrics(args) => metrics::run(args, &session()?, console),
        Command::Render(args) => render::run(args, &session()?, console),
        Command::Build(args) => build::run(args, &session()?, console),
        Command::Serve(args) => serve::run(args, &session()?, console),
        Command::Actions(args) => actions::run(args, &session()?, console),
        Command::Diff(args) => diff::run(args, &session()?, console),
        Command::Stats(args) => stats::run(args, &session()?, console),
        Command::Export(args) => export::run(args, &session()?, console),
        Command::Incident(args) => edit::incident(args, &session()?, console),
        Command::Runbook(args) => runbook::run(args, &session()?, console),
        Command::Search(args) => search::run(args, &session()?, console),
        Command::Translate(args) => translate::run(args, &session()?, console),
        Command::Schema(args) => schema::run(args, &cli.global, outside, console),
        Command::Completions(args) => completions::run(args, console),
        Command::Man(args) => man::run(args, console),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
