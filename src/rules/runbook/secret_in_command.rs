//! `secret-in-command`: runbooks are copied into tickets and chats.

use crate::{
    finding::Words,
    language::Quantity,
    locate::Field,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Secret in a command
    ///
    /// A step's `command` holds no password, token or key: neither after `password=`, `--token` and their like, nor in a URL,
    /// nor one that is known by its form. A placeholder (`<password>`), a variable (`$TOKEN`, `${TOKEN}`, `$(…)`) or a path
    /// stands in its place.
    ///
    /// ## Why
    ///
    /// Runbooks are copied into tickets and chats, and a repository is forever.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.command
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: dump, intent: diagnose, title: {en: Dump the queue, pt-BR: Extrair a fila}, command: "mysqldump -u root -p's3cr3t' orders"}}
    /// ```
    /// > the command of `e1` holds a password
    /// > o comando de `e1` contém uma senha
    ///
    /// ```yaml timeline[0].step.command
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: ask, intent: diagnose, title: {en: Ask the API, pt-BR: Consultar a API}, command: "curl -H 'Authorization: Bearer 8f14e45fceea167a5a36' https://api.example/orders"}}
    /// ```
    /// > the command of `e1` holds a token
    /// > o comando de `e1` contém um token
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: dump, intent: diagnose, title: {en: Dump the queue, pt-BR: Extrair a fila}, command: "mysqldump --defaults-file=<file> -p orders && curl -u admin:$PASSWORD -H \"Authorization: Bearer ${TOKEN}\" --password-file /run/secret https://<user>:<password>@api.example/tokens?page=2"}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write a placeholder in angle brackets or a reference, and replace the secret itself: it was written down.
    ///
    /// # Segredo em um comando
    ///
    /// O `command` de um passo não contém senha, token nem chave: nem depois de `password=`, `--token` e similares, nem em uma
    /// URL, nem um que se reconheça pela forma. Em seu lugar fica um marcador (`<senha>`), uma variável (`$TOKEN`, `${TOKEN}`,
    /// `$(…)`) ou um caminho.
    ///
    /// ## Por quê
    ///
    /// Runbooks são copiados para chamados e chats, e um repositório é para sempre.
    ///
    /// ## Correção
    ///
    /// Escreva um marcador entre sinais de menor e maior ou uma referência, e troque o segredo: ele já foi escrito.
    "secret-in-command": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            let Some(command) = event.step.as_ref().and_then(|step| step.command.as_deref()) else {
                continue;
            };
            let Some(secret) = secret(command) else { continue };
            let field = Field::of("timeline").at(i);
            let what = secret.words();
            let sentence = sentence! { step = called(&event.id, &field), kind = Quantity::named(what.en, what.pt) =>
                "the command of `{step}` holds {kind}",
                "o comando de `{step}` contém {kind}"
            };
            out.find(judged, field.key("step").key("command"), sentence).help = words! {
                "write a placeholder, `<…>`, and replace the secret itself",
                "escreva um marcador, `<…>`, e troque o próprio segredo"
            };
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Secret {
    Password,
    Token,
    Key,
}

impl Secret {
    fn words(self) -> Words {
        match self {
            Self::Password => words! { "a password", "uma senha" },
            Self::Token => words! { "a token", "um token" },
            Self::Key => words! { "a key", "uma chave" },
        }
    }
}

/// Names after which a secret stands.
const NAMES: [(&str, Secret); 12] = [
    ("password", Secret::Password),
    ("passwd", Secret::Password),
    ("passphrase", Secret::Password),
    ("pgpassword", Secret::Password),
    ("mysql_pwd", Secret::Password),
    ("senha", Secret::Password),
    ("secret", Secret::Key),
    ("token", Secret::Token),
    ("api-key", Secret::Key),
    ("api_key", Secret::Key),
    ("apikey", Secret::Key),
    ("access_key", Secret::Key),
];

/// Beginnings of secrets that are known by their form, and how many letters and digits follow at least.
const FORMS: [(&str, usize, Secret); 11] = [
    ("AKIA", 16, Secret::Key),
    ("ASIA", 16, Secret::Key),
    ("ghp_", 30, Secret::Token),
    ("gho_", 30, Secret::Token),
    ("ghs_", 30, Secret::Token),
    ("github_pat_", 30, Secret::Token),
    ("glpat-", 16, Secret::Token),
    ("xoxb-", 16, Secret::Token),
    ("xoxp-", 16, Secret::Token),
    ("sk_live_", 16, Secret::Key),
    ("AIza", 30, Secret::Key),
];

/// The first secret of a command, if there is one.
fn secret(command: &str) -> Option<Secret> {
    if command.contains("-----BEGIN ") && command.contains("PRIVATE KEY-----") {
        return Some(Secret::Key);
    }
    let words: Vec<&str> =
        command.split([' ', '\t', '\n', ';', '|', '(', ')']).filter(|word| !word.is_empty()).collect();
    let mysql = words.iter().any(|word| is_mysql(word));
    words.iter().enumerate().find_map(|(i, word)| {
        let next = words.get(i + 1).copied().unwrap_or("");
        assigned(word, next)
            .or_else(|| authorized(word, next))
            .or_else(|| in_url(word))
            .or_else(|| formed(word))
            // `-p` alone asks for the password
            .or_else(|| {
                word.strip_prefix("-p").filter(|value| mysql && is_literal(value)).map(|_| Secret::Password)
            })
            .or_else(|| of_user(word, next))
    })
}

