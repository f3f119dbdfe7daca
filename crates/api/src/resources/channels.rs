//! The numbers, pages and mailboxes through which the brand is reached.

use super::Routes;
use super::shared::ChannelKind;
use crate::ApiState;
use crate::http::{ApiResult, Id, InPath, List, found, needs};
use axum::Json;
use axum::extract::State;
use conversations::{Account, AccountId, MessageTemplate, TemplateButton, TemplateCategory, TemplateId, TemplateState};
use kernel::{Channel, Permission, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ManageChannels, routes!(list))).routes(needs(Permission::Reply, routes!(templates)))
}

/// A configured number, page or mailbox. Its settings hold secrets, so they are never told.
#[derive(Serialize, ToSchema)]
struct ChannelAccountView {
    #[schema(value_type = Id)]
    id: AccountId,
    /// Its kind.
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// As staff call it.
    name: String,
    /// The provider's number of it, or the mailbox's address.
    address: String,
    /// Hours after a customer's last message in which free text may be sent; null is always.
    window_hours: Option<u32>,
    /// False when switched off.
    active: bool,
}

impl From<Account> for ChannelAccountView {
    fn from(account: Account) -> Self {
        let Account { id, channel, name, address, window_hours, settings: _, active } = account;
        ChannelAccountView { id, channel, name, address, window_hours, active }
    }
}

/// List the connected channels.
#[utoipa::path(get, path = "/v1/channels", tag = "channels", operation_id = "list_channels", responses((status = 200, body = List<ChannelAccountView>)))]
async fn list(State(app): State<ApiState>) -> ApiResult<Json<List<ChannelAccountView>>> {
    let accounts = app.read(|tx| Ok(conversations::accounts(tx)?)).await?;
    Ok(Json(List::whole(accounts.into_iter().map(ChannelAccountView::from).collect())))
}

/// A text that the provider of a channel must approve before it may leave.
#[derive(Serialize, ToSchema)]
struct TemplateView {
    #[schema(value_type = Id)]
    id: TemplateId,
    /// Its name at the provider.
    name: String,
    /// Its language there, such as `es` or `en_US`.
    language: String,
    /// `utility`, `marketing` or `authentication`.
    #[schema(value_type = String, example = "utility")]
    category: TemplateCategory,
    /// `draft`, `pending`, `approved`, `rejected`, `paused` or `disabled`; only what is approved leaves.
    #[schema(value_type = String, example = "approved")]
    state: TemplateState,
    /// Why it was rejected or stopped, in the provider's word; else empty.
    reason: String,
    header: String,
    /// Its words, with gaps `{{1}}`, `{{2}}` ..
    body: String,
    /// How many gaps there are to fill.
    gaps: usize,
    footer: String,
    /// What its buttons say.
    buttons: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
}

impl From<MessageTemplate> for TemplateView {
    fn from(template: MessageTemplate) -> Self {
        let gaps = template.gaps();
        let MessageTemplate { id, name, language, category, content, state, reason, changed_at, .. } = template;
        let buttons = content.buttons.iter().map(TemplateButton::text).map(str::to_owned).collect();
        let (header, body, footer) = (content.header, content.body, content.footer);
        TemplateView { id, name, language, category, state, reason, header, body, gaps, footer, buttons, changed_at }
    }
}

/// List the templates of a channel by name and language; at most 500.
#[utoipa::path(get, path = "/v1/channels/{channel}/templates", tag = "channels", operation_id = "list_templates", params(("channel" = Id, Path)), responses((status = 200, body = List<TemplateView>)))]
async fn templates(State(app): State<ApiState>, InPath(id): InPath<AccountId>) -> ApiResult<Json<List<TemplateView>>> {
    let templates = app.read(move |tx| {
        found(conversations::account(tx, id)?)?;
        Ok(conversations::message_templates(tx, id)?)
    });
    Ok(Json(List::whole(templates.await?.into_iter().map(TemplateView::from).collect())))
}
