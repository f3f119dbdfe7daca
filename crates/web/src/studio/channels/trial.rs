//! A test message: sent at once, past the outbox, so that the far end's own words can be shown.

use super::one::{account, page_of};
use crate::studio::{Entered, intent};
use crate::{Answer, App, Form, Page, Trouble, show, show_refused};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use channels::runtime::channel_account;
use channels::{Carrier, MailTransport, SendError, adapter, email::ServerMail, http_client};
use conversations::{Account, Address, AddressKind, Outbound, Template};
use kernel::{Channel, Permission, Timestamp};
use std::sync::Arc;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/channels/{id}/trial", post(try_it))
}

async fn try_it(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let (account, kind) = account(&app, &text).await?;
    if form.value("to").is_empty() {
        form.refuse("to", page.t("studio-needed"));
        return show_refused(&page_of(&app, (page, me), kind, Some(account), None, (form, None)).await?);
    }
    let tried = match send(&app, &page, &account, form.value("to")).await? {
        Ok(()) => (true, page.t("studio-trial-sent")),
        Err(words) => (false, words),
    };
    show(&page_of(&app, (page, me), kind, Some(account), None, (form, Some(tried))).await?)
}

/// Send it; a refusal is the far end's own words.
async fn send(app: &App, page: &Page, account: &Account, to: &str) -> Result<Result<(), String>, Trouble> {
    let (view, now) = (channel_account(account)?, app.db.clock().now());
    let Some(adapter) = adapter(account.channel) else { return Err(Trouble::not_found()) };
    let request = match adapter.render(&view, &message(page, account.channel, to, now)) {
        Ok(request) => request,
        Err(refused) => return Ok(Err(refused.to_string())),
    };
    let id = account.id.to_string();
    let mut carrier = Carrier::new(http_client());
    if account.channel == Channel::Email {
        let transport: Arc<dyn MailTransport> = match (&app.simulators.mail, view.optional("smtp_url")) {
            (Some(memory), None) => memory.clone(),
            _ => match ServerMail::new(&view) {
                Ok(server) => Arc::new(server),
                Err(refused) => return Ok(Err(refused.to_string())),
            },
        };
        carrier = carrier.with_mail(&id, transport);
    }
    let reply = carrier.carry(&id, request).await;
    Ok(adapter.accepted(&reply).map(drop).map_err(|refused| match refused {
        SendError::Retry { text, .. } | SendError::Reauthorise { text } => text,
        SendError::Permanent { code, text } => format!("{text} ({code})"),
    }))
}

fn message(page: &Page, channel: Channel, to: &str, now: Timestamp) -> Outbound {
    let to = match channel {
        Channel::Email => Address::email(to),
        Channel::Whatsapp | Channel::Sms => Address::phone(to),
        _ => Address { kind: AddressKind::Handle, value: to.to_owned() },
    };
    let mut message = Outbound::text(intent(), to, now, page.tv("studio-trial-text", &page.brand));
    match channel {
        Channel::Email => message.subject = Some(page.tv("studio-trial-subject", &page.brand)),
        // Meta gives every account this approved text; it may go to somebody who never wrote.
        Channel::Whatsapp => message.template = Some(Template { name: "hello_world".into(), language: "en_US".into(), params: Vec::new() }),
        // Whoever tries it has just written.
        _ => message.last_inbound_at = Some(now),
    }
    message
}
