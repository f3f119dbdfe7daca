//! The cart: one on every device, and the same the desk and the till see.

mod view;

use super::visitor::{Aisle, Visitor, own_cart, owner};
use crate::{Answer, App, Flash, Form, Page, Trouble, part, show, stream};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use catalogue::VariantId;
use flows::{EnterCoupon, EnterCouponError};
use inventory::LocationId;
use kernel::{Channel, Fault, Quantity};
use orders::{CartChange, CartError, CartLineId, ChangeCart, OpenCart, Way};
use pricing::CouponRefusal;
pub(crate) use view::{CartView, Totals, coupon_refused, coupon_says, load, load_sent, no_price, shown};

#[derive(Template)]
#[template(path = "storefront/cart.html")]
struct CartPage {
    page: Page,
    aisles: Vec<Aisle>,
    cart: CartView,
}

/// The part that a change replaces.
#[derive(Template)]
#[template(path = "storefront/cart_body.html")]
struct Body<'a> {
    page: &'a Page,
    cart: &'a CartView,
}

impl askama::filters::HtmlSafe for Body<'_> {}

impl CartPage {
    fn body(&self) -> Body<'_> {
        Body { page: &self.page, cart: &self.cart }
    }
}

/// The bags of header and thumb bar with their count, as live parts.
fn counts(page: &Page) -> askama::Result<String> {
    let (tool, thumb) = (Tool { page }.render()?, Thumb { page }.render()?);
    Ok(format!("{}{}", part("cart-tool", &tool), part("cart-thumb", &thumb)))
}

#[derive(Template)]
#[template(path = "storefront/cart_thumb.html")]
struct Thumb<'a> {
    page: &'a Page,
}

/// The header's bag with its count.
#[derive(Template)]
#[template(path = "storefront/cart_tool.html")]
struct Tool<'a> {
    page: &'a Page,
}

pub(super) async fn show_cart(State(app): State<App>, visitor: Visitor) -> Answer {
    let (page, aisles, cart) = read(&app, visitor).await?;
    show(&CartPage { page, aisles, cart })
}

async fn read(app: &App, visitor: Visitor) -> Result<(Page, Vec<Aisle>, CartView), Trouble> {
    let (copy, asked) = (app.clone(), visitor.clone());
    let cart = app.db.read(move |tx| load(tx, &copy, &asked)).await?;
    let page = visitor.page.cart(u32::try_from(cart.units).unwrap_or(u32::MAX));
    Ok((page, visitor.aisles, cart))
}

/// The cart again whenever somebody changes it: the customer elsewhere, or an agent.
pub(super) async fn live(State(app): State<App>, visitor: Visitor) -> Result<Response, Trouble> {
    let asked = visitor.shopper.clone();
    let topics: Vec<String> = match app.db.read(move |tx| own_cart(tx, &asked)).await? {
        Some(cart) => {
            std::iter::once(format!("subject:{}", cart.id)).chain(cart.profile.map(|profile| format!("profile:{profile}"))).collect()
        }
        None => visitor.shopper.profile.map(|profile| format!("profile:{profile}")).into_iter().collect(),
    };
    let subscription = app.hub.subscribe(topics);
    let render = move |_| {
        let (app, mut visitor) = (app.clone(), visitor.clone());
        visitor.page.now = app.db.clock().now();
        async move {
            let (page, aisles, cart) = read(&app, visitor).await.ok()?;
            let shown = CartPage { page, aisles, cart };
            Some(format!("{}{}", part("cart", &shown.body().render().ok()?), counts(&shown.page).ok()?))
        }
    };
    Ok(stream(subscription, render))
}

/// Put something in.
pub(super) async fn add(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let variant: VariantId = form.value("variant").parse().map_err(|_| Trouble::not_found())?;
    let way = match form.value("way") {
        "any" => any_way(&app, &visitor, variant).await?,
        _ => Some(way_of(&form, visitor.shop_id())?),
    };
    let quantity = Quantity(form.value("quantity").parse().unwrap_or(1));
    let card = app.db.read(move |tx| catalogue::variant(tx, variant)).await?;
    let card = card.filter(catalogue::VariantCard::is_for_sale).ok_or_else(Trouble::not_found)?;
    let Some(way) = way else {
        return visitor.page.go_saying(&super::own_path(form.value("back"), "/cart"), &Flash::bad("goes-with-gone"));
    };
    let (actor, owner) = (visitor.shopper.actor(), owner(&visitor.shopper));
    let write = app.db.write("orders.change_cart", move |tx| {
        let cart = orders::open_cart(tx, &actor, &OpenCart { owner: owner.clone() })?;
        let change = CartChange::Add { variant, quantity, way: way.clone() };
        orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change })
    });
    let cart = write.await?;
    let locale = visitor.page.locale;
    let name = if card.label().is_empty() {
        card.title.get(locale).to_owned()
    } else {
        format!("{} · {}", card.title.get(locale), super::words::label(&app, locale, &card))
    };
    let page = visitor.page.cart(u32::try_from(cart.units()).unwrap_or(u32::MAX));
    if !page.partial {
        return page.go_saying("/cart", &Flash::ok("cart-got").with(name));
    }
    added(&page, name)
}

/// How what goes with something reaches the customer: as what was put in last, else in their shop, else as it can be had.
async fn any_way(app: &App, visitor: &Visitor, variant: VariantId) -> Read<Option<Way>> {
    let (shopper, shop) = (visitor.shopper.clone(), visitor.shop_id());
    let read = app.db.read(move |tx| {
        let last = own_cart(tx, &shopper)?.and_then(|cart| cart.lines.last().map(|line| line.way.clone()));
        let wishes: Vec<_> = last.into_iter().chain(shop.map(|location| Way::Collect { location })).collect();
        flows::way_to_have(tx, variant, &wishes)
    });
    read.await
}

