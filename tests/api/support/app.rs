//! The app over a store in a temporary folder: import into it, ask it, look after it.
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::rt::{System, SystemRunner};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use futures_util::future::join_all;
use isnad::app::{Admission, State, app};
use isnad::database::{Database, Error, Use, Written, store};
use isnad::domain::moment::Moment;
use isnad::http::response_cache::ResponseCache;
use isnad::metrics::{self, Metrics};
use isnad::transfer::{
    Faults, ImportError, ImportOptions, Importer, Observer, Progress, Report, Stored, export,
    import,
};
use isnad::writing::{reindex, schedule, stale};
use isnad::{inspection, samples};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use super::document;
use super::exposition::Exposition;
use super::response::Response;
use super::store::Store;
#[cfg(feature = "postgres")]
use super::store::USE;
use super::writes::Write;

type Answer = Pin<Box<dyn Future<Output = Result<ServiceResponse, actix_web::Error>>>>;

pub struct TestApp {
    pub database: Database,
    service: Box<dyn Fn(TestRequest) -> Answer>,
    runtime: SystemRunner,
    store: Rc<Store>,
    tampered: bool,
    metrics: web::Data<Metrics>,
    cache: web::Data<ResponseCache>,
    /// Where the next requests come from; each from elsewhere while nobody says.
    home: RefCell<Option<IpAddr>>,
    requests: Cell<u32>,
}

/// A line that was not stored, and why.
#[derive(Debug)]
pub struct LineFault {
    pub line: u64,
    pub faults: Faults,
}

/// What became of an import.
pub struct Imported {
    pub report: Report,
    pub faults: Vec<LineFault>,
    pub result: Result<(), ImportError>,
}

/// Where the store stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequences {
    pub all: i64,
    pub public: i64,
}

impl TestApp {
    /// Over an empty store.
    pub fn new() -> Self {
        Self::over(Rc::new(Store::new()))
    }

    /// Over an empty store on SQLite, whatever engine this run of the tests is about.
    pub fn on_sqlite() -> Self {
        Self::over(Rc::new(Store::file()))
    }

    /// Over an empty store on PostgreSQL.
    #[cfg(feature = "postgres")]
    pub fn on_postgres() -> Self {
        Self::over(Rc::new(Store::schema()))
    }

    /// Over an empty store, open to some.
    pub fn admitting(admission: Admission) -> Self {
        let store = Rc::new(Store::new());
        let database = store.open();
        Self::of(store, database, admission)
    }

    /// Which keeps no answers.
    pub fn keeping_nothing() -> Self {
        let store = Rc::new(Store::new());
        let database = store.open();
        Self::made(store, database, |state| state.with_cache(0))
    }

    /// On SQLite, where a reading may take so long.
    pub fn of_patience(patience: Duration) -> Self {
        let store = Rc::new(Store::file());
        let database = Database::open(&store.url(), Use::serving(2, patience)).unwrap();
        Self::made(store, database, |state| state)
    }

    /// Another process over the same store, open to some.
    pub fn beside_admitting(&self, admission: Admission) -> Self {
        let database = self.store.open();
        Self::of(Rc::clone(&self.store), database, admission)
    }

    /// The next requests come from this address.
    pub fn come_from(&self, address: &str) {
        *self.home.borrow_mut() = Some(address.parse().unwrap());
    }

    /// Another process over the same store.
    pub fn beside(&self) -> Self {
        Self::over(Rc::clone(&self.store))
    }

    /// Another process over the same store, that reads from a replica.
    #[cfg(feature = "postgres")]
    pub fn beside_reading(&self, replica: &Self) -> Self {
        let database = Database::open_with_replica(&self.url(), Some(&replica.url()), USE);
        let store = Rc::clone(&self.store);
        Self::of(store, database.unwrap(), Admission::default())
    }

    fn over(store: Rc<Store>) -> Self {
        let database = store.open();
        Self::of(store, database, Admission::default())
    }

    fn of(store: Rc<Store>, database: Database, admission: Admission) -> Self {
        Self::made(store, database, |state| state.with_admission(admission))
    }

    fn made(store: Rc<Store>, database: Database, with: impl FnOnce(State) -> State) -> Self {
        let runtime = System::new();
        let metrics = web::Data::<Metrics>::default();
        let state = with(State::new(database.clone())).with_metrics(metrics.clone());
        let cache = state.cache();
        let service = Rc::new(runtime.block_on(init_service(app(&state))));
        Self {
            database,
            service: Box::new(move |request| {
                let service = Rc::clone(&service);
                Box::pin(async move { service.call(request.to_request()).await })
            }),
            runtime,
            store,
            tampered: false,
            metrics,
            cache,
            home: RefCell::default(),
            requests: Cell::default(),
        }
    }

