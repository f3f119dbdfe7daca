//! Which places send a parcel: the cheapest by the [`SourcingWeights`], exactly where that can be had, else as good as a search finds.
//!
//! Once the places are chosen, the best use of their stock follows: warehouse pieces first, then pieces that a shop can spare, then those it should
//! keep. What is looked for is the set of places, whose cost is that of its parcels and of the pieces taken out of shops. Sets of one and two
//! places are all tried. Where that does not prove the best, a search from the best set known adds, leaves out and exchanges one place until nothing
//! gets cheaper, and then branch and bound goes through what could still be cheaper: supplier by supplier of the variant that is hardest to have,
//! for at most [`NODES`] steps.

use pricing::SourcingWeights;

/// A place that may send, with its stock of each wanted variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Metres to the customer, where both are known.
    pub metres: i64,
    /// Days until it can send, 0 for today.
    pub late_days: i64,
    /// Customers come here too.
    pub is_shop: bool,
    /// Available pieces, in the order of the wanted variants.
    pub stock: Vec<i64>,
}

/// The best that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Places of the candidates that send, in their order.
    pub places: Vec<usize>,
    /// What it costs by the objective, in cents.
    pub cost: i64,
    /// Whether nothing cheaper exists.
    pub is_best: bool,
}

/// Steps of branch and bound, some milliseconds of them; beyond, the best set known is answered, and not called the best.
pub const NODES: usize = 2_500;

/// Stock of a set of places, by what taking it costs: warehouse, spare in shops, the last in shops.
type Pool = Vec<[i64; 3]>;

struct Field<'a> {
    wanted: &'a [i64],
    objective: &'a SourcingWeights,
    /// Cost of a parcel from each place.
    parcel: Vec<i64>,
    /// Stock of each place.
    pools: Vec<Pool>,
}

impl<'a> Field<'a> {
    fn of(wanted: &'a [i64], candidates: &[Candidate], objective: &'a SourcingWeights) -> Self {
        let parcel = |c: &Candidate| objective.parcel + objective.hundred_km * c.metres / 100_000 + objective.late_day * c.late_days;
        let pool = |c: &Candidate| {
            let split = |stock: &i64| match c.is_shop {
                false => [(*stock).max(0), 0, 0],
                true => [0, (stock - objective.kept).max(0), (*stock).clamp(0, objective.kept)],
            };
            c.stock.iter().map(split).collect()
        };
        Field { wanted, objective, parcel: candidates.iter().map(parcel).collect(), pools: candidates.iter().map(pool).collect() }
    }

    fn pool(&self, places: &[usize]) -> Pool {
        let mut pool = vec![[0; 3]; self.wanted.len()];
        for place in places {
            add(&mut pool, &self.pools[*place]);
        }
        pool
    }

    /// What a set costs; `None` when it has too little.
    fn cost(&self, places: &[usize]) -> Option<i64> {
        let parcels: i64 = places.iter().map(|place| self.parcel[*place]).sum();
        self.pieces(&self.pool(places)).map(|pieces| parcels + pieces)
    }

    fn pieces(&self, pool: &Pool) -> Option<i64> {
        self.wanted.iter().zip(pool).try_fold(0, |cost, (wanted, pool)| Some(cost + self.piece(*wanted, pool)?))
    }

    fn two(&self, one: &Pool, other: &Pool) -> Option<i64> {
        let both = one.iter().zip(other).map(|(a, b)| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        self.wanted.iter().zip(both).try_fold(0, |cost, (wanted, pool)| Some(cost + self.piece(*wanted, &pool)?))
    }

    /// Taking so many pieces, the cheapest first.
    fn piece(&self, wanted: i64, pool: &[i64; 3]) -> Option<i64> {
        let rest = wanted - pool[0].min(wanted);
        let last = rest - pool[1].min(rest);
        (last <= pool[2]).then(|| rest * self.objective.shop_piece + last * self.objective.last_piece)
    }
}

/// Branch and bound.
struct Search<'a> {
    field: &'a Field<'a>,
    /// Places with something that is wanted.
    useful: Vec<usize>,
    /// Of each variant, those that have it, the cheapest parcel first.
    suppliers: Vec<Vec<usize>>,
    is_out: Vec<bool>,
    chosen: Vec<usize>,
    best: Found,
    left: usize,
}

