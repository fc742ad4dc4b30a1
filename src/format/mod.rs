//! The files a user writes: their structs as written, and how the model is read from them.
//!
//! Reading has two phases. The *text phase* turns YAML into the structs of this folder, strictly; what it refuses is
//! left out and told. The *conversion* resolves short forms, moments, words and references into the model. Neither
//! stops at a fault.

pub mod action;
pub mod cause;
pub mod collection;
pub mod comms;
pub mod defaults;
pub mod glossary;
pub mod impact;
pub mod incident;
mod near;
mod node;
mod reader;
mod references;
pub mod regulation;
mod scalar;
mod schema;
pub mod services;
pub mod settings;
pub mod timeline;
pub mod value;
mod yaml;

use crate::{
    locate::{Field, Path, Spot},
    model::{self, Fault, FaultKind},
};

use reader::Reader;
use value::Text;

pub use incident::Incident;
pub(crate) use near::{near, nearest};
pub(crate) use reader::shorten;
pub(crate) use references::Names;
pub use schema::{SchemaKind, schema};
pub(crate) use yaml::TextFault;

/// Changes whenever the structs of this folder do: part of the name of every cache that stores them.
pub const VERSION: &str = concat!("format-1-", env!("RELATO_SOURCE"));

/// The version of the format, as `relato: 1` names it at the top of every file.
pub const RELATO: u32 = 1;

/// The file of names that must stay inside, unless `relato.yaml` names another.
pub const PEOPLE_FILE: &str = "people.yaml";

/// The service catalogue's file.
pub const SERVICES_FILE: &str = "services.yaml";

/// The folder of incidents, searched at any depth for `.yaml` and `.yml`.
pub const INCIDENTS_FOLDER: &str = "incidents";

/// The largest incident file that is read, in bytes.
pub const INCIDENT_LIMIT: u64 = 1 << 20;

/// The largest other file that is read, in bytes.
pub const DOCUMENT_LIMIT: u64 = 4 << 20;

/// The name of an incident file without its ending; `None` for any other file.
pub(crate) fn stem(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// What the conversion needs to know of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// The languages of the organisation.
    pub(crate) languages: Vec<String>,
    /// The language of a text without one.
    pub(crate) source_language: String,
    /// The names of the catalogue.
    pub(crate) names: Names,
}

/// The text of a file: UTF-8, with or without a byte order mark, which is left out.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, FaultKind> {
    const MARK: char = '\u{FEFF}';
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix(MARK).map(str::to_owned).unwrap_or(text)),
        Err(error) => Err(FaultKind::NotUtf8 { byte: error.utf8_error().valid_up_to() }),
    }
}

/// The text phase of an incident file.
pub(crate) fn parse(text: &str) -> (Option<Incident>, Vec<TextFault>) {
    let read = yaml::read(text);
    (read.value, read.faults)
}

/// The conversion of an incident. `stem` is the file's name without its ending; `incidents`, sorted, are the ids that
/// `same_cause_as` may name, `None` where further workspaces may hold others.
pub(crate) fn incident(
    written: Incident,
    faults: Vec<TextFault>,
    file: &str,
    stem: &str,
    workspace: &Workspace,
    incidents: Option<&[String]>,
) -> (Option<model::Incident>, Vec<Fault>) {
    let mut reader = Reader::new(&workspace.languages, &workspace.source_language);
    if let Err(newer) = version(written.relato.as_ref(), &mut reader) {
        return (None, vec![newer.of(file)]);
    }
    let incident = written.read(&mut reader, stem);
    references::check(&incident, &workspace.names, &mut reader);
    if let Some(known) = incidents {
        references::check_incidents(&incident, known, &mut reader);
    }
    (Some(incident), all(faults, reader.faults, file))
}

/// The settings of `relato.yaml`, over the defaults.
pub(crate) fn settings(text: &str, file: &str) -> (model::Settings, Vec<Fault>) {
    let read = yaml::read::<settings::Settings>(text);
    let Some(written) = read.value else {
        return (defaults::settings(), all(read.faults, Vec::new(), file));
    };
    let known = defaults::languages();
    let mut reader = Reader::new(&known, "");
    if let Err(newer) = version(written.relato.as_ref(), &mut reader) {
        return (defaults::settings(), vec![newer.of(file)]);
    }
    let (languages, source_language) = written.languages(&mut reader);
    let first = reader.faults;
    let mut reader = Reader::new(&languages, &source_language);
    reader.faults = first;
    let settings = written.read(&mut reader);
    (settings, all(read.faults, reader.faults, file))
}

