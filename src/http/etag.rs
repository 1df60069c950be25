//! Entity tags (RFC 9110, section 8.8): one for each state of each answer, and one suffix for each content coding.
use actix_web::http::header::HeaderValue;
use xxhash_rust::xxh3::xxh3_128;

use super::coding::Coding;
use crate::database::store::StoreState;
use crate::domain::audience::Audience;

/// An entity tag without its quotes and without the suffix of a coding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityTag(String);

impl EntityTag {
    /// Of an item: its revision, by which changes are conditional, and a hash of what is answered.
    pub fn of_item(revision: i64, body: &[u8]) -> Self {
        Self(format!("{revision}-{:032x}", xxh3_128(body)))
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

    /// Of an answer that is sent as it is, as a header has it.
    pub fn plain(&self) -> String {
        format!("\"{}\"", self.0)
    }

    /// As a header has it.
    pub fn header(&self, coding: Coding) -> HeaderValue {
        let text = match coding.token() {
            Some(token) => format!("\"{}-{token}\"", self.0),
            None => self.plain(),
        };
        // It is made of digits and letters.
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""))
    }

    /// The tag of a client's `If-None-Match` that names this state, in whichever coding it keeps it.
    pub fn matching(&self, known: &HeaderValue) -> Option<HeaderValue> {
        let mut tags = known.to_str().ok()?.split(',').map(str::trim);
        tags.find_map(|tag| {
            let opaque = tag.strip_prefix("W/").unwrap_or(tag);
            let inner = opaque.strip_prefix('"')?.strip_suffix('"')?;
            let rest = inner.strip_prefix(&self.0)?;
            let known = rest.is_empty() || rest.strip_prefix('-').is_some_and(Coding::is_token);
            known.then(|| HeaderValue::from_str(opaque).ok())?
        })
    }
}
