//! A person is handed out and erased, and the books stay right.

use crate::support::*;
use customers::{Purpose, SetConsent};
use flows::*;
use kernel::{Actor, Channel, Event, Fault, Permission, Problem, Role, StaffId, Timestamp};
use payments::simulator::Outcome;
use std::time::Duration;

fn chief() -> Actor {
    Actor::staff(StaffId::from_parts(4, 9), &[Role::Administrator])
}

/// Ana buys two T-shirts, pays, and has them; she wrote, and allowed marketing.
fn a_year_of_ana(world: &kernel::testing::World, brand: &Brand) -> orders::OrderId {
    let ana = brand.ana;
    let cmd = Checkout { note: "Llamar al timbre".into(), ..buying("k", vec![line(brand.tee, 2, deliver())]) };
    let done = buy(world, Actor::customer(ana), cmd).expect("bought");
    webhook(world, &press(world, &done.page.expect("a page"), Outcome::Approve));
    let (order, tee) = (done.order.id, brand.tee);
    run(world, move |tx| {
        let product = catalogue::variant(tx, tee)?.ok_or_else(|| Fault::data("no T-shirt"))?.product;
        let (text, name) = ("Ana opina: buena tela".into(), "Ana R.".into());
        let said = catalogue::ratings::Rate { product, profile: ana, stars: 5, text, name, channel: Channel::Web };
        let rating = rate_product(tx, &Actor::customer(ana), said).map_err(fault)?;
        catalogue::ratings::decide(tx, &chief(), rating.id, true).map_err(fault)?;
        let consent = SetConsent {
            profile: ana,
            purpose: Purpose::Marketing,
            channel: Channel::Email,
            state: customers::ConsentState::Granted,
            evidence: "lo pidió Ana Ruiz".into(),
            source: Channel::Web,
        };
        customers::set_consent(tx, &Actor::customer(ana), consent).map_err(fault)?;
        let matter = conversations::open_for(tx, &[ana], ana, Channel::Email, "Ana pregunta por su talla")?;
        conversations::add_note(tx, &agent(), matter, "Ana es muy simpática", "note").map_err(fault)?;
        tx.announce(Event::new("test.said", "x").profile(ana).body(&serde_json::json!({ "preview": "Soy Ana", "amount": 3 })))?;
        Ok::<_, Fault>(())
    })
    .expect("told");
    order
}

fn deliver_all(world: &kernel::testing::World, order: orders::OrderId) {
    let part = found(world, order).fulfilments[0].id;
    let step = move |to| orders::AdvanceFulfilment { fulfilment: part, to, tracking: None, channel: Channel::Desk };
    let tracking = orders::Tracking { carrier: "SEUR".into(), reference: "T1".into() };
    let sent = Ship { fulfilment: part, tracking, channel: Channel::Desk };
    run(world, move |tx| advance(tx, &Actor::system(), &step(orders::FulfilmentState::Packed))).expect("packed");
    run(world, move |tx| ship(tx, &Actor::system(), &sent)).expect("shipped");
    run(world, move |tx| advance(tx, &Actor::system(), &step(orders::FulfilmentState::Delivered))).expect("delivered");
}

