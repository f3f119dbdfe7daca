//! Gift cards: spent at most once, whoever holds the code, and refunds go onto them.
mod common;

use common::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Denied, Money, Permission};
use payments::{
    GiftCard, GiftCardOrigin, IssueGiftCard, Method, Payment, PaymentError, PaymentState, RefundSubject, SpendGiftCard, block_gift_card,
    gift_card, gift_card_by_code, gift_cards_for, issue_gift_card, refund_subject, spend_gift_card,
};

fn made(world: &World, key: &str, minor: i64) -> Result<GiftCard, PaymentError> {
    let cmd = IssueGiftCard {
        key: key.into(),
        origin: GiftCardOrigin::Goodwill,
        profile: None,
        subject: String::new(),
        amount: Money::eur(minor),
        channel: Channel::Desk,
    };
    write(world, move |tx| issue_gift_card(tx, &agent(), cmd.clone()))
}

fn spends(world: &World, key: &str, code: &str, most: i64) -> Result<Payment, PaymentError> {
    let cmd = SpendGiftCard {
        key: key.into(),
        subject: SUBJECT.into(),
        profile: None,
        channel: Channel::Web,
        code: code.into(),
        most: Money::eur(most),
    };
    write(world, move |tx| spend_gift_card(tx, &Actor::guest(), cmd.clone()))
}

fn goes_back(world: &World, key: &str, minor: i64, onto_card: bool) -> Result<Vec<(Method, i64)>, PaymentError> {
    let cmd = RefundSubject { key: key.into(), subject: SUBJECT.into(), amount: Money::eur(minor), reason: "talla".into(), onto_card };
    let records = write(world, move |tx| refund_subject(tx, &agent(), cmd.clone()))?;
    Ok(records.iter().map(|record| (record.method, record.amount.minor)).collect())
}

fn left(world: &World, card: &GiftCard) -> i64 {
    let id = card.id;
    read(world, move |tx| gift_card(tx, id)).expect("a card").balance.minor
}

#[test]
fn a_card_pays_what_it_holds_and_no_more() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let card = made(world, "c", 3000).expect("made");
        assert_eq!(made(world, "c", 3000).expect("the first").code, card.code);
        let typed = format!(" {} ", card.spelled().to_lowercase().replace('-', " ").replace('0', "o"));
        let paid = spends(world, "p1", &typed, 2000).expect("paid");
        assert_eq!((paid.method, paid.state, paid.captured.minor), (Method::GiftCard, PaymentState::Captured, 2000));
        assert_eq!(paid.reference, format!("···· {}", card.ending()), "nobody spends a card by its receipt");
        assert_eq!(spends(world, "p1", &card.code, 2000).expect("the first").id, paid.id);
        assert_eq!(left(world, &card), 1000);
        assert_eq!(spends(world, "p2", &card.code, 3000).expect("paid").captured.minor, 1000, "what is left");
        assert_eq!((left(world, &card), due(world)), (0, (5000, 3000, 0, 2000)));
        assert!(matches!(spends(world, "p3", &card.code, 2000), Err(PaymentError::EmptyGiftCard)));
        for wrong in ["", "0000-0000-0000-0000", "4111 1111 1111 1111", "ñ"] {
            assert!(matches!(spends(world, "p4", wrong, 2000), Err(PaymentError::UnknownGiftCard)), "{wrong}");
        }
        assert_eq!(due(world), (5000, 3000, 0, 2000), "a refusal changes nothing");
        book_is_sound(world);
    });
}

#[test]
fn who_may_not_makes_none_and_a_stopped_one_waits() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let denied = IssueGiftCard {
            key: "c".into(),
            origin: GiftCardOrigin::Goodwill,
            profile: None,
            subject: String::new(),
            amount: Money::eur(1),
            channel: Channel::Web,
        };
        let denied = write(world, move |tx| issue_gift_card(tx, &Actor::guest(), denied.clone()));
        assert!(matches!(denied, Err(PaymentError::Denied(Denied(Permission::Refund)))));
        assert!(matches!(made(world, "c", 0), Err(PaymentError::InvalidAmount { .. })));
        assert!(matches!(made(world, "c", 100_000_001), Err(PaymentError::InvalidAmount { most: 100_000_000 })));
        let card = made(world, "c", 3000).expect("made");
        let id = card.id;
        let stops = |is_blocked| write(world, move |tx| block_gift_card(tx, &agent(), id, is_blocked)).expect("known");
        assert!(stops(true).is_blocked);
        assert!(matches!(spends(world, "p", &card.code, 100), Err(PaymentError::UnknownGiftCard)));
        assert!(!stops(false).is_blocked);
        assert_eq!(spends(world, "p", &card.code, 100).expect("paid").captured.minor, 100);
        assert_eq!(left(world, &card), 2900);
    });
}

#[test]
fn a_refund_goes_onto_one_new_card_but_what_a_card_paid_onto_that_one() {
    on_both(ROOMS, |world| {
        billed(world, "order", 6000);
        let old = made(world, "c", 1000).expect("made");
        spends(world, "p", &old.code, 6000).expect("paid");
        take(world, "cash", Method::Cash, 2000).expect("taken");
        take(world, "card", Method::CardTerminal, 3000).expect("taken");
        billed(world, "less", -5500);
        for _ in 0..2 {
            let back = goes_back(world, "r", 5500, true).expect("given back");
            assert_eq!(back.iter().map(|(_, minor)| minor).sum::<i64>(), 5500);
            assert!(back.iter().all(|(method, _)| *method == Method::GiftCard), "{back:?}");
        }
        let new = read(world, |tx| gift_cards_for(tx, SUBJECT));
        assert_eq!(
            new.iter().map(|card| (card.origin, card.issued.minor, card.balance.minor)).collect::<Vec<_>>(),
            [(GiftCardOrigin::Refund, 4500, 4500)]
        );
        assert_eq!((left(world, &old), due(world)), (1000, (500, 500, 0, 0)));
        assert!(matches!(goes_back(world, "r2", 501, false), Err(PaymentError::TooMuch { left }) if left == Money::eur(500)));
        assert_eq!(goes_back(world, "r3", 500, false).expect("given back"), [(Method::Cash, 500)], "the way it came");
        assert_eq!(left(world, &new[0]), 4500);
        book_is_sound(world);
    });
}

#[test]
fn many_at_once_spend_a_card_once() {
    on_both(ROOMS, |world| {
        billed(world, "order", 100_000);
        let card = made(world, "c", 1000).expect("made");
        let paid: i64 = std::thread::scope(|scope| {
            let buyers: Vec<_> = (0..12)
                .map(|n| {
                    scope.spawn({
                        let code = card.code.clone();
                        move || spends(world, &format!("p{n}"), &code, 300)
                    })
                })
                .collect();
            buyers.into_iter().filter_map(|buyer| buyer.join().expect("no panic").ok()).map(|payment| payment.captured.minor).sum()
        });
        assert_eq!(paid + left(world, &card), 1000);
        assert!(paid >= 300, "{paid}");
        let code = card.code.clone();
        assert_eq!(read(world, move |tx| gift_card_by_code(tx, &code)).expect("known").issued.minor, 1000);
        book_is_sound(world);
    });
}
