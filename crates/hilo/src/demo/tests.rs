//! The demo as a test of everything: two seeds, with and without faults, on each engine at hand.

use super::world::Plan;
use super::{Brand, check, make, tally};
use crate::wiring;
use conversations::MatterState;
use customers::Identifier;
use kernel::testing::{START, World};
use kernel::{Actor, ReadTx};
use orders::{FulfilmentState, Order, ReturnPolicy, return_policy};
use std::collections::BTreeMap;

fn small(seed: u64, faults: bool) -> Plan {
    Plan { seed, customers: 20, days: 5, end: START, faults, crowd: 0 }
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

#[test]
fn the_people_of_the_story_stand_where_it_begins() {
    let world = World::sqlite(wiring::ROOMS);
    made(&world, Plan { seed: 7, customers: 10, days: 30, end: START, faults: false, crowd: 0 });
    world.db().read(story).wait().expect("the story");
}

fn story(tx: &ReadTx<'_>) -> anyhow::Result<()> {
    let profile = |code: &str| -> anyhow::Result<_> {
        let person = Brand::read()?.people.person.into_iter().find(|p| p.code == code).expect("somebody of the story");
        let identifier = match &person.email {
            Some(email) => Identifier::email(email)?,
            None => Identifier::phone(person.phone.as_deref().expect("a phone"), "ES")?,
        };
        Ok(customers::by_identifier(tx, &identifier)?.expect("known"))
    };
    let order = |code: &str| -> anyhow::Result<Order> {
        let head = orders::orders_of(tx, &[profile(code)?.profile], None, 5)?.items.pop().expect("an order");
        Ok(orders::order(tx, head.id)?.expect("whole"))
    };
    // The desk offers to join Ana to the card that was made with her mobile.
    let (ana, card) = (profile("ana")?, profile("ana-tarjeta")?);
    let others: Vec<_> = customers::possible_same(tx, ana.person)?.into_iter().map(|s| (s.other.person, s.profiles)).collect();
    assert_eq!(others, [(card.person, (ana.profile, card.profile))]);
    // Luis has collected in Bilbao, so he can return in Madrid; Marc's parcel is still on its way; Emma paid IGIC.
    let luis = order("luis")?;
    assert!(luis.fulfilments.iter().all(|part| part.state == FulfilmentState::Collected && part.place == "Almadeja Bilbao"), "{luis:?}");
    let is_returnable = |line| matches!(return_policy(line, &luis.fulfilments[0], tx.now()), ReturnPolicy::Allowed { .. });
    assert!(luis.lines.len() == 2 && luis.lines.iter().all(is_returnable));
    assert!(order("marc")?.fulfilments.iter().all(|part| part.state == FulfilmentState::Shipped));
    assert!(order("emma")?.lines.iter().all(|line| line.tax_basis_points == 700));
    let marc = conversations::matters_of(tx, &[profile("marc")?.profile], 5)?;
    // What he was told of his order is closed at once; what he asked is open.
    let (open, told): (Vec<_>, Vec<_>) = marc.iter().map(|m| m.state).partition(|state| *state == MatterState::Open);
    assert_eq!((open.len(), told.as_slice()), (1, [MatterState::Resolved; 2].as_slice()));
    // The fixed cases of the stock were left alone.
    let place = |code: &str| inventory::location_by_code(tx, code).map(|p| p.expect("a place").id);
    let dress = catalogue::product_by_handle(tx, &Actor::system(), "vestido-mirador")?.expect("the dress");
    for variant in &dress.variants {
        let at = |code: &str| anyhow::Ok(inventory::available(tx, variant.id, place(code)?)?.0);
        assert_eq!((at("SVQ")?, at("MAD")?), (0, 2), "{}", variant.sku);
    }
    Ok(())
}
