//! A path built on the stack while walking a record, turned into a [`Field`] only where something is found.

use super::{Field, Step};

/// Where a walk stands. Costs nothing until [`Path::field`] is called.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Here<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Here<'a> {
    Top,
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The whole file.
    pub const TOP: Path<'static> = Path { parent: None, step: Here::Top };

    /// The child `key` of this place.
    pub fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Here::Key(key) }
    }

    /// Item `index` of this place, from 0.
    pub fn at(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Here::Index(index) }
    }

    /// The field of the whole file that this place lies in; `None` of the file itself.
    pub fn first_key(&self) -> Option<&'a str> {
        let mut first = None;
        let mut place = Some(self);
        while let Some(path) = place {
            if let Here::Key(key) = path.step {
                first = Some(key);
            }
            place = path.parent;
        }
        first
    }

    /// This place as a field.
    pub fn field(&self) -> Field {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(path) = place {
            match path.step {
                Here::Top => {}
                Here::Key(key) => steps.push(Step::Key(key.to_owned())),
                Here::Index(index) => steps.push(Step::Index(index)),
            }
            place = path.parent;
        }
        steps.reverse();
        Field::from(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_names_the_field_it_stands_at() {
        let impacts = Path::TOP.key("impacts");
        let first = impacts.at(0);
        assert_eq!(first.key("started").field().to_string(), "impacts[0].started");
        assert_eq!(first.key("started").first_key(), Some("impacts"));
        assert_eq!(Path::TOP.field(), Field::top());
        assert_eq!(Path::TOP.first_key(), None);
    }
}
