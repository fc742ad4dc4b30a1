//! Stub.
use super::{CliError, Console, Exit, Session};
use clap::Args;
/// x
#[derive(Args, Debug)]
pub(super) struct BuildArgs {}
pub(super) fn run(_: &BuildArgs, _: &Session, _: &Console) -> Result<Exit, CliError> {
    Ok(Exit::Done)
}
