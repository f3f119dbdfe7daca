//! Bundles: sold whole, out of the stock of their parts.

use crate::support::*;
use catalogue::{BundlePart, Localised, NewProduct, NewVariant, Status, VariantId};
use flows::*;
use inventory::Receive;
use kernel::testing::World;
use kernel::{Actor, Channel, Currency, Fault, Kind, Problem, Quantity};
use orders::{AdvanceFulfilment, CancelOrder, Condition, FulfilmentState, NewReturnLine, Order, Tracking, Way};
use payments::Method;
use pricing::PriceEntry;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A present of two T-shirts and a scarf at 79.00: ten T-shirts and three scarves lie in the warehouse, three T-shirts in Madrid.
fn present(world: &World, brand: &Brand) -> VariantId {
    let (tee, scarf) = (brand.tee, brand.scarf);
    let make = move |tx: &mut kernel::Tx<'_>| {
        let system = Actor::system();
        let mut new = NewProduct::titled(Localised::new("Regalo", "Present"));
        new.status = Status::Active;
        new.variants = vec![NewVariant { sku: "PRESENT".into(), ..NewVariant::default() }];
        let present = catalogue::create_product(tx, &system, new).map_err(fault)?.variants[0].id;
        let list = pricing::price_list_by_code(tx, "base")?.ok_or_else(|| Fault::data("a list"))?.id;
        pricing::set_price(tx, &system, list, PriceEntry { variant: present, price: eur(7_900), compare_at: None }).map_err(fault)?;
        set_parts(tx, &system, (present, None), two_and_one(tee, scarf)).map_err(fault)?;
        Ok::<_, Fault>(present)
    };
    run(world, make).expect("a bundle")
}

fn two_and_one(tee: VariantId, scarf: VariantId) -> Vec<BundlePart> {
    vec![BundlePart { variant: tee, quantity: 2 }, BundlePart { variant: scarf, quantity: 1 }]
}

/// How many can be promised, in the warehouse and in Madrid.
fn left(world: &World, brand: &Brand, variant: VariantId) -> (i64, i64) {
    let stock = read(world, move |tx| available(tx, &[variant])).remove(&variant).unwrap_or_default();
    let at = |place| stock.get(&place).map_or(0, |quantity| quantity.0);
    (at(brand.warehouse), at(brand.madrid))
}

fn paid(world: &World, key: &str, actor: Actor, lines: Vec<BasketLine>, total: i64) -> Order {
    let cash = PayBy::Counter(vec![Tender { method: Method::Cash, amount: eur(total), reference: String::new() }]);
    buy(world, actor, Checkout { channel: Channel::Till, payment: cash, ..buying(key, lines) }).expect("sold").order
}

#[test]
fn there_are_as_many_as_its_parts_make_up() {
    brand(|world, brand| {
        let present = present(world, brand);
        assert_eq!(left(world, brand, present), (3, 0), "three scarves in the warehouse, none in Madrid");
        let (scarf, madrid) = (brand.scarf, brand.madrid);
        let stock = Receive { key: "s".into(), variant: scarf, location: madrid, quantity: Quantity(9) };
        run(world, move |tx| inventory::receive(tx, &Actor::system(), stock.clone())).expect("received");
        assert_eq!(left(world, brand, present), (3, 1), "three T-shirts in Madrid are one pair");
        let near = read(world, move |tx| {
            let from = inventory::Point { latitude: 40.4, longitude: -3.7 };
            nearest_with_stock(tx, (present, Quantity(1)), from, inventory::Purpose::Collect, 9)
        });
        assert_eq!(near.iter().map(|near| (near.location.id, near.available)).collect::<Vec<_>>(), [(madrid, Some(Quantity(1)))]);
        // A part that is sold loose, or is not for sale, takes the bundles with it.
        paid(world, "loose", associate(), vec![line(brand.tee, 2, Way::TakeNow { location: madrid })], 3_998);
        assert_eq!(left(world, brand, present), (3, 0));
        let gone = move |tx: &mut kernel::Tx<'_>| {
            let change = catalogue::VariantChange { is_active: Some(false), ..Default::default() };
            catalogue::update_variant(tx, &Actor::system(), scarf, change)
        };
        run(world, gone).expect("taken off");
        assert_eq!(left(world, brand, present), (0, 0));
        let refused = buy(world, Actor::customer(brand.ana), buying("no", vec![line(present, 1, deliver())])).expect_err("not for sale");
        assert_eq!((refused.kind(), refused.code()), (Kind::Conflict, "flows.not_for_sale"));
    });
}

