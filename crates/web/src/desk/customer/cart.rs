//! The customer's own cart, changed while they watch it.

use crate::desk::place::Place;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::post;
use catalogue::VariantCard;
use conversations::MatterId;
use customers::PersonId;
use kernel::{Channel, Permission, Quantity};
use orders::{CartChange, CartError, CartId, CartLineId, ChangeCart, OpenCart, Owner, Way};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/customers/{person}/cart", post(add)).route("/desk/carts/{cart}/lines/{line}", post(change))
}

/// Put a thing in by its code; a cart is opened when there is none.
async fn add(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(person): Path<PersonId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (actor, code) = (me.actor, form.value("code").to_owned());
    let put_in = move |tx: &mut kernel::Tx<'_>| -> Result<Option<VariantCard>, CartError> {
        actor.require(Permission::Sell)?;
        let Some(variant) = catalogue::by_code(tx, &code.to_uppercase())?.filter(VariantCard::is_for_sale) else { return Ok(None) };
        let profiles = customers::profiles_of(tx, person)?;
        let cart = match (orders::open_cart_of(tx, &profiles)?, profiles.first()) {
            (Some(cart), _) => cart,
            (None, Some(profile)) => orders::open_cart(tx, &actor, &OpenCart { owner: Owner::Profile(*profile) })?,
            (None, None) => return Err(CartError::NotFound),
        };
        let change = CartChange::Add { variant: variant.id, quantity: Quantity(1), way: Way::Deliver { address: None } };
        orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Desk, change })?;
        Ok(Some(variant))
    };
    let flash = match app.db.write("orders.change_cart", put_in).await? {
        Some(variant) => Flash::ok("cart-added").with(variant.title.get(page.locale)),
        None => Flash::bad("cart-no-such-code").with(form.value("code")),
    };
    page.go_saying(&back(&place, person), &flash)
}

/// So many of a line from now on; none takes it out.
async fn change(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path((cart, line)): Path<(CartId, CartLineId)>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let wrong = || Trouble::of(StatusCode::UNPROCESSABLE_ENTITY);
    let quantity = Quantity(form.value("quantity").parse().map_err(|_| wrong())?);
    let person: PersonId = form.value("person").parse().map_err(|_| wrong())?;
    let (actor, change) = (me.actor, CartChange::SetQuantity { line, quantity });
    let cmd = ChangeCart { cart, version: None, channel: Channel::Desk, change };
    app.db.write("orders.change_cart", move |tx| orders::change_cart(tx, &actor, cmd.clone())).await?;
    page.go(&back(&place, person))
}

fn back(place: &Place, person: PersonId) -> String {
    match place.matter.parse::<MatterId>() {
        Ok(matter) => format!("/desk/matters/{matter}"),
        Err(_) => format!("/desk/customers/{person}"),
    }
}
