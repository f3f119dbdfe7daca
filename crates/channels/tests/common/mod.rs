//! What the tests of the whole way share: a served router, a connected account, Twilio's side of it, an agent's answer.

#![allow(dead_code, reason = "each test file uses its part")]

use channels::runtime::{StoredSettings, channel_account, send_due, shared_files};
use channels::simulators::TwilioSimulator;
use channels::{Carrier, adapter, http_client};
use conversations::{Account, AccountId, ConversationError, FileRef, Message, MessageId, Reply, SaveAccount, Settings};
use kernel::{Actor, Channel, Db, Role, StaffId};
use tokio::net::TcpListener;

/// A port of this machine, and the address that it is served at.
pub async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, base)
}

/// Serve a site; gives its address.
pub async fn serve(router: axum::Router) -> String {
    let (listener, base) = listen().await;
    tokio::spawn(async move { axum::serve(listener, router).await });
    base
}

/// Connect an account; or change it, when that address is connected.
pub async fn connect(db: &Db, channel: Channel, address: &str, settings: &[(&str, &str)], secrets: &[(&str, &str)]) -> Account {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let stored = serde_json::to_string(&StoredSettings { settings: map(settings), secrets: map(secrets) }).expect("json");
    let window_hours = adapter(channel).and_then(|adapter| adapter.capabilities().reply_window_hours);
    let cmd =
        SaveAccount { channel, name: "Almadeja".into(), address: address.into(), window_hours, settings: Settings(stored), active: true };
    let id = db.write("connect", move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone())).await.expect("connected");
    account(db, id).await
}

async fn account(db: &Db, id: AccountId) -> Account {
    db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there")
}

/// A number at Twilio with its far end, both served at one address together with `site`, our side of it.
pub async fn twilio(
    db: &Db,
    (channel, number): (Channel, &str),
    (path, site): (&str, fn(Db, &str) -> axum::Router),
) -> (Account, TwilioSimulator, Carrier) {
    let (listener, base) = listen().await;
    let secrets = [("account_sid", "AC1"), ("auth_token", "s3cret")];
    let account = connect(db, channel, number, &[("api_base", &format!("{base}/twilio")), ("mms", "yes")], &secrets).await;
    let view = channel_account(&account).expect("understood");
    let twilio = TwilioSimulator::new(&view, format!("{base}/{path}/{}", account.id), db.clock().clone()).expect("configured");
    let whole = site(db.clone(), &base).merge(shared_files(db.clone())).nest("/twilio", twilio.router());
    tokio::spawn(async move { axum::serve(listener, whole).await });
    (account, twilio, Carrier::new(http_client()).with_public_url(&base))
}

/// Somebody who answers.
pub fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent])
}

/// The agent answers, and what waits is sent.
pub async fn answer(db: &Db, carrier: &Carrier, cmd: Reply) -> Result<MessageId, ConversationError> {
    let id = db.write("reply", move |tx| conversations::reply(tx, &agent(), &cmd)).await?;
    send_due(db, carrier).await.expect("sent");
    Ok(id)
}

/// A file that the agent has chosen.
pub async fn chosen(db: &Db, name: &str, bytes: &[u8]) -> FileRef {
    let file = channels::read_file(name, bytes.to_vec()).expect("a file");
    let keep = move |tx: &mut kernel::Tx<'_>| conversations::keep_upload(tx, &agent().to_string(), &file);
    FileRef::Upload(db.write("keep", keep).await.expect("kept"))
}

/// A message as it stands.
pub async fn message(db: &Db, id: MessageId) -> Message {
    db.read(move |tx| conversations::messages(tx, &[id])).await.expect("read").pop().expect("there")
}
