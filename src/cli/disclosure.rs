//! `relato render --explain-disclosure`: which sentences the public reads, from which field, and which of them a change
//! brings.

use std::collections::BTreeMap;

use super::{CliError, Console, Exit, Session};
use crate::{
    archive::{Archive, Reading},
    locate::Field,
    model::Incident,
    report::one_line,
};

/// Field and language, and the sentences that stand there.
type Disclosed = BTreeMap<(Field, String), Vec<String>>;

/// Prints each sentence that the public reads of these incidents: after `+` one that was not public in `revision`, after
/// `-` one that no longer is.
pub(super) fn explain(
    readings: &[Reading],
    archive: &Archive<'_>,
    session: &Session,
    console: &Console,
    revision: &str,
) -> Result<Exit, CliError> {
    // outside a repository, and in one without a commit, nothing was public before
    let tree = session.revision_at(revision).ok();
    let before = match &tree {
        Some(tree) => Some(session.archive_of(tree)?),
        None => None,
    };
    let is_portuguese = session.language(&archive.settings).is_portuguese();
    for reading in readings {
        let Some(incident) = &reading.incident else { return Err(CliError::unreadable(&reading.file)) };
        let now = disclosed(incident, archive);
        let then = match &before {
            Some(before) => match before.find(&incident.id) {
                Ok(index) => before.read(index)?.incident.map(|incident| disclosed(&incident, before)),
                Err(_) => None,
            },
            None => None,
        };
        let then = then.unwrap_or_default();
        let mut told = String::new();
        let mut new = 0;
        for ((field, tag), sentences) in &now {
            let known = then.get(&(field.clone(), tag.clone()));
            for sentence in sentences {
                let is_new = !known.is_some_and(|known| known.contains(sentence));
                new += usize::from(is_new);
                told += &line(if is_new { '+' } else { ' ' }, field, tag, sentence);
            }
        }
        for ((field, tag), sentences) in &then {
            let known = now.get(&(field.clone(), tag.clone()));
            for sentence in sentences.iter().filter(|it| !known.is_some_and(|known| known.contains(it))) {
                told += &line('-', field, tag, sentence);
            }
        }
        let title = match (is_portuguese, new) {
            (true, 1) => format!("1 frase se torna pública desde {revision}"),
            (true, _) => format!("{new} frases se tornam públicas desde {revision}"),
            (false, 1) => format!("1 sentence becomes public since {revision}"),
            (false, _) => format!("{new} sentences become public since {revision}"),
        };
        console.answer(format!("{}: {}\n{told}", incident.id, one_line(&title)).as_bytes())?;
    }
    Ok(Exit::Done)
}

fn line(mark: char, field: &Field, tag: &str, sentence: &str) -> String {
    format!("{mark} {field} ({tag}): {}\n", one_line(sentence))
}

fn disclosed(incident: &Incident, archive: &Archive<'_>) -> Disclosed {
    let mut disclosed = Disclosed::new();
    incident.each_public_text(&mut |path, text| {
        for (tag, text) in text.iter() {
            disclosed.insert((path.field(), tag.to_owned()), sentences(text));
        }
    });
    let services = incident.impacts.iter().enumerate();
    for (at, impact) in services {
        let name =
            archive.catalogue.service(&impact.service).and_then(|service| service.public_name.as_ref());
        for (tag, name) in name.into_iter().flat_map(|name| name.iter()) {
            let field = Field::of("impacts").at(at).key("service");
            disclosed.insert((field, tag.to_owned()), vec![name.to_owned()]);
        }
    }
    disclosed.retain(|_, sentences| !sentences.is_empty());
    disclosed
}

/// A text cut after full stops, question and exclamation marks that end a word.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut open = String::new();
    for word in text.split_whitespace() {
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(word);
        if word.ends_with(['.', '!', '?']) {
            sentences.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        sentences.push(open);
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_sentences() {
        assert_eq!(
            sentences("One went. Two\nstayed! Three, 4.5 of 5"),
            ["One went.", "Two stayed!", "Three, 4.5 of 5"]
        );
        assert_eq!(sentences(" \n"), Vec::<String>::new());
    }
}
