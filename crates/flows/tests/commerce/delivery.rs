//! Ways of delivery: one fee and one day at every door, kept on the order, counted anew when it is paid too late.

use crate::support::*;
use catalogue::Localised;
use flows::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Currency, Kind, Problem};
use orders::{Address, CartChange, ChangeCart, OpenCart, Order, Owner, Promised, Way};
use payments::simulator::Outcome;
use pricing::{Area, DeliveryFee, DeliveryMethod, DeliveryZone, PriceError, SourcingWeights};

fn zone(area: &str, (least_days, most_days): (i64, i64), fee: i64, free_from: Option<i64>) -> DeliveryZone {
    let area = Area::try_from(area.to_owned()).expect("an area");
    DeliveryZone { area, least_days, most_days, fees: vec![DeliveryFee { currency: None, fee, free_from }] }
}

/// To the peninsula the next working day, also Saturdays, for 6.95; to the islands in two or three for 9.50, free from 40.00.
fn express() -> DeliveryMethod {
    DeliveryMethod {
        code: "express".into(),
        name: Localised::new("Exprés", "Express"),
        carrier: "Correos".into(),
        zones: vec![zone("ES-mainland", (1, 1), 695, None), zone("ES-balearics", (2, 3), 950, Some(4_000))],
        is_saturday: true,
        position: 1,
        ..DeliveryMethod::standard()
    }
}

fn write(world: &World, method: DeliveryMethod) -> Result<DeliveryMethod, PriceError> {
    run(world, move |tx| pricing::set_delivery_method(tx, &Actor::system(), method.clone()))
}

fn to(postcode: &str) -> Way {
    Way::Deliver { address: Some(Address { postcode: postcode.into(), ..home() }) }
}

/// Code, fee and days of each way that reaches it.
fn offered(world: &World, lines: &[BasketLine]) -> Vec<(String, i64, String)> {
    let lines = lines.to_vec();
    let sent = read(world, move |tx| delivery_options(tx, &lines, Currency::EUR, None, None));
    let days = |option: &DeliveryOption| format!("{}/{}", option.arrival.from, option.arrival.to);
    sent.options.iter().map(|option| (option.code.clone(), option.fee.minor, days(option))).collect()
}

fn promised(order: &Order) -> &Promised {
    order.fulfilments[0].promised.as_ref().expect("a promise")
}

/// Wednesday, 3 June 2026, at this time in Madrid.
fn at(world: &World, time: &str) {
    world.clock().set(kernel::Timestamp::from_rfc3339(&format!("2026-06-03T{time}:00+02:00")).expect("a moment"));
}

#[test]
fn what_is_offered_follows_what_is_written() {
    brand(|world, brand| {
        at(world, "12:00");
        let tee = |postcode| vec![line(brand.tee, 1, to(postcode))];
        let standard = |days: &str| ("standard".to_owned(), 395, days.to_owned());
        assert_eq!(offered(world, &tee("28001")), [standard("2026-06-04/2026-06-04")], "before anything is written");

        assert_eq!(write(world, express()).expect("written").version, 1);
        assert_eq!(write(world, express()).expect("the same").version, 1);
        let express = |fee, days: &str| ("express".to_owned(), fee, days.to_owned());
        assert_eq!(offered(world, &tee("28001")), [standard("2026-06-04/2026-06-04"), express(695, "2026-06-04/2026-06-04")]);
        assert_eq!(offered(world, &tee("07001")), [standard("2026-06-04/2026-06-04"), express(950, "2026-06-05/2026-06-06")]);
        assert_eq!(offered(world, &[line(brand.scarf, 1, to("07001"))])[1], express(0, "2026-06-05/2026-06-06"), "free from 40.00");
        assert_eq!(offered(world, &tee("35001")), [standard("2026-06-04/2026-06-04")], "it does not go to the Canaries");
        // After the cut-off time it leaves a day later, and a day off moves everything.
        at(world, "16:00");
        assert_eq!(offered(world, &tee("28001"))[1], express(695, "2026-06-05/2026-06-05"));
        let off = |tx: &mut kernel::Tx<'_>| {
            let day = "2026-06-04".parse().map_err(|_| kernel::Fault::data("a date"))?;
            let days = pricing::DeliveryDays { off: [(day, "Corpus".to_owned())].into(), ..Default::default() };
            pricing::set_delivery_days(tx, &Actor::system(), days).map_err(fault)
        };
        run(world, off).expect("written");
        assert_eq!(offered(world, &tee("28001"))[1], express(695, "2026-06-06/2026-06-06"), "out on Friday, there on Saturday");
        assert_eq!(offered(world, &tee("28001"))[0], standard("2026-06-08/2026-06-08"), "not on Saturday");
    });
}

