//! For search engines: which pages there are, and which are nobody's business but the customer's.

use super::item::Item;
use super::{Asked, Paper, escaped, write};
use crate::{Answer, App};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use catalogue::Product;
use kernel::Fault;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Addresses that one such file may hold.
const MOST: usize = 50_000;
/// Pages that are of no product.
const PAGES: [&str; 4] = ["/", "/products", "/shops", "/help"];

pub(super) async fn sitemap(State(app): State<App>) -> Answer {
    let (categories, shelves) =
        app.db.read(|tx| Ok::<_, Fault>((catalogue::categories(tx)?, catalogue::collections::collections(tx)?))).await?;
    let base = app.brand.public_url.clone();
    let lists = categories.iter().map(|category| format!("/products?category={}", category.key));
    let shelves = shelves.iter().map(|shelf| format!("/collections/{}", shelf.slug));
    let pages: Vec<_> = PAGES.iter().map(|page| (*page).to_owned()).chain(lists).chain(shelves).collect();
    let head: String = pages.iter().map(|page| address(&format!("{base}{page}"), "")).collect();
    let head =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{head}");
    let told = AtomicUsize::new(pages.len());
    let lines = Arc::new(move |product: &Product, _: &[Item]| {
        if !product.is_visible() || told.fetch_add(1, Ordering::Relaxed) >= MOST {
            return String::new();
        }
        address(&format!("{base}/products/{}", product.handle), &product.updated_at.to_rfc3339())
    });
    write(app, &Asked::default(), false, Paper { kind: "application/xml; charset=utf-8", head, lines, tail: "</urlset>\n" }).await
}

fn address(url: &str, changed: &str) -> String {
    let changed = if changed.is_empty() { String::new() } else { format!("<lastmod>{}</lastmod>", escaped(changed)) };
    format!("<url><loc>{}</loc>{changed}</url>\n", escaped(url))
}

/// What customers and staff do is for no search engine; neither are the many ways to sort and narrow a list.
const KEPT: [&str; 17] = [
    "/account",
    "/call-me",
    "/cart",
    "/chat",
    "/checkout",
    "/desk",
    "/orders",
    "/pay",
    "/preferences",
    "/rehearsal",
    "/rooms",
    "/self-service",
    "/sign-in",
    "/studio",
    "/suggestions",
    "/survey",
    "/till",
];

pub(super) async fn robots(State(app): State<App>) -> Response {
    let kept: String = KEPT.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{kept}Disallow: /products?*q=\n\nSitemap: {}/sitemap.xml\n", app.brand.public_url);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
