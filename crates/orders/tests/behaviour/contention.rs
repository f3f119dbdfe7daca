//! Eight at once.

use crate::support::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Fault, Quantity, Tx};
use orders::*;

/// Eight threads give the same command; a loser against the database's patience asks again, as a front door's caller would.
fn eight<T: Send + 'static, E: From<Fault> + Send + 'static>(
    world: &World,
    busy: fn(&E) -> bool,
    command: impl Fn(usize, &mut Tx<'_>) -> Result<T, E> + Clone + Send + Sync + 'static,
) -> Vec<Result<T, E>> {
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let (db, command) = (world.db().clone(), command.clone());
            std::thread::spawn(move || {
                loop {
                    let own = command.clone();
                    match db.write("test", move |tx| own(n, tx)).wait() {
                        Err(error) if busy(&error) => {}
                        result => return result,
                    }
                }
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().expect("a thread")).collect()
}

#[test]
fn exactly_what_was_bought_comes_back() {
    world(|world| {
        let order = collected(world, "k");
        let (id, line) = (order.id, order.lines[0].id);
        let results = eight(
            world,
            |e| matches!(e, RequestReturnError::Fault(Fault::Contention(_))),
            move |n, tx| {
                let lines = vec![NewReturnLine { line, quantity: Quantity(1), condition: Condition::Resale }];
                let cmd = RequestReturn {
                    key: format!("r{n}"),
                    order: id,
                    lines,
                    reason: String::new(),
                    channel: Channel::Till,
                    onto_card: false,
                };
                request_return(tx, &associate(), &cmd)
            },
        );
        let mut refunds: Vec<_> = results.iter().flatten().map(|goods| goods.refund.minor).collect();
        refunds.sort_unstable();
        assert_eq!(refunds, [1997, 1997, 1998]);
        let refused = results.iter().filter(|r| matches!(r, Err(RequestReturnError::Refused { why: Refused::AllReturned, .. }))).count();
        assert_eq!((refused, read(world, id).lines[0].returned), (5, Quantity(3)));
    });
}

#[test]
fn one_of_eight_gets_the_goods() {
    world(|world| {
        let order = place(world, placing("k", vec![part(FulfilmentWay::Collect, 1, vec![line(1, 1, 1000)])]));
        pay(world, &order);
        advance(world, order.fulfilments[0].id, FulfilmentState::Ready).expect("ready");
        let code = order.fulfilments[0].code.clone().expect("a code");
        let results = eight(
            world,
            |e| matches!(e, HandOverError::Fault(Fault::Contention(_))),
            move |_, tx| hand_over(tx, &associate(), &HandOver { location: shop(1), code: code.clone(), channel: Channel::Till }),
        );
        let late = results.iter().filter(|r| matches!(r, Err(HandOverError::AlreadyCollected { .. }))).count();
        assert_eq!((results.iter().flatten().count(), late), (1, 7));
        assert_eq!(thread(world, profile(1)).iter().filter(|kind| *kind == "fulfilment.collected").count(), 1);
    });
}

#[test]
fn one_key_gives_one_order_and_no_edit_of_a_cart_is_lost() {
    world(|world| {
        let results = eight(
            world,
            |e| matches!(e, PlaceError::Fault(Fault::Contention(_))),
            move |_, tx| {
                let cmd = placing("one", vec![part(FulfilmentWay::Collect, 1, vec![line(1, 1, 1000)])]);
                place_order(tx, &Actor::customer(profile(1)), cmd)
            },
        );
        let placed: Vec<_> = results.into_iter().map(|r| r.expect("placed")).collect();
        assert_eq!(placed.iter().filter(|placed| !placed.repeated).count(), 1);
        assert!(placed.iter().all(|other| other.order.id == placed[0].order.id));

        let carts = eight(
            world,
            |e| matches!(e, CartError::Fault(Fault::Contention(_))),
            move |_, tx| {
                let ana = Actor::customer(profile(1));
                let cart = open_cart(tx, &ana, &OpenCart { owner: Owner::Profile(profile(1)) })?;
                let change = CartChange::Add { variant: variant(1), quantity: Quantity(1), way: Way::Deliver { address: None } };
                change_cart(tx, &ana, ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change })
            },
        );
        let last = carts.into_iter().map(|cart| cart.expect("changed")).max_by_key(|cart| cart.version).expect("eight");
        assert_eq!((last.version, last.lines.len(), last.units()), (9, 1, 8));
    });
}
