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
}

/// Reads the next line into `line`, at most `bound` bytes of it; never holds more than that.
pub fn read_bounded(
    input: &mut impl BufRead,
    line: &mut Vec<u8>,
    bound: usize,
) -> io::Result<Read> {
    line.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(match (any, too_long) {
                (false, _) => Read::End,
                (true, true) => Read::TooLong,
                (true, false) => Read::Line,
            });
        }
        any = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = available
            .get(..end.unwrap_or(available.len()))
            .unwrap_or_default();
        if too_long || line.len() + part.len() > bound {
            too_long = true;
            line.clear();
        } else {
            line.extend_from_slice(part);
        }
        let used = end.map_or(available.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(if too_long { Read::TooLong } else { Read::Line });
        }
    }
}

/// Parses and checks a line.
pub fn check(line: &[u8]) -> Result<Item, Vec<Fault>> {
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
            let article = ArticleDraft::check(parse::<NewArticle>(line)?)?;
            Ok(Item::Article(Box::new(article)))
        }
        Some("deleted") => check_tombstone(parse(line)?).map(Item::Tombstone),
        Some(name) => match name.parse::<Thing>() {
            Ok(thing @ (Thing::Speaker | Thing::Outlet | Thing::Tag)) => {
                let record = RecordDraft::check(thing, parse::<NewRecord>(line)?)?;
                Ok(Item::Record(Box::new(record)))
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
        let mut input = io::BufReader::with_capacity(7, text.as_bytes());
        let mut line = Vec::new();
        let mut read = || {
            let read = read_bounded(&mut input, &mut line, 10).unwrap();
            (read, String::from_utf8(line.clone()).unwrap())
        };
        assert_eq!(read(), (Read::TooLong, String::new()));
        assert_eq!(read(), (Read::Line, "short".into()));
        assert_eq!(read(), (Read::Line, String::new()));
        assert_eq!(read(), (Read::Line, "last".into()));
        assert_eq!(read().0, Read::End);
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
            let faults = check(line.as_bytes()).unwrap_err();
            assert_eq!(
                (faults[0].pointer.as_str(), faults[0].code),
                (pointer, code),
                "{line}"
            );
        }
    }
}
