//! Channels: set up, switched, tried; secrets never come back.

use crate::brand::{studio, with_far_ends};
use axum::http::StatusCode;
use channels::simulators::MemoryMail;
use std::sync::Arc;
use web::Simulators;

const WHATSAPP: [(&str, &str); 6] = [
    ("name", "WhatsApp"),
    ("address", "+34600000000"),
    ("phone_number_id", "1234567890"),
    ("access_token", "EAAB-token"),
    ("app_secret", "app-s3cret"),
    ("verify_token", "una-palabra"),
];

#[test]
fn secrets_are_kept_and_never_shown_again() {
    studio(|studio| {
        let mut fields = WHATSAPP.to_vec();
        fields.push(("then", "on"));
        let made = studio.done("/studio/channels/new/whatsapp", &fields);
        let id = studio.read(|tx| conversations::accounts(tx).unwrap().pop().unwrap());
        let address = format!("https://almadeja.test/channels/{}", id.id);
        assert!(made.has(&address) && made.has("Channel switched on"), "{}", made.html);
        assert_eq!((id.window_hours, id.active), (Some(24), true));
        for page in [&made, &studio.get("/studio/channels"), &studio.get("/studio/health"), &studio.get("/studio/audit")] {
            assert!(!["EAAB-token", "app-s3cret", "una-palabra"].iter().any(|secret| page.has(secret)));
        }
        let path = format!("/studio/channels/{}", id.id);
        studio.done(&path, &[("name", "WhatsApp de tienda"), ("phone_number_id", "99"), ("access_token", "")]);
        let after = studio.read(|tx| conversations::accounts(tx).unwrap().pop().unwrap());
        assert_eq!((after.name.as_str(), after.active), ("WhatsApp de tienda", true));
        assert!(after.settings.0.contains("EAAB-token") && after.settings.0.contains("\"99\""));
    });
}

#[test]
fn what_is_missing_is_named_and_nothing_is_switched_on() {
    studio(|studio| {
        let fields = [WHATSAPP[0], WHATSAPP[1], ("access_token", "EAAB-token"), ("then", "on")];
        let refused = studio.post("/studio/channels/new/whatsapp", &fields);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.has("This is needed to switch it on.") && !refused.has("EAAB-token") && refused.has("value=\"+34600000000\""),
            "{}",
            refused.html
        );
        assert_eq!(studio.read(|tx| conversations::accounts(tx).unwrap().len()), 0);
        let later = [WHATSAPP[0], WHATSAPP[1], ("then", "later")];
        assert!(studio.done("/studio/channels/new/whatsapp", &later).has("it is still off"));
        let id = studio.read(|tx| conversations::accounts(tx).unwrap().pop().unwrap()).id;
        assert_eq!(studio.post(&format!("/studio/channels/{id}/on"), &[]).status, StatusCode::CONFLICT);
        let twice = studio.post("/studio/channels/new/whatsapp", &later);
        assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.has("There is a channel with this address already."));
    });
}

#[test]
fn the_chat_gives_one_line_to_copy_and_a_switch_with_undo() {
    studio(|studio| {
        let made = studio.done("/studio/channels/new/webchat", &[("name", "Chat"), ("address", "almadeja.test"), ("then", "on")]);
        assert!(made.has("&#60;script src=&#34;https://almadeja.test/widget.js&#34; defer&#62;"), "{}", made.html);
        let account = studio.read(|tx| conversations::accounts(tx).unwrap().pop().unwrap());
        assert!(account.settings.0.contains("visitor_key"));
        let off = studio.done(&format!("/studio/channels/{}/off", account.id), &[]);
        assert!(off.has("Channel switched off") && off.has(&format!("action=\"/studio/channels/{}/on\"", account.id)), "{}", off.html);
        assert!(!studio.read(|tx| conversations::accounts(tx).unwrap().pop().unwrap()).active);
        studio.done(&format!("/studio/channels/{}/on", account.id), &[]);
        assert!(studio.get("/studio/channels/preview").has("<script src=\"/widget.js\""));
    });
}

#[test]
fn a_test_mail_leaves_at_once_and_a_refusal_is_told_in_its_own_words() {
    let mail = Arc::new(MemoryMail::new());
    let simulators = Simulators { mail: Some(mail.clone()), ..Simulators::default() };
    with_far_ends(simulators, |studio| {
        studio.done("/studio/channels/new/email", &[("name", "Correo"), ("address", "hola@almadeja.test"), ("then", "on")]);
        let id = studio.read(|tx| conversations::accounts(tx).unwrap().pop().unwrap()).id;
        let path = format!("/studio/channels/{id}/trial");
        let sent = studio.post(&path, &[("to", "ada@brand.test")]);
        assert!(sent.status == StatusCode::OK && sent.has("Accepted. Look at the other side."), "{}", sent.html);
        assert_eq!(mail.sent().iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["ada@brand.test"]);
        mail.refuse_with(Some(550));
        let refused = studio.post(&path, &[("to", "ada@brand.test")]);
        assert!(refused.has("It could not be sent:") && refused.has("refused by the simulator"), "{}", refused.html);
        assert_eq!(studio.post(&path, &[("to", "")]).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
