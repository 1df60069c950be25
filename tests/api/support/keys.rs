//! Keys of the tests, and requests that bring one.
use actix_web::http::Method;
use isnad::database::{Error, Written};
use isnad::domain::moment::Moment;
use isnad::domain::secret::Secret;
use isnad::keys::queries;
use isnad::keys::types::{ApiKey, KeyDraft, Scope};
use serde_json::Value;

use super::app::TestApp;
use super::response::Response;

/// A key with its secret.
pub struct TestKey {
    pub name: String,
    pub secret: String,
}

impl TestKey {
    /// As it is sent.
    pub fn header(&self) -> (&'static str, String) {
        ("Authorization", format!("Bearer {}", self.secret))
    }
}

impl TestApp {
    /// A good key with a scope, named after it.
    pub fn key(&self, scope: Scope) -> TestKey {
        self.key_named(&format!("key with {scope}"), scope, None)
    }

    pub fn key_named(&self, name: &str, scope: Scope, expires_at: Option<Moment>) -> TestKey {
        let secret = Secret::random().unwrap();
        let draft = KeyDraft {
            name: name.to_owned(),
            scope,
            expires_at,
        };
        let made = self.database.write_blocking(|conn| {
            let made = queries::create(conn, &draft, &secret, Moment::now())?;
            Ok::<_, Error>(Written::hidden(made))
        });
        assert!(made.unwrap());
        TestKey {
            name: name.to_owned(),
            secret: secret.reveal().to_owned(),
        }
    }

    pub fn revoke(&self, which: &str) {
        let found = self.database.write_blocking(|conn| {
            let found = queries::revoke(conn, which, Moment::now())?;
            Ok::<_, Error>(Written::hidden(found))
        });
        assert!(found.unwrap().is_some());
    }

    pub fn kept_key(&self, name: &str) -> ApiKey {
        let keys = self
            .database
            .read_blocking(|conn| Ok::<_, Error>(queries::list(conn)?));
        let mut keys = keys.unwrap().into_iter();
        keys.find(|key| key.name == name).unwrap()
    }

    /// The JSON of a GET that must succeed.
    #[track_caller]
    pub fn json_by(&self, key: &TestKey, uri: &str) -> Value {
        let response = self.get_by(key, uri);
        assert_eq!(response.status, 200, "{uri}: {}", response.text());
        response.json()
    }

    /// One member of each row of a list's first page.
    #[track_caller]
    pub fn column_by(&self, key: &TestKey, uri: &str, member: &str) -> Vec<String> {
        let page = self.json_by(key, uri);
        let rows = page["data"].as_array().unwrap();
        let text = |row: &Value| row[member].as_str().unwrap_or_default().to_owned();
        rows.iter().map(text).collect()
    }

    /// Sends a body, or none, as JSON.
    #[track_caller]
    pub fn send_by(&self, key: &TestKey, method: Method, uri: &str, body: &str) -> Response {
        let write = self.write(method, uri, body).by(key);
        match body.is_empty() {
            true => write,
            false => write.with("Content-Type", "application/json"),
        }
        .send()
    }

    #[track_caller]
    pub fn get_by(&self, key: &TestKey, uri: &str) -> Response {
        let (name, value) = key.header();
        self.send(Method::GET, uri, &[(name, &value)])
    }
}
