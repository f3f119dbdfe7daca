//! Whether all is well: each line is green, or one sentence on what to do.

use super::channels;
use super::{Entered, Me};
use crate::ui::Tone;
use crate::{Answer, App, Page, format, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use conversations::{Account, Standing};
use kernel::{Engine, Fault, LogKey, Permission, ReadTx, Timestamp, log, timers};
use std::time::{Duration, Instant};

/// A message that should have left this long ago is late.
const LATE: Duration = Duration::from_secs(5 * 60);
/// A read that takes longer says that the machine is busy.
const SLOW: Duration = Duration::from_millis(250);

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/health", get(health))
}

/// One thing that was looked at.
struct Check {
    tone: Tone,
    name: String,
    says: String,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "studio/health.html")]
struct Health {
    page: Page,
    me: Me,
    checks: Vec<Check>,
    bad: usize,
}

/// What one snapshot gave.
struct Facts {
    newest: LogKey,
    parked: i64,
    resting: i64,
    next_timer: Option<Timestamp>,
    refused: i64,
    outbox: (i64, i64),
    imbalance: Vec<(String, i64)>,
    accounts: Vec<(Account, Standing)>,
}

fn read(tx: &ReadTx<'_>) -> Result<Facts, Fault> {
    let now = tx.now();
    let accounts = conversations::accounts(tx)?;
    let accounts = accounts.into_iter().map(|account| Ok((conversations::standing(tx, account.id)?, account)));
    let accounts: Vec<(Standing, Account)> = accounts.collect::<Result<_, Fault>>()?;
    Ok(Facts {
        newest: log::newest(tx)?,
        parked: kernel::reactions::parked(tx)?,
        resting: timers::resting(tx)?,
        next_timer: timers::next_due(tx)?,
        refused: conversations::refused_raw(tx)?,
        outbox: conversations::outbox_counts(tx, Timestamp::from_micros(now.as_micros() - LATE.as_micros() as i64))?,
        imbalance: ledger::imbalance(tx)?,
        accounts: accounts.into_iter().map(|(standing, account)| (account, standing)).collect(),
    })
}

async fn health(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ViewHealth)?;
    let asked = Instant::now();
    let facts = app.db.read(read).await?;
    let mut checks = checks(&page, &me, &facts, app.db.engine(), asked.elapsed(), app.db.clock().now());
    checks.push(parity(&app, &page));
    let bad = checks.iter().filter(|check| matches!(check.tone, Tone::Bad | Tone::Warn)).count();
    show(&Health { checks, bad, page, me })
}

fn checks(page: &Page, me: &Me, facts: &Facts, engine: Engine, took: Duration, now: Timestamp) -> Vec<Check> {
    let check = |tone, name: &str, says: String, href| Check { tone, name: page.t(&format!("health-{name}")), says, href };
    let counted = |name: &str, n: i64, tone: Tone| match n {
        0 => check(Tone::Ok, name, page.t(&format!("health-{name}-fine")), ""),
        n => check(tone, name, page.tn(&format!("health-{name}-bad"), n), ""),
    };
    let (engine_key, backup_key) = match engine {
        Engine::Sqlite => ("health-sqlite", "health-backup-sqlite"),
        Engine::Postgres => ("health-postgres", "health-backup-postgres"),
    };
    let slow = took > SLOW;
    let database = page.tw(
        if slow { "health-database-slow" } else { "health-database-fine" },
        &[("engine", page.t(engine_key).into()), ("n", (took.as_millis() as i64).into())],
    );
    let late_timer = facts.next_timer.is_some_and(|due| due.plus(LATE) < now);
    let timers = match (facts.resting, late_timer) {
        (0, true) => check(Tone::Bad, "timers", page.t("health-timers-late"), ""),
        (resting, _) => counted("timers", resting, Tone::Bad),
    };
    let (waiting, late) = facts.outbox;
    let outbox = match (waiting, late) {
        (0, _) => check(Tone::Ok, "outbox", page.t("health-outbox-fine"), ""),
        (_, 0) => check(Tone::Ok, "outbox", page.tn("health-outbox-waiting", waiting), ""),
        (_, late) => check(Tone::Bad, "outbox", page.tn("health-outbox-late", late), "/studio/channels"),
    };
    let ledger = match facts.imbalance.first() {
        None => check(Tone::Ok, "ledger", page.t("health-ledger-fine"), ""),
        Some((unit, sum)) => {
            check(Tone::Bad, "ledger", page.tw("health-ledger-bad", &[("unit", unit.as_str().into()), ("n", (*sum).into())]), "")
        }
    };
    let position = page.tv("health-log-fine", format::number(facts.newest.seq, page.locale));
    let mut all = vec![
        check(if slow { Tone::Warn } else { Tone::Ok }, "database", database, ""),
        check(Tone::Ok, "log", position, ""),
        counted("parked", facts.parked, Tone::Bad),
        timers,
        counted("inbox", facts.refused, Tone::Bad),
        outbox,
        ledger,
    ];
    let href = if me.may("channels.manage") { "/studio/channels" } else { "" };
    if facts.accounts.is_empty() {
        all.push(check(Tone::Warn, "channels", page.t("health-no-channels"), href));
    }
    all.extend(facts.accounts.iter().map(|(account, standing)| channel(page, account, standing, href)));
    all.push(check(Tone::Plain, "backup", page.t(backup_key), ""));
    all
}

/// Whether every channel shows the same.
fn parity(app: &App, page: &Page) -> Check {
    let standing = app.parity().standing();
    let (tone, says) = match (standing.open.len(), standing.checks) {
        (0, 0) => (Tone::Plain, page.t("parity-begins")),
        (0, _) => (Tone::Ok, page.t("health-parity-fine")),
        (n, _) => (Tone::Bad, page.tn("health-parity-bad", n)),
    };
    Check { tone, name: page.t("parity"), says, href: "/studio/parity" }
}

fn channel(page: &Page, account: &Account, standing: &Standing, href: &'static str) -> Check {
    let (_, mut says) = channels::state(page, account, standing);
    let tone = match (account.active, standing.trouble.is_some()) {
        (false, _) => Tone::Plain,
        (true, true) => Tone::Bad,
        (true, false) => Tone::Ok,
    };
    if let Some((at, code, text)) = &standing.failed {
        let when = format::when(*at, page.now, page.locale);
        says = format!("{says} {}", page.tw("health-last-failure", &[("when", when.into()), ("why", format!("{text} ({code})").into())]));
    }
    Check { tone, name: account.name.clone(), says, href }
}
