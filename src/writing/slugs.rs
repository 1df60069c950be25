//! Slugs of articles and records: unique per kind of thing, the former ones reserved.
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;

use super::{WriteError, WriteResult, Writer};
use crate::database::lookup;
use crate::database::schema::{articles, entities, former_keys};
use crate::domain::id::Id;
use crate::domain::{Thing, slug};
use crate::on_engine;

impl Writer<'_, '_> {
    /// The slug for a new thing: the given one, which must be free, or one made from its name. `pointer` leads to the
    /// thing in its document.
    pub(super) fn new_slug(
        &mut self,
        thing: Thing,
        given: Option<&str>,
        name: &str,
        pointer: &str,
    ) -> WriteResult<String> {
        match given {
            Some(given) => {
                self.claim_slug(thing, given, None, pointer)?;
                Ok(given.to_owned())
            }
            None => Ok(self.generate_slug(thing, name)?),
        }
    }

    /// Makes sure that `wanted` is free for `holder`, whose own former slug it may be.
    pub(super) fn claim_slug(
        &mut self,
        thing: Thing,
        wanted: &str,
        holder: Option<&Id>,
        pointer: &str,
    ) -> WriteResult<()> {
        let former = lookup::former(self.conn, thing, wanted)?;
        let own = former.is_some() && former.as_ref() == holder;
        if self.is_current_slug(thing, wanted)? || (former.is_some() && !own) {
            return Err(WriteError::fault(
                &format!("{pointer}/slug"),
                "slug_taken",
                format!(
                    "another {thing} has or had the slug `{wanted}`; choose another or leave it out"
                ),
            ));
        }
        if own {
            on_engine!(&mut *self.conn, |conn| diesel::delete(
                former_keys::table.find((thing, wanted))
            )
            .execute(conn))?;
        }
        Ok(())
    }

    /// Keeps a key that led to a thing, and leads to it still.
    pub(super) fn keep_former_key(
        &mut self,
        thing: Thing,
        key: &str,
        uuid: &Id,
    ) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| diesel::insert_into(
            former_keys::table
        )
        .values((
            former_keys::thing.eq(thing),
            former_keys::key.eq(key),
            former_keys::uuid.eq(uuid),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
        Ok(())
    }

    /// Keeps the former keys that an import brings along; one that is another's by now is a fault.
    pub(super) fn keep_former_keys(
        &mut self,
        thing: Thing,
        keys: &[String],
        uuid: &Id,
        visible: bool,
    ) -> WriteResult<bool> {
        let mut any = false;
        for key in keys {
            match lookup::former(self.conn, thing, key)? {
                Some(other) if other == *uuid => {}
                None if !self.is_current_slug(thing, key)? => {
                    self.keep_former_key(thing, key, uuid)?;
                    self.sequence();
                    if visible {
                        self.public_sequence();
                    }
                    any = true;
                }
                _ => {
                    return Err(WriteError::fault(
                        "/former_slugs",
                        "slug_taken",
                        format!("`{key}` leads to another {thing}"),
                    ));
                }
            }
        }
        Ok(any)
    }

    /// `name`, `name-2`, `name-3` …: the first that is free, found without asking for each.
    fn generate_slug(&mut self, thing: Thing, name: &str) -> QueryResult<String> {
        let mut base = slug::generate(name);
        // A name without letters, or one that would read as an id.
        if base.is_empty() || base.parse::<Id>().is_ok() {
            base = thing.to_string();
        }
        if self.is_free(thing, &base)? {
            return Ok(base);
        }
        let numbered = |number: u32| format!("{base}-{number}");
        // Doubling finds a free number, halving the first of them: names of which there are thousands stay cheap.
        let (mut taken, mut free) = (1, 2);
        while !self.is_free(thing, &numbered(free))? {
            (taken, free) = (free, free * 2);
        }
        while free - taken > 1 {
            let middle = taken + (free - taken) / 2;
            if self.is_free(thing, &numbered(middle))? {
                free = middle;
            } else {
                taken = middle;
            }
        }
        Ok(numbered(free))
    }

    fn is_free(&mut self, thing: Thing, slug: &str) -> QueryResult<bool> {
        let reserved = lookup::former(self.conn, thing, slug)?.is_some();
        Ok(!reserved && !self.is_current_slug(thing, slug)?)
    }

    fn is_current_slug(&mut self, thing: Thing, slug: &str) -> QueryResult<bool> {
        on_engine!(&mut *self.conn, |conn| match thing {
            Thing::Article =>
                select(exists(articles::table.filter(articles::slug.eq(slug)))).get_result(conn),
            _ => select(exists(
                entities::table
                    .filter(entities::thing.eq(thing))
                    .filter(entities::slug.eq(slug))
            ))
            .get_result(conn),
        })
    }
}
