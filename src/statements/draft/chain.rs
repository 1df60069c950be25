//! The chain of a statement as it was written: hop by hop, or by its shortcuts.
use super::{Claimed, HopDraft, PartyDraft};
use crate::domain::fault::Faults;
use crate::domain::{Thing, bounds, checked};
use crate::naming::draft::EntityDraft;
use crate::naming::write_shape::NewReference;
use crate::statements::types::{Anonymous, Role, Unresolved};
use crate::statements::write_shape::NewHop;

pub(super) fn check_chain(
    attribution: Option<Vec<NewHop>>,
    speaker: Option<NewReference>,
    speaker_label: Option<String>,
    anonymous: Option<Anonymous>,
    outlet: Option<NewReference>,
    faults: &mut Faults,
) -> (Vec<HopDraft>, Claimed) {
    let named = |member: &str, thing, new: Option<NewReference>, faults: &mut Faults| {
        let check = |new| faults.within(member, |faults| EntityDraft::check(thing, new, faults));
        new.map(check).map(Box::new)
    };
    let claimed = Claimed {
        speaker: named("speaker", Thing::Speaker, speaker, faults),
        outlet: named("outlet", Thing::Outlet, outlet, faults),
        anonymous: anonymous.map(|source| check_anonymous("anonymous", source, faults)),
    };
    let label = checked::optional_text(faults, "speaker_label", speaker_label, bounds::STRING);
    if let Some(chain) = attribution {
        checked::count(faults, "attribution", chain.len(), bounds::HOPS);
        let mut hops = faults.within("attribution", |faults| check_hops(chain, faults));
        if let (Some(mouth), Some(label)) = (hops.first_mut(), label) {
            label_mouth(mouth, label, faults);
        }
        return (hops, claimed);
    }
    let mouth = match (claimed.speaker, claimed.anonymous) {
        (Some(speaker), None) => PartyDraft::Named(speaker),
        (None, Some(source)) => PartyDraft::Anonymous(source),
        _ => {
            faults.add(
                "",
                "invalid_chain",
                "who said it? give an `attribution`, or one of `speaker` and `anonymous`",
            );
            return (Vec::new(), Claimed::default());
        }
    };
    let hop = |role, party, as_named| HopDraft {
        role,
        party,
        as_named,
        cue: None,
        source_url: None,
    };
    let mut hops = vec![hop(Role::Speaker, mouth, label)];
    hops.extend(
        claimed
            .outlet
            .map(|outlet| hop(Role::Outlet, PartyDraft::Named(outlet), None)),
    );
    (hops, Claimed::default())
}

/// A label beside the chain is what hop 0 is called there, unless it is its name or label already, as in what was read.
fn label_mouth(mouth: &mut HopDraft, label: String, faults: &mut Faults) {
    let own = match &mouth.party {
        PartyDraft::Named(speaker) => speaker.name.as_ref(),
        PartyDraft::Anonymous(source) => Some(&source.label),
        PartyDraft::Unresolved(party) => Some(&party.name),
    };
    match &mouth.as_named {
        Some(named) if *named != label => faults.add(
            "speaker_label",
            "shortcut_mismatch",
            format!("hop 0 of `attribution` is called `{named}` there; leave one of them out"),
        ),
        None if own != Some(&label) => mouth.as_named = Some(label),
        _ => {}
    }
}

fn check_hops(chain: Vec<NewHop>, faults: &mut Faults) -> Vec<HopDraft> {
    if chain.is_empty() {
        faults.add(
            "",
            "invalid_chain",
            "a chain starts with the speaker; it is empty",
        );
    }
    let check = |(at, hop)| faults.within(at, |faults| check_hop(at, hop, faults));
    chain.into_iter().enumerate().filter_map(check).collect()
}

fn check_hop(at: usize, new: NewHop, faults: &mut Faults) -> Option<HopDraft> {
    let Some(role) = new.role else {
        faults.add(
            "role",
            "required",
            "`role` is missing: speaker, relay or outlet",
        );
        return None;
    };
    if (role == Role::Speaker) != (at == 0) {
        faults.add(
            "role",
            "invalid_chain",
            "hop 0 is the speaker, and only hop 0: those who carry the words are relay or outlet",
        );
    }
    let speaker = new.speaker.map(|new| {
        faults.within("speaker", |faults| {
            EntityDraft::check(Thing::Speaker, new, faults)
        })
    });
    let outlet = new.outlet.map(|new| {
        faults.within("outlet", |faults| {
            EntityDraft::check(Thing::Outlet, new, faults)
        })
    });
    let anonymous = new
        .anonymous
        .map(|source| check_anonymous("anonymous", source, faults));
    let unresolved = new
        .unresolved
        .map(|party| faults.within("unresolved", |faults| check_name(role, party, faults)));
    let given = (speaker, outlet, anonymous, unresolved);
    let party = match (role, given) {
        (Role::Speaker | Role::Relay, (Some(speaker), None, None, None)) => {
            PartyDraft::Named(Box::new(speaker))
        }
        (Role::Speaker | Role::Relay, (None, None, Some(source), None)) => {
            PartyDraft::Anonymous(source)
        }
        (Role::Outlet, (None, Some(outlet), None, None)) => PartyDraft::Named(Box::new(outlet)),
        (_, (None, None, None, Some(name))) => PartyDraft::Unresolved(name),
        (Role::Outlet, _) => {
            faults.add(
                "",
                "invalid_chain",
                "a hop with role outlet has an `outlet` and no other party",
            );
            return None;
        }
        (Role::Speaker | Role::Relay, _) => {
            let wanted = "has a `speaker` or an `anonymous` source, one of them and nothing else";
            faults.add(
                "",
                "invalid_chain",
                format!("a hop with role {role} {wanted}"),
            );
            return None;
        }
    };
    checked::optional_url(faults, "source_url", new.source_url.as_deref());
    Some(HopDraft {
        role,
        party,
        as_named: checked::optional_text(faults, "as_named", new.as_named, bounds::STRING),
        cue: checked::optional_text(faults, "cue", new.cue, bounds::STRING),
        source_url: new.source_url,
    })
}

/// A name that nobody has looked up has to be one that a record can have.
fn check_name(role: Role, party: Unresolved, faults: &mut Faults) -> Unresolved {
    let checked = EntityDraft::check(role.thing(), party.reference(role), faults);
    Unresolved {
        name: checked.name.unwrap_or_default(),
        kind: checked::required_text(faults, "kind", Some(party.kind), bounds::STRING),
    }
}

fn check_anonymous(member: &str, source: Anonymous, faults: &mut Faults) -> Anonymous {
    faults.within(member, |faults| {
        if source
            .count
            .is_some_and(|count| !(1..=1_000_000).contains(&count))
        {
            faults.add("count", "invalid_value", "must be from 1 to 1,000,000");
        }
        Anonymous {
            label: checked::required_text(faults, "label", Some(source.label), bounds::STRING),
            count: source.count,
        }
    })
}
