//! Ways to pay, and money that comes late, twice or never.

use crate::support::*;
use flows::*;
use kernel::{Actor, Channel};
use orders::*;
use payments::Method;
use payments::simulator::{Outcome, SimulatorError};
use std::time::Duration;

#[test]
fn the_same_key_is_the_same_order_and_page() {
    brand(|world, brand| {
        let ana = Actor::customer(brand.ana);
        let cmd = buying("k", vec![line(brand.scarf, 1, deliver())]);
        let first = buy(world, ana.clone(), cmd.clone()).expect("bought");
        let second = buy(world, ana, cmd.clone()).expect("repeated");
        assert_eq!(second, CheckedOut { repeated: true, ..first.clone() });
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 1));
        assert_eq!(thread(world, brand.ana), ["order.placed"]);
        let stolen = buy(world, agent(), cmd);
        assert!(matches!(stolen, Err(CheckoutError::Place(PlaceError::KeyTaken))));
        let other = buy(world, Actor::guest(), buying("k", vec![line(brand.tee, 1, deliver())]));
        assert!(matches!(other, Err(CheckoutError::Place(PlaceError::KeyTaken))));
        assert_eq!(stock(world, brand.tee, brand.warehouse), (10, 0));
    });
}

#[test]
fn what_nobody_pays_for_gives_its_stock_back_and_late_money_goes_back() {
    brand(|world, brand| {
        let bought = buy(world, Actor::customer(brand.ana), buying("k", vec![line(brand.scarf, 3, deliver())])).expect("bought");
        let sold_out = buy(world, Actor::customer(brand.ana), buying("k2", vec![line(brand.scarf, 1, deliver())]));
        assert!(matches!(sold_out, Err(CheckoutError::OutOfStock { available: kernel::Quantity(0), .. })));
        // Approved at the gateway, but the webhook is lost for an hour.
        let event = press(world, &bought.page.expect("a page"), Outcome::Approve);
        world.clock().advance(Duration::from_secs(29 * 60));
        world.run_timers(TIMERS);
        assert_eq!(found(world, bought.order.id).state, OrderState::Placed);
        world.clock().advance(Duration::from_secs(60));
        world.run_timers(TIMERS);
        assert_eq!(found(world, bought.order.id).state, OrderState::Cancelled);
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 0));
        world.clock().set(kernel::testing::START);
        let late = webhook(world, &event).order.expect("its order");
        assert_eq!((late.became_paid, late.order.state), (false, OrderState::Cancelled));
        assert_eq!((late.order.paid, late.order.refunded), (eur(13500), eur(13500)));
        assert_eq!(account(world, bought.order.id), (eur(0), eur(0), eur(0)));
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 0));
    });
}

#[test]
fn a_declined_card_may_try_again() {
    brand(|world, brand| {
        let bought = buy(world, Actor::customer(brand.ana), buying("k", vec![line(brand.scarf, 1, deliver())])).expect("bought");
        let page = bought.page.expect("a page");
        assert_eq!(webhook(world, &press(world, &page, Outcome::Decline)).order, None);
        assert!(webhook(world, &press(world, &page, Outcome::Approve)).order.expect("its order").became_paid);
    });
}

#[test]
fn an_agent_sells_in_a_chat_and_a_link_is_paid_once() {
    brand(|world, brand| {
        let mut cmd = buying("k", vec![line(brand.scarf, 1, deliver())]);
        cmd.profile = Some(brand.ana);
        cmd.channel = Channel::Whatsapp;
        cmd.payment = PayBy::Link { matter: None, good_for: Duration::from_secs(3600) };
        let sold = buy(world, agent(), cmd.clone()).expect("sold");
        let link = sold.link.clone().expect("a link");
        assert_eq!(buy(world, agent(), cmd).expect("repeated").link, Some(link.clone()));
        let token = link.token.clone();
        let opened = run(world, move |tx| payments::open_pay_link(tx, &token)).expect("opened");
        assert_eq!(opened.link.amount, eur(4895));
        let paid = webhook(world, &press(world, &opened.page, Outcome::Approve)).order.expect("its order");
        assert_eq!((paid.became_paid, paid.order.sold_by.as_str()), (true, agent().to_string().as_str()));
        assert_eq!(thread(world, brand.ana), ["order.placed", "pay_link.created", "payment.captured", "order.paid"]);
        world.clock().advance(Duration::from_secs(2 * 3600));
        world.run_timers(TIMERS);
        assert_eq!(found(world, sold.order.id).state, OrderState::Paid);
    });
}

