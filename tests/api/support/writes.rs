//! Requests that write, by somebody who has a key or none.
use actix_web::http::Method;
use serde_json::Value;

use super::app::TestApp;
use super::keys::TestKey;
use super::response::Response;

/// A request that changes something, being put together.
pub struct Write<'a> {
    app: &'a TestApp,
    method: Method,
    uri: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl TestApp {
    /// Of a document, as JSON.
    pub fn put(&self, uri: &str, document: impl Into<Value>) -> Write<'_> {
        self.put_bytes(uri, document.into().to_string())
            .with("Content-Type", "application/json")
    }

    /// Of whatever bytes.
    pub fn put_bytes(&self, uri: &str, body: impl Into<Vec<u8>>) -> Write<'_> {
        self.write(Method::PUT, uri, body)
    }

    /// Of a document, as JSON.
    pub fn post(&self, uri: &str, document: impl Into<Value>) -> Write<'_> {
        self.write(Method::POST, uri, document.into().to_string())
            .with("Content-Type", "application/json")
    }

    /// Of a merge patch.
    pub fn patch(&self, uri: &str, patch: impl Into<Value>) -> Write<'_> {
        self.write(Method::PATCH, uri, patch.into().to_string())
            .with("Content-Type", "application/merge-patch+json")
    }

    pub fn delete(&self, uri: &str) -> Write<'_> {
        self.write(Method::DELETE, uri, Vec::new())
    }

    pub fn write(&self, method: Method, uri: &str, body: impl Into<Vec<u8>>) -> Write<'_> {
        Write {
            app: self,
            method,
            uri: uri.to_owned(),
            headers: Vec::new(),
            body: body.into(),
        }
    }
}

impl<'a> Write<'a> {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn by(self, key: &TestKey) -> Self {
        let (name, value) = key.header();
        self.with(name, &value)
    }

    /// With the revision that it means to change.
    pub fn of_revision(self, revision: impl std::fmt::Display) -> Self {
        self.with("If-Match", &format!("\"{revision}\""))
    }

    #[track_caller]
    pub fn send(self) -> Response {
        self.app
            .send_body(self.method, &self.uri, &borrowed(&self.headers), self.body)
    }

    /// Sends it once it is waited for.
    pub(super) fn ask(self) -> impl Future<Output = Response> + use<'a> {
        let headers = borrowed(&self.headers);
        self.app.ask(self.method, &self.uri, &headers, self.body)
    }

    /// Sends what must be done, and leaves nothing to tell.
    #[track_caller]
    pub fn done(self) {
        let response = self.send();
        assert_eq!(response.status, 204, "{}", response.text());
        assert!(response.body.is_empty());
        assert!(!response.header("x-sequence").is_empty());
    }

    /// Sends what must be taken; gives the receipt.
    #[track_caller]
    pub fn taken(self, status: u16) -> Value {
        let response = self.send();
        assert_eq!(response.status, status, "{}", response.text());
        assert_eq!(response.header("cache-control"), "no-store");
        let receipt = response.json();
        let revision = format!("\"{}", receipt["revision"]);
        assert!(
            response.etag().starts_with(&revision),
            "{}",
            response.etag()
        );
        receipt
    }
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
