//! The chains of statements that are written: each party looked up, or made.
use super::{WriteError, WriteResult, Writer};
use crate::naming::draft::EntityDraft;
use crate::rendering::records::{EntityKey, HopRecord, Party};
use crate::statements::draft::{HopDraft, PartyDraft, StatementDraft};
use crate::statements::types::Role;

impl Writer<'_, '_> {
    /// The chain of a draft, each party looked up. `within` leads to the statement in its document.
    pub(super) fn resolve_hops(
        &mut self,
        draft: &StatementDraft,
        within: &str,
    ) -> WriteResult<Vec<HopRecord>> {
        let mut hops = Vec::with_capacity(draft.hops.len());
        for (hop, link) in draft.hops.iter().enumerate() {
            let HopDraft {
                role,
                party,
                as_named,
                cue,
                source_url,
            } = link.clone();
            let party = match party {
                PartyDraft::Named(entity) => {
                    let pointer = format!("{within}/attribution/{hop}/{}", entity.thing);
                    Party::Named(self.resolve(&entity, &pointer)?)
                }
                PartyDraft::Anonymous(source) => Party::Anonymous(source),
                PartyDraft::Unresolved(name) => Party::Unresolved(name),
            };
            hops.push(HopRecord {
                role,
                party,
                as_named,
                cue,
                source_url,
            });
        }
        self.hold_claims(draft, &hops, within)?;
        Ok(hops)
    }

    /// Shortcuts beside a chain must name the parties that the chain names.
    fn hold_claims(
        &mut self,
        draft: &StatementDraft,
        hops: &[HopRecord],
        within: &str,
    ) -> WriteResult<()> {
        let differs = |member: &str| {
            WriteError::fault(
                &format!("{within}/{member}"),
                "shortcut_mismatch",
                format!("`{member}` names another party than `attribution`; leave one of them out"),
            )
        };
        let mouth = hops.first();
        let credited = hops.iter().rev().find(|hop| hop.role == Role::Outlet);
        let mut same = |claim: &EntityDraft, member: &str, party: Option<EntityKey>| {
            let claimed = self.resolve(claim, &format!("{within}/{member}"))?;
            match party {
                Some(party) if party.id == claimed.id => Ok(()),
                _ => Err(differs(member)),
            }
        };
        if let Some(claim) = &draft.claimed.speaker {
            same(claim, "speaker", mouth.and_then(HopRecord::named).cloned())?;
        }
        if let Some(claim) = &draft.claimed.outlet {
            same(
                claim,
                "outlet",
                credited.and_then(HopRecord::named).cloned(),
            )?;
        }
        match (&draft.claimed.anonymous, mouth.map(|hop| &hop.party)) {
            (None, _) => Ok(()),
            (Some(claim), Some(Party::Anonymous(source))) if claim == source => Ok(()),
            (Some(_), _) => Err(differs("anonymous")),
        }
    }
}
