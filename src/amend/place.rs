//! Paths as people write them, found in a text.

use super::{Given, Put, Refused, Wish, listed, wish::Part};
use crate::{
    edit::Value,
    format::nearest,
    locate::{Document, Field},
};

/// What the wishes for an incident set in its text. Items of lists go by their position or their id, impacts without one by
/// their service. `languages` are those that texts are written in.
///
/// # Errors
/// When a path leads nowhere, or to what is not changed here: ids, and actions, which have a lifecycle.
pub fn amend_incident(text: &str, wishes: &[Wish], languages: &[String]) -> Result<Vec<Put>, Refused> {
    let document = Document::parse(text);
    wishes
        .iter()
        .map(|wish| {
            let name = match wish.path.last() {
                Some(Part::Name(name)) => name.as_str(),
                _ => "",
            };
            if name == "id" || wish.first() == "relato" {
                return Err(never(&wish.key));
            }
            if wish.first() == "actions" {
                return Err(Refused::new(
                    (
                        format!("`{}`: actions have a lifecycle, and a command of their own", wish.key),
                        format!("`{}`: ações têm um ciclo de vida e um comando próprio", wish.key),
                    ),
                    (
                        "run `relato actions set INCIDENT/A1 key=value`, or `relato actions add INCIDENT …`",
                        "rode `relato actions set INCIDENTE/A1 chave=valor` ou `relato actions add INCIDENTE …`",
                    ),
                ));
            }
            put(&document, &Field::top(), &wish.path, wish, languages)
        })
        .collect()
}

/// Ids and the version of the format stay.
pub(super) fn never(key: &str) -> Refused {
    Refused::new(
        (format!("`{key}` never changes"), format!("`{key}` nunca muda")),
        (
            "other files, commits and people refer to it; leave it out",
            "outros arquivos, commits e pessoas se referem a ele; deixe-o de fora",
        ),
    )
}

/// What one wish sets, its path beginning at `from`.
pub(super) fn put(
    document: &Document,
    from: &Field,
    path: &[Part],
    wish: &Wish,
    languages: &[String],
) -> Result<Put, Refused> {
    let mut field = from.clone();
    for part in path {
        field = step(document, &field, part, &wish.key)?;
    }
    let value = wish.given.value();
    if wish.adds {
        return Ok(Put { field, value: Value::Added(items(value)) });
    }
    let key = &wish.key;
    if matches!(wish.given, Given::Text(_)) {
        if document.items(&field).is_some() {
            return Err(Refused::new(
                (format!("`{key}` is a list"), format!("`{key}` é uma lista")),
                (
                    format!("write `{key}=[a, b]` to replace it, or `{key}+=a` to add to it"),
                    format!("escreva `{key}=[a, b]` para trocá-la ou `{key}+=a` para acrescentar um item"),
                ),
            ));
        }
        let there: Vec<&str> = document.keys(&field).unwrap_or_default();
        let is_text = |tag: &&str| languages.iter().any(|language| language == tag);
        if !there.is_empty() && there.iter().all(is_text) {
            let keys = listed(there.iter().copied());
            let first = there.first().copied().unwrap_or_default();
            return Err(Refused::new(
                (format!("`{key}` has texts in {}", keys.en), format!("`{key}` tem textos em {}", keys.pt)),
                (format!("say which: `{key}.{first}=…`"), format!("diga qual: `{key}.{first}=…`")),
            ));
        }
    }
    Ok(Put { field, value })
}

/// What is added: each item of a list, or the one that was given.
fn items(value: Value) -> Vec<Value> {
    match value {
        Value::List(items) => items,
        one => vec![one],
    }
}

fn step(document: &Document, field: &Field, part: &Part, key: &str) -> Result<Field, Refused> {
    let name = match part {
        Part::Index(index) => return Ok(field.at(*index)),
        Part::Name(name) => name,
    };
    let Some(count) = document.items(field) else { return Ok(field.key(name.as_str())) };
    let ids: Vec<Option<&str>> = (0..count)
        .map(|index| {
            let item = field.at(index);
            document.value_text(&item.key("id")).or_else(|| document.value_text(&item.key("service")))
        })
        .collect();
    if let Some(index) = ids.iter().position(|id| *id == Some(name.as_str())) {
        return Ok(field.at(index));
    }
    let known = || ids.iter().copied().flatten();
    let help = match (nearest(name, known()), known().next()) {
        (Some(near), _) => (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")).into(),
        (None, Some(_)) => {
            let few = listed(known().take(10));
            (format!("there are {}", few.en), format!("existem {}", few.pt)).into()
        }
        (None, None) => (
            format!("its items have no ids: write a position, like `{field}[0]`"),
            format!("seus itens não têm id: escreva uma posição, como `{field}[0]`"),
        )
            .into(),
    };
    let help: crate::finding::Words = help;
    Err(Refused::new(
        (
            format!("`{key}`: `{field}` has no item `{name}`"),
            format!("`{key}`: `{field}` não tem o item `{name}`"),
        ),
        help,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
id: 2026-03-02-orders
title: {en: Orders, pt-BR: Pedidos}
status: open
impacts:
  - id: search
    service: oms
    recovered: {day: 2026-03-02}
  - service: checkout
timeline:
  - {id: e1, at: 2026-03-02T10:00Z}
actions: [{id: A1}]
lessons: [one]
";

    fn amended(wish: &str) -> Result<String, String> {
        let wish = Wish::read(wish).unwrap();
        let languages = ["en".to_owned(), "pt-BR".to_owned()];
        amend_incident(TEXT, &[wish], &languages)
            .map(|puts| puts[0].field.to_string())
            .map_err(|refused| format!("{}; {}", refused.message.en, refused.help.en))
    }

    #[test]
    fn a_path_leads_by_keys_positions_and_ids() {
        for (wish, field) in [
            ("status=reviewed", "status"),
            ("title.pt-BR=x", "title.pt-BR"),
            ("impacts[1].recovered=x", "impacts[1].recovered"),
            ("impacts.search.recovered=x", "impacts[0].recovered"),
            ("impacts.checkout.detection.source=monitor", "impacts[1].detection.source"),
            ("timeline.e1.at=x", "timeline[0].at"),
            ("lessons+={en: a}", "lessons"),
            ("lessons[0]=x", "lessons[0]"),
        ] {
            assert_eq!(amended(wish).as_deref(), Ok(field), "{wish}");
        }
        for (wish, why) in [
            ("title=x", "`title` has texts in `en` and `pt-BR`; say which: `title.en=…`"),
            (
                "impacts.serch.level=down",
                "`impacts.serch.level`: `impacts` has no item `serch`; did you mean `search`?",
            ),
            (
                "lessons=x",
                "`lessons` is a list; write `lessons=[a, b]` to replace it, or `lessons+=a` to add to it",
            ),
            (
                "impacts[0].id=x",
                "`impacts[0].id` never changes; other files, commits and people refer to it; leave it out",
            ),
        ] {
            assert_eq!(amended(wish), Err(why.to_owned()), "{wish}");
        }
        assert!(amended("actions.A1.status=done").is_err());
    }
}
