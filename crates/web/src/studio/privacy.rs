//! When people are written to (the brand's rule), and who opened whose record.

use super::{Entered, Me};
use crate::ui::Moment;
use crate::{Answer, App, Flash, Form, Page, Trouble, show_as};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use customers::policy::{Cap, QuietHours};
use customers::{Access, ContactRule, QueryError, RuleError};
use kernel::{Fault, Permission, ReadTx, StaffId};

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/privacy", get(privacy)).route("/studio/privacy/rule", post(set_rule))
}

#[derive(Template)]
#[template(path = "studio/privacy.html")]
struct Privacy {
    page: Page,
    me: Me,
    form: Form,
    accesses: Vec<AccessRow>,
}

struct AccessRow {
    who: String,
    href: String,
    whose: String,
    door: String,
    when: Moment,
}

async fn privacy(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    let rule = app.db.read(customers::contact_rule).await?;
    let (from, until) = rule.quiet.texts();
    let fields =
        [("most", rule.cap.most.to_string()), ("days", rule.cap.days.to_string()), ("from", from), ("until", until), ("zone", rule.zone)];
    shown(app, page, me, Form::of(fields)).await
}

async fn shown(app: App, page: Page, me: Me, form: Form) -> Answer {
    if !me.may("customers.accesses") {
        me.actor.require(Permission::ManageSettings)?;
    }
    let (actor, words) = (me.actor.clone(), page.clone());
    let read = app.db.read(move |tx| {
        let accesses = match customers::latest_accesses(tx, &actor, 200) {
            Err(QueryError::Denied(_)) => Vec::new(),
            other => other?,
        };
        Ok::<_, QueryError>(accesses.iter().map(|access| row(tx, &words, access)).collect::<Result<Vec<_>, _>>()?)
    });
    let accesses = read.await?;
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show_as(status, &Privacy { page, me, form, accesses })
}

fn row(tx: &ReadTx<'_>, page: &Page, access: &Access) -> Result<AccessRow, Fault> {
    let staff = access.actor.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok());
    let known = staff.map_or(Ok(None), |id| access::staff_member(tx, id))?;
    let person = customers::person_of(tx, access.profile)?.map_or(Ok(None), |person| customers::person(tx, person))?;
    let named = person.as_ref().map(|person| person.name.text.clone()).filter(|name| !name.is_empty());
    Ok(AccessRow {
        who: known.map_or_else(|| page.t("access-program"), |staff| staff.name),
        href: format!("/desk/customers/{}", access.profile),
        whose: named.unwrap_or_else(|| page.t("desk-stranger")),
        door: page.t(&format!("channel-{}", access.door.as_str())),
        when: Moment::when(access.at, page.now, page.locale),
    })
}

async fn set_rule(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let number = |name: &str| form.value(name).parse::<u32>().ok();
    let read = || {
        let cap = Cap { most: number("most").filter(|most| *most <= 1000)?, days: number("days")? };
        Some(ContactRule { zone: form.value("zone").to_owned(), quiet: QuietHours::parse(form.value("from"), form.value("until"))?, cap })
    };
    let Some(rule) = read() else {
        form.refuse("most", page.t("studio-rule-bad"));
        return shown(app, page, me, form).await;
    };
    let actor = me.actor.clone();
    match app.db.write("customers.set_contact_rule", move |tx| customers::set_contact_rule(tx, &actor, &rule)).await {
        Ok(()) => page.go_saying("/studio/privacy", &Flash::ok("studio-rule-saved")),
        Err(RuleError::UnknownZone(_) | RuleError::BadSpan) => {
            form.refuse("most", page.t("studio-rule-bad"));
            shown(app, page, me, form).await
        }
        Err(other) => Err(Trouble::from(other)),
    }
}
