//! The rehearsal: the phone speaks through the simulated far ends, and the steps read the log.

use crate::brand::{studio, with_far_ends, write};
use axum::http::StatusCode;
use channels::ChannelAccount;
use channels::push::new_key;
use channels::runtime::StoredSettings;
use channels::simulators::{MemoryMail, PushSimulator};
use conversations::{SaveAccount, Settings};
use customers::{Identifier, IdentifierKind, Recognise};
use kernel::{Actor, Channel, Event, SystemClock};
use std::sync::Arc;
use web::Simulators;

#[test]
fn a_live_brand_has_no_rehearsal() {
    studio(|studio| {
        let page = studio.get("/studio/rehearsal");
        assert!(page.status == StatusCode::OK && page.has("No rehearsal here"));
    });
}

#[test]
fn you_write_on_the_phone_and_the_story_goes_on() {
    let mail = Arc::new(MemoryMail::new());
    let simulators = Simulators { mail: Some(mail.clone()), ..Simulators::default() };
    with_far_ends(simulators, |studio| {
        write(studio.world, |tx| {
            let cmd = SaveAccount {
                channel: Channel::Email,
                name: "Correo".into(),
                address: "hola@almadeja.test".into(),
                window_hours: None,
                settings: Settings::default(),
                active: true,
            };
            conversations::save_account(tx, &Actor::system(), cmd).unwrap()
        });
        let start = studio.get("/studio/rehearsal");
        assert!(start.has("Whom will you play?"));
        let wrong = studio.post("/studio/rehearsal/cast", &[("name", "Lucía"), ("email", "no"), ("phone", "no")]);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("value=\"Lucía\"") && wrong.has("Write a phone number"), "{}", wrong.html);
        let cast = studio.post("/studio/rehearsal/cast", &[("name", "Lucía"), ("email", "lucia@example.es"), ("phone", "600 123 456")]);
        let path = cast.location().to_owned();
        let page = studio.get(&path);
        assert!(
            page.has("<iframe name=\"desk\" src=\"/desk?view=open\"") && page.has("lucia@example.es") && page.has("aria-current=\"step\""),
            "{}",
            page.html
        );
        let query = path.split_once('?').unwrap().1;
        let sent = studio.post(&format!("/studio/rehearsal/messages?{query}"), &[("subject", "Camisa"), ("text", "¿La hay en M?")]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert!(studio.get(&path).has("¿La hay en M?"));
        write(studio.world, |tx| {
            let who = Identifier::new(IdentifierKind::Email, "lucia@example.es").unwrap();
            let ask =
                Recognise { identifiers: vec![who], name: Some("Lucía".into()), locale: None, channel: Channel::Email, verified: false };
            let known = customers::recognise(tx, &Actor::system(), ask).unwrap();
            tx.announce(Event::new("message.received", "m1").profile(known.profile).channel(Channel::Email)).unwrap();
        });
        let told = studio.get(&path);
        assert_eq!(told.html.matches("<li class=\"done\"").count(), 1, "{}", told.html);
        studio.post(&format!("/studio/rehearsal/faults?{query}"), &[("fault", "fail")]);
        assert!(studio.get(&path).has("value=\"fail\" checked"));
        assert_eq!(studio.get("/studio/rehearsal/phone/fax").status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn the_browser_of_the_rehearsal_takes_notices_once_it_allows_them() {
    let key = new_key(&[7; 32]).expect("a key");
    let view = ChannelAccount::new("1", Channel::Push, "hola@almadeja.test").with_secret("vapid_private_key", key.as_str());
    let service = || PushSimulator::new(&view, "http://push.test", Arc::new(SystemClock)).expect("configured");
    let simulators = Simulators { push: Some(service()), ..Simulators::default() };
    with_far_ends(simulators, |studio| {
        let with = |channel: Channel, secret: &str, value: &str| {
            let stored = StoredSettings { secrets: [(secret.to_owned(), value.to_owned())].into(), ..StoredSettings::default() };
            let settings = Settings(serde_json::to_string(&stored).expect("json"));
            write(studio.world, move |tx| {
                let (name, address, settings) = ("Almadeja".to_owned(), "aqui".to_owned(), settings.clone());
                let cmd = SaveAccount { channel, name, address, window_hours: None, settings, active: true };
                conversations::save_account(tx, &Actor::system(), cmd).unwrap()
            })
        };
        let account = with(Channel::Push, "vapid_private_key", &key);
        with(Channel::Webchat, "visitor_key", "secret");
        let path = "/studio/rehearsal?tab=push&name=Ana&email=ana@example.es&phone=600123456&since=0";
        assert!(studio.get(path).has("Allow notices"));
        // The service's first browser, whose keys anybody can reckon.
        let address = service().subscribe().to_string();
        let reached = || {
            let address = address.clone();
            studio.world.db().read(move |tx| conversations::contact_point(tx, account, &address)).wait().expect("read").is_some()
        };
        assert!(!reached());
        for _ in 0..2 {
            let allowed = studio.post(&path.replace("rehearsal?", "rehearsal/notices?"), &[]);
            assert_eq!(allowed.status, StatusCode::SEE_OTHER, "{}", allowed.html);
        }
        assert!(reached());
        let page = studio.get(path);
        assert!(!page.has("Allow notices") && page.has("an answer that you do not see"), "{}", page.html);
    });
}
