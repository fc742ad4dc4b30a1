//! What the ledger makes of versions, by example and by property; whole histories are in `tests/it/ledger.rs`.

use proptest::prelude::*;

use super::*;
use crate::{model::Status, source::ContentId, time::read_date};

const ID: &str = "2026-01-05-cards";
const PATH: &str = "incidents/2026/2026-01-05-cards.yaml";

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(u64::from(day))
}

/// One version of the file: action → status, due day, owner, title.
type Made = Vec<(u8, u8, Option<u32>, u8, u8)>;

fn text(made: &Made) -> String {
    // published or not, with posts and figures that come and go
    let (posts, recovered) = (made.len(), made.first().map_or(0, |first| first.1));
    let status =
        Status::WORDS[made.first().map_or(0, |first| usize::from(first.3 + first.4)) % Status::WORDS.len()];
    let mut text = format!(
        "relato: 1\nid: {ID}\nstatus: {status}\nimpacts:\n  - {{service: x, recovered: 2026-01-05T1{recovered}:00Z}}\ncomms:\n"
    );
    for post in 0..posts {
        let state = if post == 1 { "postmortem" } else { "update" };
        text += &format!("  - {{id: p{post}, state: {state}}}\n");
    }
    text += "actions:\n";
    for (id, status, due, owner, title) in made {
        let status = ActionStatus::WORDS[usize::from(*status) % ActionStatus::WORDS.len()];
        text += &format!(
            "  - id: A{id}\n    title: {{en: Title {title}, pt-BR: 'Título {title}'}}\n    status: {status}\n"
        );
        text += &format!("    owner: role:r{owner}\n");
        text += &due.map(|due| format!("    due: {}\n", day(due))).unwrap_or_default();
    }
    text
}

fn made() -> impl Strategy<Value = Made> {
    prop::collection::vec((0..4_u8, 0..8_u8, prop::option::of(0..40_u32), 0..3_u8, 0..6_u8), 0..4)
}

/// What one commit does to the one file.
#[derive(Clone, Debug)]
enum Step {
    Write(Made),
    Break,
    Remove,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![8 => made().prop_map(Step::Write), 1 => Just(Step::Break), 1 => Just(Step::Remove)]
}

fn write(book: &mut Book, position: usize, step: &Step) {
    let id = [u8::try_from(position).unwrap(); 20];
    let at = book.commit(id, (position as i64, 0), ("Ana".into(), "a@example.org".into()), position);
    let new = match step {
        Step::Write(made) => {
            let bytes = text(made).into_bytes();
            let content = ContentId::of(&bytes);
            Content::Read(version(bytes, ID).unwrap(), content)
        }
        Step::Break => Content::Unreadable,
        Step::Remove => Content::Gone,
    };
    book.touched(at, vec![Touched { path: PATH.to_owned(), old: None, new }]);
}

fn written(steps: &[Step], base: Ledger, begun: usize) -> Ledger {
    let mut book = Book::continuing(base);
    for (at, step) in steps.iter().enumerate() {
        write(&mut book, begun + at, step);
    }
    book.finish(begun + steps.len())
}