#[test]
fn its_parts_are_set_aside_sold_and_come_back_with_it() {
    brand(|world, brand| {
        let present = present(world, brand);
        let at = |variant| stock(world, variant, brand.warehouse);
        let ana = Actor::customer(brand.ana);
        // Of five presents there is no third pair of scarves: nothing is set aside.
        let short = buy(world, ana.clone(), buying("5", vec![line(present, 5, deliver())])).expect_err("too many");
        assert!(matches!(short, CheckoutError::OutOfStock { variant, available, .. } if (variant, available) == (present, Quantity(3))));
        assert_eq!((at(brand.tee), at(brand.scarf)), ((10, 0), (3, 0)));
        // Nor of two and loose scarves that are in them.
        let both = vec![line(present, 2, deliver()), line(brand.scarf, 2, deliver())];
        assert!(matches!(buy(world, ana.clone(), buying("both", both)), Err(CheckoutError::OutOfStock { .. })));
        assert_eq!((at(brand.tee), at(brand.scarf)), ((10, 0), (3, 0)));

        let order = paid(world, "2", associate(), vec![line(present, 2, deliver())], 15_800);
        assert_eq!((at(brand.tee), at(brand.scarf)), ((10, 4), (3, 2)));
        assert_eq!(left(world, brand, present), (1, 0));
        let inside: Vec<_> = order.lines[0].parts.iter().map(|part| (part.sku.as_str(), part.each.0)).collect();
        assert_eq!((order.lines[0].sku.as_str(), order.lines[0].quantity.0, inside), ("PRESENT", 2, vec![("TEE-M", 2), ("SCARF", 1)]));

        // What it is made of changes; what was sold does not.
        let tee = brand.tee;
        run(world, move |tx| set_parts(tx, &Actor::system(), (present, None), vec![BundlePart { variant: tee, quantity: 3 }]))
            .expect("set");
        let part = order.fulfilments[0].id;
        for to in [FulfilmentState::Picking, FulfilmentState::Packed] {
            let step = AdvanceFulfilment { fulfilment: part, to, tracking: None, channel: Channel::Till };
            run(world, move |tx| advance(tx, &associate(), &step)).expect("a step");
        }
        let sent =
            Ship { fulfilment: part, tracking: Tracking { carrier: "Correos".into(), reference: "PQ1".into() }, channel: Channel::Till };
        run(world, move |tx| ship(tx, &associate(), &sent)).expect("sent");
        assert_eq!((at(brand.tee), at(brand.scarf)), ((6, 0), (1, 0)));

        let back = ReturnGoods {
            key: "r".into(),
            order: order.id,
            lines: vec![NewReturnLine { line: order.lines[0].id, quantity: Quantity(1), condition: Condition::Resale }],
            reason: String::new(),
            location: brand.madrid,
            channel: Channel::Till,
            onto_card: false,
        };
        let returned = run(world, move |tx| return_goods(tx, &associate(), &back)).expect("returned");
        assert_eq!(returned.refund, eur(7_900));
        assert_eq!((stock(world, brand.tee, brand.madrid), stock(world, brand.scarf, brand.madrid)), ((5, 0), (1, 0)));
        assert_eq!((at(brand.tee), at(brand.scarf)), ((6, 0), (1, 0)));
    });
}

