//! The thread of somebody with a short and of somebody with a long history: the same page at the same cost.

use super::ground::{Ground, Place};
use super::line::{Line, request};
use super::load::Times;
use super::server::Server;
use super::shop::{self, Size};
use super::table::Table;
use anyhow::{Result, bail};
use customers::{Identifier, PersonId, Recognise};
use kernel::{Actor, Channel, Db, Event, Fault, ProfileId, Timestamp};
use std::time::{Duration, Instant};

const SHORT: usize = 100;
const LONG: usize = 100_000;
/// Entries written in one transaction.
const STEP: usize = 1_000;

/// Its name, the path of a person there, and who asks.
type Door<'a> = (&'a str, fn(PersonId) -> String, [(&'a str, &'a str); 1]);

/// The desk's page and the API's list, asked by turns for both people.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, Size { products: 4, people: 50, stock: 100 })?;
    let people = [person(&db, 1, SHORT)?, person(&db, 2, LONG)?];
    drop(db);
    ground.analyse()?;
    let server = Server::start(ground.location(), ground.folder())?;
    let rounds = super::half_if(quick, 500);
    let key = format!("Bearer {}", shop.key);
    let doors: [Door<'_>; 2] = [
        ("desk", |person| format!("/desk/customers/{person}"), [("cookie", shop.session.as_str())]),
        ("API", |person| format!("/v1/customers/{person}/timeline"), [("authorization", key.as_str())]),
    ];
    for (door, path, headers) in doors {
        let asks = people.map(|person| request("GET", &path(person), &headers, &[]));
        let [short, long] = by_turns(&server, &asks, rounds)?;
        let share = format!("{:.2} × at p50", long.within(0.5) / short.within(0.5));
        let figure = format!("timeline ({door}), 100 000 entries (bound: 100 entries)");
        table.add(figure, place.name(), long.text(), short.text(), share);
    }
    Ok(())
}

/// Somebody with a history, a minute between two entries, up to now.
fn person(db: &Db, n: usize, entries: usize) -> Result<PersonId> {
    let (profile, person) = shop::run(db, move |tx| {
        let email = Identifier::email(&format!("historia{n}@ejemplo.es")).map_err(|e| Fault::data(e.to_string()))?;
        let cmd =
            Recognise { identifiers: vec![email], name: Some("Ana Ruiz".into()), locale: None, channel: Channel::Web, verified: true };
        let known = customers::recognise(tx, &Actor::system(), cmd)?;
        Ok::<_, customers::RecogniseError>((known.profile, known.person))
    })?;
    let now = db.clock().now();
    for start in (0..entries).step_by(STEP) {
        let some = start..entries.min(start + STEP);
        shop::run(db, move |tx| some.clone().try_for_each(|n| tx.announce(entry(profile, n, now, entries))))?;
    }
    Ok(person)
}

fn entry(profile: ProfileId, n: usize, now: Timestamp, entries: usize) -> Event {
    let at = now.minus(Duration::from_secs(60 * (entries - n) as u64));
    let (kind, channel) = [("order.placed", Channel::Web), ("order.paid", Channel::Web), ("fulfilment.collected", Channel::Till)][n % 3];
    let body =
        serde_json::json!({ "order": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "number": format!("H-{n}"), "summary": "Camisa de lino", "units": 2 });
    Event::new(kind, n).profile(profile).channel(channel).at(at).body(&body)
}

fn by_turns(server: &Server, asks: &[Vec<u8>; 2], rounds: usize) -> Result<[Times; 2]> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut line = Line::open(server.address).await?;
        let mut times = [Vec::new(), Vec::new()];
        for round in 0..rounds + 20 {
            for (ask, times) in asks.iter().zip(&mut times) {
                let asked = Instant::now();
                let answer = line.send(ask).await?;
                if answer.status != 200 {
                    bail!("answered with {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
                }
                // The first rounds prepare statements.
                if round >= 20 {
                    times.push(asked.elapsed());
                }
            }
        }
        Ok(times.map(Times::of))
    })
}
