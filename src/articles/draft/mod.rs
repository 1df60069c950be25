//! An article as it was written, checked: everything that can be said of it without asking the store.
mod body;
mod request;

use body::check_body;

use super::types::{ArticleStatus, Author, Block, Correction, ExternalReference, Image};
use super::write_shape::NewArticle;
use crate::domain::fault::{Fault, Faults};
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::{Thing, bounds, checked};
use crate::naming::draft::{EntityDraft, check_former_keys, check_references};
use crate::statements::anchor::ArticleText;
use crate::statements::draft::{StatementDraft, find_anchors};
use crate::statements::write_shape::NewStatement;

/// A checked article.
#[derive(Debug, Clone)]
pub struct ArticleDraft {
    pub id: Option<Id>,
    pub slug: Option<String>,
    pub former_keys: Vec<String>,
    pub language: Language,
    pub title: String,
    pub summary: Option<String>,
    pub image: Option<Image>,
    pub body: Vec<Block>,
    pub authors: Vec<Author>,
    pub dateline: Option<String>,
    pub outlet: EntityDraft,
    pub source_url: Option<String>,
    pub references: Vec<ExternalReference>,
    pub status: ArticleStatus,
    pub reason: Option<String>,
    pub published_at: Option<Moment>,
    /// Whether an article that has a moment of publication keeps it where the draft has none.
    pub keeps_date: bool,
    /// Whether a statement that was reviewed stays as it is where the draft has it as a proposal of extraction.
    pub keeps_review: bool,
    pub tags: Vec<EntityDraft>,
    pub statements: Option<Vec<StatementDraft>>,
    pub corrections: Vec<Correction>,
    pub translation_group: Option<Id>,
    pub created_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub revision: Option<i64>,
    pub was_public: bool,
}

impl ArticleDraft {
    pub fn check(new: NewArticle) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        let f = &mut faults;
        if new.language.is_none() {
            f.add(
                "language",
                "required",
                "`language` is missing, such as ar or en",
            );
        }
        let language = checked::language(f, "language", new.language.as_deref());
        let title = checked::required_text(f, "title", new.title, bounds::TITLE);
        let summary = checked::optional_text(f, "summary", new.summary, bounds::SUMMARY);
        let body = check_body(new.body, new.text, f);
        if new.outlet.is_none() {
            f.add(
                "outlet",
                "required",
                "`outlet` is missing: who published it?",
            );
        }
        let outlet = new
            .outlet
            .map(|new| f.within("outlet", |f| EntityDraft::check(Thing::Outlet, new, f)));
        let tags = new.tags.unwrap_or_default();
        checked::count(f, "tags", tags.len(), bounds::TAGS);
        let tags = f.within("tags", |f| {
            let check = |(at, new)| f.within(at, |f| EntityDraft::check(Thing::Tag, new, f));
            tags.into_iter().enumerate().map(check).collect()
        });
        checked::optional_url(f, "source_url", new.source_url.as_deref());
        let status = new.status.unwrap_or(ArticleStatus::Draft);
        let texts = ArticleText {
            title: &title,
            summary: summary.as_deref(),
            body: &body,
        };
        let statements = new.statements.map(|new| check_statements(new, &texts, f));
        let draft = Self {
            id: checked::id(f, "id", new.id.as_deref()),
            slug: checked::slug(f, "slug", new.slug.as_deref()),
            former_keys: check_former_keys(new.former_slugs, new.former_ids, f),
            image: new
                .image
                .map(|image| f.within("image", |f| check_image(image, f))),
            authors: check_authors(new.authors, f),
            dateline: checked::optional_text(f, "dateline", new.dateline, bounds::STRING),
            references: check_references(new.references, f),
            reason: checked::optional_text(f, "reason", new.reason, bounds::STRING),
            published_at: checked::moment(f, "published_at", new.published_at.as_deref()),
            keeps_date: true,
            keeps_review: true,
            corrections: check_corrections(new.corrections, f),
            translation_group: checked::id(
                f,
                "translation_group",
                new.translation_group.as_deref(),
            ),
            created_at: checked::moment(f, "created_at", new.created_at.as_deref()),
            updated_at: checked::moment(f, "updated_at", new.updated_at.as_deref()),
            revision: checked::revision(f, "revision", new.revision),
            was_public: new.was_public == Some(true),
            source_url: new.source_url,
            status,
            tags,
            statements,
            // Both are there, or a fault says that they are not.
            language: match language {
                Some(language) => language,
                None => return faults_alone(faults),
            },
            outlet: match outlet {
                Some(outlet) => outlet,
                None => return faults_alone(faults),
            },
            title,
            summary,
            body,
        };
        faults.into_result(draft)
    }

    pub fn texts(&self) -> ArticleText<'_> {
        ArticleText {
            title: &self.title,
            summary: self.summary.as_deref(),
            body: &self.body,
        }
    }
}

