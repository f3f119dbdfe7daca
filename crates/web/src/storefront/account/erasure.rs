//! Erase me: said twice, done once, with a report of what is gone and what the law keeps.

use super::super::visitor::{Aisle, Visitor};
use crate::ui::Moment;
use crate::{Answer, App, CUSTOMER, Cookie, Form, Page, show, show_refused};
use askama::Template;
use axum::extract::State;
use flows::{ErasePersonError, ErasureReport};

#[derive(Template)]
#[template(path = "storefront/account_erase.html")]
struct ErasePage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
    word: String,
}

#[derive(Template)]
#[template(path = "storefront/account_erased.html")]
struct ErasedPage {
    page: Page,
    aisles: Vec<Aisle>,
    erased: Vec<String>,
    kept: Vec<String>,
}

pub(super) async fn ask(visitor: Visitor) -> Answer {
    visitor.shopper.must_be_signed_in()?;
    let Visitor { page, aisles, .. } = visitor;
    show(&ErasePage { word: page.t("erase-word"), form: Form::new(), page, aisles })
}

/// The word has to be typed: a finger slips, a word does not.
pub(super) async fn erase(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let (_, person) = visitor.shopper.must_be_signed_in()?;
    let word = visitor.page.t("erase-word");
    let actor = visitor.shopper.actor();
    if form.value("word").to_lowercase() == word.to_lowercase() {
        match app.db.write("flows.erase_person", move |tx| flows::erase_person(tx, &actor, person)).await {
            Ok(report) => return erased(visitor, &report),
            Err(ErasePersonError::Unfinished(orders)) => {
                let numbers: Vec<_> = orders.iter().map(ToString::to_string).collect();
                form.refuse("word", visitor.page.tv("erase-unfinished", numbers.join(", ")));
            }
            Err(other) => return Err(other.into()),
        }
    } else {
        form.refuse("word", visitor.page.tv("erase-wrong-word", &word));
    }
    let Visitor { page, aisles, .. } = visitor;
    show_refused(&ErasePage { page, aisles, form, word })
}

/// They are signed out with it; the browser gets a new name.
fn erased(visitor: Visitor, report: &ErasureReport) -> Answer {
    let Visitor { mut page, aisles, .. } = visitor;
    page.signed = None;
    let gone = |(what, count): &(String, u64)| page.tn(&format!("erased-{}", what.replace('_', "-")), *count);
    let kept = |kept: &flows::Kept| {
        let until = Moment::date(kept.until, page.now, page.locale);
        let values = [("n", i64::try_from(kept.count).unwrap_or(i64::MAX).into()), ("until", until.text().to_owned().into())];
        page.tw(&format!("kept-{}", kept.what), &values)
    };
    let shown = ErasedPage {
        erased: report.erased.iter().map(gone).collect(),
        kept: report.kept.iter().map(kept).collect(),
        page: page.clone(),
        aisles,
    };
    let mut answer = show(&shown)?;
    Cookie::gone(CUSTOMER).set(answer.headers_mut());
    Cookie::gone("hilo_visit").set(answer.headers_mut());
    Ok(answer)
}
