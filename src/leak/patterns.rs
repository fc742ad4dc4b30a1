//! The shapes of leaks: for each a pattern that finds candidates, and a check that tells which of them are leaks.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    ops::Range,
    sync::LazyLock,
};

use regex::{Regex, RegexSet};

use super::{Leak, LeakKind};
use crate::model::Redaction;

/// The most leaks that one text is told of: a reader mends the first ones and asks again.
const MOST: usize = 100;
/// The most globs of hosts, and the most tracker prefixes, that are read from the settings.
const MOST_OWN: usize = 500;
/// The longest glob or prefix.
const LONGEST_OWN: usize = 100;

type Check = fn(&str, &Range<usize>) -> bool;

/// One shape.
#[derive(Debug)]
struct Shape {
    kind: LeakKind,
    pattern: String,
    /// Whether a candidate, given with the whole text, is a leak.
    is_leak: Check,
}

/// Every shape, ready to look for.
#[derive(Debug)]
pub(super) struct Patterns {
    shapes: Vec<(LeakKind, Check, Regex)>,
    /// The same patterns as one: mostly none is in a text, and this is the fastest way to know.
    any: Option<Regex>,
    /// To learn in one pass which of them are.
    which: Option<RegexSet>,
}

/// Endings of the names of internal hosts. Lower case alone: a sentence that lacks the space after its full stop ends in
/// a capital.
const INTERNAL_HOST: &str = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:internal|localdomain|local|lan|corp|intranet|consul|home\.arpa|svc)";

/// Tokens that say by their first letters whose they are.
const TOKENS: &str = r"(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,}|glpat-[0-9A-Za-z_-]{16,}|xox[abeoprs]-[0-9A-Za-z-]{10,}|(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{10,}|sk-(?:ant|proj)-[0-9A-Za-z_-]{16,}|AIza[0-9A-Za-z_-]{30,}|npm_[0-9A-Za-z]{30,}|dop_v1_[0-9a-f]{40,}|SG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}|eyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*|-----BEGIN [A-Z ]*PRIVATE KEY|hooks\.slack\.com/services/[0-9A-Za-z/]+|[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@";

const KEY_AND_VALUE: &str = r#"(?i)(?:password|passwd|pwd|senha|secret|segredo|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|bearer)s?["']?(?: ?[=:] ?| )["']?[0-9A-Za-z+/_.!@#$%^&*~=-]{6,}"#;

const LINKS: &str = r"[a-z0-9-]+\.slack\.com/(?:archives|messages|files|team)/|app\.slack\.com/client|teams\.microsoft\.com/l/|discord(?:app)?\.com/channels/|chat\.google\.com/(?:room|u)/|mail\.google\.com/mail|[a-z0-9-]+\.atlassian\.net/(?:browse|wiki|jira)|[a-z0-9-]+\.pagerduty\.com/(?:incidents|alerts)|app\.datadoghq\.(?:com|eu)/|linear\.app/[a-z0-9-]+/issue|zoom\.us/j/[0-9]+|meet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}";

const PATHS: &str = r"/(?:home|Users)/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+|/(?:var|etc|opt|srv|mnt|root)/[A-Za-z0-9._-]+|/usr/(?:local|share|lib|bin)/[A-Za-z0-9._-]+|[A-Z]:\\[A-Za-z0-9._ -]+\\|\\\\[A-Za-z0-9._-]+\\[A-Za-z0-9._$-]+|(?:s3|gs)://[a-z0-9._-]+|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:";

