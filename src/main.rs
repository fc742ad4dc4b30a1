//! The `relato` command: reads the outside once, hands it down, and returns an exit code.

use std::{env, io::IsTerminal, path::PathBuf, process::ExitCode, time::SystemTime};

use mimalloc::MiMalloc;
use relato::cli::{self, Outside};

// reading and rendering are mostly small allocations, on all threads at once; huge pages made them a third larger, and
// no faster
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[expect(clippy::disallowed_methods, reason = "the one place where the clock and the environment are read")]
fn main() -> ExitCode {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(set)
        .and_then(|locale| locale.into_string().ok());
    let outside = Outside {
        now: SystemTime::now().into(),
        folder: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        locale,
        cache: dirs::cache_dir().map(|folder| folder.join("relato")),
        no_color: set("NO_COLOR").is_some(),
        terminal: std::io::stdout().is_terminal(),
        progress: std::io::stderr().is_terminal(),
    };
    ExitCode::from(cli::run(env::args_os(), &outside))
}
