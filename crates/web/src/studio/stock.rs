//! Stock: what runs low first, one variant everywhere, and what is done to it.

mod acts;
mod coming;
mod list;
mod one;
mod reorder;

use crate::{App, Page, Trouble};
use axum::Router;
use catalogue::VariantId;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().merge(list::routes()).merge(one::routes()).merge(acts::routes()).merge(coming::routes()).merge(reorder::routes())
}

fn variant(text: &str) -> Result<VariantId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

/// `Camisa Faena · Azul / M`, in the reader's language.
fn full_name(page: &Page, card: &catalogue::VariantCard) -> String {
    let (title, label) = (card.title.get(page.locale), card.label());
    if label.is_empty() { title.to_owned() } else { format!("{title} · {label}") }
}
