//! The numbers, pages and mailboxes through which the brand is reached.

use super::Routes;
use super::shared::ChannelKind;
use crate::ApiState;
use crate::http::{ApiResult, Id, List, needs};
use axum::Json;
use axum::extract::State;
use conversations::{Account, AccountId};
use kernel::{Channel, Permission};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ManageChannels, routes!(list)))
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
