//! Whoever is inside a room: an agent, or the customer whose browser holds the link. A handler that takes [`Inside`] serves both.

use super::signals::Side;
use crate::{Answer, App, Flash, Page, StaffMember, Trouble};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use conversations::{Room, RoomError, RoomId};
use kernel::{Actor, Permission, ReadTx};

/// Somebody in a room.
#[derive(Debug, Clone)]
pub(super) struct Inside {
    pub(super) page: Page,
    pub(super) side: Side,
    pub(super) room: Room,
    /// Who acts.
    pub(super) actor: Actor,
    /// The address of the room for this side.
    pub(super) base: String,
}

impl FromRequestParts<App> for Inside {
    type Rejection = Trouble;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let page = Page::from_request_parts(parts, app).await.map_err(Trouble::of)?;
        let Path(name) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| Trouble::not_found())?;
        if page.path.starts_with("/desk/") {
            let me = StaffMember::from_request_parts(parts, app).await?;
            return agent(app, page, me.actor, &name).await;
        }
        let browser = page.visit.0.clone();
        let room = app.db.read(move |tx| conversations::guest_room(tx, &name, &browser)).await?;
        // Whoever has not pressed Enter is not in it.
        let room = Some(room).filter(|room| room.guest.is_some()).ok_or(RoomError::Unknown)?;
        Ok(Inside { side: Side::Guest, actor: Actor::customer(room.profile), base: format!("/rooms/{}", room.token), page, room })
    }
}

async fn agent(app: &App, page: Page, actor: Actor, id: &str) -> Result<Inside, Trouble> {
    actor.require(Permission::Reply)?;
    actor.require(Permission::ViewConversations)?;
    let id: RoomId = id.parse().map_err(|_| Trouble::not_found())?;
    let room = app.db.read(move |tx: &ReadTx<'_>| Ok::<_, Trouble>(conversations::room(tx, id)?)).await?.ok_or_else(Trouble::not_found)?;
    Ok(Inside { side: Side::Agent, base: format!("/desk/rooms/{id}"), actor, page, room })
}

/// Hang up, for both.
pub(super) async fn end(State(app): State<App>, at: Inside) -> Answer {
    let (actor, id) = (at.actor.clone(), at.room.id);
    app.db.write("conversations.end_room", move |tx| conversations::end_room(tx, &actor, id)).await?;
    match at.side {
        Side::Agent => at.page.go_saying(&format!("/desk/matters/{}", at.room.matter), &Flash::ok("room-over")),
        Side::Guest => at.page.go(&at.base),
    }
}
