//! Property: whatever was joined, separated and undone, undoing it all restores exactly what was before; nobody else is touched.

mod common;
use common::*;
use customers::*;
use kernel::ProfileId;
use kernel::testing::{World, on_both};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[derive(Debug, Clone)]
enum Step {
    Join(usize, usize, u8),
    Separate(usize, usize),
    Undo(usize),
}

const PROFILES: usize = 6;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..PROFILES, 0..PROFILES, 0u8..4).prop_map(|(a, b, c)| Step::Join(a, b, c * 30)),
        2 => (0..PROFILES, 0..PROFILES).prop_map(|(a, b)| Step::Separate(a, b)),
        1 => (0usize..16).prop_map(Step::Undo),
    ]
}

/// Everybody's person, and every profile row as it stands.
fn membership(world: &World) -> Vec<(ProfileId, PersonId, String)> {
    read(world, |tx| {
        let persons = people(tx, &agent(), None, 50).expect("people");
        let mut all = Vec::new();
        for card in persons.items {
            let person = person(tx, card.person).expect("read").expect("person");
            all.extend(person.profiles.iter().map(|p| (p.id, p.person, format!("{p:?} {:?}", person.identifiers))));
        }
        all.sort();
        all
    })
}

fn take(world: &World, profiles: &[ProfileId], step: &Step, made: &mut Vec<ClaimId>, count: &mut u64) {
    *count += 1;
    let key = format!("step-{count}");
    match *step {
        Step::Join(a, b, confidence) if a != b => match joining(world, profiles[a], profiles[b], confidence, &key) {
            Ok(claim) => {
                assert_eq!(person_now(world, profiles[a]), person_now(world, profiles[b]));
                made.push(claim);
            }
            Err(ClaimError::KeptApart(_)) => {}
            Err(other) => panic!("{other}"),
        },
        Step::Separate(a, b) if a != b => {
            made.push(separating(world, profiles[a], profiles[b], &key).expect("separated").claim);
            assert_ne!(person_now(world, profiles[a]), person_now(world, profiles[b]));
        }
        Step::Undo(n) if !made.is_empty() => undoing(world, made[n % made.len()]).expect("undone"),
        _ => {}
    }
}

#[test]
fn undoing_everything_restores_everything() {
    on_both(&[MIGRATIONS], |world| {
        let profiles: Vec<ProfileId> =
            (0..PROFILES).map(|n| somebody(world, &[&format!("email:p{n}@x.es")], &format!("Person {n}"))).collect();
        let bystanders = [somebody(world, &["email:q1@x.es"], "Q One"), somebody(world, &["email:q2@x.es"], "Q Two")];
        joining(world, bystanders[0], bystanders[1], 50, "bystanders").expect("joined");
        let count = std::cell::Cell::new(0);
        let cases = if world.db().engine() == kernel::Engine::Sqlite { 60 } else { 8 };
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, max_shrink_iters: 50, ..Config::default() });
        let steps = || proptest::collection::vec(step(), 0..12);
        let drawn = (steps(), steps(), any::<prop::sample::Index>());
        let result = runner.run(&drawn, |(before, then, turn)| {
            let mut taken = count.get();
            let mut standing = Vec::new();
            for step in &before {
                take(world, &profiles, step, &mut standing, &mut taken);
            }
            let initial = membership(world);
            let mut made = Vec::new();
            for step in &then {
                take(world, &profiles, step, &mut made, &mut taken);
            }
            if !made.is_empty() {
                let at = turn.index(made.len());
                made.rotate_left(at);
            }
            for claim in made {
                undoing(world, claim).expect("undone");
            }
            count.set(taken);
            let restored = membership(world);
            for claim in standing {
                undoing(world, claim).expect("undone");
            }
            let alone = profiles.iter().all(|p| person_now(world, *p) == PersonId::from(*p));
            prop_assert_eq!(restored, initial);
            prop_assert!(alone);
            Ok(())
        });
        if let Err(why) = result {
            panic!("{why}");
        }
    });
}
