//! How workspaces of good and bad files are read.

use super::*;
use crate::source::Memory;

fn incident(id: &str) -> String {
    format!(
        "relato: 1\nid: {id}\ntimezone: UTC\nstatus: resolved\ntitle: {{en: {id}, pt-BR: {id}}}\n\
         impacts: [{{service: checkout, class: critical, started: 2022-12-18T16:20}}]\n"
    )
}

fn kinds(faults: &[Fault]) -> Vec<(&str, String, &FaultKind)> {
    faults.iter().map(|fault| (fault.file.as_str(), fault.field.to_string(), &fault.kind)).collect()
}

#[test]
fn an_incident_alone_in_an_empty_folder_is_a_workspace() {
    let tree = Memory::new([("incidents/2022-12-18-a.yaml", incident("2022-12-18-a"))]);
    let archive = Archive::open(&tree, None).unwrap();
    assert_eq!(archive.faults(), []);
    assert_eq!(archive.settings, format::defaults::settings());
    assert!(!archive.catalogue.present);
    let reading = archive.read(0).unwrap();
    assert_eq!(reading.faults, []);
    assert_eq!(reading.incident.unwrap().id, "2022-12-18-a");
    assert_eq!(reading.content, ContentId::of(incident("2022-12-18-a").as_bytes()));
    assert_eq!(archive.text("incidents/2022-12-18-a.yaml"), Some(incident("2022-12-18-a")));
    assert!(archive.read(1).unwrap().incident.is_none());
}

#[test]
fn incident_files_are_found_at_any_depth_in_byte_order_and_others_left_alone() {
    let tree = Memory::new([
        ("incidents/2022/2022-12-18-b.yml", incident("2022-12-18-b")),
        ("incidents/2022-12-18-a.yaml", incident("2022-12-18-a")),
        ("incidents/README.md", "# not an incident".to_owned()),
        ("incidents/2022/notes.txt", String::new()),
    ]);
    let archive = Archive::open(&tree, None).unwrap();
    let files: Vec<&str> = archive.files().collect();
    assert_eq!(files, ["incidents/2022-12-18-a.yaml", "incidents/2022/2022-12-18-b.yml"]);
    let ids = archive.map(|reading| (reading.index, reading.incident.unwrap().id)).unwrap();
    assert_eq!(ids, [(0, "2022-12-18-a".to_owned()), (1, "2022-12-18-b".to_owned())]);
}

#[test]
fn bad_files_do_not_keep_the_others_from_being_read() {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for i in 0..1_000 {
        let id = format!("2022-12-18-n{i:04}");
        let bytes = match i {
            3 => vec![b'#'; INCIDENT_LIMIT as usize + 1],
            103 => b"relato: 1\ntitle: \xff".to_vec(),
            203 => b"relato: [".to_vec(),
            303 => Vec::new(),
            403 => b"- a list".to_vec(),
            503 => b"relato: 2\n".to_vec(),
            603 => incident("2022-12-18-other").into_bytes(),
            703 => incident(&id).replace("critical", "critical, level: dwon").into_bytes(),
            803 => format!("{}\nsame_cause_as: [2022-12-18-n000O]\n", incident(&id)).into_bytes(),
            903 => incident(&id).replace("service: checkout, ", "").into_bytes(),
            // a byte order mark is no fault
            4 => format!("\u{FEFF}{}", incident(&id)).into_bytes(),
            _ => incident(&id).into_bytes(),
        };
        files.push((format!("incidents/{id}.yaml"), bytes));
    }
    let tree = Memory::new(files);
    let archive = Archive::open(&tree, None).unwrap();
    let read = archive
        .map(|reading| (reading.index, reading.incident.is_some(), !reading.faults.is_empty()))
        .unwrap();
    assert_eq!(read.len(), 1_000);
    let faulty: Vec<usize> = read.iter().filter(|(.., faulty)| *faulty).map(|(i, ..)| *i).collect();
    assert_eq!(faulty, [3, 103, 203, 303, 403, 503, 603, 703, 803, 903]);
    let unread: Vec<usize> = read.iter().filter(|(_, there, _)| !there).map(|(i, ..)| *i).collect();
    assert!(unread.iter().all(|i| [3, 103, 203, 303, 403, 503].contains(i)), "{unread:?}");
    let faults = |index: usize| {
        archive.read(index).unwrap().faults.into_iter().map(|fault| fault.kind).collect::<Vec<_>>()
    };
    assert_eq!(faults(3), [FaultKind::TooLarge { bytes: INCIDENT_LIMIT + 1, limit: INCIDENT_LIMIT }]);
    assert_eq!(faults(103), [FaultKind::NotUtf8 { byte: 17 }]);
    assert_eq!(faults(503), [FaultKind::NewerSchema { found: "2".into(), known: 1 }]);
    let dangling = FaultKind::UnknownReference {
        value: "2022-12-18-n000O".into(),
        target: crate::model::Target::Incident,
        near: Some(crate::model::Near { word: "2022-12-18-n0000".into(), sure: false }),
    };
    assert_eq!(faults(803), [dangling]);
}

#[test]
fn two_files_with_one_id_are_told_at_the_second() {
    let tree = Memory::new([
        ("incidents/2022/2022-12-18-a.yaml", incident("2022-12-18-a")),
        ("incidents/old/2022-12-18-a.yml", incident("2022-12-18-a")),
    ]);
    let archive = Archive::open(&tree, None).unwrap();
    let kind = FaultKind::DuplicateId {
        id: "2022-12-18-a".into(),
        other: Some("incidents/2022/2022-12-18-a.yaml".into()),
    };
    assert_eq!(kinds(archive.faults()), [("incidents/old/2022-12-18-a.yml", "id".to_owned(), &kind)]);
}

