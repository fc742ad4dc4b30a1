//! What the reader of YAML says, in Portuguese: it speaks English only.

/// The Portuguese of a problem as the parser words it, `'` written as `` ` ``; `None` for what it says of rarities.
pub(super) fn portuguese(problem: &str) -> Option<&'static str> {
    let found = WORDS.iter().find(|(english, _)| problem == *english);
    found.map(|(_, portuguese)| *portuguese).or_else(|| {
        problem.starts_with("unexpected character").then_some("há um caractere que não pode ficar aqui")
    })
}

const WORDS: &[(&str, &str)] = &[
    ("simple key expected", "era esperada uma chave em uma só linha"),
    ("simple key expect `:`", "falta `:` depois da chave"),
    ("mapping values are not allowed in this context", "não pode haver outro `: ` neste ponto"),
    ("mapping keys are not allowed in this context", "não pode haver uma chave neste ponto"),
    ("block sequence entries are not allowed in this context", "não pode haver um item `- ` neste ponto"),
    ("illegal placement of `:` indicator", "há um `:` fora de lugar"),
    ("`:` must be followed by a valid YAML whitespace", "depois de `:` vem um espaço"),
    ("`-` must be followed by a valid YAML whitespace", "depois de `-` vem um espaço"),
    (
        "while parsing a block mapping, did not find expected key",
        "em um mapeamento, era esperada uma chave alinhada com as outras",
    ),
    (
        "while parsing a block collection, did not find expected `-` indicator",
        "em uma lista, era esperado um item `- ` alinhado com os outros",
    ),
    (
        "while parsing a flow mapping, did not find expected `,` or `}`",
        "em um mapeamento entre chaves, falta `,` ou `}`",
    ),
    ("while parsing a flow sequence, expected `,` or `]`", "em uma lista entre colchetes, falta `,` ou `]`"),
    ("misplaced bracket", "há um colchete ou uma chave fora de lugar"),
    ("while parsing a node, did not find expected node content", "falta um valor"),
    ("while parsing node, found unknown anchor", "o alias não tem âncora antes dele"),
    ("while parsing anchor, found duplicated anchor", "a âncora aparece duas vezes"),
    (
        "while scanning an anchor or alias, did not find expected alphabetic or numeric character",
        "depois de `&` ou `*` vem um nome; um texto que começa assim precisa de aspas",
    ),
    ("while scanning a quoted scalar, found unexpected end of stream", "as aspas não foram fechadas"),
    (
        "while scanning a quoted scalar, found unexpected document indicator",
        "as aspas não foram fechadas antes do fim do documento",
    ),
    ("invalid trailing content after double-quoted scalar", "sobra texto depois de fechadas as aspas"),
    (
        "while parsing a quoted scalar, found unknown escape character",
        "entre aspas, `\\` não vale com esse caractere",
    ),
    (
        "while parsing a quoted scalar, did not find expected hexadecimal number",
        "entre aspas, falta o número hexadecimal depois de `\\`",
    ),
    ("invalid indentation", "a indentação não está certa"),
    ("invalid indentation in quoted scalar", "o texto entre aspas não está indentado"),
    ("invalid indentation in flow construct", "o que está entre colchetes ou chaves não está indentado"),
    (
        "wrongly indented line in block scalar",
        "uma linha do bloco de texto não está indentada como as outras",
    ),
    ("tabs disallowed within this context (block indentation)", "há uma tabulação na indentação"),
    ("tabs disallowed in this context", "não pode haver tabulação aqui"),
    ("tab cannot be used as indentation", "não se indenta com tabulação"),
    ("while scanning a plain scalar, found a tab", "há uma tabulação no texto"),
    ("a block scalar content cannot start with a tab", "um bloco de texto não pode começar com tabulação"),
    ("unexpected end of plain scalar", "o texto acaba antes do esperado"),
    ("unexpected eof", "o arquivo acaba antes do esperado"),
    ("found unprintable character", "há um caractere de controle"),
    ("expected whitespace", "era esperado um espaço"),
    ("comment intercepting the multiline text", "há um comentário no meio de um texto de várias linhas"),
    ("invalid content after document end marker", "sobra texto depois do fim do documento"),
    ("did not find expected <document start>", "sobra texto depois do fim do documento"),
    ("did not find expected <document-start>", "sobra texto depois do fim do documento"),
    (
        "a byte order mark must not appear inside a document",
        "há uma marca de ordem de bytes no meio do documento",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{format::glossary, model::FaultKind, rules::examples::under};

    #[test]
    fn the_common_slips_are_told_in_portuguese() {
        let settings = crate::format::defaults::settings();
        for text in [
            "a: [1\nb: 2\n",
            "a: {b: 1\nc: 2\n",
            "a: \"x\n",
            "a: 'x\n",
            "a: b: c\n",
            "a\nb: 1\n",
            "a:\n\t- x\n",
            "- a\nb: 1\n",
            "a: *b\n",
            "a: @x\n",
            "a: \"\\q\"\n",
            "a: \"x\" y\n",
            "a: ]\n",
            "a:\n  b: 1\n c: 2\n",
        ] {
            let (_, faults) = glossary(text, "glossary.yaml", &settings);
            let problems = faults.iter().filter_map(|fault| match &fault.kind {
                FaultKind::Syntax { problem } => Some(problem.as_str()),
                _ => None,
            });
            let problems: Vec<&str> = problems.collect();
            assert!(!problems.is_empty(), "{text:?} is sound");
            for problem in problems {
                assert!(portuguese(problem).is_some(), "{text:?}: {problem}");
            }
        }
    }

    #[test]
    fn the_sentence_is_whole_in_each_language() {
        let found = under("relato: 1\n", "title: [unclosed\n");
        let invalid = found.iter().find(|it| it.rule == "yaml-invalid").unwrap();
        assert!(invalid.message.en.contains("flow sequence"), "{}", invalid.message.en);
        assert_eq!(invalid.message.pt, "isto não é YAML: em uma lista entre colchetes, falta `,` ou `]`");
    }
}
