//! Messages of a matter: read, answer, note, take back.

use super::Routes;
use super::shared::{ChannelKind, DeliveryState, Direction};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use conversations::{AccountId, FileRef, MatterId, Message, MessageId, ReplyOption, TemplateId, UploadId};
use flows::{CardOf, CardStyle};
use kernel::{Channel, Currency, Locale, Permission, Problem, ProfileId, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewConversations, routes!(list)))
        .routes(needs(Permission::ViewConversations, routes!(ways)))
        .routes(needs(Permission::Reply, routes!(reply)))
        .routes(needs(Permission::Reply, routes!(note)))
        .routes(needs(Permission::Reply, routes!(cancel)))
}

/// One item that was said.
#[derive(Serialize, ToSchema)]
struct MessageView {
    #[schema(value_type = Id)]
    id: MessageId,
    #[schema(value_type = Id)]
    matter: MatterId,
    #[schema(value_type = Id)]
    profile: ProfileId,
    /// Through which account; null for notes.
    #[schema(value_type = Option<Id>)]
    account: Option<AccountId>,
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    #[schema(value_type = Direction)]
    direction: conversations::Direction,
    /// `customer:ID`, `staff:ID`, `api_key:ID`, `system`.
    author: String,
    /// The customer's address on that channel.
    address: Option<String>,
    subject: Option<String>,
    /// The words, without quoted history.
    text: String,
    /// What of the shop went with it.
    card: Option<CardView>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = DeliveryState)]
    state: conversations::DeliveryState,
    /// Why it will not arrive.
    failure: Option<FailureView>,
}

/// Something of the shop within a message.
#[derive(Serialize, ToSchema)]
struct CardView {
    /// `product`, `payment`, `cart`, `collection` or `order`.
    #[schema(value_type = String, example = "product")]
    kind: conversations::CardKind,
    title: String,
    detail: String,
    code: String,
    action: String,
    url: String,
    /// Version of the product it shows, the same number as on every channel.
    version: Option<i64>,
    /// At most two services or products that are offered with a product.
    offers: Vec<CardOfferView>,
}

/// Something offered with what a card shows.
#[derive(Serialize, ToSchema)]
struct CardOfferView {
    title: String,
    /// Its price.
    detail: String,
    /// Its page.
    url: String,
}

impl From<&conversations::Card> for CardView {
    fn from(card: &conversations::Card) -> Self {
        let conversations::Card { kind, title, detail, code, action, url, version, offers, .. } = card.clone();
        let offers = offers.into_iter().flat_map(|offers| offers.items);
        let offers = offers.map(|offer| CardOfferView { title: offer.title, detail: offer.detail, url: offer.url }).collect();
        CardView { kind, title, detail, code, action, url, version: Some(version).filter(|version| *version > 0), offers }
    }
}

/// Why a message will not arrive.
#[derive(Serialize, ToSchema)]
struct FailureView {
    /// The provider's word.
    code: String,
    detail: String,
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        MessageView {
            card: message.card().map(CardView::from),
            id: message.id,
            matter: message.matter,
            profile: message.profile,
            account: message.account,
            channel: message.channel,
            direction: message.direction,
            author: message.author,
            address: message.address,
            subject: message.subject,
            text: message.text,
            at: message.at,
            state: message.state,
            failure: message.failure.map(|(code, detail)| FailureView { code, detail }),
        }
    }
}

/// A way to answer, open or closed.
#[derive(Serialize, ToSchema)]
struct WayView {
    #[schema(value_type = Id)]
    account: AccountId,
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// The customer's address on it.
    address: String,
    /// When they last wrote from there.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_inbound_at: Option<Timestamp>,
    /// Why it is closed; null when it is open.
    closed: Option<FailureView>,
}

impl From<ReplyOption> for WayView {
    fn from(way: ReplyOption) -> Self {
        let closed = way.closed.map(|why| FailureView { code: why.code().to_owned(), detail: why.to_string() });
        let (account, channel) = (way.account.id, way.account.channel);
        WayView { account, channel, address: way.address, last_inbound_at: way.last_inbound_at, closed }
    }
}

