//! A record or reference as it was written, checked: what names the store and the rules allow.
use super::types::Names;
use super::write_shape::{NewRecord, NewReference};
use crate::articles::types::ExternalReference;
use crate::domain::fault::{Fault, Faults};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::{Thing, bounds, checked, name_fold};
use crate::speakers::types::SpeakerKind;
use crate::tags::types::TagKind;

/// A checked reference, or the content of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityDraft {
    pub thing: Thing,
    pub id: Option<Id>,
    pub slug: Option<String>,
    pub name: Option<String>,
    /// None where the writer gave none: then any kind matches, and a new record takes the default.
    pub kind: Option<String>,
    pub names: Names,
    pub aliases: Vec<String>,
    pub description: Option<String>,
    pub references: Vec<ExternalReference>,
    pub url: Option<String>,
    pub country: Option<String>,
    pub language: Option<String>,
}

/// A checked record line.
#[derive(Debug, Clone)]
pub struct RecordDraft {
    pub entity: EntityDraft,
    pub former_keys: Vec<String>,
    pub created_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub revision: Option<i64>,
}

impl EntityDraft {
    /// Checks a reference; faults are added under the faults' present path.
    pub fn check(thing: Thing, new: NewReference, faults: &mut Faults) -> Self {
        if new.id.is_none() && new.slug.is_none() && new.name.is_none() {
            faults.add(
                "",
                "required",
                format!("{} needs an `id`, a `slug` or a `name`", thing.one()),
            );
        }
        Self::check_members(thing, new, faults)
    }

    fn check_members(thing: Thing, new: NewReference, faults: &mut Faults) -> Self {
        refuse_foreign(thing, &new, faults);
        let draft = Self {
            thing,
            id: checked::id(faults, "id", new.id.as_deref()),
            slug: checked::slug(faults, "slug", new.slug.as_deref()),
            name: new.name.map(|name| check_name(faults, "name", name)),
            kind: check_kind(thing, new.kind, faults),
            names: check_names(new.names, faults),
            aliases: check_aliases(new.aliases, faults),
            description: checked::optional_text(
                faults,
                "description",
                new.description,
                bounds::STRING,
            ),
            references: check_references(new.references, faults),
            url: new.url,
            country: checked::country(faults, "country", new.country),
            language: checked::language(faults, "language", new.language.as_deref())
                .map(|language| language.to_string()),
        };
        checked::optional_url(faults, "url", draft.url.as_deref());
        draft
    }

    /// Every spelling that is to find the record.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.name
            .iter()
            .chain(self.names.values())
            .chain(&self.aliases)
            .map(String::as_str)
    }
}

impl RecordDraft {
    pub fn check(thing: Thing, new: NewRecord) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        if new.name.is_none() {
            faults.add("name", "required", "`name` is missing");
        }
        let former_keys = check_former_keys(new.former_slugs, new.former_ids, &mut faults);
        let draft = Self {
            former_keys,
            created_at: checked::moment(&mut faults, "created_at", new.created_at.as_deref()),
            updated_at: checked::moment(&mut faults, "updated_at", new.updated_at.as_deref()),
            revision: checked::revision(&mut faults, "revision", new.revision),
            entity: EntityDraft::check_members(
                thing,
                NewReference {
                    id: new.id,
                    slug: new.slug,
                    name: new.name,
                    names: new.names,
                    aliases: new.aliases,
                    kind: new.kind,
                    description: new.description,
                    references: new.references,
                    url: new.url,
                    country: new.country,
                    language: new.language,
                },
                &mut faults,
            ),
        };
        faults.into_result(draft)
    }
}

/// What a record of another kind has, this one has not.
fn refuse_foreign(thing: Thing, new: &NewReference, faults: &mut Faults) {
    let (speaker, outlet) = (thing == Thing::Speaker, thing == Thing::Outlet);
    let members = [
        ("kind", new.kind.is_some(), !outlet),
        ("aliases", new.aliases.is_some(), speaker || outlet),
        ("description", new.description.is_some(), speaker),
        ("references", new.references.is_some(), speaker),
        ("url", new.url.is_some(), outlet),
        ("country", new.country.is_some(), outlet),
        ("language", new.language.is_some(), outlet),
    ];
    for (member, given, has) in members {
        if given && !has {
            faults.add(
                member,
                "unknown_field",
                format!("{} has no `{member}`", thing.one()),
            );
        }
    }
}

