//! Entity tags (RFC 9110, section 8.8): one for each state of each answer, and one suffix for each content coding.
use actix_web::http::header::HeaderMap;
use xxhash_rust::xxh3::xxh3_128;

use super::coding::Coding;
use crate::database::store::StoreState;
use crate::domain::audience::Audience;

/// An entity tag without its quotes and without the suffix of a coding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityTag(String);

impl EntityTag {
    /// Of an item: its revision, by which changes are conditional, and a hash of what is answered.
    pub fn of_item(revision: i64, body: &str) -> Self {
        Self(format!("{revision}-{:032x}", xxh3_128(body.as_bytes())))
    }

    /// Of an answer that has no revision: a hash of it.
    pub fn of_text(body: &str) -> Self {
        Self(format!("{:032x}", xxh3_128(body.as_bytes())))
    }

    /// Of a list: a hash of all that it depends on.
    pub fn of_list(state: &StoreState, audience: Audience, query: &str) -> Self {
        let StoreState {
            identity,
            sequence,
            public_sequence,
            render_version,
            search_version,
            search_progress,
        } = state;
        let sequence = match audience {
            Audience::Public => public_sequence,
            Audience::Editor => sequence,
        };
        let audience = audience.as_str();
        let search = format!("{search_version} {search_progress}");
        let state = format!("{identity} {sequence} {render_version} {search} {audience} {query}");
        Self(format!("{:032x}", xxh3_128(state.as_bytes())))
    }

    /// As a header has it, of an answer that is sent as it is.
    pub fn plain(&self) -> String {
        self.header(Coding::Identity)
    }

    /// As a header has it.
    pub fn header(&self, coding: Coding) -> String {
        match coding.token() {
            Some(token) => format!("\"{}-{token}\"", self.0),
            None => format!("\"{}\"", self.0),
        }
    }

    /// The client's tag that names this state, in whichever coding it keeps it.
    pub fn matching(&self, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all("if-none-match")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .find_map(|tag| {
                let opaque = tag.strip_prefix("W/").unwrap_or(tag);
                let inner = opaque.strip_prefix('"')?.strip_suffix('"')?;
                let rest = inner.strip_prefix(&self.0)?;
                let known = rest.is_empty() || rest.strip_prefix('-').is_some_and(Coding::is_token);
                known.then(|| opaque.to_owned())
            })
    }
}

/// Whether the client wants nothing as long as there is anything: `If-None-Match: *`.
pub fn wants_nothing(headers: &HeaderMap) -> bool {
    headers
        .get("if-none-match")
        .is_some_and(|value| value.as_bytes().trim_ascii() == b"*")
}
