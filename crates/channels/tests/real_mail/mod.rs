//! Where the real mail servers are, if they are.

use channels::ChannelAccount;
use std::env::var;
use std::time::{SystemTime, UNIX_EPOCH};

/// An account with an empty mailbox of its own on the servers given; `None`, with a word about it, when none are.
pub fn account(name: &str) -> Option<ChannelAccount> {
    let (Ok(smtp), Ok(imap), Ok(password)) = (var("HILO_TEST_SMTP"), var("HILO_TEST_IMAP"), var("HILO_TEST_MAIL_PASSWORD")) else {
        println!("skipped: HILO_TEST_SMTP, HILO_TEST_IMAP and HILO_TEST_MAIL_PASSWORD name no servers");
        return None;
    };
    // The servers keep their mail for as long as they run: a mailbox that no earlier test has used.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos();
    let address = format!("{name}-{now}@shop.test");
    let account = ChannelAccount::new("mail", kernel::Channel::Email, &address)
        .with("smtp_url", format!("smtp://{smtp}"))
        .with("imap_url", format!("imap://{imap}"))
        .with("imap_user", address)
        .with_secret("imap_password", password);
    Some(account)
}
