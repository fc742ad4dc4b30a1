//! `document-over-limit`: a document is larger than the program that reads it takes.

use crate::rules::{
    Case, Lack,
    rule::rule,
    sentence::{sentence, words},
    sink::Sink,
};

rule! {
    /// # Document over its reader's limit
    ///
    /// No document is larger than the program that it is written for takes: 255 characters for the name of an incident in
    /// Statuspage and 25,000 for a text, 50 blocks of 3,000 characters in a message of Slack. The limits of a target stand in
    /// its `target.yaml`. Documents are looked at when they are rendered: by `relato render`, `relato build`, and
    /// `relato check --documents`. One that does not fit is not written, and nothing is cut.
    ///
    /// ## Why
    ///
    /// What is cut at a limit ends in the middle of a sentence, and often in the middle of what matters; and what a program
    /// refuses is found out in the middle of an incident, by whoever wanted to tell customers something.
    ///
    /// ## Fires
    ///
    /// ```yaml title over=statuspage-api/x.json@/requests/0/body/incident/name:299/255
    /// title: {en: Orders stopped while a very long title was being written, pt-BR: Pedidos parados enquanto se escrevia um título muito longo}
    /// ```
    /// > `statuspage-api/x.json` does not fit its reader: `/requests/0/body/incident/name` is 299 long, and 255 is the most there
    /// > `statuspage-api/x.json` não cabe em seu leitor: `/requests/0/body/incident/name` tem 299 de comprimento, e ali cabem no máximo 255
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: Orders stopped, pt-BR: Pedidos parados}
    /// ```
    ///
    /// ## Fix
    ///
    /// Shorten the text. What nobody reads in this form need not be written: `targets:` in `relato.yaml` lists the forms that
    /// are wanted.
    ///
    /// # Documento acima do limite de quem o lê
    ///
    /// Nenhum documento é maior do que aceita o programa para o qual foi escrito: 255 caracteres para o nome de um incidente no
    /// Statuspage e 25.000 para um texto, 50 blocos de 3.000 caracteres em uma mensagem do Slack. Os limites de um alvo ficam em
    /// seu `target.yaml`. Os documentos são examinados ao serem renderizados: por `relato render`, `relato build` e
    /// `relato check --documents`. O que não cabe não é escrito, e nada é cortado.
    ///
    /// ## Por quê
    ///
    /// O que se corta em um limite termina no meio de uma frase e, muitas vezes, no meio do que importa; e o que um programa
    /// recusa só se descobre no meio de um incidente, por quem queria avisar os clientes.
    ///
    /// ## Correção
    ///
    /// Encurte o texto. O que ninguém lê nessa forma não precisa ser escrito: `targets:` no `relato.yaml` lista as formas
    /// desejadas.
    "document-over-limit": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(judged) = case.incidents.first() else { return };
    for document in case.published {
        for shortfall in document.shortfalls {
            let Lack::OverLimit { place, length, most } = &shortfall.lack else { continue };
            let sentence = sentence! { path = document.path, place = place.as_str(), length = *length, most = *most =>
                "`{path}` does not fit its reader: `{place}` is {length} long, and {most} is the most there",
                "`{path}` não cabe em seu leitor: `{place}` tem {length} de comprimento, e ali cabem no máximo {most}"
            };
            out.find(judged, shortfall.field.clone(), sentence).help = words! {
                "shorten it; nothing is cut, and the document is not written",
                "encurte-o; nada é cortado, e o documento não é escrito"
            };
        }
    }
}
