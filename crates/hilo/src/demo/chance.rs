//! Chance from the seed. Each part of the demo draws from a stream of its own, so that more draws in one change nothing in another.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// One stream of chance.
pub struct Chance(StdRng);

impl Chance {
    /// The stream of this name.
    pub fn of(seed: u64, name: &str) -> Self {
        // FNV-1a: the same in every version and on every machine.
        let mixed = name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
        Chance(StdRng::seed_from_u64(mixed))
    }
    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0.random_range(least..=most.max(least))
    }
    /// True in `share` of the cases, 0 to 1.
    pub fn happens(&mut self, share: f64) -> bool {
        self.0.random::<f64>() < share
    }
    /// A number from 0 to below 1.
    pub fn fraction(&mut self) -> f64 {
        self.0.random::<f64>()
    }
    /// A place in a list that is not empty.
    pub fn index(&mut self, len: usize) -> usize {
        self.0.random_range(0..len.max(1))
    }
    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.index(list.len())]
    }
    /// One of a list that is not empty, each as often as its weight says.
    pub fn weighted<'a, T>(&mut self, list: &'a [T], weight: impl Fn(&T) -> f64) -> &'a T {
        let mut left = self.fraction() * list.iter().map(&weight).sum::<f64>();
        for one in list {
            left -= weight(one);
            if left < 0.0 {
                return one;
            }
        }
        &list[list.len() - 1]
    }
    /// Letters and digits that nobody else has.
    pub fn token(&mut self) -> String {
        format!("{:032x}", self.0.random::<u128>())
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draw = |seed, name| {
            let mut chance = Chance::of(seed, name);
            (chance.between(0, 1_000_000), chance.token())
        };
        assert_eq!(draw(7, "people"), draw(7, "people"));
        assert!(draw(7, "people") != draw(8, "people") && draw(7, "people") != draw(7, "stock"));
        let mut chance = Chance::of(1, "w");
        let drawn: Vec<_> = (0..1000).map(|_| *chance.weighted(&[1, 3], |w| f64::from(*w))).collect();
        let threes = drawn.iter().filter(|w| **w == 3).count();
        assert!((700..800).contains(&threes), "{threes}");
    }
}
