//! How the rooms are put together: their tables, timers and reactions, and the running site.

use crate::config::Config;
use crate::parity;
use anyhow::{Context, Result, bail};
use axum::Router;
use channels::runtime::{Runtime, channel_account, shared_files, voice, webhooks};
use channels::{Carrier, MailTransport, email::ServerMail, http_client};
use conversations::Account;
use kernel::{Channel, Clock, Db, DbOptions, Fault, Migrations, Reaction, SystemClock, TimerHandler, Worker};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;
use web::{App, AppParts, Brand, Hub, Pictures, Shell, Simulators};

/// Every room's tables, in the order of dependency.
pub const ROOMS: &[Migrations] = &[
    ledger::MIGRATIONS,
    access::MIGRATIONS,
    customers::MIGRATIONS,
    catalogue::MIGRATIONS,
    pricing::MIGRATIONS,
    inventory::MIGRATIONS,
    payments::MIGRATIONS,
    orders::MIGRATIONS,
    conversations::MIGRATIONS,
    self_service::MIGRATIONS,
    channels::MIGRATIONS,
    api::MIGRATIONS,
];

/// Every room's timers.
pub fn timers() -> Vec<TimerHandler> {
    [ledger::TIMERS, customers::TIMERS, catalogue::TIMERS, payments::TIMERS, conversations::TIMERS, self_service::TIMERS, flows::TIMERS]
        .concat()
}

/// Every room's reactions.
pub fn reactions() -> Vec<Reaction> {
    [
        customers::resolution::REACTIONS,
        customers::REACTIONS,
        inventory::REACTIONS,
        pricing::REACTIONS,
        conversations::REACTIONS,
        self_service::REACTIONS,
        flows::REACTIONS,
    ]
    .concat()
}

/// Open the configured database and bring its tables up to date.
pub fn open(config: &Config) -> Result<Db> {
    open_with(config, Arc::new(SystemClock))
}

/// As [`open`], with a clock of one's own.
pub fn open_with(config: &Config, clock: Arc<dyn Clock>) -> Result<Db> {
    let db = Db::open(&config.database, DbOptions { clock, ..DbOptions::default() }).map_err(say)?;
    db.migrate(ROOMS).map_err(say)?;
    Ok(db)
}

/// Open the configured database as it is, without changing its tables.
pub fn open_as_it_is(config: &Config) -> Result<Db> {
    let is_file = !config.database.contains("://") && !config.database.contains("host=");
    if is_file && !Path::new(&config.database).is_file() {
        bail!("there is no database {}; say where it is with --data", config.database);
    }
    Db::open(&config.database, DbOptions::default()).map_err(say)
}

/// A file that is a whole Hilo database, by its own tables. Reads only.
pub fn check_file(path: &Path) -> Result<()> {
    if !path.is_file() {
        bail!("there is no file {}", path.display());
    }
    let strange = || format!("{} is not a Hilo database", path.display());
    let file = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).with_context(strange)?;
    file.query_row("SELECT COUNT(*) FROM (SELECT seq FROM event_log LIMIT 1)", [], |_| Ok(())).with_context(strange)?;
    let state: String = file.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).with_context(strange)?;
    if state != "ok" {
        bail!("{} is damaged: {state}", path.display());
    }
    Ok(())
}

