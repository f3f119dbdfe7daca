//! Of two places that can both send all of it, the nearer to the customer sends.

use crate::support::*;
use inventory::{LocationId, LocationKind, Point, Receive};
use kernel::testing::World;
use kernel::{Actor, Quantity};
use orders::{Address, Way};

/// A warehouse in Barcelona that has the T-shirt as well.
fn barcelona(world: &World, brand: &Brand) -> LocationId {
    let tee = brand.tee;
    let open = move |tx: &mut kernel::Tx<'_>| {
        let mut place = details("BCN", "Barcelona", LocationKind::Warehouse);
        place.point = Point::new(41.35, 2.13).ok_or_else(|| kernel::Fault::data("a point"))?;
        let location = inventory::create_location(tx, &Actor::system(), place).map_err(fault)?;
        let stock = Receive { key: "bcn".into(), variant: tee, location, quantity: Quantity(10) };
        inventory::receive(tx, &Actor::system(), stock).map_err(fault)?;
        Ok::<_, kernel::Fault>(location)
    };
    run(world, open).expect("a warehouse")
}

#[test]
fn the_nearer_of_two_warehouses_sends() {
    brand(|world, brand| {
        let far = barcelona(world, brand);
        let sender = |postcode: &str| {
            let way = Way::Deliver { address: Some(Address { postcode: postcode.into(), ..home() }) };
            let bought = buy(world, Actor::customer(brand.ana), buying(postcode, vec![line(brand.tee, 1, way)])).expect("bought");
            bought.order.fulfilments.iter().map(|part| part.location).collect::<Vec<_>>()
        };
        assert_eq!(sender("17001"), [far]);
        assert_eq!(sender("45001"), [brand.warehouse]);
    });
}

#[test]
fn the_stock_to_be_locked_is_that_of_the_nearer_one() {
    brand(|world, brand| {
        let (tee, warehouse, far) = (brand.tee, brand.warehouse, barcelona(world, brand));
        let locks = |postcode: Option<&'static str>| {
            let home = postcode.map(|postcode| Address { postcode: postcode.into(), ..home() });
            let lines = [line(tee, 1, Way::Deliver { address: None })];
            read(world, move |tx| flows::checkout_locks(tx, &lines, home.as_ref()))
        };
        assert_eq!(locks(Some("08001")), [inventory::lock(tee, far)]);
        assert_eq!(locks(Some("28001")), [inventory::lock(tee, warehouse)]);
        assert_eq!(locks(None), [inventory::lock(tee, warehouse)], "the first by code where nobody knows where to");
    });
}
