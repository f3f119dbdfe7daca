//! Help: every way to reach us, and what we promise when something comes back.

use super::visitor::{Aisle, Visitor};
use crate::ui::{Icon, channel_icon};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::extract::State;
use kernel::{Channel, Fault};
use orders::RETURN_DAYS;

/// One way to reach us.
struct Door {
    icon: Icon,
    name: String,
    text: String,
    href: String,
    action: String,
    is_chat: bool,
}

#[derive(Template)]
#[template(path = "storefront/help.html")]
struct Help {
    page: Page,
    aisles: Vec<Aisle>,
    doors: Vec<Door>,
    days: u64,
}

pub(super) async fn help(State(app): State<App>, visitor: Visitor) -> Answer {
    let read = app.db.read(|tx| {
        let accounts = conversations::accounts(tx)?;
        let shops = inventory::locations(tx, false, None, 200)?;
        Ok::<_, Fault>((accounts, shops))
    });
    let (accounts, shops) = read.await?;
    let Visitor { page, aisles, .. } = visitor;
    let mut doors = vec![Door {
        icon: channel_icon(Channel::Webchat),
        name: page.t("channel-webchat"),
        text: page.t("help-chat-text"),
        href: "/chat".into(),
        action: page.t("help-chat"),
        is_chat: true,
    }];
    let mut shown = Vec::new();
    for account in accounts.into_iter().filter(|account| account.active) {
        // One door for each channel: the first mailbox is the one for everything.
        if shown.contains(&account.channel) {
            continue;
        }
        shown.push(account.channel);
        let (href, action) = match account.channel {
            Channel::Whatsapp => {
                let digits: String = account.address.chars().filter(char::is_ascii_digit).collect();
                (format!("https://wa.me/{digits}"), page.t("help-whatsapp"))
            }
            Channel::Email => (format!("mailto:{}", account.address), account.address.clone()),
            Channel::Phone | Channel::Sms => (format!("tel:{}", account.address), account.address.clone()),
            _ => continue,
        };
        let name = page.t(&format!("channel-{}", account.channel.as_str()));
        let text = page.t(&format!("help-{}-text", account.channel.as_str()));
        doors.push(Door { icon: channel_icon(account.channel), name, text, href, action, is_chat: false });
    }
    let open = shops.iter().filter(|shop| super::visitor::is_shop(shop) && shop.is_open(page.now)).count();
    doors.push(Door {
        icon: channel_icon(Channel::Till),
        name: page.t("shops"),
        text: page.tn("help-shops-text", open),
        href: "/shops".into(),
        action: page.t("shops-and-hours"),
        is_chat: false,
    });
    show(&Help { page, aisles, doors, days: RETURN_DAYS })
}

#[derive(Template)]
#[template(path = "storefront/help_returns.html")]
struct Returns {
    page: Page,
    aisles: Vec<Aisle>,
    days: u64,
}

pub(super) async fn returns(visitor: Visitor) -> Answer {
    let Visitor { page, aisles, .. } = visitor;
    show(&Returns { page, aisles, days: RETURN_DAYS })
}
