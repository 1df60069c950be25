//! What an editor does that the public must not notice, each thing through the writing API, and what it once noticed.
use actix_web::http::Method;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::ndjson;
use crate::support::keys::TestKey;
use crate::support::newsroom::HIDDEN;
use crate::support::{Article, TestApp, id, quote};

/// A newsroom's desk, with a key that may do everything.
pub struct Desk {
    pub app: TestApp,
    key: TestKey,
}

type Deed = (&'static str, fn(&Desk));

impl Desk {
    pub fn at(app: TestApp) -> Self {
        let name = format!("desk {}", app.sequences().all);
        let key = app.key_named(&name, Scope::Admin, None);
        Self { app, key }
    }

    /// Does every deed in turn; `after` each.
    pub fn act(&self, mut after: impl FnMut(&str)) {
        for (deed, act) in ARTICLES.iter().chain(&RECORDS).chain(&REST) {
            let before = self.app.sequences().all;
            act(self);
            self.app.tick();
            let wrote = self.app.sequences().all > before;
            assert_eq!(wrote, !deed.ends_with("(no write)"), "{deed}");
            after(deed);
        }
    }

    /// Publishes what is taken back: withdrawn, set back to draft, retracted, deleted, merged, purged.
    pub fn leave_a_past(&self) {
        for number in 950..956 {
            let said = said(number + 10, "published");
            let article = secret(number, &format!("once-{number}"))
                .published("2026-03-02T08:00:00Z")
                .with("statements", json!([said, retracted(number + 100)]));
            self.post("/v1/articles", article.line());
        }
        let unused = json!({"id": id(989), "slug": "once-tag", "name": "Once"});
        self.post("/v1/tags", unused);
        self.patch(&article(950), json!({"slug": "once-renamed"}));
        let withdrawn = json!({"status": "withdrawn", "reason": "The goats objected."});
        self.patch(&article(950), withdrawn);
        self.patch(&article(951), json!({"status": "draft"}));
        let retracted = json!({"status": "retracted", "note": "Nobody said so."});
        self.patch(&statement(962), retracted);
        self.patch(&article(952), json!({"status": "withdrawn"}));
        self.delete(&article(953), "?reason=By mistake.");
        self.delete(&article(954), "?purge=true");
        let later = json!({"published_at": "2999-01-01T00:00:00Z"});
        self.patch(&article(955), later);
    }

    fn post(&self, uri: &str, body: Value) -> Value {
        let response = self.app.post(uri, body).by(&self.key).send();
        assert!(response.status < 300, "{uri}: {}", response.text());
        response.json()
    }

    fn revision(&self, uri: &str) -> i64 {
        self.app.json_by(&self.key, uri)["revision"]
            .as_i64()
            .unwrap()
    }

    fn patch(&self, uri: &str, patch: Value) {
        let patch = self.app.patch(uri, patch).by(&self.key);
        patch.of_revision(self.revision(uri)).taken(200);
    }

    /// Accepts or rejects what is called at the end of the address.
    fn review(&self, uri: &str, body: Value) {
        let (thing, _) = uri.rsplit_once('/').unwrap();
        let thing = thing.trim_end_matches("/statements");
        let review = self.app.post(uri, body).by(&self.key);
        review.of_revision(self.revision(thing)).taken(200);
    }

    fn delete(&self, uri: &str, query: &str) {
        let delete = self.app.delete(&format!("{uri}{query}")).by(&self.key);
        delete.of_revision(self.revision(uri)).done();
    }
}

fn article(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

fn statement(number: u32) -> String {
    format!("/v1/statements/{}", id(number))
}

/// An article about the same as public ones, by the same, at the same time, and about what nothing else names.
fn secret(number: u32, slug: &str) -> Article {
    Article::new(&format!("secret-{slug}-{HIDDEN}"))
        .with("id", id(number))
        .with("outlet", json!({"slug": "lantern"}))
        .with("translation_group", id(500))
        .with(
            "tags",
            json!([{"slug": "ferries"}, {"name": format!("Tag of {slug} {HIDDEN}")}]),
        )
}

/// Said by one whom the public knows, through one whom only this names.
fn said(number: u32, status: &str) -> Value {
    json!({"id": id(number), "quote": format!("{status} {HIDDEN}"), "form": "direct", "status": status,
    "said_at": "2020-01-01T00:00:00Z", "said_precision": "day", "attribution": [
        {"role": "speaker", "speaker": {"slug": "ada-quill"}},
        {"role": "relay", "speaker": {"name": format!("Relay {HIDDEN}")}},
        {"role": "outlet", "outlet": {"slug": "kestrel"}},
    ]})
}

fn retracted(number: u32) -> Value {
    let mut said = said(number, "retracted");
    said["note"] = json!(format!("Note {HIDDEN}"));
    said
}

/// What a rule found: names that nobody has looked up, one of them the public's.
fn extracted(number: u32) -> Value {
    json!({"id": id(number), "quote": format!("maybe {number}"), "form": "direct", "status": "proposed",
    "origin": "extracted", "confidence": 0.5, "rule": HIDDEN, "attribution": [
        {"role": "speaker", "unresolved": {"name": "Odo Marl", "kind": "person"}, "as_named": format!("Odo {HIDDEN}")},
        {"role": "relay", "unresolved": {"name": format!("Found {HIDDEN}"), "kind": "organisation"}},
        {"role": "outlet", "unresolved": {"name": format!("Found Wire {HIDDEN}"), "kind": "outlet"}},
    ]})
}

/// A draft with statements of every status.
fn draft() -> Article {
    let statements = [
        said(910, "published"),
        said(911, "rejected"),
        said(912, "proposed"),
        retracted(913),
        extracted(914),
        extracted(915),
        extracted(916),
    ];
    secret(900, "draft")
        .draft()
        .with("statements", json!(statements))
}

const ARTICLES: [Deed; 22] = [
    ("a draft is posted", |desk| {
        let post = desk.app.post("/v1/articles", draft().line());
        post.by(&desk.key)
            .with("Idempotency-Key", "once")
            .taken(201);
    }),
    ("it is posted again (no write)", |desk| {
        let post = desk.app.post("/v1/articles", draft().line());
        post.by(&desk.key)
            .with("Idempotency-Key", "once")
            .taken(201);
    }),
    ("a draft is put", |desk| {
        let put = desk.app.put(&article(901), secret(901, "put").draft());
        put.by(&desk.key).taken(201);
    }),
    ("an article is scheduled", |desk| {
        let said = json!([said(920, "published")]);
        let article = secret(902, "scheduled").with("statements", said);
        desk.post(
            "/v1/articles",
            article.published("2999-01-01T00:00:00Z").line(),
        );
    }),
    ("it is rescheduled", |desk| {
        desk.patch(
            &article(902),
            json!({"published_at": "2998-01-01T00:00:00Z"}),
        );
    }),
    ("a draft is edited and renamed", |desk| {
        desk.patch(
            &article(900),
            json!({"title": "The goats of Ada Quill", "slug": format!("renamed-{HIDDEN}"), "summary": HIDDEN}),
        );
    }),
    ("a statement is added to a draft", |desk| {
        desk.post(
            &format!("{}/statements", article(900)),
            said(930, "published"),
        );
    }),
    ("a proposal is added to a draft", |desk| {
        desk.post(
            &format!("{}/statements", article(900)),
            said(931, "proposed"),
        );
    }),
    ("a draft's statement is changed", |desk| {
        desk.patch(
            &statement(930),
            json!({"said_at": null, "said_precision": null, "speaker": {"slug": "odo-marl"}}),
        );
    }),
    ("a draft's statement is retracted", |desk| {
        desk.patch(
            &statement(910),
            json!({"status": "retracted", "note": HIDDEN}),
        );
    }),
    ("a draft's statement is deleted", |desk| {
        desk.delete(&statement(930), "?reason=no");
    }),
    ("a draft's statement is purged", |desk| {
        desk.delete(&statement(931), "?purge=true");
    }),
    ("a draft's proposal is rejected", |desk| {
        desk.review(
            &format!("{}/reject", statement(914)),
            json!({"note": HIDDEN}),
        );
    }),
    ("a draft's proposal is accepted", |desk| {
        desk.review(
            &format!("{}/accept", statement(915)),
            json!({"note": HIDDEN}),
        );
    }),
    ("what was rejected is accepted", |desk| {
        desk.review(&format!("{}/accept", statement(914)), json!({}));
    }),
    ("all that a draft proposes is accepted", |desk| {
        desk.review(&format!("{}/statements/accept", article(900)), json!({}));
    }),
    ("a draft is restored", |desk| {
        let uri = format!("{}/revisions/1/restore", article(900));
        let restore = desk.app.write(Method::POST, &uri, "").by(&desk.key);
        restore.of_revision(desk.revision(&article(900))).taken(200);
    }),
    ("a draft is withdrawn", |desk| {
        desk.patch(
            &article(901),
            json!({"status": "withdrawn", "reason": HIDDEN}),
        );
    }),
    ("a scheduled article is set back", |desk| {
        desk.patch(&article(902), json!({"status": "draft"}));
    }),
    ("a draft is deleted", |desk| {
        desk.delete(&article(901), &format!("?reason={HIDDEN}"));
    }),
    ("a draft is purged", |desk| {
        desk.post("/v1/articles", secret(903, "purged").draft().line());
        desk.delete(&article(903), "?purge=true");
    }),
    ("what was public once is edited", |desk| {
        for number in [950, 951, 955] {
            desk.patch(
                &article(number),
                json!({"title": format!("Other {HIDDEN}")}),
            );
        }
        desk.post(
            &format!("{}/statements", article(951)),
            said(980, "published"),
        );
    }),
];

/// The hidden records that the deeds are about: of the same names as public ones.
fn record(things: &str, number: u32) -> String {
    format!("/v1/{things}/{}", id(number))
}

const RECORDS: [Deed; 8] = [
    ("who is named by proposals alone is renamed", |desk| {
        for unpublished in ["rejected", "retracted"] {
            let uri = format!("/v1/speakers/someone-{unpublished}-{HIDDEN}");
            desk.patch(&uri, json!({"name": format!("Someone else {unpublished}")}));
        }
        desk.patch(
            &format!("/v1/outlets/a-leak-{HIDDEN}"),
            json!({"name": "The Lantern"}),
        );
    }),
    ("who is named by proposals alone is merged", |desk| {
        let uri = format!("/v1/speakers/someone-rejected-{HIDDEN}/merge");
        desk.post(&uri, json!({"into": format!("someone-retracted-{HIDDEN}")}));
    }),
    (
        "records are made that have the names of public ones",
        |desk| {
            for (things, number, name) in [
                ("speakers", 970, "Ádà Quill"),
                ("speakers", 971, "ADA QUILL"),
                ("outlets", 972, "Sarmila Lantern"),
                ("outlets", 973, "The Sarmila Lantern"),
                ("tags", 974, "ferries"),
                ("tags", 975, "Ferries"),
            ] {
                let slug = format!("{HIDDEN}-{number}");
                let record = json!({"id": id(number), "slug": slug, "name": name, "names": {"ar": "نورة السامر"}});
                desk.post(&format!("/v1/{things}"), record);
            }
        },
    ),
    ("hidden records are renamed", |desk| {
        for (things, number) in [("speakers", 970), ("outlets", 972), ("tags", 974)] {
            let renamed = json!({"name": "Captain Quill", "slug": format!("ada-{HIDDEN}"), "names": {"fr": "Ferrys"}});
            desk.patch(&record(things, number), renamed);
        }
    }),
    ("a draft names them", |desk| {
        let mut said = said(940, "published");
        said["attribution"][1]["speaker"] = json!({"id": id(970)});
        said["attribution"][2]["outlet"] = json!({"id": id(972)});
        let draft = secret(904, "names").draft();
        let draft = draft.with("tags", json!([{"id": id(974)}, {"slug": "goats"}]));
        desk.post(
            "/v1/articles",
            draft.with("statements", json!([said])).line(),
        );
    }),
    ("hidden records are merged", |desk| {
        for (things, from, into) in [
            ("speakers", 970, 971),
            ("outlets", 972, 973),
            ("tags", 974, 975),
        ] {
            let uri = format!("{}/merge", record(things, from));
            desk.post(&uri, json!({"into": id(into)}));
        }
    }),
    ("a tag is taken off a draft and deleted", |desk| {
        desk.delete(&record("tags", 975), "?detach=true&reason=no");
    }),
    ("hidden records are deleted", |desk| {
        desk.patch(
            &statement(940),
            json!({"attribution": [{"role": "speaker", "speaker": {"slug": "mayor"}}]}),
        );
        desk.delete(&record("speakers", 971), &format!("?reason={HIDDEN}"));
        desk.delete(&record("outlets", 973), "");
    }),
];

const REST: [Deed; 4] = [
    ("previews are made (no write)", |desk| {
        for number in [900, 902, 950, 951] {
            desk.post(&format!("{}/preview", article(number)), json!({}));
        }
    }),
    ("a preview is revoked (no write)", |desk| {
        let made = desk.post(&format!("{}/preview", article(900)), json!({}));
        let uri = format!("{}/preview/{}", article(900), made["id"].as_str().unwrap());
        let revoked = desk.app.delete(&uri).by(&desk.key).send();
        assert_eq!(revoked.status, 204, "{}", revoked.text());
    }),
    ("keys are made and revoked (no write)", |desk| {
        let made = desk.post("/v1/keys", json!({"name": HIDDEN, "scope": "read"}));
        let uri = format!("/v1/keys/{}", made["prefix"].as_str().unwrap());
        let revoked = desk.app.delete(&uri).by(&desk.key).send();
        assert_eq!(revoked.status, 204, "{}", revoked.text());
    }),
    ("drafts are imported", |desk| {
        let record =
            json!({"type": "speaker", "id": id(985), "name": format!("Imported {HIDDEN}")});
        let draft = secret(905, "imported").draft();
        let statement = quote("two goats aboard", "Ada Penn");
        let lines = ndjson(&[record, draft.statement(statement).line()]);
        let import = desk.app.write(Method::POST, "/v1/import", lines);
        let import = import
            .with("Content-Type", "application/x-ndjson")
            .by(&desk.key);
        assert_eq!(import.send().status, 200);
    }),
];
