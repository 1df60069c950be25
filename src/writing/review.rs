//! The review of what was proposed: statements are accepted, as they are or with changes, or rejected.
use std::collections::HashSet;

use serde_json::Value;

use super::statement_requests::{WrittenStatement, statement_at};
use super::terms::{ChangeError, ChangeResult, Terms};
use super::{Outcome, WriteError, WriteResult, Writer};
use crate::domain::Thing;
use crate::domain::fault::{Fault, Faults};
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::merge_patch::Patch;
use crate::naming::draft::EntityDraft;
use crate::rendering::records::{ArticleRecord, EntityKey, Party, StatementRecord};
use crate::statements::types::{Role, StatementStatus, Unresolved};

/// An article whose proposals were accepted.
#[derive(Debug)]
pub struct AcceptedStatements {
    pub outcome: Outcome,
    pub article: ArticleRecord,
    pub accepted: HashSet<Id>,
}

impl Writer<'_, '_> {
    /// Accepts a statement, with what a merge patch changes of it. One that is published already stays as it is.
    pub fn accept_statement(
        &mut self,
        statement: &Id,
        patch: &Patch,
        terms: &Terms,
    ) -> ChangeResult<WrittenStatement> {
        let (before, at) = self.article_of(statement)?;
        let proposed = statement_at(&before, at)?;
        terms.hold(Thing::Statement, Some(proposed.row.revision))?;
        let status = proposed.row.status;
        if status == StatementStatus::Retracted {
            return Err(already_retracted());
        }
        let patch = without_status(patch)?;
        let mut made = self.patched(&before, at, &patch)?;
        if !patch.contains_key("attribution") {
            self.keep_names(proposed, &mut made)?;
        }
        // Why it was rejected is nothing to tell the public.
        if status == StatementStatus::Rejected && !patch.contains_key("note") {
            made.row.note = None;
        }
        let mut faults = Vec::new();
        self.accept(&mut made, "", &mut faults)?;
        if !faults.is_empty() {
            return Err(WriteError::Faults(faults).into());
        }
        let written = self.write_in_place(before, at, made, terms)?;
        if status == StatementStatus::Published && written.outcome != Outcome::Unchanged {
            let detail = "the statement is published already; change it by PATCH";
            return Err(ChangeError::clash("", "already_published", detail));
        }
        Ok(written)
    }

    /// Rejects a statement, with a note for those who may read it. Nothing is looked up, and no record made.
    pub fn reject_statement(
        &mut self,
        statement: &Id,
        note: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<WrittenStatement> {
        let (before, at) = self.article_of(statement)?;
        let mut made = statement_at(&before, at)?.clone();
        terms.hold(Thing::Statement, Some(made.row.revision))?;
        match made.row.status {
            StatementStatus::Proposed | StatementStatus::Rejected => {}
            StatementStatus::Published => {
                let detail = "the statement is published already; to take it back, change its `status` to `retracted`";
                return Err(ChangeError::clash("", "already_published", detail));
            }
            StatementStatus::Retracted => return Err(already_retracted()),
        }
        made.row.status = StatementStatus::Rejected;
        if let Some(note) = note {
            made.row.note = Some(note.to_owned());
        }
        self.write_in_place(before, at, made, terms)
    }

    /// Accepts all that is proposed in an article, or nothing, where one name cannot be told from another.
    pub fn accept_article_statements(
        &mut self,
        article: &Key,
        terms: &Terms,
    ) -> ChangeResult<AcceptedStatements> {
        let before = self.article(article)?;
        terms.hold(Thing::Article, Some(before.row.revision))?;
        let mut statements = before.statements.clone();
        let (mut accepted, mut faults) = (HashSet::new(), Vec::new());
        for (at, statement) in statements.iter_mut().enumerate() {
            if statement.row.status == StatementStatus::Proposed {
                self.accept(statement, &format!("/statements/{at}"), &mut faults)?;
                accepted.insert(statement.row.uuid.clone());
            }
        }
        if !faults.is_empty() {
            return Err(WriteError::Faults(faults).into());
        }
        let (outcome, article) =
            self.commit_statements(before, statements, Vec::new(), None, terms)?;
        Ok(AcceptedStatements {
            outcome,
            article,
            accepted,
        })
    }

    /// Publishes a statement: every name in it that nobody has looked up finds its record, or makes it. `within` leads to it
    /// in its document.
    fn accept(
        &mut self,
        statement: &mut StatementRecord,
        within: &str,
        faults: &mut Vec<Fault>,
    ) -> WriteResult<()> {
        for (at, hop) in statement.hops.iter_mut().enumerate() {
            let Party::Unresolved(name) = &hop.party else {
                continue;
            };
            let pointer = format!("{within}/attribution/{at}/{}", hop.role.thing());
            match self.find_or_make(hop.role, name, &pointer) {
                Ok(found) => hop.party = Party::Named(found),
                Err(WriteError::Faults(found)) => faults.extend(found),
                Err(other) => return Err(other),
            }
        }
        statement.row.status = StatementStatus::Published;
        statement.row.anonymous = statement.speaker().is_none();
        Ok(())
    }

    fn find_or_make(
        &mut self,
        role: Role,
        name: &Unresolved,
        pointer: &str,
    ) -> WriteResult<EntityKey> {
        let mut faults = Faults::default();
        let draft = EntityDraft::check(role.thing(), name.reference(role), &mut faults);
        let draft = faults.into_result(draft).map_err(WriteError::Faults)?;
        self.resolve(&draft, pointer)
    }

    /// Who says by a shortcut which record a name means keeps how the article prints it: it is nobody else's.
    fn keep_names(
        &mut self,
        proposed: &StatementRecord,
        made: &mut StatementRecord,
    ) -> WriteResult<()> {
        for (before, hop) in proposed.hops.iter().zip(&mut made.hops) {
            let (Party::Unresolved(name), Party::Named(chosen)) = (&before.party, &hop.party)
            else {
                continue;
            };
            if hop.as_named.is_some() || hop.role != before.role {
                continue;
            }
            let of_this_name = self.entities_by_name(hop.role.thing(), None, &name.name)?;
            if of_this_name.contains(chosen) {
                hop.as_named.clone_from(&before.as_named);
            }
        }
        Ok(())
    }
}

/// The changes with which a statement is accepted, without the status that it has then.
fn without_status(patch: &Patch) -> WriteResult<Patch> {
    let mut patch = patch.clone();
    match patch.shift_remove("status") {
        None => Ok(patch),
        Some(Value::String(status)) if status == StatementStatus::Published.as_str() => Ok(patch),
        Some(_) => Err(WriteError::fault(
            "/status",
            "invalid_value",
            "what is accepted is `published`; leave it out",
        )),
    }
}

fn already_retracted() -> ChangeError {
    let detail =
        "the statement was published and taken back; to publish it again, change its `status`";
    ChangeError::clash("", "already_retracted", detail)
}
