use crate::support::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Quantity};
use orders::*;
use std::time::Duration;

fn ask(world: &World, key: &str, order: &Order, lines: &[(usize, i64, Condition)]) -> Result<Return, RequestReturnError> {
    let lines = lines.iter().map(|(n, quantity, condition)| NewReturnLine {
        line: order.lines[*n].id,
        quantity: Quantity(*quantity),
        condition: *condition,
    });
    let cmd = RequestReturn {
        key: key.into(),
        order: order.id,
        lines: lines.collect(),
        reason: "grande".into(),
        channel: Channel::Till,
        onto_card: false,
    };
    run(world, move |tx| request_return(tx, &associate(), &cmd))
}
fn receive(world: &World, goods: &Return, conditions: Vec<(OrderLineId, Condition)>) -> Result<Return, ReturnStepError> {
    let cmd = ReceiveReturn { goods_return: goods.id, location: shop(2), place: "Shop 2".into(), conditions, channel: Channel::Till };
    run(world, move |tx| receive_return(tx, &associate(), &cmd))
}
fn settle(goods: &Return) -> SettleReturn {
    SettleReturn { goods_return: goods.id, channel: Channel::Till }
}
fn reject(world: &World, goods: &Return) -> Result<Return, ReturnStepError> {
    let cmd = settle(goods);
    run(world, move |tx| reject_return(tx, &associate(), &cmd))
}

#[test]
fn units_come_back_one_by_one_exact_to_the_cent() {
    world(|world| {
        let order = collected(world, "k");
        assert_eq!((order.lines[0].total, order.total), (eur(5992), eur(6992)));
        let mut refunds = Vec::new();
        for key in ["r1", "r2", "r3"] {
            let goods = ask(world, key, &order, &[(0, 1, Condition::Resale)]).expect("allowed");
            assert_eq!(ask(world, key, &order, &[(0, 1, Condition::Resale)]).expect("repeated"), goods);
            receive(world, &goods, vec![]).expect("received");
            let cmd = settle(&goods);
            let done = run(world, move |tx| mark_return_refunded(tx, &associate(), &cmd)).expect("refunded");
            assert_eq!((done.state, done.place.as_str(), done.location), (ReturnState::Refunded, "Shop 2", Some(shop(2))));
            refunds.push(done.refund.minor);
        }
        assert_eq!(refunds, [1997, 1997, 1998]);
        let now = read(world, order.id);
        assert_eq!((now.state, now.lines[0].returned, now.lines[0].refunded), (OrderState::PartlyReturned, Quantity(3), eur(5992)));
        let last = ask(world, "r4", &order, &[(1, 1, Condition::Damaged)]).expect("allowed");
        receive(world, &last, vec![]).expect("received");
        assert_eq!(read(world, order.id).state, OrderState::Returned);
        let id = order.id;
        let all = world.db().read(move |tx| returns_of(tx, id)).wait().expect("read");
        assert_eq!(all.iter().map(|goods| goods.refund.minor).sum::<i64>(), 6992);
        assert_eq!(thread(world, profile(1))[4..7], ["return.requested", "return.received", "return.refunded"]);
    });
}

#[test]
fn never_more_than_was_bought_even_in_one_request() {
    world(|world| {
        let order = collected(world, "k");
        let twice = ask(world, "r1", &order, &[(0, 2, Condition::Resale), (0, 2, Condition::Damaged)]);
        assert!(matches!(twice, Err(RequestReturnError::TooMany { available: Quantity(1), .. })));
        assert_eq!(read(world, order.id), order);
        let both = ask(world, "r2", &order, &[(0, 2, Condition::Resale), (0, 1, Condition::Damaged)]).expect("allowed");
        assert_eq!(both.refund, eur(5992));
        let again = ask(world, "r3", &order, &[(0, 1, Condition::Resale)]);
        assert!(matches!(again, Err(RequestReturnError::Refused { why: Refused::AllReturned, .. })));
    });
}

