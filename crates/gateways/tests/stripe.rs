//! Stripe: one page, one payment, one refund, whatever is repeated, lost or late.
mod common;

use common::*;
use gateways::runtime::{inquire_due, make_calls};
use kernel::testing::{World, on_both};
use payments::{GatewayId, PaymentState, Provider};
use serde_json::json;
use std::time::Duration;

async fn opened(world: &World) -> (FarEnd, GatewayId) {
    let far = FarEnd::default();
    let base = far.serve().await;
    let gateway = opens(world, Provider::Stripe, &[("base", &base)], &[("secret_key", "sk_test_1"), ("webhook_secret", "whsec_1")]);
    (far, gateway)
}

#[test]
fn a_page_is_made_once_and_its_notice_pays_once_in_any_order() {
    on_both(ROOMS, |world| {
        run(async {
            let (far, gateway) = opened(world).await;
            let (begun, token) = asks(world, "k", 4500);
            far.fails_with(500, json!({}));
            assert!(leads(world, &token).await.is_err(), "the customer is told to try again");
            let page = leads(world, &token).await.expect("a page");
            assert_eq!(page, "https://checkout.stripe.com/c/1", "the one that was made before its answer was lost");
            assert_eq!(leads(world, &token).await.expect("the same"), page);
            let asked = far.asked();
            assert_eq!(asked.len(), 2);
            assert_eq!(asked[0], asked[1], "the same request under the same key");
            assert_eq!(asked[0].1, format!("hilo-open-{}", begun.id));
            let told = |name: &str| asked[0].2[name].as_str();
            assert_eq!((told("line_items[0][price_data][unit_amount]"), told("line_items[0][price_data][currency]")), ("4500", "eur"));
            assert_eq!(told("success_url"), format!("https://marca.test/pay/{token}?returned"));

            let (paid, signature) = stripe_notice(world, "evt_2", "payment_intent.succeeded", &intent(&begun, "succeeded", 4500));
            let (declined, late) =
                stripe_notice(world, "evt_1", "payment_intent.payment_failed", &intent(&begun, "requires_payment_method", 4500));
            for at in 0..paid.len() {
                let mut other = paid.clone().into_bytes();
                other[at] ^= 1;
                let Ok(other) = String::from_utf8(other) else { continue };
                assert_eq!(brings(world, gateway, &other, &signature).await.0, 401, "byte {at}");
            }
            assert_eq!(payment(world, &begun).state, PaymentState::Pending);
            for _ in 0..2 {
                assert_eq!(brings(world, gateway, &paid, &signature).await.0, 200);
            }
            assert_eq!(brings(world, gateway, &declined, &late).await.0, 200, "what was overtaken is heard as well");
            let after = payment(world, &begun);
            assert_eq!((after.state, after.captured.minor, after.reference.as_str()), (PaymentState::Captured, 4500, "pi_1"));
            let (other, signature) = stripe_notice(world, "evt_3", "customer.created", &json!({ "id": "cus_1" }));
            assert_eq!(brings(world, gateway, &other, &signature).await.0, 200);
            world.clock().advance(Duration::from_secs(301));
            assert_eq!(brings(world, gateway, &other, &signature).await.0, 401, "an old one is played back");
        });
    });
}

