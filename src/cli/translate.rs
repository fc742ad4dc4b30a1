//! `relato translate`: which translations are behind their source, and marking them as read again.

use std::collections::HashMap;

use clap::{ArgGroup, Args, ValueEnum};
use serde_json::{Value as Json, json};
use similar::{Algorithm, ChangeTag, TextDiff};

use super::{CliError, Console, Exit, Session, session, usage::Unfit};
use crate::{
    archive::{Archive, INCIDENT_LIMIT},
    edit::{self, Value},
    language::Language,
    locate::{Field, Places},
    model::Incident,
    report::printable,
    review::{self, SourceText},
    source::{Content, Memory, Reach, WorkTree, versions},
    time::Date,
};

/// Show translations behind their source text, or mark them as reviewed
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("what").required(true)), after_help = "\
Examples:
  relato translate --stale                       what changed in the source since each review, word by word
  relato translate --stale 2026-03-02-orders
  relato translate --stale --format json | jq '.stale[].field'
  relato translate --mark-reviewed 2026-03-02-orders --by role:editor-pt
  relato translate --mark-reviewed               every incident: after reading them all

A review keeps a hash of each source text in the incident's `translation` block; nothing else in the file changes. The old
text is looked for in git's history. `relato check` warns of what is stale as `translation-stale`.")]
pub(super) struct TranslateArgs {
    /// Incidents, by id or path; all of them when left out
    incidents: Vec<String>,
    /// List the translations whose source text has changed since they were reviewed
    #[arg(long, group = "what")]
    stale: bool,
    /// Write into each file that its translations were reviewed against the source texts as they are now
    #[arg(long, group = "what")]
    mark_reviewed: bool,
    /// Who reviewed them, as a role
    #[arg(long, value_name = "ROLE", conflicts_with = "stale", value_parser = role)]
    by: Option<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A role as it stands in a file, with or without `role:` before it.
fn role(text: &str) -> Result<String, Unfit> {
    let name = text.strip_prefix("role:").unwrap_or(text);
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() || !name.chars().all(fits) {
        let words = (
            "write a role, like role:editor-pt: letters, digits and `-`",
            "escreva um papel, como role:editor-pt: letras, dígitos e `-`",
        );
        return Err(Unfit(words.into()));
    }
    Ok(format!("role:{name}"))
}

pub(super) fn run(args: &TranslateArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    if args.mark_reviewed { mark(args, session, console) } else { stale(args, session, console) }
}

/// One file, marked.
struct Marked {
    file: String,
    /// The language, and how many of its texts were marked.
    languages: Vec<(String, usize)>,
    changed: bool,
}

fn mark(args: &TranslateArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    session.needs_work_tree("translate --mark-reviewed")?;
    let archive = session.archive()?;
    let language = session.language(&archive.settings);
    let today = archive.settings.org.zone.date(session.as_of(&archive.settings)?);
    let indices = match args.incidents.is_empty() {
        true => (0..archive.files().len()).collect(),
        false => session::chosen(&archive, &args.incidents)?,
    };
    let disk = WorkTree::open(&session.root)?;
    let mut marked = Vec::new();
    let mut left_out = 0;
    for index in indices {
        let reading = archive.read(index)?;
        let Some(incident) = &reading.incident else {
            if args.incidents.is_empty() {
                left_out += 1;
                continue;
            }
            return Err(CliError::unreadable(&reading.file));
        };
        marked.push(mark_file(args, session, &archive, &disk, &reading.file, incident, today)?);
    }
    session.keep();
    session::note_empty(console, session, &archive);
    session::note_faults(console, &archive, left_out);
    let answer = match args.format {
        Format::Json => {
            let files: Vec<Json> = marked.iter().map(marked_json).collect();
            format!("{:#}\n", json!({"version": 1, "reviewed_on": today, "files": files}))
        }
        Format::Text => marked.iter().map(|marked| marked_text(marked, language)).collect(),
    };
    console.answer(answer.as_bytes())?;
    Ok(Exit::Done)
}

fn mark_file(
    args: &TranslateArgs,
    session: &Session,
    archive: &Archive<'_>,
    disk: &WorkTree,
    file: &str,
    incident: &Incident,
    today: Date,
) -> Result<Marked, CliError> {
    let source = review::source_language(incident, &archive.settings.org.source_language);
    let mut reviews = Vec::new();
    let mut languages = Vec::new();
    for language in archive.settings.org.languages.iter().filter(|language| *language != source) {
        let texts = review::translated(incident, source, language);
        if texts.is_empty() {
            continue;
        }
        languages.push((language.clone(), texts.len()));
        let was = incident.translation.iter().find(|review| review.language == *language);
        let is_known = |(name, hash): &(String, String)| {
            was.is_some_and(|was| was.source_hashes.iter().any(|(n, h)| n == name && h == hash))
        };
        let hash = |text: SourceText<'_>| (text.name, review::fingerprint(text.text));
        let hashes: Vec<(String, String)> = texts.into_iter().map(hash).collect();
        let same_role = args.by.is_none() || was.is_some_and(|was| was.reviewed_by == args.by);
        // reviewed against these very texts already: a new date would say no more
        if hashes.iter().all(is_known) && same_role && was.is_some_and(|was| was.reviewed_on.is_some()) {
            continue;
        }
        let by = args.by.iter().map(|role| ("reviewed_by".to_owned(), Value::Scalar(role.clone())));
        let on = [("reviewed_on".to_owned(), Value::Scalar(today.to_string()))];
        // in quotes: a hash may look like a number
        let hashes =
            hashes.into_iter().map(|(name, hash)| (name, Value::Scalar(format!("\"{hash}\"")))).collect();
        let review = by.chain(on).chain([("source_hashes".to_owned(), Value::Map(hashes))]).collect();
        reviews.push((language.clone(), Value::Map(review)));
    }
    if reviews.is_empty() {
        return Ok(Marked { file: file.to_owned(), languages, changed: false });
    }
    let by_hand = || {
        CliError::argument(
            format!("`{file}` is written in a way in which its `translation` block cannot be changed safely"),
            "write `translation` as a mapping of its own, without an alias, then run it again",
        )
    };
    let Content::Bytes(bytes) = session.tree().read(file, INCIDENT_LIMIT)? else { return Err(by_hand()) };
    let text = std::str::from_utf8(&bytes).map_err(|_| by_hand())?;
    let keys = [("translation".to_owned(), Value::Map(reviews))];
    let new = edit::set(text, &Field::top(), &keys).map_err(|_| by_hand())?;
    // what is written is read back first: the same incident, and nothing of it stale
    let after = reread(file, &new).ok_or_else(by_hand)?;
    let before = reread(file, text).ok_or_else(by_hand)?;
    let without = |incident: &Incident| Incident { translation: Vec::new(), ..incident.clone() };
    if without(&after) != without(&before) || !review::stale(&after, source).is_empty() {
        return Err(by_hand());
    }
    disk.rewrite(file, &bytes, new.as_bytes())?;
    Ok(Marked { file: file.to_owned(), languages, changed: true })
}

/// The incident of a text that stands alone.
fn reread(file: &str, text: &str) -> Option<Incident> {
    let tree = Memory::new([(file, text)]);
    Archive::open(&tree, None).ok()?.read(0).ok()?.incident
}

fn marked_json(marked: &Marked) -> Json {
    let languages: serde_json::Map<String, Json> =
        marked.languages.iter().map(|(language, texts)| (language.clone(), json!(texts))).collect();
    json!({"file": marked.file, "texts": languages, "changed": marked.changed})
}

fn marked_text(marked: &Marked, language: &Language) -> String {
    let pt = language.is_portuguese();
    let mut out = String::new();
    for (tag, texts) in &marked.languages {
        let count = match (*texts, pt) {
            (1, false) => "1 text".to_owned(),
            (n, false) => format!("{n} texts"),
            (1, true) => "1 texto".to_owned(),
            (n, true) => format!("{n} textos"),
        };
        let what = match (marked.changed, pt) {
            (true, false) => "marked as reviewed",
            (true, true) => "com revisão registrada",
            (false, false) => "already reviewed, nothing to write",
            (false, true) => "já com revisão, nada a gravar",
        };
        out += &format!("{}: {count} {} {tag}: {what}\n", marked.file, if pt { "em" } else { "in" });
    }
    if marked.languages.is_empty() {
        let none = if pt { "nenhum texto traduzido" } else { "no translated text" };
        out += &format!("{}: {none}\n", marked.file);
    }
    out
}

/// A stale translation as it is told.
struct Row {
    incident: String,
    file: String,
    line: usize,
    field: Field,
    source: String,
    language: String,
    reviewed_on: Option<Date>,
    now: String,
    then: Result<String, Reach>,
    translation: String,
}

fn stale(args: &TranslateArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let language = session.language(&archive.settings);
    let found =
        session::each(session, console, &archive, &args.incidents, "comparing", |reading, incident| {
            rows(session, &archive, &reading.file, incident)
        })?;
    let rows: Vec<Row> = found.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let answer = match args.format {
        Format::Json => {
            let stale: Vec<Json> = rows.iter().map(row_json).collect();
            format!("{:#}\n", json!({"version": 1, "revision": session.revision(), "stale": stale}))
        }
        Format::Text => told(&rows, language, console.colour()),
    };
    console.answer(answer.as_bytes())?;
    Ok(Exit::Done)
}

/// The stale translations of one incident, with the source texts that they were reviewed against as far as git knows.
fn rows(
    session: &Session,
    archive: &Archive<'_>,
    file: &str,
    incident: &Incident,
) -> Result<Vec<Row>, CliError> {
    let source = review::source_language(incident, &archive.settings.org.source_language);
    let stale = review::stale(incident, source);
    if stale.is_empty() {
        return Ok(Vec::new());
    }
    let mut wanted: HashMap<&str, Option<String>> =
        stale.iter().map(|stale| (stale.fingerprint, None)).collect();
    let reach = versions(&session.root, file, INCIDENT_LIMIT, &mut |bytes| {
        let text = std::str::from_utf8(bytes).ok();
        if let Some(then) = text.and_then(|text| reread(file, text)) {
            then.each_text(&mut |_, text| {
                let Some(text) = text.get(source) else { return };
                if let Some(slot) = wanted.get_mut(review::fingerprint(text).as_str()) {
                    slot.get_or_insert_with(|| text.to_owned());
                }
            });
        }
        wanted.values().all(Option::is_some)
    })?;
    let mut translations: HashMap<(Field, &str), String> = HashMap::new();
    incident.each_text(&mut |path, text| {
        for review in &incident.translation {
            if let Some(text) = text.get(&review.language) {
                translations.insert((path.field(), &review.language), text.to_owned());
            }
        }
    });
    let text = archive.text(file).unwrap_or_default();
    let places = Places::of(&text);
    let rows = stale.into_iter().map(|stale| Row {
        incident: incident.id.clone(),
        file: file.to_owned(),
        line: places.place(&stale.source.field.key(stale.language)).line,
        source: source.to_owned(),
        language: stale.language.to_owned(),
        reviewed_on: stale.reviewed_on,
        now: stale.source.text.to_owned(),
        then: wanted.get(stale.fingerprint).cloned().flatten().ok_or(reach),
        translation: translations.remove(&(stale.source.field.clone(), stale.language)).unwrap_or_default(),
        field: stale.source.field,
    });
    Ok(rows.collect())
}

/// Words that stayed, went and came, in order.
fn word_diff(then: &str, now: &str) -> Vec<(ChangeTag, String)> {
    /// With more words than this, all go and all come: the comparison takes the square of them.
    const MOST_WORDS: usize = 4_000;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (then, now) = (words(then), words(now));
    if then.split(' ').count() + now.split(' ').count() > MOST_WORDS {
        return vec![(ChangeTag::Delete, then), (ChangeTag::Insert, now)];
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_words(&then, &now);
    let mut parts: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match parts.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => parts.push((change.tag(), change.value().to_owned())),
        }
    }
    parts
}

