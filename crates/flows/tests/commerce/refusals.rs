//! What is refused leaves nothing behind.

use crate::support::*;
use flows::*;
use kernel::{Actor, Kind, Problem};
use orders::*;

#[test]
fn a_checkout_says_why_not() {
    brand(|world, brand| {
        let ana = || Actor::customer(brand.ana);
        let collect = Way::Collect { location: brand.madrid };
        let refuse = |actor, cmd| buy(world, actor, cmd).expect_err("refused");

        assert_eq!(refuse(ana(), buying("a", vec![])).code(), "orders.empty");
        let nowhere = buying("b", vec![line(brand.tee, 1, Way::Deliver { address: None })]);
        assert_eq!(refuse(ana(), nowhere).code(), "orders.address_missing");
        let takes = buying("c", vec![line(brand.tee, 1, Way::TakeNow { location: brand.madrid })]);
        assert_eq!((refuse(ana(), takes.clone()).kind(), refuse(ana(), takes).code()), (Kind::Forbidden, "denied"));
        let many = refuse(ana(), buying("d", vec![line(brand.tee, 4, collect.clone())]));
        assert_eq!((many.code(), many.to_string()), ("inventory.out_of_stock", "only 3 of TEE-M left".into()));
        let twice = vec![line(brand.tee, 2, collect.clone()), line(brand.scarf, 1, deliver()), line(brand.tee, 2, collect.clone())];
        assert_eq!(refuse(ana(), buying("e", twice)).to_string(), "only 1 of TEE-M left");
        let far = Address { country: "FR".into(), ..home() };
        let abroad = buying("f", vec![line(brand.tee, 1, Way::Deliver { address: Some(far) })]);
        assert_eq!(refuse(ana(), abroad).code(), "flows.cannot_deliver");
        let not_a_shop = buying("g", vec![line(brand.tee, 1, Way::Collect { location: brand.warehouse })]);
        assert_eq!(refuse(ana(), not_a_shop).code(), "flows.wrong_location");
        let never = buying("h", vec![line(catalogue::VariantId::nil(), 1, collect.clone())]);
        assert_eq!(refuse(ana(), never).code(), "flows.not_for_sale");
        let mut silent = buying("i", vec![line(brand.tee, 1, collect.clone())]);
        silent.contact = Contact::default();
        assert_eq!(refuse(Actor::guest(), silent).code(), "flows.contact_missing");
        let mut strange = buying("j", vec![]);
        strange.basket = Basket::Cart { id: CartId::nil(), version: None };
        assert_eq!(refuse(ana(), strange).code(), "orders.cart_not_found");

        assert_eq!((stock(world, brand.tee, brand.madrid), stock(world, brand.scarf, brand.warehouse)), ((3, 0), (3, 0)));
        assert_eq!(thread(world, brand.ana), Vec::<String>::new());
    });
}

#[test]
fn a_visitors_order_is_on_the_thread_of_their_address() {
    brand(|world, brand| {
        let bought = buy(world, Actor::guest(), buying("k", vec![line(brand.tee, 1, deliver())])).expect("bought");
        assert_eq!(bought.order.profile, Some(brand.ana));
        let mut stranger = buying("k2", vec![line(brand.tee, 1, deliver())]);
        stranger.contact = Contact { name: "Luis".into(), email: String::new(), phone: "+34 600 111 222".into() };
        let profile = buy(world, Actor::guest(), stranger).expect("bought").order.profile.expect("a new profile");
        assert_ne!(profile, brand.ana);
        assert_eq!(thread(world, profile), ["order.placed"]);
    });
}

#[test]
fn the_cart_shows_what_the_order_will_cost() {
    brand(|world, brand| {
        let lines = vec![line(brand.tee, 2, Way::Collect { location: brand.madrid }), line(brand.scarf, 1, deliver())];
        let shown = lines.clone();
        let quote = world.db().read(move |tx| quote_basket(tx, &shown, kernel::Currency::EUR, None)).wait().expect("a quote");
        let bought = buy(world, Actor::customer(brand.ana), buying("k", lines)).expect("bought").order;
        assert_eq!((quote.total, quote.tax, quote.delivery_fee), (bought.total, bought.tax, bought.delivery_fee));
        let canaries = Address { postcode: "35001".into(), ..home() };
        let lines = vec![line(brand.scarf, 1, Way::Deliver { address: Some(canaries) })];
        let there = world.db().read(move |tx| quote_basket(tx, &lines, kernel::Currency::EUR, None)).wait().expect("a quote");
        // The price stays, the tax within is that of the islands: 7 % of 45.00 and of 3.95.
        assert_eq!((there.total, there.tax), (eur(4895), eur(294 + 26)));
    });
}
