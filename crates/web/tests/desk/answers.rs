//! Answers, notes, what is put into the composer, and answers for later.

use crate::scene::*;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use conversations::{Account, Address, DeliveryState, Direction, SaveAccount, Settings};
use customers::{Identifier, IdentifierKind, Recognise};
use kernel::{Actor, Channel, Locale, Role, Tx};
use std::time::Duration;

#[test]
fn an_answer_pressed_twice_is_said_once_with_and_without_scripts() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let page = desk.get(&format!("/desk/matters/{matter}?view=unassigned"));
        assert!(page.status == StatusCode::OK && page.has("Where is my order?") && page.has("Ana Prieto"), "{}", page.html);
        let (by, path) = (desk.by_whatsapp(), format!("/desk/matters/{matter}/messages?view=unassigned"));
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "On its way."), ("key", "one")];
        let plain = desk.post(&path, &fields, false);
        assert_eq!((plain.status, plain.location()), (StatusCode::SEE_OTHER, format!("/desk/matters/{matter}?view=unassigned").as_str()));
        let partial = desk.post(&path, &fields, true);
        assert!(partial.status == StatusCode::OK && partial.has("hx-target=\"#tail\"") && partial.has("/cancellation"), "{}", partial.html);
        assert_ne!(partial.field("key"), "one", "the fresh composer means something new");
        let said = desk.said(matter);
        assert_eq!(said.len(), 2);
        assert_eq!((said[1].direction, said[1].state, said[1].text.as_str()), (Direction::Outbound, DeliveryState::Queued, "On its way."));
    });
}

#[test]
fn an_answer_can_be_taken_back_and_its_words_return() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let by = desk.by_whatsapp();
        desk.post(&format!("/desk/matters/{matter}/messages"), &[("by", &by), ("text", "Oops"), ("key", "k")], false);
        let message = desk.said(matter)[1].id;
        let back = desk.post(&format!("/desk/messages/{message}/cancellation"), &[], false);
        assert_eq!(back.location(), format!("/desk/matters/{matter}?draft={message}"));
        assert_eq!(desk.said(matter)[1].state, DeliveryState::Cancelled);
        let page = desk.get(back.location());
        assert!(page.has(">Oops</textarea>") && page.has("Taken back"), "{}", page.html);
    });
}

#[test]
fn a_closed_channel_refuses_and_keeps_what_was_typed() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        desk.world.clock().advance(Duration::from_secs(3 * 3600));
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert!(page.has("No channel is open now") && page.has("the window closed 2 h ago"), "{}", page.html);
        let by = desk.by_whatsapp();
        for partial in [false, true] {
            let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "Too <late>"), ("key", "k2")];
            let refused = desk.post(&format!("/desk/matters/{matter}/messages"), &fields, partial);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.has("Too &#60;late&#62;</textarea>") && refused.has("It was not sent"), "{}", refused.html);
            assert_eq!((refused.field("key"), refused.has("<html")), ("k2".into(), !partial));
        }
        let empty = desk.post(&format!("/desk/matters/{matter}/messages"), &[("kind", "note"), ("text", " "), ("key", "k3")], true);
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Write something first."));
        assert_eq!(desk.said(matter).len(), 1);
    });
}

#[test]
fn a_note_is_for_colleagues_and_needs_no_channel() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let done = desk.post(&format!("/desk/matters/{matter}/messages"), &[("kind", "note"), ("text", "Size S"), ("key", "n")], true);
        assert!(done.status == StatusCode::OK && done.has("internal note") && !done.has("/cancellation"), "{}", done.html);
        assert_eq!(desk.said(matter)[1].direction, Direction::Note);
    });
}

