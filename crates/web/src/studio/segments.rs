//! Segments: saved conditions over people, built in sentences, and who is in them.

mod builder;
mod edit;
mod rows;
mod words;

use super::{Entered, Me};
use crate::ui::{Badge, Moment, Pages, Tone};
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use customers::segments::{self, SegmentError, SegmentId, SegmentState};
use kernel::{Kind, Permission, Problem};
use serde::Deserialize;
use words::Known;

/// Segments and members of one page.
const STEP: usize = 50;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/segments", get(list)).route("/studio/segments/{id}/members", get(members)).merge(edit::routes())
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    after: String,
}

/// One segment.
struct Row {
    href: String,
    name: String,
    says: String,
    size: String,
    members: String,
    state: Option<Badge>,
}

#[derive(Template)]
#[template(path = "studio/segments/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ViewCustomers)?;
    let (actor, after) = (me.actor.clone(), Some(asked.after.clone()).filter(|after| !after.is_empty()));
    let read = app.db.read(move |tx| {
        let found = segments::segments(tx, &actor, after.as_deref(), STEP)?;
        Ok::<_, customers::QueryError>((Known::read(tx)?, found))
    });
    let (known, found) = read.await?;
    let row = |segment: &segments::Segment| Row {
        href: format!("/studio/segments/{}", segment.id),
        name: segment.name.clone(),
        says: words::says(&page, &known, &segment.condition),
        size: crate::format::number(segment.size, page.locale),
        members: format!("/studio/segments/{}/members", segment.id),
        state: (segment.state == SegmentState::Building).then(|| Badge::state(Tone::Live, page.t("segment-building"))),
    };
    let rows = found.items.iter().map(row).collect();
    let pages = pages_of(&page, page.t("segments"), &asked.after, found.next);
    show(&List { rows, pages, page, me })
}

fn pages_of(page: &Page, label: String, after: &str, next: Option<String>) -> Pages {
    Pages {
        label,
        previous: (!after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: next.map(|next| (page.with_query("after", &super::in_query(&next)), page.t("studio-more"))),
        about: String::new(),
    }
}

/// Somebody in it.
struct MemberRow {
    href: String,
    name: String,
    reach: String,
    since: Moment,
}

#[derive(Template)]
#[template(path = "studio/segments/members.html")]
struct Members {
    page: Page,
    me: Me,
    segment: SegmentId,
    name: String,
    says: String,
    is_building: bool,
    size: i64,
    rows: Vec<MemberRow>,
    pages: Pages,
}

/// Either refusal of the page of members.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    Segment(#[from] SegmentError),
    #[error(transparent)]
    List(#[from] customers::QueryError),
    #[error(transparent)]
    Fault(#[from] kernel::Fault),
}
impl Problem for ReadError {
    fn kind(&self) -> Kind {
        match self {
            ReadError::Segment(error) => error.kind(),
            ReadError::List(error) => error.kind(),
            ReadError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReadError::Segment(error) => error.code(),
            ReadError::List(error) => error.code(),
            ReadError::Fault(fault) => fault.code(),
        }
    }
}

async fn members(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let id: SegmentId = text.parse().map_err(|_| Trouble::not_found())?;
    let (actor, after) = (me.actor.clone(), Some(asked.after.clone()).filter(|after| !after.is_empty()));
    let read = app.db.read(move |tx| {
        let segment = segments::segment(tx, &actor, id)?;
        let found = segments::members(tx, &actor, id, after.as_deref(), STEP)?;
        Ok::<_, ReadError>((Known::read(tx)?, segment, found))
    });
    let (known, segment, found) = read.await?;
    let row = |member: &segments::SegmentMember| {
        let card = &member.card;
        let reach = [card.email.clone(), card.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        MemberRow {
            href: format!("/desk/customers/{}", member.person),
            name: if card.name.text.is_empty() { page.t("desk-stranger") } else { card.name.text.clone() },
            reach,
            since: Moment::ago(member.since, page.now, page.locale),
        }
    };
    let rows = found.items.iter().map(row).collect();
    let pages = pages_of(&page, page.t("segment-members"), &asked.after, found.next);
    show(&Members {
        segment: id,
        says: words::says(&page, &known, &segment.condition),
        is_building: segment.state == SegmentState::Building,
        size: segment.size,
        name: segment.name,
        rows,
        pages,
        page,
        me,
    })
}
