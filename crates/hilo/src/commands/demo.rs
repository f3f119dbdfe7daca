//! `hilo demo`: a living brand in seconds, and the site that shows it.

use crate::config::Config;
use crate::demo::{self, Brand, DemoPictures, FarEnds, Marker, Plan, Progress};
use crate::wiring::{self, Setting, Site};
use anyhow::{Context, Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Clock, Db, DbOptions, SystemClock, VirtualClock};
use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Customers and days of an ordinary demo.
const CUSTOMERS: usize = 200;
const DAYS: i64 = 30;

/// The demo.
#[derive(Args)]
pub struct Demo {
    /// What the demo is drawn from: the same number gives the same people, orders and conversations.
    #[arg(long, default_value_t = 7, value_name = "NUMBER")]
    seed: u64,
    /// Throw away the demo that is there and make a new one.
    #[arg(long)]
    fresh: bool,
    /// So many strangers wait at the desk beside the rest: to see how a long queue feels. Counts when the demo is made.
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    crowd: usize,
}

impl Demo {
    /// Make the world unless it is there, then show it until asked to stop.
    pub fn run(self, mut config: Config) -> Result<()> {
        let brand = Brand::read()?;
        dress(&mut config, &brand);
        if config.listen.port() != 0 {
            // Better now than after the work.
            drop(TcpListener::bind(config.listen).with_context(|| format!("listening on {}", config.listen))?);
        }
        let started = Instant::now();
        let (marker, is_new) = self.world(&config)?;
        let db = wiring::open(&config)?;
        let made_in = is_new.then(|| started.elapsed());
        serve(config, db, &brand, &marker, made_in)
    }

    /// The world that is there, or a new one; true when it is new.
    fn world(&self, config: &Config) -> Result<(Marker, bool)> {
        let known = Marker::read(&config.data).filter(|marker| marker.database == config.database);
        match known {
            Some(marker) if self.fresh || marker.administrator.is_empty() => throw_away(config, &marker)?,
            Some(marker) if is_server(config) || std::path::Path::new(&config.database).exists() => {
                let db = wiring::open(config)?;
                if !marker.is_of(&db)? {
                    bail!(
                        "{} is not the database that the demo made; remove demo.toml from {} if it is yours, and give the demo another --data",
                        config.database,
                        config.data.display()
                    );
                }
                if marker.seed != self.seed {
                    println!("A demo of seed {} is there and is shown; --fresh makes one of seed {}.", marker.seed, self.seed);
                }
                return Ok((marker, false));
            }
            _ => {}
        }
        Ok((self.make(config)?, true))
    }

    fn make(&self, config: &Config) -> Result<Marker> {
        let clock = VirtualClock::starting(SystemClock.now());
        let options = DbOptions {
            clock: Arc::new(clock.clone()),
            seed: Some(self.seed),
            // Should the machine stop meanwhile, the world is made anew.
            durable: false,
            slow: Duration::from_secs(20),
            ..DbOptions::default()
        };
        let db = Db::open(&config.database, options).map_err(wiring::say)?;
        db.migrate(wiring::ROOMS).map_err(wiring::say)?;
        if !is_empty(&db)? {
            bail!(
                "{} holds a brand that the demo did not make, and the demo's passwords are public: give it another --data or --database",
                config.database
            );
        }
        let mut marker = Marker {
            seed: self.seed,
            customers: CUSTOMERS,
            version: demo::VERSION,
            database: config.database.clone(),
            administrator: String::new(),
        };
        marker.write(&config.data)?;
        let plan = Plan { seed: self.seed, customers: CUSTOMERS, days: DAYS, end: SystemClock.now(), faults: true, crowd: self.crowd };
        let progress = Shown::new();
        let made = demo::make(&db, &clock, (wiring::reactions(), wiring::timers()), plan, &progress).context("making the demo")?;
        drop(progress);
        for what in &made.skipped {
            tracing::debug!(what, "passed over");
        }
        marker.administrator = made.administrator.to_string();
        marker.write(&config.data)?;
        Ok(marker)
    }
}

/// The brand's name and calendar, whatever the configuration says.
fn dress(config: &mut Config, brand: &Brand) {
    let about = &brand.about;
    config.brand.name.clone_from(&about.name);
    config.brand.slogan_es.clone_from(&about.slogan.es);
    config.brand.slogan_en.clone_from(&about.slogan.en);
    config.brand.currency.clone_from(&about.currency);
    config.brand.zone.clone_from(&about.time_zone);
}

fn is_server(config: &Config) -> bool {
    config.database.contains("://") || config.database.contains("host=")
}

/// Nobody works there, nothing is sold there.
fn is_empty(db: &Db) -> Result<bool> {
    let empty = db.read(|tx| {
        let nobody = access::staff_list(tx, None, 1)?.is_empty();
        Ok::<_, kernel::Fault>(nobody && catalogue::products_after(tx, catalogue::ProductId::nil(), 1)?.is_empty())
    });
    empty.wait().map_err(wiring::say)
}