impl<'a> Search<'a> {
    fn new(field: &'a Field<'a>, useful: Vec<usize>, best: Found) -> Self {
        let of = |variant: usize| {
            let mut places: Vec<_> = useful.iter().copied().filter(|place| field.pools[*place][variant].iter().sum::<i64>() > 0).collect();
            places.sort_by_key(|place| (field.parcel[*place], *place));
            places
        };
        let suppliers = (0..field.wanted.len()).map(of).collect();
        Search { field, suppliers, is_out: vec![false; field.parcel.len()], chosen: Vec::new(), best, left: NODES, useful }
    }

    fn go(&mut self) {
        let (none, all) = (self.field.pool(&[]), self.field.pool(&self.useful));
        self.branch(&none, all, 0);
    }

    /// Go on from the chosen places, whose stock is `has` and whose parcels cost `parcels`; `all` is what these and all that are not out have.
    fn branch(&mut self, has: &Pool, mut all: Pool, parcels: i64) {
        self.left = self.left.saturating_sub(1);
        let Some(mut pieces) = self.field.pieces(&all).filter(|_| self.left > 0) else { return };
        let next = match self.field.pieces(has) {
            Some(cost) => {
                if cheaper(&self.best, parcels + cost) {
                    let mut places = self.chosen.clone();
                    places.sort_unstable();
                    self.best = Some((parcels + cost, places));
                }
                self.useful.clone()
            }
            None => match self.hardest(has, parcels + pieces) {
                Some(next) => next,
                None => return,
            },
        };
        let mut out = Vec::new();
        for place in next {
            let parcels = parcels + self.field.parcel[place];
            if self.is_out[place] || self.chosen.contains(&place) || !cheaper(&self.best, parcels + pieces) {
                continue;
            }
            let mut has = has.clone();
            add(&mut has, &self.field.pools[place]);
            self.chosen.push(place);
            self.branch(&has, all.clone(), parcels);
            self.chosen.pop();
            // From here on without it: with it, everything has been looked at.
            self.is_out[place] = true;
            out.push(place);
            for (sum, less) in all.iter_mut().zip(&self.field.pools[place]) {
                (0..3).for_each(|kind| sum[kind] -= less[kind]);
            }
            match self.field.pieces(&all) {
                Some(cost) if self.left > 0 => pieces = cost,
                _ => break,
            }
        }
        for place in out {
            self.is_out[place] = false;
        }
    }

    /// Who could bring the variant that is missing and that fewest have; `None` when even the cheapest of them is too dear.
    fn hardest(&self, has: &Pool, known: i64) -> Option<Vec<usize>> {
        let mut hardest: Option<Vec<usize>> = None;
        for (variant, wanted) in self.field.wanted.iter().enumerate() {
            if has[variant].iter().sum::<i64>() >= *wanted {
                continue;
            }
            let free = |place: &&usize| !self.is_out[**place] && !self.chosen.contains(*place);
            let places: Vec<usize> = self.suppliers[variant].iter().filter(free).copied().collect();
            let first = places.first()?;
            if !cheaper(&self.best, known + self.field.parcel[*first]) {
                return None;
            }
            if hardest.as_ref().is_none_or(|known| places.len() < known.len()) {
                hardest = Some(places);
            }
        }
        hardest
    }
}

fn add(pool: &mut Pool, other: &Pool) {
    for (sum, more) in pool.iter_mut().zip(other) {
        (0..3).for_each(|kind| sum[kind] += more[kind]);
    }
}

/// What the pieces cost that a set of places gives; `None` when it has too little.
pub(super) fn pieces(wanted: &[i64], candidates: &[Candidate], objective: &SourcingWeights, places: &[usize]) -> Option<i64> {
    let field = Field::of(wanted, candidates, objective);
    field.pieces(&field.pool(places))
}

