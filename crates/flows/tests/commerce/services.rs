//! Services: sold beside goods without stock, without a parcel of their own; and what goes with a product.

use crate::support::*;
use catalogue::{Localised, NewProduct, NewVariant, ProductChange, ProductId, Status, VariantId};
use flows::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Currency, Quantity};
use orders::*;
use pricing::{PriceContext, PriceEntry};

/// Taking up a hem, for 9.00.
fn hem(world: &World) -> (ProductId, VariantId) {
    let made = run(world, |tx| {
        let new = NewProduct {
            status: Status::Active,
            is_service: true,
            variants: vec![NewVariant { sku: "HEM".into(), ..NewVariant::default() }],
            ..NewProduct::titled(Localised::new("Arreglo de bajos", ""))
        };
        let made = catalogue::create_product(tx, &Actor::system(), new).map_err(fault)?;
        let list = pricing::price_lists(tx)?.remove(0).id;
        let price = PriceEntry { variant: made.variants[0].id, price: eur(900), compare_at: None };
        pricing::set_prices(tx, &Actor::system(), list, &[price]).map_err(fault)?;
        Ok::<_, kernel::Fault>(made)
    })
    .expect("a service");
    (made.id, made.variants[0].id)
}

#[test]
fn a_service_goes_with_the_parcel_and_reserves_nothing() {
    brand(|world, brand| {
        let (_, hem) = hem(world);
        let mut cmd = buying("k", vec![line(brand.scarf, 1, deliver()), line(hem, 2, deliver())]);
        (cmd.channel, cmd.sold_at, cmd.profile) = (Channel::Till, Some(brand.madrid), Some(brand.ana));
        // 45.00 + 2 × 9.00, and the parcel of a scarf that costs less than 50.00.
        cmd.payment = PayBy::Counter(vec![Tender { method: payments::Method::Cash, amount: eur(6695), reference: String::new() }]);
        let order = buy(world, associate(), cmd).expect("sold").order;
        assert_eq!((order.total, order.delivery_fee, order.fulfilments.len()), (eur(6695), eur(395), 1));
        let of = |variant| order.lines.iter().find(|line| line.variant == variant).expect("its line");
        assert!(of(brand.scarf).reservation.is_some() && of(hem).reservation.is_none());
        assert_eq!((stock(world, brand.scarf, brand.warehouse), stock(world, hem, brand.warehouse)), ((3, 1), (0, 0)));
        let (part, channel) = (order.fulfilments[0].id, Channel::Desk);
        let tracking = Tracking { carrier: "Correos".into(), reference: "1".into() };
        let sent = Ship { fulfilment: part, tracking, channel };
        let moved = run(world, move |tx| ship(tx, &associate(), &sent)).expect("sent");
        assert_eq!(moved.fulfilment.state, FulfilmentState::Shipped);
        assert_eq!((stock(world, brand.scarf, brand.warehouse), stock(world, hem, brand.warehouse)), ((2, 0), (0, 0)));
    });
}

#[test]
fn a_service_alone_is_done_in_any_open_shop_and_pays_no_delivery() {
    brand(|world, brand| {
        let (_, hem) = hem(world);
        let way = Way::Collect { location: brand.valencia };
        let mut cmd = buying("k", vec![line(hem, 3, way)]);
        cmd.payment = PayBy::Later;
        let order = buy(world, Actor::customer(brand.ana), cmd).expect("bought").order;
        assert_eq!((order.total, order.fulfilments[0].location), (eur(2700), brand.valencia));
        let quote = read(world, move |tx| Ok(quote_basket(tx, &[line(hem, 1, deliver())], Currency::EUR, None).map(|quote| quote.total)));
        assert_eq!(quote.expect("a price"), eur(900));
        let mut cmd = buying("w", vec![line(hem, 1, Way::Collect { location: brand.warehouse })]);
        cmd.payment = PayBy::Later;
        let warehouse = buy(world, Actor::customer(brand.ana), cmd);
        assert!(matches!(warehouse, Err(CheckoutError::WrongLocation(place)) if place == brand.warehouse));
    });
}

#[test]
fn what_goes_with_a_product_is_offered_while_it_can_be_had() {
    brand(|world, brand| {
        let (hem, work) = hem(world);
        let tee = brand.tee;
        let named = run(world, move |tx| {
            let card = |tx: &kernel::Tx<'_>, sku| Ok::<_, kernel::Fault>(catalogue::by_sku(tx, sku)?.expect("there").product);
            let (tee, scarf, gift) = (card(tx, "TEE-M")?, card(tx, "SCARF")?, card(tx, "GIFT")?);
            let change = ProductChange { goes_with: Some(vec![hem, tee, gift]), ..ProductChange::default() };
            catalogue::update_product(tx, &Actor::system(), scarf, change).map_err(fault)?;
            Ok::<_, kernel::Fault>((scarf, gift))
        });
        let (scarf, gift) = named.expect("named");
        let offered = || {
            let found = read(world, move |tx| {
                let product = catalogue::product(tx, scarf)?.expect("there");
                goes_with(tx, &product, &PriceContext::at(Currency::EUR, tx.now()))
            });
            let skus = |one: &Offered| one.variants.iter().map(|(card, _)| card.sku.clone()).collect::<Vec<_>>().join(" ");
            found.iter().map(|one| (skus(one), one.from, one.is_range)).collect::<Vec<_>>()
        };
        let [hem_too, tees] = [("HEM".to_owned(), eur(900), false), ("TEE-S TEE-M".to_owned(), eur(1999), false)];
        assert_eq!(offered(), [hem_too.clone(), tees, ("GIFT".into(), eur(0), false)]);
        // The last T-shirts of one size go, and the gift is taken off sale.
        let off = ProductChange { status: Some(Status::Draft), ..ProductChange::default() };
        run(world, move |tx| catalogue::update_product(tx, &Actor::system(), gift, off.clone())).expect("off sale");
        let all = vec![line(tee, 10, deliver()), line(tee, 3, Way::Collect { location: brand.madrid })];
        let mut cmd = buying("all", all);
        cmd.payment = PayBy::Later;
        buy(world, Actor::customer(brand.ana), cmd).expect("bought");
        assert_eq!(offered(), [hem_too, ("TEE-S".into(), eur(1999), false)]);

        let has = |variant, wishes: Vec<Way>| read(world, move |tx| way_to_have(tx, variant, &wishes));
        let (here, there) = (Way::TakeNow { location: brand.valencia }, Way::Collect { location: brand.madrid });
        assert_eq!(has(tee, vec![here.clone(), there.clone()]), None, "nobody has it");
        assert_eq!(has(brand.scarf, vec![here.clone(), there.clone()]), Some(Way::Deliver { address: None }));
        assert_eq!(has(work, vec![here.clone(), there.clone()]), Some(here));
        assert_eq!(has(work, vec![Way::Collect { location: brand.warehouse }, there.clone()]), Some(there));
        let levels = read(world, move |tx| available(tx, &[work, tee]));
        assert!(levels[&work].len() == 3 && levels[&tee].values().all(|units| *units == Quantity(0)), "{levels:?}");
    });
}
