//! The whole way, over real HTTP: a customer writes by e-mail and goes on by WhatsApp; the answer arrives on her phone; receipts
//! come back. With Meta's end doubling, reordering and forging.

mod common;

use common::{connect, serve};

use channels::runtime::{Runtime, read_mailbox, send_due, take_in, webhooks};
use channels::simulators::{CustomerMail, Faults, MemoryMail, WhatsappSimulator};
use channels::{Carrier, MailCursor, MailFault, MailRequest, MailTransport, ReceivedMail, WireReply, http_client};
use conversations::{Account, DeliveryState, Reply, SaveAccount, Settings};
use kernel::testing::{START, World};
use kernel::{Actor, Channel, Db, log};
use std::sync::Arc;
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS, channels::MIGRATIONS];
const PHONE: &str = "+34612345678";

struct Scene {
    world: World,
    whatsapp: Account,
    email: Account,
    meta: WhatsappSimulator,
    mail: Arc<MemoryMail>,
    carrier: Carrier,
}

async fn scene() -> Scene {
    let world = World::sqlite(ROOMS);
    let db = world.db().clone();
    let ours = serve(webhooks(db.clone(), "http://127.0.0.1")).await;
    let secrets = [("app_secret", "s3cret"), ("verify_token", "token"), ("access_token", "access")];
    let first = connect(&db, Channel::Whatsapp, "+34910000000", &[("phone_number_id", "1001")], &secrets).await;
    let view = channels::runtime::channel_account(&first).expect("understood");
    let meta = WhatsappSimulator::new(&view, format!("{ours}/channels/{}", first.id), db.clock().clone()).expect("configured");
    let base = serve(meta.router()).await;
    let whatsapp = connect(&db, Channel::Whatsapp, "+34910000000", &[("phone_number_id", "1001"), ("graph_base", &base)], &secrets).await;
    let email = connect(&db, Channel::Email, "hola@tienda.test", &[], &[]).await;
    let mail = Arc::new(MemoryMail::new());
    let carrier = Carrier::new(http_client()).with_mail(&email.id.to_string(), mail.clone());
    Scene { world, whatsapp, email, meta, mail, carrier }
}

impl Scene {
    fn db(&self) -> &Db {
        self.world.db()
    }
    async fn settle(&self) {
        read_mailbox(self.db(), self.email.id, &*self.mail).await.expect("read");
        while take_in(self.db()).await.expect("understood") > 0 {}
    }
    async fn reply(&self, matter: conversations::MatterId, account: &Account, address: &str, text: &str) -> conversations::MessageId {
        let cmd = Reply::new(matter, account.id, address, text, format!("reply {text}"));
        common::answer(self.db(), &self.carrier, cmd).await.expect("queued")
    }
    async fn state(&self, id: conversations::MessageId) -> DeliveryState {
        common::message(self.db(), id).await.state
    }
    fn ana_writes(&self, id: &str, text: &str) {
        let mail = CustomerMail {
            from: "Ana Ruiz <ana@cliente.test>".into(),
            to: "hola@tienda.test".into(),
            subject: "Mi pedido".into(),
            text: text.into(),
            message_id: id.into(),
            in_reply_to: None,
            at: START,
        };
        self.mail.writes(&mail).expect("well-formed");
    }
}

/// Acceptance 1: the same person on two channels is one customer, both messages on one thread.
#[tokio::test]
async fn cap_001_email_then_whatsapp_from_a_number_on_her_profile_is_one_thread() {
    let scene = scene().await;
    scene.ana_writes("1@cliente.test", "¿Dónde está mi pedido?");
    scene.settle().await;
    let ana = customers::Identifier::email("ana@cliente.test").expect("an address");
    let known = scene.db().read(move |tx| customers::by_identifier(tx, &ana)).await.expect("read").expect("recognised");
    let phone = customers::Identifier::whatsapp("34612345678").expect("a number");
    let add =
        move |tx: &mut kernel::Tx<'_>| customers::add_identifier(tx, &Actor::system(), known.profile, &phone, Channel::Desk).map(drop);
    scene.db().write("add", add).await.expect("added");

    scene.meta.writes(PHONE, "Ana", "Sigo por aquí");
    assert_eq!(scene.meta.deliver().await.accepted, 1);
    scene.settle().await;
    let thread = scene.db().read(move |tx| log::timeline(tx, &customers::profiles_of(tx, known.person)?, None, 20)).await.expect("read");
    let said: Vec<_> = thread.iter().filter(|e| e.kind == "message.received").map(|e| e.channel).collect();
    assert_eq!(said, [Some(Channel::Whatsapp), Some(Channel::Email)]);
    let open = scene.db().read(move |tx| conversations::matters_of(tx, &[known.profile], 10)).await.expect("read");
    assert_eq!((open.len(), open[0].unread), (1, 2));
}

