//! Mail through a mailbox in memory, and through real servers where they are given (`cargo xtask services run -- ...`):
//! `HILO_TEST_SMTP` and `HILO_TEST_IMAP` as `host:port`, `HILO_TEST_MAIL_PASSWORD` for any mailbox at `shop.test`.

mod real_mail;

use channels::email::{Email, ServerMail};
use channels::simulators::{CustomerMail, MemoryMail};
use channels::{Carrier, Channel, ChannelAccount, MailCursor, MailTransport, ProviderMessageId, RawWebhook, SendError, http_client};
use conversations::{Address, InboundEvent, InboundMessage, Outbound, Receipt, ReceiptState};
use kernel::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn account(address: &str) -> ChannelAccount {
    ChannelAccount::new("mail", kernel::Channel::Email, address)
}

fn read(raw: Vec<u8>) -> InboundMessage {
    match Email.parse(&RawWebhook::of(raw, Timestamp::from_seconds(4_000_000_000))).into_iter().next() {
        Some(InboundEvent::Message(message)) => *message,
        other => panic!("{other:?}"),
    }
}

fn letter(id: &str, text: &str) -> CustomerMail {
    CustomerMail {
        from: "Ana <ana@example.com>".into(),
        to: "hola@hilo.example".into(),
        subject: "Mi pedido".into(),
        text: text.into(),
        message_id: id.into(),
        in_reply_to: None,
        at: Timestamp::from_seconds(1_762_160_400),
    }
}

#[tokio::test]
async fn what_was_not_stored_comes_again() {
    let mailbox = MemoryMail::new();
    for n in 1..=3 {
        mailbox.writes(&letter(&format!("{n}@example.com"), "¿Dónde está?")).expect("a mail");
    }
    let first = mailbox.fetch(MailCursor::default(), 2).await.expect("mail");
    assert_eq!(first.iter().map(|mail| mail.cursor.last_uid).collect::<Vec<_>>(), [1, 2]);
    // A crash before the second was stored: only the first one's cursor was kept.
    let again = mailbox.fetch(first[0].cursor, 10).await.expect("mail");
    let ids: Vec<_> = again.into_iter().map(|mail| read(mail.raw).provider_message_id).collect();
    assert_eq!(ids, ["2@example.com", "3@example.com"]);
}

#[tokio::test]
async fn a_mail_sent_twice_arrives_once_and_a_refusal_is_understood() {
    let mailbox = Arc::new(MemoryMail::new());
    let carrier = Carrier::new(http_client()).with_mail("mail", mailbox.clone());
    let message = Outbound::text("01KEY", Address::email("ana@example.com"), Timestamp::from_seconds(1_762_160_400), "Ya llega");
    let request = Email.render(&account("hola@hilo.example"), &message).expect("a mail");
    for _ in 0..2 {
        let reply = carrier.carry("mail", request.clone()).await;
        assert_eq!(Email.accepted(&reply), Ok(ProviderMessageId("01KEY@hilo.example".into())));
    }
    assert_eq!(mailbox.sent().len(), 1);
    mailbox.refuse_with(Some(550));
    let refused = SendError::Permanent { code: "smtp_550".into(), text: "refused by the simulator's fault switch".into() };
    assert_eq!(Email.accepted(&carrier.carry("mail", request.clone()).await), Err(refused));
    assert!(matches!(Email.accepted(&carrier.carry("other", request).await), Err(SendError::Retry { .. })));
}

