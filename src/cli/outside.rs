//! What is read of the outside once, and the two streams that are written.

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use super::{CliError, Colour, Global};
use crate::{
    finding::Words,
    language::Language,
    report::{self, one_line, printable},
    time::Instant,
};

/// The clock, the environment and the terminal, as `main` found them.
#[derive(Clone, Debug)]
pub struct Outside {
    /// The time.
    pub now: Instant,
    /// The current folder.
    pub folder: PathBuf,
    /// `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set.
    pub locale: Option<String>,
    /// The folder for caches of relato; none where the system names none.
    pub cache: Option<PathBuf>,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// The answer goes to a terminal.
    pub terminal: bool,
    /// What is said on the way goes to a terminal.
    pub progress: bool,
}

impl Outside {
    /// The language of what is said before a workspace is read: the one asked for, else the locale's.
    pub(super) fn language(&self, asked: Option<&'static Language>) -> &'static Language {
        asked.or_else(|| self.of_locale()).unwrap_or_else(Language::english)
    }

    fn of_locale(&self) -> Option<&'static Language> {
        self.locale.as_deref().and_then(Language::from_locale)
    }
}

/// That a file was written: see [`Console::file`].
pub(super) const WROTE: (&str, &str) = ("wrote", "escrito");

/// That a file is not what would be written: see [`Console::file`].
pub(super) const STALE: (&str, &str) = ("stale", "desatualizado");

/// Says what is wrong with the arguments.
pub(super) fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(printable(text).as_bytes());
}

/// The two streams: the answer, and everything else.
#[derive(Debug)]
pub(super) struct Console {
    colour: bool,
    quiet: bool,
    verbose: bool,
    progress: bool,
    /// What was asked for, or what the locale says.
    language: Option<&'static Language>,
    /// What the workspace says, once it is read.
    settled: Settled,
}

/// The language of the answer, known once the workspace is read: from then on everything is said in it.
pub(super) type Settled = Arc<OnceLock<&'static Language>>;

impl Console {
    pub(super) fn new(outside: &Outside, global: &Global) -> Self {
        let colour = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => outside.terminal && !outside.no_color,
        };
        Self {
            language: global.lang.as_deref().and_then(Language::named).or_else(|| outside.of_locale()),
            settled: Settled::default(),
            colour,
            quiet: global.quiet,
            verbose: global.verbose,
            progress: outside.progress && !global.quiet,
        }
    }

    /// Where a workspace that is read says its language.
    pub(super) fn settled(&self) -> Settled {
        Arc::clone(&self.settled)
    }

    /// The language of everything that is said on the way.
    fn language(&self) -> &'static Language {
        self.settled.get().copied().or(self.language).unwrap_or_else(Language::english)
    }

    /// Answers what became of a file.
    pub(super) fn file(&self, (en, pt): (&str, &str), path: &str) -> Result<(), CliError> {
        let did = if self.language().is_portuguese() { pt } else { en };
        self.answer(format!("{did} {}\n", one_line(path)).as_bytes())
    }

    /// Whether the answer is coloured.
    pub(super) fn colour(&self) -> bool {
        self.colour
    }

    /// Whether long work shows how far it is.
    pub(super) fn progress(&self) -> bool {
        self.progress
    }

    /// Writes the answer. That nobody reads on is no reason to stop: the work and the exit code are wanted all the
    /// same.
    pub(super) fn answer(&self, bytes: &[u8]) -> Result<(), CliError> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Write(error)),
            _ => Ok(()),
        }
    }

    /// Says something on the way, unless told to be quiet.
    pub(super) fn note(&self, words: impl Into<Words>) {
        if !self.quiet {
            let _ = writeln!(io::stderr().lock(), "{}", printable(words.into().tell(self.language())));
        }
    }

    /// Says something that must not be missed, even when told to be quiet.
    pub(super) fn warn(&self, words: impl Into<Words>) {
        let _ = writeln!(std::io::stderr().lock(), "{}", words.into().tell(self.language()));
    }

    /// Says something that is wanted only with `-v`.
    pub(super) fn detail(&self, words: impl Into<Words>) {
        if self.verbose {
            self.note(words);
        }
    }

    /// Says what went wrong, why, and what to do next.
    pub(super) fn fail(&self, error: &CliError) {
        if let Some((passage, wrong)) = error.passage() {
            let help = error.help();
            let help = help.as_ref().map(|help| help.tell(self.language()));
            let text = report::passage(passage, wrong, help, self.language(), false);
            let _ = io::stderr().lock().write_all(text.as_bytes());
            return;
        }
        let pt = self.language().is_portuguese();
        let [wrong, because, to_do] =
            if pt { ["erro", "motivo", "ajuda"] } else { ["error", "because", "help"] };
        let mut text = format!("{wrong}: {}\n", error.words().tell(self.language()));
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            text += &format!("  {because}: {inner}\n");
            cause = inner.source();
        }
        if let Some(help) = error.help() {
            text += &format!("  {to_do}: {}\n", help.tell(self.language()));
        }
        complain(&text);
    }
}
