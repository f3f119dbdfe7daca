//! The demo as a test of everything: two seeds, with and without faults, on each engine at hand.

use super::world::Plan;
use super::{check, make, tally};
use crate::wiring;
use kernel::testing::{START, World};
use std::collections::BTreeMap;

fn small(seed: u64, faults: bool) -> Plan {
    Plan { seed, customers: 20, days: 5, end: START, faults }
}

/// Make one; answers what happened in it and what was passed over.
fn made(world: &World, plan: Plan) -> (BTreeMap<String, usize>, Vec<String>) {
    let rules = (wiring::reactions(), wiring::timers());
    let made = make(world.db(), world.clock(), rules, plan, &()).expect("made");
    assert_eq!(check(world.db()).expect("read"), Vec::<String>::new(), "{plan:?}");
    (tally(world.db()).expect("read"), made.skipped)
}

#[test]
fn faults_on_the_way_in_leave_no_trace() {
    for seed in [7, 8] {
        let plain = made(&World::sqlite(wiring::ROOMS), small(seed, false));
        let faulty = made(&World::sqlite(wiring::ROOMS), small(seed, true));
        assert_eq!(plain, faulty, "seed {seed}");
        let count = |kind: &str| plain.0.get(kind).copied().unwrap_or_default();
        assert!(count("order.placed") >= 10 && count("message.received") >= 10 && count("fulfilment.shipped") >= 1, "{:?}", plain.0);
        assert!(count("message.queued") >= 5 && count("customer.created") >= 27, "{:?}", plain.0);
        if let Ok(server) = std::env::var("HILO_TEST_POSTGRES") {
            assert_eq!(made(&World::postgres(&server, wiring::ROOMS), small(seed, true)), plain, "seed {seed} on PostgreSQL");
        }
    }
}

#[test]
fn seeds_differ() {
    let one = made(&World::sqlite(wiring::ROOMS), small(1, false)).0;
    let two = made(&World::sqlite(wiring::ROOMS), small(2, false)).0;
    assert_ne!(one, two);
}
