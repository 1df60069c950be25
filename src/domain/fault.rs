//! What is wrong with something that was written, and where.
use serde::Serialize;

/// One thing wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where, as a JSON pointer (RFC 6901) into the document.
    pub pointer: String,
    /// What, for a program.
    pub code: &'static str,
    /// What, and what to do, for a person.
    pub detail: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.pointer.is_empty() {
            write!(f, "{} [{}]", self.detail, self.code)
        } else {
            write!(f, "{}: {} [{}]", self.pointer, self.detail, self.code)
        }
    }
}

/// Collects faults while a document is walked, so that a writer sees all of them at once.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Fault>,
    path: String,
}

impl Faults {
    pub fn add(&mut self, member: &str, code: &'static str, detail: impl Into<String>) {
        let pointer = if member.is_empty() {
            self.path.clone()
        } else {
            format!("{}/{member}", self.path)
        };
        self.found.push(Fault {
            pointer,
            code,
            detail: detail.into(),
        });
    }

    /// Walks into a member; pointers of faults found inside start there.
    pub fn within<T>(
        &mut self,
        member: impl std::fmt::Display,
        walk: impl FnOnce(&mut Self) -> T,
    ) -> T {
        use std::fmt::Write;
        let length = self.path.len();
        // Writing to a String cannot fail.
        let _ = write!(self.path, "/{member}");
        let result = walk(self);
        self.path.truncate(length);
        result
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn into_result<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.found.is_empty() {
            Ok(value)
        } else {
            Err(self.found)
        }
    }
}
