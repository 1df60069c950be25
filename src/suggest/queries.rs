//! Finds what somebody may mean: records by their names, and articles by their titles. Of what is hidden there is nothing.
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::types::{
    ArticleSuggestion, OutletSuggestion, SpeakerSuggestion, Suggestions, TagSuggestion,
};
use crate::database::Conn;
use crate::database::schema::articles;
use crate::database::spelled::is_any_of;
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::naming::queries::{Begun, Typed};
use crate::on_engine;
use crate::search::index::Index;
use crate::search::matching::{Level, Matching};
use crate::search::vocabulary::completed;
use crate::search::{Kind, place};
use crate::speakers::types::SpeakerKind;
use crate::tags::types::TagKind;

/// How many titles are looked at in one step; more than are ever suggested.
const STEP: i64 = 64;

/// The first few of each kind; of these kinds, where they are given.
pub fn suggest(
    conn: &mut Conn<'_>,
    typed: &str,
    things: Option<&[Thing]>,
    most: usize,
) -> QueryResult<Suggestions> {
    let is_wanted = |thing: Thing| things.is_none_or(|things| things.contains(&thing));
    let mut suggestions = Suggestions::default();
    if let Some(name) = Typed::of(typed) {
        let mut named = |thing: Thing| match is_wanted(thing) {
            true => name.begun(conn, thing, most),
            false => Ok(Vec::new()),
        };
        let speakers = named(Thing::Speaker)?.into_iter();
        suggestions.speakers = speakers.map(|one| speaker(one, &name)).collect();
        let outlets = named(Thing::Outlet)?.into_iter();
        suggestions.outlets = outlets.map(|one| outlet(one, &name)).collect();
        let tags = named(Thing::Tag)?.into_iter();
        suggestions.tags = tags.map(|one| tag(one, &name)).collect();
    }
    if is_wanted(Thing::Article) {
        suggestions.articles = titled(conn, typed, most)?;
    }
    Ok(suggestions)
}

fn speaker(begun: Begun, typed: &Typed) -> SpeakerSuggestion {
    let found_by = typed.other_name(&begun.row).map(str::to_owned);
    let row = begun.row;
    SpeakerSuggestion {
        id: begun.uuid.to_string(),
        slug: row.slug,
        name: row.name,
        found_by,
        kind: row
            .kind
            .and_then(|kind| kind.parse().ok())
            .unwrap_or(SpeakerKind::Person),
        statement_count: begun.statement_count,
    }
}

fn outlet(begun: Begun, typed: &Typed) -> OutletSuggestion {
    let found_by = typed.other_name(&begun.row).map(str::to_owned);
    OutletSuggestion {
        id: begun.uuid.to_string(),
        slug: begun.row.slug,
        name: begun.row.name,
        found_by,
        article_count: begun.article_count,
        statement_count: begun.statement_count,
    }
}

fn tag(begun: Begun, typed: &Typed) -> TagSuggestion {
    let found_by = typed.other_name(&begun.row).map(str::to_owned);
    let row = begun.row;
    TagSuggestion {
        id: begun.uuid.to_string(),
        slug: row.slug,
        name: row.name,
        found_by,
        kind: row
            .kind
            .and_then(|kind| kind.parse().ok())
            .unwrap_or(TagKind::Topic),
        article_count: begun.article_count,
    }
}

/// The newest articles in whose titles all the words stand.
fn titled(conn: &mut Conn<'_>, typed: &str, most: usize) -> QueryResult<Vec<ArticleSuggestion>> {
    let matching = Matching::of(without_bare_article(typed), true);
    let matching = completed(conn, matching, Audience::Public)?;
    // What only says what is not meant suggests nothing.
    if matching.only_excludes() {
        return Ok(Vec::new());
    }
    let rows = newest(conn, &matching, most)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    type Row = (Id, String, String, Language, Option<Moment>);
    let found: Vec<Row> = on_engine!(conn, |conn| articles::table
        .filter(sql::<Bool>(&is_any_of("articles.id", &rows)))
        .filter(articles::visible)
        .order((articles::published_key.desc(), articles::uuid.desc()))
        .select((
            articles::uuid,
            articles::slug,
            articles::title,
            articles::language,
            articles::published_at,
        ))
        .limit(most)
        .load(conn))?;
    let article = |(id, slug, title, language, published_at): Row| ArticleSuggestion {
        id: id.to_string(),
        slug,
        title,
        direction: language.direction(),
        language,
        published_at,
    };
    Ok(found.into_iter().map(article).collect())
}

/// What was typed without an Arabic article at its end that has no word yet: words are indexed without theirs.
fn without_bare_article(typed: &str) -> &str {
    let before = typed.strip_suffix("ال").unwrap_or(typed);
    match before.ends_with(char::is_whitespace) {
        true => before,
        false => typed,
    }
}

/// At least so many articles, if there are, and whatever else was published within the same second as the last one.
fn newest(conn: &mut Conn<'_>, matching: &Matching, most: usize) -> QueryResult<Vec<i64>> {
    let (index, level) = (Index(Kind::Article), Some(Level::First));
    let mut span = place::all(true);
    let mut rows = Vec::new();
    while rows.len() < most && !span.is_empty() {
        let mut places = index.hits(conn, matching, level, &span, true, STEP)?;
        let Some(last) = places.last().copied() else {
            break;
        };
        let second = *place::second_of(last).start();
        let rest = second..=last.saturating_sub(1);
        places.extend(index.hits(conn, matching, level, &rest, true, i64::MAX)?);
        span = *span.start()..=second.saturating_sub(1);
        let places = index.standing(conn, matching, places)?;
        let found = index.at_places(conn, &places)?.into_iter();
        rows.extend(found.map(|found| found.row_id));
    }
    Ok(rows)
}
