//! `person-in-narrative`: roles act, not names.

use std::collections::HashSet;

use crate::{
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::at,
    },
};

rule! {
    /// # Person named in a narrative
    ///
    /// No text of the incident names someone of `people.yaml`: not by a name, not by a handle. Owners and those who confirmed
    /// something have fields of their own. Public texts are judged by `person-in-public`.
    ///
    /// A name of one word, and a handle with a capital, a digit, a dot or a dash, count as they are written; a handle of
    /// small letters alone counts behind an `@`, since it may be an ordinary word.
    ///
    /// ## Why
    ///
    /// Whoever reads that a colleague restarted the wrong server remembers the colleague. The role says what matters: what
    /// whoever was on call could see and do.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].text.en
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:00Z
    ///     type: trigger
    ///     text: {en: Ana Exemplo changed a setting., pt-BR: O plantão alterou uma configuração.}
    /// ```
    /// > the text names "Ana Exemplo"; write the role
    /// > o texto cita "Ana Exemplo"; escreva o papel
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:00Z
    ///     type: trigger
    ///     actor: role:on-call
    ///     text: {en: The engineer on call changed a setting., pt-BR: O plantão alterou uma configuração.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the role: the engineer on call, the database team.
    ///
    /// # Pessoa citada na narrativa
    ///
    /// Nenhum texto do incidente cita alguém do `people.yaml`, nem pelo nome nem pelo identificador. Responsáveis e quem
    /// confirmou algo têm campos próprios. Textos públicos são julgados por `person-in-public`.
    ///
    /// Um nome de uma só palavra e um identificador com maiúscula, dígito, ponto ou hífen contam como estão escritos; um
    /// identificador só de minúsculas conta depois de um `@`, pois pode ser uma palavra comum.
    ///
    /// ## Por quê
    ///
    /// Quem lê que um colega reiniciou o servidor errado se lembra do colega. O papel diz o que importa: o que quem estava
    /// de plantão conseguia ver e fazer.
    ///
    /// ## Correção
    ///
    /// Escreva o papel: o plantão, a equipe de banco de dados.
    "person-in-narrative": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    if !case.guard.knows_people() {
        return;
    }
    for judged in case.incidents {
        let mut public: HashSet<Field> = HashSet::new();
        judged.incident.each_public_text(&mut |path, _| {
            public.insert(path.field());
        });
        let mut named: Vec<(Field, String)> = Vec::new();
        judged.incident.each_text(&mut |path, localized| {
            for (tag, text) in localized.iter() {
                let found = case.guard.named(text);
                if !found.is_empty() && !public.contains(&path.field()) {
                    named.extend(found.into_iter().map(|it| (path.key(tag).field(), it.shown)));
                }
            }
        });
        for (field, name) in named {
            let sentence = sentence! { name = name.as_str() =>
                "the text names \"{name}\"; write the role",
                "o texto cita \"{name}\"; escreva o papel"
            };
            let finding = out.find(judged, field, sentence);
            at(finding, &name);
            finding.help = words! {
                "write the role, such as `the engineer on call`",
                "escreva o papel, como `o plantão`"
            };
        }
    }
}
