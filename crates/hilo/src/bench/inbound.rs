//! Hundreds and thousands of signed WhatsApp webhooks a second, two hundred desks open, and how long until a message stands on an
//! agent's page.

use super::bare::Bare;
use super::ground::{Ground, Place};
use super::line::{Line, find, request};
use super::load::{Times, short};
use super::server::Server;
use super::shop::{self, Shop, Size};
use super::table::{Table, count};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use channels::runtime::StoredSettings;
use conversations::{AccountId, MatterId, Said, SaveAccount, Settings, View};
use kernel::{Actor, Channel, Db, LogKey};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::sync::broadcast;

/// Webhooks a second; beyond what the machine can do, the figure is how late it gets and that nothing is lost.
const RATES: [usize; 3] = [500, 2_000, 5_000];
/// Every customer writes this often, in seconds.
const EVERY: usize = 2;
/// Pages that agents have open, each on another phone's matter.
const PAGES: usize = 200;
const CONNECTIONS: usize = 32;
const SECRET: &str = "bench secret";
/// Longest wait for what is still underway when the last message was sent.
const PATIENCE: Duration = Duration::from_secs(120);

/// One load: so many webhooks a second from so many phones.
#[derive(Debug, Clone, Copy)]
struct Load {
    rate: usize,
    phones: usize,
}

/// Ten seconds of each rate.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    RATES.into_iter().try_for_each(|rate| at(Load { rate, phones: rate * EVERY }, place, quick, table))
}

fn at(load: Load, place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let Load { rate, phones } = load;
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, Size { products: 4, people: 50, stock: 100 })?;
    let account = connect(&db)?;
    let server = Server::start(ground.location(), ground.folder())?;
    let path = format!("/channels/{account}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    let messages = super::half_if(quick, 10) * rate;
    // Everybody says hello, so that every matter is there and every statement known.
    local.block_on(&runtime, hello(server.address, &path, load))?;
    wait_for(&db, phones)?;
    // Who they are is looked at meanwhile; nobody is new afterwards.
    while !db.read(kernel::reactions::is_followed).wait().map_err(crate::wiring::say)? {
        std::thread::sleep(Duration::from_millis(20));
    }
    ground.analyse()?;
    let watched = matters(&db)?;
    let run = local.block_on(&runtime, async {
        let pages = pages(server.address, &shop, &watched).await?;
        let path = path.clone();
        watch(Target { to: server.address, load, message: Box::new(move |n| webhook(&path, n, load)), pages }, messages).await
    })?;
    wait_for(&db, phones + messages)?;
    let drained = run.ended.elapsed();
    let received = received(&db)?;
    let distinct: HashSet<_> = received.iter().collect();
    let expected = phones + messages;
    let (lost, doubled) = (expected - distinct.len().min(expected), received.len() - distinct.len());
    drop(server);
    let bare = bare(run.bytes, phones)?;
    let pages = watched.iter().map(|(phone, _)| (*phone, request("GET", &format!("/live/{phone}"), &[], &[]))).collect();
    let target = Target { to: bare.address, load, message: Box::new(move |n| webhook("/in", n, load)), pages };
    let floor = local.block_on(&runtime, watch(target, messages / 2))?.visible;
    let name = format!("WhatsApp webhook to the desk, {rate}/s, {phones} phones, {PAGES} desks open, {} marked", run.visible.len());
    table.add(
        name,
        place.name(),
        run.visible.text(),
        floor.text(),
        format!("{lost} lost, {doubled} doubled of {}", count(expected as f64)),
    );
    let rest = format!("{} a second; all taken in {} s after the last", short(rate_of(messages, &run)), short(drained.as_secs_f64()));
    table.add(
        format!("WhatsApp webhook answered at {rate}/s (signature checked, stored, FULL sync)"),
        place.name(),
        run.answered.text(),
        "",
        rest,
    );
    if lost + doubled > 0 { bail!("{lost} messages were lost, {doubled} doubled") } else { Ok(()) }
}

fn connect(db: &Db) -> Result<AccountId> {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<BTreeMap<_, _>>();
    let secrets = map(&[("app_secret", SECRET), ("verify_token", "token"), ("access_token", "access")]);
    let stored = serde_json::to_string(&StoredSettings { settings: map(&[("phone_number_id", "200000000000001")]), secrets })?;
    let (name, address) = ("WhatsApp".to_owned(), "+34911222333".to_owned());
    let cmd = SaveAccount { channel: Channel::Whatsapp, name, address, window_hours: Some(24), settings: Settings(stored), active: true };
    shop::run(db, move |tx| conversations::save_account(tx, &Actor::system(), cmd.clone()))
}

