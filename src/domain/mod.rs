//! Values with rules of their own: no I/O, no actix, nothing else of this crate.
pub mod audience;
pub mod bounds;
pub mod calendar;
pub mod checked;
pub mod country;
pub mod digest;
pub mod document;
pub mod facet;
pub mod fault;
pub mod highlight;
pub mod id;
pub mod key;
pub mod lag;
pub mod language;
pub mod lookup;
pub mod merge_patch;
pub mod moment;
pub mod name_fold;
pub mod network;
pub mod origin;
pub mod outcome;
pub mod page;
pub mod partial;
pub mod precondition;
pub mod rate;
pub mod route;
pub mod secret;
pub mod slug;
mod stored;
pub mod text;
pub mod verbatim;
pub mod walk;
pub mod web_address;

pub(crate) use stored::{stored_as, text_enum};

text_enum! {
    /// The kinds of record that have an id.
    pub enum Thing {
        Article = "article",
        Statement = "statement",
        Speaker = "speaker",
        Outlet = "outlet",
        Tag = "tag",
    }
}

impl Thing {
    /// The word with its article, as a sentence has it.
    pub fn one(self) -> &'static str {
        match self {
            Self::Article => "an article",
            Self::Statement => "a statement",
            Self::Speaker => "a speaker",
            Self::Outlet => "an outlet",
            Self::Tag => "a tag",
        }
    }
}
