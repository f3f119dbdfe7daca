use crate::support::*;
use kernel::{Actor, Channel, Quantity};
use orders::*;

#[test]
fn an_order_is_placed_once_per_key_and_closes_its_cart() {
    world(|world| {
        let cart =
            run(world, |tx| open_cart(tx, &Actor::customer(profile(1)), &OpenCart { owner: Owner::Profile(profile(1)) })).expect("cart");
        let mut cmd = placing(
            "k1",
            vec![part(FulfilmentWay::Collect, 1, vec![line(1, 2, 1999)]), part(FulfilmentWay::Deliver, 9, vec![line(2, 1, 500)])],
        );
        cmd.cart = Some(cart.id);
        cmd.cart_version = Some(1);
        cmd.delivery_fee = 395;
        cmd.delivery_tax = 69;
        let order = place(world, cmd.clone());
        assert_eq!((order.number.to_string().as_str(), order.state), ("H-000001", OrderState::Placed));
        assert_eq!((order.total, order.tax, order.units, order.due()), (eur(4893), eur(694 + 87 + 69), 3, eur(4893)));
        assert_eq!((order.contact.email.as_str(), order.summary.as_str()), ("ana@example.org", "Thing 1"));
        assert_eq!((order.fulfilments[0].code.as_ref().map(String::len), order.fulfilments[1].code.clone()), (Some(6), None));
        assert_eq!(order.fulfilments[1].address, Some(home()));
        assert_eq!(read(world, order.id), order);

        let stolen = {
            let mut cmd = cmd.clone();
            cmd.profile = Some(profile(2));
            run(world, move |tx| place_order(tx, &Actor::customer(profile(2)), cmd.clone()))
        };
        assert!(matches!(stolen, Err(PlaceError::KeyTaken)));
        let again = run(world, move |tx| place_order(tx, &Actor::customer(profile(1)), cmd.clone())).expect("repeated");
        assert_eq!(again, Placed { order: order.clone(), repeated: true });
        let closed = world.db().read(move |tx| orders::cart(tx, cart.id)).wait().expect("read").expect("there");
        assert_eq!(closed.state, CartState::Ordered);
        assert_eq!(thread(world, profile(1)), vec!["order.placed"]);
    });
}

#[test]
fn what_does_not_add_up_is_refused() {
    world(|world| {
        let refuse = |cmd: PlaceOrder, actor: Actor| run(world, move |tx| place_order(tx, &actor, cmd.clone())).expect_err("refused");
        let ana = Actor::customer(profile(1));
        let mut wrong = line(1, 2, 1000);
        wrong.total = 1999;
        let parts = vec![part(FulfilmentWay::Collect, 1, vec![wrong])];
        assert!(matches!(refuse(placing("a", parts), ana.clone()), PlaceError::BadAmounts { sku } if sku == "SKU-1"));
        assert!(matches!(refuse(placing("b", vec![]), ana.clone()), PlaceError::Empty));
        let mut nowhere = part(FulfilmentWay::Deliver, 1, vec![line(1, 1, 1)]);
        nowhere.address = None;
        assert!(matches!(refuse(placing("c", vec![nowhere]), ana.clone()), PlaceError::AddressMissing));
        let fine = || placing("d", vec![part(FulfilmentWay::Collect, 1, vec![line(1, 1, 1)])]);
        assert!(matches!(refuse(fine(), Actor::customer(profile(2))), PlaceError::Denied(_)));
        let mut closed = fine();
        closed.cart = Some(CartId::nil());
        assert!(matches!(refuse(closed, ana), PlaceError::CartChanged));
        let none = world.db().read(|tx| placed_before(tx, &Actor::customer(profile(1)), "d", None)).wait().expect("read");
        assert_eq!((none, thread(world, profile(1))), (None, vec![]));
    });
}