#[tokio::test]
async fn waiting_ends_when_mail_arrives() {
    let mailbox = Arc::new(MemoryMail::new());
    let begun = Instant::now();
    let waiting = tokio::spawn({
        let mailbox = mailbox.clone();
        async move { mailbox.wait(Duration::from_secs(30)).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    mailbox.writes(&letter("1@example.com", "Hola")).expect("a mail");
    waiting.await.expect("no panic").expect("no fault");
    // One that came in between is not waited for.
    mailbox.writes(&letter("2@example.com", "Hola")).expect("a mail");
    mailbox.wait(Duration::from_secs(30)).await.expect("no fault");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

async fn send(server: &ServerMail, account: &ChannelAccount, key: &str, text: &str) {
    let now = Timestamp::from_seconds(1_762_160_400);
    let message = Outbound { subject: Some("¿Llegó?".into()), ..Outbound::text(key, Address::email(&account.address), now, text) };
    let channels::WireRequest::Mail(mail) = Email.render(account, &message).expect("a mail") else { panic!("no mail") };
    let reply = server.send(mail).await;
    assert_eq!(
        Email.accepted(&reply).map(|ProviderMessageId(id)| id.split('@').next().map(str::to_owned)),
        Ok(Some(key.to_owned())),
        "{reply:?}"
    );
}

/// Read on from `cursor` until the mail named `key` is there.
async fn await_mail(server: &ServerMail, mut cursor: MailCursor, key: &str) -> (InboundMessage, MailCursor) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        for mail in server.fetch(cursor, 50).await.expect("the mailbox") {
            assert!(mail.cursor.validity != cursor.validity || mail.cursor.last_uid > cursor.last_uid, "numbers only grow");
            cursor = mail.cursor;
            let message = read(mail.raw);
            if message.provider_message_id.starts_with(key) {
                return (message, cursor);
            }
        }
        server.wait(Duration::from_secs(2)).await.expect("the mailbox");
    }
    panic!("the mail {key} did not arrive within 30 seconds");
}

#[tokio::test]
async fn real_servers_carry_a_mail_there_and_back() {
    let Some(account) = real_mail::account("carry") else { return };
    let server = ServerMail::new(&account).expect("a whole account");
    let (first, second) = ("first", "second");
    send(&server, &account, first, "Sí, ñandú ✓\n.\n..punto").await;
    let (message, cursor) = await_mail(&server, MailCursor::default(), first).await;
    assert_eq!((message.subject.as_deref(), message.summary()), (Some("¿Llegó?"), "Sí, ñandú ✓\n.\n..punto"));
    assert_eq!(server.fetch(cursor, 50).await.expect("the mailbox").len(), 0);
    // Reading marks nothing: from the beginning the mail is there again.
    let (again, _) = await_mail(&server, MailCursor::default(), first).await;
    assert_eq!(again.provider_message_id, message.provider_message_id);

    // Waiting ends when a mail arrives, long before its time.
    let server = Arc::new(server);
    let waiting = tokio::spawn({
        let server = server.clone();
        async move {
            let begun = Instant::now();
            server.wait(Duration::from_secs(40)).await.expect("the mailbox");
            begun.elapsed()
        }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let sender = ServerMail::new(&account).expect("a whole account");
    send(&sender, &account, second, "Otra").await;
    assert!(waiting.await.expect("no panic") < Duration::from_secs(35));
    // Another arrives while nobody listens: the next waiting ends at once.
    send(&sender, &account, "third", "Y otra").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    server.wait(Duration::from_secs(40)).await.expect("the mailbox");
    assert!(begun.elapsed() < Duration::from_secs(20));
    let (message, newer) = await_mail(&server, cursor, second).await;
    assert_eq!(message.summary(), "Otra");
    assert!(newer.last_uid > cursor.last_uid);
    // A mailbox that was numbered anew is read from its beginning.
    let renumbered = MailCursor { validity: cursor.validity.wrapping_add(7), last_uid: u32::MAX };
    await_mail(&server, renumbered, first).await;
}

#[tokio::test]
async fn a_real_mailbox_is_read_over_starttls_and_not_under_another_name() {
    let Some(account) = real_mail::account("starttls") else { return };
    let port = account.setting("imap_url").expect("a server").rsplit(':').next().expect("a port").to_owned();
    let over = |host: &str| account.clone().with("imap_url", format!("imap://{host}:{port}?tls=required"));
    let authority = include_str!("../../../xtask/src/services/localhost.pem");
    let server = ServerMail::new(&over("localhost").with("imap_ca_pem", authority)).expect("a whole account");
    send(&server, &account, "secret", "En privado").await;
    let (message, _) = await_mail(&server, MailCursor::default(), "secret").await;
    assert_eq!(message.summary(), "En privado");
    // The certificate is that of `localhost`, and nobody but us vouches for it.
    for stranger in [over("127.0.0.1").with("imap_ca_pem", authority), over("localhost")] {
        let server = ServerMail::new(&stranger).expect("a whole account");
        let fault = server.fetch(MailCursor::default(), 1).await.expect_err("no entry");
        assert!(matches!(fault, channels::MailFault::Unreachable(_)), "{fault:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_not_a_network_fault() {
    let Some(account) = real_mail::account("wrong") else { return };
    let server = ServerMail::new(&account.with_secret("imap_password", "wrong")).expect("a whole account");
    let fault = server.fetch(MailCursor::default(), 1).await.expect_err("no entry");
    assert!(matches!(fault, channels::MailFault::Reauthorise(_)), "{fault:?}");
}

#[tokio::test]
async fn nobody_at_home_is_a_fault_to_be_tried_again() {
    let account = account("hola@hilo.example")
        .with("smtp_url", "smtp://127.0.0.1:1")
        .with("imap_url", "imap://127.0.0.1:1")
        .with("imap_user", "x")
        .with_secret("imap_password", "x");
    let server = ServerMail::new(&account).expect("a whole account");
    assert!(matches!(server.fetch(MailCursor::default(), 1).await, Err(channels::MailFault::Unreachable(_))));
    let message = Outbound::text("01KEY", Address::email("ana@example.com"), Timestamp::from_seconds(0), "x");
    let channels::WireRequest::Mail(mail) = Email.render(&account, &message).expect("a mail") else { panic!("no mail") };
    assert!(matches!(Email.accepted(&server.send(mail).await), Err(SendError::Retry { .. })));
}

/// Postfix takes a mail and forwards it to where nothing arrives; its report about that comes into the mailbox.
#[tokio::test]
async fn a_real_servers_delivery_report_names_our_mail_and_where_it_was_sent() {
    let Some(account) = real_mail::account("report") else { return };
    let server = ServerMail::new(&account).expect("a whole account");
    let now = Timestamp::from_seconds(1_762_160_400);
    let message = Outbound::text("lost", Address::email("moved@customer.test"), now, "¿Llega?");
    let channels::WireRequest::Mail(mail) = Email.render(&account, &message).expect("a mail") else { panic!("no mail") };
    let sent = Email.accepted(&server.send(mail).await).expect("taken");
    let receipt = await_report(&server).await;
    assert_eq!((ProviderMessageId(receipt.provider_message_id.clone()), receipt.to), (sent, Some(Address::email("moved@customer.test"))));
    let ReceiptState::Failed { code, text } = receipt.state else { panic!("{:?}", receipt.state) };
    assert_eq!((code.as_str(), text.contains("no outside delivery")), ("undeliverable", true), "{text}");
}

async fn await_report(server: &ServerMail) -> Receipt {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        for mail in server.fetch(MailCursor::default(), 50).await.expect("the mailbox") {
            let events = Email.parse(&RawWebhook::of(mail.raw, Timestamp::from_seconds(4_000_000_000)));
            if let Some(InboundEvent::Receipt(receipt)) = events.into_iter().next() {
                return receipt;
            }
        }
        server.wait(Duration::from_secs(2)).await.expect("the mailbox");
    }
    panic!("no report came within 30 seconds");
}

/// The server delivers to one mailbox whatever address the mail names, as for an alias.
#[tokio::test]
async fn a_mail_to_an_alias_is_answered_from_it_by_real_servers() {
    let Some(account) = real_mail::account("alias") else { return };
    let alias = account.address.replace("alias-", "sizes-");
    let account = account.clone().with("aliases", &alias);
    let server = ServerMail::new(&account).expect("a whole account");
    let raw = format!("From: ana@customer.test\r\nTo: {alias}\r\nSubject: Talla\r\nMessage-ID: <asked@customer.test>\r\n\r\nHola\r\n");
    let asked = channels::MailRequest {
        from: "ana@customer.test".into(),
        to: account.address.clone(),
        message_id: "asked@customer.test".into(),
        raw: raw.into_bytes(),
    };
    assert!(Email.accepted(&server.send(asked).await).is_ok());
    let (message, cursor) = await_mail(&server, MailCursor::default(), "asked").await;
    let mut events = [InboundEvent::Message(Box::new(message))];
    Email.settle(&account, &mut events);
    let [InboundEvent::Message(asked)] = &events else { panic!("{events:?}") };
    assert_eq!(asked.to.value, alias);
    let now = Timestamp::from_seconds(1_762_160_400);
    let answer = Outbound { from: Some(asked.to.value.clone()), ..Outbound::text("answer", Address::email(&account.address), now, "La M") };
    let channels::WireRequest::Mail(mail) = Email.render(&account, &answer).expect("a mail") else { panic!("no mail") };
    assert_eq!(mail.from, alias);
    assert!(Email.accepted(&server.send(mail).await).is_ok());
    let (answered, _) = await_mail(&server, cursor, "answer").await;
    assert_eq!(answered.from.address.value, alias);
    assert!(answered.headers.contains(&("Return-Path".to_owned(), format!("<{alias}>"))), "{:?}", answered.headers);
}
