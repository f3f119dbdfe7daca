//! The label of a return: what to print, and where it goes.

use super::super::visitor::{Aisle, Visitor};
use super::read;
use super::view::Qr;
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::extract::{Path, State};
use inventory::LocationKind;
use orders::ReturnState;

#[derive(Template)]
#[template(path = "storefront/return_label.html")]
struct LabelPage {
    page: Page,
    aisles: Vec<Aisle>,
    token: String,
    number: String,
    from: String,
    to: Vec<String>,
    lines: Vec<String>,
    qr: Option<Qr>,
}

/// Of the goods that are expected back; they go to the first warehouse.
pub(in super::super) async fn label(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let found = read(&app, &token).await?;
    let expected = found.returns.iter().filter(|back| back.state == ReturnState::Requested);
    let lines: Vec<_> = expected.flat_map(|back| &back.lines).map(|line| format!("{} × {}", line.quantity.0, line.title)).collect();
    if lines.is_empty() {
        return Err(Trouble::not_found());
    }
    let places = app.db.read(|tx| inventory::locations(tx, false, None, 100)).await?;
    let place = places.iter().find(|place| place.details.kind == LocationKind::Warehouse).or(places.first());
    let to = place.map_or_else(Vec::new, |place| {
        let details = &place.details;
        vec![app.brand.name.clone(), details.address.clone(), format!("{} {}", details.postcode, details.city)]
    });
    let number = found.order.number.to_string();
    let Visitor { page, aisles, .. } = visitor;
    show(&LabelPage { from: found.order.contact.name.clone(), qr: Qr::of(&number), number, to, lines, token, page, aisles })
}
