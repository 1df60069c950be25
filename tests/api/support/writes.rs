//! Requests that write, by somebody who has a key or none.
use actix_web::http::Method;
use serde_json::Value;

use super::app::TestApp;
use super::keys::TestKey;
use super::response::Response;

/// A PUT that is being put together.
pub struct Put<'a> {
    app: &'a TestApp,
    uri: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl TestApp {
    /// Of a document, as JSON.
    pub fn put(&self, uri: &str, document: impl Into<Value>) -> Put<'_> {
        self.put_bytes(uri, document.into().to_string())
            .with("Content-Type", "application/json")
    }

    /// Of whatever bytes.
    pub fn put_bytes(&self, uri: &str, body: impl Into<Vec<u8>>) -> Put<'_> {
        Put {
            app: self,
            uri: uri.to_owned(),
            headers: Vec::new(),
            body: body.into(),
        }
    }
}

impl Put<'_> {
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
        let pair = |(name, value): &(String, String)| (name.clone(), value.clone());
        let headers: Vec<(String, String)> = self.headers.iter().map(pair).collect();
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.app
            .send_body(Method::PUT, &self.uri, &headers, self.body)
    }

    /// Sends what must be taken; gives the receipt.
    #[track_caller]
    pub fn taken(self, status: u16) -> Value {
        let response = self.send();
        assert_eq!(response.status, status, "{}", response.text());
        assert_eq!(response.header("cache-control"), "no-store");
        let receipt = response.json();
        assert_eq!(response.etag(), format!("\"{}\"", receipt["revision"]));
        receipt
    }
}