#[test]
fn the_payment_that_covers_it_starts_the_order() {
    world(|world| {
        let parts = vec![part(FulfilmentWay::CarryOut, 1, vec![line(1, 1, 1000)]), part(FulfilmentWay::Collect, 2, vec![line(2, 1, 500)])];
        let order = place(world, placing("k", parts));
        let pay = |minor| {
            let cmd = RecordPayment { order: order.id, amount: eur(minor), channel: Channel::Till };
            run(world, move |tx| record_payment(tx, &associate(), &cmd)).expect("noted")
        };
        let first = pay(600);
        assert_eq!(
            (first.became_paid, first.order.payment_state(), first.order.state),
            (false, PaymentState::PartlyPaid, OrderState::Placed)
        );
        let second = pay(900);
        assert_eq!((second.became_paid, second.carried_out), (true, vec![order.fulfilments[0].id]));
        assert_eq!((second.order.state, second.order.payment_state()), (OrderState::Fulfilling, PaymentState::Paid));
        let states: Vec<_> = read(world, order.id).fulfilments.iter().map(|part| part.state).collect();
        assert_eq!(states, [FulfilmentState::Collected, FulfilmentState::Pending]);
        assert_eq!(thread(world, profile(1)), vec!["order.placed", "order.paid"]);
        assert!(!pay(1).became_paid);
    });
}

#[test]
fn a_sale_at_the_till_is_complete_at_once() {
    world(|world| {
        let order = place(world, placing("k", vec![part(FulfilmentWay::CarryOut, 1, vec![line(1, 2, 1000)])]));
        assert_eq!(pay(world, &order).order.state, OrderState::Completed);
    });
}

#[test]
fn never_more_goes_back_than_came_in() {
    world(|world| {
        let order = place(world, placing("k", vec![part(FulfilmentWay::CarryOut, 1, vec![line(1, 1, 1000)])]));
        pay(world, &order);
        let refund = |minor| {
            let id = order.id;
            run(world, move |tx| record_refund(tx, &associate(), id, eur(minor)))
        };
        assert_eq!(refund(400).expect("noted").payment_state(), PaymentState::PartlyRefunded);
        assert!(matches!(refund(601), Err(RecordRefundError::TooMuch { available: 600 })));
        assert_eq!(refund(600).expect("noted").payment_state(), PaymentState::Refunded);
    });
}

#[test]
fn an_order_is_cancelled_before_it_leaves() {
    world(|world| {
        let cancel = |order: &Order, actor: Actor| {
            let cmd = CancelOrder { order: order.id, reason: "ya no".into(), channel: Channel::Web };
            run(world, move |tx| cancel_order(tx, &actor, &cmd))
        };
        let collect = |key: &str| place(world, placing(key, vec![part(FulfilmentWay::Collect, 1, vec![line(1, 2, 1000)])]));
        let (ana, order) = (Actor::customer(profile(1)), collect("k1"));
        assert!(matches!(cancel(&order, Actor::customer(profile(2))), Err(CancelError::NotFound)));
        assert_eq!(cancel(&order, ana.clone()).expect("cancelled").lines[0].quantity, Quantity(2));
        let now = read(world, order.id);
        assert_eq!((now.state, now.fulfilments[0].state), (OrderState::Cancelled, FulfilmentState::Cancelled));
        assert!(now.fulfilments[0].stages.cancelled.is_some());
        assert!(matches!(cancel(&order, agent()), Err(CancelError::TooLate { state: OrderState::Cancelled })));

        let begun = collect("k2");
        pay(world, &begun);
        advance(world, begun.fulfilments[0].id, FulfilmentState::Picking).expect("picking");
        assert!(matches!(cancel(&begun, ana), Err(CancelError::TooLate { .. })));
        cancel(&begun, agent()).expect("an agent still may");
        assert_eq!(thread(world, profile(1)), ["order.placed", "order.cancelled", "order.placed", "order.paid", "order.cancelled"]);
    });
}
