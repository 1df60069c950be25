//! A small newsroom's store: many ties, several languages, and things that nobody may see.
use serde_json::{Value, json};

use super::article::{Article, and, anonymous, id, outlet, quote, speaker, tag};

/// A word that stands in everything hidden and in nothing else.
pub const HIDDEN: &str = "xyloquartz";

/// The reason and the note that are told of what was public once.
pub const REASON: &str = "The goats were never asked.";
pub const NOTE: &str = "The harbour master says he was in bed.";

pub fn newsroom() -> Vec<Value> {
    [names(), articles(), hidden()].concat()
}

fn names() -> Vec<Value> {
    let outlets = [
        json!({"type": "outlet", "slug": "lantern", "name": "The Sarmila Lantern", "former_slugs": ["old-lantern"],
            "names": {"ar": "فانوس سرميلا"}, "aliases": ["Lampadaire"], "url": "https://lantern.example/", "country": "XS",
            "language": "en"}),
        json!({"type": "outlet", "slug": "صدى-المرج", "name": "صدى المرج", "names": {"en": "Meadow Echo"}, "country": "XM",
            "language": "ar-EG"}),
        json!({"type": "outlet", "slug": "صدى-المرج-ب", "name": "صَدَى المَرْج", "country": "XM", "language": "ar"}),
        json!({"type": "outlet", "slug": "vent-du-lac", "name": "Vent du Lac", "country": "XL", "language": "fr"}),
        json!({"type": "outlet", "slug": "kestrel", "name": "Kestrel Wire", "country": "XS", "language": "en-GB"}),
        outlet("the-gull", "The Gull"),
    ];
    let speakers = [
        json!({"type": "speaker", "slug": "ada-quill", "name": "Ada Quill", "former_slugs": ["ada-penn"],
            "names": {"ar": "آدا كويل"}, "aliases": ["Captain Quill"], "description": "Master of the ferry Heron.",
            "references": [{"type": "registry", "value": "heron/1"}]}),
        speaker("نورة-السامر", "نورة السامر"),
        speaker("نورة-السامر-ب", "نُورَه السَّامِر"),
        json!({"type": "speaker", "slug": "lake-union", "name": "Union of Lake Rowers", "kind": "organisation"}),
        json!({"type": "speaker", "slug": "mayor", "name": "Office of the Mayor", "kind": "office"}),
        json!({"type": "speaker", "slug": "kestrel", "name": "Kestrel Trust", "kind": "organisation"}),
        speaker("odo-marl", "Odo Marl"),
    ];
    let tags = [
        json!({"type": "tag", "slug": "ferries", "name": "Ferries", "names": {"ar": "عبّارات", "fr": "Ferrys"},
            "former_slugs": ["boats"]}),
        tag("مياه", "مياه"),
        tag("مياه-ب", "ميـاه"),
        json!({"type": "tag", "slug": "sarmila", "name": "Sarmila", "kind": "place"}),
        json!({"type": "tag", "slug": "regatta", "name": "Regatta", "kind": "event"}),
        tag("goats", "Goats"),
    ];
    let numbered = |from: u32, lines: &[Value]| -> Vec<Value> {
        (from..)
            .zip(lines)
            .map(|(n, line)| and(line, "id", id(n)))
            .collect()
    };
    [
        numbered(200, &outlets),
        numbered(300, &speakers),
        numbered(400, &tags),
    ]
    .concat()
}

