//! The far ends of the demo's channels, in this process: a mail account in memory, and the providers' sides of the rest.

use super::people;
use super::{Brand, Marker};
use anyhow::{Context, Result};
use axum::Router;
use channels::adapter;
use channels::runtime::{StoredSettings, channel_account};
use channels::simulators::{FarEnd, MemoryMail, PushSimulator, SIMULATED, Simulated, TwilioSimulator, WhatsappSimulator};
use conversations::{Account, SaveAccount, Settings};
use kernel::{Actor, Channel, Db};
use std::sync::Arc;
use std::time::Duration;
use web::Simulators;

/// Where Meta's side of WhatsApp is mounted.
const WHATSAPP: &str = "/simulators/whatsapp";
/// Where Twilio's side of the telephone, and of text messages, is mounted.
const TELEPHONE: &str = "/simulators/telephone";
const TEXTS: &str = "/simulators/texts";
/// Where the push service of the customers' browsers is mounted.
const PUSH: &str = "/simulators/push";
/// Where the machine answers first.
const MACHINE: [Channel; 4] = [Channel::Phone, Channel::Sms, Channel::Telegram, Channel::Messenger];
/// How often the simulator brings what it has.
const ROUND: Duration = Duration::from_millis(100);
/// How long it waits after it was turned away.
const PATIENCE: Duration = Duration::from_secs(2);

/// The far ends, ready to run.
pub struct FarEnds {
    /// For the pages that play the customer.
    pub simulators: Simulators,
    /// What they answer to, beside the site.
    pub router: Router,
}

impl FarEnds {
    /// Point the accounts at this process, which listens at `base`, and begin where the history ends. Blocks on the database.
    pub fn open(db: &Db, base: &str, marker: &Marker) -> Result<Self> {
        let accounts = db.read(conversations::accounts).wait()?;
        let found = accounts.into_iter().find(|account| account.channel == Channel::Whatsapp);
        let account = found.context("the demo has no WhatsApp account")?;
        let graph = format!("{base}{WHATSAPP}");
        let account = point_at(db, account, "graph_base", &graph)?;
        let webhook = format!("{base}/channels/{}", account.id);
        let whatsapp = WhatsappSimulator::new(&channel_account(&account)?, webhook, db.clock().clone())?;
        remember(db, &account, &whatsapp, marker)?;
        let mut router = Router::new().nest(WHATSAPP, whatsapp.router());
        let telephone = twilio(db, Channel::Phone, (base, TELEPHONE, "calls"))?;
        let texts = twilio(db, Channel::Sms, (base, TEXTS, "channels"))?;
        router = router.nest(TELEPHONE, telephone.router()).nest(TEXTS, texts.router());
        let push = notices(db, base)?;
        router = router.nest(PUSH, push.router());
        let mail = Arc::new(MemoryMail::beginning(db.clock().now()));
        let mut far_ends: Vec<Arc<dyn FarEnd>> = vec![Arc::new(whatsapp), Arc::new(texts)];
        for kind in SIMULATED {
            let path = format!("/simulators/{}", kind.kind);
            let account = point_at(db, ensure(db, kind)?, kind.base, &format!("{base}{path}"))?;
            let webhook = format!("{base}/channels/{}", account.id);
            let far_end = (kind.begin)(&channel_account(&account)?, webhook, db.clock().clone())?;
            router = router.nest(&path, far_end.router());
            far_ends.push(far_end);
        }
        for account in db.read(conversations::accounts).wait()?.into_iter().filter(|account| MACHINE.contains(&account.channel)) {
            let on = move |tx: &mut kernel::Tx<'_>| self_service::set_answers_first(tx, &Actor::system(), account.id, true);
            db.write("demo.self_service", on).wait()?;
        }
        Ok(FarEnds { simulators: Simulators { telephone: Some(telephone), mail: Some(mail), push: Some(push), far_ends }, router })
    }

    /// Bring the simulators' webhooks, as long as it is polled. One that is turned away holds up no other.
    pub async fn deliver(simulators: Simulators) {
        let rounds = simulators.far_ends.into_iter().map(|far_end| async move {
            loop {
                let round = far_end.deliver().await;
                tokio::time::sleep(if round.refused > 0 { PATIENCE } else { ROUND }).await;
            }
        });
        futures::future::join_all(rounds).await;
    }
}

/// Twilio's side of the demo's telephone, or of its text messages.
fn twilio(db: &Db, channel: Channel, (base, path, door): (&str, &str, &str)) -> Result<TwilioSimulator> {
    let setting = ("api_base", format!("{base}{path}"));
    let word = |tx: &mut kernel::Tx<'_>| Some(format!("{:016x}{:016x}", tx.random_u64(), tx.random_u64()));
    let account = own(db, (channel, Brand::read()?.about.contact.phone), setting, (&["account_sid", "auth_token"], word))?;
    Ok(TwilioSimulator::new(&channel_account(&account)?, format!("{base}/{door}/{}", account.id), db.clock().clone())?)
}

