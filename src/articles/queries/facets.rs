//! How many articles of a list hold which values.
use diesel::QueryResult;

use crate::database::{Conn, tally};
use crate::domain::audience::Audience;
use crate::domain::facet::{Facet, FacetName, FacetValue};
use crate::domain::text_enum;
use crate::domain::walk::Hit;
use crate::rendering::postings::StatementFacet;

text_enum! {
    /// By what articles are counted.
    pub enum ArticleFacetName {
        Tag = "tag",
        Speaker = "speaker",
        Outlet = "outlet",
        Language = "language",
        Month = "month",
    }
}

impl From<ArticleFacetName> for FacetName {
    fn from(name: ArticleFacetName) -> Self {
        match name {
            ArticleFacetName::Tag => Self::Tag,
            ArticleFacetName::Speaker => Self::Speaker,
            ArticleFacetName::Outlet => Self::Outlet,
            ArticleFacetName::Language => Self::Language,
            ArticleFacetName::Month => Self::Month,
        }
    }
}

/// The facets of a list, of which these are the things, the newest first.
pub fn facets(
    conn: &mut Conn<'_>,
    asked: &[ArticleFacetName],
    newest: &[Hit<()>],
    audience: Audience,
) -> QueryResult<Vec<Facet>> {
    tally::facets(asked, newest, |facet, things| {
        values(conn, facet, things, audience)
    })
}

fn values(
    conn: &mut Conn<'_>,
    facet: ArticleFacetName,
    things: &[Hit<()>],
    audience: Audience,
) -> QueryResult<Vec<FacetValue>> {
    let of_column = |column: &str| {
        format!(
            "SELECT {column} AS value, COUNT(*) AS held FROM articles WHERE {} GROUP BY {column}",
            tally::is_any("id", things)
        )
    };
    match facet {
        ArticleFacetName::Tag => {
            let among = tally::is_any("article_id", things);
            let counts = format!(
                "SELECT tag_id AS value, COUNT(*) AS held FROM article_tags WHERE {among} GROUP BY tag_id"
            );
            tally::records(conn, &counts)
        }
        ArticleFacetName::Speaker => tally::records(conn, &by_speaker(things, audience)),
        ArticleFacetName::Outlet => tally::records(conn, &of_column("outlet_id")),
        ArticleFacetName::Language => tally::texts(conn, &of_column("language")),
        ArticleFacetName::Month => Ok(tally::months(things)),
    }
}

/// An article counts once for each speaker of what the public sees of it, or will.
fn by_speaker(articles: &[Hit<()>], audience: Audience) -> String {
    let said = match audience {
        // Postings are of what is visible alone, and lie closer than the statements.
        Audience::Public => format!(
            "SELECT value AS article_id, statement_id FROM statement_postings WHERE facet = {} AND {}",
            StatementFacet::Article as i32,
            tally::is_any("value", articles)
        ),
        // What is hidden has none.
        Audience::Editor => format!(
            "SELECT article_id, id AS statement_id FROM statements WHERE status = 'published' AND {}",
            tally::is_any("article_id", articles)
        ),
    };
    format!(
        "SELECT h.entity_id AS value, COUNT(DISTINCT s.article_id) AS held FROM ({said}) AS s \
         JOIN statement_hops AS h ON h.statement_id = s.statement_id AND h.hop = 0 \
         WHERE h.entity_id IS NOT NULL GROUP BY h.entity_id"
    )
}
