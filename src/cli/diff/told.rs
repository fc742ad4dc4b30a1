//! What changed, told to people: on a terminal, and as a comment on a pull request.

use super::{Changed, FigureChange, Happened, IncidentChange, PublicChange, Why, is_portuguese};
use crate::{
    cli::actions::told_changes,
    language::{Language, Rounding},
    measure::Verdict,
    model::Status,
    query::moved::{Figure, Worth},
    render::markdown_text,
    report::one_line,
};

/// How many lines of a public document are shown on a terminal.
const SHOWN: usize = 6;

/// How many lines of a public document a comment holds; forges cut comments off at some 65,000 characters.
const SHOWN_IN_COMMENT: usize = 60;

impl Changed {
    /// For a terminal.
    pub(super) fn text(&self, language: &Language) -> String {
        let mut out = String::new();
        for change in &self.incidents {
            out += &change.text(language);
        }
        if !self.actions.is_empty() {
            let words = if is_portuguese(language) { "ações" } else { "actions" };
            out += &format!("{words}\n\n{}", told_changes(&self.actions, language, false));
        }
        if let Some(words) = self.around(language) {
            out += &format!("{words}\n\n");
        }
        out + &self.closing(language) + "\n"
    }

    /// For a comment on a pull request.
    pub(super) fn markdown(&self, language: &Language) -> String {
        let pt = is_portuguese(language);
        let mut out = format!("## {}\n\n", if pt { "O que muda" } else { "What changes" });
        for change in &self.incidents {
            out += &change.markdown(language);
        }
        if !self.actions.is_empty() {
            out += &format!("### {}\n\n", if pt { "Ações" } else { "Actions" });
            out += &told_changes(&self.actions, language, true);
        }
        if let Some(words) = self.around(language) {
            out += &format!("{words}\n\n");
        }
        out + &self.closing(language) + "\n"
    }

    /// What changed besides incidents.
    fn around(&self, language: &Language) -> Option<&'static str> {
        Some(match (self.catalogue, self.settings, is_portuguese(language)) {
            (false, false, _) => return None,
            (true, false, false) => "services.yaml says something else",
            (true, false, true) => "services.yaml diz outra coisa",
            (false, true, false) => "relato.yaml says something else",
            (false, true, true) => "relato.yaml diz outra coisa",
            (true, true, false) => "services.yaml and relato.yaml say something else",
            (true, true, true) => "services.yaml e relato.yaml dizem outra coisa",
        })
    }

    fn closing(&self, language: &Language) -> String {
        let pt = is_portuguese(language);
        let count = |n: usize, one: &str, several: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{} {several}", language.integer(i64::try_from(n).unwrap_or(i64::MAX))),
        };
        let (incidents, actions) = (self.incidents.len(), self.actions.len());
        let counts = match (self.is_empty(), pt) {
            (true, false) => "nothing that readers would notice".to_owned(),
            (true, true) => "nada que os leitores notem".to_owned(),
            (false, false) => {
                format!(
                    "{}, {}",
                    count(incidents, "incident", "incidents"),
                    count(actions, "action", "actions")
                )
            }
            (false, true) => {
                format!(
                    "{}, {}",
                    count(incidents, "incidente", "incidentes"),
                    count(actions, "ação", "ações")
                )
            }
        };
        format!("{counts}; {} → {}", self.from.tell(language), self.to.tell(language))
    }
}

impl IncidentChange {
    fn head(&self, language: &Language) -> (String, String) {
        let pt = is_portuguese(language);
        let title = self.title.nearest(language.tag()).map_or("", |(_, title)| title);
        let status = |status: Option<Status>| status.map_or("–", |it| status_word(it, pt));
        let what = match (self.happened, self.status, pt) {
            (Happened::Added, Some((_, new)), false) => format!("new, {}", status(new)),
            (Happened::Added, Some((_, new)), true) => format!("novo, {}", status(new)),
            (Happened::Added, None, false) => "new, and cannot be read".to_owned(),
            (Happened::Added, None, true) => "novo, e não pode ser lido".to_owned(),
            (Happened::Removed, _, false) => "removed".to_owned(),
            (Happened::Removed, _, true) => "removido".to_owned(),
            (Happened::Unreadable, _, false) => {
                "one of the two cannot be read; run `relato check`".to_owned()
            }
            (Happened::Unreadable, _, true) => {
                "um dos dois não pode ser lido; rode `relato check`".to_owned()
            }
            (Happened::Changed, Some((old, new)), _) => format!("{} → {}", status(old), status(new)),
            (Happened::Changed, None, _) => String::new(),
        };
        (one_line(title), what)
    }