#[test]
fn another_way_of_paying_closes_the_first() {
    brand(|world, brand| {
        let ana = Actor::customer(brand.ana);
        let bought = buy(world, ana.clone(), buying("k", vec![line(brand.scarf, 1, deliver())])).expect("bought");
        let first = bought.page.expect("a page");
        let again = PayOrder { key: "again".into(), order: bought.order.id, by: PayBy::Online, channel: Channel::Web };
        let again = run(world, move |tx| pay_order(tx, &ana, &again)).expect("another page").page.expect("a page");
        assert_ne!(again, first);
        let closed = first.clone();
        let refused = run(world, move |tx| payments::simulator::pay(tx, &closed, Outcome::Approve));
        assert!(matches!(refused, Err(SimulatorError::Closed { .. })));

        let cash = vec![Tender { method: Method::Cash, amount: eur(4895), reference: String::new() }];
        let counter = PayOrder { key: "cash".into(), order: bought.order.id, by: PayBy::Counter(cash), channel: Channel::Till };
        let taken = counter.clone();
        assert_eq!(run(world, move |tx| pay_order(tx, &associate(), &taken)).expect("taken").order.state, OrderState::Paid);
        let repeated = run(world, move |tx| pay_order(tx, &associate(), &counter)).expect("repeated");
        assert_eq!(repeated.order.paid, eur(4895));
        let refused = run(world, move |tx| payments::simulator::pay(tx, &again, Outcome::Approve));
        assert!(matches!(refused, Err(SimulatorError::Closed { .. })));
        let more = PayOrder { key: "more".into(), order: bought.order.id, by: PayBy::Online, channel: Channel::Web };
        let nothing = run(world, move |tx| pay_order(tx, &associate(), &more));
        assert!(matches!(nothing, Err(PayOrderError::NothingDue { state: OrderState::Paid })));
    });
}

#[test]
fn what_was_paid_twice_goes_back_once() {
    brand(|world, brand| {
        let bought = buy(world, Actor::customer(brand.ana), buying("k", vec![line(brand.scarf, 1, deliver())])).expect("bought");
        let event = press(world, &bought.page.expect("a page"), Outcome::Approve);
        // The webhook is slow; meanwhile they pay cash in a shop.
        let cash = vec![Tender { method: Method::Cash, amount: eur(4895), reference: String::new() }];
        let counter = PayOrder { key: "cash".into(), order: bought.order.id, by: PayBy::Counter(cash), channel: Channel::Till };
        run(world, move |tx| pay_order(tx, &associate(), &counter)).expect("taken");
        let late = webhook(world, &event).order.expect("its order").order;
        assert_eq!((late.paid, late.refunded, late.state), (eur(4895), eur(0), OrderState::Paid), "it was not paid for the order");
        assert_eq!(account(world, late.id), (eur(4895), eur(4895), eur(0)));
    });
}

#[test]
fn what_costs_nothing_needs_no_payment() {
    brand(|world, brand| {
        let free = buying("k", vec![line(brand.gift, 1, Way::Collect { location: brand.madrid })]);
        let none = buy(world, Actor::customer(brand.ana), free);
        assert!(matches!(none, Err(CheckoutError::OutOfStock { .. })));
        let mut cmd = buying("k2", vec![line(brand.gift, 1, Way::TakeNow { location: brand.warehouse })]);
        cmd.payment = PayBy::Counter(vec![]);
        let given = buy(world, associate(), cmd).expect("given");
        assert_eq!((given.order.state, given.order.total), (OrderState::Completed, eur(0)));
        assert_eq!(stock(world, brand.gift, brand.warehouse), (4, 0));
    });
}
