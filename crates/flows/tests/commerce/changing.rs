//! An order is changed after it was paid: the difference is paid or given back, and nothing is lost when it is not.

use crate::support::*;
use flows::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Quantity};
use orders::*;
use payments::Method;
use payments::simulator::Outcome;
use std::time::Duration;

/// Ana's paid order of these lines.
fn paid(world: &World, brand: &Brand, key: &str, lines: Vec<BasketLine>) -> Order {
    let bought = buy(world, Actor::customer(brand.ana), buying(key, lines)).expect("bought");
    webhook(world, &press(world, &bought.page.expect("a page"), Outcome::Approve));
    found(world, bought.order.id)
}

fn wish(order: OrderId, key: &str, changes: Vec<Change>) -> ChangeOrder {
    ChangeOrder {
        key: key.into(),
        order,
        changes,
        back: Vec::new(),
        back_at: None,
        reason: String::new(),
        delivery: None,
        audience: None,
        payment: PayBy::Online,
        channel: Channel::Web,
    }
}

fn ask(world: &World, actor: Actor, cmd: ChangeOrder) -> Result<ChangedOrder, ChangeOrderError> {
    run(world, move |tx| change_order(tx, &actor, &cmd))
}

fn settled(world: &World, order: OrderId) -> (i64, i64, i64) {
    let (billed, captured, outstanding) = account(world, order);
    (billed.minor, captured.minor, outstanding.minor)
}

fn newest(world: &World, order: OrderId) -> ChangeState {
    read(world, move |tx| changes_of(tx, order))[0].state
}

fn coming_back(world: &World, order: OrderId) -> Return {
    read(world, move |tx| returns_of(tx, order)).remove(0)
}

#[test]
fn a_parcel_becomes_a_collection_and_its_fee_goes_back() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 2, deliver())]);
        let fee = order.delivery_fee.minor;
        assert!(fee > 0 && order.total.minor == 3998 + fee, "a parcel costs something: {order:?}");
        let to = Change::Move { part: order.fulfilments[0].id, to: Way::Collect { location: brand.madrid } };
        let changed = ask(world, Actor::customer(brand.ana), wish(order.id, "c", vec![to.clone()])).expect("changed");
        assert_eq!((changed.change.state, changed.change.difference.minor), (ChangeState::Applied, -fee));
        let now = &changed.order;
        assert_eq!((now.total.minor, now.paid.minor, now.refunded.minor, now.delivery_fee.minor), (3998, 3998, 0, 0));
        assert_eq!(now.payment_state(), PaymentState::Paid);
        let [part] = &now.fulfilments[..] else { panic!("one part: {:?}", now.fulfilments) };
        assert_eq!((part.way, part.location, part.state), (FulfilmentWay::Collect, brand.madrid, FulfilmentState::Pending));
        assert!(part.code.is_some());
        assert_eq!(settled(world, order.id), (3998, 3998, 0));
        assert_eq!((stock(world, brand.tee, brand.warehouse), stock(world, brand.tee, brand.madrid)), ((10, 0), (3, 2)));
        let said = thread(world, brand.ana);
        assert_eq!(said[said.len() - 2..], ["order.changed", "payment.refunded"]);
        // Said again, it is the same change, and nothing more goes back.
        let again = ask(world, Actor::customer(brand.ana), wish(order.id, "c", vec![to])).expect("the same");
        assert_eq!((again.change.id, settled(world, order.id)), (changed.change.id, (3998, 3998, 0)));
    });
}

