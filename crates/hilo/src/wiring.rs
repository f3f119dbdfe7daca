//! How the rooms are put together: their tables, timers and reactions, and the running site.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use axum::Router;
use channels::runtime::{Runtime, channel_account, webhooks};
use channels::{Carrier, MailTransport, email::ServerMail, http_client};
use conversations::Account;
use kernel::{Channel, Clock, Db, DbOptions, Fault, Migrations, Reaction, SystemClock, TimerHandler, Worker};
use std::path::Path;
use std::sync::Arc;
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
    channels::MIGRATIONS,
    api::MIGRATIONS,
];

/// Every room's timers.
pub fn timers() -> Vec<TimerHandler> {
    [ledger::TIMERS, customers::TIMERS, payments::TIMERS, conversations::TIMERS, flows::TIMERS].concat()
}

/// Every room's reactions.
pub fn reactions() -> Vec<Reaction> {
    [inventory::REACTIONS, pricing::REACTIONS].concat()
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

/// A file that is a Hilo database, by its own tables.
pub fn check_file(path: &Path) -> Result<()> {
    if !path.is_file() {
        bail!("there is no file {}", path.display());
    }
    let text = path.to_str().context("the path is not plain text")?;
    let db = Db::open(text, DbOptions::default()).map_err(say)?;
    let events = db.read(kernel::log::newest).wait();
    events.map(drop).map_err(|_| anyhow::anyhow!("{} is not a Hilo database", path.display()))
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
    hub: Hub,
    _worker: Worker,
    _tasks: tokio::task::JoinSet<()>,
}

impl Site {
    /// Put the site together and start what runs beside it. Needs a tokio runtime.
    pub async fn start(config: &Config, db: Db, setting: Setting) -> Result<Site> {
        let hub = Hub::new();
        let search = Arc::new(catalogue::search::SearchIndex::in_memory().map_err(say)?);
        let (index, source) = (search.clone(), db.clone());
        tokio::task::spawn_blocking(move || catalogue::search::rebuild(&index, &source)).await?.map_err(say)?;
        let worker = Worker::start(db.clone(), reactions(), timers()).map_err(say)?;
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(web::follow(db.clone(), hub.clone()));
        tasks.spawn(keep_search(db.clone(), search.clone()));
        tasks.spawn(keep_channels(db.clone(), hub.clone(), setting.simulators.clone()));
        let brand = Brand {
            name: config.brand.name.clone(),
            slogan: [config.brand.slogan_es.clone(), config.brand.slogan_en.clone()],
            currency: config.brand.currency.parse()?,
            zone: config.brand.zone.clone(),
            public_url: config.public_url.clone(),
        };
        let shell = Shell { brand: brand.name.as_str().into(), secret: secret(&config.data)?, secure: config.secure, clock: db.clock().clone() };
        let parts = AppParts {
            db: db.clone(),
            hub: hub.clone(),
            search: search.clone(),
            brand,
            pictures: setting.pictures,
            secure: config.secure,
            simulators: setting.simulators,
        };
        let health = db.clone();
        let healthz = axum::routing::get(move || healthz(health.clone()));
        let api = api::router(api::ApiState { db: db.clone(), search }).into_service::<axum::body::Body>();
        let router = Router::new()
            .route("/healthz", healthz)
            .merge(webhooks(db))
            // By its paths, not merged: the API and the faces each have their own "not found".
            .route_service("/v1/{*rest}", api.clone())
            .route_service("/v1", api)
            .merge(setting.beside)
            .merge(web::site(App::new(parts), shell));
        Ok(Site { router, hub, _worker: worker, _tasks: tasks })
    }

    /// Answer requests until the process is asked to stop.
    pub async fn listen(self, listener: tokio::net::TcpListener) -> Result<()> {
        let hub = self.hub.clone();
        let stop = async move {
            asked_to_stop().await;
            hub.close();
        };
        axum::serve(listener, self.router.clone()).with_graceful_shutdown(stop).await?;
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
    loop {
        let (index, source) = (search.clone(), db.clone());
        match tokio::task::spawn_blocking(move || catalogue::search::refresh(&index, &source)).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => tracing::error!(fault = fault.chain(), "the search index lags"),
            Err(_) => return,
        }
        // At most one commit of the index in a quarter of a second.
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        let look = std::time::Duration::from_secs(1);
        if let Ok(Err(_)) = tokio::time::timeout(look, signal.changed()).await {
            return;
        }
    }
}

/// Channels run with the accounts as they are; when one is saved, they start anew.
async fn keep_channels(db: Db, hub: Hub, simulators: Simulators) {
    loop {
        let Some(mut changes) = hub.subscribe(["room:channel"]) else { return };
        let accounts = db.read(conversations::accounts).await.unwrap_or_default();
        let mut carrier = Carrier::new(http_client()).with_push(Arc::new(|_, _, _| {}));
        let mut mailboxes: Vec<(Account, Arc<dyn MailTransport>)> = Vec::new();
        for account in accounts.into_iter().filter(|a| a.active && a.channel == Channel::Email) {
            match mail_transport(&account, &simulators) {
                Ok(transport) => {
                    carrier = carrier.with_mail(&account.id.to_string(), transport.clone());
                    mailboxes.push((account, transport));
                }
                Err(why) => tracing::warn!(account = account.name, why, "a mailbox is not connected"),
            }
        }
        let runtime = Runtime::start(db.clone(), carrier, mailboxes);
        let goes_on = changes.changed().await.is_some();
        drop(runtime);
        if !goes_on {
            return;
        }
    }
}

fn mail_transport(account: &Account, simulators: &Simulators) -> Result<Arc<dyn MailTransport>, String> {
    let view = channel_account(account).map_err(|fault| fault.chain())?;
    match (&simulators.mail, view.optional("smtp_url")) {
        (Some(memory), None) => Ok(memory.mailbox(&account.address)),
        _ => Ok(Arc::new(ServerMail::new(&view).map_err(|e| e.to_string())?)),
    }
}

/// Key of the request tokens, kept in the data folder.
fn secret(data: &Path) -> Result<[u8; 32]> {
    let path = data.join("secret.key");
    if let Ok(bytes) = std::fs::read(&path)
        && let Ok(key) = <[u8; 32]>::try_from(bytes)
    {
        return Ok(key);
    }
    let key: [u8; 32] = rand::random();
    std::fs::write(&path, key).with_context(|| format!("writing {}", path.display()))?;
    Ok(key)
}
