//! The agent's telephone in the browser: a window of its own, which stays while the pages of the desk come and go. It speaks SIP over a
//! WebSocket (RFC 7118) with the brand's SIP server; where that is, and who calls, it asks here.

use super::bar::view;
use crate::{Answer, App, Page, StaffMember, Trouble, headers, show};
use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use channels::runtime::channel_account;
use conversations::{Account, Call, CallState, Ice};
use kernel::{Fault, Permission, ReadTx};
use serde::Serialize;

/// The setting of the telephone account that names the SIP server.
const SETTING: &str = "softphone_url";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/softphone", get(show_softphone))
        .route("/desk/softphone/line", get(own_line))
        .route("/desk/softphone/call", get(my_call))
}

/// Where a browser registers, and as whom.
#[derive(Serialize)]
struct Line {
    url: String,
    address: String,
    password: String,
    ice: Ice,
}

/// The brand's SIP server, as its WebSocket is reached.
pub(super) fn server(account: Option<&Account>) -> Result<Option<String>, Fault> {
    let Some(account) = account else { return Ok(None) };
    let url = channel_account(account)?.optional(SETTING).map(str::to_owned);
    Ok(url.filter(|url| origin(url).is_some()))
}

/// My line; or the key of the words that say what it wants.
async fn line(app: &App, me: StaffMember) -> Result<Result<Line, &'static str>, Trouble> {
    me.actor.require(Permission::Reply)?;
    let read = move |tx: &ReadTx<'_>| {
        let Some(url) = server(flows::phone_account(tx)?.as_ref())? else { return Ok(Err("softphone-no-server")) };
        let Some(sip) = access::sip_address_of(tx, me.staff.id)? else { return Ok(Err("softphone-no-address")) };
        let ice = conversations::ice(&conversations::relay_rules(tx)?, me.staff.id, tx.now());
        Ok::<_, Fault>(Ok(Line { url, address: sip.address, password: sip.password, ice }))
    };
    Ok(app.db.read(read).await?)
}

/// `wss://host:port` of a WebSocket's address, as a page's policy names it.
fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| ["wss", "ws"].contains(scheme))?;
    let authority = uri.authority()?.as_str();
    let is_plain = authority.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter));
    is_plain.then(|| format!("{scheme}://{authority}"))
}

#[derive(Template)]
#[template(path = "desk/softphone.html")]
struct SoftphonePage {
    page: Page,
    /// Where it is registered; empty where it cannot be.
    address: String,
    /// What to do, where it cannot be.
    missing: String,
}

async fn show_softphone(State(app): State<App>, page: Page, me: StaffMember) -> Answer {
    match line(&app, me).await? {
        Ok(line) => {
            let shown = show(&SoftphonePage { page, address: line.address, missing: String::new() });
            shown.map(|response| headers::with_microphone(response, &origin(&line.url).unwrap_or_default()))
        }
        Err(missing) => show(&SoftphonePage { missing: page.t(missing), address: String::new(), page }),
    }
}

/// For the script of the page alone: the password goes from it to the SIP server.
async fn own_line(State(app): State<App>, me: StaffMember) -> Answer {
    match line(&app, me).await? {
        Ok(line) => Ok(([("cache-control", "no-store")], Json(line)).into_response()),
        Err(_) => Err(Trouble::of(StatusCode::NOT_FOUND)),
    }
}

/// Who is being put through to me.
#[derive(Serialize)]
struct Caller {
    name: String,
    number: String,
    about: String,
}

/// The call that I am being put through to; nothing when somebody rings who did not come by the desk. One that is on hold rings nobody.
async fn my_call(State(app): State<App>, page: Page, me: StaffMember) -> Answer {
    me.actor.require(Permission::Reply)?;
    let read = move |tx: &ReadTx<'_>| {
        let comes = |call: &Call| matches!(call.state, CallState::Dialling | CallState::Answered);
        let mine = conversations::calls_of_agent(tx, me.staff.id)?.into_iter().find(comes);
        mine.map(|call| view(tx, &page, &me, &call)).transpose()
    };
    Ok(match app.db.read(read).await? {
        Some(call) => Json(Caller { name: call.name, number: call.number, about: call.about }).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn only_a_websocket_has_an_origin_and_nothing_else_gets_into_the_policy() {
        assert_eq!(origin("wss://sip.marca.test:8443/ws").as_deref(), Some("wss://sip.marca.test:8443"));
        for wrong in ["https://sip.marca.test", "sip.marca.test", "wss://a;script-src", "wss://a@b.test", "wss://*"] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
    }
}
