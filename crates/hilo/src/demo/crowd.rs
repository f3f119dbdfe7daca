//! Strangers who wait, one concern each: the queue of a brand far larger than this one.

use super::world::{Progress, World};
use anyhow::Result;
use customers::{Identifier, IdentifierKind, Recognise};
use kernel::{Actor, Channel};

/// Strangers of one transaction.
const BATCH: usize = 500;

/// Let them all ask.
pub fn gather(world: &World, progress: &dyn Progress) -> Result<()> {
    let all = world.plan.crowd;
    if all == 0 {
        return Ok(());
    }
    progress.part("strangers who wait", all as u64);
    for first in (0..all).step_by(BATCH) {
        let batch = first..all.min(first + BATCH);
        let steps = batch.len() as u64;
        world.write("demo.crowd", move |tx| {
            for n in batch.clone() {
                let email = Identifier::new(IdentifierKind::Email, &format!("espera.{n}@example.net"))?;
                let (name, channel) = (Some(format!("Espera {n:05}")), Channel::Email);
                let cmd = Recognise { identifiers: vec![email], name, locale: None, channel, verified: false };
                let who = customers::recognise(tx, &Actor::system(), cmd)?;
                conversations::open_for(tx, &[], who.profile, channel, &format!("Pregunta {n:05}"))?;
            }
            Ok(())
        })?;
        progress.done(steps);
    }
    world.settle()
}
