//! How an article is read by a token.
use serde::{Deserialize, Deserializer};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::domain::secret::PreviewToken;

/// What an article may be read by.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReadPreview {
    /// The token of a preview: the answer is what the public would see of the article if it were published now, whether it
    /// is or not. Takes no key.
    #[param(inline)]
    pub preview: Option<GivenToken>,
}

/// What was given for a token. Any text will do: what is no token is one that nobody knows.
#[derive(Debug, Clone)]
pub struct GivenToken(pub Option<PreviewToken>);

impl<'de> Deserialize<'de> for GivenToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(text.parse().ok()))
    }
}

impl PartialSchema for GivenToken {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^isnad_preview_[A-Za-z0-9_-]{43}$"))
            .min_length(Some(57))
            .max_length(Some(57))
            .into()
    }
}

impl ToSchema for GivenToken {}
