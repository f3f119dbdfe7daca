//! What a matter is about so far, for whoever takes it over: read from the matter, never invented. The giver may change every word.

use crate::model::preview;
use crate::{Direction, MatterId, Message, promises, queries};
use kernel::{Fault, Locale, ReadTx};

/// Messages looked at.
const LOOKED_AT: i64 = 100;

/// A few lines in the reader's language: the subject, what the customer first asked, what they said last, what we answered last, by which
/// channels. Empty for a matter that is gone.
pub fn summary(tx: &ReadTx<'_>, id: MatterId, locale: Locale) -> Result<String, Fault> {
    let Some(matter) = queries::matter(tx, id)? else { return Ok(String::new()) };
    let said = queries::messages_of(tx, id, LOOKED_AT)?;
    let es = locale == Locale::Es;
    let mut lines = Vec::new();
    let mut line = |spanish: &str, english: &str, words: String| {
        if !words.is_empty() {
            lines.push(format!("{}: {words}", if es { spanish } else { english }));
        }
    };
    let theirs: Vec<&Message> = said.iter().filter(|m| m.direction == Direction::Inbound).collect();
    let quoted = |message: &Message| format!("«{}» ({})", preview(&message.text), message.channel);
    let of = |message: Option<&&Message>| message.map_or_else(String::new, |message| quoted(message));
    let subject = matter.subject.clone();
    let first = of(theirs.first());
    let is_the_same = theirs.first().is_some_and(|message| preview(&message.text) == subject);
    line("Asunto", "About", if is_the_same { String::new() } else { subject });
    line("Pide", "Asks", first);
    line("Lo último que dice", "Says last", if theirs.len() > 1 { of(theirs.last()) } else { String::new() });
    let promised = promises::open_promise(tx, id)?.map_or_else(String::new, |promise| format!("«{}»", promise.text));
    line("Prometido", "Promised", promised);
    let ours = said.iter().rev().find(|m| m.direction == Direction::Outbound);
    line("Lo último que contestamos", "We answered last", ours.map_or_else(String::new, quoted));
    let note = said.iter().rev().find(|m| m.direction == Direction::Note);
    line("Nota", "Note", note.map_or_else(String::new, |note| preview(&note.text)));
    Ok(lines.join("\n"))
}
