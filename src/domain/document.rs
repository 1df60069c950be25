//! Reading a JSON document that somebody wrote into a type; a fault says where it goes wrong.
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fault::Fault;

/// The code of a fault where the text is no JSON; with any other it is, and means nothing.
pub const NO_JSON: &str = "invalid_json";

/// Reads a document, which is one object.
pub fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, Vec<Fault>> {
    // A struct can be read from an array too; a list of positions would be a riddle.
    if text.trim_ascii_start().first() == Some(&b'[') {
        return Err(vec![Fault {
            pointer: String::new(),
            code: "invalid_document",
            detail: "is an array, and has to be an object".to_owned(),
        }]);
    }
    // Twice only when it fails: keeping the path costs time.
    if let Ok(value) = serde_json::from_slice(text) {
        return Ok(value);
    }
    let mut json = serde_json::Deserializer::from_slice(text);
    let result: Result<T, _> = serde_path_to_error::deserialize(&mut json);
    let (pointer, error) = match result {
        Ok(_) => match json.end() {
            Ok(()) => return Err(Vec::new()),
            Err(error) => (String::new(), error),
        },
        Err(error) => (pointer_of(error.path()), error.into_inner()),
    };
    Err(vec![fault_of(pointer, &error)])
}

/// Reads a document that was put together here: its faults point to members, and to no character of a text.
pub fn read<T: DeserializeOwned>(document: Value) -> Result<T, Vec<Fault>> {
    serde_path_to_error::deserialize(document)
        .map_err(|error| vec![fault_of(pointer_of(error.path()), error.inner())])
}

fn fault_of(pointer: String, error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let code = match error.classify() {
        serde_json::error::Category::Data if message.starts_with("unknown field") => {
            "unknown_field"
        }
        serde_json::error::Category::Data => "invalid_document",
        _ => NO_JSON,
    };
    Fault {
        pointer: if code == NO_JSON {
            String::new()
        } else {
            pointer
        },
        code,
        detail: plain(&message),
    }
}

/// The parser's message without names of our own types, and with a place that fits a line.
fn plain(message: &str) -> String {
    let message = message.replace(" at line 1 column ", ", at character ");
    match message.split_once("expected struct ") {
        Some((before, after)) => {
            let place = after.find(", at character").and_then(|at| after.get(at..));
            format!("{before}expected an object{}", place.unwrap_or_default())
        }
        None => message,
    }
}

/// A path through a document as a JSON pointer (RFC 6901).
fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}