fn faults_alone<T>(faults: Faults) -> Result<T, Vec<Fault>> {
    Err(faults.into_result(()).err().unwrap_or_default())
}

fn check_statements(
    new: Vec<NewStatement>,
    texts: &ArticleText<'_>,
    faults: &mut Faults,
) -> Vec<StatementDraft> {
    checked::count(faults, "statements", new.len(), bounds::STATEMENTS);
    let mut statements: Vec<StatementDraft> = faults.within("statements", |faults| {
        let check = |(at, new)| faults.within(at, |f| StatementDraft::check(new, texts, f));
        new.into_iter().enumerate().filter_map(check).collect()
    });
    let quoted: usize = statements.iter().map(|s| s.quote.chars().count()).sum();
    if quoted > bounds::QUOTES {
        faults.add(
            "statements",
            "too_long",
            format!(
                "have {quoted} characters of quotes together; the bound is {}",
                bounds::QUOTES
            ),
        );
    }
    for (at, statement) in statements.iter().enumerate() {
        let twin = |other: &StatementDraft| other.id.is_some() && other.id == statement.id;
        if statements.iter().take(at).any(twin) {
            faults.add(
                &format!("statements/{at}/id"),
                "duplicate_id",
                "another statement of the article has this id",
            );
        }
    }
    if faults.is_empty() {
        find_anchors(&mut statements, texts, Vec::new());
    }
    statements
}

fn check_image(image: Image, faults: &mut Faults) -> Image {
    checked::url(faults, "url", &image.url);
    Image {
        url: image.url,
        alt: checked::text(faults, "alt", image.alt, bounds::STRING),
        caption: checked::optional_text(faults, "caption", image.caption, bounds::STRING),
        credit: checked::optional_text(faults, "credit", image.credit, bounds::STRING),
    }
}

fn check_authors(authors: Option<Vec<Author>>, faults: &mut Faults) -> Vec<Author> {
    let authors = authors.unwrap_or_default();
    checked::count(faults, "authors", authors.len(), bounds::ENTRIES);
    faults.within("authors", |faults| {
        let check = |(at, author): (usize, Author)| {
            faults.within(at, |faults| {
                checked::optional_url(faults, "url", author.url.as_deref());
                Author {
                    name: checked::required_text(faults, "name", Some(author.name), bounds::NAME),
                    url: author.url,
                }
            })
        };
        authors.into_iter().enumerate().map(check).collect()
    })
}

fn check_corrections(corrections: Option<Vec<Correction>>, faults: &mut Faults) -> Vec<Correction> {
    let corrections = corrections.unwrap_or_default();
    checked::count(faults, "corrections", corrections.len(), bounds::ENTRIES);
    faults.within("corrections", |faults| {
        let check = |(at, correction): (usize, Correction)| {
            faults.within(at, |faults| Correction {
                at: checked::moment(faults, "at", Some(&correction.at))
                    .map(|moment| moment.to_string())
                    .unwrap_or_default(),
                note: checked::required_text(faults, "note", Some(correction.note), bounds::STRING),
            })
        };
        corrections.into_iter().enumerate().map(check).collect()
    })
}