fn is_mysql(word: &str) -> bool {
    let name = word.rsplit('/').next().unwrap_or(word);
    ["mysql", "mysqldump", "mysqladmin", "mariadb"].contains(&name)
}

/// `PASSWORD=x`, `--password=x`, `--password x`, `"password": "x"`.
fn assigned(word: &str, next: &str) -> Option<Secret> {
    let (name, value) = match word.split_once(['=', ':']) {
        Some((name, "")) => (name, next),
        Some(pair) => pair,
        None if word.starts_with("--") => (word, next),
        None => return None,
    };
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    // `--password-file`, `token_count` and `https` name something else
    let kind = NAMES.iter().find(|(known, _)| name == *known || ends_in(&name, known))?.1;
    (is_literal(value) && !value.starts_with("--")).then_some(kind)
}

/// `db_password` for `password`.
fn ends_in(name: &str, known: &str) -> bool {
    name.strip_suffix(known).is_some_and(|rest| rest.ends_with(['-', '_', '.']))
}

/// `Bearer x`, `Basic x` of an `Authorization` header.
fn authorized(word: &str, next: &str) -> Option<Secret> {
    let scheme = word.trim_matches(|c: char| !c.is_alphanumeric());
    (["Bearer", "Basic"].contains(&scheme) && is_literal(next) && next.len() >= 12).then_some(Secret::Token)
}

/// `scheme://user:x@host`.
fn in_url(word: &str) -> Option<Secret> {
    let (_, rest) = word.split_once("://")?;
    let (user, _) = rest.split_once('/').unwrap_or((rest, "")).0.rsplit_once('@')?;
    let (_, password) = user.split_once(':')?;
    is_literal(password).then_some(Secret::Password)
}

/// `-u user:x` and `--user user:x`, as curl reads them.
fn of_user(word: &str, next: &str) -> Option<Secret> {
    let (_, password) = next.split_once(':').filter(|_| ["-u", "--user"].contains(&word))?;
    // `-u 1000:1000` is a user and a group
    let numbers = password.bytes().all(|byte| byte.is_ascii_digit());
    (is_literal(password) && !numbers).then_some(Secret::Password)
}

/// A secret known by its form.
fn formed(word: &str) -> Option<Secret> {
    FORMS.iter().find_map(|(start, least, kind)| {
        let (_, rest) = word.split_once(start)?;
        let length =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
        (length >= *least).then_some(*kind)
    })
}

/// A value that is written out: no placeholder, no variable, no path, nothing masked.
fn is_literal(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', ',', '}']);
    let stands_in = ["<", "$", "{{", "{", "%", "@", "/", "./", "~", "*", "x", "X", "…", "..."];
    let masked = |mark: char| value.chars().all(|c| c == mark);
    match value.chars().next() {
        None => false,
        Some('x' | 'X' | '*' | '.' | '…') if value.chars().next().is_some_and(masked) => false,
        Some('x' | 'X' | '.' | '…') => true,
        Some(_) => !stands_in.iter().any(|start| value.starts_with(start)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, secret};

    #[test]
    fn what_is_written_out_is_found_and_what_stands_for_it_is_not() {
        for (command, expected) in [
            ("PGPASSWORD=hunter2 psql orders", Some(Secret::Password)),
            ("app --password hunter2", Some(Secret::Password)),
            ("app --db-password='hunter2'", Some(Secret::Password)),
            ("curl -d '{\"api_key\": \"8f14e45f\"}'", Some(Secret::Key)),
            ("psql postgres://app:hunter2@db/orders", Some(Secret::Password)),
            ("curl -u admin:hunter2 https://x", Some(Secret::Password)),
            ("aws configure set x AKIAIOSFODNN7EXAMPLE", Some(Secret::Key)),
            ("mysql -phunter2", Some(Secret::Password)),
            ("PGPASSWORD=<password> psql", None),
            ("PGPASSWORD=$PASS psql", None),
            ("app --password", None),
            ("app --password --force", None),
            ("app --password-file pw.txt --token-count=3", None),
            ("psql postgres://app@db/orders", None),
            ("psql postgres://app:${PASS}@db/orders", None),
            ("docker run -u 1000:1000 x", None),
            ("app --token=********", None),
            ("app --token=xxxxx", None),
            ("kubectl create secret generic orders", None),
            ("kubectl get secret/orders -o yaml", None),
            ("ssh -p2222 host", None),
            ("grep 'token: ' app.log", None),
            ("vault read -field=password secret/orders", None),
            ("gh-ost --max-load=<load>", None),
            ("", None),
        ] {
            assert_eq!(secret(command), expected, "{command}");
        }
    }
}
