//! `person-in-public`: nobody of the registry in what the public reads.

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
    /// # Person in public text
    ///
    /// No public text, and no rendered public document, names someone of `people.yaml`, by name or handle. How names are
    /// recognised is told by `person-in-narrative`. `relato render` and `relato build` publish nothing of an incident that
    /// this rule has an error for.
    ///
    /// ## Why
    ///
    /// VTEX's post shows its author's name to every customer. Whoever is thanked in public for a repair is, to some reader,
    /// whoever broke it.
    ///
    /// ## Fires
    ///
    /// ```yaml lessons[0].en
    /// lessons:
    ///   - {en: "Thanks to Ana Exemplo, settings are reviewed now.", pt-BR: Agora as configurações são revisadas.}
    /// ```
    /// > the public reads the name "Ana Exemplo" here
    /// > o público lê aqui o nome "Ana Exemplo"
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// lessons:
    ///   - {en: "Thanks to the team on call, settings are reviewed now.", pt-BR: "Graças à equipe de plantão, as configurações agora são revisadas."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the team or the role.
    ///
    /// # Pessoa em texto público
    ///
    /// Nenhum texto público e nenhum documento público renderizado cita alguém do `people.yaml`, por nome ou identificador. Como
    /// os nomes são reconhecidos está em `person-in-narrative`. `relato render` e `relato build` não publicam nada de um
    /// incidente em que esta regra encontra um erro.
    ///
    /// ## Por quê
    ///
    /// O texto da VTEX mostra o nome do autor a todos os clientes. Quem recebe em público o agradecimento por um conserto é,
    /// para algum leitor, quem quebrou.
    ///
    /// ## Correção
    ///
    /// Escreva a equipe ou o papel.
    "person-in-public": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    if !case.guard.knows_people() {
        return;
    }
    let mut in_fields: HashSet<(&str, String)> = HashSet::new();
    for judged in case.incidents {
        let mut named: Vec<(Field, String)> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        judged.incident.each_public_text(&mut |path, localized| {
            for (tag, text) in localized.iter().filter(|(_, text)| seen.insert(text)) {
                named.extend(case.guard.named(text).into_iter().map(|it| (path.key(tag).field(), it.shown)));
            }
        });
        let mut told: HashSet<(Option<Field>, String)> = HashSet::new();
        for (field, name) in named {
            in_fields.insert((judged.file, name.clone()));
            if !told.insert((field.parent(), name.clone())) {
                continue;
            }
            let sentence = sentence! { name = name.as_str() =>
                "the public reads the name \"{name}\" here",
                "o público lê aqui o nome \"{name}\""
            };
            let finding = out.find(judged, field, sentence);
            at(finding, &name);
            finding.help = words! { "write the team or the role", "escreva a equipe ou o papel" };
        }
    }
    for document in case.published {
        for named in case.guard.named(document.text) {
            if !in_fields.insert((document.file, named.shown.clone())) {
                continue;
            }
            let line = document.text.get(..named.range.start).unwrap_or_default().matches('\n').count() + 1;
            let sentence = sentence! { name = named.shown, document = document.path, line = line =>
                "the name \"{name}\" stands in line {line} of the public document `{document}`",
                "o nome \"{name}\" está na linha {line} do documento público `{document}`"
            };
            out.find_file(document.file, Field::top(), sentence).help = words! {
                "look for it in `services.yaml` and in the templates of the workspace",
                "procure no `services.yaml` e nos templates do workspace"
            };
        }
    }
}
