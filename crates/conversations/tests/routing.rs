//! Every matter finds somebody, and nobody waits for somebody who is not there.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, StaffId};

fn owners(world: &World, matters: &[MatterId]) -> Vec<Option<StaffId>> {
    matters.iter().map(|id| owner(world, *id)).collect()
}

#[test]
fn it_is_given_when_it_arrives_and_when_somebody_becomes_free() {
    on_both(&[MIGRATIONS], |world| {
        let chat = account_of(world, Channel::Webchat);
        let early = writes(world, chat, Channel::Webchat, 1, "Hola");
        settle(world);
        assert_eq!(owner(world, early), None, "nobody is at work");
        knows(world, LUCIA, WorkProfile { capacity: 2, ..WorkProfile::default() });
        is_at_work(world, LUCIA, PresenceState::Available);
        assert_eq!(owner(world, early), Some(LUCIA));
        let second = writes(world, chat, Channel::Webchat, 2, "Buenas");
        settle(world);
        assert_eq!(owner(world, second), None, "a chat takes two units, and she has two");
        answers(world, LUCIA, early, chat, 1, "a1");
        settle(world);
        assert_eq!(owner(world, second), Some(LUCIA), "an answer makes room");
        let used = world.db().read(|tx| presence(tx, LUCIA)).wait().expect("read").expect("there").used;
        assert_eq!(used, 2);
    });
}

#[test]
fn the_turn_goes_round_and_what_is_due_first_goes_first() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        rules(world, |rules| rules.silent_minutes = 0);
        for staff in [LUCIA, IKER] {
            knows(world, staff, WorkProfile { capacity: 2, ..WorkProfile::default() });
            is_at_work(world, staff, PresenceState::Available);
        }
        let mut matters = Vec::new();
        for n in 1..=6 {
            world.clock().advance(minutes(1) / 2);
            matters.push(writes(world, mailbox, Channel::Email, n, "Hola"));
            settle(world);
        }
        let (l, i) = (Some(LUCIA), Some(IKER));
        assert_eq!(owners(world, &matters), [l, i, l, i, None, None]);
        run(world, {
            let id = matters[1];
            move |tx| resolve(tx, &as_agent(IKER), id)
        });
        settle(world);
        assert_eq!(owners(world, &matters[4..]), [i, None], "the one that waits longest");
    });
}

#[test]
fn skill_language_and_team_are_kept_to() {
    on_both(&[MIGRATIONS], |world| {
        let (chat, experts) = (account_of(world, Channel::Webchat), team(world, "Running", &[IKER, NOA]));
        knows(world, LUCIA, WorkProfile { skills: vec!["Running ".into()], ..WorkProfile::default() });
        knows(world, IKER, WorkProfile { skills: vec!["running".into()], languages: vec!["es".into()], ..WorkProfile::default() });
        knows(world, NOA, WorkProfile { skills: vec!["running".into()], languages: vec!["en".into()], ..WorkProfile::default() });
        for staff in [LUCIA, IKER] {
            is_at_work(world, staff, PresenceState::Available);
        }
        let asks = |n, language: &'static str| {
            let id = writes(world, chat, Channel::Webchat, n, "Maratón");
            let wanted =
                Wanted { channel: Channel::Webchat, team: Some(experts), skill: "running".into(), language: language.into(), passed: None };
            run(world, move |tx| ask_for(tx, &Actor::system(), id, &wanted));
            settle(world);
            id
        };
        let (spanish, english) = (asks(1, "es"), asks(2, "en"));
        assert_eq!(owners(world, &[spanish, english]), [Some(IKER), None]);
        is_at_work(world, NOA, PresenceState::Available);
        assert_eq!(owner(world, english), Some(NOA));
    });
}

#[test]
fn from_the_silent_it_is_taken_back_and_given_to_another() {
    on_both(&[MIGRATIONS], |world| {
        let (phone, mailbox) = (account_of(world, Channel::Sms), account_of(world, Channel::Email));
        rules(world, |rules| rules.away_minutes = 600);
        is_at_work(world, LUCIA, PresenceState::Available);
        let id = writes(world, phone, Channel::Sms, 1, "Hola");
        let letter = writes(world, mailbox, Channel::Email, 2, "Buenos días");
        settle(world);
        is_at_work(world, IKER, PresenceState::Available);
        passes(world, minutes(4));
        run(world, move |tx| mark_seen(tx, &as_agent(LUCIA), id));
        passes(world, minutes(4));
        assert_eq!(owner(world, id), Some(LUCIA), "she looked four minutes ago");
        passes(world, minutes(1));
        assert_eq!(owner(world, id), Some(IKER));
        let lucia = world.db().read(|tx| presence(tx, LUCIA)).wait().expect("read").expect("there");
        assert_eq!(lucia.state, PresenceState::Busy, "nothing more comes to her until she says so");
        assert!(story(world, &id.to_string()).contains(&"matter.taken_back".to_owned()));
        // Whoever has answered is not silent.
        answers(world, IKER, id, phone, 1, "a1");
        passes(world, minutes(30));
        assert_eq!((owner(world, id), owner(world, letter)), (Some(IKER), Some(LUCIA)), "a letter may lie for eight hours");
        passes(world, minutes(480 - 39));
        assert_eq!(owner(world, letter), Some(IKER));
    });
}

