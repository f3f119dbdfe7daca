//! Small conversions to words that several parts of the desk use.

use crate::Page;
use crate::ui::{Badge, Tone};
use conversations::{ConversationError, Matter, MatterState, Urgency};
use kernel::{Channel, Fault, ProfileId, ReadTx, Timestamp};
use orders::{OrderState, PaymentState};
use std::time::Duration;

/// A wait becomes worth a look after this many seconds, and late after [`LATE`].
const SOON: u64 = 15 * 60;
const LATE: u64 = 60 * 60;

/// How near the target is, in colour and in words; without a clock, how long somebody waits. `None` when nobody does.
pub(super) fn due(page: &Page, matter: &Matter, warning: Duration) -> Option<(&'static str, String)> {
    let clocks = matter.clocks();
    let Some(at) = clocks.next() else { return matter.waiting_since.map(|since| wait(page, since)) };
    let (tone, key, span) = match clocks.urgency(page.now, warning) {
        Urgency::Missed => ("bad", "due-missed", page.now.since(at)),
        Urgency::Near => ("warn", "due-in", at.since(page.now)),
        Urgency::InTime | Urgency::None => ("plain", "due-in", at.since(page.now)),
    };
    Some((tone, page.tv(key, crate::format::span_text(span.as_secs()))))
}

/// How long somebody waits, in words and in colour.
pub(super) fn wait(page: &Page, since: Timestamp) -> (&'static str, String) {
    let seconds = page.now.since(since).as_secs();
    let tone = match seconds {
        0..SOON => "plain",
        SOON..LATE => "warn",
        _ => "bad",
    };
    let text = if seconds < 60 { page.t("waits-now") } else { crate::format::span_text(seconds) };
    (tone, text)
}

pub(super) fn matter_state(page: &Page, state: MatterState) -> Badge {
    let tone = match state {
        MatterState::New => Tone::Live,
        MatterState::Open => Tone::Warn,
        MatterState::Waiting | MatterState::Snoozed => Tone::Plain,
        MatterState::Resolved => Tone::Ok,
    };
    Badge::state(tone, page.t(&format!("matter-state-{}", state.as_str())))
}

pub(crate) fn order_state(page: &Page, state: OrderState) -> Badge {
    let tone = match state {
        OrderState::Placed => Tone::Warn,
        OrderState::Paid | OrderState::Fulfilling => Tone::Live,
        OrderState::Completed => Tone::Ok,
        OrderState::PartlyReturned | OrderState::Returned => Tone::Plain,
        OrderState::Cancelled => Tone::Bad,
    };
    Badge::state(tone, page.t(&format!("order-is-{}", state.as_str().replace('_', "-"))))
}

pub(super) fn payment_state(page: &Page, state: PaymentState) -> Badge {
    let tone = match state {
        PaymentState::Paid => Tone::Ok,
        PaymentState::Unpaid | PaymentState::PartlyPaid => Tone::Warn,
        PaymentState::Refunded | PaymentState::PartlyRefunded => Tone::Plain,
    };
    Badge::state(tone, page.t(&format!("money-is-{}", state.as_str().replace('_', "-"))))
}

/// Why a channel is closed, in the reader's words.
pub(super) fn closed(page: &Page, why: &ConversationError) -> String {
    match why {
        ConversationError::WindowClosed(at) if at.as_micros() == 0 => page.t("closed-never-wrote"),
        ConversationError::WindowClosed(at) => page.tv("closed-window", crate::format::ago(*at, page.now, page.locale)),
        ConversationError::OptedOut(evidence) if evidence.is_empty() => page.t("closed-opted-out"),
        ConversationError::OptedOut(evidence) => page.tv("closed-opted-out-words", evidence),
        ConversationError::Undeliverable(why) => page.t(&format!("closed-{}", why.as_str().replace('_', "-"))),
        ConversationError::AccountClosed => page.t("closed-account"),
        _ => page.t("closed-other"),
    }
}

/// An address as a reader knows it: a browser's token says nothing.
pub(super) fn shown(option: &conversations::ReplyOption) -> &str {
    match option.account.channel {
        Channel::Webchat | Channel::App => option.account.name.as_str(),
        // A subscription is long and says nothing but whose service it is.
        Channel::Push => option.address.split('/').nth(2).unwrap_or_default(),
        _ => option.address.as_str(),
    }
}

/// Where a person is written to first: the best open way, else the desk itself.
pub(super) fn channel_of_person(tx: &ReadTx<'_>, person: &[ProfileId]) -> Result<Channel, Fault> {
    let open = conversations::reply_options(tx, person)?.into_iter().find(|option| option.closed.is_none());
    Ok(open.map_or(Channel::Desk, |option| option.account.channel))
}

/// The first letters of the first two words.
pub(super) fn initials(name: &str) -> String {
    name.split_whitespace().take(2).filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).flat_map(char::to_uppercase).collect()
}

/// A name to show: what is known, else that nobody is known.
pub(super) fn name_or_stranger(page: &Page, name: &str) -> String {
    if name.is_empty() { page.t("desk-stranger") } else { name.to_owned() }
}