fn articles() -> Vec<Value> {
    let article = |n: u32, published: &str, updated: &str, language: &str, outlet: &str| {
        // The ids run in another order than the moments.
        Article::new(&format!("piece-{n}"))
            .with("id", id(100 + n * 5 % 8))
            .with("language", language)
            .with("outlet", json!({"slug": outlet}))
            .with("created_at", "2026-01-01T00:00:00Z")
            .with("updated_at", format!("{updated}T12:00:00Z"))
            .published(&format!("{published}T08:00:00Z"))
    };
    let tags =
        |slugs: &[&str]| -> Value { slugs.iter().map(|slug| json!({"slug": slug})).collect() };
    let group = id(500);
    vec![
        article(0, "2026-03-01", "2026-05-01", "en", "lantern")
            .with("tags", tags(&["ferries", "sarmila", "goats"]))
            .with("translation_group", group.clone())
            .with("summary", "A ferry, two goats, one captain.")
            .paragraphs(&["Captain Ada Quill said: “The goats paid.” Odo Marl laughed."])
            .statement(said(
                quote("The goats paid.", "Ada Quill"),
                "2026-02-28T10:00:00Z",
            ))
            .statement(anonymous(
                "the captain had been seen to smile",
                "a passenger",
            ))
            .line(),
        article(1, "2026-03-01", "2026-05-02", "ar", "صدى-المرج")
            .with("title", "العبّارة تصل")
            .with("tags", tags(&["ferries", "مياه"]))
            .with("translation_group", group)
            .paragraphs(&["قالت نورة السامر: «وصلت العبّارة»، بحسب كسترل."])
            .statement(said(
                chain("وصلت العبّارة", "نورة-السامر", Some("kestrel")),
                "2026-02-28T10:00:00Z",
            ))
            .line(),
        article(2, "2026-03-02", "2026-05-02", "ar-EG", "صدى-المرج")
            .with("title", "سباق القوارب")
            .with("tags", tags(&["regatta", "مياه-ب"]))
            .paragraphs(&["واحد، اثنان، ثلاثة، أربعة، خمسة، ستة، سبعة."])
            .statement(said(
                chain("واحد", "نورة-السامر-ب", Some("kestrel")),
                "2026-02-01T10:00:00Z",
            ))
            .statement(said(
                chain("اثنان", "نورة-السامر-ب", None),
                "2026-02-01T10:00:00Z",
            ))
            .statement(chain("ثلاثة", "lake-union", Some("lantern")))
            .statement(relayed("أربعة", "mayor", "odo-marl"))
            .statement(anonymous("خمسة", "مجدّف"))
            .statement(and(&chain("ستة", "kestrel", None), "form", "mixed"))
            .statement(and(&chain("سبعة", "lake-union", None), "language", "en"))
            .line(),
        article(3, "2026-03-02", "2026-05-02", "fr", "vent-du-lac")
            .with("tags", tags(&["regatta", "sarmila"]))
            .statement(chain("Nous ramerons.", "lake-union", Some("kestrel")))
            .statement(anonymous("un rameur a perdu sa rame", "deux témoins"))
            .line(),
        article(4, "2026-03-02", "2026-05-03", "en", "the-gull").line(),
        article(5, "2026-03-03", "2026-05-03", "en-GB", "lantern")
            .with("tags", tags(&["goats"]))
            .statement(relayed("The goats may stay.", "mayor", "ada-quill"))
            .line(),
        article(6, "2026-03-04", "2026-05-01", "ar", "صدى-المرج-ب")
            .with("tags", tags(&["مياه", "sarmila"]))
            .line(),
        article(7, "2026-03-04", "2026-05-04", "en", "lantern")
            .with("tags", tags(&["ferries"]))
            .statement(said(
                quote("Never again.", "Ada Quill"),
                "2026-03-03T23:59:59.999Z",
            ))
            .statement(chain("We shall row.", "lake-union", None))
            .line(),
    ]
}

fn said(statement: Value, at: &str) -> Value {
    let statement = and(&statement, "said_at", at);
    and(&statement, "said_precision", "minute")
}

/// Said by a speaker, credited to an outlet or to none.
fn chain(words: &str, speaker: &str, credited: Option<&str>) -> Value {
    let mut attribution = vec![json!({"role": "speaker", "speaker": {"slug": speaker}})];
    attribution.extend(credited.map(|slug| json!({"role": "outlet", "outlet": {"slug": slug}})));
    json!({"quote": words, "form": "direct", "attribution": attribution})
}

