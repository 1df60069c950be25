//! Statements that match a query: what of a list they are, and the newest of them.
use diesel::prelude::*;

use super::filter::{Resolved, StatementOrder};
use super::gather::{self, Gathered, by_order};
use super::{hidden, list};
use crate::database::Conn;
use crate::domain::bounds;
use crate::domain::lag::Range;
use crate::domain::moment::Moment;
use crate::domain::walk::{Hit, Walk};
use crate::search::index::Index;
use crate::search::matching::Matching;
use crate::search::walk::{Listed, Search};
use crate::search::{Kind, correction};

/// What the public sees of a list, or what is not published.
struct Statements<'a> {
    filter: &'a Resolved,
    visible: bool,
    order: StatementOrder,
}

impl Listed for Statements<'_> {
    fn published(&self) -> Range {
        (self.filter.published_from, self.filter.published_to)
    }

    fn is_by_publication(&self) -> bool {
        matches!(
            self.order,
            StatementOrder::Published | StatementOrder::Relevance
        )
    }

    fn few(&self, conn: &mut Conn<'_>) -> QueryResult<Option<Vec<Hit<()>>>> {
        match self.visible {
            true => gather::few(conn, self.filter, self.order),
            false => Ok(None),
        }
    }

    fn left(&self, conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<Vec<(Moment, Hit<()>)>> {
        let left = match self.visible {
            true => gather::of_rows(conn, self.filter, rows)?,
            false => hidden::of_rows(conn, self.filter, rows)?,
        };
        let hit = |row: Gathered| (row.0, by_order(row, self.order));
        Ok(left.into_iter().map(hit).collect())
    }

    fn read(&self, conn: &mut Conn<'_>, walk: Walk<'_>) -> QueryResult<Vec<Hit<()>>> {
        match self.visible {
            true => list::seen(conn, self.filter, self.order, walk),
            false => hidden::walk(conn, self.filter, self.order, walk),
        }
    }
}

/// Those that match of what the public sees of a list, or of what is not published, from the walk's place on.
pub(super) fn hits(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    matching: &Matching,
    visible: bool,
    order: StatementOrder,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<()>>> {
    // What only excludes finds everything else equally well.
    let order = match order {
        StatementOrder::Relevance if matching.only_excludes() => StatementOrder::Published,
        order => order,
    };
    let list = Statements {
        filter,
        visible,
        order,
    };
    search(matching, visible, order).hits(conn, &list, walk)
}

/// Those that match, the newest, up to one more than are counted, or more.
pub(super) fn newest(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    matching: &Matching,
    visible: bool,
) -> QueryResult<Vec<Hit<()>>> {
    let order = StatementOrder::Published;
    let list = Statements {
        filter,
        visible,
        order,
    };
    search(matching, visible, order).newest(conn, &list, bounds::COUNT + 1)
}

fn search(matching: &Matching, visible: bool, order: StatementOrder) -> Search<'_> {
    Search {
        index: Index(Kind::Statement),
        matching,
        visible,
        ranked: order == StatementOrder::Relevance,
    }
}

/// What was probably meant by somebody who found nothing.
pub fn corrected(conn: &mut Conn<'_>, matching: &Matching) -> QueryResult<Vec<String>> {
    correction::corrected(conn, Index(Kind::Statement), matching)
}
