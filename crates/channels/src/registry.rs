//! Which adapter speaks for which kind of channel.

use crate::{Channel, email::Email, meta, push::Push, telegram::Telegram, twilio::Sms, webchat::Webchat, whatsapp::Whatsapp, x::X};

/// Every kind of channel with its adapter.
pub const KINDS: &[(kernel::Channel, &dyn Channel)] = &[
    (kernel::Channel::Email, &Email),
    (kernel::Channel::Whatsapp, &Whatsapp),
    (kernel::Channel::Webchat, &Webchat),
    (kernel::Channel::Telegram, &Telegram),
    (kernel::Channel::Sms, &Sms),
    (kernel::Channel::Messenger, &meta::MESSENGER),
    (kernel::Channel::Instagram, &meta::INSTAGRAM),
    (kernel::Channel::X, &X),
    (kernel::Channel::Push, &Push),
];

/// The adapter for a kind of channel; `None` for a door that carries no messages, such as the till.
pub fn adapter(kind: kernel::Channel) -> Option<&'static dyn Channel> {
    KINDS.iter().find(|(known, _)| *known == kind).map(|(_, adapter)| *adapter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_doors_that_carry_messages_have_an_adapter() {
        assert_eq!(adapter(kernel::Channel::Whatsapp).map(|channel| channel.capabilities().reply_window_hours), Some(Some(24)));
        assert!(adapter(kernel::Channel::Till).is_none());
    }
}