fn row_json(row: &Row) -> Json {
    let diff = row.then.as_ref().ok().map(|then| {
        let part = |(tag, text): (ChangeTag, String)| {
            let op = match tag {
                ChangeTag::Equal => "same",
                ChangeTag::Delete => "gone",
                ChangeTag::Insert => "new",
            };
            json!({"op": op, "text": text})
        };
        word_diff(then, &row.now).into_iter().map(part).collect::<Vec<_>>()
    });
    let unknown = row.then.as_ref().err().map(|reach| match reach {
        Reach::None => "no_history",
        Reach::CutOff => "shallow_clone",
        Reach::Limit => "too_far_back",
        Reach::Found | Reach::Whole => "never_committed",
    });
    json!({
        "incident": row.incident,
        "file": row.file,
        "line": row.line,
        "field": row.field.to_string(),
        "source_language": row.source,
        "language": row.language,
        "reviewed_on": row.reviewed_on,
        "then": row.then.as_ref().ok(),
        "then_unknown": unknown,
        "now": row.now,
        "translation": row.translation,
        "diff": diff,
    })
}

fn told(rows: &[Row], language: &Language, colour: bool) -> String {
    let pt = language.is_portuguese();
    let mut out = String::new();
    for row in rows {
        let (field, source, tag) = (&row.field, &row.source, &row.language);
        let since = match (row.reviewed_on, pt) {
            (Some(date), false) => {
                format!("{source} has changed since {tag} was reviewed on {}", language.date(date))
            }
            (Some(date), true) => {
                format!("{source} mudou desde a revisão de {tag} em {}", language.date(date))
            }
            (None, false) => format!("{source} has changed since {tag} was reviewed"),
            (None, true) => format!("{source} mudou desde a revisão de {tag}"),
        };
        out += &format!("{}:{}: {field}: {since}\n", row.file, row.line);
        match &row.then {
            Ok(then) => out += &format!("  {source}: {}\n", marked_up(&word_diff(then, &row.now), colour)),
            Err(reach) => {
                out += &format!("  {source}: {}\n  {}\n", line(&row.now), why_unknown(*reach, pt));
            }
        }
        out += &format!("  {tag}: {}\n\n", line(&row.translation));
    }
    out += &match (rows.len(), pt) {
        (0, false) => "no translation is behind its source\n".to_owned(),
        (0, true) => "nenhuma tradução está desatualizada\n".to_owned(),
        (1, false) => "1 translation is behind its source\n".to_owned(),
        (1, true) => "1 tradução está desatualizada\n".to_owned(),
        (n, false) => format!("{n} translations are behind their source\n"),
        (n, true) => format!("{n} traduções estão desatualizadas\n"),
    };
    out
}

