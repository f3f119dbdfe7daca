//! What holds for every route: problems, pages, entity tags, bounds.

mod common;

use common::Api;
use serde_json::json;

#[test]
fn every_refusal_is_a_problem() {
    let api = Api::new();
    let before = api.events();
    assert_eq!(api.get("/v1/nothing").refusal(), (404, "not_found".into()));
    assert_eq!(api.get("/elsewhere").refusal(), (404, "not_found".into()));
    assert_eq!(api.get("/v1/products/%00").refusal(), (404, "not_found".into()));
    assert_eq!(api.get("/v1/products/%ff").refusal(), (404, "not_found".into()));
    assert_eq!(api.get("/v1/staff/not-an-id").refusal(), (404, "not_found".into()));
    let wrong_method = api.delete("/v1/products");
    assert_eq!(wrong_method.refusal(), (405, "api.method_not_allowed".into()));
    assert!(wrong_method.header("allow").contains("GET"));
    assert_eq!(api.get("/v1/products?limit=0").refusal(), (422, "api.bad_query".into()));
    assert_eq!(api.get("/v1/products?limit=101").refusal(), (422, "api.bad_query".into()));
    assert_eq!(api.get("/v1/products?status=sold").refusal(), (422, "api.bad_query".into()));
    assert_eq!(api.get("/v1/products?text=%00").refusal(), (422, "api.bad_query".into()));
    assert_eq!(api.get("/v1/products?cursor=!").refusal(), (422, "api.bad_cursor".into()));
    assert_eq!(api.get("/v1/products?cursor=bm8").refusal(), (422, "catalogue.bad_cursor".into()));
    assert_eq!(api.get("/v1/matters?cursor=bm8").refusal(), (422, "api.bad_cursor".into()));
    let post = |kind: &str, body: &str| api.send(api.call("POST", "/v1/products").body(kind, body.to_owned())).refusal();
    assert_eq!(post("application/json", "{"), (422, "api.bad_json".into()));
    assert_eq!(post("application/json", "{\"title\":{\"es\":\"\\u0000\"}}"), (422, "api.bad_json".into()));
    assert_eq!(
        post("application/json", "{\"title\":{\"es\":\"a\"},\"colour\":1}"),
        (422, "api.bad_json".into()),
        "unknown names are refused"
    );
    assert_eq!(post("text/plain", "{\"title\":{}}"), (415, "api.not_json".into()));
    assert_eq!(post("application/json", &format!("\"{}\"", "x".repeat(1024 * 1024))), (413, "api.too_large".into()));
    assert_eq!(api.events(), before);
}

#[test]
fn a_request_is_named_by_its_caller_or_by_us() {
    let api = Api::new();
    let named = api.send(api.call("GET", "/v1/nothing").header("x-request-id", "mine-1"));
    assert_eq!((named.header("x-request-id"), named.json()["request_id"].as_str()), ("mine-1", Some("mine-1")));
    let unnamed = api.send(api.call("GET", "/v1/nothing").header("x-request-id", "not plain"));
    assert_eq!(unnamed.header("x-request-id").len(), 32);
}

#[test]
fn what_is_held_already_is_not_sent_again() {
    let api = Api::new();
    let first = api.get("/v1/products");
    let tag = first.header("etag").to_owned();
    let second = api.send(api.call("GET", "/v1/products").header("if-none-match", &tag));
    assert_eq!((second.status.as_u16(), second.text.as_str(), second.header("etag")), (304, "", tag.as_str()));
    api.post("/v1/products", json!({"title": {"es": "Camisa"}})).expect(201);
    let third = api.send(api.call("GET", "/v1/products").header("if-none-match", &tag));
    assert_eq!(third.expect(200)["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_list_is_walked_by_its_cursor() {
    let api = Api::new();
    for name in ["Ana", "Berta", "Carla"] {
        let body = json!({"email": format!("{name}@example.com"), "name": name, "password": "una frase corta", "roles": ["agent"]});
        api.post("/v1/staff", body).expect(201);
    }
    let mut names = Vec::new();
    let mut path = "/v1/staff?limit=2".to_owned();
    loop {
        let page = api.get(&path).expect(200);
        names.push(
            page["items"].as_array().expect("items").iter().map(|s| s["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>(),
        );
        let Some(next) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/staff?limit=2&cursor={next}");
    }
    assert_eq!(names, [vec!["Ana", "Berta"], vec!["Carla"]]);
}

#[test]
fn the_contract_is_there_for_anybody() {
    let api = Api::new();
    let answer = api.send(Api::call_as(None, "GET", "/v1/openapi.json"));
    assert_eq!(answer.text, api::openapi());
}
