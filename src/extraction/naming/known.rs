//! Whom a text has named so far: by full name, with titles, the last one first.
use super::phrase::Phrase;
use crate::extraction::carried::Gender;
use crate::extraction::lexicon::Lexicon;
use crate::extraction::proposals::Party;
use rustc_hash::FxHashMap;

/// A party with a name.
pub struct Known<'w> {
    pub name: String,
    pub party: Party,
    words: &'w [&'w str],
    alias: Option<&'w str>,
    titles: Vec<&'w [&'w str]>,
    gender: Option<Gender>,
    /// The paragraph in which they last spoke.
    spoke: Option<usize>,
}

/// What is kept of one name, and looked at for one word.
const TITLES: usize = 8;
const RECENT: usize = 8;

/// The last few that share something, the last one last.
#[derive(Default)]
struct Recent(Vec<usize>);

impl Recent {
    fn touch(&mut self, known: usize) {
        self.0.retain(|other| *other != known);
        if self.0.len() >= RECENT {
            self.0.remove(0);
        }
        self.0.push(known);
    }
}

pub struct Register<'w> {
    lexicon: &'static Lexicon,
    known: Vec<Known<'w>>,
    by_name: FxHashMap<&'w [&'w str], usize>,
    /// By the last word of the name, or by its abbreviation.
    by_last: FxHashMap<&'w str, Recent>,
    by_title: FxHashMap<&'w str, Recent>,
    outlets: Recent,
    companies: Recent,
    /// Those who have spoken, for pronouns.
    people: Recent,
    /// The paragraph being read.
    pub paragraph: usize,
}

const OUTLETS: [&str; 4] = ["papers", "channels", "agencies", "sites"];

impl<'w> Register<'w> {
    pub fn new(lexicon: &'static Lexicon) -> Self {
        Self {
            lexicon,
            known: Vec::new(),
            by_name: FxHashMap::default(),
            by_last: FxHashMap::default(),
            by_title: FxHashMap::default(),
            outlets: Recent::default(),
            companies: Recent::default(),
            people: Recent::default(),
            paragraph: 0,
        }
    }

