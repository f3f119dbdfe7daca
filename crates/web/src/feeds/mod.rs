//! The catalogue as others read it: Google Merchant, Meta, search engines.
//!
//! Nothing is kept: each request reads the living catalogue, so a change is told the next time somebody asks. A request goes through the
//! catalogue [`PAGE`] products at a time and holds no more than one page in memory, however large the catalogue is. A page costs three
//! statements for its products, three for their stock, and one for every 24 prices; the list of addresses costs the first three alone. If a
//! later page cannot be read, the answer breaks off instead of ending as if the rest were no longer sold.

mod google;
mod item;
mod meta;
mod sitemap;

use crate::{App, Trouble};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use catalogue::{Product, ProductId};
use futures::stream;
use kernel::{Actor, Fault, Locale};
use serde::Deserialize;
use std::sync::Arc;

/// Products read at once.
const PAGE: usize = 24;

/// Routes of what is told to others.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/feeds/google.xml", get(google::xml))
        .route("/feeds/google.tsv", get(google::tsv))
        .route("/feeds/meta.csv", get(meta::csv))
        .route("/sitemap.xml", get(sitemap::sitemap))
        .route("/robots.txt", get(sitemap::robots))
}

/// What the address of a feed chooses.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    lang: String,
    /// Only the lines of this product, by its name in addresses: to see what is told of it.
    #[serde(default)]
    product: String,
}

impl Asked {
    /// The language of a feed is that of its address, never of whoever asks: programs name none.
    fn locale(&self) -> Locale {
        self.lang.parse().unwrap_or(Locale::Es)
    }
}

/// One product's lines; nothing for one that is not sold.
type Lines = Arc<dyn Fn(&Product, &[item::Item]) -> String + Send + Sync>;

/// A line for each item.
fn line_by_item(line: fn(&item::Item) -> String) -> Lines {
    Arc::new(move |_: &Product, items: &[item::Item]| items.iter().map(line).collect())
}

/// How a feed is written.
struct Paper {
    kind: &'static str,
    head: String,
    lines: Lines,
    tail: &'static str,
    /// Only products after the first, up to the second.
    range: (ProductId, Option<ProductId>),
}

/// All products.
const ALL: (ProductId, Option<ProductId>) = (ProductId::nil(), None);

/// Where a feed stands.
enum At {
    After(ProductId),
    Tail,
    End,
}

/// Write the feed page by page, as fast as it is taken. The first page is read before the answer begins: what is broken is said by its status.
async fn write(app: App, asked: &Asked, with_items: bool, paper: Paper) -> Result<Response, Trouble> {
    let Paper { kind, head, lines, tail, range: (after, until) } = paper;
    let locale = asked.locale();
    let (first, at) = match asked.product.as_str() {
        "" => page(&app, (locale, with_items), (after, until), &lines).await?,
        handle => (one(&app, locale, handle, &lines).await?, At::Tail),
    };
    let begin = stream::once(async move { Ok::<_, Fault>(Bytes::from(head + &first)) });
    let rest = stream::try_unfold(at, move |at| {
        let (app, lines) = (app.clone(), lines.clone());
        async move {
            Ok(match at {
                At::After(last) => {
                    let (text, next) = page(&app, (locale, with_items), (last, until), &lines).await?;
                    Some((Bytes::from(text), next))
                }
                At::Tail => Some((Bytes::from_static(tail.as_bytes()), At::End)),
                At::End => None,
            })
        }
    });
    let body = Body::from_stream(stream::StreamExt::chain(begin, rest));
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    Ok((headers, body).into_response())
}

async fn page(
    app: &App,
    (locale, with_items): (Locale, bool),
    (after, until): (ProductId, Option<ProductId>),
    lines: &Lines,
) -> Result<(String, At), Fault> {
    let copy = app.clone();
    let read = app.db.read(move |tx| {
        let mut products = catalogue::products_after(tx, after, PAGE)?;
        products.retain(|product| until.is_none_or(|until| product.id <= until));
        let items = if with_items { item::items(tx, &copy, locale, &products)? } else { products.iter().map(|_| Vec::new()).collect() };
        Ok::<_, Fault>((products, items))
    });
    let (products, items) = read.await?;
    let next = products.last().filter(|_| products.len() == PAGE).map_or(At::Tail, |last| At::After(last.id));
    let text = products.iter().zip(&items).map(|(product, items)| lines(product, items)).collect();
    Ok((text, next))
}

/// The lines of one product; none when nobody may see it.
async fn one(app: &App, locale: Locale, handle: &str, lines: &Lines) -> Result<String, Fault> {
    let (copy, lines, handle) = (app.clone(), lines.clone(), handle.to_owned());
    let read = app.db.read(move |tx| {
        let product = catalogue::product_by_handle(tx, &Actor::guest(), &handle)?;
        let products: Vec<_> = product.into_iter().collect();
        let items = item::items(tx, &copy, locale, &products)?;
        Ok(products.iter().zip(&items).map(|(product, items)| lines(product, items)).collect())
    });
    read.await
}

/// For XML: markup escaped, and control characters, which it cannot hold, left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn xml_holds_every_text() {
        assert_eq!(escaped("a<b> & \"c\"\n\u{1}d"), "a&lt;b&gt; &amp; &quot;c&quot; d");
    }
}
