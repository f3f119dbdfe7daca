//! The desk changes an order, or exchanges what the customer has: by telephone, in one action. What is dearer is asked for by a link in the
//! customer's conversation.

use super::act::matter_of_order;
use crate::desk::signed;
use crate::order_change::{ChangeView, build, read_change, refusal};
use crate::ui::Link;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use flows::{ChangeOrder, ChangeOrderError, ChangedOrder, PayBy};
use kernel::{Actor, Channel, Permission};
use orders::{Order, OrderId};
use std::time::Duration;

/// How long a pay link is good.
const GOOD_FOR: Duration = Duration::from_secs(24 * 3600);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/orders/{id}/change", get(change_form).post(change))
}

#[derive(Template)]
#[template(path = "desk/order_change.html")]
struct ChangePage {
    page: Page,
    order: Link,
    change: ChangeView,
}

async fn load(app: &App, id: OrderId) -> Result<Order, Trouble> {
    app.db.read(move |tx| orders::order(tx, id)).await?.ok_or_else(Trouble::not_found)
}

async fn form_of(app: &App, page: &Page, actor: &Actor, order: &Order, form: Form) -> Result<ChangePage, Trouble> {
    let back = format!("/desk/orders/{}", order.id);
    let link = Link { href: back.clone(), text: page.tv("order-number", order.number) };
    let (copy, shown, actor, order) = (app.clone(), page.clone(), actor.clone(), order.clone());
    let view = app.db.read(move |tx| {
        let ways = (form.clone(), format!("{back}/change"), back.clone());
        build(tx, (&copy, &shown), &actor, &order, ways)
    });
    Ok(ChangePage { page: page.clone(), order: link, change: view.await? })
}

async fn change_form(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>) -> Answer {
    me.actor.require(Permission::Sell)?;
    let page = signed(page, &me);
    let order = load(&app, id).await?;
    let form = Form::new().fill("name", order.contact.name.clone());
    show(&form_of(&app, &page, &me.actor, &order, form).await?)
}

async fn change(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<OrderId>, form: Form) -> Answer {
    me.actor.require(Permission::Sell)?;
    let page = signed(page, &me);
    let order = load(&app, id).await?;
    let (changes, back) = match read_change(&page, &order, &form) {
        Ok(chosen) => chosen,
        Err(wrong) => return show_refused(&form_of(&app, &page, &me.actor, &order, wrong).await?),
    };
    let key: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let cmd = ChangeOrder {
        key: format!("desk/{id}/{key}"),
        order: id,
        changes,
        back,
        back_at: None,
        reason: page.t("exchange-title"),
        delivery: None,
        audience: None,
        payment: PayBy::Later,
        channel: Channel::Desk,
    };
    let (asked, asking) = (cmd.clone(), me.actor.clone());
    let (proposal, difference) = match app.db.read(move |tx| Ok::<_, kernel::Fault>(flows::preview_change(tx, &asking, &asked))).await? {
        Ok(seen) => seen,
        Err(refused) => return refuse(&app, (&page, &me.actor), &order, form, refused).await,
    };
    let is_confirmed = form.value("step") == "do";
    if !is_confirmed || form.value("seen") != difference.minor.to_string() {
        let other = if is_confirmed { page.t("change-other-cost") } else { String::new() };
        let mut shown = form_of(&app, &page, &me.actor, &order, form).await?;
        shown.change = shown.change.with(&proposal, difference).refused(other);
        return show(&shown);
    }
    let (actor, is_dearer) = (me.actor.clone(), difference.is_positive());
    let done = app.db.write("flows.change_order", move |tx| do_it(tx, &actor, &cmd, is_dearer)).await;
    match done {
        Ok((done, matter)) => match (matter, done.link) {
            (Some(matter), Some(link)) => {
                page.go_saying(&format!("/desk/matters/{matter}?pay={}", link.id), &Flash::ok("change-link-ready"))
            }
            _ => page.go_saying(&format!("/desk/orders/{id}"), &Flash::ok("change-done")),
        },
        Err(refused) => refuse(&app, (&page, &me.actor), &order, form, refused).await,
    }
}

/// What is dearer is asked for in the customer's conversation.
fn do_it(
    tx: &mut kernel::Tx<'_>,
    actor: &Actor,
    cmd: &ChangeOrder,
    is_dearer: bool,
) -> Result<(ChangedOrder, Option<conversations::MatterId>), ChangeOrderError> {
    let order = orders::order(tx, cmd.order)?.ok_or(orders::ChangeError::NotFound)?;
    let matter = if is_dearer { matter_of_order(tx, &order)? } else { None };
    let payment = match &matter {
        Some((matter, _)) => PayBy::Link { matter: Some(matter.to_string()), good_for: GOOD_FOR },
        None => PayBy::Later,
    };
    let done = flows::change_order(tx, actor, &ChangeOrder { payment, ..cmd.clone() })?;
    Ok((done, matter.map(|(matter, _)| matter)))
}

async fn refuse(app: &App, (page, actor): (&Page, &Actor), order: &Order, form: Form, refused: ChangeOrderError) -> Answer {
    let Some(says) = refusal(page, &refused) else { return Err(refused.into()) };
    let mut shown = form_of(app, page, actor, order, form).await?;
    shown.change = shown.change.refused(says);
    show_refused(&shown)
}
