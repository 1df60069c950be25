//! What requests do to single statements. Their article changes with them: it is written whole, and has a new revision.
use super::articles::ArticleChange;
use super::patches::patched_statement;
use super::statements::{find_unanchored, texts_of};
use super::terms::{ChangeError, ChangeResult, Terms};
use super::{Outcome, WriteError, WriteResult, Writer};
use crate::domain::fault::Faults;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::merge_patch::Patch;
use crate::domain::{Thing, bounds};
use crate::rendering::records::{ArticleRecord, StatementRecord};
use crate::rendering::source;
use crate::statements::draft::{StatementDraft, find_anchors};
use crate::statements::types::{Anchor, Origin};
use crate::statements::write_shape::NewStatement;

/// A statement that was written, in its article.
#[derive(Debug)]
pub struct WrittenStatement {
    pub outcome: Outcome,
    pub article: ArticleRecord,
    pub statement: StatementRecord,
}

impl Writer<'_, '_> {
    /// Adds a statement to an article.
    pub fn create_statement(
        &mut self,
        article: &Key,
        new: NewStatement,
        terms: &Terms,
    ) -> ChangeResult<WrittenStatement> {
        let before = self.article(article)?;
        let draft = checked(new.without_owned(), &before, None)?;
        if let Some(id) = &draft.id {
            self.refuse_taken_id(Thing::Statement, id)?;
        }
        let hops = self.resolve_hops(&draft, "")?;
        let made = self.statement(None, draft, hops, None, &before, Origin::Editor);
        let uuid = made.row.uuid.clone();
        let mut statements = before.statements.clone();
        statements.push(made);
        let written = self.write_statement(before, statements, &uuid, terms)?;
        Ok(WrittenStatement {
            outcome: Outcome::Created,
            ..written
        })
    }

    /// Changes what a merge patch names of a statement.
    pub fn patch_statement(
        &mut self,
        statement: &Id,
        patch: &Patch,
        terms: &Terms,
    ) -> ChangeResult<WrittenStatement> {
        let (before, at) = self.article_of(statement)?;
        let twin = statement_at(&before, at)?;
        terms.hold(Thing::Statement, Some(twin.row.revision))?;
        let made = self.patched(&before, at, patch)?;
        self.write_in_place(before, at, made, terms)
    }

    /// A statement of an article as a merge patch would have it.
    pub(super) fn patched(
        &mut self,
        article: &ArticleRecord,
        at: usize,
        patch: &Patch,
    ) -> ChangeResult<StatementRecord> {
        let twin = statement_at(article, at)?;
        let new = patched_statement(source::statement(twin.clone()), patch)?;
        let id = &twin.row.uuid;
        let given = new.id.as_deref().and_then(|id| id.parse::<Id>().ok());
        if given.as_ref() != Some(id) {
            let detail = format!("the statement has the id {id}; leave it out");
            return Err(WriteError::fault("/id", "id_mismatch", detail).into());
        }
        let draft = checked(new, article, Some(at))?;
        let hops = self.resolve_hops(&draft, "")?;
        // Nobody said where else it stands, or that it is to be looked for.
        let stays = !patch.contains_key("anchor") && twin.row.quote == draft.quote;
        let known = twin.row.anchor.clone().map(|anchor| anchor.0);
        let known = known.filter(|_| stays);
        let origin = twin.row.origin;
        Ok(self.statement(Some(twin), draft, hops, known, article, origin))
    }

    /// Writes a statement as it is to be in the place that it has.
    pub(super) fn write_in_place(
        &mut self,
        before: ArticleRecord,
        at: usize,
        made: StatementRecord,
        terms: &Terms,
    ) -> ChangeResult<WrittenStatement> {
        let mut statements = before.statements.clone();
        let uuid = made.row.uuid.clone();
        if let Some(place) = statements.get_mut(at) {
            *place = made;
        }
        self.write_statement(before, statements, &uuid, terms)
    }

