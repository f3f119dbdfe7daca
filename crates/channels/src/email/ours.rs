//! Which addresses of a mailbox are ours: its own and its aliases. An answer leaves from the one that was written to.

use crate::ChannelAccount;
use conversations::InboundMessage;

/// The address of a mailbox, or its alias, that this is; as it is configured.
pub(super) fn own<'a>(account: &'a ChannelAccount, address: &str) -> Option<&'a str> {
    let aliases = account.optional("aliases").unwrap_or_default().split([',', ';', ' ', '\n', '\r']).filter(|alias| !alias.is_empty());
    std::iter::once(account.address.as_str()).chain(aliases).find(|known| known.eq_ignore_ascii_case(address.trim()))
}

/// A server names the mailbox that it delivered to. Which of its addresses somebody wrote to, the mail itself says: the first one counts.
pub(super) fn settle(account: &ChannelAccount, message: &mut InboundMessage) {
    let written_to = message.named.iter().find(|address| own(account, &address.value).is_some()).cloned();
    if let Some(written_to) = written_to {
        message.to = written_to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conversations::{Address, Sender};
    use kernel::{Channel, Timestamp};

    #[test]
    fn of_several_addresses_of_ours_the_first_that_is_named_was_written_to() {
        let account =
            ChannelAccount::new("mail", Channel::Email, "hola@marca.test").with("aliases", "Pedidos@marca.test, tallas@marca.test");
        let to = |named: &[&str]| {
            let sender = Sender { address: Address::email("ana@cliente.test"), display_name: None, reply_to: None };
            let mut mail = InboundMessage::new("1", sender, Address::email("hola@marca.test"), Timestamp::from_seconds(0), Vec::new());
            mail.named = named.iter().map(|address| Address::email(address)).collect();
            settle(&account, &mut mail);
            mail.to.value
        };
        assert_eq!(to(&["pedidos@marca.test"]), "pedidos@marca.test");
        assert_eq!(to(&["luis@otra.test", "hola@marca.test", "tallas@marca.test"]), "hola@marca.test");
        assert_eq!(to(&["luis@otra.test"]), "hola@marca.test", "a blind copy: where the server delivered it");
        assert_eq!(own(&account, "pedidos@MARCA.test"), Some("Pedidos@marca.test"));
        assert_eq!(own(&account, "otra@marca.test"), None);
    }
}
