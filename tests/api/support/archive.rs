//! An archive of news, made up and the same for the same seed: every kind of line that an import takes, right and wrong, with
//! many ties, and with names that people and bytes put in different orders.
use serde_json::{Map, Value, json};

use super::random::Random;
use crate::support::article::and;

#[rustfmt::skip]
const GIVEN: [&str; 26] = [
    "Ada", "ada", "Ádà", "Zoé", "zoe", "Øyvind", "Åke", "Émile", "emile", "O’Hara", "O'Hara", "al-Noor", "alNoor", "Straße",
    "ırmak", "Ωmega", "Жанна", "𐐀do", "42", "7", "أحمد", "احمد", "ليلى", "ليلي", "مُنى", "منـى",
];
#[rustfmt::skip]
const FAMILY: [&str; 12] = [
    "Quill", "quill", "Marl", "Vaux-Lac", "Vaux Lac", "d’Orsin", "Ünal", "السامر", "الحوراني", "ﬀoulkes", "李", "_",
];
/// Arabic, English, French.
#[rustfmt::skip]
const WORDS: [&[&str]; 3] = [
    &["وصلت", "العبّارة", "عند", "الفجر", "ولم", "يُصَب", "أحد", "بأذى", "مياه", "السدّ", "ستكفي", "القرية", "كلّها"],
    &["the", "ferry", "left", "at", "dawn", "with", "two", "goats", "and", "no", "captain", "aboard", "again"],
    &["le", "bac", "a", "quitté", "l’île", "à", "l’aube", "sans", "capitaine", "ni", "chèvres", "été", "déjà"],
];
/// Each with the words that are written in it; the first are the most frequent.
#[rustfmt::skip]
const LANGUAGES: [(&str, usize); 7] = [
    ("ar", 0), ("en", 1), ("ar-EG", 0), ("fr", 2), ("en-GB", 1), ("fr-CA", 2), ("ar-Latn", 1),
];

struct Archive {
    random: Random,
    speakers: Vec<Value>,
    outlets: Vec<Value>,
    tags: Vec<Value>,
    groups: Vec<String>,
}

/// Some hundred articles after the records that they refer to, and wrong lines among them.
pub fn archive(seed: u64) -> Vec<Value> {
    let mut random = Random(seed);
    let mut records = |thing: &str, count: usize| -> Vec<Value> {
        (0..count)
            .map(|number| record(&mut random, thing, number))
            .collect()
    };
    let (outlets, speakers, tags) = (
        records("outlet", 14),
        records("speaker", 40),
        records("tag", 26),
    );
    let groups = (0..12).map(|_| random.uuid()).collect();
    let mut archive = Archive {
        random,
        speakers,
        outlets,
        tags,
        groups,
    };
    let articles: Vec<Value> = (0..240).map(|number| archive.article(number)).collect();
    let tombstones = (0..20).map(|number| archive.tombstone(number)).collect();
    let wrong = archive.wrong(&articles);
    let Archive {
        outlets,
        speakers,
        tags,
        ..
    } = archive;
    [outlets, speakers, tags, articles, tombstones, wrong].concat()
}

fn record(random: &mut Random, thing: &str, number: usize) -> Value {
    let name = |random: &mut Random| format!("{} {}", random.pick(&GIVEN), random.pick(&FAMILY));
    let slug = match number % 3 {
        0 => format!("{thing}-{number}"),
        1 => format!("قلم-{thing}-{number}"),
        _ => format!("é{thing}.{number}"),
    };
    let created = random.moment();
    let updated = later(random, &created);
    let mut line = json!({
        "type": thing, "id": random.uuid(), "slug": slug, "name": name(random), "created_at": created, "updated_at": updated,
        "revision": 1 + random.below(3),
    });
    let mut with = |chance: usize, member: &str, value: &dyn Fn(&mut Random) -> Value| {
        if random.percent(chance) {
            line[member] = value(random);
        }
    };
    with(
        40,
        "names",
        &|random| json!({*random.pick(&["ar", "fr", "en-GB"]): name(random)}),
    );
    with(25, "former_slugs", &|_| {
        json!([format!("old-{thing}-{number}")])
    });
    with(10, "former_ids", &|random| json!([random.uuid()]));
    if thing != "tag" {
        with(40, "aliases", &|random| json!([name(random)]));
    }
    match thing {
        "outlet" => {
            with(70, "country", &|random| {
                json!(random.pick(&["XS", "XM", "XL"]))
            });
            with(70, "language", &|random| json!(random.pick(&LANGUAGES).0));
            with(50, "url", &|_| {
                json!(format!("https://outlet-{number}.example/"))
            });
        }
        "speaker" => {
            with(50, "kind", &|random| {
                json!(random.pick(&["person", "organisation", "office"]))
            });
            with(30, "description", &|random| json!(words(random, 1)));
            with(
                20,
                "references",
                &|_| json!([{"type": "registry", "value": format!("s/{number}")}]),
            );
        }
        _ => with(50, "kind", &|random| {
            json!(random.pick(&["topic", "place", "person", "organisation", "event"]))
        }),
    }
    line
}

