//! Checks of single members of a written document: each gives the value as it is stored, or adds a fault.
use super::country::Country;
use super::fault::Faults;
use super::id::Id;
use super::language::Language;
use super::moment::Moment;
use super::{slug, text, web_address};

/// Text that may hold anything readable, normalised; at most `bound` Unicode scalar values.
pub fn text(faults: &mut Faults, member: &str, value: String, bound: usize) -> String {
    let value = text::nfc(value);
    if let Some(wrong) = text::refused_character(&value) {
        faults.add(member, "invalid_text", wrong);
    }
    // A string has at least as many bytes as characters.
    if value.len() > bound {
        let length = value.chars().count();
        if length > bound {
            faults.add(
                member,
                "too_long",
                format!("has {length} characters; the bound is {bound}"),
            );
        }
    }
    value
}

/// As [`text()`], or absent.
pub fn optional_text(
    faults: &mut Faults,
    member: &str,
    value: Option<String>,
    bound: usize,
) -> Option<String> {
    value.map(|value| text(faults, member, value, bound))
}

/// As [`text()`], and something must be written.
pub fn required_text(
    faults: &mut Faults,
    member: &str,
    value: Option<String>,
    bound: usize,
) -> String {
    let value = text(faults, member, value.unwrap_or_default(), bound);
    if value.trim().is_empty() {
        faults.add(
            member,
            "required",
            format!("`{member}` is missing or empty"),
        );
    }
    value
}

pub fn id(faults: &mut Faults, member: &str, value: Option<&str>) -> Option<Id> {
    parsed(faults, member, "invalid_id", value?.parse::<Id>())
}

/// That a document which is sent to be the thing of this id has no other one; one that is no id is told of by [`id`].
pub fn same_id(faults: &mut Faults, member: &str, value: Option<&str>, id: &Id) {
    let given = value.and_then(|value| value.parse::<Id>().ok());
    if let Some(given) = given.filter(|given| given != id) {
        let detail =
            format!("is {given}, and the path has {id}; leave it out, or correct one of them");
        faults.add(member, "id_mismatch", detail);
    }
}

pub fn slug(faults: &mut Faults, member: &str, value: Option<&str>) -> Option<String> {
    parsed(faults, member, "invalid_slug", slug::check(value?))
}

pub fn language(faults: &mut Faults, member: &str, value: Option<&str>) -> Option<Language> {
    parsed(faults, member, "invalid_language", Language::parse(value?))
}

pub fn moment(faults: &mut Faults, member: &str, value: Option<&str>) -> Option<Moment> {
    parsed(faults, member, "invalid_moment", Moment::parse(value?))
}

fn parsed<T>(
    faults: &mut Faults,
    member: &str,
    code: &'static str,
    parsed: Result<T, impl Into<String>>,
) -> Option<T> {
    parsed
        .map_err(|wrong| faults.add(member, code, wrong.into()))
        .ok()
}

/// A URL of the web.
pub fn url(faults: &mut Faults, member: &str, value: &str) {
    if let Some(wrong) = web_address::fault(value) {
        faults.add(member, "invalid_url", wrong);
    }
}

pub fn optional_url(faults: &mut Faults, member: &str, value: Option<&str>) {
    if let Some(value) = value {
        url(faults, member, value);
    }
}

/// A list of at most `bound` entries.
pub fn count(faults: &mut Faults, member: &str, length: usize, bound: usize) {
    if length > bound {
        faults.add(
            member,
            "too_many",
            format!("has {length} entries; the bound is {bound}"),
        );
    }
}

/// A revision that a command-line import brings along.
pub fn revision(faults: &mut Faults, member: &str, value: Option<i64>) -> Option<i64> {
    let value = value?;
    if (1..=i64::from(i32::MAX)).contains(&value) {
        return Some(value);
    }
    faults.add(member, "invalid_revision", "must be a whole number from 1");
    None
}

/// A country as ISO 3166-1 alpha-2.
pub fn country(faults: &mut Faults, member: &str, value: Option<String>) -> Option<String> {
    let country = value?.parse::<Country>();
    parsed(faults, member, "invalid_country", country).map(|country| country.0)
}
