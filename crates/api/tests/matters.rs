//! The desk's work, by program: queue, answer, note, assign, resolve.

mod common;

use common::Api;
use conversations::{SaveAccount, Settings};
use kernel::{Actor, Channel};
use serde_json::json;

/// A matter of a customer who can be reached by e-mail; answers matter and account.
fn matter(api: &Api) -> (String, String) {
    api.write(|tx| {
        let system = Actor::system();
        let account = SaveAccount {
            channel: Channel::Email,
            name: "Tienda".into(),
            address: "hola@example.com".into(),
            window_hours: None,
            settings: Settings("{\"password\":\"secret\"}".into()),
            active: true,
        };
        let account = conversations::save_account(tx, &system, account).expect("an account");
        let ana = customers::Recognise {
            identifiers: vec!["email:ana@example.com".parse().expect("an address")],
            name: Some("Ana".into()),
            locale: None,
            channel: Channel::Email,
            verified: true,
        };
        let ana = customers::recognise(tx, &system, ana).expect("a profile").profile;
        conversations::know_address(tx, account, "ana@example.com", ana).expect("known");
        let matter = conversations::open_for(tx, &[ana], ana, Channel::Email, "¿Hay talla M?").expect("a matter");
        (matter.to_string(), account.to_string())
    })
}

#[test]
fn a_matter_is_answered_once_and_resolved() {
    let api = Api::new();
    let (matter, account) = matter(&api);
    let path = format!("/v1/matters/{matter}");
    assert_eq!(api.get("/v1/matters").expect(200)["items"][0]["id"], json!(matter));
    assert_eq!(api.get(&format!("{path}/ways")).expect(200)["items"][0]["address"], "ana@example.com");
    let words = json!({"account": account, "address": "ana@example.com", "text": "Sí, queda una.", "undo_seconds": 10});
    let send = || api.send(api.call("POST", &format!("{path}/replies")).once("r1").json(&words)).expect(201);
    let (first, again) = (send(), send());
    assert_eq!((&first["state"], &first["id"]), (&json!("queued"), &again["id"]));
    let note = api.post(&format!("{path}/notes"), json!({"text": "Llamar por la tarde."})).expect(201);
    assert_eq!(note["direction"], "note");
    let messages = api.get(&format!("{path}/messages")).expect(200);
    assert_eq!(messages["items"].as_array().map(Vec::len), Some(2));
    let before = api.events();
    let nowhere = json!({"account": account, "address": "otra@example.com", "text": "Hola"});
    assert_eq!(api.post(&format!("{path}/replies"), nowhere).refusal(), (409, "conversations.no_address".into()));
    assert_eq!(api.post(&format!("{path}/notes"), json!({"text": " "})).refusal(), (422, "conversations.empty_message".into()));
    assert_eq!(api.events(), before);
    assert_eq!(api.delete(&format!("/v1/messages/{}", first["id"].as_str().expect("an id"))).status, 204);
    assert_eq!(api.post(&format!("{path}/resolution"), json!({})).expect(200)["state"], "resolved");
    assert_eq!(api.get("/v1/matters?view=resolved").expect(200)["items"][0]["id"], json!(matter));
    assert_eq!(api.delete(&format!("{path}/resolution")).status, 204);
    assert_eq!(api.get(&path).expect(200)["state"], "open");
}

#[test]
fn a_matter_is_given_away_and_put_aside() {
    let api = Api::new();
    let (matter, _) = matter(&api);
    let path = format!("/v1/matters/{matter}");
    let owner = "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D";
    assert_eq!(api.put(&format!("{path}/assignment"), json!({"owner": owner, "team": null})).expect(200)["owner"], json!(owner));
    assert_eq!(api.get(&format!("/v1/matters?owner={owner}")).expect(200)["items"][0]["id"], json!(matter));
    let nobody = api.put(&format!("{path}/assignment"), json!({"owner": null, "team": owner}));
    assert_eq!(nobody.refusal(), (404, "conversations.unknown_team".into()));
    let late = api.put(&format!("{path}/snooze"), json!({"until": "2020-01-01T00:00:00Z"}));
    assert_eq!(late.refusal(), (422, "conversations.in_the_past".into()));
    let put = api.put(&format!("{path}/snooze"), json!({"until": "2030-01-01T09:00:00Z"})).expect(200);
    assert_eq!((&put["state"], &put["snoozed_until"]), (&json!("snoozed"), &json!("2030-01-01T09:00:00Z")));
    assert_eq!(api.get("/v1/matters?view=open&owner=01JZ8Q3V5N6W7X8Y9Z0A1B2C3D").refusal(), (422, "api.bad_query".into()));
}

#[test]
fn a_channels_secrets_are_never_told() {
    let api = Api::new();
    matter(&api);
    let channels = api.get("/v1/channels");
    assert_eq!(channels.expect(200)["items"][0]["address"], "hola@example.com");
    assert!(!channels.text.contains("secret"));
}