#[test]
fn what_is_dearer_is_changed_once_it_is_paid() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 2, deliver())]);
        let total = order.total.minor;
        let swap = Change::Swap { line: order.lines[0].id, quantity: Quantity(1), to: brand.scarf };
        let asked = ask(world, Actor::customer(brand.ana), wish(order.id, "c", vec![swap])).expect("asked");
        assert_eq!((asked.change.state, asked.change.difference.minor), (ChangeState::Waiting, 4500 - 1999));
        assert_eq!((asked.order.total.minor, asked.order.lines.len()), (total, 1), "until it is paid the order is as it was");
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 1), "and the scarf is kept back");
        let event = press(world, &asked.page.expect("a page"), Outcome::Approve);
        webhook(world, &event);
        webhook(world, &event);
        let now = found(world, order.id);
        let lines: Vec<_> = now.lines.iter().map(|line| (line.variant, line.quantity.0, line.total.minor)).collect();
        assert_eq!(lines, [(brand.tee, 1, 1999), (brand.scarf, 1, 4500)]);
        assert_eq!((now.total.minor, now.paid.minor), (total + 2501, total + 2501));
        assert_eq!(settled(world, order.id), (total + 2501, total + 2501, 0));
        assert_eq!((stock(world, brand.tee, brand.warehouse), stock(world, brand.scarf, brand.warehouse)), ((10, 1), (3, 1)));
    });
}

#[test]
fn a_change_that_nobody_pays_lapses_and_what_is_paid_too_late_goes_back() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 1, deliver())]);
        let before = found(world, order.id);
        let swap = Change::Swap { line: order.lines[0].id, quantity: Quantity(1), to: brand.scarf };
        let asked = ask(world, Actor::customer(brand.ana), wish(order.id, "c", vec![swap])).expect("asked");
        let event = press(world, &asked.page.expect("a page"), Outcome::Approve);
        world.clock().advance(Duration::from_secs(31 * 60));
        world.run_timers(TIMERS);
        assert_eq!(newest(world, order.id), ChangeState::Lapsed);
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 0));
        let event = event.clone();
        drop(run(world, move |tx| receive_payment_webhook(tx, event.body.as_bytes(), &event.signature)));
        let now = found(world, order.id);
        assert_eq!((now.total, now.paid, now.refunded), (before.total, before.paid, before.refunded));
        assert_eq!(now.lines, before.lines);
        assert_eq!(settled(world, order.id), (before.total.minor, before.total.minor, 0));
    });
}

#[test]
fn what_can_no_longer_be_changed_stays_and_the_money_comes_back() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 1, deliver())]);
        let swap = Change::Swap { line: order.lines[0].id, quantity: Quantity(1), to: brand.scarf };
        let asked = ask(world, Actor::customer(brand.ana), wish(order.id, "c", vec![swap.clone()])).expect("asked");
        // While she pays, the parcel leaves.
        for to in [FulfilmentState::Packed, FulfilmentState::Shipped] {
            let cmd = AdvanceFulfilment { fulfilment: order.fulfilments[0].id, to, tracking: None, channel: Channel::Till };
            run(world, move |tx| advance(tx, &associate(), &cmd)).expect("moved on");
        }
        webhook(world, &press(world, &asked.page.expect("a page"), Outcome::Approve));
        let now = found(world, order.id);
        assert_eq!((now.lines.len(), now.lines[0].variant, now.total, now.paid), (1, brand.tee, order.total, order.total));
        assert_eq!(settled(world, order.id), (order.total.minor, order.total.minor, 0));
        assert_eq!(newest(world, order.id), ChangeState::Lapsed);
        assert_eq!((stock(world, brand.scarf, brand.warehouse), stock(world, brand.tee, brand.warehouse)), ((3, 0), (9, 0)));
        let refused = ask(world, agent(), wish(order.id, "d", vec![swap]));
        assert!(matches!(refused, Err(ChangeOrderError::Change(ChangeError::TooLate { state: FulfilmentState::Shipped }))));
    });
}

