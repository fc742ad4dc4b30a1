//! Issues of GitHub and GitLab as JSON.

use serde_json::{Deserializer, Value};

use super::{Export, MOST_TICKETS, System, Ticket, TicketState, TrackerError, When, short};

/// One list of issues, several after one another (as `gh api --paginate` writes them), a list of lists, or
/// `{"items": […]}`.
pub(super) fn read(text: &str, from: Option<System>) -> Result<Export, TrackerError> {
    let mut issues = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        collect(value.map_err(|error| TrackerError::NotJson(error.to_string()))?, &mut issues)?;
    }
    let seen = || issues.iter().find_map(system);
    let system = match (from, issues.is_empty()) {
        (Some(system), _) => system,
        (None, true) => System::Github,
        (None, false) => seen().ok_or(TrackerError::NoIssues)?,
    };
    let tickets: Vec<Ticket> = issues.iter().filter_map(|issue| ticket(issue, system)).collect();
    if tickets.is_empty() && !issues.is_empty() {
        return Err(TrackerError::NoIssues);
    }
    Ok(Export { system, left_out: issues.len() - tickets.len(), tickets })
}

fn collect(value: Value, issues: &mut Vec<Value>) -> Result<(), TrackerError> {
    match value {
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Array(inner) => issues.extend(inner),
                    item => issues.push(item),
                }
            }
        }
        Value::Object(mut map) => match map.remove("items") {
            Some(Value::Array(items)) => issues.extend(items),
            Some(_) => return Err(TrackerError::NoIssues),
            None => issues.push(Value::Object(map)),
        },
        _ => return Err(TrackerError::NoIssues),
    }
    if issues.len() > MOST_TICKETS { Err(TrackerError::TooMany) } else { Ok(()) }
}

fn system(issue: &Value) -> Option<System> {
    if issue["iid"].is_u64() && issue["web_url"].is_string() {
        return Some(System::Gitlab);
    }
    issue["number"].is_u64().then_some(System::Github)
}

fn ticket(issue: &Value, system: System) -> Option<Ticket> {
    let text =
        |keys: &[&str]| keys.iter().find_map(|key| issue[*key].as_str()).filter(|text| !text.is_empty());
    let number = issue[if system == System::Gitlab { "iid" } else { "number" }].as_u64()?;
    // GitHub's `url` is the API's, where there is an address for people, too
    let url = text(&["web_url", "html_url", "url"])
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let project = url.and_then(project);
    let full = issue["references"]["full"].as_str().filter(|full| full.contains('#')).map(short);
    let key = full.unwrap_or_else(|| format!("{}#{number}", project.unwrap_or_default()));
    let said = text(&["state"])?;
    let reason = text(&["stateReason", "state_reason"]).unwrap_or_default().to_lowercase();
    let state = match (said.to_lowercase().as_str(), reason.as_str()) {
        ("open" | "opened" | "reopened", _) => TicketState::Open,
        ("closed" | "merged" | "locked", "not_planned" | "duplicate") => TicketState::Dropped,
        ("closed" | "merged" | "locked", _) => TicketState::Done,
        _ => return None,
    };
    let told = if reason.is_empty() { said.to_owned() } else { format!("{said}, {reason}") };
    Some(Ticket {
        key,
        url: url.map(short),
        title: short(text(&["title"]).unwrap_or_default()),
        state,
        said: short(&told.to_lowercase()),
        closed: text(&["closedAt", "closed_at"]).and_then(When::read),
        due: text(&["due_date"]).and_then(crate::time::read_date),
    })
}

/// `owner/repository` of the address of an issue.
pub(super) fn project(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let end = ["/-/issues/", "/issues/", "/-/work_items/", "/pull/", "/-/merge_requests/"];
    let at = end.iter().filter_map(|end| path.find(end)).min()?;
    path.get(..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_read_as_each_tool_writes_them() {
        let gh = r#"[{"number":12,"title":"Alert","state":"CLOSED","stateReason":"COMPLETED","url":"https://github.com/o/r/issues/12","closedAt":"2026-03-09T12:00:00Z"}]"#;
        let rest = r#"[[{"number":12,"title":"Alert","state":"closed","state_reason":"not_planned","url":"https://api.github.com/repos/o/r/issues/12","html_url":"https://github.com/o/r/issues/12","closed_at":"2026-03-09T12:00:00Z"}]]"#;
        let gitlab = r#"[{"iid":12,"title":"Alert","state":"opened","web_url":"https://gitlab.com/g/s/p/-/issues/12","due_date":"2026-03-31","references":{"full":"g/s/p#12"}}]"#;
        for (text, system, key, state) in [
            (gh.to_owned(), System::Github, "o/r#12", TicketState::Done),
            (format!("{gh}\n{gh}"), System::Github, "o/r#12", TicketState::Done),
            (rest.to_owned(), System::Github, "o/r#12", TicketState::Dropped),
            (format!("{{\"items\":{gh}}}"), System::Github, "o/r#12", TicketState::Done),
            (gitlab.to_owned(), System::Gitlab, "g/s/p#12", TicketState::Open),
        ] {
            let export = read(&text, None).unwrap();
            assert_eq!(
                (export.system, export.tickets[0].key.as_str(), export.tickets[0].state),
                (system, key, state)
            );
            assert!(export.tickets[0].url.is_some());
        }
        assert!(read("[]", None).unwrap().tickets.is_empty());
        for (text, error) in [
            ("[1]", TrackerError::NoIssues),
            ("7", TrackerError::NoIssues),
            (r#"[{"a":1}]"#, TrackerError::NoIssues),
            (r#"{"message":"Bad credentials"}"#, TrackerError::NoIssues),
        ] {
            assert_eq!(read(text, None), Err(error), "{text}");
        }
        assert!(matches!(read("[{", None), Err(TrackerError::NotJson(_))));
        assert!(matches!(read(&"[".repeat(100_000), None), Err(TrackerError::NotJson(_))));
    }
}
