//! How speakers look to clients.
use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::types::ExternalReference;
use crate::domain::moment::Moment;
use crate::domain::page::Page;
use crate::domain::partial::relaxed_schema;
use crate::domain::text_enum;

/// Somebody whose words are reported: a person, an organisation or an office.
#[derive(Debug, Serialize, ToSchema)]
pub struct Speaker {
    /// Stable for ever.
    #[schema(format = Uuid)]
    pub id: String,
    /// The readable key, in the script of the name.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: String,
    /// The name by language, as BCP 47 tags.
    pub names: BTreeMap<String, String>,
    /// Other spellings and names that find this record.
    #[schema(max_items = 50)]
    pub aliases: Vec<String>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// Who this is; null when nobody wrote it down.
    #[schema(required = true, max_length = 1000)]
    pub description: Option<String>,
    /// Its keys in other systems.
    #[schema(max_items = 100)]
    pub references: Vec<ExternalReference>,
    /// How many statements it made: those where it stands at hop 0.
    #[schema(minimum = 0, example = 3)]
    pub statement_count: i64,
    /// When the first of them was said, or else published; null without statements.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub first_said_at: Option<Moment>,
    /// When the last of them was said, or else published; null without statements.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub last_said_at: Option<Moment>,
    /// When it was first stored.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Moment,
    /// Raised by every change, from 1.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
}

text_enum! {
    /// What kind of speaker.
    pub enum SpeakerKind {
        Person = "person",
        Organisation = "organisation",
        Office = "office",
    }
}

/// One page of speakers.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpeakerPage {
    /// The speakers, in the order asked for.
    #[schema(max_items = 100)]
    pub data: Vec<Speaker>,
    pub page: Page,
}

relaxed_schema!(
    PartialSpeaker,
    PartialSpeakerPage,
    Speaker,
    "Those members of a speaker that `fields` asks for.",
    |_| false
);
