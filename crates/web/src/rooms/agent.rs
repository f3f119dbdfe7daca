//! The agent's way into a room: one press in the matter opens it and sends the link.

use super::guest::{Asked, Fallback, RoomPage, TestPage};
use super::inside::Inside;
use super::view::{Beside, customer_name};
use crate::desk::fresh_key;
use crate::{Answer, App, Flash, Page, StaffMember, headers, show};
use axum::extract::{Path, Query, State};
use conversations::MatterId;
use flows::{InviteToRoom, Invited};
use kernel::Fault;

fn start(app: &App) -> String {
    format!("{}/rooms/", app.brand.public_url)
}

/// Open a room and send its link, then try camera and microphone; with a room that is open, go there.
pub(super) async fn open(State(app): State<App>, page: Page, me: StaffMember, Path(matter): Path<MatterId>) -> Answer {
    let cmd = InviteToRoom { matter, start: start(&app) };
    let invited = app.db.write("flows.invite_to_room", move |tx| flows::invite_to_room(tx, &me.actor, &cmd)).await?;
    let to = format!("/desk/rooms/{}?test=1", invited.room.id);
    page.go_saying(&to, &told(&page, &invited))
}

/// Another link: for whoever changed the device, or gave the link away.
pub(super) async fn link(State(app): State<App>, at: Inside) -> Answer {
    let (id, start, actor) = (at.room.id, start(&app), at.actor.clone());
    let invited = app.db.write("flows.invite_again", move |tx| flows::invite_again(tx, &actor, id, &start)).await?;
    at.page.go_saying(&at.base, &told(&at.page, &invited))
}

fn told(page: &Page, invited: &Invited) -> Flash {
    match invited.by {
        Some(channel) => Flash::ok("room-link-sent").with(page.t(&format!("channel-{}", channel.as_str()))),
        None => Flash::bad("room-link-not-sent"),
    }
}

pub(super) async fn show_room(State(app): State<App>, at: Inside, Query(asked): Query<Asked>) -> Answer {
    let matter = format!("/desk/matters/{}", at.room.matter);
    if at.room.ended_at.is_some() {
        return at.page.go(&matter);
    }
    let (copy, read) = (app.clone(), at.clone());
    let found = app.db.read(move |tx| Ok::<_, Fault>((Beside::read(tx, &copy, &read)?, customer_name(tx, &read)?)));
    let (beside, other) = found.await?;
    let link = format!("{}{}", start(&app), at.room.token);
    let Inside { page, base, .. } = at;
    let answer = if asked.test.is_empty() {
        let (fallback, key) = (Fallback::default(), fresh_key());
        show(&RoomPage { page, base, is_agent: true, other, fallback, beside, matter, link, key, face: "desk" })
    } else {
        show(&TestPage { page, base, is_agent: true, other, fallback: Fallback::default(), face: "desk" })
    };
    answer.map(headers::with_camera)
}
