//! Redsys: a signed form there, a signed notice back, and what nobody can tell is never told twice.
mod common;

use axum::Router;
use axum::routing::post;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use common::*;
use gateways::Way;
use gateways::runtime::make_calls;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use kernel::testing::on_both;
use payments::{PaymentState, Provider};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const KEY: &str = "sq7HjrUOBfKmC576ILgskD5srU870gJ7";

fn settings(base: &str) -> Vec<(&str, &str)> {
    vec![("merchant_code", "999008881"), ("terminal", "1"), ("bizum", "yes"), ("base", base)]
}

/// Signed as the bank signs, by the published rule.
fn signed(order: &str, told: &Value) -> (String, String) {
    use aes::cipher::block_padding::Pkcs7;
    use aes::cipher::{BlockModeEncrypt, KeyIvInit};
    let key: [u8; 16] = KEY.as_bytes()[..16].try_into().expect("16 bytes");
    let of_order = cbc::Encryptor::<aes::Aes128>::new(&key.into(), &[0; 16].into()).encrypt_padded_vec::<Pkcs7>(order.as_bytes());
    let parameters = URL_SAFE_NO_PAD.encode(told.to_string());
    let mut mac = Hmac::<sha2::Sha512>::new_from_slice(STANDARD.encode(of_order).as_bytes()).expect("any length");
    mac.update(parameters.as_bytes());
    (parameters, URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn notice(order: &str, told: &Value) -> String {
    let (parameters, signature) = signed(order, told);
    let fields = [("Ds_SignatureVersion", "HMAC_SHA512_V2"), ("Ds_MerchantParameters", &parameters), ("Ds_Signature", &signature)];
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn told(order: &str, payment: &payments::Payment, response: &str) -> Value {
    json!({ "Ds_Order": order, "Ds_Amount": payment.amount.minor.to_string(), "Ds_Currency": "978", "Ds_Response": response, "Ds_TransactionType": "0",
        "Ds_MerchantCode": "999008881", "Ds_Terminal": "001", "Ds_MerchantData": payment.id, "Ds_ProcessedPayMethod": "68" })
}

fn parameters(fields: &[(&'static str, String)]) -> Value {
    let fields: BTreeMap<_, _> = fields.iter().cloned().collect();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(&fields["Ds_MerchantParameters"]).expect("base64")).expect("JSON")
}

#[test]
fn each_try_has_its_own_order_and_bizum_is_said_so() {
    on_both(ROOMS, |world| {
        run(async {
            let gateway = opens(world, Provider::Redsys, &settings(""), &[("key", KEY)]);
            let (begun, token) = asks(world, "k", 4500);
            let [(Way::Card, card), (Way::Bizum, bizum)] = &offers(world, &token).await[..] else { panic!("two ways") };
            assert_eq!(card.action, "https://sis-t.redsys.es:25443/sis/realizarPago", "the test bank, until somebody says otherwise");
            let (card, bizum) = (parameters(&card.fields), parameters(&bizum.fields));
            let said = |name: &str| bizum[name].as_str().unwrap_or_default();
            assert_eq!((said("DS_MERCHANT_AMOUNT"), said("DS_MERCHANT_CURRENCY"), said("DS_MERCHANT_PAYMETHODS")), ("4500", "978", "z"));
            assert_eq!(said("DS_MERCHANT_MERCHANTURL"), format!("https://marca.test/gateways/{gateway}"));
            assert_eq!(card["DS_MERCHANT_PAYMETHODS"], "C");
            let order = said("DS_MERCHANT_ORDER").to_owned();
            assert!(order.len() == 12 && order[..4].bytes().all(|byte| byte.is_ascii_digit()), "{order}");
            assert_ne!(card["DS_MERCHANT_ORDER"], bizum["DS_MERCHANT_ORDER"]);
            world.clock().advance(Duration::from_millis(1));
            let again = offers(world, &token).await;
            let second = parameters(&again[0].1.fields)["DS_MERCHANT_ORDER"].as_str().expect("an order").to_owned();
            assert_ne!(card["DS_MERCHANT_ORDER"], second.as_str(), "Redsys takes no order twice");

            // Declined by Bizum, paid by card; the notice comes twice, and one that is not the bank's changes nothing.
            let declined = notice(&order, &told(&order, &begun, "0190"));
            assert_eq!(brings(world, gateway, &declined, "").await.0, 200);
            let after = payment(world, &begun);
            assert_eq!((after.state, after.failure.as_deref()), (PaymentState::Failed, Some("Ds_Response 0190")));
            let forged = {
                let (_, signature) = signed(&second, &told(&second, &begun, "0000"));
                let cheaper = URL_SAFE_NO_PAD
                    .encode(json!({ "Ds_Order": second, "Ds_Amount": "1", "Ds_Currency": "978", "Ds_Response": "0000" }).to_string());
                let fields = [("Ds_SignatureVersion", "HMAC_SHA512_V2"), ("Ds_MerchantParameters", &cheaper), ("Ds_Signature", &signature)];
                form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
            };
            assert_eq!(brings(world, gateway, &forged, "").await.0, 401);
            let mut others = told(&second, &begun, "0000");
            others["Ds_MerchantCode"] = "111111111".into();
            assert_eq!(brings(world, gateway, &notice(&second, &others), "").await.0, 401, "another shop of the same bank");
            assert_eq!(payment(world, &begun).state, PaymentState::Failed);
            let paid = notice(&second, &told(&second, &begun, "0000"));
            for _ in 0..2 {
                assert_eq!(brings(world, gateway, &paid, "").await.0, 200);
            }
            let after = payment(world, &begun);
            assert_eq!((after.state, after.captured.minor, after.reference), (PaymentState::Captured, 4500, second));
            assert_eq!(brings(world, gateway, "x=1", "").await.0, 422);
        });
    });
}

#[test]
fn a_refund_that_nobody_can_tell_of_is_asked_once_and_then_staffs() {
    on_both(ROOMS, |world| {
        run(async {
            let asked = Arc::new(AtomicUsize::new(0));
            let count = asked.clone();
            let answers = move |axum::Json(said): axum::Json<Value>| {
                let nth = count.fetch_add(1, Ordering::SeqCst);
                async move {
                    let raw = URL_SAFE_NO_PAD.decode(said["Ds_MerchantParameters"].as_str().expect("parameters")).expect("base64");
                    let said: Value = serde_json::from_slice(&raw).expect("JSON");
                    assert_eq!(
                        (said["DS_MERCHANT_TRANSACTIONTYPE"].as_str(), said["DS_MERCHANT_AMOUNT"].as_str()),
                        (Some("3"), Some("1000"))
                    );
                    let order = said["DS_MERCHANT_ORDER"].as_str().expect("an order").to_owned();
                    let answer = json!({ "Ds_Order": order, "Ds_Amount": "1000", "Ds_Currency": "978", "Ds_Response": "0900", "Ds_TransactionType": "3" });
                    let (parameters, signature) = signed(&order, &answer);
                    match nth {
                        0 => axum::Json(
                            json!({ "Ds_SignatureVersion": "HMAC_SHA512_V2", "Ds_MerchantParameters": parameters, "Ds_Signature": signature }),
                        ),
                        1 => axum::Json(json!({ "errorCode": "SIS0057" })),
                        _ => axum::Json(json!("a page of the proxy's")),
                    }
                }
            };
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let base = format!("http://{}", listener.local_addr().expect("an address"));
            let router = Router::new().route("/sis/rest/trataPeticionREST", post(answers));
            tokio::spawn(async move { axum::serve(listener, router).await });
            let gateway = opens(world, Provider::Redsys, &settings(&base), &[("key", KEY)]);
            let (begun, token) = asks(world, "k", 4500);
            offers(world, &token).await;
            brings(world, gateway, &notice("0001ABCDEFGH", &told("0001ABCDEFGH", &begun, "0000")), "").await;
            for key in ["r1", "r2", "r3"] {
                gives_back(world, key, &begun, 1000);
            }
            assert_eq!(make_calls(world.db(), &carrier()).await.expect("made"), 3);
            let mut words = failed(world).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
            words.sort_unstable();
            assert_eq!(words, ["SIS0057", "nobody can tell whether it was done: look at the bank's page first"]);
            // The program dies with a call in hand: whoever takes it up does not make it again.
            gives_back(world, "r4", &begun, 1000);
            write(world, |tx| payments::take_calls(tx, 10)).expect("taken, and then nothing");
            world.clock().advance(Duration::from_secs(120));
            assert_eq!(make_calls(world.db(), &carrier()).await.expect("taken up"), 1);
            assert_eq!((asked.load(Ordering::SeqCst), failed(world).len()), (3, 3));
        });
    });
}
