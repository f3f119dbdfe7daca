//! Who looked at my data, and all of it to take along.

use super::super::visitor::{Aisle, Visitor};
use crate::ui::Moment;
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use customers::{Access, ConsentAnswer, ConsentState, QueryError};
use kernel::{ReadTx, StaffId};

/// Entries of each list.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "storefront/account_privacy.html")]
struct PrivacyPage {
    page: Page,
    aisles: Vec<Aisle>,
    accesses: Vec<AccessRow>,
    answers: Vec<AnswerRow>,
}

struct AccessRow {
    who: String,
    door: String,
    when: Moment,
}

struct AnswerRow {
    says: String,
    words: String,
    source: String,
    when: Moment,
}

pub(super) async fn privacy(State(app): State<App>, visitor: Visitor) -> Answer {
    let (_, person) = visitor.shopper.must_be_signed_in()?;
    let (actor, page) = (visitor.shopper.actor(), visitor.page.clone());
    let read = app.db.read(move |tx| {
        let accesses = customers::accesses_of(tx, &actor, person, MOST)?;
        let rows = accesses.iter().map(|access| access_row(tx, &page, access)).collect::<Result<Vec<_>, _>>()?;
        let answers = customers::consent_history(tx, &actor, person, MOST)?;
        Ok::<_, QueryError>((rows, answers.iter().map(|answer| answer_row(&page, answer)).collect()))
    });
    let (accesses, answers) = read.await?;
    let Visitor { page, aisles, .. } = visitor;
    show(&PrivacyPage { page, aisles, accesses, answers })
}

/// Colleagues by their first name, programs as such.
fn access_row(tx: &ReadTx<'_>, page: &Page, access: &Access) -> Result<AccessRow, kernel::Fault> {
    let staff = access.actor.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok());
    let known = staff.map_or(Ok(None), |id| access::staff_member(tx, id))?;
    Ok(AccessRow {
        who: match known {
            Some(staff) => staff.name.split(' ').next().unwrap_or_default().to_owned(),
            None if staff.is_some() => page.t("access-colleague"),
            None => page.t("access-program"),
        },
        door: page.t(&format!("access-at-{}", access.door.as_str())),
        when: Moment::when(access.at, page.now, page.locale),
    })
}

fn answer_row(page: &Page, answer: &ConsentAnswer) -> AnswerRow {
    let given = &answer.consent;
    let what = page.t(&format!("purpose-{}", given.purpose.as_str()));
    let channel = page.t(&format!("channel-{}", given.channel.as_str()));
    let key = if given.state == ConsentState::Granted { "event-consent-granted" } else { "event-consent-refused" };
    AnswerRow {
        says: page.tv(key, format!("{what}, {channel}")),
        words: given.evidence.clone(),
        source: page.t(&format!("channel-{}", given.source.as_str())),
        when: Moment::when(given.at, page.now, page.locale),
    }
}

/// Everything, in one file.
pub(super) async fn export(State(app): State<App>, visitor: Visitor) -> Answer {
    let (_, person) = visitor.shopper.must_be_signed_in()?;
    let actor = visitor.shopper.actor();
    let all = app.db.write("flows.export_person", move |tx| flows::export_person(tx, &actor, person)).await?;
    let text = serde_json::to_string_pretty(&all.ok_or_else(Trouble::sign_in)?).map_err(Trouble::broken)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mis-datos.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
