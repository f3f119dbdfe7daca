//! Pages of the shop that say the same to everybody of whom nothing is known: made once, and kept for a moment.
//!
//! A visitor who is not signed in, has an empty cart and chose no shop sees what every other such visitor sees, but for the token in the
//! forms. The page is kept in pieces around that token. It is made anew once anything that it shows has changed here ([`kernel::Db::changes`]),
//! and after [`FRESH`] in any case: another process may have changed something, a price may have begun, the search index may have followed.

use crate::cookies::names;
use crate::storefront::{seen, visitor};
use crate::{App, Page, Shopper, VISIT, cookie};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use catalogue::ProductId;
use customers::visits::PageKind;
use kernel::{Fault, Timestamp};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How old a page may be that another process's change has made untrue.
const FRESH: Duration = Duration::from_secs(1);
/// Pages kept; some 40 KB each.
const MOST: NonZeroUsize = NonZeroUsize::new(512).expect("not zero");
/// A larger page is not kept, in bytes.
const LARGEST: usize = 1 << 20;
/// First words of the kinds of events that change what these pages show.
const SHOWN: [&str; 11] = [
    "product",
    "price",
    "price_list",
    "promotion",
    "tax_rate",
    "stock",
    "location",
    "channel",
    "delivery_method",
    "delivery_days",
    "sourcing",
];
/// Cookies that change nothing but what is in the key.
const HARMLESS: [&str; 3] = [VISIT, crate::shell::LANGUAGE, crate::shell::THEME];

/// What a page is about, for noting who looked at it; a handler leaves it with its answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown(pub(crate) PageKind, pub(crate) Option<ProductId>);

/// The pages of this process.
pub(crate) struct Kept(Mutex<LruCache<String, Arc<KeptPage>>>);

struct KeptPage {
    changes: u64,
    made: Timestamp,
    /// Between two pieces stands the visitor's token.
    pieces: Vec<Bytes>,
    kind: HeaderValue,
    vary: Option<HeaderValue>,
    shown: Option<Shown>,
}

impl Default for Kept {
    fn default() -> Self {
        Kept(Mutex::new(LruCache::new(MOST)))
    }
}

impl Kept {
    fn fresh(&self, key: &str, changes: u64, now: Timestamp) -> Option<Arc<KeptPage>> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(key).filter(|page| page.changes == changes && now < page.made.plus(FRESH)).cloned()
    }
    fn keep(&self, key: String, page: Arc<KeptPage>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(key, page);
    }
}

impl KeptPage {
    fn answer(&self, token: &str) -> Response {
        let size = self.pieces.iter().map(Bytes::len).sum::<usize>() + token.len() * (self.pieces.len() - 1);
        let mut body = Vec::with_capacity(size);
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                body.extend_from_slice(token.as_bytes());
            }
            body.extend_from_slice(piece);
        }
        let mut response = Body::from(body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, self.kind.clone());
        if let Some(vary) = &self.vary {
            response.headers_mut().insert(header::VARY, vary.clone());
        }
        response
    }
}

/// Answer from what is kept, else let the handler answer and keep that.
pub(crate) async fn kept(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(page) = request.extensions().get::<Page>().filter(|page| is_plain(&request, page)).cloned() else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let shopper = match cookie(&parts.headers, VISIT) {
        Some(_) => Shopper::from_request_parts(&mut parts, &app).await.ok(),
        None => None,
    };
    let may_remember = seen::may_remember(&parts.headers);
    let request = Request::from_parts(parts, body);
    if let Some(shopper) = &shopper
        && !is_unknown(&app, &page, shopper).await.unwrap_or_default()
    {
        return next.run(request).await;
    }
    // Counted before anything is read: what changes meanwhile makes the page old at once.
    let changes = app.db.changes(&SHOWN);
    let key = format!("{}|{}|{}", page.locale.as_str(), page.theme.as_str(), page.address());
    if let Some(known) = app.kept().fresh(&key, changes, page.now) {
        if let (Some(Shown(kind, product)), Some(shopper), true) = (known.shown, &shopper, may_remember) {
            seen::note_by(&app, shopper, page.locale, kind, product);
        }
        return known.answer(&page.csrf);
    }
    let response = next.run(request).await;
    let Some(kind) = response.headers().get(header::CONTENT_TYPE).filter(|_| response.status() == StatusCode::OK).cloned() else {
        return response;
    };
    let (vary, shown) = (response.headers().get(header::VARY).cloned(), response.extensions().get::<Shown>().copied());
    let (parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, LARGEST).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, parts.headers).into_response();
    };
    let pieces = split(&whole, &page.csrf);
    app.kept().keep(key, Arc::new(KeptPage { changes, made: page.now, pieces, kind, vary, shown }));
    Response::from_parts(parts, Body::from(whole))
}

/// A whole page is asked for, no cookie says anything of the visitor, and no code led here: where it was is noted each time.
fn is_plain(request: &Request, page: &Page) -> bool {
    let is_scanned = page.query.split('&').any(|pair| pair.starts_with("s="));
    !is_scanned && request.method() == Method::GET && !page.partial && names(request.headers()).all(|name| HARMLESS.contains(&name))
}

/// The page shows nothing of this browser: its cart is empty, and the first page has nothing chosen for it.
async fn is_unknown(app: &App, page: &Page, shopper: &Shopper) -> Result<bool, Fault> {
    if page.path == "/" && shopper.person.is_some() {
        return Ok(false);
    }
    let asked = shopper.clone();
    app.db.read(move |tx| Ok(visitor::own_cart(tx, &asked)?.is_none_or(|cart| cart.units() == 0))).await
}

/// What stands around each place of the token.
fn split(whole: &Bytes, token: &str) -> Vec<Bytes> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    for at in memchr::memmem::find_iter(whole, token) {
        pieces.push(whole.slice(from..at));
        from = at + token.len();
    }
    pieces.push(whole.slice(from..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_put_together_with_each_visitors_own_token() {
        let pieces = split(&Bytes::from_static(b"<a TOKEN><b TOKEN>"), "TOKEN");
        assert_eq!(pieces, ["<a ", "><b ", ">"]);
        assert_eq!(split(&Bytes::from_static(b"none"), "TOKEN"), ["none"]);
    }
}