    fn text(&self, language: &Language) -> String {
        let (title, what) = self.head(language);
        let mut out = format!("{}: {title}", self.id);
        if !what.is_empty() {
            out += &format!(" ({what})");
        }
        out += "\n";
        for figure in &self.figures {
            out += &format!("  {}\n", one_line(&figure.tell(language, &|text| text.to_owned())));
        }
        if let Some(words) = self.correction(language) {
            out += &format!("  {words}\n");
        }
        for public in &self.public {
            out += &format!("  {}\n", public.head(language));
            let removed = public.removed.iter().map(|line| format!("- {line}"));
            let lines = removed.chain(public.added.iter().map(|line| format!("+ {line}")));
            for line in lines.clone().take(SHOWN) {
                out += &format!("    {}\n", one_line(&line));
            }
            let more = lines.count().saturating_sub(SHOWN);
            if more > 0 {
                out += &format!("    {}\n", more_words(more, language));
            }
        }
        if let Some(stale) = self.stale(language) {
            out += &format!("  {stale}\n");
        }
        out + "\n"
    }

    fn markdown(&self, language: &Language) -> String {
        let (title, what) = self.head(language);
        let mut out = format!("### `{}` {}\n\n", self.id, markdown_text(&title));
        let mut items = Vec::new();
        if !what.is_empty() {
            items.push(what);
        }
        items.extend(self.figures.iter().map(|figure| figure.tell(language, &|text| code(text))));
        items.extend(self.correction(language).map(|words| format!("**{words}**")));
        items.extend(self.stale(language));
        for item in &items {
            out += &format!("- {}\n", one_line(item));
        }
        if !items.is_empty() {
            out += "\n";
        }
        for public in &self.public {
            out += &public.markdown(language);
        }
        out
    }

    /// That the public knows other figures, and hears of it nowhere.
    fn correction(&self, language: &Language) -> Option<&'static str> {
        self.needs_correction.then(|| match is_portuguese(language) {
            false => "published figures change: post a correction (`comms`) that says what was told before",
            true => "números publicados mudam: publique uma correção (`comms`) que diga o que constava antes",
        })
    }

    fn stale(&self, language: &Language) -> Option<String> {
        let mut by_language: Vec<(&str, Vec<&str>)> = Vec::new();
        for (tag, field) in &self.stale {
            match by_language.last_mut() {
                Some((last, fields)) if last == tag => fields.push(field),
                _ => by_language.push((tag, vec![field])),
            }
        }
        let told: Vec<String> =
            by_language.iter().map(|(tag, fields)| format!("{tag}: {}", fields.join(", "))).collect();
        let words = if is_portuguese(language) {
            "tradução desatualizada"
        } else {
            "translation behind its source"
        };
        (!told.is_empty()).then(|| format!("{words}: {}", told.join("; ")))
    }
}

impl PublicChange {
    fn head(&self, language: &Language) -> String {
        let words = if is_portuguese(language) { "o público lê" } else { "the public reads" };
        format!("{words} ({}):", self.language)
    }

    fn markdown(&self, language: &Language) -> String {
        let pt = is_portuguese(language);
        let lines: Vec<String> = self
            .removed
            .iter()
            .map(|line| format!("- {line}"))
            .chain(self.added.iter().map(|line| format!("+ {line}")))
            .collect();
        // longer than any run of marks inside, so that nothing in it ends it
        let longest = lines.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let summary = match pt {
            false => format!("What the public reads ({})", self.language),
            true => format!("O que o público lê ({})", self.language),
        };
        let mut out = format!("<details><summary>{summary}</summary>\n\n{fence}diff\n");
        for line in lines.iter().take(SHOWN_IN_COMMENT) {
            out += &format!("{line}\n");
        }
        out += &format!("{fence}\n");
        let more = lines.len().saturating_sub(SHOWN_IN_COMMENT);
        if more > 0 {
            out += &format!("\n{}\n", more_words(more, language));
        }
        out + "\n</details>\n\n"
    }
}

