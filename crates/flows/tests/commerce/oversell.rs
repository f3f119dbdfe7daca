//! Many buyers at two doors, few pieces.

use crate::support::*;
use flows::*;
use kernel::{Actor, Channel, Fault};
use orders::Way;
use payments::Method;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn exactly_what_is_there_is_sold_over_two_doors() {
    brand(|world, brand| {
        let (brand, sold, short) = (*brand, Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let buyers: Vec<_> = (0..8)
            .map(|thread| {
                let (db, sold, short) = (world.db().clone(), sold.clone(), short.clone());
                std::thread::spawn(move || {
                    for turn in 0..4 {
                        let (actor, cmd) = buyer(&brand, thread, turn);
                        let basket = cmd.clone();
                        let locks = db.read(move |tx| match &basket.basket {
                            Basket::Lines(lines) => checkout_locks(tx, lines, basket.address.as_ref()),
                            Basket::Cart { .. } => Ok(vec![]),
                        });
                        let locks = locks.wait().expect("locks");
                        let count = loop {
                            let (actor, cmd) = (actor.clone(), cmd.clone());
                            match db.write_locking("test.buy", locks.clone(), move |tx| checkout(tx, &actor, &cmd)).wait() {
                                Ok(_) => break &sold,
                                Err(CheckoutError::OutOfStock { .. }) => break &short,
                                Err(CheckoutError::Fault(Fault::Contention(_))) => {}
                                Err(other) => panic!("{other}"),
                            }
                        };
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        buyers.into_iter().for_each(|buyer| buyer.join().expect("a buyer"));
        assert_eq!((sold.load(Ordering::SeqCst), short.load(Ordering::SeqCst)), (3, 29));
        let (on_hand, reserved) = stock(world, brand.tee, brand.madrid);
        assert_eq!(on_hand - reserved, 0);
    });
}

/// Even buyers are on the web and collect, odd ones stand at the till.
fn buyer(brand: &Brand, thread: usize, turn: usize) -> (Actor, Checkout) {
    let at_till = thread % 2 == 1;
    let way = if at_till { Way::TakeNow { location: brand.madrid } } else { Way::Collect { location: brand.madrid } };
    let mut cmd = buying(&format!("k{thread}-{turn}"), vec![line(brand.tee, 1, way)]);
    if at_till {
        cmd.channel = Channel::Till;
        cmd.payment = PayBy::Counter(vec![Tender { method: Method::Cash, amount: eur(1999), reference: String::new() }]);
    }
    (if at_till { associate() } else { Actor::customer(brand.ana) }, cmd)
}
