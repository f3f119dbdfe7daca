//! Search narrowed by where goods can be had now.

use crate::support::*;
use catalogue::search::{DELIVERY, Facet, Query, SearchIndex, refresh, search};
use catalogue::{BundlePart, Localised, NewProduct, NewVariant, Status, VariantId};
use inventory::{AdjustReason, LocationId, Receive, StockShelves};
use kernel::testing::World;
use kernel::{Actor, Locale, Quantity};
use std::sync::Arc;

/// A shirt in two colours and two sizes: blue S and white M in Madrid, blue M nowhere.
fn shirt(world: &World, madrid: LocationId) -> [VariantId; 3] {
    let made = run(world, |tx| {
        let mut new = NewProduct::titled(Localised::new("Camisa", "Shirt"));
        (new.status, new.options) = (Status::Active, vec!["Color".into(), "Talla".into()]);
        let variant = |sku: &str, colour: &str, size: &str| NewVariant {
            sku: sku.into(),
            option_values: vec![colour.into(), size.into()],
            ..NewVariant::default()
        };
        new.variants = vec![variant("C-AZ-S", "Azul", "S"), variant("C-AZ-M", "Azul", "M"), variant("C-BL-M", "Blanco", "M")];
        catalogue::create_product(tx, &Actor::system(), new)
    });
    let [blue_small, blue_medium, white_medium] = made.expect("made").variants.iter().map(|v| v.id).collect::<Vec<_>>()[..] else {
        panic!("three variants")
    };
    receive(world, "s", (blue_small, madrid), 1);
    receive(world, "m", (white_medium, madrid), 200);
    [blue_small, blue_medium, white_medium]
}

fn receive(world: &World, key: &str, (variant, location): (VariantId, LocationId), units: i64) {
    let stock = Receive { key: key.into(), variant, location, quantity: Quantity(units) };
    run(world, move |tx| inventory::receive(tx, &Actor::system(), stock.clone())).expect("received");
}

fn take(world: &World, key: &str, (variant, location): (VariantId, LocationId), units: i64) {
    let less = inventory::Adjust { key: key.into(), variant, location, change: Quantity(-units), reason: AdjustReason::Lost };
    run(world, move |tx| inventory::adjust(tx, &Actor::system(), less.clone())).expect("adjusted");
}

/// The titles found there, and the counts of a facet.
fn there(index: &SearchIndex, world: &World, filters: &[(Facet, &str)], facet: Facet) -> (usize, Vec<(String, u64)>) {
    world.wait_for_log();
    refresh(index, world.db()).expect("followed");
    let filters = filters.iter().map(|(facet, key)| (*facet, (*key).to_owned())).collect();
    let found = search(index, &Query { filters, ..Query::new("camisa", Locale::Es) }).expect("found");
    let counts = found.facets.into_iter().filter(|counts| counts.facet == facet).flat_map(|counts| counts.values);
    (found.total, counts.map(|value| (value.key, value.count)).collect())
}

#[test]
fn what_is_asked_for_by_place_and_size_lies_there_in_that_size() {
    brand(|world, brand| {
        let index = SearchIndex::in_memory().expect("an index").with_shelves(Arc::new(StockShelves));
        let [blue_small, blue_medium, _] = shirt(world, brand.madrid);
        let madrid = brand.madrid.to_string();
        let place = (Facet::Place, madrid.as_str());
        let keys = |of: &[(&str, u64)]| of.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect::<Vec<_>>();
        let (total, sizes) = there(&index, world, &[place], Facet::Size);
        assert_eq!((total, sizes), (1, keys(&[("s", 1), ("m", 1)])));
        // Blue lies there, and M lies there; blue in M does not.
        assert_eq!(
            there(&index, world, &[place, (Facet::Colour, "azul"), (Facet::Size, "m")], Facet::Size),
            (0, keys(&[("s", 1), ("m", 0)]))
        );
        assert_eq!(there(&index, world, &[place, (Facet::Colour, "azul")], Facet::Size), (1, keys(&[("s", 1)])));
        let blue_m = [(Facet::Colour, "azul"), (Facet::Size, "m")];
        assert_eq!(there(&index, world, &blue_m, Facet::Place), (1, Vec::new()), "sold in principle, but lies nowhere");
        receive(world, "am", (blue_medium, brand.warehouse), 1);
        assert_eq!(there(&index, world, &blue_m, Facet::Place), (1, keys(&[(&brand.warehouse.to_string(), 1), (DELIVERY, 1)])));
        assert_eq!(there(&index, world, &[(Facet::Place, DELIVERY), blue_m[0], blue_m[1]], Facet::Colour).0, 1);
        // The last one leaves, and comes back.
        take(world, "lost", (blue_small, brand.madrid), 1);
        let blue_s = [place, (Facet::Colour, "azul"), (Facet::Size, "s")];
        assert_eq!(there(&index, world, &blue_s, Facet::Colour).0, 0);
        receive(world, "again", (blue_small, brand.madrid), 1);
        assert_eq!(there(&index, world, &blue_s, Facet::Colour).0, 1);
        // What is kept back cannot be had.
        let at = brand.madrid;
        let keep = move |tx: &mut kernel::Tx<'_>| inventory::set_safety_stock(tx, &Actor::system(), blue_small, at, Some(Quantity(1)));
        run(world, keep).expect("kept back");
        assert_eq!(there(&index, world, &blue_s, Facet::Colour).0, 0);
    });
}

#[test]
fn a_closed_shop_has_nothing_and_a_bundle_lies_where_its_parts_do() {
    brand(|world, brand| {
        let index = SearchIndex::in_memory().expect("an index").with_shelves(Arc::new(StockShelves));
        let [_, _, white] = shirt(world, brand.madrid);
        let madrid = brand.madrid.to_string();
        let pack = run(world, move |tx| {
            let mut new = NewProduct::titled(Localised::new("Dos camisas", "Two shirts"));
            (new.status, new.variants) = (Status::Active, vec![NewVariant { sku: "PACK".into(), ..NewVariant::default() }]);
            let pack = catalogue::create_product(tx, &Actor::system(), new).map_err(fault)?.variants[0].id;
            flows::set_parts(tx, &Actor::system(), (pack, None), vec![BundlePart { variant: white, quantity: 2 }]).map_err(fault)?;
            Ok::<_, kernel::Fault>(pack)
        });
        pack.expect("a bundle");
        let place = [(Facet::Place, madrid.as_str())];
        assert_eq!(there(&index, world, &place, Facet::Category).0, 2);
        // One is left of two that a pack takes.
        take(world, "most", (white, brand.madrid), 199);
        assert_eq!(there(&index, world, &place, Facet::Category).0, 1);
        receive(world, "more", (white, brand.madrid), 1);
        assert_eq!(there(&index, world, &place, Facet::Category).0, 2);
        let at = brand.madrid;
        let shut = move |tx: &mut kernel::Tx<'_>| {
            let mut details = inventory::location(tx, at).map_err(inventory::LocationError::Fault)?.expect("known").details;
            details.is_active = false;
            inventory::update_location(tx, &Actor::system(), at, details)
        };
        run(world, shut).expect("shut");
        assert_eq!(there(&index, world, &place, Facet::Category).0, 0);
    });
}
