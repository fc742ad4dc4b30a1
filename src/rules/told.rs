//! A rule's page as Markdown, in one language: what `relato explain`, the site and code scanning show.

use super::{Example, Group, Rule, waiving::is_waivable};
use crate::{
    finding::{Kind, Severity},
    language::Language,
};

impl Rule {
    /// The page as Markdown, from its title on.
    pub fn markdown(&self, language: &Language) -> String {
        format!("# {}\n\n{}", self.page().title.tell(language), self.body(language, "##"))
    }

    /// The page without its title; `heading` is what its sections begin with.
    pub fn body(&self, language: &Language, heading: &str) -> String {
        let pt = language.is_portuguese();
        let page = self.page();
        let mut out = format!(
            "`{}` · {} · {} · {}\n\n{}\n",
            self.name,
            self.group().word(),
            level_word(self.severity, language),
            kind_word(self.kind, language),
            page.check.tell(language)
        );
        let mut section = |en: &str, pt_heading: &str, text: &str| {
            out += &format!("\n{heading} {}\n\n{}\n", if pt { pt_heading } else { en }, text.trim_end());
        };
        section("Why", "Por quê", page.why.tell(language));
        section("Fires", "Dispara", &examples(&page.fires, language));
        section("Silent", "Não dispara", &examples(&page.silent, language));
        section("Fix", "Correção", page.fix.tell(language));
        section("Level", "Nível", &self.level(language));
        out
    }

    /// How the level falls, how it is changed, and how one finding is accepted for a time.
    fn level(&self, language: &Language) -> String {
        let (name, pt) = (self.name, language.is_portuguese());
        let mut out = match (self.kind, pt) {
            (Kind::Fact, false) => "A fact: it has its level at all times.".to_owned(),
            (Kind::Fact, true) => "Um fato: vale com seu nível em qualquer momento.".to_owned(),
            (Kind::Completeness, false) => {
                "Asks for more to be written: an info while the incident is `open` or `monitoring`, at most a warning\n\
                 at `resolved`, its own level from `reviewed` on."
                    .to_owned()
            }
            (Kind::Completeness, true) => {
                "Pede que se escreva mais: é só informação enquanto o incidente está em `open` ou `monitoring`, no \
                 máximo um aviso em `resolved`, e tem seu nível próprio a partir de `reviewed`."
                    .to_owned()
            }
        };
        if self.group() == Group::Reading {
            out += if pt {
                "\nNão pode ser reduzido nem dispensado: o que não é lido não é julgado por nenhuma outra regra."
            } else {
                "\nIt can be neither lowered nor waived: what is not read is judged by no other rule."
            };
            return out;
        }
        out += &if pt {
            format!(
                " Para mudá-lo no workspace todo, em `relato.yaml`: `rules: {{severity: {{{name}: info}}}}`."
            )
        } else {
            format!(
                " To change it for the workspace, in `relato.yaml`: `rules: {{severity: {{{name}: info}}}}`."
            )
        };
        if is_waivable(self) {
            out += if pt {
                "\nPara aceitar um achado por um tempo, no arquivo do incidente:"
            } else {
                "\nTo accept a finding for a time, in the file of the incident:"
            };
            out += &format!("\n\n```yaml\n{}```", waiver(name));
        }
        out
    }
}

/// A waiver of a rule, to be filled in.
fn waiver(rule: &str) -> String {
    format!(
        "waivers:\n  - {{rule: {rule}, target: ID, reason: {{en: …, pt-BR: …}}, approved_by: role:…, until: 2026-06-30}}\n"
    )
}

fn examples(examples: &[Example], language: &Language) -> String {
    let mut out = String::new();
    for example in examples {
        let option = |key: &str| example.info.split_whitespace().find_map(|word| word.strip_prefix(key));
        if !example.yaml.trim().is_empty() {
            out += &format!("```yaml\n{}```\n", example.yaml);
        }
        if let Some(moment) = option("as-of=") {
            out += &format!("\n`--as-of {moment}`\n");
        }
        let message = example.message.tell(language);
        if !message.is_empty() {
            out += &format!("\n> {message}\n");
        }
        out.push('\n');
    }
    out
}

/// `error`, `warning`, `info`.
pub fn level_word(severity: Severity, language: &Language) -> &'static str {
    match (severity, language.is_portuguese()) {
        (Severity::Error, false) => "error",
        (Severity::Error, true) => "erro",
        (Severity::Warning, false) => "warning",
        (Severity::Warning, true) => "aviso",
        (Severity::Info, _) => "info",
    }
}

/// `fact`, `completeness`.
pub fn kind_word(kind: Kind, language: &Language) -> &'static str {
    match (kind, language.is_portuguese()) {
        (Kind::Fact, false) => "fact",
        (Kind::Fact, true) => "fato",
        (Kind::Completeness, false) => "completeness",
        (Kind::Completeness, true) => "completude",
    }
}
