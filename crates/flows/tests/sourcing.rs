//! The choice of places beside the exact optimum, found by trying everything.

use flows::sourcing::{Candidate, solve};
use pricing::SourcingWeights;
use proptest::prelude::*;

/// The least that the pieces of one variant cost, by trying every share of every place.
fn pieces(wanted: i64, places: &[(bool, i64)], objective: &SourcingWeights) -> Option<i64> {
    let Some(((is_shop, stock), rest)) = places.split_first() else { return (wanted == 0).then_some(0) };
    let cost = |taken: i64| match is_shop {
        true => taken * objective.shop_piece + (taken - (stock - objective.kept).max(0)).max(0) * objective.last_piece,
        false => 0,
    };
    (0..=wanted.min(*stock)).filter_map(|taken| Some(cost(taken) + pieces(wanted - taken, rest, objective)?)).min()
}

/// What a set of places costs.
fn cost(wanted: &[i64], places: &[&Candidate], objective: &SourcingWeights) -> Option<i64> {
    let parcel =
        |place: &&Candidate| objective.parcel + objective.hundred_km * place.metres / 100_000 + objective.late_day * place.late_days;
    let parcels: i64 = places.iter().map(parcel).sum();
    wanted.iter().enumerate().try_fold(parcels, |sum, (at, wanted)| {
        let stock: Vec<_> = places.iter().map(|place| (place.is_shop, place.stock[at])).collect();
        Some(sum + pieces(*wanted, &stock, objective)?)
    })
}

/// The best of all sets.
fn exact(wanted: &[i64], places: &[Candidate], objective: &SourcingWeights) -> Option<i64> {
    let set = |bits: usize| places.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, place)| place).collect::<Vec<_>>();
    (1..1 << places.len()).filter_map(|bits| cost(wanted, &set(bits), objective)).min()
}

fn candidate(variants: usize, most: i64) -> impl Strategy<Value = Candidate> {
    let stock = prop::collection::vec(0..=most, variants);
    (0..1_500_000i64, 0..3i64, any::<bool>(), stock).prop_map(|(metres, late_days, is_shop, stock)| Candidate {
        metres,
        late_days,
        is_shop,
        stock,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn among_few_places_nothing_is_cheaper(
        wanted in prop::collection::vec(0..5i64, 3),
        places in prop::collection::vec(candidate(3, 4), 1..6),
        weights in (0..900i64, 0..200i64, 0..500i64, 0..100i64, 0..300i64, 0..4i64),
    ) {
        prop_assume!(wanted.iter().sum::<i64>() > 0);
        let (parcel, hundred_km, late_day, shop_piece, last_piece, kept) = weights;
        let objective = SourcingWeights { parcel, hundred_km, late_day, shop_piece, last_piece, kept, version: 0 };
        let found = solve(&wanted, &places, &objective);
        prop_assert_eq!(found.as_ref().map(|found| found.cost), exact(&wanted, &places, &objective));
        if let Some(found) = found {
            prop_assert!(found.is_best);
            let chosen: Vec<_> = found.places.iter().map(|at| &places[*at]).collect();
            prop_assert_eq!(cost(&wanted, &chosen, &objective), Some(found.cost), "the places cost what is said of them");
            prop_assert_eq!(solve(&wanted, &places, &objective), Some(found), "the same question has the same answer");
        }
    }
}

/// Scarce stock in eleven places, so that three and more parcels are needed. The cases are the same in every run.
#[test]
fn where_many_parcels_are_needed_the_best_is_found_and_proved() {
    let objective = SourcingWeights::default();
    let mut seed = 1u64;
    let mut chance = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) % below) as i64
    };
    let mut many = 0;
    for _ in 0..150 {
        let wanted: Vec<i64> = (0..5).map(|_| 1 + chance(2)).collect();
        let mut place = || Candidate {
            metres: chance(1_000_000),
            late_days: chance(2),
            is_shop: chance(4) > 0,
            stock: (0..5).map(|_| if chance(3) == 0 { 1 + chance(2) } else { 0 }).collect(),
        };
        let places: Vec<_> = (0..11).map(|_| place()).collect();
        let found = solve(&wanted, &places, &objective);
        assert_eq!(found.as_ref().map(|found| found.cost), exact(&wanted, &places, &objective));
        assert!(found.as_ref().is_none_or(|found| found.is_best));
        many += usize::from(found.is_some_and(|found| found.places.len() > 2));
    }
    assert!(many > 50, "{many}");
}
