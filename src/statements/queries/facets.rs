//! How many statements of a list hold which values.
use diesel::QueryResult;

use super::hidden::OUTERMOST;
use crate::database::{Conn, tally};
use crate::domain::facet::{Facet, FacetName, FacetValue};
use crate::domain::text_enum;
use crate::domain::walk::Hit;

text_enum! {
    /// By what statements are counted.
    pub enum StatementFacetName {
        Speaker = "speaker",
        Outlet = "outlet",
        Tag = "tag",
        Language = "language",
        Form = "form",
        Month = "month",
    }
}

impl From<StatementFacetName> for FacetName {
    fn from(name: StatementFacetName) -> Self {
        match name {
            StatementFacetName::Speaker => Self::Speaker,
            StatementFacetName::Outlet => Self::Outlet,
            StatementFacetName::Tag => Self::Tag,
            StatementFacetName::Language => Self::Language,
            StatementFacetName::Form => Self::Form,
            StatementFacetName::Month => Self::Month,
        }
    }
}

/// The facets of a list, of which these are the things, the newest first.
pub fn facets(
    conn: &mut Conn<'_>,
    asked: &[StatementFacetName],
    newest: &[Hit<()>],
) -> QueryResult<Vec<Facet>> {
    tally::facets(asked, newest, |facet, things| values(conn, facet, things))
}

fn values(
    conn: &mut Conn<'_>,
    facet: StatementFacetName,
    things: &[Hit<()>],
) -> QueryResult<Vec<FacetValue>> {
    let of_column = |column: &str| {
        format!(
            "SELECT {column} AS value, COUNT(*) AS held FROM statements WHERE {} GROUP BY {column}",
            tally::is_any("id", things)
        )
    };
    let of_hop = |at: &str| {
        format!(
            "SELECT h.entity_id AS value, COUNT(*) AS held FROM statement_hops AS h \
             WHERE {} {at}AND h.entity_id IS NOT NULL GROUP BY h.entity_id",
            tally::is_any("h.statement_id", things)
        )
    };
    match facet {
        StatementFacetName::Speaker => tally::records(conn, &of_hop("AND h.hop = 0 ")),
        StatementFacetName::Outlet => tally::records(conn, &of_hop(OUTERMOST)),
        StatementFacetName::Tag => {
            let among = tally::is_any("s.id", things);
            let counts = format!(
                "SELECT t.tag_id AS value, COUNT(*) AS held FROM statements AS s \
                 JOIN article_tags AS t ON t.article_id = s.article_id WHERE {among} GROUP BY t.tag_id"
            );
            tally::records(conn, &counts)
        }
        StatementFacetName::Language => tally::texts(conn, &of_column("language")),
        StatementFacetName::Form => tally::texts(conn, &of_column("form")),
        StatementFacetName::Month => Ok(tally::months(things)),
    }
}
