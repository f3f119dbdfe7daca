//! Finding an order without its link: by number and the address it was placed with.

use super::super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Form, Page, show, show_refused};
use askama::Template;
use axum::extract::State;
use customers::{HOME_REGION, Identifier};
use orders::OrderNumber;

#[derive(Template)]
#[template(path = "storefront/order_find.html")]
struct FindPage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
}

pub(in super::super) async fn find_form(visitor: Visitor) -> Answer {
    let Visitor { page, aisles, .. } = visitor;
    show(&FindPage { page, aisles, form: Form::new() })
}

/// One answer for a wrong number and a wrong address, so that nobody learns which orders there are.
pub(in super::super) async fn find(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let number = form.value("number").parse::<OrderNumber>().ok();
    let found = match number {
        Some(number) => app.db.read(move |tx| orders::order_by_number(tx, number)).await?,
        None => None,
    };
    let typed = form.value("contact").to_owned();
    let email = Identifier::email(&typed).ok();
    let phone = Identifier::phone(&typed, HOME_REGION).ok();
    let fits = |given: &str, known: &Option<Identifier>| !given.is_empty() && known.as_ref().is_some_and(|known| known.value() == given);
    let order = found.filter(|order| fits(&order.contact.email, &email) || fits(&order.contact.phone, &phone));
    let Visitor { page, aisles, .. } = visitor;
    match order {
        Some(order) => page.go(&format!("/orders/{}", order.token())),
        None => {
            form.refuse("number", page.t("find-none"));
            show_refused(&FindPage { page, aisles, form })
        }
    }
}
