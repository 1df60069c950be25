//! What is hidden is listed as it would be if it were seen: by every filter, in every order, page by page. One archive is stored
//! twice, once with much of it hidden and once with all of it published; an editor's list of the one is the public's of the other.
use std::collections::BTreeMap;

use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::editor_lists::read_through;
use crate::support::TestApp;
use crate::support::archive::archive;
use crate::support::keys::TestKey;
use crate::support::questions::{Operation, Questions, Stored, operations};
use crate::support::random::Random;

const SEED: u64 = 5;

/// The archive's records and articles, each of them fit to be published.
fn publishable() -> Vec<Value> {
    let fit = |line: &Value| line["type"] != "deleted" && !line["created_at"].is_null();
    let mut lines: Vec<Value> = archive(SEED).into_iter().filter(fit).collect();
    for article in lines.iter_mut().filter(|line| line["type"].is_null()) {
        let created = article["created_at"].clone();
        let article = article.as_object_mut().unwrap();
        for member in ["was_public", "reason"] {
            article.remove(member);
        }
        article["status"] = json!("published");
        let published = article.entry("published_at").or_insert(created.clone());
        if published.as_str().unwrap() > "2900" {
            *published = created;
        }
        for statement in article["statements"].as_array_mut().unwrap() {
            let statement = statement.as_object_mut().unwrap();
            for member in ["was_public", "status", "note"] {
                statement.remove(member);
            }
            let mouth = statement["attribution"][0].as_object_mut().unwrap();
            if mouth.remove("unresolved").is_some() {
                mouth.insert("anonymous".to_owned(), json!({"label": "a goatherd"}));
            }
        }
    }
    lines
}

struct Stores {
    all_seen: TestApp,
    much_hidden: TestApp,
    readers: [TestKey; 2],
    stored: Stored,
    random: Random,
    /// How often a list had anything, by parameter.
    found: BTreeMap<String, usize>,
}

impl Stores {
    /// Hides what `hide` picks of the lines in the one store.
    fn with(hide: impl Fn(&mut Value, &mut Random)) -> Self {
        let lines = publishable();
        let mut random = Random(SEED);
        let mut hidden = lines.clone();
        for line in hidden.iter_mut().filter(|line| line["type"].is_null()) {
            hide(line, &mut random);
        }
        let (all_seen, much_hidden) = (TestApp::new(), TestApp::new());
        let [one, other] = [(&all_seen, &lines), (&much_hidden, &hidden)]
            .map(|(app, lines)| app.import(lines).report.failed);
        assert_eq!(one, other);
        let readers = [&all_seen, &much_hidden].map(|app| app.key(Scope::Read));
        Self {
            readers,
            stored: Stored::of(&lines),
            all_seen,
            much_hidden,
            random,
            found: BTreeMap::new(),
        }
    }

    /// Reads a list of both, in pages of their own: the same things must be there, in the same order.
    fn compare(&mut self, list: &str, status: &str) {
        let limit = self.random.pick(&[11, 40, 100]);
        let [one, other] = &self.readers;
        let seen = read_through(&self.all_seen, one, &format!("{list}&limit=100"));
        let beyond = format!("{list}&limit={limit}&status={status}");
        let met = read_through(&self.much_hidden, other, &beyond);
        assert_eq!(met, seen, "{beyond}, seed {SEED}");
        let counted = self
            .much_hidden
            .json_by(other, &format!("{beyond}&count=true"));
        assert_eq!(counted["page"]["total"], seen.len(), "{beyond}");
        for (name, _) in list.split('&').filter_map(|pair| pair.split_once('=')) {
            let name = name.rsplit('?').next().unwrap();
            *self.found.entry(name.to_owned()).or_default() += usize::from(!seen.is_empty());
        }
    }

    /// Questions by every parameter of an operation that says which rows a list has, alone and with others.
    fn ask_all(&mut self, operation: &Operation, status: &str) {
        const VIEW: [&str; 9] = [
            "highlight",
            "limit",
            "cursor",
            "count",
            "fields",
            "include",
            "min_sequence",
            "status",
            "sort",
        ];
        let filters = operation.parameters.iter().map(|it| it.name.clone());
        let filters: Vec<String> = filters.filter(|name| !VIEW.contains(&&**name)).collect();
        let sorts = operation.parameter("sort").map(|sort| sort.named());
        for sort in sorts.unwrap_or_default() {
            let list = format!("{}?sort={sort}", operation.path);
            if sort != "relevance" {
                self.compare(&list, status);
            }
            for filter in &filters {
                for others in [0, 12] {
                    let mut questions = Questions {
                        random: Random(self.random.below(1 << 30) as u64),
                        stored: &self.stored,
                    };
                    let question = questions.ask(operation, filter, others);
                    let pairs = question.split_once('?').unwrap().1.split('&');
                    let pairs = pairs.filter(|pair| {
                        !VIEW
                            .iter()
                            .any(|name| pair.starts_with(&format!("{name}=")))
                    });
                    let mut pairs: Vec<&str> = pairs.collect();
                    if sort == "relevance" && !pairs.iter().any(|pair| pair.starts_with("q=")) {
                        pairs.push("q=%D8%A7%D9%84");
                    }
                    self.compare(&format!("{list}&{}", pairs.join("&")), status);
                }
            }
        }
        for filter in &filters {
            assert!(
                self.found.contains_key(filter) && self.found[filter] > 0,
                "nothing by {filter}"
            );
        }
    }
}

fn operation(path: &str) -> Operation {
    let mut operations = operations().into_iter();
    operations.find(|operation| operation.path == path).unwrap()
}

#[test]
fn hidden_articles_are_listed_as_if_they_were_seen() {
    let mut stores = Stores::with(|article, random| {
        article["status"] = json!(random.pick(&["draft", "published", "withdrawn"]));
    });
    stores.ask_all(&operation("/v1/articles"), "draft,published,withdrawn");
}

#[test]
fn hidden_statements_are_listed_as_if_they_were_seen() {
    let mut stores = Stores::with(|article, random| {
        for statement in article["statements"].as_array_mut().unwrap() {
            let statuses = ["published", "proposed", "rejected", "retracted"];
            statement["status"] = json!(random.pick(&statuses));
        }
    });
    let every = "published,proposed,rejected,retracted";
    stores.ask_all(&operation("/v1/statements"), every);
    for article in stores.stored.addresses("/v1/articles/{article}/statements") {
        // Former and other keys lead elsewhere.
        if stores.all_seen.get(&article).status == 200 && stores.random.percent(20) {
            stores.compare(&format!("{article}?fields=id"), every);
        }
    }
}
