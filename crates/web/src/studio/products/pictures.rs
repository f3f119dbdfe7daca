//! Pictures of a product, by reference.

use super::edit::page_of;
use super::id;
use crate::studio::{Entered, why};
use crate::{Answer, App, Flash, Form, Trouble, show_refused};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use catalogue::{Localised, MediaChange, MediaId};
use kernel::{Kind, Problem};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/products/{id}/pictures", post(save))
        .route("/studio/products/{id}/pictures/{picture}/removal", post(remove))
        .route("/studio/products/{id}/pictures/{picture}/first", post(first))
}

fn picture(text: &str) -> Result<MediaId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let (id, actor) = (id(&text)?, me.actor.clone());
    let change = MediaChange {
        id: form.value("picture").parse().ok(),
        source: form.value("source").to_owned(),
        alt: Localised::new(form.value("alt_es"), form.value("alt_en")),
        ..MediaChange::default()
    };
    match app.db.write("catalogue.save_media", move |tx| catalogue::save_media(tx, &actor, id, change.clone())).await {
        Ok(_) => page.go_saying(&format!("/studio/products/{id}#pictures"), &Flash::ok("saved")),
        Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => Err(error.into()),
        Err(error) => {
            form.refuse("source", why(&page, &error));
            show_refused(&page_of(&app, page, me, id, 0, (None, form)).await?)
        }
    }
}

async fn remove(State(app): State<App>, Entered { page, me }: Entered, Path((text, media)): Path<(String, String)>) -> Answer {
    let (id, media, actor) = (id(&text)?, picture(&media)?, me.actor);
    app.db.write("catalogue.remove_media", move |tx| catalogue::remove_media(tx, &actor, id, media)).await?;
    page.go_saying(&format!("/studio/products/{id}#pictures"), &Flash::ok("studio-picture-removed"))
}

/// The first picture is the one that lists show.
async fn first(State(app): State<App>, Entered { page, me }: Entered, Path((text, media)): Path<(String, String)>) -> Answer {
    let (id, media, actor) = (id(&text)?, picture(&media)?, me.actor);
    let done = app.db.write("catalogue.save_media", move |tx| {
        let product = catalogue::product(tx, id)?.ok_or(catalogue::EditError::UnknownProduct)?;
        let known = product.media.into_iter().find(|known| known.id == media).ok_or(catalogue::EditError::UnknownMedia)?;
        let change = MediaChange { id: Some(media), source: known.source, alt: known.alt, position: Some(1), variants: Vec::new() };
        catalogue::save_media(tx, &actor, id, change)
    });
    done.await?;
    page.go_saying(&format!("/studio/products/{id}#pictures"), &Flash::ok("saved"))
}