#[test]
fn what_is_called_off_is_free_again() {
    brand(|world, brand| {
        let present = present(world, brand);
        let placed = buy(world, Actor::customer(brand.ana), buying("a", vec![line(present, 3, deliver())])).expect("bought");
        assert_eq!((stock(world, brand.tee, brand.warehouse), left(world, brand, present)), ((10, 6), (0, 0)));
        let off = CancelOrder { order: placed.order.id, reason: String::new(), channel: Channel::Web };
        run(world, move |tx| cancel(tx, &Actor::system(), &off)).expect("called off");
        assert_eq!((stock(world, brand.tee, brand.warehouse), left(world, brand, present)), ((10, 0), (3, 0)));
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 0));
    });
}

#[test]
fn what_cannot_be_a_part_is_refused_and_nothing_changes() {
    brand(|world, brand| {
        let (present, tee, scarf, gift) = (present(world, brand), brand.tee, brand.scarf, brand.gift);
        let refused = |variant: VariantId, parts: Vec<(VariantId, i64)>| {
            let parts: Vec<_> = parts.into_iter().map(|(variant, quantity)| BundlePart { variant, quantity }).collect();
            run(world, move |tx| set_parts(tx, &Actor::system(), (variant, None), parts.clone())).expect_err("refused").code()
        };
        assert_eq!(refused(present, vec![(present, 1)]), "catalogue.part_itself");
        assert_eq!(refused(present, vec![(VariantId::from_parts(9, 9), 1)]), "catalogue.part_unknown");
        assert_eq!(refused(present, vec![(tee, 1), (tee, 2)]), "catalogue.part_twice");
        assert_eq!(refused(present, vec![(tee, 0)]), "catalogue.part_quantity");
        assert_eq!(refused(present, vec![(tee, 100)]), "catalogue.part_quantity");
        assert_eq!(refused(tee, vec![(gift, 1)]), "flows.bundle_has_stock", "it lies in the warehouse");
        let made = |title: &'static str, is_service: bool| {
            let made = run(world, move |tx| {
                let mut new = NewProduct::titled(Localised::new(title, title));
                (new.is_service, new.variants) = (is_service, vec![NewVariant::default()]);
                catalogue::create_product(tx, &Actor::system(), new).map(|product| product.variants[0].id)
            });
            made.expect("made")
        };
        let (empty, bow, engraving) = (made("Caja", false), made("Lazo", false), made("Grabado", true));
        assert_eq!(refused(present, vec![(engraving, 1)]), "catalogue.part_is_service");
        assert_eq!(refused(engraving, vec![(bow, 1)]), "catalogue.part_is_service");
        let many = (1..=21).map(|n| (VariantId::from_parts(8, n), 1)).collect();
        assert_eq!(refused(present, many), "catalogue.part_too_many");
        assert_eq!(refused(empty, vec![(present, 1)]), "catalogue.part_is_bundle");
        let held = run(world, move |tx| {
            set_parts(
                tx,
                &Actor::system(),
                (empty, None),
                vec![BundlePart { variant: gift, quantity: 1 }, BundlePart { variant: bow, quantity: 1 }],
            )
        });
        held.expect("a bundle");
        assert_eq!(refused(bow, vec![(gift, 1)]), "catalogue.part_of_bundle");
        let denied = run(world, move |tx| set_parts(tx, &associate(), (empty, None), Vec::new())).expect_err("denied");
        assert_eq!(denied.kind(), Kind::Forbidden);
        assert_eq!(read(world, move |tx| catalogue::kinds_among(tx, &[present])).bundles[&present], two_and_one(tee, scarf));
        assert_eq!(read(world, move |tx| catalogue::bundles_with(tx, &[gift])), [empty]);
        // Of none it is an ordinary variant again.
        run(world, move |tx| set_parts(tx, &Actor::system(), (present, None), Vec::new())).expect("taken apart");
        assert_eq!(left(world, brand, present), (0, 0));
        assert_eq!(read(world, move |tx| catalogue::bundles_with(tx, &[tee])), []);
    });
}

