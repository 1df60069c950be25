//! A statement as it was written, checked against the rules and against the text it stands in.
mod chain;

use chain::check_chain;

use super::anchor::{ArticleText, CONTEXT, Spot};
use super::types::{
    Anchor, AnchorPiece, AnchorPlace, AnchorState, Anonymous, Form, Origin, Precision, Role,
    StatementStatus, Unresolved,
};
use super::write_shape::{NewAnchor, NewStatement};
use crate::domain::fault::Faults;
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::{bounds, checked, text};
use crate::naming::draft::EntityDraft;

/// A checked statement.
#[derive(Debug, Clone)]
pub struct StatementDraft {
    pub id: Option<Id>,
    pub form: Form,
    pub quote: String,
    pub hops: Vec<HopDraft>,
    /// The shortcuts that stood beside a chain: they must name the same parties.
    pub claimed: Claimed,
    pub anchor: Option<Anchor>,
    /// Whether the writer gave the anchor, or it was found.
    pub anchor_given: bool,
    pub said_at: Option<Moment>,
    pub said_precision: Option<Precision>,
    pub language: Option<Language>,
    pub status: StatementStatus,
    pub origin: Option<Origin>,
    pub confidence: Option<f64>,
    pub rule: Option<String>,
    pub note: Option<String>,
    pub created_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub revision: Option<i64>,
    pub was_public: bool,
}

/// A checked link of a chain.
#[derive(Debug, Clone)]
pub struct HopDraft {
    pub role: Role,
    pub party: PartyDraft,
    pub as_named: Option<String>,
    pub cue: Option<String>,
    pub source_url: Option<String>,
}

#[derive(Debug, Clone)]
pub enum PartyDraft {
    // Boxed: most hops of a long chain are not new records.
    Named(Box<EntityDraft>),
    Anonymous(Anonymous),
    Unresolved(Unresolved),
}

/// Shortcuts given beside a chain.
#[derive(Debug, Clone, Default)]
pub struct Claimed {
    pub speaker: Option<Box<EntityDraft>>,
    pub anonymous: Option<Anonymous>,
    pub outlet: Option<Box<EntityDraft>>,
}

impl StatementDraft {
    /// Checks one statement; its anchor is checked here too, but looked for only by [`find_anchors`].
    pub fn check(
        new: NewStatement,
        article: &ArticleText<'_>,
        faults: &mut Faults,
    ) -> Option<Self> {
        let quote = checked::required_text(faults, "quote", new.quote, bounds::QUOTE);
        if new.form.is_none() {
            faults.add(
                "form",
                "required",
                "`form` is missing: direct, indirect or mixed",
            );
        }
        let (hops, claimed) = check_chain(
            new.attribution,
            new.speaker,
            new.speaker_label,
            new.anonymous,
            new.outlet,
            faults,
        );
        if hops
            .iter()
            .any(|hop| matches!(hop.party, PartyDraft::Unresolved(_)))
            && !new.status.is_some_and(StatementStatus::may_be_unresolved)
        {
            faults.add(
                "attribution",
                "invalid_chain",
                "only a `proposed` or `rejected` statement may hold an `unresolved` party: name the party, or accept the \
                 statement, which finds the record or makes it",
            );
        }
        let anchor_given = new.anchor.is_some();
        let anchor = new.anchor.and_then(|anchor| {
            faults.within("anchor", |faults| check_anchor(anchor, article, faults))
        });
        if new
            .confidence
            .is_some_and(|value| !(0.0..=1.0).contains(&value))
        {
            faults.add("confidence", "invalid_value", "must be from 0 to 1");
        }
        let said_at = checked::moment(faults, "said_at", new.said_at.as_deref());
        if new.said_precision.is_some() && new.said_at.is_none() {
            faults.add(
                "said_precision",
                "invalid_value",
                "says how exact `said_at` is, which is missing",
            );
        }
        Some(Self {
            id: checked::id(faults, "id", new.id.as_deref()),
            form: new.form?,
            quote,
            hops,
            claimed,
            anchor,
            anchor_given,
            said_at,
            said_precision: new.said_precision,
            language: checked::language(faults, "language", new.language.as_deref()),
            status: new.status.unwrap_or(StatementStatus::Published),
            origin: new.origin,
            confidence: new.confidence,
            rule: checked::optional_text(faults, "rule", new.rule, bounds::STRING),
            note: checked::optional_text(faults, "note", new.note, bounds::STRING),
            created_at: checked::moment(faults, "created_at", new.created_at.as_deref()),
            updated_at: checked::moment(faults, "updated_at", new.updated_at.as_deref()),
            revision: checked::revision(faults, "revision", new.revision),
            was_public: new.was_public == Some(true),
        })
    }
}

