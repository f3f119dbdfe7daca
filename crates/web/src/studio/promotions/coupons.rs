//! The coupons of a promotion: one that all share, or many for a single use each.

use super::edit::{Asked, with_coupons_refused};
use super::{TO_SEE, id};
use crate::studio::{Entered, intent, why};
use crate::ui::Pages;
use crate::{Answer, App, Flash, Form, Page, Trouble, format};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kernel::{Fault, Kind, Problem};
use pricing::{Coupon, MOST_COUPONS, PriceError, Promotion};
use sha2::{Digest, Sha256};

/// Coupons of one page.
pub(super) const STEP: usize = 50;
/// Coupons of one file; far more than anybody prints.
const MOST_IN_FILE: usize = 100_000;
/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of a code for a single use: 40 bits of chance, so that nobody guesses one.
const LETTERS: usize = 8;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/promotions/{id}/coupons", post(add)).route("/studio/promotions/{id}/coupons.csv", get(file))
}

/// Coupons as the page of their promotion shows them.
pub(super) struct Shown {
    pub(super) rows: Vec<(String, String)>,
    pub(super) pages: Pages,
    /// Name of the intent of the next batch.
    pub(super) key: String,
}

impl Shown {
    pub(super) fn of(page: &Page, mut coupons: Vec<Coupon>, asked: &Asked) -> Self {
        let is_more = coupons.len() > STEP;
        coupons.truncate(STEP);
        let next = coupons.last().filter(|_| is_more).map(|last| last.code.clone());
        let number = |n| format::number(n, page.locale);
        let uses = |one: &Coupon| page.tw("promo-used-of", &[("used", number(one.used).into()), ("uses", number(one.uses).into())]);
        Shown {
            rows: coupons.iter().map(|one| (one.code.clone(), uses(one))).collect(),
            pages: Pages {
                label: page.t("promo-coupons"),
                previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
                next: next.map(|next| (page.with_query("after", &crate::studio::in_query(&next)), page.t("studio-more"))),
                about: String::new(),
            },
            key: intent(),
        }
    }
}

async fn promotion(app: &App, text: &str) -> Result<Promotion, Trouble> {
    let id = id(text)?;
    let found = app.db.read(move |tx| pricing::promotion(tx, id)).await?;
    Ok(found.ok_or_else(Trouble::not_found)?.promotion)
}

/// Make a code that all share, or a batch; sending the form twice makes one batch.
async fn add(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let promotion = promotion(&app, &text).await?;
    let is_batch = form.is("kind", "batch");
    let number = |field: &str| form.value(field).parse::<i64>().ok();
    let (codes, uses) = if is_batch {
        let many = number("many").and_then(|many| usize::try_from(many).ok()).unwrap_or_default();
        ((1..=many.min(MOST_COUPONS + 1)).map(|n| single_use(form.value("prefix"), form.value("key"), n)).collect(), 1)
    } else {
        (vec![form.value("coupon").to_owned()], number("uses").unwrap_or_default())
    };
    let (actor, code) = (me.actor.clone(), promotion.code.clone());
    match app.db.write("pricing.add_coupons", move |tx| pricing::add_coupons(tx, &actor, &code, &codes, uses)).await {
        Ok(made) => page.go_saying(
            &format!("/studio/promotions/{}#coupons", promotion.id),
            &Flash::ok("promo-coupons-made").with(page.tn("promo-n-coupons", made.len())),
        ),
        Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
            form.refuse(field(&error, is_batch), why(&page, &error));
            with_coupons_refused(&app, page, me, promotion.id, form).await
        }
        Err(error) => Err(error.into()),
    }
}

fn field(error: &PriceError, is_batch: bool) -> &'static str {
    match (error, is_batch) {
        (PriceError::Invalid { field: "uses", .. }, true) => "many",
        (PriceError::Invalid { field: "uses", .. }, false) => "uses",
        (_, true) => "prefix",
        (_, false) => "coupon",
    }
}

/// The code numbered `n` of a batch, the same for the same intent.
fn single_use(prefix: &str, key: &str, n: usize) -> String {
    let hash = Sha256::digest(format!("hilo coupon\0{key}\0{n}"));
    let letters: String = hash.iter().take(LETTERS).map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    if prefix.is_empty() { letters } else { format!("{prefix}-{letters}") }
}

/// Every code with its uses, as a file.
async fn file(State(app): State<App>, Entered { me, .. }: Entered, Path(text): Path<String>) -> Result<Response, Trouble> {
    me.actor.require(TO_SEE)?;
    let promotion = promotion(&app, &text).await?;
    let id = promotion.id;
    let read = app.db.read(move |tx| {
        let (mut all, mut after): (Vec<Coupon>, _) = (Vec::new(), String::new());
        while all.len() < MOST_IN_FILE {
            let next = pricing::coupons(tx, id, &after, MOST_COUPONS)?;
            let Some(last) = next.last() else { break };
            after = last.code.clone();
            all.extend(next);
        }
        Ok::<_, Fault>(all)
    });
    let lines: String = read.await?.iter().map(|one| format!("{},{},{}\r\n", one.code, one.uses, one.used)).collect();
    let name: String = promotion.code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let kind = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"coupons-{name}.csv\"")),
    ];
    Ok((kind, format!("code,uses,used\r\n{lines}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_has_the_codes_of_its_intent() {
        let batch = |key| (1..=1000).map(|n| single_use("", key, n)).collect::<std::collections::BTreeSet<_>>();
        assert_eq!((batch("a").len(), batch("a")), (1000, batch("a")));
        assert!(batch("a").is_disjoint(&batch("b")));
        assert!(single_use("VERANO", "a", 1).starts_with("VERANO-") && single_use("", "a", 1).len() == LETTERS);
    }
}