/// A moment that is not before the other.
fn later(random: &mut Random, than: &str) -> String {
    let other = random.moment();
    if other.as_str() > than {
        other
    } else {
        than.to_owned()
    }
}

pub fn words(random: &mut Random, language: usize) -> String {
    let count = 3 + random.below(5);
    let words: Vec<&str> = (0..count).map(|_| *random.pick(WORDS[language])).collect();
    words.join(" ")
}

impl Archive {
    fn article(&mut self, number: usize) -> Value {
        let (language, tongue) = *self.random.pick_early(&LANGUAGES);
        let statements: Vec<Value> = (0..self.random.below(6))
            .map(|_| self.statement(tongue))
            .collect();
        // Each quote stands in a paragraph of its own, save those that nobody will find.
        let mut body = vec![json!({"type": "paragraph", "text": words(&mut self.random, tongue)})];
        for statement in &statements {
            if self.random.percent(90) {
                let quote = statement["quote"].as_str().unwrap();
                let text = format!("{} 🐐 “{quote}”.", words(&mut self.random, tongue));
                body.push(json!({"type": "paragraph", "text": text}));
            }
        }
        let created = self.random.moment();
        let updated = later(&mut self.random, &created);
        let mut line = json!({
            "id": self.random.uuid(), "language": language, "title": words(&mut self.random, tongue), "body": body,
            "outlet": self.refer("outlet"), "created_at": created, "updated_at": updated,
            "revision": 1 + self.random.below(4), "statements": statements,
            "references": [{"type": "guid", "value": format!("a/{number}")}],
        });
        line["slug"] = json!(format!(
            "{}-{number}",
            self.random.pick(&["piece", "خبر", "écho", "a.b_c~d"])
        ));
        self.publish(&mut line);
        let tags: Vec<Value> = (0..self.random.below(5))
            .map(|_| self.refer("tag"))
            .collect();
        line["tags"] = json!(tags);
        let random = &mut self.random;
        if random.percent(25) {
            line["translation_group"] = json!(random.pick(&self.groups));
        }
        if random.percent(12) {
            line["former_slugs"] =
                json!([format!("old-piece-{number}"), format!("خبر-قديم-{number}")]);
        }
        if random.percent(5) {
            line["former_ids"] = json!([random.uuid()]);
        }
        if random.percent(40) {
            line["summary"] = json!(words(random, tongue));
        }
        if random.percent(10) {
            line["corrections"] =
                json!([{"at": "2026-03-02T00:00:00Z", "note": words(random, tongue)}]);
        }
        line
    }

    /// Most are out; some are not yet, not any more, or never were.
    fn publish(&mut self, line: &mut Value) {
        let moment = self.random.moment();
        let (status, published, more) = match self.random.below(100) {
            0..6 => ("draft", None, None),
            6..10 => (
                "published",
                Some("2999-01-01T00:00:00.000Z".to_owned()),
                None,
            ),
            10..14 => ("withdrawn", Some(moment), Some("was_public")),
            14..16 => ("withdrawn", None, None),
            _ => ("published", Some(moment), None),
        };
        line["status"] = json!(status);
        if let Some(published) = published {
            line["published_at"] = json!(published);
        }
        if let Some(more) = more {
            line[more] = json!(true);
            line["reason"] = json!("The goats were never asked.");
        }
    }