#[test]
fn saved_replies_are_kept_by_program_and_refuse_what_nothing_fills() {
    let api = Api::new();
    let wrong = json!({"name": "envio", "text_es": "Hola {nombre}"});
    let refused = api.post("/v1/saved-replies", wrong);
    assert_eq!(refused.refusal(), (422, "conversations.unknown_variable".into()));
    assert_eq!(refused.json()["fields"]["known"], "{first_name}, {name}, {order}, {shop}, {collect_code}, {agent}, {brand}");
    let made = api.post("/v1/saved-replies", json!({"name": "Envio", "text_es": "Hola {first_name}"})).expect(201);
    assert_eq!((&made["name"], &made["text_en"]), (&json!("envio"), &json!("")));
    let again = json!({"name": "envio", "text_es": "Otra"});
    assert_eq!(api.post("/v1/saved-replies", again).refusal(), (409, "conversations.saved_reply_name_taken".into()));
    let path = format!("/v1/saved-replies/{}", made["id"].as_str().expect("an id"));
    let changed = api.send(api.call("PUT", &path).json(&json!({"name": "envio", "text_en": "Hello"}))).expect(200);
    assert_eq!((&changed["text_es"], &changed["text_en"]), (&json!(""), &json!("Hello")));
    assert_eq!(api.get("/v1/saved-replies").expect(200)["items"], json!([changed]));
    assert_eq!(api.delete(&path).status, 204);
    assert_eq!(api.get(&path).status, 404);
}

#[test]
fn a_file_is_brought_first_and_goes_with_one_answer() {
    let api = Api::new();
    let (matter, account) = matter(&api);
    let bring = |key: &str, name: &str, bytes: &[u8]| {
        let call = api.call("POST", &format!("/v1/files?name={name}")).once(key);
        api.send(call.body("application/octet-stream", bytes.to_vec()))
    };
    let file = bring("f1", "factura.pdf", b"%PDF-1.7 total").expect(201);
    assert_eq!(
        (&file["kind"], &file["content_type"], &file["name"], &file["size_bytes"]),
        (&json!("document"), &json!("application/pdf"), &json!("factura.pdf"), &json!(14))
    );
    assert_eq!(bring("f1", "factura.pdf", b"%PDF-1.7 total").expect(201)["id"], file["id"]);
    assert_eq!(bring("f2", "x.exe", b"MZ\x90").refusal(), (422, "channels.file_program".into()));
    let path = format!("/v1/matters/{matter}/replies");
    let words = json!({"account": account, "address": "ana@example.com", "text": "Aquí está.", "files": [file["id"]]});
    let send = |key: &str| api.send(api.call("POST", &path).once(key).json(&words));
    let first = send("r1").expect(201);
    assert_eq!(send("r1").expect(201)["id"], first["id"]);
    assert_eq!(send("r2").refusal(), (422, "conversations.unknown_file".into()), "it went with the first");
    let heavy = bring("f3", "largo.bin", &vec![7; 15_000_000]).expect(201);
    let two = bring("f4", "otro.bin", &vec![7; 15_000_000]).expect(201);
    let words = json!({"account": account, "address": "ana@example.com", "text": "Dos", "files": [heavy["id"], two["id"]]});
    assert_eq!(api.send(api.call("POST", &path).once("r3").json(&words)).refusal(), (422, "channels.file_refused".into()));
}

#[test]
fn a_promise_is_made_once_told_kept_and_taken_back() {
    let api = Api::new();
    let (matter, _) = matter(&api);
    let path = format!("/v1/matters/{matter}/promises");
    let told = json!({"text": "Te llamo por la tarjeta 4111 1111 1111 1111", "due_at": "2030-11-23T11:00:00Z", "tell": true});
    let make = || api.send(api.call("POST", &path).once("p1").json(&told)).expect(201);
    let (first, again) = (make(), make());
    assert_eq!((&first["id"], &first["state"]), (&again["id"], &json!("open")));
    assert_eq!(first["text"], "Te llamo por la tarjeta •••• •••• •••• 1111");
    let messages = api.get(&format!("/v1/matters/{matter}/messages")).expect(200);
    assert_eq!(messages["items"].as_array().map(Vec::len), Some(1), "told once");
    let before = api.events();
    let past = json!({"text": "Ayer", "due_at": "2001-01-01T00:00:00Z"});
    assert_eq!(api.post(&path, past).refusal(), (422, "conversations.in_the_past".into()));
    assert_eq!(api.events(), before);
    assert_eq!(api.post(&format!("/v1/matters/{matter}/promise/fulfilment"), json!({})).status, 204);
    api.post(&path, json!({"text": "Y te escribo", "due_at": "2030-11-24T11:00:00Z"})).expect(201);
    assert_eq!(api.delete(&format!("/v1/matters/{matter}/promise")).status, 204);
    let all = api.get(&path).expect(200);
    let mut states: Vec<_> =
        all["items"].as_array().expect("items").iter().map(|one| (one["text"].as_str(), one["state"].as_str())).collect();
    states.sort_unstable();
    assert_eq!(states, [(first["text"].as_str(), Some("kept")), (Some("Y te escribo"), Some("withdrawn"))]);
    assert_eq!(api.get("/v1/matters/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D/promises").status, 404);
}