#[test]
fn a_signature_is_shown_before_it_is_sent_and_a_dead_address_says_why() {
    at_the_desk(|desk| {
        let (_, matter) = desk.hears_text(&desk.email, Address::email("ana@example.es"), "Ana", "Hello");
        let composer = || desk.get(&format!("/desk/matters/{matter}"));
        assert!(!composer().has("class=\"signature"), "this mailbox has none");
        let settings = r#"{"settings":{"signature_es":"{agent}\nAtención, {brand}","signature_en":"{agent}, {brand} care"}}"#;
        let account = desk.email.clone();
        write(desk.world, move |tx| {
            let Account { channel, name, address, window_hours, .. } = account.clone();
            let cmd = SaveAccount {
                channel,
                name: format!("Ría {name}"),
                address,
                window_hours,
                settings: Settings(settings.into()),
                active: true,
            };
            conversations::save_account(tx, &Actor::system(), cmd).unwrap();
        });
        assert!(composer().has("Lucía Romero\nAtención, Ría email</p>") && composer().has(" data-signed>"), "{}", composer().html);
        write(desk.world, |tx| {
            let identifiers = vec![Identifier::new(IdentifierKind::Email, "ana@example.es").unwrap()];
            let reads = Recognise { identifiers, name: None, locale: Some(Locale::En), channel: Channel::Email, verified: true };
            customers::recognise(tx, &Actor::system(), reads).unwrap();
        });
        assert!(composer().has("Lucía Romero, Ría email care</p>"), "in her language");
        let by = format!("{}|ana@example.es", desk.email.id);
        desk.post(&format!("/desk/matters/{matter}/messages"), &[("kind", "reply"), ("text", "Hi"), ("by", &by), ("key", "k1")], false);
        let sent = desk.said(matter).pop().unwrap();
        assert_eq!((sent.text.as_str(), sent.content.outbound.unwrap().signed.unwrap().by.as_str()), ("Hi", "Lucía Romero"));
        write(desk.world, move |tx| conversations::record_failed(tx, sent.id, "undeliverable", "550 5.1.1 nobody").unwrap());
        let page = composer();
        assert!(page.has("what is sent there comes back: there is no such address"), "{}", page.html);
        assert!(page.has("It did not arrive: there is no such address, or it takes no messages"));
    });
}

fn saves(desk: &Desk<'_>, name: &'static str, en: &'static str) -> conversations::SavedReplyId {
    write(desk.world, move |tx| {
        let cmd = conversations::SaveReply { name: name.into(), text_en: en.into(), ..Default::default() };
        conversations::make_saved_reply(tx, &Actor::system(), &cmd).unwrap()
    })
}

#[test]
fn a_saved_reply_is_offered_filled_and_an_open_gap_stays_in_the_composer() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let late = saves(desk, "late", "Sorry {first_name}, {order} is <late>. {agent} of {brand}");
        saves(desk, "thanks", "Thank you, {first_name}!");
        let path = format!("/desk/matters/{matter}/insert");
        let offered = desk.ask(
            Request::get(format!("{path}?what=saved&q=th"))
                .header("cookie", format!("{VISIT}; {}", desk.agent))
                .header("hx-request", "true")
                .body(Body::empty())
                .unwrap(),
        );
        assert!(offered.has("data-text=\"Thank you, Ana!\"") && !offered.has("/late") && !offered.has("<html"), "{}", offered.html);
        // Without scripts: the words typed so far are kept, the choice is made on a page, and both are in the composer.
        let to_page = desk.post(&format!("{path}?view=mine"), &[("what", "saved"), ("text", "Hello."), ("key", "k")], false);
        assert_eq!(to_page.location(), format!("{path}?what=saved&view=mine"));
        assert!(desk.get(to_page.location()).has(&format!("value=\"saved:{late}\"")));
        let chosen = desk.post(&format!("{path}?view=mine"), &[("choice", &format!("saved:{late}"))], false);
        assert_eq!(chosen.location(), format!("/desk/matters/{matter}?view=mine#words"));
        let page = desk.get(&format!("/desk/matters/{matter}"));
        let words = "Hello.\nSorry Ana, {order} is <late>. Lucía of Ría";
        assert!(page.has(">Hello.\nSorry Ana, {order} is &#60;late&#62;. Lucía of Ría</textarea>"), "{}", page.html);
        let by = desk.by_whatsapp();
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", words), ("key", "k")];
        let refused = desk.post(&format!("/desk/matters/{matter}/messages"), &fields, false);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("{order} is still to be filled in"), "{}", refused.html);
        assert_eq!(desk.said(matter).len(), 1);
        let stranger = desk.get_as(&desk.merchandiser, &path);
        assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn who_is_named_in_a_note_is_told_until_they_look() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let iker = session(desk.world, "iker@ria.test", "Iker Sanz", Role::Agent);
        let note = [("kind", "note"), ("text", "@Iker Sanz, can you look?"), ("key", "n1")];
        desk.post(&format!("/desk/matters/{matter}/messages"), &note, false);
        let told = desk.get_as(&iker, "/desk");
        assert!(told.has("Lucía Romero: “@Iker Sanz, can you look?”") && told.has("role=\"status\""), "{}", told.html);
        let list = desk.get_as(&iker, "/desk?view=mentioned");
        assert!(list.has("Ana Prieto") && list.has("you are named"), "{}", list.html);
        assert!(!desk.get("/desk?view=mentioned").has("Ana Prieto"), "whoever wrote is not told");
        desk.get_as(&iker, &format!("/desk/matters/{matter}"));
        let list = desk.get_as(&iker, "/desk?view=mentioned");
        assert!(list.has("Ana Prieto") && !list.has("you are named"), "{}", list.html);
    });
}

