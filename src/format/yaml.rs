//! A stand-in until the reader lands.

use crate::{
    locate::{Field, Spot},
    model::FaultKind,
};

pub(crate) struct ReadYaml<T> {
    pub(crate) value: Option<T>,
    pub(crate) faults: Vec<TextFault>,
}

pub(crate) struct TextFault {
    pub(crate) field: Field,
    pub(crate) spot: Option<Spot>,
    pub(crate) kind: FaultKind,
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(text: &str) -> ReadYaml<T> {
    match serde_yaml::from_str(text) {
        Ok(value) => ReadYaml { value: Some(value), faults: Vec::new() },
        Err(error) => {
            let kind = FaultKind::Syntax { problem: error.to_string() };
            ReadYaml { value: None, faults: vec![TextFault { field: Field::top(), spot: None, kind }] }
        }
    }
}
