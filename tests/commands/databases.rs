//! A database that cannot be used is refused in one sentence, and left as it is.
use std::fs::{self, OpenOptions, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::program::{Folder, Run, article};

const EVERY: [&[&str]; 4] = [
    &["serve", "--listen", "127.0.0.1:0"],
    &["import", "news.ndjson"],
    &["export"],
    &["check"],
];

/// Holds that every command refuses the database at `isnad.db` in a sentence with these words.
#[track_caller]
fn refused(folder: &Folder, words: &[&str]) {
    folder.write_lines("news.ndjson", &[article("one")]);
    for arguments in EVERY {
        let run = folder.run(arguments);
        run.refused(words);
        assert!(run.errors()[0].contains("isnad.db"), "{}", run.log);
        assert_eq!(run.out, "");
    }
}

fn execute(folder: &Folder, sql: &str) {
    let path = folder.path("isnad.db");
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    connection.batch_execute(sql).unwrap();
}

#[test]
fn a_directory() {
    let folder = Folder::new();
    fs::create_dir(folder.path("isnad.db")).unwrap();
    refused(&folder, &["directory"]);
}

#[test]
fn a_folder_that_is_not_there() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    for arguments in [&["import", "news.ndjson"][..], &["serve"]] {
        let arguments = [arguments, &["--database", "no/such/isnad.db"]].concat();
        folder
            .run(&arguments)
            .refused(&["no/such", "does not exist"]);
    }
    assert!(!folder.path("no").exists());
}

#[test]
fn a_file_that_is_no_database() {
    let folder = Folder::new();
    let text = "Dear diary, today two goats went aboard. ".repeat(100);
    folder.write("isnad.db", &text);
    refused(&folder, &["no SQLite database"]);
    assert_eq!(folder.read("isnad.db"), text);
}

#[test]
fn a_database_that_a_newer_version_made() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.good(&["import", "news.ndjson"]);
    execute(
        &folder,
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')",
    );
    refused(&folder, &["newer version", "99990101000000"]);
}

#[test]
fn a_database_of_the_first_version_is_brought_up_to_date() {
    let folder = Folder::new();
    // What was said long before it was printed, and changed long after.
    let mut late = article("late");
    late["updated_at"] = "2026-05-01T00:00:00Z".into();
    late["statements"] = serde_json::json!([
        {"quote": "Row on.", "form": "direct", "speaker": {"name": "Odo Marl"}, "said_at": "1961-05-01T00:00:00Z"},
        {"quote": "Row back.", "form": "direct", "speaker": {"name": "Odo Marl"}, "said_at": "2999-05-01T00:00:00Z"},
    ]);
    folder.write_lines("news.ndjson", &[article("one"), late]);
    folder.good(&["import", "news.ndjson"]);
    let down = [
        include_str!("../../migrations/sqlite/00000000000008_rejected/down.sql"),
        include_str!("../../migrations/sqlite/00000000000007_search/down.sql"),
        include_str!("../../migrations/sqlite/00000000000006_places/down.sql"),
        include_str!("../../migrations/sqlite/00000000000005_previews/down.sql"),
        include_str!("../../migrations/sqlite/00000000000004_editorial/down.sql"),
        include_str!("../../migrations/sqlite/00000000000003_keys/down.sql"),
        include_str!("../../migrations/sqlite/00000000000002_facets/down.sql"),
    ]
    .concat();
    execute(
        &folder,
        &format!("{down}; DELETE FROM __diesel_schema_migrations WHERE version > '00000000000001'"),
    );
    folder.good(&["check"]);
}

#[test]
fn a_database_of_another_program() {
    let folder = Folder::new();
    execute(
        &folder,
        "CREATE TABLE goats (name TEXT); INSERT INTO goats VALUES ('Bo')",
    );
    refused(&folder, &["another program"]);
    execute(&folder, "INSERT INTO goats VALUES ('Cy')");
}

#[test]
fn a_url_of_an_engine_that_is_not_there() {
    let folder = Folder::new();
    let run = folder.run(&["check", "--database", "mysql://localhost/isnad"]);
    run.refused(&["mysql"]);
    for nothing in ["", "sqlite:", ":memory:"] {
        let run = folder.run(&["check", "--database", nothing]);
        assert!(
            run.code == Some(1) || run.code == Some(2),
            "{nothing}: {}",
            run.log
        );
        assert!(!run.log.contains("panicked"), "{nothing}: {}", run.log);
    }
}

#[test]
fn a_file_and_folder_that_cannot_be_written() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.good(&["import", "news.ndjson"]);
    let mode = |name: &str, mode: u32| {
        fs::set_permissions(folder.path(name), Permissions::from_mode(mode)).unwrap();
    };
    // Root may write anything: then somebody else runs a copy of the program.
    let program = folder.path("isnad");
    // Copied by another process: a file that this one has open for writing cannot be run.
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_isnad"))
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    mode("isnad", 0o755);
    mode("isnad.db", 0o444);
    mode("", 0o555);
    let is_root = OpenOptions::new()
        .append(true)
        .open(folder.path("isnad.db"))
        .is_ok();
    let mut command = folder.command_of(&program, &["import", "news.ndjson"]);
    if is_root {
        const NOBODY: u32 = 65_534;
        command.uid(NOBODY).gid(NOBODY);
    }
    let run = Run::of(command.output().unwrap());
    mode("", 0o755);
    assert_ne!(run.code, Some(0), "{}", run.log);
    run.refused(&["isnad.db"]);
    assert!(
        run.log.contains("read-only") || run.log.contains("writable"),
        "{}",
        run.log
    );
}

#[test]
fn a_database_that_is_not_there_has_nothing_to_check_or_export() {
    let folder = Folder::new();
    for command in ["check", "export"] {
        folder
            .run(&[command, "--database", "mistyped.db"])
            .refused(&["no database", "mistyped.db"]);
        assert!(
            !folder.path("mistyped.db").exists(),
            "a mistyped name makes no database"
        );
    }
}

#[cfg(not(feature = "postgres"))]
#[test]
fn a_build_without_postgresql_says_so_and_shows_no_password() {
    let folder = Folder::new();
    let url = "postgres://isnad:secret@127.0.0.1:1/isnad";
    let run = folder.run(&["check", "--database", url]);
    run.refused(&["PostgreSQL", "--features postgres"]);
    assert!(!run.log.contains("secret"), "{}", run.log);
}

#[cfg(feature = "postgres")]
#[test]
fn a_postgresql_server_that_does_not_answer_is_named_and_its_password_is_not() {
    let folder = Folder::new();
    let url = "postgres://isnad:secret@127.0.0.1:1/isnad";
    for arguments in [["check", "--database", url], ["serve", "--database", url]] {
        let run = folder.run(&arguments);
        run.refused(&["PostgreSQL", "127.0.0.1"]);
        assert!(!run.log.contains("secret"), "{}", run.log);
    }
}

#[test]
fn a_replica_of_an_sqlite_file_is_refused() {
    let folder = Folder::new();
    let run = folder.run(&["serve", "--read-database", "other.db"]);
    run.refused(&["replica", "PostgreSQL"]);
}
