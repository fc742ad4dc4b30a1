//! The words that carry numbers, times and lengths in each language, and those that colour a sentence.

use std::sync::LazyLock;

use super::Tongue;

/// What a word can mean for a number, a time or a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `two` to `nineteen`.
    Small(u8),
    /// `one`, `um`, `uma`: a number, a pronoun or an article.
    One,
    /// `a`, `an`.
    Article,
    /// `zero`: a number, or a manner of speaking (`do zero`).
    Zero,
    /// `twenty` to `ninety`.
    Tens(u8),
    /// `cem`, `cento`, `duzentos` …
    Hundreds(u16),
    /// `hundred`, which multiplies.
    Hundred,
    /// `thousand`, `mil`, `million` …: a power of ten.
    Scale(u8),
    /// `first`, `segunda`: seldom a number that must be kept.
    Ordinal(u8),
    /// `segunda`: the second, or Monday.
    OrdinalOrWeekday(u8, u8),
    /// A unit.
    Unit(Unit),
    /// `second`: of a minute, or after the first.
    SecondOrOrdinal,
    /// `half`, `meio`, `meia`.
    Half,
    /// `metade`, `halve`.
    TheHalf,
    /// `twice`, `dobro`.
    Twice,
    /// `double`, `both`, `ambos`: two, in other words.
    Double,
    /// A month by its name, from 1.
    Month(u8),
    /// A month beside a number alone: `may`, `set`.
    MonthBesideNumber(u8),
    /// A day of the week, Monday is 1.
    Weekday(u8),
    /// `noon` is 12, `midnight` 0.
    Hour(u8),
    /// `am`: false, `pm`: true.
    Half12(bool),
    /// `manhã`: false, `tarde`: true.
    DayPart(bool),
    /// `às`: a clock time follows.
    At,
    /// Between the two ends of a range, or the two parts of a length.
    Join(Joint),
    /// `percent`; `cent` and `cento` after `per` and `por` are one as well.
    Percent,
    /// `per`, `por`.
    Per,
    /// `cent`.
    Cent,
    /// Stands between a number and its unit: `business`.
    Filler,
    /// A zone's abbreviation, in capitals: minutes east of UTC.
    Zone(i16),
    /// `Brasília`: UTC−3, or UTC−2 while summer time was kept.
    Brasilia,
    /// `of`, `de`, `da`.
    Of,
    /// What a half is taken of: `the`, `its`.
    The,
}

/// What joins two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `and`, `e`.
    And,
    /// `to`, `or`, `until`.
    Range,
}

/// A unit and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) base: Base,
    /// How many of the base it is, in this power of ten …
    pub(super) power: i8,
    /// … times this.
    pub(super) factor: u32,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Base {
    Seconds,
    Months,
    Bytes,
}

/// How a word colours what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It negates.
    Not,
    /// It negates where nothing before it in the sentence does: `não houve nenhuma` negates once.
    NotAgain,
    /// It may stand for a negation of the other language: `prevent` for `para não`, `só` for `not … until`.
    MayNot,
    /// It is certain or uncertain, whole or partial: an index into [`super::tone::HEDGES`].
    Hedge(u8),
    /// A word that no other language uses: for telling which language a text is in.
    Common,
}

const fn unit(base: Base, factor: u32, power: i8) -> Meaning {
    Meaning::Unit(Unit { base, power, factor })
}

pub(super) const ONE_SECOND: Unit = Unit { base: Base::Seconds, power: 0, factor: 1 };
const SECOND: Meaning = Meaning::Unit(ONE_SECOND);
const MILLISECOND: Meaning = unit(Base::Seconds, 1, -3);
const MINUTE: Meaning = unit(Base::Seconds, 60, 0);
pub(super) const HOUR: Meaning = unit(Base::Seconds, 3600, 0);
const DAY: Meaning = unit(Base::Seconds, 86_400, 0);
const WEEK: Meaning = unit(Base::Seconds, 604_800, 0);
const MONTH: Meaning = unit(Base::Months, 1, 0);
const QUARTER: Meaning = unit(Base::Months, 3, 0);
const YEAR: Meaning = unit(Base::Months, 12, 0);
const KILOBYTE: Meaning = unit(Base::Bytes, 1, 3);
const MEGABYTE: Meaning = unit(Base::Bytes, 1, 6);
const GIGABYTE: Meaning = unit(Base::Bytes, 1, 9);
const TERABYTE: Meaning = unit(Base::Bytes, 1, 12);

