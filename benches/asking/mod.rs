//! Asking the program in process, and how long an answer takes.
use std::fmt::Debug;
use std::process::ExitCode;
use std::time::Instant;

use actix_web::body::{MessageBody, to_bytes_limited};
use actix_web::dev::{Service, ServiceResponse};
use serde_json::Value;

/// Rounds, and after how many seconds there are no more of them.
const ROUNDS: usize = 41;
const SECONDS: f64 = 2.0;

pub type Failure = Box<dyn std::error::Error>;

/// Measures each store that the command line names.
pub fn each_store(bench: &str, measure: impl Fn(&str) -> Result<(), Failure>) -> ExitCode {
    // cargo adds `--bench`.
    let stores: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if stores.is_empty() {
        eprintln!("usage: cargo bench --bench {bench} -- STORE.db [STORE.db …]");
        return ExitCode::from(2);
    }
    for store in stores {
        if let Err(error) = measure(&store) {
            eprintln!("{bench}: {store}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// What is answered to a request for an address; anything but success is a failure.
pub async fn ask<R, B: MessageBody<Error: Debug>>(
    service: &impl Service<R, Response = ServiceResponse<B>, Error = actix_web::Error>,
    (uri, request): (&str, R),
) -> Result<Value, Failure> {
    let response = service
        .call(request)
        .await
        .map_err(|error| format!("{uri}: {error}"))?;
    let status = response.status();
    let body = to_bytes_limited(response.into_body(), 1 << 24)
        .await?
        .map_err(|error| format!("{uri}: {error:?}"))?;
    if status.is_success() {
        Ok(serde_json::from_slice(&body)?)
    } else {
        Err(format!("{uri}: {}", String::from_utf8_lossy(&body)).into())
    }
}

/// How long the answers to two questions take, in microseconds: the medians of rounds in which both are asked in turn, so that
/// whatever else the machine does falls on both.
pub async fn time_both(
    ask: &impl AsyncFn(&str) -> Result<Value, Failure>,
    one: &str,
    other: &str,
) -> Result<(f64, f64), Failure> {
    let mut took = [Vec::new(), Vec::new()];
    let begun = Instant::now();
    for round in 0..ROUNDS {
        if round > 2 && begun.elapsed().as_secs_f64() > SECONDS {
            break;
        }
        for (times, uri) in took.iter_mut().zip([one, other]) {
            let started = Instant::now();
            ask(uri).await?;
            times.push(started.elapsed().as_secs_f64() * 1e6);
        }
    }
    let [one, other] = took.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    });
    Ok((one, other))
}
