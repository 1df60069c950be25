//! The HTTP endpoints for statements.
use actix_web::{HttpResponse, get, web};

use super::parameters::{FilterStatements, ListStatements};
use super::queries::{self, StatementFacetName, StatementFilter, StatementOrder};
use super::types::{PartialStatement, PartialStatementPage, Statement, StatementPage};
use crate::articles::queries as articles;
use crate::database::Conn;
use crate::domain::audience::Audience;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::domain::walk::Walk;
use crate::http::fields::Shown;
use crate::http::pages::{ids_of, total_of};
use crate::http::parameters::Query;
use crate::http::responses::{ItemProblems, ListProblems, NestedListProblems};
use crate::http::values::values;
use crate::http::{ApiError, Home, ItemView, ListRequest, Listing, Paging, Parameters, Reading};

pub const HOME: Home = Home {
    path: "/v1/statements",
    tail: "",
    noun: "statement",
};

const OF_ARTICLE: Home = Home {
    path: "/v1/articles",
    tail: "/statements",
    noun: "article",
};

/// List statements
///
/// Newest first: what was said, by whom, and through whom the words came. To read on, pass `page.next` back as `cursor`.
#[utoipa::path(
    tag = "statements",
    params(Paging, FilterStatements, ListStatements),
    responses(
        (status = 200, description = "A page of statements", content(
            (StatementPage = "application/json"),
            (PartialStatementPage = "application/vnd.isnad.partial+json"),
        )),
        ListProblems,
    ),
)]
#[get("/statements")]
pub async fn list_statements(
    reading: Reading,
    parameters: Parameters<(Paging, FilterStatements, ListStatements)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, filter, wanted) = parameters.values;
    let mut filter = filter.filter();
    let sort = wanted.order()?;
    filter.matching = wanted.matching()?;
    let beside = Beside {
        count: paging.count,
        highlight: wanted.highlight,
        facets: values(wanted.facet),
    };
    filter.articles = values(wanted.article);
    let (order, falling) = sort.order();
    let request = request(parameters.query, sort.as_str(), &paging)?;
    let audience = reading.audience();
    reading
        .since(paging.min_sequence)?
        .beyond_public(beyond_public(&filter))?
        .list(HOME, request, move |conn, size, cursor| {
            let walk = Walk {
                falling,
                size,
                cursor,
            };
            page(conn, &filter, (order, audience), walk, &beside)
        })
        .await
}

/// List the statements of an article
///
/// In text order. They are in the article itself too; here they can be filtered and read by pages.
#[utoipa::path(
    tag = "statements",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة"),
        Paging,
        FilterStatements,
    ),
    responses(
        (status = 200, description = "A page of statements", content(
            (StatementPage = "application/json"),
            (PartialStatementPage = "application/vnd.isnad.partial+json"),
        )),
        NestedListProblems,
    ),
)]
#[get("/articles/{article}/statements")]
pub async fn list_article_statements(
    reading: Reading,
    article: web::Path<Key>,
    parameters: Parameters<(Paging, FilterStatements)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, filter) = parameters.values;
    let article = article.into_inner();
    let filter = StatementFilter {
        articles: Some(vec![article.clone()]),
        ..filter.filter()
    };
    let request = request(parameters.query, "position", &paging)?;
    let beside = Beside {
        count: paging.count,
        ..Beside::default()
    };
    let audience = reading.audience();
    reading
        .since(paging.min_sequence)?
        .beyond_public(beyond_public(&filter))?
        .list(OF_ARTICLE, request, move |conn, size, cursor| {
            articles::find(conn, &article, audience)?.and_then(|_| {
                let falling = false;
                let walk = Walk {
                    falling,
                    size,
                    cursor,
                };
                let order = (StatementOrder::Text, audience);
                page(conn, &filter, order, walk, &beside)
            })
        })
        .await
}

fn request(query: Query, sort: &'static str, paging: &Paging) -> Result<ListRequest, ApiError> {
    Ok(ListRequest {
        query,
        sort,
        size: paging.limit,
        cursor: paging.cursor.clone(),
        shown: Shown::of::<Statement<'_>>(paging.fields.clone())?,
    })
}

/// The parameter by which a list asks for what only an editor may ask for.
fn beyond_public(filter: &StatementFilter) -> Option<&'static str> {
    let asked = [
        (filter.is_beyond_public(), "status"),
        (filter.origins.is_some(), "origin"),
        (filter.min_confidence.is_some(), "min_confidence"),
    ];
    asked.into_iter().find_map(|(is, name)| is.then_some(name))
}

/// What a page is to tell beside its statements.
#[derive(Default)]
struct Beside {
    count: bool,
    highlight: bool,
    facets: Option<Vec<StatementFacetName>>,
}

fn page(
    conn: &mut Conn<'_>,
    filter: &StatementFilter,
    (order, audience): (StatementOrder, Audience),
    walk: Walk<'_>,
    beside: &Beside,
) -> Result<Lookup<Listing>, ApiError> {
    let newest = match beside.count || beside.facets.is_some() {
        true => queries::newest(conn, filter.clone(), order, audience)?,
        false => Vec::new(),
    };
    let facets = match &beside.facets {
        Some(asked) => Some(queries::facets(conn, asked, &newest)?),
        None => None,
    };
    let slice = queries::list(conn, filter.clone(), order, audience, walk)?;
    let highlights = match filter.matching.as_ref().filter(|_| beside.highlight) {
        Some(matching) => Some(queries::highlights(
            conn,
            &ids_of(&slice)?,
            matching,
            audience,
        )?),
        None => None,
    };
    let nothing = slice.rows.is_empty() && walk.cursor.is_none();
    let suggestions = match filter.matching.as_ref().filter(|_| nothing) {
        Some(matching) => Some(queries::corrected(conn, matching)?),
        None => None,
    };
    Ok(Lookup::Found(Listing {
        slice,
        total: beside.count.then(|| total_of(&newest)),
        highlights,
        facets,
        suggestions,
    }))
}

/// Read one statement
///
/// With the chain through which the words came and where they stand in the article. What was public once and is not any
/// more is 410.
#[utoipa::path(
    tag = "statements",
    params(
        ("statement" = String, Path, description = "The statement's id", format = Uuid, max_length = 1000, example = "01a1276b-35e0-7106-b983-5ec44981525a"),
        ItemView,
    ),
    responses(
        (status = 200, description = "The statement", content(
            (Statement = "application/json"),
            (PartialStatement = "application/vnd.isnad.partial+json"),
        )),
        ItemProblems,
    ),
)]
#[get("/statements/{statement}")]
pub async fn get_statement(
    reading: Reading,
    statement: web::Path<Key>,
    parameters: Parameters<(ItemView,)>,
) -> Result<HttpResponse, ApiError> {
    let (view,) = parameters.values;
    let shown = Shown::of::<Statement<'_>>(view.fields)?;
    let audience = reading.audience();
    reading
        .since(view.min_sequence)?
        .item(HOME, parameters.query, shown, move |conn| {
            // A statement has no slug.
            let Key::Id(id) = &*statement else {
                return Ok(Lookup::Missing);
            };
            Ok(queries::find(conn, id, audience)?)
        })
        .await
}
