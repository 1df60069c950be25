//! Requests by the OpenAPI document: every parameter of every address, with values that are stored, hidden, unknown or wrong.
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use form_urlencoded::Serializer;
use isnad::domain::digest::sha256;
use isnad::domain::id::Id;
use isnad::domain::secret::PreviewToken;
use serde_json::Value;

use super::random::Random;

/// What may be asked of one address.
pub struct Operation {
    /// As the document has it: `/v1/articles/{article}`.
    pub path: String,
    pub parameters: Vec<Parameter>,
}

/// Parameters that take a key.
#[rustfmt::skip]
pub const FOR_READERS: [&str; 5] = ["min_sequence", "status", "origin", "min_confidence", "hidden"];

/// A parameter of the query.
pub struct Parameter {
    pub name: String,
    is_required: bool,
    schema: Value,
}

/// What is stored: ids and slugs, former, hidden and dead ones among them, and what else is asked for.
#[derive(Default)]
pub struct Stored {
    keys: BTreeMap<String, Vec<String>>,
    names: Vec<String>,
    moments: Vec<String>,
    /// Tokens of previews, by every key of their article.
    previews: BTreeMap<String, String>,
}

pub struct Questions<'a> {
    pub random: Random,
    pub stored: &'a Stored,
}

/// Every address under `/v1` that the public reads. Keys and former states are about who wrote when, which no import says.
pub fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(isnad::app::openapi()).unwrap();
    let resolved = |schema: &Value| match schema["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap().clone(),
        None => schema.clone(),
    };
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let given = item["get"]["parameters"].as_array().into_iter().flatten();
        let in_query = given.filter(|parameter| parameter["in"] == "query");
        let parameter = |parameter: &Value| {
            let mut schema = resolved(&parameter["schema"]);
            if schema["type"] == "array" {
                schema["items"] = resolved(&schema["items"]);
            }
            Parameter {
                name: parameter["name"].as_str().unwrap().to_owned(),
                is_required: parameter["required"] == true,
                schema,
            }
        };
        let parameters = in_query.map(parameter).collect();
        let is_content = !path.starts_with("/v1/keys") && !path.contains("/revisions");
        if path.starts_with("/v1/") && is_content && item["get"].is_object() {
            operations.push(Operation {
                path: path.clone(),
                parameters,
            });
        }
    }
    operations
}

impl Operation {
    pub fn is_list(&self) -> bool {
        self.parameter("cursor").is_some()
    }

    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }
}

impl Parameter {
    /// The values that the document names, where it names them all.
    pub fn named(&self) -> Vec<String> {
        let schema = if self.schema["type"] == "array" {
            &self.schema["items"]
        } else {
            &self.schema
        };
        let named = schema["enum"].as_array().into_iter().flatten();
        named
            .map(|value| value.as_str().unwrap().to_owned())
            .collect()
    }
}

impl Stored {
    /// What lines of an import hold.
    pub fn of(lines: &[Value]) -> Self {
        let mut stored = Self::default();
        let few = |values: [&str; 2]| values.map(str::to_owned).to_vec();
        stored.keys.insert("revision".to_owned(), few(["1", "2"]));
        let keys = few(["isnad_00000000", "isnad_abcdefgh"]);
        stored.keys.insert("key".to_owned(), keys);
        for line in lines {
            let kind = line["thing"]
                .as_str()
                .or(line["type"].as_str())
                .unwrap_or("article");
            let members = ["id", "slug", "former_slugs", "former_ids", "slugs"];
            let keys = stored.keys.entry(kind.to_owned()).or_default();
            let of_line: Vec<String> = members
                .iter()
                .flat_map(|member| texts(&line[*member]))
                .collect();
            keys.extend(of_line.clone());
            if let ("article", Some(id)) = (kind, line["id"].as_str()) {
                let token = preview_token(id).reveal().to_owned();
                stored
                    .previews
                    .extend(of_line.into_iter().map(|key| (key, token.clone())));
            }
            for statement in line["statements"].as_array().into_iter().flatten() {
                let keys = stored.keys.entry("statement".to_owned()).or_default();
                keys.extend(texts(&statement["id"]));
                stored.moments.extend(texts(&statement["said_at"]));
            }
            stored.names.extend(
                ["name", "aliases"]
                    .iter()
                    .flat_map(|member| texts(&line[*member])),
            );
            stored.moments.extend(
                ["published_at", "updated_at"]
                    .iter()
                    .flat_map(|member| texts(&line[*member])),
            );
        }
        stored
    }

    fn keys(&self, kind: &str) -> &[String] {
        let keys = self.keys.get(kind);
        keys.unwrap_or_else(|| panic!("there are no keys of a {kind}"))
    }

    /// The addresses of everything that is stored under one template: `/v1/tags/{tag}`.
    pub fn addresses(&self, template: &str) -> Vec<String> {
        let Some((before, rest)) = template.split_once('{') else {
            return vec![template.to_owned()];
        };
        let (kind, after) = rest.split_once('}').unwrap();
        let keys = self.keys(kind).iter();
        keys.flat_map(|key| self.addresses(&format!("{before}{key}{after}")))
            .collect()
    }
}

