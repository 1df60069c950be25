//! Two apps that must answer alike: what the one is asked, the other is asked too.
use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;

use super::app::TestApp;
use super::keys::TestKey;
use super::questions::{Operation, Parameter, Questions};
use super::response::Response;

pub struct Twins {
    pub one: TestApp,
    pub other: TestApp,
    /// What each is called where they differ.
    pub names: [&'static str; 2],
    /// A key of each, with which they are asked what `is_keyed` says.
    pub keys: [TestKey; 2],
    pub is_keyed: fn(&str) -> bool,
    /// Where they may differ, and in what.
    pub may_differ: MayDiffer,
    pub asked: Asked,
}

/// By the address and both answers.
pub type MayDiffer = Box<dyn Fn(&str, &Response, &Response) -> bool>;

/// What was asked, and what came of it.
#[derive(Default)]
pub struct Asked {
    pub requests: usize,
    pub statuses: BTreeMap<u16, usize>,
    /// Parameters by address, where the answer held something.
    pub answered: BTreeSet<(String, String)>,
}

/// All of a response that a client sees.
#[derive(PartialEq, Eq)]
struct Answer {
    status: u16,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Twins {
    /// Asks both, holds that they answer the same, and gives the answer.
    pub fn ask(&mut self, uri: &str) -> Response {
        self.send(Method::GET, uri, &[])
    }

    pub fn send(&mut self, method: Method, uri: &str, headers: &[(&str, &str)]) -> Response {
        let (one, other) = self.answers(&method, uri, headers);
        if self.differ(uri, &one, &other) {
            let uri = self.smallest(&method, uri, headers);
            let (one, other) = self.answers(&method, &uri, headers);
            let (one, other) = difference(&told(&one), &told(&other));
            let [name, other_name] = self.names;
            panic!("{method} {uri} {headers:?}\n\n{name}: {one}\n\n{other_name}: {other}");
        }
        self.asked.note(uri, &one);
        one
    }

    fn differ(&self, uri: &str, one: &Response, other: &Response) -> bool {
        Answer::of(one) != Answer::of(other) && !(self.may_differ)(uri, one, other)
    }

    fn answers(
        &self,
        method: &Method,
        uri: &str,
        headers: &[(&str, &str)],
    ) -> (Response, Response) {
        let keyed = (self.is_keyed)(uri);
        let answer = |app: &TestApp, key: &TestKey| {
            let (name, key) = key.header();
            let own = [("X-Request-Id", "twins"), (name, &key)];
            let own = if keyed { &own[..] } else { &own[..1] };
            app.send(method.clone(), uri, &[own, headers].concat())
        };
        let [one, other] = &self.keys;
        (answer(&self.one, one), answer(&self.other, other))
    }

    /// The question without the parameters that the difference does not need.
    fn smallest(&self, method: &Method, uri: &str, headers: &[(&str, &str)]) -> String {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let mut pairs: Vec<&str> = query.split('&').collect();
        let uri = |pairs: &[&str]| format!("{path}?{}", pairs.join("&"));
        for pair in pairs.clone() {
            let fewer: Vec<&str> = pairs
                .iter()
                .copied()
                .filter(|other| *other != pair)
                .collect();
            let uri = uri(&fewer);
            let (one, other) = self.answers(method, &uri, headers);
            if self.differ(&uri, &one, &other) {
                pairs = fewer;
            }
        }
        uri(&pairs)
    }

    /// Reads a list on, to its end where that is near, and back to its beginning; gives the second page's address.
    fn read_on(&mut self, uri: &str, most: usize) -> Option<String> {
        let mut page = self.ask(uri);
        let second = page.link("next");
        for relation in ["next", "prev"] {
            for _ in 0..most {
                let Some(uri) = page.link(relation) else {
                    break;
                };
                page = self.ask(&uri);
            }
        }
        second
    }

    /// Asks by every parameter, alone and beside others. `is_found` says by which of an address something must be found.
    pub fn ask_by_every_parameter(
        &mut self,
        questions: &mut Questions<'_>,
        operations: &[Operation],
        is_found: impl Fn(&str, &str) -> bool,
    ) {
        for operation in operations {
            self.ask(&questions.address(operation));
            for Parameter { name, .. } in &operation.parameters {
                for others in [0, 5, 10, 20] {
                    let question = questions.ask(operation, name, others);
                    self.ask_in_some_way(questions, &question);
                }
                if !is_found(&operation.path, name) {
                    continue;
                }
                let parameter = (operation.path.clone(), name.clone());
                // A cursor comes with the page before.
                let name = if name == "cursor" { "limit" } else { name };
                let found = (0..50).any(|_| {
                    self.read_on(&questions.ask(operation, name, 0), 1);
                    self.asked.answered.contains(&parameter)
                });
                assert!(found, "nothing is ever found by {parameter:?}");
            }
        }
    }

    /// Also by HEAD, in a coding, with the ETag of what is known, or with something wrong in it.
    fn ask_in_some_way(&mut self, questions: &mut Questions<'_>, question: &str) {
        let etag = self.ask(question).etag();
        match questions.random.below(10) {
            0 => self.send(Method::HEAD, question, &[]),
            1 => self.send(Method::GET, question, &[("Accept-Encoding", "br")]),
            2 => self.send(
                Method::GET,
                question,
                &[("Accept-Encoding", "gzip"), ("If-None-Match", &etag)],
            ),
            3..5 => self.ask(&questions.spoiled(question)),
            _ => return,
        };
    }

    /// In every order to the end and back, and with the cursor of another list.
    pub fn read_every_list(&mut self, questions: &mut Questions<'_>, operations: &[Operation]) {
        let mut elsewhere: Option<String> = None;
        for operation in operations.iter().filter(|operation| operation.is_list()) {
            let orders = match operation.parameter("sort") {
                Some(sort) => sort
                    .named()
                    .iter()
                    .map(|sort| format!("sort={sort}&"))
                    .collect(),
                None => vec![String::new(); 6],
            };
            for order in orders {
                let list = format!("{}?{order}", questions.address(operation));
                self.read_on(&format!("{list}limit=2&count=true"), 4);
                let second = self.read_on(&format!("{list}limit=31"), usize::MAX);
                if let Some((_, cursor)) = elsewhere
                    .as_deref()
                    .and_then(|page| page.split_once("cursor="))
                {
                    self.ask(&format!("{list}cursor={cursor}"));
                }
                elsewhere = second.or(elsewhere);
            }
        }
    }
}

impl Answer {
    fn of(response: &Response) -> Self {
        let headers = response.headers.iter();
        // A set, which each process writes in an order of its own.
        let headers = headers.filter(|(name, _)| *name != "access-control-expose-headers");
        let mut headers: Vec<String> = headers
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort();
        Self {
            status: response.status,
            headers,
            body: response.body.clone(),
        }
    }
}

fn told(response: &Response) -> String {
    let Answer {
        status, headers, ..
    } = Answer::of(response);
    format!("{status}\n{}\n\n{}", headers.join("\n"), response.text())
}

/// What stands in two texts where they begin to differ.
fn difference(one: &str, other: &str) -> (String, String) {
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let there = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(200))
            .take(400)
            .collect()
    };
    (there(one), there(other))
}

impl Asked {
    fn note(&mut self, uri: &str, response: &Response) {
        self.requests += 1;
        *self.statuses.entry(response.status).or_default() += 1;
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let held_something =
            response.status == 200 && !response.text().starts_with(r#"{"data":[]"#);
        if held_something {
            let names = query.split('&').filter_map(|pair| pair.split_once('='));
            let names = names.map(|(name, _)| (template(path), name.to_owned()));
            self.answered.extend(names);
        }
    }
}

/// The path as the document has it.
fn template(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    if let [_, _, things, key, ..] = segments.as_mut_slice() {
        *key = match *things {
            "articles" => "{article}",
            "statements" => "{statement}",
            "speakers" => "{speaker}",
            "outlets" => "{outlet}",
            "keys" => "{key}",
            _ => "{tag}",
        };
    }
    if let [_, _, _, _, "revisions", revision] = segments.as_mut_slice() {
        *revision = "{revision}";
    }
    segments.join("/")
}
