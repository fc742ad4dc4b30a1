//! Stub.
use super::{CliError, Console, Exit, Session};
use clap::Args;
/// x
#[derive(Args, Debug)]
pub(super) struct RenderArgs {}
pub(super) fn run(_: &RenderArgs, _: &Session, _: &Console) -> Result<Exit, CliError> {
    Ok(Exit::Done)
}
