//! kill -9 while customers write and agents answer: every message is there once and in order, none goes out twice.

use access::CreateApiKey;
use channels::runtime::{StoredSettings, channel_account};
use channels::simulators::{Faults, WhatsappSimulator};
use conversations::{AccountId, DeliveryState, Direction, MatterId, Message, MessageId, SaveAccount, Settings, View};
use hilo::config::{Config, Overrides, load};
use hilo::wiring;
use kernel::{Actor, Channel, Clock, Db, Fault, Permission, ReadTx, SystemClock, Tx, VirtualClock, params, sql};
use serde_json::json;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PHONES: usize = 5;
const TURNS: usize = 8;
/// Turns in which Hilo is killed, while webhooks come in and again while answers go out.
const KILLS: [usize; 3] = [2, 4, 6];
const PATIENCE: Duration = Duration::from_secs(60);

/// `hilo serve`, in a process that can be killed.
struct Hilo(Child);

impl Hilo {
    fn start(address: SocketAddr, data: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_hilo"))
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(data)
            .env_remove("HILO_CONFIG")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        Hilo(child)
    }
}

impl Drop for Hilo {
    fn drop(&mut self) {
        self.0.kill().expect("SIGKILL");
        self.0.wait().expect("gone");
    }
}

struct Scene {
    hilo: Mutex<Option<Hilo>>,
    address: SocketAddr,
    db: Db,
    account: AccountId,
    meta: WhatsappSimulator,
    clock: VirtualClock,
    http: reqwest::Client,
    base: String,
    key: String,
    folder: tempfile::TempDir,
}

async fn write<T: Send + Unpin + 'static>(db: &Db, act: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    db.write("test", move |tx| Ok::<_, Fault>(act(tx))).await.expect("written")
}

impl Scene {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port");
        let graph = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let graph_base = format!("http://{}", graph.local_addr().expect("its address"));
        let config = load(&Overrides { listen: Some(address), data: Some(folder.path().into()), ..Overrides::default() });
        let config: Config = config.expect("a configuration");
        let db = wiring::open(&config).expect("a database");
        let (account, key) = write(&db, move |tx| furnish(tx, &graph_base)).await;
        let stored = db.read(move |tx| conversations::account(tx, account)).await.expect("read").expect("there");
        let view = channel_account(&stored).expect("understood");
        // The customers' clock: an hour ago, a second for each turn, so that the order of what they say is told by their times.
        let clock = VirtualClock::starting(SystemClock.now().minus(Duration::from_secs(3600)));
        let base = format!("http://{address}");
        let meta = WhatsappSimulator::new(&view, format!("{base}/channels/{account}"), Arc::new(clock.clone())).expect("configured");
        let api = meta.router();
        tokio::spawn(async move { axum::serve(graph, api).await.expect("served") });
        let hilo = Mutex::new(Some(Hilo::start(address, folder.path())));
        Scene { hilo, address, db, account, meta, clock, http: channels::http_client(), base, key, folder }
    }

    /// Kill it once `look` finds that it is in the middle of something, and start it again. What it was sending when it died is sent again
    /// when its lease has run out, unless a receipt has told meanwhile; the minute passes at once.
    async fn is_killed(&self, look: impl AsyncFnMut() -> Option<()>) {
        self.until("something to be underway", look).await;
        self.hilo.lock().expect("whole").take();
        let stranded = |tx: &ReadTx<'_>| {
            tx.query(sql!("SELECT id FROM message WHERE state = 'sending' ORDER BY id LIMIT 100"), params![], |row| row.get::<MessageId>(0))
        };
        let stranded = self.db.read(stranded).await.expect("read");
        *self.hilo.lock().expect("whole") = Some(Hilo::start(self.address, self.folder.path()));
        self.until("Meta to have told everything", async || {
            let told = self.meta.deliver().await.refused == 0;
            let waiting = self.db.read(|tx| conversations::waiting_raw(tx, 1)).await.expect("read");
            (told && waiting.is_empty()).then_some(())
        })
        .await;
        write(&self.db, move |tx| {
            for id in &stranded {
                let passes = sql!("UPDATE message SET due_at = ?2 WHERE id = ?1 AND state = 'sending'");
                tx.execute(passes, params![id, tx.now()]).expect("the lease has run out");
            }
        })
        .await;
    }

    async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let started = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "still waiting for {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everybody writes; Meta brings it, doubled and in the wrong order.
    async fn all_write(&self, turn: usize) {
        self.clock.advance(Duration::from_secs(1));
        for phone in 0..PHONES {
            self.meta.writes(&number(phone), "Ana", &asked(turn));
        }
        self.meta.deliver().await;
    }

    /// Answer everybody whose question has come in, asking again until it is taken: the same key is the same answer.
    async fn all_are_answered(&self, turn: usize) {
        for (matter, phone) in self.matters().await {
            let body = json!({ "account": self.account, "address": phone, "text": answer(turn) });
            let ask = || {
                let call = self.http.post(format!("{}/v1/matters/{matter}/replies", self.base)).bearer_auth(&self.key).json(&body);
                call.header("Idempotency-Key", format!("{phone} {turn}")).send()
            };
            self.until("an answer to be taken", async || ask().await.ok().filter(|answer| answer.status() == 201)).await;
        }
    }

    /// Open matters with the telephone of each.
    async fn matters(&self) -> Vec<(MatterId, String)> {
        let account = self.account;
        let read = self.db.read(move |tx| {
            let open = conversations::queue(tx, View::Open, None, 200)?;
            let with_phone = |matter: conversations::Matter| {
                let ways = conversations::reply_options(tx, &[matter.profile])?;
                let way = ways.into_iter().find(|way| way.account.id == account).ok_or_else(|| Fault::data("no way back"))?;
                Ok((matter.id, way.address))
            };
            open.into_iter().map(with_phone).collect::<Result<Vec<_>, Fault>>()
        });
        read.await.expect("read")
    }

    async fn said(&self, matter: MatterId) -> Vec<Message> {
        self.db.read(move |tx| conversations::messages_of(tx, matter, 100)).await.expect("read")
    }

    async fn count(&self, direction: Direction) -> usize {
        let mut count = 0;
        for (matter, _) in self.matters().await {
            count += self.said(matter).await.iter().filter(|message| message.direction == direction).count();
        }
        count
    }
}