impl FigureChange {
    fn tell(&self, language: &Language, quoted: &dyn Fn(&str) -> String) -> String {
        let pt = is_portuguese(language);
        let worth = |worth: &Option<Worth>| match worth {
            None => "–".to_owned(),
            Some(Worth::Span(span)) => language.span(*span, Rounding::SECOND),
            Some(Worth::Verdict(verdict)) => verdict_word(*verdict, pt).to_owned(),
            Some(Worth::Class(class)) => class.clone(),
        };
        let name = figure_name(self.moved.figure, pt);
        let of = self.moved.impact.as_ref().map(|impact| format!("{}: ", quoted(impact)));
        let mut text = format!(
            "{}{name} {} → {}",
            of.unwrap_or_default(),
            worth(&self.moved.before),
            worth(&self.moved.after)
        );
        let because: Vec<String> = self.because.iter().map(|why| why.tell(quoted)).collect();
        if !because.is_empty() {
            text += &format!(", {} {}", if pt { "por causa de" } else { "because of" }, because.join(", "));
        }
        text
    }
}

impl Why {
    fn tell(&self, quoted: &dyn Fn(&str) -> String) -> String {
        let value = |value: &Option<String>| value.as_deref().map_or("–".to_owned(), quoted);
        match (&self.before, &self.after) {
            (None, None) => quoted(&self.field),
            (before, after) => format!("{} ({} → {})", quoted(&self.field), value(before), value(after)),
        }
    }
}

/// Text of an author as code, which no mark in it can leave.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

fn more_words(more: usize, language: &Language) -> String {
    let n = language.integer(i64::try_from(more).unwrap_or(i64::MAX));
    match is_portuguese(language) {
        false => format!("… and {n} more; `--format json` has them all"),
        true => format!("… e mais {n}; `--format json` traz tudo"),
    }
}

fn figure_name(figure: Figure, pt: bool) -> &'static str {
    match (figure, pt) {
        (Figure::Detect, false) => "time to detect",
        (Figure::Detect, true) => "tempo até a detecção",
        (Figure::Acknowledge, false) => "time to acknowledge",
        (Figure::Acknowledge, true) => "tempo até o reconhecimento",
        (Figure::Mitigate, false) => "time to mitigate",
        (Figure::Mitigate, true) => "tempo até a mitigação",
        (Figure::Recover, false) => "time to recover",
        (Figure::Recover, true) => "tempo até a recuperação",
        (Figure::Verdict, false) => "verdict",
        (Figure::Verdict, true) => "veredito",
        (Figure::Class, false) => "class",
        (Figure::Class, true) => "classe",
        (Figure::CustomerImpact, false) => "customer impact",
        (Figure::CustomerImpact, true) => "impacto para os clientes",
    }
}

fn verdict_word(verdict: Verdict, pt: bool) -> &'static str {
    match (verdict, pt) {
        (Verdict::Met, true) => "cumprida",
        (Verdict::Breached, true) => "não cumprida",
        (Verdict::Indeterminate, true) => "indeterminada",
        (Verdict::Running, true) => "em curso",
        (Verdict::NotJudged(_), true) => "não avaliada",
        (Verdict::NotJudged(_), false) => "not judged",
        (other, false) => other.word(),
    }
}

fn status_word(status: Status, pt: bool) -> &'static str {
    match (status, pt) {
        (Status::Open, true) => "aberto",
        (Status::Monitoring, true) => "em observação",
        (Status::Resolved, true) => "resolvido",
        (Status::Reviewed, true) => "revisado",
        (Status::Closed, true) => "encerrado",
        (other, false) => other.word(),
    }
}
