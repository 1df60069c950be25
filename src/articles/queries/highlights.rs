//! Where in articles the words of a search stand.
use std::collections::HashMap;

use diesel::prelude::*;

use crate::articles::types::Block;
use crate::database::schema::articles;
use crate::database::{Conn, Json};
use crate::domain::audience::Audience;
use crate::domain::highlight::{Highlight, HighlightPlace, Highlights};
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::on_engine;
use crate::search::highlight::{At, mark};
use crate::search::matching::Matching;
use crate::search::vocabulary;

/// How many texts of a body are told.
const OF_BODY: usize = 2;

/// The highlights of some articles, in the order of their ids.
pub fn highlights(
    conn: &mut Conn<'_>,
    ids: &[Id],
    matching: &Matching,
    audience: Audience,
) -> QueryResult<Vec<Highlights>> {
    let matching = &vocabulary::completed(conn, matching.clone(), audience)?;
    type Row = (Id, Language, String, Option<String>, Json<Vec<Block>>);
    let rows: Vec<Row> = on_engine!(conn, |conn| articles::table
        .filter(articles::uuid.eq_any(ids))
        .select((
            articles::uuid,
            articles::language,
            articles::title,
            articles::summary,
            articles::body,
        ))
        .load(conn))?;
    let rows = rows.into_iter();
    let mut texts: HashMap<Id, Vec<Highlight>> = rows
        .map(|(id, language, title, summary, body)| {
            let within = |text: &str, at| mark(text, language.as_str(), at, matching);
            let mut texts = Vec::new();
            texts.extend(within(&title, At::whole(HighlightPlace::Title)));
            let summary = summary.as_deref();
            texts.extend(summary.and_then(|text| within(text, At::whole(HighlightPlace::Summary))));
            let blocks = (0..)
                .zip(&body.0)
                .flat_map(|(block, it)| of_block(block, it));
            let mut of_body: Vec<_> = blocks.filter_map(|(at, text)| within(text, at)).collect();
            // Of equals the first stays first.
            of_body.sort_by_key(|marked| std::cmp::Reverse((marked.words, marked.marks)));
            texts.extend(of_body.into_iter().take(OF_BODY));
            let texts = texts.into_iter().map(|marked| marked.highlight);
            (id, texts.collect())
        })
        .collect();
    let one = |id: &Id| Highlights {
        texts: texts.remove(id).unwrap_or_default(),
        id: id.to_string(),
    };
    Ok(ids.iter().map(one).collect())
}

/// The texts of a block, and where they are.
fn of_block(block: u32, it: &Block) -> Vec<(At, &str)> {
    let text = |text| (At::of_block(HighlightPlace::Body, block), text);
    let captioned = |caption| (At::of_block(HighlightPlace::Caption, block), caption);
    match it {
        Block::Heading { text: words, .. } | Block::Paragraph { text: words, .. } => {
            vec![text(words.as_str())]
        }
        Block::Quote {
            text: words,
            caption,
        } => {
            let caption = caption.as_deref().map(captioned);
            [text(words.as_str())].into_iter().chain(caption).collect()
        }
        Block::List { items, .. } => (0..)
            .zip(items)
            .map(|(item, words)| (At::of_item(block, item), words.as_str()))
            .collect(),
        Block::Image { caption, .. } | Block::Embed { caption, .. } => {
            caption.as_deref().map(captioned).into_iter().collect()
        }
    }
}
