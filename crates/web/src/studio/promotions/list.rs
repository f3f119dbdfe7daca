//! All promotions, as they stand now.

use super::{ReadError, TO_SEE, state};
use crate::studio::{Entered, Me};
use crate::ui::{Badge, Pages};
use crate::{Answer, App, Page, format, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use pricing::{PromotionState, UsedPromotion};
use serde::Deserialize;

/// Promotions of one page.
const STEP: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/promotions", get(list))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    after: String,
}

struct Row {
    href: String,
    name: String,
    code: String,
    gives: String,
    state: Badge,
    when: String,
    uses: String,
    off: String,
    by_coupon: bool,
}

#[derive(Template)]
#[template(path = "studio/promotions/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    /// Value, words, whether it is the one.
    states: Vec<(&'static str, String, bool)>,
    is_any: bool,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(TO_SEE)?;
    let (wanted, before) = (asked.state.parse::<PromotionState>().ok(), asked.after.parse().ok());
    let mut found = app.db.read(move |tx| Ok::<_, ReadError>(pricing::promotions(tx, wanted, before, STEP + 1)?)).await?;
    let is_more = found.len() > STEP;
    found.truncate(STEP);
    let next = found.last().filter(|_| is_more).map(|last| last.promotion.id.to_string());
    let states = std::iter::once(("", page.t("studio-all"), wanted.is_none()));
    let named = PromotionState::ALL.iter().map(|one| (one.as_str(), page.t(&format!("promo-state-{one}")), wanted == Some(*one)));
    let pages = Pages {
        label: page.t("promotions"),
        previous: before.map(|_| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    };
    let rows = found.iter().map(|one| row(&page, one)).collect();
    show(&List { rows, states: states.chain(named).collect(), is_any: wanted.is_none(), pages, page, me })
}

fn row(page: &Page, used: &UsedPromotion) -> Row {
    let promotion = &used.promotion;
    Row {
        href: format!("/studio/promotions/{}", promotion.id),
        name: promotion.name.get(page.locale).to_owned(),
        code: promotion.code.clone(),
        gives: promotion.offer.words(page.locale),
        state: state(page, promotion.state(page.now)),
        when: when(page, promotion.span),
        uses: format::number(used.uses, page.locale),
        off: page.money(&used.off),
        by_coupon: promotion.needs_coupon,
    }
}

/// From when to when, in words.
fn when(page: &Page, span: pricing::Span) -> String {
    let moment = |at| format::when(at, page.now, page.locale);
    let begins = (span.starts_at != pricing::Span::ALWAYS.starts_at).then(|| moment(span.starts_at));
    match (begins, span.ends_at.map(moment)) {
        (None, None) => page.t("promo-always"),
        (Some(from), None) => page.tv("promo-from", from),
        (None, Some(until)) => page.tv("promo-until", until),
        (Some(from), Some(until)) => page.tw("promo-between", &[("from", from.into()), ("until", until.into())]),
    }
}