#[test]
fn a_refund_reaches_stripe_once_though_its_answer_is_lost() {
    on_both(ROOMS, |world| {
        run(async {
            let (far, gateway) = opened(world).await;
            let (begun, token) = asks(world, "k", 4500);
            leads(world, &token).await.expect("a page");
            let (paid, signature) = stripe_notice(world, "evt_2", "payment_intent.succeeded", &intent(&begun, "succeeded", 4500));
            brings(world, gateway, &paid, &signature).await;
            gives_back(world, "r", &begun, 1500);
            gives_back(world, "r", &begun, 1500);
            far.fails_with(502, json!({}));
            assert_eq!(make_calls(world.db(), &carrier()).await.expect("made"), 1);
            assert_eq!(make_calls(world.db(), &carrier()).await.expect("none is due"), 0);
            world.clock().advance(Duration::from_secs(5));
            assert_eq!(make_calls(world.db(), &carrier()).await.expect("made again"), 1);
            world.clock().advance(Duration::from_secs(24 * 3600));
            assert_eq!(make_calls(world.db(), &carrier()).await.expect("done"), 0);
            assert_eq!(far.refunds(), [1500]);
            let asked = far.asked();
            assert_eq!((asked[1].1.as_str(), asked[1].2["payment_intent"].as_str()), (asked[2].1.as_str(), "pi_1"));
            assert_eq!(failed(world), []);

            // Stripe refuses, and tells later of one that it had taken on: both are staff's.
            gives_back(world, "r2", &begun, 500);
            far.fails_with(400, json!({ "error": { "message": "Charge has been disputed" } }));
            make_calls(world.db(), &carrier()).await.expect("made");
            let refund = json!({ "id": "re_1", "status": "failed", "amount": 1500, "currency": "eur", "payment_intent": "pi_1",
                "failure_reason": "expired_or_canceled_card", "metadata": { "payment": begun.id } });
            for (id, kind) in [("evt_8", "refund.failed"), ("evt_9", "charge.refund.updated")] {
                let (body, signature) = stripe_notice(world, id, kind, &refund);
                assert_eq!(brings(world, gateway, &body, &signature).await.0, 200);
            }
            let mut open = failed(world);
            open.sort();
            let words = ["400: Charge has been disputed", "expired_or_canceled_card"].map(|words| ("refund".to_owned(), words.to_owned()));
            assert_eq!(open, words);
            // One is made again, the other was given by hand.
            let calls = read(world, payments::failed_calls);
            let (first, second) = (calls[0].id, calls[1].id);
            write(world, move |tx| payments::settle_call(tx, &staff(), first)).expect("settled");
            write(world, move |tx| payments::repeat_call(tx, &staff(), second)).expect("again");
            make_calls(world.db(), &carrier()).await.expect("made");
            assert_eq!((failed(world), far.refunds()), (vec![], vec![1500, 500]));
        });
    });
}

#[test]
fn a_notice_that_is_lost_is_asked_for() {
    on_both(ROOMS, |world| {
        run(async {
            let (far, gateway) = opened(world).await;
            let (begun, token) = asks(world, "k", 4500);
            leads(world, &token).await.expect("a page");
            world.clock().advance(Duration::from_secs(179));
            assert_eq!(inquire_due(world.db(), &carrier()).await.expect("not yet"), 0);
            world.clock().advance(Duration::from_secs(1));
            assert_eq!(inquire_due(world.db(), &carrier()).await.expect("asked"), 1);
            assert_eq!(payment(world, &begun).state, PaymentState::Pending, "not paid yet");
            far.0.lock().expect("unpoisoned").is_paid = true;
            world.clock().advance(Duration::from_secs(180));
            assert_eq!(inquire_due(world.db(), &carrier()).await.expect("asked again"), 1);
            let (paid, signature) = stripe_notice(world, "evt_2", "payment_intent.succeeded", &intent(&begun, "succeeded", 4500));
            assert_eq!(brings(world, gateway, &paid, &signature).await.0, 200, "the notice comes after all");
            let after = payment(world, &begun);
            assert_eq!((after.state, after.captured.minor, after.reference.as_str()), (PaymentState::Captured, 4500, "pi_1"));
            world.clock().advance(Duration::from_secs(3600));
            inquire_due(world.db(), &carrier()).await.expect("asked no more");
            assert_eq!(read(world, payments::next_asked), None);
        });
    });
}

#[test]
fn what_is_called_off_is_closed_there_too_and_a_late_payment_is_kept() {
    on_both(ROOMS, |world| {
        run(async {
            let (far, gateway) = opened(world).await;
            let (begun, token) = asks(world, "k", 4500);
            leads(world, &token).await.expect("a page");
            let id = begun.id;
            write(world, move |tx| payments::void(tx, &staff(), id)).expect("called off");
            make_calls(world.db(), &carrier()).await.expect("told");
            assert_eq!(far.asked()[1].0, "/v1/checkout/sessions/cs_1/expire");
            let (paid, signature) = stripe_notice(world, "evt_2", "payment_intent.succeeded", &intent(&begun, "succeeded", 4500));
            assert_eq!(brings(world, gateway, &paid, &signature).await.0, 200);
            assert_eq!(payment(world, &begun).captured.minor, 4500, "Stripe has the money");
            // Somebody who never went there has nothing to be closed.
            let (unseen, _) = asks(world, "k2", 100);
            let id = unseen.id;
            write(world, move |tx| payments::void(tx, &staff(), id)).expect("called off");
            assert_eq!(read(world, payments::next_call), None);
        });
    });
}