#[test]
fn an_erased_person_leaves_the_books_as_they_were() {
    brand(|world, brand| {
        let ana = brand.ana;
        let order = a_year_of_ana(world, brand);
        let erase = |actor: Actor| run(world, move |tx| erase_person(tx, &actor, ana.into())).map_err(|e| e.code());
        assert_eq!(erase(agent()), Err("denied"));
        assert_eq!(erase(Actor::customer(ana)), Err("customers.unfinished_orders"), "a parcel is on its way");
        assert_eq!(found(world, order).contact.name, "Ana Ruiz", "a refusal changes nothing");
        deliver_all(world, order);
        let (before, stock_before, money_before) = (found(world, order), stock(world, brand.tee, brand.warehouse), account(world, order));

        let all = run(world, move |tx| export_person(tx, &Actor::customer(ana), ana.into())).expect("allowed").expect("there").to_string();
        for held in [
            "ana@example.org",
            "Colón 3",
            "Llamar al timbre",
            "Ana es muy simpática",
            "lo pidió Ana Ruiz",
            "Soy Ana",
            "H-000001",
            "TEE-M",
            "captured",
            "buena tela",
        ] {
            assert!(all.contains(held), "{held} is missing in {all}");
        }
        let denied = run(world, move |tx| export_person(tx, &agent(), ana.into()).map(drop)).map_err(|e| e.to_string());
        assert_eq!(denied, Err(kernel::Denied(Permission::ExportCustomers).to_string()));

        world.clock().advance(Duration::from_secs(60));
        let report = erase(Actor::customer(ana)).expect("erased");
        let count = |what: &str| report.erased.iter().find(|(known, _)| known == what).map(|(_, count)| *count);
        assert_eq!((count("profiles"), count("identifiers"), count("messages"), count("matters")), (Some(1), Some(1), Some(1), Some(1)));
        assert_eq!(count("ratings"), Some(1));
        let kept: Vec<_> = report.kept.iter().map(|kept| (kept.what.as_str(), kept.count, kept.why.as_str())).collect();
        assert_eq!(kept, [("orders", 1, "commercial_code"), ("consents", 1, "proof_of_consent")]);
        assert_eq!(report.kept[0].until, Timestamp::from_rfc3339("2033-01-01T00:00:00Z").expect("a date"));

        let left = run(world, move |tx| export_person(tx, &chief(), ana.into())).expect("allowed").expect("a tombstone").to_string();
        for gone in ["ana@example.org", "Ana", "Colón", "timbre", "simpática", "Valencia", "tela"] {
            assert!(!left.contains(gone), "{gone} is still in {left}");
        }
        let after = found(world, order);
        assert_eq!(
            (after.total, after.tax, after.paid, after.number, &after.lines),
            (before.total, before.tax, before.paid, before.number, &before.lines)
        );
        let address = after.fulfilments[0].address.clone().expect("tax needs it");
        assert_eq!((address.street.as_str(), address.postcode.as_str(), address.country.as_str()), ("", "46004", "ES"));
        assert_eq!((stock(world, brand.tee, brand.warehouse), account(world, order)), (stock_before, money_before));
        let again = erase(chief()).expect("nothing more to take");
        assert_eq!(again.erased.iter().map(|(what, _)| what.as_str()).collect::<Vec<_>>(), ["profiles", "messages", "matters"]);
    });
}

#[test]
fn what_the_law_kept_loses_its_owner_at_the_date() {
    brand(|world, brand| {
        let ana = brand.ana;
        let order = a_year_of_ana(world, brand);
        deliver_all(world, order);
        run(world, move |tx| erase_person(tx, &chief(), ana.into())).expect("erased");
        let consents = move || read(world, move |tx| Ok(customers::person(tx, ana.into())?.map_or(0, |person| person.consents.len())));
        world.clock().advance(Duration::from_secs(3 * 365 * 24 * 3600));
        world.run_timers(TIMERS);
        assert_eq!((consents(), found(world, order).profile), (1, Some(ana)));
        world.clock().advance(Duration::from_secs(4 * 24 * 3600));
        world.run_timers(TIMERS);
        assert_eq!((consents(), found(world, order).profile), (0, Some(ana)));
        world.clock().set(Timestamp::from_rfc3339("2033-01-01T00:00:00Z").expect("a date"));
        world.run_timers(TIMERS);
        let after = found(world, order);
        assert_eq!((after.profile, after.total), (None, eur(2 * 1999 + 395)));
        let payers = read(world, move |tx| {
            Ok(payments::payments_of(tx, &format!("order:{order}"))?.into_iter().map(|p| p.profile).collect::<Vec<_>>())
        });
        assert_eq!(payers, [None]);
    });
}