#[test]
fn the_order_keeps_the_way_that_was_chosen_and_what_was_promised() {
    brand(|world, brand| {
        at(world, "12:00");
        write(world, express()).expect("written");
        let lines = vec![line(brand.tee, 1, to("28001"))];
        let ana = Actor::customer(brand.ana);
        let chosen = |delivery: &str| Checkout { delivery: Some(delivery.into()), ..buying(delivery, lines.clone()) };
        // A way that is none, and one that does not go there, sell nothing.
        let gone = buy(world, ana.clone(), chosen("drone")).expect_err("no such way");
        assert_eq!((gone.kind(), gone.code()), (Kind::Conflict, "flows.delivery_gone"));
        let islands = Checkout { basket: Basket::Lines(vec![line(brand.tee, 1, to("35001"))]), ..chosen("express") };
        assert_eq!(buy(world, ana.clone(), islands).expect_err("too far").code(), "flows.delivery_not_reached");
        assert_eq!(stock(world, brand.tee, brand.warehouse), (10, 0));

        let placed = buy(world, ana.clone(), chosen("express")).expect("bought");
        let order = &placed.order;
        assert_eq!((order.head.delivery_fee, order.head.total), (eur(695), eur(1999 + 695)));
        let Promised { method, name, carrier, arrival, .. } = promised(order);
        assert_eq!((method.as_str(), name.as_str(), carrier.as_str()), ("express", "Exprés", "Correos"));
        assert_eq!((arrival.from.to_string(), arrival.to.to_string()), ("2026-06-04".into(), "2026-06-04".into()));
        // The way changes its name and its price, and goes; the order does not change.
        write(world, DeliveryMethod { carrier: "SEUR".into(), zones: vec![zone("*", (9, 9), 1, None)], ..express() }).expect("written");
        assert_eq!(&found(world, order.head.id), order);

        // Paid before the cut-off time, the promise stands, though by now the way is another.
        at(world, "15:59");
        webhook(world, &press(world, &placed.page.expect("a page"), Outcome::Approve));
        assert_eq!(promised(&found(world, order.head.id)), promised(order));
    });
}

#[test]
fn who_pays_after_the_cut_off_time_is_promised_a_later_day() {
    brand(|world, brand| {
        at(world, "15:50");
        write(world, express()).expect("written");
        let cmd = Checkout { delivery: Some("express".into()), ..buying("late", vec![line(brand.tee, 1, to("28001"))]) };
        let placed = buy(world, Actor::customer(brand.ana), cmd).expect("bought");
        assert_eq!(promised(&placed.order).arrival.to.to_string(), "2026-06-04");
        at(world, "16:05");
        webhook(world, &press(world, &placed.page.expect("a page"), Outcome::Approve));
        let after = found(world, placed.order.head.id);
        assert_eq!(promised(&after).arrival.to.to_string(), "2026-06-05");
        assert_eq!(after.head.delivery_fee, eur(695));
    });
}

#[test]
fn the_choice_stays_in_the_cart_and_one_that_was_taken_out_is_said() {
    brand(|world, brand| {
        at(world, "12:00");
        write(world, express()).expect("written");
        let (ana, tee) = (Actor::customer(brand.ana), brand.tee);
        let open = OpenCart { owner: Owner::Profile(brand.ana) };
        let cart = run(world, move |tx| orders::open_cart(tx, &Actor::system(), &open)).expect("a cart");
        let change = |change: CartChange| {
            let (ana, id) = (ana.clone(), cart.id);
            run(world, move |tx| {
                orders::change_cart(tx, &ana, ChangeCart { cart: id, version: None, channel: Channel::Web, change: change.clone() })
            })
            .expect("changed")
        };
        change(CartChange::Add { variant: tee, quantity: kernel::Quantity(1), way: Way::Deliver { address: None } });
        let cart = change(CartChange::SetDelivery { method: Some("express".into()) });
        let priced = |cart: &orders::Cart| {
            let cart = cart.clone();
            let sent = read(world, move |tx| cart_with_delivery(tx, &cart, Currency::EUR, None, Some(&home())));
            let chosen = sent.chosen().map(|option| (option.code.clone(), option.fee.minor));
            (sent.quote.map(|quote| quote.total.minor).map_err(|error| error.code()), chosen, sent.options.len())
        };
        assert_eq!(priced(&cart), (Ok(1999 + 695), Some(("express".into(), 695)), 2));
        run(world, |tx| pricing::remove_delivery_method(tx, &Actor::system(), "express")).expect("taken out");
        assert_eq!(priced(&cart), (Err("flows.delivery_gone"), None, 1), "what is left can be chosen");
        let cart = change(CartChange::SetDelivery { method: None });
        assert_eq!(priced(&cart), (Ok(1999 + 395), Some(("standard".into(), 395)), 1));
    });
}

