//! Draws that are the same for the same seed, on every machine.
use isnad::domain::moment::Moment;

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `bound`, without it.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// As [`Self::pick`]; what stands first comes most often.
    pub fn pick_early<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let (one, other) = (self.below(list.len()), self.below(list.len()));
        &list[one.min(other)]
    }

    /// Some of a list, in its order, at least one.
    pub fn some<'a, T>(&mut self, list: &'a [T]) -> Vec<&'a T> {
        let first = self.below(list.len());
        let among = |(at, _): &(usize, &T)| *at == first || self.percent(25);
        let some = list.iter().enumerate().filter(among);
        some.map(|(_, thing)| thing).collect()
    }

    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
            high >> 32,
            high & 0xffff,
            (high >> 16) & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        )
    }

    /// One of few moments, so that many things share one; now and then one of long ago.
    pub fn moment(&mut self) -> String {
        const MARCH_2026: i64 = 1_772_323_200_000;
        const HALF_A_DAY: i64 = 43_200_000;
        let step = i64::try_from(self.below(60)).unwrap();
        let moment = match self.below(100) {
            0 => -step,
            1 => -62_135_596_800_000,
            2..6 => MARCH_2026 + step,
            6..9 => MARCH_2026 - step * 365 * HALF_A_DAY,
            _ => MARCH_2026 + step * HALF_A_DAY,
        };
        Moment(moment).to_string()
    }
}
