//! An aid for clocks: how long a page takes.

use super::super::*;
use crate::{archive::Archive, measure::measure, source::WorkTree};

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
