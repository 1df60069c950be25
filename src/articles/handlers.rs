//! The HTTP endpoints that read articles.
use actix_web::{HttpResponse, get, web};

use super::parameters::{ArticleInclude, ListArticles};
use super::queries;
use super::types::{Article, ArticlePage, PartialArticle, PartialArticlePage};
use crate::database::Conn;
use crate::domain::key::Key;
use crate::domain::lookup::{Item, Lookup};
use crate::domain::moment::Moment;
use crate::domain::secret::PreviewToken;
use crate::domain::walk::Walk;
use crate::http::fields::Shown;
use crate::http::pages::{ids_of, total_of};
use crate::http::responses::{ListProblems, PreviewedItemProblems};
use crate::http::values::values;
use crate::http::{ApiError, Home, ItemView, ListRequest, Listing, Paging, Parameters, Reading};
use crate::previews::parameters::{GivenToken, ReadPreview};
use crate::previews::queries as previews;

pub const HOME: Home = Home {
    path: "/v1/articles",
    tail: "",
    noun: "article",
};

/// What lists leave out unless asked.
const PARTS: [&str; 3] = [
    ArticleInclude::Body.as_str(),
    ArticleInclude::Statements.as_str(),
    ArticleInclude::Translations.as_str(),
];

/// List articles
///
/// Newest first, as summaries: body, statements and translations come with `include`. To read on, pass `page.next` back
/// as `cursor`.
#[utoipa::path(
    tag = "articles",
    params(Paging, ListArticles),
    responses(
        (status = 200, description = "A page of articles", content(
            (ArticlePage = "application/json"),
            (PartialArticlePage = "application/vnd.isnad.partial+json"),
        )),
        ListProblems,
    ),
)]
#[get("/articles")]
pub async fn list_articles(
    reading: Reading,
    parameters: Parameters<(Paging, ListArticles)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, wanted) = parameters.values;
    let sort = wanted.order()?;
    let included: Vec<&str> = match &wanted.include {
        Some(list) => list.0.iter().map(|part| part.as_str()).collect(),
        None => Vec::new(),
    };
    let (shown, whole) = Shown::of::<Article<'_>>(paging.fields)?.including(&PARTS, &included);
    let (highlight, matching) = (wanted.highlight, wanted.matching()?);
    let asked = values(wanted.facet.clone());
    let filter = wanted.filter(matching);
    let request = ListRequest {
        query: parameters.query,
        sort: sort.as_str(),
        size: paging.limit,
        cursor: paging.cursor,
        shown,
    };
    reading
        .since(paging.min_sequence)?
        .beyond_public(filter.is_beyond_public().then_some("status"))?
        .list(HOME, request, move |conn, size, cursor| {
            let newest = match paging.count || asked.is_some() {
                true => queries::newest(conn, filter.clone())?,
                false => Vec::new(),
            };
            let facets = match &asked {
                Some(asked) => Some(queries::facets(conn, asked, &newest, filter.audience())?),
                None => None,
            };
            let (order, falling) = sort.order();
            let walk = Walk {
                falling,
                size,
                cursor,
            };
            let slice = queries::list(conn, filter.clone(), order, whole, walk)?;
            let nothing = slice.rows.is_empty() && walk.cursor.is_none();
            let highlights = match filter.matching.as_ref().filter(|_| highlight) {
                Some(matching) => Some(queries::highlights(
                    conn,
                    &ids_of(&slice)?,
                    matching,
                    filter.audience(),
                )?),
                None => None,
            };
            let suggestions = match filter.matching.as_ref().filter(|_| nothing) {
                Some(matching) => Some(queries::corrected(conn, matching)?),
                None => None,
            };
            Ok(Lookup::Found(Listing {
                slice,
                total: paging.count.then(|| total_of(&newest)),
                highlights,
                facets,
                suggestions,
            }))
        })
        .await
}

/// Read one article
///
/// With its body, its statements in text order and its translations. A former slug leads to the present address (308);
/// what was public once and is not any more is 410.
#[utoipa::path(
    tag = "articles",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة"),
        ItemView,
        ReadPreview,
    ),
    responses(
        (status = 200, description = "The article", content(
            (Article = "application/json"),
            (PartialArticle = "application/vnd.isnad.partial+json"),
        )),
        PreviewedItemProblems,
    ),
)]
#[get("/articles/{article}")]
pub async fn get_article(
    reading: Reading,
    article: web::Path<Key>,
    parameters: Parameters<(ItemView, ReadPreview)>,
) -> Result<HttpResponse, ApiError> {
    let (view, by) = parameters.values;
    let shown = Shown::of::<Article<'_>>(view.fields)?;
    let audience = reading.audience();
    if let Some(GivenToken(token)) = by.preview {
        let now = Moment::now();
        let reading = reading.since(view.min_sequence)?.privately();
        let find = move |conn: &mut Conn<'_>| preview(conn, &article, token.as_ref(), now);
        return reading.item(HOME, parameters.query, shown, find).await;
    }
    reading
        .since(view.min_sequence)?
        .item(HOME, parameters.query, shown, move |conn| {
            queries::find(conn, &article, audience)?.and_then(|article| {
                let (revision, row) = (article.revision, article.row);
                let json = queries::document(conn, article, audience)?;
                Ok(Lookup::Found(Item::new(revision, json).of_article(row)))
            })
        })
        .await
}

/// The article under a key as a token shows it. Under a former key, too: a redirection would tell the token in a header.
fn preview(
    conn: &mut Conn<'_>,
    article: &Key,
    token: Option<&PreviewToken>,
    now: Moment,
) -> Result<Lookup<Item>, ApiError> {
    let shown = match token {
        Some(token) => previews::find(conn, token, now)?,
        None => None,
    };
    let shown = shown.ok_or(ApiError::InvalidPreview)?;
    match queries::preview(conn, article, shown, now)? {
        Some((revision, json)) => Ok(Lookup::Found(Item::new(revision, json))),
        None => Err(ApiError::InvalidPreview),
    }
}
