//! Eight threads at once: an intent acts once, a webhook acts once, and no more goes back than came.
mod common;

use common::*;
use kernel::testing::on_both;
use kernel::{Fault, Money};
use payments::simulator::Outcome;
use payments::{Method, PaymentError, Refund, WebhookError, WebhookOutcome};
use std::sync::atomic::{AtomicI64, Ordering};

#[test]
fn many_refunds_at_once_give_back_what_came() {
    on_both(ROOMS, |world| {
        billed(world, "order", 1000);
        let paid = take(world, "card", Method::CardTerminal, 1000).expect("taken");
        let given = AtomicI64::new(0);
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let (given, id) = (&given, paid.id);
                scope.spawn(move || {
                    for n in 0..4 {
                        let cmd = Refund { key: format!("{thread}/{n}"), payment: id, amount: Money::eur(100), reason: "r".into() };
                        match write(world, move |tx| payments::refund(tx, &agent(), cmd.clone())) {
                            Ok(record) => drop(given.fetch_add(record.amount.minor, Ordering::SeqCst)),
                            Err(PaymentError::TooMuch { .. } | PaymentError::Fault(Fault::Contention(_))) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                });
            }
        });
        let given = given.into_inner();
        assert!((100..=1000).contains(&given));
        assert_eq!((due(world).1, payment(world, &paid).refunded.minor), (1000 - given, given));
        book_is_sound(world);
    });
}

#[test]
fn one_intent_and_one_event_act_once() {
    on_both(ROOMS, |world| {
        billed(world, "order", 1000);
        let (_, page) = gateway(world, "k", 1000, false);
        let event = press(world, &page, Outcome::Approve).expect("approved");
        let acted = AtomicI64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    match deliver(world, &event) {
                        Ok(WebhookOutcome::Acted) => drop(acted.fetch_add(1, Ordering::SeqCst)),
                        Ok(WebhookOutcome::Repeated) | Err(WebhookError::Fault(Fault::Contention(_))) => {}
                        other => panic!("{other:?}"),
                    }
                    take(world, "cash", Method::Cash, 50).expect("taken once, answered every time");
                });
            }
        });
        assert_eq!((acted.into_inner(), due(world)), (1, (1000, 1050, 0, -50)));
        book_is_sound(world);
    });
}
