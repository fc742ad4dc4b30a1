//! The preview, from outside: what it answers, what it refuses, and that it builds anew.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::sandbox::{PATIENCE, SMALLEST, SMALLEST_FILE, Sandbox};

/// A preview that ends with the test.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn start(sandbox: &Sandbox) -> Self {
        let mut command = sandbox.command(&["serve", "--port", "0", "--as-of", "2026-01-01"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        Self { child, address }
    }

    /// What is answered to these bytes.
    fn answer(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // a server that has heard enough may hang up
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.answer(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).as_bytes())
    }
}

#[test]
fn a_preview_shows_the_site_and_nothing_else() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    let served = Served::start(&sandbox);
    let home = served.get("/en/index.html");
    assert!(home.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"), "{home}");
    assert!(home.contains("Order imports stopped") && home.contains("/.relato/reload.js"), "{home}");
    assert!(served.get("/").starts_with("HTTP/1.1 200 "));
    assert!(served.get("/style.css?x").contains("text/css"));
    assert!(served.get("/.relato/reload.js").contains("relatoChanged"));
    for (request, status) in [
        ("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
        ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
        ("GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
        ("GET /.relato-manifest HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
        ("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
        ("GET /en/index.html HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421"),
        ("GET /en/index.html HTTP/1.1\r\n\r\n", "421"),
        ("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("nonsense\r\n\r\n", "400"),
        ("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
    ] {
        let answer = served.answer(request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:?}: {answer}");
    }
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(100_000));
    let answer = served.answer(long.as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    // it still answers, and wrote nothing into the workspace
    assert!(served.get("/en/index.html").starts_with("HTTP/1.1 200 "));
    assert!(!sandbox.path("public").exists());
}

#[test]
fn a_preview_follows_what_is_written() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    let served = Served::start(&sandbox);
    sandbox.write(SMALLEST_FILE, SMALLEST.replace("Order imports stopped", "Imports came to a halt"));
    let started = Instant::now();
    while !served.get("/en/index.html").contains("Imports came to a halt") {
        assert!(started.elapsed() < PATIENCE, "it was not built anew");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(served.get("/.relato/wait.js?1").contains("relatoChanged(2)"));
    // what is wrong while someone writes leaves the last good site
    sandbox.write("relato.yaml", "relato: [");
    std::thread::sleep(Duration::from_millis(1500));
    assert!(served.get("/en/index.html").contains("Imports came to a halt"));
}
