//! `isnad backup`: what is written, where it is not written, and that it comes back by copying it.
use std::fs;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use crate::importing::{Importing, key};
use crate::program::{Folder, article};
use crate::serving::{Server, header};

const SAMPLES: &str = include_str!("../../src/samples/samples.ndjson");

#[derive(QueryableByName, Debug, PartialEq)]
struct Kept {
    #[diesel(sql_type = Text)]
    journal_mode: String,
    #[diesel(sql_type = BigInt)]
    page_size: i64,
    #[diesel(sql_type = Text)]
    identity: String,
}

fn kept(folder: &Folder, name: &str) -> Kept {
    let path = folder.path(name);
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    sql_query("SELECT journal_mode, page_size, identity FROM pragma_journal_mode, pragma_page_size, store")
        .get_result(&mut connection)
        .unwrap()
}

#[test]
fn a_backup_is_the_whole_store_and_comes_back_by_copying_it() {
    let folder = Folder::new();
    folder.write("samples.ndjson", SAMPLES);
    folder.good(&["import", "samples.ndjson"]);
    key(&folder);
    let run = folder.good(&["backup", "backup.db"]);
    assert!(
        run.log.contains("copy backup.db over the database"),
        "{}",
        run.log
    );
    let bytes = fs::read(folder.path("backup.db")).unwrap();
    folder.good(&["check", "--database", "backup.db"]);
    let export = folder.good(&["export"]).out;
    assert_eq!(
        folder.good(&["export", "--database", "backup.db"]).out,
        export
    );
    assert_eq!(
        fs::read(folder.path("backup.db")).unwrap(),
        bytes,
        "looking at it changes nothing"
    );
    let names: Vec<String> = fs::read_dir(folder.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("backup"))
        .collect();
    assert_eq!(names, ["backup.db"], "nothing lies beside it");
    folder.write_lines("later.ndjson", &[article("later")]);
    folder.good(&["import", "later.ndjson"]);
    fs::copy(folder.path("backup.db"), folder.path("isnad.db")).unwrap();
    let server = Server::start(&folder, &[]);
    assert!(
        server
            .request("GET", "/v1/articles/later")
            .starts_with("HTTP/1.1 404")
    );
    assert_eq!(server.stop("TERM"), Some(0));
    assert_eq!(folder.good(&["export"]).out, export);
    assert!(folder.good(&["key", "list"]).out.contains("importer"));
    folder.good(&["check"]);
    let kept = kept(&folder, "isnad.db");
    assert_eq!((kept.journal_mode.as_str(), kept.page_size), ("wal", 8192));
}

#[test]
fn a_backup_is_written_over_nothing_that_it_should_not_be() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.good(&["import", "news.ndjson"]);
    let before = fs::read(folder.path("isnad.db")).unwrap();
    for arguments in [
        &["backup", "isnad.db"][..],
        &["backup", "--force", "./isnad.db"],
    ] {
        folder
            .run(arguments)
            .refused(&["isnad.db", "the database itself"]);
    }
    assert_eq!(fs::read(folder.path("isnad.db")).unwrap(), before);
    folder.write("there.db", "something else");
    folder
        .run(&["backup", "there.db"])
        .refused(&["there.db", "--force"]);
    assert_eq!(folder.read("there.db"), "something else");
    // What SQLite left there of something else would be taken for a part of the new file.
    folder.write("there.db-wal", "something else");
    folder.good(&["backup", "--force", "there.db"]);
    assert!(!folder.path("there.db-wal").exists());
    folder.good(&["check", "--database", "there.db"]);
    folder
        .run(&["backup", "none/there.db"])
        .refused(&["none/there.db"]);
    fs::create_dir(folder.path("folder")).unwrap();
    folder
        .run(&["backup", "--force", "folder"])
        .refused(&["folder", "directory"]);
    folder
        .run(&["backup", "--database", "nowhere.db", "other.db"])
        .refused(&["nowhere.db"]);
    assert!(!folder.path("other.db").exists() && !folder.path("nowhere.db").exists());
    folder
        .run(&[
            "backup",
            "--database",
            "postgres://isnad@localhost/isnad",
            "other.db",
        ])
        .refused(&["pg_dump"]);
}

