//! Conditions spelled as SQL, for queries that take many of them in any mixture. Only what cannot mean anything else is spelled
//! into them: numbers, the names of our own columns, language tags, and ids.
use crate::domain::id::Id;
use crate::domain::lag::Range;
use crate::domain::language::Language;

/// That an article is published, and not shown before its time: as the index of those spells it.
pub(crate) const SCHEDULED: &str = "status = 'published' AND NOT visible";

/// Conditions that all have to hold; those that are not asked for are None.
pub(crate) fn all(conditions: impl IntoIterator<Item = Option<String>>) -> String {
    let conditions: Vec<String> = conditions.into_iter().flatten().collect();
    match conditions.is_empty() {
        true => "TRUE".to_owned(),
        false => conditions.join(" AND "),
    }
}

/// That a column has one of some numbers.
pub(crate) fn is_any_of(column: &str, values: &[i64]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    format!("{column} IN ({})", values.join(", "))
}

/// That a column has one of some ids.
pub(crate) fn is_any_id(column: &str, ids: &[Id]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
    format!("{column} IN ({})", ids.join(", "))
}

/// That a column has a moment of a range; None where every moment will do.
pub(crate) fn within(column: &str, (from, to): Range) -> Option<String> {
    let from = from.map(|from| format!("{column} >= {}", from.0));
    let to = to.map(|to| format!("{column} < {}", to.0));
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{from} AND {to}")),
        (from, to) => from.or(to),
    }
}

/// That a column has a language within any of these ranges. A language tag has letters, digits and hyphens alone.
pub(crate) fn within_languages(column: &str, ranges: &[Language]) -> String {
    let one = |range: &Language| {
        format!("{column} = '{range}' OR ({column} > '{range}-' AND {column} < '{range}.')")
    };
    let conditions: Vec<String> = ranges.iter().map(one).collect();
    format!("({})", conditions.join(" OR "))
}
