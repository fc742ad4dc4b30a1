//! The CSV that Jira's issue navigator exports, with the columns that one chose and in the language one has there.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Export, MOST_TICKETS, System, Ticket, TicketState, TrackerError, When, short};
use crate::time::{Date, read_date};

/// Names of columns, as Jira writes them in English and in Portuguese.
const KEY: &[&str] =
    &["issue key", "key", "chave", "chave da issue", "chave do item", "chave do ticket", "chave de item"];
const SUMMARY: &[&str] = &["summary", "resumo"];
const STATUS: &[&str] = &["status", "situação", "estado"];
const CATEGORY: &[&str] = &["status category", "categoria de status", "categoria do status"];
const RESOLUTION: &[&str] = &["resolution", "resolução"];
const RESOLVED: &[&str] = &["resolved", "resolution date", "resolvido", "resolvida", "data de resolução"];
const DUE: &[&str] = &["due date", "due", "data limite", "data de vencimento", "data de entrega"];

pub(super) fn read(text: &str) -> Result<Export, TrackerError> {
    let head = text.lines().next().unwrap_or_default();
    // a spreadsheet in Portuguese writes semicolons
    let count = |mark: char| head.matches(mark).count();
    let mark = [',', ';', '\t'].into_iter().max_by_key(|mark| (count(*mark), *mark == ',')).unwrap_or(',');
    let mut reader = ReaderBuilder::new()
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let not_csv = |error: csv::Error| TrackerError::NotCsv(error.to_string());
    let head: Vec<String> = reader.headers().map_err(not_csv)?.iter().map(str::to_lowercase).collect();
    let column = |names: &[&str]| head.iter().position(|name| names.contains(&name.as_str()));
    let key = column(KEY).ok_or(TrackerError::NoColumn("Issue key"))?;
    let status = column(STATUS).ok_or(TrackerError::NoColumn("Status"))?;
    let [summary, category, resolution, resolved, due] =
        [SUMMARY, CATEGORY, RESOLUTION, RESOLVED, DUE].map(column);
    let (mut tickets, mut left_out) = (Vec::new(), 0);
    for record in reader.records() {
        let record = record.map_err(not_csv)?;
        let cell = |column: Option<usize>| cell(&record, column);
        let (key, said) = (cell(Some(key)), cell(Some(status)));
        if key.is_empty() || said.is_empty() {
            left_out += 1;
            continue;
        }
        if tickets.len() == MOST_TICKETS {
            return Err(TrackerError::TooMany);
        }
        tickets.push(Ticket {
            key: short(key),
            url: None,
            title: short(cell(summary)),
            state: state(said, cell(category), cell(resolution)),
            said: match cell(resolution) {
                "" => short(said),
                resolution => short(&format!("{said}, {resolution}")),
            },
            closed: when(cell(resolved)),
            due: when(cell(due)).map(|due| match due {
                When::On(date) => date,
                When::At(at) => at.date_naive(),
            }),
        });
    }
    Ok(Export { system: System::Jira, tickets, left_out })
}

fn cell(record: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| record.get(column)).unwrap_or_default()
}

/// What a status means: its name where that says more than its category.
fn state(status: &str, category: &str, resolution: &str) -> TicketState {
    let [status, category, resolution] = [status, category, resolution].map(str::to_lowercase);
    let is_one_of = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_done = is_one_of(&category, &["done", "concluíd", "concluid", "itens concl", "feito"])
        || (category.is_empty()
            && is_one_of(
                &status,
                &["done", "closed", "resolved", "complete", "concluíd", "resolvid", "fechad", "feito"],
            ));
    let dropped = [
        "won't",
        "wont",
        "will not",
        "not do",
        "duplicate",
        "cannot reproduce",
        "declined",
        "rejected",
        "cancel",
        "abandon",
        "obsolete",
        "incomplete",
        "não será",
        "duplicad",
        "recusad",
        "rejeitad",
    ];
    if is_one_of(&status, &["cancel", "won't", "declined", "rejected", "abandon", "recusad", "rejeitad"])
        || (is_done && is_one_of(&resolution, &dropped))
    {
        TicketState::Dropped
    } else if is_done {
        TicketState::Done
    } else if is_one_of(&status, &["block", "bloque", "on hold", "waiting", "impedid"]) {
        TicketState::Blocked
    } else if is_one_of(&category, &["progress", "andamento"])
        || is_one_of(&status, &["progress", "andamento", "review", "revisão", "testing", "em teste"])
    {
        TicketState::InProgress
    } else {
        TicketState::Open
    }
}

