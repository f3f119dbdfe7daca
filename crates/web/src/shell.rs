//! What is put around every face: language and theme, request tokens, problem pages, security headers, assets.

use crate::{Cookie, Flash, Page, Theme, Trouble, Visit, assets, cookies::cookie, csrf, headers, respond::FLASH, trouble::dress};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Clock, Locale};
use std::sync::Arc;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

pub(crate) const VISIT: &str = "hilo_visit";
pub(crate) const LANGUAGE: &str = "hilo_lang";
pub(crate) const THEME: &str = "hilo_theme";
const YEAR: u64 = 365 * 24 * 3600;

/// Settings of the shell; one per brand.
#[derive(Clone)]
pub struct Shell {
    /// The brand's name, shown in every header.
    pub brand: Arc<str>,
    /// Key of the request tokens; keep it over restarts, or open forms are refused once.
    pub secret: [u8; 32],
    /// True behind HTTPS: cookies say `Secure`.
    pub secure: bool,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl Shell {
    /// Put the shell around the faces' routes, which set no fallback of their own: an unknown path is a friendly page. Do not wrap webhooks or the API: they bring no token.
    pub fn wrap(self, faces: Router) -> Router {
        let shell = Arc::new(self);
        faces
            .fallback(|| async { Trouble::not_found() })
            .layer(CatchPanicLayer::new())
            .layer(from_fn_with_state(shell, furnish))
            .layer(CompressionLayer::new())
            .merge(assets::routes())
            .layer(from_fn(guard))
    }

    fn page(&self, request: &Request, visit: Visit) -> Page {
        let headers = request.headers();
        let uri = request.uri();
        let query = |name: &str| query_value(uri, name);
        let locale = query("lang")
            .or_else(|| cookie(headers, LANGUAGE))
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| Locale::from_accept_language(header_text(headers, "accept-language")));
        let theme = query("theme").or_else(|| cookie(headers, THEME)).and_then(Theme::parse).unwrap_or_default();
        Page {
            locale,
            theme,
            brand: self.brand.clone(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            csrf: csrf::token(&self.secret, &visit.0, headers),
            visit,
            partial: headers.contains_key("hx-request") && header_text(headers, "hx-request-type") != "full",
            target: header_text(headers, "hx-target").split_once('#').map_or_else(String::new, |(_, id)| id.to_owned()),
            flash: cookie(headers, FLASH).and_then(Flash::from_cookie),
            signed: None,
            cart_count: 0,
            points: None,
            shop: None,
            now: self.clock.now(),
        }
    }
}

/// Build the page, check the token, run the handler, dress trouble, remember choices.
async fn furnish(State(shell): State<Arc<Shell>>, request: Request, next: Next) -> Response {
    let known = cookie(request.headers(), VISIT).filter(|name| name.len() == 22).map(|name| Visit(name.to_owned()));
    let is_new = known.is_none();
    let visit = known.unwrap_or_else(|| Visit(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())));
    let page = shell.page(&request, visit);
    let chosen = [("lang", LANGUAGE), ("theme", THEME)].map(|(name, cookie)| (cookie, query_value(request.uri(), name).map(str::to_owned)));
    let shows_flash = page.flash.is_some() && !page.partial && request.method() == Method::GET;

    // In a frame on another site there is no cookie to bind a token to: the chat's visitors bring a proof of their own. So does the
    // mail program that presses "unsubscribe" for its reader.
    let checked = if brings_own_proof(&request) { Ok(request) } else { csrf::check(request, &page.csrf).await };
    let mut response = match checked {
        Ok(mut request) => {
            request.extensions_mut().insert(page.clone());
            next.run(request).await
        }
        Err(refused) => dress(&refusal(refused), &page),
    };
    if let Some(trouble) = trouble_in(&response) {
        response = dress(&trouble, &page);
    }
    let kept = response.headers_mut();
    if is_new {
        Cookie::lasting(VISIT, &page.visit.0, YEAR, shell.secure).set(kept);
    }
    let is_html = header_text(kept, "content-type").starts_with("text/html");
    if shows_flash && is_html {
        Cookie::gone(FLASH).set(kept);
    }
    let valid = [page.locale.as_str(), page.theme.as_str()];
    for ((name, value), valid) in chosen.into_iter().zip(valid) {
        if value.as_deref() == Some(valid) {
            Cookie::lasting(name, valid, YEAR, shell.secure).set(kept);
        }
    }
    response
}

async fn guard(request: Request, next: Next) -> Response {
    let embeddable = request.uri().path() == "/chat" || request.uri().path().starts_with("/chat/");
    let mut response = next.run(request).await;
    headers::guard(response.headers_mut(), embeddable);
    response
}

/// Whatever is posted in the chat carries its visitor's proof: in a frame on another site there is no cookie.
fn brings_own_proof(request: &Request) -> bool {
    let path = request.uri().path();
    path.starts_with("/chat/") || (path.starts_with("/preferences/") && path.ends_with("/stop"))
}

fn refusal(refused: csrf::Refused) -> Trouble {
    match refused {
        csrf::Refused::Token => Trouble::coded(StatusCode::FORBIDDEN, "form_expired"),
        csrf::Refused::OtherSite => Trouble::coded(StatusCode::FORBIDDEN, "other_site"),
        csrf::Refused::TooLarge => Trouble::of(StatusCode::PAYLOAD_TOO_LARGE),
    }
}

/// Trouble that a handler returned, or a bare refusal of the router, of an extractor or of a panic.
fn trouble_in(response: &Response) -> Option<Trouble> {
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        return Some(trouble.clone()).filter(|_| !header_text(response.headers(), "content-type").starts_with("text/html"));
    }
    let status = response.status();
    let kind = header_text(response.headers(), "content-type");
    let is_bare = kind.is_empty() || kind.starts_with("text/plain");
    (is_bare && (status.is_client_error() || status.is_server_error())).then(|| Trouble::of(status))
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn query_value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}
