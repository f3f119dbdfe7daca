//! Places: created, changed, listed, and near.
mod common;

use common::*;
use inventory::{LOCATION_CHANGED, LocationError, LocationId, Point, Purpose};
use kernel::testing::on_both;
use kernel::{Actor, Denied, Permission, Quantity, Tx};

#[test]
fn a_location_is_kept_as_given() {
    on_both(ROOMS, |world| {
        let mut given = details("MAD");
        given.hours = serde_json::from_str(r#"{"week": {"mon": ["10:00-20:30"]}, "exceptions": [{"date": "2026-12-25"}]}"#).expect("hours");
        let id = create(world, given.clone());
        let found = read(world, move |tx| inventory::location(tx, id)).expect("there");
        assert_eq!((found.id, &found.details), (id, &given));
        assert!(found.is_open(kernel::testing::START), "Monday 10:00 in Madrid");
        assert_eq!(read(world, |tx| inventory::location_by_code(tx, "MAD")).map(|l| l.id), Some(id));
    });
}

#[test]
fn codes_are_unique_and_rights_are_asked() {
    on_both(ROOMS, |world| {
        let first = a_shop(world, "MAD");
        let second = a_shop(world, "BCN");
        let again = world.db().write("t", |tx: &mut Tx<'_>| inventory::create_location(tx, &Actor::system(), details("MAD"))).wait();
        assert!(matches!(again, Err(LocationError::CodeTaken(code)) if code == "MAD"));
        let update = |id: LocationId, code: &'static str| {
            world.db().write("t", move |tx: &mut Tx<'_>| inventory::update_location(tx, &Actor::system(), id, details(code))).wait()
        };
        assert!(matches!(update(second, "MAD"), Err(LocationError::CodeTaken(_))));
        assert!(matches!(update(LocationId::nil(), "NADA"), Err(LocationError::UnknownLocation)));
        update(first, "MAD-2").expect("changed");
        assert_eq!(read(world, |tx| inventory::locations(tx, false, None, 1)).first().map(|l| l.id), Some(second));
        assert_eq!(read(world, |tx| inventory::locations(tx, false, Some("BCN"), 9)).iter().map(|l| l.id).collect::<Vec<_>>(), [first]);
        let told = read(world, move |tx| kernel::log::of_subject(tx, &first.to_string(), 1));
        assert_eq!((told[0].kind.as_str(), told[0].actor.as_deref()), (LOCATION_CHANGED, Some("system")));
        let guest = world.db().write("t", |tx: &mut Tx<'_>| inventory::create_location(tx, &Actor::guest(), details("ZAZ"))).wait();
        assert!(matches!(guest, Err(LocationError::Denied(Denied(Permission::EditLocations)))));
    });
}

/// Against the plain way: measure all of them and sort.
#[test]
fn the_nearest_of_many_are_found() {
    on_both(ROOMS, |world| {
        let mut all = Vec::new();
        // A spiral over the globe, with the date line and the poles in it.
        for n in 0..600_i32 {
            let turn = f64::from(n) * 2.399_963;
            let latitude = 88.0 * (f64::from(n) / 300.0 - 1.0);
            let longitude = (turn.to_degrees() + 180.0).rem_euclid(360.0) - 180.0;
            let mut place = details(&format!("L{n}"));
            place.point = Point { latitude, longitude };
            place.collects = n % 3 != 0;
            all.push((create(world, place.clone()), place));
        }
        let stocked_places: Vec<_> = all.iter().step_by(7).map(|(id, _)| *id).collect();
        for (n, id) in stocked_places.iter().enumerate() {
            stocked(world, &format!("in {n}"), shirt(), *id, 1 + (n as i64 % 3));
        }
        for from in [(40.4, -3.7), (-17.0, 179.9), (89.9, 10.0), (-89.0, -170.0), (0.0, 0.0)] {
            let from = Point::new(from.0, from.1).expect("on the globe");
            let plain = |wanted: &dyn Fn(usize) -> bool, limit: usize| {
                let mut near: Vec<_> =
                    all.iter().enumerate().filter(|(n, _)| wanted(*n)).map(|(_, (id, d))| (from.metres_to(d.point), *id)).collect();
                near.sort_by(|a, b| a.0.total_cmp(&b.0));
                near.into_iter().take(limit).map(|(_, id)| id).collect::<Vec<_>>()
            };
            let any = read(world, move |tx| inventory::nearest(tx, from, Purpose::Any, 10));
            assert_eq!(any.iter().map(|n| n.location.id).collect::<Vec<_>>(), plain(&|_| true, 10));
            let collect = read(world, move |tx| inventory::nearest(tx, from, Purpose::Collect, 5));
            assert_eq!(collect.iter().map(|n| n.location.id).collect::<Vec<_>>(), plain(&|n| n % 3 != 0, 5));
            let stock = read(world, move |tx| inventory::nearest_with_stock(tx, shirt(), Quantity(2), from, Purpose::Any, 3));
            assert_eq!(stock.iter().map(|n| n.location.id).collect::<Vec<_>>(), plain(&|n| n % 7 == 0 && 1 + (n / 7) % 3 >= 2, 3));
            assert!(stock.iter().all(|n| n.available >= Some(Quantity(2))));
        }
        let from = Point::new(0.0, 0.0).expect("on the globe");
        assert_eq!(read(world, move |tx| inventory::nearest_with_stock(tx, shirt(), Quantity(9), from, Purpose::Any, 3)), vec![]);
    });
}

/// A place to the north of the one before it, with a piece of the shirt.
fn street(world: &kernel::testing::World, from: i32, to: i32, pieces: i64) {
    world
        .db()
        .write("test.street", move |tx: &mut Tx<'_>| {
            for n in from..to {
                let mut place = details(&format!("N{n}"));
                place.point = Point { latitude: 30.0 + f64::from(n) * 0.01, longitude: -3.0 };
                let location = inventory::create_location(tx, &Actor::system(), place).expect("a place");
                let cmd = inventory::Receive { key: format!("N{n}"), variant: shirt(), location, quantity: Quantity(pieces) };
                inventory::receive(tx, &Actor::system(), cmd).expect("received");
            }
            Ok::<_, kernel::Fault>(())
        })
        .wait()
        .expect("written");
}

/// The codes of the nearest with stock, and how many statements that took.
fn nearest_in_street(world: &kernel::testing::World, limit: usize) -> (Vec<String>, usize) {
    let find = move |tx: &mut Tx<'_>| {
        tx.start_trace();
        let from = Point::new(30.0, -3.0).expect("on the globe");
        let found = inventory::nearest_with_stock(tx, shirt(), Quantity(1), from, Purpose::Collect, limit)?;
        Ok::<_, kernel::Fault>((found.into_iter().map(|near| near.location.details.code).collect(), tx.take_trace().len()))
    };
    world.db().write("test.near", find).wait().expect("found")
}

#[test]
fn looking_for_stock_takes_as_many_statements_however_many_shops_there_are() {
    on_both(ROOMS, |world| {
        let three = ["N0", "N1", "N2"].map(str::to_owned).to_vec();
        street(world, 0, 5, 1);
        assert_eq!(nearest_in_street(world, 3), (three.clone(), 3));
        // Levels of other variants, and shops without this one, are not looked at.
        let (other, far) = (catalogue::VariantId::from_parts(1, 2), a_shop(world, "MAD"));
        stocked(world, "other", other, far, 7);
        street(world, 5, 300, 1);
        assert_eq!(nearest_in_street(world, 3), (three.clone(), 3));
        assert_eq!(nearest_in_street(world, 1_000).0.len(), 100, "nobody sees more");
        assert_eq!(nearest_in_street(world, 1_000).1, 3);
    });
}

#[test]
fn where_it_is_nearly_everywhere_the_nearest_are_still_found() {
    on_both(ROOMS, |world| {
        // The ids rise with the distance, so the nearest are those that a list by id would leave out.
        street(world, 600, 610, 1);
        street(world, 10, 600, 1);
        street(world, 0, 10, 1);
        let (found, few) = nearest_in_street(world, 3);
        assert_eq!(found, ["N0", "N1", "N2"]);
        assert!(few <= 9, "{few}");
    });
}

#[test]
fn what_is_kept_back_and_who_lets_nobody_collect_is_left_out() {
    on_both(ROOMS, |world| {
        street(world, 0, 4, 1);
        let of = |code: &'static str| read(world, move |tx| inventory::location_by_code(tx, code)).expect("there");
        let update = |place: inventory::Location| {
            let change = move |tx: &mut Tx<'_>| inventory::update_location(tx, &Actor::system(), place.id, place.details.clone());
            world.db().write("t", change).wait().expect("changed");
        };
        let mut closed = of("N0");
        closed.details.is_active = false;
        update(closed);
        let mut keeps = of("N1");
        keeps.details.safety_stock = Quantity(1);
        update(keeps);
        let mut sends = of("N2");
        sends.details.collects = false;
        update(sends);
        assert_eq!(nearest_in_street(world, 10).0, ["N3"]);
        reserve(world, "hers", of("N3").id, 1, None).expect("held");
        assert_eq!(nearest_in_street(world, 10).0, Vec::<String>::new());
    });
}

#[test]
fn every_statement_prepares() {
    on_both(&[ledger::MIGRATIONS, catalogue::MIGRATIONS, inventory::MIGRATIONS], |world| {
        assert_eq!(world.db().prepare_all().expect("a connection"), Vec::<String>::new());
    });
}
