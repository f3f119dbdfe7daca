//! The relay of the video rooms: where it is, what we share with it, and whether it works from here.

use super::{Entered, Me};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use conversations::{RelayRules, RoomError, RoomId};
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/video", get(edit).post(save)).route("/studio/video/ice", get(ice))
}

#[derive(Template)]
#[template(path = "studio/video.html")]
struct Video {
    page: Page,
    me: Me,
    form: Form,
    has_secret: bool,
}

impl Video {
    fn secret_hint(&self) -> String {
        self.page.t(if self.has_secret { "video-secret-kept" } else { "video-secret-hint" })
    }
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let rules = app.db.read(conversations::relay_rules).await?;
    let only = if rules.only_relay { "1" } else { "" };
    let form = Form::of([("addresses", rules.addresses.join("\n")), ("only_relay", only.to_owned())]);
    show(&Video { page, me, form, has_secret: !rules.secret.is_empty() })
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let was = app.db.read(conversations::relay_rules).await?;
    let secret = Some(form.value("secret")).filter(|secret| !secret.is_empty()).unwrap_or(&was.secret).to_owned();
    let rules = RelayRules {
        addresses: form.value("addresses").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        secret,
        only_relay: form.is("only_relay", "1"),
    };
    let actor = me.actor.clone();
    match app.db.write("conversations.save_relay_rules", move |tx| conversations::save_relay_rules(tx, &actor, &rules)).await {
        Ok(()) => page.go_saying("/studio/video", &Flash::ok("saved")),
        Err(refused) => {
            match &refused {
                RoomError::NotARelay(address) => form.refuse("addresses", page.tv("video-not-a-relay", address)),
                RoomError::NoSecret => form.refuse("secret", page.t("video-no-secret")),
                _ => return Err(Trouble::from(refused)),
            }
            show_refused(&Video { page, me, form, has_secret: !was.secret.is_empty() })
        }
    }
}

/// What a browser would be told, to try the relay that is saved.
async fn ice(State(app): State<App>, Entered { me, .. }: Entered) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let told =
        app.db.read(|tx| Ok::<_, kernel::Fault>(conversations::ice(&conversations::relay_rules(tx)?, RoomId::nil(), tx.now()))).await?;
    Ok(Json(told).into_response())
}
