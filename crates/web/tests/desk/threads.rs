//! From one thread to the next, and to somebody who never wrote.

use crate::scene::*;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use conversations::{Address, MatterState};
use customers::{Identifier, Recognise};
use kernel::{Actor, Channel};

fn turned(desk: &Desk<'_>, path: &str) -> Answered {
    let request = Request::get(path).header("cookie", format!("{VISIT}; {}", desk.agent));
    desk.ask(request.header("hx-request", "true").header("hx-request-type", "partial").body(Body::empty()).unwrap())
}

#[test]
fn an_open_desk_goes_to_another_thread_without_a_page_of_its_own() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let path = format!("/desk/matters/{matter}?view=unassigned");
        let shown = turned(desk, &path);
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!((shown.header("hx-push-url"), shown.header("hx-retarget")), (path.as_str(), "#main"));
        assert!(shown.html.starts_with("<title>Ana Prieto · "), "{}", shown.html);
        assert!(shown.has("Where is my order?") && shown.has("id=\"composer\"") && shown.has("id=\"customer\""), "{}", shown.html);
        assert!(shown.has(&format!("/desk/customers/{}", desk.person(ana))) && !shown.has("<html") && !shown.has("id=\"queue\""));
        assert_eq!((desk.matter(matter).unread, desk.matter(matter).state), (0, MatterState::Open));
        let gone = turned(desk, "/desk/matters/01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assert_eq!((gone.status, gone.headers.contains_key("hx-push-url")), (StatusCode::NOT_FOUND, false));
    });
}

#[test]
fn resolving_and_going_on_shows_the_next_of_the_queue_with_an_undo() {
    at_the_desk(|desk| {
        let (_, first) = desk.ana_writes();
        let (_, second) = desk.hears_text(&desk.whatsapp, Address::phone("+34622334455"), "Luis Vega", "Is it open?");
        let on = desk.post(&format!("/desk/matters/{first}/resolution?view=unassigned"), &[("then", "next")], true);
        assert_eq!(on.header("hx-push-url"), format!("/desk/matters/{second}?view=unassigned"));
        assert!(on.has("Is it open?") && on.has(&format!("/desk/matters/{first}/reopening?view=unassigned")), "{}", on.html);
        assert_eq!((desk.matter(first).state, desk.matter(second).unread), (MatterState::Resolved, 0));
        // Behind the last there is only the queue.
        let last = desk.post(&format!("/desk/matters/{second}/resolution?view=unassigned"), &[("then", "next")], true);
        assert_eq!(last.header("hx-redirect"), "/desk?view=unassigned");
    });
}

#[test]
fn somebody_who_never_wrote_is_written_to_from_their_page() {
    at_the_desk(|desk| {
        let profile = write(desk.world, |tx| {
            let identifiers = vec!["email:eva@x.test".parse::<Identifier>().unwrap()];
            let who = Recognise { identifiers, name: Some("Eva Sol".into()), locale: None, channel: Channel::Till, verified: true };
            customers::recognise(tx, &Actor::system(), who).unwrap().profile
        });
        let path = format!("/desk/customers/{}", desk.person(profile));
        let at = desk.post(&format!("{path}/matters"), &[], false).location().to_owned();
        let by = format!("{}|eva@x.test", desk.email.id);
        let shown = desk.get(&at);
        assert!(shown.has(&format!("value=\"{by}\"")) && shown.has("Message from Ría"), "{}", shown.html);
        let matter = at.rsplit('/').next().unwrap().parse().unwrap();
        desk.post(&format!("{at}/messages"), &[("kind", "reply"), ("by", &by), ("text", "Your coat is here."), ("key", "k")], false);
        let said = desk.said(matter);
        assert_eq!((said[0].text.as_str(), said[0].address.as_deref()), ("Your coat is here.", Some("eva@x.test")));
        assert_eq!(desk.post(&format!("{path}/matters"), &[], false).location(), at, "one open matter, not two");
    });
}
