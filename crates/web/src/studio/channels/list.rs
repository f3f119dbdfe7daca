//! Every account with its state, and what can be added.

use super::kinds::KINDS;
use crate::studio::{Entered, Me};
use crate::ui::{Badge, Moment, Tone};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use conversations::{Account, Standing};
use kernel::{Fault, Permission};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/channels", get(list))
}

/// One account.
struct Row {
    href: String,
    channel: Badge,
    name: String,
    address: String,
    state: Badge,
    says: String,
    failed: Option<(Moment, String)>,
}

/// A kind that can be added.
struct Offer {
    href: String,
    channel: Badge,
    says: String,
}

#[derive(Template)]
#[template(path = "studio/channels/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    offers: Vec<Offer>,
    rehearses: bool,
}

/// What an account's state is, in a word and a sentence.
pub(in crate::studio) fn state(page: &Page, account: &Account, standing: &Standing) -> (Badge, String) {
    let (tone, key, says) = match (account.active, &standing.trouble) {
        (false, _) => (Tone::Plain, "studio-switched-off", page.t("studio-switched-off-says")),
        (true, Some(why)) => (
            Tone::Bad,
            "studio-in-trouble",
            page.tw("studio-in-trouble-says", &[("n", standing.waiting.into()), ("why", why.as_str().into())]),
        ),
        (true, None) if standing.waiting > 0 => (Tone::Live, "studio-sending", page.tn("studio-sending-says", standing.waiting)),
        (true, None) => (Tone::Ok, "studio-works", page.t("studio-works-says")),
    };
    (Badge::state(tone, page.t(key)), says)
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let read = app.db.read(|tx| {
        let accounts = conversations::accounts(tx)?;
        accounts.into_iter().map(|account| Ok((conversations::standing(tx, account.id)?, account))).collect::<Result<Vec<_>, Fault>>()
    });
    let rows = read.await?;
    let rows = rows.iter().map(|(standing, account)| row(&page, account, standing)).collect();
    let offers = KINDS.iter().map(|kind| Offer {
        href: format!("/studio/channels/new/{}", kind.channel),
        channel: Badge::channel(&page, kind.channel),
        says: page.t(&format!("offer-{}", kind.channel)),
    });
    let rehearses = app.simulators.rehearse();
    show(&List { rows, offers: offers.collect(), rehearses, page, me })
}

fn row(page: &Page, account: &Account, standing: &Standing) -> Row {
    let (state, says) = state(page, account, standing);
    Row {
        href: format!("/studio/channels/{}", account.id),
        channel: Badge::channel(page, account.channel),
        name: account.name.clone(),
        address: account.address.clone(),
        state,
        says,
        failed: standing.failed.as_ref().map(|(at, code, text)| (Moment::ago(*at, page.now, page.locale), format!("{text} ({code})"))),
    }
}
