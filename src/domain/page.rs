//! Reading a long list one page at a time, forward and back (keyset pagination).
mod size;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;
use xxhash_rust::xxh3::xxh3_64;

use super::facet::Facet;
use super::highlight::Highlights;
use super::id::Id;

pub use size::PageSize;

/// Where a page stands in its list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page {
    /// How many items a page holds at most.
    #[schema(minimum = 1, maximum = 100, example = 20)]
    pub limit: u8,
    /// Pass back as `cursor` to read on; null on the last page.
    #[schema(
        required = true,
        max_length = 4096,
        pattern = "^[A-Za-z0-9_-]+$",
        example = "MTZmY2E0ZmI4OTYzNWIzZi4r"
    )]
    pub next: Option<String>,
    /// Pass back as `cursor` to read the page before; null on the first page.
    #[schema(
        required = true,
        max_length = 4096,
        pattern = "^[A-Za-z0-9_-]+$",
        example = json!(null)
    )]
    pub prev: Option<String>,
    /// How many items the whole list has; there with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10000, example = 42, nullable = false)]
    pub total: Option<i64>,
    /// True where the list has more than `total` says, which ends at 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total_capped: Option<bool>,
    /// Where the words of the search stand, for each thing of `data` in its order; there with `highlight=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 100)]
    pub highlights: Option<Vec<Highlights>>,
    /// How many things of the whole list hold which values, in the order of `facet`; there with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 6)]
    pub facets: Option<Vec<Facet>>,
    /// Queries that were probably meant, the nearest first; there where a search found nothing. Each finds something by
    /// itself, though perhaps not with the other filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 5)]
    pub suggestions: Option<Vec<String>>,
}

/// Which way a page lies from its cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    After,
    Before,
}

/// What a list is ordered by, as it stands in one row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

/// A row's place in its list: its sort key and, among equals, its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub key: SortKey,
    pub id: Id,
}

/// Where to read on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub side: Side,
    pub place: Place,
}

/// What a list is: its path, order and filters. A cursor of one list is no cursor of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListIdentity(u64);

impl ListIdentity {
    /// `canonical` spells the path, order and filters always the same way.
    pub fn of(canonical: &str) -> Self {
        Self(xxh3_64(canonical.as_bytes()))
    }
}

/// Why a cursor was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorFault {
    /// No page of any list ever gave it out.
    Malformed,
    /// It belongs to a list with another order or other filters.
    Mismatch,
}

impl Cursor {
    /// The opaque text: deterministic, without a secret, good on every node and after a restart.
    pub fn encode(&self, list: ListIdentity) -> String {
        let side = match self.side {
            Side::After => '+',
            Side::Before => '-',
        };
        let (kind, key) = match &self.place.key {
            SortKey::Number(number) => ('n', number.to_string()),
            SortKey::Text(text) => ('t', text.clone()),
        };
        let body = format!("{:016x}.{side}{}{kind}{key}", list.0, self.place.id);
        // Not a secret: it only tells a mistyped cursor from a whole one.
        let sum = xxh3_64(body.as_bytes());
        URL_SAFE_NO_PAD.encode(format!("{sum:016x}{body}"))
    }

    pub fn decode(text: &str, list: ListIdentity) -> Result<Self, CursorFault> {
        let body = Self::body(text).ok_or(CursorFault::Malformed)?;
        let (identity, place) = body.split_once('.').ok_or(CursorFault::Malformed)?;
        let cursor = Self::parse(place).ok_or(CursorFault::Malformed)?;
        if identity == format!("{:016x}", list.0) {
            Ok(cursor)
        } else {
            Err(CursorFault::Mismatch)
        }
    }

    fn body(text: &str) -> Option<String> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (sum, body) = text.split_at_checked(16)?;
        (sum == format!("{:016x}", xxh3_64(body.as_bytes()))).then(|| body.to_owned())
    }

    fn parse(place: &str) -> Option<Self> {
        let (side, place) = place.split_at_checked(1)?;
        let (id, place) = place.split_at_checked(36)?;
        let (kind, key) = place.split_at_checked(1)?;
        let side = match side {
            "+" => Side::After,
            "-" => Side::Before,
            _ => return None,
        };
        let key = match kind {
            "n" => SortKey::Number(key.parse().ok()?),
            "t" if !key.contains('\0') => SortKey::Text(key.to_owned()),
            _ => return None,
        };
        let id = id.parse().ok()?;
        Some(Self {
            side,
            place: Place { key, id },
        })
    }
}

/// Rows of one page in the list's order, and the cursors to the pages beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    pub next: Option<Cursor>,
    pub prev: Option<Cursor>,
}

