//! Every provider that can be simulated, over real HTTP, through the whole way in and out, with what can go wrong switched on:
//! received twice is one message, reordered is put in order, forged is refused, down only delays, and nothing is sent twice.

mod common;

use common::{connect, listen, serve};

use channels::runtime::{channel_account, fetch_media, send_due, shared_files, take_in, webhooks};
use channels::simulators::{Delivered, FarEnd, Faults, Picture, SIMULATED, Simulated};
use channels::{Carrier, adapter, http_client};
use conversations::{Account, Choice, Choices, DeliveryState, Message, MessageId, OutboundExtras, Reply, View};
use kernel::Db;
use kernel::testing::World;
use std::sync::Arc;
use std::time::Duration;

const ROOMS: &[kernel::Migrations] =
    &[customers::MIGRATIONS, catalogue::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS, channels::MIGRATIONS];
/// Ana, on every network: numbers are what all of them take.
const ANA: &str = "34600111222";

struct Scene {
    world: World,
    account: Account,
    far_end: Arc<dyn FarEnd>,
    carrier: Carrier,
}

async fn save(db: &Db, kind: &Simulated, base: &str, allowed: &str) -> Account {
    let secrets: Vec<_> = kind.secrets.iter().map(|name| (*name, *name)).collect();
    connect(db, kind.kind, "4337869213", &[(kind.base, base), ("media_allowed", allowed)], &secrets).await
}

async fn scene(kind: &Simulated) -> Scene {
    let world = World::sqlite(ROOMS);
    let db = world.db().clone();
    let ours = serve(webhooks(db.clone(), "http://127.0.0.1").merge(shared_files(db.clone()))).await;
    let (listener, base) = listen().await;
    let account = save(&db, kind, &base, base.trim_start_matches("http://")).await;
    let view = channel_account(&account).expect("understood");
    let far_end = (kind.begin)(&view, format!("{ours}/channels/{}", account.id), db.clock().clone()).expect("configured");
    let router = far_end.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Scene { world, account, far_end, carrier: Carrier::new(http_client()).with_public_url(&ours) }
}

impl Scene {
    fn db(&self) -> &Db {
        self.world.db()
    }
    async fn settle(&self) -> Delivered {
        let round = self.far_end.deliver().await;
        while take_in(self.db()).await.expect("understood") > 0 {}
        round
    }
    async fn said(&self) -> Vec<Message> {
        let matter = self.matter().await;
        self.db().read(move |tx| conversations::messages_of(tx, matter, 50)).await.expect("read")
    }
    async fn words(&self) -> Vec<String> {
        self.said().await.into_iter().map(|message| message.text).collect()
    }
    async fn matter(&self) -> conversations::MatterId {
        let open = self.db().read(|tx| conversations::queue(tx, View::Open, None, 10)).await.expect("read");
        assert_eq!(open.len() + 1, 2, "one person, one concern");
        open[0].id
    }
    async fn queue(&self, text: &str, extras: Option<OutboundExtras>) -> MessageId {
        self.world.clock().advance(Duration::from_secs(1));
        let (matter, key) = (self.any_matter().await, format!("reply {text}"));
        let cmd = Reply { extras, ..Reply::new(matter, self.account.id, ANA, text, key) };
        self.db().write("reply", move |tx| conversations::reply(tx, &common::agent(), &cmd)).await.expect("queued")
    }
    /// Queue an answer with a file.
    async fn queue_file(&self, text: &str, (name, bytes): (&str, &[u8])) -> MessageId {
        let file = common::chosen(self.db(), name, bytes).await;
        self.world.clock().advance(Duration::from_secs(1));
        let (matter, key) = (self.any_matter().await, format!("reply {text}"));
        let cmd = Reply { files: vec![file], ..Reply::new(matter, self.account.id, ANA, text, key) };
        self.db().write("reply", move |tx| conversations::reply(tx, &common::agent(), &cmd)).await.expect("queued")
    }
    async fn any_matter(&self) -> conversations::MatterId {
        let all = self.db().read(|tx| conversations::queue(tx, View::Open, None, 10)).await.expect("read");
        let waiting = self.db().read(|tx| conversations::queue(tx, View::Waiting, None, 10)).await.expect("read");
        all.iter().chain(&waiting).next().expect("a matter").id
    }
    async fn send(&self) {
        send_due(self.db(), &self.carrier).await.expect("sent");
    }
    async fn state(&self, id: MessageId) -> DeliveryState {
        common::message(self.db(), id).await.state
    }
    fn shown(&self) -> Vec<String> {
        self.far_end.shown_to(ANA).into_iter().map(|shown| shown.text).collect()
    }
    /// Ana has written once.
    async fn begun(kind: &Simulated) -> Scene {
        let scene = scene(kind).await;
        scene.far_end.writes(ANA, "Ana Ruiz", "Hola");
        assert_eq!(scene.settle().await, Delivered { accepted: 1, refused: 0 }, "{}", kind.kind);
        scene
    }
}

