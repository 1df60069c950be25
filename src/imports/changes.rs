//! The HTTP endpoint that imports.
mod arriving;
mod results;
pub mod slots;

use std::pin::pin;
use std::thread;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::rt;
use actix_web::{HttpResponse, post, web};
use futures_util::future::{pending, select};
use tokio::sync::mpsc;
use tokio::sync::watch;

use arriving::{Halt, Inlet, Outlet};
use results::{Sender, Teller, Told};
use slots::{Imports, Slot};

use super::parameters::HowToImport;
use super::types::ImportLine;
use crate::database::{self, Database};
use crate::http::responses::ImportProblems;
use crate::http::{ApiError, Change, Parameters};
use crate::keys::types::Scope;
use crate::transfer::{ImportError, ImportOptions, Importer, Report, import};

/// The media type of what is answered.
const NDJSON: &str = "application/x-ndjson";

/// Import many things
///
/// NDJSON in and out, of any length: one thing a line, as `isnad export` writes them. A line without `type` is an article in
/// the write shape; with `speaker`, `outlet` or `tag` it is a whole record, with `deleted` a tombstone. Each line is created,
/// changed or found to be there already, by its id, else a reference, else its slug; what the server owns (`created_at`,
/// `revision`, former slugs …) is passed over. Lines are written in batches, each in one transaction; one that is wrong fails
/// alone. For each line that is not blank the answer has a line, in order, once it is stored for good; the last line sums up,
/// and says whether the import came to its end. Read while you send: a client that takes no results is not read from either,
/// and after the time that a request may take the import ends. The scope `write` will do for what the public does not see;
/// other lines fail with `missing_scope`.
#[utoipa::path(
    tag = "import",
    params(HowToImport),
    request_body(
        content(
            (String = "application/x-ndjson"),
            (String = "application/ndjson"),
            (String = "application/jsonl"),
        ),
        description = "One thing a line, of at most 2 MiB each",
    ),
    responses(
        (status = 200, description = "A line for each line, and one that sums up", content_type = "application/x-ndjson",
            body = Vec<ImportLine>),
        ImportProblems,
    ),
    security(("key" = [])),
)]
#[post("/import")]
pub async fn import_lines(
    mut change: Change,
    parameters: Parameters<(HowToImport,)>,
    imports: web::Data<Imports>,
) -> Result<HttpResponse, ApiError> {
    let (payload, patience) = change.lines()?;
    let (HowToImport { strict },) = parameters.values;
    let options = ImportOptions {
        strict,
        importer: Importer::Client {
            name: change.key.name.clone(),
            may_publish: change.key.has(Scope::Publish),
        },
    };
    let slot = imports.take_slot()?;
    let pipes = arriving::pipe().zip(results::answer());
    let ((inlet, outlet), (sender, answer)) = pipes.ok_or_else(no_pipe)?;
    let (teller, results) = Teller::new();
    let database = change.database.as_ref().clone();
    let by = change.key.name.clone();
    thread::Builder::new()
        .name("import".to_owned())
        .spawn(move || run(&database, outlet, options, teller, &by, slot))
        .map_err(|error| ApiError::Internal(format!("no thread for an import: {error}")))?;
    rt::spawn(carry(
        payload,
        inlet,
        results,
        sender,
        patience,
        imports.stopping(),
    ));
    Ok(HttpResponse::Ok()
        .content_type(NDJSON)
        .insert_header((CACHE_CONTROL, "no-store"))
        // A proxy such as nginx would collect the lines.
        .insert_header(("X-Accel-Buffering", "no"))
        .body(answer))
}

fn no_pipe() -> ApiError {
    ApiError::Internal("a new pipe has no room".to_owned())
}

/// Carries lines in and results out until the last word is told or the client is gone. Neither is held here in any number:
/// where one side waits, so does the other, in the end the client.
async fn carry(
    mut payload: Payload,
    inlet: Inlet,
    results: mpsc::Receiver<Told>,
    sender: Sender,
    patience: Duration,
    stopping: watch::Receiver<bool>,
) {
    let answer = sender.watch();
    {
        let inwards = pin!(async {
            inlet.fill(&mut payload, patience, stopping).await;
            pending::<()>().await;
        });
        let outwards = pin!(sender.pass_on(results, patience));
        select(select(inwards, outwards), pin!(answer.closed())).await;
        // Here the thread is left alone, and ends if it has not.
    }
    // What is left of the body stays unread until the answer is sent: else actix reads on and on to get rid of it. This way
    // it closes the connection.
    answer.closed().await;
}

/// Imports, on a thread of its own.
fn run(
    database: &Database,
    mut lines: Outlet,
    options: ImportOptions,
    mut teller: Teller,
    by: &str,
    slot: Slot,
) {
    let mut report = Report::default();
    let result = import(database, &mut lines, &options, &mut teller, &mut report);
    drop(slot);
    let Report {
        created,
        updated,
        unchanged,
        failed,
        ..
    } = report;
    let counts =
        format!("{created} created, {updated} updated, {unchanged} unchanged, {failed} failed");
    match &result {
        Ok(()) => log::info!("an import by `{by}` is done: {counts}"),
        Err(error) => log::info!("an import by `{by}` ended early, {counts}: {error}"),
    }
    teller.end(results::summary(&report, result.err().map(told_of)));
}

/// Why an import ended early, as the client is told.
fn told_of(error: ImportError) -> (&'static str, String) {
    const REST: &str = "what is told as stored is stored; send the rest again";
    let halt = match &error {
        ImportError::Input(error) => error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Halt>()),
        _ => None,
    };
    match (halt, &error) {
        (Some(Halt::CutOff), _) => (
            "invalid_request",
            format!("the body did not arrive whole; {REST}"),
        ),
        (Some(halt @ Halt::Stalled(_)), _) => ("request_timeout", format!("{halt}; {REST}")),
        (Some(halt @ Halt::Stopping), _) => {
            ("stopping", format!("{halt}; {REST}, once it is back"))
        }
        (None, ImportError::Strict) => {
            ("invalid_document", format!("{error}, as asked by `strict`"))
        }
        (
            None,
            ImportError::Database(database::Error::Busy(_) | database::Error::Interrupted(_)),
        ) => (
            "database_busy",
            format!("the database is busy or out of reach; {REST}"),
        ),
        (None, _) => {
            log::error!("an import failed: {error}");
            (
                "internal",
                format!("something went wrong in the server; {REST}"),
            )
        }
    }
}
