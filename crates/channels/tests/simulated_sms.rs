//! The whole way of a text message, over real HTTP: a customer texts, the answer reaches her phone once, its states come back; with
//! Twilio's end doubling, forging and refusing.

mod common;

use channels::runtime::{send_due, take_in, webhooks};
use channels::simulators::{Faults, TwilioSimulator};
use channels::{Carrier, http_client};
use conversations::{Account, DeliveryState, MessageId, Reply};
use kernel::testing::World;
use kernel::{Channel, Db};
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS, channels::MIGRATIONS];
const PHONE: &str = "+34612345678";

struct Scene {
    world: World,
    account: Account,
    twilio: TwilioSimulator,
    carrier: Carrier,
}

async fn scene() -> Scene {
    let world = World::sqlite(ROOMS);
    let (account, twilio, carrier) = common::twilio(world.db(), (Channel::Sms, "+34910000001"), ("channels", webhooks)).await;
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
        let cmd = Reply::new(self.matter().await, self.account.id, PHONE, text, format!("reply {text}"));
        common::answer(self.db(), &self.carrier, cmd).await
    }
    async fn message(&self, id: MessageId) -> conversations::Message {
        common::message(self.db(), id).await
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

#[tokio::test]
async fn a_picture_is_fetched_from_us_under_a_word_that_nobody_guesses() {
    let scene = scene().await;
    scene.twilio.texts(PHONE, "Hola");
    scene.settle().await;
    let png = b"\x89PNG\r\n\x1a\n and so on";
    let files = vec![common::chosen(scene.db(), "así.png", png).await];
    let cmd = Reply { files, ..Reply::new(scene.matter().await, scene.account.id, PHONE, "Mira", "picture") };
    let id = common::answer(scene.db(), &scene.carrier, cmd).await.expect("queued");
    let sent = scene.twilio.sent_to(PHONE).pop().expect("taken");
    assert_eq!((sent.body.as_str(), sent.media), ("Mira", vec![("image/png".to_owned(), png.to_vec())]));
    assert_eq!(scene.message(id).await.state, DeliveryState::Sent);
    assert_eq!(send_due(scene.db(), &scene.carrier).await.expect("nothing left"), 0);
    let base = scene.carrier.public_url().expect("known");
    let guess = http_client().get(format!("{base}/files/00000000000000000000000000000000/a.png")).send().await.expect("an answer");
    assert_eq!(guess.status().as_u16(), 404);
}
