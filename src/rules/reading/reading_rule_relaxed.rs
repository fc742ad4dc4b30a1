//! `reading-rule-relaxed`: settings that would let what is not read pass.

use crate::{
    locate::Field,
    rules::{
        Case, LISTED,
        rule::rule,
        sentence::{sentence, words},
        sink::{Sink, relaxes},
    },
};

rule! {
    /// # Rule about reading lowered
    ///
    /// The level of a rule about files as written (the group `reading`) cannot be lowered or switched off in
    /// `relato.yaml`. It keeps its own.
    ///
    /// ## Why
    ///
    /// What cannot be read is judged by no other rule and counted in no number. A workspace that switches `yaml-invalid`
    /// off is green because it is blind.
    ///
    /// ## Fires
    ///
    /// ```yaml rules.severity.yaml-invalid whole file=relato.yaml
    /// relato: 1
    /// rules: {severity: {yaml-invalid: off}}
    /// ```
    /// > the level of `yaml-invalid` cannot be lowered
    /// > o nível de `yaml-invalid` não pode ser reduzido
    ///
    /// ## Silent
    ///
    /// ```yaml whole file=relato.yaml
    /// relato: 1
    /// rules: {severity: {action-overdue: warning, yaml-invalid: error}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Remove the line, and mend the files. Keys of your own may begin with `x-`.
    ///
    /// # Regra de leitura afrouxada
    ///
    /// O nível de uma regra sobre a escrita dos arquivos (o grupo `reading`) não pode ser reduzido em `relato.yaml`, nem a
    /// regra desligada. Ela mantém o seu nível.
    ///
    /// ## Por quê
    ///
    /// O que não é lido não é julgado por nenhuma outra regra nem entra em nenhum número. Um workspace que desliga
    /// `yaml-invalid` está verde porque está cego.
    ///
    /// ## Correção
    ///
    /// Remova a linha e corrija os arquivos. Chaves próprias podem começar com `x-`.
    "reading-rule-relaxed": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.settings_file else { return };
    for (name, level) in &case.settings.levels {
        let listed = LISTED.iter().find(|(_, rule)| rule.name == name);
        if listed.is_some_and(|(group, rule)| relaxes(*group, rule, *level)) {
            let sentence = sentence! { rule = name.as_str() =>
                "the level of `{rule}` cannot be lowered",
                "o nível de `{rule}` não pode ser reduzido"
            };
            let field = Field::of("rules").key("severity").key(name.as_str());
            out.find_file(file, field, sentence).help = words! {
                "remove this line: what is not read is judged by no other rule",
                "remova esta linha: o que não é lido não é julgado por nenhuma outra regra"
            };
        }
    }
}
