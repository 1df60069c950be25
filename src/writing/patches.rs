//! Partial changes: a JSON merge patch (RFC 7396) on the shape in which a thing is written.
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{WriteError, WriteResult};
use crate::articles::draft::ArticleDraft;
use crate::articles::write_shape::NewArticle;
use crate::database::unserializable;
use crate::domain::Thing;
use crate::domain::document;
use crate::domain::merge_patch::{self, Patch};
use crate::naming::draft::RecordDraft;
use crate::naming::write_shape::NewRecord;
use crate::statements::write_shape::NewStatement;

/// An article as it is to be. Statements stay as they are unless the patch names them, and then it has all of them.
pub(super) fn patched_article(before: NewArticle, patch: &Patch) -> WriteResult<ArticleDraft> {
    let mut document = object(&before.without_owned())?;
    document.shift_remove("statements");
    if gives(patch, "text") {
        document.shift_remove("body");
    }
    let mut patch = patch.clone();
    // A slug cannot be taken away, and statements cannot be unknown.
    drop_null(&mut patch, &["id", "slug", "statements"]);
    apply(&mut document, &patch, &["outlet"]);
    let new: NewArticle = read(document)?;
    let draft = ArticleDraft::check(new.without_owned()).map_err(WriteError::Faults)?;
    Ok(ArticleDraft {
        keeps_date: false,
        ..draft
    })
}

/// A speaker, outlet or tag as it is to be.
pub(super) fn patched_record(
    thing: Thing,
    before: NewRecord,
    patch: &Patch,
) -> WriteResult<RecordDraft> {
    let mut document = object(&before.without_owned())?;
    let mut patch = patch.clone();
    drop_null(&mut patch, &["id", "slug"]);
    apply(&mut document, &patch, &[]);
    let new: NewRecord = read(document)?;
    RecordDraft::check(thing, new.without_owned()).map_err(WriteError::Faults)
}

/// A statement as it is to be. Without an anchor it is for the caller to find its words again.
pub(super) fn patched_statement(before: NewStatement, patch: &Patch) -> WriteResult<NewStatement> {
    let mut document = object(&before.without_owned())?;
    document.shift_remove("anchor");
    let mut patch = patch.clone();
    drop_null(&mut patch, &["id", "attribution"]);
    if !gives(&patch, "attribution") {
        rewrite_chain(&mut document, &mut patch);
    }
    let whole = ["speaker", "anonymous", "outlet", "anchor"];
    apply(&mut document, &patch, &whole);
    let new: NewStatement = read(document)?;
    Ok(new.without_owned())
}

/// Shortcuts alone rewrite hop 0 or the outermost outlet hop; the hops between stay.
fn rewrite_chain(document: &mut Patch, patch: &mut Patch) {
    let Some(Value::Array(hops)) = document.get_mut("attribution") else {
        return;
    };
    let (speaker, anonymous) = (
        patch.shift_remove("speaker"),
        patch.shift_remove("anonymous"),
    );
    let label = patch.shift_remove("speaker_label");
    if let Some(Value::Object(mouth)) = hops.first_mut() {
        if speaker.is_some() || anonymous.is_some() {
            // Another is speaking: what this one was called there is not its name.
            for member in ["speaker", "anonymous", "unresolved", "as_named"] {
                mouth.shift_remove(member);
            }
            mouth.extend(given("speaker", speaker));
            mouth.extend(given("anonymous", anonymous));
        }
        if let Some(label) = label {
            mouth.shift_remove("as_named");
            mouth.extend(given("as_named", Some(label)));
        }
    }
    let Some(outlet) = patch.shift_remove("outlet") else {
        return;
    };
    let outermost = hops.iter().rposition(|hop| hop["role"] == "outlet");
    match (outermost, outlet) {
        (None, Value::Null) => {}
        (None, outlet) => hops.push(json!({"role": "outlet", "outlet": outlet})),
        (Some(at), Value::Null) => {
            hops.remove(at);
        }
        (Some(at), outlet) => {
            if let Some(Value::Object(hop)) = hops.get_mut(at) {
                for member in ["unresolved", "as_named"] {
                    hop.shift_remove(member);
                }
                hop.insert("outlet".to_owned(), outlet);
            }
        }
    }
}

/// Applies a patch; a member that it takes away is null then, so that one that nothing has is refused all the same.
fn apply(document: &mut Patch, patch: &Patch, whole: &[&str]) {
    merge_patch::apply(document, patch, whole);
    let taken_away = patch.iter().filter(|(_, change)| change.is_null());
    document.extend(taken_away.map(|(member, _)| (member.clone(), Value::Null)));
}

fn given(member: &str, value: Option<Value>) -> Option<(String, Value)> {
    let value = value.filter(|value| !value.is_null())?;
    Some((member.to_owned(), value))
}

fn gives(patch: &Patch, member: &str) -> bool {
    patch.get(member).is_some_and(|value| !value.is_null())
}

fn drop_null(patch: &mut Patch, members: &[&str]) {
    for member in members {
        if patch.get(*member).is_some_and(Value::is_null) {
            patch.shift_remove(*member);
        }
    }
}

fn object(thing: &impl Serialize) -> WriteResult<Patch> {
    match serde_json::to_value(thing).map_err(unserializable)? {
        Value::Object(object) => Ok(object),
        _ => Ok(Patch::new()),
    }
}

/// The patched document; a fault points to where it is wrong then.
fn read<T: DeserializeOwned>(document: Patch) -> WriteResult<T> {
    document::read(Value::Object(document)).map_err(WriteError::Faults)
}
