//! What is promised: seen by whoever has the matter, warned of, kept by a press, an answer or the end, and open again when that is undone.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use conversations::*;
use kernel::testing::{START, World, on_both};
use kernel::{Channel, Timestamp};
use std::time::Duration;

fn promises(world: &World, matter: MatterId, until: Timestamp, by_answer: bool, key: &str) -> PromiseId {
    let cmd = MakePromise { matter, text: " Te llamo con la respuesta ".into(), due_at: until, by_answer, key: key.into() };
    run(world, move |tx| make_promise(tx, &as_agent(LUCIA), &cmd))
}

fn stands(world: &World, matter: MatterId) -> Vec<(String, PromiseState)> {
    let found = world.db().read(move |tx| promises_of(tx, matter)).wait().expect("read");
    found.into_iter().map(|promise| (promise.text, promise.state)).collect()
}

fn promised_to(world: &World) -> Vec<MatterId> {
    let found = world.db().read(|tx| queue_by_due(tx, View::Promised(LUCIA), None, 10)).wait().expect("read");
    found.into_iter().map(|matter| matter.id).collect()
}

fn told(world: &World) -> Vec<String> {
    world.log().into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("promise.")).collect()
}

const WORDS: &str = "Te llamo con la respuesta";

#[test]
fn a_promise_is_a_clock_of_its_matter_warned_of_and_told_when_it_is_broken() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let (first, second) = (writes(world, mailbox, Channel::Email, 1, "Hola"), writes(world, mailbox, Channel::Email, 2, "Hola"));
        let until = START.plus(minutes(30));
        let id = promises(world, first, until, false, "p1");
        assert_eq!(promises(world, first, until, false, "p1"), id, "the same key promises once");
        promises(world, second, START.plus(minutes(25)), false, "p2");
        assert_eq!(promised_to(world), [second, first], "what is due first in front");
        let matter = look(world, first);
        assert_eq!((matter.owner, matter.promised), (Some(LUCIA), Some(until)), "a matter of nobody becomes whose who promises");
        assert_eq!(matter.clocks().urgency(START.plus(minutes(25)), minutes(10)), Urgency::Near, "nearer than the answer's hour");
        world.clock().advance(minutes(20));
        world.run_timers(TIMERS);
        world.clock().advance(minutes(10));
        world.run_timers(TIMERS);
        assert_eq!(
            told(world),
            ["promise.made", "promise.made", "promise.near", "promise.near", "promise.broken", "promise.broken"],
            "each before its time, and at it"
        );
        assert_eq!(stands(world, first), [(WORDS.to_owned(), PromiseState::Open)], "broken is not over");
        run(world, move |tx| keep_promise(tx, &as_agent(LUCIA), first));
        run(world, move |tx| withdraw_promise(tx, &as_agent(LUCIA), second));
        assert_eq!((promised_to(world), look(world, first).promised), (vec![], None));
        assert_eq!(told(world)[6..], ["promise.kept", "promise.withdrawn"]);
        assert_eq!(stands(world, second)[0].1, PromiseState::Withdrawn);
    });
}

#[test]
fn an_answer_keeps_it_where_that_was_meant_and_taking_the_answer_back_opens_it_again() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let matter = writes(world, mailbox, Channel::Email, 1, "Hola");
        let until = START.plus(minutes(90));
        promises(world, matter, until, false, "call");
        world.clock().advance(Duration::from_secs(1));
        answers(world, LUCIA, matter, mailbox, 1, "a1");
        assert_eq!(look(world, matter).promised, Some(until), "a call is not kept by writing");
        promises(world, matter, until, true, "write");
        assert_eq!(
            stands(world, matter).iter().map(|(_, state)| *state).collect::<Vec<_>>(),
            [PromiseState::Open, PromiseState::Withdrawn]
        );
        world.clock().advance(Duration::from_secs(1));
        let answer = answers(world, LUCIA, matter, mailbox, 1, "a2");
        assert_eq!((look(world, matter).promised, stands(world, matter)[0].1), (None, PromiseState::Kept));
        run(world, move |tx| cancel_message(tx, &as_agent(LUCIA), answer));
        assert_eq!((look(world, matter).promised, stands(world, matter)[0].1), (Some(until), PromiseState::Open));
        let answer = answers(world, LUCIA, matter, mailbox, 1, "a3");
        writes(world, mailbox, Channel::Email, 1, "Espera");
        run(world, move |tx| cancel_message(tx, &as_agent(LUCIA), answer));
        assert_eq!(
            (look(world, matter).promised, stands(world, matter)[0].1),
            (Some(until), PromiseState::Open),
            "also when she wrote in between"
        );
        world.clock().advance(Duration::from_secs(1));
        run(world, move |tx| resolve(tx, &as_agent(LUCIA), matter));
        assert_eq!((look(world, matter).promised, stands(world, matter)[0].1), (None, PromiseState::Kept));
        run(world, move |tx| reopen(tx, &as_agent(LUCIA), matter));
        assert_eq!((look(world, matter).promised, stands(world, matter)[0].1), (Some(until), PromiseState::Open));
    });
}

#[test]
fn what_cannot_be_promised_changes_nothing() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let matter = writes(world, mailbox, Channel::Email, 1, "Hola");
        let tries = |text: &'static str, due_at: Timestamp| {
            let cmd = MakePromise { matter, text: text.into(), due_at, by_answer: true, key: "k".into() };
            world.db().write("test", move |tx| make_promise(tx, &as_agent(LUCIA), &cmd)).wait().expect_err("refused")
        };
        assert!(matches!(tries(" ", START.plus(minutes(1))), ConversationError::Empty));
        assert!(matches!(tries("Algo", START), ConversationError::InThePast));
        run(world, move |tx| resolve(tx, &as_agent(LUCIA), matter));
        assert!(matches!(tries("Algo", START.plus(minutes(1))), ConversationError::UnknownMatter));
        assert_eq!((stands(world, matter), told(world)), (vec![], vec![]));
    });
}

#[test]
fn a_transfer_carries_it() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let matter = writes(world, mailbox, Channel::Email, 1, "Hola");
        let until = START.plus(minutes(90));
        promises(world, matter, until, false, "p");
        let summary = world.db().read(move |tx| summary(tx, matter, kernel::Locale::Es)).wait().expect("read");
        assert!(summary.contains("Prometido: «Te llamo con la respuesta»"), "{summary}");
        run(world, move |tx| assign(tx, &as_agent(LUCIA), matter, Assign { owner: Some(IKER), team: None }));
        assert_eq!(promised_to(world), []);
        let his = world.db().read(|tx| queue_by_due(tx, View::Promised(IKER), None, 10)).wait().expect("read");
        assert_eq!(his.iter().map(|matter| (matter.id, matter.promised)).collect::<Vec<_>>(), [(matter, Some(until))]);
    });
}