    /// Deletes a statement, for good; gives its article as it is then.
    pub fn delete_statement_by(
        &mut self,
        statement: &Id,
        reason: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<ArticleRecord> {
        let (before, at) = self.article_of(statement)?;
        let mut statements = before.statements.clone();
        let dropped = statements.remove(at);
        terms.hold(Thing::Statement, Some(dropped.row.revision))?;
        let (_, article) =
            self.commit_statements(before, statements, vec![dropped], reason, terms)?;
        Ok(article)
    }

    /// Deletes a statement and erases it from the former states of its article, also where it was deleted before.
    pub fn purge_statement(
        &mut self,
        statement: &Id,
        reason: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<()> {
        let articles = match self.delete_statement_by(statement, reason, terms) {
            Ok(article) => vec![article.row.uuid],
            Err(ChangeError::Deleted(..)) => self.articles_that_had(statement)?,
            Err(error) => return Err(error),
        };
        self.sequence();
        for article in articles {
            self.forget_statement(&article, statement)?;
        }
        Ok(())
    }

    fn write_statement(
        &mut self,
        before: ArticleRecord,
        statements: Vec<StatementRecord>,
        uuid: &Id,
        terms: &Terms,
    ) -> ChangeResult<WrittenStatement> {
        let (outcome, article) =
            self.commit_statements(before, statements, Vec::new(), None, terms)?;
        let mut statements = article.statements.iter();
        let statement = statements.find(|one| one.row.uuid == *uuid).cloned();
        Ok(WrittenStatement {
            outcome,
            statement: statement.ok_or(ChangeError::Missing(Thing::Statement))?,
            article,
        })
    }

    /// Writes an article that has other statements from now on, on terms that are held against what it was.
    pub(super) fn commit_statements(
        &mut self,
        before: ArticleRecord,
        statements: Vec<StatementRecord>,
        dropped: Vec<StatementRecord>,
        reason: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, ArticleRecord)> {
        let change = self.change_of(before, statements, dropped, reason);
        self.within(terms, |writer| {
            writer.commit_article(change, |before, _| terms.permit(before, None))
        })
    }

    /// The change of an article that has other statements from now on.
    fn change_of(
        &mut self,
        before: ArticleRecord,
        mut statements: Vec<StatementRecord>,
        dropped: Vec<StatementRecord>,
        reason: Option<&str>,
    ) -> ArticleChange {
        if !dropped.is_empty() {
            find_unanchored(&mut statements, &texts_of(&before));
        }
        self.settle(&mut statements, &before.statements, &before);
        let after = ArticleRecord {
            statements,
            ..before.clone()
        };
        ArticleChange {
            before: Some(before),
            after,
            dropped,
            why_dropped: reason.map(str::to_owned),
            former_keys: Vec::new(),
            given: (None, None),
        }
    }
}

/// A statement by its place in its article.
pub(super) fn statement_at(article: &ArticleRecord, at: usize) -> ChangeResult<&StatementRecord> {
    let missing = ChangeError::Missing(Thing::Statement);
    article.statements.get(at).ok_or(missing)
}

/// Checks a statement against the article that it stands in, in the place of one of its own or as one more.
fn checked(
    new: NewStatement,
    article: &ArticleRecord,
    instead_of: Option<usize>,
) -> WriteResult<StatementDraft> {
    let texts = texts_of(article);
    let mut faults = Faults::default();
    let draft = StatementDraft::check(new, &texts, &mut faults);
    let others: Vec<&StatementRecord> = article
        .statements
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != instead_of)
        .map(|(_, statement)| statement)
        .collect();
    if others.len() >= bounds::STATEMENTS {
        let detail = format!(
            "the article has {} statements; that is the bound",
            others.len()
        );
        faults.add("", "too_many", detail);
    }
    let length = |quote: &str| quote.chars().count();
    let quoted: usize = others.iter().map(|one| length(&one.row.quote)).sum();
    let quoted = quoted + draft.as_ref().map_or(0, |draft| length(&draft.quote));
    if quoted > bounds::QUOTES {
        let bound = bounds::QUOTES;
        let detail = format!(
            "the article's quotes would have {quoted} characters together; the bound is {bound}"
        );
        faults.add("quote", "too_long", detail);
    }
    let mut draft = match (faults.into_result(()), draft) {
        (Ok(()), Some(draft)) => draft,
        (result, _) => return Err(WriteError::Faults(result.err().unwrap_or_default())),
    };
    let anchor_of = |one: &&StatementRecord| one.row.anchor.clone().map(|anchor| anchor.0);
    let taken: Vec<Anchor> = others.iter().filter_map(anchor_of).collect();
    find_anchors(std::slice::from_mut(&mut draft), &texts, taken);
    Ok(draft)
}
