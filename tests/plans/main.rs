//! How the database is asked: along indexes and never in a sort, and as often for many rows as for few.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets something else than it expects has failed"
)]
mod recording;
mod store;
#[expect(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "what the tests of the API share, of which this needs a part"
)]
#[path = "../api/support/mod.rs"]
mod support;

use actix_web::http::Method;
use diesel::{Connection, SqliteConnection};
use isnad::database::{Error, rejected};
use isnad::keys::types::Scope;
use recording::{along_indexes, faults, queries_of, selects, take_turn};
use serde_json::json;
use store::{article, store};
use support::{Article, Response, TestApp, id, quote};

/// The SQL of a list in each order: from its start, on from a cursor, back from one, counted.
fn list_queries(app: &TestApp, list: &str, sorts: &[&str], filters: &[&str]) -> Vec<String> {
    list_queries_of(|uri| app.get(uri), list, sorts, filters)
}

fn list_queries_of(
    get: impl Fn(&str) -> Response,
    list: &str,
    sorts: &[&str],
    filters: &[&str],
) -> Vec<String> {
    let mut queries = Vec::new();
    for sort in sorts {
        for filter in filters {
            let uri = format!("{list}?limit=1&{sort}&{filter}");
            let mut ask = |uri: &str| {
                let mut next = (None, None);
                queries.extend(queries_of(|| {
                    let response = get(uri);
                    next = (response.link("next"), response.link("prev"));
                }));
                next
            };
            let (next, _) = ask(&uri);
            let Some(next) = next else {
                panic!("{uri} has one page: it tells nothing of cursors");
            };
            let (_, prev) = ask(&next);
            ask(&prev.unwrap());
            ask(&format!("{list}?count=true&{filter}"));
        }
    }
    queries
}

#[test]
fn lists_of_articles_walk_along_indexes() {
    let _turn = take_turn();
    let app = store();
    let filters = [
        "",
        "tag=ferries",
        "tag=ferries,goats",
        "tag_any=ferries,goats",
        "tag_not=ferries",
        "outlet=outlet-1",
        "outlet=outlet-1,outlet-2",
        "speaker=ann-bell",
        "speaker=ann-bell,cy-gable",
        "via=ann-bell",
        "via=kestrel-wire,cy-gable",
        "language=ar",
        "language=ar,en",
        "published_from=2026-03-02",
        "published_to=2026-03-20",
        "updated_since=2020-01-01",
        "has_statements=true",
        "include=body,statements",
        "tag=ferries&published_from=2026-03-02&published_to=2026-03-20",
        "tag=goats&speaker=ann-bell&language=en",
        "outlet=outlet-1&tag_any=ferries,goats&tag_not=مياه&has_statements=true",
        "via=ann-bell&outlet=outlet-2&updated_since=2020-01-01",
        "language=en&published_from=2026-03-02&tag=ferries",
    ];
    let sorts = [
        "sort=-published_at",
        "sort=published_at",
        "sort=-updated_at",
    ];
    let queries = list_queries(&app, "/v1/articles", &sorts, &filters);
    along_indexes(&app, queries);
}

#[test]
fn lists_of_statements_walk_along_indexes() {
    let _turn = take_turn();
    let app = store();
    let filters = [
        "",
        "speaker=ann-bell",
        "speaker=ann-bell,cy-gable",
        "outlet=kestrel-wire",
        "publisher=outlet-1",
        "publisher=outlet-1,outlet-2",
        "via=ann-bell",
        "via=kestrel-wire,cy-gable",
        "tag=ferries",
        "tag=ferries,goats",
        "form=direct",
        "form=direct,indirect",
        "anonymous=true",
        "anonymous=false",
        "language=ar",
        "language=ar,en",
        "said_from=2026-01-01",
        "said_to=2026-12-01",
        "published_from=2026-03-02&published_to=2026-03-20",
        "article=article-1",
        "article=article-1,article-2",
        "speaker=ann-bell&said_from=2026-01-01&said_to=2026-12-01",
        "speaker=ann-bell&outlet=kestrel-wire&tag=ferries",
        "via=ann-bell&publisher=outlet-1&language=en",
        "tag=ferries&form=direct&anonymous=false",
        "publisher=outlet-1&published_from=2026-03-02&form=direct",
    ];
    let sorts = ["sort=-published_at", "sort=-said_at", "sort=said_at"];
    let queries = list_queries(&app, "/v1/statements", &sorts, &filters);
    along_indexes(&app, queries);
    let filters = [
        "",
        "form=direct,indirect",
        "language=en",
        "tag=ferries",
        "publisher=outlet-0",
        "said_from=2026-01-01",
    ];
    let queries = list_queries(&app, "/v1/articles/article-0/statements", &[""], &filters);
    along_indexes(&app, queries);
}