/// Copy a database file that passed [`check_file`], with what its journal still holds, so that only its owner reads the copy.
pub fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let source = rusqlite::Connection::open_with_flags(from, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    source.backup("main", to, None::<fn(rusqlite::backup::Progress)>)?;
    #[cfg(unix)]
    std::fs::set_permissions(to, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// A fault with all its causes, for the person at the command line.
pub fn say(fault: Fault) -> anyhow::Error {
    anyhow::anyhow!(fault.chain())
}

/// What differs between a live brand and a rehearsal.
pub struct Setting {
    /// Pictures by reference.
    pub pictures: Arc<dyn Pictures>,
    /// Far ends in this process.
    pub simulators: Simulators,
    /// More routes, outside the shell (the simulators' own).
    pub beside: Router,
}

/// A running site. Dropping it stops everything but the listener.
pub struct Site {
    /// Everything that answers HTTP.
    pub router: Router,
    /// What its watch over the channels found.
    pub parity: Arc<web::parity::ParityBoard>,
    hub: Hub,
    _worker: Worker,
    _tasks: tokio::task::JoinSet<()>,
    channels: tokio::task::JoinSet<()>,
}

/// How long a stop waits for requests, and then for messages, that are underway.
const PATIENCE: Duration = Duration::from_secs(8);

impl Site {
    /// Put the site together and start what runs beside it. Needs a tokio runtime.
    pub async fn start(config: &Config, db: Db, setting: Setting) -> Result<Site> {
        let hub = Hub::new();
        let zone = config.brand.zone.clone();
        db.write("customers.begin_contact_rule", move |tx| customers::begin_contact_rule(tx, &zone)).await.map_err(say)?;
        let address = config.public_url.clone();
        db.write("conversations.save_site", move |tx| conversations::save_site(tx, &address)).await.map_err(say)?;
        let search = Arc::new(catalogue::search::SearchIndex::in_memory().map_err(say)?.with_shelves(Arc::new(inventory::StockShelves)));
        let (index, source) = (search.clone(), db.clone());
        tokio::task::spawn_blocking(move || catalogue::search::rebuild(&index, &source)).await?.map_err(say)?;
        let worker = Worker::start(db.clone(), reactions(), timers()).map_err(say)?;
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(web::follow(db.clone(), hub.clone()));
        tasks.spawn(gateways::runtime::follow(db.clone(), Carrier::new(http_client())));
        tasks.spawn(keep_search(db.clone(), search.clone()));
        tasks.spawn(crate::learning::keep(db.clone()));
        let mut channels = tokio::task::JoinSet::new();
        channels.spawn(keep_channels(db.clone(), hub.clone(), setting.simulators.clone(), config.public_url.clone()));
        let brand = Brand {
            name: config.brand.name.clone(),
            slogan: [config.brand.slogan_es.clone(), config.brand.slogan_en.clone()],
            currency: config.brand.currency.parse()?,
            zone: config.brand.zone.clone(),
            public_url: config.public_url.clone(),
        };
        let shell =
            Shell { brand: brand.name.as_str().into(), secret: secret(&config.data)?, secure: config.secure, clock: db.clock().clone() };
        let parts = AppParts {
            db: db.clone(),
            hub: hub.clone(),
            search: search.clone(),
            brand,
            pictures: setting.pictures,
            carrier: Carrier::new(http_client()),
            secure: config.secure,
            simulators: setting.simulators,
        };
        let health = db.clone();
        let healthz = axum::routing::get(move || healthz(health.clone()));
        let api = api::router(api::ApiState { db: db.clone(), search, public_url: config.public_url.as_str().into() });
        let app = App::new(parts);
        let (board, currency) = (app.parity().clone(), app.brand.currency);
        let faces = web::site(app, shell);
        // Chosen by the path, not merged: the API and the faces each have their own "not found". Not by a wildcard route either:
        // what it matches would count among the parameters of the API's own routes.
        let inside = move |request: axum::extract::Request| {
            let path = request.uri().path();
            let chosen = if path == "/v1" || path.starts_with("/v1/") { api.clone() } else { faces.clone() };
            chosen.oneshot(request)
        };
        let router = Router::new()
            .route("/healthz", healthz)
            .merge(crate::gateway::events(db.clone()))
            .merge(gateways::runtime::notices(db.clone()))
            .merge(voice(db.clone(), &config.public_url))
            .merge(shared_files(db.clone()))
            .merge(webhooks(db.clone(), &config.public_url))
            .merge(setting.beside)
            .fallback(inside);
        let doors = parity::Doors::new(db.clone(), router.clone(), currency, config.public_url.clone());
        tasks.spawn(parity::keep(parity::Watch::new(db, doors, board.clone())));
        Ok(Site { router, parity: board, hub, _worker: worker, _tasks: tasks, channels })
    }

    /// Answer requests until the process is asked to stop; then end the live pages, and finish what is underway.
    pub async fn listen(self, listener: tokio::net::TcpListener) -> Result<()> {
        self.listen_until(listener, asked_to_stop()).await
    }

    /// As [`Site::listen`], until `asked` is there.
    pub async fn listen_until(mut self, listener: tokio::net::TcpListener, asked: impl Future<Output = ()> + Send + 'static) -> Result<()> {
        let hub = self.hub.clone();
        let (stopping, stops) = tokio::sync::oneshot::channel::<()>();
        let stop = async move {
            asked.await;
            hub.close();
            // Nobody hears it when the server has ended by itself.
            let _ = stopping.send(());
        };
        let patience = async move {
            match stops.await {
                Ok(()) => tokio::time::sleep(PATIENCE).await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            served = axum::serve(listener, self.router.clone()).with_graceful_shutdown(stop) => served?,
            () = patience => tracing::warn!("some requests took too long and were cut off"),
        }
        // The hub is closed, so the channels end as soon as what they send has arrived.
        if tokio::time::timeout(PATIENCE, self.channels.join_next()).await.is_err() {
            tracing::warn!("messages were on their way at the end; they are sent again after the next start");
        }
        Ok(())
    }
}

/// 200 once the database answers.
async fn healthz(db: Db) -> Result<&'static str, axum::http::StatusCode> {
    db.read(kernel::log::newest).await.map(|_| "ok\n").map_err(|_| axum::http::StatusCode::SERVICE_UNAVAILABLE)
}

async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

/// The search index follows the log; on the index's own threads, never on the async ones.
async fn keep_search(db: Db, search: Arc<catalogue::search::SearchIndex>) {
    let mut signal = db.log_signal();
    let mut counted = Instant::now();
    loop {
        if counted.elapsed() > Duration::from_secs(60) {
            counted = Instant::now();
            save_searches(&db, &search).await;
        }
        let (index, source) = (search.clone(), db.clone());
        match tokio::task::spawn_blocking(move || catalogue::search::refresh(&index, &source)).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => tracing::error!(fault = fault.chain(), "the search index lags"),
            Err(_) => return,
        }
        // At most one commit of the index in a quarter of a second.
        tokio::time::sleep(Duration::from_millis(250)).await;
        let look = Duration::from_secs(1);
        if let Ok(Err(_)) = tokio::time::timeout(look, signal.changed()).await {
            return;
        }
    }
}

/// Write down what was searched for since the last time.
async fn save_searches(db: &Db, search: &catalogue::search::SearchIndex) {
    let searched = search.take_searched();
    if searched.is_empty() {
        return;
    }
    let saved = db.write("catalogue.save_searches", move |tx| catalogue::search_words::save_searches(tx, &searched)).await;
    if let Err(fault) = saved {
        tracing::warn!(fault = fault.chain(), "what was searched for in the last minute is not counted");
    }
}

/// Channels run with the accounts as they are; when one is saved, they start anew.
async fn keep_channels(db: Db, hub: Hub, simulators: Simulators, public_url: String) {
    // One subscription for good: a node that is full of pages later still hears of its channels.
    let Some(mut changes) = hub.subscribe(["room:channel"]) else { return };
    let mut accounts = accounts_of(&db).await;
    loop {
        let mut carrier = Carrier::new(http_client()).with_push(Arc::new(|_, _, _| {})).with_public_url(&public_url);
        let mut mailboxes: Vec<(Account, Arc<dyn MailTransport>)> = Vec::new();
        for account in accounts.clone().into_iter().filter(|a| a.active && a.channel == Channel::Email) {
            match mail_transport(&account, &simulators) {
                Ok(transport) => {
                    carrier = carrier.with_mail(&account.id.to_string(), transport.clone());
                    mailboxes.push((account, transport));
                }
                Err(why) => tracing::warn!(account = account.name, why, "a mailbox is not connected"),
            }
        }
        let runtime = Runtime::start(db.clone(), carrier, mailboxes);
        // The room also speaks of events that it could not read; those change no account.
        let changed = loop {
            if changes.changed().await.is_none() {
                break None;
            }
            let now = accounts_of(&db).await;
            if now != accounts {
                break Some(now);
            }
        };
        runtime.stop().await;
        let Some(changed) = changed else { return };
        accounts = changed;
    }
}

async fn accounts_of(db: &Db) -> Vec<Account> {
    loop {
        match db.read(conversations::accounts).await {
            Ok(accounts) => return accounts,
            Err(fault) => tracing::error!(fault = fault.chain(), "the channel accounts cannot be read; trying again"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

fn mail_transport(account: &Account, simulators: &Simulators) -> Result<Arc<dyn MailTransport>, String> {
    let view = channel_account(account).map_err(|fault| fault.chain())?;
    match (&simulators.mail, view.optional("smtp_url")) {
        (Some(memory), None) => Ok(memory.mailbox(&account.address)),
        _ => Ok(Arc::new(ServerMail::new(&view).map_err(|e| e.to_string())?)),
    }
}

/// Key of the request tokens, kept in the data folder, where only its owner reads it.
fn secret(data: &Path) -> Result<[u8; 32]> {
    use std::io::Write;
    let path = data.join("secret.key");
    let key: [u8; 32] = rand::random();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Ok(mut file) => {
            file.write_all(&key).and_then(|()| file.sync_all()).map(|()| key).with_context(|| format!("writing {}", path.display()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let kept = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            kept.try_into().map_err(|_| anyhow::anyhow!("{} does not hold 32 bytes; remove it, and a new one is made", path.display()))
        }
        Err(error) => Err(error).with_context(|| format!("writing {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = secret(folder.path()).expect("made");
        assert_eq!(secret(folder.path()).expect("kept"), key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("secret.key")).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(folder.path().join("secret.key"), b"short").expect("written");
        assert!(secret(folder.path()).is_err_and(|e| e.to_string().contains("remove it")), "never replaced in silence");
    }
}
