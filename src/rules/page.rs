//! A rule's page: what it checks, why, when it fires, when it is silent, how to mend it; in both languages.

use crate::finding::Words;

/// A rule's page, read from the doc comment above the rule.
///
/// The comment holds the English page, then the Portuguese one. Each begins with a `# ` title and a paragraph that
/// says what is checked. The English page then has the sections *Why*, *Fires*, *Silent*, *Fix*; the Portuguese one
/// *Por quê* and *Correção*. The examples are shared: they are files, and files are in no language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// A few words.
    pub title: Words,
    /// What is checked, in a paragraph.
    pub check: Words,
    /// The reason, with the source of the lesson.
    pub why: Words,
    /// Examples that fire.
    pub fires: Vec<Example>,
    /// Examples that stay silent.
    pub silent: Vec<Example>,
    /// What to do.
    pub fix: Words,
}

/// One example of a page: part of a file, run as a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The words after `yaml` on the fence: the field that it fires at, and `file=`, `as-of=`.
    pub info: String,
    /// The YAML: the keys it names replace those of the specimen incident; with `whole` it is the whole file. Further
    /// incidents of the workspace follow, with `---` before each. What follows a line `--- services.yaml` is laid over
    /// the specimen's catalogue in the same way; what follows `--- relato.yaml` is the settings. What follows
    /// `--- before 2026-03-09` is the incident as it was committed on that day, and `--- before 2026-03-09 services.yaml` the
    /// catalogue; what stands first is not committed yet.
    pub yaml: String,
    /// The sentence it fires with, in both languages.
    pub message: Words,
}

impl Page {
    /// Reads a page. Never fails: what is missing is empty, and a test over all rules refuses that.
    pub fn read(source: &str) -> Self {
        let mut page = Self::default();
        let mut section = Section::default();
        let mut lines = source.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        while let Some(line) = lines.next() {
            if let Some(title) = line.strip_prefix("# ") {
                let portuguese = !page.title.en.is_empty();
                if portuguese {
                    page.title.pt = title.to_owned()
                } else {
                    page.title.en = title.to_owned()
                }
                section = Section { portuguese, name: Name::Check };
            } else if let Some(heading) = line.strip_prefix("## ") {
                section.name = Name::of(heading);
            } else if let Some(fence) = line.strip_prefix("```yaml") {
                let yaml: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                let example = Example {
                    info: fence.trim().to_owned(),
                    yaml: yaml.join("\n") + "\n",
                    ..Example::default()
                };
                match section.name {
                    Name::Silent => page.silent.push(example),
                    _ => page.fires.push(example),
                }
            } else if let (Name::Fires, Some(quote)) = (section.name, line.strip_prefix("> ")) {
                if let Some(example) = page.fires.last_mut() {
                    let Words { en, pt } = &mut example.message;
                    *if en.is_empty() { en } else { pt } = quote.to_owned();
                }
            } else if let Some(text) = section.text(&mut page) {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
            }
        }
        for words in [&mut page.check, &mut page.why, &mut page.fix] {
            words.en = words.en.trim().to_owned();
            words.pt = words.pt.trim().to_owned();
        }
        page
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Name {
    #[default]
    Check,
    Why,
    Fires,
    Silent,
    Fix,
    Other,
}

impl Name {
    fn of(heading: &str) -> Self {
        match heading.trim() {
            "Why" | "Por quê" => Self::Why,
            "Fires" => Self::Fires,
            "Silent" => Self::Silent,
            "Fix" | "Correção" => Self::Fix,
            _ => Self::Other,
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Section {
    portuguese: bool,
    name: Name,
}

impl Section {
    fn text(self, page: &mut Page) -> Option<&mut String> {
        let words = match self.name {
            Name::Check => &mut page.check,
            Name::Why => &mut page.why,
            Name::Fix => &mut page.fix,
            Name::Fires | Name::Silent | Name::Other => return None,
        };
        Some(if self.portuguese { &mut words.pt } else { &mut words.en })
    }
}
