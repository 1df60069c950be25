//! Every list: its orders, its pages forward and back, its cursors, its count.
use serde_json::{Value, json};

use crate::support::lists::{EVERY, List, on_every_list};
use crate::support::newsroom::newsroom;
use crate::support::{Article, TestApp, id, quote};

on_every_list!(
    is_empty_in_an_empty_store,
    is_sorted_in_every_order_with_ties_by_id,
    gives_every_row_once_forward_and_back,
    links_to_the_pages_beside,
    takes_limits_from_1_to_100,
    refuses_cursors_that_no_page_gave_out,
    refuses_cursors_of_another_order_filter_or_list,
    counts_only_when_asked,
);

fn rows(page: &Value) -> Vec<Value> {
    page["data"].as_array().unwrap().clone()
}

fn ids<'a>(list: &List, rows: &'a [Value]) -> Vec<&'a str> {
    rows.iter().map(|row| list.id(row)).collect()
}

fn is_empty_in_an_empty_store(list: &List) {
    let app = TestApp::with(&(list.empty)());
    let page = app.json(list.path);
    assert_eq!(
        page,
        json!({"data": [], "page": {"limit": 20, "next": null, "prev": null}})
    );
    assert_eq!(app.json(&list.with("count=true"))["page"]["total"], 0);
    let response = app.get(list.path);
    assert_eq!(response.link("first").as_deref(), Some(list.path));
    assert_eq!((response.link("next"), response.link("prev")), (None, None));
}

fn is_sorted_in_every_order_with_ties_by_id(list: &List) {
    let app = TestApp::with(&newsroom());
    for (at, order) in list.orders().iter().enumerate() {
        let found = app.rows(&list.with(&format!("{order}limit=100")));
        let mut wanted: Vec<(String, &str)> = found
            .iter()
            .map(|row| (list.key(order, row).1, list.id(row)))
            .collect();
        wanted.sort_unstable();
        if list.key(order, &found[0]).0 {
            wanted.reverse();
        }
        let in_order: Vec<&str> = wanted.iter().map(|(_, id)| *id).collect();
        assert_eq!(ids(list, &found), in_order, "{order}");
        let ties = wanted.windows(2).any(|pair| pair[0].0 == pair[1].0);
        assert!(
            ties || list.sorts.is_empty(),
            "nothing ties in {order}: the store is too small"
        );
        if at == 0 {
            assert_eq!(app.rows(&list.with("limit=100")), found, "the default");
        }
    }
}

fn gives_every_row_once_forward_and_back(list: &List) {
    let app = TestApp::with(&newsroom());
    for order in list.orders() {
        let whole = app.rows(&list.with(&format!("{order}limit=100")));
        assert!(whole.len() > 3, "{order}");
        for size in 1..=3 {
            let read = |cursor: &str| {
                let cursor = match cursor {
                    "" => String::new(),
                    cursor => format!("&cursor={cursor}"),
                };
                app.json(&list.with(&format!("{order}limit={size}{cursor}")))
            };
            let mut page = read("");
            assert_eq!(page["page"]["prev"], Value::Null);
            let mut pages = vec![rows(&page)];
            while let Some(next) = page["page"]["next"].as_str() {
                page = read(next);
                pages.push(rows(&page));
                assert!(pages.len() <= whole.len(), "{order} has no end");
            }
            assert_eq!(pages.concat(), whole, "{order}forward by {size}");
            assert!(pages.iter().rev().skip(1).all(|page| page.len() == size));
            pages.pop();
            while let Some(prev) = page["page"]["prev"].as_str() {
                page = read(prev);
                assert_eq!(Some(rows(&page)), pages.pop(), "{order}back by {size}");
                assert!(page["page"]["next"].is_string(), "{order}back by {size}");
            }
            assert!(pages.is_empty(), "{order}back by {size}");
        }
    }
}

fn links_to_the_pages_beside(list: &List) {
    let app = TestApp::with(&newsroom());
    let first = app.get(&list.with(&format!("{}&limit=1", list.filter)));
    assert_eq!(first.link("prev"), None);
    let second = app.get(&first.link("next").unwrap());
    let back = app.get(&second.link("prev").unwrap());
    assert_ne!(rows(&first.json()), rows(&second.json()));
    assert_eq!(rows(&first.json()), rows(&back.json()));
    assert_eq!(
        app.get(&second.link("first").unwrap()).json(),
        first.json(),
        "the first page of the same list"
    );
    let next = first.json()["page"]["next"].as_str().unwrap().to_owned();
    assert!(first.link("next").unwrap().contains(&next));
}

fn takes_limits_from_1_to_100(list: &List) {
    let app = TestApp::with(&newsroom());
    for limit in [1, 20, 100] {
        let page = app.json(&list.with(&format!("limit={limit}")));
        assert_eq!(page["page"]["limit"], limit);
        assert!(rows(&page).len() <= limit);
    }
    assert_eq!(app.json(list.path)["page"]["limit"], 20);
    for limit in [
        "0",
        "101",
        "256",
        "-1",
        "1.5",
        "abc",
        "99999999999999999999",
        "٣",
    ] {
        let response = app.get(&list.with(&format!("limit={limit}")));
        let problem = response.problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "limit", "{limit}");
        assert!(problem["detail"].as_str().unwrap().contains("1 to 100"));
    }
}

