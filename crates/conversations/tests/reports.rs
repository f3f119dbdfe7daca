//! What a day was, and how it stands now.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{START, on_both};
use kernel::{Actor, Channel};

#[test]
fn a_day_is_counted_as_it_happens_and_read_by_who_leads() {
    on_both(&[MIGRATIONS], |world| {
        let (mailbox, chat) = (account_of(world, Channel::Email), account_of(world, Channel::Webchat));
        let first = writes(world, mailbox, Channel::Email, 1, "Hola");
        writes(world, chat, Channel::Webchat, 2, "Buenas");
        world.clock().advance(minutes(10));
        answers(world, LUCIA, first, mailbox, 1, "a1");
        writes(world, mailbox, Channel::Email, 1, "¿Y eso?");
        world.clock().advance(minutes(90));
        answers(world, LUCIA, first, mailbox, 1, "a2");
        run(world, move |tx| resolve(tx, &as_agent(LUCIA), first));
        settle(world);
        settle(world);
        let day = "2026-06-01".parse().expect("a day");
        let days = world.db().read(move |tx| talk_days(tx, &lead(), day, day)).wait().expect("read");
        let email = TalkDay {
            day,
            channel: Channel::Email,
            received: 2,
            sent: 2,
            opened: 1,
            resolved: 1,
            answers: 2,
            answers_in_time: 1,
            answer_seconds: 100 * 60,
            first_answers: 1,
            first_answer_seconds: 600,
            resolution_seconds: 100 * 60,
            scores: 0,
            score_sum: 0,
        };
        assert_eq!(days.len(), 2);
        assert_eq!(days[0], email);
        assert_eq!((days[1].channel, days[1].received, days[1].answers), (Channel::Webchat, 1, 0));
        let denied = world.db().read(move |tx| talk_days(tx, &Actor::guest(), day, day)).wait();
        assert!(matches!(denied, Err(ConversationError::Denied(_))));
    });
}

#[test]
fn the_wall_says_what_waits_how_long_and_what_is_late() {
    on_both(&[MIGRATIONS], |world| {
        let (mailbox, chat) = (account_of(world, Channel::Email), account_of(world, Channel::Webchat));
        let done = writes(world, mailbox, Channel::Email, 1, "Hola");
        answers(world, LUCIA, done, mailbox, 1, "a1");
        writes(world, mailbox, Channel::Email, 2, "Hola");
        world.clock().advance(minutes(61));
        let hers = writes(world, chat, Channel::Webchat, 3, "Hola");
        run(world, move |tx| assign(tx, &as_agent(LUCIA), hers, Assign { owner: Some(LUCIA), team: None }));
        let now = world.db().read(channels_now).wait().expect("read");
        let mail = ChannelNow { channel: Channel::Email, waiting: 1, unassigned: 1, missed: 1, longest_since: Some(START) };
        let live =
            ChannelNow { channel: Channel::Webchat, waiting: 1, unassigned: 0, missed: 0, longest_since: Some(START.plus(minutes(61))) };
        assert_eq!(now, [mail, live]);
    });
}
