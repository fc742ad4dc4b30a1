//! Every moment and every text of an incident, with the field it stands in.

use super::{Audience, Impact, Incident, Localized, Post, Step, Visibility};
use crate::{
    locate::{Field, Path},
    time::TimePoint,
};

impl Incident {
    /// Calls `visit` for every moment of the file, in the order of the format.
    pub fn each_moment<'a>(&'a self, visit: &mut dyn FnMut(&Path<'_>, &'a TimePoint)) {
        let top = Path::TOP;
        let mut see = |parent: &Path<'_>, key: &str, point: &'a Option<TimePoint>| {
            if let Some(point) = point {
                visit(&parent.key(key), point);
            }
        };
        let impacts = top.key("impacts");
        for (i, impact) in self.impacts.iter().enumerate() {
            let here = impacts.at(i);
            see(&here, "started", &impact.started);
            see(&here, "first_signal", &impact.first_signal);
            see(&here, "detected", &impact.detected);
            see(&here, "acknowledged", &impact.acknowledged);
            see(&here, "mitigated", &impact.mitigated);
            see(&here, "recovered", &impact.recovered);
            if let Some(verified) = &impact.verified {
                see(&here.key("verified"), "at", &verified.at);
            }
            let segments = here.key("segments");
            for (j, segment) in impact.segments.iter().enumerate() {
                see(&segments.at(j), "from", &segment.from);
                see(&segments.at(j), "to", &segment.to);
            }
            if let Some(backlog) = &impact.backlog {
                see(&here.key("backlog"), "drained_at", &backlog.drained_at);
            }
            if let Some(residual) = &impact.residual {
                see(&here.key("residual"), "accepted_at", &residual.accepted_at);
            }
        }
        let timeline = top.key("timeline");
        for (i, event) in self.timeline.iter().enumerate() {
            let here = timeline.at(i);
            see(&here, "at", &event.at);
            see(&here, "until", &event.until);
            if let Some(verified) = event.step.as_ref().and_then(|step| step.verified.as_ref()) {
                see(&here.key("step").key("verified"), "at", &verified.at);
            }
        }
        let causes = top.key("causes");
        for (i, cause) in self.causes.iter().enumerate() {
            see(&causes.at(i), "at", &cause.at);
        }
        let comms = top.key("comms");
        for (i, post) in self.comms.iter().enumerate() {
            let here = comms.at(i);
            see(&here, "at", &post.at);
            see(&here, "next_update_by", &post.next_update_by);
            if let Some(eta) = &post.eta {
                see(&here.key("eta"), "at", &eta.at);
            }
        }
        if let Some(work) = &self.maintenance {
            let here = top.key("maintenance");
            see(&here, "announced_at", &work.announced_at);
            see(&here.key("window"), "from", &work.from);
            see(&here.key("window"), "to", &work.to);
        }
        let here = top.key("regulatory");
        if let Some(aware) = &self.regulatory.aware_at {
            see(&here.key("aware_at"), "at", &aware.at);
        }
        see(&here, "classified_major_at", &self.regulatory.classified_major_at);
        see(&here, "material_determined_at", &self.regulatory.material_determined_at);
        see(&here, "crisis_declared_at", &self.regulatory.crisis_declared_at);
        let submissions = here.key("submissions");
        for (i, submission) in self.regulatory.submissions.iter().enumerate() {
            see(&submissions.at(i), "submitted_at", &submission.submitted_at);
        }
        see(&top, "closed_at", &self.closed_at);
    }

    /// The fields of the texts that [`Incident::each_text`] visits, in its order.
    pub fn text_fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        self.each_text(&mut |path, _| fields.push(path.field()));
        fields
    }

    /// Calls `visit` for every localized text of the file, in the order of the format.
    pub fn each_text<'a>(&'a self, visit: &mut dyn FnMut(&Path<'_>, &'a Localized)) {
        let top = Path::TOP;
        visit(&top.key("title"), &self.title);
        see(visit, &top, "summary", &self.summary);
        see(visit, &top, "internal_summary", &self.internal_summary);
        let impacts = top.key("impacts");
        for (i, impact) in self.impacts.iter().enumerate() {
            impact_texts(impact, &impacts.at(i), visit);
        }
        let timeline = top.key("timeline");
        for (i, event) in self.timeline.iter().enumerate() {
            let here = timeline.at(i);
            see(visit, &here, "text", &event.text);
            if let Some(step) = &event.step {
                step_texts(step, &here.key("step"), visit);
            }
        }
        let causes = top.key("causes");
        for (i, cause) in self.causes.iter().enumerate() {
            let here = causes.at(i);
            see(visit, &here, "text", &cause.text);
            see(visit, &here, "public_text", &cause.public_text);
            if let Some(decision) = &cause.decision {
                see(visit, &here.key("decision"), "reason", &decision.reason);
            }
            if let Some(risk) = &cause.risk_accepted {
                see(visit, &here.key("risk_accepted"), "reason", &risk.reason);
            }
            if let Some(rollback) = cause.change.as_ref().and_then(|change| change.rollback.as_ref()) {
                see(visit, &here.key("change").key("rollback"), "reason", &rollback.reason);
            }
        }
        let actions = top.key("actions");
        for (i, action) in self.actions.iter().enumerate() {
            let here = actions.at(i);
            visit(&here.key("title"), &action.title);
            see(visit, &here, "done_when", &action.done_when);
            see(visit, &here, "note", &action.note);
            let slips = here.key("slips");
            for (j, slip) in action.slips.iter().enumerate() {
                see(visit, &slips.at(j), "reason", &slip.reason);
            }
            if let Some(withdrawal) = &action.withdrawal {
                visit(&here.key("reason"), &withdrawal.reason);
            }
        }
        let lessons = top.key("lessons");
        for (i, lesson) in self.lessons.iter().enumerate() {
            visit(&lessons.at(i), lesson);
        }
        let comms = top.key("comms");
        for (i, post) in self.comms.iter().enumerate() {
            post_texts(post, &comms.at(i), visit);
        }
        let reviews = top.key("reviews");
        for (i, review) in self.reviews.iter().enumerate() {
            see(visit, &reviews.at(i), "decision", &review.decision);
        }
        let here = top.key("regulatory");
        if let Some(aware) = &self.regulatory.aware_at {
            see(visit, &here.key("aware_at"), "basis", &aware.basis);
        }
        let assessments = here.key("assessments");
        for (i, assessment) in self.regulatory.assessments.iter().enumerate() {
            see(visit, &assessments.at(i), "reason", &assessment.reason);
        }
        let waivers = top.key("waivers");
        for (i, waiver) in self.waivers.iter().enumerate() {
            see(visit, &waivers.at(i), "reason", &waiver.reason);
        }
    }
}

