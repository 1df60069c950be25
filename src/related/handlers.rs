//! The HTTP endpoint for related articles.
use actix_web::{HttpResponse, get, web};

use super::parameters::ListRelated;
use super::queries::Related;
use super::types::{PartialRelatedArticlePage, RelatedArticle, RelatedArticlePage};
use crate::articles::queries::find;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::domain::walk::Walk;
use crate::http::fields::Shown;
use crate::http::responses::NestedListProblems;
use crate::http::values::values;
use crate::http::{ApiError, Home, ListRequest, Listing, Paging, Parameters, Reading};

const HOME: Home = Home {
    path: "/v1/articles",
    tail: "/related",
    noun: "article",
};

/// List the articles related to one
///
/// The hundred nearest, by which of its 24 rarest speakers and tags they share: the rarer these are, the nearer. Of a speaker or tag that
/// very many articles have, only the 500 before and the 500 after this one count. Its translations are in the article itself and
/// not among them.
#[utoipa::path(
    tag = "articles",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة"),
        Paging,
        ListRelated,
    ),
    responses(
        (status = 200, description = "A page of related articles", content(
            (RelatedArticlePage = "application/json"),
            (PartialRelatedArticlePage = "application/vnd.isnad.partial+json"),
        )),
        NestedListProblems,
    ),
)]
#[get("/articles/{article}/related")]
pub async fn list_related_articles(
    reading: Reading,
    article: web::Path<Key>,
    parameters: Parameters<(Paging, ListRelated)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, wanted) = parameters.values;
    let languages = values(wanted.language);
    let request = ListRequest {
        query: parameters.query,
        sort: "-score",
        size: paging.limit,
        cursor: paging.cursor,
        shown: Shown::of::<RelatedArticle<'_>>(paging.fields)?,
    };
    let audience = reading.audience();
    reading
        .at_length()
        .since(paging.min_sequence)?
        .list(HOME, request, move |conn, size, cursor| {
            find(conn, &article, audience)?.and_then(|article| {
                let related = Related::find(conn, article.row, languages.as_deref())?;
                let total = paging.count.then(|| related.count());
                let walk = Walk {
                    falling: true,
                    size,
                    cursor,
                };
                let slice = related.page(conn, walk)?;
                Ok(Lookup::Found(Listing::unsearched(slice, total)))
            })
        })
        .await
}