#[test]
fn an_item_less_gives_its_price_back_and_the_last_one_is_called_off_instead() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 3, deliver())]);
        let less = |quantity| Change::Remove { line: order.lines[0].id, quantity: Quantity(quantity) };
        for (quantity, refused) in [(3, "nothing would be left"), (4, "does not have 4"), (0, "does not have 0")] {
            let said = ask(world, Actor::customer(brand.ana), wish(order.id, "no", vec![less(quantity)])).expect_err("refused").to_string();
            assert!(said.contains(refused), "{said}");
        }
        let changed = ask(world, Actor::customer(brand.ana), wish(order.id, "c", vec![less(2)])).expect("changed");
        assert_eq!((changed.change.difference.minor, changed.order.lines[0].quantity.0), (-3998, 1));
        assert_eq!(settled(world, order.id), (order.total.minor - 3998, order.total.minor - 3998, 0));
        assert_eq!(stock(world, brand.tee, brand.warehouse), (10, 1));
    });
}

#[test]
fn nobody_changes_anothers_order_nor_a_customer_what_is_being_picked() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 1, deliver())]);
        let part = order.fulfilments[0].id;
        let to = |key: &str| wish(order.id, key, vec![Change::Move { part, to: Way::Collect { location: brand.madrid } }]);
        let other = Actor::customer(kernel::ProfileId::from_parts(9, 9));
        assert!(matches!(ask(world, other, to("x")), Err(ChangeOrderError::Change(ChangeError::NotFound))));
        assert!(matches!(ask(world, Actor::Guest, to("y")), Err(ChangeOrderError::Change(ChangeError::Denied(_)))));
        let cmd = AdvanceFulfilment { fulfilment: part, to: FulfilmentState::Picking, tracking: None, channel: Channel::Till };
        run(world, move |tx| advance(tx, &associate(), &cmd)).expect("picking");
        let refused = ask(world, Actor::customer(brand.ana), to("z"));
        assert!(matches!(refused, Err(ChangeOrderError::Change(ChangeError::TooLate { .. }))));
        assert_eq!(found(world, order.id).fulfilments[0].id, part, "refused, nothing is different");
        assert!(ask(world, agent(), to("w")).is_ok(), "the desk may until it has left");
    });
}

#[test]
fn an_exchange_by_telephone_sends_the_other_and_the_first_pays_for_it() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 2, deliver())]);
        for to in [FulfilmentState::Packed, FulfilmentState::Shipped, FulfilmentState::Delivered] {
            let cmd = AdvanceFulfilment { fulfilment: order.fulfilments[0].id, to, tracking: None, channel: Channel::Till };
            run(world, move |tx| advance(tx, &associate(), &cmd)).expect("moved on");
        }
        let back = NewReturnLine { line: order.lines[0].id, quantity: Quantity(1), condition: Condition::Resale };
        let add = |quantity| Change::Add { variant: brand.scarf, quantity: Quantity(quantity), way: deliver() };
        let exchange = |key: &str, payment| ChangeOrder {
            back: vec![back.clone()],
            payment,
            channel: Channel::Phone,
            ..wish(order.id, key, vec![add(1)])
        };
        let refused = ask(world, agent(), exchange("later", PayBy::Later));
        assert!(matches!(refused, Err(ChangeOrderError::PaymentNeeded { difference }) if difference.minor == 4500 - 1999));
        let link = PayBy::Link { matter: None, good_for: Duration::from_secs(3600) };
        let asked = ask(world, agent(), exchange("x", link)).expect("asked");
        assert_eq!(asked.link.as_ref().map(|link| link.amount.minor), Some(2501));
        let link = asked.link.expect("a link").token;
        let page = run(world, move |tx| payments::open_pay_link(tx, &link)).expect("opened").page;
        webhook(world, &press(world, &page, Outcome::Approve));
        let now = found(world, order.id);
        assert_eq!((now.state, now.fulfilments.len()), (OrderState::Fulfilling, 2));
        assert_eq!(now.fulfilments[1].state, FulfilmentState::Pending);
        let total = order.total.minor;
        assert_eq!((now.total.minor, now.paid.minor, now.refunded.minor), (total + 4500, total + 4500, 1999));
        assert_eq!(settled(world, order.id), (total + 2501, total + 2501, 0));
        let goods = coming_back(world, order.id);
        assert_eq!((goods.state, goods.refund.minor, goods.credited.minor), (ReturnState::Requested, 1999, 1999));
        // It comes in another shop: stock there, and no money, since it is paid for already.
        let receive = ReceiveGoods { goods_return: goods.id, location: brand.valencia, conditions: vec![], channel: Channel::Till };
        run(world, move |tx| receive_goods(tx, &associate(), &receive)).expect("received");
        assert_eq!(stock(world, brand.tee, brand.valencia), (1, 0));
        assert_eq!(settled(world, order.id), (total + 2501, total + 2501, 0));
    });
}