impl<T> Slice<T> {
    /// `rows` were read away from `from`, one more than the page holds where there are so many.
    pub fn new(
        mut rows: Vec<T>,
        size: PageSize,
        from: Option<&Cursor>,
        place_of: impl Fn(&T) -> Place,
    ) -> Self {
        let more = rows.len() > size.rows();
        rows.truncate(size.rows());
        let backwards = from.is_some_and(|cursor| cursor.side == Side::Before);
        if backwards {
            rows.reverse();
        }
        let (has_prev, has_next) = match from {
            None => (false, more),
            Some(_) if backwards => (more, true),
            Some(_) => (true, more),
        };
        let cursor = |row: Option<&T>, side| {
            row.map(|row| Cursor {
                side,
                place: place_of(row),
            })
        };
        let next = cursor(rows.last(), Side::After).filter(|_| has_next);
        let prev = cursor(rows.first(), Side::Before).filter(|_| has_prev);
        // Past either end there is no row to point from: the way back is the way that led here, turned.
        let turned = |wanted: Side| {
            from.filter(|cursor| rows.is_empty() && cursor.side != wanted)
                .map(|cursor| Cursor {
                    side: wanted,
                    place: cursor.place.clone(),
                })
        };
        Self {
            next: next.or_else(|| turned(Side::After)),
            prev: prev.or_else(|| turned(Side::Before)),
            rows,
        }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Slice<U> {
        Slice {
            rows: self.rows.into_iter().map(change).collect(),
            next: self.next,
            prev: self.prev,
        }
    }
}

impl<T, E> Slice<Result<T, E>> {
    pub fn transpose(self) -> Result<Slice<T>, E> {
        Ok(Slice {
            rows: self.rows.into_iter().collect::<Result<_, E>>()?,
            next: self.next,
            prev: self.prev,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::IdBytes;
    use proptest::prelude::*;

    fn any_cursor() -> impl Strategy<Value = Cursor> {
        let key = prop_oneof![
            any::<i64>().prop_map(SortKey::Number),
            "\\PC{0,20}".prop_map(SortKey::Text)
        ];
        (any::<bool>(), key, any::<[u8; 16]>()).prop_map(|(after, key, id)| Cursor {
            side: if after { Side::After } else { Side::Before },
            place: Place {
                key,
                id: IdBytes(id).into(),
            },
        })
    }

    proptest! {
        #[test]
        fn a_cursor_comes_back_whole(cursor in any_cursor(), list in ".{0,20}") {
            let list = ListIdentity::of(&list);
            let text = cursor.encode(list);
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(Cursor::decode(&text, list), Ok(cursor));
        }

        #[test]
        fn a_cursor_of_another_list_is_refused(cursor in any_cursor()) {
            let text = cursor.encode(ListIdentity::of("/v1/articles"));
            let other = ListIdentity::of("/v1/articles?tag=x");
            prop_assert_eq!(Cursor::decode(&text, other), Err(CursorFault::Mismatch));
        }

        #[test]
        fn a_tampered_cursor_is_refused(cursor in any_cursor(), at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_-]") {
            let list = ListIdentity::of("/v1/articles");
            let mut text = cursor.encode(list);
            let at = at.index(text.len());
            let before = text.clone();
            text.replace_range(at..=at, &to);
            prop_assume!(text != before);
            prop_assert!(Cursor::decode(&text, list) != Ok(cursor));
        }

        #[test]
        fn any_text_is_a_cursor_or_a_fault(text in ".{0,80}") {
            prop_assert_eq!(Cursor::decode(&text, ListIdentity::of("")), Err(CursorFault::Malformed));
        }

        #[test]
        fn paging_forward_and_back_meets_every_row_once(count in 0_i64..60, size in 1_u8..20) {
            let place = |n: &i64| Place { key: SortKey::Number(*n / 3), id: id_of(*n) };
            let all: Vec<i64> = (0..count).collect();
            let size = PageSize(size);
            let read = |from: Option<&Cursor>| {
                let mut rows: Vec<i64> = all.clone();
                if let Some(cursor) = from {
                    let of = |n: &i64| (n / 3, id_of(*n));
                    let SortKey::Number(key) = cursor.place.key else { unreachable!() };
                    let at = (key, cursor.place.id.clone());
                    match cursor.side {
                        Side::After => rows.retain(|n| of(n) > at),
                        Side::Before => { rows.retain(|n| of(n) < at); rows.reverse(); }
                    }
                }
                rows.truncate(size.rows() + 1);
                Slice::new(rows, size, from, place)
            };
            let mut page = read(None);
            prop_assert_eq!(&page.prev, &None);
            let mut seen = page.rows.clone();
            let mut pages = vec![page.rows.clone()];
            while let Some(next) = page.next.clone() {
                page = read(Some(&next));
                seen.extend(&page.rows);
                pages.push(page.rows.clone());
            }
            prop_assert_eq!(&seen, &all);
            pages.pop();
            while let Some(prev) = page.prev.clone() {
                page = read(Some(&prev));
                prop_assert_eq!(Some(page.rows.clone()), pages.pop());
            }
            prop_assert!(pages.is_empty());
        }
    }

    fn id_of(n: i64) -> Id {
        IdBytes(u128::from(n.unsigned_abs()).to_be_bytes()).into()
    }
}
