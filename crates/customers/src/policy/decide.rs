//! The rule itself.

use super::{Contact, Decision, Facts, Reason, Urgency, Verdict, Way, Why};
use crate::{ConsentState, Purpose};
use kernel::{Channel, Timestamp};

/// What nobody can be written to by.
const VOICE: [Channel; 2] = [Channel::Phone, Channel::Voice];

/// Decide. Channels are looked at in the order of preference, then in that of the addresses.
///
/// A message that was not asked for (everything but [`Purpose::Service`]) needs a yes for its purpose on that channel, counts towards
/// the cap, and rests while there is a complaint, a dispute or a debt. A service message needs no yes, but a no closes the channel.
/// Quiet hours hold both; only an urgent service message passes them.
pub fn decide(facts: &Facts) -> Decision {
    let looked: Vec<(Channel, Result<&Way, Why>)> = order(facts).into_iter().map(|channel| (channel, look(facts, channel))).collect();
    let open: Vec<(Channel, &Way)> = looked.iter().filter_map(|(channel, seen)| Some((*channel, *seen.as_ref().ok()?))).collect();
    let (contact, hindrances) = contact(facts, &open);
    let mut reasons = Vec::new();
    for (channel, seen) in &looked {
        match seen {
            Err(why) => reasons.push(Reason { channel: *channel, verdict: Verdict::Closed, why: *why }),
            Ok(_) if !hindrances.is_empty() => {
                let verdict = if contact == Contact::Hold { Verdict::Closed } else { Verdict::Later };
                reasons.extend(hindrances.iter().map(|why| Reason { channel: *channel, verdict, why: *why }));
            }
            Ok(_) => reasons.push(of_open(facts, *channel, open[0].0)),
        }
    }
    Decision { contact, reasons, zone: facts.zone.iana_name().unwrap_or("UTC").to_owned() }
}

/// True for what nobody asked for.
pub(super) fn is_unasked(purpose: Purpose) -> bool {
    purpose != Purpose::Service
}

fn order(facts: &Facts) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    for channel in facts.preferred.iter().copied().chain(facts.ways.iter().map(|way| way.channel)) {
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    channels
}

/// The best open address on a channel, or why there is none.
fn look(facts: &Facts, channel: Channel) -> Result<&Way, Why> {
    if VOICE.contains(&channel) {
        return Err(Why::ByVoice);
    }
    let mut ways = facts.ways.iter().filter(|way| way.channel == channel).peekable();
    let Some(first) = ways.peek().copied() else {
        return Err(if facts.connected.contains(&channel) { Why::NoAddress } else { Why::NotConnected });
    };
    match facts.answers.iter().find(|(answered, _)| *answered == channel) {
        Some((_, ConsentState::Refused)) => return Err(Why::Refused),
        None if is_unasked(facts.purpose) => return Err(Why::NeverAsked),
        _ => {}
    }
    let shut = first.shut;
    ways.find(|way| way.shut.is_none()).ok_or_else(|| shut.map_or(Why::NoAddress, Why::Shut))
}

/// What to do with the open channels, and what stands in the way of all of them.
fn contact(facts: &Facts, open: &[(Channel, &Way)]) -> (Contact, Vec<Why>) {
    let Some((channel, way)) = open.first() else { return (Contact::Hold, Vec::new()) };
    let unasked = is_unasked(facts.purpose);
    if unasked && !facts.pauses.is_empty() {
        return (Contact::Hold, facts.pauses.iter().map(|context| Why::Paused(*context)).collect());
    }
    let (mut until, mut hindrances) = (facts.now, Vec::new());
    if unasked && count(facts) >= facts.cap.most as usize {
        let free = free_again(facts);
        hindrances.push(Why::Capped { cap: facts.cap, until: free });
        let Some(free) = free else { return (Contact::Hold, hindrances) };
        until = free;
    }
    let is_urgent = !unasked && facts.urgency == Urgency::Urgent;
    if !is_urgent {
        if let Some(morning) = facts.quiet.quiet_until(facts.now, &facts.zone) {
            hindrances.push(Why::Quiet { until: morning });
        }
        until = facts.quiet.quiet_until(until, &facts.zone).unwrap_or(until);
    }
    match hindrances.is_empty() {
        true => (Contact::Send { channel: *channel, address: way.address.clone() }, hindrances),
        false => (Contact::Wait { until }, hindrances),
    }
}

fn count(facts: &Facts) -> usize {
    facts.sent.iter().filter(|at| **at > facts.now.minus(facts.cap.span())).count()
}

/// When one more may go: as soon as the oldest of the last `most` no longer counts.
fn free_again(facts: &Facts) -> Option<Timestamp> {
    let mut sent = facts.sent.clone();
    sent.sort_unstable_by_key(|at| std::cmp::Reverse(*at));
    let oldest = sent.get((facts.cap.most as usize).checked_sub(1)?)?;
    Some(oldest.plus(facts.cap.span()))
}

fn of_open(facts: &Facts, channel: Channel, chosen: Channel) -> Reason {
    let (verdict, why) = match () {
        () if channel != chosen => (Verdict::Open, Why::LessPreferred),
        () if facts.preferred.contains(&channel) => (Verdict::Chosen, Why::Preferred),
        () => (Verdict::Chosen, Why::Reachable),
    };
    Reason { channel, verdict, why }
}

#[cfg(test)]
mod tests;