/// The push service behind the browsers of those who rehearse.
fn notices(db: &Db, base: &str) -> Result<PushSimulator> {
    // It is in this process, which is no public place.
    let place = base.split("://").nth(1).unwrap_or_default().to_owned();
    let key = |tx: &mut kernel::Tx<'_>| channels::push::new_key(&tx.random_bytes());
    let address = (Channel::Push, Brand::read()?.about.contact.email);
    let account = own(db, address, ("media_allowed", place), (&["vapid_private_key"], key))?;
    Ok(PushSimulator::new(&channel_account(&account)?, format!("{base}{PUSH}"), db.clock().clone())?)
}

/// How a secret is drawn; `None` when chance drew what is none.
type Draw = fn(&mut kernel::Tx<'_>) -> Option<String>;

/// The demo's account of a channel with this setting; it and its secrets are made on the first start, as the history has neither.
fn own(
    db: &Db,
    (channel, address): (Channel, String),
    (setting, value): (&'static str, String),
    (secrets, draw): (&'static [&'static str], Draw),
) -> Result<Account> {
    let found = db.read(conversations::accounts).wait()?.into_iter().find(|account| account.channel == channel);
    let name = Brand::read()?.about.name;
    let save = move |tx: &mut kernel::Tx<'_>| {
        let known = found.as_ref().map_or("", |account| account.settings.0.as_str());
        let mut stored: StoredSettings = serde_json::from_str(known).unwrap_or_default();
        stored.settings.insert(setting.into(), value.clone());
        for secret in secrets.iter().filter(|secret| !stored.secrets.contains_key(**secret)).collect::<Vec<_>>() {
            let fresh = draw(tx).ok_or_else(|| kernel::Fault::data("a key that is none was drawn"))?;
            stored.secrets.insert((*secret).to_owned(), fresh);
        }
        let settings = Settings(serde_json::to_string(&stored).map_err(|error| kernel::Fault::data(error.to_string()))?);
        let cmd = SaveAccount { channel, name: name.clone(), address: address.clone(), window_hours: None, settings, active: true };
        conversations::save_account(tx, &Actor::system(), cmd)
    };
    let id = db.write("demo.account", save).wait()?;
    db.read(move |tx| conversations::account(tx, id)).wait()?.context("an account of the demo vanished")
}

/// The account of a kind, made on the first start: the history does not need it, whoever rehearses does.
fn ensure(db: &Db, kind: &'static Simulated) -> Result<Account> {
    let known = db.read(conversations::accounts).wait()?.into_iter().find(|account| account.channel == kind.kind);
    if let Some(account) = known {
        return Ok(account);
    }
    let save = move |tx: &mut kernel::Tx<'_>| {
        let mut stored = StoredSettings::default();
        for name in kind.secrets {
            stored.secrets.insert((*name).to_owned(), format!("{:016x}{:016x}", tx.random_u64(), tx.random_u64()));
        }
        let settings = serde_json::to_string(&stored).map_err(|error| kernel::Fault::data(error.to_string()))?;
        let window_hours = adapter(kind.kind).and_then(|adapter| adapter.capabilities().reply_window_hours);
        let mut name = kind.kind.as_str().to_owned();
        name[..1].make_ascii_uppercase();
        let cmd =
            SaveAccount { channel: kind.kind, name, address: "@hebra".into(), window_hours, settings: Settings(settings), active: true };
        conversations::save_account(tx, &Actor::system(), cmd)
    };
    let id = db.write("demo.channel", save).wait()?;
    db.read(move |tx| conversations::account(tx, id)).wait()?.context("the account vanished")
}

/// The account with its provider's address; saved only when it differs, as saving starts the channels anew.
fn point_at(db: &Db, account: Account, setting: &str, base: &str) -> Result<Account> {
    let mut stored: StoredSettings = serde_json::from_str(&account.settings.0).context("the settings of a channel account")?;
    if stored.settings.get(setting).is_some_and(|known| known == base) {
        return Ok(account);
    }
    stored.settings.insert(setting.to_owned(), base.to_owned());
    // Its files are in this process too, which is no public place.
    let place = base.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    stored.settings.insert("media_allowed".to_owned(), place.to_owned());
    let settings = Settings(serde_json::to_string(&stored)?);
    let Account { channel, name, address, window_hours, active, id, .. } = account;
    let cmd = SaveAccount { channel, name, address, window_hours, settings, active };
    db.write("demo.point_at", move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone())).wait()?;
    db.read(move |tx| conversations::account(tx, id)).wait()?.context("the account vanished")
}

/// Tell the simulator who wrote when, so that its reply windows are as open as ours.
fn remember(db: &Db, account: &Account, whatsapp: &WhatsappSimulator, marker: &Marker) -> Result<()> {
    let phones: Vec<(String, String)> = people::draw(&Brand::read()?.people, marker.seed, marker.customers)
        .into_iter()
        .filter_map(|person| Some((person.phone.clone()?, person.name())))
        .collect();
    let id = account.id;
    let wrote = db
        .read(move |tx| {
            let last = |(phone, name): &(String, String)| {
                let point = conversations::contact_point(tx, id, phone)?;
                Ok::<_, kernel::Fault>(point.and_then(|p| p.last_inbound_at).map(|at| (phone.clone(), name.clone(), at)))
            };
            phones.iter().map(last).collect::<Result<Vec<_>, _>>()
        })
        .wait()?;
    for (phone, name, at) in wrote.into_iter().flatten() {
        whatsapp.wrote_before(&phone, &name, at);
    }
    Ok(())
}
