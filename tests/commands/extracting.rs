//! `isnad extract` and `isnad import --extract`: articles in files.
use serde_json::Value;

use crate::program::Folder;

const TEXT: &str = "Goats board the night ferry

Bo Tower said that two goats may board.
";

const MARKDOWN: &str = "---
layout: post
---
# Goats board the *night* ferry

Bo Tower said that [two goats](https://ferry.example/goats)
may board.

- Ada Morrow said that the crew was tired.
- The crew slept.

```
Cy Code said that this is no text.
```
";

const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Goats board | Harbour Gazette</title>
<meta property="og:title" content="Goats board the night ferry"><meta property="og:site_name" content="Harbour Gazette">
<meta property="og:url" content="https://gazette.example/goats"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Goats board the night ferry</h1>
<p>The ferry left late on Tuesday, with a crew of nine and, as nobody had planned, two goats from the upper farm.</p>
<p>Bo&nbsp;Tower said that two goats may board, and that a third one would have to wait for the morning boat.</p>
<p>Ada Morrow said that the crew was tired after a long season, and that nobody had asked them about any goats.</p>
</article><footer>Copyright Harbour Gazette</footer><script>alert("Eve said that this is no text.")</script></body></html>"#;

fn extract(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let arguments = [&["extract", "--json"], arguments].concat();
    let out = folder.good(&arguments).out;
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn quotes(extracted: &Value) -> Vec<&str> {
    let statements = extracted["article"]["statements"].as_array().unwrap();
    statements
        .iter()
        .map(|statement| statement["quote"].as_str().unwrap())
        .collect()
}

#[test]
fn plain_text_markdown_and_pages_are_read_by_their_names() {
    let folder = Folder::new();
    folder.write("a.txt", TEXT);
    folder.write("b.md", MARKDOWN);
    folder.write("c.html", PAGE);
    let [text, markdown, page] = &extract(&folder, &["a.txt", "b.md", "c.html"])[..] else {
        panic!("one line a file");
    };
    assert_eq!(quotes(text), ["two goats may board"]);
    assert_eq!(
        quotes(markdown),
        ["two goats may board", "the crew was tired"]
    );
    for one in [text, markdown, page] {
        assert_eq!(one["article"]["title"], "Goats board the night ferry");
    }
    assert_eq!(page["article"]["language"], "en-GB");
    assert_eq!(page["article"]["outlet"]["name"], "Harbour Gazette");
    assert_eq!(quotes(page).len(), 2);
    assert!(!page.to_string().contains("Eve"), "{page}");
    assert!(!page.to_string().contains("Sport"), "{page}");
}

#[test]
fn standard_input_is_plain_text() {
    let folder = Folder::new();
    let run = folder.run_with_input(&["extract", "--json", "-"], TEXT);
    let extracted: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(quotes(&extracted), ["two goats may board"]);
}

#[test]
fn names_are_looked_up_where_a_database_is_given() {
    let folder = Folder::new();
    folder.write("a.txt", TEXT);
    folder.write(
        "bo.ndjson",
        r#"{"type": "speaker", "name": "Bo Tower", "slug": "bo"}"#,
    );
    folder.good(&["import", "--database", "a.db", "bo.ndjson"]);
    let extracted = extract(&folder, &["--database", "a.db", "a.txt"]);
    assert_eq!(extracted[0]["names"][0]["record"]["slug"], "bo");
    let extracted = extract(&folder, &["a.txt"]);
    assert_eq!(extracted[0]["names"][0].get("record"), None);
}

#[test]
fn an_import_stores_drafts_and_the_same_text_only_once() {
    let folder = Folder::new();
    folder.write("a.txt", TEXT);
    folder.write("untitled_text.md", "Bo Tower said that it rained.");
    let import = [
        "import",
        "--database",
        "a.db",
        "--extract",
        "--outlet",
        "Gazette",
        "a.txt",
        "untitled_text.md",
    ];
    let first = folder.good(&import);
    assert!(first.log.contains("2 created"), "{}", first.log);
    assert!(first.log.contains("2 articles are drafts"), "{}", first.log);
    assert!(
        first.log.contains("a.txt: 1 statements proposed"),
        "{}",
        first.log
    );
    let second = folder.good(&import);
    assert!(
        second.log.contains("0 created, 0 updated, 2 unchanged"),
        "{}",
        second.log
    );
    let exported = folder.good(&["export", "--database", "a.db"]).out;
    let titles: Vec<Value> = exported
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line.get("type").is_none())
        .map(|article| {
            assert_eq!(article["statements"][0]["status"], "proposed");
            assert_eq!(article["statements"][0]["origin"], "extracted");
            article["title"].clone()
        })
        .collect();
    assert!(titles.contains(&"untitled text".into()), "{titles:?}");
    folder.good(&["check", "--database", "a.db"]);
}

#[test]
fn a_file_that_cannot_be_stored_fails_alone_and_says_why() {
    let folder = Folder::new();
    folder.write("a.txt", TEXT);
    std::fs::write(folder.path("latin.txt"), b"caf\xe9").unwrap();
    folder.write("page.html", PAGE);
    let import = ["import", "--database", "a.db", "--extract"];
    let run = folder.run(
        &[
            &import[..],
            &["a.txt", "latin.txt", "none.txt", "page.html"],
        ]
        .concat(),
    );
    assert_eq!(run.code, Some(1), "{}", run.log);
    let errors = run.errors().join("\n");
    for words in [
        "a.txt: who published it",
        "latin.txt: it is not text in UTF-8",
        "cannot read none.txt",
        "3 files were not stored",
    ] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
    assert!(
        run.log.contains("1 created"),
        "the page says itself who published it: {}",
        run.log
    );
}

const GOLD: &str = r#"{"id":"a","lang":"en","text":"Bo Tower said that it rained. “Two goats may board,” said Ada Morrow.","quotes":[{"speaker":"Bo Tower","quote_start":19,"quote_end":28},{"speaker":"Ada Morrow","quote_start":31,"quote_end":51},{"speaker":"Cy","quote_start":0,"quote_end":8}]}
"#;

#[test]
fn the_figures_of_the_rules_are_printed_overall_and_by_rule() {
    let folder = Folder::new();
    folder.write("gold.jsonl", GOLD);
    let out = folder.good(&["extract", "--evaluate", "gold.jsonl"]).out;
    assert!(out.starts_with("docs 1  gold 3  predicted 2\n"), "{out}");
    assert!(
        out.contains("overlap+speaker        P 100.0  R  66.7  F1  80.0"),
        "{out}"
    );
    assert!(out.contains("by rule"), "{out}");
    let direct = ["extract", "--evaluate", "--kind", "direct", "gold.jsonl"];
    let out = folder.good(&direct).out;
    assert!(out.starts_with("docs 1  gold 1  predicted 1"), "{out}");
    let confidence = ["extract", "--evaluate", "--confidence", "gold.jsonl"];
    let out = folder.good(&confidence).out;
    assert!(out.contains("english | cue_then_clause"), "{out}");
}

#[test]
fn predictions_are_the_lines_that_were_read_with_quotes() {
    let folder = Folder::new();
    let line = r#"{"id":"a","source":"desk","text":"🐐 Bo Tower said that it rained."}"#;
    let run = folder.run_with_input(&["extract", "--predictions", "-"], line);
    let predicted: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(predicted["source"], "desk");
    let quote = &predicted["quotes"][0];
    assert_eq!(
        (&quote["quote_start"], &quote["quote_end"]),
        (&21.into(), &30.into())
    );
    assert_eq!(quote["speaker"], "Bo Tower");
    folder.write("wrong.jsonl", "{\"text\":\"x\"}\n{\"text\"");
    let run = folder.run(&["extract", "--predictions", "wrong.jsonl"]);
    run.refused(&["wrong.jsonl: line 2"]);
}

#[test]
fn a_page_and_a_table_show_each_statement() {
    let folder = Folder::new();
    folder.write("a.txt", TEXT);
    let table = folder.good(&["extract", "a.txt"]).out;
    for words in ["two goats may board", "Bo Tower", "cue_then_clause"] {
        assert!(table.contains(words), "{words}: {table}");
    }
    let page = folder.good(&["extract", "--html", "a.txt"]).out;
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("two goats may board"), "{page}");
    let run = folder.run(&["extract", "--html", "a.txt", "a.txt"]);
    run.refused(&["give one file"]);
}
