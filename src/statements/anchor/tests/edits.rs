//! Articles made up, and what editors do to them.
use super::*;
use proptest::sample::Index;

/// An article's texts, to be edited.
#[derive(Debug, Clone)]
pub struct Texts {
    pub title: String,
    pub summary: Option<String>,
    pub body: Vec<Block>,
}

/// One change that an editor makes. Places are drawn; where there is none, nothing is done.
#[derive(Debug, Clone)]
pub enum Edit {
    Insert(Index, Index, String),
    Delete(Index, Index, usize),
    Replace(Index, Index, usize, String),
    /// Says something that stands there once more, elsewhere.
    Repeat(Index, Index, Index),
    InsertBlock(Index, Block),
    DeleteBlock(Index),
    MoveBlock(Index, Index),
    Mark(Index),
    Title(String),
    Summary(Option<String>),
}

/// What texts are made of: few words, so that they repeat; vowel marks, which are letters of their own; pairs of surrogates,
/// some of them several to one sign; marks of direction.
pub fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "قال",
        "قَالَ",
        "الوزيرُ",
        "الوزير",
        "نعم",
        "لا",
        "ـ",
        "said",
        "yes",
        "yes yes",
        "café",
        "cafe\u{301}",
        "😀",
        "👩\u{200d}🚀",
        "𝒜",
        "\u{200f}",
        "\u{2067}",
        "\u{2069}",
        ".",
        "“",
        "”",
        "…",
    ]);
    prop::collection::vec(
        (word, prop::sample::select(vec!["", " ", " ", " … "])),
        1..9,
    )
    .prop_map(|parts| {
        parts
            .into_iter()
            .map(|(word, gap)| format!("{word}{gap}"))
            .collect()
    })
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        4 => words().prop_map(|text| paragraph(&text)),
        1 => words().prop_map(|text| Block::Heading { level: 2, text }),
        1 => words().prop_map(|text| Block::Quote { text, caption: Some("نعم".to_owned()) }),
        2 => (any::<bool>(), prop::collection::vec(words(), 1..4))
            .prop_map(|(ordered, items)| Block::List { ordered, items }),
        1 => Just(Block::Embed { url: "https://a.example".to_owned(), caption: None }),
    ]
}

pub fn texts() -> impl Strategy<Value = Texts> {
    let summary = prop::option::of(words());
    (words(), summary, prop::collection::vec(block(), 1..6)).prop_map(|(title, summary, body)| {
        Texts {
            title,
            summary,
            body,
        }
    })
}

pub fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), at(), words()).prop_map(|(text, at, new)| Edit::Insert(text, at, new)),
        3 => (at(), at(), 1..20_usize).prop_map(|(text, at, length)| Edit::Delete(text, at, length)),
        3 => (at(), at(), 1..20_usize, words())
            .prop_map(|(text, at, length, new)| Edit::Replace(text, at, length, new)),
        3 => (at(), at(), at()).prop_map(|(from, to, at)| Edit::Repeat(from, to, at)),
        2 => (at(), block()).prop_map(|(at, block)| Edit::InsertBlock(at, block)),
        2 => at().prop_map(Edit::DeleteBlock),
        3 => (at(), at()).prop_map(|(from, to)| Edit::MoveBlock(from, to)),
        1 => at().prop_map(Edit::Mark),
        1 => words().prop_map(Edit::Title),
        1 => prop::option::of(words()).prop_map(Edit::Summary),
    ]
}

impl Texts {
    pub fn view(&self) -> ArticleText<'_> {
        ArticleText {
            title: &self.title,
            summary: self.summary.as_deref(),
            body: &self.body,
        }
    }

    /// Every text with the spot where it is.
    pub fn all(&mut self) -> Vec<(Spot, &mut String)> {
        let outside = |place| Spot {
            place,
            block: None,
            item: None,
        };
        let mut all = vec![(outside(AnchorPlace::Title), &mut self.title)];
        all.extend(
            self.summary
                .as_mut()
                .map(|text| (outside(AnchorPlace::Summary), text)),
        );
        for (at, block) in self.body.iter_mut().enumerate() {
            let spot = |item: Option<usize>| Spot {
                place: AnchorPlace::Body,
                block: Some(at as u32),
                item: item.map(|item| item as u32),
            };
            match block {
                Block::Heading { text, .. }
                | Block::Paragraph { text, .. }
                | Block::Quote { text, .. } => {
                    all.push((spot(None), text));
                }
                Block::List { items, .. } => {
                    all.extend(
                        items
                            .iter_mut()
                            .enumerate()
                            .map(|(at, item)| (spot(Some(at)), item)),
                    );
                }
                Block::Image { .. } | Block::Embed { .. } => {}
            }
        }
        all
    }

    /// Puts characters in the place of some others, within one text.
    fn splice(&mut self, text: Index, at: Index, length: usize, new: &str) {
        let mut all = self.all();
        let at_text = text.index(all.len());
        let text = &mut *all[at_text].1;
        let letters: Vec<char> = text.chars().collect();
        let start = at.index(letters.len() + 1);
        let end = (start + length).min(letters.len());
        *text = letters[..start]
            .iter()
            .copied()
            .chain(new.chars())
            .chain(letters[end..].iter().copied())
            .collect();
    }

    pub fn edit(&mut self, edit: &Edit) {
        let blocks = self.body.len();
        match edit {
            Edit::Insert(text, at, new) => self.splice(*text, *at, 0, new),
            Edit::Delete(text, at, length) => self.splice(*text, *at, *length, ""),
            Edit::Replace(text, at, length, new) => self.splice(*text, *at, *length, new),
            Edit::Repeat(from, to, at) => {
                let all = self.all();
                let from = from.index(all.len());
                let copy = all[from].1.clone();
                self.splice(*to, *at, 0, &copy);
            }
            Edit::InsertBlock(at, block) => self.body.insert(at.index(blocks + 1), block.clone()),
            Edit::DeleteBlock(at) if blocks > 0 => drop(self.body.remove(at.index(blocks))),
            Edit::MoveBlock(from, to) if blocks > 0 => {
                let block = self.body.remove(from.index(blocks));
                self.body.insert(to.index(blocks), block);
            }
            Edit::Mark(at) if blocks > 0 => {
                if let Block::Paragraph { marks, .. } = &mut self.body[at.index(blocks)] {
                    *marks = Some(Vec::new()).filter(|_| marks.is_none());
                }
            }
            Edit::DeleteBlock(_) | Edit::MoveBlock(..) | Edit::Mark(_) => {}
            Edit::Title(title) => self.title.clone_from(title),
            Edit::Summary(summary) => self.summary.clone_from(summary),
        }
    }
}
