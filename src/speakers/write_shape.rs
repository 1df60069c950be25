//! How speakers are written whole.
use serde::Deserialize;
use serde::de::IgnoredAny;
use utoipa::ToSchema;

use super::types::SpeakerKind;
use crate::articles::types::ExternalReference;
use crate::domain::partial::relaxed_schema;
use crate::naming::types::Names;
use crate::naming::write_shape::NewRecord;

/// A speaker as it is written. null means absent. What it has besides, such as counts and the revision, is the
/// server's own: it is passed over, so that what was read can be sent back. Any other member is refused.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSpeaker {
    /// Its id: the one in the path, or left out.
    #[schema(format = Uuid)]
    pub id: Option<String>,
    /// The readable key, in any script. Left out, it stays as it is, or is made from the name.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: Option<String>,
    /// The name that is shown.
    #[schema(
        required = true,
        nullable = false,
        max_length = 300,
        example = "ليلى الحارثي"
    )]
    pub name: Option<String>,
    /// The name by language, as BCP 47 tags.
    #[schema(inline)]
    pub names: Option<Names>,
    /// Other names that it is found by.
    #[schema(max_items = 50)]
    pub aliases: Option<Vec<String>>,
    /// What kind of speaker; `person` unless given.
    pub kind: Option<SpeakerKind>,
    /// Who this is, in a few words.
    #[schema(max_length = 1000)]
    pub description: Option<String>,
    /// Its keys in other systems.
    #[schema(max_items = 100)]
    pub references: Option<Vec<ExternalReference>>,
    #[schema(ignore)]
    pub statement_count: Option<IgnoredAny>,
    #[schema(ignore)]
    pub first_said_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub last_said_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub created_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub updated_at: Option<IgnoredAny>,
    #[schema(ignore)]
    pub revision: Option<IgnoredAny>,
}

relaxed_schema!(
    SpeakerChanges,
    NewSpeaker,
    "What is to be otherwise with a speaker: a JSON merge patch (RFC 7396).",
    |_| false
);

impl From<NewSpeaker> for NewRecord {
    fn from(new: NewSpeaker) -> Self {
        Self {
            id: new.id,
            slug: new.slug,
            name: new.name,
            names: new.names,
            aliases: new.aliases,
            kind: new.kind.map(|kind| kind.to_string()),
            description: new.description,
            references: new.references,
            ..Self::default()
        }
    }
}
