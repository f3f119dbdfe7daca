//! What goes out on WhatsApp, and what is refused before it does.

use channels::{Auth, Body, CannotSend, Channel, ChannelAccount, HttpRequest, WireRequest, whatsapp::Whatsapp};
use conversations::{Address, Choice, Choices, Media, MediaKind, MediaSource, Outbound, Template};
use kernel::Timestamp;
use serde_json::{Value, json};

fn account() -> ChannelAccount {
    ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333")
        .with("phone_number_id", "2001")
        .with_secret("access_token", "token")
}

fn message() -> Outbound {
    let now = Timestamp::from_seconds(1_000_000);
    Outbound { last_inbound_at: Some(now), ..Outbound::text("01KEY", Address::phone("+34 600 111 222"), now, "Hola, está en Madrid") }
}

fn render(message: &Outbound) -> Result<Value, CannotSend> {
    match Whatsapp.render(&account(), message)? {
        WireRequest::Http(HttpRequest { method: "POST", url, auth: Auth::Bearer(bearer), body: Body::Json(json) }) => {
            assert_eq!((url.as_str(), bearer.expose()), ("https://graph.facebook.com/v23.0/2001/messages", "token"));
            Ok(json)
        }
        other => panic!("{other:?}"),
    }
}

fn with_envelope(kind: &str, content: Value) -> Value {
    json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+34600111222", "biz_opaque_callback_data": "01KEY", "type": kind, kind: content })
}

fn choice(id: &str, title: &str) -> Choice {
    Choice { id: id.into(), title: title.into(), description: None }
}

fn file(kind: MediaKind, source: MediaSource) -> Media {
    Media { kind, content_type: "application/pdf".into(), file_name: Some("ticket.pdf".into()), caption: None, content_id: None, source }
}

#[test]
fn a_text_answers_a_message_under_our_own_key() {
    let mut expected = with_envelope("text", json!({ "body": "Hola, está en Madrid", "preview_url": false }));
    expected["context"] = json!({ "message_id": "wamid.T1" });
    assert_eq!(render(&Outbound { reply_to: Some("wamid.T1".into()), ..message() }), Ok(expected));
}

#[test]
fn a_simulator_stands_in_for_the_provider_by_a_setting() {
    let account = account().with("graph_base", "http://127.0.0.1:9/").with("version", "v99.0");
    let Ok(WireRequest::Http(request)) = Whatsapp.render(&account, &message()) else { panic!("no request") };
    assert_eq!(request.url, "http://127.0.0.1:9/v99.0/2001/messages");
    assert!(!format!("{request:?}").contains("token\""), "{request:?}");
}

#[test]
fn outside_24_hours_only_an_approved_text_goes() {
    let late = Outbound { last_inbound_at: Some(Timestamp::from_seconds(1_000_000 - 86_400)), ..message() };
    assert_eq!(render(&late), Err(CannotSend::WindowClosed { hours: 24 }));
    assert_eq!(render(&Outbound { last_inbound_at: None, ..message() }), Err(CannotSend::WindowClosed { hours: 24 }));
    let in_time = Outbound { last_inbound_at: Some(Timestamp::from_seconds(1_000_000 - 86_399)), ..message() };
    assert!(render(&in_time).is_ok());
    let template = Template { name: "pedido_listo".into(), language: "es".into(), params: vec!["Ana".into(), "Calle\n Mayor   1".into()] };
    let expected = with_envelope(
        "template",
        json!({ "name": "pedido_listo", "language": { "policy": "deterministic", "code": "es" }, "components": [{ "type": "body", "parameters": [
            { "type": "text", "text": "Ana" }, { "type": "text", "text": "Calle Mayor 1" }] }] }),
    );
    assert_eq!(render(&Outbound { template: Some(template), text: None, ..late }), Ok(expected));
}