#[tokio::test]
async fn an_answer_reaches_her_phone_once_and_its_receipts_come_back() {
    let scene = scene().await;
    scene.meta.writes(PHONE, "Ana", "Hola");
    scene.meta.deliver().await;
    scene.settle().await;
    let matter = scene.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].id;
    let id = scene.reply(matter, &scene.whatsapp, PHONE, "Sale hoy").await;
    assert_eq!(scene.state(id).await, DeliveryState::Sent);
    assert_eq!(send_due(scene.db(), &scene.carrier).await.expect("nothing left"), 0);
    assert_eq!(scene.meta.sent_to(PHONE).iter().map(|m| m.words()).collect::<Vec<_>>(), ["Sale hoy"]);
    scene.meta.reads(PHONE);
    scene.meta.set_faults(Faults { reorder: true, duplicate: true, ..Faults::default() });
    scene.meta.deliver().await;
    scene.settle().await;
    assert_eq!(scene.state(id).await, DeliveryState::Read);
}

#[tokio::test]
async fn doubled_and_reordered_webhooks_change_nothing_and_forged_ones_are_refused() {
    let scene = scene().await;
    scene.meta.set_faults(Faults { duplicate: true, reorder: true, ..Faults::default() });
    for text in ["uno", "dos", "tres"] {
        scene.meta.writes(PHONE, "Ana", text);
        scene.world.clock().advance(Duration::from_secs(2));
    }
    assert_eq!(scene.meta.deliver().await.accepted, 6);
    scene.settle().await;
    let matter = scene.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].clone();
    let said = scene.db().read(move |tx| conversations::messages_of(tx, matter.id, 10)).await.expect("read");
    assert_eq!(said.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["uno", "dos", "tres"]);

    scene.meta.set_faults(Faults { bad_signature: true, ..Faults::default() });
    scene.meta.writes(PHONE, "Ana", "falso");
    assert_eq!(scene.meta.deliver().await.refused, 1);
    scene.settle().await;
    assert_eq!(scene.db().read(move |tx| conversations::messages_of(tx, matter.id, 10)).await.expect("read").len(), 3);
}

#[tokio::test]
async fn a_provider_that_is_down_delays_and_loses_nothing() {
    let scene = scene().await;
    scene.ana_writes("1@cliente.test", "Hola");
    scene.settle().await;
    scene.mail.refuse_with(Some(451));
    let matter = scene.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].id;
    let id = scene.reply(matter, &scene.email, "ana@cliente.test", "Buenas tardes").await;
    assert_eq!(scene.state(id).await, DeliveryState::Queued);
    scene.mail.refuse_with(None);
    scene.world.clock().advance(Duration::from_secs(3600));
    send_due(scene.db(), &scene.carrier).await.expect("sent");
    assert_eq!(scene.state(id).await, DeliveryState::Sent);
    let sent = scene.mail.sent();
    assert_eq!(sent.len(), 1);
    let mail = String::from_utf8_lossy(&sent[0].raw).into_owned();
    assert!(mail.contains("In-Reply-To: <1@cliente.test>"), "it answers her mail");
}