#[test]
fn faults_of_the_other_files_name_their_file() {
    let tree = Memory::new([
        ("relato.yaml", "relato: 1\norg: {calendar: moon}\nredaction: {people_registry: names.yaml}\n"),
        ("services.yaml", "relato: 1\nservices: {a: {class: unheard-of}}\n"),
        ("glossary.yaml", "relato: 1\nterms: [{}]\n"),
    ]);
    let archive = Archive::open(&tree, None).unwrap();
    let places: Vec<_> =
        archive.faults().iter().map(|fault| format!("{} {}", fault.file, fault.field)).collect();
    assert_eq!(
        places,
        [
            "relato.yaml org.calendar",
            "services.yaml services.a.class",
            "glossary.yaml terms[0]",
            "relato.yaml redaction.people_registry",
        ]
    );
    assert!(archive.catalogue.present);
}

#[test]
fn an_incident_is_found_by_its_id_by_its_beginning_and_by_its_path() {
    let ids = ["2017-11-10-oms", "2017-11-10-oms-again", "2022-12-18-imports"];
    let tree = Memory::new(ids.map(|id| (format!("incidents/{id}.yaml"), incident(id))));
    let archive = Archive::open(&tree, None).unwrap();
    // `-` comes before `.`
    for (wanted, index) in
        [("2017-11-10-oms", 1), ("2017-11-10-oms-", 0), ("2022", 2), ("incidents/2022-12-18-imports.yaml", 2)]
    {
        assert_eq!(archive.find(wanted), Ok(index), "{wanted}");
    }
    for (wanted, message) in [
        ("2017", "`2017` is the beginning of `2017-11-10-oms`, `2017-11-10-oms-again`; write more of one"),
        (
            "2022-12-18-import5",
            "there is no incident `2022-12-18-import5`; did you mean `2022-12-18-imports`?",
        ),
        ("moon", "there is no incident `moon`"),
    ] {
        assert_eq!(archive.find(wanted).unwrap_err().to_string(), message);
    }
}

#[test]
fn a_cached_reading_is_the_uncached_one() {
    let fixtures = [
        ("2017-11-10-oms", include_str!("../format/fixture/2017-11-10-oms.yaml")),
        ("2022-12-18-everything", include_str!("../format/fixture/2022-12-18-everything.yaml")),
    ];
    let mut files = fixtures.map(|(id, text)| (format!("incidents/{id}.yaml"), text.to_owned())).to_vec();
    files.push(("incidents/2022-12-18-bad.yaml".to_owned(), "relato: 1\ntitle: [".to_owned()));
    let commit = crate::source::Commit {
        id: "0".repeat(40),
        at: crate::time::Instant::from_timestamp(0, 0).unwrap(),
        shallow: false,
    };
    let folder = tempfile::tempdir().unwrap();
    for tree in [Memory::new(files.clone()), Memory::new(files).at(commit)] {
        let read = |cache: &Cache| Archive::open(&tree, Some(cache)).unwrap().map(|reading| reading).unwrap();
        let plain = Archive::open(&tree, None).unwrap().map(|reading| reading).unwrap();
        let cache = Cache::open(folder.path(), "test", format::VERSION, 1 << 20);
        assert_eq!(read(&cache), plain);
        cache.save();
        let cache = Cache::open(folder.path(), "test", format::VERSION, 1 << 20);
        let kept = plain.iter().filter(|reading| cache.get(reading.content).is_some()).count();
        assert_eq!(kept, 2);
        assert_eq!(read(&cache), plain);
    }
}

#[test]
fn what_was_distilled_is_kept_as_long_as_nothing_it_depends_on_changes() {
    let file = ("incidents/2022-12-18-x.yaml".to_owned(), incident("2022-12-18-x"));
    let other = ("incidents/2022-12-18-y.yaml".to_owned(), incident("2022-12-18-y"));
    let changed = (file.0.clone(), format!("{}summary: a\n", file.1));
    let settings = (WORKSPACE_FILE.to_owned(), "relato: 1\n".to_owned());
    let services = (SERVICES_FILE.to_owned(), "relato: 1\n".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let asked = |files: &[&(String, String)], lasts: bool| {
        let tree = Memory::new(files.iter().map(|file| (*file).clone()).collect::<Vec<_>>());
        let cache = Cache::open(folder.path(), "test", format::VERSION, 1 << 20);
        let archive = Archive::open(&tree, Some(&cache)).unwrap();
        let distilled = std::sync::atomic::AtomicUsize::new(0);
        let distil = |reading: &Reading| {
            distilled.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Distilled { value: reading.incident.as_ref().unwrap().id.clone(), lasts }
        };
        let answers =
            archive.map_distilled("ids", distil, |file, id: String| format!("{file}: {id}")).unwrap();
        assert_eq!(answers.len(), archive.files().len());
        assert_eq!(answers[0], "incidents/2022-12-18-x.yaml: 2022-12-18-x");
        cache.save();
        distilled.into_inner()
    };
    assert_eq!(asked(&[&file], false), 1);
    assert_eq!(asked(&[&file], true), 1, "what does not last is not kept");
    assert_eq!(asked(&[&file], true), 0);
    assert_eq!(asked(&[&changed], true), 1);
    assert_eq!(asked(&[&file, &other], true), 2, "ids that are referred to may appear");
    assert_eq!(asked(&[&file, &settings], true), 1);
    assert_eq!(asked(&[&file, &services], true), 1);
    assert_eq!(asked(&[&file], true), 0);
}
