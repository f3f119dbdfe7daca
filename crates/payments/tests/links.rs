//! Pay links: one person, one amount, once, for a time.
mod common;

use common::*;
use kernel::testing::on_both;
use kernel::{Actor, Channel, Clock, Denied, Money, Permission};
use payments::simulator::{Outcome, SimulatorError};
use payments::{
    CreatePayLink, Method, PayLinkError, PayLinkEvent, PayLinkId, PayLinkState, PaymentError, PaymentState, TIMERS, WebhookOutcome,
};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn open(world: &kernel::testing::World, token: &str) -> Result<payments::OpenedPayLink, PayLinkError> {
    let token = token.to_owned();
    write(world, move |tx| payments::open_pay_link(tx, &token))
}
fn state(world: &kernel::testing::World, id: PayLinkId) -> PayLinkState {
    read(world, move |tx| payments::pay_link(tx, id)).expect("there").state
}

#[test]
fn a_link_is_paid_once() {
    on_both(ROOMS, |world| {
        billed(world, "order", 4500);
        let made = link(world, "k", 4500, HOUR);
        assert_eq!((link(world, "k", 4500, HOUR).id, made.token.len()), (made.id, 40));
        let opened = open(world, &made.token).expect("open");
        let again = open(world, &made.token).expect("still open");
        assert_eq!((&opened.page, opened.link.payment), (&again.page, again.link.payment));
        assert_eq!(deliver(world, &press(world, &opened.page, Outcome::Decline).expect("declined")).expect("heard"), WebhookOutcome::Acted);
        assert_eq!(state(world, made.id), PayLinkState::Open);
        deliver(world, &press(world, &opened.page, Outcome::Approve).expect("approved")).expect("heard");
        assert_eq!((state(world, made.id), due(world)), (PayLinkState::Paid, (4500, 4500, 0, 0)));
        assert!(matches!(open(world, &made.token), Err(PayLinkError::Ended { state: PayLinkState::Paid })));
        let cancel = write(world, move |tx| payments::cancel_pay_link(tx, &agent(), made.id));
        assert!(matches!(cancel, Err(PayLinkError::Ended { state: PayLinkState::Paid })));
        world.clock().advance(2 * HOUR);
        world.run_timers(TIMERS);
        assert_eq!(state(world, made.id), PayLinkState::Paid);
        let paid = read(world, |tx| payments::payments_of(tx, SUBJECT));
        let paid: Vec<_> = paid.iter().map(|p| (p.method, p.link, p.profile, p.channel, p.captured)).collect();
        assert_eq!(paid, [(Method::PayLink, Some(made.id), Some(ana()), Channel::Whatsapp, Money::eur(4500))]);
        assert_eq!(thread(world), ["pay_link.created", "payment.failed", "payment.captured"]);
        let told = read(world, move |tx| kernel::log::of_subject(tx, &made.id.to_string(), 10));
        assert_eq!(told.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["pay_link.paid", "pay_link.created"]);
        let body: PayLinkEvent = told[0].read().expect("its body");
        assert_eq!((body.link, body.state, body.matter.as_deref()), (made.id, PayLinkState::Paid, Some("matter-1")));
        assert!(!told.iter().any(|e| e.body.contains(&made.token)), "the address is not on the log");
        book_is_sound(world);
    });
}

#[test]
fn a_link_ends_by_itself_and_its_page_with_it() {
    on_both(ROOMS, |world| {
        let (unopened, opened) = (link(world, "a", 100, HOUR), link(world, "b", 200, HOUR));
        let page = open(world, &opened.token).expect("open").page;
        world.clock().advance(HOUR);
        assert!(matches!(open(world, &unopened.token), Err(PayLinkError::Ended { state: PayLinkState::Expired })), "before its timer");
        world.run_timers(TIMERS);
        world.run_timers(TIMERS);
        assert_eq!([unopened.id, opened.id].map(|id| state(world, id)), [PayLinkState::Expired; 2]);
        assert!(matches!(press(world, &page, Outcome::Approve), Err(SimulatorError::Closed { .. })));
        let payments = read(world, |tx| payments::payments_of(tx, SUBJECT));
        assert_eq!(payments.iter().map(|p| p.state).collect::<Vec<_>>(), [PaymentState::Voided]);
        let mut kinds = thread(world);
        kinds.sort();
        let expected = ["pay_link.created", "pay_link.created", "pay_link.expired", "pay_link.expired", "payment.voided"];
        assert_eq!(kinds, expected);
    });
}

