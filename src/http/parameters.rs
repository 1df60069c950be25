//! Query parameters: typed, and strict. What is unknown, repeated, empty or malformed is refused by name.
//!
//! The names that exist are asked of the same `IntoParams` that the document is generated from.
use std::any::TypeId;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::sync::{LazyLock, PoisonError, RwLock};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use percent_encoding::percent_decode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::problem::{ApiError, ProblemCode};
pub use super::query::Query;
use super::values::{FieldList, Reason, Sequence};
use crate::domain::page::PageSize;
use crate::domain::secret::redacted;

/// The parameters of a request, in one struct or several: `Parameters<(Paging, ListArticles)>`.
pub struct Parameters<T> {
    pub values: T,
    pub query: Query,
}

/// What a query string can be read into.
pub trait FromQuery: Sized + 'static {
    /// The names of all parameters there are.
    fn names() -> Vec<String>;
    /// Reads a query that has no other names.
    fn from_query(query: &str) -> Result<Self, ApiError>;
}

macro_rules! from_query_in_structs {
    ($($part:ident),+) => {
        impl<$($part: DeserializeOwned + IntoParams + 'static),+> FromQuery for ($($part,)+) {
            fn names() -> Vec<String> {
                [$(names_of::<$part>()),+].concat()
            }

            fn from_query(query: &str) -> Result<Self, ApiError> {
                Ok(($(deserialize::<$part>(query)?,)+))
            }
        }
    };
}

impl FromQuery for () {
    fn names() -> Vec<String> {
        Vec::new()
    }

    fn from_query(_: &str) -> Result<Self, ApiError> {
        Ok(())
    }
}

from_query_in_structs!(A);
from_query_in_structs!(A, B);
from_query_in_structs!(A, B, C);

/// How a list is read: common to all lists.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many items a page holds at most. More than 100 is refused.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, default = 20)]
    pub limit: PageSize,
    /// A `page.next` or `page.prev`: where to read on. It belongs to the order and filters it came with.
    #[param(max_length = 4096, pattern = "^[A-Za-z0-9_-]+$")]
    pub cursor: Option<String>,
    /// Also count the whole list into `page.total`, up to 10,000.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub count: bool,
    /// Only these top-level fields, as a comma list such as `id,slug`; the answer is then `application/vnd.isnad.partial+json`.
    #[param(inline, style = Form, explode = false)]
    pub fields: Option<FieldList>,
    /// Answer with what the write of this `X-Sequence` left, or a later one. Takes a key with the scope `read`.
    #[param(inline)]
    pub min_sequence: Option<Sequence>,
}

/// How one item is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ItemView {
    /// Only these top-level fields, as a comma list such as `id,slug`; the answer is then `application/vnd.isnad.partial+json`.
    #[param(inline, style = Form, explode = false)]
    pub fields: Option<FieldList>,
    /// Answer with what the write of this `X-Sequence` left, or a later one. Takes a key with the scope `read`.
    #[param(inline)]
    pub min_sequence: Option<Sequence>,
}

/// How a thing is deleted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Deletion {
    /// Why, as whoever asks for it is told from then on.
    #[param(inline)]
    pub reason: Option<Reason>,
}

/// Whether what is deleted is also forgotten.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Purging {
    /// Erase it from former states and stored answers, too; takes the scope `admin`.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub purge: bool,
}

impl<T: FromQuery> FromRequest for Parameters<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.path(), request.query_string()))
    }
}

fn parse<T: FromQuery>(path: &str, query: &str) -> Result<Parameters<T>, ApiError> {
    let pairs = if query.is_empty() {
        Vec::new()
    } else {
        pairs(query, known::<T>())?
    };
    Ok(Parameters {
        values: T::from_query(query)?,
        query: Query {
            path: path.to_owned(),
            pairs,
        },
    })
}

/// The names of the parameters that there are: asked of their description once, which takes longer than most answers.
fn known<T: FromQuery>() -> &'static [String] {
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, &'static [String]>>> =
        LazyLock::new(RwLock::default);
    let of = TypeId::of::<T>();
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(names) = known.get(&of) {
        return names;
    }
    drop(known);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    // Kept as long as the program runs: there are as many as there are types.
    known.entry(of).or_insert_with(|| T::names().leak())
}

fn names_of<T: IntoParams>() -> Vec<String> {
    use utoipa::openapi::path::ParameterIn;
    T::into_params(|| Some(ParameterIn::Query))
        .into_iter()
        .filter(|parameter| parameter.parameter_in == ParameterIn::Query)
        .map(|parameter| parameter.name)
        .collect()
}

/// The query's pairs, sorted; or what is wrong with one of them.
fn pairs(query: &str, known: &[String]) -> Result<Vec<(String, String)>, ApiError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = decode(name).unwrap_or_else(|| name.to_owned());
        if !known.contains(&name) {
            return Err(unknown(&name, known));
        }
        let value = decode(value)
            .ok_or_else(|| ApiError::parameter(&name, "is not percent-encoded UTF-8"))?;
        if value.is_empty() {
            return Err(ApiError::parameter(
                &name,
                "has no value; leave it out or give one",
            ));
        }
        if value.contains('\0') {
            return Err(ApiError::parameter(&name, "holds a NUL character"));
        }
        if pairs.iter().any(|(other, _)| *other == name) {
            return Err(ApiError::Parameter {
                code: ProblemCode::RepeatedParameter,
                detail: "is given more than once; join its values with commas".to_owned(),
                parameter: name,
            });
        }
        pairs.push((name, value));
    }
    pairs.sort_unstable();
    Ok(pairs)
}

/// None where a percent sign encodes nothing, or what is encoded is not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let hex = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    if text
        .match_indices('%')
        .any(|(at, _)| !hex(at + 1) || !hex(at + 2))
    {
        return None;
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode(spaced.as_bytes()).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

fn unknown(name: &str, known: &[String]) -> ApiError {
    // Somebody may put a secret in its place.
    let name = &*redacted(name);
    let detail = match nearest(name, known) {
        Some(nearest) => format!("is no parameter of this resource; did you mean `{nearest}`?"),
        None => format!(
            "is no parameter of this resource, which has {}",
            listed(known)
        ),
    };
    ApiError::Parameter {
        parameter: name.to_owned(),
        code: ProblemCode::UnknownParameter,
        detail,
    }
}

/// The known name that a mistyped one is most likely meant to be.
pub fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate.as_str())
}

/// Names in a sentence.
pub fn listed(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn deserialize<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    let pairs = serde_html_form::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs)
        .map_err(|error| ApiError::parameter(&error.path().to_string(), error.inner().to_string()))
}
