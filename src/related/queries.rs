//! Finds the articles that share speakers and tags with one: a walk outward in time along each of its names.
use std::cmp::Reverse;
use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::result::Error::{DeserializationError, NotFound};
use diesel::sql_types::Bool;
use serde_json::value::RawValue;

use super::types::{RelatedArticle, SharedNames};
use crate::articles::queries::documents;
use crate::database::Conn;
use crate::database::keyset::keyset;
use crate::database::schema::{
    article_postings as postings, article_tags, articles, entities, statement_hops, statements,
};
use crate::domain::bounds;
use crate::domain::id::{Id, IdBytes};
use crate::domain::language::Language;
use crate::domain::page::Slice;
use crate::domain::verbatim::Verbatim;
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
use crate::rendering::postings::{ArticleFacet, language_value};
use crate::rendering::records::EntityKey;

/// How many articles of one name are met on either side of the article. Of a name that very many have, only what is
/// near in time counts.
const REACH: i64 = 500;
/// Scores are counted in this part of one: whole numbers add up alike on every machine, and fit a cursor.
const PARTS: f64 = 10_000.0;

/// A speaker or a tag of the article.
struct Name {
    facet: ArticleFacet,
    key: EntityKey,
    weight: i64,
}

/// The article that others are related to.
#[derive(Queryable)]
struct Origin {
    uuid: Id,
    published_key: i64,
    translation_group: Option<Id>,
}

/// The nearest articles of one article.
pub struct Related {
    /// The rarest first.
    names: Vec<Name>,
    /// By score; each with the places of what it shares in `names`.
    hits: Vec<Hit<Vec<usize>>>,
}

impl Related {
    /// Finds those of a visible article that are in any of some languages. Its translations are passed over: they are
    /// the same article.
    pub fn find(
        conn: &mut Conn<'_>,
        article: i64,
        languages: Option<&[Language]>,
    ) -> QueryResult<Self> {
        let origin = origin(conn, article)?;
        let names = names(conn, article)?;
        let ranges: Option<Vec<i64>> = languages.map(|ranges| {
            let value = |range: &Language| language_value(range.as_str());
            ranges.iter().map(value).collect()
        });
        let mut met: HashMap<i64, Hit<Vec<usize>>> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            for descends in [true, false] {
                for (uuid, row_id) in walk(conn, &origin, name, descends, ranges.as_deref())? {
                    let hit = met.entry(row_id).or_insert_with(|| Hit {
                        sort_key: 0,
                        uuid,
                        row_id,
                        row: Vec::new(),
                    });
                    hit.sort_key += name.weight;
                    hit.row.push(at);
                }
            }
        }
        for translation in translations(conn, &origin)? {
            met.remove(&translation);
        }
        let mut hits: Vec<Hit<Vec<usize>>> = met.into_values().collect();
        hits.sort_by_key(|hit| Reverse((hit.sort_key, hit.uuid)));
        hits.truncate(bounds::RELATED);
        Ok(Self { names, hits })
    }

    pub fn count(&self) -> i64 {
        i64::try_from(self.hits.len()).unwrap_or(i64::MAX)
    }

    /// One page of them, each as it is served.
    pub fn page(self, conn: &mut Conn<'_>, walk: Walk<'_>) -> QueryResult<Slice<Verbatim>> {
        let Self { names, hits } = self;
        let slice = walk.slice(hits);
        let rows: Vec<i64> = slice.rows.iter().map(|hit| hit.row_id).collect();
        let documents = documents(conn, &rows, false)?;
        slice.map(|hit| serve(&hit, &names, &documents)).transpose()
    }
}

fn origin(conn: &mut Conn<'_>, article: i64) -> QueryResult<Origin> {
    on_engine!(conn, |conn| articles::table
        .find(article)
        .select((
            articles::uuid,
            articles::published_key,
            articles::translation_group,
        ))
        .get_result(conn))
}

