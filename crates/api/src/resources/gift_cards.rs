//! Gift cards: sold, given for goods that came back, or as a kindness.

use super::Routes;
use super::payments::{GiftCardKind, GiftCardView};
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, List, MoneyView, Once, Post, Reply, Sent, found, needs};
use ::orders::OrderId;
use ::payments::{GiftCardId, GiftCardOrigin, IssueGiftCard};
use axum::Json;
use axum::extract::State;
use kernel::{Channel, Permission, ProfileId, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::Refund, routes!(create)))
        .routes(needs(Permission::ViewOrders, routes!(list)))
        .routes(needs(Permission::ViewOrders, routes!(get)))
        .routes(needs(Permission::Refund, routes!(change)))
}

/// A card to be made.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GiftCardCreate {
    amount: MoneyView,
    /// `goodwill` when not given; `refund` is made by a return.
    #[schema(value_type = Option<GiftCardKind>)]
    origin: Option<GiftCardOrigin>,
    /// Whose it is first.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// For which order.
    #[schema(value_type = Option<Id>)]
    order: Option<OrderId>,
}

/// A card just made; the only answer that carries its code.
#[derive(Serialize, ToSchema)]
struct GiftCardMade {
    /// Whoever has it may spend the card.
    #[schema(example = "7K2P-0000-4F5G-H6J7")]
    code: String,
    card: GiftCardView,
}

/// Make a card. Whoever has its code may spend it at every door: in the shop's web, at the till, by `gift_card` in a payment. The answer to a repeated
/// key carries the code too.
#[utoipa::path(post, path = "/v1/gift-cards", tag = "payments", operation_id = "issue_gift_card", request_body = GiftCardCreate, responses((status = 201, body = GiftCardMade)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<GiftCardCreate>) -> ApiResult<Reply> {
    let GiftCardCreate { amount, origin, profile, order } = post.body;
    let amount = amount.try_into()?;
    let subject = order.map_or_else(String::new, |order| format!("order:{order}"));
    let origin = origin.unwrap_or(GiftCardOrigin::Goodwill);
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let key = once.command_key(tx);
        let cmd = IssueGiftCard { key, origin, profile, subject: subject.clone(), amount, channel: Channel::Api };
        let card = ::payments::issue_gift_card(tx, &caller, cmd)?;
        Ok(GiftCardMade { code: card.spelled(), card: card.into() })
    };
    post.once.create(&app, "payments.issue_gift_card", command).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct GiftCardFilter {
    /// The card with this code.
    #[param(max_length = 40)]
    code: Option<String>,
    /// Those made for this order.
    #[param(value_type = Option<Id>)]
    order: Option<OrderId>,
    /// Those that were first this profile's.
    #[param(value_type = Option<Id>)]
    profile: Option<ProfileId>,
}

/// Cards by code, by order, or by profile; at most fifty, and none when nothing is asked for.
#[utoipa::path(get, path = "/v1/gift-cards", tag = "payments", operation_id = "list_gift_cards", params(GiftCardFilter), responses((status = 200, body = List<GiftCardView>)))]
async fn list(State(app): State<ApiState>, Asked(filter): Asked<GiftCardFilter>) -> ApiResult<Json<List<GiftCardView>>> {
    let read = app.read(move |tx| {
        Ok(match (&filter.code, filter.order, filter.profile) {
            (Some(code), _, _) => ::payments::gift_card_by_code(tx, code)?.into_iter().collect(),
            (None, Some(order), _) => ::payments::gift_cards_for(tx, &format!("order:{order}"))?,
            (None, None, Some(profile)) => ::payments::gift_cards_of(tx, &[profile])?,
            (None, None, None) => Vec::new(),
        })
    });
    Ok(Json(List::whole(read.await?.into_iter().map(GiftCardView::from).collect())))
}

/// One card, without its code.
#[utoipa::path(get, path = "/v1/gift-cards/{card}", tag = "payments", operation_id = "get_gift_card", params(("card" = Id, Path)), responses((status = 200, body = GiftCardView)))]
async fn get(State(app): State<ApiState>, InPath(id): InPath<GiftCardId>) -> ApiResult<Json<GiftCardView>> {
    Ok(Json(app.read(move |tx| Ok(found(::payments::gift_card(tx, id)?)?.into())).await?))
}

/// What a card may.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GiftCardPatch {
    /// Nobody spends it; what is on it stays.
    is_blocked: bool,
}

/// Stop a card that was lost, or let it be spent again.
#[utoipa::path(patch, path = "/v1/gift-cards/{card}", tag = "payments", operation_id = "block_gift_card", params(("card" = Id, Path)), request_body = GiftCardPatch, responses((status = 200, body = GiftCardView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<GiftCardId>,
    Sent(patch): Sent<GiftCardPatch>,
) -> ApiResult<Json<GiftCardView>> {
    let command = move |tx: &mut Tx<'_>| Ok(::payments::block_gift_card(tx, &caller, id, patch.is_blocked)?.into());
    Ok(Json(app.write("payments.block_gift_card", command).await?))
}
