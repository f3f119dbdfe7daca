//! Builders for the tests of this room.
#![allow(dead_code)]

use kernel::testing::World;
use kernel::{Actor, Channel, Fault, Money, ProfileId, ReadTx, Role, StaffId, Tx};
use payments::simulator::{self, Outcome, SignedEvent, SimulatorError};
use payments::{Authorise, Bill, CreatePayLink, Due, Method, PayLink, Payment, PaymentError, TakePayment, WebhookError, WebhookOutcome};
use std::time::Duration;

pub const ROOMS: &[kernel::Migrations] = &[ledger::MIGRATIONS, payments::MIGRATIONS];
pub const SUBJECT: &str = "order:1";

pub fn ana() -> ProfileId {
    ProfileId::from_parts(1, 1)
}
pub fn agent() -> Actor {
    Actor::staff(StaffId::nil(), &[Role::Agent])
}

pub fn write<T: Send + 'static, E: From<Fault> + Send + 'static>(
    world: &World,
    f: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    world.db().write("test.write", f).wait()
}
pub fn read<T: Send + 'static>(world: &World, query: impl Fn(&ReadTx<'_>) -> Result<T, Fault> + Send + 'static) -> T {
    world.db().read(query).wait().expect("read")
}

pub fn billed(world: &World, key: &str, minor: i64) {
    let cmd = Bill { key: key.into(), subject: SUBJECT.into(), amount: Money::eur(minor) };
    write(world, move |tx| payments::bill(tx, cmd.clone())).expect("billed");
}
pub fn take(world: &World, key: &str, method: Method, minor: i64) -> Result<Payment, PaymentError> {
    let cmd = TakePayment {
        key: key.into(),
        subject: SUBJECT.into(),
        profile: Some(ana()),
        channel: Channel::Till,
        method,
        amount: Money::eur(minor),
        reference: if method == Method::CardTerminal { "receipt 7".into() } else { String::new() },
    };
    write(world, move |tx| payments::take_payment(tx, &agent(), cmd.clone()))
}
/// A gateway payment and the token of its page.
pub fn gateway(world: &World, key: &str, minor: i64, capture_later: bool) -> (Payment, String) {
    let cmd = Authorise {
        key: key.into(),
        subject: SUBJECT.into(),
        profile: Some(ana()),
        channel: Channel::Web,
        method: Method::Gateway,
        amount: Money::eur(minor),
        reference: String::new(),
        capture_later,
    };
    let begun = write(world, move |tx| payments::authorise(tx, &Actor::guest(), cmd.clone())).expect("begun");
    (begun.payment, begun.page.expect("a page"))
}
pub fn press(world: &World, page: &str, outcome: Outcome) -> Result<SignedEvent, SimulatorError> {
    let page = page.to_owned();
    write(world, move |tx| simulator::pay(tx, &page, outcome))
}
pub fn deliver(world: &World, event: &SignedEvent) -> Result<WebhookOutcome, WebhookError> {
    let event = event.clone();
    write(world, move |tx| {
        let told = payments::read_webhook(tx, event.body.as_bytes(), &event.signature)?;
        payments::take_event(tx, &told)
    })
}
pub fn link(world: &World, key: &str, minor: i64, lasts: Duration) -> PayLink {
    let expires_at = kernel::Clock::now(world.clock()).plus(lasts);
    let cmd = CreatePayLink {
        key: key.into(),
        subject: SUBJECT.into(),
        profile: ana(),
        matter: Some("matter-1".into()),
        channel: Channel::Whatsapp,
        amount: Money::eur(minor),
        expires_at,
    };
    write(world, move |tx| payments::create_pay_link(tx, &agent(), cmd.clone())).expect("a link")
}

/// Billed, captured, authorised, outstanding.
pub fn due(world: &World) -> (i64, i64, i64, i64) {
    let Due { billed, captured, authorised, outstanding } = read(world, |tx| payments::due(tx, SUBJECT)).expect("an account");
    (billed.minor, captured.minor, authorised.minor, outstanding.minor)
}
pub fn payment(world: &World, payment: &Payment) -> Payment {
    let id = payment.id;
    read(world, move |tx| payments::payment(tx, id)).expect("there")
}
/// Kinds on Ana's thread, oldest first.
pub fn thread(world: &World) -> Vec<String> {
    let mut entries = read(world, |tx| kernel::log::timeline(tx, &[ana()], None, 100));
    entries.reverse();
    entries.into_iter().map(|e| e.kind).collect()
}
pub fn book_is_sound(world: &World) {
    assert_eq!(read(world, ledger::imbalance), vec![]);
    assert_eq!(read(world, |tx| ledger::discrepancies(tx, 10)), vec![]);
}