/// The light look knows which lines figures come from, and the whole reading does not.
fn alike(mut version: Version) -> Version {
    if let Some(announced) = &mut version.announced {
        announced.figures = 0;
    }
    version
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn to_go_on_with_a_ledger_is_to_write_it_from_the_beginning(
        steps in prop::collection::vec(step(), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = written(&steps, Ledger::default(), 0);
        let cut = cut.index(steps.len());
        let (first, rest) = steps.split_at(cut);
        let base = written(first, Ledger::default(), 0);
        // and so it is with what was kept, and with what is cut back from more
        let kept: Ledger = postcard::from_bytes(&postcard::to_stdvec(&base).unwrap()).unwrap();
        prop_assert_eq!(&kept, &base);
        prop_assert_eq!(&written(rest, kept, cut), &whole);
        if cut > 0 {
            prop_assert_eq!(&whole.clone().until(cut - 1), &base);
            prop_assert_eq!(&written(rest, whole.clone().until(cut - 1), cut), &whole);
        }
    }

    #[test]
    fn the_last_state_is_what_the_file_says(steps in prop::collection::vec(step(), 1..8), last in made()) {
        let mut steps = steps;
        steps.push(Step::Write(last.clone()));
        let ledger = written(&steps, Ledger::default(), 0);
        let version = version(text(&last).into_bytes(), ID).unwrap();
        let incident = ledger.incident(ID).unwrap();
        for action in incident.actions() {
            let (state, there) = action.state().unwrap();
            let says = version.actions.iter().find(|(id, _)| *id == action.id);
            prop_assert_eq!(there, says.is_some());
            if let Some((_, says)) = says {
                prop_assert_eq!(&state, says);
            }
        }
        for (id, state) in &version.actions {
            prop_assert_eq!(incident.action(id).unwrap().pending(Some(state)), vec![]);
        }
    }

    #[test]
    fn a_date_that_is_back_where_it_began_did_not_slip(dues in prop::collection::vec(0..40_u32, 1..10)) {
        let accepted = |due: u32| Step::Write(vec![(1, 1, Some(due), 0, 0)]);
        let mut steps: Vec<Step> = dues.iter().map(|due| accepted(*due)).collect();
        let told = |due: u32| Told { status: Some(ActionStatus::Accepted), due: Some(day(due)), slips: Vec::new() };
        let count = |steps: &[Step], due: u32| {
            let ledger = written(steps, Ledger::default(), 0);
            slips(Some(&ledger), ledger.incident(ID).unwrap().action("A1"), &told(due))
        };
        let found = count(&steps, *dues.last().unwrap());
        let later = dues.windows(2).filter(|pair| pair[1] > pair[0]).count();
        prop_assert!(found.complete && found.count <= later);
        prop_assert_eq!(found.first_due, Some(day(dues[0])));
        // each move that counts goes on from the one before it
        for pair in found.moves.windows(2) {
            prop_assert!(pair[0].from < pair[1].from);
        }
        steps.push(accepted(*dues.iter().min().unwrap()));
        prop_assert_eq!(count(&steps, *dues.iter().min().unwrap()).count, 0);
        // what is not committed counts as what is
        let before = count(&steps[..steps.len() - 1], *dues.iter().min().unwrap());
        prop_assert_eq!(before.count, 0);
    }

    #[test]
    fn the_light_look_reads_what_the_whole_reading_reads(made in made(), odd in 0..12_usize) {
        let text = text(&made);
        // the same words in other forms, and things that the light look leaves to the whole reading
        let text = match odd {
            0 => text.replace("status: ", "status: \""). replace("accepted\n", "accepted\"\n").replace("status: \"", "status: "),
            1 => text.replace("    owner", "    x-note: {a: [1, 2]}\n    owner"),
            2 => text.replace("owner: role:r0", "owner: null"),
            3 => text.replace("owner: role:r1", "owner: 'role:r1'"),
            4 => text.replace("due: 2026", "due: \"2026").replace("-01-1", "-01-1\" #"),
            5 => text.replace("    owner: role:r2\n", "    owner: role:r2\n    owner: role:r3\n"),
            6 => text.replace("title: {en: Title 1, pt-BR: 'Título 1'}", "title: >-\n      Title\n      1"),
            7 => text.replace("id: A2", "id: 12"),
            8 => text.replace("relato: 1", "relato: 2"),
            9 => text.replace("Title 3", "\"Title \\\"3\\\"\""),
            10 => text.replace(ID, "2026-01-06-other"),
            _ => text,
        };
        let light = glance::light(&text, ID);
        let whole = glance::whole(&text, ID);
        if let Some(light) = light {
            prop_assert_eq!(Some(alike(light)), whole.map(alike), "{}", text);
        }
    }
}

#[test]
fn the_light_look_is_enough_for_files_as_people_write_them() {
    for (text, enough) in [
        (include_str!("../rules/specimen.yaml"), true),
        (include_str!("../../templates/init/incidents/2026/2026-01-15-example.yaml"), true),
        // long lists that go on over several lines take the whole reading
        (include_str!("../../incidents/2017/2017-11-10-oms.yaml"), false),
        (include_str!("../../incidents/2022/2022-12-18-order-imports.yaml"), false),
    ] {
        let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
        let id = id.split_whitespace().next().unwrap();
        let (light, whole) = (glance::light(text, id), glance::whole(text, id));
        assert!(whole.is_some() && (light.is_some() || !enough), "{id}");
        assert!(light.is_none() || light.map(alike) == whole.map(alike), "{id}");
    }
}

#[test]
fn a_slip_that_the_file_tells_is_counted_once() {
    let date = |text: &str| read_date(text);
    let accepted = |due: u32| Step::Write(vec![(1, 1, Some(due), 0, 0)]);
    // 1 → 5 → 9, and 9 → 20 in one commit for which the file tells of two moves
    let ledger = written(&[accepted(1), accepted(5), accepted(9), accepted(20)], Ledger::default(), 0);
    let history = ledger.incident(ID).unwrap().action("A1");
    let told = Told {
        status: Some(ActionStatus::Accepted),
        due: Some(day(20)),
        slips: vec![(date("2026-01-10"), date("2026-01-15")), (date("2026-01-15"), date("2026-01-21"))],
    };
    let found = slips(Some(&ledger), history, &told);
    assert_eq!((found.count, found.untold.len(), found.moves.len()), (4, 2, 3));
    assert_eq!(found.first_due, Some(day(1)));
    // without a history what the file tells is the least there is
    let found = slips(None, None, &told);
    assert_eq!((found.count, found.complete), (2, false));
}

#[test]
fn the_public_was_told_by_what_was_published_first_or_came_with_a_post() {
    let made = |status: &str, recovered: &str, posts: &str| {
        format!(
            "relato: 1\nid: {ID}\nstatus: {status}\nimpacts:\n  - {{service: x, recovered: {recovered}}}\ncomms: [{posts}]\ncauses: []\n"
        )
    };
    let (one, post) = ("2026-01-05T11:00Z", "{id: p1}");
    let resolved = made("resolved", one, "");
    let reviewed = made("reviewed", one, "");
    let moved = made("reviewed", "2026-01-05T12:00Z", "");
    let posted = made("reviewed", "2026-01-05T12:00Z", post);
    let private = made("reviewed", "2026-01-05T13:00Z", "{id: p1}, {id: p2, audience: internal}");
    let elsewhere = reviewed.replace("causes: []", "causes: [{id: c1}]");
    let by_post = made("resolved", one, "{state: postmortem}");
    for (versions, expected) in [
        (&[&resolved][..], None),
        (&[&resolved, &reviewed], Some((1, false))),
        (&[&resolved, &reviewed, &elsewhere], Some((1, false))),
        (&[&reviewed, &moved], Some((0, true))),
        (&[&reviewed, &moved, &reviewed], Some((0, false))),
        (&[&reviewed, &moved, &posted], Some((2, false))),
        (&[&reviewed, &posted, &private], Some((1, true))),
        (&[&posted, &moved], Some((0, false))),
        (&[&by_post, &moved], Some((0, true))),
        (&[&reviewed, &resolved], None),
        (&[&reviewed, &resolved, &moved], Some((2, false))),
    ] {
        let mut book = Book::continuing(Ledger::default());
        for (position, text) in versions.iter().enumerate() {
            let id = [u8::try_from(position).unwrap(); 20];
            let at = book.commit(id, (position as i64, 0), ("Ana".into(), String::new()), position);
            let light = glance::light(text, ID).unwrap();
            let whole = glance::whole(text, ID).unwrap();
            assert_eq!(alike(light.clone()), alike(whole), "{text}");
            let new = Content::Read(light, ContentId::of(text.as_bytes()));
            book.touched(at, vec![Touched { path: PATH.to_owned(), old: None, new }]);
        }
        let ledger = book.finish(versions.len());
        let found = ledger.incident(ID).unwrap().announcement();
        let found = found.map(|it| (it.at.0, it.moved, it.content));
        let expected =
            expected.map(|(at, moved)| (at, moved, ContentId::of(versions[at as usize].as_bytes())));
        assert_eq!(found, expected, "{versions:#?}");
    }
}
