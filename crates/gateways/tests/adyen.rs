//! Adyen: items signed one by one, captured at once or later as the payment says.
mod common;

use base64::{Engine, engine::general_purpose::STANDARD};
use common::*;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use kernel::testing::{World, on_both};
use payments::{GatewayId, PaymentState, Provider};
use serde_json::{Value, json};

/// Of the official Python library's tests (MIT).
const KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

fn gateway(world: &World) -> GatewayId {
    opens(world, Provider::Adyen, &[("merchant_account", "TestMerchant")], &[("api_key", "AQE"), ("hmac_key", KEY)])
}

fn published() -> Value {
    json!({ "pspReference": "7914073381342284", "merchantReference": "TestPayment-1407325143704", "merchantAccountCode": "TestMerchant",
        "amount": { "currency": "EUR", "value": 1130 }, "eventCode": "AUTHORISATION", "success": "true",
        "eventDate": "2019-05-06T17:15:34.121+02:00", "operations": ["CANCEL", "CAPTURE", "REFUND"], "paymentMethod": "visa",
        "additionalData": { "hmacSignature": "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=" } })
}

fn notice(items: &[Value]) -> String {
    let items: Vec<Value> = items.iter().map(|item| json!({ "NotificationRequestItem": item })).collect();
    json!({ "live": "false", "notificationItems": items }).to_string()
}

fn signed(reference: &str, payment: &str, minor: i64, event: &str, success: &str) -> Value {
    let text = format!("{reference}::TestMerchant:{payment}:{minor}:EUR:{event}:{success}");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&hex::decode(KEY).expect("hex")).expect("any length");
    mac.update(text.as_bytes());
    json!({ "pspReference": reference, "merchantReference": payment, "merchantAccountCode": "TestMerchant", "amount": { "currency": "EUR", "value": minor },
        "eventCode": event, "success": success, "reason": "Refused",
        "additionalData": { "hmacSignature": STANDARD.encode(mac.finalize().into_bytes()) } })
}

#[test]
fn the_published_notice_is_believed_and_no_other() {
    on_both(ROOMS, |world| {
        run(async {
            let gateway = gateway(world);
            assert_eq!(
                brings(world, gateway, &notice(&[published()]), "").await,
                (200, "[accepted]".into()),
                "of somebody else, and heard"
            );
            for (name, value) in [
                ("pspReference", json!("7914073381342285")),
                ("merchantReference", json!("TestPayment-1407325143705")),
                ("merchantAccountCode", json!("OtherMerchant")),
                ("amount", json!({ "currency": "EUR", "value": 1131 })),
                ("amount", json!({ "currency": "USD", "value": 1130 })),
                ("eventCode", json!("CAPTURE")),
                ("success", json!("false")),
                ("additionalData", json!({ "hmacSignature": "doqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=" })),
                ("additionalData", json!({})),
            ] {
                let mut changed = published();
                changed[name] = value;
                assert_eq!(brings(world, gateway, &notice(&[published(), changed]), "").await.0, 401, "{name}");
            }
            assert_eq!(brings(world, gateway, "{}", "").await.0, 422);
        });
    });
}

#[test]
fn an_authorisation_pays_once_and_a_wrong_item_beside_it_holds_it_back() {
    on_both(ROOMS, |world| {
        run(async {
            let gateway = gateway(world);
            let (begun, _) = asks(world, "k", 4500);
            let id = begun.id.to_string();
            let refused = signed("P1", &id, 4500, "AUTHORISATION", "false");
            assert_eq!(brings(world, gateway, &notice(&[refused]), "").await.0, 200);
            assert_eq!(payment(world, &begun).state, PaymentState::Failed);
            let paid = signed("P2", &id, 4500, "AUTHORISATION", "true");
            let mut forged = paid.clone();
            forged["pspReference"] = "P3".into();
            assert_eq!(brings(world, gateway, &notice(&[paid.clone(), forged]), "").await.0, 401);
            assert_eq!(payment(world, &begun).state, PaymentState::Failed, "all of a notice or nothing");
            for _ in 0..2 {
                assert_eq!(brings(world, gateway, &notice(std::slice::from_ref(&paid)), "").await.0, 200);
            }
            let after = payment(world, &begun);
            assert_eq!((after.state, after.captured.minor, after.reference.as_str()), (PaymentState::Captured, 4500, "P2"));
        });
    });
}
