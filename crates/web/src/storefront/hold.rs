//! Keep one piece in a shop until tomorrow: an order that is collected and paid there, in one press for whoever is known.

use super::checkout::form::{prefill, read_form};
use super::checkout::{buy, command};
use super::product::near::NearShop;
use super::product::promise::{delivery_words, fee_words};
use super::visitor::{Aisle, Visitor, is_shop};
use super::words::{encoded, label};
use crate::ui::Price;
use crate::{Answer, App, Flash, Form, Page, Trouble, picture_url, show, show_refused};
use askama::Template;
use axum::extract::State;
use catalogue::{VariantCard, VariantId};
use flows::{Basket, BasketLine, CheckedOut, CheckoutError};
use inventory::{LocationId, Nearby, Purpose};
use kernel::{Fault, Kind, Money, Problem, Quantity, ReadTx, Tx};
use orders::{OrderState, Way};

const DAY_MILLIS: u64 = 24 * 3_600_000;
/// Pieces of one kind that one visitor has kept in one shop on one day, one after the other.
const MOST_A_DAY: u32 = 9;

#[derive(Template)]
#[template(path = "storefront/hold.html")]
struct HoldPage {
    page: Page,
    aisles: Vec<Aisle>,
    title: String,
    options: String,
    picture: String,
    price: Option<Price>,
    product: String,
    variant: String,
    /// Where it is kept; no shop has it when there is none.
    shop: Option<NearShop>,
    /// The shop where somebody else was faster.
    gone: String,
    /// What else stands in the way.
    refused: String,
    form: Form,
    sign_in: String,
    /// The day and the cost of sending, where it can be sent.
    sends: String,
}

/// What is wished for.
#[derive(Debug, Clone, Copy)]
struct Wish {
    variant: VariantId,
    shop: LocationId,
}

/// What is known of it.
struct Known {
    card: VariantCard,
    shop: Nearby,
    price: Option<Money>,
    form: Form,
    days: pricing::DeliveryDays,
}

pub(super) async fn hold(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let wish = form.value("variant").parse().ok().zip(form.value("shop").parse().ok());
    let wish = wish.map(|(variant, shop)| Wish { variant, shop }).ok_or_else(Trouble::not_found)?;
    let (copy, asked) = (app.clone(), visitor.clone());
    let known = app.db.read(move |tx| read(tx, &copy, &asked, wish)).await?.ok_or_else(Trouble::not_found)?;
    let is_typed = !form.value("typed").is_empty();
    let form = if is_typed { form } else { known.form.clone() }.fill("pay", "shop");
    let filled = match read_form(&visitor.page, &form, false) {
        Ok(filled) => filled,
        Err(wrong) if is_typed => return show_refused(&page(&app, visitor, known, wrong)),
        // Nothing was asked yet.
        Err(_) => return show(&page(&app, visitor, known, form)),
    };
    let line = BasketLine { variant: wish.variant, quantity: Quantity(1), way: Way::Collect { location: wish.shop } };
    let command = command(&app, &visitor, "", Basket::Lines(vec![line.clone()]), &filled);
    let owner = visitor.shopper.signed_in.map_or_else(|| visitor.shopper.visit.0.clone(), |profile| profile.to_string());
    let key = format!("hold/{owner}/{}/{}/{}", wish.variant, wish.shop, visitor.page.now.as_millis() / DAY_MILLIS);
    let (actor, device) = (visitor.shopper.actor(), visitor.shopper.device());
    let locks = app.db.read(move |tx| flows::checkout_locks(tx, std::slice::from_ref(&line), None)).await?;
    let held = app.db.write_locking("flows.checkout", locks, move |tx| {
        once(
            tx,
            |tx, n| buy(tx, &actor, device.clone(), flows::Checkout { key: format!("{key}/{n}"), ..command.clone() }, None),
            &command.contact,
        )
    });
    match held.await {
        Ok(done) => {
            let said = Flash::ok("hold-done").with(known.shop.location.details.name);
            visitor.page.go_saying(&format!("/orders/{}", done.order.token()), &said)
        }
        Err(CheckoutError::OutOfStock { .. }) => too_late(&app, visitor, known, form).await,
        Err(CheckoutError::Fault(_)) => Err(Trouble::of(axum::http::StatusCode::INTERNAL_SERVER_ERROR)),
        Err(other) if other.kind() == Kind::Fault => Err(Trouble::broken(other)),
        Err(other) => {
            tracing::info!(code = other.code(), "a hold was refused");
            let refused = visitor.page.t("hold-refused");
            show_refused(&HoldPage { refused, ..page(&app, visitor, known, form) })
        }
    }
}