    #[track_caller]
    pub fn with(lines: &[Value]) -> Self {
        let app = Self::new();
        app.store(lines);
        app
    }

    pub fn with_samples() -> Self {
        let app = Self::new();
        assert!(samples::fill(&app.database).unwrap().is_some());
        app
    }

    /// Imports lines, whatever becomes of them.
    pub fn import(&self, lines: &[Value]) -> Imported {
        self.import_text(&ndjson(lines), false)
    }

    pub fn import_text(&self, text: &str, strict: bool) -> Imported {
        let mut faults = Seen(Vec::new());
        let mut report = Report::default();
        let options = ImportOptions {
            strict,
            importer: Importer::Operator,
        };
        let mut input = text.as_bytes();
        let result = import(
            &self.database,
            &mut input,
            &options,
            &mut faults,
            &mut report,
        );
        Imported {
            report,
            faults: faults.0,
            result,
        }
    }

    /// Imports lines that must all be right.
    #[track_caller]
    pub fn store(&self, lines: &[Value]) -> Report {
        let imported = self.import(lines);
        assert!(imported.result.is_ok(), "{:?}", imported.result);
        assert!(imported.faults.is_empty(), "{:#?}", imported.faults);
        imported.report
    }

    /// Imports one line that must be wrong; gives `pointer code` of each fault.
    #[track_caller]
    pub fn refuse(&self, line: Value) -> Vec<String> {
        let imported = self.import(std::slice::from_ref(&line));
        assert_eq!(imported.report.failed, 1, "this was stored: {line}");
        imported.faults_of(1)
    }

