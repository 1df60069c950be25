//! From the rows of a record to the outlet that is served.
use super::types::Outlet;
use crate::naming::queries::Entity;

impl From<Entity> for Outlet {
    fn from(entity: Entity) -> Self {
        let row = entity.row;
        Self {
            id: entity.uuid.to_string(),
            slug: row.slug,
            name: row.name,
            names: row.names.0,
            aliases: row.aliases.0,
            url: row.url,
            country: row.country,
            language: row.language,
            article_count: entity.article_count,
            statement_count: entity.statement_count,
            created_at: row.created_at,
            updated_at: row.updated_at,
            revision: row.revision,
        }
    }
}
