//! The symbolic name of a place in an authored file: `impacts[0].recovered`.

use std::fmt;

/// One step of a [`Field`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of a mapping.
    Key(String),
    /// A position in a list, from 0.
    Index(usize),
}

/// A path of keys and positions from the top of one authored file, such as `impacts[0].stated.recover`.
///
/// Rules speak of fields; the line and column are looked up only when a finding is shown. The empty field is the
/// whole file. A field that is absent from the text is shown at its nearest present parent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(Vec<Step>);

impl Field {
    /// The whole file.
    pub fn top() -> Self {
        Self::default()
    }

    /// A key at the top of the file.
    pub fn of(key: impl Into<String>) -> Self {
        Self::top().key(key)
    }

    /// A field as it is written: `impacts[0].recovered`. Empty is the whole file; what is no position is part of a key.
    pub fn written(text: &str) -> Self {
        let mut field = Self::top();
        for step in text.split('.').filter(|step| !step.is_empty()) {
            let (key, mut rest) = step.split_at(step.find('[').unwrap_or(step.len()));
            let mut indexes = Vec::new();
            while let Some((index, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                let Ok(index) = index.parse() else { break };
                indexes.push(index);
                rest = after;
            }
            field = field.key(format!("{key}{rest}"));
            for index in indexes {
                field = field.at(index);
            }
        }
        field
    }

    /// This field's child `key`.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(key.into()));
        Self(steps)
    }

    /// This field's item `index`, from 0.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Index(index));
        Self(steps)
    }

    /// The field that holds this one; `None` for the whole file.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// The steps from the top of the file.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The last key on the path, which is what a reader calls the field: `recovered` for `impacts[0].recovered`.
    pub fn name(&self) -> &str {
        self.0
            .iter()
            .rev()
            .find_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            })
            .unwrap_or("")
    }
}

impl From<Vec<Step>> for Field {
    fn from(steps: Vec<Step>) -> Self {
        Self(steps)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_as_it_is_shown() {
        for field in ["", "title", "impacts[0].recovered", "a[1][2].pt-BR"] {
            assert_eq!(Field::written(field).to_string(), field);
        }
        assert_eq!(Field::written("a[x].b[").steps().len(), 2);
    }

    #[test]
    fn a_field_reads_like_a_path() {
        let field = Field::of("impacts").at(0).key("stated").key("recover");
        assert_eq!(field.to_string(), "impacts[0].stated.recover");
        assert_eq!(field.name(), "recover");
        assert_eq!(field.parent().map(|p| p.to_string()).as_deref(), Some("impacts[0].stated"));
        assert_eq!(Field::of("actions").at(2).name(), "actions");
        assert_eq!(Field::top().parent(), None);
    }
}
