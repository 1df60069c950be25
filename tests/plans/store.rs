//! A store of a few hundred rows, so that plans are what they would be.
use serde_json::{Value, json};

use crate::support::article::anonymous;
use crate::support::{Article, TestApp, id, quote};

const PEOPLE: [&str; 3] = ["Ann Bell", "بو الجرس", "Cy Gable"];
const TAGS: [&str; 3] = ["Ferries", "Goats", "مياه"];

pub fn article(n: u32) -> Article {
    let at = |names: [&'static str; 3], step: u32| names[(n / step % 3) as usize];
    let chain = json!([
        {"role": "speaker", "speaker": {"name": at(PEOPLE, 1)}},
        {"role": "relay", "speaker": {"name": at(PEOPLE, 3)}},
        {"role": "outlet", "outlet": {"name": "Kestrel Wire"}},
    ]);
    Article::new(&format!("article-{n}"))
        .with("id", id(n))
        .with("language", ["en", "ar-EG", "fr"][(n % 3) as usize])
        .with("outlet", json!({"name": format!("Outlet {}", n % 5), "language": "en", "country": "XS"}))
        .with("translation_group", id(5_000 + n / 2))
        .with("references", json!([{"type": "guid", "value": n.to_string()}]))
        .published(&format!("2026-03-{:02}T08:{:02}:00Z", n % 28 + 1, n % 60))
        .tags(&[at(TAGS, 1), at(TAGS, 3)])
        .statement(json!({"quote": format!("words {n}"), "form": "direct", "attribution": chain, "said_at": "2026-02-01T00:00:00Z"}))
        .statement(quote("The ferry left the island", at(PEOPLE, 5)))
        .statement(anonymous("two goats aboard", "a goatherd"))
}

pub fn store() -> TestApp {
    let app = TestApp::on_sqlite();
    let drafts = (400..420).map(|n| article(n).draft().line());
    let articles: Vec<Value> = (0..300).map(|n| article(n).line()).chain(drafts).collect();
    app.store(&articles);
    app
}