#[rustfmt::skip]
const ENGLISH: &[(&str, Meaning)] = {
    use Meaning::*;
    &[
        ("one", One), ("a", Article), ("an", Article), ("zero", Zero),
        ("two", Small(2)), ("three", Small(3)), ("four", Small(4)), ("five", Small(5)), ("six", Small(6)),
        ("seven", Small(7)), ("eight", Small(8)), ("nine", Small(9)), ("ten", Small(10)), ("eleven", Small(11)),
        ("twelve", Small(12)), ("thirteen", Small(13)), ("fourteen", Small(14)), ("fifteen", Small(15)),
        ("sixteen", Small(16)), ("seventeen", Small(17)), ("eighteen", Small(18)), ("nineteen", Small(19)),
        ("twenty", Tens(20)), ("thirty", Tens(30)), ("forty", Tens(40)), ("fifty", Tens(50)), ("sixty", Tens(60)),
        ("seventy", Tens(70)), ("eighty", Tens(80)), ("ninety", Tens(90)),
        ("hundred", Hundred), ("thousand", Scale(3)), ("million", Scale(6)), ("billion", Scale(9)),
        ("first", Ordinal(1)), ("second", SecondOrOrdinal),
        ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)), ("sixth", Ordinal(6)),
        ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)), ("tenth", Ordinal(10)),
        ("half", Half), ("halve", TheHalf), ("halved", TheHalf), ("halves", TheHalf), ("halving", TheHalf),
        ("twice", Twice), ("double", Double), ("doubled", Double), ("doubles", Double), ("doubling", Double),
        ("both", Double),
        ("seconds", SECOND), ("sec", SECOND), ("secs", SECOND), ("s", SECOND), ("ms", MILLISECOND),
        ("millisecond", MILLISECOND), ("milliseconds", MILLISECOND),
        ("minute", MINUTE), ("minutes", MINUTE), ("min", MINUTE), ("mins", MINUTE), ("m", MINUTE),
        ("hour", HOUR), ("hours", HOUR), ("hr", HOUR), ("hrs", HOUR), ("h", HOUR),
        ("day", DAY), ("days", DAY), ("d", DAY), ("week", WEEK), ("weeks", WEEK), ("w", WEEK),
        ("month", MONTH), ("months", MONTH), ("quarters", QUARTER), ("year", YEAR), ("years", YEAR), ("yr", YEAR),
        ("kb", KILOBYTE), ("kib", KILOBYTE), ("mb", MEGABYTE), ("mib", MEGABYTE), ("gb", GIGABYTE),
        ("gib", GIGABYTE), ("tb", TERABYTE), ("tib", TERABYTE),
        ("january", Month(1)), ("february", Month(2)), ("april", Month(4)), ("june", Month(6)), ("july", Month(7)),
        ("august", Month(8)), ("september", Month(9)), ("october", Month(10)), ("november", Month(11)),
        ("december", Month(12)), ("may", MonthBesideNumber(5)), ("march", MonthBesideNumber(3)),
        ("jan", MonthBesideNumber(1)), ("feb", MonthBesideNumber(2)), ("mar", MonthBesideNumber(3)),
        ("apr", MonthBesideNumber(4)), ("jun", MonthBesideNumber(6)), ("jul", MonthBesideNumber(7)),
        ("aug", MonthBesideNumber(8)), ("sep", MonthBesideNumber(9)), ("sept", MonthBesideNumber(9)),
        ("oct", MonthBesideNumber(10)), ("nov", MonthBesideNumber(11)), ("dec", MonthBesideNumber(12)),
        ("monday", Weekday(1)), ("tuesday", Weekday(2)), ("wednesday", Weekday(3)), ("thursday", Weekday(4)),
        ("friday", Weekday(5)), ("saturday", Weekday(6)), ("sunday", Weekday(7)),
        ("noon", Hour(12)), ("midday", Hour(12)), ("midnight", Hour(0)),
        ("am", Half12(false)), ("pm", Half12(true)), ("at", At),
        ("and", Join(Joint::And)), ("to", Join(Joint::Range)), ("or", Join(Joint::Range)),
        ("until", Join(Joint::Range)), ("till", Join(Joint::Range)), ("through", Join(Joint::Range)),
        ("percent", Percent), ("per", Per), ("cent", Cent),
        ("business", Filler), ("working", Filler), ("calendar", Filler), ("more", Filler), ("full", Filler),
        ("whole", Filler), ("consecutive", Filler), ("further", Filler), ("other", Filler), ("additional", Filler),
        ("utc", Zone(0)), ("gmt", Zone(0)), ("z", Zone(0)), ("brt", Zone(-180)), ("brst", Zone(-120)),
        ("cet", Zone(60)), ("cest", Zone(120)), ("est", Zone(-300)), ("edt", Zone(-240)), ("cst", Zone(-360)),
        ("cdt", Zone(-300)), ("mst", Zone(-420)), ("mdt", Zone(-360)), ("pst", Zone(-480)), ("pdt", Zone(-420)),
        ("bst", Zone(60)), ("brasília", Brasilia), ("brasilia", Brasilia),
        ("of", Of), ("the", The), ("its", The), ("as", The), ("that", The), ("our", The), ("their", The),
    ]
};

