use crate::support::*;
use kernel::Channel;
use orders::*;

#[test]
fn goods_are_collected_by_code_in_their_shop() {
    world(|world| {
        let order = place(world, placing("k", vec![part(FulfilmentWay::Collect, 1, vec![line(1, 2, 1000)])]));
        let waiting = &order.fulfilments[0];
        let code = waiting.code.clone().expect("a code");
        let hand = |at: u128, code: &str| {
            let cmd = HandOver { location: shop(at), code: code.to_lowercase(), channel: Channel::Till };
            run(world, move |tx| hand_over(tx, &associate(), &cmd))
        };
        assert!(
            matches!(advance(world, waiting.id, FulfilmentState::Pending), Err(AdvanceError::NotPossible { .. })),
            "not before it is paid"
        );
        pay(world, &order);
        assert!(matches!(hand(1, &code), Err(HandOverError::NotReady { state: FulfilmentState::Pending })));
        assert!(matches!(advance(world, waiting.id, FulfilmentState::Packed), Err(AdvanceError::NotPossible { .. })));
        advance(world, waiting.id, FulfilmentState::Picking).expect("picking");
        advance(world, waiting.id, FulfilmentState::Ready).expect("ready");
        assert!(matches!(hand(2, &code), Err(HandOverError::Elsewhere { place }) if place == "Shop 1"));
        assert!(matches!(hand(1, "ZZZZZZ"), Err(HandOverError::UnknownCode)));
        let moved = hand(1, &code).expect("handed over");
        assert_eq!((moved.order.state, moved.fulfilment.state), (OrderState::Completed, FulfilmentState::Collected));
        assert_eq!(read(world, order.id).fulfilments[0], moved.fulfilment);
        let at = world.db().clock().now();
        assert!(matches!(hand(1, &code), Err(HandOverError::AlreadyCollected { at: when }) if when == at));
        assert_eq!(thread(world, profile(1)), ["order.placed", "order.paid", "fulfilment.ready", "fulfilment.collected"]);
    });
}

#[test]
fn a_parcel_goes_its_way_and_the_order_follows() {
    world(|world| {
        let parts = vec![part(FulfilmentWay::Deliver, 9, vec![line(1, 1, 1000)]), part(FulfilmentWay::Collect, 1, vec![line(2, 1, 1000)])];
        let order = place(world, placing("k", parts));
        pay(world, &order);
        let (parcel, shelf) = (order.fulfilments[0].id, order.fulfilments[1].id);
        advance(world, parcel, FulfilmentState::Packed).expect("packed");
        let shipped = advance(world, parcel, FulfilmentState::Shipped).expect("shipped");
        assert_eq!(shipped.fulfilment.tracking, Some(Tracking { carrier: "Correos".into(), reference: "PK1".into() }));
        assert_eq!(shipped.order.state, OrderState::Fulfilling);
        assert_eq!(advance(world, parcel, FulfilmentState::Delivered).expect("delivered").order.state, OrderState::Fulfilling);
        advance(world, shelf, FulfilmentState::Ready).expect("ready");
        assert_eq!(advance(world, shelf, FulfilmentState::Collected).expect("collected").order.state, OrderState::Completed);
        let kinds = thread(world, profile(1));
        assert_eq!(kinds[2..], ["fulfilment.shipped", "fulfilment.delivered", "fulfilment.ready", "fulfilment.collected"]);
    });
}

#[test]
fn a_shop_sees_its_queue_oldest_first() {
    world(|world| {
        let orders: Vec<_> = (0..3)
            .map(|n| {
                world.clock().advance(std::time::Duration::from_secs(1));
                let lines = vec![line(1, 1, 1000), line(2, 2, 500)];
                let order = place(world, placing(&format!("k{n}"), vec![part(FulfilmentWay::Collect, 1, lines)]));
                pay(world, &order);
                order
            })
            .collect();
        let page = |after: Option<Cursor>| {
            let read = world.db().read(move |tx| queue(tx, &associate(), shop(1), FulfilmentState::Pending, after.clone(), 2));
            read.wait().expect("read")
        };
        let first = page(None);
        let second = page(first.next.clone());
        let numbers: Vec<_> = first.items.iter().chain(&second.items).map(|entry| entry.number).collect();
        assert_eq!(numbers, orders.iter().map(|order| order.number).collect::<Vec<_>>());
        assert_eq!((first.items.len(), second.items.len(), second.next), (2, 1, None));
        assert_eq!(first.items[1].lines, orders[1].lines);
        assert_eq!(first.items[0].contact_name, "Ana Ruiz");
    });
}
