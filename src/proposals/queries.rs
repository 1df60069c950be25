//! What the store knows of what was extracted: whom its names mean, and what of it was rejected before.
use std::collections::{HashMap, HashSet};

use diesel::QueryResult;

use super::article::texts_of;
use super::types::{Extracted, FoundName, FoundRecord, FoundThing};
use crate::database::Conn;
use crate::database::rejected::{Surrounded, rejected};
use crate::domain::Thing;
use crate::naming::write_shape::NewReference;
use crate::rendering::load::records_by_name;
use crate::rendering::records::EntityKey;
use crate::speakers::types::SpeakerKind;
use crate::statements::anchor::{ArticleText, Spot};
use crate::statements::types::{Anchor, Role, Unresolved};
use crate::statements::write_shape::{NewHop, NewStatement};

/// Leaves out what was rejected before in the same surroundings, and looks up the names of the rest.
pub fn consult(conn: &mut Conn<'_>, extracted: &mut Extracted) -> QueryResult<()> {
    leave_out_rejected(conn, extracted)?;
    resolve(conn, extracted)
}

fn leave_out_rejected(conn: &mut Conn<'_>, extracted: &mut Extracted) -> QueryResult<()> {
    let article = &mut extracted.article;
    let statements = article.statements.take().unwrap_or_default();
    let texts = texts_of(article);
    let anchors: Vec<Option<Anchor>> = statements.iter().map(|one| anchor(one, &texts)).collect();
    let quotes: Vec<Surrounded<'_>> = statements
        .iter()
        .zip(&anchors)
        .map(|(statement, anchor)| {
            let around = anchor
                .as_ref()
                .map(|anchor| (anchor.prefix.as_str(), anchor.suffix.as_str()));
            (statement.quote.as_deref().unwrap_or_default(), around)
        })
        .collect();
    let rejected = rejected(conn, &quotes)?;
    let statements: Vec<NewStatement> = statements
        .into_iter()
        .zip(rejected)
        .filter_map(|(statement, rejected)| (!rejected).then_some(statement))
        .collect();
    let named: HashSet<(&str, &str)> = statements
        .iter()
        .flat_map(|statement| statement.attribution.iter().flatten())
        .filter_map(|hop| hop.unresolved.as_ref())
        .map(|party| (party.kind.as_str(), party.name.as_str()))
        .collect();
    extracted
        .names
        .retain(|name| named.contains(&(name.kind.as_str(), name.name.as_str())));
    article.statements = Some(statements);
    Ok(())
}

/// The anchor of a statement, with what stands around it.
fn anchor(statement: &NewStatement, texts: &ArticleText<'_>) -> Option<Anchor> {
    let anchor = statement.anchor.as_ref()?;
    let spot = Spot {
        place: anchor.place?,
        block: anchor.block,
        item: anchor.item,
    };
    let exact = anchor.exact.as_deref()?;
    texts
        .verify(spot, anchor.start?, anchor.end?, exact, None)
        .ok()
}

/// Looks up every name: where the store has one record of it, that takes the place of the unresolved name in all chains.
fn resolve(conn: &mut Conn<'_>, extracted: &mut Extracted) -> QueryResult<()> {
    let mut known: HashMap<(String, String), FoundRecord> = HashMap::new();
    for name in &mut extracted.names {
        match candidates(conn, name)?.as_slice() {
            [] => {}
            [one] => {
                let record = found(one);
                known.insert((name.kind.clone(), name.name.clone()), record.clone());
                name.record = Some(record);
            }
            several => {
                let slugs = several.iter().map(|one| one.slug.clone());
                name.ambiguous = Some(slugs.collect());
            }
        }
    }
    let statements = extracted.article.statements.iter_mut().flatten();
    for hop in statements.flat_map(|one| one.attribution.iter_mut().flatten()) {
        settle(hop, &known);
    }
    take_carriers_for_outlets(conn, extracted)
}

fn found(key: &EntityKey) -> FoundRecord {
    FoundRecord {
        id: key.uuid.to_string(),
        slug: key.slug.clone(),
        name: key.name.clone(),
    }
}

/// A body that carries words, and that the store knows as an outlet alone, is that outlet, though its name does not tell.
fn take_carriers_for_outlets(conn: &mut Conn<'_>, extracted: &mut Extracted) -> QueryResult<()> {
    let kind = SpeakerKind::Organisation.as_str();
    for name in &mut extracted.names {
        if name.kind != kind || name.record.is_some() || name.ambiguous.is_some() {
            continue;
        }
        let outlets = records_by_name(conn, Thing::Outlet, None, &name.name)?;
        let [outlet] = outlets.as_slice() else {
            continue;
        };
        let mut speaks = false;
        let statements = extracted.article.statements.iter_mut().flatten();
        for hop in statements.flat_map(|one| one.attribution.iter_mut().flatten()) {
            let unresolved = hop.unresolved.as_mut();
            let Some(party) = unresolved.filter(|of| of.kind == kind && of.name == name.name)
            else {
                continue;
            };
            if hop.role == Some(Role::Relay) {
                party.kind = FoundThing::Outlet.as_str().to_owned();
                hop.role = Some(Role::Outlet);
                settle_as(hop, &found(outlet));
            } else {
                speaks = true;
            }
        }
        // Where it speaks for itself as well, it is a speaker whom nobody has told of yet.
        if !speaks {
            name.thing = FoundThing::Outlet;
            name.kind = FoundThing::Outlet.as_str().to_owned();
            name.record = Some(found(outlet));
        }
    }
    Ok(())
}

/// The records of a name: of its kind where there are such, else of any, as a text does not always tell what is what.
fn candidates(conn: &mut Conn<'_>, name: &FoundName) -> QueryResult<Vec<EntityKey>> {
    let thing = match name.thing {
        FoundThing::Outlet => return records_by_name(conn, Thing::Outlet, None, &name.name),
        FoundThing::Speaker => Thing::Speaker,
    };
    let of_kind = records_by_name(conn, thing, Some(&name.kind), &name.name)?;
    match of_kind.is_empty() {
        true => records_by_name(conn, thing, None, &name.name),
        false => Ok(of_kind),
    }
}

fn settle(hop: &mut NewHop, known: &HashMap<(String, String), FoundRecord>) {
    let Some(Unresolved { name, kind }) = &hop.unresolved else {
        return;
    };
    if let Some(record) = known.get(&(kind.clone(), name.clone())) {
        settle_as(hop, record);
    }
}

/// The record in the place of the unresolved name.
fn settle_as(hop: &mut NewHop, record: &FoundRecord) {
    let outlet = hop
        .unresolved
        .take()
        .is_some_and(|party| party.kind == FoundThing::Outlet.as_str());
    let reference = Some(NewReference {
        id: Some(record.id.clone()),
        slug: Some(record.slug.clone()),
        name: Some(record.name.clone()),
        ..NewReference::default()
    });
    match outlet {
        true => hop.outlet = reference,
        false => hop.speaker = reference,
    }
}
