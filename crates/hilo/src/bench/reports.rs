//! What a leader asks of a month of messages: the wall in a browser, and the figures behind it, among few and among a million.

use super::ground::{Ground, Place};
use super::line::{Line, request};
use super::load::Times;
use super::server::Server;
use super::shop::{self, Size};
use super::table::Table;
use anyhow::{Result, bail};
use conversations::{Account, Address, InboundMessage, Part, Receive, SaveAccount, Sender, Settings};
use customers::{Identifier, Recognise};
use kernel::{Actor, Channel, Db, Fault, ProfileId, Tx};
use std::time::Instant;

const FEW: usize = 1_000;
const MANY: usize = 1_000_000;
/// PostgreSQL takes them in one by one: so many within a minute.
const MANY_ON_POSTGRES: usize = 50_000;
const WRITERS: usize = 10_000;
/// Messages of one transaction.
const STEP: usize = 500;
/// They come over so many days.
const DAYS: usize = 30;

/// The wall of a brand with few messages, then with many.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let many = super::half_if(quick, if matches!(place, Place::Sqlite) { MANY } else { MANY_ON_POSTGRES });
    let ground = Ground::new(place)?;
    let session = {
        let db = ground.open()?;
        shop::build(&db, Size { products: 4, people: 50, stock: 100 })?.session
    };
    let few = after(&ground, &session, 0..FEW, quick)?;
    let all = after(&ground, &session, FEW..many, quick)?;
    let share = format!("{:.2} × at p50", all.within(0.5) / few.within(0.5));
    table.add(format!("the leader's wall, {many} messages of a month (bound: {FEW})"), place.name(), all.text(), few.text(), share);
    Ok(())
}

/// The wall once these messages have come too.
fn after(ground: &Ground, session: &str, messages: std::ops::Range<usize>, quick: bool) -> Result<Times> {
    let db = ground.open()?;
    let account = connected(&db)?;
    let writers = writers(&db, messages.len().min(WRITERS))?;
    for start in messages.clone().step_by(STEP) {
        let (some, writers, account) = (start..messages.end.min(start + STEP), writers.clone(), account.clone());
        shop::run(&db, move |tx| some.clone().try_for_each(|n| come(tx, &account, &writers[n % writers.len()], n)))?;
    }
    while kernel::settle(&db, conversations::REACTIONS, conversations::TIMERS)? > 0 {}
    drop(db);
    ground.analyse()?;
    let server = Server::start(ground.location(), ground.folder())?;
    let ask = request("GET", "/desk/wall", &[("cookie", session)], &[]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut line = Line::open(server.address).await?;
        let mut times = Vec::new();
        for round in 0..super::half_if(quick, 300) + 20 {
            let asked = Instant::now();
            let answer = line.send(&ask).await?;
            if answer.status != 200 {
                bail!("answered with {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
            }
            // The first rounds prepare statements.
            if round >= 20 {
                times.push(asked.elapsed());
            }
        }
        Ok(Times::of(times))
    })
}

fn connected(db: &Db) -> Result<Account> {
    shop::run(db, |tx| -> Result<Account, conversations::ConversationError> {
        let (name, address, settings) = ("WhatsApp".to_owned(), "34600000000".to_owned(), Settings::default());
        let cmd = SaveAccount { channel: Channel::Whatsapp, name, address, window_hours: Some(24), settings, active: false };
        let id = conversations::save_account(tx, &Actor::system(), cmd)?;
        Ok(conversations::account(tx, id)?.ok_or_else(|| Fault::data("an account vanished"))?)
    })
}

/// People with a telephone each.
fn writers(db: &Db, count: usize) -> Result<Vec<(ProfileId, String)>> {
    let mut all = Vec::with_capacity(count);
    for start in (0..count).step_by(STEP) {
        let some = start..count.min(start + STEP);
        all.extend(shop::run(db, move |tx| some.clone().map(|n| writer(tx, n)).collect::<Result<Vec<_>, customers::RecogniseError>>())?);
    }
    Ok(all)
}

fn writer(tx: &mut Tx<'_>, n: usize) -> Result<(ProfileId, String), customers::RecogniseError> {
    let phone = Identifier::phone(&format!("+346{:08}", 10_000_000 + n), "ES").map_err(|error| Fault::data(error.to_string()))?;
    let address = phone.value().to_owned();
    let who = Recognise { identifiers: vec![phone], name: None, locale: None, channel: Channel::Whatsapp, verified: true };
    Ok((customers::recognise(tx, &Actor::system(), who)?.profile, address))
}

fn come(tx: &mut Tx<'_>, account: &Account, (profile, phone): &(ProfileId, String), n: usize) -> Result<(), Fault> {
    let sender = Sender { address: Address::phone(phone), display_name: None, reply_to: None };
    let at = tx.now().minus(std::time::Duration::from_secs(86_400 * (n % DAYS) as u64));
    let text = Part::Text { text: "¿Ha salido ya mi pedido?".into(), fresh: None };
    let message = InboundMessage::new(format!("m{n}"), sender, Address::phone(&account.address), at, vec![text]);
    let cmd = Receive { account: account.id, channel: account.channel, profile: *profile, person: vec![*profile], message, settles: None };
    conversations::receive(tx, &cmd).map(drop)
}
