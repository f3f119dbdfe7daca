//! One way of delivery: new, changed, taken out.

use super::draft::{cut, empty, field_of, form_of, read, rows};
use crate::studio::hours::DAYS;
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Kind, Permission, Problem};
use pricing::{DeliveryMethod, PriceError};

#[derive(Template)]
#[template(path = "studio/delivery/method.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    /// Where it is taken out; empty for one that is not stored.
    removal: String,
    is_new: bool,
    form: Form,
    /// Field and words of each day's cut-off time.
    cuts: Vec<(String, String)>,
    /// Numbers of the zones' rows.
    zones: Vec<usize>,
    edits: bool,
}

fn page_of(page: Page, me: Me, known: Option<&DeliveryMethod>, form: Form) -> Result<Edit, Trouble> {
    me.actor.require(Permission::ViewCatalogue)?;
    let base = known.map_or_else(|| "/studio/delivery/methods/new".to_owned(), |known| format!("/studio/delivery/methods/{}", known.code));
    Ok(Edit {
        title: known.map_or_else(|| page.t("delivery-new"), |known| known.name.get(page.locale).to_owned()),
        removal: known.filter(|known| known.version > 0).map_or_else(String::new, |_| format!("{base}/removal")),
        action: base,
        is_new: known.is_none(),
        cuts: DAYS.iter().map(|day| (cut(day), page.t(&format!("day-{day}")))).collect(),
        zones: (0..rows(&form)).collect(),
        edits: me.actor.may(Permission::EditPrices),
        form,
        page,
        me,
    })
}

async fn known(app: &App, code: String) -> Result<DeliveryMethod, Trouble> {
    app.db.read(move |tx| pricing::delivery_method(tx, &code)).await?.ok_or_else(Trouble::not_found)
}

pub(super) async fn new(Entered { page, me }: Entered) -> Answer {
    show(&page_of(page, me, None, empty())?)
}

pub(super) async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(code): Path<String>) -> Answer {
    let method = known(&app, code).await?;
    let form = form_of(&method, app.brand.currency);
    show(&page_of(page, me, Some(&method), form)?)
}

pub(super) async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let method = read(&page, &mut form, app.brand.currency, None);
    let code = method.code.clone();
    if app.db.read(move |tx| pricing::delivery_method(tx, &code)).await?.is_some() {
        form.refuse("code", page.t("delivery-code-taken"));
    }
    put(&app, page, me, None, method, form).await
}

pub(super) async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(code): Path<String>, mut form: Form) -> Answer {
    let was = known(&app, code).await?;
    let method = read(&page, &mut form, app.brand.currency, Some(&was));
    put(&app, page, me, Some(was), method, form).await
}

async fn put(app: &App, page: Page, me: Me, was: Option<DeliveryMethod>, method: DeliveryMethod, mut form: Form) -> Answer {
    if form.is_fine() {
        let actor = me.actor.clone();
        match app.db.write("pricing.set_delivery_method", move |tx| pricing::set_delivery_method(tx, &actor, method.clone())).await {
            Ok(_) => return page.go_saying("/studio/delivery", &Flash::ok("saved")),
            Err(error @ PriceError::Invalid { field, .. }) => form.refuse(field_of(field), why(&page, &error)),
            Err(error) => return Err(error.into()),
        }
    }
    show_refused(&page_of(page, me, was.as_ref(), form)?)
}

pub(super) async fn remove(State(app): State<App>, Entered { page, me }: Entered, Path(code): Path<String>) -> Answer {
    let method = known(&app, code.clone()).await?;
    let actor = me.actor.clone();
    match app.db.write("pricing.remove_delivery_method", move |tx| pricing::remove_delivery_method(tx, &actor, &code)).await {
        Ok(()) => page.go_saying("/studio/delivery", &Flash::ok("delivery-removed")),
        Err(error) if error.kind() == Kind::Invalid => {
            let mut form = form_of(&method, app.brand.currency);
            form.refuse("active", why(&page, &error));
            show_refused(&page_of(page, me, Some(&method), form)?)
        }
        Err(error) => Err(error.into()),
    }
}