/// Said by a speaker, passed on by another, credited to the wire.
fn relayed(words: &str, speaker: &str, relay: &str) -> Value {
    json!({"quote": words, "form": "indirect", "attribution": [
        {"role": "speaker", "speaker": {"slug": speaker}, "as_named": "the town hall", "cue": "let it be known"},
        {"role": "relay", "speaker": {"slug": relay}},
        {"role": "outlet", "outlet": {"slug": "kestrel"}, "source_url": "https://kestrel.example/1"},
    ]})
}

/// What nobody may see: each of these has the hidden word in it, and names that nothing else refers to.
pub fn hidden() -> Vec<Value> {
    let marked = |what: &str| format!("{what} {HIDDEN}");
    let article = |slug: &str| {
        Article::new(&format!("{slug}-{HIDDEN}"))
            .with("outlet", json!({"name": marked("The Unlit")}))
            .with("summary", marked("A summary of"))
            .tags(&[&marked("Tag")])
            .paragraphs(&[&marked("A paragraph on")])
            .statement(json!({"quote": marked("words on"), "form": "direct", "note": marked("note"), "attribution": [
                {"role": "speaker", "speaker": {"name": marked("Voice")}, "as_named": marked("the voice")},
                {"role": "relay", "speaker": {"name": marked("Relay"), "slug": format!("relay-{HIDDEN}")}},
                {"role": "outlet", "outlet": {"name": marked("Wire")}},
            ]}))
    };
    vec![
        json!({"type": "speaker", "id": id(350), "name": marked("Nobody"), "aliases": ["Ada Quill"]}),
        json!({"type": "outlet", "id": id(250), "name": marked("Nothing"), "aliases": ["The Gull"]}),
        json!({"type": "tag", "id": id(450), "name": marked("Nowhere"), "names": {"fr": "Ferries"}}),
        article("draft")
            .with("id", id(150))
            .with("translation_group", id(500))
            .with("references", json!([{"type": "guid", "value": HIDDEN}]))
            .draft()
            .line(),
        article("future")
            .with("id", id(151))
            .with("translation_group", id(500))
            .published("2999-01-01T00:00:00Z")
            .line(),
        article("withdrawn")
            .with("id", id(152))
            .with("status", "withdrawn")
            .with("was_public", true)
            .with("reason", REASON)
            .line(),
        article("never-public")
            .with("id", id(153))
            .with("status", "withdrawn")
            .with("reason", marked("Reason"))
            .line(),
        with_hidden_statements(&marked),
    ]
}

/// A visible article whose statements are all hidden but one.
fn with_hidden_statements(marked: &dyn Fn(&str) -> String) -> Value {
    let hidden = |number: u32, status: &str| {
        json!({"id": id(number), "quote": marked(status), "form": "direct", "status": status,
            "speaker": {"name": marked(&format!("Someone {status}"))}, "outlet": {"name": marked("A leak")}})
    };
    let proposed = json!({"id": id(160), "quote": marked("maybe"), "form": "direct", "status": "proposed",
        "origin": "extracted", "confidence": 0.5, "rule": HIDDEN,
        "attribution": [{"role": "speaker", "unresolved": {"name": marked("Perhaps"), "kind": "person"}}]});
    let retracted = and(&hidden(163, "retracted"), "was_public", true);
    Article::new("piece-8")
        .with("id", id(108))
        .with("created_at", "2026-01-01T00:00:00Z")
        .with("updated_at", "2026-05-05T12:00:00Z")
        .published("2026-03-05T08:00:00Z")
        .statement(quote("One goat is enough.", "Odo Marl"))
        .statement(proposed)
        .statement(hidden(161, "rejected"))
        .statement(hidden(162, "retracted"))
        .statement(and(&retracted, "note", NOTE))
        .line()
}
