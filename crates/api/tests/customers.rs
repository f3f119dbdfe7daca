//! People: recognised, joined, separated, undone.

mod common;

use common::Api;
use serde_json::{Value, json};
use std::time::Duration;

fn profile(api: &Api, email: &str, name: &str) -> Value {
    let body = json!({"identifiers": [{"kind": "email", "value": email}], "name": name, "verified": true});
    api.post("/v1/profiles", body).expect(200)
}

fn id(value: &Value) -> &str {
    value.as_str().expect("an id")
}

#[test]
fn a_person_is_found_by_what_is_known_of_them() {
    let api = Api::new();
    let ana = profile(&api, "Ana@Example.com", "Ana Ruiz");
    assert_eq!(ana["is_new"], true);
    assert_eq!(profile(&api, "ana@example.com", "Ana")["profile"], ana["profile"]);
    let found = api.get("/v1/customers?text=ruiz").expect(200);
    assert_eq!(found["items"][0]["name"], "Ana Ruiz");
    assert_eq!(found["items"][0]["email"], "Ana@Example.com");
    let person = api.get(&format!("/v1/customers/{}", id(&ana["person"]))).expect(200);
    assert_eq!(person["identifiers"][0]["value"], "ana@example.com");
    let timeline = api.get(&format!("/v1/customers/{}/timeline?limit=1", id(&ana["person"]))).expect(200);
    let next = timeline["next_cursor"].as_str().expect("there is more");
    let rest = api.get(&format!("/v1/customers/{}/timeline?cursor={next}", id(&ana["person"]))).expect(200);
    let kinds = [&timeline["items"][0]["kind"], &rest["items"][0]["kind"]];
    assert!(kinds.contains(&&json!("customer.created")), "{kinds:?}");
    let before = api.events();
    let wrong = api.post("/v1/profiles", json!({"identifiers": [{"kind": "phone", "value": "x"}]}));
    assert_eq!(wrong.refusal(), (422, "customers.invalid_identifier".into()));
    assert_eq!(api.get("/v1/customers/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D").refusal(), (404, "not_found".into()));
    assert_eq!(api.events(), before);
}