#[test]
fn lists_of_what_is_hidden_walk_along_indexes() {
    let _turn = take_turn();
    let app = store();
    // As many of each as an index is worth.
    let hidden = |n: u32| {
        let status = ["draft", "withdrawn", "published"][(n % 3) as usize];
        let said = ["proposed", "rejected", "retracted"][(n / 3 % 3) as usize];
        let mut words = quote("Perhaps.", "Ann Bell");
        words["status"] = said.into();
        article(n)
            .with("status", status)
            .published(&format!("2999-03-{:02}T08:00:00Z", n % 28 + 1))
            .tags(&["Ferries", "Goats", &format!("Hidden {n}")])
            .statement(words)
            .line()
    };
    let shown = |n: u32| {
        let mut words = quote("Perhaps not.", "Ann Bell");
        words["status"] = "proposed".into();
        article(n).statement(words).line()
    };
    app.store(&(1_000..1_090).map(hidden).collect::<Vec<_>>());
    app.store(&(1_100..1_130).map(shown).collect::<Vec<_>>());
    let reader = app.key(Scope::Read);
    let get = |uri: &str| app.get_by(&reader, uri);
    let articles = [
        "status=draft",
        "status=draft,scheduled,withdrawn,published",
        "status=draft&tag=ferries",
        "status=draft,withdrawn&tag_any=ferries,goats",
        "status=scheduled&tag_not=no-such",
        "status=scheduled&outlet=outlet-1,outlet-2",
        "status=scheduled,withdrawn&speaker=ann-bell",
        "status=scheduled,published&via=kestrel-wire",
        "status=withdrawn&language=ar,en",
        "status=withdrawn&published_from=2026-03-02&published_to=2999-12-20",
        "status=draft&updated_since=2020-01-01",
        "status=draft&has_statements=true",
        "status=draft&include=body,statements,translations",
    ];
    let sorts = [
        "sort=-published_at",
        "sort=published_at",
        "sort=-updated_at",
    ];
    let queries = list_queries_of(get, "/v1/articles", &sorts, &articles);
    along_indexes(&app, queries);
    let statements = [
        "status=proposed",
        "status=proposed,rejected,retracted,published",
        "status=proposed&speaker=ann-bell",
        "status=proposed&via=ann-bell&form=direct&anonymous=false",
        "status=rejected&publisher=outlet-1,outlet-2,outlet-3",
        "status=retracted&tag=ferries&language=en,ar",
        "status=proposed&article=article-1100,article-1101",
        "status=proposed&said_from=2026-01-01&published_to=2999-12-01",
        "status=proposed&origin=import",
        "origin=import",
    ];
    let sorts = ["sort=-published_at", "sort=-said_at", "sort=said_at"];
    let queries = list_queries_of(get, "/v1/statements", &sorts, &statements);
    along_indexes(&app, queries);
    let of_article = [
        "",
        "status=published,proposed",
        "form=direct,indirect",
        "origin=import",
    ];
    for article in ["article-1100", "article-1000"] {
        let list = format!("/v1/articles/{article}/statements");
        along_indexes(&app, list_queries_of(get, &list, &[""], &of_article));
    }
    let names = ["hidden=true", "hidden=true&q=hid", "hidden=true&kind=topic"];
    let sorts = ["sort=-article_count", "sort=name"];
    along_indexes(&app, list_queries_of(get, "/v1/tags", &sorts, &names));
    let page = "/v1/articles?status=draft,published&include=statements,translations&limit=";
    let taken = |limit: usize| selects(&queries_of(|| get(&format!("{page}{limit}"))));
    assert_eq!(taken(2), taken(50), "not more for more rows");
    assert!(taken(50) <= 20, "{}", taken(50));
}

