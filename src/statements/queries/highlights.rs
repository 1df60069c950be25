//! Where in statements the words of a search stand.
use std::collections::HashMap;

use diesel::prelude::*;

use crate::database::Conn;
use crate::database::schema::{entities, statement_hops, statements};
use crate::domain::audience::Audience;
use crate::domain::highlight::{Highlight, HighlightPlace, Highlights};
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::on_engine;
use crate::search::highlight::{At, mark};
use crate::search::matching::Matching;
use crate::search::vocabulary;

/// The highlights of some statements, in the order of their ids.
pub fn highlights(
    conn: &mut Conn<'_>,
    ids: &[Id],
    matching: &Matching,
    audience: Audience,
) -> QueryResult<Vec<Highlights>> {
    let matching = &vocabulary::completed(conn, matching.clone(), audience)?;
    type Row = (
        Id,
        Language,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let rows: Vec<Row> = on_engine!(conn, |conn| statements::table
        .inner_join(statement_hops::table.left_join(entities::table))
        .filter(statements::uuid.eq_any(ids))
        .filter(statement_hops::hop.eq(0))
        .select((
            statements::uuid,
            statements::language,
            statements::quote,
            statement_hops::as_named,
            statement_hops::anonymous_label,
            entities::name.nullable(),
        ))
        .load(conn))?;
    let rows = rows.into_iter();
    let mut texts: HashMap<Id, Vec<Highlight>> = rows
        .map(|(id, language, quote, as_named, label, name)| {
            let within = |text: &str, place| {
                let marked = mark(text, language.as_str(), At::whole(place), matching);
                marked.map(|marked| marked.highlight)
            };
            let mut texts = Vec::new();
            texts.extend(within(&quote, HighlightPlace::Quote));
            let label = as_named.or(label).or(name);
            texts.extend(label.and_then(|label| within(&label, HighlightPlace::SpeakerLabel)));
            (id, texts)
        })
        .collect();
    let one = |id: &Id| Highlights {
        texts: texts.remove(id).unwrap_or_default(),
        id: id.to_string(),
    };
    Ok(ids.iter().map(one).collect())
}
