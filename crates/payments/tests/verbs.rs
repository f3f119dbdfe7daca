//! Authorise, capture, void, refund; and what is due.
mod common;

use common::*;
use kernel::testing::on_both;
use kernel::{Actor, Channel, Currency, Denied, Money, Permission};
use payments::simulator::Outcome;
use payments::{Authorise, Bill, Method, PaymentError, PaymentId, PaymentState, Refund, RefundSubject, TakePayment};
use std::collections::HashMap;

#[test]
fn cash_and_card_pay_one_order() {
    on_both(ROOMS, |world| {
        assert_eq!(read(world, |tx| payments::due(tx, SUBJECT)), None);
        billed(world, "order", 5000);
        billed(world, "order", 5000);
        assert_eq!(due(world), (5000, 0, 0, 5000));
        let cash = take(world, "cash", Method::Cash, 2000).expect("taken");
        let again = take(world, "cash", Method::Cash, 2000).expect("the first");
        assert_eq!((cash.id, cash.state, cash.captured), (again.id, PaymentState::Captured, Money::eur(2000)));
        assert_eq!(due(world), (5000, 2000, 0, 3000));
        take(world, "card", Method::CardTerminal, 3000).expect("taken");
        assert_eq!(due(world), (5000, 5000, 0, 0));
        assert_eq!(thread(world), ["payment.captured", "payment.captured"]);
        book_is_sound(world);
    });
}

#[test]
fn what_cannot_be_taken_is_refused() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let good = TakePayment {
            key: "k".into(),
            subject: SUBJECT.into(),
            profile: None,
            channel: Channel::Till,
            method: Method::CardTerminal,
            amount: Money::eur(100),
            reference: "1".into(),
        };
        let attempt = |cmd: TakePayment, actor: Actor| write(world, move |tx| payments::take_payment(tx, &actor, cmd.clone()));
        let denied = attempt(good.clone(), Actor::guest());
        assert!(matches!(denied, Err(PaymentError::Denied(Denied(Permission::TakePayment)))));
        assert!(matches!(attempt(TakePayment { reference: " ".into(), ..good.clone() }, agent()), Err(PaymentError::MissingReference)));
        assert!(matches!(attempt(TakePayment { method: Method::Gateway, ..good.clone() }, agent()), Err(PaymentError::WrongMethod)));
        assert!(matches!(attempt(TakePayment { amount: Money::eur(0), ..good.clone() }, agent()), Err(PaymentError::InvalidAmount { .. })));
        assert!(matches!(attempt(TakePayment { subject: "a b".into(), ..good.clone() }, agent()), Err(PaymentError::InvalidSubject)));
        let dollars = Money::new(100, "USD".parse().expect("a currency"));
        let other = attempt(TakePayment { amount: dollars, ..good.clone() }, agent());
        assert!(matches!(other, Err(PaymentError::OtherCurrency { currency }) if currency == Currency::EUR));
        let bill = Bill { key: "b".into(), subject: SUBJECT.into(), amount: dollars };
        assert!(matches!(write(world, move |tx| payments::bill(tx, bill.clone())), Err(PaymentError::OtherCurrency { .. })));
        assert_eq!(read(world, |tx| payments::payments_of(tx, SUBJECT)), vec![]);
        let kept = attempt(TakePayment { reference: "4111 1111 1111 1111".into(), ..good }, agent()).expect("taken");
        assert_eq!(kept.reference, "•••• •••• •••• 1111", "no card number is stored");
    });
}

#[test]
fn what_is_promised_is_taken_later_or_called_off() {
    on_both(ROOMS, |world| {
        billed(world, "order", 5000);
        let (first, page) = gateway(world, "first", 5000, true);
        let capture =
            |id: PaymentId, amount: Option<i64>| write(world, move |tx| payments::capture(tx, &agent(), id, amount.map(Money::eur)));
        let void = |id: PaymentId| write(world, move |tx| payments::void(tx, &agent(), id));
        assert!(matches!(capture(first.id, None), Err(PaymentError::NotNow { state: PaymentState::Pending, .. })));
        deliver(world, &press(world, &page, Outcome::Approve).expect("approved")).expect("heard");
        assert_eq!((due(world), payment(world, &first).state), ((5000, 0, 5000, 5000), PaymentState::Authorised));
        assert!(read(world, |tx| payments::due(tx, SUBJECT)).expect("due").is_covered());
        assert!(matches!(capture(first.id, Some(5001)), Err(PaymentError::InvalidAmount { most: 5000 })));
        let taken = capture(first.id, Some(4000)).expect("taken");
        assert_eq!((taken.state, taken.captured), (PaymentState::Captured, Money::eur(4000)));
        assert_eq!(capture(first.id, None).expect("as it stands").captured, Money::eur(4000));
        assert!(matches!(void(first.id), Err(PaymentError::NotNow { state: PaymentState::Captured, next: PaymentState::Voided })));
        assert_eq!(due(world), (5000, 4000, 0, 1000));

        let (second, page) = gateway(world, "second", 1000, true);
        assert_eq!(void(second.id).expect("called off").state, PaymentState::Voided);
        assert_eq!(void(second.id).expect("was called off").state, PaymentState::Voided);
        assert!(press(world, &page, Outcome::Approve).is_err(), "its page is closed");
        assert!(matches!(void(PaymentId::nil()), Err(PaymentError::UnknownPayment)));
        assert_eq!(thread(world), ["payment.authorised", "payment.captured", "payment.voided"]);
        book_is_sound(world);
    });
}