#[test]
fn previews_are_found_and_forgotten_by_indexes() {
    let _turn = take_turn();
    let app = store();
    let writer = app.key(Scope::Write);
    let queries = queries_of(|| {
        let uri = "/v1/articles/article-400/preview";
        let made = app.send_by(&writer, Method::POST, uri, "").json();
        let token = made["token"].as_str().unwrap();
        app.json(&format!("/v1/articles/article-400?preview={token}"));
        let uri = format!("{uri}/{}", made["id"].as_str().unwrap());
        assert_eq!(app.send_by(&writer, Method::DELETE, &uri, "").status, 204);
    });
    along_indexes(&app, queries);
}

#[test]
fn related_articles_and_timelines_walk_along_indexes() {
    let _turn = take_turn();
    let app = store();
    let related = list_queries(
        &app,
        "/v1/articles/article-0/related",
        &[""],
        &["", "language=en", "language=ar,fr"],
    );
    along_indexes(&app, related);
    let timelines = queries_of(|| {
        for parameters in [
            "bucket=day",
            "from=2026-01-01",
            "bucket=week&from=2026-01-01&to=2026-12-01",
        ] {
            app.json(&format!("/v1/speakers/ann-bell/timeline?{parameters}"));
        }
    });
    along_indexes(&app, timelines);
}

#[test]
fn lists_of_names_walk_along_indexes() {
    let _turn = take_turn();
    let app = store();
    let speakers = list_queries(
        &app,
        "/v1/speakers",
        &["sort=-statement_count", "sort=name"],
        &["", "kind=person", "kind=person,office"],
    );
    along_indexes(&app, speakers);
    let outlets = [
        "",
        "q=out",
        "q=outlet 1,2",
        "country=XS",
        "language=en",
        "language=en&country=XS,XM&q=out",
    ];
    let outlets: Vec<&str> = outlets
        .iter()
        .copied()
        .filter(|filter| !filter.contains(' '))
        .collect();
    let outlets = list_queries(
        &app,
        "/v1/outlets",
        &["sort=-article_count", "sort=name"],
        &outlets,
    );
    along_indexes(&app, outlets);
    let tags = list_queries(
        &app,
        "/v1/tags",
        &["sort=-article_count", "sort=name"],
        &["", "kind=topic"],
    );
    along_indexes(&app, tags);
    let searched = queries_of(|| {
        app.get("/v1/speakers?q=ann be&count=true");
        app.get("/v1/speakers?q=ب&sort=name");
        app.get("/v1/tags?q=g&kind=topic,place");
    });
    along_indexes(&app, searched);
}

#[test]
fn single_things_are_found_by_indexes() {
    let _turn = take_turn();
    let app = store();
    app.store(&[
        article(0).with("slug", "renamed").line(),
        json!({"type": "tag", "slug": "goats", "name": "Goats", "former_slugs": ["kids"]}),
    ]);
    app.tick();
    let statement = app.column("/v1/statements?limit=1", "id").remove(0);
    let queries = queries_of(|| {
        for key in [
            "articles/article-1",
            "articles/article-0",
            "speakers/ann-bell",
            "outlets/outlet-1",
            "tags/goats",
            "tags/kids",
            "tags/none",
            "articles/none",
        ] {
            app.get(&format!("/v1/{key}"));
        }
        for kind in ["articles", "statements", "speakers", "outlets", "tags"] {
            app.get(&format!("/v1/{kind}/{}", id(7)));
        }
        app.get(&format!("/v1/statements/{statement}"));
        app.get("/v1/meta");
        app.get("/health/ready");
    });
    along_indexes(&app, queries);
}