    fn statement(&mut self, tongue: usize) -> Value {
        let created = self.random.moment();
        let updated = later(&mut self.random, &created);
        let mut line = json!({
            "id": self.random.uuid(), "quote": words(&mut self.random, tongue),
            "form": self.random.pick(&["direct", "indirect", "mixed"]), "attribution": self.chain(),
            "created_at": created, "updated_at": updated, "revision": 1 + self.random.below(3),
        });
        let random = &mut self.random;
        if random.percent(40) {
            line["said_at"] = json!(random.moment());
            line["said_precision"] = json!(random.pick(&["minute", "day"]));
        }
        if random.percent(10) {
            line["language"] = json!(random.pick(&LANGUAGES).0);
        }
        if random.percent(15) {
            line["origin"] = json!("extracted");
            line["confidence"] = json!(random.below(1_000) as f64 / 999.0);
        }
        match random.below(100) {
            0..4 => {
                line["status"] = json!("proposed");
                line["attribution"][0] =
                    json!({"role": "speaker", "unresolved": {"name": "Perhaps", "kind": "person"}});
            }
            4..6 => line["status"] = json!("rejected"),
            6..10 => {
                line["status"] = json!("retracted");
                line["was_public"] = json!(random.percent(50));
                line["note"] = json!("Nobody said so.");
            }
            _ => {}
        }
        line
    }

    fn chain(&mut self) -> Value {
        let mut chain = vec![self.mouth("speaker")];
        while self.random.percent(30) && chain.len() < 4 {
            chain.push(self.mouth("relay"));
        }
        while self.random.percent(45) && chain.len() < 6 {
            let outlet = self.refer("outlet");
            chain.push(
                json!({"role": "outlet", "outlet": outlet, "source_url": "https://wire.example/1"}),
            );
        }
        json!(chain)
    }

    fn mouth(&mut self, role: &str) -> Value {
        let mut hop = json!({"role": role});
        if self.random.percent(25) {
            hop["anonymous"] = json!({"label": "two goatherds", "count": 2});
        } else {
            hop["speaker"] = self.refer("speaker");
            if self.random.percent(30) {
                hop["as_named"] = json!("the captain");
                hop["cue"] = json!("said");
            }
        }
        hop
    }

    /// By its id, its slug, or a name that others may have too.
    fn refer(&mut self, thing: &str) -> Value {
        let records = match thing {
            "outlet" => &self.outlets,
            "speaker" => &self.speakers,
            _ => &self.tags,
        };
        let record = self.random.pick_early(records);
        let (member, value) = match self.random.below(100) {
            0..40 => ("id", &record["id"]),
            40..97 => ("slug", &record["slug"]),
            97..99 if !record["aliases"].is_null() => ("name", &record["aliases"][0]),
            _ => ("name", &record["name"]),
        };
        let reference: Map<String, Value> =
            [(member.to_owned(), value.clone())].into_iter().collect();
        Value::Object(reference)
    }

    fn tombstone(&mut self, number: usize) -> Value {
        let thing = *self.random.pick(&[
            "article",
            "article",
            "statement",
            "speaker",
            "outlet",
            "tag",
        ]);
        let mut line = json!({
            "type": "deleted", "thing": thing, "id": self.random.uuid(), "deleted_at": self.random.moment(),
            "was_public": self.random.percent(70),
        });
        if thing != "statement" {
            line["slugs"] = json!([format!("dead-{thing}-{number}"), self.random.uuid()]);
        }
        if self.random.percent(50) {
            line["reason"] = json!("By mistake.");
        }
        line
    }

    /// Lines that can be told to be wrong only by what is stored.
    fn wrong(&self, articles: &[Value]) -> Vec<Value> {
        let (one, other) = (&articles[0], &articles[1]);
        let fresh = json!({"language": "en", "title": "Wrong", "text": "Wrong.", "outlet": {"name": "Wrong"}});
        vec![
            json!({"type": "deleted", "thing": "article", "id": one["id"]}),
            and(
                &and(&fresh, "id", one["id"].clone()),
                "slug",
                other["slug"].clone(),
            ),
            and(&fresh, "outlet", json!({"id": one["id"]})),
            and(&fresh, "tags", json!([{"slug": "not-there"}])),
            and(
                &and(&fresh, "slug", "taken"),
                "former_slugs",
                json!([other["slug"]]),
            ),
        ]
    }
}
