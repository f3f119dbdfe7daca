//! From cart to order, on one page: who, how each line comes, how it is paid.

pub(super) mod form;

use super::cart::{CartView, load_sent};
use super::visitor::{Visitor, own_cart};
use crate::ui::Link;
use crate::{Answer, App, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::State;
use customers::companies::CompanyId;
use customers::{Identifier, IdentifierKind, Recognise};
use flows::{Basket, BasketError, CheckedOut, Checkout, CheckoutError, PayBy, PayOrderError};
use form::{Filled, read_form};
use kernel::{Actor, Channel, Money, Problem, Tx};
use orders::{CartChange, CartError, CartId, ChangeCart, PlaceError};
use payments::{Method, Paying, PaymentError, PaymentRule};

#[derive(Template)]
#[template(path = "storefront/checkout.html")]
struct CheckoutPage {
    page: Page,
    cart: CartView,
    form: Form,
    /// What stands in the way, said above the form.
    refused: String,
    sign_in: Link,
    /// Names this intent: a second press is the same order.
    key: String,
    countries: Vec<(String, String)>,
    /// Companies they may buy for.
    companies: Vec<(String, String)>,
    /// Whether it may be paid in the shop.
    pays_in_shop: bool,
    /// Why some ways of paying are missing.
    rules: Vec<String>,
}

impl CheckoutPage {
    fn cart_id(&self) -> String {
        self.cart.id.map_or_else(String::new, |id| id.to_string())
    }
}

pub(super) async fn show_checkout(State(app): State<App>, visitor: Visitor) -> Answer {
    let asked = visitor.clone();
    let known = app.db.read(move |tx| form::prefill(tx, &asked)).await?;
    let key = format!("web/{}", random_key());
    let page = build(&app, visitor, known, String::new(), key).await?;
    if page.cart.lines.is_empty() {
        return page.page.go("/cart");
    }
    show(&page)
}

fn random_key() -> String {
    rand::random::<[u8; 12]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn build(app: &App, visitor: Visitor, form: Form, refused: String, key: String) -> Result<CheckoutPage, Trouble> {
    let (copy, asked) = (app.clone(), visitor.clone());
    let home = form::home(&form);
    let cart = app.db.read(move |tx| load_sent(tx, &copy, &asked, home.as_ref())).await?;
    let Visitor { page, shopper, .. } = visitor;
    let signed_in = shopper.signed_in;
    let member_of = app.db.read(move |tx| match shopper.signed_in.and(shopper.person) {
        Some(person) => customers::companies::companies_of(tx, person),
        None => Ok(Vec::new()),
    });
    let member_of = member_of.await?;
    let sign_in = match signed_in {
        Some(_) => Link { href: String::new(), text: String::new() },
        None => Link { href: "/account/sign-in?next=/checkout".into(), text: page.t("checkout-sign-in") },
    };
    let countries = vec![("ES".to_owned(), page.t("country-es"))];
    let companies: Vec<(String, String)> = member_of.into_iter().map(|m| (m.company.id.to_string(), m.company.name)).collect();
    let form = if form.values("for").next().is_none() { form.fill("for", "") } else { form };
    let paying = |amount| Paying { amount, is_handed_over: !cart.delivers, channel: Channel::Web };
    let options = cart.due.map_or_else(Vec::new, |due| payments::payment_options(paying(due)).to_vec());
    let pays_in_shop = options.iter().any(|option| option.method == Method::CardTerminal && option.rule.is_none());
    let mut rules: Vec<String> = options.iter().filter_map(|option| Some(rule_says(&page, option.rule?))).collect();
    rules.dedup();
    Ok(CheckoutPage { page, cart, form, refused, sign_in, key, countries, companies, pays_in_shop, rules })
}

/// Place the order. Nothing happens when anything is refused; what was typed stays.
pub(super) async fn place(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let asked = visitor.shopper.clone();
    let cart = app.db.read(move |tx| own_cart(tx, &asked)).await?.filter(|cart| !cart.lines.is_empty());
    let key: String = form.value("key").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '/').take(60).collect();
    let key = if key.is_empty() { format!("web/{}", random_key()) } else { key };
    let Some(cart) = cart else { return sent_twice(&app, &visitor, &form, key).await };
    let filled = match read_form(&visitor.page, &form, form::delivers(&cart)) {
        Ok(filled) => filled,
        Err(wrong) => return show_refused(&build(&app, visitor, wrong, String::new(), key).await?),
    };
    if let Some(says) = other_fee(&app, &visitor, &form, &filled).await? {
        return show_refused(&build(&app, visitor, form, says, key).await?);
    }
    let version = form.value("version").parse().ok();
    let company = form.value("for").parse().ok();
    let command = command(&app, &visitor, &key, Basket::Cart { id: cart.id, version }, &filled);
    let (actor, device) = (visitor.shopper.actor(), visitor.shopper.device());
    let (lines, home) = (flows::basket_of(&cart), command.address.clone());
    let locks = app.db.read(move |tx| flows::checkout_locks(tx, &lines, home.as_ref())).await?;
    let placed = app.db.write_locking("flows.checkout", locks, move |tx| buy(tx, &actor, device.clone(), command.clone(), company));
    match placed.await {
        Ok(done) => go_on(&visitor.page, done),
        Err(refused) => refuse(&app, visitor, form, &refused, key).await,
    }
}

/// Check out; who chatted or browsed here before and now gives an address is one person, when that is safe.
pub(super) fn buy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    device: Option<Identifier>,
    mut command: Checkout,
    company: Option<CompanyId>,
) -> Result<CheckedOut, CheckoutError> {
    if *actor == Actor::Guest {
        let identifiers = known(&command.contact.email, &command.contact.phone).into_iter().chain(device).collect();
        let who = Recognise {
            identifiers,
            name: Some(command.contact.name.clone()),
            locale: Some(command.locale),
            channel: Channel::Web,
            verified: false,
        };
        command.profile = Some(customers::recognise(tx, &Actor::system(), who)?.profile);
    }
    flows::checkout_for(tx, actor, &command, company)
}

