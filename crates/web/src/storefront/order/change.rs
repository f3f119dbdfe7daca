//! The customer changes an order, or exchanges what they have: looked at first, then done; what is dearer is paid first.

use super::super::visitor::{Aisle, Visitor};
use super::{Found, buyer, read};
use crate::order_change::{ChangeView, build, read_change, refusal};
use crate::ui::Link;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use flows::{ChangeOrder, PayBy};
use kernel::Channel;

#[derive(Template)]
#[template(path = "storefront/order_change.html")]
struct ChangePage {
    page: Page,
    aisles: Vec<Aisle>,
    order: Link,
    change: ChangeView,
}

async fn form_of(app: &App, visitor: &Visitor, token: &str, found: &Found, form: Form) -> Result<ChangeView, Trouble> {
    let (copy, page, order, actor) = (app.clone(), visitor.page.clone(), found.order.clone(), buyer(&found.order));
    let back = format!("/orders/{token}");
    let view = app.db.read(move |tx| {
        let ways = (form.clone(), format!("{back}/change"), back.clone());
        build(tx, (&copy, &page), &actor, &order, ways)
    });
    Ok(view.await?)
}

fn on_page(visitor: Visitor, token: &str, found: &Found, change: ChangeView) -> ChangePage {
    let Visitor { page, aisles, .. } = visitor;
    let order = Link { href: format!("/orders/{token}"), text: page.tv("my-order-number", found.order.number) };
    ChangePage { page, aisles, order, change }
}

pub(in super::super) async fn change_form(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let found = read(&app, &token).await?;
    let change = form_of(&app, &visitor, &token, &found, Form::new().fill("name", found.order.contact.name.clone())).await?;
    show(&on_page(visitor, &token, &found, change))
}

pub(in super::super) async fn change(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let found = read(&app, &token).await?;
    let (changes, back) = match read_change(&visitor.page, &found.order, &form) {
        Ok(chosen) => chosen,
        Err(wrong) => {
            let change = form_of(&app, &visitor, &token, &found, wrong).await?;
            return show_refused(&on_page(visitor, &token, &found, change));
        }
    };
    let key: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let order = found.order.id;
    let cmd = ChangeOrder {
        key: format!("web/{order}/{key}"),
        order,
        changes,
        back,
        back_at: None,
        reason: visitor.page.t("exchange-title"),
        delivery: None,
        audience: None,
        payment: PayBy::Online,
        channel: Channel::Web,
    };
    let actor = buyer(&found.order);
    let (asked, asking) = (cmd.clone(), actor.clone());
    let seen = app.db.read(move |tx| Ok::<_, kernel::Fault>(flows::preview_change(tx, &asking, &asked))).await?;
    let (proposal, difference) = match seen {
        Ok(seen) => seen,
        Err(refused) => return refuse(&app, visitor, (&token, &found), form, refused).await,
    };
    let is_confirmed = form.value("step") == "do";
    if !is_confirmed || form.value("seen") != difference.minor.to_string() {
        let other = if is_confirmed { visitor.page.t("change-other-cost") } else { String::new() };
        let change = form_of(&app, &visitor, &token, &found, form).await?.with(&proposal, difference).refused(other);
        return show(&on_page(visitor, &token, &found, change));
    }
    match app.db.write("flows.change_order", move |tx| flows::change_order(tx, &actor, &cmd)).await {
        Ok(done) => match done.page {
            Some(hosted) => visitor.page.go(&format!("/pay/{hosted}")),
            None => visitor.page.go_saying(&format!("/orders/{token}"), &Flash::ok("change-done")),
        },
        Err(refused) => refuse(&app, visitor, (&token, &found), form, refused).await,
    }
}

async fn refuse(app: &App, visitor: Visitor, (token, found): (&str, &Found), form: Form, refused: flows::ChangeOrderError) -> Answer {
    let Some(says) = refusal(&visitor.page, &refused) else { return Err(refused.into()) };
    let change = form_of(app, &visitor, token, found, form).await?.refused(says);
    show_refused(&on_page(visitor, token, found, change))
}