/// Why the text as it was reviewed is not shown, and what would bring it.
fn why_unknown(reach: Reach, pt: bool) -> &'static str {
    match (reach, pt) {
        (Reach::None, false) => "(what it was before is not known: there is no git history here)",
        (Reach::None, true) => "(não se sabe como era antes: não há histórico do git aqui)",
        (Reach::CutOff, false) => {
            "(what it was before is not known: this is a shallow clone; `git fetch --unshallow` brings the rest)"
        }
        (Reach::CutOff, true) => {
            "(não se sabe como era antes: este clone é raso; `git fetch --unshallow` traz o resto)"
        }
        (Reach::Limit, false) => "(what it was before lies too far back in the history)",
        (Reach::Limit, true) => "(o texto de antes está longe demais no histórico)",
        (Reach::Found | Reach::Whole, false) => {
            "(what it was before is not known: that text was never committed under this path)"
        }
        (Reach::Found | Reach::Whole, true) => {
            "(não se sabe como era antes: aquele texto nunca entrou em um commit com este caminho)"
        }
    }
}

/// `[-gone-]` and `{+new+}`, as `git diff --word-diff` marks them; in colour where there is one.
fn marked_up(parts: &[(ChangeTag, String)], colour: bool) -> String {
    let mut out = String::new();
    for (tag, text) in parts {
        let text = printable(text);
        // the space before the next word is not part of what changed
        let word = text.trim_end();
        let gap = text.get(word.len()..).unwrap_or_default();
        let (open, close) = match (tag, colour) {
            (ChangeTag::Equal, _) => ("", ""),
            (ChangeTag::Delete, false) => ("[-", "-]"),
            (ChangeTag::Insert, false) => ("{+", "+}"),
            (ChangeTag::Delete, true) => ("\u{1b}[31m[-", "-]\u{1b}[0m"),
            (ChangeTag::Insert, true) => ("\u{1b}[32m{+", "+}\u{1b}[0m"),
        };
        out += &format!("{open}{word}{close}{gap}");
    }
    out.trim_end().to_owned()
}

fn line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_diff_marks_what_went_and_what_came() {
        for (then, now, expected) in [
            ("Orders stopped", "Orders and search stopped", "Orders {+and search+} stopped"),
            ("It took 3 hours.", "It took\n4 hours.", "It took [-3-]{+4+} hours."),
            ("a", "b", "[-a-]{+b+}"),
            ("same  words", "same words", "same words"),
            ("", "new", "{+new+}"),
            ("esc \u{1b}[2J", "esc", "esc[-  [2J-]"),
        ] {
            assert_eq!(marked_up(&word_diff(then, now), false), expected, "{then} → {now}");
        }
        let long = "w ".repeat(3_000);
        assert_eq!(word_diff(&long, &format!("{long}x")).len(), 2);
    }

    #[test]
    fn a_role_is_a_word() {
        assert_eq!(role("editor-pt").as_deref(), Ok("role:editor-pt"));
        assert_eq!(role("role:editor-pt").as_deref(), Ok("role:editor-pt"));
        for wrong in ["", "role:", "a b", "x: y", "Ana Silva"] {
            assert!(role(wrong).is_err(), "{wrong}");
        }
    }
}
