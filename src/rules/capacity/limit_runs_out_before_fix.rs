//! `limit-runs-out-before-fix`: the date of the wall is known before the crash.

use crate::{
    language::Quantity,
    locate::Field,
    model::Limit,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::Date,
};

rule! {
    /// # Registered limit runs out before a fix can be ready
    ///
    /// A limit of the catalogue with `max`, `current` and `per_day` lasts, counted from `measured_on`, for at least its
    /// `lead_time` from the day of asking. Without `measured_on`, what was measured is taken to be of today.
    ///
    /// ## Why
    ///
    /// Order Desk believed it had eight months in hand and had planned the work for after the new year. The rate changed.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-workflow.limits[0]
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///     limits: [{id: order-id, type: int32, max: 2147483647, current: 2100000000, per_day: 900000, measured_on: 2026-03-30, lead_time: 60d}]
    /// ```
    /// > `order-workflow`: `order-id` runs out on May 21, 2026, and a fix takes 60 days
    /// > `order-workflow`: `order-id` se esgota em 21 de maio de 2026, e uma correção leva 60 dias
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///     limits: [{id: order-id, type: int32, max: 2147483647, current: 1200000000, per_day: 900000, measured_on: 2026-03-30, lead_time: 60d}, {id: sessions, max: 100, current: 99}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Bring the work forward, and measure the rate again every week.
    ///
    /// # Um limite registrado se esgota antes que a correção possa ficar pronta
    ///
    /// Um limite do catálogo com `max`, `current` e `per_day` dura, contado a partir de `measured_on`, ao menos o seu `lead_time`
    /// a partir do dia da consulta. Sem `measured_on`, considera-se que a medição é de hoje.
    ///
    /// ## Por quê
    ///
    /// A Order Desk acreditava ter oito meses de folga e havia planejado o trabalho para depois do ano-novo. O ritmo mudou.
    ///
    /// ## Correção
    ///
    /// Antecipe o trabalho e meça o ritmo de novo toda semana.
    "limit-runs-out-before-fix": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    let today = case.today();
    for service in &case.catalogue.services {
        for (i, limit) in service.limits.iter().enumerate() {
            let Some(lead) = limit.lead_time.and_then(|lead| lead.seconds()) else { continue };
            let lead_days = lead / 86_400;
            let Some((left, last)) = runs_out(limit, today).filter(|(left, _)| *left < lead_days) else {
                continue;
            };
            let (service_id, limit_id) = (service.id.as_str(), limit.id.as_str());
            let lead = days(lead_days);
            let sentence = if left < 0 {
                sentence! { service = service_id, limit = limit_id, last = Quantity::Date(last), lead = lead =>
                    "`{service}`: at the rate measured, `{limit}` ran out on {last}, and a fix takes {lead}",
                    "`{service}`: no ritmo medido, `{limit}` se esgotou em {last}, e uma correção leva {lead}"
                }
            } else {
                sentence! { service = service_id, limit = limit_id, last = Quantity::Date(last), lead = lead =>
                    "`{service}`: `{limit}` runs out on {last}, and a fix takes {lead}",
                    "`{service}`: `{limit}` se esgota em {last}, e uma correção leva {lead}"
                }
            };
            let field = Field::of("services").key(&service.id).key("limits").at(i);
            out.find_file(file, field, sentence).help = words! {
                "bring the work forward, and measure `current` and `per_day` again",
                "antecipe o trabalho e meça `current` e `per_day` de novo"
            };
        }
    }
}

/// In how many days from today a limit is used up at the rate measured, and on which day.
fn runs_out(limit: &Limit, today: Date) -> Option<(i64, Date)> {
    let rate = limit.per_day.filter(|rate| rate.is_finite() && *rate > 0.0)?;
    let left = limit.max?.saturating_sub(limit.current?);
    #[expect(clippy::cast_precision_loss, reason = "a day more or less in millions of years")]
    let days = (left as f64 / rate).floor();
    // what lasts for a century needs no date
    if days > 36_500.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most a century, and not negative"
    )]
    let days = chrono::Days::new(days as u64);
    let last = limit.measured_on.unwrap_or(today).checked_add_days(days)?;
    Some(((last - today).num_days(), last))
}

fn days(count: i64) -> Quantity {
    match count {
        1 => Quantity::named("1 day", "1 dia"),
        _ => Quantity::named(format!("{count} days"), format!("{count} dias")),
    }
}