#[test]
fn whoever_goes_or_vanishes_keeps_no_customer_waiting() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        rules(world, |rules| rules.silent_minutes = 0);
        is_at_work(world, LUCIA, PresenceState::Available);
        let (waits, answered) = (writes(world, mailbox, Channel::Email, 1, "Hola"), writes(world, mailbox, Channel::Email, 2, "Hola"));
        settle(world);
        answers(world, LUCIA, answered, mailbox, 2, "a1");
        is_at_work(world, IKER, PresenceState::Available);
        passes(world, minutes(3));
        run(world, |tx| show_life(tx, IKER));
        passes(world, minutes(2));
        assert_eq!(owners(world, &[waits, answered]), [Some(IKER), Some(LUCIA)], "her pages were closed for five minutes");
        // What waits for the customer stays hers, until the customer writes and she is not there.
        writes(world, mailbox, Channel::Email, 2, "¿Y bien?");
        settle(world);
        assert_eq!(owner(world, answered), Some(IKER));
    });
}

#[test]
fn a_closed_or_slow_team_hands_over_to_its_fallback_once() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let (day, night) = (team(world, "Día", &[LUCIA]), team(world, "Noche", &[IKER]));
        run(world, move |tx| {
            let mut brand = work_rules(tx)?;
            brand.default_team = Some(day);
            save_work_rules(tx, &lead(), &brand)?;
            save_team_rules(tx, &lead(), day, &TeamRules { fallback: Some(night), overflow_minutes: 3, ..TeamRules::default() })?;
            save_team_rules(tx, &lead(), night, &TeamRules { fallback: Some(day), overflow_minutes: 0, ..TeamRules::default() })
        });
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        settle(world);
        assert_eq!(look(world, id).team, Some(day));
        passes(world, minutes(2));
        assert_eq!(look(world, id).team, Some(day));
        passes(world, minutes(1));
        assert_eq!(look(world, id).team, Some(night), "and there it stays: the ring ends");
        is_at_work(world, IKER, PresenceState::Available);
        assert_eq!(owner(world, id), Some(IKER));
        let closed = kernel::Hours::default();
        run(world, move |tx| {
            let rules = TeamRules { hours: Some(closed.clone()), fallback: Some(night), overflow_minutes: 30, ..TeamRules::default() };
            save_team_rules(tx, &lead(), day, &rules)
        });
        let other = writes(world, mailbox, Channel::Email, 2, "Hola");
        settle(world);
        assert_eq!(owner(world, other), Some(IKER), "closed: at once");
    });
}

#[test]
fn many_hands_at_once_give_each_matter_once_and_overload_nobody() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        rules(world, |rules| rules.silent_minutes = 0);
        let matters: Vec<_> = (1..=20).map(|n| writes(world, mailbox, Channel::Email, n, "Hola")).collect();
        for staff in [LUCIA, IKER, NOA] {
            knows(world, staff, WorkProfile { capacity: 5, ..WorkProfile::default() });
            run(world, move |tx| {
                let to = SetPresence { state: PresenceState::Available, off: None };
                set_presence(tx, &as_agent(staff), staff, &to).map(drop)
            });
        }
        world.wait_for_log();
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let db = world.db().clone();
                std::thread::spawn(move || while kernel::reactions::follow(&db, &REACTIONS[..1]).expect("followed") > 0 {})
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
        settle(world);
        let owners = owners(world, &matters);
        let has = |staff| owners.iter().filter(|owner| **owner == Some(staff)).count();
        assert_eq!([has(LUCIA), has(IKER), has(NOA)], [5, 5, 5]);
        let given = |id: &MatterId| story(world, &id.to_string()).iter().filter(|kind| *kind == "matter.assigned").count();
        assert_eq!(matters.iter().map(given).sum::<usize>(), 15);
    });
}

#[test]
fn the_wait_is_what_it_is() {
    on_both(&[MIGRATIONS], |world| {
        let chat = account_of(world, Channel::Webchat);
        let wait = || world.db().read(waiting_times).wait().expect("read");
        assert_eq!(wait(), [Waiting { channel: Channel::Webchat, wait: Wait::Unknown }]);
        rules(world, |rules| rules.silent_minutes = 0);
        knows(world, LUCIA, WorkProfile { capacity: 2, ..WorkProfile::default() });
        is_at_work(world, LUCIA, PresenceState::Available);
        assert_eq!(wait()[0].wait, Wait::Now);
        let id = writes(world, chat, Channel::Webchat, 1, "Hola");
        settle(world);
        passes(world, minutes(3));
        answers(world, LUCIA, id, chat, 1, "a1");
        settle(world);
        let ids: Vec<_> = (2..=3).map(|n| writes(world, chat, Channel::Webchat, n, "Hola")).collect();
        settle(world);
        assert_eq!(owners(world, &ids), [Some(LUCIA), None]);
        // One place, taken three minutes each time; one customer ahead.
        assert_eq!(wait()[0].wait, Wait::About(minutes(6)));
        is_at_work(world, LUCIA, PresenceState::Offline);
        assert_eq!(wait()[0].wait, Wait::About(minutes(3)), "nobody there: the recent wait");
    });
}
