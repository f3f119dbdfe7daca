//! Find a customer, or add one.

use super::counter::Counter;
use super::find::{Row, people_like, person_row};
use super::words::refused;
use crate::{Answer, App, Flash, Form, Page, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use customers::{Identifier, Recognise};
use kernel::{Channel, Permission};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/customers", get(find).post(add))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    /// `cart` when somebody is wanted for the cart on the counter.
    #[serde(default)]
    r#for: String,
}

#[derive(Template)]
#[template(path = "till/customers.html")]
struct CustomersPage {
    page: Page,
    q: String,
    people: Vec<Row>,
    form: Form,
    is_for_cart: bool,
    refused: String,
}

async fn find(State(app): State<App>, counter: Counter, Query(asked): Query<Asked>) -> Answer {
    counter.actor.require(Permission::ViewCustomers)?;
    let q: String = asked.q.trim().chars().take(200).collect();
    let (at, typed) = (counter.clone(), q.clone());
    let people = app.db.read(move |tx| people_like(tx, &at, &typed)).await?;
    let precise = q.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@');
    let page = counter.page;
    if let [only] = people.as_slice()
        && precise
    {
        return page.go(&format!("/till/customers/{}", only.person));
    }
    // Nobody has it: what was typed begins the form for a new customer.
    let form = if people.is_empty() { begun(&q) } else { Form::new() };
    let people = people.iter().map(|card| person_row(&page, card, "")).collect();
    show(&CustomersPage { q, people, form, is_for_cart: asked.r#for == "cart", refused: String::new(), page })
}

fn begun(q: &str) -> Form {
    let field = match q {
        q if q.contains('@') => "email",
        q if Identifier::phone(q, customers::HOME_REGION).is_ok() => "phone",
        q if q.bytes().any(|byte| byte.is_ascii_digit()) => "card",
        _ => "name",
    };
    Form::of([(field, q)])
}

/// Add a customer, or find the one who has that card, telephone or e-mail already.
async fn add(State(app): State<App>, counter: Counter, mut form: Form) -> Answer {
    let mut identifiers = Vec::new();
    type Read = fn(&str) -> Result<Identifier, customers::InvalidIdentifier>;
    let fields: [(&str, Read); 3] =
        [("card", Identifier::card), ("phone", |text| Identifier::phone(text, customers::HOME_REGION)), ("email", Identifier::email)];
    for (field, read) in fields {
        match read(form.value(field)) {
            _ if form.value(field).is_empty() => {}
            Ok(identifier) => identifiers.push(identifier),
            Err(_) => form.refuse(field, counter.page.t(&format!("till-bad-{field}"))),
        }
    }
    if form.is_fine() && identifiers.is_empty() {
        form.refuse("phone", counter.page.t("till-one-is-needed"));
    }
    if !form.is_fine() {
        return refuse(counter.page, form, String::new());
    }
    let name = Some(form.value("name").chars().take(200).collect::<String>()).filter(|name| !name.is_empty());
    let locks = identifiers.iter().map(Identifier::lock_key).collect();
    let who = Recognise { identifiers, name, locale: Some(counter.page.locale), channel: Channel::Till, verified: false };
    let actor = counter.actor.clone();
    match app.db.write_locking("till.add_customer", locks, move |tx| customers::recognise(tx, &actor, who.clone())).await {
        Ok(found) => {
            let says = if found.is_new { "till-customer-added" } else { "till-customer-known" };
            counter.page.go_saying(&format!("/till/customers/{}", found.person), &Flash::ok(says))
        }
        Err(error) => {
            let says = refused(&counter.page, error)?;
            refuse(counter.page, form, says)
        }
    }
}

fn refuse(page: Page, form: Form, refused: String) -> Answer {
    show_refused(&CustomersPage { page, q: String::new(), people: Vec::new(), form, is_for_cart: false, refused })
}