#[test]
fn writing_and_the_clockwork_find_their_rows_by_indexes() {
    let _turn = take_turn();
    let app = store();
    let edited = article(1)
        .paragraphs(&["words 1", "Nothing else."])
        .with("statements", json!([quote("words 1", "Ann Bell")]));
    let dead = json!({"type": "deleted", "thing": "article", "id": id(9_000), "slugs": ["dead"], "was_public": true});
    let renamed = json!({"type": "outlet", "id": app.json("/v1/outlets/outlet-1")["id"], "slug": "outlet-one", "name": "Outlet One"});
    let queries = queries_of(|| {
        app.store(&[
            article(500).line(),
            edited.line(),
            article(2).with("slug", "renamed").line(),
            dead,
            renamed,
        ]);
        app.store(&[Article::new("x")
            .without("slug")
            .with("title", "Article 3")
            .published("2999-01-01T00:00:00Z")
            .line()]);
        app.tick();
    });
    along_indexes(&app, queries);
}

#[test]
fn what_was_rejected_is_found_by_an_index() {
    let _turn = take_turn();
    let app = store();
    let article_with = |n: u32| {
        let mut words = quote("The ferry left the island", "Ann Bell");
        words["status"] = "rejected".into();
        words["origin"] = "extracted".into();
        article(n).with("statements", json!([words])).line()
    };
    app.store(&(1_000..1_030).map(article_with).collect::<Vec<_>>());
    let queries = queries_of(|| {
        let asked = [("The ferry left the island", Some(("", " of Sarmila")))];
        let known = app
            .database
            .read_blocking(|conn| Ok::<_, Error>(rejected::rejected(conn, &asked)?));
        known.unwrap()
    });
    assert_eq!(selects(&queries), 1);
    along_indexes(&app, queries);
}

#[test]
fn articles_picked_by_ids_may_be_sorted_and_nothing_else() {
    let _turn = take_turn();
    let app = store();
    let ids = [id(1), id(2), id(3)].join(",");
    let queries = queries_of(|| {
        for sort in ["-published_at", "published_at", "-updated_at"] {
            let uri = format!(
                "/v1/articles?ids={ids}&limit=1&sort={sort}&count=true&tag_any=ferries,goats"
            );
            let next = app.get(&uri).link("next");
            app.get(&next.unwrap());
        }
    });
    let sorted = |sql: &String| !sql.contains("\"articles\".\"uuid\" IN");
    along_indexes(&app, queries.into_iter().filter(sorted));
}

#[test]
fn how_many_queries_a_page_takes_does_not_depend_on_its_rows() {
    let _turn = take_turn();
    let app = store();
    // Related articles take two for each name of the article, which has four.
    for (list, parameters, most) in [
        (
            "articles",
            "include=body,statements,translations&count=true",
            12,
        ),
        ("articles", "tag=ferries&speaker=ann-bell,cy-gable", 12),
        ("statements", "count=true&via=kestrel-wire", 12),
        ("articles/article-0/statements", "", 12),
        ("articles/article-0/related", "count=true", 20),
        ("speakers", "", 12),
        ("outlets", "q=out", 12),
        ("tags", "count=true", 12),
    ] {
        let queries = |limit: usize| {
            let mut rows = 0;
            let queries = queries_of(|| {
                rows = app
                    .rows(&format!("/v1/{list}?limit={limit}&{parameters}"))
                    .len()
            });
            (selects(&queries), rows)
        };
        let ((few, few_rows), (many, many_rows)) = (queries(2), queries(50));
        assert!(many_rows > few_rows, "{list} has {many_rows} rows");
        assert_eq!(few, many, "{list}?{parameters}");
        assert!(many <= most, "{list}?{parameters} takes {many} queries");
    }
}

#[test]
fn a_bad_plan_is_found_out() {
    let app = TestApp::on_sqlite();
    let mut connection = SqliteConnection::establish(&app.url()).unwrap();
    for bad in [
        "SELECT * FROM articles",
        "SELECT id FROM articles WHERE title = 'x'",
        "SELECT uuid FROM articles ORDER BY title",
        "SELECT rowid FROM article_terms",
    ] {
        assert!(!faults(&mut connection, bad).is_empty(), "{bad}");
    }
    for good in [
        "SELECT title FROM articles WHERE uuid = ?",
        "SELECT count(*) FROM articles",
        "SELECT rowid FROM article_terms WHERE article_terms MATCH 'x'",
        "SELECT 1",
    ] {
        assert_eq!(faults(&mut connection, good), Vec::<String>::new());
    }
}