/// Without leaving the page: the count in the header, and a word with the way to the cart.
fn added(page: &Page, name: String) -> Answer {
    let toast = AddedToast { page, name };
    let html = format!("{}{}", counts(page).map_err(Trouble::broken)?, toast.render().map_err(Trouble::broken)?);
    let mut response = axum::response::IntoResponse::into_response(axum::response::Html(html));
    response.headers_mut().insert("hx-reswap", HeaderValue::from_static("none"));
    Ok(response)
}

#[derive(Template)]
#[template(path = "storefront/cart_added.html")]
struct AddedToast<'a> {
    page: &'a Page,
    name: String,
}

/// How a line shall reach the customer, as a form says it.
pub(super) fn way_of(form: &Form, shop: Option<LocationId>) -> Result<Way, Trouble> {
    match form.value("way") {
        "collect" => {
            let location = form.value("shop").parse().ok().or(shop).ok_or_else(Trouble::not_found)?;
            Ok(Way::Collect { location })
        }
        // A select offers each shop as a way of its own.
        other => match other.strip_prefix("collect:") {
            Some(shop) => Ok(Way::Collect { location: shop.parse().map_err(|_| Trouble::not_found())? }),
            None => Ok(Way::Deliver { address: None }),
        },
    }
}

/// Change a line: how many, which way, or take it out.
pub(super) async fn change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let line: CartLineId = form.value("line").parse().map_err(|_| Trouble::not_found())?;
    let change = match form.value("do") {
        "remove" => CartChange::Remove { line },
        "way" => CartChange::SetWay { line, way: way_of(&form, visitor.shop_id())? },
        "more" => CartChange::SetQuantity { line, quantity: Quantity(quantity(&form) + 1) },
        "less" => CartChange::SetQuantity { line, quantity: Quantity((quantity(&form) - 1).max(0)) },
        _ => CartChange::SetQuantity { line, quantity: Quantity(quantity(&form).max(0)) },
    };
    let taken_out =
        matches!(change, CartChange::Remove { .. }) || matches!(&change, CartChange::SetQuantity { quantity, .. } if quantity.0 == 0);
    let (actor, asked) = (visitor.shopper.actor(), visitor.shopper.clone());
    let write = app.db.write("orders.change_cart", move |tx| {
        let cart = own_cart(tx, &asked)?.ok_or(CartError::NotFound)?;
        orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change: change.clone() })
    });
    match write.await {
        Ok(_) => {}
        // Somebody was faster: show what is there.
        Err(CartError::UnknownLine) => {}
        Err(refused) => return Err(refused.into()),
    }
    let back = super::own_path(form.value("back"), "/cart");
    if visitor.page.partial && back == "/cart" {
        let (page, aisles, cart) = read(&app, visitor).await?;
        let shown = CartPage { page, aisles, cart };
        return show(&shown.body());
    }
    if taken_out { visitor.page.go_saying(&back, &Flash::ok("cart-taken-out")) } else { visitor.page.go(&back) }
}

fn quantity(form: &Form) -> i64 {
    form.value("quantity").parse().unwrap_or(1).clamp(0, orders::MAX_QUANTITY)
}

/// Enter a coupon, or take it out.
pub(super) async fn coupon(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (actor, asked) = (visitor.shopper.actor(), visitor.shopper.clone());
    let code: String = if form.value("do") == "remove" { String::new() } else { form.value("coupon").chars().take(100).collect() };
    let (currency, taken_out) = (app.brand.currency, code.trim().is_empty());
    let (who, now) = (actor.profile(), visitor.page.now);
    if !taken_out && !app.guesses().may_try(who, now) {
        return visitor.page.go_saying(&super::own_path(form.value("back"), "/cart"), &Flash::bad("coupon-too-many"));
    }
    let write = app.db.write("flows.enter_coupon", move |tx| {
        let cart = own_cart(tx, &asked)?.ok_or(CartError::NotFound)?;
        flows::enter_coupon(tx, &actor, &EnterCoupon { cart: cart.id, code: code.clone(), currency, channel: Channel::Web })
    });
    let (page, back) = (&visitor.page, super::own_path(form.value("back"), "/cart"));
    match write.await {
        Ok(_) if taken_out => page.go(&back),
        Ok(cart) => page.go_saying(&back, &Flash::ok("coupon-kept").with(cart.coupon.unwrap_or_default())),
        Err(EnterCouponError::Coupon(refusal)) => {
            if refusal == CouponRefusal::Unknown {
                app.guesses().was_wrong(who, now);
            }
            page.go_saying(&back, &Flash::bad("coupon-refused").with(coupon_refused(page, refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The cart's code, for a till.
pub(super) async fn share(State(app): State<App>, visitor: Visitor) -> Answer {
    let (actor, asked) = (visitor.shopper.actor(), visitor.shopper.clone());
    let write = app.db.write("orders.share_cart", move |tx| {
        let cart = own_cart(tx, &asked)?.ok_or(CartError::NotFound)?;
        orders::share_cart(tx, &actor, cart.id, Channel::Web)
    });
    let code = write.await?;
    visitor.page.go_saying("/cart", &Flash::ok("cart-shared").with(code))
}

/// Nothing but a database may fail while looking.
pub(super) type Read<T> = Result<T, Fault>;
