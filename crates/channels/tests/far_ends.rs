//! Every provider that can be simulated, over real HTTP, through the whole way in and out, with what can go wrong switched on:
//! received twice is one message, reordered is put in order, forged is refused, down only delays, and nothing is sent twice.

use channels::runtime::{StoredSettings, channel_account, send_due, take_in, webhooks};
use channels::simulators::{Delivered, FarEnd, Faults, Picture, SIMULATED, Simulated};
use channels::{Carrier, adapter, http_client};
use conversations::{Account, Choice, Choices, DeliveryState, Message, MessageId, OutboundExtras, Reply, SaveAccount, Settings, View};
use kernel::testing::World;
use kernel::{Actor, Db, Role, StaffId};
use std::sync::Arc;
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, catalogue::MIGRATIONS, conversations::MIGRATIONS, channels::MIGRATIONS];
/// Ana, on every network: numbers are what all of them take.
const ANA: &str = "34600111222";

async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

struct Scene {
    world: World,
    account: Account,
    far_end: Arc<dyn FarEnd>,
    carrier: Carrier,
}

async fn save(db: &Db, kind: &Simulated, base: &str) -> Account {
    let stored = StoredSettings {
        settings: [(kind.base.to_owned(), base.to_owned())].into(),
        secrets: kind.secrets.iter().map(|name| ((*name).to_owned(), format!("the {name}"))).collect(),
    };
    let cmd = SaveAccount {
        channel: kind.kind,
        name: "Tienda".into(),
        address: "4337869213".into(),
        window_hours: adapter(kind.kind).expect("an adapter").capabilities().reply_window_hours,
        settings: Settings(serde_json::to_string(&stored).expect("json")),
        active: true,
    };
    let id = db.write("connect", move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone())).await.expect("connected");
    db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there")
}

async fn scene(kind: &Simulated) -> Scene {
    let world = World::sqlite(ROOMS);
    let db = world.db().clone();
    let ours = serve(webhooks(db.clone(), "http://127.0.0.1")).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let account = save(&db, kind, &format!("http://{}", listener.local_addr().expect("an address"))).await;
    let view = channel_account(&account).expect("understood");
    let far_end = (kind.begin)(&view, format!("{ours}/channels/{}", account.id), db.clock().clone()).expect("configured");
    let router = far_end.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Scene { world, account, far_end, carrier: Carrier::new(http_client()) }
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
        let cmd = Reply {
            matter: self.any_matter().await,
            account: self.account.id,
            address: ANA.into(),
            text: text.into(),
            subject: None,
            extras,
            automatic: false,
            undo: Duration::ZERO,
            key: format!("reply {text}"),
        };
        let agent = Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent]);
        self.db().write("reply", move |tx| conversations::reply(tx, &agent, &cmd)).await.expect("queued")
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
        self.db().read(move |tx| conversations::messages(tx, &[id])).await.expect("read").pop().expect("there").state
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

#[tokio::test]
async fn a_picture_is_on_the_thread_with_its_words() {
    for kind in SIMULATED {
        let scene = scene(kind).await;
        scene.far_end.sends_picture(ANA, "Ana Ruiz", Picture { content_type: "image/png", bytes: b"PNG!", caption: "Así llegó" });
        scene.settle().await;
        let said = scene.said().await;
        assert_eq!((said.len(), said[0].text.as_str()), (1, "Así llegó"), "{}", kind.kind);
        assert!(matches!(said[0].content.parts.as_slice(), [conversations::Part::Media(_)]), "{}: {:?}", kind.kind, said[0].content);
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
