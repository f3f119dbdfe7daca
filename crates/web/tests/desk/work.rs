//! Work on matters: whose they are, where they stand, who may see them, how they end.

use crate::scene::*;
use axum::http::StatusCode;
use conversations::{Address, MatterState};
use kernel::{Actor, Channel, Locale, Quantity};
use std::time::Duration;

#[test]
fn joining_shows_one_thread_at_once_and_undo_brings_back_two() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let (card, _) = desk.hears_text(&desk.email, Address::email("ana@example.es"), "Ana Prieto", "By mail now");
        let (one, other) = (desk.person(ana), desk.person(card));
        assert_ne!(one, other);
        let (a, b) = (ana.to_string(), card.to_string());
        let pair = [("a", a.as_str()), ("b", b.as_str()), ("key", "j"), ("confidence", "80"), ("reason", "same name")];
        let joined = desk.post(&format!("/desk/customers/{one}/joins?matter={matter}"), &pair, false);
        assert_eq!((joined.status, joined.location()), (StatusCode::SEE_OTHER, format!("/desk/matters/{matter}").as_str()));
        let page = desk.get(joined.location());
        assert!(page.has("By mail now") && page.has("Where is my order?") && page.has("Two records joined"), "{}", page.html);
        assert!(page.has("ana@example.es") && page.has("/withdrawal"));
        let claim = desk.world.db().read(move |tx| customers::claims_of(tx, &Actor::system(), one, 10)).wait().unwrap()[0].id;
        let undone = desk.post(&format!("/desk/claims/{claim}/withdrawal?matter={matter}"), &[], true);
        assert_eq!(
            (undone.status, undone.headers["hx-redirect"].to_str().unwrap()),
            (StatusCode::OK, format!("/desk/matters/{matter}").as_str())
        );
        assert!(!desk.get(&format!("/desk/matters/{matter}")).has("By mail now"));
        // Kept apart: a later join says whose word stands against it.
        desk.post(&format!("/desk/customers/{one}/separations"), &pair[..3], false);
        let refused = desk.post(&format!("/desk/customers/{one}/joins"), &[("a", &a), ("b", &b), ("key", "j2")], false);
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert_ne!(desk.person(ana), desk.person(card));
    });
}

#[test]
fn work_on_a_matter_changes_its_state_and_its_page() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        assert_eq!((desk.matter(matter).unread, desk.matter(matter).state), (1, MatterState::New));
        desk.get(&format!("/desk/matters/{matter}"));
        assert_eq!((desk.matter(matter).unread, desk.matter(matter).state), (0, MatterState::Open));
        let path = |act: &str| format!("/desk/matters/{matter}/{act}?view=mine");
        let mine = desk.post(&path("assignment"), &[("to", "me")], true);
        assert!(mine.has("Yours") && mine.has("Assigned to Lucía Romero"), "{}", mine.html);
        let aside = desk.post(&path("snooze"), &[("until", "tomorrow")], false);
        assert_eq!((aside.status, desk.matter(matter).state), (StatusCode::SEE_OTHER, MatterState::Snoozed));
        assert_eq!(desk.matter(matter).snoozed_until.unwrap().to_rfc3339(), "2026-06-02T07:00:00Z");
        assert_eq!(desk.post(&path("snooze"), &[("until", "never")], false).status, StatusCode::UNPROCESSABLE_ENTITY);
        desk.post(&path("resolution"), &[], true);
        assert_eq!(desk.matter(matter).state, MatterState::Resolved);
        desk.post(&path("reopening"), &[], false);
        assert_eq!(desk.matter(matter).state, MatterState::Open);
        let next = desk.post(&path("resolution"), &[("then", "next")], false);
        assert_eq!(next.location(), "/desk?view=mine");
        assert!(desk.get("/desk?view=resolved").has("Ana Prieto"));
    });
}

