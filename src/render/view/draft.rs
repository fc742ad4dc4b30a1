//! The words of a post, put together sentence by sentence from the fields of the incident (status-page: *Templates*).

use std::collections::BTreeSet;

use super::{
    LeftOut, Teller, Words,
    post::{has_text, instant},
};
use crate::{
    language::{Value, Wall},
    measure::MeasuredImpact,
    model::{Audience, Gender, Impact, Level, Localized, Parts, Post, PostState, Presence},
    render::{RenderError, escape},
    time::{Instant, Interval, Span, TimePoint},
};

/// The words of a post that is still to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whole sentences, as Markdown.
    pub text: String,
    /// What is missing of what such a post owes its readers, by field.
    pub missing: Vec<LeftOut>,
    /// The moment of the next post, when it was taken from the policy and not from the file.
    pub assumed_next: Option<Instant>,
}

impl Teller<'_> {
    /// The next post of a state, from the incident's fields, the post of that state that has no text yet, and the parts
    /// of those before.
    pub(in crate::render) fn draft(&self, state: PostState) -> Result<Draft, RenderError> {
        let page = self.on_page();
        let comms = || self.incident.comms.iter().enumerate();
        let public = || comms().filter(|(_, post)| post.audience == Audience::Public);
        let waiting = public().rfind(|(_, post)| post.state == Some(state) && !has_text(post));
        let desk = Desk {
            teller: &page,
            state,
            field: waiting.map_or_else(|| "comms".to_owned(), |(at, _)| format!("comms[{at}]")),
            post: waiting.map(|(_, post)| post),
            earlier: public().map(|(_, post)| post).collect(),
            at: waiting.and_then(|(_, post)| instant(post.at.as_ref())).unwrap_or(self.as_of),
            is_draft: true,
            sentences: Vec::new(),
            missing: Vec::new(),
            assumed_next: None,
        };
        desk.written()
    }

    /// A post that went out and has no text, from its own parts.
    pub(super) fn told_by_parts(
        &self,
        state: PostState,
        index: usize,
        post: &Post,
        at: Instant,
    ) -> Result<String, RenderError> {
        let desk = Desk {
            teller: self,
            state,
            field: format!("comms[{index}]"),
            post: Some(post),
            earlier: Vec::new(),
            at,
            is_draft: false,
            sentences: Vec::new(),
            missing: Vec::new(),
            assumed_next: None,
        };
        Ok(desk.written()?.text)
    }
}

/// Where a post is written: sentence by sentence, each whole or not at all.
struct Desk<'d, 't> {
    teller: &'d Teller<'t>,
    state: PostState,
    /// `comms[2]`.
    field: String,
    post: Option<&'d Post>,
    /// In the order of the file.
    earlier: Vec<&'d Post>,
    /// When it is read first.
    at: Instant,
    /// It is still to go out: what the file lacks may come from earlier posts and from the policy.
    is_draft: bool,
    sentences: Vec<String>,
    missing: Vec<LeftOut>,
    assumed_next: Option<Instant>,
}

type Get = fn(&Parts) -> &Option<Localized>;

