//! Along what a list is read: which of its filters leads, and whether what it leads to has to be put in order.

/// So many postings are walked along rather than gathered, and not counted further.
pub const MANY: usize = 10_000;

/// Of so many things that a walk meets, one is wanted: then all that are wanted are rather gathered.
const IN_VAIN: usize = 4;

/// Things that hold any of some values of a facet: what a list can be led by.
#[derive(Debug, Clone, Copy)]
pub struct Lead<'a, F> {
    pub facet: F,
    pub values: &'a [i64],
    /// Whether the facet has them in the order of the list.
    pub in_order: bool,
}

impl<F> Lead<'_, F> {
    /// Whether this is what leads: the very values, not equal ones.
    pub fn is(&self, values: &[i64]) -> bool {
        std::ptr::eq(self.values, values)
    }
}

/// How a list is read.
#[derive(Debug, Clone, Copy)]
pub enum Route<'a, F> {
    /// In its own order, as far as a page goes: one walk a value.
    Walk(Lead<'a, F>),
    /// All that the lead holds, fewer than [`MANY`], to be put in order afterwards.
    Gather(Lead<'a, F>),
}

impl<'a, F: Copy> Route<'a, F> {
    /// Lets that lead which the fewest things hold, so that the fewest are looked at in vain. `whole` is the list without
    /// any filter, in its order; `size_of` counts the postings of a lead, up to so many.
    pub fn choose<E>(
        leads: Vec<Lead<'a, F>>,
        whole: Lead<'a, F>,
        mut size_of: impl FnMut(&Lead<'a, F>, usize) -> Result<usize, E>,
    ) -> Result<Self, E> {
        match leads.as_slice() {
            [] => return Ok(Self::Walk(whole)),
            [only] if only.in_order => return Ok(Self::Walk(*only)),
            _ => {}
        }
        let mut sized = Vec::with_capacity(leads.len());
        for lead in leads {
            sized.push((size_of(&lead, MANY)?, lead));
        }
        sized.sort_by_key(|(size, _)| *size);
        let least = |in_order: bool| sized.iter().find(|(_, lead)| lead.in_order == in_order);
        let walked = least(true).map_or(whole, |(_, lead)| *lead);
        if let Some((size, lead)) = least(false).filter(|(size, _)| *size < MANY) {
            // Of a walk only a page is read, unless much of what is met on it is in vain.
            let much = IN_VAIN * size;
            if size_of(&walked, much)? >= much {
                return Ok(Self::Gather(*lead));
            }
        }
        Ok(Self::Walk(walked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which lead is chosen, walked or gathered, of leads by name, size and whether they are in order.
    /// The whole list is of 1,000,000 things.
    fn chosen(leads: &[(&'static str, usize, bool)]) -> String {
        let lead = |facet, in_order| Lead {
            facet,
            values: &[0],
            in_order,
        };
        let given = leads
            .iter()
            .map(|(name, _, in_order)| lead(*name, *in_order));
        let size_of = |lead: &Lead<'_, &str>, most: usize| {
            let found = leads.iter().find(|(name, ..)| *name == lead.facet);
            let size = found.map_or(1_000_000, |(_, size, _)| *size);
            Ok::<usize, ()>(size.min(most))
        };
        match Route::choose(given.collect(), lead("whole", true), size_of).unwrap() {
            Route::Walk(lead) => format!("walk {}", lead.facet),
            Route::Gather(lead) => format!("gather {}", lead.facet),
        }
    }

    #[test]
    fn a_list_is_walked_along_the_rarest_that_is_in_its_order() {
        assert_eq!(chosen(&[]), "walk whole");
        assert_eq!(chosen(&[("tag", MANY, true)]), "walk tag");
        assert_eq!(
            chosen(&[("tag", 90, true), ("speaker", 7, true)]),
            "walk speaker"
        );
        assert_eq!(chosen(&[("tag", MANY, false)]), "walk whole");
        assert_eq!(
            chosen(&[("tag", MANY, false), ("range", MANY, true)]),
            "walk range"
        );
    }

    #[test]
    fn few_in_another_order_are_gathered() {
        assert_eq!(chosen(&[("tag", MANY - 1, false)]), "gather tag");
        assert_eq!(
            chosen(&[("tag", 90, false), ("speaker", 7, false)]),
            "gather speaker"
        );
        assert_eq!(
            chosen(&[("tag", 90, false), ("range", MANY, true)]),
            "gather tag"
        );
        assert_eq!(
            chosen(&[("tag", 90, false), ("range", 360, true)]),
            "gather tag"
        );
        assert_eq!(
            chosen(&[("tag", 90, false), ("range", 359, true)]),
            "walk range"
        );
        // Most of the list: it is met on every other step.
        assert_eq!(
            chosen(&[("tag", 9_000, false), ("range", 12_000, true)]),
            "walk range"
        );
    }
}