/// The n-th message, in Meta's form and signed: the phones take turns and say `marca-00000n`.
fn webhook(path: &str, n: usize, Load { phones, .. }: Load) -> Vec<u8> {
    let phone = format!("34600{:06}", 111_000 + n % phones);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let body = serde_json::json!({ "object": "whatsapp_business_account", "entry": [{ "id": "100000000000001", "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "34911222333", "phone_number_id": "200000000000001" },
        "contacts": [{ "profile": { "name": format!("Ana {}", n % phones) }, "wa_id": phone }],
        "messages": [{ "from": phone, "id": format!("wamid.{n}"), "timestamp": now.to_string(), "type": "text", "text": { "body": mark(n) } }],
    } }] }] });
    let body = body.to_string();
    let signature = channels::whatsapp::signature(SECRET, body.as_bytes());
    request("POST", path, &[("content-type", "application/json"), ("x-hub-signature-256", &signature)], body.as_bytes())
}

fn mark(n: usize) -> String {
    format!("marca-{n:06} ¿Tenéis el vestido rojo en la M?")
}

/// Everybody says hello, as fast as the connections go.
async fn hello(to: SocketAddr, path: &str, load: Load) -> Result<()> {
    let line = async |connection: usize| {
        let mut line = Line::open(to).await?;
        for n in (connection..load.phones).step_by(CONNECTIONS) {
            let answer = line.send(&webhook(path, n, load)).await?;
            if answer.status != 200 {
                bail!("a webhook was answered with {}", answer.status);
            }
        }
        Ok(())
    };
    futures::future::try_join_all((0..CONNECTIONS).map(line)).await.map(drop)
}

/// The texts of all messages that came in, as the log tells them.
fn received(db: &Db) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let mut cursor = LogKey::default();
    loop {
        let events = db.read(move |tx| kernel::log::after(tx, cursor, 2_000)).wait().map_err(crate::wiring::say)?;
        let Some(last) = events.last() else { return Ok(texts) };
        cursor = last.key;
        for event in events.iter().filter(|event| event.kind == "message.received") {
            texts.push(event.read::<Said>().map_err(crate::wiring::say)?.preview);
        }
    }
}

