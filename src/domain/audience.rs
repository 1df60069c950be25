//! For whom something is read: what is stored is the public's, and more than that is rendered on the way out.

/// Who is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: sees what is published and due.
    Public,
    /// Who brings a key with the scope `read` or more: sees what is hidden, too.
    Editor,
}

impl Audience {
    /// Whether it sees what is visible to the public, or is not.
    pub fn sees(self, visible: bool) -> bool {
        visible || self == Self::Editor
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Editor => "editor",
        }
    }
}
