//! What happens beside the picture: the talk in writing, and the cart.

use super::inside::Inside;
use super::signals::Side;
use super::view::{Beside, profiles, said, shared_cart, unseen};
use crate::{Answer, App, Form, Trouble, stream};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use catalogue::VariantCard;
use channels::webchat::Webchat;
use channels::{Channel as _, RawWebhook};
use conversations::ConversationError;
use flows::SayInRoom;
use kernel::{Actor, Channel, Fault, Quantity};
use orders::{CartChange, CartError, CartLineId, ChangeCart, OpenCart, Owner, Way};
use serde_json::json;

/// Longest message, in characters.
const LONGEST: usize = 4000;

/// Cart and talk again whenever the other, or somebody elsewhere, changes them.
pub(super) async fn live(State(app): State<App>, at: Inside) -> Result<Response, Trouble> {
    let read = at.clone();
    let own = app.db.read(move |tx| profiles(tx, &read)).await?;
    let subscription = app.hub.subscribe(own.iter().map(|profile| format!("profile:{profile}")));
    Ok(stream(subscription, move |_| {
        let (app, at) = (app.clone(), at.clone());
        async move { beside(&app, at).await.ok()?.parts().ok() }
    }))
}

async fn beside(app: &App, at: Inside) -> Result<Beside, Fault> {
    let copy = app.clone();
    app.db.read(move |tx| Beside::read(tx, &copy, &at)).await
}

/// After a change: the parts for a script, the whole page without one.
async fn changed(app: &App, at: Inside) -> Answer {
    if !at.page.partial {
        return at.page.go(&at.base);
    }
    Ok(Html(beside(app, at).await?.parts().map_err(Trouble::broken)?).into_response())
}

pub(super) async fn say(State(app): State<App>, at: Inside, form: Form) -> Answer {
    let text: String = form.value("text").chars().take(LONGEST).collect();
    let key: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    if !text.is_empty() {
        match at.side {
            Side::Guest => hear(&app, &at, &text, &key).await?,
            Side::Agent => tell(&app, &at, text, key).await?,
        }
    }
    changed(&app, at).await
}

async fn hear(app: &App, at: &Inside, text: &str, key: &str) -> Result<(), Trouble> {
    let account = crate::chat::account_of(app).await?;
    let body = json!({ "type": "message", "visitor": at.room.guest, "id": key, "text": text });
    let raw = RawWebhook::of(body.to_string(), app.db.clock().now());
    let room = at.room.clone();
    let write = app.db.write("flows.hear_in_room", move |tx| {
        for event in Webchat.parse(&raw) {
            flows::hear_in_room(tx, &account, &room, &event)?;
        }
        Ok::<_, Fault>(())
    });
    Ok(write.await?)
}

async fn tell(app: &App, at: &Inside, text: String, key: String) -> Result<(), Trouble> {
    let account = crate::chat::account_of(app).await?.id;
    let (actor, cmd) = (at.actor.clone(), SayInRoom { room: at.room.id, account, text, key: format!("room/{}/{key}", at.room.id) });
    match app.db.write("flows.say_in_room", move |tx| flows::say_in_room(tx, &actor, &cmd)).await {
        // Nobody has come in yet: the page says so beside the field.
        Ok(()) | Err(ConversationError::NoAddress) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// What we wrote is on the customer's screen.
pub(super) async fn seen(State(app): State<App>, at: Inside) -> Answer {
    let write = app.db.write("conversations.read_on_screen", move |tx| {
        let own = profiles(tx, &at)?;
        let unread = unseen(&said(tx, &at, &own)?);
        conversations::read_on_screen(tx, &own, &unread)
    });
    write.await.map_err(|fault: Fault| Trouble::from(fault))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One more, one less, out, or (the agent) something new by its code.
pub(super) async fn change_cart(State(app): State<App>, at: Inside, form: Form) -> Answer {
    let code = form.value("code").to_uppercase();
    let wrong = || Trouble::of(StatusCode::UNPROCESSABLE_ENTITY);
    let line = if code.is_empty() { Some(form.value("line").parse::<CartLineId>().map_err(|_| wrong())?) } else { None };
    let quantity = Quantity(form.value("quantity").parse().unwrap_or(1).clamp(0, orders::MAX_QUANTITY));
    let inside = at.clone();
    let write = app.db.write("orders.change_cart", move |tx| {
        let own = profiles(tx, &inside)?;
        let open = shared_cart(tx, &own)?;
        // The cart may be another profile's of the same person.
        let actor = match (inside.side, open.as_ref().and_then(|cart| cart.profile)) {
            (Side::Guest, Some(profile)) => Actor::customer(profile),
            _ => inside.actor.clone(),
        };
        let change = match line {
            Some(line) => CartChange::SetQuantity { line, quantity },
            None => match catalogue::by_sku(tx, &code)?.filter(VariantCard::is_for_sale) {
                Some(card) => CartChange::Add { variant: card.id, quantity, way: Way::Deliver { address: None } },
                None => return Ok(()),
            },
        };
        let cart = match open {
            Some(cart) => cart,
            None => orders::open_cart(tx, &actor, &OpenCart { owner: Owner::Profile(inside.room.profile) })?,
        };
        let channel = if inside.side == Side::Agent { Channel::Desk } else { Channel::Web };
        orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel, change }).map(drop)
    });
    match write.await {
        // The other was faster: show what is there.
        Ok(()) | Err(CartError::UnknownLine) => changed(&app, at).await,
        Err(refused) => Err(refused.into()),
    }
}
