//! The whole way of a text message, over real HTTP: a customer texts, the answer reaches her phone once, its states come back; with
//! Twilio's end doubling, forging and refusing.

use channels::runtime::{StoredSettings, channel_account, send_due, take_in, webhooks};
use channels::simulators::{Faults, TwilioSimulator};
use channels::{Carrier, http_client};
use conversations::{Account, DeliveryState, Message, MessageId, Reply, SaveAccount, Settings};
use kernel::testing::World;
use kernel::{Actor, Channel, Db, Role, StaffId};
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, channels::MIGRATIONS];
const PHONE: &str = "+34612345678";

struct Scene {
    world: World,
    account: Account,
    twilio: TwilioSimulator,
    carrier: Carrier,
}

async fn scene() -> Scene {
    let world = World::sqlite(ROOMS);
    let db = world.db().clone();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let mut stored = StoredSettings::default();
    stored.secrets.insert("account_sid".into(), "AC1".into());
    stored.settings.insert("api_base".into(), format!("{base}/twilio"));
    stored.secrets.insert("auth_token".into(), "s3cret".into());
    let settings = Settings(serde_json::to_string(&stored).expect("json"));
    let address = "+34910000001".to_owned();
    let cmd = SaveAccount { channel: Channel::Sms, name: "SMS".into(), address, window_hours: None, settings, active: true };
    let id = db.write("connect", move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone())).await.expect("connected");
    let account = db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there");
    let view = channel_account(&account).expect("understood");
    let twilio = TwilioSimulator::new(&view, format!("{base}/channels/{id}"), db.clock().clone()).expect("configured");
    let site = webhooks(db.clone(), &base).nest("/twilio", twilio.router());
    tokio::spawn(async move { axum::serve(listener, site).await });
    let carrier = Carrier::new(http_client()).with_public_url(&base);
    Scene { world, account, twilio, carrier }
}

impl Scene {
    fn db(&self) -> &Db {
        self.world.db()
    }
    async fn settle(&self) {
        self.twilio.deliver().await;
        while take_in(self.db()).await.expect("understood") > 0 {}
    }
    async fn matter(&self) -> conversations::MatterId {
        self.db().read(|tx| conversations::queue(tx, conversations::View::Open, None, 10)).await.expect("read")[0].id
    }
    async fn reply(&self, text: &str) -> Result<MessageId, conversations::ConversationError> {
        let cmd = Reply {
            matter: self.matter().await,
            account: self.account.id,
            address: PHONE.into(),
            text: text.into(),
            subject: None,
            extras: None,
            automatic: false,
            undo: Duration::ZERO,
            key: format!("reply {text}"),
        };
        let agent = Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent]);
        let id = self.db().write("reply", move |tx| conversations::reply(tx, &agent, &cmd)).await?;
        send_due(self.db(), &self.carrier).await.expect("sent");
        Ok(id)
    }
    async fn message(&self, id: MessageId) -> Message {
        self.db().read(move |tx| conversations::messages(tx, &[id])).await.expect("read").pop().expect("there")
    }
    fn phone(&self) -> Vec<String> {
        self.twilio.sent_to(PHONE).into_iter().map(|sent| sent.body).collect()
    }
}

#[tokio::test]
async fn her_text_is_answered_once_and_every_state_comes_back() {
    let scene = scene().await;
    scene.twilio.texts(PHONE, "¿Dónde está mi pedido?");
    scene.settle().await;
    let id = scene.reply("Sale hoy").await.expect("queued");
    assert_eq!(scene.message(id).await.state, DeliveryState::Sent);
    assert_eq!(send_due(scene.db(), &scene.carrier).await.expect("nothing left"), 0);
    scene.twilio.set_faults(Faults { reorder: true, duplicate: true, ..Faults::default() });
    scene.settle().await;
    assert_eq!(scene.message(id).await.state, DeliveryState::Delivered);
    assert_eq!(scene.phone(), ["Sale hoy"]);
}

#[tokio::test]
async fn doubled_texts_are_one_and_forged_ones_none() {
    let scene = scene().await;
    scene.twilio.set_faults(Faults { duplicate: true, ..Faults::default() });
    scene.twilio.texts(PHONE, "uno");
    scene.settle().await;
    let matter = scene.matter().await;
    scene.twilio.set_faults(Faults { bad_signature: true, ..Faults::default() });
    scene.twilio.texts(PHONE, "falso");
    assert_eq!(scene.twilio.deliver().await.refused, 1);
    let said = scene.db().read(move |tx| conversations::messages_of(tx, matter, 10)).await.expect("read");
    assert_eq!(said.iter().map(|message| message.text.as_str()).collect::<Vec<_>>(), ["uno"]);
}

#[tokio::test]
async fn who_says_stop_is_left_alone_until_start() {
    let scene = scene().await;
    scene.twilio.texts(PHONE, "Baja");
    scene.settle().await;
    let refused = scene.reply("¿Seguro?").await;
    assert!(matches!(refused, Err(conversations::ConversationError::OptedOut(why)) if why == "Baja"));
    scene.twilio.texts(PHONE, "Alta");
    scene.settle().await;
    scene.reply("Bienvenida otra vez").await.expect("queued");
    assert_eq!(scene.phone(), ["Bienvenida otra vez"]);
}

#[tokio::test]
async fn a_list_that_only_twilio_knows_closes_the_address() {
    let scene = scene().await;
    scene.twilio.texts(PHONE, "Hola");
    scene.settle().await;
    scene.twilio.set_faults(Faults { refuse_with: Some(21610), ..Faults::default() });
    let id = scene.reply("Buenas").await.expect("queued");
    let failed = scene.message(id).await;
    assert_eq!((failed.state, failed.failure.map(|(code, _)| code)), (DeliveryState::Failed, Some("opted_out".into())));
    assert!(scene.reply("¿Hola?").await.is_err(), "not offered again");
    assert_eq!(scene.phone(), [""; 0]);
}

#[tokio::test]
async fn a_provider_that_is_busy_delays_and_loses_nothing() {
    let scene = scene().await;
    scene.twilio.texts(PHONE, "Hola");
    scene.settle().await;
    scene.twilio.set_faults(Faults { refuse_with: Some(20429), ..Faults::default() });
    let id = scene.reply("Buenas").await.expect("queued");
    assert_eq!(scene.message(id).await.state, DeliveryState::Queued);
    scene.twilio.set_faults(Faults::default());
    scene.world.clock().advance(Duration::from_secs(10));
    send_due(scene.db(), &scene.carrier).await.expect("sent");
    assert_eq!((scene.message(id).await.state, scene.phone()), (DeliveryState::Sent, vec!["Buenas".to_owned()]));
}