#[test]
fn a_link_can_be_withdrawn() {
    on_both(ROOMS, |world| {
        let made = link(world, "a", 100, HOUR);
        let page = open(world, &made.token).expect("open").page;
        for _ in 0..2 {
            let id = made.id;
            let cancelled = write(world, move |tx| payments::cancel_pay_link(tx, &agent(), id)).expect("withdrawn");
            assert_eq!(cancelled.state, PayLinkState::Cancelled);
        }
        assert!(matches!(open(world, &made.token), Err(PayLinkError::Ended { state: PayLinkState::Cancelled })));
        assert!(matches!(press(world, &page, Outcome::Approve), Err(SimulatorError::Closed { .. })));
        assert!(matches!(open(world, "nothing"), Err(PayLinkError::UnknownLink)));
        assert_eq!(thread(world), ["pay_link.created", "payment.voided", "pay_link.cancelled"]);
    });
}

/// The customer paid in the last moment; the gateway's word comes after the end. The money counts, the link stays over.
#[test]
fn money_on_an_ended_link_is_not_lost() {
    on_both(ROOMS, |world| {
        billed(world, "order", 100);
        let made = link(world, "a", 100, HOUR);
        let page = open(world, &made.token).expect("open").page;
        world.clock().advance(HOUR - Duration::from_secs(1));
        let event = press(world, &page, Outcome::Approve).expect("approved");
        world.clock().advance(Duration::from_secs(1));
        world.run_timers(TIMERS);
        assert_eq!(deliver(world, &event).expect("heard"), WebhookOutcome::Acted);
        assert_eq!((state(world, made.id), due(world)), (PayLinkState::Expired, (100, 100, 0, 0)));
    });
}

#[test]
fn a_link_needs_right_and_time() {
    on_both(ROOMS, |world| {
        let now = world.clock().now();
        let good = CreatePayLink {
            key: "k".into(),
            subject: SUBJECT.into(),
            profile: ana(),
            matter: None,
            channel: Channel::Email,
            amount: Money::eur(100),
            expires_at: now.plus(HOUR),
        };
        let attempt = |cmd: CreatePayLink, actor: Actor| write(world, move |tx| payments::create_pay_link(tx, &actor, cmd.clone()));
        let denied = attempt(good.clone(), Actor::customer(ana()));
        assert!(matches!(denied, Err(PayLinkError::Payment(PaymentError::Denied(Denied(Permission::TakePayment))))));
        assert!(matches!(attempt(CreatePayLink { expires_at: now, ..good.clone() }, agent()), Err(PayLinkError::InvalidExpiry)));
        let far = now.plus(HOUR * 24 * 91);
        assert!(matches!(attempt(CreatePayLink { expires_at: far, ..good.clone() }, agent()), Err(PayLinkError::InvalidExpiry)));
        let nothing = CreatePayLink { amount: Money::eur(-1), ..good.clone() };
        assert!(matches!(attempt(nothing, agent()), Err(PayLinkError::Payment(PaymentError::InvalidAmount { .. }))));
        let made = attempt(good, agent()).expect("made");
        assert_eq!(read(world, |tx| payments::pay_links_of(tx, SUBJECT)), vec![made.clone()]);
        let token = made.token.clone();
        assert_eq!(read(world, move |tx| payments::pay_link_by_token(tx, &token)), Some(made));
    });
}
