//! What leaks and what does not, in a table; and that no text takes long or panics.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Guard, LeakKind::*, *};
use crate::{
    model::Person,
    source::{Content, Tree, WorkTree},
};

static GUARD: LazyLock<Guard> = LazyLock::new(workspace);

fn guard() -> &'static Guard {
    &GUARD
}

fn workspace() -> Guard {
    let redaction = Redaction {
        hosts: vec!["*.prod.example".into(), "oms-*".into(), "*".into()],
        tracker_projects: vec!["OMS".into(), "INFRA".into()],
        people_registry: None,
    };
    let person = |name: &str, handles: &[&str]| Person {
        name: name.into(),
        handles: handles.iter().map(|handle| (*handle).to_owned()).collect(),
    };
    let people =
        vec![person("Ana Lúcia Souza", &["alsouza", "ana.souza", "@analu7"]), person("May", &["will"])];
    Guard::new(&redaction, &People { people })
}

#[test]
fn every_pattern_is_compiled() {
    let none = Guard::new(&Redaction::default(), &People::default());
    assert_eq!(none.patterns.len(), 11);
    assert_eq!(guard().patterns.len(), 13);
    assert!(none.patterns.has_set() && guard().patterns.has_set());
}

#[test]
fn what_leaks_is_found_and_shown() {
    for (text, kind, shown) in [
        ("10.1.2.3 did not answer", Address, "10.1.2.3"),
        ("at 192.168.0.12, then", Address, "192.168.0.12"),
        ("the pool 172.16.0.0/12", Address, "172.16.0.0"),
        ("balancer (34.210.9.17)", Address, "34.210.9.17"),
        ("http://10.0.0.8:8080/health", Address, "10.0.0.8"),
        ("fe80::1ff:fe23:4567:890a", Address, "fe80::1ff:fe23:4567:890a"),
        ("2804:14c:3b80::1 is unreachable", Address, "2804:14c:3b80::1"),
        ("db-3.prod.internal is back", Host, "db-3.prod.internal"),
        ("https://grafana.corp/d/1", Host, "grafana.corp"),
        ("o host cache.eu-1.consul.", Host, "cache.eu-1.consul"),
        ("orders.default.svc.cluster.local", Host, "orders.default.svc.cluster.local"),
        ("printer-2.local", Host, "printer-2.local"),
        ("we restarted oms-worker-4.", Host, "oms-worker-4"),
        ("db1.prod.example", Host, "db1.prod.example"),
        ("write to ana.souza@acme.com.br.", Mailbox, "ana.souza@acme.com.br"),
        ("AKIAIOSFODNN7EXAMPLE", Secret, "AKIA…"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", Secret, "ghp_…"),
        ("xoxb-123456789012-abcdef", Secret, "xoxb…"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_1", Secret, "eyJh…"),
        ("-----BEGIN RSA PRIVATE KEY-----", Secret, "----…"),
        ("postgres://app:hunter2@db/orders", Secret, "post…"),
        ("password=hunter2", Secret, "pass…"),
        ("a senha: Tr0ub4dor3", Secret, "senh…"),
        ("Authorization: Bearer 8f3a9c0e1d2b4a5f6e7d8c9b", Secret, "Bear…"),
        ("see acme.slack.com/archives/C01", Link, "acme.slack.com/archives/"),
        ("https://acme.atlassian.net/browse/X", Link, "acme.atlassian.net/browse"),
        ("fixed in OMS-123", TrackerKey, "OMS-123"),
        ("(INFRA-9)", TrackerKey, "INFRA-9"),
        ("in /var/log/orders", Path, "/var/log"),
        ("/home/ana/orders.sql", Path, "/home/ana/orders.sql"),
        ("C:\\data\\orders", Path, "C:\\data\\"),
        ("s3://acme-orders/dump", Path, "s3://acme-orders"),
        ("arn:aws:iam::123456789012:role/x", Path, "arn:aws:iam::123456789012:"),
        ("CPF 529.982.247-25", TaxNumber, "529.982.247-25"),
        ("CNPJ 11.222.333/0001-81", TaxNumber, "11.222.333/0001-81"),
        ("CNPJ 12.ABC.345/01DE-35", TaxNumber, "12.ABC.345/01DE-35"),
        ("ligue (11) 98765-4321", Telephone, "(11) 98765-4321"),
        ("call +55 11 98765-4321", Telephone, "+55 11 98765-4321"),
        ("call +44 20 7946 0958", Telephone, "+44 20 7946 0958"),
    ] {
        let leaks = guard().leaks(text);
        let told: Vec<(LeakKind, &str)> = leaks.iter().map(|leak| (leak.kind, leak.shown.as_str())).collect();
        assert_eq!(told, [(kind, shown)], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_leak_is_left_alone() {
    for text in [
        "version 1.2.3, then 1.2.3.4 and v10.20.30.40",
        "version 10.0.22.5 of the driver, versão 10.4.32.1",
        "Chrome 96.0.4664.110",
        "127.0.0.1 and 0.0.0.0, 203.0.113.7, 8.8.8.8",
        "section 4.2.1.3",
        "2,147,483,647 and 2.147.483.647",
        "12.5% of 1.234,5",
        "UTF-8, SHA-256, P-256, CVE-2021-44228, ISO-8859, RFC-3339, COVID-19, X-OMS-1",
        "2017-11-10T22:00:00-02:00, 22:00:05, 01:00 UTC, 10:20:30:40",
        "std::vec::Vec, a::b, face::cafe, ::1, 2001:db8::1",
        "main.rs, target.yaml, settings.local, .env.local, com.example.Internal",
        "Service restored.Internal teams were told; localhost:8080 is a local address",
        "https://status.vtex.com, gearman.org, http://redis.io, help.vtex.com/tutorial",
        "write to support@acme.com, suporte+loja@acme.com.br, status@acme.com, no-reply@acme.com",
        "someone@example.com, a@host.example, icon@2x.png, git@github.com:acme/orders.git, @scope/pkg@1.2.3",
        "password: required; the password reset failed; token expired; o token: inválido; secret santa",
        "password=<password>, token=$TOKEN, senha: ********, api_key=xxxxxxxx",
        "the bearer of bad news, token bucket algorithm",
        "read/write, and/or, /en/tutorial/erp-integration, https://acme.com/home/ana/orders, /etc",
        "OMS, OMS 2, BOMS-12, OMS-x",
        "111.111.111-11, 529.982.247-26, 11.222.333/0001-82",
        "0800 123 4567, +1 800 123 4567, 4004-1234, 2020-2021, (2017) 1234-5678",
        "1-2-3, 99%, 80x, 3h30, 64-bit",
    ] {
        assert_eq!(guard().leaks(text), [], "{text}");
    }
}

#[test]
fn people_are_found_by_name_and_by_handle() {
    for (text, names) in [
        ("Ana Lúcia Souza restarted it", vec!["Ana Lúcia Souza"]),
        ("ANA SOUZA and ana  lucia souza", vec!["ANA SOUZA", "ana  lucia souza"]),
        ("Ana is on call; Souza, too", vec![]),
        ("ask @alsouza or alsouza", vec!["alsouza"]),
        ("alsouza@acme.com", vec!["alsouza"]),
        ("ask ana.souza or analu7", vec!["ana.souza", "analu7"]),
        ("May restarted it in may; we will; @will did", vec!["May", "will"]),
        ("Mayday, Ana Souzas", vec![]),
    ] {
        let named: Vec<String> = guard().named(text).into_iter().map(|named| named.shown).collect();
        assert_eq!(named, names, "{text}");
    }
    let nobody = Guard::new(&Redaction::default(), &People::default());
    assert!(!nobody.knows_people());
    assert_eq!(nobody.named("Ana Souza"), []);
}

#[test]
fn html_is_read_as_its_readers_do() {
    for (html, text) in [
        ("<p>db&#45;3&#x2e;prod&amp;x</p>", " p db-3.prod&x /p "),
        ("<style>\n10.0.0.1 {}\n</style><a href=\"//x\">", "\n\n  a href=\"//x\" "),
        ("a & b &unknown; < c", "a   b  unknown;   c"),
    ] {
        assert_eq!(readable(html), text, "{html}");
    }
}

#[test]
fn no_file_of_the_package_leaks() {
    let none = Guard::new(&Redaction::default(), &People::default());
    let tree = WorkTree::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut files: Vec<String> = ["glossary.yaml", "README.md", "CHANGELOG.md"].map(str::to_owned).to_vec();
    for folder in ["incidents", "templates"] {
        files.extend(tree.list(folder).unwrap().into_iter().map(|entry| entry.path));
    }
    assert!(files.len() > 20);
    for file in files {
        let Content::Bytes(bytes) = tree.read(&file, 1 << 20).unwrap() else { panic!("{file}") };
        assert_eq!(none.leaks(&String::from_utf8(bytes).unwrap()), [], "{file}");
    }
}

#[test]
fn hostile_text_is_read_in_its_own_time() {
    let guard = guard();
    for part in [
        "a.", "1.", "a@", "a@a.", "eyJ", "/var/", "oms-", "::", "f:", "+1", "password", "&#", "<style",
        "Ana ",
    ] {
        let text = part.repeat(400_000 / part.len());
        assert!(guard.leaks(&text).len() <= 100);
        guard.named(&text);
        readable(&text);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(any in "\\PC{0,80}", near in "[a-zA-Z0-9@:./=+() -]{0,60}") {
        for text in [any, near] {
            for leak in guard().leaks(&text) {
                prop_assert!(text.get(leak.range).is_some());
            }
            guard().named(&text);
            readable(&text);
        }
    }

    #[test]
    fn a_leak_is_found_in_the_middle_of_prose(
        before in "[a-z ]{0,20} ",
        after in " [a-z ]{0,20}",
        octets in (10..11_u8, any::<u8>(), any::<u8>(), 1..255_u8)
    ) {
        let address = format!("{}.{}.{}.{}", octets.0, octets.1, octets.2, octets.3);
        prop_assume!(!["version ", "release ", "build ", "v ", "section ", "firmware "].iter().any(|w| before.trim_end().ends_with(w.trim_end())));
        let leaks = guard().leaks(&format!("{before}{address}{after}"));
        prop_assert!(leaks.iter().any(|leak| leak.shown == address));
    }
}
