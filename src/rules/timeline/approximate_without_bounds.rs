//! `approximate-without-bounds`: "about" must say how far off it may be.

use crate::{
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Stated, TimePoint},
};

rule! {
    /// # Approximate time without bounds
    ///
    /// Every `about` (a moment or a stated length) needs `plus_minus`. Without it the value is computed as if it were
    /// exact.
    ///
    /// ## Why
    ///
    /// "Around 17:00" (Productsup), "around 1:00 am" (VTEX), "about 7:00 PM" (Allegro): a reader cannot tell whether
    /// that is off by minutes or by an hour, and neither can a verdict.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].at
    /// timezone: Europe/Berlin
    /// timeline:
    ///   - {id: e1, at: {about: 2019-12-05T17:00:00+01:00}, type: operation, text: {en: Deployed., pt-BR: Implantado.}}
    /// ```
    /// > `about` does not say how far off it may be
    /// > `about` não diz qual é a margem
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timezone: Europe/Berlin
    /// timeline:
    ///   - {id: e1, at: {about: 2019-12-05T17:00:00+01:00, plus_minus: 15m}, type: operation, text: {en: Deployed., pt-BR: Implantado.}}
    ///   - {id: e2, at: ~2019-12-05T17:00+01:00 ±15m, type: note, text: {en: The short form., pt-BR: A forma curta.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Say how sure you are. Half of the unit it was rounded to is a good start: ±30 min for "6 hours".
    ///
    /// # Horário aproximado sem margem
    ///
    /// Todo `about` (um momento ou uma duração declarada) precisa de `plus_minus`. Sem ele, o valor é calculado como se
    /// fosse exato.
    ///
    /// ## Por quê
    ///
    /// "Por volta das 17h" (Productsup), "perto das 22h" (VTEX), "por volta das 19h" (Allegro): quem lê não sabe
    /// se a diferença é de minutos ou de uma hora, e o cálculo do resultado também não.
    ///
    /// ## Correção
    ///
    /// Diga qual é a margem. Metade da unidade de arredondamento é um bom começo: ±30 min para "6 horas".
    "approximate-without-bounds": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut fields = Vec::new();
        judged.incident.each_moment(&mut |path, point| {
            if matches!(point, TimePoint::About { plus_minus: None, .. }) {
                fields.push(path.field());
            }
        });
        let is_loose = |stated: &Option<Stated>| {
            let about = stated.as_ref().and_then(|stated| stated.about);
            about.is_some_and(|about| about.plus_minus.is_none())
        };
        for (field, impact, _) in judged.impacts() {
            let stated = &impact.stated;
            let lengths =
                [("detect", &stated.detect), ("mitigate", &stated.mitigate), ("recover", &stated.recover)];
            let loose = lengths.into_iter().filter(|(_, length)| is_loose(length));
            fields.extend(loose.map(|(name, _)| field.key("stated").key(name)));
        }
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            if event.step.as_ref().is_some_and(|step| is_loose(&step.took)) {
                fields.push(Field::of("timeline").at(i).key("step").key("took"));
            }
        }
        for field in fields {
            let sentence = sentence! { => "`about` does not say how far off it may be", "`about` não diz qual é a margem" };
            out.find(judged, field, sentence).help = words! {
                "add `plus_minus`, for example `plus_minus: 15m`",
                "acrescente `plus_minus`, por exemplo `plus_minus: 15m`"
            };
        }
    }
}
