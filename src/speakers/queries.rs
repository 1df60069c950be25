//! From the rows of a record to the speaker that is served.
use super::types::{Speaker, SpeakerKind};
use crate::naming::queries::Entity;

impl From<Entity> for Speaker {
    fn from(entity: Entity) -> Self {
        let row = entity.row;
        Self {
            id: entity.uuid.to_string(),
            slug: row.slug,
            name: row.name,
            names: row.names.0,
            aliases: row.aliases.0,
            kind: row
                .kind
                .and_then(|kind| kind.parse().ok())
                .unwrap_or(SpeakerKind::Person),
            description: row.description,
            references: row.references.0,
            statement_count: entity.statement_count,
            first_said_at: entity.first_said_at,
            last_said_at: entity.last_said_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            revision: row.revision,
        }
    }
}
