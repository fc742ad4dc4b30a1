//! The site in a real browser, and its pages under the checker of the HTML standard's own kind.
//!
//! These need Chromium, Node and Java, which `.ci/run` installs: `cargo test` alone leaves them out, and says so.

use std::{fmt::Write as _, process::Command};

use crate::sandbox::{Sandbox, package};

const AS_OF: &str = "2026-11-20T12:00:00Z";

/// The examples as a workspace with an address and a brand, built for both audiences.
fn examples() -> Sandbox {
    let sandbox = Sandbox::own();
    let settings = sandbox.read("relato.yaml")
        + "repository_url: https://forge.example/org/incidents/blob/{rev}/{path}#L{line}\n\
           brand: {name: Example Commerce, logo: brand/logo.svg, accent: \"#ffcc00\"}\n";
    sandbox.write("relato.yaml", settings);
    let logo =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8H0z\"/></svg>\n";
    sandbox.write("brand/logo.svg", logo);
    sandbox.git(&["init", "-q"]);
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "all"]);
    for audience in ["public", "internal"] {
        sandbox.relato(&["build", "--audience", audience, "--as-of", AS_OF]).with_code(0);
    }
    sandbox
}

/// More actions than a page of the board holds, one of which can be told from the others.
fn large() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..60 {
        let mut text = format!(
            "relato: 1\nid: 2026-01-{:02}-incident-{number}\ntimezone: UTC\nstatus: resolved\n\
             title: {{en: Incident {number}, pt-BR: Incidente {number}}}\n\
             impacts: [{{service: shop, class: critical, started: 2026-01-05T10:00, detected: 2026-01-05T10:02, recovered: 2026-01-05T10:05}}]\n\
             actions:\n",
            number % 28 + 1
        );
        for action in 0..10 {
            let name =
                if (number, action) == (1, 9) { "the needle".to_owned() } else { format!("step {action}") };
            let _ = writeln!(
                text,
                "  - {{id: A{action}, title: {{en: Take {name}, pt-BR: Dar {name}}}, status: accepted, due: 2026-03-01, public_commitment: true}}"
            );
        }
        sandbox.write(&format!("incidents/2026/2026-01-{:02}-incident-{number}.yaml", number % 28 + 1), text);
    }
    sandbox.relato(&["build", "--as-of", AS_OF]).with_code(0);
    sandbox
}

fn chromium() -> String {
    std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

#[test]
#[ignore = "needs Chromium and Node: .ci/run installs and runs them"]
fn every_page_works_in_a_browser() {
    let (examples, large) = (examples(), large());
    let status = Command::new("node")
        .arg(package().join("tests/browser/run.mjs"))
        .arg(chromium())
        .args([examples.path("public"), examples.path("internal"), large.path("public")])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
#[ignore = "needs Chromium and Node: .ci/run installs and runs them"]
fn every_page_is_good_by_lighthouse() {
    let examples = examples();
    let status = Command::new("node")
        .arg(package().join("tests/browser/lighthouse.mjs"))
        .arg(chromium())
        .args([examples.path("public"), examples.path("internal")])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
#[ignore = "needs Java and Node: .ci/run installs and runs them"]
fn every_page_is_valid() {
    let examples = examples();
    let jar = package().join("tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
    let pages = |audience: &str| -> Vec<_> {
        let files = examples
            .files(audience)
            .into_iter()
            .filter(|path| path.ends_with(".html") && !path.contains("/rules/"));
        files.map(|path| examples.path(audience).join(path)).collect()
    };
    let status = Command::new("java")
        .args(["-Xss1m", "-jar"])
        .arg(jar)
        .args(["--errors-only", "--also-check-css"])
        .args(pages("public"))
        .args(pages("internal"))
        .arg(examples.path("public/style.css"))
        .status()
        .unwrap();
    assert!(status.success());
}