#[test]
fn money_goes_back_once_and_never_more_than_came() {
    on_both(ROOMS, |world| {
        billed(world, "order", 3000);
        let paid = take(world, "card", Method::CardTerminal, 3000).expect("taken");
        let refund = |key: &str, minor: i64| {
            let cmd = Refund { key: key.into(), payment: paid.id, amount: Money::eur(minor), reason: "too small".into() };
            write(world, move |tx| payments::refund(tx, &agent(), cmd.clone()))
        };
        let first = refund("r1", 1000).expect("given back");
        assert_eq!(refund("r1", 1000).expect("the first"), first);
        assert_eq!((payment(world, &paid).state, due(world)), (PaymentState::PartlyRefunded, (3000, 2000, 0, 1000)));
        assert!(matches!(refund("r2", 2001), Err(PaymentError::TooMuch { left }) if left == Money::eur(2000)));
        assert!(matches!(refund("r2", 0), Err(PaymentError::InvalidAmount { .. })));
        billed(world, "returned", -3000);
        world.clock().advance(std::time::Duration::from_secs(1));
        refund("r2", 2000).expect("given back");
        assert_eq!((payment(world, &paid).state, due(world)), (PaymentState::Refunded, (0, 0, 0, 0)));
        assert!(matches!(refund("r3", 1), Err(PaymentError::TooMuch { left }) if left.is_zero()));
        assert_eq!(read(world, |tx| payments::refunds_of(tx, SUBJECT)).iter().map(|r| r.amount.minor).collect::<Vec<_>>(), [1000, 2000]);
        let denied = Refund { key: "r4".into(), payment: paid.id, amount: Money::eur(1), reason: String::new() };
        let denied = write(world, move |tx| payments::refund(tx, &Actor::guest(), denied.clone()));
        assert!(matches!(denied, Err(PaymentError::Denied(Denied(Permission::Refund)))));
        assert_eq!(thread(world), ["payment.captured", "payment.refunded", "payment.refunded"]);
        book_is_sound(world);
    });
}

#[test]
fn a_refund_is_spread_over_the_tenders() {
    on_both(ROOMS, |world| {
        billed(world, "order", 6000);
        let cash = take(world, "cash", Method::Cash, 1000).expect("taken");
        let card = take(world, "card", Method::CardTerminal, 2000).expect("taken");
        let (online, page) = gateway(world, "online", 3000, false);
        deliver(world, &press(world, &page, Outcome::Approve).expect("approved")).expect("heard");
        let refund = |key: &str, minor: i64| {
            let cmd = RefundSubject {
                key: key.into(),
                subject: SUBJECT.into(),
                amount: Money::eur(minor),
                reason: "returned".into(),
                onto_card: false,
            };
            let parts = write(world, move |tx| payments::refund_subject(tx, &agent(), cmd.clone()));
            parts.map(|parts| parts.into_iter().map(|r| (r.payment, r.amount.minor)).collect::<HashMap<_, _>>())
        };
        assert_eq!(refund("r1", 3500).expect("given back"), HashMap::from([(online.id, 3000), (card.id, 500)]));
        assert_eq!(refund("r1", 3500).expect("the first"), HashMap::from([(online.id, 3000), (card.id, 500)]));
        assert!(matches!(refund("r2", 2501), Err(PaymentError::TooMuch { left }) if left == Money::eur(2500)));
        assert_eq!(due(world), (6000, 2500, 0, 3500));
        assert_eq!(refund("r2", 2500).expect("given back"), HashMap::from([(card.id, 1500), (cash.id, 1000)]));
        assert_eq!(due(world), (6000, 0, 0, 6000));
        book_is_sound(world);
    });
}

#[test]
fn cash_can_be_set_down_before_it_is_taken() {
    on_both(ROOMS, |world| {
        let ask = Authorise {
            key: "k".into(),
            subject: SUBJECT.into(),
            profile: Some(ana()),
            channel: Channel::Till,
            method: Method::Cash,
            amount: Money::eur(500),
            reference: String::new(),
            capture_later: false,
        };
        let again = ask.clone();
        let first = write(world, move |tx| payments::authorise(tx, &agent(), ask.clone())).expect("authorised");
        let second = write(world, move |tx| payments::authorise(tx, &agent(), again.clone())).expect("the first");
        assert_eq!((first.payment.state, first.page.clone(), first == second), (PaymentState::Authorised, None, true));
        let id = first.payment.id;
        write(world, move |tx| payments::capture(tx, &agent(), id, None)).expect("taken");
        assert_eq!(due(world), (0, 500, 0, -500), "paid before it was billed");
        assert_eq!(thread(world), ["payment.authorised", "payment.captured"]);
    });
}

#[test]
fn every_statement_prepares() {
    on_both(ROOMS, |world| assert_eq!(world.db().prepare_all().expect("a connection"), Vec::<String>::new()));
}