#[tokio::test]
async fn what_comes_twice_and_in_disorder_is_there_once_and_in_order() {
    for kind in SIMULATED {
        let scene = scene(kind).await;
        scene.far_end.set_faults(Faults { duplicate: true, reorder: true, delay: Duration::from_millis(2), ..Faults::default() });
        for text in ["uno", "dos", "tres"] {
            scene.far_end.writes(ANA, "Ana Ruiz", text);
            scene.world.clock().advance(Duration::from_secs(2));
        }
        assert_eq!(scene.settle().await, Delivered { accepted: 6, refused: 0 }, "{}", kind.kind);
        assert_eq!(scene.words().await, ["uno", "dos", "tres"], "{}", kind.kind);
    }
}

#[tokio::test]
async fn what_is_forged_is_refused_and_comes_in_when_it_is_signed_right() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        scene.world.clock().advance(Duration::from_secs(2));
        scene.far_end.set_faults(Faults { bad_signature: true, ..Faults::default() });
        scene.far_end.writes(ANA, "Ana Ruiz", "falso");
        assert_eq!(scene.settle().await, Delivered { accepted: 0, refused: 1 }, "{}", kind.kind);
        assert_eq!(scene.words().await, ["Hola"], "{}", kind.kind);
        scene.far_end.set_faults(Faults::default());
        assert_eq!(scene.settle().await, Delivered { accepted: 1, refused: 0 }, "{}", kind.kind);
        assert_eq!(scene.words().await, ["Hola", "falso"], "{}", kind.kind);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_delays_says_so_and_loses_nothing() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        scene.far_end.set_faults(Faults { refuse_with: Some(503), ..Faults::default() });
        let id = scene.queue("Sale hoy", None).await;
        scene.send().await;
        let account = scene.account.id;
        let standing = async || scene.db().read(move |tx| conversations::standing(tx, account)).await.expect("read");
        assert_eq!((scene.state(id).await, scene.shown().len()), (DeliveryState::Queued, 0), "{}", kind.kind);
        let told = standing().await;
        assert_eq!((told.waiting, told.trouble.is_some()), (1, true), "{}", kind.kind);
        scene.far_end.set_faults(Faults::default());
        scene.world.clock().advance(Duration::from_secs(60));
        scene.send().await;
        assert_eq!((scene.state(id).await != DeliveryState::Queued, scene.shown()), (true, vec!["Sale hoy".to_owned()]), "{}", kind.kind);
        assert_eq!(standing().await.trouble, None, "{}", kind.kind);
    }
}

#[tokio::test]
async fn an_answer_that_got_lost_does_not_send_it_twice() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        scene.far_end.set_faults(Faults { lose_answers: true, ..Faults::default() });
        let id = scene.queue("Sale hoy", None).await;
        scene.send().await;
        scene.far_end.set_faults(Faults::default());
        // Where the provider repeats our own name in what it tells us, that settles it.
        scene.settle().await;
        for _ in 0..5 {
            scene.world.clock().advance(Duration::from_secs(90));
            scene.send().await;
            scene.settle().await;
        }
        assert_eq!(scene.shown(), ["Sale hoy"], "{}", kind.kind);
        assert_ne!(scene.state(id).await, DeliveryState::Queued, "{}: somebody is told", kind.kind);
    }
}

#[tokio::test]
async fn a_stop_between_sending_and_noting_it_does_not_send_it_twice() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        let id = scene.queue("Sale hoy", None).await;
        scene.send().await;
        // As if the record had never been written: taken, and its sender gone.
        let forget = move |tx: &mut kernel::Tx<'_>| {
            let lease = tx.now().plus(Duration::from_secs(60));
            let back = kernel::sql!("UPDATE message SET state = 'sending', provider_id = NULL, due_at = ?2 WHERE id = ?1");
            tx.execute(back, kernel::params![id, lease])
        };
        scene.world.db().write("forget", forget).await.expect("forgotten");
        scene.settle().await;
        for _ in 0..5 {
            scene.world.clock().advance(Duration::from_secs(90));
            scene.send().await;
            scene.settle().await;
        }
        assert_eq!(scene.shown(), ["Sale hoy"], "{}", kind.kind);
        let state = scene.state(id).await;
        assert!(matches!(state, DeliveryState::Failed | DeliveryState::Delivered | DeliveryState::Read), "{}: {state:?}", kind.kind);
    }
}

