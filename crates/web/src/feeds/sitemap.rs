//! For search engines: which pages there are, and which are nobody's business but the customer's.

use super::item::Item;
use super::{Asked, Paper, escaped, write};
use crate::{Answer, App, Trouble};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use catalogue::{Product, ProductId};
use kernel::Fault;
use serde::Deserialize;
use std::sync::Arc;

/// Products of one file; it may hold 50,000 addresses, and the first holds those of lists and collections too.
const PART: i64 = 45_000;
/// Files that the list of files names: all the products there may be.
const MOST_PARTS: usize = 1_000;
const KIND: &str = "application/xml; charset=utf-8";
/// Pages that are of no product.
const PAGES: [&str; 4] = ["/", "/products", "/shops", "/help"];

/// Which file of several.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Part {
    /// From 1 on; none for the only file, or the list of files where one is not enough.
    part: Option<usize>,
}

pub(super) async fn sitemap(State(app): State<App>, Query(asked): Query<Part>) -> Answer {
    // Of one file only where it ends.
    let most = asked.part.unwrap_or(MOST_PARTS).clamp(1, MOST_PARTS);
    let (categories, shelves, steps) = app
        .db
        .read(move |tx| {
            let steps = catalogue::product_steps(tx, PART, most)?;
            Ok::<_, Fault>((catalogue::categories(tx)?, catalogue::collections::collections(tx)?, steps))
        })
        .await?;
    let base = app.brand.public_url.clone();
    let part = match asked.part {
        None if !steps.is_empty() => return Ok(xml(files(&base, steps.len() + 1))),
        None => 1,
        Some(part) if (1..=steps.len() + 1).contains(&part) => part,
        Some(_) => return Err(Trouble::not_found()),
    };
    let lists = categories.iter().map(|category| format!("/products?category={}", category.key));
    let shelves = shelves.iter().map(|shelf| format!("/collections/{}", shelf.slug));
    let pages = PAGES.iter().map(|page| (*page).to_owned()).chain(lists).chain(shelves).filter(|_| part == 1);
    let head: String = pages.map(|page| address(&format!("{base}{page}"), "")).collect();
    let head =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{head}");
    let lines = Arc::new(move |product: &Product, _: &[Item]| match product.is_visible() {
        true => address(&format!("{base}/products/{}", product.handle), &product.updated_at.to_rfc3339()),
        false => String::new(),
    });
    let after = part.checked_sub(2).and_then(|before| steps.get(before)).copied().unwrap_or(ProductId::nil());
    let range = (after, steps.get(part - 1).copied());
    write(app, &Asked::default(), false, Paper { kind: KIND, head, lines, tail: "</urlset>\n", range }).await
}

fn xml(text: String) -> Response {
    ([(header::CONTENT_TYPE, KIND), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// The list of so many files.
fn files(base: &str, count: usize) -> String {
    let file = |part: usize| format!("<sitemap><loc>{}</loc></sitemap>\n", escaped(&format!("{base}/sitemap.xml?part={part}")));
    let files: String = (1..=count).map(file).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{files}</sitemapindex>\n"
    )
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

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn several_files_are_named_in_one() {
        let told = files("https://marca.test", 2);
        let named = ["https://marca.test/sitemap.xml?part=1", "https://marca.test/sitemap.xml?part=2"];
        assert!(
            named.iter().all(|file| told.contains(&format!("<sitemap><loc>{file}</loc></sitemap>"))) && told.ends_with("</sitemapindex>\n")
        );
    }
}
