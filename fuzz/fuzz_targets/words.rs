//! What people write: card numbers in it, gaps to fill, a language, an address, a price.
#![no_main]

use channels::{push, twilio};
use conversations::{Address, TemplateContent, asks_to_begin_again, asks_to_stop, fill, fill_numbers, gap, language_of};
use customers::{Identifier, IdentifierKind};
use kernel::{Currency, Money};
use libfuzzer_sys::fuzz_target;
use payments::mask_card_numbers;
use std::collections::BTreeMap;

const KINDS: [IdentifierKind; 5] =
    [IdentifierKind::Email, IdentifierKind::Phone, IdentifierKind::Card, IdentifierKind::Device, IdentifierKind::X];

fuzz_target!(|input: &[u8]| {
    let text = &*String::from_utf8_lossy(input);

    let masked = mask_card_numbers(text);
    assert_eq!(mask_card_numbers(&masked), masked, "a number that was hidden hides no other");
    assert_eq!(masked.chars().count(), text.chars().count());

    language_of(text);
    assert!(!(asks_to_stop(text) && asks_to_begin_again(text)));

    assert_eq!(fill(text, &BTreeMap::new()), text, "without values nothing is filled");
    assert_eq!(gap(&fill(text, &BTreeMap::new())), gap(text));
    let content = TemplateContent { body: text.to_owned(), ..TemplateContent::default() };
    if let Ok(gaps) = content.gaps() {
        let filled = fill_numbers(text, &vec!["x".to_owned(); gaps]);
        assert!(TemplateContent { body: filled, ..content }.gaps().is_ok());
    }

    let sms = twilio::segments(text);
    assert_eq!(sms.count == 0, text.is_empty());

    for address in [Address::email(text), Address::phone(text)] {
        let again = if address.value.starts_with('+') { Address::phone(&address.value) } else { Address::email(&address.value) };
        assert!(address.kind != again.kind || address == again, "a normal form is its own");
    }
    for kind in KINDS {
        if let Ok(known) = Identifier::new(kind, text) {
            assert_eq!(Identifier::new(kind, known.value()).as_ref(), Ok(&known), "a normal form is its own");
        }
    }
    if let Ok(subscription) = text.parse::<push::Subscription>() {
        assert_eq!(subscription.to_string().parse().as_ref(), Ok(&subscription));
    }
    if let Ok(code) = text.parse::<catalogue::Barcode>() {
        assert_eq!(code.gtin14().len(), 14);
    }
    let _ = Money::parse(text, Currency::EUR).map(|money| money.format(kernel::Locale::Es));
    assert_eq!(catalogue::slug(&catalogue::slug(text)), catalogue::slug(text));
});
