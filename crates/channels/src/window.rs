//! The reply window: on some channels free text may only follow the customer's last message within some hours.

use crate::CannotSend;
use conversations::{Capabilities, Outbound};
use kernel::Timestamp;
use std::time::Duration;

/// Whether free text may go out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// The channel has no window.
    Always,
    /// Until this moment, which itself is too late.
    OpenUntil(Timestamp),
    /// Not before the customer writes again.
    Closed,
}

/// A channel's window rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyWindow {
    hours: Option<u32>,
}

impl ReplyWindow {
    /// The rule of a channel with these capabilities.
    pub fn of(capabilities: &Capabilities) -> Self {
        Self { hours: capabilities.reply_window_hours }
    }

    /// How the window stands at `now` for somebody who last wrote at `last_inbound_at` (`None`: never on this channel account).
    pub fn at(self, last_inbound_at: Option<Timestamp>, now: Timestamp) -> WindowState {
        let Some(hours) = self.hours else { return WindowState::Always };
        let closes = last_inbound_at.map(|wrote| wrote.plus(Duration::from_secs(u64::from(hours) * 3600)));
        match closes {
            Some(closes) if now < closes => WindowState::OpenUntil(closes),
            _ => WindowState::Closed,
        }
    }

    /// Refuse a free text outside the window; an approved text may always go.
    pub fn allow(self, message: &Outbound) -> Result<(), CannotSend> {
        match (self.hours, self.at(message.last_inbound_at, message.at)) {
            (Some(hours), WindowState::Closed) if message.template.is_none() => Err(CannotSend::WindowClosed { hours }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: ReplyWindow = ReplyWindow { hours: Some(24) };

    #[test]
    fn the_window_closes_exactly_24_hours_after_the_last_message() {
        let wrote = Timestamp::from_seconds(1_000_000);
        let closes = Timestamp::from_seconds(1_086_400);
        assert_eq!(DAY.at(Some(wrote), Timestamp::from_micros(closes.as_micros() - 1)), WindowState::OpenUntil(closes));
        assert_eq!(DAY.at(Some(wrote), closes), WindowState::Closed);
        assert_eq!(DAY.at(None, closes), WindowState::Closed);
        assert_eq!(ReplyWindow { hours: None }.at(None, closes), WindowState::Always);
    }
}
