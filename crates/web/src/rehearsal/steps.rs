//! The story in seven steps, each ticked when the log shows that it happened.

use super::role::{Role, Tab};
use crate::Page;
use customers::PersonId;
use kernel::{Channel, Fault, Logged, ProfileId, ReadTx, log};

/// Entries that are looked through.
const LOOKED: usize = 300;

/// One step.
pub(super) struct Step {
    pub number: usize,
    pub title: String,
    pub look: String,
    pub done: bool,
    /// The first that is not done.
    pub next: bool,
    /// Where to do it: an address, the frame it opens in, and what the link says.
    pub link: Option<(String, &'static str, String)>,
}

/// What the log shows of the story so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Happened {
    mail: bool,
    whatsapp: bool,
    answered: bool,
    joined: bool,
    paid: bool,
    collected: bool,
    returned: bool,
}

/// Read what has happened since the story began.
pub(super) fn happened(tx: &ReadTx<'_>, role: &Role) -> Result<Happened, Fault> {
    let mut persons: Vec<PersonId> = Vec::new();
    let mut known = 0;
    for identifier in [role.email_identifier(), role.phone_identifier()].into_iter().flatten() {
        if let Some(found) = customers::by_identifier(tx, &identifier)? {
            known += 1;
            if !persons.contains(&found.person) {
                persons.push(found.person);
            }
        }
    }
    let mut profiles: Vec<ProfileId> = Vec::new();
    for person in &persons {
        profiles.extend(customers::profiles_of(tx, *person)?);
    }
    let entries = log::timeline(tx, &profiles, None, LOOKED)?;
    let is_one = known == 2 && persons.len() == 1;
    Ok(judge(entries.iter().filter(|entry| entry.at >= role.since()), is_one))
}

fn judge<'a>(entries: impl Iterator<Item = &'a Logged>, is_one: bool) -> Happened {
    let mut seen = Happened::default();
    for entry in entries {
        match (entry.kind.as_str(), entry.channel) {
            ("message.received", Some(Channel::Email)) => seen.mail = true,
            ("message.received", Some(Channel::Whatsapp)) => seen.whatsapp = true,
            ("message.queued", _) => seen.answered = true,
            ("order.paid", _) => seen.paid = true,
            ("fulfilment.collected", _) => seen.collected = true,
            ("return.received" | "return.refunded", _) => seen.returned = true,
            _ => {}
        }
    }
    // A known customer is one person from the start; the step still waits for both channels.
    seen.joined = is_one && seen.mail && seen.whatsapp;
    seen
}

/// The steps with their words.
pub(super) fn steps(page: &Page, role: &Role, seen: Happened) -> Vec<Step> {
    let phone = |tab: Tab| (format!("/studio/rehearsal?{}", role.query(tab)), "", page.t(&format!("story-open-{}", tab.as_str())));
    let desk = |href: &str, key: &str| (href.to_owned(), "desk", page.t(key));
    let all = [
        (seen.mail, phone(Tab::Email)),
        (seen.whatsapp, phone(Tab::Whatsapp)),
        (seen.answered, desk("/desk?view=open", "story-open-desk")),
        (seen.joined, desk("/desk?view=open", "story-open-desk")),
        (seen.paid, phone(Tab::Shop)),
        (seen.collected, desk("/till/pickups", "story-open-till")),
        (seen.returned, desk("/till/returns", "story-open-till")),
    ];
    let first_open = all.iter().position(|(done, _)| !done);
    let step = |(index, (done, link)): (usize, (bool, (String, &'static str, String)))| Step {
        number: index + 1,
        title: page.t(&format!("story-{}", index + 1)),
        look: page.t(&format!("story-{}-look", index + 1)),
        done,
        next: first_open == Some(index),
        link: Some(link).filter(|_| role.is_cast()),
    };
    all.into_iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Locale, LogKey, Timestamp};

    fn entry(kind: &str, channel: Channel) -> Logged {
        Logged {
            key: LogKey::default(),
            at: Timestamp::from_seconds(1),
            kind: kind.into(),
            subject: String::new(),
            profile: None,
            channel: Some(channel),
            actor: None,
            body: "{}".into(),
        }
    }

    #[test]
    fn a_step_is_done_when_the_log_says_so() {
        let log = [entry("message.received", Channel::Email), entry("message.queued", Channel::Email), entry("order.paid", Channel::Web)];
        let seen = judge(log.iter(), true);
        assert_eq!(seen, Happened { mail: true, answered: true, paid: true, ..Happened::default() });
        let shown = steps(&Page::sample(Locale::Es), &Role::default(), seen);
        let told: Vec<_> = shown.iter().map(|step| (step.done, step.next)).collect();
        let open = (false, false);
        assert_eq!(told, [(true, false), (false, true), (true, false), open, (true, false), open, open]);
        let both = [entry("message.received", Channel::Email), entry("message.received", Channel::Whatsapp)];
        assert!(judge(both.iter(), true).joined && !judge(both.iter(), false).joined);
    }
}
