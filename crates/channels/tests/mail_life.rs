//! The life of a mail after it has left, whole: reports that come back into the mailbox, aliases, complaints.

mod common;

use channels::runtime::{read_mailbox, take_in};
use channels::simulators::MemoryMail;
use channels::{
    Carrier, Channel as _, MailCursor, MailFault, MailRequest, MailTransport, RawWebhook, ReceivedMail, WireReply, email::Email,
    http_client,
};
use common::{answer, connect, message};
use conversations::{Account, ConversationError, DeliveryState, Direction, Message, Reply, Undeliverable};
use customers::{ConsentState, Purpose};
use futures::future::BoxFuture;
use kernel::testing::World;
use kernel::{Actor, Channel, Db};
use std::sync::Arc;
use std::time::Duration;

const ROOMS: &[kernel::Migrations] =
    &[access::MIGRATIONS, customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS, channels::MIGRATIONS];

struct Scene {
    world: World,
    account: Account,
    mail: Arc<MemoryMail>,
    carrier: Carrier,
}

async fn scene() -> Scene {
    let world = World::sqlite(ROOMS);
    let settings = [("aliases", "tallas@tienda.test"), ("signature_es", "{agent}, {brand}"), ("authserv_id", "mx.tienda.test")];
    let account = connect(world.db(), Channel::Email, "hola@tienda.test", &settings, &[]).await;
    let mail = Arc::new(MemoryMail::new());
    let carrier = Carrier::new(http_client()).with_mail(&account.id.to_string(), mail.clone());
    Scene { world, account, mail, carrier }
}

impl Scene {
    fn db(&self) -> &Db {
        self.world.db()
    }
    async fn arrives(&self, mail: &str) {
        self.mail.arrives(mail.replace('\n', "\r\n").into_bytes());
        read_mailbox(self.db(), self.account.id, &*self.mail).await.expect("read");
        while take_in(self.db()).await.expect("understood") > 0 {}
    }
    async fn ana_writes(&self, id: &str) {
        let mail = format!(
            "Authentication-Results: mx.tienda.test; spf=fail smtp.mailfrom=cliente.test; dmarc=fail\nAuthentication-Results: mx.otra.test; dmarc=pass\n\
             From: Ana <ana@cliente.test>\nTo: tallas@tienda.test\nSubject: Talla\nMessage-ID: <{id}>\n\nHola"
        );
        self.arrives(&mail).await;
    }
    async fn matter(&self) -> conversations::Matter {
        self.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read").remove(0)
    }
    async fn answer(&self, key: &str) -> Result<Message, ConversationError> {
        let cmd = Reply::new(self.matter().await.id, self.account.id, "ana@cliente.test", "Sale hoy.", key);
        let id = answer(self.db(), &self.carrier, cmd).await?;
        Ok(message(self.db(), id).await)
    }
    async fn state(&self, sent: &Message) -> DeliveryState {
        message(self.db(), sent.id).await.state
    }
}

/// A server that refuses every reader.
struct KnowsNobody;

impl MailTransport for KnowsNobody {
    fn send(&self, mail: MailRequest) -> BoxFuture<'_, WireReply> {
        let text = format!("permanent error (550): 5.1.1 <{}>: user unknown", mail.to);
        Box::pin(async move { WireReply::Mail { code: 550, text, message_id: mail.message_id } })
    }
    fn fetch(&self, _: MailCursor, _: usize) -> BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn wait(&self, _: Duration) -> BoxFuture<'_, Result<(), MailFault>> {
        Box::pin(async { Ok(()) })
    }
}

fn bounce(about: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.cliente.test\nMessage-ID: <dsn-{about}>\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\nContent-Type: text/plain\n\nNo.\n--r\n\
         Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.cliente.test\n\nFinal-Recipient: rfc822; ana@cliente.test\nAction: failed\n\
         Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{about}>\n--r--\n"
    )
}

fn complaint(about: &str) -> String {
    format!(
        "From: fbl@cliente.test\nMessage-ID: <arf-{about}>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=r\n\n\
         --r\nContent-Type: text/plain\n\nA complaint.\n--r\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n--r\n\
         Content-Type: message/rfc822\n\nMessage-ID: <{about}>\nSubject: Talla\n\nSale hoy.\n--r--\n"
    )
}

#[tokio::test]
async fn an_answer_leaves_from_the_alias_and_the_sender_was_checked_by_our_server_alone() {
    let scene = scene().await;
    scene.ana_writes("1@cliente.test").await;
    scene.answer("a").await.expect("queued");
    let sent = scene.mail.sent();
    assert_eq!(
        sent.iter().map(|mail| (mail.from.as_str(), mail.to.as_str())).collect::<Vec<_>>(),
        [("tallas@tienda.test", "ana@cliente.test")]
    );
    let matter = scene.matter().await.id;
    let said = scene.db().read(move |tx| conversations::messages_of(tx, matter, 10)).await.expect("read");
    let hers = said.iter().find(|message| message.direction == Direction::Inbound).expect("her mail");
    let check = hers.content.sender_check.clone().expect("our server's word");
    assert_eq!((check.spf.as_deref(), check.dkim, check.dmarc.as_deref()), (Some("fail"), None, Some("fail")));
}