/// `12/Mar/26 4:05 PM`, as Jira writes it unless told otherwise; RFC 3339; `2026-03-12 16:05`.
fn when(text: &str) -> Option<When> {
    if let Some(when) = When::read(text) {
        return Some(when);
    }
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb", "fev"],
        &["mar"],
        &["apr", "abr"],
        &["may", "mai"],
        &["jun"],
        &["jul"],
        &["aug", "ago"],
        &["sep", "set"],
        &["oct", "out"],
        &["nov"],
        &["dec", "dez"],
    ];
    let day = text.split_whitespace().next()?;
    let mut parts = day.split(['/', '-', '.']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?.to_lowercase(), parts.next()?);
    let month = 1 + MONTHS.iter().position(|names| names.iter().any(|name| month.starts_with(name)))?;
    let (day, year): (u32, u32) = (day.parse().ok()?, year.parse().ok()?);
    let year = if year < 100 { 2000 + year } else { year };
    let date: Option<Date> = read_date(&format!("{year:04}-{month:02}-{day:02}"));
    date.map(When::On)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whatever_its_columns_and_its_marks() {
        let english = "Summary,Issue key,Issue id,Status,Status Category,Resolution,Resolved,Due date,Labels,Labels\n\"Alert, when silent\",OD-101,1,Done,Done,Done,12/Mar/26 4:05 PM,31/Mar/26 12:00 AM,a,b\nOther,OD-102,2,Closed,Done,Won't Do,,,,\nThird,OD-103,3,In Review,In Progress,,,,,\n,,,,,,,,,\n";
        let export = read(english).unwrap();
        assert_eq!(export.left_out, 1);
        let told: Vec<(&str, TicketState)> =
            export.tickets.iter().map(|ticket| (ticket.key.as_str(), ticket.state)).collect();
        assert_eq!(
            told,
            [
                ("OD-101", TicketState::Done),
                ("OD-102", TicketState::Dropped),
                ("OD-103", TicketState::InProgress)
            ]
        );
        let first = &export.tickets[0];
        assert_eq!(first.closed, Some(When::On(read_date("2026-03-12").unwrap())));
        assert_eq!((first.title.as_str(), first.due), ("Alert, when silent", read_date("2026-03-31")));
        let portuguese =
            "Chave;Resumo;Status;Data limite\nOD-7;Olhar;Em andamento;2026-03-31\nOD-8;Olhar;Bloqueado;\n";
        let export = read(portuguese).unwrap();
        assert_eq!(export.tickets[0].state, TicketState::InProgress);
        assert_eq!(export.tickets[1].state, TicketState::Blocked);
        assert_eq!(read("a,b\n"), Err(TrackerError::NoColumn("Issue key")));
        assert_eq!(read(""), Err(TrackerError::NoColumn("Issue key")));
        assert!(read("Issue key,Status\n\"OD-1,open").is_ok());
    }

    #[test]
    fn days_are_read_as_jira_writes_them() {
        for (text, expected) in [
            ("12/Mar/26 4:05 PM", Some("2026-03-12")),
            ("12/fev./26 4:05 PM", Some("2026-02-12")),
            ("2026-03-12 16:05", Some("2026-03-12")),
            ("2026-03-12", Some("2026-03-12")),
            ("03/12/26", None),
            ("31/Feb/26", None),
            ("", None),
        ] {
            let expected = expected.and_then(read_date).map(When::On);
            assert_eq!(when(text), expected, "{text}");
        }
        assert!(matches!(when("2026-03-12T16:05:00.000+0000"), Some(When::On(_) | When::At(_))));
    }
}