#[test]
fn without_permission_nothing_is_seen_or_said() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let person = desk.person(ana);
        for path in ["/desk".to_owned(), "/desk/live".to_owned(), format!("/desk/matters/{matter}"), format!("/desk/matters/{matter}/live")]
        {
            let refused = desk.get_as(&desk.merchandiser, &path);
            assert!(refused.status == StatusCode::FORBIDDEN && !refused.has("Where is my order?"), "{path}: {}", refused.status);
            assert_eq!(desk.get_as("x=y", &path).location(), format!("/sign-in?next={path}"));
        }
        // A merchandiser may see people, but not what they wrote.
        let customer = desk.get_as(&desk.merchandiser, &format!("/desk/customers/{person}"));
        assert!(
            customer.status == StatusCode::OK && customer.has("Ana Prieto") && !customer.has("Where is my order?"),
            "{}",
            customer.html
        );
        assert!(!customer.has("Not the same"));
        assert_eq!(desk.matter(matter).unread, 1, "a refused look is no look");
    });
}

#[test]
fn a_long_thread_is_read_by_pages_of_the_same_cost() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        for n in 0..90 {
            desk.hears_text(&desk.whatsapp, Address::phone("+34611223344"), "Ana Prieto", &format!("message {n} of many"));
        }
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert_eq!(page.html.matches("of many</div>").count(), 40);
        assert!(page.has("message 89 of many") && !page.has("message 49 of many</div>"), "the newest end is shown");
        let (_, after) = page.html.split_once("hx-get=\"").unwrap();
        let earlier = desk.get(&after.split_once('"').unwrap().0.replace("&#38;", "&"));
        assert!(earlier.html.matches("of many</div>").count() == 40 && earlier.has("message 49 of many") && !earlier.has("<html"));
        let found = desk.get("/desk/search?q=611223344");
        assert_eq!(found.location(), "/desk/customers?q=611223344");
        assert!(desk.get(found.location()).has(&format!("/desk/customers/{}", desk.person(ana))));
    });
}

#[test]
fn an_order_is_paid_for_in_the_conversation_or_called_off() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let order = write(desk.world, move |tx| {
            let line = orders::NewLine {
                parts: Vec::new(),
                variant: tx.new_id(),
                sku: "VES-001".into(),
                title: "Vestido Solera".into(),
                quantity: Quantity(2),
                unit_price: 5_000,
                discount: 0,
                is_tax_included: true,
                tax_basis_points: 2_100,
                tax: 1_736,
                total: 10_000,
                matched: None,
                reservation: None,
            };
            let (location, way) = (tx.new_id(), orders::FulfilmentWay::Collect);
            let part = orders::NewPart {
                way,
                location,
                place: "Sevilla, Sierpes".into(),
                address: None,
                promised: None,
                sourced: None,
                expected: None,
                lines: vec![line],
            };
            let place = orders::PlaceOrder {
                key: "o".into(),
                cart: None,
                cart_version: None,
                profile: Some(ana),
                channel: Channel::Web,
                locale: Locale::En,
                sold_at: None,
                contact: orders::Contact::default(),
                note: String::new(),
                coupon: String::new(),
                currency: "EUR".parse().unwrap(),
                delivery_fee: 0,
                delivery_tax: 0,
                parts: vec![part],
            };
            orders::place_order(tx, &Actor::system(), place).unwrap().order
        });
        let path = format!("/desk/orders/{}", order.id);
        let page = desk.get(&path);
        assert!(page.has("Vestido Solera") && page.has("Waits for payment") && page.has("Ana Prieto"), "{}", page.html);
        let sent = [
            desk.post(&format!("{path}/pay-link"), &[("key", "p")], false),
            desk.post(&format!("{path}/pay-link"), &[("key", "p")], false),
        ];
        assert!(sent[0].location().starts_with(&format!("/desk/matters/{matter}?pay=")), "{}", sent[0].html);
        assert_eq!(sent[0].location(), sent[1].location(), "pressed twice, one link");
        let page = desk.get(sent[0].location());
        assert!(page.has("You can pay €100.00 here") && page.has("http://localhost/pay/") && page.has("Pay link made"), "{}", page.html);
        let done = desk.post(&format!("{path}/cancellation"), &[("reason", "Changed her mind")], false);
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, path.as_str()));
        let page = desk.get(&path);
        assert!(page.has("Cancelled") && !page.has("/cancellation"), "{}", page.html);
        assert!(desk.get(&format!("/desk/matters/{matter}")).has("Changed her mind"));
    });
}

