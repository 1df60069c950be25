//! Two stores that the public must not be able to tell apart: one with much that is hidden, and one with what the public sees
//! of it and nothing else.
use std::collections::BTreeSet;

use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use serde_json::Value;

use super::deeds::Desk;
use crate::support::TestApp;
use crate::support::archive::archive;
use crate::support::newsroom::newsroom;
use crate::support::response::Response;
use crate::support::twins::{Asked, Twins};

pub const SEED: u64 = 6;

/// How many articles of the archive are taken: enough that every filter finds something.
const ARTICLES: usize = 60;

/// Whose public numbers are one, so that their ETags can be.
const ALIKE: &str = "UPDATE store SET identity = 'one of two', public_sequence = 1000";

/// Both stores, asked by the public.
pub struct Stores {
    pub twins: Twins,
    /// What the fuller one holds, what is hidden first.
    pub lines: Vec<Value>,
    pub gone: Gone,
}

/// Addresses of what was public once: the only ones by which the public may learn that there is more.
#[derive(Clone)]
pub struct Gone(BTreeSet<String>);

impl Stores {
    pub fn new() -> Self {
        let (bare, full) = (TestApp::new(), full());
        bare.store(&public_part(&lines_of(&full)));
        let desk = Desk::at(full);
        desk.leave_a_past();
        let mut stores = [bare, desk.app];
        for app in &mut stores {
            app.tick();
            app.tamper(ALIKE);
        }
        let [bare, full] = stores;
        let desk = Desk::at(full);
        desk.act(|deed| assert_eq!(desk.app.sequences().public, 1000, "{deed}"));
        let full = desk.app;
        assert_eq!(full.findings(), Vec::<String>::new());
        let lines = lines_of(&full);
        let gone = Gone::among(&lines);
        let allowed = gone.clone();
        let keys = [&bare, &full].map(|app| app.key(Scope::None));
        let twins = Twins {
            one: bare,
            other: full,
            names: ["what is public", "with what is hidden"],
            keys,
            is_keyed: |_| false,
            may_differ: Box::new(move |uri, bare, full| allowed.allows(uri, bare, full)),
            asked: Asked::default(),
        };
        let (public, mut hidden): (Vec<Value>, Vec<Value>) = lines
            .into_iter()
            .partition(|line| is_seen(line) && line["type"].is_null());
        hidden.extend(public);
        Self {
            twins,
            lines: hidden,
            gone,
        }
    }
}

/// A newsroom and an archive, with everything that is hidden in them.
fn full() -> TestApp {
    let mut articles = 0;
    let mut is_taken = |line: &Value| {
        articles += usize::from(line["type"].is_null());
        line["type"] == "deleted" || !line["created_at"].is_null() && articles <= ARTICLES
    };
    let app = TestApp::with(&newsroom());
    let lines: Vec<Value> = archive(SEED)
        .into_iter()
        .filter(|line| is_taken(line))
        .collect();
    app.import(&lines);
    app.tick();
    app
}

pub fn lines_of(app: &TestApp) -> Vec<Value> {
    let export = app.export();
    let lines = export.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

/// What the public sees of an export, by the rules of the record and not by the program's.
pub fn public_part(lines: &[Value]) -> Vec<Value> {
    let mut articles: Vec<Value> = lines.iter().filter(|line| is_seen(line)).cloned().collect();
    articles.retain(|line| line["type"].is_null());
    let mut named = BTreeSet::new();
    for article in &mut articles {
        let statements = article["statements"].as_array_mut().unwrap();
        statements.retain(|statement| statement["status"] == "published");
        let article = &*article;
        let statements = article["statements"].as_array().unwrap();
        let hops = statements
            .iter()
            .flat_map(|it| it["attribution"].as_array().unwrap());
        let parties = hops.flat_map(|hop| [&hop["speaker"], &hop["outlet"]]);
        let tags = article["tags"].as_array().into_iter().flatten();
        let references = parties.chain(tags).chain([&article["outlet"]]);
        named.extend(references.filter_map(|it| it["id"].as_str().map(str::to_owned)));
    }
    let is_named = |line: &&Value| {
        let id = line["id"].as_str().unwrap();
        !line["type"].is_null() && line["type"] != "deleted" && named.contains(id)
    };
    let records = lines.iter().filter(is_named).cloned();
    records.chain(articles).collect()
}

/// Whether an article is out.
fn is_seen(article: &Value) -> bool {
    let due = |at: &str| Moment::parse(at).unwrap() <= Moment::now();
    article["status"] == "published" && article["published_at"].as_str().is_some_and(due)
}

impl Gone {
    fn among(lines: &[Value]) -> Self {
        let mut gone = BTreeSet::new();
        for line in lines {
            let kind = line["thing"].as_str().unwrap_or("article");
            let was_public = line["was_public"] == true;
            if was_public && (line["type"] == "deleted" || line["status"] == "withdrawn") {
                let members = ["slugs", "former_slugs", "former_ids"];
                let lists = members.iter().filter_map(|member| line[*member].as_array());
                let keys = lists.flatten().chain([&line["id"], &line["slug"]]);
                let keys = keys.filter_map(Value::as_str);
                gone.extend(keys.map(|key| format!("/v1/{kind}s/{key}")));
            }
            for statement in line["statements"].as_array().into_iter().flatten() {
                let told = match statement["status"].as_str() {
                    Some("retracted") => is_seen(line) || line["status"] == "withdrawn",
                    Some("published") => line["status"] == "withdrawn",
                    _ => false,
                };
                if told && statement["was_public"] == true {
                    let id = statement["id"].as_str().unwrap();
                    gone.insert(format!("/v1/statements/{id}"));
                }
            }
        }
        Self(gone)
    }

    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// It says so at the address of the thing or below, and is not there for the other.
    fn allows(&self, uri: &str, bare: &Response, full: &Response) -> bool {
        let path = uri.split('?').next().unwrap();
        let thing: Vec<&str> = path.split('/').take(4).collect();
        (bare.status, full.status) == (404, 410) && self.0.contains(&thing.join("/"))
    }
}