#[rustfmt::skip]
const PORTUGUESE: &[(&str, Meaning)] = {
    use Meaning::*;
    &[
        ("um", One), ("uma", One), ("zero", Zero),
        ("dois", Small(2)), ("duas", Small(2)), ("três", Small(3)), ("tres", Small(3)), ("quatro", Small(4)),
        ("cinco", Small(5)), ("seis", Small(6)), ("sete", Small(7)), ("oito", Small(8)), ("nove", Small(9)),
        ("dez", Small(10)), ("onze", Small(11)), ("doze", Small(12)), ("treze", Small(13)), ("quatorze", Small(14)),
        ("catorze", Small(14)), ("quinze", Small(15)), ("dezesseis", Small(16)), ("dezessete", Small(17)),
        ("dezoito", Small(18)), ("dezenove", Small(19)),
        ("vinte", Tens(20)), ("trinta", Tens(30)), ("quarenta", Tens(40)), ("cinquenta", Tens(50)),
        ("sessenta", Tens(60)), ("setenta", Tens(70)), ("oitenta", Tens(80)), ("noventa", Tens(90)),
        ("cem", Hundreds(100)), ("cento", Hundreds(100)), ("duzentos", Hundreds(200)), ("duzentas", Hundreds(200)),
        ("trezentos", Hundreds(300)), ("trezentas", Hundreds(300)), ("quatrocentos", Hundreds(400)),
        ("quatrocentas", Hundreds(400)), ("quinhentos", Hundreds(500)), ("quinhentas", Hundreds(500)),
        ("seiscentos", Hundreds(600)), ("seiscentas", Hundreds(600)), ("setecentos", Hundreds(700)),
        ("setecentas", Hundreds(700)), ("oitocentos", Hundreds(800)), ("oitocentas", Hundreds(800)),
        ("novecentos", Hundreds(900)), ("novecentas", Hundreds(900)),
        ("mil", Scale(3)), ("milhão", Scale(6)), ("milhões", Scale(6)), ("bilhão", Scale(9)), ("bilhões", Scale(9)),
        ("primeiro", Ordinal(1)), ("primeira", Ordinal(1)), ("primeiros", Ordinal(1)), ("primeiras", Ordinal(1)),
        ("segundo", SecondOrOrdinal),
        ("segunda", OrdinalOrWeekday(2, 1)), ("terceiro", Ordinal(3)), ("terceira", Ordinal(3)),
        ("terça", OrdinalOrWeekday(3, 2)), ("quarto", Ordinal(4)), ("quarta", OrdinalOrWeekday(4, 3)),
        ("quinto", Ordinal(5)), ("quinta", OrdinalOrWeekday(5, 4)), ("sexto", Ordinal(6)),
        ("sexta", OrdinalOrWeekday(6, 5)), ("sétimo", Ordinal(7)), ("sétima", Ordinal(7)), ("oitavo", Ordinal(8)),
        ("oitava", Ordinal(8)), ("nono", Ordinal(9)), ("nona", Ordinal(9)), ("décimo", Ordinal(10)),
        ("décima", Ordinal(10)),
        ("meio", Half), ("meia", Half), ("metade", TheHalf), ("dobro", Twice), ("ambos", Double),
        ("ambas", Double), ("duplo", Double), ("dupla", Double), ("dobrar", Double), ("dobrou", Double),
        ("duplicar", Double), ("duplicou", Double),
        ("segundos", SECOND), ("s", SECOND), ("seg", SECOND), ("ms", MILLISECOND), ("milissegundo", MILLISECOND),
        ("milissegundos", MILLISECOND), ("minuto", MINUTE), ("minutos", MINUTE), ("min", MINUTE), ("mins", MINUTE),
        ("m", MINUTE), ("hora", HOUR), ("horas", HOUR), ("h", HOUR), ("hs", HOUR), ("hrs", HOUR),
        ("dia", DAY), ("dias", DAY), ("d", DAY), ("semana", WEEK), ("semanas", WEEK),
        ("mês", MONTH), ("meses", MONTH), ("trimestres", QUARTER), ("ano", YEAR), ("anos", YEAR),
        ("kb", KILOBYTE), ("kib", KILOBYTE), ("mb", MEGABYTE), ("mib", MEGABYTE), ("gb", GIGABYTE),
        ("gib", GIGABYTE), ("tb", TERABYTE), ("tib", TERABYTE),
        ("janeiro", Month(1)), ("fevereiro", Month(2)), ("março", Month(3)), ("abril", Month(4)), ("maio", Month(5)),
        ("junho", Month(6)), ("julho", Month(7)), ("agosto", Month(8)), ("setembro", Month(9)),
        ("outubro", Month(10)), ("novembro", Month(11)), ("dezembro", Month(12)),
        ("jan", MonthBesideNumber(1)), ("fev", MonthBesideNumber(2)), ("mar", MonthBesideNumber(3)),
        ("abr", MonthBesideNumber(4)), ("mai", MonthBesideNumber(5)), ("jun", MonthBesideNumber(6)),
        ("jul", MonthBesideNumber(7)), ("ago", MonthBesideNumber(8)), ("set", MonthBesideNumber(9)),
        ("out", MonthBesideNumber(10)), ("nov", MonthBesideNumber(11)),
        ("sábado", Weekday(6)), ("domingo", Weekday(7)),
        ("manhã", DayPart(false)), ("madrugada", DayPart(false)), ("tarde", DayPart(true)), ("noite", DayPart(true)),
        ("às", At), ("pelas", At),
        ("e", Join(Joint::And)), ("a", Join(Joint::Range)), ("ou", Join(Joint::Range)), ("até", Join(Joint::Range)),
        ("porcento", Percent), ("por", Per), ("outros", Filler), ("outras", Filler), ("mais", Filler),
        ("utc", Zone(0)), ("gmt", Zone(0)), ("z", Zone(0)), ("brt", Zone(-180)), ("brst", Zone(-120)),
        ("cet", Zone(60)), ("cest", Zone(120)), ("est", Zone(-300)), ("edt", Zone(-240)), ("cst", Zone(-360)),
        ("cdt", Zone(-300)), ("mst", Zone(-420)), ("mdt", Zone(-360)), ("pst", Zone(-480)), ("pdt", Zone(-420)),
        ("bst", Zone(60)), ("brasília", Brasilia), ("brasilia", Brasilia),
        ("de", Of), ("da", Of), ("do", Of), ("das", Of), ("dos", Of),
    ]
};