/// Only what the marker says is ours is removed.
fn throw_away(config: &Config, marker: &Marker) -> Result<()> {
    if is_server(config) {
        bail!(
            "there is a demo in that PostgreSQL database{}; drop its schema (DROP SCHEMA .. CASCADE), remove demo.toml from {}, and start again",
            if marker.administrator.is_empty() { ", half made" } else { "" },
            config.data.display()
        );
    }
    if !marker.administrator.is_empty() && std::path::Path::new(&config.database).exists() && !marker.is_of(&wiring::open(config)?)? {
        bail!("{} is not the database that the demo made, so --fresh does not touch it", config.database);
    }
    for end in ["", "-wal", "-shm"] {
        let file = std::path::PathBuf::from(format!("{}{end}", config.database));
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
        }
    }
    Marker::remove(&config.data)
}

fn serve(mut config: Config, db: Db, brand: &Brand, marker: &Marker, made_in: Option<Duration>) -> Result<()> {
    let listener = TcpListener::bind(config.listen).with_context(|| format!("listening on {}", config.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    if config.listen.port() == 0 {
        config.public_url = format!("http://{address}");
    }
    let far = FarEnds::open(&db, &format!("http://{}", own(address)), marker)?;
    let simulators = far.simulators.clone();
    let setting = Setting { pictures: Arc::new(DemoPictures::new()?), simulators: far.simulators, beside: far.router };
    let greeting = greeting(&config, brand, made_in);
    tokio::runtime::Runtime::new()?.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let site = Site::start(&config, db, setting).await?;
        let mut beside = tokio::task::JoinSet::new();
        beside.spawn(FarEnds::deliver(simulators));
        println!("{greeting}");
        site.listen(listener).await
    })
}

/// How this process reaches itself.
fn own(address: SocketAddr) -> SocketAddr {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    SocketAddr::new(ip, address.port())
}

/// Addresses and sign-ins.
fn greeting(config: &Config, brand: &Brand, made_in: Option<Duration>) -> String {
    let url = &config.public_url;
    let of = |role: &str| brand.staff.staff.iter().find(|member| member.role == role).map_or("", |member| member.email.as_str());
    let mut text = String::from("\n");
    let mut line = |words: String| {
        text.push_str(&words);
        text.push('\n');
    };
    match made_in {
        Some(span) => line(format!(
            "{} is open. It was made in {:.1} s and stays in {}.",
            brand.about.name,
            span.as_secs_f64(),
            config.data.display()
        )),
        None => line(format!("{} is open again.", brand.about.name)),
    }
    line(String::new());
    line(format!("  Start here  {url}/studio/rehearsal   play a customer on the left and an agent on the right"));
    line(format!("  Storefront  {url}/"));
    line(format!("  Desk        {url}/desk    {} (agent), {} (supervisor)", of("agent"), of("supervisor")));
    line(format!("  Till        {url}/till    {} (shop manager), {} (associate)", of("shop_manager"), of("associate")));
    line(format!("  Studio      {url}/studio  {} (administrator)", of("administrator")));
    line(String::new());
    line(format!("  Everybody's password is {}", brand.staff.password));
    line(format!("  A key for programs: hilo api-key create --name mine --all --data {}", config.data.display()));
    line("  Stop with Ctrl+C; `hilo demo` opens it again, `hilo demo --fresh` makes a new one.".into());
    if !config.listen.ip().is_loopback() {
        line(String::new());
        line("  Others can reach this address, and the passwords above are public.".into());
    }
    text
}

/// A bar on a terminal, plain lines elsewhere.
struct Shown(Option<ProgressBar>);

impl Shown {
    fn new() -> Self {
        let style = ProgressStyle::with_template("  {msg:28} {wide_bar} {percent:>3} %").unwrap_or_else(|_| ProgressStyle::default_bar());
        Shown(std::io::stderr().is_terminal().then(|| ProgressBar::new(0).with_style(style)))
    }
}

impl Progress for Shown {
    fn part(&self, what: &str, of: u64) {
        match &self.0 {
            Some(bar) => {
                bar.set_message(what.to_owned());
                bar.set_length(of);
                bar.set_position(0);
            }
            None => eprintln!("making {what}"),
        }
    }
    fn done(&self, steps: u64) {
        if let Some(bar) = &self.0 {
            bar.inc(steps);
            if bar.length().is_some_and(|length| length < bar.position()) {
                bar.set_length(bar.position());
            }
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn a_site_for_everybody_reaches_itself_at_home() {
        let own = |text: &str| own(text.parse().expect("an address")).to_string();
        assert_eq!((own("0.0.0.0:8080"), own("192.0.2.1:1")), ("127.0.0.1:8080".into(), "192.0.2.1:1".into()));
    }
}