fn shapes() -> Vec<Shape> {
    let shape = |kind, pattern: &str, is_leak| Shape { kind, pattern: pattern.to_owned(), is_leak };
    vec![
        shape(LeakKind::Secret, TOKENS, token),
        shape(LeakKind::Secret, KEY_AND_VALUE, key_and_value),
        shape(LeakKind::Mailbox, r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", mailbox),
        shape(LeakKind::Link, LINKS, |_, _| true),
        shape(LeakKind::Host, INTERNAL_HOST, internal_host),
        shape(LeakKind::Address, r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", ipv4),
        shape(
            LeakKind::Address,
            r"(?:[23][0-9a-fA-F]{3}|[fF][cCdD][0-9a-fA-F]{2}|[fF][eE]80):[0-9a-fA-F:]{2,35}",
            ipv6,
        ),
        shape(LeakKind::Path, PATHS, path),
        shape(LeakKind::TaxNumber, r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", cpf),
        shape(LeakKind::TaxNumber, r"[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-[0-9]{2}", cnpj),
        shape(
            LeakKind::Telephone,
            r"\+[0-9]{1,3}[ .-]?\(?[0-9]{2,3}\)?[ .-]?[0-9]{3,5}[ .-]?[0-9]{4}|\([1-9][0-9]\) ?9?[0-9]{4}-[0-9]{4}",
            telephone,
        ),
    ]
}

/// The shapes that leak anywhere, compiled once for the program.
static EVERYWHERE: LazyLock<Vec<(LeakKind, Check, Regex)>> = LazyLock::new(|| compiled(shapes()));

impl Patterns {
    pub(super) fn new(redaction: &Redaction) -> Self {
        let mut shapes = EVERYWHERE.clone();
        let own = |pattern: Option<String>, kind, is_leak: Check| {
            compiled(pattern.map(|pattern| Shape { kind, pattern, is_leak }).into_iter().collect())
        };
        let hosts = either(redaction.hosts.iter().filter_map(|glob| host_glob(glob)));
        shapes.extend(own(hosts, LeakKind::Host, own_host));
        let projects = redaction.tracker_projects.iter().filter(|project| is_project(project)).cloned();
        let keys = either(projects).map(|projects| format!("(?:{projects})-[0-9]{{1,7}}"));
        shapes.extend(own(keys, LeakKind::TrackerKey, whole_word));
        let patterns = || shapes.iter().map(|(.., pattern)| pattern.as_str());
        let any = either(patterns().map(|pattern| format!("(?:{pattern})")));
        let any = any.and_then(|any| Regex::new(&any).ok());
        let which = RegexSet::new(patterns()).ok();
        Self { shapes, any, which }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    #[cfg(test)]
    pub(super) fn has_set(&self) -> bool {
        self.any.is_some() && self.which.is_some()
    }

    pub(super) fn leaks(&self, text: &str) -> Vec<Leak> {
        let mut leaks: Vec<Leak> = Vec::new();
        if self.any.as_ref().is_some_and(|any| !any.is_match(text)) {
            return leaks;
        }
        let present = self.which.as_ref().map(|which| which.matches(text));
        for (at, (kind, is_leak, pattern)) in self.shapes.iter().enumerate() {
            if present.as_ref().is_some_and(|present| !present.matched(at)) {
                continue;
            }
            let found = pattern.find_iter(text).filter(|found| is_leak(text, &found.range()));
            leaks.extend(found.take(MOST).map(|found| Leak {
                kind: *kind,
                range: found.range(),
                text: found.as_str().to_owned(),
                shown: shown(*kind, found.as_str()),
            }));
        }
        leaks.sort_by_key(|leak| (leak.range.start, std::cmp::Reverse(leak.range.end)));
        let mut end = 0;
        leaks.retain(|leak| {
            let outside = leak.range.start >= end;
            if outside {
                end = leak.range.end;
            }
            outside
        });
        leaks.truncate(MOST);
        leaks
    }
}

/// What a pattern cannot be made of is left out: the patterns of this file are held by tests, and those of the settings
/// are bounded.
fn compiled(shapes: Vec<Shape>) -> Vec<(LeakKind, Check, Regex)> {
    let compile = |shape: Shape| Some((shape.kind, shape.is_leak, Regex::new(&shape.pattern).ok()?));
    shapes.into_iter().filter_map(compile).collect()
}

/// One pattern for any of these; `None` when there are none.
fn either(patterns: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = patterns.take(MOST_OWN).collect();
    (!all.is_empty()).then(|| all.join("|"))
}

/// A glob of the settings as a pattern, in the case it is written in: `*` is any part of a host's name, `?` one sign of
/// it.
fn host_glob(glob: &str) -> Option<String> {
    let glob = glob.trim();
    // a glob of nothing but signs would hide every word
    if glob.len() > LONGEST_OWN || glob.chars().filter(char::is_ascii_alphanumeric).count() < 2 {
        return None;
    }
    let mut pattern = "(?:".to_owned();
    for c in glob.chars() {
        match c {
            '*' => pattern.push_str("(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?"),
            '?' => pattern.push_str("[A-Za-z0-9_-]"),
            c if c.is_ascii() => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            _ => return None,
        }
    }
    pattern.push(')');
    Some(pattern)
}

fn is_project(project: &str) -> bool {
    project.len() <= LONGEST_OWN
        && project.starts_with(|c: char| c.is_ascii_uppercase())
        && project.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The leak as a finding may show it.
fn shown(kind: LeakKind, text: &str) -> String {
    let (most, hidden) = if kind == LeakKind::Secret { (4, true) } else { (60, text.chars().count() > 60) };
    let mut shown: String = text.chars().take(most).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if hidden {
        shown.push('…');
    }
    shown
}

/// The byte before a candidate, and the one after it.
fn around(text: &str, range: &Range<usize>) -> (Option<u8>, Option<u8>) {
    let bytes = text.as_bytes();
    (range.start.checked_sub(1).and_then(|at| bytes.get(at)).copied(), bytes.get(range.end).copied())
}

fn is_word(byte: Option<u8>) -> bool {
    byte.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80)
}

fn whole_word(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = around(text, range);
    !is_word(before) && before != Some(b'-') && !is_word(after)
}

/// True when the name of a host or the like goes on after the candidate: `a.local` in `a.local.example`.
fn goes_on(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    match bytes.get(end) {
        Some(b'.' | b'-') => bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        byte => is_word(byte.copied()),
    }
}

fn token(text: &str, range: &Range<usize>) -> bool {
    !is_word(around(text, range).0)
}

/// A word for a secret with a value that looks like one: no placeholder, no word of prose.
fn key_and_value(text: &str, range: &Range<usize>) -> bool {
    let Some(found) = text.get(range.clone()) else { return false };
    if is_word(around(text, range).0) {
        return false;
    }
    let (key, value, assigned) = match found.split_once(['=', ':']) {
        Some((key, value)) => (key, value, found.contains('=') && !value.starts_with(' ')),
        None => match found.split_once(' ') {
            Some((key, value)) => (key, value, false),
            None => return false,
        },
    };
    let value = value.trim_start_matches([' ', '"', '\'']).trim_end_matches(['.', '!', '-']);
    let masked = value.bytes().all(|b| matches!(b, b'*' | b'x' | b'X' | b'.' | b'-' | b'_'));
    if masked || value.starts_with('$') {
        return false;
    }
    let digits = value.bytes().any(|b| b.is_ascii_digit());
    let letters = value.bytes().any(|b| b.is_ascii_alphabetic());
    let bearer = key.trim_end().eq_ignore_ascii_case("bearer");
    match (assigned, found.contains(':')) {
        (true, _) => value.len() >= 6,
        // "token: e7d3…" has both; "password: required" and "token: 12:30" do not
        (false, true) => value.len() >= 8 && digits && letters && !value.contains("//"),
        (false, false) => bearer && value.len() >= 20 && digits && letters,
    }
}

/// Mailboxes that an organisation gives out on purpose.
const OFFICES: &[&str] = &[
    "abuse",
    "ajuda",
    "atendimento",
    "billing",
    "care",
    "comercial",
    "compliance",
    "contact",
    "contato",
    "customercare",
    "dpo",
    "faleconosco",
    "feedback",
    "financeiro",
    "git",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "imprensa",
    "incidents",
    "info",
    "legal",
    "lgpd",
    "mail",
    "marketing",
    "media",
    "no-reply",
    "noreply",
    "office",
    "ola",
    "ombudsman",
    "ouvidoria",
    "postmaster",
    "press",
    "privacidade",
    "privacy",
    "sac",
    "sales",
    "security",
    "seguranca",
    "service",
    "status",
    "suporte",
    "support",
    "team",
    "vendas",
    "webmaster",
];

/// Endings of files that look like domains: `icon@2x.png`.
const FILE_ENDINGS: &[&str] =
    &["png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "json", "yaml", "yml", "md"];

fn mailbox(text: &str, range: &Range<usize>) -> bool {
    let Some(found) = text.get(range.clone()) else { return false };
    let found = found.trim_end_matches(['.', '-']);
    let Some((local, domain)) = found.split_once('@') else { return false };
    let Some(ending) = domain.rsplit('.').next() else { return false };
    let office = local.split(['+', '.', '-']).next().unwrap_or(local).to_ascii_lowercase();
    let example = ["example.com", "example.org", "example.net"]
        .iter()
        .any(|name| domain == *name || domain.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')));
    ending.len() >= 2
        && ending.bytes().all(|b| b.is_ascii_alphabetic())
        && !["example", "invalid", "test", "localhost"].contains(&ending)
        && !FILE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
        && !example
        && !OFFICES.contains(&office.as_str())
        && !OFFICES.contains(&local.to_ascii_lowercase().as_str())
}

fn internal_host(text: &str, range: &Range<usize>) -> bool {
    let Some(found) = text.get(range.clone()) else { return false };
    let (before, _) = around(text, range);
    if is_word(before) || matches!(before, Some(b'.' | b'/' | b'\\')) && !behind_scheme(text, range.start) {
        return false;
    }
    let labels: Vec<&str> = found.split('.').collect();
    // `settings.local` is as well a file
    let is_file = found.ends_with(".local")
        && labels.len() == 2
        && !labels.iter().any(|label| label.bytes().any(|b| b.is_ascii_digit() || b == b'-'));
    !is_file && !goes_on(text, range.end)
}

/// True for the host of an address: what stands before it is `//`.
fn behind_scheme(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|before| before.ends_with("//"))
}

fn own_host(text: &str, range: &Range<usize>) -> bool {
    let (before, _) = around(text, range);
    let apart = !is_word(before) && !matches!(before, Some(b'-' | b'.'));
    apart && !range.is_empty() && !goes_on(text, range.end)
}

fn ipv4(text: &str, range: &Range<usize>) -> bool {
    let Some(address) = text.get(range.clone()).and_then(|found| found.parse::<Ipv4Addr>().ok()) else {
        return false;
    };
    let (before, _) = around(text, range);
    if is_word(before) || matches!(before, Some(b'.' | b'-' | b',')) || goes_on(text, range.end) {
        return false;
    }
    let [a, b, ..] = address.octets();
    let nobody = address.is_loopback()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation();
    let private = address.is_private() || address.is_link_local() || (a == 100 && (64..128).contains(&b));
    // a public resolver tells nothing; versions and sections have four numbers, too, and mostly begin with a small one
    let resolver =
        matches!(address.octets(), [1, 1, 1, 1] | [1, 0, 0, 1] | [8, 8, 8, 8] | [8, 8, 4, 4] | [9, 9, 9, 9]);
    (private || !nobody && !resolver && a >= 10) && !behind_version(text, range.start)
}

/// True when the word before says that a version follows.
fn behind_version(text: &str, start: usize) -> bool {
    const WORDS: &[&str] = &["version", "versão", "release", "v", "build", "section", "seção", "firmware"];
    let before = text.get(..start).unwrap_or_default().trim_end_matches([' ', ':', '`', '*', '"']);
    let tail: String = before.chars().rev().take_while(|c| c.is_alphabetic()).take(12).collect();
    let word: String = tail.chars().rev().collect::<String>().to_lowercase();
    WORDS.contains(&word.as_str())
}

fn ipv6(text: &str, range: &Range<usize>) -> bool {
    let Some(found) = text.get(range.clone()) else { return false };
    let (before, after) = around(text, range);
    let address = found.strip_suffix(':').unwrap_or(found).parse::<Ipv6Addr>();
    let documentation = |address: &Ipv6Addr| matches!(address.segments(), [0x2001, 0xdb8, ..]);
    !is_word(before)
        && before != Some(b':')
        && !is_word(after)
        && address.is_ok_and(|address| !documentation(&address))
}

fn path(text: &str, range: &Range<usize>) -> bool {
    let (before, _) = around(text, range);
    !is_word(before) && !matches!(before, Some(b'.' | b'/' | b'-' | b'~' | b')' | b'\\'))
}

fn digits(text: &str) -> Vec<u32> {
    // letters count by their place behind the digits, as the CNPJ of 2026 has it
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| u32::from(b) - u32::from(b'0')).collect()
}

/// The check digit of the digits before it, by weights from the right: 2, 3, … up to `top`, then 2 again.
fn check_digit(digits: &[u32], top: u32) -> u32 {
    let weights = (2..=top).cycle();
    let sum: u32 = digits.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

fn checks(text: &str, range: &Range<usize>, top: u32) -> bool {
    let Some(found) = text.get(range.clone()) else { return false };
    let digits = digits(found);
    let same = digits.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let right = (1..=2).all(|back| {
        let (before, check) = digits.split_at(digits.len().saturating_sub(back));
        check.first() == Some(&check_digit(before, top))
    });
    whole_word(text, range) && !same && right
}

fn cpf(text: &str, range: &Range<usize>) -> bool {
    checks(text, range, 11)
}

fn cnpj(text: &str, range: &Range<usize>) -> bool {
    checks(text, range, 9)
}

/// Numbers of the toll-free kind are given out on purpose.
fn telephone(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = around(text, range);
    let found = text.get(range.clone()).unwrap_or_default();
    let digits = found.bytes().filter(u8::is_ascii_digit).count();
    let national: String = found.chars().filter(char::is_ascii_digit).collect();
    let free = ["1800", "1888", "1877", "1866", "1855", "1844", "1833", "55800", "550800", "44800"];
    !is_word(before)
        && !is_word(after)
        && !matches!(before, Some(b'.' | b'-' | b'+'))
        && (10..=14).contains(&digits)
        && (!found.starts_with('+') || !free.iter().any(|prefix| national.starts_with(prefix)))
}
