//! `trigger-as-root-cause`: what set it off is not why the system could not bear it.

use crate::{
    locate::Field,
    model::{CauseCategory, CauseRole},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Trigger given as the root cause
    ///
    /// Every cause of role `root` is a `change` or an `operation`: a deployment, a restart. A single root that is any other
    /// condition of the system keeps the rule silent.
    ///
    /// ## Why
    ///
    /// Productsup's report calls a deployment the root cause. Deployments will go on; what can be mended is a check that
    /// stopped short of the importer that had to read the data.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].role besides=change-without-verification besides=rollback-not-discussed
    /// causes:
    ///   - {id: c1, role: root, category: change, confidence: likely, impacts: [workflow]}
    /// ```
    /// > the cause `c1` is a trigger; nothing tells why the system could not bear it
    /// > a causa `c1` é um gatilho; nada diz por que o sistema não resistiu a ela
    ///
    /// ## Silent
    ///
    /// ```yaml besides=change-without-verification besides=rollback-not-discussed
    /// causes:
    ///   - {id: c1, role: trigger, category: change, confidence: likely, impacts: [workflow]}
    ///   - {id: c2, role: root, category: process, confidence: likely, impacts: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Give it `role: trigger`, and write as the root what let it do harm.
    ///
    /// # Gatilho dado como causa raiz
    ///
    /// Todas as causas de papel `root` são `change` ou `operation`: uma implantação, um reinício. Basta uma que seja outra
    /// condição do sistema para a regra silenciar.
    ///
    /// ## Por quê
    ///
    /// O relatório da Productsup chama uma implantação de causa raiz. Implantações continuarão a existir; o que se pode
    /// corrigir é uma verificação que terminava antes do importador que precisava ler os dados.
    ///
    /// ## Correção
    ///
    /// Dê a ela `role: trigger` e escreva como raiz o que permitiu o dano.
    "trigger-as-root-cause": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let causes = judged.incident.causes.iter().enumerate();
        let mut roots = causes.filter(|(_, cause)| cause.role == Some(CauseRole::Root)).peekable();
        let Some((i, first)) = roots.peek().copied() else { continue };
        let trigger = |it| matches!(it, Some(CauseCategory::Change | CauseCategory::Operation));
        if !roots.all(|(_, cause)| trigger(cause.category)) {
            continue;
        }
        let field = Field::of("causes").at(i);
        let sentence = sentence! { cause = called(&first.id, &field) =>
            "the cause `{cause}` is a trigger; nothing tells why the system could not bear it",
            "a causa `{cause}` é um gatilho; nada diz por que o sistema não resistiu a ela"
        };
        out.find(judged, field.key("role"), sentence).help = words! {
            "write `role: trigger`, and a cause of `role: root` for what let it do harm",
            "escreva `role: trigger` e uma causa com `role: root` para o que permitiu o dano"
        };
    }
}