/// The words of one language.
pub(super) struct Vocabulary {
    /// The words, each in the first free slot from its own on; more than half of the slots are free.
    slots: Vec<Entry>,
    /// For each first byte, the lengths that occur: most words are told apart without a look at the list …
    lengths: [u32; 256],
    /// … and most others by one bit, which some word of the list shares.
    marks: [u64; MARKS],
}

/// A word and what it means.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// Its bytes; 0 in a free slot.
    word: u128,
    meaning: Option<Meaning>,
    tone: Option<Tone>,
}

/// The longest word that is known, in bytes.
const LONGEST: usize = 16;
/// How many slots there are, as a power of two.
const SLOTS: u32 = 11;
/// How many words of bits tell at a glance that a word is not known.
const MARKS: usize = 256;

/// The bit of a word's length.
fn bit(word: &[u8]) -> u32 {
    1 << word.len().min(31)
}

/// A word of at most [`LONGEST`] bytes as one number, in small letters; `None` for one that is longer, or has letters
/// beyond ASCII and the first accented ones (`À` to `ÿ`), whose small forms are as long.
fn packed(word: &[u8]) -> Option<u128> {
    const ACCENTED: u8 = 0xc3;
    let mut small = [0; LONGEST];
    if word.len() > LONGEST {
        return None;
    }
    let mut last = 0;
    for (to, byte) in small.iter_mut().zip(word) {
        *to = match byte {
            b'A'..=b'Z' => byte | 0x20,
            0..=0x7f | &ACCENTED => *byte,
            // À to Þ
            0x80..=0x9e if last == ACCENTED => byte | 0x20,
            _ if last == ACCENTED => *byte,
            _ => return None,
        };
        last = *byte;
    }
    Some(u128::from_le_bytes(small))
}

