//! What customers decide for themselves: name, order of channels, what we may write about.

use super::super::visitor::Visitor;
use super::view::{CHANNELS, PURPOSES, field};
use crate::{Answer, App, Flash, Form};
use axum::extract::State;
use customers::{Consent, ConsentState, EditError, ProfileChange, SetConsent};
use kernel::Channel;

pub(in super::super) async fn change_name(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
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

pub(in super::super) async fn change_channels(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let actor = visitor.shopper.actor();
    let mut ranked: Vec<(i64, Channel)> =
        CHANNELS.into_iter().map(|channel| (form.value(channel.as_str()).parse().unwrap_or(99), channel)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let preferred = ranked.into_iter().map(|(_, channel)| channel).collect();
    let change = ProfileChange { preferred_channels: Some(preferred), ..ProfileChange::default() };
    app.db.write("customers.update_profile", move |tx| customers::update_profile(tx, &actor, profile, change.clone())).await?;
    visitor.page.go_saying("/account", &Flash::ok("saved"))
}

/// Only answers that differ from before are recorded, with the words they were given under.
pub(in super::super) async fn change_consents(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (profile, person) = visitor.shopper.must_be_signed_in()?;
    let (actor, page) = (visitor.shopper.actor(), visitor.page.clone());
    let write = app.db.write("customers.set_consent", move |tx| {
        for (purpose, channel) in PURPOSES.into_iter().flat_map(|purpose| CHANNELS.map(|channel| (purpose, channel))) {
            let state = if form.is(&field(purpose, channel), "yes") { ConsentState::Granted } else { ConsentState::Refused };
            let before = customers::consent(tx, person, purpose, channel)?;
            let same = match &before {
                Some(Consent { state: known, .. }) => *known == state,
                None => state == ConsentState::Refused,
            };
            if same {
                continue;
            }
            let evidence = page.t(&format!("consent-{}-text", purpose.as_str()));
            customers::set_consent(tx, &actor, SetConsent { profile, purpose, channel, state, evidence, source: Channel::Web })?;
        }
        Ok::<_, EditError>(())
    });
    write.await?;
    visitor.page.go_saying("/account", &Flash::ok("saved"))
}
