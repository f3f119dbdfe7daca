//! Help: every way to reach us with how long it takes, the choice of how to be answered, and what we promise when something comes back.

use super::visitor::{Aisle, Visitor};
use crate::chat::{Asks, QuestionAsked};
use crate::ui::{Icon, channel_icon, icon};
use crate::waiting::wait_words;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::State;
use conversations::{Account, Desk, Wait};
use flows::QuestionError;
use kernel::{Channel, Fault, ReadTx};
use orders::RETURN_DAYS;

/// One way to reach us.
struct Door {
    icon: Icon,
    name: String,
    text: String,
    wait: String,
    is_now: bool,
    href: String,
    action: String,
    is_chat: bool,
}

/// One way to be answered.
struct Way {
    value: String,
    name: String,
    wait: String,
}

#[derive(Template)]
#[template(path = "storefront/help.html")]
struct Help {
    page: Page,
    aisles: Vec<Aisle>,
    doors: Vec<Door>,
    ways: Vec<Way>,
    form: Form,
    has_experts: bool,
    days: u64,
}

pub(super) async fn help(State(app): State<App>, visitor: Visitor) -> Answer {
    let key = crate::studio::intent();
    show(&build(&app, visitor, Form::of([("by", "here"), ("key", key.as_str())])).await?)
}

async fn build(app: &App, visitor: Visitor, form: Form) -> Result<Help, Trouble> {
    let Visitor { page, aisles, .. } = visitor;
    let read = app.db.read(move |tx| {
        let page = Page { now: tx.now(), ..page.clone() };
        let accounts = conversations::accounts(tx)?;
        let shops = inventory::locations(tx, false, None, 200)?;
        let open = shops.iter().filter(|shop| super::visitor::is_shop(shop) && shop.is_open(page.now)).count();
        let desk = Desk::now(tx)?;
        let mut doors = doors(tx, &page, &desk, &accounts)?;
        doors.push(Door {
            icon: channel_icon(Channel::Till),
            name: page.t("shops"),
            text: page.tn("help-shops-text", open),
            wait: String::new(),
            is_now: false,
            href: "/shops".into(),
            action: page.t("shops-and-hours"),
            is_chat: false,
        });
        let has_experts = !super::experts::queues(tx)?.is_empty();
        Ok::<_, Fault>((doors, ways(tx, &page, &desk, &accounts)?, has_experts, page))
    });
    let (doors, ways, has_experts, page) = read.await?;
    Ok(Help { page, aisles, doors, ways, form, has_experts, days: RETURN_DAYS })
}

/// One door for each connected channel that one can go through from a page, the chat first.
fn doors(tx: &ReadTx<'_>, page: &Page, desk: &Desk, accounts: &[Account]) -> Result<Vec<Door>, Fault> {
    let door = |channel: Channel, href: String, action: String| -> Result<Door, Fault> {
        let wait = desk.wait_by(tx, channel)?;
        let text = if channel == Channel::Webchat { "help-chat-text".to_owned() } else { format!("help-{channel}-text") };
        Ok(Door {
            icon: channel_icon(channel),
            name: page.t(&format!("channel-{channel}")),
            text: page.t(&text),
            is_now: wait == Wait::Now,
            wait: page.tv("help-wait", wait_words(page, &wait)),
            href,
            action,
            is_chat: channel == Channel::Webchat,
        })
    };
    let itself = Door {
        icon: icon("sparkles"),
        name: page.t("ask-title"),
        text: page.t("ask-door-text"),
        wait: page.t("ask-door-wait"),
        is_now: true,
        href: "/help/ask".into(),
        action: page.t("ask-door"),
        is_chat: false,
    };
    let mut doors = vec![itself, door(Channel::Webchat, "/chat".into(), page.t("help-chat"))?];
    let mut shown = Vec::new();
    for account in accounts.iter().filter(|account| account.active) {
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
            Channel::Phone => (format!("tel:{}", account.address), account.address.clone()),
            Channel::Sms => (format!("sms:{}", account.address), account.address.clone()),
            _ => continue,
        };
        doors.push(door(account.channel, href, action)?);
    }
    if shown.contains(&Channel::Phone) {
        let wait = conversations::call_wait(tx, None)?;
        doors.push(Door {
            icon: channel_icon(Channel::Phone),
            name: page.t("call-me-title"),
            text: page.t("call-me-text"),
            wait: page.tn("call-me-expected", wait.minutes),
            is_now: false,
            href: "/call-me?back=/help".into(),
            action: page.t("call-me"),
            is_chat: false,
        });
    }
    Ok(doors)
}

/// How a question asked here can be answered: here, or where we may write first.
fn ways(tx: &ReadTx<'_>, page: &Page, desk: &Desk, accounts: &[Account]) -> Result<Vec<Way>, Fault> {
    let waits = |channel| desk.wait_by(tx, channel).map(|wait| wait_words(page, &wait));
    let mut ways = vec![Way { value: "here".into(), name: page.t("help-answer-here"), wait: waits(Channel::Webchat)? }];
    for account in accounts.iter().filter(|account| flows::can_be_chosen(account)) {
        let name = page.t(&format!("channel-{}", account.channel));
        if !ways.iter().any(|way| way.name == name) {
            ways.push(Way { value: account.id.to_string(), name, wait: waits(account.channel)? });
        }
    }
    Ok(ways)
}

/// A question with the choice of how it is answered.
pub(super) async fn ask(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let (page, text, by) = (visitor.page.clone(), form.value("text").to_owned(), form.value("by").to_owned());
    if text.is_empty() {
        form.refuse("text", page.t("help-say-something"));
        return show_refused(&build(&app, visitor, form).await?);
    }
    let address = form.value("address").to_owned();
    let answer_by = by.parse().ok().map(|account| (account, address));
    let asks = Asks { text, key: form.value("key").to_owned(), answer_by, experts: None };
    match crate::chat::ask(&app, &page, &visitor.shopper, asks).await {
        Ok(()) if by == "here" => page.go("/chat"),
        Ok(()) => page.go_saying("/help", &Flash::ok("help-asked")),
        Err(QuestionAsked::Refused(error @ (QuestionError::NotAnAddress | QuestionError::NotByThis))) => {
            let field = if matches!(error, QuestionError::NotAnAddress) { "address" } else { "by" };
            form.refuse(field, crate::studio::why(&page, &error));
            show_refused(&build(&app, visitor, form).await?)
        }
        Err(QuestionAsked::Refused(error)) => Err(error.into()),
        Err(QuestionAsked::Trouble(trouble)) => Err(trouble),
    }
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
