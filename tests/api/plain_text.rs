//! Plain text instead of blocks: what each of its lines becomes.
use crate::support::{Article, TestApp};

/// The body that plain text becomes, as `type text`.
fn blocks(text: &str) -> Vec<String> {
    let app = TestApp::with(&[Article::new("one").with("text", text).line()]);
    let item = app.json("/v1/articles/one");
    let blocks = item["body"].as_array().unwrap().iter();
    blocks
        .map(|block| {
            let kind = block["type"].as_str().unwrap();
            assert!(kind != "heading" || block["level"] == 2, "{block}");
            format!("{kind} {}", block["text"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn plain_text_becomes_one_block_a_line() {
    assert_eq!(blocks("One.\nTwo."), ["paragraph One.", "paragraph Two."]);
    assert_eq!(
        blocks("  One.  \r\n\r\n \t \nTwo.\n"),
        ["paragraph One.", "paragraph Two."]
    );
    assert_eq!(blocks(""), Vec::<String>::new());
}

#[test]
fn a_short_line_before_a_longer_one_is_a_heading() {
    let long = "A line that is longer than the one above it.";
    for heading in [
        "Goats",
        "رسالة من الوزيرة",
        "Goats,",
        "Goats; and more",
        "2026",
        "Goats -",
    ] {
        let found = blocks(&format!("{heading}\n\n{long}"));
        assert_eq!(
            found,
            [format!("heading {heading}"), format!("paragraph {long}")]
        );
    }
    for sentence in [
        "Goats.",
        "Goats!",
        "Goats?",
        "ماعز؟",
        "Goats…",
        "Goats:",
        "“Goats”",
        "«ماعز»",
        "(Goats)",
        "\"Goats\"",
        "‘Goats’",
        "[1]",
    ] {
        let found = blocks(&format!("{sentence}\n{long}"));
        assert_eq!(found[0], format!("paragraph {sentence}"));
    }
    assert_eq!(blocks("Goats")[0], "paragraph Goats", "nothing follows");
    assert_eq!(
        blocks("Goats\nSheep")[0],
        "paragraph Goats",
        "nothing longer follows"
    );
    assert_eq!(blocks("Goats\nSheeps")[0], "heading Goats");
    assert_eq!(blocks("One\nThree\nThirteen")[1], "heading Three");
}

#[test]
fn a_heading_has_at_most_100_characters() {
    let (short, long) = ("ع".repeat(100), "ع".repeat(101));
    let next = "ع".repeat(150);
    assert_eq!(
        blocks(&format!("{short}\n{next}"))[0],
        format!("heading {short}")
    );
    assert_eq!(
        blocks(&format!("{long}\n{next}"))[0],
        format!("paragraph {long}")
    );
}
