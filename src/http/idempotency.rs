//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a request that is sent again is done once.
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::StatusCode;

use super::problem::{ApiError, ProblemCode};

/// The header that names a request.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A request that is to be done once.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The row of the key that it is sent by.
    pub key: i64,
    /// Its `Idempotency-Key`.
    pub token: String,
    /// Digest of its method and path.
    pub request: String,
    /// Digest of its body.
    pub fingerprint: String,
    /// Held while it is being done.
    _turn: Arc<Turn>,
}

type Name = (i64, String, String);

/// The requests that are being done by this process.
#[derive(Debug, Clone, Default)]
pub struct InFlight(Arc<Mutex<HashSet<Name>>>);

/// One of them; it ends when this is dropped.
#[derive(Debug)]
struct Turn {
    of: InFlight,
    name: Name,
}

impl InFlight {
    /// Begins a request, unless the same one is being done.
    pub fn begin(
        &self,
        key: i64,
        token: String,
        request: String,
        fingerprint: String,
    ) -> Result<Asked, ApiError> {
        let name = (key, token.clone(), request.clone());
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.insert(name.clone()) {
            return Err(ApiError::Refused {
                status: StatusCode::CONFLICT,
                code: ProblemCode::IdempotencyConflict,
                detail:
                    "a request with this `Idempotency-Key` is being done; send it again in a moment"
                        .to_owned(),
            });
        }
        drop(names);
        let of = self.clone();
        Ok(Asked {
            key,
            token,
            request,
            fingerprint,
            _turn: Arc::new(Turn { of, name }),
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut names = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.remove(&self.name);
    }
}

/// The key that a header's value holds: a string of the header's grammar, or its characters as they are.
pub fn token_of(value: &str) -> Result<String, &'static str> {
    const LONGEST: usize = 255;
    let token = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    let fit = (1..=LONGEST).contains(&token.len())
        && token
            .bytes()
            .all(|byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~'));
    match fit {
        true => Ok(token.to_owned()),
        false => Err("has to be 1 to 255 visible characters of ASCII, such as a UUID"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_with_quotes_and_without() {
        assert_eq!(token_of("\"8e03978e-40d5\"").unwrap(), "8e03978e-40d5");
        assert_eq!(token_of("8e03978e-40d5").unwrap(), "8e03978e-40d5");
        let long = "k".repeat(256);
        for wrong in [
            "",
            "\"\"",
            "\"",
            "two words",
            "مفتاح",
            "a\"b",
            long.as_str(),
        ] {
            assert!(token_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_request_is_in_flight_until_it_is_dropped() {
        let in_flight = InFlight::default();
        let begin = |token: &str| {
            in_flight.begin(1, token.to_owned(), "request".to_owned(), "body".to_owned())
        };
        let first = begin("a").unwrap();
        assert!(begin("a").is_err());
        assert!(begin("b").is_ok());
        let copy = first.clone();
        drop(first);
        assert!(begin("a").is_err());
        drop(copy);
        assert!(begin("a").is_ok());
    }
}
