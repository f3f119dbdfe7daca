//! The watch over the channels: asks each door for a product as a customer or a program would, and compares what it shows with what the
//! catalogue, the prices and the stock say.
//!
//! Products that were just changed are looked at first, all others in turn. What differs is looked at again after a moment, for a door may be
//! on its way; what still differs then is an incident: on the page of the studio, and on the log as `parity.differs`, later `parity.agrees`.

mod doors;
mod truth;

pub use doors::Doors;
use truth::Truth;

use catalogue::{ProductId, VariantId};
use kernel::{Actor, Db, Event, Fault, LogKey, ReadTx, log};
use lru::LruCache;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;
use web::parity::{Cause, Difference, ParityBoard};

/// Between two rounds.
const PAUSE: Duration = Duration::from_secs(10);
/// Longest that a door may take to follow a change.
const SETTLED: Duration = Duration::from_secs(5);
/// Changed products that one round looks at; with more, the turn of each comes anyway.
const MOST_CHANGED: usize = 10;
/// Events that one round looks through.
const MOST_EVENTS: i64 = 200;
/// Products of which is remembered what was right before.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(1_000).expect("not zero");

/// Looks at products.
pub struct Watch {
    db: Db,
    doors: Doors,
    board: Arc<ParityBoard>,
    before: LruCache<ProductId, Truth>,
    settled: Duration,
}

impl Watch {
    /// Nothing is looked at before it is asked.
    pub fn new(db: Db, doors: Doors, board: Arc<ParityBoard>) -> Self {
        Watch { db, doors, board, before: LruCache::new(REMEMBERED), settled: SETTLED }
    }

    /// As [`Watch::new`], for doors that have followed when they are asked.
    pub fn settled(self) -> Self {
        Watch { settled: Duration::ZERO, ..self }
    }

    /// Look at one product at every door; answers what differs and is noted.
    pub async fn look(&mut self, product: ProductId) -> Result<Vec<Difference>, Fault> {
        let Some((truth, mut found)) = self.compare(product).await? else { return Ok(Vec::new()) };
        if !found.is_empty() {
            tokio::time::sleep(self.settled).await;
            let Some((_, again)) = self.compare(product).await? else { return Ok(Vec::new()) };
            let is_same = |one: &Difference, other: &Difference| (one.door, &one.sku, one.aspect) == (other.door, &other.sku, other.aspect);
            found = again.into_iter().filter(|difference| found.iter().any(|known| is_same(known, difference))).collect();
        }
        if let Some(before) = self.before.get(&product) {
            for difference in &mut found {
                if difference.cause == Cause::Unknown && before.says(difference) {
                    difference.cause = Cause::Behind;
                }
            }
        }
        let (fresh, mended) = self.board.note((product, &truth.name), &found, self.db.clock().now());
        if found.is_empty() {
            self.before.put(product, truth);
        }
        if !fresh.is_empty() || !mended.is_empty() {
            let note = self.db.write("parity.note", move |tx| {
                let mut told = fresh.iter().map(|d| ("parity.differs", d)).chain(mended.iter().map(|d| ("parity.agrees", d)));
                told.try_for_each(|(kind, d)| tx.announce(Event::new(kind, d.product).by(&Actor::system()).body(d)))
            });
            note.await?;
        }
        Ok(found)
    }

    /// What the doors show beside what is right; `None` when that changed meanwhile, or there is no such product.
    async fn compare(&self, product: ProductId) -> Result<Option<(Truth, Vec<Difference>)>, Fault> {
        let currency = self.doors.currency;
        let read = move |tx: &ReadTx<'_>| truth::read(tx, product, currency);
        let Some(truth) = self.db.read(read).await? else { return Ok(None) };
        let found = self.doors.compare(&truth).await?;
        Ok(self.db.read(read).await?.filter(|after| *after == truth).map(|truth| (truth, found)))
    }
}

/// Look for as long as the site runs.
pub(crate) async fn keep(mut watch: Watch) {
    let (mut turn, mut cursor) = (ProductId::nil(), None);
    loop {
        tokio::time::sleep(PAUSE).await;
        match next(&watch.db, turn, cursor).await {
            Ok((mut products, following, horizon)) => {
                (turn, cursor) = (following.unwrap_or_else(ProductId::nil), Some(horizon));
                products.extend(following);
                for product in products {
                    if let Err(fault) = watch.look(product).await {
                        tracing::warn!(fault = fault.chain(), "a product could not be compared at every door");
                    }
                }
            }
            Err(fault) => tracing::warn!(fault = fault.chain(), "which products changed could not be read"),
        }
    }
}

/// Products that changed since `cursor`, the next in turn, and where the log ends.
async fn next(db: &Db, turn: ProductId, cursor: Option<LogKey>) -> Result<(BTreeSet<ProductId>, Option<ProductId>, LogKey), Fault> {
    let read = db.read(move |tx| {
        let horizon = log::horizon(tx)?;
        let events = cursor.map_or(Ok(Vec::new()), |cursor| log::after(tx, cursor, MOST_EVENTS))?;
        let (mut products, mut variants) = (BTreeSet::new(), BTreeSet::new());
        for event in &events {
            match event.kind.split_once('.').map(|(room, _)| room) {
                Some("product") => products.extend(event.subject.parse::<ProductId>()),
                Some("price" | "stock") => variants.extend(event.subject.parse::<VariantId>()),
                _ => {}
            }
        }
        let variants: Vec<_> = variants.into_iter().take(MOST_CHANGED).collect();
        products.extend(catalogue::variants(tx, &variants)?.into_iter().map(|card| card.product));
        let following = catalogue::products_after(tx, turn, 1)?.first().map(|product| product.id);
        Ok::<_, Fault>((products.into_iter().take(MOST_CHANGED).collect(), following, horizon))
    });
    read.await
}
