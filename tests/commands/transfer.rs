//! `isnad import`, `export`, `check`, `openapi`.
use std::fs;
use std::io::{BufRead, BufReader};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use serde_json::json;

use crate::program::{Folder, Run, article};

const SAMPLES: &str = include_str!("../../src/samples/samples.ndjson");

#[test]
fn the_document_that_is_printed_is_the_committed_one() {
    let committed =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json"));
    let run = Folder::new().good(&["openapi"]);
    assert_eq!(run.out, committed.unwrap_or_default());
    assert_eq!(run.log, "");
}

#[test]
fn an_import_says_what_it_did() {
    let folder = Folder::new();
    let mut draft = article("draft");
    draft["status"] = "draft".into();
    let mut unkeyed = article("unkeyed");
    unkeyed.as_object_mut().unwrap().remove("slug");
    folder.write_lines("news.ndjson", &[article("one"), draft, unkeyed]);
    let run = folder.good(&["import", "news.ndjson"]);
    assert!(
        run.log
            .contains("3 created, 0 updated, 0 unchanged, 0 failed"),
        "{}",
        run.log
    );
    assert!(
        run.log.contains("1 article") && run.log.contains("draft"),
        "{}",
        run.log
    );
    assert!(folder.path("isnad.db").exists());
    folder.write_lines("again.ndjson", &[article("one")]);
    let run = folder.good(&["import", "again.ndjson"]);
    assert!(run.log.contains("1 unchanged"), "{}", run.log);
    folder.good(&["check"]);
}

