//! How tags are written whole.
use serde::Deserialize;
use serde::de::IgnoredAny;
use utoipa::ToSchema;

use super::types::TagKind;
use crate::domain::partial::relaxed_schema;
use crate::naming::types::Names;
use crate::naming::write_shape::NewRecord;

/// A tag as it is written. null means absent. What it has besides, such as counts and the revision, is the
/// server's own: it is passed over, so that what was read can be sent back. Any other member is refused.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    /// Its id: the one in the path, or left out.
    #[schema(format = Uuid)]
    pub id: Option<String>,
    /// The readable key, in any script. Left out, it stays as it is, or is made from the name.
    #[schema(max_length = 1000, example = "مياه")]
    pub slug: Option<String>,
    /// The name that is shown.
    #[schema(required = true, nullable = false, max_length = 300, example = "مياه")]
    pub name: Option<String>,
    /// The name by language, as BCP 47 tags.
    #[schema(inline)]
    pub names: Option<Names>,
    /// What kind of tag; `topic` unless given.
    pub kind: Option<TagKind>,
    #[schema(ignore)]
    pub article_count: Option<IgnoredAny>,
    #[schema(ignore)]
    pub created_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub updated_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub revision: Option<IgnoredAny>,
}

relaxed_schema!(
    TagChanges,
    NewTag,
    "What is to be otherwise with a tag: a JSON merge patch (RFC 7396).",
    |_| false
);

impl From<NewTag> for NewRecord {
    fn from(new: NewTag) -> Self {
        Self {
            id: new.id,
            slug: new.slug,
            name: new.name,
            names: new.names,
            kind: new.kind.map(|kind| kind.to_string()),
            ..Self::default()
        }
    }
}
