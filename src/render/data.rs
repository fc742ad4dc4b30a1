//! Documents that programs read: JSON, XML, iCalendar. Texts are made fit for them, and what a template wrote is held to
//! their grammar.

use std::io::{self, Write};

use super::{escape, target::Limit};

/// JSON as a template wrote it, laid out anew, in the order it was written.
///
/// # Errors
/// What is wrong with it, and where.
pub(super) fn json(text: &str) -> Result<String, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut read = serde_json::Deserializer::from_str(text);
    let mut write = serde_json::Serializer::pretty(&mut out);
    serde_transcode::transcode(&mut read, &mut write).map_err(|error| error.to_string())?;
    read.end().map_err(|error| error.to_string())?;
    out.push(b'\n');
    String::from_utf8(out).map_err(|error| error.to_string())
}

/// What is longer than its limit in a JSON document: the place, and how long it is.
pub(super) fn over<'l>(json: &str, limits: &'l [Limit]) -> Vec<(&'l Limit, String, usize)> {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else { return Vec::new() };
    let mut found = Vec::new();
    for limit in limits {
        measure(&value, limit.at.trim_start_matches('/'), &mut String::new(), &mut |place, length| {
            if length > limit.most {
                found.push((limit, place.to_owned(), length));
            }
        });
    }
    found
}

fn measure(value: &serde_json::Value, way: &str, place: &mut String, see: &mut dyn FnMut(&str, usize)) {
    if way.is_empty() {
        match value {
            serde_json::Value::String(text) => see(place, text.chars().count()),
            serde_json::Value::Array(items) => see(place, items.len()),
            _ => {}
        }
        return;
    }
    let (step, rest) = way.split_once('/').unwrap_or((way, ""));
    let here = place.len();
    match value {
        serde_json::Value::Array(items) if step == "*" => {
            for (at, item) in items.iter().enumerate() {
                place.push_str(&format!("/{at}"));
                measure(item, rest, place, see);
                place.truncate(here);
            }
        }
        serde_json::Value::Object(fields) => {
            if let Some(inner) = fields.get(step) {
                place.push('/');
                place.push_str(step);
                measure(inner, rest, place, see);
                place.truncate(here);
            }
        }
        _ => {}
    }
}

/// Text between the quotes of a JSON string.
pub(super) fn escape_json(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let quoted = serde_json::to_string(&*escape::clean(text))?;
    out.write_all(
        quoted.trim_start_matches('"').get(..quoted.len().saturating_sub(2)).unwrap_or_default().as_bytes(),
    )
}

/// Text in an element or a quoted attribute of XML, without characters that XML cannot hold.
pub(super) fn escape_xml(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(escape::html(&escape::clean(text)).as_bytes())
}

/// Text as the value of a property of iCalendar (RFC 5545, section 3.3.11).
pub(super) fn escape_calendar(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for c in escape::clean(text).chars() {
        match c {
            '\\' | ';' | ',' => write!(out, "\\{c}")?,
            '\n' => out.write_all(b"\\n")?,
            '\t' => out.write_all(b" ")?,
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

/// iCalendar as a template wrote it, one property a line, in lines of at most 75 bytes that end in CR LF (RFC 5545,
/// section 3.1). Blank lines go.
pub(super) fn calendar(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 9 / 8);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > 75 {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(escape: fn(&str, &mut dyn Write) -> io::Result<()>, text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn json_is_laid_out_in_the_order_it_was_written() {
        assert_eq!(
            json("{\"b\":1,\n\"a\":[true,null]}").unwrap(),
            "{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}\n"
        );
        assert!(json("{\"a\":1,}").unwrap_err().contains("line 1 column 8"));
        assert!(json("{} {}").unwrap_err().contains("trailing"));
    }

    #[test]
    fn what_is_too_long_is_found_at_its_place() {
        let limits = |at: &str| [Limit { at: at.to_owned(), most: 2, field: None }];
        let check = |at: &str, expected: &[(&str, usize)]| {
            let limits = limits(at);
            let found = over("{\"a\":[{\"b\":\"éèê\"},{\"b\":\"éè\"},{\"c\":1}],\"d\":\"xxxx\"}", &limits);
            let found: Vec<(&str, usize)> =
                found.iter().map(|(_, place, length)| (place.as_str(), *length)).collect();
            assert_eq!(found, expected, "{at}");
        };
        check("/a/*/b", &[("/a/0/b", 3)]);
        check("/a", &[("/a", 3)]);
        check("/d", &[("/d", 4)]);
        check("/nothing/*/b", &[]);
    }

    #[test]
    fn calendars_are_folded_between_characters() {
        let long = "é".repeat(50);
        let told = calendar(&format!("BEGIN:VCALENDAR\n\n  SUMMARY:{long}\n"));
        assert_eq!(told, format!("BEGIN:VCALENDAR\r\nSUMMARY:{}\r\n {}\r\n", "é".repeat(33), "é".repeat(17)));
        assert!(told.lines().all(|line| line.len() <= 75));
    }

    proptest! {
        #[test]
        fn any_text_stays_in_its_json_string(text in "\\PC{0,40}|[\"\\\\\\n\\t{}a]{0,20}") {
            let written = format!("{{\"a\": \"{}\"}}", told(escape_json, &text));
            let read: std::collections::BTreeMap<String, String> = serde_json::from_str(&json(&written).unwrap()).unwrap();
            prop_assert_eq!(&read["a"], &*escape::clean(&text));
        }

        #[test]
        fn any_text_stays_in_its_property(text in "\\PC{0,40}|[;,\\\\\\n:a]{0,20}") {
            let value = told(escape_calendar, &text);
            prop_assert!(!value.contains('\n'));
            let back = value.replace("\\\\", "\u{0}").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace('\u{0}', "\\");
            prop_assert_eq!(back, escape::clean(&text).replace('\t', " "));
        }
    }
}
