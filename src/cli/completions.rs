//! `relato completions`: completion for shells.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, CliError, Console, Exit};

/// Print a completion script for a shell
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato completions bash > ~/.local/share/bash-completion/completions/relato
  relato completions zsh > ~/.zfunc/_relato
  relato completions fish > ~/.config/fish/completions/relato.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, console: &Console) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "relato", &mut script);
    console.answer(&script)?;
    Ok(Exit::Done)
}