#[tokio::test]
async fn choices_go_out_and_the_chosen_one_comes_back_to_the_message_it_answers() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        let buttons = ["Madrid", "Sevilla"].map(|shop| Choice { id: shop.to_lowercase(), title: shop.into(), description: None }).to_vec();
        let extras = OutboundExtras { choices: Some(Choices::Buttons { buttons }), ..OutboundExtras::default() };
        scene.queue("¿Dónde la recoges?", Some(extras)).await;
        scene.send().await;
        let shown = scene.far_end.shown_to(ANA).pop().expect("shown");
        if kind.kind == kernel::Channel::X {
            // Where there are no buttons they are lines.
            assert_eq!(shown.text, "¿Dónde la recoges?\n1. Madrid\n2. Sevilla");
            continue;
        }
        let pairs: Vec<_> = shown.choices.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
        assert_eq!(
            (shown.text.as_str(), pairs),
            ("¿Dónde la recoges?", vec![("madrid", "Madrid"), ("sevilla", "Sevilla")]),
            "{}",
            kind.kind
        );
        scene.world.clock().advance(Duration::from_secs(1));
        scene.far_end.chooses(ANA, &shown.id, ("sevilla", "Sevilla"));
        scene.settle().await;
        assert_eq!(scene.words().await, ["Hola", "¿Dónde la recoges?", "Sevilla"], "{}", kind.kind);
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

impl Scene {
    /// Ana sends a file, which is not fetched yet; her message.
    async fn with_picture(kind: &Simulated, bytes: &[u8]) -> (Scene, Message) {
        let scene = scene(kind).await;
        scene.far_end.sends_picture(ANA, "Ana Ruiz", Picture { content_type: "image/png", bytes, caption: "Así llegó" });
        scene.settle().await;
        let message = scene.said().await.pop().expect("her message");
        assert_eq!(message.text, "Así llegó", "{}: she is heard before the file is here", kind.kind);
        (scene, message)
    }
    async fn fetch(&self) {
        fetch_media(self.db()).await.expect("tried");
    }
    /// What the message says is elsewhere, and the files that are here.
    async fn files(&self, message: &Message) -> (usize, Vec<(String, Vec<u8>)>) {
        let id = message.id;
        let read = self.db().read(move |tx| {
            let kept = conversations::attachments_of(tx, id)?;
            let files = kept.iter().map(|file| conversations::attachment(tx, file.id)).collect::<Result<Vec<_>, _>>()?;
            let parts = conversations::messages(tx, &[id])?.pop().map_or(0, |message| message.content.parts.len());
            Ok::<_, kernel::Fault>((parts, files.into_iter().flatten().map(|(file, bytes)| (file.content_type, bytes)).collect()))
        });
        read.await.expect("read")
    }
}

#[tokio::test]
async fn a_picture_is_on_the_thread_at_once_and_its_file_when_it_was_fetched() {
    for kind in SIMULATED {
        let (scene, message) = Scene::with_picture(kind, PNG).await;
        assert_eq!(scene.files(&message).await, (1, vec![]), "{}", kind.kind);
        scene.fetch().await;
        let here = (0, vec![("image/png".to_owned(), PNG.to_vec())]);
        assert_eq!(scene.files(&message).await, here, "{}", kind.kind);
        scene.world.clock().advance(Duration::from_secs(3600));
        scene.fetch().await;
        assert_eq!(scene.files(&message).await, here, "{}: once", kind.kind);
    }
}

#[tokio::test]
async fn a_file_that_does_not_come_is_tried_again_and_nothing_else_waits_for_it() {
    for kind in SIMULATED {
        let (scene, message) = Scene::with_picture(kind, PNG).await;
        scene.far_end.set_faults(Faults { lose_answers: true, ..Faults::default() });
        scene.fetch().await;
        assert_eq!(scene.files(&message).await, (1, vec![]), "{}", kind.kind);
        scene.far_end.set_faults(Faults::default());
        scene.world.clock().advance(Duration::from_secs(9));
        scene.fetch().await;
        assert_eq!(scene.files(&message).await, (1, vec![]), "{}: not before its time", kind.kind);
        scene.world.clock().advance(Duration::from_secs(2));
        scene.fetch().await;
        assert_eq!(scene.files(&message).await, (0, vec![("image/png".to_owned(), PNG.to_vec())]), "{}", kind.kind);
    }
}