/// The cheapest places that together have all that is wanted (pieces of each variant); `None` when all together have too little. The same
/// question has the same answer.
pub fn solve(wanted: &[i64], candidates: &[Candidate], objective: &SourcingWeights) -> Option<Solution> {
    let field = Field::of(wanted, candidates, objective);
    let useful: Vec<usize> = (0..candidates.len())
        .filter(|place| candidates[*place].stock.iter().zip(wanted).any(|(stock, wanted)| *wanted > 0 && *stock > 0))
        .collect();
    field.pieces(&field.pool(&useful))?;
    let best = few(&field, &useful);
    // Three parcels cost at least this much, however little the pieces cost.
    let mut parcels: Vec<i64> = useful.iter().map(|place| field.parcel[*place]).collect();
    parcels.sort_unstable();
    let three = parcels.iter().take(3).sum::<i64>() + field.pieces(&field.pool(&useful)).unwrap_or_default();
    if best.as_ref().is_none_or(|(cost, _)| useful.len() > 2 && *cost > three) {
        let known = best.or_else(|| greedy(&field, &useful)).map(|best| improved(&field, &useful, best));
        let mut search = Search::new(&field, useful, known);
        search.go();
        return search.best.map(|(cost, places)| Solution { places, cost, is_best: search.left > 0 });
    }
    best.map(|(cost, places)| Solution { places, cost, is_best: true })
}

type Found = Option<(i64, Vec<usize>)>;

fn cheaper(best: &Found, cost: i64) -> bool {
    best.as_ref().is_none_or(|(known, _)| cost < *known)
}

/// The best set of one or two places.
fn few(field: &Field<'_>, useful: &[usize]) -> Found {
    let mut best: Found = None;
    for place in useful {
        if let Some(cost) = field.cost(&[*place]).filter(|cost| cheaper(&best, *cost)) {
            best = Some((cost, vec![*place]));
        }
    }
    for (at, one) in useful.iter().enumerate() {
        for other in &useful[at + 1..] {
            let parcels = field.parcel[*one] + field.parcel[*other];
            // The parcels alone are dearer: no need to look at what they hold.
            if cheaper(&best, parcels)
                && let Some(cost) = field.two(&field.pools[*one], &field.pools[*other]).map(|pieces| parcels + pieces)
                && cheaper(&best, cost)
            {
                best = Some((cost, vec![*one, *other]));
            }
        }
    }
    best
}

/// Place by place, whichever brings most of what is missing for its cost.
fn greedy(field: &Field<'_>, useful: &[usize]) -> Found {
    let (mut places, mut missing) = (Vec::new(), field.wanted.to_vec());
    while missing.iter().any(|count| *count > 0) {
        let brings = |place: &usize| -> i64 {
            missing.iter().zip(&field.pools[*place]).map(|(missing, pool)| pool.iter().sum::<i64>().min(*missing)).sum()
        };
        // Pieces per cent, compared without fractions; of equals the first.
        let next = useful
            .iter()
            .filter(|place| !places.contains(*place))
            .max_by(|one, other| (brings(one) * field.parcel[**other]).cmp(&(brings(other) * field.parcel[**one])).then(other.cmp(one)))?;
        for (missing, pool) in missing.iter_mut().zip(&field.pools[*next]) {
            *missing -= pool.iter().sum::<i64>().min(*missing);
        }
        places.push(*next);
    }
    places.sort_unstable();
    field.cost(&places).map(|cost| (cost, places))
}

/// Leave out, add, exchange one place, always the step that saves most, until none saves anything.
fn improved(field: &Field<'_>, useful: &[usize], mut best: (i64, Vec<usize>)) -> (i64, Vec<usize>) {
    loop {
        let mut step: Found = None;
        let mut consider = |places: Vec<usize>| {
            if let Some(cost) = field.cost(&places).filter(|cost| *cost < best.0 && cheaper(&step, *cost)) {
                step = Some((cost, places));
            }
        };
        for at in 0..best.1.len() {
            let mut without = best.1.clone();
            without.remove(at);
            for place in useful.iter().filter(|place| !best.1.contains(place)) {
                consider(with(&without, *place));
            }
            consider(without);
        }
        for place in useful.iter().filter(|place| !best.1.contains(place)) {
            consider(with(&best.1, *place));
        }
        match step {
            Some(found) => best = found,
            None => return best,
        }
    }
}

fn with(places: &[usize], place: usize) -> Vec<usize> {
    let mut places = places.to_vec();
    places.insert(places.partition_point(|known| *known < place), place);
    places
}
