//! The HTTP endpoint for suggestions.
use actix_web::{HttpResponse, get};

use super::parameters::Suggest;
use super::queries;
use super::types::Suggestions;
use crate::domain::Thing;
use crate::http::responses::ListProblems;
use crate::http::values::{Words, values};
use crate::http::{ApiError, Home, Parameters, Reading};

const HOME: Home = Home {
    path: "/v1/suggest",
    tail: "",
    noun: "suggestion",
};

/// Suggest what somebody may mean
///
/// While somebody types: the first few speakers, outlets, tags and articles of what the public sees. Whatever was typed is answered; where
/// nothing is like it, the lists are empty.
#[utoipa::path(
    tag = "search",
    params(Suggest),
    responses(
        (status = 200, description = "The suggestions", body = Suggestions),
        ListProblems,
    ),
)]
#[get("/suggest")]
pub async fn get_suggestions(
    reading: Reading,
    parameters: Parameters<(Suggest,)>,
) -> Result<HttpResponse, ApiError> {
    let (wanted,) = parameters.values;
    let Some(Words(typed)) = wanted.q else {
        let missing = "is missing: give what somebody has typed so far";
        return Err(ApiError::parameter("q", missing));
    };
    let things: Option<Vec<Thing>> =
        values(wanted.thing).map(|things| things.into_iter().map(Thing::from).collect());
    let most = usize::from(wanted.limit.0);
    reading
        .since(wanted.min_sequence)?
        .document(HOME, parameters.query, move |conn| {
            let suggestions = queries::suggest(conn, &typed, things.as_deref(), most)?;
            Ok(serde_json::to_string(&suggestions)?)
        })
        .await
}
