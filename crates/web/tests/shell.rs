//! The shell around a small router: tokens, languages, problem pages, headers, assets.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode},
    routing::{get, post},
};
use kernel::{Fault, SystemClock};
use std::sync::Arc;
use tower::ServiceExt;
use web::{Answer, Flash, Form, Page, Shell, Trouble, assets, look};

fn app() -> Router {
    let faces = Router::new()
        .merge(look::routes())
        .route("/token", get(|page: Page| async move { page.csrf }))
        .route(
            "/things",
            post(|page: Page, form: Form| async move { page.go_saying("/things/1", &Flash::ok("saved").with(form.value("name"))) }),
        )
        .route("/broken", get(|| async { Answer::Err(Trouble::from(Fault::data("a secret detail"))) }))
        .route(
            "/panics",
            get(|| async {
                if true {
                    panic!("on purpose")
                }
            }),
        )
        .route("/desk/things", get(|| async { Answer::Err(Trouble::sign_in()) }));
    Shell { brand: "Ría".into(), secret: [7; 32], secure: true, clock: Arc::new(SystemClock) }.wrap(faces)
}

async fn ask(request: Request<Body>) -> (StatusCode, Response<()>, String) {
    let (parts, body) = app().oneshot(request).await.expect("the router never fails").into_parts();
    let text = String::from_utf8_lossy(&to_bytes(body, 1 << 20).await.expect("body")).into_owned();
    (parts.status, Response::from_parts(parts, ()), text)
}

fn get_with(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    headers.iter().fold(Request::get(path), |builder, (name, value)| builder.header(*name, *value)).body(Body::empty()).expect("a request")
}

const VISIT: (&str, &str) = ("cookie", "hilo_visit=0123456789abcdefghijkl");

#[tokio::test]
async fn a_form_with_this_browsers_token_is_accepted_and_any_other_refused() {
    let (_, _, token) = ask(get_with("/token", &[VISIT])).await;
    let send = |token: &str, cookie: &str| {
        let body = format!("name=Camisa&csrf={token}");
        Request::post("/things")
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request")
    };
    let (status, response, _) = ask(send(&token, VISIT.1)).await;
    assert_eq!((status, response.headers()["location"].as_bytes()), (StatusCode::SEE_OTHER, "/things/1".as_bytes()));
    assert!(response.headers()["set-cookie"].to_str().expect("text").starts_with("hilo_flash="));
    for (token, cookie) in [
        ("", VISIT.1),
        ("x", VISIT.1),
        (&token, "hilo_visit=another89abcdefghijkl0"),
        (&token, "hilo_visit=0123456789abcdefghijkl; hilo_staff=s"),
    ] {
        let (status, _, page) = ask(send(token, cookie)).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(page.contains("no se ha cambiado nada"), "{page}");
    }
}

#[tokio::test]
async fn problems_are_told_in_the_readers_language_and_give_nothing_away() {
    let (status, _, page) = ask(get_with("/nowhere", &[("accept-language", "en-GB")])).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("This thread leads nowhere") && page.contains("<html lang=\"en\""));
    let (status, _, page) = ask(get_with("/broken", &[])).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("Se nos ha enredado algo") && !page.contains("secret"));
    let (status, _, page) = ask(get_with("/panics", &[])).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("Se nos ha enredado algo") && !page.contains("purpose"));
    let (status, _, _) = ask(Request::post("/token").header("x-csrf-token", "x").body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_partial_request_gets_a_toast_not_a_page() {
    let (status, response, html) = ask(get_with("/broken", &[("hx-request", "true"), ("hx-request-type", "partial")])).await;
    assert_eq!((status, response.headers()["hx-retarget"].as_bytes()), (StatusCode::INTERNAL_SERVER_ERROR, "#toasts".as_bytes()));
    assert!(html.starts_with("<div class=\"toast bad\"") && !html.contains("<html"), "{html}");
}

#[tokio::test]
async fn staff_pages_lead_to_the_sign_in() {
    let (status, response, _) = ask(get_with("/desk/things", &[])).await;
    assert_eq!((status, response.headers()["location"].as_bytes()), (StatusCode::SEE_OTHER, "/sign-in?next=/desk/things".as_bytes()));
}

#[tokio::test]
async fn choices_are_remembered_and_every_answer_is_guarded() {
    let (_, response, page) = ask(get_with("/look/storefront?lang=en&theme=dark", &[VISIT])).await;
    assert!(page.contains("<html lang=\"en\" data-theme=\"dark\">"));
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
    assert_eq!(
        cookies,
        [
            "hilo_lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure",
            "hilo_theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure",
        ]
    );
    let policy = response.headers()["content-security-policy"].to_str().expect("text");
    assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'self'") && !policy.contains("unsafe"));
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    let (_, _, page) = ask(get_with("/look", &[VISIT, ("cookie", "hilo_lang=xx")])).await;
    assert!(page.contains("<html lang=\"es\" data-theme=\"auto\">"));
}

#[tokio::test]
async fn every_page_of_the_guide_is_shown() {
    for path in ["/look", "/look/storefront", "/look/desk", "/look/till", "/look/studio"] {
        for language in ["es", "en"] {
            let (status, _, page) = ask(get_with(&format!("{path}?lang={language}"), &[])).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(page.contains("id=\"main\"") && page.contains("class=\"skip\""), "{path}");
        }
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_small_on_the_wire() {
    let url = assets::url("style.css");
    let (status, response, _) = ask(get_with(url, &[("accept-encoding", "gzip")])).await;
    assert_eq!(status, StatusCode::OK);
    let head = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
    assert_eq!((head("content-type"), head("content-encoding")), ("text/css; charset=utf-8".into(), "gzip".into()));
    assert_eq!(head("cache-control"), "public, max-age=31536000, immutable");
    let (status, response, body) = ask(get_with(url, &[("if-none-match", &head("etag"))])).await;
    assert_eq!((status, body.as_str(), response.headers().contains_key("set-cookie")), (StatusCode::NOT_MODIFIED, "", false));
    assert_eq!(ask(get_with("/assets/style-00000000.css", &[])).await.0, StatusCode::NOT_FOUND);
    assert_eq!(ask(get_with("/widget.js", &[])).await.1.headers()["cache-control"], "public, max-age=300");
}
