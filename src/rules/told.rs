//! A rule's page as Markdown, in one language: what `relato explain`, the site and code scanning show.

use super::{Example, Group, RULES, Rule, waiving::is_waivable};
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

    /// Whether one of its findings can be accepted for a time.
    pub fn is_waivable(&self) -> bool {
        is_waivable(self)
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

/// What levels, kinds and waivers are, as Markdown.
pub fn legend(language: &Language) -> String {
    let text = if language.is_portuguese() {
        "\
Um achado é um **erro** (reprova `relato check`), um **aviso** (reprova só com `--deny warnings`) ou uma **informação**
(nunca reprova).

- Um **fato** vale com seu nível em qualquer momento.
- Uma regra de **completude** pede que se escreva mais: é só informação enquanto o incidente está em `open` ou
  `monitoring`, no máximo um aviso em `resolved`, e tem seu nível próprio a partir de `reviewed`. Quem ainda combate o
  incidente não é barrado, e nada incompleto é dado por revisado.

O nível de uma regra se muda em `relato.yaml`: `rules: {severity: {action-overdue: warning}}`; `off` a desliga. As regras
do grupo `reading` não podem ser reduzidas: o que não é lido não é julgado por nenhuma outra.

Um achado é aceito por um tempo com uma dispensa no arquivo do incidente:
"
    } else {
        "\
A finding is an **error** (it fails `relato check`), a **warning** (it fails only with `--deny warnings`) or an **info** (it
never fails).

- A **fact** has its level at all times.
- A **completeness** rule asks for more to be written: it is an info while the incident is `open` or `monitoring`, at most
  a warning at `resolved`, and has its own level from `reviewed` on. So nobody who still fights the incident is held up,
  and nothing incomplete passes as reviewed.

The level of a rule is changed in `relato.yaml`: `rules: {severity: {action-overdue: warning}}`; `off` switches it off.
Rules of the group `reading` cannot be lowered: what is not read is judged by no other rule.

A finding is accepted for a time by a waiver in the file of the incident:
"
    };
    let after = if language.is_portuguese() {
        "\
`target` é o id de um impacto, evento, causa ou ação, ou `service:x` ou `infra:x`; sem ele, vale o arquivo todo. O que é
dispensado continua na lista e conta só como dispensado. Uma dispensa que não dispensa nada é apontada (`waiver-unused`),
e também a que não tem motivo, aprovação ou fim (`waiver-without-end`).
"
    } else {
        "\
`target` is the id of an impact, event, cause or action, or `service:x` or `infra:x`; without it, the whole file. What is
waived is still listed, and counts only as waived. A waiver that waives nothing is found (`waiver-unused`), and so is one
without reason, approver or end (`waiver-without-end`).
"
    };
    format!("{text}\n```yaml\n{}```\n\n{after}", waiver("action-without-owner"))
}

/// Every rule's page as one Markdown document.
pub fn handbook(language: &Language) -> String {
    let mut out = format!("# {}\n\n{}", title(language), index(language, "##", |name| format!("#{name}")));
    for rule in RULES.iter() {
        out += &format!("\n### {}\n\n", rule.name);
        out += &format!("**{}**\n\n{}", rule.page().title.tell(language), rule.body(language, "####"));
    }
    out
}

/// `The rules`.
pub fn title(language: &Language) -> &'static str {
    if language.is_portuguese() { "As regras" } else { "The rules" }
}

/// The legend, and the rules of each group in a table; `heading` is what a group begins with, `link` leads to the page of
/// a rule.
pub fn index(language: &Language, heading: &str, link: impl Fn(&str) -> String) -> String {
    let head = match language.is_portuguese() {
        true => "| regra | nível | tipo | o que verifica |",
        false => "| rule | level | kind | what |",
    };
    let mut out = legend(language);
    for of_group in groups() {
        let Some(first) = of_group.first() else { continue };
        out += &format!("\n{heading} {}\n\n{head}\n|---|---|---|---|\n", first.group().word());
        for rule in of_group {
            let title = rule.page().title.tell(language).to_owned();
            out += &format!(
                "| [`{name}`]({link}) | {} | {} | {title} |\n",
                level_word(rule.severity, language),
                kind_word(rule.kind, language),
                name = rule.name,
                link = link(rule.name)
            );
        }
    }
    out
}

/// The rules by group, in the order of the list.
pub fn groups() -> Vec<Vec<&'static Rule>> {
    RULES.chunk_by(|a, b| a.group() == b.group()).map(<[_]>::to_vec).collect()
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