/// What the article is about and who says something in it, the rarest first; no more than are walked along.
fn names(conn: &mut Conn<'_>, article: i64) -> QueryResult<Vec<Name>> {
    let speakers: Vec<(EntityKey, i64)> = on_engine!(&mut *conn, |conn| statements::table
        .inner_join(statement_hops::table.inner_join(entities::table))
        .filter(statements::article_id.eq(article))
        .filter(statements::visible)
        .filter(statement_hops::hop.eq(0))
        .select((EntityKey::as_select(), entities::statement_count))
        .load(conn))?;
    let tags: Vec<(EntityKey, i64)> = on_engine!(conn, |conn| article_tags::table
        .inner_join(entities::table)
        .filter(article_tags::article_id.eq(article))
        .select((EntityKey::as_select(), entities::article_count))
        .load(conn))?;
    let named = |facet, times: f64| {
        move |(key, count): (EntityKey, i64)| Name {
            facet,
            weight: weight(times, count),
            key,
        }
    };
    let speakers = speakers.into_iter().map(named(ArticleFacet::Speaker, 2.0));
    let tags = tags.into_iter().map(named(ArticleFacet::Tag, 1.0));
    let mut names: Vec<Name> = speakers.chain(tags).collect();
    names.sort_by(|one, other| (other.weight, &one.key.uuid).cmp(&(one.weight, &other.key.uuid)));
    names.dedup_by(|one, other| one.key.id == other.key.id);
    names.truncate(bounds::RELATED_NAMES);
    Ok(names)
}

/// What sharing a name says, the more the fewer have it, after Adamic and Adar, "Friends and neighbors on the Web"
/// (2003): one over the logarithm of how many do.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a weight is between 0 and 30,000, and a count far below 2^52"
)]
fn weight(times: f64, count: i64) -> i64 {
    (PARTS * times / (count.max(1) as f64).ln_1p()).round() as i64
}

/// The articles of a name that lie next to the article on one side, by id and row.
fn walk(
    conn: &mut Conn<'_>,
    origin: &Origin,
    name: &Name,
    descends: bool,
    languages: Option<&[i64]>,
) -> QueryResult<Vec<(IdBytes, i64)>> {
    let from = Some((origin.published_key, origin.uuid.to_bytes()));
    let rows: Vec<(IdBytes, i64, bool)> = on_engine!(conn, |conn| {
        let mut query = postings::table
            .filter(postings::facet.eq(name.facet as i32))
            .filter(postings::value.eq(name.key.id))
            .limit(REACH)
            .select((
                postings::uuid,
                postings::article_id,
                true.into_sql::<Bool>(),
            ))
            .into_boxed();
        if let Some(ranges) = languages {
            // Told of each that is met, and no condition of meeting it: else a rare language would walk the whole index.
            let probe = diesel::alias!(postings as probe);
            let spoken = probe
                .filter(
                    probe
                        .field(postings::facet)
                        .eq(ArticleFacet::Language as i32),
                )
                .filter(probe.field(postings::value).eq_any(ranges.to_vec()))
                .filter(probe.field(postings::sort_key).eq(postings::sort_key))
                .filter(probe.field(postings::uuid).eq(postings::uuid));
            query = query.select((postings::uuid, postings::article_id, exists(spoken)));
        }
        keyset!(query, postings::sort_key, postings::uuid, descends, from);
        query.load(conn)
    })?;
    let wanted = rows.into_iter().filter(|(_, _, spoken)| *spoken);
    Ok(wanted.map(|(uuid, row_id, _)| (uuid, row_id)).collect())
}

fn translations(conn: &mut Conn<'_>, origin: &Origin) -> QueryResult<Vec<i64>> {
    let Some(group) = &origin.translation_group else {
        return Ok(Vec::new());
    };
    on_engine!(conn, |conn| articles::table
        .filter(articles::translation_group.eq(group))
        .select(articles::id)
        .load(conn))
}

#[expect(clippy::cast_precision_loss, reason = "a score is far below 2^52")]
fn serve(
    hit: &Hit<Vec<usize>>,
    names: &[Name],
    documents: &HashMap<i64, Verbatim>,
) -> QueryResult<Verbatim> {
    let broken = |error: serde_json::Error| DeserializationError(Box::new(error));
    let article: &RawValue = match documents.get(&hit.row_id) {
        Some(document) => serde_json::from_slice(&document.0).map_err(broken)?,
        None => return Err(NotFound),
    };
    let shared = |facet: ArticleFacet| {
        let shared = hit.row.iter().filter_map(|at| names.get(*at));
        let of_facet = shared.filter(|name| name.facet == facet);
        of_facet.map(|name| name.key.reference()).collect()
    };
    let served = RelatedArticle {
        article,
        score: hit.sort_key as f64 / PARTS,
        shared: SharedNames {
            speakers: shared(ArticleFacet::Speaker),
            tags: shared(ArticleFacet::Tag),
        },
    };
    Verbatim::of(&served).map_err(broken)
}