/// The catalogue of `services.yaml`; not present when the file cannot be read at all.
pub(crate) fn services(text: &str, file: &str, settings: &model::Settings) -> (model::Catalogue, Vec<Fault>) {
    document(
        text,
        file,
        settings,
        |written: &services::Services| written.relato.as_ref(),
        |written, reader| written.read(settings, reader),
    )
}

/// The glossary of `glossary.yaml`.
pub(crate) fn glossary(text: &str, file: &str, settings: &model::Settings) -> (model::Glossary, Vec<Fault>) {
    document(
        text,
        file,
        settings,
        |written: &glossary::Glossary| written.relato.as_ref(),
        |written, reader| written.read(reader),
    )
}

/// The names of `people.yaml`.
pub(crate) fn people(text: &str, file: &str, settings: &model::Settings) -> (model::People, Vec<Fault>) {
    document(
        text,
        file,
        settings,
        |written: &glossary::People| written.relato.as_ref(),
        |written, reader| written.read(reader),
    )
}

fn document<T: serde::de::DeserializeOwned, M: Default>(
    text: &str,
    file: &str,
    settings: &model::Settings,
    relato: impl FnOnce(&T) -> Option<&Text>,
    convert: impl FnOnce(T, &mut Reader<'_>) -> M,
) -> (M, Vec<Fault>) {
    let read = yaml::read::<T>(text);
    let Some(written) = read.value else { return (M::default(), all(read.faults, Vec::new(), file)) };
    let mut reader = Reader::new(&settings.org.languages, &settings.org.source_language);
    if let Err(newer) = version(relato(&written), &mut reader) {
        return (M::default(), vec![newer.of(file)]);
    }
    let value = convert(written, &mut reader);
    (value, all(read.faults, reader.faults, file))
}

/// The file was written for a newer relato: whatever else seems wrong with it may be right there.
struct Newer(String);

impl Newer {
    fn of(self, file: &str) -> Fault {
        let kind = FaultKind::NewerSchema { found: self.0, known: RELATO };
        Fault { file: file.to_owned(), field: Field::of("relato"), spot: None, kind }
    }
}

/// Checks `relato: 1`.
fn version(relato: Option<&Text>, reader: &mut Reader<'_>) -> Result<(), Newer> {
    let top = &Path::TOP;
    let Some(Text(found)) = relato else {
        reader.missing(top, "relato");
        return Ok(());
    };
    match found.parse::<f64>() {
        Ok(number) if number == f64::from(RELATO) => Ok(()),
        Ok(number) if number > f64::from(RELATO) => Err(Newer(reader::shorten(found))),
        _ => {
            reader.invalid(
                &top.key("relato"),
                found,
                model::ExpectedValue::Whole,
                Some(model::Near { word: RELATO.to_string(), sure: false }),
            );
            Ok(())
        }
    }
}

/// The faults of both phases. What the text phase left out is not missing.
fn all(text: Vec<TextFault>, converted: Vec<(Field, FaultKind)>, file: &str) -> Vec<Fault> {
    let of = |field, spot: Option<Spot>, kind| Fault { file: file.to_owned(), field, spot, kind };
    let inside = |field: &Field| text.iter().any(|fault| fault.field.steps().starts_with(field.steps()));
    let at = |field: &Field| text.iter().any(|fault| fault.field == *field);
    let converted: Vec<_> = converted
        .into_iter()
        .filter(|(field, kind)| match kind {
            FaultKind::Missing { key } => !at(field) && !inside(&field.key(key)),
            FaultKind::Invalid { .. } => !inside(field),
            _ => true,
        })
        .collect();
    let text = text.into_iter().map(|fault| of(fault.field, fault.spot, fault.kind));
    let converted = converted.into_iter().map(|(field, kind)| of(field, None, kind));
    text.chain(converted).collect()
}

#[cfg(test)]
mod tests;
