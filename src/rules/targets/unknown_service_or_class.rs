//! `unknown-service-or-class`: the targets hang on the class.

use crate::{
    finding::{Fix, Words},
    format::near,
    language::Quantity,
    locate::Field,
    measure::MeasuredImpact,
    model::{Impact, Near},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Service or class unknown
    ///
    /// Each impact names a service of `services.yaml` that had one of the settings' classes on the day the impact began.
    /// While there is no `services.yaml`, the impact names its class itself.
    ///
    /// ## Why
    ///
    /// The target hangs on the class. VTEX's whole postmortem turns on which of its systems are critical.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].service
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflwo
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: there is no service `order-workflwo` in services.yaml
    /// > `workflow`: não existe o serviço `order-workflwo` em services.yaml
    ///
    /// ```yaml impacts[0].service
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2019-03-02T10:00Z
    ///     recovered: 2019-03-02T10:08Z
    ///     verified: {at: 2019-03-02T10:10Z, signal: searches_per_minute}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// ```
    /// > `search`: `order-search` had no class on March 2, 2019
    /// > `search`: `order-search` não tinha classe em 2 de março de 2019
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the name, or add the service or its class, with `since`, to `services.yaml`.
    ///
    /// # Serviço ou classe desconhecidos
    ///
    /// Cada impacto cita um serviço de `services.yaml` que, no dia em que o impacto começou, tinha uma das classes das
    /// configurações. Enquanto não há `services.yaml`, o próprio impacto diz a classe.
    ///
    /// ## Por quê
    ///
    /// A meta depende da classe. Todo o postmortem da VTEX gira em torno de quais sistemas são críticos.
    ///
    /// ## Correção
    ///
    /// Corrija o nome ou acrescente em `services.yaml` o serviço ou sua classe, com `since`.
    "unknown-service-or-class": Error Fact
}

/// The most near names that are looked for in one file: each is dear, and more help nobody.
const NEAR_LIMIT: usize = 100;

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut nears = 0..NEAR_LIMIT;
        for (field, impact, measured) in judged.impacts() {
            let named = measured.class.as_deref();
            // a missing service is a fault of its own
            if impact.service.is_empty() || named.is_some_and(|class| case.settings.class(class).is_some()) {
                continue;
            }
            // a class that the settings do not have is a fault of services.yaml, told there
            if case.catalogue.present && named.is_some() {
                continue;
            }
            let look = nears.next().is_some();
            let (field, sentence, (help, fix)) = tell(case, judged, &field, impact, measured, look);
            let finding = out.find(judged, field, sentence);
            (finding.help, finding.fix) = (help, fix);
        }
    }
}

/// The place, the sentence and the help; `look` for a near name.
fn tell(
    case: &Case<'_>,
    judged: &Judged<'_>,
    field: &Field,
    impact: &Impact,
    measured: &MeasuredImpact,
    look: bool,
) -> (Field, Sentence, Mend) {
    let (id, service) = (called(&impact.id, field), impact.service.as_str());
    if let Some(class) = measured.class.as_deref() {
        let classes: Vec<&str> = case.settings.classes.iter().map(|class| class.key.as_str()).collect();
        let sentence = sentence! { impact = id, class = class =>
            "`{impact}`: there is no service class `{class}`",
            "`{impact}`: não existe a classe de serviço `{class}`"
        };
        let mend = match look.then(|| near(class, classes.iter().copied())).flatten() {
            Some(near) => slip(class, &near),
            None => by(words! { classes = classes.join("`, `") =>
                "the classes are `{classes}`",
                "as classes são `{classes}`"
            }),
        };
        return (field.key("class"), sentence, mend);
    }
    if !case.catalogue.present {
        let sentence = sentence! { impact = id =>
            "`{impact}`: no service class is given",
            "`{impact}`: falta a classe do serviço"
        };
        return (
            field.key("class"),
            sentence,
            by(words! {
                "add `class: critical` or `class: non-critical` to the impact, or write a services.yaml",
                "acrescente `class: critical` ou `class: non-critical` ao impacto ou escreva um services.yaml"
            }),
        );
    }
    if case.catalogue.service(service).is_some() {
        let date = measured.started.earliest.map(|at| judged.zone(case).date(at));
        let sentence = match date {
            Some(date) => sentence! { impact = id, service = service, date = Quantity::Date(date) =>
                "`{impact}`: `{service}` had no class on {date}",
                "`{impact}`: `{service}` não tinha classe em {date}"
            },
            None => sentence! { impact = id, service = service =>
                "`{impact}`: `{service}` has no class",
                "`{impact}`: `{service}` não tem classe"
            },
        };
        return (
            field.key("service"),
            sentence,
            by(words! {
                "add `{{since: …, class: …}}` to the service's `class_history` in services.yaml",
                "acrescente `{{since: …, class: …}}` ao `class_history` do serviço em services.yaml"
            }),
        );
    }
    let sentence = sentence! { impact = id, service = service =>
        "`{impact}`: there is no service `{service}` in services.yaml",
        "`{impact}`: não existe o serviço `{service}` em services.yaml"
    };
    let known = case.catalogue.services.iter().map(|service| service.id.as_str());
    let mend = match look.then(|| near(service, known)).flatten() {
        Some(near) => slip(service, &near),
        None => by(words! {
            "add it to services.yaml with its class, or correct the name",
            "acrescente-o a services.yaml com sua classe ou corrija o nome"
        }),
    };
    (field.key("service"), sentence, mend)
}

/// The help, and the change where that is certain.
type Mend = (Words, Option<Fix>);

fn slip(word: &str, near: &Near) -> Mend {
    let help = words! { near = near.as_str() => "did you mean `{near}`?", "você quis dizer `{near}`?" };
    (help, near.sure.then(|| Fix::new(word, near.as_str())))
}

fn by(help: Words) -> Mend {
    (help, None)
}