/// A word's bits, well mixed from the top on.
fn mixed(word: u128) -> u64 {
    let [low, high] = [word as u64, (word >> 64) as u64];
    (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Where a word is looked for first.
fn slot(word: u128) -> usize {
    usize::try_from(mixed(word) >> (u64::BITS - SLOTS)).unwrap_or(0)
}

/// Where a word is marked: which of the [`MARKS`], and its bit there.
fn mark(word: u128) -> (usize, u64) {
    let bits = mixed(word) >> (u64::BITS - MARKS.trailing_zeros() - u64::BITS.trailing_zeros());
    (usize::try_from(bits / 64).unwrap_or(0), 1 << (bits % 64))
}

impl Vocabulary {
    pub(super) fn of(tongue: Tongue) -> &'static Self {
        static ENGLISH_WORDS: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::new(ENGLISH, super::tone::ENGLISH));
        static PORTUGUESE_WORDS: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::new(PORTUGUESE, super::tone::PORTUGUESE));
        match tongue {
            Tongue::English => &ENGLISH_WORDS,
            Tongue::Portuguese => &PORTUGUESE_WORDS,
        }
    }

    fn new(meanings: &[(&str, Meaning)], tones: &[(&str, Tone)]) -> Self {
        let mut new =
            Self { slots: vec![Entry::default(); 1 << SLOTS], lengths: [0; 256], marks: [0; MARKS] };
        for (word, meaning) in meanings {
            new.set(word, |entry| entry.meaning = Some(*meaning));
        }
        for (word, tone) in tones {
            new.set(word, |entry| entry.tone = Some(*tone));
        }
        new
    }

    fn set(&mut self, word: &str, set: impl Fn(&mut Entry)) {
        let word = word.as_bytes();
        let first = usize::from(word.first().copied().unwrap_or(0));
        let (Some(packed), Some(lengths)) = (packed(word), self.lengths.get_mut(first)) else { return };
        *lengths |= bit(word);
        let (at, mark) = mark(packed);
        let Some(marks) = self.marks.get_mut(at) else { return };
        *marks |= mark;
        let (before, from) = self.slots.split_at_mut(slot(packed));
        let mut slots = from.iter_mut().chain(before);
        if let Some(entry) = slots.find(|entry| entry.word == packed || entry.word == 0) {
            entry.word = packed;
            set(entry);
        }
    }

    fn get(&self, word: u128) -> Option<&Entry> {
        let (at, mark) = mark(word);
        if self.marks.get(at)? & mark == 0 {
            return None;
        }
        let (before, from) = self.slots.split_at_checked(slot(word))?;
        let mut slots = from.iter().chain(before);
        slots.find(|entry| entry.word == word || entry.word == 0).filter(|entry| entry.word == word)
    }

    /// What a word means, in any case of its letters. `lower` is a buffer.
    pub(super) fn meaning(&self, word: &str, lower: &mut String) -> (Option<Meaning>, Option<Tone>) {
        // `Friday's`
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let mut bytes = word.as_bytes();
        // only a letter outside Latin, and a curly apostrophe, make the small word of another length
        if bytes.iter().any(|byte| *byte > 0xc3) {
            lower.clear();
            // the longest word of the lists has fewer letters
            let letters = word.chars().take(32).flat_map(char::to_lowercase);
            lower.extend(letters.map(|c| if c == '’' { '\'' } else { c }));
            bytes = lower.as_bytes();
        }
        let first = bytes.first().map_or(0, u8::to_ascii_lowercase);
        let lengths = self.lengths.get(usize::from(first)).copied().unwrap_or(0);
        if lengths & bit(bytes) == 0 {
            return (None, None);
        }
        let found = packed(bytes).and_then(|word| self.get(word));
        found.map_or((None, None), |entry| (entry.meaning, entry.tone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lists_is_known_in_any_case() {
        let mut lower = String::new();
        for (tongue, meanings, tones) in [
            (Tongue::English, ENGLISH, super::super::tone::ENGLISH),
            (Tongue::Portuguese, PORTUGUESE, super::super::tone::PORTUGUESE),
        ] {
            let words = Vocabulary::of(tongue);
            assert!(words.slots.iter().filter(|entry| entry.word != 0).count() * 2 < words.slots.len());
            for (word, meaning) in meanings {
                assert_eq!(words.meaning(&word.to_uppercase(), &mut lower).0, Some(*meaning), "{word}");
            }
            for (word, tone) in tones {
                assert_eq!(words.meaning(word, &mut lower).1, Some(*tone), "{word}");
            }
            for word in ["", "x", "'s", "a_word_that_is_longer_than_any", "çãé"] {
                assert_eq!(words.meaning(word, &mut lower), (None, None), "{word}");
            }
        }
    }
}