#[tokio::test]
async fn a_mail_read_again_after_a_lost_cursor_is_one_message() {
    let scene = scene().await;
    scene.ana_writes("1@cliente.test", "Hola");
    scene.settle().await;
    // The same mail, delivered again by the server under another number.
    scene.ana_writes("1@cliente.test", "Hola");
    scene.settle().await;
    let open = scene.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read");
    assert_eq!((open.len(), open[0].unread), (1, 1));
}

/// A mail server that takes its time: of ours (virtual) and of the test's (real).
struct Slow {
    mail: Arc<MemoryMail>,
    clock: kernel::VirtualClock,
    virtual_time: Duration,
    real_time: Duration,
}

impl MailTransport for Slow {
    fn send(&self, mail: MailRequest) -> futures::future::BoxFuture<'_, WireReply> {
        self.clock.advance(self.virtual_time);
        Box::pin(async move {
            tokio::time::sleep(self.real_time).await;
            self.mail.send(mail).await
        })
    }
    fn fetch(&self, after: MailCursor, limit: usize) -> futures::future::BoxFuture<'_, Result<Vec<ReceivedMail>, MailFault>> {
        self.mail.fetch(after, limit)
    }
    fn wait(&self, at_most: Duration) -> futures::future::BoxFuture<'_, Result<(), MailFault>> {
        self.mail.wait(at_most)
    }
}

impl Scene {
    fn slow(&self, virtual_time: Duration, real_time: Duration) -> Carrier {
        let slow = Slow { mail: self.mail.clone(), clock: self.world.clock().clone(), virtual_time, real_time };
        Carrier::new(http_client()).with_mail(&self.email.id.to_string(), Arc::new(slow))
    }
    /// Ana has written by e-mail; her matter.
    async fn ana_by_mail(&self) -> conversations::MatterId {
        self.ana_writes("1@cliente.test", "Hola");
        self.settle().await;
        self.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].id
    }
    /// Queue an answer to Ana without sending it.
    async fn queue(&self, matter: conversations::MatterId, account: &Account, text: &str) -> conversations::MessageId {
        let cmd = Reply::new(matter, account.id, "ana@cliente.test", text, format!("queue {text}"));
        self.db().write("reply", move |tx| conversations::reply(tx, &Actor::system(), &cmd)).await.expect("queued")
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_read_holds_up_no_other_and_doubles_nothing() {
    let scene = scene().await;
    let matter = scene.ana_by_mail().await;
    let cmd = SaveAccount {
        channel: Channel::Email,
        name: "Rota".into(),
        address: "rota@tienda.test".into(),
        window_hours: None,
        settings: Settings("not JSON".into()),
        active: true,
    };
    let broken =
        scene.db().write("connect", move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone())).await.expect("saved");
    let broken = scene.db().read(move |tx| conversations::account(tx, broken)).await.expect("read").expect("there");
    let ana = customers::Identifier::email("ana@cliente.test").expect("an address");
    let ana = scene.db().read(move |tx| customers::by_identifier(tx, &ana)).await.expect("read").expect("known").profile;
    let account = broken.id;
    scene.db().write("know", move |tx| conversations::know_address(tx, account, "ana@cliente.test", ana)).await.expect("known");
    let (bad, good) = (scene.queue(matter, &broken, "por la rota").await, scene.queue(matter, &scene.email, "por la buena").await);
    let carrier = scene.slow(Duration::ZERO, Duration::from_millis(50));
    assert_eq!(send_due(scene.db(), &carrier).await.expect("the round ends well"), 2);
    assert_eq!((scene.state(good).await, scene.state(bad).await), (DeliveryState::Sent, DeliveryState::Queued));
    scene.world.clock().advance(Duration::from_secs(61));
    send_due(scene.db(), &carrier).await.expect("nothing is left");
    assert_eq!(scene.mail.sent().len(), 1);
}

