//! Pairs that may be one person: the evidence, and the answer somebody gives.

use super::field_name;
use crate::same::reason_words;
use crate::studio::{Entered, Me, intent};
use crate::ui::{Moment, Pages};
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use customers::resolution::{MatchPair, ModelCard, model, review_queue};
use customers::{FieldKind, Join, PersonId, Reason, Separate};
use kernel::{Actor, Permission, ProfileId, ReadTx};
use serde::Deserialize;

/// Pairs of one page.
const STEP: usize = 20;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/customers/same", get(list))
        .route("/studio/customers/same/joins", post(join))
        .route("/studio/customers/same/separations", post(separate))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    after: String,
}

#[derive(Template)]
#[template(path = "studio/customers/same.html")]
struct Same {
    page: Page,
    me: Me,
    pairs: Vec<Pair>,
    about: String,
    pages: Pages,
    may_join: bool,
    key: String,
}

struct Pair {
    sides: [Side; 2],
    speaks_for: Vec<String>,
    speaks_against: Vec<String>,
    reason: String,
    confidence: u8,
    sure: String,
}

/// One of the two.
struct Side {
    profile: ProfileId,
    person: PersonId,
    name: String,
    fields: Vec<(String, String)>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    let (actor, words, after) = (me.actor.clone(), page.clone(), asked.after.parse().ok());
    let (pairs, next, card) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let mut found = review_queue(tx, &actor, after, STEP + 1)?;
            let more = found.len() > STEP;
            found.truncate(STEP);
            let next = found.last().filter(|_| more).map(|last| last.key().to_string());
            let pairs = found.into_iter().map(|pair| pair_view(tx, &words, &actor, pair)).collect::<Result<Vec<_>, _>>()?;
            Ok((pairs, next, model(tx)?))
        })
        .await?;
    let pages = Pages {
        label: page.t("studio-customer-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    };
    let may_join = me.actor.may(Permission::JoinCustomers);
    show(&Same { pairs, about: about(&page, &card), pages, may_join, key: intent(), page, me })
}

/// What the thresholds mean.
fn about(page: &Page, card: &ModelCard) -> String {
    let mut values = vec![("join", card.join_from.into()), ("ask", card.ask_from.into())];
    let Some(at) = card.learnt_at else { return page.tw("same-about-prior", &values) };
    values.push(("profiles", card.profiles.into()));
    values.push(("date", Moment::date(at, page.now, page.locale).text().to_owned().into()));
    page.tw("same-about-learnt", &values)
}

fn pair_view(tx: &ReadTx<'_>, page: &Page, actor: &Actor, pair: MatchPair) -> Result<Pair, Trouble> {
    let (against, for_one): (Vec<Reason>, Vec<Reason>) = pair.reasons().into_iter().partition(|r| matches!(r, Reason::Unlike { .. }));
    let words = |reasons: &[Reason]| reasons.iter().map(|r| reason_words(page, r)).collect::<Vec<_>>();
    let speaks_for = words(&for_one);
    Ok(Pair {
        sides: [side(tx, page, actor, pair.a)?, side(tx, page, actor, pair.b)?],
        reason: speaks_for.join("; "),
        speaks_for,
        speaks_against: words(&against),
        confidence: pair.confidence,
        sure: page.tn("same-sure", u32::from(pair.confidence)),
    })
}

/// What tells people apart: a few fields are enough.
const SHOWN: [FieldKind; 7] = [
    FieldKind::FullName,
    FieldKind::BirthDate,
    FieldKind::Email,
    FieldKind::Phone,
    FieldKind::Street,
    FieldKind::Postcode,
    FieldKind::Place,
];

fn side(tx: &ReadTx<'_>, page: &Page, actor: &Actor, id: ProfileId) -> Result<Side, Trouble> {
    let profile = customers::profile(tx, id)?.ok_or_else(Trouble::not_found)?;
    let record = customers::record_of_person(tx, actor, profile.person)?;
    let mut fields: Vec<(String, String)> = SHOWN
        .into_iter()
        .filter(|kind| *kind != FieldKind::FullName)
        .filter_map(|kind| Some((field_name(page, kind), record.iter().find(|field| field.kind == kind)?.best.value.clone())))
        .collect();
    fields.dedup();
    let name = profile.name();
    Ok(Side { profile: id, person: profile.person, name: if name.is_empty() { page.t("studio-nameless") } else { name }, fields })
}

struct Answered {
    a: ProfileId,
    b: ProfileId,
}

fn answered(form: &Form) -> Result<Answered, Trouble> {
    let profile = |name| form.value(name).parse::<ProfileId>().map_err(|_| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY));
    Ok(Answered { a: profile("a")?, b: profile("b")? })
}

async fn join(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    let Answered { a, b } = answered(&form)?;
    let confidence = form.value("confidence").parse().unwrap_or(50).min(99);
    let reason = match form.value("reason") {
        "" => page.t("join-by-staff"),
        words => words.chars().take(400).collect(),
    };
    let key = format!("studio:{}:join:{a}:{b}:{}", me.actor, form.value("key"));
    let actor = me.actor;
    let cmd = Join { a, b, reason, confidence, key };
    let claim = app.db.write("customers.join", move |tx| customers::join(tx, &actor, cmd.clone())).await?;
    let undo = format!("/studio/customers/{}/claims/{claim}/withdrawal", a.min(b));
    page.go_saying("/studio/customers/same", &Flash::ok("claim-joined").undo(undo))
}

async fn separate(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    let Answered { a, b } = answered(&form)?;
    let key = format!("studio:{}:separate:{a}:{b}:{}", me.actor, form.value("key"));
    let (actor, reason) = (me.actor, page.t("not-same-by-staff"));
    let cmd = Separate { a, b, reason, key };
    let made = app.db.write("customers.separate", move |tx| customers::separate(tx, &actor, cmd.clone())).await?;
    let undo = format!("/studio/customers/{}/claims/{}/withdrawal", a.min(b), made.claim);
    page.go_saying("/studio/customers/same", &Flash::ok("claim-separated").undo(undo))
}
