//! The ceiling of `benches/http/run`: a server of the same framework, with one worker, that answers from memory.
//!
//! `ceiling ANSWERS ADDRESS`: the file has one JSON object a line, `{"target","content_type","etag","body"}`, a target being a
//! path with its query. What is asked for with `If-None-Match` and that ETag is answered with 304.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::rt::System;
use actix_web::web::{self, Bytes};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde::Deserialize;

type Failure = Box<dyn std::error::Error>;

/// A line of the file.
#[derive(Deserialize)]
struct Line {
    target: String,
    content_type: String,
    etag: String,
    body: String,
}

struct Answer {
    content_type: HeaderValue,
    etag: HeaderValue,
    body: Bytes,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, address] = arguments.as_slice() else {
        eprintln!("usage: ceiling ANSWERS ADDRESS; benches/http/run starts it");
        return ExitCode::from(2);
    };
    match read(file).and_then(|answers| serve(answers, address)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ceiling: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(file: &str) -> Result<HashMap<String, Answer>, Failure> {
    let mut answers = HashMap::new();
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let answer = Answer {
            content_type: HeaderValue::from_str(&line.content_type)?,
            etag: HeaderValue::from_str(&line.etag)?,
            body: Bytes::from(line.body),
        };
        answers.insert(line.target, answer);
    }
    Ok(answers)
}

fn serve(answers: HashMap<String, Answer>, address: &str) -> Result<(), Failure> {
    let answers = web::Data::new(answers);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(answers.clone())
            .default_service(web::to(answer))
    });
    System::new().block_on(server.workers(1).bind(address)?.run())?;
    Ok(())
}

async fn answer(request: HttpRequest, answers: web::Data<HashMap<String, Answer>>) -> HttpResponse {
    let target = request.uri().path_and_query();
    let Some(answer) = target.and_then(|target| answers.get(target.as_str())) else {
        return HttpResponse::NotFound().finish();
    };
    let etag = (ETAG, answer.etag.clone());
    if request.headers().get(IF_NONE_MATCH) == Some(&answer.etag) {
        return HttpResponse::NotModified().insert_header(etag).finish();
    }
    HttpResponse::Ok()
        .insert_header(etag)
        .insert_header((CONTENT_TYPE, answer.content_type.clone()))
        .body(answer.body.clone())
}
