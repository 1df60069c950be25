//! `isnad key`: makes, lists and revokes API keys.
use std::io::{self, Write};

use super::Failure;
use crate::config::{Key, KeyCreate, KeyList, KeyRevoke};
use crate::database::{self, Database, Use, Written};
use crate::domain::moment::Moment;
use crate::domain::secret::{Secret, redacted};
use crate::keys::queries;
use crate::keys::types::{ApiKey, KeyDraft};

pub fn run(options: Key) -> Result<(), Failure> {
    match options {
        Key::Create(options) => create(options),
        Key::List(options) => list(&options),
        Key::Revoke(options) => revoke(&options),
    }
}

/// Standard output gets the secret and nothing else, so that a script can keep it.
fn create(options: KeyCreate) -> Result<(), Failure> {
    let now = Moment::now();
    let draft = KeyDraft::check(options.name, options.scope, options.expires, now);
    let draft = draft.map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure(format!("no key was made: {}", faults.join("; ")))
    })?;
    let secret = Secret::random()?;
    let database = Database::open(&options.store.url, Use::BULK)?;
    let made = database.write_blocking(|conn| {
        let made = queries::create(conn, &draft, &secret, now)?;
        Ok::<_, database::Error>(Written::hidden(made))
    })?;
    if !made {
        return Err(Failure(format!(
            "another key is called `{}`, though it may be revoked; choose another name",
            draft.name
        )));
    }
    let until = match draft.expires_at {
        Some(at) => format!("good until {at}"),
        None => "good until it is revoked".to_owned(),
    };
    log::info!(
        "made the key {} for `{}`, with the scope {}, {until}; its secret is shown this once",
        secret.prefix(),
        draft.name,
        draft.scope
    );
    writeln!(io::stdout().lock(), "{}", secret.reveal())?;
    Ok(())
}

fn list(options: &KeyList) -> Result<(), Failure> {
    let database = Database::open(&options.store.url, Use::EXISTING)?;
    let keys = database.read_blocking(|conn| Ok::<_, database::Error>(queries::list(conn)?))?;
    let mut out = io::stdout().lock();
    for key in &keys {
        writeln!(out, "{}", line(key, Moment::now()))?;
    }
    log::info!("{} keys", keys.len());
    Ok(())
}

/// A key, its columns apart by tabs.
fn line(key: &ApiKey, now: Moment) -> String {
    let moment = |label: &str, at: Option<Moment>| match at {
        Some(at) => format!("{label} {at}"),
        None => format!("{label} never"),
    };
    let state = key.refusal(now).unwrap_or_else(|| "is good".to_owned());
    [
        key.prefix.clone(),
        key.scope.to_string(),
        key.name.clone(),
        moment("made", Some(key.created_at)),
        moment("expires", key.expires_at),
        moment("used", key.last_used_at),
        state,
    ]
    .join("\t")
}

fn revoke(options: &KeyRevoke) -> Result<(), Failure> {
    // Whoever has only the secret of a leaked key may give that; it is not said again.
    let which = match options.key.parse::<Secret>() {
        Ok(secret) => secret.prefix().to_owned(),
        Err(_) => options.key.clone(),
    };
    let database = Database::open(&options.store.url, Use::EXISTING)?;
    let found = database.write_blocking(|conn| {
        let found = queries::revoke(conn, &which, Moment::now())?;
        Ok::<_, database::Error>(Written::hidden(found))
    })?;
    match found {
        None => Err(Failure(format!(
            "no key has the prefix or name `{}`; `isnad key list` shows them all",
            redacted(&which)
        ))),
        Some(ApiKey {
            prefix,
            name,
            revoked_at: Some(at),
            ..
        }) => {
            log::info!("the key {prefix} (`{name}`) was revoked already, at {at}");
            Ok(())
        }
        Some(ApiKey { prefix, name, .. }) => {
            log::info!("revoked the key {prefix} (`{name}`)");
            Ok(())
        }
    }
}
