//! How many statements a sale takes: each is a trip to the server on PostgreSQL.

use crate::support::*;
use flows::*;
use kernel::{Actor, Channel, Quantity};
use orders::{CartChange, ChangeCart, OpenCart, Owner, change_cart, open_cart};
use payments::simulator::Outcome;

#[test]
fn a_whole_sale_stays_under_its_bound() {
    brand(|world, brand| {
        let (ana, tee, scarf) = (brand.ana, brand.tee, brand.scarf);
        let (cart, in_cart) = run(world, move |tx| {
            tx.start_trace();
            let actor = Actor::customer(ana);
            let cart = open_cart(tx, &actor, &OpenCart { owner: Owner::Profile(ana) })?;
            for variant in [tee, scarf] {
                let change = CartChange::Add { variant, quantity: Quantity(1), way: deliver() };
                change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change })?;
            }
            Ok::<_, orders::CartError>((cart, tx.take_trace().len()))
        })
        .expect("a cart");
        let mut cmd = buying("k", vec![]);
        cmd.basket = Basket::Cart { id: cart.id, version: None };
        let (bought, in_checkout) = run(world, move |tx| {
            tx.start_trace();
            let bought = checkout(tx, &Actor::customer(ana), &cmd)?;
            Ok::<_, CheckoutError>((bought, tx.take_trace().len()))
        })
        .expect("bought");
        let event = press(world, &bought.page.expect("a page"), Outcome::Approve);
        let in_payment = run(world, move |tx| {
            tx.start_trace();
            receive_payment_webhook(tx, event.body.as_bytes(), &event.signature)?;
            Ok::<_, TakePaymentError>(tx.take_trace().len())
        })
        .expect("taken");
        // The first payment ever makes the gateway's secret: two of them.
        assert_eq!((in_cart, in_checkout, in_payment), (12, 41, 17));
    });
}
