//! `blaming-words`: conditions teach, blame does not.

use crate::rules::{
    Case,
    lists::List,
    rule::rule,
    sentence::{sentence, words},
    sink::Sink,
    wording::{at, is_narrative},
};

rule! {
    /// # Blaming words
    ///
    /// Title, summary, causes, lessons and timeline are free of words that blame: human error, by mistake, careless, lack
    /// of rigour, and of people who failed to do or should have known something. A machine that failed to start is not
    /// blamed. Quotations and code are not looked at.
    ///
    /// ## Why
    ///
    /// Blame ends the search for causes, and makes the next report shorter. VTEX's post speaks of a lack of rigour twice,
    /// Allegro's of a server restarted by mistake; what made the action seem right is what could be changed.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].text.en
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:00Z
    ///     type: trigger
    ///     text: {en: A wrong server was restarted by mistake., pt-BR: O servidor vizinho foi reiniciado.}
    /// ```
    /// > "by mistake" blames; tell what made the action seem right
    /// > "by mistake" atribui culpa; conte o que fez a ação parecer certa
    ///
    /// ```yaml summary.pt-BR
    /// summary: {en: Orders did not advance., pt-BR: "Por falta de atenção, os pedidos não avançaram."}
    /// ```
    /// > "falta de atenção" blames; tell what made the action seem right
    /// > "falta de atenção" atribui culpa; conte o que fez a ação parecer certa
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:00Z
    ///     type: trigger
    ///     text: {en: "Both parts had the same label. The log said \"human error\", and the server failed to start.", pt-BR: "As duas partes tinham a mesma etiqueta. O log dizia \"erro humano\", e o servidor não subiu."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Say what those who acted saw and knew, and which condition let a slip become an incident.
    ///
    /// # Palavras que atribuem culpa
    ///
    /// Título, resumo, causas, lições e linha do tempo não trazem palavras que atribuem culpa: erro humano, por engano,
    /// descuido, falta de rigor; nem pessoas que deixaram de fazer ou deveriam ter percebido algo. Citações e código não
    /// são examinados.
    ///
    /// ## Por quê
    ///
    /// A culpa encerra a busca pelas causas e encurta o próximo relato. O postmortem da VTEX fala duas vezes em falta de
    /// rigor; o do Allegro, em um servidor reiniciado por engano. O que dá para mudar é aquilo que fez a ação parecer certa.
    ///
    /// ## Correção
    ///
    /// Conte o que via e sabia quem agiu, e qual condição deixou um deslize virar incidente.
    "blaming-words": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let signs = out.signs(case);
    for (judged, sign) in signs.of(case, List::Blaming, |_, field| is_narrative(field)) {
        let sentence = sentence! { text = sign.phrase.as_str() =>
            "\"{text}\" blames; tell what made the action seem right",
            "\"{text}\" atribui culpa; conte o que fez a ação parecer certa"
        };
        let finding = out.find(judged, sign.field.clone(), sentence);
        at(finding, &sign.phrase);
        finding.help = words! {
            "say what those who acted saw and knew, and which condition let it become an incident",
            "conte o que via e sabia quem agiu, e qual condição deixou isso virar incidente"
        };
    }
}