#[test]
fn an_exchange_at_the_counter_gives_the_difference_back_at_once() {
    brand(|world, brand| {
        let mut cmd = buying("k", vec![line(brand.scarf, 1, Way::TakeNow { location: brand.madrid })]);
        let stock_here = inventory::Receive { key: "s".into(), variant: brand.scarf, location: brand.madrid, quantity: Quantity(1) };
        run(world, move |tx| inventory::receive(tx, &Actor::system(), stock_here.clone())).expect("received");
        cmd.payment = PayBy::Counter(vec![Tender { method: Method::Cash, amount: eur(4500), reference: String::new() }]);
        cmd.profile = Some(brand.ana);
        let order = buy(world, associate(), cmd).expect("sold").order;
        let back = NewReturnLine { line: order.lines[0].id, quantity: Quantity(1), condition: Condition::Damaged };
        let exchange = ChangeOrder {
            back: vec![back],
            back_at: Some(brand.madrid),
            payment: PayBy::Later,
            channel: Channel::Till,
            ..wish(
                order.id,
                "x",
                vec![Change::Add { variant: brand.tee, quantity: Quantity(1), way: Way::Collect { location: brand.madrid } }],
            )
        };
        let changed = ask(world, associate(), exchange).expect("exchanged");
        assert_eq!(changed.change.difference.minor, 0, "nothing is to be paid");
        let now = found(world, order.id);
        assert_eq!((now.total.minor, now.paid.minor - now.refunded.minor), (4500 + 1999, 1999));
        assert_eq!(settled(world, order.id), (1999, 1999, 0));
        assert_eq!((stock(world, brand.scarf, brand.madrid), stock(world, brand.tee, brand.madrid)), ((0, 0), (3, 1)));
    });
}

#[test]
fn a_return_that_is_refused_after_an_exchange_is_owed_again() {
    brand(|world, brand| {
        let order = paid(world, brand, "k", vec![line(brand.tee, 1, deliver())]);
        for to in [FulfilmentState::Packed, FulfilmentState::Shipped, FulfilmentState::Delivered] {
            let cmd = AdvanceFulfilment { fulfilment: order.fulfilments[0].id, to, tracking: None, channel: Channel::Till };
            run(world, move |tx| advance(tx, &associate(), &cmd)).expect("moved on");
        }
        let back = NewReturnLine { line: order.lines[0].id, quantity: Quantity(1), condition: Condition::Resale };
        let add = Change::Add { variant: brand.tee, quantity: Quantity(1), way: deliver() };
        let exchange = ChangeOrder { back: vec![back], payment: PayBy::Later, ..wish(order.id, "x", vec![add]) };
        let changed = ask(world, agent(), exchange).expect("exchanged");
        assert_eq!((changed.change.difference.minor, changed.change.state), (0, ChangeState::Applied));
        let goods = coming_back(world, order.id);
        let cmd = SettleReturn { goods_return: goods.id, channel: Channel::Till };
        run(world, move |tx| reject_goods(tx, &associate(), &cmd)).expect("refused");
        let now = found(world, order.id);
        assert_eq!((now.due().minor, settled(world, order.id).2), (1999, 1999));
    });
}
