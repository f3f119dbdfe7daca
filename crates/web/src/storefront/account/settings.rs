//! What customers decide for themselves: name, order of channels, quiet hours, what we may write about.

use super::super::visitor::Visitor;
use super::view::CHANNELS;
use super::{contact, save_answers};
use crate::{Answer, App, Flash, Form};
use axum::extract::State;
use customers::policy::QuietHours;
use customers::{ContactSetting, ProfileChange, RuleError};
use kernel::Channel;

pub(super) async fn change_name(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let actor = visitor.shopper.actor();
    let change = ProfileChange {
        full_name: Some(form.value("name").to_owned()),
        locale: form.value("language").parse().ok(),
        ..ProfileChange::default()
    };
    app.db.write("customers.update_profile", move |tx| customers::update_profile(tx, &actor, profile, change.clone())).await?;
    let back = match form.value("language") {
        known @ ("es" | "en") => format!("/account?lang={known}"),
        _ => "/account".to_owned(),
    };
    visitor.page.go_saying(&back, &Flash::ok("saved"))
}

pub(super) async fn change_channels(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let actor = visitor.shopper.actor();
    let mut ranked: Vec<(i64, Channel)> =
        CHANNELS.into_iter().map(|channel| (form.value(channel.as_str()).parse().unwrap_or(99), channel)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let preferred = ranked.into_iter().map(|(_, channel)| channel).collect();
    let change = ProfileChange { preferred_channels: Some(preferred), ..ProfileChange::default() };
    app.db.write("customers.update_profile", move |tx| customers::update_profile(tx, &actor, profile, change.clone())).await?;
    visitor.page.go_saying("/account/contact", &Flash::ok("saved"))
}

/// Equal hours mean never; so does the box.
pub(super) async fn change_quiet_hours(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let hours = if form.is("never", "yes") { Some(QuietHours::NEVER) } else { QuietHours::parse(form.value("from"), form.value("until")) };
    let Some(quiet) = hours else {
        form.refuse("from", visitor.page.t("quiet-bad-hours"));
        return contact::page_with(app, visitor, form).await;
    };
    let (actor, setting) = (visitor.shopper.actor(), ContactSetting { quiet, zone: form.value("zone").to_owned() });
    let write = app.db.write("customers.set_contact_setting", move |tx| customers::set_contact_setting(tx, &actor, profile, &setting));
    match write.await {
        Err(RuleError::UnknownZone(_)) => {
            form.refuse("zone", visitor.page.t("quiet-bad-zone"));
            contact::page_with(app, visitor, form).await
        }
        Err(other) => Err(other.into()),
        Ok(()) => visitor.page.go_saying("/account/contact", &Flash::ok("saved")),
    }
}

/// Only answers that differ from before are recorded, with the words they were given under.
pub(super) async fn change_consents(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let page = visitor.page.clone();
    app.db.write("customers.set_consent", move |tx| save_answers(tx, &page, profile, &form)).await?;
    visitor.page.go_saying("/account/contact", &Flash::ok("saved"))
}
