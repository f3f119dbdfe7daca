//! Why one set of places sends and not the next: the terms of both, and what tells them apart.

use super::solve::{Candidate, Solution, pieces, solve};
use orders::{Sourced, SourcedBy, SourcedTerms};
use pricing::SourcingWeights;

/// What was chosen among.
pub(super) struct Case {
    pub(super) wanted: Vec<i64>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) solution: Solution,
}

/// Of sets of more places, only so many are tried without one of them.
const TRIED: usize = 3;

/// The reasons; `name` says what a candidate is called.
pub(super) fn why(case: &Case, objective: &SourcingWeights, name: impl Fn(usize) -> String) -> Sourced {
    let terms = |places: &[usize]| {
        let of = |at: &usize| &case.candidates[*at];
        SourcedTerms {
            places: places.iter().map(|at| name(*at)).collect(),
            parcels: objective.parcel * places.len() as i64,
            distance: places.iter().map(|at| objective.hundred_km * of(at).metres / 100_000).sum(),
            lateness: places.iter().map(|at| objective.late_day * of(at).late_days).sum(),
            pieces: pieces(&case.wanted, &case.candidates, objective, places).unwrap_or_default(),
            metres: places.iter().map(|at| of(at).metres).sum(),
            late_days: places.iter().map(|at| of(at).late_days).sum(),
        }
    };
    let chosen = terms(&case.solution.places);
    let next = next(case, objective).map(|places| terms(&places));
    let by = next.as_ref().map_or_else(|| vec![SourcedBy::Only], |next| told_apart(&chosen, next));
    Sourced { by: by.into_iter().map(|reason| reason.as_str().to_owned()).collect(), chosen, next }
}

/// The best set that does without one of the chosen places.
fn next(case: &Case, objective: &SourcingWeights) -> Option<Vec<usize>> {
    let without = |left_out: &usize| {
        let mut candidates = case.candidates.clone();
        candidates[*left_out].stock.fill(0);
        solve(&case.wanted, &candidates, objective)
    };
    case.solution.places.iter().take(TRIED).filter_map(without).min_by_key(|other| other.cost).map(|other| other.places)
}

/// By what the chosen is better, what weighs most first.
fn told_apart(chosen: &SourcedTerms, next: &SourcedTerms) -> Vec<SourcedBy> {
    let mut better = vec![
        (next.parcels - chosen.parcels, SourcedBy::FewerParcels),
        (next.lateness - chosen.lateness, SourcedBy::Sooner),
        (next.distance - chosen.distance, SourcedBy::Nearer),
        (next.pieces - chosen.pieces, SourcedBy::SparesShops),
    ];
    better.retain(|(cents, _)| *cents > 0);
    better.sort_by_key(|(cents, _)| -cents);
    if better.is_empty() { vec![SourcedBy::First] } else { better.into_iter().map(|(_, reason)| reason).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(metres: i64, late_days: i64, is_shop: bool, stock: &[i64]) -> Candidate {
        Candidate { metres, late_days, is_shop, stock: stock.to_vec() }
    }
    /// The reasons, the places chosen and the next.
    fn says(wanted: &[i64], candidates: Vec<Candidate>) -> (Vec<String>, Vec<String>, Option<Vec<String>>) {
        let objective = SourcingWeights::default();
        let solution = solve(wanted, &candidates, &objective).expect("enough");
        let cost = solution.cost;
        let sourced = why(&Case { wanted: wanted.to_vec(), candidates, solution }, &objective, |at| at.to_string());
        assert_eq!(sourced.chosen.cost(), cost, "the terms add up to what was kept small");
        (sourced.by, sourced.chosen.places, sourced.next.map(|next| next.places))
    }
    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_tells_the_winner_from_the_next_is_said() {
        let both = |metres, late| vec![place(10_000, 0, false, &[5]), place(metres, late, false, &[5])];
        assert_eq!(says(&[1], both(600_000, 0)), (words(&["nearer"]), words(&["0"]), Some(words(&["1"]))));
        assert_eq!(says(&[1], both(600_000, 2)).0, ["sooner", "nearer"]);
        assert_eq!(says(&[1], both(10_000, 0)).0, ["first"]);
        assert_eq!(says(&[9], both(10_000, 0)), (words(&["only"]), words(&["0", "1"]), None));
        let shop = vec![place(0, 0, true, &[1]), place(0, 0, false, &[1])];
        assert_eq!(says(&[1], shop), (words(&["spares_shops"]), words(&["1"]), Some(words(&["0"]))));
        let split = vec![place(0, 0, false, &[1, 0]), place(0, 0, false, &[0, 1]), place(900_000, 0, false, &[1, 1])];
        assert_eq!(says(&[1, 1], split), (words(&["fewer_parcels"]), words(&["2"]), Some(words(&["0", "1"]))));
    }
}
