//! Several repositories, one answer: further workspaces beside this one, each under a name of its own.
//!
//! This workspace's incidents keep their ids; those of a further one are told as `name:id`. What is named by people
//! rather than by files, a team, an owner, a class, a service, is one thing wherever it is named.

use std::path::PathBuf;

use super::{CliError, Console, Session};
use crate::{
    archive::INCIDENTS_FOLDER,
    model::{Catalogue, Settings},
    source::{WORKSPACE_FILE, real_path},
};

/// A further workspace.
pub(super) struct Further {
    /// What its incidents are told under.
    pub(super) name: String,
    /// It, opened as this one was.
    pub(super) session: Session,
}

impl Further {
    /// The id of one of its incidents, as answers tell it.
    pub(super) fn id(&self, incident: &str) -> String {
        format!("{}:{incident}", self.name)
    }

    /// Of ids as they were asked for, those of this workspace, bare.
    pub(super) fn asked(&self, ids: &[String]) -> Vec<String> {
        let bare = |id: &String| id.strip_prefix(&self.name)?.strip_prefix(':').map(str::to_owned);
        ids.iter().filter_map(bare).collect()
    }
}

/// The workspaces of `--also` and of `include`, in that order, each once.
///
/// # Errors
/// One that is not there, is no workspace, or is this one; two of one name, or of one place.
pub(super) fn further(
    session: &Session,
    console: &Console,
    settings: &Settings,
) -> Result<Vec<Further>, CliError> {
    let asked = session.also.iter().map(|given| (given, &session.folder, "--also"));
    let included = settings.include.iter().map(|given| (given, &session.root, "include"));
    if let (Some(given), Some(_)) = (session.also.first(), session.at()) {
        return Err(CliError::argument(
            (
                format!("`--at` names a revision of one repository, and `--also {given}` asks of another"),
                format!("`--at` cita uma revisão de um repositório, e `--also {given}` pergunta por outro"),
            ),
            ("leave out one of them", "omita um dos dois"),
        ));
    }
    if session.at().is_some() {
        if !settings.include.is_empty() {
            console.note((
                "note: `--at` names a revision of this repository, so what `include` names is left out",
                "nota: `--at` cita uma revisão deste repositório, e o que `include` cita fica de fora",
            ));
        }
        return Ok(Vec::new());
    }
    let mut found: Vec<(Further, PathBuf)> = Vec::new();
    let own = real_path(&session.root);
    for (given, from, by) in asked.chain(included) {
        let (name, folder) = match given.split_once('=') {
            Some((name, folder)) => (Some(name), folder),
            None => (None, given.as_str()),
        };
        let root = from.join(folder);
        let is_workspace = root.join(WORKSPACE_FILE).is_file() || root.join(INCIDENTS_FOLDER).is_dir();
        if !is_workspace {
            return Err(CliError::argument(
                (
                    format!("`{given}` of `{by}`: there is no workspace in {}", root.display()),
                    format!("`{given}` de `{by}`: não há workspace em {}", root.display()),
                ),
                (
                    format!("name the folder that holds {WORKSPACE_FILE} or {INCIDENTS_FOLDER}/"),
                    format!("cite a pasta que contém {WORKSPACE_FILE} ou {INCIDENTS_FOLDER}/"),
                ),
            ));
        }
        let place = real_path(&root);
        if place == own || found.iter().any(|(_, other)| *other == place) {
            return Err(CliError::argument(
                (
                    format!("`{given}` of `{by}` is a workspace that is read already"),
                    format!("`{given}` de `{by}` é um workspace que já é lido"),
                ),
                (
                    "each is named once, by `--also` or by `include`",
                    "cite cada um uma vez, em `--also` ou em `include`",
                ),
            ));
        }
        let name = match name {
            Some(name) => name.to_owned(),
            None => place.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default(),
        };
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
        let taken = found.iter().any(|(other, _)| other.name == name);
        if !is_name || taken {
            let (en, pt) = match taken {
                true => (
                    format!("two further workspaces are called `{name}`"),
                    format!("dois outros workspaces se chamam `{name}`"),
                ),
                false => (
                    format!("`{name}` of `{given}` is no name for a workspace"),
                    format!("`{name}` de `{given}` não é nome de workspace"),
                ),
            };
            return Err(CliError::argument(
                (en, pt),
                (
                    format!("give it a name of small letters, digits and `-`: `payments={folder}`"),
                    format!("dê um nome de letras minúsculas, dígitos e `-`: `pagamentos={folder}`"),
                ),
            ));
        }
        let session = session.beside(&root)?;
        found.push((Further { name, session }, place));
    }
    Ok(found.into_iter().map(|(further, _)| further).collect())
}

/// The ids that were asked of this workspace, and whether any was asked of a further one.
pub(super) fn split(ids: &[String], further: &[Further]) -> (Vec<String>, bool) {
    let elsewhere = |id: &&String| {
        id.split_once(':').is_some_and(|(name, _)| further.iter().any(|further| further.name == name))
    };
    let own: Vec<String> = ids.iter().filter(|id| !elsewhere(id)).cloned().collect();
    let others = own.len() < ids.len();
    (own, others)
}

/// What the workspaces know together of teams and services; where two know one of the same name, this one's holds.
pub(super) fn together<'a>(own: &Catalogue, others: impl Iterator<Item = &'a Catalogue>) -> Catalogue {
    let mut all = own.clone();
    for other in others {
        all.present |= other.present;
        for team in &other.teams {
            if all.team(&team.id).is_none() {
                all.teams.push(team.clone());
            }
        }
        for service in &other.services {
            if all.service(&service.id).is_none() {
                all.services.push(service.clone());
            }
        }
    }
    all
}