#[test]
fn one_way_of_delivery_stays_open_and_a_wrong_one_changes_nothing() {
    brand(|world, _| {
        let refused = |method: DeliveryMethod| match write(world, method) {
            Err(PriceError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        let one = express;
        assert_eq!(refused(DeliveryMethod { code: "Exprés".into(), ..one() }), "code");
        assert_eq!(refused(DeliveryMethod { zones: vec![], ..one() }), "zones");
        assert_eq!(refused(DeliveryMethod { zones: vec![zone("ES", (1, 1), 1, None), zone("ES", (2, 2), 2, None)], ..one() }), "zones");
        assert_eq!(refused(DeliveryMethod { zones: vec![zone("ES", (3, 2), 1, None)], ..one() }), "zones");
        assert_eq!(refused(DeliveryMethod { cut_off: [None; 7], ..one() }), "cut_off");
        assert_eq!(refused(DeliveryMethod { is_active: false, ..DeliveryMethod::standard() }), "is_active");
        assert_eq!(read(world, pricing::delivery_methods), [DeliveryMethod::standard()]);
        let denied = run(world, |tx| pricing::set_delivery_method(tx, &associate(), express()));
        assert!(matches!(denied, Err(PriceError::Denied(_))));

        // The first that is written takes the one built in along.
        write(world, one()).expect("written");
        let codes = || read(world, pricing::delivery_methods).into_iter().map(|method| method.code).collect::<Vec<_>>();
        assert_eq!(codes(), ["standard", "express"]);
        run(world, |tx| pricing::remove_delivery_method(tx, &Actor::system(), "standard")).expect("taken out");
        let last = run(world, |tx| pricing::remove_delivery_method(tx, &Actor::system(), "express"));
        assert!(matches!(last, Err(PriceError::Invalid { field: "is_active", .. })));
        assert_eq!(codes(), ["express"]);
    });
}

#[test]
fn what_is_weighed_decides_where_it_leaves_and_the_order_says_why() {
    brand(|world, brand| {
        let lines = [line(brand.tee, 1, deliver())];
        let (tee, quantity) = (brand.tee, kernel::Quantity(1));
        let by = |weights: SourcingWeights| {
            let parcels = read(world, move |tx| Ok(sourcing::trial(tx, &[(tee, quantity)], "46004", weights)));
            parcels.expect("enough").into_iter().map(|parcel| parcel.place).collect::<Vec<_>>()
        };
        assert_eq!(by(SourcingWeights::default()), ["Getafe"]);
        let placed = buy(world, Actor::customer(brand.ana), buying("a", lines.to_vec())).expect("bought");
        let sourced = placed.order.fulfilments[0].sourced.clone().expect("reasons");
        assert_eq!((sourced.by, sourced.chosen.places), (vec!["spares_shops".to_owned()], vec!["Getafe".to_owned()]));
        assert_eq!(sourced.next.map(|next| next.places), Some(vec!["Madrid".to_owned()]));
        // Nothing is written by a trial, and a wrong weight writes nothing.
        let wrong = run(world, |tx| {
            pricing::set_sourcing_weights(tx, &Actor::system(), SourcingWeights { parcel: 0, ..SourcingWeights::default() })
        });
        assert!(matches!(wrong, Err(PriceError::Invalid { field: "parcel", .. })));
        assert_eq!(read(world, pricing::sourcing_weights), SourcingWeights::default());
        let too_many = read(world, move |tx| Ok(sourcing::trial(tx, &[(tee, kernel::Quantity(14))], "46004", SourcingWeights::default())));
        assert!(matches!(too_many, Err(sourcing::TrialError::TooFew { available, .. }) if available.0 == 12));
    });
}