/// Something to say to the customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplyCreate {
    /// Through which account.
    #[schema(value_type = Id)]
    account: AccountId,
    /// To which address on it.
    #[schema(example = "ana@example.com")]
    address: String,
    /// May be left out with a template, which brings its own words.
    #[serde(default)]
    #[schema(example = "Su pedido sale hoy.", max_length = 20000)]
    text: String,
    /// An approved text instead, where the reply window has closed. It goes alone: with `text`, `card` or `files` it is refused.
    template: Option<TemplateUse>,
    /// Something of the shop to go with it: `product:HANDLE`, `payment:ORDER`, `cart:CART`, `collection:FULFILMENT` or `order:ORDER`.
    /// Web chat shows it with a button, other channels in words.
    #[schema(example = "product:camisa-lino")]
    card: Option<String>,
    /// The last one is taken when not given.
    subject: Option<String>,
    /// Files that go with it, at most ten, as `create_file` named them.
    #[serde(default)]
    #[schema(value_type = Vec<Id>, max_items = 10)]
    files: Vec<UploadId>,
    /// How long it may be taken back before it leaves.
    #[serde(default)]
    #[schema(maximum = 600)]
    undo_seconds: u16,
}

/// An approved text and what stands in its gaps.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateUse {
    #[schema(value_type = Id)]
    template: TemplateId,
    /// One for each gap, in the order of their numbers.
    #[serde(default)]
    #[schema(max_items = 50)]
    values: Vec<String>,
}

/// Something only colleagues see.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteCreate {
    #[schema(example = "Prefiere que la llamemos por la tarde.", max_length = 20000)]
    text: String,
}

/// List the last messages of a matter, oldest of them first.
#[utoipa::path(get, path = "/v1/matters/{matter}/messages", tag = "conversations", operation_id = "list_messages", params(("matter" = Id, Path), PageParams), responses((status = 200, body = List<MessageView>)))]
async fn list(State(app): State<ApiState>, InPath(id): InPath<MatterId>, page: Page) -> ApiResult<Json<List<MessageView>>> {
    let messages = app.read(move |tx| {
        found(conversations::matter(tx, id)?)?;
        Ok(conversations::messages_of(tx, id, page.limit as i64)?)
    });
    Ok(Json(List::whole(messages.await?.into_iter().map(MessageView::from).collect())))
}

/// List every way to answer in a matter, open ones first, and why the others are closed.
#[utoipa::path(get, path = "/v1/matters/{matter}/ways", tag = "conversations", operation_id = "list_reply_ways", params(("matter" = Id, Path)), responses((status = 200, body = List<WayView>)))]
async fn ways(State(app): State<ApiState>, InPath(id): InPath<MatterId>) -> ApiResult<Json<List<WayView>>> {
    let ways = app.read(move |tx| {
        let matter = found(conversations::matter(tx, id)?)?;
        let id = found(customers::person_of(tx, matter.profile)?)?;
        let person = found(customers::person(tx, id)?)?;
        Ok(flows::reply_ways(tx, &person)?)
    });
    Ok(Json(List::whole(ways.await?.into_iter().map(WayView::from).collect())))
}

