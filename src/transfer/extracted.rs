//! Importing an article that was made of a text.
use super::report::Stored;
use crate::articles::draft::ArticleDraft;
use crate::database::Database;
use crate::domain::moment::Moment;
use crate::writing::terms::Terms;
use crate::writing::{WriteError, Writer};

/// Stores the article, unless there is one of the same text: then that stays as it is.
pub fn import_extracted(database: &Database, draft: &ArticleDraft) -> Result<Stored, WriteError> {
    let saved = database.write_blocking(|conn| {
        let mut writer = Writer::begin(conn, Moment::now())?;
        let saved = writer.save_extracted(draft.clone(), &Terms::unconditional(true))?;
        Ok::<_, WriteError>(writer.finish()?.map(|_| saved))
    })?;
    Ok(Stored::article(saved))
}