impl<'d> Desk<'d, '_> {
    fn written(mut self) -> Result<Draft, RenderError> {
        match self.state {
            PostState::Investigating => self.investigating()?,
            PostState::Identified => self.identified()?,
            PostState::Update => self.update()?,
            PostState::Monitoring => self.monitoring()?,
            PostState::Resolved => self.resolved()?,
            PostState::Postmortem => self.postmortem(),
            PostState::Scheduled => self.scheduled()?,
            PostState::InProgress => self.in_progress()?,
            PostState::Completed => self.completed()?,
        }
        Ok(Draft { text: self.sentences.join(" "), missing: self.missing, assumed_next: self.assumed_next })
    }

    fn investigating(&mut self) -> Result<(), RenderError> {
        let symptom = self.part(|parts| &parts.symptom);
        let started = self.impacts().filter_map(|(impact, _)| impact.started.as_ref());
        let started =
            started.filter(|at| at.is_dated()).map(TimePoint::interval).reduce(Interval::earliest_of);
        let since = started.and_then(|interval| interval.exactly());
        if self.came_back() {
            match self.restarted() {
                Some(at) => {
                    let at = self.at_moment(&at)?;
                    self.say("say-reopened", &[("at", (&at).into())])?;
                }
                None => self.lacks(
                    "impacts[].segments",
                    "when the problem came back is missing: give the impact its `segments`",
                    "falta quando o problema voltou: dê ao impacto os seus `segments`",
                ),
            }
            if let Some(symptom) = symptom {
                self.sentences.push(format!("{}.", capital(&symptom)));
            }
        } else if let Some(since) = since {
            let symptom = match symptom {
                Some(symptom) => Some(symptom),
                None => self.noticed("since")?,
            };
            match symptom {
                Some(symptom) => {
                    let the = self.the_moment(since)?;
                    self.say("say-since", &[("the", (&the).into()), ("symptom", (&symptom).into())])?;
                }
                None => self.lacks_symptom(),
            }
        } else if let Some(symptom) = symptom {
            self.say("say-symptom", &[("symptom", (&capital(&symptom)).into())])?;
        } else if self.impacts().any(|_| true)
            && self.impacts().all(|(impact, _)| matches!(impact.level, Level::Down | Level::Degraded))
        {
            if let Some((services, _)) = self.services("service-in")? {
                self.say("say-failing", &[("services", (&services).into())])?;
            }
        } else {
            match self.noticed("now")? {
                Some(symptom) => self.say("say-symptom", &[("symptom", (&capital(&symptom)).into())])?,
                None => self.lacks_symptom(),
            }
        }
        self.extent()?;
        self.next("say-next")
    }

    fn identified(&mut self) -> Result<(), RenderError> {
        match self.part(|parts| &parts.cause_plain) {
            Some(cause) => self.say("say-cause", &[("cause", (&cause).into())])?,
            None => self.lacks(
                "parts.cause_plain",
                "the cause in plain words is missing: write `parts.cause_plain`, a clause",
                "falta a causa em palavras simples: escreva `parts.cause_plain`, uma oração",
            ),
        }
        match self.part(|parts| &parts.fix_now) {
            Some(fix) => self.say("say-fix", &[("fix", (&fix).into())])?,
            None => self.lacks_fix(),
        }
        self.remaining()?;
        self.data()?;
        self.extent()?;
        self.next("say-next")
    }

    fn update(&mut self) -> Result<(), RenderError> {
        let fix = self.part(|parts| &parts.fix_now);
        let before = self.sentences.len();
        let partly = self
            .impacts()
            .filter(|(impact, _)| !over(impact))
            .filter_map(|(impact, _)| impact.mitigated.as_ref());
        let partly = partly.filter(|at| at.is_dated()).map(TimePoint::interval).reduce(Interval::latest_of);
        if let Some(partly) = partly
            && let Some((services, count)) = self.services("service-the")?
        {
            let (at, services) = (self.at_moment(&partly)?, capital(&services));
            let values = [("services", (&services).into()), ("count", count.into()), ("at", (&at).into())];
            self.say("say-partly", &values)?;
        }
        self.remaining()?;
        let has_news = self.sentences.len() > before;
        match fix {
            Some(fix) => {
                self.say(if has_news { "say-fix" } else { "say-no-news" }, &[("fix", (&fix).into())])?;
            }
            None if !has_news => self.lacks_fix(),
            None => {}
        }
        self.extent()?;
        let eta = self.post.and_then(|post| post.eta.as_ref());
        if let Some(eta) = eta
            && let (Some(at), Some(basis)) = (instant(eta.at.as_ref()), self.clause(eta.basis.as_ref()))
        {
            let the = self.the_moment(at)?;
            self.say("say-eta", &[("the", (&the).into()), ("basis", (&basis).into())])?;
        }
        self.next("say-next")
    }

    fn monitoring(&mut self) -> Result<(), RenderError> {
        // when all was back is when the fix had done its work, which may be long after it went in
        let fixed =
            |impact: &Impact| impact.mitigated.as_ref().filter(|at| at.is_dated()).map(TimePoint::interval);
        let all: Option<Vec<Interval>> = self.impacts().map(|(impact, _)| fixed(impact)).collect();
        let last = all.unwrap_or_default().into_iter().reduce(Interval::latest_of);
        match last {
            None => self.lacks(
                "impacts[].mitigated",
                "when the fix went in is missing: give each impact its `mitigated`",
                "falta quando a correção foi aplicada: dê a cada impacto o seu `mitigated`",
            ),
            Some(fixed) => {
                if let Some((services, count)) = self.services("service-the")? {
                    let at = self.at_moment(&fixed)?;
                    let values =
                        [("services", (&services).into()), ("count", count.into()), ("at", (&at).into())];
                    self.say("say-fixed", &values)?;
                }
            }
        }
        let waits = self.impacts().any(|(impact, _)| {
            impact.backlog.as_ref().is_some_and(|backlog| {
                instant(backlog.drained_at.as_ref()).is_none_or(|drained| drained > self.at)
            })
        });
        if waits {
            self.say("say-backlog", &[])?;
        }
        self.remaining()?;
        self.next("say-watch")
    }

    fn resolved(&mut self) -> Result<(), RenderError> {
        // services that came back together are told together
        let mut groups: Vec<(Interval, Option<Span>, Vec<&str>)> = Vec::new();
        let mut open = Vec::new();
        for (at, (impact, measured)) in self.impacts().enumerate() {
            let Some(recovered) = impact.recovered.as_ref().filter(|at| at.is_dated()) else {
                open.push(at);
                continue;
            };
            let (recovered, ttr) = (recovered.interval(), measured.ttr.filter(|span| !span.is_unknown()));
            match groups.iter_mut().find(|(at, length, _)| (*at, *length) == (recovered, ttr)) {
                Some((.., services)) => services.push(&impact.service),
                None => groups.push((recovered, ttr, vec![&impact.service])),
            }
        }
        for (recovered, ttr, services) in groups {
            let Some((services, count)) = self.named_services(&services, "service-the")? else { continue };
            let at = self.at_moment(&recovered)?;
            let services = capital(&services);
            let mut values: Vec<(&str, Value<'_>)> =
                vec![("services", (&services).into()), ("count", count.into()), ("at", (&at).into())];
            let length = ttr.map(|span| self.teller.language.span(span, self.teller.rounding));
            let key = match (&length, ttr.and_then(|span| span.exactly())) {
                (None, _) => "say-recovered",
                (Some(_), Some(_)) => "say-recovered-after",
                (Some(_), None) => "say-recovered-took",
            };
            if let Some(length) = &length {
                values.push(("length", length.into()));
            }
            self.say(key, &values)?;
        }
        for _ in open.iter().take(1) {
            self.lacks(
                "impacts[].recovered",
                "when everything was back is missing: give each impact its `recovered`",
                "falta quando tudo voltou: dê a cada impacto o seu `recovered`",
            );
        }
        self.data()?;
        let residual = self.impacts().filter_map(|(impact, _)| impact.residual.as_ref()?.text.as_ref());
        let residual: BTreeSet<String> = residual.filter_map(|text| self.clause(Some(text))).collect();
        for residual in residual {
            self.say("say-residual", &[("residual", (&residual).into())])?;
        }
        if self.is_draft || self.post.is_some_and(|post| post.apology) {
            self.say("say-apology", &[])?;
        }
        if let Some(date) = self.postmortem_by().filter(|_| self.is_draft) {
            let date = self.teller.language.date(date);
            self.say("say-postmortem-by", &[("date", (&date).into())])?;
        }
        Ok(())
    }

    fn postmortem(&mut self) {
        match self.text(self.teller.incident.summary.as_ref()) {
            Some(summary) => self.sentences.push(summary),
            None => self.lacks_at(
                "summary".to_owned(),
                "the summary is missing: write `summary`",
                "falta o resumo: escreva `summary`",
            ),
        }
    }

    fn scheduled(&mut self) -> Result<(), RenderError> {
        match self.window() {
            Some((from, to)) => {
                let window = self.teller.language.between(&self.teller.wall(from), &self.teller.wall(to));
                if let Some((services, count)) = self.services("service-the")? {
                    let window = capital(&window);
                    let values = [
                        ("window", (&window).into()),
                        ("services", (&services).into()),
                        ("count", count.into()),
                    ];
                    self.say("say-scheduled", &values)?;
                }
            }
            None => self.lacks_window(),
        }
        if let Some(reason) = self.part(|parts| &parts.cause_plain) {
            self.say("say-reason", &[("reason", (&reason).into())])?;
        }
        match self.part(|parts| &parts.workaround) {
            Some(workaround) => self.say("say-workaround", &[("workaround", (&workaround).into())]),
            None => self.say("say-nothing-to-do", &[]),
        }
    }

    fn in_progress(&mut self) -> Result<(), RenderError> {
        let Some((_, to)) = self.window() else {
            self.lacks_window();
            return Ok(());
        };
        if self.at > to {
            let at = self.at_moment(&Interval::exact(to))?;
            self.say("say-overrun", &[("at", (&at).into())])?;
            return self.next("say-next");
        }
        let the = self.the_moment(to)?;
        self.say("say-under-way", &[("the", (&the).into())])
    }

    fn completed(&mut self) -> Result<(), RenderError> {
        if let Some((services, count)) = self.services("service-the")? {
            let services = capital(&services);
            self.say("say-maintained", &[("services", (&services).into()), ("count", count.into())])?;
        }
        Ok(())
    }

    /// Who is hit, what is not, what helps meanwhile; all of it may be left out.
    fn extent(&mut self) -> Result<(), RenderError> {
        if let Some(scope) = self.part(|parts| &parts.scope) {
            self.say("say-scope", &[("scope", (&scope).into())])?;
        }
        if self.state == PostState::Investigating {
            let unaffected: Vec<&str> = self.teller.incident.unaffected.iter().map(String::as_str).collect();
            // a service without a public name is told of where it is listed
            let named: Vec<&str> =
                unaffected.into_iter().filter(|service| self.teller.public_name(service).is_some()).collect();
            if let Some((services, count)) = self.named_services(&named, "service-the")? {
                let services = capital(&services);
                self.say("say-unaffected", &[("services", (&services).into()), ("count", count.into())])?;
            }
        }
        if let Some(workaround) = self.part(|parts| &parts.workaround) {
            self.say("say-workaround", &[("workaround", (&workaround).into())])?;
        }
        Ok(())
    }

    fn remaining(&mut self) -> Result<(), RenderError> {
        match self.own_part(|parts| &parts.remaining) {
            Some(remaining) => self.say("say-remaining", &[("remaining", (&remaining).into())]),
            None => Ok(()),
        }
    }

    fn data(&mut self) -> Result<(), RenderError> {
        let hit = |impact: &Impact| {
            impact
                .data
                .as_ref()
                .is_some_and(|data| [data.loss, data.corruption].contains(&Some(Presence::Some)))
        };
        // what was lost is told by those who know what it was
        let statements: BTreeSet<String> = self
            .impacts()
            .filter_map(|(impact, _)| self.text(impact.data.as_ref()?.statement.as_ref()))
            .collect();
        if !statements.is_empty() {
            self.sentences.extend(statements);
        } else if self.impacts().any(|(impact, _)| hit(impact)) {
            self.lacks(
                "impacts[].data.statement",
                "what happened to data is missing: write the `statement` of `data`",
                "falta o que houve com os dados: escreva o `statement` de `data`",
            );
        } else if let Some(sentence) = self.teller.data_sentence()? {
            self.sentences.push(sentence);
        }
        Ok(())
    }

    /// When the next post comes: from the file, or of a draft from the rhythm of the strictest class.
    fn next(&mut self, key: &str) -> Result<(), RenderError> {
        let given = self.post.and_then(|post| instant(post.next_update_by.as_ref()));
        let rhythm = || {
            let classes = self.impacts().filter_map(|(_, measured)| {
                self.teller.settings.class(measured.class.as_deref()?)?.update_every?.seconds()
            });
            Some(self.at + chrono::TimeDelta::try_seconds(classes.min()?)?)
        };
        let assumed = if given.is_none() && self.is_draft { rhythm() } else { None };
        match given.or(assumed) {
            Some(next) => {
                self.assumed_next = assumed;
                let the = self.the_moment(next)?;
                self.say(key, &[("the", (&the).into())])
            }
            None => {
                self.lacks(
                    "next_update_by",
                    "the time of the next update is missing: write `next_update_by`",
                    "falta o horário da próxima atualização: escreva `next_update_by`",
                );
                Ok(())
            }
        }
    }

    /// What users notice, from the levels of the impacts. Lost or exposed data is not told by a level alone.
    fn noticed(&mut self, tense: &str) -> Result<Option<String>, RenderError> {
        let mut levels: Vec<(Level, Vec<&str>)> = Vec::new();
        for (impact, _) in self.impacts() {
            match levels.iter_mut().find(|(level, _)| *level == impact.level) {
                Some((_, services)) => services.push(&impact.service),
                None => levels.push((impact.level, vec![&impact.service])),
            }
        }
        let mut clauses = Vec::new();
        for (level, services) in levels {
            if matches!(level, Level::DataLoss | Level::Exposure) {
                return Ok(None);
            }
            let Some((services, count)) = self.named_services(&services, "service-the")? else {
                return Ok(None);
            };
            let key = format!("symptom-{tense}-{}", level.word().replace('_', "-"));
            clauses
                .push(self.teller.say(&key, &[("services", (&services).into()), ("count", count.into())])?);
        }
        Ok(Some(self.teller.language.list(&clauses)).filter(|told| !told.is_empty()))
    }

    /// The last post said that it was over, and this one says that it is not.
    fn came_back(&self) -> bool {
        let said_over = || {
            let last = self.earlier.iter().rev().find_map(|post| post.state);
            self.is_draft && matches!(last, Some(PostState::Resolved | PostState::Postmortem))
        };
        self.post.is_some_and(|post| post.reopened) || said_over()
    }

    fn restarted(&self) -> Option<Interval> {
        let last = self.impacts().filter_map(|(impact, _)| match impact.segments.as_slice() {
            [_, .., last] => last.from.as_ref().filter(|at| at.is_dated()).map(TimePoint::interval),
            _ => None,
        });
        last.reduce(Interval::latest_of)
    }

    fn window(&self) -> Option<(Instant, Instant)> {
        let work = self.teller.incident.maintenance.as_ref()?;
        Some((work.from.as_ref()?.interval().exactly()?, work.to.as_ref()?.interval().exactly()?))
    }

    /// The last day for a postmortem by the strictest class (`postmortem-late`).
    fn postmortem_by(&self) -> Option<crate::time::Date> {
        let over: Option<Vec<Instant>> = self.impacts().map(|(_, measured)| measured.ended.latest).collect();
        let over = self.teller.zone.date(over?.into_iter().max()?);
        let limits = self.impacts().filter_map(|(_, measured)| {
            let class = self.teller.settings.class(measured.class.as_deref()?)?;
            Some(self.teller.settings.org.calendar.limit(over, class.postmortem_within?))
        });
        limits.min()
    }

    /// The impacts of the services that it speaks of; it speaks of all when it names none.
    fn impacts(&self) -> impl Iterator<Item = (&'d Impact, &'d MeasuredImpact)> + use<'_, 'd> {
        let named: &[String] = self.post.map(|post| post.services.as_slice()).unwrap_or_default();
        let teller = self.teller;
        let all = teller.incident.impacts.iter().zip(&teller.measured.impacts);
        all.filter(move |(impact, _)| named.is_empty() || named.contains(&impact.service))
    }

    /// The services that it speaks of, in a sentence, and how many there are.
    fn services(&mut self, form: &str) -> Result<Option<(String, usize)>, RenderError> {
        let ids: Vec<&str> = self.impacts().map(|(impact, _)| impact.service.as_str()).collect();
        let told = self.named_services(&ids, form)?;
        if ids.is_empty() {
            self.lacks_at(
                "impacts".to_owned(),
                "what is affected is missing: write the impact with its service",
                "falta o que foi afetado: escreva o impacto com o seu serviço",
            );
        }
        Ok(told)
    }

    /// Services by their public names; `None`, and said so, when one of them has none.
    fn named_services(&mut self, ids: &[&str], form: &str) -> Result<Option<(String, usize)>, RenderError> {
        let mut told: Vec<String> = Vec::new();
        let mut many = false;
        for id in ids {
            let Some(name) = self.teller.public_name(id) else {
                self.lacks_at(
                    format!("services.{id}.public_name"),
                    "what readers call the service is missing: write its `public_name` in `services.yaml`",
                    "falta como o leitor chama o serviço: escreva o `public_name` em `services.yaml`",
                );
                return Ok(None);
            };
            let service = self.teller.catalogue.service(id);
            let gender = service.and_then(|service| service.gender);
            let key = match gender {
                Some(gender) => format!("{form}-{}", gender.word()),
                None => form.to_owned(),
            };
            many |= service.is_some_and(|service| match self.teller.language.is_portuguese() {
                true => service.gender.is_some_and(Gender::is_plural),
                false => service.is_plural_in_english(),
            });
            let name = escape::markdown_line(&name);
            let name = self.teller.say(&key, &[("name", (&name).into())])?;
            if !told.contains(&name) {
                told.push(name);
            }
        }
        // one service whose name is a plural is spoken of as several are
        let count = told.len() + usize::from(many && told.len() == 1);
        Ok((count > 0).then(|| (self.teller.language.list(&told), count)))
    }

    /// A clause of the post, or of a draft that of the last post that had one.
    fn part(&self, get: Get) -> Option<String> {
        self.own_part(get)
            .or_else(|| self.earlier.iter().rev().find_map(|post| self.clause(get(&post.parts).as_ref())))
    }

    fn own_part(&self, get: Get) -> Option<String> {
        self.clause(get(&self.post?.parts).as_ref())
    }

    /// A text in the page's own language, on one line, without the full stop at its end: a sentence goes on after it.
    fn clause(&self, text: Option<&Localized>) -> Option<String> {
        let line = self.text(text)?;
        Some(line.trim_end_matches('.').trim_end().to_owned()).filter(|line| !line.is_empty())
    }

    /// A text in the page's own language, on one line: a sentence in two languages is none.
    fn text(&self, text: Option<&Localized>) -> Option<String> {
        Some(escape::one_line(text?.get(self.teller.language.tag())?)).filter(|line| !line.is_empty())
    }

    /// `13:10 (UTC−3; 16:10 UTC)`, with its article and, on another day than the post, its date.
    fn the_moment(&self, at: Instant) -> Result<String, RenderError> {
        let (wall, language) = (self.teller.wall(at), self.teller.language);
        let today = self.teller.wall(self.at).local.date();
        let told = match wall.local.date() {
            date if date == today => language.the_clock(&wall),
            date if same_year(date, today) => language.the_on(&wall),
            _ => language.the_on_date(&wall),
        };
        self.zoned(told, &wall)
    }

    /// `at 13:10 (UTC−3; 16:10 UTC)` likewise; an uncertain moment with both its ends.
    fn at_moment(&self, at: &Interval) -> Result<String, RenderError> {
        let language = self.teller.language;
        let Some(exact) = at.exactly() else {
            return Ok(language.interval(at, |at| self.teller.wall(at)));
        };
        let wall = self.teller.wall(exact);
        let today = self.teller.wall(self.at).local.date();
        let told = match wall.local.date() {
            date if date == today => language.at_clock(&wall),
            date if same_year(date, today) => language.at_on(&wall),
            _ => language.at_on_date(&wall),
        };
        self.zoned(told, &wall)
    }

    fn zoned(&self, told: String, wall: &Wall) -> Result<String, RenderError> {
        let language = self.teller.language;
        if wall.offset == 0 {
            return Ok(language.in_zone(&told, wall));
        }
        let (zone, utc) = (language.zone(wall), self.teller.utc_clock(wall.instant())?);
        self.teller
            .say("clock-both", &[("clock", (&told).into()), ("zone", (&zone).into()), ("utc", (&utc).into())])
    }

    fn say(&mut self, key: &str, values: &[(&str, Value<'_>)]) -> Result<(), RenderError> {
        let sentence = self.teller.say(key, values)?;
        self.sentences.push(sentence);
        Ok(())
    }

    fn lacks_symptom(&mut self) {
        self.lacks(
            "parts.symptom",
            "what users notice is missing: write `parts.symptom`, a clause",
            "falta o que os usuários percebem: escreva `parts.symptom`, uma oração",
        );
    }

    fn lacks_fix(&mut self) {
        self.lacks(
            "parts.fix_now",
            "what is being done is missing: write `parts.fix_now`, the words after \"We are\"",
            "falta o que está sendo feito: escreva `parts.fix_now`, as palavras depois de \"Estamos\"",
        );
    }

    fn lacks_window(&mut self) {
        self.lacks_at(
            "maintenance.window".to_owned(),
            "the window is missing: write `maintenance.window`, from and to",
            "falta a janela: escreva `maintenance.window`, com from e to",
        );
    }

    /// A part of the post, or a field of the impacts.
    fn lacks(&mut self, field: &str, en: &str, pt: &str) {
        let field =
            if field.starts_with("impacts") { field.to_owned() } else { format!("{}.{field}", self.field) };
        self.lacks_at(field, en, pt);
    }

    fn lacks_at(&mut self, field: String, en: &str, pt: &str) {
        let missing = LeftOut { field, words: Words::from((en, pt)) };
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }
}

fn over(impact: &Impact) -> bool {
    impact.recovered.as_ref().is_some_and(TimePoint::is_dated)
}

fn same_year(a: crate::time::Date, b: crate::time::Date) -> bool {
    chrono::Datelike::year(&a) == chrono::Datelike::year(&b)
}

/// The first letter made a capital, as at the beginning of a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