/// Say something to the customer. 409 `conversations.window_closed`, `conversations.opted_out`, `conversations.no_address`,
/// `conversations.template_not_approved`; 422 `channels.file_refused`, `conversations.unknown_file`, `conversations.template_open_gap`,
/// `conversations.template_alone`.
#[utoipa::path(post, path = "/v1/matters/{matter}/replies", tag = "conversations", operation_id = "reply", params(("matter" = Id, Path)), request_body = ReplyCreate, responses((status = 201, body = MessageView)))]
async fn reply(State(app): State<ApiState>, caller: Caller, InPath(matter): InPath<MatterId>, post: Post<ReplyCreate>) -> ApiResult<Reply> {
    let ReplyCreate { account, address, text, template, card, subject, files, undo_seconds } = post.body;
    if template.is_some() && (!text.trim().is_empty() || card.is_some() || !files.is_empty()) {
        return Err(ApiError::invalid("conversations.template_alone", "a template goes alone: leave out text, card and files"));
    }
    let card = card.map(|of| of.parse::<CardOf>()).transpose()?;
    let public_url = app.public_url.to_string();
    let text = payments::mask_card_numbers(&text).into_owned();
    let undo = Duration::from_secs(undo_seconds.into());
    carried(&app, &caller, account, files.clone()).await?;
    let files = files.into_iter().map(FileRef::Upload).collect();
    let cmd = conversations::Reply { subject, undo, files, ..conversations::Reply::new(matter, account, address, text, "") };
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let cmd = conversations::Reply { key: once.command_key(tx), ..cmd.clone() };
        if let Some(TemplateUse { template, values }) = &template {
            let id = flows::reply_with_template(tx, &caller, &cmd, (*template, values))?;
            return said(tx, id);
        }
        let Some(of) = &card else {
            let id = flows::reply(tx, &caller, &cmd)?;
            return said(tx, id);
        };
        let profile = found(conversations::matter(tx, matter)?)?.profile;
        let person = customers::person_of(tx, profile)?.map_or(Ok(None), |person| customers::person(tx, person))?;
        let locale = person.and_then(|person| person.locale).unwrap_or(Locale::Es);
        let style = CardStyle { locale, currency: Currency::EUR, public_url: public_url.clone() };
        let id = flows::reply_with_card(tx, &caller, &cmd, (of, &style))?;
        said(tx, id)
    };
    post.once.create(&app, "conversations.reply", command).await
}

/// Write something only colleagues see. Whoever is named after `@` is told.
#[utoipa::path(post, path = "/v1/matters/{matter}/notes", tag = "conversations", operation_id = "add_note", params(("matter" = Id, Path)), request_body = NoteCreate, responses((status = 201, body = MessageView)))]
async fn note(State(app): State<ApiState>, caller: Caller, InPath(matter): InPath<MatterId>, post: Post<NoteCreate>) -> ApiResult<Reply> {
    let text = payments::mask_card_numbers(&post.body.text).into_owned();
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let key = once.command_key(tx);
        let id = flows::add_note(tx, &caller, matter, &text, &key)?;
        said(tx, id)
    };
    post.once.create(&app, "conversations.add_note", command).await
}

/// Take back a message that has not left yet. 409 `conversations.already_sent`.
#[utoipa::path(delete, path = "/v1/messages/{message}", tag = "conversations", operation_id = "cancel_message", params(("message" = Id, Path)), responses((status = 204)))]
async fn cancel(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<MessageId>) -> ApiResult<StatusCode> {
    app.write("conversations.cancel_message", move |tx| Ok(conversations::cancel_message(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether the files of an answer go by the channel of its account.
async fn carried(app: &ApiState, caller: &Caller, account: AccountId, files: Vec<UploadId>) -> ApiResult<()> {
    if files.is_empty() {
        return Ok(());
    }
    let owner = caller.to_string();
    let read = app.read(move |tx| Ok((conversations::account(tx, account)?, conversations::uploads(tx, &owner, &files)?)));
    let (account, files) = read.await?;
    let problems = account.map_or_else(Vec::new, |account| channels::file_problems(account.channel, &files));
    match files.iter().zip(problems).find_map(|(file, problem)| problem.map(|problem| (file, problem))) {
        Some((file, problem)) => Err(ApiError::invalid("channels.file_refused", format!("{}: {problem}", file.file_name))),
        None => Ok(()),
    }
}

fn said(tx: &Tx<'_>, id: MessageId) -> ApiResult<MessageView> {
    Ok(found(conversations::messages(tx, &[id])?.pop())?.into())
}
