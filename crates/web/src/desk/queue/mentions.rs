//! Where I was named and have not looked: told at the top of every queue.

use super::name::QueueName;
use crate::desk::words::name_or_stranger;
use crate::timeline::Names;
use crate::{Page, StaffMember};
use conversations::{MatterId, preview};
use kernel::{Fault, ReadTx};

/// Told one by one; more are counted.
const FEW: usize = 3;

/// What is told.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// All of them.
    pub(super) matters: Vec<MatterId>,
    /// The latest, in words: where to, and what.
    pub(super) latest: Vec<(String, String)>,
}

pub(super) fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember) -> Result<Named, Fault> {
    let unseen = conversations::unseen_mentions(tx, me.staff.id)?;
    let (mut latest, mut names) = (Vec::new(), Names::new());
    for mention in unseen.iter().take(FEW) {
        let Some(note) = conversations::messages(tx, &[mention.message])?.pop() else { continue };
        names.learn_actor(tx, &note.author)?;
        let who = names.of_actor(&note.author).unwrap_or_default().to_owned();
        let says = page.tw("mention-says", &[("value", name_or_stranger(page, &who).into()), ("words", preview(&note.text).into())]);
        latest.push((format!("/desk/matters/{}?view={}", mention.matter, QueueName::Mentioned), says));
    }
    Ok(Named { matters: unseen.into_iter().map(|mention| mention.matter).collect(), latest })
}
