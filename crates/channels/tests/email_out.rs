//! Mail that goes out.

use channels::{CannotSend, Channel, ChannelAccount, MailRequest, RawWebhook, WireRequest, email::Email};
use conversations::{Address, Choice, Choices, InboundEvent, InboundMessage, Media, MediaKind, MediaSource, Outbound, Part, Signed};
use kernel::Timestamp;

fn account() -> ChannelAccount {
    ChannelAccount { display_name: "Hilo, la tienda".into(), ..ChannelAccount::new("mail", kernel::Channel::Email, "hola@hilo.example") }
}

fn message() -> Outbound {
    let at = Timestamp::from_rfc3339("2025-11-03T10:00:00Z").expect("a time");
    Outbound {
        to_name: Some("Ana Ejempló".into()),
        subject: Some("¿Tenéis la M?".into()),
        ..Outbound::text("01KEY", Address::email("ana@example.com"), at, "Sí, la tenemos:\nhttps://hilo.example/p?a=1&b=2\n\nUn saludo")
    }
}

fn render(message: &Outbound) -> MailRequest {
    match Email.render(&account(), message) {
        Ok(WireRequest::Mail(mail)) => mail,
        other => panic!("{other:?}"),
    }
}

fn read_back(mail: &MailRequest) -> InboundMessage {
    let at = Timestamp::from_rfc3339("2025-11-04T10:00:00Z").expect("a time");
    match Email.parse(&RawWebhook::of(mail.raw.clone(), at)).into_iter().next() {
        Some(InboundEvent::Message(message)) => *message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_we_send_reads_back_as_we_meant_it() {
    let answer = Outbound { reply_to: Some("a2@example.com".into()), references: vec!["a1@example.com".into()], ..message() };
    let mail = render(&answer);
    assert_eq!(
        (mail.from.as_str(), mail.to.as_str(), mail.message_id.as_str()),
        ("hola@hilo.example", "ana@example.com", "01KEY@hilo.example")
    );
    let read = read_back(&mail);
    assert_eq!(read.provider_message_id, "01KEY@hilo.example");
    assert_eq!(read.from.display_name.as_deref(), Some("Hilo, la tienda"));
    assert_eq!(read.subject.as_deref(), Some("Re: ¿Tenéis la M?"));
    assert_eq!(read.at.to_rfc3339(), "2025-11-03T10:00:00Z");
    assert_eq!(read.in_reply_to.as_deref(), Some("a2@example.com"));
    assert_eq!(read.references, ["a1@example.com", "a2@example.com"]);
    assert_eq!(read.automatic, None);
    let [Part::Text { text, fresh: None }, Part::Html { html }] = read.parts.as_slice() else { panic!("{:?}", read.parts) };
    assert_eq!(text, "Sí, la tenemos:\nhttps://hilo.example/p?a=1&b=2\n\nUn saludo");
    assert!(html.contains(r#"<a href="https://hilo.example/p?a=1&amp;b=2""#) && html.contains("<p>Un saludo</p>"), "{html}");
}

#[test]
fn the_same_message_is_the_same_mail_to_the_last_byte() {
    let file = Media {
        kind: MediaKind::Document,
        content_type: "application/pdf".into(),
        file_name: Some("factúra.pdf".into()),
        caption: None,
        content_id: None,
        source: MediaSource::Bytes { bytes: b"%PDF".to_vec() },
    };
    let with_file = Outbound { media: vec![file], ..message() };
    assert_eq!(render(&with_file), render(&with_file));
    let read = read_back(&render(&with_file));
    let Some(Part::Media(file)) = read.parts.last() else { panic!("{:?}", read.parts) };
    assert_eq!((file.file_name.as_deref(), &file.source), (Some("factúra.pdf"), &MediaSource::Bytes { bytes: b"%PDF".to_vec() }));
}

#[test]
fn the_subject_is_marked_once_and_only_in_answers() {
    assert_eq!(read_back(&render(&message())).subject.as_deref(), Some("¿Tenéis la M?"));
    let marked = Outbound { subject: Some("RE: hola".into()), reply_to: Some("a@x.example".into()), ..message() };
    assert_eq!(read_back(&render(&marked)).subject.as_deref(), Some("RE: hola"));
}

#[test]
fn a_long_thread_keeps_its_first_and_newest_names() {
    let references: Vec<String> = (0..60).map(|n| format!("{n}@x.example")).collect();
    let read = read_back(&render(&Outbound { references, reply_to: Some("59@x.example".into()), ..message() }));
    assert_eq!(read.references.len(), 20);
    assert_eq!(
        (read.references[0].as_str(), read.references[1].as_str(), read.references[19].as_str()),
        ("0@x.example", "41@x.example", "59@x.example")
    );
}

#[test]
fn nothing_breaks_out_of_a_header() {
    let evil = Outbound {
        to_name: Some("Ana\r\nBcc: x@evil.example".into()),
        subject: Some("Hola\r\nBcc: x@evil.example".into()),
        reply_to: Some("a@x>\r\nBcc: x@evil.example".into()),
        references: vec!["a b".into()],
        dedupe_key: "01\r\nBcc: x".into(),
        ..message()
    };
    let raw = String::from_utf8(render(&evil).raw).expect("text");
    let header = raw.split("\r\n\r\n").next().expect("a header");
    assert!(!header.lines().any(|line| line.starts_with("Bcc")), "{header}");
    assert!(!header.contains("In-Reply-To") && !header.contains("References"), "{header}");
}

#[test]
fn a_machine_says_that_it_is_one() {
    let read = read_back(&render(&Outbound { automatic: true, ..message() }));
    assert_eq!(read.headers, [("Auto-Submitted".to_owned(), "auto-replied".to_owned())]);
}

#[test]
fn what_mail_cannot_carry_is_refused_by_name() {
    let refused = |message: Outbound| Email.render(&account(), &message).expect_err("refused");
    let choices = Choices::Buttons { buttons: vec![Choice { id: "a".into(), title: "A".into(), description: None }] };
    assert_eq!(refused(Outbound { choices: Some(choices.clone()), ..message() }), CannotSend::Unsupported("buttons"));
    assert_eq!(refused(Outbound { text: None, ..message() }), CannotSend::Empty);
    assert_eq!(refused(Outbound { to: Address::phone("34600111222"), ..message() }), CannotSend::BadAddress("+34600111222".into()));
    assert_eq!(refused(Outbound { to: Address::email("no address"), ..message() }), CannotSend::BadAddress("no address".into()));
    let written_out = channels::divide(&Outbound { choices: Some(choices), ..message() }, &Email.capabilities());
    assert_eq!(written_out.len(), 1);
    assert!(written_out[0].text.as_deref().is_some_and(|text| text.ends_with("Un saludo\n1. A")), "{written_out:?}");
}

#[test]
fn what_can_be_stopped_says_how_by_one_click() {
    let link = "https://hilo.example/preferences/01AB/stop";
    let raw = String::from_utf8(render(&Outbound { unsubscribe: Some(link.into()), ..message() }).raw).expect("a mail");
    assert!(raw.contains(&format!("List-Unsubscribe: <{link}>\r\n")), "{raw}");
    assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{raw}");
    let plain = String::from_utf8(render(&message()).raw).expect("a mail");
    assert!(!plain.contains("List-Unsubscribe"), "{plain}");
}

#[test]
fn an_answer_leaves_from_the_address_that_was_written_to_if_it_is_still_ours() {
    let account = account().with("aliases", "tallas@hilo.example");
    let sent_from = |from: &str| match Email.render(&account, &Outbound { from: Some(from.into()), ..message() }) {
        Ok(WireRequest::Mail(mail)) => (mail.from.clone(), read_back(&mail).from.address.value),
        other => panic!("{other:?}"),
    };
    assert_eq!(sent_from("Tallas@hilo.example"), ("tallas@hilo.example".into(), "tallas@hilo.example".into()));
    assert_eq!(sent_from("jefe@hilo.example"), ("hola@hilo.example".into(), "hola@hilo.example".into()));
}

#[test]
fn a_signature_goes_once_below_what_a_person_writes() {
    let account = account().with("signature_es", "{agent}\n{brand}").with("signature_en", "{agent}, {brand} care");
    let text = |message: &Outbound| match Email.render(&account, message) {
        Ok(WireRequest::Mail(mail)) => read_back(&mail).parts.into_iter().next(),
        other => panic!("{other:?}"),
    };
    let signed = Signed { by: "Lucía".into(), language: Some(kernel::Locale::Es) };
    let answer = Outbound { signed: Some(signed.clone()), ..Outbound::text("01KEY", message().to, message().at, "Sí.\n") };
    // Mail programmes know it by its sign, and so do we: what is new in the mail is what was written.
    let expected = |whole: &str| Some(Part::Text { text: whole.into(), fresh: Some("Sí.".into()) });
    assert_eq!(text(&answer), expected("Sí.\n\n-- \nLucía\nHilo, la tienda"));
    let english = Signed { language: Some(kernel::Locale::En), ..signed };
    assert_eq!(text(&Outbound { signed: Some(english), ..answer.clone() }), expected("Sí.\n\n-- \nLucía, Hilo, la tienda care"));
    assert_eq!(text(&Outbound { signed: None, ..answer }), Some(Part::Text { text: "Sí.".into(), fresh: None }));
}