fn furnish(tx: &mut Tx<'_>, graph_base: &str) -> (AccountId, String) {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let stored = StoredSettings {
        settings: map(&[("phone_number_id", "1001"), ("graph_base", graph_base)]),
        secrets: map(&[("app_secret", "s3cret"), ("verify_token", "token"), ("access_token", "access")]),
    };
    let settings = Settings(serde_json::to_string(&stored).expect("json"));
    let (name, address) = ("WhatsApp".into(), "+34910000000".into());
    let cmd = SaveAccount { channel: Channel::Whatsapp, name, address, window_hours: Some(24), settings, active: true };
    let account = conversations::save_account(tx, &Actor::system(), cmd).expect("an account");
    let cmd = CreateApiKey { name: "agents".into(), permissions: Permission::ALL.to_vec() };
    (account, access::create_api_key(tx, &Actor::system(), cmd).expect("a key").secret.reveal().to_owned())
}

fn number(phone: usize) -> String {
    format!("+3460000000{phone}")
}
fn asked(turn: usize) -> String {
    format!("pregunta {turn}")
}
fn answer(turn: usize) -> String {
    format!("respuesta {turn}")
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_load_it_loses_doubles_and_reorders_no_message() {
    let scene = Scene::open().await;
    scene.meta.set_faults(Faults { duplicate: true, reorder: true, ..Faults::default() });
    for turn in 0..TURNS {
        let (asked_before, sent_before) = (turn * PHONES, scene.meta.sent().len());
        if KILLS.contains(&turn) {
            let underway = async || (scene.count(Direction::Inbound).await > asked_before).then_some(());
            tokio::join!(scene.all_write(turn), scene.is_killed(underway));
        } else {
            scene.all_write(turn).await;
        }
        scene
            .until("every question", async || {
                // What Hilo did not take, Meta brings again.
                scene.meta.deliver().await;
                (scene.count(Direction::Inbound).await == asked_before + PHONES).then_some(())
            })
            .await;
        if KILLS.contains(&turn) {
            let underway = async || (scene.meta.sent().len() > sent_before).then_some(());
            tokio::join!(scene.all_are_answered(turn), scene.is_killed(underway));
        } else {
            scene.all_are_answered(turn).await;
        }
    }
    let is_settled = |message: &Message| message.direction == Direction::Inbound || message.state == DeliveryState::Delivered;
    scene
        .until("every answer to arrive", async || {
            scene.meta.deliver().await;
            for (matter, _) in scene.matters().await {
                scene.said(matter).await.iter().all(is_settled).then_some(())?;
            }
            Some(())
        })
        .await;
    let matters = scene.matters().await;
    assert_eq!(matters.len(), PHONES, "one concern for each");
    let questions: Vec<_> = (0..TURNS).map(asked).collect();
    let answers: Vec<_> = (0..TURNS).map(answer).collect();
    for (matter, phone) in matters {
        let said = scene.said(matter).await;
        let by = |direction| {
            said.iter().filter(|message| message.direction == direction).map(|message| message.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(Direction::Inbound), questions, "{phone}");
        assert_eq!(by(Direction::Outbound), answers, "{phone}");
        let shown: Vec<_> = scene.meta.sent_to(&phone).iter().map(|sent| sent.words()).collect();
        assert_eq!(shown, answers, "each once and in order on the phone {phone}");
    }
}