/// Pressed twice it is one hold. Once that has ended, or for somebody else at the same screen, it is another.
fn once(
    tx: &mut Tx<'_>,
    buy: impl Fn(&mut Tx<'_>, u32) -> Result<CheckedOut, CheckoutError>,
    contact: &orders::Contact,
) -> Result<CheckedOut, CheckoutError> {
    let is_hers = |done: &CheckedOut| !done.repeated || (done.order.state == OrderState::Placed && done.order.contact == *contact);
    for n in 1..MOST_A_DAY {
        let done = buy(tx, n)?;
        if is_hers(&done) {
            return Ok(done);
        }
    }
    buy(tx, MOST_A_DAY)
}

fn read(tx: &ReadTx<'_>, app: &App, visitor: &Visitor, wish: Wish) -> Result<Option<Known>, Fault> {
    let Some(card) = catalogue::variant(tx, wish.variant)?.filter(VariantCard::is_for_sale) else { return Ok(None) };
    let shop = inventory::location(tx, wish.shop)?.filter(|shop| is_shop(shop) && shop.details.collects);
    let Some(shop) = shop else { return Ok(None) };
    let price = pricing::variant_prices(tx, &visitor.prices(app), &[wish.variant])?.remove(&wish.variant);
    let metres = visitor.place().map_or(0.0, |place| place.point.metres_to(shop.details.point));
    let available = Some(flows::available_at(tx, wish.variant, wish.shop)?);
    Ok(Some(Known {
        card,
        shop: Nearby { location: shop, metres, available },
        price: price.map(|price| price.price),
        form: prefill(tx, visitor)?,
        days: pricing::delivery_days(tx)?,
    }))
}

fn page(app: &App, visitor: Visitor, known: Known, form: Form) -> HoldPage {
    let has_place = visitor.place().is_some();
    let (is_known, Visitor { page, aisles, .. }) = (visitor.shopper.signed_in.is_some(), visitor);
    let product = format!("/products/{}?sku={}", known.card.handle, encoded(&known.card.sku));
    let mut shop = NearShop::of(&page, &known.shop, &known.days);
    if !has_place {
        shop.distance = String::new();
    }
    HoldPage {
        title: known.card.title.get(page.locale).to_owned(),
        options: label(app, page.locale, &known.card),
        picture: picture_url(known.card.picture.as_ref().map_or("", |picture| &picture.source)),
        price: known.price.map(|price| Price::of(price, page.locale)),
        variant: known.card.id.to_string(),
        shop: Some(shop),
        gone: String::new(),
        refused: String::new(),
        form,
        sign_in: if is_known { String::new() } else { format!("/account/sign-in?next={}", encoded(&product)) },
        sends: String::new(),
        product,
        page,
        aisles,
    }
}

/// Somebody else took the last one: which shop is the next that has it, or whether it can be sent.
async fn too_late(app: &App, visitor: Visitor, known: Known, form: Form) -> Answer {
    let (variant, currency) = (known.card.id, app.brand.currency);
    let from = visitor.place().map_or(known.shop.location.details.point, |place| place.point);
    let read = app.db.read(move |tx| {
        let near = flows::nearest_with_stock(tx, (variant, Quantity(1)), from, Purpose::Collect, 10)?;
        let there = flows::available(tx, &[variant])?.remove(&variant).unwrap_or_default();
        let senders = inventory::locations(tx, false, None, 200)?.into_iter().filter(|place| place.details.ships);
        let is_sent = senders.into_iter().any(|place| there.get(&place.id).is_some_and(|left| left.is_positive()));
        let line = BasketLine { variant, quantity: Quantity(1), way: Way::Deliver { address: None } };
        let sent = flows::delivery_options(tx, &[line], currency, None, None)?.chosen().cloned();
        Ok::<_, Fault>((near.into_iter().find(|near| is_shop(&near.location)), is_sent.then_some(sent).flatten()))
    });
    let (next, sent) = read.await?;
    let days = known.days.clone();
    let gone = known.shop.location.details.name.clone();
    let mut shown = page(app, visitor, known, form);
    shown.shop = next.map(|near| NearShop::of(&shown.page, &near, &days));
    shown.sends = sent
        .map_or_else(String::new, |sent| format!("{} · {}", delivery_words(&shown.page, Some(&sent)), fee_words(&shown.page, sent.fee)));
    show_refused(&HoldPage { gone, ..shown })
}
