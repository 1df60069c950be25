//! One page's worth of a walk along an index: which way, from where, how far; and walks merged into one.
use std::cmp::Reverse;

use super::bounds;
use super::id::{Id, IdBytes};
use super::lag::Range;
use super::page::{Cursor, PageSize, Place, Side, Slice, SortKey};

/// How a list is read.
#[derive(Debug, Clone, Copy)]
pub struct Walk<'a> {
    /// Whether the list's own order falls.
    pub falling: bool,
    pub size: PageSize,
    pub cursor: Option<&'a Cursor>,
}

/// A row met on a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<T> {
    pub sort_key: i64,
    pub uuid: IdBytes,
    pub row_id: i64,
    pub row: T,
}

impl Walk<'_> {
    /// Whether rows are met from the highest sort key down: a page before the cursor is read backwards.
    pub fn descends(&self) -> bool {
        let backwards = self
            .cursor
            .is_some_and(|cursor| cursor.side == Side::Before);
        self.falling != backwards
    }

    /// The place to read on from, for a list that is ordered by a number; None from the start.
    pub fn from_number(&self) -> Option<(i64, IdBytes)> {
        match &self.cursor?.place {
            Place {
                key: SortKey::Number(number),
                id,
            } => Some((*number, id.to_bytes())),
            // A cursor is bound to its list, and no list changes the type of its key.
            _ => None,
        }
    }

    /// Where a walk within a range of sort keys begins and ends: the range, and the place to read on from, of which only
    /// that is left on the side of the beginning which is nearer. Of two bounds on one side an index is searched by one, and
    /// all between them would be looked at.
    pub fn within(&self, (from, to): Range) -> (Range, Option<(i64, IdBytes)>) {
        let Some(place) = self.from_number() else {
            return ((from, to), None);
        };
        if self.descends() {
            match to {
                Some(to) if to.0 <= place.0 => ((from, Some(to)), None),
                _ => ((from, None), Some(place)),
            }
        } else {
            match from {
                Some(from) if from.0 > place.0 => ((Some(from), to), None),
                _ => ((None, to), Some(place)),
            }
        }
    }

    /// As [`Self::within`], where ids lie as text.
    pub fn within_ids(&self, range: Range) -> (Range, Option<(i64, Id)>) {
        let (range, place) = self.within(range);
        (range, place.map(|(key, uuid)| (key, uuid.into())))
    }

    /// Makes a page of what was met, as [`Self::slice`] does, and keeps its rows alone.
    pub fn page<T>(&self, hits: Vec<Hit<T>>) -> Slice<T> {
        self.slice(hits).map(|hit| hit.row)
    }

    /// Makes a page of what was met, on any of several walks or in no order at all: in order, beyond the cursor, each
    /// row once.
    pub fn slice<T>(&self, mut hits: Vec<Hit<T>>) -> Slice<Hit<T>> {
        let from = self.from_number();
        hits.retain(|hit| self.is_beyond(hit, from));
        hits.sort_by(|one, other| {
            let order = (one.sort_key, one.uuid).cmp(&(other.sort_key, other.uuid));
            if self.descends() {
                order.reverse()
            } else {
                order
            }
        });
        // Wherever a row was met, it has the same place.
        hits.dedup_by_key(|hit| hit.row_id);
        hits.truncate(self.size.rows() + 1);
        Slice::new(hits, self.size, self.cursor, Hit::place)
    }

    /// Whether a row lies on the page's side of the cursor.
    pub fn is_ahead<T>(&self, hit: &Hit<T>) -> bool {
        self.is_beyond(hit, self.from_number())
    }

    fn is_beyond<T>(&self, hit: &Hit<T>, from: Option<(i64, IdBytes)>) -> bool {
        let place = (hit.sort_key, hit.uuid);
        from.is_none_or(|from| match self.descends() {
            true => place < from,
            false => place > from,
        })
    }
}

/// What was met by publication, on any of several walks or in no order at all: the newest first, each once, up to
/// one more than are counted.
pub fn newest<T>(mut hits: Vec<Hit<T>>) -> Vec<Hit<T>> {
    hits.sort_unstable_by_key(|hit| Reverse((hit.sort_key, hit.uuid)));
    hits.dedup_by_key(|hit| hit.row_id);
    hits.truncate(usize::try_from(bounds::COUNT + 1).unwrap_or(usize::MAX));
    hits
}

impl Hit<()> {
    /// A posting's sort key, id and row.
    pub fn of_posting((sort_key, uuid, row_id): (i64, IdBytes, i64)) -> Self {
        Self {
            sort_key,
            uuid,
            row_id,
            row: (),
        }
    }
}

impl<T> Hit<T> {
    /// Where it was met, and nothing of what was met.
    pub fn without_row(self) -> Hit<()> {
        Hit {
            sort_key: self.sort_key,
            uuid: self.uuid,
            row_id: self.row_id,
            row: (),
        }
    }

    fn place(&self) -> Place {
        Place {
            key: SortKey::Number(self.sort_key),
            id: self.uuid.into(),
        }
    }
}
