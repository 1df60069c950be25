//! A response, its body read.
use std::io::Read;

use actix_web::http::header::HeaderMap;
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: HeaderMap,
    /// As it goes over the wire.
    pub body: Vec<u8>,
    /// What `Content-Length` says.
    pub length: Option<u64>,
}

impl Response {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name);
        let values: Vec<String> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        values.join(", ")
    }

    pub fn etag(&self) -> String {
        self.header("etag")
    }

    /// The media type, without parameters.
    pub fn media_type(&self) -> String {
        let content_type = self.header("content-type");
        let media_type = content_type.split(';').next().unwrap_or_default();
        media_type.trim().to_owned()
    }

    /// The body without its content coding.
    pub fn decoded(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        match self.header("content-encoding").as_str() {
            "" => plain.clone_from(&self.body),
            "br" => {
                brotli::Decompressor::new(self.body.as_slice(), 4096)
                    .read_to_end(&mut plain)
                    .unwrap();
            }
            "gzip" => {
                flate2::read::GzDecoder::new(self.body.as_slice())
                    .read_to_end(&mut plain)
                    .unwrap();
            }
            other => panic!("content coding {other}"),
        }
        plain
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.decoded()).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.decoded()) {
            Ok(json) => json,
            Err(error) => panic!("{error}: {}", self.text()),
        }
    }

    /// Holds that this is a problem of a status and code; gives it.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        problem
    }

    /// Where `Link` leads, by relation.
    #[track_caller]
    pub fn link(&self, relation: &str) -> Option<String> {
        let wanted = format!("rel=\"{relation}\"");
        let header = self.header("link");
        let link = header
            .split(", ")
            .find(|link| link.ends_with(&wanted))
            .map(str::to_owned)?;
        let target = link.strip_prefix('<')?.split('>').next()?;
        assert!(target.is_ascii() && target.starts_with('/'), "{target}");
        Some(target.to_owned())
    }

    /// Everything that a client sees: headers and body, decoded where letters are percent-encoded.
    pub fn everything(&self) -> String {
        let headers = self.headers.iter().map(|(name, value)| {
            let value = percent_encoding::percent_decode(value.as_bytes()).decode_utf8_lossy();
            format!("{name}: {value}\n")
        });
        headers.chain([self.text()]).collect()
    }
}

/// `pointer code` of each error that a problem lists.
pub fn errors(problem: &Value) -> Vec<String> {
    let errors = problem["errors"].as_array().unwrap();
    let text = |error: &Value, member: &str| error[member].as_str().unwrap().to_owned();
    let both = |error| format!("{} {}", text(error, "pointer"), text(error, "code"));
    errors.iter().map(both).collect()
}
