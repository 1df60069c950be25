//! How many things of a list hold which values, as a page tells it.
use serde::Serialize;
use utoipa::ToSchema;

use super::{bounds, text_enum};

text_enum! {
    /// By what the things of a list are counted.
    pub enum FacetName {
        Tag = "tag",
        Speaker = "speaker",
        Outlet = "outlet",
        Language = "language",
        Form = "form",
        Month = "month",
    }
}

/// How many things of a list hold each value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facet {
    /// By what they are counted.
    pub facet: FacetName,
    /// False where the list has more than 10,000 things: then the newest 10,000 are counted, and not the rest.
    pub complete: bool,
    /// The values that most things hold, most first.
    #[schema(max_items = 20)]
    pub values: Vec<FacetValue>,
}

/// How many things hold a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetValue {
    /// The value: a slug, a language, a form, or a month such as `2026-03`.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub value: String,
    /// The tag, speaker or outlet; left out where the value is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub record: Option<FacetRecord>,
    /// How many things of the list hold it.
    #[schema(minimum = 1, maximum = 10000, example = 3)]
    pub count: i64,
}

/// A tag, speaker or outlet that things hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetRecord {
    /// The record's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The record's slug.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: String,
    /// The record's name.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: String,
}

/// Of the things of a list, the newest first, those that are counted, and whether these are all.
pub fn counted<T>(things: &[T]) -> (&[T], bool) {
    let most = usize::try_from(bounds::COUNT).unwrap_or(usize::MAX);
    match things.split_at_checked(most) {
        Some((newest, [_, ..])) => (newest, false),
        _ => (things, true),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn what_is_cut_says_so() {
        let things: Vec<u32> = (0..10_001).rev().collect();
        assert_eq!(counted(&things), (&things[..10_000], false));
        assert_eq!(counted(&things[1..]), (&things[1..], true));
        assert_eq!(counted::<u32>(&[]), (&[][..], true));
    }
}
