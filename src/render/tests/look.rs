//! Aids for eyes and clocks: the examples rendered into a folder, and how long a page takes.

use super::super::*;
use crate::{archive::Archive, measure::measure, source::WorkTree};

/// Renders the examples of this repository into a folder, to be looked at: `RELATO_LOOK=folder cargo test look`.
#[test]
fn look() {
    let Some(folder) = option_env!("RELATO_LOOK") else { return };
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = WorkTree::open(root).unwrap();
    let archive = Archive::open(&tree, None).unwrap();
    let renderer = Renderer::new(&archive.settings.org.languages, &[]).unwrap();
    let as_of: Instant = "2026-11-20T12:00:00Z".parse().unwrap();
    let stamp = Stamp::Commit("0123456789abcdef0123456789abcdef01234567".to_owned());
    for audience in [Audience::Public, Audience::Internal] {
        let out = std::path::Path::new(folder).join(audience.word());
        let write = |document: Document| {
            let path = out.join(&document.path);
            #[allow(clippy::disallowed_methods)]
            {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, document.bytes).unwrap();
            }
        };
        write(renderer.style());
        let frame = SiteFrame { settings: &archive.settings, audience, as_of };
        write(renderer.site_root(&frame).unwrap());
        for language in &archive.settings.org.languages {
            let (mut incidents, mut actions) = (Vec::new(), Vec::new());
            for at in 0..archive.files().len() {
                let incident = archive.read(at).unwrap().incident.unwrap();
                let measured = measure(&incident, &archive.settings, &archive.catalogue, as_of);
                let input = DocumentInput {
                    incident: &incident,
                    measured: &measured,
                    settings: &archive.settings,
                    catalogue: &archive.catalogue,
                    audience,
                    language,
                    placement: Placement::Site,
                    stamp: &stamp,
                    as_of,
                };
                let told = renderer.tell(&input).unwrap_or_else(|e| panic!("{e}"));
                for target in renderer
                    .targets()
                    .iter()
                    .filter(|it| it.view == View::Incident)
                    .filter(|target| target.is_for(audience))
                {
                    for kind in target.documents() {
                        write(told.document(target, kind).unwrap_or_else(|e| panic!("{e}")));
                    }
                }
                incidents.push(renderer.incident_row(&input).unwrap());
                actions.extend(renderer.action_rows(&input, &|id| i64::from(id == "A1") * 5).unwrap());
            }
            let home = HomeInput { frame, language, incidents: &incidents, actions: &actions };
            write(renderer.site_home(&home).unwrap_or_else(|e| panic!("{e}")));
            let board = ActionsInput { frame, language, actions: &actions };
            write(renderer.site_actions(&board).unwrap_or_else(|e| panic!("{e}")));
        }
    }
}

/// How long a page takes: `cargo test --release speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stdout)]
fn speed() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = WorkTree::open(root).unwrap();
    let archive = Archive::open(&tree, None).unwrap();
    let start = std::time::Instant::now();
    let renderer = Renderer::new(&archive.settings.org.languages, &[]).unwrap();
    println!("new {:?}", start.elapsed());
    let as_of: Instant = "2026-11-20T12:00:00Z".parse().unwrap();
    let stamp = Stamp::Commit("0123456789abcdef".to_owned());
    for at in 0..archive.files().len() {
        let incident = archive.read(at).unwrap().incident.unwrap();
        let measured = measure(&incident, &archive.settings, &archive.catalogue, as_of);
        let input = DocumentInput {
            incident: &incident,
            measured: &measured,
            settings: &archive.settings,
            catalogue: &archive.catalogue,
            audience: Audience::Public,
            language: "pt-BR",
            placement: Placement::Site,
            stamp: &stamp,
            as_of,
        };
        let start = std::time::Instant::now();
        for _ in 0..1000 {
            renderer.tell(&input).unwrap();
        }
        println!("{}: tell {:?}", incident.id, start.elapsed() / 1000);
        let told = renderer.tell(&input).unwrap();
        for target in renderer.targets().iter().filter(|target| target.view == View::Incident) {
            for kind in target.documents() {
                let start = std::time::Instant::now();
                for _ in 0..1000 {
                    told.document(target, kind).unwrap();
                }
                println!("  {} {}: {:?}", target.name, kind.syntax.word(), start.elapsed() / 1000);
            }
        }
    }
}