/// Former slugs and ids as the keys they are kept under.
pub fn check_former_keys(
    slugs: Option<Vec<String>>,
    ids: Option<Vec<String>>,
    faults: &mut Faults,
) -> Vec<String> {
    let mut keys = Vec::new();
    faults.within("former_slugs", |faults| {
        for (at, slug) in slugs.unwrap_or_default().iter().enumerate() {
            keys.extend(checked::slug(faults, &at.to_string(), Some(slug)));
        }
    });
    faults.within("former_ids", |faults| {
        for (at, id) in ids.unwrap_or_default().iter().enumerate() {
            keys.extend(checked::id(faults, &at.to_string(), Some(id)).map(|id| id.to_string()));
        }
    });
    keys
}

/// What a record of this thing is when nobody says.
pub fn default_kind(thing: Thing) -> Option<&'static str> {
    match thing {
        Thing::Speaker => Some(SpeakerKind::Person.as_str()),
        Thing::Tag => Some(TagKind::Topic.as_str()),
        Thing::Outlet | Thing::Article | Thing::Statement => None,
    }
}

fn check_kind(thing: Thing, kind: Option<String>, faults: &mut Faults) -> Option<String> {
    let kind = kind?;
    let wrong = match thing {
        Thing::Speaker => kind.parse::<SpeakerKind>().err(),
        Thing::Tag => kind.parse::<TagKind>().err(),
        Thing::Outlet | Thing::Article | Thing::Statement => return None,
    };
    if let Some(wrong) = wrong {
        faults.add("kind", "invalid_value", wrong);
    }
    Some(kind)
}

/// A name by which a record is found.
fn check_name(faults: &mut Faults, member: &str, name: String) -> String {
    let name = checked::required_text(faults, member, Some(name), bounds::NAME);
    let says_something = |letter: char| letter.is_alphanumeric();
    if !name.chars().any(says_something) && name_fold::fold(&name).is_empty() {
        faults.add(
            member,
            "required",
            "has no letter by which it could be found",
        );
    }
    // Some letters stand for whole sentences: U+FDFA is eighteen when it is folded. None grows more (Unicode's FAQ on
    // normalization has a factor of 11), so that hardly any name has to be folded to know.
    if name.len() <= bounds::KEY_BYTES / 12 {
        return name;
    }
    let bytes = name_fold::fold(&name).len();
    if bytes > bounds::KEY_BYTES {
        let detail = format!(
            "has {bytes} bytes when its letters are written out; the bound is {}",
            bounds::KEY_BYTES
        );
        faults.add(member, "too_long", detail);
    }
    name
}

fn check_names(names: Option<Names>, faults: &mut Faults) -> Names {
    let names = names.unwrap_or_default();
    checked::count(faults, "names", names.len(), bounds::ENTRIES);
    let mut checked_names = Names::new();
    faults.within("names", |faults| {
        for (language, name) in names {
            let name = check_name(faults, &language, name);
            if let Some(tag) = checked::language(faults, &language, Some(&language)) {
                checked_names.insert(tag.to_string(), name);
            }
        }
    });
    checked_names
}

fn check_aliases(aliases: Option<Vec<String>>, faults: &mut Faults) -> Vec<String> {
    let aliases = aliases.unwrap_or_default();
    checked::count(faults, "aliases", aliases.len(), bounds::ALIASES);
    faults.within("aliases", |faults| {
        let check = |(at, alias): (usize, String)| check_name(faults, &at.to_string(), alias);
        aliases.into_iter().enumerate().map(check).collect()
    })
}

/// Keys in other systems, of a record or an article.
pub fn check_references(
    references: Option<Vec<ExternalReference>>,
    faults: &mut Faults,
) -> Vec<ExternalReference> {
    let references = references.unwrap_or_default();
    checked::count(faults, "references", references.len(), bounds::ENTRIES);
    faults.within("references", |faults| {
        let mut list = Vec::with_capacity(references.len());
        for (at, reference) in references.into_iter().enumerate() {
            list.push(faults.within(at, |faults| ExternalReference {
                kind: checked::required_text(faults, "type", Some(reference.kind), bounds::STRING),
                value: checked::required_text(
                    faults,
                    "value",
                    Some(reference.value),
                    bounds::STRING,
                ),
            }));
        }
        list
    })
}