fn refuses_cursors_that_no_page_gave_out(list: &List) {
    let app = TestApp::with(&newsroom());
    let page = app.json(&list.with("limit=1"));
    let good = page["page"]["next"].as_str().unwrap();
    let mut bad = vec![
        "abc".to_owned(),
        "!".to_owned(),
        "*".repeat(5_000),
        "عربي".to_owned(),
    ];
    for at in (0..good.len()).step_by(7) {
        let mut tampered = good.to_owned();
        let other = if tampered.as_bytes()[at] == b'A' {
            "B"
        } else {
            "A"
        };
        tampered.replace_range(at..=at, other);
        bad.push(tampered);
    }
    bad.push(good[..good.len() - 1].to_owned());
    bad.push(format!("{good}A"));
    for cursor in bad {
        let response = app.get(&list.with(&format!("limit=1&cursor={cursor}")));
        let problem = response.problem(400, "invalid_cursor");
        assert_eq!(problem["errors"][0]["parameter"], "cursor");
    }
}

fn refuses_cursors_of_another_order_filter_or_list(list: &List) {
    let app = TestApp::with(&newsroom());
    let page = app.json(&list.with("limit=1"));
    let cursor = page["page"]["next"].as_str().unwrap();
    let mut others = vec![list.with(&format!("limit=1&{}&cursor={cursor}", list.filter))];
    for sort in list.sorts.iter().skip(1) {
        others.push(list.with(&format!("limit=1&sort={sort}&cursor={cursor}")));
    }
    for other in EVERY.iter().filter(|other| other.path != list.path) {
        others.push(other.with(&format!("limit=1&cursor={cursor}")));
    }
    for other in others {
        let response = app.get(&other);
        response.problem(400, "cursor_mismatch");
    }
    // How much of the list is shown does not matter; naming the default order neither.
    let second = rows(&app.json(&list.with(&format!("limit=1&cursor={cursor}"))));
    let named = list.sorts.first().map(|sort| format!("&sort={sort}"));
    for view in ["limit=2", "limit=1&count=true"] {
        let named = named.as_deref().unwrap_or_default();
        let page = app.json(&list.with(&format!("{view}{named}&cursor={cursor}")));
        assert_eq!(rows(&page)[0], second[0]);
    }
}

fn counts_only_when_asked(list: &List) {
    let app = TestApp::with(&newsroom());
    for filter in ["", list.filter] {
        let whole = app.rows(&list.with(&format!("limit=100&{filter}"))).len();
        let page = app.json(&list.with(&format!("limit=2&count=true&{filter}")));
        assert_eq!(page["page"]["total"], whole);
        assert_eq!(page["page"].get("total_capped"), None);
        for parameters in ["", "count=false&"] {
            let page = app.json(&list.with(&format!("{parameters}limit=2&{filter}")));
            assert_eq!(page["page"].get("total"), None);
        }
    }
    let all = app.rows(&list.with("limit=100")).len();
    let some = app.rows(&list.with(&format!("limit=100&{}", list.filter)));
    assert!(
        (1..all).contains(&some.len()),
        "{} narrows nothing",
        list.filter
    );
    for count in ["yes", "1", "TRUE"] {
        let response = app.get(&list.with(&format!("count={count}")));
        response.problem(400, "invalid_parameter");
    }
}

/// Whoever reads on while the article is renamed: nothing comes twice, and nothing is passed over.
#[test]
fn reading_on_goes_on_where_it_was_when_the_article_is_renamed() {
    let said = |article: Article, n| article.statement(quote(&format!("words {n}"), "Odo Marl"));
    let article = |slug: &str| {
        (0..5)
            .fold(Article::new(slug).with("id", id(1)), said)
            .line()
    };
    let app = TestApp::with(&[article("first-name")]);
    let quotes = |uri: &str| (app.column(uri, "quote"), app.get(uri).link("next"));
    let list = "/v1/articles/first-name/statements?limit=2&fields=quote";
    let (mut seen, next) = quotes(list);
    let old = next.unwrap();
    app.store(&[article("second-name")]);
    let moved = app.get(&old);
    assert_eq!(moved.status, 308);
    let onward = moved.header("location");
    assert!(onward.starts_with(&format!("/v1/articles/{}/statements?", id(1))));
    let (more, next) = quotes(&onward);
    seen.extend(more);
    // Who keeps the old address takes the new cursor to it: it leads on all the same.
    let cursor = next.unwrap().split("cursor=").nth(1).unwrap().to_owned();
    let moved = app.get(&format!("{list}&cursor={cursor}"));
    assert_eq!(moved.status, 308);
    let (more, next) = quotes(&moved.header("location"));
    seen.extend(more);
    assert_eq!(
        seen,
        ["words 0", "words 1", "words 2", "words 3", "words 4"]
    );
    assert_eq!(next, None);
    // A cursor that no page gave out leads nowhere.
    app.get(&format!("{list}&cursor=abc"))
        .problem(400, "invalid_cursor");
}