/// Looks for the quotes that came without an anchor, in the order in which they were given, where nothing is anchored yet.
pub fn find_anchors(
    statements: &mut [StatementDraft],
    article: &ArticleText<'_>,
    mut taken: Vec<Anchor>,
) {
    taken.extend(statements.iter().filter_map(|s| s.anchor.clone()));
    for statement in statements {
        if !statement.anchor_given {
            statement.anchor = article.find(&statement.quote, &taken);
            taken.extend(statement.anchor.clone());
        }
    }
}

fn check_anchor(new: NewAnchor, article: &ArticleText<'_>, faults: &mut Faults) -> Option<Anchor> {
    let exact = cut(faults, "exact", new.exact, bounds::QUOTE);
    if exact.is_empty() {
        faults.add("exact", "required", "`exact` is missing or empty");
    }
    for (member, missing) in [("start", new.start.is_none()), ("end", new.end.is_none())] {
        if missing {
            faults.add(member, "required", format!("`{member}` is missing"));
        }
    }
    let (start, end) = (new.start?, new.end?);
    let place = new.place.unwrap_or(AnchorPlace::Body);
    if (place == AnchorPlace::Body) != new.block.is_some() {
        faults.add(
            "block",
            "invalid_anchor",
            "an anchor in the body has a `block`, no other has one",
        );
        return None;
    }
    let spot = Spot {
        place,
        block: new.block,
        item: new.item,
    };
    let mut continued = new.continued;
    for piece in continued.iter_mut().flatten() {
        piece.exact = text::nfc(std::mem::take(&mut piece.exact));
    }
    checked::count(
        faults,
        "continued",
        continued.as_ref().map_or(0, Vec::len),
        bounds::ENTRIES,
    );
    if new.state == Some(AnchorState::Orphaned) {
        return Some(Anchor {
            place,
            block: spot.block,
            item: spot.item,
            start,
            end,
            exact,
            prefix: cut(faults, "prefix", new.prefix, CONTEXT),
            suffix: cut(faults, "suffix", new.suffix, CONTEXT),
            state: AnchorState::Orphaned,
            continued: continued.filter(|pieces: &Vec<AnchorPiece>| !pieces.is_empty()),
        });
    }
    match article.verify(spot, start, end, &exact, continued) {
        Ok(anchor) => Some(Anchor {
            state: new.state.unwrap_or(AnchorState::Ok),
            ..anchor
        }),
        Err(wrong) => {
            faults.add("", "anchor_mismatch", wrong);
            None
        }
    }
}

/// A piece of some text: it may cut a pair of bidi controls that the whole text closes.
fn cut(faults: &mut Faults, member: &str, given: Option<String>, bound: usize) -> String {
    let piece = text::nfc(given.unwrap_or_default());
    if piece.contains('\0') {
        faults.add(member, "invalid_text", "holds a NUL character; remove it");
    }
    let length = piece.chars().count();
    if length > bound {
        let detail = format!("has {length} characters; the bound is {bound}");
        faults.add(member, "too_long", detail);
    }
    piece
}
