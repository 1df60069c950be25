//! How outlets are written whole.
use serde::Deserialize;
use serde::de::IgnoredAny;
use utoipa::ToSchema;

use crate::domain::partial::relaxed_schema;
use crate::naming::types::Names;
use crate::naming::write_shape::NewRecord;

/// An outlet as it is written. null means absent. What it has besides, such as counts and the revision, is the
/// server's own: it is passed over, so that what was read can be sent back. Any other member is refused.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOutlet {
    /// Its id: the one in the path, or left out.
    #[schema(format = Uuid)]
    pub id: Option<String>,
    /// The readable key, in any script. Left out, it stays as it is, or is made from the name.
    #[schema(max_length = 1000, example = "ضفاف-الزمرد")]
    pub slug: Option<String>,
    /// The name that is shown.
    #[schema(
        required = true,
        nullable = false,
        max_length = 300,
        example = "ضفاف الزمرد"
    )]
    pub name: Option<String>,
    /// The name by language, as BCP 47 tags.
    #[schema(inline)]
    pub names: Option<Names>,
    /// Other names that it is found by.
    #[schema(max_items = 50)]
    pub aliases: Option<Vec<String>>,
    /// Its home page.
    #[schema(format = "iri", max_length = 2048)]
    pub url: Option<String>,
    /// Its country, as ISO 3166-1 alpha-2.
    #[schema(max_length = 2, example = "XM")]
    pub country: Option<String>,
    /// Its language, as a BCP 47 tag.
    #[schema(max_length = 100, example = "ar")]
    pub language: Option<String>,
    #[schema(ignore)]
    pub article_count: Option<IgnoredAny>,
    #[schema(ignore)]
    pub statement_count: Option<IgnoredAny>,
    #[schema(ignore)]
    pub created_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub updated_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub revision: Option<IgnoredAny>,
}

relaxed_schema!(
    OutletChanges,
    NewOutlet,
    "What is to be otherwise with an outlet: a JSON merge patch (RFC 7396).",
    |_| false
);

impl From<NewOutlet> for NewRecord {
    fn from(new: NewOutlet) -> Self {
        Self {
            id: new.id,
            slug: new.slug,
            name: new.name,
            names: new.names,
            aliases: new.aliases,
            url: new.url,
            country: new.country,
            language: new.language,
            ..Self::default()
        }
    }
}
