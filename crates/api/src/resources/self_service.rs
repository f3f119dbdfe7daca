//! An app of the brand's asks what its customers ask: the machine's answers, in the same words as everywhere.

use super::Routes;
use super::shared::{ChannelKind, Locale};
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, Once, Post, Reply, found, needs};
use ::self_service::Step;
use flows::SelfServe;
use kernel::{Channel, Permission, ProfileId, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::Reply, routes!(turn)))
}

/// One turn of somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TurnCreate {
    /// The app's name for the device, the same for all turns: the dialogue is kept under it for two hours.
    #[schema(example = "device-7f3a", max_length = 100)]
    device: String,
    /// Who is signed in there; the app vouches for it.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Where it is said: `app`, `voice`, `assistant`.
    #[serde(default = "app")]
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// What was said; empty begins.
    #[schema(example = "¿Dónde está mi pedido?", max_length = 1000)]
    text: String,
    #[schema(value_type = Locale)]
    locale: kernel::Locale,
}

fn app() -> Channel {
    Channel::App
}

/// What is answered.
#[derive(Serialize, ToSchema)]
struct TurnView {
    /// What kind of answer: `hello`, `ask_order`, `ask_proof`, `ask_product`, `order`, `return`, `hours`, `stock`, `not_found`,
    /// `not_understood`, `welcome`, `hand_over`.
    answer: String,
    /// How the order stands, when one was asked for: `unpaid`, `preparing`, `ready`, `on_the_way`, `arrived`, `returned`, `cancelled`.
    state: Option<String>,
    /// The words as they are read.
    text: String,
    /// The words as they are heard.
    speech: String,
    /// What can be said next.
    choices: Vec<String>,
    /// True from when a person is to go on.
    is_handed_over: bool,
}

/// Answer one turn of a customer's in self-service.
#[utoipa::path(post, path = "/v1/self-service/turns", tag = "conversations", operation_id = "self_service_turn", request_body = TurnCreate, responses((status = 201, body = TurnView)))]
async fn turn(axum::extract::State(app): axum::extract::State<ApiState>, caller: Caller, post: Post<TurnCreate>) -> ApiResult<Reply> {
    let TurnCreate { device, profile, channel, text, locale } = post.body;
    let (browser, heard) = (device.chars().take(100).collect(), text.chars().take(1000).collect());
    let cmd = SelfServe { browser, signed_in: profile, channel, heard, locale };
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        caller.require(Permission::Reply)?;
        if let Some(profile) = cmd.signed_in {
            found(customers::profile(tx, profile)?)?;
        }
        let told = flows::self_serve(tx, &cmd)?;
        let facts = serde_json::to_value(&told.answer).unwrap_or_default();
        let fact = |name: &str| facts[name].as_str().map(str::to_owned);
        Ok(TurnView {
            answer: fact("answer").unwrap_or_default(),
            state: fact("state"),
            text: told.text(),
            speech: told.answer.speech(told.locale),
            choices: told.answer.choices(told.locale).into_iter().map(|(_, words)| words.to_owned()).collect(),
            is_handed_over: told.session.step == Step::Handed,
        })
    };
    post.once.create(&app, "flows.self_serve", command).await
}
