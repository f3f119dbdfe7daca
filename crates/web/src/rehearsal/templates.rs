//! Whoever rehearses plays WhatsApp's judge of templates.

use crate::studio::Entered;
use crate::{Answer, App, Form, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use conversations::TemplateId;
use kernel::{Channel, Permission};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/rehearsal/templates/{id}", post(judge))
}

/// Approve, reject, pause; the state changes when the simulated provider's notice has come.
async fn judge(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TemplateId>, form: Form) -> Answer {
    me.actor.require(Permission::WriteTemplates)?;
    let template = app.db.read(move |tx| conversations::message_template(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let (status, reason) = match form.value("verdict") {
        "approve" => ("APPROVED", "NONE"),
        "reject" => ("REJECTED", "PROMOTIONAL"),
        "pause" => ("PAUSED", "NONE"),
        _ => return Err(Trouble::not_found()),
    };
    let far_end = app.simulators.far_end(Channel::Whatsapp);
    match template.provider_id.as_deref().zip(far_end).map(|(id, meta)| meta.judges(id, status, reason)) {
        Some(true) => page.go_saying(&format!("/studio/templates/{id}"), &crate::Flash::ok("template-judged")),
        _ => Err(Trouble::not_found()),
    }
}
