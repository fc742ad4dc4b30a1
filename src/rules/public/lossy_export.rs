//! `lossy-export`: a form has no words for something that the incident file says.

use crate::{
    language::Quantity,
    rules::{
        Case, Lack,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Lossy export
    ///
    /// A document says what the incident file says. Where the form of another program cannot, this tells what its readers
    /// miss: cState knows `down` and `disrupted`, and one beginning and one end for all services. What a target cannot say
    /// stands in the template `losses` of its `target.yaml`. Documents are looked at when they are rendered: by
    /// `relato render`, `relato build`, and `relato check --documents`.
    ///
    /// ## Why
    ///
    /// Readers take a page at its word. Who reads `disrupted` cannot know that half of the requests went through, and who
    /// sees one window for three services thinks that all were away throughout.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].level unsaid=cstate/content/issues/x.md@impacts[0].level
    /// title: {en: Orders were slow, pt-BR: Pedidos lentos}
    /// ```
    /// > `cstate/content/issues/x.md` cannot say all: words of the template
    /// > `cstate/content/issues/x.md` não diz tudo: palavras do template
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: Orders stopped, pt-BR: Pedidos parados}
    /// ```
    ///
    /// ## Fix
    ///
    /// Say it in the words of the posts, which every form carries. A target that nobody reads is left out of `targets:` in
    /// `relato.yaml`; a loss that is accepted is waived with its reason, or the rule is switched off for all.
    ///
    /// # Exportação com perda
    ///
    /// Um documento diz o que o arquivo do incidente diz. Onde a forma de outro programa não permite, isto conta o que seus
    /// leitores deixam de saber: o cState conhece `down` e `disrupted`, e um só início e um só fim para todos os serviços. O
    /// que um alvo não consegue dizer fica no template `losses` de seu `target.yaml`. Os documentos são examinados ao serem
    /// renderizados: por `relato render`, `relato build` e `relato check --documents`.
    ///
    /// ## Por quê
    ///
    /// Quem lê uma página acredita nela. Quem lê `disrupted` não tem como saber que metade das requisições passou, e quem vê
    /// um só intervalo para três serviços pensa que todos ficaram fora o tempo todo.
    ///
    /// ## Correção
    ///
    /// Diga-o nas palavras das publicações, que toda forma carrega. Um alvo que ninguém lê fica fora de `targets:` no
    /// `relato.yaml`; uma perda aceita é dispensada com o motivo, ou a regra é desligada para todos.
    "lossy-export": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(judged) = case.incidents.first() else { return };
    for document in case.published {
        for shortfall in document.shortfalls {
            let Lack::Unsaid(what) = &shortfall.lack else { continue };
            let sentence = sentence! { path = document.path, what = Quantity::named(&what.en, &what.pt) =>
                "`{path}` cannot say all: {what}",
                "`{path}` não diz tudo: {what}"
            };
            out.find(judged, shortfall.field.clone(), sentence).help = words! {
                "say it in the words of the posts; or leave the target out of `targets:` in `relato.yaml`",
                "diga-o nas palavras das publicações; ou deixe o alvo fora de `targets:` no `relato.yaml`"
            };
        }
    }
}