#[test]
fn an_import_that_is_much_of_the_store_leaves_an_index_of_one_segment() {
    #[derive(QueryableByName)]
    struct Segments {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let folder = Folder::new();
    let segments = || -> i64 {
        let url = folder.path("isnad.db");
        let mut conn = SqliteConnection::establish(url.to_str().unwrap()).unwrap();
        let query = "SELECT count(DISTINCT segid) AS number FROM article_terms_idx";
        let segments: Segments = sql_query(query).get_result(&mut conn).unwrap();
        segments.number
    };
    let import = |slugs: std::ops::Range<u32>| {
        let articles: Vec<_> = slugs.map(|n| article(&format!("a-{n}"))).collect();
        folder.write_lines("news.ndjson", &articles);
        folder.good(&["import", "news.ndjson"]);
    };
    // Three transactions.
    import(0..300);
    assert_eq!(segments(), 1);
    import(300..301);
    assert_eq!(segments(), 2, "one of 301 is not worth it");
    folder.good(&["reindex"]);
    assert_eq!(segments(), 1);
    folder.good(&["check"]);
}

#[test]
fn a_wrong_line_is_named_by_file_and_number_and_fails_the_import() {
    let folder = Folder::new();
    folder.write_lines("good.ndjson", &[article("one")]);
    let wrong = json!({"slug": "x", "titel": "y"});
    folder.write_lines(
        "bad.ndjson",
        &[
            article("two"),
            wrong,
            article("three"),
            json!({"language": "en"}),
        ],
    );
    let run = folder.run(&["import", "good.ndjson", "bad.ndjson"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.log.contains("bad.ndjson:2: ") && run.log.contains("titel"),
        "{}",
        run.log
    );
    assert!(run.log.contains("bad.ndjson:4: "), "{}", run.log);
    assert!(run.log.contains("2 lines were not stored"), "{}", run.log);
    assert!(run.log.contains("3 created"), "{}", run.log);
    assert_eq!(
        folder.good(&["export"]).out.lines().count(),
        5,
        "two names and three articles"
    );
}

#[test]
fn a_strict_import_stops_at_the_first_wrong_line() {
    let folder = Folder::new();
    folder.write_lines("bad.ndjson", &[article("one"), json!({}), article("two")]);
    folder.write_lines("good.ndjson", &[article("three")]);
    let run = folder.run(&["import", "--strict", "bad.ndjson", "good.ndjson"]);
    assert_eq!(run.code, Some(1));
    assert!(run.log.contains("bad.ndjson:2: "), "{}", run.log);
    let export = folder.good(&["export"]).out;
    assert!(
        export.contains("\"one\"") && !export.contains("\"two\"") && !export.contains("\"three\"")
    );
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = Folder::new();
    let run = folder.run_with_input(&["import", "-"], &format!("{}\nwrong\n", article("one")));
    assert_eq!(run.code, Some(1));
    assert!(
        run.log.contains("1 created") && run.log.contains("-:2: "),
        "{}",
        run.log
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new();
    folder
        .run(&["import", "none.ndjson"])
        .refused(&["none.ndjson"]);
    fs::create_dir(folder.path("news")).unwrap();
    folder
        .run(&["import", "news"])
        .refused(&["news", "directory"]);
    assert_eq!(
        folder.run(&["import"]).code,
        Some(2),
        "there is nothing to import"
    );
}

#[test]
fn an_export_comes_back_the_same() {
    let folder = Folder::new();
    folder.write("samples.ndjson", SAMPLES);
    folder.good(&["import", "samples.ndjson"]);
    let run = folder.good(&["export", "first.ndjson"]);
    assert_eq!(run.out, "");
    let first = folder.read("first.ndjson");
    assert_eq!(folder.good(&["export"]).out, first);
    folder.good(&["import", "--database", "second.db", "first.ndjson"]);
    folder.good(&["export", "--database", "sqlite:second.db", "second.ndjson"]);
    assert_eq!(folder.read("second.ndjson"), first);
    folder
        .run(&["export", "none/first.ndjson"])
        .refused(&["none/first.ndjson"]);
}

#[test]
fn an_export_whose_reader_goes_away_ends_quietly() {
    let folder = Folder::new();
    folder.write("samples.ndjson", SAMPLES);
    folder.good(&["import", "samples.ndjson"]);
    let mut child = folder.command(&["export"]).spawn().unwrap();
    let mut line = String::new();
    let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
    reader.read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    drop(reader);
    let run = Run::of(child.wait_with_output().unwrap());
    assert!(!run.log.contains("panicked"), "{}", run.log);
    assert_ne!(run.code, Some(101));
    assert!(run.errors().len() <= 1, "{}", run.log);
}

#[test]
fn a_sound_store_passes_the_check() {
    let folder = Folder::new();
    folder.write("samples.ndjson", SAMPLES);
    folder.good(&["import", "samples.ndjson"]);
    let run = folder.good(&["check"]);
    assert!(run.log.contains("sound"), "{}", run.log);
}

#[test]
fn a_store_that_was_tampered_with_fails_the_check() {
    for (what, sql) in [
        (
            "a document",
            "UPDATE articles SET item_json = replace(item_json, 'Title', 'Tilte') WHERE visible",
        ),
        ("a column", "UPDATE articles SET title = 'Another'"),
        (
            "a statement's document",
            "UPDATE statements SET item_json = '{}'",
        ),
        (
            "a count",
            "UPDATE entities SET article_count = article_count + 1",
        ),
        ("a name's visibility", "UPDATE entities SET visible = 0"),
        (
            "a missing posting",
            "DELETE FROM article_postings WHERE facet = 1",
        ),
        (
            "a posting too many",
            "INSERT INTO statement_postings VALUES (1, 0, 5, x'00000000000000000000000000000000', 1)",
        ),
        ("a spelling", "DELETE FROM entity_spellings"),
        ("a quote", "UPDATE statements SET quote = 'Three goats'"),
        (
            "an anchor",
            "UPDATE statements SET anchor = replace(anchor, '\"start\":0', '\"start\":1')",
        ),
        ("a position", "UPDATE statements SET position = 5"),
        ("a sequence", "UPDATE articles SET sequence = 1000"),
        (
            "a sort key",
            "UPDATE articles SET published_key = published_key + 1",
        ),
        (
            "a statement count",
            "UPDATE articles SET statement_count = 7",
        ),
        (
            "a reference to nothing",
            "PRAGMA foreign_keys = OFF; DELETE FROM statement_hops; DELETE FROM statements; DELETE FROM articles",
        ),
        ("a chain", "DELETE FROM statement_hops"),
    ] {
        let folder = Folder::new();
        folder.write_lines("news.ndjson", &[article("one")]);
        folder.good(&["import", "news.ndjson"]);
        let path = folder.path("isnad.db");
        let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        connection.batch_execute(sql).unwrap();
        drop(connection);
        let run = folder.run(&["check"]);
        assert_eq!(run.code, Some(1), "{what}: {}", run.log);
        assert!(run.log.contains("wrong"), "{what}: {}", run.log);
        assert!(!run.log.contains("panicked"), "{what}: {}", run.log);
    }
}

#[test]
fn help_and_version_are_told() {
    let folder = Folder::new();
    let help = folder.good(&["--help"]).out;
    for command in ["serve", "import", "export", "openapi", "check"] {
        assert!(help.contains(command), "{help}");
        assert!(!folder.good(&[command, "--help"]).out.is_empty());
    }
    assert!(
        folder
            .good(&["--version"])
            .out
            .contains(env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(folder.run(&["fly"]).code, Some(2));
    assert_eq!(folder.run(&["export", "--fast"]).code, Some(2));
}

#[test]
fn a_copy_is_the_same_store_and_goes_only_into_an_empty_one() {
    let folder = Folder::new();
    folder.write("samples.ndjson", SAMPLES);
    folder.good(&["import", "samples.ndjson"]);
    let copied = folder.good(&["copy", "--from", "isnad.db", "--to", "copy.db"]);
    assert!(copied.log.contains("copied"), "{}", copied.log);
    folder.good(&["check", "--database", "copy.db"]);
    let export = |database| folder.good(&["export", "--database", database]).out;
    assert_eq!(export("isnad.db"), export("copy.db"));
    for to in ["copy.db", "isnad.db"] {
        folder
            .run(&["copy", "--from", "isnad.db", "--to", to])
            .refused(&["not empty", "nothing was copied"]);
    }
    folder.good(&[
        "key",
        "create",
        "--name",
        "a",
        "--scope",
        "none",
        "--database",
        "keys.db",
    ]);
    folder
        .run(&["copy", "--from", "isnad.db", "--to", "keys.db"])
        .refused(&["not empty", "keys"]);
    folder
        .run(&["copy", "--from", "nowhere.db", "--to", "other.db"])
        .refused(&["nowhere.db"]);
    assert!(!folder.path("other.db").exists());
}
