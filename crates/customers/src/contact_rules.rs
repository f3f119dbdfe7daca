//! What the contact policy rests on: the brand's rule, what each person set, what they were sent, why they are left in peace.

use crate::permission::may_edit;
use crate::policy::{Cap, Context, QuietHours};
use crate::{EditError, PersonId, Purpose, current, events, store};
use kernel::{Actor, Channel, Denied, Event, Fault, Permission, ProfileId, ReadTx, Timestamp, Tx};
use serde::Serialize;

/// Messages that a cap may allow.
const MOST_MESSAGES: u32 = 1000;

pub(crate) const RULE: &str = "brand";
/// Where a brand is that has not said.
const HOME_ZONE: &str = "Europe/Madrid";

/// The brand's own rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRule {
    /// The zone of those whose own is unknown, IANA.
    pub zone: String,
    /// Quiet hours of those who did not set their own.
    pub quiet: QuietHours,
    /// Unasked-for messages over all channels.
    pub cap: Cap,
}

impl Default for ContactRule {
    fn default() -> Self {
        ContactRule { zone: HOME_ZONE.to_owned(), quiet: QuietHours::default(), cap: Cap::default() }
    }
}

/// The rule in force.
pub fn contact_rule(tx: &ReadTx<'_>) -> Result<ContactRule, Fault> {
    Ok(store::contact::rule(tx)?.unwrap_or_default())
}

/// Why a rule or setting was refused.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// No such time zone.
    #[error("`{0}` is not the name of a time zone, such as Europe/Madrid")]
    UnknownZone(String),
    /// The cap: too many messages, or a strange span.
    #[error("allow 0 to {MOST_MESSAGES} messages in 1 to 365 days")]
    BadSpan,
    /// Whose it is.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl kernel::Problem for RuleError {
    fn kind(&self) -> kernel::Kind {
        match self {
            RuleError::UnknownZone(_) | RuleError::BadSpan => kernel::Kind::Invalid,
            RuleError::Edit(edit) => edit.kind(),
            RuleError::Denied(denied) => denied.kind(),
            RuleError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RuleError::UnknownZone(_) => "customers.unknown_zone",
            RuleError::BadSpan => "customers.bad_span",
            RuleError::Edit(edit) => edit.code(),
            RuleError::Denied(denied) => denied.code(),
            RuleError::Fault(fault) => fault.code(),
        }
    }
}

/// Change the brand's rule. Announces `contact.rule_changed`.
pub fn set_contact_rule(tx: &mut Tx<'_>, actor: &Actor, rule: &ContactRule) -> Result<(), RuleError> {
    actor.require(Permission::ManageSettings)?;
    known_zone(&rule.zone)?;
    if !(1..=365).contains(&rule.cap.days) || rule.cap.most > MOST_MESSAGES {
        return Err(RuleError::BadSpan);
    }
    store::contact::save_rule(tx, rule)?;
    Ok(tx.announce(Event::new(events::CONTACT_RULE_CHANGED, RULE).by(actor))?)
}

/// Note where the brand is, as its configuration says; a rule that was set stays.
pub fn begin_contact_rule(tx: &mut Tx<'_>, zone: &str) -> Result<(), Fault> {
    match store::contact::rule(tx)? {
        Some(_) => Ok(()),
        None if known_zone(zone).is_err() => Ok(()),
        None => store::contact::save_rule(tx, &ContactRule { zone: zone.to_owned(), ..ContactRule::default() }),
    }
}

/// When one person is not to be disturbed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactSetting {
    /// Their quiet hours.
    pub quiet: QuietHours,
    /// Their zone, IANA; empty when they did not say.
    pub zone: String,
}

/// What a person set, on whichever profile they did so last.
pub fn contact_setting(tx: &ReadTx<'_>, person: PersonId) -> Result<Option<ContactSetting>, Fault> {
    store::contact::setting_of(tx, current(tx, person)?)
}

/// Set quiet hours and zone; staff, or the customer themselves. Announces `customer.updated`.
pub fn set_contact_setting(tx: &mut Tx<'_>, actor: &Actor, profile: ProfileId, new: &ContactSetting) -> Result<(), RuleError> {
    may_edit(tx, actor, profile)?;
    if !new.zone.is_empty() {
        known_zone(&new.zone)?;
    }
    store::contact::save_setting(tx, profile, new)?;
    Ok(tx.announce(Event::new(events::UPDATED, profile).profile(profile).by(actor))?)
}

fn known_zone(name: &str) -> Result<(), RuleError> {
    jiff::tz::TimeZone::get(name).map(drop).map_err(|_| RuleError::UnknownZone(name.to_owned()))
}

/// Note that a program wrote to somebody, under its own name for the message; false when that name was used before.
/// Only what is noted counts towards the cap.
pub fn record_contact(tx: &mut Tx<'_>, key: &str, profile: ProfileId, purpose: Purpose, channel: Channel) -> Result<bool, Fault> {
    store::contact::add_sent(tx, key, profile, purpose, channel)
}

/// True when a message of this name was noted.
pub fn was_contacted(tx: &ReadTx<'_>, key: &str) -> Result<bool, Fault> {
    store::contact::was_sent(tx, key)
}

/// When a person was sent what they did not ask for, since `since`; at most 366 for each profile.
pub fn contacts_since(tx: &ReadTx<'_>, person: PersonId, since: Timestamp) -> Result<Vec<Timestamp>, Fault> {
    let mut sent = Vec::new();
    for profile in store::profiles::ids_of_person(tx, current(tx, person)?)? {
        sent.extend(store::contact::sent_to(tx, profile, since, 366)?);
    }
    Ok(sent)
}

/// Leave a person in peace with what they did not ask for while `subject` (a matter, a payment, a case) lasts. Who calls has looked
/// after permission. Announces `contact.paused` the first time.
pub fn pause_contact(tx: &mut Tx<'_>, actor: &Actor, profile: ProfileId, context: Context, subject: &str) -> Result<(), Fault> {
    if store::contact::add_pause(tx, profile, context, subject)? {
        let body = events::Paused { context, subject: subject.to_owned() };
        tx.announce(Event::new(events::CONTACT_PAUSED, profile).profile(profile).by(actor).body(&body))?;
    }
    Ok(())
}

/// It is over. Announces `contact.resumed` when it was not before.
pub fn resume_contact(tx: &mut Tx<'_>, actor: &Actor, profile: ProfileId, context: Context, subject: &str) -> Result<(), Fault> {
    if store::contact::end_pause(tx, profile, context, subject)? {
        let body = events::Paused { context, subject: subject.to_owned() };
        tx.announce(Event::new(events::CONTACT_RESUMED, profile).profile(profile).by(actor).body(&body))?;
    }
    Ok(())
}

/// Why a person is left in peace: each context with its subject, at most 50.
pub fn contact_pauses(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<(Context, String)>, Fault> {
    store::contact::pauses_of(tx, current(tx, person)?)
}
