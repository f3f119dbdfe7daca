//! The whole way, over real HTTP: a customer writes by e-mail and goes on by WhatsApp; the answer arrives on her phone; receipts
//! come back. With Meta's end doubling, reordering and forging.

use channels::runtime::{StoredSettings, read_mailbox, send_due, take_in, webhooks};
use channels::simulators::{CustomerMail, Faults, MemoryMail, WhatsappSimulator};
use channels::{Carrier, http_client};
use conversations::{Account, DeliveryState, Reply, SaveAccount, Settings};
use kernel::testing::{START, World};
use kernel::{Actor, Channel, Db, Role, StaffId, log};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, channels::MIGRATIONS];
const PHONE: &str = "+34612345678";

async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn connect(db: &Db, channel: Channel, address: &str, settings: &[(&str, &str)], secrets: &[(&str, &str)]) -> Account {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<BTreeMap<_, _>>();
    let stored = serde_json::to_string(&StoredSettings { settings: map(settings), secrets: map(secrets) }).expect("json");
    let window_hours = channels::adapter(channel).expect("an adapter").capabilities().reply_window_hours;
    let cmd =
        SaveAccount { channel, name: "Tienda".into(), address: address.into(), window_hours, settings: Settings(stored), active: true };
    let id = db.write("connect", move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone())).await.expect("connected");
    db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there")
}

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
    let ours = serve(webhooks(db.clone())).await;
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
        let cmd = Reply {
            matter,
            account: account.id,
            address: address.into(),
            text: text.into(),
            subject: None,
            extras: None,
            automatic: false,
            undo: Duration::ZERO,
            key: format!("reply {text}"),
        };
        let agent = Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent]);
        let id = self.db().write("reply", move |tx| conversations::reply(tx, &agent, &cmd)).await.expect("queued");
        send_due(self.db(), &self.carrier).await.expect("sent");
        id
    }
    async fn state(&self, id: conversations::MessageId) -> DeliveryState {
        self.db().read(move |tx| conversations::messages(tx, &[id])).await.expect("read").pop().expect("there").state
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