fn wait_for(db: &Db, count: usize) -> Result<()> {
    let started = Instant::now();
    loop {
        let found = received(db)?.len();
        if found >= count {
            return Ok(());
        }
        if started.elapsed() > PATIENCE {
            bail!("{found} of {count} messages came in");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Phones and their matters: the pages that agents have open.
fn matters(db: &Db) -> Result<Vec<(usize, MatterId)>> {
    let open = db.read(|tx| conversations::queue(tx, View::Open, None, 200)).wait().map_err(crate::wiring::say)?;
    let phone = |preview: &str| preview.get(6..12).and_then(|digits| digits.parse::<usize>().ok());
    Ok(open.into_iter().filter_map(|matter| Some((phone(&matter.preview)?, matter.id))).take(PAGES).collect())
}

struct Run {
    visible: Times,
    answered: Times,
    /// Of one event on a live line, about.
    bytes: usize,
    took: Duration,
    ended: Instant,
}

/// How many webhooks a second were really sent and answered.
fn rate_of(messages: usize, run: &Run) -> f64 {
    messages as f64 / run.took.as_secs_f64()
}

/// What the open pages were sent.
#[derive(Default)]
struct Heard {
    /// When each message was first on its own phone's page.
    seen: HashMap<usize, Instant>,
    bytes: usize,
    events: usize,
}

/// Where to send and what to follow: our server and the bare one take the same load.
struct Target {
    to: SocketAddr,
    load: Load,
    message: Box<dyn Fn(usize) -> Vec<u8>>,
    /// Phones, and the request for the live line of their page.
    pages: Vec<(usize, Vec<u8>)>,
}

/// Open the pages, send at the rate whatever happens, and note when each message is on its own phone's page.
async fn watch(target: Target, messages: usize) -> Result<Run> {
    let Load { rate, phones: all } = target.load;
    let heard = Rc::new(RefCell::new(Heard::default()));
    let mut pages = Vec::new();
    for (phone, ask) in &target.pages {
        let (line, phone, ask, heard) = (Line::open(target.to).await?, *phone, ask.clone(), heard.clone());
        pages.push(tokio::task::spawn_local(async move { line.follow(&ask, listen(phone, all, heard)).await }));
    }
    // The first picture of each page.
    tokio::time::sleep(Duration::from_millis(500)).await;
    heard.replace(Heard::default());
    let message = Rc::new(target.message);
    let begin = Instant::now() + Duration::from_millis(10);
    let due = move |turn: usize| begin + Duration::from_secs_f64(turn as f64 / rate as f64);
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|connection| {
            let (message, to) = (message.clone(), target.to);
            tokio::task::spawn_local(async move {
                let mut line = Line::open(to).await?;
                let mut times = Vec::new();
                for turn in (connection..messages).step_by(CONNECTIONS) {
                    let bytes = message(all + turn);
                    tokio::time::sleep_until(due(turn).into()).await;
                    let answer = line.send(&bytes).await?;
                    times.push(due(turn).elapsed());
                    if answer.status != 200 {
                        bail!("a webhook was answered with {}", answer.status);
                    }
                }
                Ok(times)
            })
        })
        .collect();
    let mut answered = Vec::new();
    for sender in senders {
        answered.extend(sender.await.context("a sender panicked")??);
    }
    let ended = Instant::now();
    let phones: HashSet<usize> = target.pages.iter().map(|(phone, _)| *phone).collect();
    let marked: Vec<usize> = (0..messages).filter(|turn| phones.contains(&(turn % all))).collect();
    while heard.borrow().seen.len() < marked.len() && ended.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for page in pages {
        page.abort();
    }
    let heard = heard.borrow();
    let visible: Option<Vec<_>> =
        marked.iter().map(|turn| Some(heard.seen.get(&(all + turn))?.saturating_duration_since(due(*turn)))).collect();
    let visible = visible.context("not every message was on its page")?;
    Ok(Run {
        visible: Times::of(visible),
        answered: Times::of(answered),
        bytes: heard.bytes / heard.events.max(1),
        took: ended - begin,
        ended,
    })
}

/// Find the marks of one phone in what its page is sent.
fn listen(phone: usize, phones: usize, heard: Rc<RefCell<Heard>>) -> impl FnMut(&[u8]) {
    const MARK: &[u8] = b"marca-";
    const WHOLE: usize = MARK.len() + 6;
    let mut kept: Vec<u8> = Vec::new();
    move |bytes| {
        let now = Instant::now();
        kept.extend_from_slice(bytes);
        let mut heard = heard.borrow_mut();
        heard.bytes += bytes.len();
        heard.events += usize::from(find(bytes, b"data: ").is_some());
        let mut from = 0;
        while let Some(at) = find(&kept[from..], MARK).map(|at| from + at).filter(|at| at + WHOLE <= kept.len()) {
            let number = std::str::from_utf8(&kept[at + MARK.len()..at + WHOLE]).ok().and_then(|digits| digits.parse::<usize>().ok());
            if let Some(number) = number.filter(|number| number % phones == phone && *number >= phones) {
                heard.seen.entry(number).or_insert(now);
            }
            from = at + WHOLE;
        }
        // A mark may be cut in two.
        let keep_from = kept.len().saturating_sub(WHOLE - 1).max(from);
        kept.drain(..keep_from);
    }
}

/// The address that an agent's open page follows, as the page itself says it.
async fn live_path(to: SocketAddr, session: &str, matter: MatterId) -> Result<String> {
    let page = format!("/desk/matters/{matter}");
    let answer = Line::open(to).await?.send(&request("GET", &page, &[("cookie", session)], &[])).await?;
    let html = String::from_utf8(answer.body)?;
    let rest = html.split_once(&format!("\"{page}/live")).context("the page of a matter follows nothing")?.1;
    let query = rest.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&");
    Ok(format!("{page}/live{query}"))
}

async fn pages(to: SocketAddr, shop: &Shop, watched: &[(usize, MatterId)]) -> Result<Vec<(usize, Vec<u8>)>> {
    let mut pages = Vec::new();
    for (phone, matter) in watched {
        let path = live_path(to, &shop.session, *matter).await?;
        pages.push((*phone, request("GET", &path, &[("cookie", &shop.session), ("accept-language", "es")], &[])));
    }
    Ok(pages)
}

/// The bound: a bare server that puts each message on its phone's line at once, in as many bytes, and keeps nothing.
fn bare(bytes: usize, phones: usize) -> Result<Bare> {
    let (say, _) = broadcast::channel::<(usize, String)>(4096);
    let speaker = say.clone();
    let take = move |body: Bytes| {
        let digits = find(&body, b"marca-").and_then(|at| body.get(at + 6..at + 12));
        let number = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<usize>().ok()).unwrap_or_default();
        // Nobody may be listening to this phone.
        let _ = speaker.send((number % phones, mark(number)));
        std::future::ready("ok")
    };
    let follow = move |phone: axum::extract::Path<usize>| {
        let fill = "x".repeat(bytes);
        let events = futures::stream::unfold((say.subscribe(), fill), move |(mut said, fill)| async move {
            loop {
                let (of, text) = said.recv().await.ok()?;
                if of == phone.0 {
                    return Some((Ok::<_, std::convert::Infallible>(format!("data: {text}{fill}\n\n")), (said, fill)));
                }
            }
        });
        std::future::ready(Body::from_stream(events))
    };
    Bare::serve(Router::new().route("/in", post(take)).route("/live/{phone}", get(follow)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_when_it_is_cut_and_only_on_its_own_page() {
        let heard = Rc::new(RefCell::new(Heard::default()));
        let mut listen = listen(7, 250, heard.clone());
        listen(b"data: <p>marca-000257 marca-0002");
        listen(b"58 marca-00");
        listen(b"0507");
        let mut seen: Vec<_> = heard.borrow().seen.keys().copied().collect();
        seen.sort_unstable();
        assert_eq!(seen, [257, 507]);
    }
}
