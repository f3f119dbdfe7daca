//! Builders for the tests of this room.
#![allow(dead_code)]

use catalogue::VariantId;
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point, Receive, Reservation, Reserve, ReserveError};
use kernel::testing::World;
use kernel::{Actor, Fault, Quantity, ReadTx, Timestamp, Tx};

pub const ROOMS: &[kernel::Migrations] = &[ledger::MIGRATIONS, catalogue::MIGRATIONS, inventory::MIGRATIONS];

pub fn shirt() -> VariantId {
    VariantId::from_parts(1, 1)
}

pub fn details(code: &str) -> LocationDetails {
    LocationDetails {
        code: code.into(),
        name: format!("Shop {code}"),
        kind: LocationKind::Shop,
        address: "Calle Mayor, 1".into(),
        postcode: "28001".into(),
        city: "Madrid".into(),
        province: "Madrid".into(),
        country: "ES".into(),
        point: Point { latitude: 40.4168, longitude: -3.7038 },
        time_zone: "Europe/Madrid".into(),
        tax_zone: "peninsula".into(),
        hours: Hours::default(),
        phone: "+34700100000".into(),
        email: String::new(),
        collects: true,
        ships: true,
        safety_stock: Quantity(0),
        is_active: true,
    }
}

pub fn create(world: &World, details: LocationDetails) -> LocationId {
    let made = world.db().write("test.location", move |tx: &mut Tx<'_>| inventory::create_location(tx, &Actor::system(), details.clone()));
    made.wait().expect("a location")
}

pub fn a_shop(world: &World, code: &str) -> LocationId {
    create(world, details(code))
}

pub fn stocked(world: &World, key: &str, variant: VariantId, location: LocationId, quantity: i64) {
    let cmd = Receive { key: key.into(), variant, location, quantity: Quantity(quantity) };
    let done = world.db().write("test.receive", move |tx: &mut Tx<'_>| inventory::receive(tx, &Actor::system(), cmd.clone()));
    done.wait().expect("received");
}

pub fn reserve(
    world: &World,
    key: &str,
    location: LocationId,
    quantity: i64,
    expires_at: Option<Timestamp>,
) -> Result<Reservation, ReserveError> {
    let cmd = Reserve { key: key.into(), variant: shirt(), location, quantity: Quantity(quantity), expires_at };
    world.db().write("test.reserve", move |tx: &mut Tx<'_>| inventory::reserve(tx, &Actor::guest(), cmd.clone())).wait()
}

pub fn read<T: Send + 'static>(world: &World, query: impl Fn(&ReadTx<'_>) -> Result<T, Fault> + Send + 'static) -> T {
    world.db().read(query).wait().expect("read")
}

/// On hand, reserved, available to promise.
pub fn figures(world: &World, location: LocationId) -> (i64, i64, i64) {
    let level = read(world, move |tx| inventory::level(tx, shirt(), location));
    (level.on_hand.0, level.reserved.0, level.available().0)
}

pub fn changes(world: &World) -> Vec<inventory::StockChanged> {
    let mut told = read(world, |tx| kernel::log::of_subject(tx, &shirt().to_string(), 100));
    told.reverse();
    told.iter().filter(|event| event.kind == inventory::STOCK_CHANGED).map(|event| event.read().expect("a change of stock")).collect()
}

pub fn book_is_sound(world: &World) {
    assert_eq!(read(world, ledger::imbalance), vec![]);
    assert_eq!(read(world, |tx| ledger::discrepancies(tx, 10)), vec![]);
}