impl Incident {
    /// Calls `visit` for every localized text that reaches the public: those that public documents are made of, and
    /// those of posts for the public.
    pub fn each_public_text<'a>(&'a self, visit: &mut dyn FnMut(&Path<'_>, &'a Localized)) {
        let top = Path::TOP;
        visit(&top.key("title"), &self.title);
        see(visit, &top, "summary", &self.summary);
        let impacts = top.key("impacts");
        for (i, impact) in self.impacts.iter().enumerate() {
            impact_texts(impact, &impacts.at(i), visit);
        }
        let timeline = top.key("timeline");
        for (i, event) in self.timeline.iter().enumerate() {
            if event.visibility != Visibility::Public {
                continue;
            }
            let here = timeline.at(i);
            see(visit, &here, "text", &event.text);
            if let Some(step) = &event.step {
                see(visit, &here.key("step"), "title", &step.title);
            }
        }
        let causes = top.key("causes");
        for (i, cause) in self.causes.iter().enumerate() {
            see(visit, &causes.at(i), "public_text", &cause.public_text);
        }
        let actions = top.key("actions");
        for (i, action) in self.actions.iter().enumerate().filter(|(_, action)| action.public_commitment) {
            visit(&actions.at(i).key("title"), &action.title);
        }
        let lessons = top.key("lessons");
        for (i, lesson) in self.lessons.iter().enumerate() {
            visit(&lessons.at(i), lesson);
        }
        let comms = top.key("comms");
        for (i, post) in self.comms.iter().enumerate().filter(|(_, post)| post.audience == Audience::Public) {
            let here = comms.at(i);
            see(visit, &here, "text", &post.text);
            part_texts(post, &here, visit);
        }
    }
}

type VisitText<'v, 'a> = &'v mut dyn FnMut(&Path<'_>, &'a Localized);

fn see<'a>(visit: VisitText<'_, 'a>, parent: &Path<'_>, key: &str, text: &'a Option<Localized>) {
    if let Some(text) = text {
        visit(&parent.key(key), text);
    }
}

fn impact_texts<'a>(impact: &'a Impact, here: &Path<'_>, visit: VisitText<'_, 'a>) {
    see(visit, here, "scope", &impact.scope);
    if let Some(data) = &impact.data {
        see(visit, &here.key("data"), "statement", &data.statement);
    }
    if let Some(residual) = &impact.residual {
        see(visit, &here.key("residual"), "text", &residual.text);
    }
}

fn step_texts<'a>(step: &'a Step, here: &Path<'_>, visit: VisitText<'_, 'a>) {
    see(visit, here, "title", &step.title);
    let preconditions = here.key("preconditions");
    for (j, text) in step.preconditions.iter().enumerate() {
        visit(&preconditions.at(j), text);
    }
    if let Some(expected) = &step.expected {
        see(visit, &here.key("expected"), "sign", &expected.sign);
    }
    see(visit, here, "costs", &step.costs);
    if let Some(hazard) = &step.hazard {
        see(visit, &here.key("hazard"), "text", &hazard.text);
    }
    if let Some(verify) = &step.verify {
        see(visit, &here.key("verify"), "expect", &verify.expect);
    }
    if let Some(rollback) = &step.rollback {
        see(visit, &here.key("rollback"), "how", &rollback.how);
    }
    see(visit, here, "keep_reason", &step.keep_reason);
}

fn post_texts<'a>(post: &'a Post, here: &Path<'_>, visit: VisitText<'_, 'a>) {
    see(visit, here, "text", &post.text);
    if let Some(eta) = &post.eta {
        see(visit, &here.key("eta"), "basis", &eta.basis);
    }
    part_texts(post, here, visit);
}

fn part_texts<'a>(post: &'a Post, here: &Path<'_>, visit: VisitText<'_, 'a>) {
    let here = here.key("parts");
    see(visit, &here, "symptom", &post.parts.symptom);
    see(visit, &here, "scope", &post.parts.scope);
    see(visit, &here, "workaround", &post.parts.workaround);
    see(visit, &here, "cause_plain", &post.parts.cause_plain);
    see(visit, &here, "fix_now", &post.parts.fix_now);
    see(visit, &here, "remaining", &post.parts.remaining);
}
