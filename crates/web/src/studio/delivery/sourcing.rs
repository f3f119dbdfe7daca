//! What is weighed where parcels leave, and a trial of it before it is written.

use super::{Typed, build};
use crate::sourced::{sourced_terms, sourced_words};
use crate::studio::{Entered, amount, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use axum::extract::State;
use catalogue::VariantId;
use flows::sourcing::{Trial, TrialError, trial};
use kernel::{Currency, Kind, Money, Permission, Problem, Quantity};
use pricing::{PriceError, SourcingWeights};

/// Lines of a trial.
pub(super) const LINES: usize = 3;
/// Weights that are amounts.
const COSTS: [&str; 5] = ["parcel", "hundred_km", "late_day", "shop_piece", "last_piece"];

/// One parcel of a trial, in words.
pub(super) struct Parcel {
    pub(super) says: String,
    pub(super) terms: String,
    pub(super) lines: Vec<String>,
}

pub(super) fn form_of(weights: &SourcingWeights, currency: Currency) -> Form {
    let SourcingWeights { parcel, hundred_km, late_day, shop_piece, last_piece, kept, .. } = *weights;
    let costs = [parcel, hundred_km, late_day, shop_piece, last_piece].map(|minor| amount::written(Money::new(minor, currency)));
    Form::of(COSTS.into_iter().zip(costs)).fill("kept", kept.to_string())
}

/// The weights that a form says; what cannot be read is refused beside its field.
fn read(page: &Page, form: &mut Form, currency: Currency) -> SourcingWeights {
    let [parcel, hundred_km, late_day, shop_piece, last_piece] = COSTS.map(|field| {
        amount::read(form.value(field), currency).unwrap_or_else(|| {
            form.refuse(field, page.t("promo-no-amount"));
            0
        })
    });
    let kept = form.value("kept").parse().unwrap_or_else(|_| {
        form.refuse("kept", page.t("studio-not-a-number"));
        0
    });
    SourcingWeights { parcel, hundred_km, late_day, shop_piece, last_piece, kept, version: 0 }
}

pub(super) async fn save(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditLocations)?;
    let weights = read(&page, &mut form, app.brand.currency);
    if !form.is_fine() {
        return show_refused(&build(&app, page, me, Typed { weights: Some(form), ..Typed::default() }).await?);
    }
    if form.is("do", "try") {
        let parcels = try_out(&app, &page, &mut form, weights).await?;
        let is_fine = form.is_fine();
        let list = build(&app, page, me, Typed { weights: Some(form), parcels, ..Typed::default() }).await?;
        return if is_fine { show(&list) } else { show_refused(&list) };
    }
    let actor = me.actor.clone();
    match app.db.write("pricing.set_sourcing_weights", move |tx| pricing::set_sourcing_weights(tx, &actor, weights)).await {
        Ok(_) => page.go_saying("/studio/delivery", &Flash::ok("saved")),
        Err(error @ PriceError::Invalid { field, .. }) => {
            form.refuse(field, why(&page, &error));
            show_refused(&build(&app, page, me, Typed { weights: Some(form), ..Typed::default() }).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The parcels of the trial; nothing where a field is refused.
async fn try_out(app: &App, page: &Page, form: &mut Form, weights: SourcingWeights) -> Result<Option<Vec<Parcel>>, Trouble> {
    let typed: Vec<(usize, String)> = (1..=LINES).map(|n| (n, form.value(&format!("sku-{n}")).to_owned())).collect();
    let typed: Vec<_> = typed.into_iter().filter(|(_, sku)| !sku.is_empty()).collect();
    if typed.is_empty() {
        form.refuse("sku-1", page.t("delivery-trial-needs-sku"));
        return Ok(None);
    }
    let mut cards = Vec::new();
    for (n, sku) in typed {
        let units = form.value(&format!("units-{n}")).parse::<i64>().unwrap_or(1).clamp(1, orders::MAX_QUANTITY);
        match app.db.read(move |tx| catalogue::by_code(tx, &sku)).await? {
            Some(card) => cards.push((card, units)),
            None => form.refuse(&format!("sku-{n}"), page.t("promo-no-such-sku")),
        }
    }
    if !form.is_fine() {
        return Ok(None);
    }
    let items: Vec<(VariantId, Quantity)> = cards.iter().map(|(card, units)| (card.id, Quantity(*units))).collect();
    let postcode = form.value("postcode").to_owned();
    match app.db.read(move |tx| trial(tx, &items, &postcode, weights)).await {
        Ok(trials) => {
            let name = |id: VariantId| cards.iter().find(|(card, _)| card.id == id).map_or("", |(card, _)| card.title.get(page.locale));
            Ok(Some(trials.iter().map(|one| parcel(page, app.brand.currency, one, name)).collect()))
        }
        Err(error @ TrialError::TooFew { .. }) if error.kind() == Kind::Conflict => {
            form.refuse("sku-1", why(page, &error));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn parcel<'a>(page: &Page, currency: Currency, trial: &Trial, name: impl Fn(VariantId) -> &'a str) -> Parcel {
    Parcel {
        says: trial.sourced.as_ref().map_or_else(|| trial.place.clone(), |sourced| sourced_words(page, &trial.place, sourced)),
        terms: trial.sourced.as_ref().map_or_else(String::new, |sourced| sourced_terms(page, currency, sourced)),
        lines: trial.lines.iter().map(|(variant, quantity)| format!("{} × {}", quantity.0, name(*variant))).collect(),
    }
}
