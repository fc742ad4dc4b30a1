//! The places of fields in one text, found in the cheapest way that is exact.

use std::cell::OnceCell;

use super::{Document, Field, Spot, sketch::Sketch};

/// An authored YAML text in which fields are looked up. Gives what [`Document`] gives: by a light look at the lines
/// where that is enough, which is most of the cost of showing findings in many files.
#[derive(Debug)]
pub struct Places<'t> {
    text: &'t str,
    sketch: Option<Sketch<'t>>,
    document: OnceCell<Document>,
}

impl<'t> Places<'t> {
    /// Looks the text over. Never fails, as [`Document::parse`] does not.
    pub fn of(text: &'t str) -> Self {
        Self { text, sketch: Sketch::of(text), document: OnceCell::new() }
    }

    /// Where to point for `field`: see [`Document::place`].
    pub fn place(&self, field: &Field) -> Spot {
        let known = self.sketch.as_ref().and_then(|sketch| sketch.place(field));
        known.unwrap_or_else(|| self.document.get_or_init(|| Document::parse(self.text)).place(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::tree::Tree;

    /// Every field of the text, and some that are not there, are placed as the whole document places them.
    fn check(name: &str, text: &str) {
        let document = Document::parse(text);
        let places = Places::of(text);
        for field in Tree::parse(text).fields() {
            for asked in [field.clone(), field.key("absent"), field.at(99), field.at(0).key("absent")] {
                assert_eq!(places.place(&asked), document.place(&asked), "{name}: {asked}\n{text}");
            }
        }
        for absent in [Field::top(), Field::of("absent"), Field::of("absent").at(3)] {
            assert_eq!(places.place(&absent), document.place(&absent), "{name}: {absent}\n{text}");
        }
    }

    #[test]
    fn a_text_as_people_write_it_is_placed_as_its_document_places_it() {
        for (name, text) in [
            ("specimen", include_str!("../rules/specimen.yaml")),
            ("services", include_str!("../rules/specimen-services.yaml")),
            ("settings", include_str!("../../templates/init/relato.yaml")),
            ("example", include_str!("../../templates/init/incidents/2026/2026-01-15-example.yaml")),
            ("search", include_str!("../../incidents/2017/2017-11-10-oms.yaml")),
            ("tasks", include_str!("../../incidents/2014/2014-10-23-task-processing.yaml")),
            ("imports", include_str!("../../incidents/2022/2022-12-18-order-imports.yaml")),
            ("platform", include_str!("../../incidents/2019/2019-12-05-platform-api-import.yaml")),
        ] {
            check(name, text);
        }
    }

    #[test]
    fn odd_layouts_are_placed_alike() {
        for text in [
            "",
            "a",
            "- a\n- b: 1\n",
            "a: [x, y]\nb: {c: 1}\n",
            "a:\n- x\n- y: 1\n  z: 2\nb: 1\n",
            "a:\n  - x\n\n  # note\n  - y: |\n      - not an item\n    z: 1\nb:\n",
            "a:\n  b:\n    - x\n    - y\n  c: 1\n",
            "a: # note\n  - x\n  - y\n",
            "a: &k\n  - x\nb: *k\n",
            "a: >-\n  one two\n  three\nb: 1\n",
            "a:\n  b: |\n    x\n\n    y\n\n  c: 2\n",
            "a: |\n\n  x\nb: 1\n",
            "- >\n  x y\n- |\n  z\n",
            "a: |\n  x",
            "a: |\n  é",
            "a: |+\n  x\n\n\n",
            "a: |\n  x\n# note\nb: 1\n",
            "a:\n  b: |\n    x\n  # note\n  c: 1\n",
            "a:\n  - b: |\n      x\n    c: >\n      y\n        z\n  - d\n",
            "a: *k\n",
            "a: 'x\n\n  - y'\nb: 1\n",
            "a:\n  - 'x\n\n    - y'\n  - z\n",
            "a:\n  - b:\n    - c\n    - d\n  - e\n",
            "a: 1\na: 2\n",
            "a: 1\n---\nb: 2\n",
            "\"a\": 1\n? b\n: c\n",
            "a:\r\n  - x\r\n",
            "\u{feff}a: 1\n",
            "a: **bold** & more\nb:\n  - *x\n",
            "a:\n  - x\n - y\n",
            "a:\n  - x\n  y: 1\n",
            "a: |\n text\n\nb: >-\n  folded\n  text\nc:\n  - |\n    t\n  - u\n",
        ] {
            check("odd", text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_placed_without_harm(text in "[a-c:\\-  \n\\[\\]{},'\"|#&*]{0,60}") {
            let places = Places::of(&text);
            for field in [Field::of("a"), Field::of("a").at(0), Field::of("b").at(1).key("c"), Field::top()] {
                places.place(&field);
            }
        }
    }
}
