//! `relato serve`: the site as it will be, in a browser, built anew when a file changes.
//!
//! A small server of its own: it answers `GET` for the files of one folder and nothing else, and reads no more of a request
//! than it needs.

use std::{
    io::{self, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use clap::Args;

use super::{
    CliError, Console, Exit, Session,
    build::{self, BuildArgs},
    render::For,
};
use crate::source::{Preview, trace};

/// Show the site in a browser, and build it anew when a file changes
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato serve                        the public site, at http://127.0.0.1:8017/
  relato serve --audience internal    the whole story
  relato serve --port 0               at any free port
  relato serve --host 0.0.0.0         for other machines, too: they can read everything it shows

It writes into a temporary folder, not into public/. Stop it with Ctrl-C.")]
pub(super) struct ServeArgs {
    /// The port; 0 is any free one
    #[arg(long, default_value_t = 8017, value_name = "PORT")]
    port: u16,
    /// The address to listen at; other machines reach it only when it is not this one's own
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    host: IpAddr,
    /// For whom
    #[arg(long, value_enum, default_value_t = For::Public)]
    audience: For,
}

/// How often the workspace is looked at.
const LOOK: Duration = Duration::from_millis(400);
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 8 << 10;
/// How long a client may take to ask, and to take its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a page waits for a change before it asks again.
const WAIT: Duration = Duration::from_secs(20);
/// How many clients are answered at once.
const MOST_CLIENTS: usize = 64;

pub(super) fn run(args: &ServeArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let preview = Preview::open()?;
    let started = Instant::now();
    let mut seen = trace(&session.root);
    build::run(&BuildArgs::preview(preview.out(), args.audience), session, console)?;
    let listener = TcpListener::bind((args.host, args.port)).map_err(|error| not_free(args, &error))?;
    let address = listener.local_addr().map_err(|error| not_free(args, &error))?;
    let server = Arc::new(Server { preview, address, version: Mutex::new(1), changed: Condvar::new() });
    console.answer(format!("http://{address}/\n").as_bytes())?;
    if !address.ip().is_loopback() {
        console.warn((
            "every machine that reaches this address can read the site",
            "qualquer máquina que alcance este endereço pode ler o site",
        ));
    }
    let answering = Arc::clone(&server);
    thread::spawn(move || accept(&listener, &answering));
    loop {
        thread::sleep(LOOK);
        let now = trace(&session.root);
        if session.at().is_some() || now == seen {
            continue;
        }
        seen = now;
        let again = session.later(started.elapsed());
        // what is wrong while someone writes is said, and the last good site stays
        let site = BuildArgs::preview(server.preview.out(), args.audience);
        match again.and_then(|session| build::run(&site, &session, console)) {
            Ok(_) => server.tell(),
            Err(error) => console.fail(&error),
        }
    }
}

fn not_free(args: &ServeArgs, error: &io::Error) -> CliError {
    let (host, port) = (args.host, args.port);
    CliError::argument(
        (
            format!("cannot listen at {host}, port {port}: {error}"),
            format!("não é possível escutar em {host}, porta {port}: {error}"),
        ),
        (
            "choose another one, like `--port 0` for any that is free",
            "escolha outra, como `--port 0` para qualquer uma livre",
        ),
    )
}

struct Server {
    preview: Preview,
    address: SocketAddr,
    /// Counts the builds.
    version: Mutex<u64>,
    changed: Condvar,
}

impl Server {
    /// There is a new site.
    fn tell(&self) {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    fn version(&self) -> u64 {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The version, as soon as it is another one than `known`, or after a while.
    fn next(&self, known: u64) -> u64 {
        let version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(version, WAIT, |version| *version == known);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

fn accept(listener: &TcpListener, server: &Arc<Server>) {
    let clients = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // as when too many files are open
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        if clients.load(Ordering::Acquire) >= MOST_CLIENTS {
            let _ = Answer::plain(503, "busy").write(&stream, false);
            continue;
        }
        clients.fetch_add(1, Ordering::AcqRel);
        let (server, own) = (Arc::clone(server), Arc::clone(&clients));
        let answering = thread::Builder::new().spawn(move || {
            let _ = answer(&stream, &server);
            own.fetch_sub(1, Ordering::AcqRel);
        });
        if answering.is_err() {
            clients.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

fn answer(mut stream: &TcpStream, server: &Server) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    let mut part = [0_u8; 1024];
    let asked = Instant::now();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let count = stream.read(&mut part)?;
        if count == 0 {
            return Ok(());
        }
        head.extend_from_slice(part.get(..count).unwrap_or_default());
        if head.len() > LONGEST_HEAD || asked.elapsed() > PATIENCE {
            return Answer::plain(431, "too long").write(stream, false);
        }
    }
    match Request::read(&head) {
        None => Answer::plain(400, "bad request").write(stream, false),
        Some(request) => reply(&request, server).write(stream, request.head_only),
    }
}

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    /// Decoded, without its first `/`.
    path: String,
    query: String,
    head_only: bool,
    host: Option<String>,
    method_known: bool,
}

impl Request {
    /// `None` when it is none.
    fn read(head: &[u8]) -> Option<Self> {
        let head = std::str::from_utf8(head).ok()?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !version.starts_with("HTTP/1.") {
            return None;
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let field = |line: &str| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("host").then(|| value.trim().to_owned())
        };
        let path = decoded(path.strip_prefix('/')?)?;
        Some(Self {
            path,
            query: query.to_owned(),
            head_only: method == "HEAD",
            host: lines.find_map(field),
            method_known: method == "GET" || method == "HEAD",
        })
    }
}

/// `%41` is `A`; `None` when it is not UTF-8, or holds what no path of a site has.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let number = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(number).ok()?);
    }
    String::from_utf8(bytes).ok().filter(|path| !path.chars().any(char::is_control))
}

/// The script that every page is given, and its two questions.
const RELOAD: &str = ".relato/reload.js";
const CHANGED: &str = ".relato/wait.js";

fn reply(request: &Request, server: &Server) -> Answer {
    if !request.method_known {
        return Answer::plain(405, "only GET and HEAD");
    }
    // a page elsewhere that a name was pointed to here must not read the site
    if !is_ours(request.host.as_deref(), server.address) {
        return Answer::plain(421, "not the address that this is served at");
    }
    match request.path.as_str() {
        RELOAD => {
            let version = server.version();
            let script = format!(
                "(()=>{{const ask=(n)=>{{const s=document.createElement(\"script\");s.src=\"/{CHANGED}?\"+n;s.onerror=()=>setTimeout(ask,2000,n);s.onload=()=>s.remove();document.head.append(s)}};globalThis.relatoChanged=(n)=>n==={version}?ask(n):location.reload();addEventListener(\"load\",()=>ask({version}))}})();\n"
            );
            return Answer::of(200, "text/javascript; charset=utf-8", script.into_bytes());
        }
        CHANGED => {
            let version = server.next(request.query.parse().unwrap_or(0));
            let script = format!("relatoChanged({version});\n");
            return Answer::of(200, "text/javascript; charset=utf-8", script.into_bytes());
        }
        _ => {}
    }
    let mut path = request.path.clone();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    match server.preview.read(&path) {
        None => Answer::plain(404, "not found"),
        Some(bytes) => {
            let kind = kind(&path);
            let bytes = if kind.starts_with("text/html") { with_reload(bytes) } else { bytes };
            Answer::of(200, kind, bytes)
        }
    }
}

/// Whether a request names the address that it came to.
fn is_ours(host: Option<&str>, address: SocketAddr) -> bool {
    if !address.ip().is_loopback() {
        return true;
    }
    let Some(host) = host else { return false };
    let name = host.strip_suffix(&format!(":{}", address.port())).unwrap_or(host);
    name == "localhost"
        || name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok_and(|it| it.is_loopback())
}

/// A page that asks whether it has changed. Pages allow scripts of their own address alone, and this is one.
fn with_reload(page: Vec<u8>) -> Vec<u8> {
    let at = page.windows(7).position(|part| part == b"</head>");
    let Some((before, after)) = at.and_then(|at| page.split_at_checked(at)) else { return page };
    let tag = format!("<script defer src=\"/{RELOAD}\"></script>\n");
    // where a page allows no script at all it stays as it is
    [before, tag.as_bytes(), after].concat()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "atom" | "rss" | "xml" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => "text/plain; charset=utf-8",
    }
}

struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

impl Answer {
    fn of(status: u16, kind: &'static str, body: Vec<u8>) -> Self {
        Self { status, kind, body }
    }

    fn plain(status: u16, text: &str) -> Self {
        Self::of(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    fn write(&self, mut stream: &TcpStream, head_only: bool) -> io::Result<()> {
        let reason = match self.status {
            200 => "OK",
            400 => "Bad Request",
            404 => "Not Found",
            405 => "Method Not Allowed",
            421 => "Misdirected Request",
            431 => "Request Header Fields Too Large",
            _ => "Service Unavailable",
        };
        let head = format!(
            "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n",
            self.status,
            self.kind,
            self.body.len()
        );
        stream.write_all(head.as_bytes())?;
        if !head_only {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_request_is_read() {
        let read = |text: &str| Request::read(text.as_bytes());
        let page = read("GET /en/a%20b.html?x=1 HTTP/1.1\r\nHost: localhost:8017\r\n\r\n").unwrap();
        assert_eq!((page.path.as_str(), page.query.as_str()), ("en/a b.html", "x=1"));
        assert_eq!(page.host.as_deref(), Some("localhost:8017"));
        for bad in [
            "",
            "GET / \r\n\r\n",
            "GET http://x/ HTTP/1.1\r\n\r\n",
            "GET /%zz HTTP/1.1\r\n\r\n",
            "GET /%00 HTTP/1.1\r\n\r\n",
            "GET /%ff HTTP/1.1\r\n\r\n",
            "GET / HTTP/2\r\n\r\n",
            "GET / x HTTP/1.1\r\n\r\n",
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
        assert!(!read("POST / HTTP/1.1\r\n\r\n").unwrap().method_known);
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let here: SocketAddr = "127.0.0.1:8017".parse().unwrap();
        for (host, ours) in [
            (Some("127.0.0.1:8017"), true),
            (Some("localhost:8017"), true),
            (Some("[::1]:8017"), true),
            (Some("evil.example:8017"), false),
            (Some("evil.example"), false),
            (Some("10.0.0.1:8017"), false),
            (None, false),
        ] {
            assert_eq!(is_ours(host, here), ours, "{host:?}");
        }
    }

    #[test]
    fn a_page_is_given_the_script_that_reloads_it() {
        let page = with_reload(b"<head></head><body>".to_vec());
        assert_eq!(
            String::from_utf8(page).unwrap(),
            "<head><script defer src=\"/.relato/reload.js\"></script>\n</head><body>"
        );
        assert_eq!(with_reload(b"x".to_vec()), b"x");
    }

    proptest! {
        #[test]
        fn no_request_is_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Request::read(&bytes);
        }

        #[test]
        fn no_path_holds_what_ends_a_line(path in "(%[0-9a-fA-F]{2}|[a-z/.%]){0,40}") {
            if let Some(path) = decoded(&path) {
                prop_assert!(!path.chars().any(char::is_control));
            }
        }
    }
}