/// The token of the preview that each article of an archive has.
pub fn preview_token(article: &str) -> PreviewToken {
    let random = URL_SAFE_NO_PAD.encode(&sha256(article.as_bytes())[..32]);
    format!("isnad_preview_{random}").parse().unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    let values = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    values
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

impl Questions<'_> {
    /// A question with this parameter, and each of the others with a chance of so many in a hundred.
    pub fn ask(&mut self, operation: &Operation, wanted: &str, others: usize) -> String {
        let address = self.address(operation);
        let mut query = Serializer::new(format!("{address}?"));
        let (mut searched, mut about_search) = (false, false);
        for parameter in &operation.parameters {
            let name = parameter.name.as_str();
            let chance = match name {
                _ if parameter.is_required => 100,
                "limit" => 80,
                "cursor" => 0,
                _ => others,
            };
            if name == wanted || self.random.percent(chance) {
                let value = self.value(&address, parameter);
                searched |= name == "q";
                about_search |= matches!(name, "prefix" | "highlight") || value == "relevance";
                query.append_pair(name, &value);
            }
        }
        if about_search && !searched {
            query.append_pair("q", &self.name_in_part());
        }
        query.finish().trim_end_matches('?').to_owned()
    }

    /// The path with something in the place of its parameter.
    pub fn address(&mut self, operation: &Operation) -> String {
        let segment = |segment: &str| match segment.strip_prefix('{') {
            Some(name) => self.key(name.trim_end_matches('}')),
            None => segment.to_owned(),
        };
        operation
            .path
            .split('/')
            .map(segment)
            .collect::<Vec<_>>()
            .join("/")
    }

    fn key(&mut self, kind: &str) -> String {
        match self.random.below(100) {
            0 => self.random.uuid(),
            1 => "not-there".to_owned(),
            _ => self.random.pick_early(self.stored.keys(kind)).clone(),
        }
    }

    fn keys(&mut self, kinds: &[&str], most: usize) -> String {
        let count = 1 + self.random.below(most);
        let keys = (0..count).map(|_| {
            let kind = *self.random.pick(kinds);
            self.key(kind)
        });
        keys.collect::<Vec<_>>().join(",")
    }

    fn value(&mut self, address: &str, parameter: &Parameter) -> String {
        let random = &mut self.random;
        let named = parameter.named();
        if !named.is_empty() && parameter.schema["type"] == "array" {
            let some: Vec<&str> = random
                .some(&named)
                .into_iter()
                .map(String::as_str)
                .collect();
            return some.join(",");
        }
        if !named.is_empty() {
            return random.pick(&named).clone();
        }
        if parameter.schema["type"] == "boolean" {
            return random.percent(50).to_string();
        }
        match parameter.name.as_str() {
            "limit" => random
                .pick(&["1", "2", "3", "4", "5", "7", "12", "40"])
                .to_string(),
            // A good one comes with a page; see where pages are read on.
            "cursor" => random.pick(&["abc", "!", "AAAAAAAAAAAAAAAA"]).to_string(),
            // Of the first writes, of the last but few, or of none.
            "min_sequence" => random.pick(&["0", "1", "40", "999999"]).to_string(),
            "min_confidence" => random.pick(&["0", "0.25", "0.5", "0.9", "1"]).to_string(),
            // Of the article that is asked for, of another, or of none.
            "preview" => {
                let key = address.rsplit('/').next().unwrap();
                let tokens: Vec<&String> = self.stored.previews.values().collect();
                match (random.below(10), self.stored.previews.get(key)) {
                    (0, _) => "isnad_preview_unknown".to_owned(),
                    (2.., Some(token)) => token.clone(),
                    _ => (*random.pick(&tokens)).clone(),
                }
            }
            "ids" => {
                let is_id = |key: &&String| key.parse::<Id>().is_ok();
                let ids: Vec<&String> = self.stored.keys("article").iter().filter(is_id).collect();
                let ids = (0..12).map(|_| random.pick_early(&ids).as_str());
                ids.collect::<Vec<_>>().join(",")
            }
            "tag" | "tag_any" | "tag_not" => self.keys(&["tag"], 3),
            "speaker" => self.keys(&["speaker"], 5),
            "outlet" | "publisher" => self.keys(&["outlet"], 5),
            "via" => self.keys(&["speaker", "outlet"], 5),
            "article" => self.keys(&["article"], 5),
            "language" => random
                .pick(&[
                    "ar",
                    "en",
                    "fr",
                    "ar-EG",
                    "en-GB,fr-CA",
                    "de",
                    "EN",
                    "ar-latn",
                ])
                .to_string(),
            "country" => random.pick(&["XS", "xm", "XL,XS", "ZZ"]).to_string(),
            "q" => self.name_in_part(),
            "published_from" | "published_to" | "updated_since" | "said_from" | "said_to"
            | "from" | "to" => self.moment(),
            name => panic!("no values for `{name}` of {address}: draw some here"),
        }
    }

    /// The beginning of a word or more of a name, as somebody types it.
    pub fn name_in_part(&mut self) -> String {
        let name = self.random.pick(&self.stored.names).clone();
        let words: Vec<&str> = name.split(' ').collect();
        let from = *self.random.pick(&words);
        let length = 1 + self.random.below(from.chars().count());
        match self.random.below(10) {
            0 => name.to_uppercase(),
            1 => name,
            2 => "nobody".to_owned(),
            _ => from.chars().take(length).collect(),
        }
    }

    /// One at which something happened, or the midnight before, or the same in another zone.
    fn moment(&mut self) -> String {
        let moment = self.random.pick(&self.stored.moments).clone();
        match self.random.below(10) {
            0..2 => moment[..10].to_owned(),
            2 => moment.replace('Z', "+02:00"),
            _ => moment,
        }
    }

    /// The question with something wrong in it.
    pub fn spoiled(&mut self, question: &str) -> String {
        let separator = if question.contains('?') { '&' } else { '?' };
        let wrong = [
            "limit=0",
            "limit=101",
            "cursor=abc",
            "sort=titel",
            "fields=titel",
            "langauge=en",
            "count=maybe",
            "language=",
            "published_from=2026-13-01",
            "tag=,",
            "form=loud",
            "q=%FF",
            "from=yesterday",
            "bucket=year",
            "ids=1",
        ];
        format!("{question}{separator}{}", self.random.pick(&wrong))
    }
}
