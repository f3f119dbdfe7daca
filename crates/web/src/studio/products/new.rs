//! A new product: its texts, its choices, one price; the variants are what the choices make of each other.

use super::base_list_made;
use super::draft::{Choices, both, field, words};
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use catalogue::{EditError, MAX_VARIANTS, NewMedia, NewProduct, NewVariant, Product};
use kernel::{Fault, Kind, Money, Permission, Problem};
use pricing::{PriceEntry, PriceError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/new", get(form).post(create))
}

#[derive(Template)]
#[template(path = "studio/products/new.html")]
struct New {
    page: Page,
    me: Me,
    form: Form,
    choices: Choices,
    optional: [u8; 3],
}

/// Either half of making a product was refused.
#[derive(Debug, thiserror::Error)]
enum NewError {
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error(transparent)]
    Price(#[from] PriceError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

async fn form(Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let form = Form::of([("status", "draft"), ("tax_category", "standard")]);
    show(&New { choices: Choices::of(&page), form, optional: [1, 2, 3], page, me })
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditCatalogue)?;
    let price = match form.value("price") {
        "" => None,
        typed => Money::parse(typed, app.brand.currency).inspect_err(|_| form.refuse("price", page.t("studio-not-an-amount"))).ok(),
    };
    let new = product(&page, &mut form);
    if !form.is_fine() {
        return show_refused(&New { choices: Choices::of(&page), form, optional: [1, 2, 3], page, me });
    }
    let (actor, currency) = (me.actor.clone(), app.brand.currency);
    let made = app.db.write("studio.create_product", move |tx| -> Result<Product, NewError> {
        let made = catalogue::create_product(tx, &actor, new.clone())?;
        if let Some(price) = price {
            let list = base_list_made(tx, &actor, currency)?;
            let entries: Vec<_> = made.variants.iter().map(|v| PriceEntry { variant: v.id, price, compare_at: None }).collect();
            pricing::set_prices(tx, &actor, list.id, &entries)?;
        }
        Ok(made)
    });
    match made.await {
        Ok(made) => {
            page.go_saying(&format!("/studio/products/{}", made.id), &Flash::ok("studio-product-made").with(super::title(&made, &page)))
        }
        Err(NewError::Fault(fault)) => Err(fault.into()),
        Err(NewError::Edit(error)) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => Err(error.into()),
        Err(NewError::Price(error)) if matches!(error.kind(), Kind::Fault | Kind::Forbidden) => Err(error.into()),
        Err(NewError::Edit(error)) => {
            let name = if field(&error) == "handle" { "title_es" } else { field(&error) };
            form.refuse(name, why(&page, &error));
            show_refused(&New { choices: Choices::of(&page), form, optional: [1, 2, 3], page, me })
        }
        Err(NewError::Price(error)) => {
            form.refuse("price", why(&page, &error));
            show_refused(&New { choices: Choices::of(&page), form, optional: [1, 2, 3], page, me })
        }
    }
}

fn product(page: &Page, form: &mut Form) -> NewProduct {
    let options: Vec<(String, Vec<String>)> = (1..=3)
        .map(|n| (form.value(&format!("option{n}_name")).to_owned(), words(form.value(&format!("option{n}_values")))))
        .filter(|(name, values)| !name.is_empty() && !values.is_empty())
        .collect();
    if options.iter().map(|(_, values)| values.len()).product::<usize>() > MAX_VARIANTS {
        form.refuse("option1_values", page.tn("studio-too-many-variants", MAX_VARIANTS));
    }
    let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
    for (_, values) in options.iter().filter(|_| form.is_fine()) {
        combinations = combinations
            .iter()
            .flat_map(|start| values.iter().map(move |v| [start.as_slice(), std::slice::from_ref(v)].concat()))
            .collect();
    }
    let only = combinations.len() == 1;
    let variant = |option_values| NewVariant {
        sku: if only { form.value("sku").to_owned() } else { String::new() },
        barcode: Some(form.value("barcode").to_owned()).filter(|_| only),
        option_values,
        ..NewVariant::default()
    };
    let picture = form.value("picture");
    NewProduct {
        status: form.value("status").parse().unwrap_or(catalogue::Status::Draft),
        description_html: both(form, "description"),
        vendor: form.value("vendor").to_owned(),
        category: form.value("category").to_owned(),
        tags: words(form.value("tags")),
        tax_category: form.value("tax_category").parse().unwrap_or(catalogue::TaxCategory::Standard),
        is_service: form.value("is_service") == "1",
        options: options.iter().map(|(name, _)| name.clone()).collect(),
        variants: combinations.into_iter().map(variant).collect(),
        media: if picture.is_empty() { Vec::new() } else { vec![NewMedia { source: picture.to_owned(), alt: both(form, "title") }] },
        ..NewProduct::titled(both(form, "title"))
    }
}