#[tokio::test]
async fn a_sender_whose_lease_runs_out_leaves_the_rest_to_the_next() {
    let scene = scene().await;
    let matter = scene.ana_by_mail().await;
    let first = scene.queue(matter, &scene.email, "uno").await;
    scene.world.clock().advance(Duration::from_secs(1));
    let second = scene.queue(matter, &scene.email, "dos").await;
    let carrier = scene.slow(Duration::from_secs(45), Duration::ZERO);
    send_due(scene.db(), &carrier).await.expect("sent");
    assert_eq!((scene.state(first).await, scene.state(second).await), (DeliveryState::Sent, DeliveryState::Queued));
    send_due(scene.db(), &carrier).await.expect("sent");
    assert_eq!(scene.state(second).await, DeliveryState::Sent);
    assert_eq!(scene.mail.sent().len(), 2);
}

#[tokio::test]
async fn a_stop_waits_for_the_message_that_is_on_its_way() {
    let scene = scene().await;
    let matter = scene.ana_by_mail().await;
    let runtime = Runtime::start(scene.db().clone(), scene.slow(Duration::ZERO, Duration::from_millis(400)), Vec::new());
    let id = scene.queue(matter, &scene.email, "adiós").await;
    while scene.state(id).await != DeliveryState::Sending {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    runtime.stop().await;
    assert_eq!((scene.state(id).await, scene.mail.sent().len()), (DeliveryState::Sent, 1));
}

#[tokio::test]
async fn card_numbers_are_kept_neither_in_messages_nor_in_what_came_in() {
    let scene = scene().await;
    scene.meta.writes(PHONE, "Ana", "Mi tarjeta es 4111 1111 1111 1111");
    scene.meta.deliver().await;
    scene.settle().await;
    let matter = scene.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].clone();
    assert_eq!(matter.preview, "Mi tarjeta es •••• •••• •••• 1111");
    let message = scene.db().read(move |tx| conversations::messages_of(tx, matter.id, 10)).await.expect("read").pop().expect("there");
    assert_eq!(message.text, "Mi tarjeta es •••• •••• •••• 1111");
    let kept = scene.db().read(|tx| {
        let statement = kernel::sql!("SELECT state, LENGTH(body) FROM raw_inbound ORDER BY id LIMIT 10");
        tx.query(statement, kernel::params![], |row| Ok::<_, kernel::Fault>((row.get::<String>(0)?, row.get::<i64>(1)?)))
    });
    assert_eq!(kept.await.expect("read"), [("done".to_owned(), 0)]);
}

#[tokio::test]
async fn a_file_goes_by_whatsapp_under_metas_number_and_inside_a_mail() {
    let scene = scene().await;
    scene.meta.writes(PHONE, "Ana", "¿Y mi factura?");
    scene.meta.deliver().await;
    while take_in(scene.db()).await.expect("understood") > 0 {}
    let matter = scene.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].id;
    let pdf = b"%PDF-1.7 total 39,90";
    let files = vec![common::chosen(scene.db(), "factura.pdf", pdf).await];
    let cmd = Reply { files, ..Reply::new(matter, scene.whatsapp.id, PHONE, "Aqu\u{ed} est\u{e1}", "by whatsapp") };
    let id = common::answer(scene.db(), &scene.carrier, cmd).await.expect("queued");
    assert_eq!(scene.state(id).await, DeliveryState::Sent);
    let sent = scene.meta.sent_to(PHONE).pop().expect("taken");
    assert_eq!(sent.payload["document"]["filename"], "factura.pdf");
    assert_eq!((sent.words().as_str(), sent.file), ("Aqu\u{ed} est\u{e1}", Some(("application/pdf".to_owned(), pdf.to_vec()))));
    assert_eq!(send_due(scene.db(), &scene.carrier).await.expect("nothing left"), 0);

    let matter = scene.ana_by_mail().await;
    let files = vec![common::chosen(scene.db(), "factura.pdf", pdf).await];
    let cmd = Reply { files, ..Reply::new(matter, scene.email.id, "ana@cliente.test", "Adjunta", "by mail") };
    common::answer(scene.db(), &scene.carrier, cmd).await.expect("queued");
    let mail = scene.mail.sent().pop().expect("a mail");
    let mail = String::from_utf8_lossy(&mail.raw).into_owned();
    assert!(mail.contains("Content-Type: application/pdf") && mail.contains("filename=\"factura.pdf\""), "{mail}");
}