/// Choose how it is sent, or see what it costs to send it to the postcode that was typed; nothing that was typed is lost.
pub(super) async fn delivery(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let method: String = form.value("delivery").chars().take(pricing::MAX_METHOD_CODE).collect();
    let (actor, asked) = (visitor.shopper.actor(), visitor.shopper.clone());
    if !method.is_empty() {
        let write = app.db.write("orders.change_cart", move |tx| {
            let cart = own_cart(tx, &asked)?.ok_or(CartError::NotFound)?;
            let change = CartChange::SetDelivery { method: Some(method.clone()) };
            orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change })
        });
        write.await?;
    }
    let key = form.value("key").to_owned();
    let page = build(&app, visitor, form, String::new(), key).await?;
    if page.cart.lines.is_empty() {
        return page.page.go("/cart");
    }
    show(&page)
}

/// What delivery costs at the address that was typed, where that is not what was shown.
async fn other_fee(app: &App, visitor: &Visitor, form: &Form, filled: &Filled) -> Result<Option<String>, Trouble> {
    let (Some(address), Ok(shown)) = (filled.address.clone(), form.value("fee").parse::<i64>()) else { return Ok(None) };
    let (copy, asked, postcode) = (app.clone(), visitor.clone(), address.postcode.clone());
    let cart = app.db.read(move |tx| load_sent(tx, &copy, &asked, Some(&address))).await?;
    let Some(fee) = cart.fee.parse::<i64>().ok().filter(|fee| *fee != shown) else { return Ok(None) };
    let page = &visitor.page;
    let words = if fee == 0 { page.t("free") } else { Money::new(fee, app.brand.currency).format(page.locale) };
    Ok(Some(page.tw("delivery-other-fee", &[("postcode", postcode.into()), ("fee", words.into())])))
}

fn known(email: &str, phone: &str) -> Vec<Identifier> {
    let email = Identifier::email(email).ok();
    let phone = Identifier::phone(phone, customers::HOME_REGION).ok();
    email.into_iter().chain(phone).filter(|known| known.kind() != IdentifierKind::Device).collect()
}

pub(super) fn command(app: &App, visitor: &Visitor, key: &str, basket: Basket, filled: &Filled) -> Checkout {
    Checkout {
        key: key.to_owned(),
        basket,
        profile: None,
        channel: Channel::Web,
        locale: visitor.page.locale,
        currency: app.brand.currency,
        audience: None,
        sold_at: None,
        contact: filled.contact.clone(),
        address: filled.address.clone(),
        delivery: None,
        note: filled.note.clone(),
        payment: payment(filled),
    }
}

