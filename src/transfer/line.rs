//! One line: read within its bound, parsed, checked.
use std::io::{self, BufRead};

use serde::Deserialize;

use crate::articles::draft::ArticleDraft;
use crate::articles::write_shape::NewArticle;
use crate::domain::document::parse;
use crate::domain::fault::{Fault, Faults};
use crate::domain::{Thing, bounds, checked};
use crate::naming::draft::RecordDraft;
use crate::naming::write_shape::{NewRecord, NewTombstone};
use crate::writing::tombstones::TombstoneDraft;

/// What a line holds, checked.
#[derive(Debug, Clone)]
pub enum Item {
    Record(Box<RecordDraft>),
    Tombstone(TombstoneDraft),
    Article(Box<ArticleDraft>),
}

/// What was read of the input.
#[derive(Debug, PartialEq, Eq)]
pub enum Read {
    End,
    Line,
    /// The line is longer than it may be; it was passed over without being kept.
    TooLong,
    /// No line has ended for a while, and more may come: the input said so by [`io::ErrorKind::WouldBlock`].
    Lull,
}

/// Reads lines of bounded length, and never holds more than one.
pub struct Lines<R> {
    input: R,
    bound: usize,
    text: Vec<u8>,
    place: Place,
}

/// Where in a line the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Within,
    /// Within a line that is longer than it may be.
    Beyond,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, bound: usize) -> Self {
        Self {
            input,
            bound,
            text: Vec::new(),
            place: Place::Before,
        }
    }

    /// The line that was read last, without its end.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    pub fn read(&mut self) -> io::Result<Read> {
        if self.place == Place::Before {
            self.text.clear();
        }
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Read::Lull),
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                return Ok(match std::mem::replace(&mut self.place, Place::Before) {
                    Place::Before => Read::End,
                    Place::Within => Read::Line,
                    Place::Beyond => Read::TooLong,
                });
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let part = available
                .get(..end.unwrap_or(available.len()))
                .unwrap_or_default();
            if self.place == Place::Beyond || self.text.len() + part.len() > self.bound {
                self.place = Place::Beyond;
                self.text.clear();
            } else {
                self.place = Place::Within;
                self.text.extend_from_slice(part);
            }
            let used = end.map_or(available.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() {
                return Ok(match std::mem::replace(&mut self.place, Place::Before) {
                    Place::Beyond => Read::TooLong,
                    _ => Read::Line,
                });
            }
        }
    }
}

/// Parses and checks a line. What the server owns counts only where that is `honoured`.
pub fn check(line: &[u8], honoured: bool) -> Result<Item, Vec<Fault>> {
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(borrow, rename = "type")]
        kind: Option<std::borrow::Cow<'a, str>>,
    }
    // Only the line's kind is looked for here; what else is wrong with it, the full parse tells better.
    let kind = serde_json::from_slice::<Kind<'_>>(line)
        .ok()
        .and_then(|line| line.kind);
    match kind.as_deref() {
        None => {
            let mut new = parse::<NewArticle>(line)?;
            if !honoured {
                new = new.without_owned();
            }
            Ok(Item::Article(Box::new(ArticleDraft::check(new)?)))
        }
        Some("deleted") => {
            let mut new = parse::<NewTombstone>(line)?;
            if !honoured {
                new = new.without_owned();
            }
            check_tombstone(new).map(Item::Tombstone)
        }
        Some(name) => match name.parse::<Thing>() {
            Ok(thing @ (Thing::Speaker | Thing::Outlet | Thing::Tag)) => {
                let mut new = parse::<NewRecord>(line)?;
                if !honoured {
                    new = new.without_owned();
                }
                Ok(Item::Record(Box::new(RecordDraft::check(thing, new)?)))
            }
            _ => Err(vec![Fault {
                pointer: "/type".into(),
                code: "invalid_value",
                detail: format!(
                    "`{name}` is none of: speaker, outlet, tag, deleted; an article has no `type`"
                ),
            }]),
        },
    }
}

