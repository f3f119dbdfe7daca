//! When a product goes on sale, and off it, by itself.

use super::edit::page_of;
use super::id;
use crate::studio::{Entered, why};
use crate::{Answer, App, Flash, Form, format, show_refused};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use catalogue::{EditError, Plan, Planned, Status, plan_publication};
use kernel::{Kind, Problem};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}/publication", post(plan))
}

/// What is planned, as the form has it: in the time of the brand.
pub(super) fn form_of(planned: &[Planned], zone: &str) -> Form {
    let mut form = Form::new();
    for step in planned {
        let field = if step.status == Status::Active { "on_sale" } else { "off_sale" };
        form = form.fill(field, format::local_time(step.at, zone));
    }
    form
}

async fn plan(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let (actor, id) = (me.actor.clone(), id(&text)?);
    let mut wanted = Plan::default();
    for (field, slot) in [("on_sale", &mut wanted.on_sale), ("off_sale", &mut wanted.off_sale)] {
        let typed = form.value(field).to_owned();
        *slot = format::parse_local(&typed, &app.brand.zone);
        if slot.is_none() && !typed.is_empty() {
            form.refuse(field, page.t("promo-no-moment"));
        }
    }
    if !form.is_fine() {
        return show_refused(&page_of(&app, page, me, id, 0, (None, form)).await?);
    }
    match app.db.write("catalogue.plan_publication", move |tx| plan_publication(tx, &actor, id, wanted)).await {
        Ok(()) => page.go_saying(&format!("/studio/products/{id}"), &Flash::ok("publication-saved")),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => Err(error.into()),
        Err(error) => {
            let field = if matches!(error, EditError::Invalid { field: "on_sale", .. }) { "on_sale" } else { "off_sale" };
            form.refuse(field, why(&page, &error));
            show_refused(&page_of(&app, page, me, id, 0, (None, form)).await?)
        }
    }
}