#[test]
fn tags_are_given_filter_the_queue_and_go_again() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let tag = write(desk.world, |tx| conversations::list_tag(tx, &Actor::system(), "Late").unwrap()).to_string();
        let path = format!("/desk/matters/{matter}");
        let given = desk.post(&format!("{path}/tags?view=mine"), &[("tag", &tag)], true);
        assert!(given.has(&format!("/desk?view=tag-{tag}")) && given.has("Tagged: Late"), "{}", given.html);
        assert!(desk.get(&format!("/desk?view=tag-{tag}")).has("Ana Prieto"));
        let taken = desk.post(&format!("{path}/tags/{tag}/removal?view=mine"), &[], false);
        assert_eq!(taken.location(), format!("{path}?view=mine"));
        assert!(!desk.get(&format!("/desk?view=tag-{tag}")).has("Ana Prieto"));
        assert_eq!(desk.post(&format!("{path}/tags"), &[("tag", "none")], false).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_promise_stands_above_the_thread_until_it_is_kept_and_the_customer_is_told_by_their_clock() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let (path, here) = (format!("/desk/matters/{matter}"), format!("/desk/matters/{matter}?view=mine"));
        let promise = |text: &'static str, until: &'static str, key: &'static str| {
            let fields = [("promise", text), ("promise_until", until), ("promise_key", key), ("promise_tell", "yes")];
            desk.post(&format!("{path}/promise?view=mine"), &fields, false)
        };
        assert!(desk.get(&path).has("name=\"promise_until\" value=\"2026-06-02T12:00\""), "tomorrow at noon is offered");
        let empty = promise(" ", "2026-06-02T12:00", "k0");
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Write what you promise."), "{}", empty.html);
        let beside = desk.post(&format!("{path}/promise?view=mine"), &[("promise", " "), ("promise_until", "2026-06-02T12:00")], true);
        assert_eq!(beside.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(beside.has("Write what you promise.") && !beside.has("id=\"composer\""), "the composer stays as it is");
        assert!(promise("I call you", "2026-06-01T08:00", "k0").has("still to come"));
        assert_eq!(desk.said(matter).len(), 1, "what was refused is told to nobody");
        assert_eq!(promise("I call you with the answer", "2026-06-02T12:00", "k1").location(), here);
        let told = desk.said(matter).pop().unwrap();
        assert_eq!(told.text, "I call you with the answer. Como muy tarde, el martes 2/6 a las 12:00.");
        let page = desk.get(&path);
        assert!(page.has("Until tomorrow, 12:00 (Europe/Madrid) · Lucía Romero") && page.has("left"), "{}", page.html);
        assert!(desk.get("/desk?view=promised").has("Ana Prieto"));
        assert!(desk.get(&format!("{path}/transfer")).has("value=\"2026-06-02T12:00\""), "a transfer carries it");
        let kept = desk.post(&format!("{path}/promise/fulfilment?view=mine"), &[], true);
        assert!(kept.has("The promise is kept.") && kept.has("Promise kept: “I call you with the answer”"), "{}", kept.html);
        assert!(!desk.get("/desk?view=promised").has("Ana Prieto"));
        assert_eq!(promise("I call again", "2026-06-01T11:00", "k2").location(), here);
        let carried = || desk.get(&format!("{path}/transfer")).has("value=\"2026-06-01T11:00\"");
        assert!(carried());
        desk.world.clock().advance(Duration::from_secs(2 * 3600));
        assert!(!carried(), "a moment that is past is not");
    });
}
