//! Golden journey G8 and its neighbours: bought on the web, collected in one shop, returned in another.

use crate::support::*;
use flows::*;
use kernel::{Actor, Channel, Quantity};
use orders::*;
use payments::simulator::Outcome;
use payments::{Method, WebhookOutcome};

#[test]
fn bought_online_collected_in_madrid_returned_in_valencia() {
    brand(|world, brand| {
        let ana = Actor::customer(brand.ana);
        let collect = line(brand.tee, 2, Way::Collect { location: brand.madrid });
        let bought = buy(world, ana, buying("k", vec![collect, line(brand.scarf, 1, deliver())])).expect("bought");
        let placed = bought.order;
        assert_eq!((placed.total, placed.tax, placed.delivery_fee), (eur(8893), eur(694 + 781 + 69), eur(395)));
        assert_eq!((stock(world, brand.tee, brand.madrid), stock(world, brand.scarf, brand.warehouse)), ((3, 2), (3, 1)));
        assert_eq!(placed.lines[0].title, "Camiseta · M");

        let event = press(world, &bought.page.expect("a page"), Outcome::Approve);
        let paid = webhook(world, &event);
        assert!(paid.order.expect("its order").became_paid);
        assert_eq!(webhook(world, &event).outcome, WebhookOutcome::Repeated);
        assert_eq!(found(world, placed.id).state, OrderState::Paid);

        let (shelf, parcel) = (placed.fulfilments[0].clone(), placed.fulfilments[1].clone());
        let ready = AdvanceFulfilment { fulfilment: shelf.id, to: FulfilmentState::Ready, tracking: None, channel: Channel::Till };
        run(world, move |tx| advance(tx, &associate(), &ready)).expect("ready");
        let hand = HandOver { location: brand.madrid, code: shelf.code.expect("a code"), channel: Channel::Till };
        let given = hand.clone();
        run(world, move |tx| flows::hand_over(tx, &associate(), &given)).expect("collected");
        let again = run(world, move |tx| flows::hand_over(tx, &associate(), &hand));
        assert!(matches!(again, Err(MoveError::HandOver(HandOverError::AlreadyCollected { .. }))));
        assert_eq!(stock(world, brand.tee, brand.madrid), (1, 0));
        let tracking = Tracking { carrier: "Correos".into(), reference: "PK1".into() };
        let sent = Ship { fulfilment: parcel.id, tracking, channel: Channel::Studio };
        run(world, move |tx| ship(tx, &associate(), &sent)).expect("shipped");
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (2, 0));

        let bring = |key: &str, at: usize, condition| {
            let lines = vec![NewReturnLine { line: placed.lines[at].id, quantity: Quantity(1), condition }];
            let (key, order_id) = (key.to_owned(), placed.id);
            let cmd = ReturnGoods {
                key,
                order: order_id,
                lines,
                reason: "grande".into(),
                location: brand.valencia,
                channel: Channel::Till,
                onto_card: false,
            };
            run(world, move |tx| return_goods(tx, &associate(), &cmd)).expect("returned")
        };
        let tee = bring("r1", 0, Condition::Resale);
        assert_eq!((tee.state, tee.refund, tee.place.as_str()), (ReturnState::Refunded, eur(1999), "Valencia"));
        assert_eq!(bring("r1", 0, Condition::Resale), tee);
        world.clock().advance(std::time::Duration::from_secs(60));
        assert_eq!(bring("r2", 1, Condition::Damaged).refund, eur(4500));
        assert_eq!((stock(world, brand.tee, brand.valencia), stock(world, brand.scarf, brand.valencia)), ((1, 0), (0, 0)));

        let left = eur(8893 - 1999 - 4500);
        assert_eq!(account(world, placed.id), (left, left, eur(0)));
        let now = found(world, placed.id);
        assert_eq!((now.paid, now.refunded, now.payment_state()), (eur(8893), eur(6499), PaymentState::PartlyRefunded));
        let refunds = read(world, move |tx| payments::refunds_of(tx, &format!("order:{}", placed.id)));
        assert_eq!(
            refunds.iter().map(|r| (r.method, r.amount)).collect::<Vec<_>>(),
            [(Method::Gateway, eur(1999)), (Method::Gateway, eur(4500))]
        );
        let kinds = thread(world, brand.ana);
        let story = ["order.placed", "payment.captured", "order.paid", "fulfilment.ready", "fulfilment.collected", "fulfilment.shipped"];
        assert_eq!(kinds[..6], story);
        assert_eq!(kinds[6..10], ["return.requested", "return.received", "payment.refunded", "return.refunded"]);
    });
}

#[test]
fn an_order_called_off_gives_everything_back() {
    brand(|world, brand| {
        let ana = Actor::customer(brand.ana);
        let bought = buy(world, ana.clone(), buying("k", vec![line(brand.scarf, 2, deliver())])).expect("bought");
        assert_eq!(bought.order.total, eur(9000), "delivery is free from 50.00");
        webhook(world, &press(world, &bought.page.expect("a page"), Outcome::Approve));
        let cmd = CancelOrder { order: bought.order.id, reason: "ya no".into(), channel: Channel::Web };
        let stopped = run(world, move |tx| cancel(tx, &ana, &cmd)).expect("called off");
        assert_eq!((stopped.state, stopped.refunded, stopped.payment_state()), (OrderState::Cancelled, eur(9000), PaymentState::Refunded));
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 0));
        assert_eq!(account(world, stopped.id), (eur(0), eur(0), eur(0)));
    });
}

#[test]
fn a_line_from_two_places_keeps_its_cents() {
    brand(|world, brand| {
        // 12 of 13: the warehouse has 10, Madrid 3.
        let name = catalogue::Localised::new("Un tercio", "A third");
        let third = pricing::Offer::Percentage { basis_points: 3333 };
        let half = pricing::Promotion::new("TERCIO", name, pricing::Target::Everything, third);
        run(world, move |tx| pricing::create_promotion(tx, &Actor::system(), half.clone())).expect("a promotion");
        let bought = buy(world, Actor::customer(brand.ana), buying("k", vec![line(brand.tee, 12, deliver())])).expect("bought");
        let placed = bought.order;
        let parts: Vec<_> = placed.lines.iter().map(|l| (l.quantity.0, l.discount.minor, l.total.minor, l.tax.minor)).collect();
        // 239.88 - 33.33 % (79.95) = 159.93, with 27.76 tax.
        assert_eq!(parts, [(10, 6662, 13328, 2313), (2, 1333, 2665, 463)]);
        assert_eq!((placed.total, placed.tax), (eur(15993), eur(2776)));
        assert_eq!((stock(world, brand.tee, brand.warehouse), stock(world, brand.tee, brand.madrid)), ((10, 10), (3, 2)));
    });
}

#[test]
fn importing_twice_changes_nothing() {
    brand(|world, brand| {
        let warehouse = brand.warehouse;
        let again = run(world, move |tx| import_products(tx, &Actor::system(), &importing(warehouse))).expect("imported");
        assert_eq!((again.catalogue.unchanged, again.prices_changed, again.stocked), (3, 0, 0));
        assert_eq!(stock(world, brand.tee, warehouse), (10, 0));
        let denied = run(world, move |tx| import_products(tx, &associate(), &importing(warehouse)));
        assert!(matches!(denied, Err(ImportProductsError::Import(_))));
    });
}