fn check_tombstone(new: NewTombstone) -> Result<TombstoneDraft, Vec<Fault>> {
    let mut faults = Faults::default();
    let f = &mut faults;
    for (member, missing) in [("thing", new.thing.is_none()), ("id", new.id.is_none())] {
        if missing {
            f.add(member, "required", format!("`{member}` is missing"));
        }
    }
    let id = checked::id(f, "id", new.id.as_deref());
    let reason = checked::optional_text(f, "reason", new.reason, bounds::STRING);
    let deleted_at = checked::moment(f, "deleted_at", new.deleted_at.as_deref());
    let mut slugs = Vec::new();
    f.within("slugs", |f| {
        for (at, slug) in new.slugs.unwrap_or_default().iter().enumerate() {
            // A merged record's ids lead to its tombstone as its slugs do.
            match slug.parse::<crate::domain::id::Id>() {
                Ok(id) => slugs.push(id.to_string()),
                Err(_) => slugs.extend(checked::slug(f, &at.to_string(), Some(slug))),
            }
        }
    });
    match (new.thing, id) {
        (Some(thing), Some(id)) => faults.into_result(TombstoneDraft {
            thing,
            id,
            slugs,
            reason,
            deleted_at,
            was_public: new.was_public == Some(true),
        }),
        _ => Err(faults.into_result(()).err().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_past_its_bound_is_passed_over_and_the_next_is_read() {
        let text = format!("{}\nshort\n\nlast", "x".repeat(100));
        let input = io::BufReader::with_capacity(7, text.as_bytes());
        let mut lines = Lines::new(input, 10);
        let mut read = || {
            let read = lines.read().unwrap();
            (read, String::from_utf8(lines.text().to_vec()).unwrap())
        };
        assert_eq!(read(), (Read::TooLong, String::new()));
        assert_eq!(read(), (Read::Line, "short".into()));
        assert_eq!(read(), (Read::Line, String::new()));
        assert_eq!(read(), (Read::Line, "last".into()));
        assert_eq!(read().0, Read::End);
    }

    #[test]
    fn a_lull_in_the_midst_of_a_line_loses_nothing_of_it() {
        let parts = [
            "fir",
            "",
            "",
            "st\nsec",
            "",
            "ond\n",
            "",
            "far too long",
            "",
            " a line\n",
            "last",
        ];
        let mut lines = Lines::new(Parts(parts.into()), 10);
        let mut seen = Vec::new();
        loop {
            let read = lines.read().unwrap();
            let text = String::from_utf8(lines.text().to_vec()).unwrap();
            match read {
                Read::End => break,
                Read::Lull => seen.push("~".to_owned()),
                Read::TooLong => seen.push("too long".to_owned()),
                Read::Line => seen.push(text),
            }
        }
        assert_eq!(
            seen,
            [
                "~", "~", "first", "~", "second", "~", "~", "too long", "last"
            ]
        );
    }

    /// Input that arrives in parts; an empty one is a lull.
    struct Parts(std::collections::VecDeque<&'static str>);

    impl io::Read for Parts {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            unreachable!("lines are read by `fill_buf`")
        }
    }

    impl BufRead for Parts {
        fn fill_buf(&mut self) -> io::Result<&[u8]> {
            if self.0.front() == Some(&"") {
                self.0.pop_front();
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Ok(self.0.front().map_or(&[], |part| part.as_bytes()))
        }

        fn consume(&mut self, amount: usize) {
            let part = self.0.pop_front().unwrap();
            let (_, rest) = part.split_at(amount);
            if !rest.is_empty() {
                self.0.push_front(rest);
            }
        }
    }

    #[test]
    fn a_fault_points_at_its_place() {
        for (line, pointer, code) in [
            (r#"{"title":"#, "", "invalid_json"),
            (r#"[1]"#, "", "invalid_document"),
            (r#"{"titel":"x"}"#, "/titel", "unknown_field"),
            (r#"{"title":5}"#, "/title", "invalid_document"),
            (
                r#"{"statements":[{"quote":"a"},{"quote":7}]}"#,
                "/statements/1/quote",
                "invalid_document",
            ),
            (r#"{"type":"person"}"#, "/type", "invalid_value"),
            (
                r#"{"type":"speaker","name":"x","url":"https://a.example"}"#,
                "/url",
                "unknown_field",
            ),
            ("{\"title\":\"a\u{0}\"}", "", "invalid_json"),
        ] {
            let faults = check(line.as_bytes(), true).unwrap_err();
            assert_eq!(
                (faults[0].pointer.as_str(), faults[0].code),
                (pointer, code),
                "{line}"
            );
        }
    }
}