    /// Who is meant, if the text names them.
    pub fn find(&self, phrase: &Phrase<'_>) -> Option<&Known<'w>> {
        let spoke = || {
            self.last(&self.people, |known| match known.gender {
                Some(gender) => phrase.gender == Some(gender),
                None => known.spoke == Some(self.paragraph),
            })
        };
        let found = match phrase.pronoun {
            true => spoke(),
            false => self.by_name(phrase).or_else(|| {
                self.by_description(phrase)
                    .filter(|_| phrase.words.len() < 2)
            }),
        };
        found.and_then(|at| self.known.get(at))
    }

    /// Takes note of a name, or of another mention of it.
    pub fn add(&mut self, phrase: &'w Phrase<'w>, name: impl Fn() -> String, speaks: bool) {
        if phrase.words.is_empty() {
            return;
        }
        let party = phrase.party.unwrap_or(Party::Person);
        let whole = phrase.words.len() > 1 || matches!(party, Party::Outlet | Party::Organisation);
        let at = match self.by_name(phrase) {
            Some(at) => at,
            None if whole => self.insert(phrase, name(), party),
            None => return,
        };
        let Some(known) = self.known.get_mut(at) else {
            return;
        };
        known.gender = known.gender.or(phrase.gender);
        known.alias = known.alias.or(phrase.alias);
        for title in &phrase.titles {
            if known.titles.len() < TITLES && !known.titles.contains(&title.as_slice()) {
                known.titles.push(title);
            }
        }
        let person = known.party == Party::Person && speaks;
        if person {
            known.spoke = Some(self.paragraph);
        }
        self.touch(at);
        if person {
            self.people.touch(at);
        }
    }

    fn insert(&mut self, phrase: &'w Phrase<'w>, name: String, party: Party) -> usize {
        let at = self.known.len();
        self.by_name.insert(&phrase.words, at);
        self.known.push(Known {
            name,
            party,
            words: &phrase.words,
            alias: None,
            titles: Vec::new(),
            gender: None,
            spoke: None,
        });
        at
    }

    fn touch(&mut self, at: usize) {
        let Some(known) = self.known.get(at) else {
            return;
        };
        for last in known.words.last().into_iter().chain(&known.alias) {
            self.by_last.entry(last).or_default().touch(at);
        }
        for head in known.titles.iter().filter_map(|title| title.first()) {
            self.by_title.entry(head).or_default().touch(at);
        }
        let company = |word: &&str| self.lexicon.has("companies", word);
        match known.party {
            Party::Outlet => self.outlets.touch(at),
            Party::Organisation if known.words.iter().any(company) => self.companies.touch(at),
            _ => {}
        }
    }

    fn last(&self, recent: &Recent, suits: impl Fn(&Known<'_>) -> bool) -> Option<usize> {
        let found = |at: &&usize| self.known.get(**at).is_some_and(&suits);
        recent.0.iter().rev().find(found).copied()
    }

    fn by_name(&self, phrase: &Phrase<'_>) -> Option<usize> {
        let suits = |known: &Known<'_>| self.suits(known, phrase);
        let whole = match phrase.words.len() {
            0 | 1 => None,
            _ => self.by_name.get(phrase.words.as_slice()).copied(),
        };
        let whole = whole.filter(|at| self.known.get(*at).is_some_and(suits));
        let recent = || self.by_last.get(phrase.words.last()?);
        let shortened = |longer: bool| {
            self.last(recent()?, |known| {
                let more = known.words.len() > phrase.words.len();
                let short = known.alias.as_ref().map(std::slice::from_ref);
                let same = short == Some(phrase.words.as_slice()) || self.shortens(known, phrase);
                same && more == longer && suits(known)
            })
        };
        whole
            .or_else(|| shortened(true))
            .or_else(|| shortened(false))
    }

    /// Whether a name is the end of a known one. That of a body keeps what it is, or gives up only that.
    fn shortens(&self, known: &Known<'_>, phrase: &Phrase<'_>) -> bool {
        let Some(dropped) = known.words.strip_suffix(phrase.words.as_slice()) else {
            return false;
        };
        let body = |word: &&str| self.lexicon.has_any(&["organisations", "articles"], word);
        known.party != Party::Organisation
            || dropped.is_empty()
            || dropped.iter().any(body)
            || phrase.words.iter().any(body)
    }

    /// Neither another kind of party, nor of another gender, nor with another title.
    fn suits(&self, known: &Known<'_>, phrase: &Phrase<'_>) -> bool {
        let party = match phrase.party {
            None => true,
            Some(Party::Office) => known.party == Party::Person,
            // A body by its article alone may be the outlet of that name.
            Some(Party::Organisation) if phrase.titles.is_empty() => {
                matches!(known.party, Party::Organisation | Party::Outlet)
            }
            Some(party) => party == known.party,
        };
        let gender =
            phrase.gender.is_none() || known.gender.is_none() || phrase.gender == known.gender;
        let post = |head: &&str| self.lexicon.has("titles", head);
        let mine = || heads(&phrase.titles).filter(post);
        let theirs = || heads(&known.titles).filter(post);
        let title = known.party != Party::Person
            || mine().next().is_none()
            || theirs().next().is_none()
            || mine().any(|mine| theirs().any(|head| head == mine));
        party && gender && title
    }

    /// The mayor, the ministry, the paper.
    fn by_description(&self, phrase: &Phrase<'_>) -> Option<usize> {
        let title = phrase.titles.first()?;
        let head = title.first()?;
        let titled = self.by_title.get(head).and_then(|recent| {
            self.last(recent, |known| {
                self.suits(known, phrase)
                    && known.titles.iter().any(|known| self.covers(known, title))
            })
        });
        titled.or_else(|| match phrase.party? {
            Party::Outlet => {
                let kind = self.kind(title);
                self.last(&self.outlets, |known| {
                    let theirs = self
                        .kind(known.words)
                        .or_else(|| known.titles.iter().find_map(|title| self.kind(title)));
                    title.len() == 1 && (theirs.is_none() || kind.is_none() || theirs == kind)
                })
            }
            Party::Organisation if title.len() == 1 && self.lexicon.has("companies", head) => {
                self.last(&self.companies, |_| true)
            }
            _ => None,
        })
    }

    /// Whether a description says no more than a title does, and means no other post.
    fn covers(&self, title: &[&str], description: &[&str]) -> bool {
        let alters = |word: &&&str| self.lexicon.has("altering", word);
        let same = || {
            title
                .iter()
                .filter(alters)
                .eq(description.iter().filter(alters))
        };
        description.iter().all(|word| title.contains(word)) && same()
    }

    fn kind(&self, words: &[&str]) -> Option<&'static str> {
        let of = |list: &&str| words.iter().any(|word| self.lexicon.has(list, word));
        OUTLETS.iter().copied().find(of)
    }
}

fn heads<'w>(titles: &[impl AsRef<[&'w str]>]) -> impl Iterator<Item = &'w str> {
    titles
        .iter()
        .filter_map(|title| title.as_ref().first().copied())
}
