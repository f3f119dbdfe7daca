//! An account as it is shown.

use crate::Page;
use crate::ui::{Badge, Moment, Tone};
use conversations::{Matter, MatterState};
use customers::{IdentifierKind, KnownIdentifier};
use kernel::Channel;
use orders::{OrderHead, OrderState};

/// The channels a customer may be written to on.
pub(super) const CHANNELS: [Channel; 4] = [Channel::Email, Channel::Whatsapp, Channel::Sms, Channel::Phone];

pub(super) struct OrderRow {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) summary: String,
    pub(super) when: Moment,
    pub(super) total: String,
    pub(super) state: Badge,
}

impl OrderRow {
    pub(super) fn new(page: &Page, order: &OrderHead) -> Self {
        let tone = match order.state {
            OrderState::Placed => Tone::Warn,
            OrderState::Cancelled => Tone::Plain,
            OrderState::Paid | OrderState::Fulfilling => Tone::Live,
            _ => Tone::Ok,
        };
        let more = order.units - 1;
        OrderRow {
            href: format!("/orders/{}", order.token()),
            number: order.number.to_string(),
            summary: if more > 0 { format!("{} {}", order.summary, page.tn("my-order-and-more", more)) } else { order.summary.clone() },
            when: Moment::date(order.placed_at, page.now, page.locale),
            total: order.total.format(page.locale),
            state: Badge::state(tone, page.t(&format!("my-order-short-{}", order.state.as_str().replace('_', "-")))),
        }
    }
}

/// A way by which they are known.
pub(super) struct Known {
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) is_verified: bool,
}

impl Known {
    /// Browsers are ours to know, not theirs to read.
    pub(super) fn new(page: &Page, known: &KnownIdentifier) -> Option<Self> {
        let kind = known.identifier.kind();
        (kind != IdentifierKind::Device).then(|| Known {
            kind: page.t(match kind {
                IdentifierKind::Email => "known-email",
                IdentifierKind::Phone => "known-phone",
                IdentifierKind::Card => "known-card",
                _ => "known-handle",
            }),
            text: known.identifier.display().to_owned(),
            is_verified: known.verified_at.is_some(),
        })
    }
}

pub(super) struct MatterRow {
    pub(super) subject: String,
    pub(super) preview: String,
    pub(super) channel: Badge,
    pub(super) when: Moment,
    pub(super) state: String,
}

impl MatterRow {
    pub(super) fn new(page: &Page, matter: &Matter) -> Self {
        MatterRow {
            subject: matter.subject.clone(),
            preview: matter.preview.clone(),
            channel: Badge::channel(page, matter.channel),
            when: Moment::ago(matter.last_at, page.now, page.locale),
            state: page.t(match matter.state {
                MatterState::Resolved => "matter-is-resolved",
                MatterState::Waiting => "matter-is-yours",
                _ => "matter-is-ours",
            }),
        }
    }
}

/// A channel and its place in their order.
pub(super) struct ChannelRank {
    pub(super) value: &'static str,
    pub(super) name: String,
    pub(super) rank: usize,
}

/// All channels, the preferred ones first.
pub(super) fn ranks(page: &Page, preferred: &[Channel]) -> Vec<ChannelRank> {
    let known = preferred.iter().copied().filter(|channel| CHANNELS.contains(channel));
    let others = CHANNELS.into_iter().filter(|channel| !preferred.contains(channel));
    let all = known.chain(others).enumerate();
    all.map(|(at, channel)| ChannelRank { value: channel.as_str(), name: page.t(&format!("channel-{}", channel.as_str())), rank: at + 1 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn every_channel_has_one_place() {
        let ranks = ranks(&Page::sample(Locale::Es), &[Channel::Whatsapp, Channel::Till, Channel::Email]);
        let order: Vec<_> = ranks.iter().map(|rank| (rank.value, rank.rank)).collect();
        assert_eq!(order, [("whatsapp", 1), ("email", 2), ("sms", 3), ("phone", 4)]);
    }
}