#[test]
fn a_rejected_return_counts_for_nothing() {
    world(|world| {
        let order = collected(world, "k");
        let one = ask(world, "r1", &order, &[(0, 1, Condition::Resale)]).expect("allowed");
        let two = ask(world, "r2", &order, &[(0, 2, Condition::Resale)]).expect("allowed");
        receive(world, &one, vec![]).expect("received");
        assert_eq!(read(world, order.id).state, OrderState::PartlyReturned);
        reject(world, &one).expect("rejected");
        assert_eq!(read(world, order.id).state, OrderState::Completed);
        assert!(matches!(receive(world, &one, vec![]), Err(ReturnStepError::NotPossible { from: ReturnState::Rejected, .. })));
        let rest = ask(world, "r3", &order, &[(0, 1, Condition::Resale)]).expect("allowed again");
        assert_eq!(two.refund.minor + rest.refund.minor, 5992);
    });
}

#[test]
fn staff_see_what_the_goods_are_good_for() {
    world(|world| {
        let order = collected(world, "k");
        let goods = ask(world, "r1", &order, &[(0, 1, Condition::Resale), (0, 1, Condition::Damaged)]).expect("allowed");
        let seen = receive(world, &goods, vec![(order.lines[0].id, Condition::Damaged)]).expect("received");
        assert_eq!(seen.lines.len(), 1);
        assert_eq!(
            (seen.lines[0].quantity, seen.lines[0].condition, seen.lines[0].refund),
            (Quantity(2), Condition::Damaged, goods.refund)
        );
    });
}

#[test]
fn the_policy_is_one_rule() {
    world(|world| {
        let order = collected(world, "k");
        let now = world.db().clock().now();
        let until = now.plus(Duration::from_secs(30 * 24 * 3600));
        let policy = |line: &OrderLine, at| return_policy(line, order.fulfilment_of(line).expect("its part"), at);
        assert_eq!(policy(&order.lines[0], now), ReturnPolicy::Allowed { until, quantity: Quantity(3) });
        assert_eq!(policy(&order.lines[0], until), ReturnPolicy::Allowed { until, quantity: Quantity(3) });
        let late = until.plus(Duration::from_micros(1));
        assert_eq!(policy(&order.lines[0], late), ReturnPolicy::Refused { why: Refused::TooLate { until } });
        world.clock().advance(Duration::from_secs(31 * 24 * 3600));
        let refused = ask(world, "r1", &order, &[(0, 1, Condition::Resale)]);
        assert!(matches!(refused, Err(RequestReturnError::Refused { why: Refused::TooLate { .. }, .. })));

        let fresh = place(world, placing("k2", vec![part(FulfilmentWay::Collect, 1, vec![line(1, 1, 1000)])]));
        let early = ask(world, "r2", &fresh, &[(0, 1, Condition::Resale)]);
        assert!(matches!(early, Err(RequestReturnError::Refused { why: Refused::NotHandedOver, .. })));
    });
}

#[test]
fn customers_ask_for_their_own_only() {
    world(|world| {
        let order = collected(world, "k");
        let ask = |key: &str, actor: Actor| {
            let lines = vec![NewReturnLine { line: order.lines[0].id, quantity: Quantity(1), condition: Condition::Resale }];
            let cmd =
                RequestReturn { key: key.into(), order: order.id, lines, reason: String::new(), channel: Channel::Web, onto_card: false };
            run(world, move |tx| request_return(tx, &actor, &cmd))
        };
        assert!(matches!(ask("r1", Actor::customer(profile(2))), Err(RequestReturnError::NotFound)));
        assert!(matches!(ask("r2", Actor::guest()), Err(RequestReturnError::Denied(_))));
        let goods = ask("r3", Actor::customer(profile(1))).expect("allowed");
        let waiting = world.db().read(|tx| returns_in_state(tx, &associate(), ReturnState::Requested, None, 10)).wait().expect("read");
        assert_eq!(waiting.items, vec![goods]);
    });
}