#[tokio::test]
async fn a_file_goes_out_on_every_network_once_with_its_words() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        let id = scene.queue_file("Mira", ("así.png", PNG)).await;
        scene.send().await;
        assert_eq!(scene.state(id).await, DeliveryState::Sent, "{}", kind.kind);
        let shown = scene.far_end.shown_to(ANA);
        let files: Vec<_> = shown.iter().filter_map(|shown| shown.file.clone()).collect();
        assert_eq!(files, [("image/png".to_owned(), PNG.to_vec())], "{}", kind.kind);
        assert_eq!(shown.iter().filter(|shown| shown.text == "Mira").count(), 1, "{}", kind.kind);
        scene.send().await;
        assert_eq!(scene.far_end.shown_to(ANA), shown, "{}: nothing goes twice", kind.kind);
    }
}

#[tokio::test]
async fn a_file_that_a_network_does_not_carry_is_refused_before_anything_is_said() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        let id = scene.queue_file("Tu factura", ("factura.pdf", b"%PDF-1.7 total")).await;
        scene.send().await;
        let failed = common::message(scene.db(), id).await;
        let goes = matches!(kind.kind, kernel::Channel::Telegram | kernel::Channel::Messenger);
        let code = failed.failure.map(|(code, _)| code);
        let expected = if goes { (DeliveryState::Sent, None) } else { (DeliveryState::Failed, Some("channels.file_refused".to_owned())) };
        assert_eq!((failed.state, code), expected, "{}", kind.kind);
        let files: Vec<_> = scene.far_end.shown_to(ANA).into_iter().filter_map(|shown| shown.file).collect();
        assert_eq!(files.len(), usize::from(goes), "{}", kind.kind);
    }
}

#[tokio::test]
async fn an_upload_that_a_busy_provider_refuses_is_tried_again_and_the_message_goes_once() {
    for kind in SIMULATED {
        let scene = Scene::begun(kind).await;
        scene.far_end.set_faults(Faults { refuse_with: Some(503), ..Faults::default() });
        let id = scene.queue_file("Mira", ("así.png", PNG)).await;
        scene.send().await;
        assert_eq!((scene.state(id).await, scene.shown()), (DeliveryState::Queued, vec![]), "{}", kind.kind);
        scene.far_end.set_faults(Faults::default());
        scene.world.clock().advance(Duration::from_secs(120));
        scene.send().await;
        assert_eq!(scene.state(id).await, DeliveryState::Sent, "{}", kind.kind);
        assert_eq!(scene.far_end.shown_to(ANA).iter().filter(|shown| shown.file.is_some()).count(), 1, "{}", kind.kind);
    }
}

#[tokio::test]
async fn what_is_no_picture_stays_outside_and_the_message_says_that_there_was_one() {
    for kind in SIMULATED {
        let (scene, message) = Scene::with_picture(kind, b"<script>alert(1)</script>").await;
        for _ in 0..3 {
            scene.fetch().await;
            scene.world.clock().advance(Duration::from_secs(3600));
        }
        assert_eq!(scene.files(&message).await, (1, vec![]), "{}", kind.kind);
    }
}

#[tokio::test]
async fn a_file_inside_our_own_network_is_not_fetched_unless_the_account_allows_that_very_place() {
    for kind in SIMULATED {
        let (scene, message) = Scene::with_picture(kind, PNG).await;
        let view = channel_account(&scene.account).expect("understood");
        save(scene.db(), kind, view.optional(kind.base).expect("an address"), "127.0.0.1:1").await;
        scene.fetch().await;
        assert_eq!(scene.files(&message).await, (1, vec![]), "{}", kind.kind);
    }
}

#[tokio::test]
async fn what_she_has_read_is_marked_where_the_network_tells() {
    for kind in SIMULATED.iter().filter(|kind| adapter(kind.kind).expect("an adapter").capabilities().read_receipts) {
        let scene = Scene::begun(kind).await;
        let first = scene.queue("Uno", None).await;
        scene.send().await;
        scene.settle().await;
        scene.world.clock().advance(Duration::from_secs(5));
        scene.far_end.reads(ANA);
        scene.settle().await;
        assert_eq!(scene.state(first).await, DeliveryState::Read, "{}", kind.kind);
        let second = scene.queue("Dos", None).await;
        scene.send().await;
        scene.settle().await;
        assert_ne!(scene.state(second).await, DeliveryState::Read, "{}: she has not looked again", kind.kind);
    }
}
