//! Chains as they are shown: each party as the text names it, and who it was taken for.
use std::collections::HashMap;

use super::types::{Extracted, FoundName, FoundRecord};
use crate::domain::name_fold;
use crate::statements::types::{Role, Unresolved};
use crate::statements::write_shape::{NewHop, NewStatement};

/// The names of an extraction, found by what its chains say.
pub struct Names<'a> {
    all: &'a [FoundName],
    by_record: HashMap<&'a str, usize>,
    by_kind_and_fold: HashMap<(&'a str, String), usize>,
}

/// A link of a chain.
pub struct Link<'a> {
    pub role: Role,
    /// How the text names the party there; None where the words only understand it.
    pub as_named: Option<&'a str>,
    pub cue: Option<&'a str>,
    pub party: Party<'a>,
}

/// Who a link is.
#[derive(Clone, Copy)]
pub enum Party<'a> {
    /// A source without a name, and how many they are.
    Unnamed(Option<u32>),
    /// Its place in the list of names, and what stands there.
    Named(usize, &'a FoundName),
    /// A name that the list does not have.
    Unlisted(&'a str),
}

/// Who a name was taken for.
pub enum Taken<'a> {
    Record(&'a FoundRecord),
    /// Slugs of the records that it may be.
    Several(&'a [String]),
    New,
}

pub fn taken(name: &FoundName) -> Taken<'_> {
    match (&name.record, &name.ambiguous) {
        (Some(record), _) => Taken::Record(record),
        (None, Some(slugs)) => Taken::Several(slugs),
        (None, None) => Taken::New,
    }
}

/// The other ways in which the text names somebody.
pub fn other_names(name: &FoundName) -> impl Iterator<Item = &str> {
    let ways = name.as_named.iter().map(String::as_str);
    ways.filter(|way| !is_same(way, &name.name))
}

fn is_same(one: &str, other: &str) -> bool {
    name_fold::fold(one) == name_fold::fold(other)
}

impl<'a> Names<'a> {
    pub fn of(extracted: &'a Extracted) -> Self {
        let all = extracted.names.as_slice();
        let numbered = || all.iter().enumerate();
        Self {
            all,
            by_record: numbered()
                .filter_map(|(at, name)| Some((name.record.as_ref()?.id.as_str(), at)))
                .collect(),
            by_kind_and_fold: numbered()
                .map(|(at, name)| ((name.kind.as_str(), name_fold::fold(&name.name)), at))
                .collect(),
        }
    }

    /// The chain of a statement, from the mouth outward.
    pub fn chain(&self, statement: &'a NewStatement) -> Vec<Link<'a>> {
        let hops = statement.attribution.iter().flatten();
        hops.map(|hop| self.link(hop)).collect()
    }

    fn link(&self, hop: &'a NewHop) -> Link<'a> {
        let unnamed = hop.anonymous.as_ref();
        Link {
            role: hop.role.unwrap_or(Role::Speaker),
            as_named: hop
                .as_named
                .as_deref()
                .or(unnamed.map(|source| source.label.as_str())),
            cue: hop.cue.as_deref(),
            party: match unnamed {
                Some(source) => Party::Unnamed(source.count),
                None => self.party(hop),
            },
        }
    }

    fn party(&self, hop: &'a NewHop) -> Party<'a> {
        let reference = hop.speaker.as_ref().or(hop.outlet.as_ref());
        let id = reference.and_then(|reference| reference.id.as_deref());
        let name = reference.and_then(|reference| reference.name.as_deref());
        let by_name = |party: &'a Unresolved| {
            let key = (party.kind.as_str(), name_fold::fold(&party.name));
            self.by_kind_and_fold.get(&key)
        };
        let unresolved = hop.unresolved.as_ref();
        let at = id
            .and_then(|id| self.by_record.get(id))
            .or_else(|| unresolved.and_then(by_name));
        let listed = at.and_then(|at| Some((*at, self.all.get(*at)?)));
        match listed {
            Some((at, name)) => Party::Named(at, name),
            None => Party::Unlisted(
                name.or(unresolved.map(|party| party.name.as_str()))
                    .unwrap_or_default(),
            ),
        }
    }
}

impl<'a> Link<'a> {
    /// What the party is called in full, where it has a name.
    pub fn name(&self) -> Option<&'a str> {
        match self.party {
            Party::Unnamed(_) => None,
            Party::Named(_, name) => Some(&name.name),
            Party::Unlisted(name) => Some(name),
        }
    }

    /// That name, where it is no other spelling of what the text has there.
    pub fn full_name(&self) -> Option<&'a str> {
        self.name().filter(|name| !is_same(name, self.label()))
    }

    /// How the text names it there, else its name.
    pub fn label(&self) -> &'a str {
        self.as_named.or(self.name()).unwrap_or_default()
    }
}
