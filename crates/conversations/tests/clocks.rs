//! How long a customer may wait, and what happens when it takes longer.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{START, World, on_both};
use kernel::{Channel, Hours, Timestamp};

fn kinds(world: &World, id: MatterId) -> Vec<String> {
    story(world, &id.to_string())
}

#[test]
fn the_first_answer_and_the_next_have_their_own_targets_and_warnings_come_by_themselves() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        rules(world, |rules| rules.target = Target { first_answer_minutes: 60, next_answer_minutes: 20, resolution_minutes: 600 });
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        let due = |id| look(world, id).clocks();
        assert_eq!(
            due(id),
            Clocks { answer_due: Some(START.plus(minutes(60))), resolve_due: Some(START.plus(minutes(600))), promised: None }
        );
        passes(world, minutes(5));
        writes(world, mailbox, Channel::Email, 1, "¿Hola?");
        assert_eq!(due(id).answer_due, Some(START.plus(minutes(60))), "writing again does not move the target");
        passes(world, minutes(45));
        assert_eq!(kinds(world, id), ["matter.opened", "matter.target_near"]);
        answers(world, LUCIA, id, mailbox, 1, "a1");
        passes(world, minutes(30));
        assert_eq!(kinds(world, id), ["matter.opened", "matter.target_near", "matter.answered"]);
        writes(world, mailbox, Channel::Email, 1, "¿Y cuándo?");
        assert_eq!(due(id).answer_due, Some(START.plus(minutes(100))));
        passes(world, minutes(10));
        passes(world, minutes(10));
        assert_eq!(kinds(world, id)[3..], ["matter.target_near", "matter.target_missed"]);
        run(world, move |tx| resolve(tx, &as_agent(LUCIA), id));
        assert_eq!(due(id), Clocks::default());
    });
}

#[test]
fn closed_hours_do_not_count() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        // It is Monday, 10:00 in Madrid.
        rules(world, |rules| {
            let week = r#"{"week":{"mon":["09:00-10:30"],"tue":["09:00-14:00"]}}"#;
            rules.hours = Some(serde_json::from_str::<Hours>(week).expect("hours"));
        });
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        // Thirty minutes today and thirty tomorrow from nine.
        assert_eq!(look(world, id).answer_due, Some(START.plus(minutes(23 * 60 + 30))));
    });
}

#[test]
fn the_queue_shows_what_is_due_first_in_front_and_pages_through_all() {
    on_both(&[MIGRATIONS], |world| {
        let (chat, mailbox) = (account_of(world, Channel::Webchat), account_of(world, Channel::Email));
        rules(world, |rules| {
            rules.targets = [(Channel::Webchat, Target { first_answer_minutes: 2, ..Target::default() })].into();
        });
        let slow = writes(world, mailbox, Channel::Email, 1, "Correo");
        let answered = writes(world, mailbox, Channel::Email, 2, "Correo");
        answers(world, LUCIA, answered, mailbox, 2, "a1");
        world.clock().advance(minutes(1));
        let fast = writes(world, chat, Channel::Webchat, 3, "Chat");
        let page = |view: View, after| world.db().read(move |tx| queue_by_due(tx, view, after, 2)).wait().expect("read");
        let first = page(View::Open, None);
        assert_eq!(first.iter().map(|m| m.id).collect::<Vec<_>>(), [fast, slow]);
        let last = first[1].clone();
        let end = world.db().read(move |tx| page_key(tx, View::Open, &last)).wait().expect("read");
        let rest = page(View::Open, Some(end));
        assert_eq!(rest.iter().map(|m| m.id).collect::<Vec<_>>(), [answered]);
        let back =
            world.db().read(move |tx| queue_before(tx, View::Open, (Timestamp::from_micros(i64::MAX), answered), 2)).wait().expect("read");
        assert_eq!(back.iter().map(|m| m.id).collect::<Vec<_>>(), [slow, answered], "the way back ends before the key, in the same order");
        let soon = View::Due(START.plus(minutes(10)));
        assert_eq!(page(soon, None).iter().map(|m| m.id).collect::<Vec<_>>(), [fast]);
        assert_eq!(page(View::Mine(LUCIA), None).len(), 1);
        assert_eq!(page(View::Unassigned, None).len(), 2);
        let length = |view: View, most| world.db().read(move |tx| queue_length(tx, view, most)).wait().expect("read");
        let all = [View::Mine(LUCIA), View::Unassigned, View::Open, soon, View::Waiting, View::Snoozed, View::Resolved];
        assert_eq!(all.map(|view| length(view, 100)), [1, 2, 3, 1, 1, 0, 0]);
        assert_eq!(length(View::Open, 2), 2, "counted no further");
    });
}

#[test]
fn within_the_brands_days_the_same_matter_and_after_them_a_new_one() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        rules(world, |rules| rules.reopen_days = 2);
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        let done = || run(world, move |tx| resolve(tx, &as_agent(LUCIA), id));
        done();
        world.clock().advance(minutes(2 * 24 * 60 - 1));
        assert_eq!(writes(world, mailbox, Channel::Email, 1, "Otra vez"), id);
        assert_eq!(look(world, id).state, MatterState::Open);
        done();
        world.clock().advance(minutes(2 * 24 * 60));
        assert_ne!(writes(world, mailbox, Channel::Email, 1, "Otra cosa"), id);
    });
}

#[test]
fn an_answer_that_is_taken_back_was_never_given() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        let before = look(world, id);
        world.clock().advance(minutes(1));
        let message = answers(world, LUCIA, id, mailbox, 1, "a1");
        assert_eq!((look(world, id).state, look(world, id).answer_due), (MatterState::Waiting, None));
        run(world, move |tx| cancel_message(tx, &as_agent(LUCIA), message));
        assert_eq!(look(world, id), Matter { unread: 0, ..before });
        // Once the customer has written again there is nothing to go back to.
        let message = answers(world, LUCIA, id, mailbox, 1, "a2");
        writes(world, mailbox, Channel::Email, 1, "¿Hola?");
        let now = look(world, id);
        run(world, move |tx| cancel_message(tx, &as_agent(LUCIA), message));
        assert_eq!(look(world, id), now);
    });
}
