//! From the rows of a record to the tag that is served.
use super::types::{Tag, TagKind};
use crate::naming::queries::Entity;

impl From<Entity> for Tag {
    fn from(entity: Entity) -> Self {
        let row = entity.row;
        Self {
            id: entity.uuid.to_string(),
            slug: row.slug,
            name: row.name,
            names: row.names.0,
            kind: row
                .kind
                .and_then(|kind| kind.parse().ok())
                .unwrap_or(TagKind::Topic),
            article_count: entity.article_count,
            created_at: row.created_at,
            updated_at: row.updated_at,
            revision: row.revision,
        }
    }
}
