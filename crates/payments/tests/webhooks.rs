//! The gateway's events: signed, once, in any order.
mod common;

use common::*;
use kernel::Money;
use kernel::testing::on_both;
use payments::simulator::{self, IntentState, Outcome, SimulatorError};
use payments::{PaymentState, WebhookError, WebhookOutcome};
use std::time::Duration;

#[test]
fn an_approved_page_pays_once() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let (begun, page) = gateway(world, "k", 5000, false);
        let (again, same_page) = gateway(world, "k", 5000, false);
        assert_eq!((begun.id, &page), (again.id, &same_page));
        assert_eq!(page.len(), 40);
        let token = page.clone();
        let shown = read(world, move |tx| simulator::hosted_page(tx, &token)).expect("a page");
        assert_eq!((shown.amount, shown.state), (Money::eur(5000), IntentState::Open));
        let event = press(world, &page, Outcome::Approve).expect("approved");
        assert_eq!(payment(world, &begun).state, PaymentState::Pending, "only the webhook tells");
        assert!(matches!(press(world, &page, Outcome::Approve), Err(SimulatorError::Closed { state: IntentState::Captured })));
        assert!(matches!(press(world, "nothing", Outcome::Approve), Err(SimulatorError::UnknownPage)));
        assert_eq!(deliver(world, &event).expect("heard"), WebhookOutcome::Acted);
        assert_eq!(deliver(world, &event).expect("heard"), WebhookOutcome::Repeated);
        assert_eq!((due(world), payment(world, &begun).state), ((5000, 5000, 0, 0), PaymentState::Captured));
        assert_eq!(thread(world), ["payment.captured"]);
        book_is_sound(world);
    });
}

#[test]
fn the_order_of_events_does_not_matter() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let (begun, page) = gateway(world, "k", 5000, false);
        let declined = press(world, &page, Outcome::Decline).expect("declined");
        let approved = press(world, &page, Outcome::Approve).expect("the page stayed open");
        assert_eq!(deliver(world, &approved).expect("heard"), WebhookOutcome::Acted);
        assert_eq!(deliver(world, &declined).expect("heard"), WebhookOutcome::Overtaken);
        assert_eq!(deliver(world, &declined).expect("heard"), WebhookOutcome::Repeated);
        assert_eq!((payment(world, &begun).state, due(world)), (PaymentState::Captured, (5000, 5000, 0, 0)));
        assert_eq!(thread(world), ["payment.captured"]);
    });
}

#[test]
fn a_decline_is_told_and_another_try_may_succeed() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let (begun, page) = gateway(world, "k", 5000, false);
        deliver(world, &press(world, &page, Outcome::Decline).expect("declined")).expect("heard");
        let failed = payment(world, &begun);
        assert_eq!((failed.state, failed.failure.as_deref()), (PaymentState::Failed, Some("card_declined")));
        deliver(world, &press(world, &page, Outcome::Approve).expect("approved")).expect("heard");
        let paid = payment(world, &begun);
        assert_eq!((paid.state, paid.failure), (PaymentState::Captured, None));
        assert_eq!(thread(world), ["payment.failed", "payment.captured"]);
    });
}

#[test]
fn money_that_came_after_a_void_is_recorded() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let (begun, page) = gateway(world, "k", 5000, false);
        let event = press(world, &page, Outcome::Approve).expect("approved");
        let id = begun.id;
        write(world, move |tx| payments::void(tx, &agent(), id)).expect("called off");
        assert_eq!(deliver(world, &event).expect("heard"), WebhookOutcome::Acted);
        assert_eq!((payment(world, &begun).state, due(world).1), (PaymentState::Captured, 5000));
        book_is_sound(world);
    });
}

#[test]
fn only_the_gateway_is_believed() {
    on_both(ROOMS, |world| {
        let (begun, page) = gateway(world, "k", 5000, false);
        let event = press(world, &page, Outcome::Approve).expect("approved");
        let mut cheaper = event.clone();
        cheaper.body = cheaper.body.replace("5000", "5001");
        assert!(matches!(deliver(world, &cheaper), Err(WebhookError::BadSignature)));
        let mut unsigned = event.clone();
        unsigned.signature.clear();
        assert!(matches!(deliver(world, &unsigned), Err(WebhookError::BadSignature)));
        world.clock().advance(Duration::from_secs(301));
        assert!(matches!(deliver(world, &event), Err(WebhookError::Stale)));
        assert_eq!(payment(world, &begun).state, PaymentState::Pending);
    });
    on_both(ROOMS, |world| {
        let event = simulator::SignedEvent { body: "{}".into(), signature: "t=1,v1=00".into() };
        assert!(matches!(deliver(world, &event), Err(WebhookError::BadSignature)), "no secret, no belief");
    });
}
