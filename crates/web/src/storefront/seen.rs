//! Note what a browser looks at: once for each visit and page, on the profile that the browser is known by, never in the way of the page.

use super::visitor::Visitor;
use crate::{App, Shopper};
use axum::http::HeaderMap;
use catalogue::ProductId;
use customers::visits::{PageKind, Seen, is_noted, note_scan, note_view};
use customers::{Recognise, RecogniseError};
use kernel::{Actor, Channel, Locale, Tx};

/// True for a browser that brings our cookie back and asks for no privacy signal: only such a one is remembered. A first page is not,
/// and neither are robots.
pub(crate) fn may_remember(headers: &HeaderMap) -> bool {
    let refuses = ["sec-gpc", "dnt"].iter().any(|name| headers.get(*name).is_some_and(|value| value == "1"));
    !refuses && crate::cookie(headers, crate::VISIT).is_some()
}

/// Note it, beside the answer.
pub(super) fn note(app: &App, visitor: &Visitor, page: PageKind, product: Option<ProductId>) {
    if visitor.may_remember {
        note_by(app, &visitor.shopper, visitor.page.locale, page, product);
    }
}

/// Note that a code led here: where it was, and the product's name.
pub(super) fn scanned(app: &App, visitor: &Visitor, product: ProductId, place: &str, name: &str) {
    if visitor.may_remember {
        let code = Some((place.to_owned(), name.to_owned()));
        keep(app, &visitor.shopper, visitor.page.locale, (PageKind::Code, Some(product)), code);
    }
}

/// Note that this browser, which may be remembered, looked at a page.
pub(crate) fn note_by(app: &App, shopper: &Shopper, locale: Locale, page: PageKind, product: Option<ProductId>) {
    keep(app, shopper, locale, (page, product), None);
}

type Page = (PageKind, Option<ProductId>);

fn keep(app: &App, shopper: &Shopper, locale: Locale, (page, product): Page, code: Option<(String, String)>) {
    let (known, device) = (shopper.profile, shopper.device());
    let product = product.map_or_else(String::new, |id| id.to_string());
    let db = app.db.clone();
    tokio::spawn(async move {
        let view = move |profile| Seen { profile, page, product: product.clone(), channel: Channel::Web };
        if let Some(seen) = known.map(&view)
            && db.read(move |tx| is_noted(tx, &seen)).await.unwrap_or_default()
        {
            return;
        }
        let noted = db.write("customers.note_view", move |tx: &mut Tx<'_>| {
            let profile = match (known, &device) {
                (Some(profile), _) => profile,
                (None, Some(device)) => {
                    let identifiers = vec![device.clone()];
                    let who = Recognise { identifiers, name: None, locale: Some(locale), channel: Channel::Web, verified: false };
                    customers::recognise(tx, &Actor::system(), who)?.profile
                }
                (None, None) => return Ok(()),
            };
            let seen = view(profile);
            match &code {
                Some((place, name)) => note_scan(tx, &seen, place, name)?,
                None => note_view(tx, &seen)?,
            }
            Ok::<_, RecogniseError>(())
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a visit was not noted");
        }
    });
}
