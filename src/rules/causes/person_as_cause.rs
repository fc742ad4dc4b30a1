//! `person-as-cause`: what a person did is where the search begins.

use std::collections::{HashMap, HashSet};

use crate::{
    locate::Field,
    model::{Cause, CauseCategory},
    rules::{
        Case, called,
        phrase::Phrases,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # A person is given as the cause
    ///
    /// A cause of category `human`, or whose text blames ("human error", "by mistake", "forgot to"), is linked by
    /// `leads_to`, in either direction, to a cause that is a condition of the system: of any category but `human` and
    /// `unknown`.
    ///
    /// ## Why
    ///
    /// At Allegro the wrong server "was restarted by mistake". What can be mended is that two halves of a blade look
    /// alike, that nothing asks again, and that one machine can stop the site. What a person did is never a root cause:
    /// the next person will do it again.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].category
    /// causes:
    ///   - {id: c1, role: root, category: human, confidence: likely, impacts: [workflow], text: {en: The setting was saved without a check., pt-BR: A configuração foi salva sem conferência.}}
    /// ```
    /// > the cause `c1` ends at a person; add the condition that made it possible
    /// > a causa `c1` termina em uma pessoa; inclua a condição que a tornou possível
    ///
    /// ```yaml causes[0].text.en
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow], text: {en: The person at the keyboard forgot to set the unit., pt-BR: A unidade ficou sem preencher.}}
    /// ```
    /// > the cause `c1` ends at a person (`forgot to`); add the condition that made it possible
    /// > a causa `c1` termina em uma pessoa (`forgot to`); inclua a condição que a tornou possível
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: trigger, category: human, confidence: likely, impacts: [workflow], text: {en: The setting was saved with the value of another system., pt-BR: A configuração foi salva com o valor de outro sistema.}}
    ///   - {id: c2, role: root, category: config, confidence: likely, impacts: [workflow], leads_to: [c1], text: {en: Test and production settings look alike and are saved without a question., pt-BR: As configurações de teste e de produção são parecidas e salvas sem confirmação.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Ask how it made sense at the time. Write what you find as a cause of its own, and link the two with `leads_to`.
    ///
    /// # Uma pessoa é dada como causa
    ///
    /// Uma causa de categoria `human`, ou cujo texto culpa alguém ("erro humano", "por engano", "esqueceu de"), está ligada
    /// por `leads_to`, em qualquer sentido, a uma causa que é uma condição do sistema: de qualquer categoria que não seja
    /// `human` nem `unknown`.
    ///
    /// ## Por quê
    ///
    /// No Allegro, o servidor errado foi "reiniciado por engano". O que se pode corrigir é que as duas metades de um blade
    /// se parecem, que nada pede confirmação e que uma única máquina para o site. O que uma pessoa fez nunca é a causa
    /// raiz: a próxima fará o mesmo.
    ///
    /// ## Correção
    ///
    /// Pergunte por que aquilo fazia sentido na hora. Escreva o que encontrar como outra causa e ligue as duas com
    /// `leads_to`.
    "person-as-cause": Warning Fact
}

/// Words that end an explanation at somebody. "By accident" is not among them: things happen by accident, too.
static BLAMES: Phrases = Phrases::of(&[
    "human error",
    "operator error",
    "human mistake",
    "by mistake",
    "forgot to",
    "carelessness",
    "careless",
    "negligence",
    "inattention",
    "erro humano",
    "falha humana",
    "erro do operador",
    "por engano",
    "por descuido",
    "por desatenção",
    "esqueceu de",
    "esqueceram de",
    "negligência",
]);

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let causes = &judged.incident.causes;
        let mut linked: Option<HashSet<&str>> = None;
        for (i, cause) in causes.iter().enumerate() {
            let human = cause.category == Some(CauseCategory::Human);
            let blames = cause.text.as_ref().and_then(|text| BLAMES.said(text));
            let linked = || linked.get_or_insert_with(|| explained(causes)).contains(cause.id.as_str());
            if (!human && blames.is_none()) || { linked }() {
                continue;
            }
            let field = Field::of("causes").at(i);
            let name = called(&cause.id, &field);
            let (field, sentence) = match blames {
                Some((tag, phrase)) if !human => {
                    let sentence = sentence! { cause = name.as_str(), phrase = phrase =>
                        "the cause `{cause}` ends at a person (`{phrase}`); add the condition that made it possible",
                        "a causa `{cause}` termina em uma pessoa (`{phrase}`); inclua a condição que a tornou possível"
                    };
                    (field.key("text").key(tag), sentence)
                }
                _ => {
                    let sentence = sentence! { cause = name.as_str() =>
                        "the cause `{cause}` ends at a person; add the condition that made it possible",
                        "a causa `{cause}` termina em uma pessoa; inclua a condição que a tornou possível"
                    };
                    (field.key("category"), sentence)
                }
            };
            out.find(judged, field, sentence).help = words! { cause = name =>
                "ask how it made sense at the time; write that as a cause of its own with `leads_to: [{cause}]`",
                "pergunte por que fazia sentido na hora; escreva isso como outra causa, com `leads_to: [{cause}]`"
            };
        }
    }
}

/// The ids of causes that `leads_to` links, in either direction, to a condition of the system.
fn explained(causes: &[Cause]) -> HashSet<&str> {
    let system = |cause: &Cause| {
        cause.category.is_some_and(|it| !matches!(it, CauseCategory::Human | CauseCategory::Unknown))
    };
    let is_system: HashMap<&str, bool> =
        causes.iter().map(|cause| (cause.id.as_str(), system(cause))).collect();
    let mut explained = HashSet::new();
    for cause in causes {
        for other in &cause.leads_to {
            if other == &cause.id {
                continue;
            }
            if system(cause) {
                explained.insert(other.as_str());
            }
            if is_system.get(other.as_str()).copied().unwrap_or(false) {
                explained.insert(cause.id.as_str());
            }
        }
    }
    explained
}