#[test]
fn bundles_and_loose_parts_never_sell_more_than_there_is() {
    brand(|world, brand| {
        let present = present(world, brand);
        let (scarf, warehouse) = (brand.scarf, brand.warehouse);
        let more = Receive { key: "more".into(), variant: scarf, location: warehouse, quantity: Quantity(97) };
        run(world, move |tx| inventory::receive(tx, &Actor::system(), more.clone())).expect("received");
        let (brand, pieces) = (*brand, Arc::new(AtomicUsize::new(0)));
        let buyers: Vec<_> = (0..6)
            .map(|thread| {
                let (db, pieces) = (world.db().clone(), pieces.clone());
                std::thread::spawn(move || {
                    for turn in 0..4 {
                        let (variant, takes) = if (thread + turn) % 2 == 0 { (present, 2) } else { (brand.tee, 1) };
                        let cmd = buying(&format!("c{thread}-{turn}"), vec![line(variant, 1, Way::Collect { location: brand.madrid })]);
                        let cmd = Checkout { basket: Basket::Lines(vec![line(variant, 1, deliver())]), ..cmd };
                        loop {
                            let cmd = cmd.clone();
                            match db.write("test.buy", move |tx| checkout(tx, &Actor::customer(brand.ana), &cmd)).wait() {
                                Ok(_) => {
                                    pieces.fetch_add(takes, Ordering::SeqCst);
                                    break;
                                }
                                Err(CheckoutError::OutOfStock { .. }) => break,
                                Err(CheckoutError::Fault(Fault::Contention(_))) => {}
                                Err(other) => panic!("{other}"),
                            }
                        }
                    }
                })
            })
            .collect();
        buyers.into_iter().for_each(|buyer| buyer.join().expect("a buyer"));
        // Ten in the warehouse and three in Madrid, which sends too: all but one that makes no pair at most.
        let sold = pieces.load(Ordering::SeqCst) as i64;
        let reserved = [brand.warehouse, brand.madrid].map(|place| stock(world, brand.tee, place).1);
        assert_eq!((reserved.iter().sum::<i64>(), (12..=13).contains(&sold)), (sold, true), "{reserved:?}");
        assert!(reserved[0] <= 10 && reserved[1] <= 3);
        assert_eq!(
            read(world, move |tx| quote_basket(tx, &[line(present, 1, deliver())], Currency::EUR, None).map_err(fault)).total,
            eur(7_900)
        );
    });
}

#[test]
fn nothing_of_it_comes_or_is_counted_by_itself() {
    brand(|world, brand| {
        let (present, location) = (present(world, brand), brand.warehouse);
        let refused = |error: inventory::StockError| assert_eq!((error.kind(), error.code()), (Kind::Conflict, "inventory.is_bundle"));
        let came = Receive { key: "p".into(), variant: present, location, quantity: Quantity(1) };
        refused(run(world, move |tx| inventory::receive(tx, &Actor::system(), came.clone())).expect_err("a bundle"));
        let counted = inventory::Count { key: "p".into(), variant: present, location, counted: Quantity(2) };
        refused(run(world, move |tx| inventory::count(tx, &Actor::system(), counted.clone())).expect_err("a bundle"));
        let expected = inventory::ExpectSupply {
            key: "p".into(),
            reference: String::new(),
            supplier: String::new(),
            variant: present,
            location,
            quantity: Quantity(1),
            expected: jiff::civil::date(2030, 1, 1),
        };
        refused(run(world, move |tx| inventory::expect_supply(tx, &Actor::system(), expected.clone())).expect_err("a bundle"));
        assert_eq!(left(world, brand, present), (3, 0), "what its parts make up");
        // Counted as none, it is as it was.
        let none = inventory::Count { key: "n".into(), variant: present, location, counted: Quantity(0) };
        assert_eq!(run(world, move |tx| inventory::count(tx, &Actor::system(), none.clone())).expect("none"), Quantity(0));
    });
}
