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
        let about = Brand::read()?.about;
        let whatsapp = First { channel: Channel::Whatsapp, name: about.name, address: about.contact.whatsapp, secrets: (&[], word) };
        let account = pointed(db, whatsapp, vec![("graph_base", format!("{base}{WHATSAPP}")), ("media_allowed", place(base))])?;
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
            let account = simulated(db, kind, &format!("{base}{path}"))?;
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
    let about = Brand::read()?.about;
    let secrets: (&[&str], Draw) = (&["account_sid", "auth_token"], word);
    let first = First { channel, name: about.name, address: about.contact.phone, secrets };
    let account = pointed(db, first, vec![("api_base", format!("{base}{path}"))])?;
    Ok(TwilioSimulator::new(&channel_account(&account)?, format!("{base}/{door}/{}", account.id), db.clock().clone())?)
}

/// The push service behind the browsers of those who rehearse.
fn notices(db: &Db, base: &str) -> Result<PushSimulator> {
    let about = Brand::read()?.about;
    let key: Draw = |tx| channels::push::new_key(&tx.random_bytes());
    let first = First { channel: Channel::Push, name: about.name, address: about.contact.email, secrets: (&["vapid_private_key"], key) };
    let account = pointed(db, first, vec![("media_allowed", place(base))])?;
    Ok(PushSimulator::new(&channel_account(&account)?, format!("{base}{PUSH}"), db.clock().clone())?)
}

/// The account of a channel whose far end is at `base`, where its files are too.
fn simulated(db: &Db, kind: &Simulated, base: &str) -> Result<Account> {
    let mut name = kind.kind.as_str().to_owned();
    name[..1].make_ascii_uppercase();
    let first = First { channel: kind.kind, name, address: "@hebra".into(), secrets: (kind.secrets, word) };
    pointed(db, first, vec![(kind.base, base.to_owned()), ("media_allowed", place(base))])
}

/// How a secret is drawn; `None` when chance drew what is none.
type Draw = fn(&mut kernel::Tx<'_>) -> Option<String>;

fn word(tx: &mut kernel::Tx<'_>) -> Option<String> {
    Some(format!("{:016x}{:016x}", tx.random_u64(), tx.random_u64()))
}

/// Host and port of an address in this process, which is no public place and must be allowed by name.
fn place(base: &str) -> String {
    base.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned()
}

/// What an account of the demo is on the first start, where the history has none.
struct First {
    channel: Channel,
    name: String,
    address: String,
    secrets: (&'static [&'static str], Draw),
}

/// The demo's account of a channel with these settings and its secrets. It is saved only when something differs, as saving starts the
/// channels anew.
fn pointed(db: &Db, first: First, settings: Vec<(&'static str, String)>) -> Result<Account> {
    let channel = first.channel;
    let known = db.read(conversations::accounts).wait()?.into_iter().find(|account| account.channel == channel);
    let (names, draw) = first.secrets;
    let mut stored = known.as_ref().map_or(Ok(StoredSettings::default()), |account| serde_json::from_str(&account.settings.0))?;
    let missing: Vec<&str> = names.iter().filter(|name| !stored.secrets.contains_key(**name)).copied().collect();
    let differs = settings.iter().any(|(name, value)| stored.settings.get(*name) != Some(value));
    if let (Some(account), true, false) = (&known, missing.is_empty(), differs) {
        return Ok(account.clone());
    }
    stored.settings.extend(settings.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let window_hours = adapter(channel).and_then(|adapter| adapter.capabilities().reply_window_hours);
    let (name, address, window_hours, active) = known.map_or((first.name, first.address, window_hours, true), |account| {
        (account.name, account.address, account.window_hours, account.active)
    });
    let save = move |tx: &mut kernel::Tx<'_>| {
        let mut stored = stored.clone();
        for name in &missing {
            let fresh = draw(tx).ok_or_else(|| kernel::Fault::data("a key that is none was drawn"))?;
            stored.secrets.insert((*name).to_owned(), fresh);
        }
        let settings = Settings(serde_json::to_string(&stored).map_err(|error| kernel::Fault::data(error.to_string()))?);
        let cmd = SaveAccount { channel, name: name.clone(), address: address.clone(), window_hours, settings, active };
        conversations::save_account(tx, &Actor::system(), cmd)
    };
    let id = db.write("demo.account", save).wait()?;
    db.read(move |tx| conversations::account(tx, id)).wait()?.context("an account of the demo vanished")
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
