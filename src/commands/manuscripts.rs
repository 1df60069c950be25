//! Articles in files: read as texts, and stored as drafts with every statement proposed (`isnad import --extract`).
use std::io::Read;
use std::path::Path;

use super::Failure;
use crate::articles::draft::ArticleDraft;
use crate::articles::types::ExternalReference;
use crate::articles::write_shape::NewArticle;
use crate::config::{Import, Told};
use crate::database::Database;
use crate::domain::digest::sha256;
use crate::domain::fault::Fault;
use crate::proposals::manuscript::{self, Manuscript};
use crate::proposals::types::Extracted;
use crate::proposals::{article, queries};
use crate::transfer::{Report, Stored, import_extracted};
use crate::writing::WriteError;

/// The kind of reference by which the same text is known again.
const TEXT: &str = "text-sha256";

/// What is in the file; `-` is standard input.
pub fn read(path: &Path) -> Result<Manuscript, Failure> {
    let mut bytes = Vec::new();
    let read = match path == Path::new("-") {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        false => std::fs::read(path).map(|all| bytes = all),
    };
    read.map_err(|error| error.to_string())
        .and_then(|()| manuscript::read(path, bytes).map_err(|error| error.to_string()))
        .map_err(|why| Failure(format!("cannot read {}: {why}", path.display())))
}

/// What the rules find in it.
pub fn extract(
    path: &Path,
    manuscript: Manuscript,
    told: &Told,
    database: Option<&Database>,
) -> Result<Extracted, Failure> {
    let request = manuscript.into_request(told.language.clone(), told.outlet.clone());
    let mut extracted = article::extract(request).map_err(|faults| wrong(path, &faults))?;
    if let Some(database) = database {
        let found = extracted.clone();
        extracted = database.read_blocking(|conn| {
            let mut found = found.clone();
            queries::consult(conn, &mut found)?;
            Ok::<_, crate::database::Error>(found)
        })?;
    }
    Ok(extracted)
}

/// Stores a draft of each file. One that cannot be read or stored fails alone.
pub fn import(database: &Database, options: &Import, report: &mut Report) -> Result<(), Failure> {
    for path in &options.files {
        match import_one(database, path, &options.told) {
            Ok((stored, proposed)) => {
                report.add(Some(&stored));
                log::info!("{}: {proposed} statements proposed", path.display());
            }
            Err(failure) if options.strict => return Err(failure),
            Err(Failure(why)) => {
                log::error!("{why}");
                report.add(None);
            }
        }
    }
    Ok(())
}

fn import_one(database: &Database, path: &Path, told: &Told) -> Result<(Stored, usize), Failure> {
    let manuscript = read(path)?;
    let (source_url, published_at) = (
        manuscript.source_url.clone(),
        manuscript.published_at.clone(),
    );
    let text = ExternalReference {
        kind: TEXT.to_owned(),
        value: sha256(manuscript.text.as_bytes()),
    };
    let extracted = extract(path, manuscript, told, Some(database))?;
    let proposed = extracted.article.statements.iter().flatten().count();
    let article = NewArticle {
        references: Some(vec![text]),
        source_url,
        published_at,
        title: extracted.article.title.or_else(|| name_of(path)),
        ..extracted.article
    };
    if article.outlet.is_none() {
        let sentence = "who published it is not told: say it with --outlet NAME";
        return Err(Failure(format!("{}: {sentence}", path.display())));
    }
    let draft = ArticleDraft::check(article).map_err(|faults| wrong(path, &faults))?;
    match import_extracted(database, &draft) {
        Ok(stored) => Ok((stored, proposed)),
        Err(WriteError::Faults(faults)) => Err(wrong(path, &faults)),
        Err(error) => Err(error.into()),
    }
}

/// A file is called after what it holds, where that has no headline of its own.
fn name_of(path: &Path) -> Option<String> {
    let name = path.file_stem()?.to_str()?;
    Some(name.replace(['-', '_'], " "))
}

fn wrong(path: &Path, faults: &[Fault]) -> Failure {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Failure(format!("{}: {}", path.display(), faults.join("; ")))
}
