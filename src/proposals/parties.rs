//! Who is named in the statements of a text: as links of chains, and each once in a list.
use std::collections::HashMap;

use super::types::{FoundName, FoundThing};
use crate::domain::name_fold;
use crate::extraction::{Party, Proposal, Source};
use crate::speakers::types::SpeakerKind;
use crate::statements::types::{Anonymous, Role, Unresolved};
use crate::statements::write_shape::NewHop;

/// The parties that were met so far, in the order in which they were met.
#[derive(Default)]
pub struct Parties {
    names: Vec<FoundName>,
    /// Where each is, by its kind and the fold of its name.
    known: HashMap<(&'static str, String), usize>,
}

impl Parties {
    pub fn into_names(self) -> Vec<FoundName> {
        self.names
    }

    /// The chain of a proposal, from the mouth outward.
    pub fn chain(&mut self, proposal: &Proposal) -> Vec<NewHop> {
        let mut mouth = self.hop(Role::Speaker, &proposal.speaker);
        mouth.cue = Some(proposal.cue.clone()).filter(|cue| !cue.is_empty());
        if proposal.implicit {
            mouth.as_named = None;
        }
        let carriers = proposal.via.iter().rev().map(|source| {
            let role = match source.party {
                Party::Outlet => Role::Outlet,
                _ => Role::Relay,
            };
            self.hop(role, source)
        });
        let carriers: Vec<NewHop> = carriers.collect();
        [mouth].into_iter().chain(carriers).collect()
    }

    fn hop(&mut self, role: Role, source: &Source) -> NewHop {
        let hop = NewHop {
            role: Some(role),
            ..NewHop::default()
        };
        if source.party == Party::Anonymous {
            return NewHop {
                anonymous: Some(Anonymous {
                    label: source.name.clone(),
                    count: source.count,
                }),
                ..hop
            };
        }
        let kind = match (role, source.party) {
            (Role::Outlet, _) => FoundThing::Outlet.as_str(),
            (_, Party::Office) => SpeakerKind::Office.as_str(),
            // An outlet that speaks for itself is one that speaks.
            (_, Party::Organisation | Party::Outlet) => SpeakerKind::Organisation.as_str(),
            (_, Party::Person | Party::Anonymous) => SpeakerKind::Person.as_str(),
        };
        let thing = match role {
            Role::Outlet => FoundThing::Outlet,
            _ => FoundThing::Speaker,
        };
        self.meet(source, thing, kind);
        NewHop {
            unresolved: Some(Unresolved {
                name: source.meant.clone(),
                kind: kind.to_owned(),
            }),
            as_named: Some(source.name.clone()),
            ..hop
        }
    }

    fn meet(&mut self, source: &Source, thing: FoundThing, kind: &'static str) {
        let next = self.names.len();
        let at = *self
            .known
            .entry((kind, name_fold::fold(&source.meant)))
            .or_insert(next);
        match self.names.get_mut(at) {
            Some(known) if known.as_named.contains(&source.name) => {}
            Some(known) => known.as_named.push(source.name.clone()),
            None => self.names.push(FoundName {
                name: source.meant.clone(),
                thing,
                kind: kind.to_owned(),
                as_named: vec![source.name.clone()],
                record: None,
                ambiguous: None,
            }),
        }
    }
}
