//! One person: what is known and from whom, what joins the profiles, and all that happened, in time order.

use super::joins::{self, Joins};
use super::record::{FieldRow, rows};
use crate::access_log::note_access;
use crate::same::claim_words;
use crate::studio::{Entered, Me};
use crate::timeline::{Names, Reader, Stretch};
use crate::ui::{Badge, Entry, Moment, Tone};
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use customers::{Claim, ConsentState, Guarded, KnownIdentifier, Person, PersonId, RecordField, may_see};
use kernel::{Actor, Channel, Permission, ReadTx};
use serde::Deserialize;

/// Entries of one page of the thread.
const STRETCH: usize = 40;
/// Claims that are shown.
const CLAIMS: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/customers/{person}", get(one))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: String,
}

#[derive(Template)]
#[template(path = "studio/customers/show.html")]
struct Shown {
    page: Page,
    me: Me,
    id: PersonId,
    name: String,
    since: Moment,
    profiles: usize,
    fields: Vec<FieldRow>,
    identifiers: Vec<IdentifierRow>,
    consents: Vec<ConsentRow>,
    joins: Joins,
    entries: Vec<Entry>,
    earlier: Option<String>,
    is_past: bool,
}

struct IdentifierRow {
    kind: String,
    value: String,
    state: Badge,
    shared: Option<Badge>,
    source: Badge,
    since: Moment,
}

struct ConsentRow {
    what: String,
    state: Badge,
    evidence: String,
    when: Moment,
}

/// What one read brings.
struct Found {
    person: Person,
    record: Vec<RecordField>,
    claims: Vec<Claim>,
    names: Names,
    stretch: Stretch,
}

fn read(tx: &ReadTx<'_>, page: &Page, actor: &Actor, id: PersonId, asked: &Asked) -> Result<Found, Trouble> {
    actor.require(Permission::ViewCustomers)?;
    let person = customers::person(tx, id)?.ok_or_else(Trouble::not_found)?;
    let record = customers::record_of_person(tx, actor, person.id)?;
    let mut claims = customers::claims_of(tx, actor, person.id, CLAIMS)?;
    for claim in &mut claims {
        claim.reason = claim_words(tx, page, claim)?;
    }
    let mut names = Names::new();
    let sayings = record.iter().flat_map(|field| std::iter::once(&field.best).chain(&field.others)).map(|said| said.actor.as_str());
    let of_claims = claims.iter().flat_map(|claim| [Some(claim.actor.as_str()), claim.withdrawn_by.as_deref()]).flatten();
    for actor in sayings.chain(of_claims) {
        names.learn_actor(tx, actor)?;
    }
    let stretch = Stretch::read(tx, actor, person.id, &person.name.text, asked.before.parse().ok(), STRETCH)?;
    Ok(Found { person, record, claims, names, stretch })
}

async fn one(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<PersonId>, Query(asked): Query<Asked>) -> Answer {
    let (actor, words) = (me.actor.clone(), page.clone());
    let is_past = !asked.before.is_empty();
    let found = app.db.read(move |tx| read(tx, &words, &actor, id, &asked)).await?;
    let Found { person, record, claims, names, stretch } = found;
    note_access(&app, &me.actor, person.id, Channel::Studio).await?;
    let name = if person.name.text.is_empty() { page.t("studio-nameless") } else { person.name.text.clone() };
    let since = person.profiles.iter().map(|profile| profile.created_at).min().unwrap_or(page.now);
    show(&Shown {
        id: person.id,
        name,
        since: Moment::date(since, page.now, page.locale),
        profiles: person.profiles.len(),
        fields: rows(&page, &names, &record),
        identifiers: person.identifiers.iter().map(|known| identifier(&page, known)).collect(),
        consents: person.consents.iter().filter(|_| may_see(&me.actor, Guarded::Consents)).map(|consent| answer(&page, consent)).collect(),
        joins: joins::view(&page, &me, &names, &person, &claims),
        entries: stretch.entries(&page, Reader::Desk),
        earlier: stretch.earlier.map(|key| format!("{}#thread", page.with_query("before", &key.to_string()))),
        is_past,
        page,
        me,
    })
}

fn identifier(page: &Page, known: &KnownIdentifier) -> IdentifierRow {
    let state = match (known.verified_at, known.vouched) {
        (Some(_), _) => Badge::state(Tone::Ok, page.t("identifier-is-verified")).with_icon(page.icon("check")),
        (None, true) => Badge::state(Tone::Plain, page.t("identifier-is-vouched")),
        (None, false) => Badge::state(Tone::Warn, page.t("identifier-is-typed")),
    };
    IdentifierRow {
        kind: page.t(&format!("identifier-{}", known.identifier.kind().as_str().replace('_', "-"))),
        value: known.identifier.display().to_owned(),
        state,
        shared: known.shared.then(|| Badge::state(Tone::Warn, page.t("identifier-is-shared"))),
        source: Badge::channel(page, known.source),
        since: Moment::date(known.added_at, page.now, page.locale),
    }
}

fn answer(page: &Page, consent: &customers::Consent) -> ConsentRow {
    let tone = if consent.state == ConsentState::Granted { Tone::Ok } else { Tone::Plain };
    let purpose = page.t(&format!("purpose-{}", consent.purpose));
    ConsentRow {
        what: format!("{purpose}, {}", page.t(&format!("channel-{}", consent.channel))),
        state: Badge::state(tone, page.t(&format!("consent-is-{}", consent.state))),
        evidence: consent.evidence.clone(),
        when: Moment::date(consent.at, page.now, page.locale),
    }
}
