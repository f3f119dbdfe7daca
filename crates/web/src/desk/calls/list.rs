//! All calls: who waits, what was lately, and where I am rung.

use super::bar::{BarView, CallView, view};
use super::softphone;
use crate::desk::signed;
use crate::{Answer, App, Form, Page, StaffMember, Trouble, show};
use askama::Template;
use axum::extract::State;
use kernel::{Permission, ReadTx};

/// Finished calls that are shown.
const LATEST: i64 = 50;

#[derive(Template)]
#[template(path = "desk/calls.html")]
pub(super) struct CallsPage {
    page: Page,
    form: Form,
    waiting: Vec<CallView>,
    latest: Vec<CallView>,
    expected: String,
    is_connected: bool,
    has_phone: bool,
    /// Calls can be taken in the browser, by whoever has a SIP address.
    has_softphone: bool,
    /// Mine can.
    may_open: bool,
    /// The bar, for whoever has no scripts.
    bar: BarView,
}

pub(super) async fn show_calls(State(app): State<App>, page: Page, me: StaffMember) -> Answer {
    show(&page_of(&app, page, me, None).await?)
}

/// The page, with a number that was refused.
pub(super) async fn page_of(app: &App, page: Page, me: StaffMember, typed: Option<Form>) -> Result<CallsPage, Trouble> {
    me.actor.require(Permission::ViewConversations)?;
    let page = signed(page, &me);
    app.db.read(move |tx| read(tx, &Page { now: tx.now(), ..page.clone() }, &me, typed.clone())).await
}

fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, typed: Option<Form>) -> Result<CallsPage, Trouble> {
    let waiting = conversations::waiting_calls(tx, 100)?;
    let latest = conversations::latest_calls(tx, None, LATEST)?;
    let wait = conversations::call_wait(tx, None)?;
    let phone = access::phone_of(tx, me.staff.id)?;
    let account = flows::phone_account(tx)?;
    let has_softphone = softphone::server(account.as_ref())?.is_some();
    Ok(CallsPage {
        has_phone: phone.is_some(),
        has_softphone,
        may_open: has_softphone && access::sip_address_of(tx, me.staff.id)?.is_some(),
        form: typed.unwrap_or_else(|| Form::of([("phone", phone.unwrap_or_default())])),
        is_connected: account.is_some(),
        expected: page.tn("calls-expected", wait.minutes),
        waiting: waiting.iter().map(|call| view(tx, page, me, call)).collect::<Result<_, _>>()?,
        latest: latest.iter().filter(|call| call.waiting_since.is_none()).map(|call| view(tx, page, me, call)).collect::<Result<_, _>>()?,
        bar: super::bar::read(tx, page, me, me.actor.may(Permission::Reply))?,
        page: page.clone(),
    })
}
