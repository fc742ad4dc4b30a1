//! Words that negate, and words that make a statement more or less certain or whole.

use super::vocabulary::Tone;

/// One shade of certainty or extent and how each language names it, in the words that findings quote.
pub(super) const HEDGES: &[(&str, &str)] = &[
    ("apparently", "aparentemente"),
    ("almost", "quase"),
    ("directly", "diretamente"),
    ("automatically", "automaticamente"),
    ("certainly", "certamente"),
    ("probably", "provavelmente"),
    ("perhaps", "talvez"),
    ("partly", "parcialmente"),
    ("completely", "completamente"),
    ("usually", "normalmente"),
    ("always", "sempre"),
];

/// English words.
#[rustfmt::skip]
pub(super) const ENGLISH: &[(&str, Tone)] = {
    use Tone::*;
    &[
        ("not", Not), ("no", Not), ("non", MayNot), ("never", Not), ("none", Not), ("nobody", Not), ("nothing", Not),
        ("without", Not), ("cannot", Not), ("neither", Not),
        ("don't", Not), ("doesn't", Not), ("didn't", Not), ("isn't", Not), ("aren't", Not), ("wasn't", Not),
        ("weren't", Not), ("won't", Not), ("can't", Not), ("couldn't", Not), ("shouldn't", Not), ("wouldn't", Not),
        ("hasn't", Not), ("haven't", Not), ("hadn't", Not), ("mustn't", Not),
        ("prevent", MayNot), ("prevents", MayNot), ("prevented", MayNot), ("preventing", MayNot),
        ("unless", MayNot), ("only", MayNot), ("fail", MayNot), ("fails", MayNot), ("failed", MayNot),
        ("failing", MayNot), ("unable", MayNot), ("unavailable", MayNot), ("incorrect", MayNot), ("invalid", MayNot),
        ("incomplete", MayNot), ("insufficient", MayNot), ("absent", MayNot), ("impossible", MayNot), ("unknown", MayNot), ("unaware", MayNot),
        ("stop", MayNot), ("stops", MayNot), ("stopped", MayNot), ("hardly", MayNot), ("instead", MayNot),
        ("unaffected", MayNot), ("unnoticed", MayNot), ("missing", MayNot), ("missed", MayNot), ("refused", MayNot),
        ("apparently", Hedge(0)), ("seemingly", Hedge(0)),
        ("almost", Hedge(1)), ("nearly", Hedge(1)),
        ("directly", Hedge(2)),
        ("automatically", Hedge(3)),
        ("certainly", Hedge(4)), ("surely", Hedge(4)), ("definitely", Hedge(4)),
        ("probably", Hedge(5)), ("likely", Hedge(5)),
        ("perhaps", Hedge(6)), ("maybe", Hedge(6)), ("possibly", Hedge(6)),
        ("partly", Hedge(7)), ("partially", Hedge(7)),
        ("completely", Hedge(8)), ("entirely", Hedge(8)), ("totally", Hedge(8)), ("fully", Hedge(8)),
        ("usually", Hedge(9)), ("normally", Hedge(9)), ("generally", Hedge(9)), ("typically", Hedge(9)),
        ("regularly", Hedge(9)),
        ("always", Hedge(10)),
        ("the", Common), ("and", Common), ("of", Common), ("was", Common), ("were", Common), ("is", Common),
        ("are", Common), ("with", Common), ("which", Common), ("from", Common), ("this", Common), ("these", Common),
        ("after", Common), ("have", Common), ("been", Common), ("that", Common), ("their", Common), ("by", Common),
    ]
};

/// Portuguese words. `nem` is left out: after `não` it is an English `or`.
#[rustfmt::skip]
pub(super) const PORTUGUESE: &[(&str, Tone)] = {
    use Tone::*;
    &[
        ("não", Not), ("sem", Not), ("nunca", Not), ("jamais", Not),
        ("nenhum", NotAgain), ("nenhuma", NotAgain), ("ninguém", NotAgain), ("nada", NotAgain),
        ("impedir", MayNot), ("impediu", MayNot), ("impedem", MayNot), ("só", MayNot), ("somente", MayNot),
        ("apenas", MayNot), ("falhar", MayNot), ("falha", MayNot), ("falharam", MayNot), ("falhou", MayNot),
        ("deixou", MayNot), ("deixaram", MayNot), ("deixar", MayNot), ("parou", MayNot), ("pararam", MayNot),
        ("parar", MayNot), ("inexistente", MayNot), ("inexistentes", MayNot), ("indisponível", MayNot), ("indisponíveis", MayNot),
        ("incorreto", MayNot), ("incorreta", MayNot), ("inválido", MayNot), ("inválida", MayNot),
        ("incompleto", MayNot), ("incompleta", MayNot), ("inacessível", MayNot), ("insuficiente", MayNot),
        ("ausente", MayNot), ("incapaz", MayNot), ("impossível", MayNot), ("desconhecido", MayNot),
        ("desconhecida", MayNot), ("desconhecidos", MayNot), ("desconhecidas", MayNot), ("despercebido", MayNot), ("despercebida", MayNot), ("recusou", MayNot),
        ("recusaram", MayNot), ("vez", MayNot), ("único", MayNot), ("única", MayNot),
        ("aparentemente", Hedge(0)),
        ("quase", Hedge(1)),
        ("diretamente", Hedge(2)),
        ("automaticamente", Hedge(3)),
        ("certamente", Hedge(4)), ("seguramente", Hedge(4)),
        ("provavelmente", Hedge(5)), ("provável", Hedge(5)),
        ("talvez", Hedge(6)), ("possivelmente", Hedge(6)),
        ("parcialmente", Hedge(7)),
        ("completamente", Hedge(8)), ("totalmente", Hedge(8)), ("inteiramente", Hedge(8)), ("plenamente", Hedge(8)),
        ("normalmente", Hedge(9)), ("geralmente", Hedge(9)), ("usualmente", Hedge(9)),
        ("regularmente", Hedge(9)),
        ("sempre", Hedge(10)),
        ("os", Common), ("que", Common), ("uma", Common), ("das", Common), ("dos", Common), ("foi", Common),
        ("foram", Common), ("com", Common), ("ao", Common), ("pela", Common), ("pelo", Common), ("são", Common),
        ("está", Common), ("após", Common), ("essa", Common), ("esse", Common), ("da", Common), ("de", Common),
        ("para", Common), ("em", Common),
    ]
};
