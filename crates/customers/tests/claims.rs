//! Join, separate, undo.

mod common;
use common::*;
use customers::*;
use kernel::testing::on_both;
use kernel::{Actor, Denied, Kind, Permission, Problem, ProfileId};
use std::time::Duration;

/// Profiles a, b, c … from oldest to youngest.
fn people_of<const N: usize>(world: &kernel::testing::World) -> [ProfileId; N] {
    std::array::from_fn(|n| {
        world.clock().advance(Duration::from_secs(1));
        somebody(world, &[&format!("email:p{n}@x.es")], &format!("Person {n}"))
    })
}

#[test]
fn joined_profiles_are_one_person_named_after_the_oldest_and_undo_parts_them() {
    on_both(&[MIGRATIONS], |world| {
        let [a, b, c] = people_of(world);
        let claim = joining(world, c, b, 90, "k1").expect("joined");
        assert_eq!(joining(world, c, b, 90, "k1").expect("the same"), claim);
        joining(world, a, c, 90, "k2").expect("joined");
        assert_eq!([a, b, c].map(|p| person_now(world, p)), [a.into(); 3]);
        let found = read(world, move |tx| person(tx, b.into()).expect("read").expect("an old id still leads there"));
        assert_eq!((found.id, found.profiles.len(), found.identifiers.len()), (a.into(), 3, 3));
        assert_eq!(read(world, move |tx| profiles_of(tx, a.into()).expect("read")), [a, b, c]);
        undoing(world, claim).expect("undone");
        undoing(world, claim).expect("twice is nothing");
        assert_eq!([a, b, c].map(|p| person_now(world, p)), [a.into(), b.into(), a.into()]);
    });
}

#[test]
fn not_same_refuses_a_join_and_says_who_said_so() {
    on_both(&[MIGRATIONS], |world| {
        let [a, b, c] = people_of(world);
        joining(world, a, b, 90, "k1").expect("joined");
        let apart = separating(world, b, c, "k2").expect("separated");
        assert_eq!((apart.person_a, apart.person_b, apart.set_aside.len()), (a.into(), c.into(), 0));
        let refused = joining(world, a, c, 100, "k3").expect_err("kept apart");
        assert_eq!((refused.kind(), refused.code()), (Kind::Conflict, "customers.kept_apart"));
        assert_eq!(refused.to_string(), format!("{} said that these are not the same person: “father and son”; undo that first", agent()));
        assert_eq!(person_now(world, c), c.into());
        undoing(world, apart.claim).expect("undone");
        joining(world, a, c, 100, "k3").expect("now it joins");
        assert_eq!(person_now(world, c), a.into());
    });
}

#[test]
fn separating_inside_a_person_splits_at_the_least_sure_claim_and_undo_heals_it() {
    on_both(&[MIGRATIONS], |world| {
        let [a, b, c, d] = people_of(world);
        joining(world, a, b, 90, "ab").expect("joined");
        let weak = joining(world, b, c, 60, "bc").expect("joined");
        joining(world, c, d, 80, "cd").expect("joined");
        let apart = separating(world, a, d, "ad").expect("separated");
        assert_eq!(apart.set_aside, [weak]);
        assert_eq!((apart.person_a, apart.person_b), (a.into(), c.into()));
        assert_eq!([a, b, c, d].map(|p| person_now(world, p)), [a.into(), a.into(), c.into(), c.into()]);
        assert_eq!(separating(world, a, d, "ad").expect("the same"), apart);
        undoing(world, apart.claim).expect("undone");
        assert_eq!([a, b, c, d].map(|p| person_now(world, p)), [a.into(); 4]);
    });
}

#[test]
fn the_history_of_claims_tells_all_and_what_can_be_undone() {
    on_both(&[MIGRATIONS], |world| {
        let [a, b, _] = people_of(world);
        let first = joining(world, a, b, 70, "k1").expect("joined");
        undoing(world, first).expect("undone");
        world.clock().advance(Duration::from_secs(1));
        let second = joining(world, b, a, 95, "k2").expect("joined");
        let history = read(world, move |tx| claims_of(tx, &agent(), a.into(), 10).expect("claims"));
        assert_eq!(
            history.iter().map(|c| (c.id, c.is_standing(), c.confidence)).collect::<Vec<_>>(),
            [(second, true, 95), (first, false, 70)]
        );
        assert_eq!((history[0].profile_a, history[0].profile_b, history[1].withdrawn_by.clone()), (a, b, Some(agent().to_string())));
        let kinds = read(world, move |tx| timeline(tx, &agent(), a.into(), None, 3).expect("timeline"));
        assert_eq!(
            kinds.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(),
            ["customer.joined", "customer.claim_undone", "customer.joined"]
        );
        assert_eq!(kinds[0].actor, Some(agent().to_string()));
        let body: events::Claimed = kinds[0].read().expect("body");
        assert_eq!((body.claim, body.person, body.other_person), (second, a.into(), a.into()));
    });
}

#[test]
fn impossible_claims_are_refused_and_change_nothing() {
    on_both(&[MIGRATIONS], |world| {
        let [a, b, _] = people_of(world);
        let unknown = ProfileId::from_parts(9, 9);
        assert_eq!(joining(world, a, a, 50, "k").map_err(|e| e.code()), Err("customers.same_profile"));
        assert_eq!(joining(world, a, unknown, 50, "k").map_err(|e| e.code()), Err("customers.unknown_profile"));
        assert_eq!(joining(world, a, b, 101, "k").map_err(|e| e.code()), Err("customers.confidence"));
        assert_eq!(undoing(world, ClaimId::nil()).map_err(|e| e.code()), Err("customers.unknown_claim"));
        let by_guest = world.db().write("undo", |tx| undo(tx, &Actor::guest(), ClaimId::nil())).wait();
        assert!(matches!(by_guest, Err(ClaimError::Denied(Denied(Permission::JoinCustomers)))));
        assert_eq!(read(world, move |tx| claims_of(tx, &agent(), a.into(), 10).expect("claims")), []);
        assert_eq!(person_now(world, b), b.into());
    });
}