fn rule_says(page: &Page, rule: PaymentRule) -> String {
    match rule {
        PaymentRule::CashLimit { most } => page.tv("pay-rule-cash-limit", most.format(page.locale)),
        PaymentRule::NeedsShop => page.t("pay-rule-needs-shop"),
    }
}

fn payment(filled: &Filled) -> PayBy {
    let rest = if filled.pays_later { PayBy::Later } else { PayBy::Online };
    match filled.gift_card.as_str() {
        "" => rest,
        code => PayBy::GiftCard { code: code.to_owned(), rest: Box::new(rest) },
    }
}

fn go_on(page: &Page, done: flows::CheckedOut) -> Answer {
    match done.page {
        Some(token) => page.go(&format!("/pay/{token}")),
        None => page.go(&format!("/orders/{}", done.order.token())),
    }
}

/// The cart is an order by now: the form was sent twice, or comes from an old page. The key answers the first order.
async fn sent_twice(app: &App, visitor: &Visitor, form: &Form, key: String) -> Answer {
    let Ok(id) = form.value("cart").parse::<CartId>() else { return visitor.page.go("/cart") };
    let Some(cart) = app.db.read(move |tx| orders::cart(tx, id)).await? else { return visitor.page.go("/cart") };
    let Ok(filled) = read_form(&visitor.page, form, form::delivers(&cart)) else { return visitor.page.go("/cart") };
    let command = command(app, visitor, &key, Basket::Cart { id, version: None }, &filled);
    let actor = visitor.shopper.actor();
    match app.db.write("flows.checkout", move |tx| flows::checkout(tx, &actor, &command)).await {
        Ok(done) => go_on(&visitor.page, done),
        Err(_) => visitor.page.go("/cart"),
    }
}

async fn refuse(app: &App, visitor: Visitor, mut form: Form, refused: &CheckoutError, key: String) -> Answer {
    let page = &visitor.page;
    let says = match refused {
        CheckoutError::OutOfStock { variant, available, .. } => {
            let variant = *variant;
            let card = app.db.read(move |tx| catalogue::variant(tx, variant)).await?;
            let name = card.map_or_else(String::new, |card| {
                let label = super::words::label(app, page.locale, &card);
                format!("{} · {label}", card.title.get(page.locale)).trim_end_matches(" · ").to_owned()
            });
            match available.0 {
                ..=0 => page.tv("checkout-gone", name),
                left => page.tw("checkout-left", &[("name", name.into()), ("n", left.into())]),
            }
        }
        CheckoutError::Coupon(refusal) => super::cart::coupon_refused(page, *refusal),
        CheckoutError::Pay(PayOrderError::Payment(error @ (PaymentError::UnknownGiftCard | PaymentError::EmptyGiftCard))) => {
            let is_empty = matches!(error, PaymentError::EmptyGiftCard);
            form.refuse("gift_card", page.t(if is_empty { "gift-card-empty" } else { "gift-card-unknown" }));
            String::new()
        }
        CheckoutError::NotForSale { sku, .. } => page.tv("checkout-not-for-sale", sku),
        CheckoutError::Place(PlaceError::CartChanged) => page.t("checkout-changed"),
        CheckoutError::Basket(BasketError::DeliveryGone { .. }) => page.t("delivery-gone"),
        CheckoutError::Basket(BasketError::DeliveryNotReached { postcode, .. }) => page.tv("delivery-not-reached", postcode),
        CheckoutError::Basket(BasketError::CannotDeliver { postcode, .. } | BasketError::NoDelivery { postcode, .. }) => {
            page.tv("checkout-cannot-deliver", postcode)
        }
        CheckoutError::NotABuyer => page.t("checkout-not-a-buyer"),
        CheckoutError::ContactMissing => page.t("checkout-contact"),
        CheckoutError::Fault(_) => return Err(Trouble::of(axum::http::StatusCode::INTERNAL_SERVER_ERROR)),
        other if other.kind() == kernel::Kind::Fault => return Err(Trouble::broken(other)),
        other => {
            tracing::info!(code = other.code(), "a checkout was refused");
            page.t("checkout-refused")
        }
    };
    show_refused(&build(app, visitor, form, says, key).await?)
}
