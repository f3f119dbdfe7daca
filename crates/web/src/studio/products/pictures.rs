//! Pictures of a product: uploaded, named, put in order, given to the variants that they show.

use super::edit::page_of;
use super::id;
use crate::studio::uploads::take_all;
use crate::studio::{Entered, why};
use crate::{Answer, App, Flash, Form, Trouble, show_refused};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::routing::post;
use catalogue::{EditError, Localised, MediaChange, MediaId, Variant, pictures};
use kernel::{Kind, Permission, Problem, Tx};

/// All files of one form, in bytes, as the shell reads it.
const LARGEST: usize = 20 << 20;
/// Files of one form.
const MOST: usize = 10;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/products/{id}/pictures", post(save))
        .route("/studio/products/{id}/pictures/upload", post(upload).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/studio/products/{id}/pictures/{picture}/removal", post(remove))
        .route("/studio/products/{id}/pictures/{picture}/first", post(first))
}

/// New pictures, all or none, in the order in which they were chosen.
async fn upload(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, parts: Multipart) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let id = id(&text)?;
    let (mut form, files) = take_all(parts).await?;
    if files.is_empty() || files.len() > MOST {
        form.refuse("file", page.tn("studio-choose-pictures", MOST));
        return show_refused(&page_of(&app, page, me, id, 0, (None, form)).await?);
    }
    let prepare = move || files.iter().map(|file| pictures::prepare(file)).collect::<Result<Vec<_>, _>>();
    let ready = match tokio::task::spawn_blocking(prepare).await.map_err(Trouble::broken)? {
        Ok(ready) => ready,
        Err(error) => {
            form.refuse("file", why(&page, &error));
            return show_refused(&page_of(&app, page, me, id, 0, (None, form)).await?);
        }
    };
    let actor = me.actor;
    let kept = app.db.write("catalogue.save_media", move |tx| -> Result<(), EditError> {
        for picture in &ready {
            let source = pictures::keep(tx, &actor, picture)?;
            catalogue::save_media(tx, &actor, id, MediaChange { source, ..MediaChange::default() })?;
        }
        Ok(())
    });
    kept.await?;
    page.go_saying(&format!("/studio/products/{id}#pictures"), &Flash::ok("studio-pictures-added"))
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
    let of = form.value("of").to_owned();
    let save = move |tx: &mut Tx<'_>| {
        let product = catalogue::product(tx, id)?.ok_or(EditError::UnknownProduct)?;
        let shown = |variant: &&Variant| !of.is_empty() && variant.option_values.contains(&of);
        let variants = product.variants.iter().filter(shown).map(|variant| variant.id).collect();
        catalogue::save_media(tx, &actor, id, MediaChange { variants, ..change.clone() })
    };
    match app.db.write("catalogue.save_media", save).await {
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