#[test]
fn a_join_and_a_separation_are_claims_that_can_be_undone() {
    let api = Api::new();
    let a = profile(&api, "ana@example.com", "Ana Ruiz");
    api.world.clock().advance(Duration::from_secs(1));
    let b = profile(&api, "ana.ruiz@example.org", "Ana");
    let pair = json!({"profile_a": a["profile"], "profile_b": b["profile"], "reason": "she said so"});
    let joined = api.post("/v1/customers/joins", pair.clone()).expect(201);
    assert_eq!(joined["person"], a["person"], "the older one gives its name");
    assert_eq!(api.get(&format!("/v1/customers/{}", id(&b["person"]))).expect(200)["id"], a["person"], "an old id leads on");
    let separated = api.post("/v1/customers/separations", pair.clone()).expect(201);
    assert_eq!((&separated["person_a"], &separated["person_b"]), (&a["person"], &b["person"]));
    assert_eq!(separated["set_aside"], json!([joined["claim"]]));
    let again = json!({"profile_a": a["profile"], "profile_b": b["profile"], "reason": "no, really"});
    let kept = api.post("/v1/customers/joins", again);
    assert_eq!(kept.refusal(), (409, "customers.kept_apart".into()));
    assert_eq!(api.delete(&format!("/v1/customers/claims/{}", id(&separated["claim"]))).status, 204);
    assert_eq!(api.get(&format!("/v1/customers/{}", id(&b["person"]))).expect(200)["id"], a["person"]);
    let claims = api.get(&format!("/v1/customers/{}/claims", id(&a["person"]))).expect(200);
    assert_eq!(claims["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(api.delete("/v1/customers/claims/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D").refusal(), (404, "customers.unknown_claim".into()));
}

#[test]
fn a_profile_is_changed_and_consents_are_kept() {
    let api = Api::new();
    let ana = profile(&api, "ana@example.com", "Ana");
    let path = format!("/v1/profiles/{}", id(&ana["profile"]));
    assert_eq!(api.patch(&path, json!({"given_name": "Ana", "postcode": "28013"})).expect(200)["postcode"], "28013");
    assert_eq!(api.patch(&path, json!({"postcode": "x".repeat(17)})).refusal(), (422, "customers.too_long".into()));
    assert_eq!(api.get(&path).expect(200)["postcode"], "28013");
    let added = api.post(&format!("{path}/identifiers"), json!({"kind": "phone", "value": "612 34 56 78"})).expect(200);
    assert_eq!(added, json!({"outcome": "added", "person": null}));
    let consent = json!({"purpose": "marketing", "channel": "email", "state": "granted", "evidence": "asked"});
    assert_eq!(api.put(&format!("{path}/consent"), consent).expect(200)["state"], "granted");
    let person = api.get(&format!("/v1/customers/{}", id(&ana["person"]))).expect(200);
    assert_eq!(person["consents"][0]["purpose"], "marketing");
    assert_eq!(person["identifiers"][1]["value"], "+34612345678");
}

#[test]
fn a_list_is_seen_brought_in_known_again_and_taken_back() {
    let api = Api::new();
    let list = "\u{feff}id;nombre;apellidos;correo;población\n1;Ana;Ruiz;ana@x.es;Lugo\n2;Ben;Sol;ben@x.es;Vigo\n";
    let send = |path: &str, file: &'static str| api.send(api.call("POST", path).body("text/csv", file));
    let seen = send("/v1/customer-imports/preview?name=Fair", list).expect(200);
    assert_eq!((&seen["encoding"], &seen["separator"], &seen["created"]), (&json!("utf-8"), &json!(";"), &json!(2)));
    let targets: Vec<_> = seen["columns"].as_array().expect("columns").iter().map(|c| c["target"].clone()).collect();
    assert_eq!(json!(targets), json!(["external_id", "given_name", "family_name", "email", "place"]));
    assert_eq!(seen["shown"][0]["fields"][2], json!({"kind": "place", "value": "Lugo"}));
    let by_hand = "/v1/customer-imports/preview?name=Fair&columns=external_id,full_name,skip,email,skip";
    let by_hand = send(by_hand, list).expect(200);
    assert_eq!(by_hand["shown"][0]["fields"], json!([{"kind": "full_name", "value": "Ana"}, {"kind": "email", "value": "ana@x.es"}]));
    assert_eq!(send("/v1/customer-imports/preview?name=Fair&columns=skip,nose", list).refusal(), (422, "customers.bad_mapping".into()));
    assert_eq!(send("/v1/customer-imports/preview", list).refusal(), (422, "customers.bad_import_name".into()));
    let wrong = send("/v1/customer-imports?name=Fair", "id,name\n1,Ana\n1,Ben\n");
    assert_eq!(wrong.refusal(), (422, "customers.import_problems".into()));
    let begun = send("/v1/customer-imports?name=Fair&file_name=fair.csv", list).expect(201);
    assert_eq!((&begun["state"], &begun["total"]), (&json!("running"), &json!(2)));
    api.world.run_timers(customers::TIMERS);
    let path = format!("/v1/customer-imports/{}", id(&begun["id"]));
    assert_eq!(api.get(&path).expect(200)["created"], 2);
    let ana = api.get("/v1/customers?text=ana@x.es").expect(200)["items"][0]["id"].clone();
    let record = api.get(&format!("/v1/customers/{}/record", id(&ana))).expect(200);
    let family = &record["items"][1];
    assert_eq!(
        (&family["best"]["value"], &family["best"]["source"], &family["why"]),
        (&json!("Ruiz"), &json!("import:Fair"), &json!("only"))
    );
    assert_eq!(send("/v1/customer-imports/preview?name=Fair", list).expect(200)["unchanged"], 2);
    let said =
        api.put(&format!("/v1/profiles/{}/fields", id(&ana)), json!({"fields": [{"kind": "place", "value": "Ourense"}], "source": "ERP"}));
    assert_eq!(said.expect(200)["items"][0]["value"], "Ourense");
    let lines = api.get(&format!("{path}/lines?outcome=created")).expect(200);
    assert_eq!(lines["items"][0]["profile"], ana);
    assert_eq!(api.post(&format!("{path}/withdrawal"), json!({})).expect(200)["state"], "undoing");
    api.world.run_timers(customers::TIMERS);
    let undone = api.get(&path).expect(200);
    assert_eq!((&undone["state"], &undone["taken_back"], &undone["kept"]), (&json!("undone"), &json!(1), &json!(1)));
    let kept = api.get(&format!("{path}/lines?outcome=kept")).expect(200);
    assert_eq!(kept["items"], json!([{"line": 2, "outcome": "kept", "profile": ana, "why": "customer.fields_changed"}]));
    assert_eq!(api.get("/v1/customers").expect(200)["items"][0]["id"], ana);
    assert_eq!(api.get("/v1/customer-imports").expect(200)["items"][0]["id"], begun["id"]);
    assert_eq!(api.post(&format!("{path}/withdrawal"), json!({})).refusal(), (409, "customers.import_already_undone".into()));
}

#[test]
fn the_contact_policy_says_why_for_each_channel() {
    let api = Api::new();
    let ana = profile(&api, "ana@example.com", "Ana");
    let (person, path) = (id(&ana["person"]), format!("/v1/profiles/{}", id(&ana["profile"])));
    api.world
        .db()
        .write("account", |tx| {
            let settings = conversations::Settings::default();
            let (channel, name, address) = (kernel::Channel::Email, "Correo".into(), "hola@marca.test".into());
            let cmd = conversations::SaveAccount { channel, name, address, window_hours: None, settings, active: true };
            conversations::save_account(tx, &kernel::Actor::system(), cmd)
        })
        .wait()
        .expect("connected");
    let ask = |purpose: &str| api.get(&format!("/v1/customers/{person}/contact-policy?purpose={purpose}")).expect(200);
    let marketing = ask("marketing");
    assert_eq!((&marketing["outcome"], &marketing["reasons"][0]["code"]), (&json!("hold"), &json!("never_asked")));
    let consent = json!({"purpose": "marketing", "channel": "email", "state": "granted", "evidence": "asked"});
    api.put(&format!("{path}/consent"), consent).expect(200);
    assert_eq!(
        ask("marketing"),
        json!({"outcome": "send", "channel": "email", "address": "ana@example.com", "until": null, "time_zone": "Europe/Madrid",
            "reasons": [{"channel": "email", "verdict": "chosen", "code": "reachable", "es": "está abierto; no prefiere otro que lo esté",
                "en": "it is open, and they prefer no other that is"}]})
    );
    let notice = json!({"purpose": "marketing", "subject": "Rebajas", "text": "Empiezan hoy"});
    let sent = api.post(&format!("/v1/customers/{person}/notices"), notice.clone()).expect(200);
    assert_eq!((&sent["outcome"], &sent["policy"]["channel"]), (&json!("queued"), &json!("email")));
    let empty = json!({"purpose": "marketing", "subject": "", "text": " "});
    assert_eq!(api.post(&format!("/v1/customers/{person}/notices"), empty).refusal(), (422, "customers.bad_notice".into()));
    let quiet = json!({"from": "09:00", "until": "13:30", "time_zone": "Europe/Madrid"});
    assert_eq!(api.put(&format!("{path}/quiet-hours"), quiet.clone()).expect(200), quiet);
    let waits = ask("service");
    assert_eq!((&waits["outcome"], &waits["until"]), (&json!("wait"), &json!("2026-06-01T11:30:00Z")));
    let later = api.post(&format!("/v1/customers/{person}/notices"), notice).expect(200);
    assert_eq!((&later["outcome"], &later["policy"]["until"]), (&json!("waiting"), &json!("2026-06-01T11:30:00Z")));
    let urgent = api.get(&format!("/v1/customers/{person}/contact-policy?purpose=service&urgency=urgent")).expect(200);
    assert_eq!(urgent["outcome"], "send");
    let bad = json!({"from": "9", "until": "13:30"});
    assert_eq!(api.put(&format!("{path}/quiet-hours"), bad).refusal(), (422, "customers.bad_hours".into()));
    let rule = json!({"quiet_hours": {"from": "21:00", "until": "09:00", "time_zone": "Europe/Paris"}, "most": 1, "days": 14});
    assert_eq!(api.put("/v1/contact-rule", rule.clone()).expect(200), rule);
    assert_eq!(api.get("/v1/contact-rule").expect(200), rule);
    let history = api.get(&format!("/v1/customers/{person}/consents")).expect(200);
    assert_eq!((&history["items"][0]["evidence"], &history["items"][0]["source"]), (&json!("asked"), &json!("api")));
}

#[test]
fn a_record_says_who_opened_it_and_hides_from_a_small_key_what_is_guarded() {
    let api = Api::new();
    let ana = profile(&api, "ana@example.com", "Ana");
    let (person, path) = (id(&ana["person"]).to_owned(), format!("/v1/profiles/{}", id(&ana["profile"])));
    api.patch(&path, json!({"note": "VIP"})).expect(200);
    api.put(&format!("{path}/consent"), json!({"purpose": "reviews", "channel": "email", "state": "refused", "evidence": ""})).expect(200);
    let small = api.key_with(&[kernel::Permission::ViewCustomers]);
    for _ in 0..2 {
        let seen = api.send(Api::call_as(Some(&small), "GET", &format!("/v1/customers/{person}"))).json();
        assert_eq!((&seen["profiles"][0]["note"], &seen["consents"]), (&json!("••••"), &json!([])));
    }
    assert_eq!(api.get(&format!("/v1/customers/{person}")).expect(200)["profiles"][0]["note"], "VIP");
    let accesses = api.get(&format!("/v1/customers/{person}/accesses")).expect(200);
    assert_eq!(accesses["items"].as_array().map(Vec::len), Some(2), "one for each key: {accesses}");
    assert_eq!(accesses["items"][0]["door"], "api");
}

#[test]
fn a_person_is_taken_out_and_erased() {
    let api = Api::new();
    let ana = profile(&api, "ana@example.com", "Ana Ruiz");
    let person = id(&ana["person"]);
    let all = api.get(&format!("/v1/customers/{person}/export")).expect(200);
    assert_eq!(all["customer"]["person"]["name"]["text"], "Ana Ruiz");
    let report = api.post(&format!("/v1/customers/{person}/erasure"), json!({})).expect(200);
    assert_eq!(report["erased"][0], json!({"what": "profiles", "count": 1}));
    assert_eq!(api.get("/v1/customers?text=ruiz").expect(200)["items"], json!([]));
    assert_eq!(api.get(&format!("/v1/customers/{person}")).expect(200)["name"], "");
    let nobody = api.post("/v1/customers/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D/erasure", json!({}));
    assert_eq!(nobody.refusal(), (404, "customers.unknown_person".into()));
}
