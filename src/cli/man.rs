//! `relato man`: the manual page.

use clap::{Args, CommandFactory};

use super::{Cli, CliError, Console, Exit};

/// Print the manual page of relato, or of one of its commands
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato man | man -l -
  relato man check > relato-check.1")]
pub(super) struct ManArgs {
    /// The command; all of relato when left out
    command: Option<String>,
}

pub(super) fn run(args: &ManArgs, console: &Console) -> Result<Exit, CliError> {
    let mut whole = Cli::command();
    whole.build();
    let command = match &args.command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone().display_name(format!("relato-{name}")),
            None => {
                return Err(CliError::argument(
                    (
                        format!("relato has no command `{name}`"),
                        format!("o relato não tem o comando `{name}`"),
                    ),
                    ("`relato --help` lists them", "`relato --help` mostra quais existem"),
                ));
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(CliError::Write)?;
    console.answer(&page)?;
    Ok(Exit::Done)
}