#[tokio::test]
async fn a_report_in_the_mailbox_ends_the_very_message_and_closes_the_address() {
    let scene = scene().await;
    scene.ana_writes("1@cliente.test").await;
    let sent = scene.answer("a").await.expect("queued");
    let name = scene.mail.sent()[0].message_id.clone();
    scene.arrives(&bounce("nobody@tienda.test")).await;
    assert_eq!(scene.state(&sent).await, DeliveryState::Sent, "a report about a mail that we never sent");
    scene.arrives(&bounce(&name)).await;
    let failed = message(scene.db(), sent.id).await;
    assert_eq!(
        (failed.state, failed.failure),
        (DeliveryState::Failed, Some(("undeliverable".into(), "smtp; 550 5.1.1 no such user".into())))
    );
    let refused = scene.answer("b").await;
    assert!(matches!(refused, Err(ConversationError::Undeliverable(Undeliverable::NoSuchAddress))), "{refused:?}");
    assert_eq!(scene.mail.sent().len(), 1);
    scene.ana_writes("2@cliente.test").await;
    scene.answer("b").await.expect("she wrote again, so she is there");
}

#[tokio::test]
async fn a_server_that_knows_nobody_of_that_name_closes_the_address_at_once() {
    let mut scene = scene().await;
    scene.ana_writes("1@cliente.test").await;
    scene.carrier = Carrier::new(http_client()).with_mail(&scene.account.id.to_string(), Arc::new(KnowsNobody));
    let failed = scene.answer("a").await.expect("queued");
    assert_eq!(failed.failure.map(|(code, _)| code).as_deref(), Some("undeliverable"));
    assert!(matches!(scene.answer("b").await, Err(ConversationError::Undeliverable(Undeliverable::NoSuchAddress))));
}

#[tokio::test]
async fn a_complaint_ends_offers_and_waits_until_they_write() {
    let scene = scene().await;
    scene.ana_writes("1@cliente.test").await;
    let sent = scene.answer("a").await.expect("queued");
    let name = scene.mail.sent()[0].message_id.clone();
    scene.arrives(&complaint(&name)).await;
    assert_eq!(scene.state(&sent).await, DeliveryState::Delivered);
    assert!(matches!(scene.answer("b").await, Err(ConversationError::Undeliverable(Undeliverable::Unwanted))));
    let profile = scene.matter().await.profile;
    let offers = scene.db().read(move |tx| {
        let person = customers::person_of(tx, profile)?.expect("known");
        customers::consent(tx, person, Purpose::Marketing, Channel::Email)
    });
    let offers = offers.await.expect("read").expect("answered");
    assert_eq!((offers.state, offers.evidence.as_str()), (ConsentState::Refused, "complaint: abuse"));
    scene.ana_writes("2@cliente.test").await;
    scene.answer("b").await.expect("she wrote again");
}

#[tokio::test]
async fn what_a_colleague_writes_is_signed_and_what_a_program_writes_is_not() {
    let scene = scene().await;
    let hire = access::CreateStaff {
        email: "lucia@tienda.test".into(),
        name: "Lucía".into(),
        password: access::PasswordHash::of_nobody(),
        roles: vec![kernel::Role::Agent],
        location: None,
        locale: kernel::Locale::Es,
    };
    let lucia = scene.db().write("hire", move |tx| access::create_staff(tx, &Actor::system(), hire.clone())).await.expect("hired");
    scene.ana_writes("1@cliente.test").await;
    let matter = scene.matter().await.id;
    for (actor, automatic) in [(Actor::staff(lucia, &[kernel::Role::Agent]), false), (Actor::system(), true)] {
        let cmd = Reply { automatic, ..Reply::new(matter, scene.account.id, "ana@cliente.test", "Sale hoy.", format!("{automatic}")) };
        scene.db().write("reply", move |tx| flows::reply(tx, &actor, &cmd)).await.expect("queued");
        channels::runtime::send_due(scene.db(), &scene.carrier).await.expect("sent");
    }
    let texts: Vec<String> = scene.mail.sent().into_iter().map(|mail| words(&mail.raw)).collect();
    assert_eq!(texts, ["Sale hoy.\n\n-- \nLucía, Almadeja", "Sale hoy."]);
}

fn words(raw: &[u8]) -> String {
    let events = Email.parse(&RawWebhook::of(raw.to_vec(), kernel::testing::START));
    match events.into_iter().next() {
        Some(conversations::InboundEvent::Message(message)) => match message.parts.into_iter().next() {
            Some(conversations::Part::Text { text, .. }) => text,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}