#[test]
fn up_to_three_buttons_or_ten_rows_go_under_a_text() {
    let buttons = Choices::Buttons { buttons: vec![choice("y", "Sí"), choice("n", "No")] };
    let expected = json!({ "type": "button", "body": { "text": "Hola, está en Madrid" }, "action": { "buttons": [
        { "type": "reply", "reply": { "id": "y", "title": "Sí" } }, { "type": "reply", "reply": { "id": "n", "title": "No" } }] } });
    assert_eq!(render(&Outbound { choices: Some(buttons), ..message() }), Ok(with_envelope("interactive", expected)));

    let rows = vec![Choice { description: Some("Calle Mayor 1".into()), ..choice("mad", "Madrid") }, choice("bcn", "Barcelona")];
    let list = Choices::List { open: "Tiendas".into(), rows };
    let expected = json!({ "type": "list", "body": { "text": "Hola, está en Madrid" }, "action": { "button": "Tiendas", "sections": [{ "rows": [
        { "id": "mad", "title": "Madrid", "description": "Calle Mayor 1" }, { "id": "bcn", "title": "Barcelona" }] }] } });
    assert_eq!(render(&Outbound { choices: Some(list), ..message() }), Ok(with_envelope("interactive", expected)));
}

#[test]
fn choices_beyond_the_limits_are_refused_by_name() {
    let buttons = |buttons: Vec<Choice>| render(&Outbound { choices: Some(Choices::Buttons { buttons }), ..message() });
    let four = ["a", "b", "c", "d"].map(|id| choice(id, id)).to_vec();
    assert_eq!(buttons(four), Err(CannotSend::TooMany { what: "buttons", count: 4, limit: 3 }));
    assert_eq!(buttons(vec![choice("a", &"ñ".repeat(21))]), Err(CannotSend::TooLong { field: "button title", length: 21, limit: 20 }));
    assert!(buttons(vec![choice("a", &"ñ".repeat(20))]).is_ok());
    assert_eq!(buttons(vec![choice("a", "x"), choice("a", "y")]), Err(CannotSend::SameChoice("id")));
    assert_eq!(buttons(vec![choice("a", "x"), choice("b", "x")]), Err(CannotSend::SameChoice("title")));
    assert_eq!(buttons(vec![]), Err(CannotSend::Empty));
    let rows = (0..11).map(|n| choice(&n.to_string(), &n.to_string())).collect();
    let list = render(&Outbound { choices: Some(Choices::List { open: "Ver".into(), rows }), ..message() });
    assert_eq!(list, Err(CannotSend::TooMany { what: "rows", count: 11, limit: 10 }));
}

#[test]
fn files_go_by_link_or_uploaded_id() {
    let by_link = file(MediaKind::Document, MediaSource::Link { url: "https://hilo.example/t.pdf".into() });
    let expected = json!({ "link": "https://hilo.example/t.pdf", "caption": "Hola, está en Madrid", "filename": "ticket.pdf" });
    assert_eq!(render(&Outbound { media: vec![by_link.clone()], ..message() }), Ok(with_envelope("document", expected)));

    let by_id = file(MediaKind::Audio, MediaSource::Provider { id: "301".into(), sha256: None });
    assert_eq!(
        render(&Outbound { media: vec![by_id.clone()], text: None, ..message() }),
        Ok(with_envelope("audio", json!({ "id": "301" })))
    );
    assert_eq!(
        render(&Outbound { media: vec![by_id.clone()], ..message() }),
        Err(CannotSend::Unsupported("words beside a recording or sticker"))
    );
    let raw = file(MediaKind::Image, MediaSource::Bytes { bytes: vec![1] });
    assert_eq!(render(&Outbound { media: vec![raw], ..message() }), Err(CannotSend::Unsupported("a file that was not uploaded first")));
    assert_eq!(
        render(&Outbound { media: vec![by_link, by_id], ..message() }),
        Err(CannotSend::TooMany { what: "files", count: 2, limit: 1 })
    );
}

#[test]
fn a_message_that_cannot_go_says_why() {
    assert_eq!(render(&Outbound { text: Some("  ".into()), ..message() }), Err(CannotSend::Empty));
    let long = Outbound { text: Some("ñ".repeat(4097)), ..message() };
    assert_eq!(render(&long), Err(CannotSend::TooLong { field: "text", length: 4097, limit: 4096 }));
    assert!(render(&Outbound { text: Some("ñ".repeat(4096)), ..message() }).is_ok());
    let to_mail = Outbound { to: Address::email("ana@example.com"), ..message() };
    assert_eq!(render(&to_mail), Err(CannotSend::BadAddress("ana@example.com".into())));
    let bare = ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333").with("phone_number_id", "2001");
    let error = Whatsapp.render(&bare, &message()).expect_err("no token");
    assert_eq!((error.code(), error.to_string().as_str()), ("channels.not_configured", "the channel account has no `access_token`"));
}
