//! Where the parcel goes: one address for all lines to deliver, kept in the cart.

use super::counter::Counter;
use super::words::refused;
use crate::ui::Link;
use crate::{Answer, App, Form, Page, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use kernel::{Channel, Fault, ReadTx, Tx};
use orders::{Address, Cart, CartChange, CartError, ChangeCart, Way};
use pricing::TaxRegion;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/cart/address", get(ask).post(keep))
}

#[derive(Template)]
#[template(path = "till/address.html")]
struct AddressPage {
    page: Page,
    form: Form,
    customer: Option<Link>,
    refused: String,
}

async fn ask(State(app): State<App>, counter: Counter) -> Answer {
    let at = counter.clone();
    let (name, address, customer) = app.db.read(move |tx| known(tx, &at)).await?;
    let form = match address {
        Some(address) => filled(&address),
        None => Form::of([("name", name), ("country", "ES".to_owned())]),
    };
    show(&AddressPage { page: counter.page, form, customer, refused: String::new() })
}

/// The customer's name, the address their last parcel went to (or the one already in the cart), and who they are.
fn known(tx: &ReadTx<'_>, at: &Counter) -> Result<(String, Option<Address>, Option<Link>), Fault> {
    let Some(cart) = at.cart(tx)? else { return Ok((String::new(), None, None)) };
    let mut address = cart.lines.iter().find_map(|line| match &line.way {
        Way::Deliver { address } => address.clone(),
        _ => None,
    });
    let Some(profile) = cart.profile else { return Ok((String::new(), address, None)) };
    let card = customers::cards_of_profiles(tx, &[profile])?.remove(&profile);
    if address.is_none() {
        let profiles = match &card {
            Some(card) => customers::profiles_of(tx, card.person)?,
            None => vec![profile],
        };
        for head in orders::orders_of(tx, &profiles, None, 10)?.items {
            let order = orders::order(tx, head.id)?;
            address = order.and_then(|order| order.fulfilments.into_iter().find_map(|part| part.address));
            if address.is_some() {
                break;
            }
        }
    }
    let link = card.as_ref().map(|card| Link { href: format!("/till/customers/{}", card.person), text: card.name.text.clone() });
    Ok((card.map_or_else(String::new, |card| card.name.text), address, link))
}

fn filled(address: &Address) -> Form {
    Form::of([
        ("name", &address.name),
        ("street", &address.street),
        ("postcode", &address.postcode),
        ("city", &address.city),
        ("region", &address.region),
        ("country", &address.country),
    ])
}

async fn keep(State(app): State<App>, counter: Counter, mut form: Form) -> Answer {
    for field in ["name", "street", "postcode", "city"] {
        if form.value(field).is_empty() {
            form.refuse(field, counter.page.t("till-missing"));
        }
    }
    if form.is_fine() && TaxRegion::of("ES", form.value("postcode")).is_none() {
        form.refuse("postcode", counter.page.t("till-no-delivery-there"));
    }
    if !form.is_fine() {
        return show_refused(&AddressPage { page: counter.page, form, customer: None, refused: String::new() });
    }
    let text = |field: &str| form.value(field).chars().take(200).collect::<String>();
    let address = Address {
        name: text("name"),
        street: text("street"),
        postcode: text("postcode"),
        city: text("city"),
        region: text("region"),
        country: "ES".to_owned(),
    };
    let at = counter.clone();
    match app.db.write("till.address", move |tx| set_address(tx, &at, &address)).await {
        Ok(_) => counter.page.go("/till/pay"),
        Err(error) => {
            let refused = refused(&counter.page, error)?;
            show_refused(&AddressPage { page: counter.page, form, customer: None, refused })
        }
    }
}

fn set_address(tx: &mut Tx<'_>, at: &Counter, address: &Address) -> Result<Cart, CartError> {
    let mut cart = at.cart(tx)?.ok_or(CartError::NotFound)?;
    let lines: Vec<_> = cart.lines.iter().filter(|line| matches!(line.way, Way::Deliver { .. })).map(|line| line.id).collect();
    for line in lines {
        // Alike lines become one on the way: what is gone needs no address.
        if !cart.lines.iter().any(|l| l.id == line) {
            continue;
        }
        let change = CartChange::SetWay { line, way: Way::Deliver { address: Some(address.clone()) } };
        cart = orders::change_cart(tx, &at.actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Till, change })?;
    }
    Ok(cart)
}
