//! Paying at a real gateway: our page says how much and for what, offers the ways that the gateway has, and waits for its word afterwards.
//! The card is typed on the gateway's own page, never here.

use super::pay::order_of;
use crate::{Answer, App, Flash, Page, Trouble, headers, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use gateways::runtime::{Leading, NotLed, Offered};
use orders::Order;
use payments::{GatewaySession, Payment, PaymentState};

/// One way, as the page shows it.
struct WayShown {
    words: String,
    /// Where the form goes, and its fields; a link where it is empty.
    action: String,
    fields: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "storefront/pay_gateway.html")]
struct GatewayPage {
    page: Page,
    token: String,
    amount: String,
    number: String,
    back: String,
    ways: Vec<WayShown>,
    declined: bool,
    /// The customer came back and the gateway has not told yet.
    waits: bool,
    is_open: bool,
}

/// The page of a payment that was begun at a gateway.
pub(super) async fn show_gateway(app: &App, page: Page, session: GatewaySession) -> Answer {
    let came_back = page.query.starts_with("returned");
    if came_back && let Err(fault) = gateways::runtime::inquire(&app.db, &app.carrier, &session).await {
        tracing::warn!(fault = fault.chain(), "a payment cannot be asked after now");
    }
    let (payment, order) = at(app, &session).await?;
    let back = order.as_ref().map_or_else(|| "/".to_owned(), |order| format!("/orders/{}", order.token()));
    if payment.state.was_captured() || payment.state == PaymentState::Authorised {
        return if came_back { page.go_saying(&back, &Flash::ok("my-order-paid")) } else { page.go(&back) };
    }
    let is_open = matches!(payment.state, PaymentState::Pending | PaymentState::Failed);
    let declined = payment.state == PaymentState::Failed;
    let waits = came_back && is_open && !declined;
    let token = session.token.clone();
    let number = order.as_ref().map_or_else(String::new, |order| order.number.to_string());
    let offered = match is_open && !waits {
        true => gateways::runtime::offered(&app.db, &leading(app, &page, (session, payment.clone()), &number)).await.map_err(trouble)?,
        false => Vec::new(),
    };
    let origins: Vec<String> = offered.iter().filter_map(|offered| Some(origin(&offered.form.as_ref()?.action)?.to_owned())).collect();
    let ways = offered.into_iter().map(|offered| way(&page, offered, &payment)).collect();
    let amount = payment.amount.format(page.locale);
    let mut response = show(&GatewayPage { page, token, amount, number, back, ways, declined, waits, is_open })?;
    // A form is good for one try: whoever comes back gets another.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(match origins.first() {
        Some(origin) => headers::with_form_to(response, origin),
        None => response,
    })
}

/// On to the gateway's page, which is made now.
pub(super) async fn go(State(app): State<App>, page: Page, Path(token): Path<String>) -> Answer {
    let asked = token.clone();
    let session = app.db.read(move |tx| payments::session_by_token(tx, &asked)).await?.ok_or_else(Trouble::not_found)?;
    let (payment, order) = at(&app, &session).await?;
    let ours = format!("/pay/{token}");
    if !matches!(payment.state, PaymentState::Pending | PaymentState::Failed) {
        return page.go(&ours);
    }
    let number = order.map_or_else(String::new, |order| order.number.to_string());
    match gateways::runtime::lead(&app.db, &app.carrier, &leading(&app, &page, (session, payment), &number)).await {
        Ok(url) => page.go(&url),
        Err(NotLed::Refused(_)) => page.go_saying(&ours, &Flash::bad("pay-gateway-down")),
        Err(NotLed::Fault(fault)) => Err(fault.into()),
    }
}

async fn at(app: &App, session: &GatewaySession) -> Result<(Payment, Option<Order>), Trouble> {
    let id = session.payment;
    let payment = app.db.read(move |tx| payments::payment(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let order = order_of(app, payment.subject.clone()).await?;
    Ok((payment, order))
}

fn leading(app: &App, page: &Page, (session, payment): (GatewaySession, Payment), number: &str) -> Leading {
    let title = page.tv("pay-for", number);
    Leading { session, payment, title, locale: page.locale, public_url: app.brand.public_url.trim_end_matches('/').to_owned() }
}

fn way(page: &Page, offered: Offered, payment: &Payment) -> WayShown {
    let words = page.tv(&format!("pay-way-{}", offered.way.as_str()), payment.amount.format(page.locale));
    let form = offered.form.map_or_else(|| (String::new(), Vec::new()), |form| (form.action, form.fields));
    WayShown { words, action: form.0, fields: form.1 }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> Option<&str> {
    let rest = url.find("://")? + 3;
    Some(&url[..url[rest..].find('/').map_or(url.len(), |end| rest + end)])
}

fn trouble(error: NotLed) -> Trouble {
    match error {
        NotLed::Refused(_) => Trouble::coded(axum::http::StatusCode::SERVICE_UNAVAILABLE, "pay_gateway_down"),
        NotLed::Fault(fault) => fault.into(),
    }
}
