//! Strangers' names, addresses and words in what leaves: whatever they are, the request says nothing else.
#![no_main]

use channels::{WireRequest, divide};
use conversations::{Address, AddressKind, Outbound};
use hilo_fuzz::{NOW, pick, texts};
use kernel::Channel;
use libfuzzer_sys::fuzz_target;

/// The headers of a mail of ours.
const HEADERS: [&str; 9] = ["From", "To", "Date", "Message-ID", "Subject", "In-Reply-To", "References", "MIME-Version", "Content-Type"];

fuzz_target!(|input: &[u8]| {
    let Some((channel, account, told)) = pick(input) else { return };
    let [address, text, name, subject, answered] = texts(told);
    let to = match account.kind {
        Channel::Email => Address::email(&address),
        Channel::Whatsapp | Channel::Sms => Address::phone(&address),
        Channel::Webchat | Channel::Push => Address::device(&address),
        _ => Address { kind: AddressKind::Handle, value: address },
    };
    let message = Outbound {
        to_name: Some(name),
        last_inbound_at: Some(NOW),
        subject: Some(subject),
        references: vec![answered.clone()],
        reply_to: Some(answered),
        ..Outbound::text("01K9ZZZZZZZZZZZZZZZZZZZZZZ", to, NOW, text)
    };
    let capabilities = channel.capabilities();
    let pieces = divide(&message, &capabilities);
    assert!(!pieces.is_empty());
    assert_eq!(words(&pieces), words(std::slice::from_ref(&message)), "nothing is lost between two pieces");
    for piece in &pieces {
        let length = piece.text.as_deref().unwrap_or_default().chars().count();
        assert!(capabilities.text_limit.is_none_or(|limit| length <= limit), "{length} characters");
        match channel.render(account, piece) {
            Ok(WireRequest::Mail(mail)) => plain(&mail.raw),
            Ok(WireRequest::Http(request) | WireRequest::Open { request, .. }) => {
                request.encoded();
                assert!(!request.url.contains(char::is_whitespace), "an address is one word");
            }
            Ok(WireRequest::Push { .. }) | Err(_) => {}
        }
    }
});

/// Everything that is said, but for the spaces.
fn words(pieces: &[Outbound]) -> String {
    pieces.iter().filter_map(|piece| piece.text.as_deref()).flat_map(str::chars).filter(|letter| !letter.is_whitespace()).collect()
}

/// No stranger writes a header of ours.
fn plain(mail: &[u8]) {
    let mail = String::from_utf8_lossy(mail);
    let (head, _) = mail.split_once("\r\n\r\n").expect("a head and a body");
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let name = line.split(':').next().unwrap_or_default();
        assert!(HEADERS.contains(&name) && !line.contains(['\r', '\n', '\0']), "{line}");
    }
}
