//! What makes one person of several profiles: the claims about them, and taking them back.

use crate::studio::{Entered, Me, intent};
use crate::timeline::Names;
use crate::ui::{Badge, Moment, Tone};
use crate::{Answer, App, Flash, Form, Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use customers::{Claim, ClaimId, Person, PersonId, Separate, Verdict};
use kernel::{Permission, ProfileId};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/customers/{person}/separations", post(separate))
        .route("/studio/customers/{person}/claims/{claim}/withdrawal", post(withdraw))
}

/// The section of a person's page.
#[derive(Template)]
#[template(path = "studio/customers/_joins.html")]
pub(super) struct Joins {
    page: Page,
    person: PersonId,
    profiles: Vec<ProfileRow>,
    claims: Vec<ClaimRow>,
    may_join: bool,
    key: String,
}
impl HtmlSafe for Joins {}

struct ProfileRow {
    id: ProfileId,
    name: String,
    source: Badge,
    since: Moment,
    /// The oldest, which names the person.
    is_head: bool,
}

struct ClaimRow {
    id: ClaimId,
    verdict: Badge,
    reason: String,
    confidence: u8,
    by: String,
    when: Moment,
    /// By whom and when it was taken back.
    withdrawn: Option<(String, Moment)>,
}

/// What the page shows of them.
pub(super) fn view(page: &Page, me: &Me, names: &Names, person: &Person, claims: &[Claim]) -> Joins {
    let profile = |profile: &customers::Profile| ProfileRow {
        id: profile.id,
        name: if profile.name().is_empty() { page.t("studio-nameless") } else { profile.name() },
        source: Badge::channel(page, profile.source),
        since: Moment::date(profile.created_at, page.now, page.locale),
        is_head: PersonId::from(profile.id) == person.id,
    };
    Joins {
        person: person.id,
        profiles: person.profiles.iter().map(profile).collect(),
        claims: claims.iter().map(|claim| row(page, names, claim)).collect(),
        may_join: me.actor.may(Permission::JoinCustomers),
        key: intent(),
        page: page.clone(),
    }
}

fn row(page: &Page, names: &Names, claim: &Claim) -> ClaimRow {
    let who = |actor: &str| names.who(page, actor);
    let tone = match (claim.is_standing(), claim.verdict) {
        (true, Verdict::Same) => Tone::Ok,
        (true, Verdict::NotSame) => Tone::Warn,
        (false, _) => Tone::Plain,
    };
    ClaimRow {
        id: claim.id,
        verdict: Badge::state(tone, page.t(&format!("record-claim-{}", claim.verdict.as_str().replace('_', "-")))),
        reason: claim.reason.clone(),
        confidence: claim.confidence,
        by: who(&claim.actor),
        when: Moment::when(claim.created_at, page.now, page.locale),
        withdrawn: claim
            .withdrawn_at
            .map(|at| (who(claim.withdrawn_by.as_deref().unwrap_or("system")), Moment::when(at, page.now, page.locale))),
    }
}

async fn separate(State(app): State<App>, Entered { page, me }: Entered, Path(person): Path<PersonId>, form: Form) -> Answer {
    let profile = |name| form.value(name).parse::<ProfileId>().map_err(|_| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY));
    let (a, b) = (profile("a")?, profile("b")?);
    let (actor, reason) = (me.actor.clone(), page.t("not-same-by-staff"));
    let key = format!("studio:{}:separate:{a}:{b}:{}", me.actor, form.value("key"));
    let made = app.db.write("customers.separate", move |tx| {
        customers::separate(tx, &actor, Separate { a, b, reason: reason.clone(), key: key.clone() })
    });
    let undo = format!("/studio/customers/{person}/claims/{}/withdrawal", made.await?.claim);
    page.go_saying(&format!("/studio/customers/{person}"), &Flash::ok("claim-separated").undo(undo))
}

async fn withdraw(State(app): State<App>, Entered { page, me }: Entered, Path((person, claim)): Path<(PersonId, ClaimId)>) -> Answer {
    let actor = me.actor;
    app.db.write("customers.undo", move |tx| customers::undo(tx, &actor, claim)).await?;
    page.go_saying(&format!("/studio/customers/{person}"), &Flash::ok("claim-undone"))
}