#[test]
fn a_product_goes_with_the_message_as_a_card() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let handle = write(desk.world, shirt);
        let path = format!("/desk/matters/{matter}");
        let page = desk.get(&format!("{path}?card=product:{handle}"));
        assert!(page.has(&format!("name=\"card\" value=\"product:{handle}\"")) && page.has("Linen shirt"), "{}", page.html);
        let by = desk.by_whatsapp();
        let of = format!("product:{handle}");
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "This one?"), ("card", of.as_str()), ("key", "k")];
        let done = desk.post(&format!("{path}/messages"), &fields, true);
        assert!(done.has("class=\"sent-card product\"") && done.has("Linen shirt"), "{}", done.html);
        let said = desk.said(matter);
        let plain = format!("This one?\n\nLinen shirt\nhttp://localhost/products/{handle}");
        assert_eq!(said[1].plain(), plain, "in words where there are only words");
        desk.world.clock().advance(Duration::from_secs(6));
        let leaves = write(desk.world, |tx| conversations::take_due(tx, 10).unwrap());
        assert_eq!(leaves[0].outbound.text.as_deref(), Some(plain.as_str()));
        let unknown = [("kind", "reply"), ("by", by.as_str()), ("text", "This?"), ("card", "product:none"), ("key", "k2")];
        let refused = desk.post(&format!("{path}/messages"), &unknown, false);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(desk.said(matter).len(), 2);
    });
}

/// A product that customers see, without a price.
fn shirt(tx: &mut Tx<'_>) -> String {
    let draft = catalogue::NewProduct::titled(catalogue::Localised::new("Camisa de lino", "Linen shirt"));
    let new = catalogue::NewProduct { status: catalogue::Status::Active, ..draft };
    catalogue::create_product(tx, &Actor::system(), new).unwrap().handle
}

#[test]
fn an_answer_for_later_stays_in_sight_until_it_is_changed_or_called_off() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let (by, path) = (desk.by_whatsapp(), format!("/desk/matters/{matter}"));
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "Good morning!"), ("later", "tomorrow"), ("key", "k1")];
        let kept = desk.post(&format!("{path}/messages?view=mine"), &fields, false);
        assert_eq!(kept.location(), format!("{path}?view=mine"));
        let page = desk.get(&path);
        assert!(page.has("Leaves tomorrow, 09:00 (Europe/Madrid)") && page.has("Good morning!"), "{}", page.html);
        assert_eq!(desk.said(matter).len(), 1, "nothing has left");
        let id = desk.scheduled(matter);
        let one = desk.get(&format!("/desk/scheduled/{id}"));
        assert!(one.has("value=\"2026-06-02T09:00\"") && one.has(">Good morning!</textarea>"), "{}", one.html);
        let past = [("text", "Hello"), ("by", by.as_str()), ("send_at", "2026-06-01T08:00")];
        let refused = desk.post(&format!("/desk/scheduled/{id}"), &past, false);
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("still to come"), "{}", refused.html);
        let now = [("text", "Hello"), ("by", by.as_str()), ("send_at", "2026-06-02T09:00"), ("do", "now")];
        assert_eq!(desk.post(&format!("/desk/scheduled/{id}"), &now, false).location(), path);
        assert_eq!(desk.said(matter)[1].text, "Hello");
        let other =
            [("kind", "reply"), ("by", by.as_str()), ("text", "Bye"), ("later", "at"), ("send_at", "2026-06-03T10:30"), ("key", "k2")];
        desk.post(&format!("{path}/messages"), &other, false);
        let id = desk.scheduled(matter);
        assert_eq!(desk.post(&format!("/desk/scheduled/{id}/cancellation"), &[], false).location(), path);
        assert!(!desk.get(&path).has("class=\"scheduled\""));
        assert_eq!(desk.said(matter).len(), 2);
    });
}