    pub fn export(&self) -> String {
        let mut output = Vec::new();
        export(&self.database, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    /// What a running server does by itself.
    pub fn tick(&self) {
        self.publish_due(Moment::now());
        stale::drain(&self.database, Moment::now()).unwrap();
        while reindex::some(&self.database, Moment::now()).unwrap() > 0 {}
    }

    pub fn publish_due(&self, moment: Moment) -> usize {
        schedule::publish_due(&self.database, moment).unwrap()
    }

    pub fn sequences(&self) -> Sequences {
        let state = self
            .database
            .read_blocking(|conn| Ok::<_, Error>(store::state(conn)?));
        let state = state.unwrap();
        Sequences {
            all: state.sequence,
            public: state.public_sequence,
        }
    }

    /// What the inspection finds.
    pub fn findings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        let summary = inspection::inspect(&self.database, &mut |finding| {
            findings.push(finding.to_owned());
        });
        let summary = summary.unwrap();
        assert_eq!(summary.findings, u64::try_from(findings.len()).unwrap());
        findings
    }

    /// The store, as `DATABASE_URL` names it.
    pub fn url(&self) -> String {
        self.store.url()
    }

    /// As another process would that writes, until it is dropped.
    pub fn hold_writes(&self) -> impl Drop + use<> {
        self.store.hold_writes()
    }

    /// Runs SQL behind the program's back; the store is not inspected afterwards.
    pub fn tamper(&mut self, sql: &str) {
        self.store.run(sql);
        self.leave_as_it_is();
    }

    /// The store is not inspected afterwards.
    pub fn leave_as_it_is(&mut self) {
        self.tampered = true;
    }

    #[track_caller]
    pub fn get(&self, uri: &str) -> Response {
        self.get_with(uri, &[])
    }

    #[track_caller]
    pub fn get_with(&self, uri: &str, headers: &[(&str, &str)]) -> Response {
        self.send(Method::GET, uri, headers)
    }

    #[track_caller]
    pub fn head(&self, uri: &str) -> Response {
        self.send(Method::HEAD, uri, &[])
    }

    /// The JSON of a GET that must succeed.
    #[track_caller]
    pub fn json(&self, uri: &str) -> Value {
        let response = self.get(uri);
        assert_eq!(response.status, 200, "{uri}: {}", response.text());
        response.json()
    }

    /// The rows of a list's first page.
    #[track_caller]
    pub fn rows(&self, uri: &str) -> Vec<Value> {
        let page = self.json(uri);
        page["data"].as_array().unwrap().clone()
    }

    /// One member of each row of a list's first page.
    #[track_caller]
    pub fn column(&self, uri: &str, member: &str) -> Vec<String> {
        let text = |row: &Value| row[member].as_str().unwrap_or_default().to_owned();
        self.rows(uri).iter().map(text).collect()
    }

    /// Sends a request; what is answered must be what the document says.
    #[track_caller]
    pub fn send(&self, method: Method, uri: &str, headers: &[(&str, &str)]) -> Response {
        self.send_body(method, uri, headers, Vec::new())
    }

    /// As [`Self::send`], with a body.
    #[track_caller]
    pub fn send_body(
        &self,
        method: Method,
        uri: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Response {
        let answer = self.ask(method, uri, headers, body);
        self.runtime.block_on(answer)
    }

    /// Sends requests that all come to wait for the writer before the first of them has it.
    pub fn send_at_once(&self, writes: Vec<Write<'_>>) -> Vec<Response> {
        let (database, count) = (self.database.clone(), writes.len());
        let (hold, held) = channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                let holding = database.write_blocking(|_| {
                    hold.send(()).unwrap();
                    let waiting = || {
                        database
                            .pools()
                            .iter()
                            .map(|pool| pool.waiting)
                            .sum::<u32>()
                    };
                    while usize::try_from(waiting()).unwrap() < count {
                        thread::yield_now();
                    }
                    Ok::<_, Error>(Written::hidden(()))
                });
                holding.unwrap();
            });
            held.recv().unwrap();
            let answers = writes.into_iter().map(Write::ask);
            self.runtime.block_on(join_all(answers))
        })
    }

    /// Sends a request, once it is waited for.
    pub(super) fn ask(
        &self,
        method: Method,
        uri: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> impl Future<Output = Response> + use<'_> {
        let uri = encoded(uri);
        let mut request = TestRequest::with_uri(&uri)
            .method(method.clone())
            .peer_addr(SocketAddr::new(self.next_address(), 4711));
        if !body.is_empty() {
            request = request.set_payload(body);
        }
        for header in headers {
            request = request.append_header(*header);
        }
        async move {
            let response = self.answer(request).await;
            let path = uri.split('?').next().unwrap_or_default();
            let faults = document::faults(method.as_str(), path, &response);
            assert!(
                faults.is_empty(),
                "{method} {uri} was answered with {} {}\n{}",
                response.status,
                response.text(),
                faults.join("\n")
            );
            response
        }
    }

    fn next_address(&self) -> IpAddr {
        let number = self.requests.get();
        self.requests.set(number + 1);
        let elsewhere = Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 0).to_bits() + number);
        self.home.borrow().unwrap_or(elsewhere.into())
    }

    /// What is measured, as it is told.
    pub fn scrape(&self) -> String {
        let service = App::new()
            .app_data(self.metrics.clone())
            .app_data(self.cache.clone())
            .app_data(web::Data::new(self.database.clone()))
            .configure(metrics::routes);
        let request = TestRequest::with_uri("/metrics").to_request();
        self.runtime.block_on(async {
            let response = init_service(service).await.call(request).await.unwrap();
            assert_eq!(response.status(), 200);
            let kind = response.headers().get("content-type").unwrap();
            assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
            let body = to_bytes(response.into_body()).await.unwrap();
            String::from_utf8(body.to_vec()).unwrap()
        })
    }

    /// What is measured.
    #[track_caller]
    pub fn measured(&self) -> Exposition {
        Exposition::read(&self.scrape())
    }

    async fn answer(&self, request: TestRequest) -> Response {
        let response = match (self.service)(request).await {
            Ok(response) => response.into_parts().1,
            Err(error) => error.error_response(),
        };
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.into_body();
        let length = match body.size() {
            BodySize::None => Some(0),
            BodySize::Sized(length) => Some(length),
            BodySize::Stream => None,
        };
        let body = to_bytes(body).await.unwrap_or_default().to_vec();
        Response {
            status,
            headers,
            body,
            length,
        }
    }
}

impl Drop for TestApp {
    /// Whatever a test did: what it leaves is sound.
    fn drop(&mut self) {
        if !self.tampered && !thread::panicking() {
            self.tick();
            let findings = self.findings();
            assert!(findings.is_empty(), "the store: {findings:#?}");
        }
    }
}

impl Imported {
    /// `pointer code` of each fault of a line.
    pub fn faults_of(&self, line: u64) -> Vec<String> {
        let of_line = self.faults.iter().filter(|fault| fault.line == line);
        let faults = of_line.flat_map(|fault| &fault.faults);
        faults
            .map(|fault| format!("{} {}", fault.pointer, fault.code))
            .collect()
    }

    /// What is said about a line to a person.
    pub fn details(&self) -> String {
        let faults = self.faults.iter().flat_map(|fault| &fault.faults);
        faults
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

struct Seen(Vec<LineFault>);

impl Observer for Seen {
    fn line(&mut self, line: u64, result: Result<&Stored, &Faults>) -> Result<(), ImportError> {
        let faults = result.err().cloned();
        self.0
            .extend(faults.map(|faults| LineFault { line, faults }));
        Ok(())
    }

    fn progress(&mut self, _: Progress) -> Result<(), ImportError> {
        Ok(())
    }
}

pub fn ndjson(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What a client's URL library makes of a URI: letters of other scripts percent-encoded, what is encoded left alone.
pub fn encoded(uri: &str) -> String {
    const REFUSED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');
    utf8_percent_encode(uri, REFUSED).to_string()
}