#[test]
fn what_another_database_left_beside_a_restored_one_is_refused() {
    let folder = Folder::new();
    let key = key(&folder);
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.good(&["import", "news.ndjson"]);
    folder.good(&["backup", "backup.db"]);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "");
    for number in 0..20 {
        import.line(&article(&format!("lost-{number}")));
    }
    import.end();
    import.head();
    assert_eq!(import.last()["created"], 20);
    server.signal("KILL");
    assert_eq!(server.ended(), None);
    assert!(fs::metadata(folder.path("isnad.db-wal")).unwrap().len() > 0);
    fs::copy(folder.path("backup.db"), folder.path("isnad.db")).unwrap();
    for command in ["check", "export", "serve"] {
        folder.run(&[command]).refused(&["isnad.db-wal", "remove"]);
    }
    fs::remove_file(folder.path("isnad.db-wal")).unwrap();
    fs::remove_file(folder.path("isnad.db-shm")).unwrap();
    folder.good(&["check"]);
    let export = folder.good(&["export"]).out;
    assert!(export.contains("\"one\"") && !export.contains("lost"));
}

#[test]
fn each_restored_backup_is_a_store_of_its_own() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.good(&["import", "news.ndjson"]);
    folder.good(&["backup", "backup.db"]);
    folder.good(&["backup", "--database", "backup.db", "again.db"]);
    let tag = |name: &str| {
        fs::copy(folder.path("backup.db"), folder.path(name)).unwrap();
        let server = Server::start(&folder, &["--database", name]);
        header(&server.request("GET", "/v1/articles"), "etag").to_owned()
    };
    let server = Server::start(&folder, &[]);
    let original = header(&server.request("GET", "/v1/articles"), "etag").to_owned();
    let (one, other) = (tag("one.db"), tag("other.db"));
    assert!(
        original != one && original != other && one != other,
        "{original} {one} {other}"
    );
    assert_eq!(kept(&folder, "backup.db").identity, "");
    assert_eq!(kept(&folder, "one.db").identity.len(), 32);
    let mut connection: SqliteConnection =
        Connection::establish(folder.path("one.db").to_str().unwrap()).unwrap();
    let identity = kept(&folder, "one.db").identity;
    connection.batch_execute("PRAGMA wal_checkpoint").unwrap();
    folder.good(&["import", "--database", "one.db", "news.ndjson"]);
    assert_eq!(
        kept(&folder, "one.db").identity,
        identity,
        "and stays that store"
    );
}

#[test]
fn a_backup_while_others_write_has_all_that_was_written_before_it_began() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "");
    let mut number = 0;
    let mut write = |import: &mut Importing| {
        number += 1;
        import.line(&article(&format!("one-{number}")));
        number
    };
    write(&mut import);
    import.head();
    import.result().unwrap();
    for round in 0..3 {
        let mut acknowledged = 0;
        for _ in 0..20 {
            write(&mut import);
            acknowledged = import.result().unwrap()["line"].as_u64().unwrap();
        }
        let name = format!("backup-{round}.db");
        let mut backup = folder.command(&["backup", &name]).spawn().unwrap();
        // It goes on while that is made.
        while backup.try_wait().unwrap().is_none() {
            write(&mut import);
            import.result().unwrap();
        }
        assert!(backup.wait().unwrap().success());
        folder.good(&["check", "--database", &name]);
        let export = folder.good(&["export", "--database", &name]).out;
        for line in 1..=acknowledged {
            assert!(
                export.contains(&format!("\"one-{line}\"")),
                "{line} of {acknowledged}"
            );
        }
    }
    import.end();
    assert_eq!(import.last()["done"], true);
    drop(server);
    folder.good(&["check"]);
}
