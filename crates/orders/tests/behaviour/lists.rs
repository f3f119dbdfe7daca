use crate::support::*;
use kernel::{Actor, Channel, Timestamp};
use orders::*;
use std::time::Duration;

#[test]
fn every_statement_is_understood_by_the_engine() {
    world(|world| {
        // Rooms below are linked too, without their tables: theirs to test.
        let refused: Vec<_> =
            world.db().prepare_all().expect("prepared").into_iter().filter(|why| why.contains("crates/orders/")).collect();
        assert_eq!(refused, Vec::<String>::new());
    });
}

#[test]
fn a_persons_orders_are_those_of_all_profiles_newest_first() {
    world(|world| {
        let mut placed = Vec::new();
        for n in 0..5u128 {
            world.clock().advance(Duration::from_secs(60));
            let owner = profile(1 + n % 2);
            let mut cmd = placing(&format!("k{n}"), vec![part(FulfilmentWay::Collect, 1, vec![line(1, 1, 1000)])]);
            cmd.profile = Some(owner);
            placed.push(run(world, move |tx| place_order(tx, &Actor::customer(owner), cmd.clone())).expect("placed").order.number);
        }
        placed.reverse();
        let both = [profile(1), profile(2)];
        let page = |after: Option<Cursor>| world.db().read(move |tx| orders_of(tx, &both, after.clone(), 3)).wait().expect("read");
        let first = page(None);
        let cursor: Cursor = first.next.clone().expect("more").to_string().parse().expect("own text");
        let second = page(Some(cursor));
        let numbers: Vec<_> = first.items.iter().chain(&second.items).map(|order| order.number).collect();
        assert_eq!((numbers, second.next), (placed, None));
    });
}

#[test]
fn an_order_is_found_by_whatever_the_customer_has() {
    world(|world| {
        let order = place(world, placing("k", vec![part(FulfilmentWay::Collect, 1, vec![line(1, 1, 1000)])]));
        let code = order.fulfilments[0].code.clone().expect("a code");
        for typed in ["H-000001", "1", "ANA@example.org", "+34 600 111 222", code.as_str()] {
            let own = typed.to_owned();
            let found = world.db().read(move |tx| search_orders(tx, &associate(), &own, 10)).wait().expect("read");
            assert_eq!(found, vec![order.head.clone()], "{typed}");
        }
        let by_token = |token: String| world.db().read(move |tx| order_by_token(tx, &token)).wait().expect("read");
        assert_eq!(by_token(order.token()), Some(order.clone()));
        let mut guessed = order.token();
        guessed.replace_range(57..58, if guessed.ends_with('0') { "1" } else { "0" });
        assert_eq!((by_token(guessed), by_token(String::new())), (None, None));
        let id = order.id;
        let mine = |of| world.db().read(move |tx| order_of(tx, &[profile(of)], id)).wait().expect("read");
        assert_eq!((mine(1), mine(2)), (Some(order.clone()), None));
        let denied = world.db().read(|tx| search_orders(tx, &Actor::guest(), "1", 10)).wait();
        assert!(matches!(denied, Err(ReadError::Denied(_))));
    });
}

#[test]
fn todays_sales_of_a_shop() {
    world(|world| {
        let sell = |key: &str, at: u128| {
            let mut cmd = placing(key, vec![part(FulfilmentWay::CarryOut, at, vec![line(1, 1, 1000)])]);
            (cmd.sold_at, cmd.profile, cmd.channel) = (Some(shop(at)), None, Channel::Till);
            run(world, move |tx| place_order(tx, &associate(), cmd.clone())).expect("sold").order.head
        };
        let yesterday = sell("k0", 1);
        world.clock().advance(Duration::from_secs(24 * 3600));
        let today: Timestamp = world.db().clock().now();
        let (here, there) = (sell("k1", 1), sell("k2", 2));
        let sold = |at: Option<u128>, from: Timestamp| {
            let span = (from, today.plus(Duration::from_secs(3600)));
            world.db().read(move |tx| sold_between(tx, &associate(), at.map(shop), span, None, 10)).wait().expect("read").items
        };
        assert_eq!(sold(Some(1), today), vec![here.clone()]);
        assert_eq!(sold(None, today).len(), 2);
        assert_eq!(sold(Some(1), yesterday.placed_at), vec![here, yesterday]);
        let span = (today, today.plus(Duration::from_secs(3600)));
        let sums = world.db().read(move |tx| sales_by_channel(tx, &associate(), kernel::Currency::EUR, span)).wait().expect("read");
        let total = there.total.add(sold(Some(1), today)[0].total).expect("one currency");
        assert_eq!(sums, vec![ChannelSales { channel: there.channel, orders: 2, total }]);
        let placed = world.db().read(|tx| orders_in_state(tx, &associate(), OrderState::Placed, None, 1)).wait().expect("read");
        assert!([there, sold(Some(1), today)[0].clone()].contains(&placed.items[0]) && placed.next.is_some());
    });
}
