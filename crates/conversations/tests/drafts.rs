//! What is being written, read and looked at, over devices and among colleagues.

mod common;

use common::*;
use conversations::*;
use kernel::testing::on_both;
use kernel::{Channel, ProfileId};

#[test]
fn a_draft_goes_on_elsewhere_and_ends_when_it_is_sent() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        let saves = |text: &'static str| run(world, move |tx| save_matter_draft(tx, &as_agent(LUCIA), id, text));
        let hers = || world.db().read(move |tx| draft(tx, &id.to_string(), &as_agent(LUCIA).to_string())).wait().expect("read");
        assert_eq!([saves("Sale"), saves("Sale hoy"), saves("Sale hoy")], [true, true, false]);
        assert_eq!(hers(), "Sale hoy");
        let others = world.db().read(move |tx| draft(tx, &id.to_string(), &as_agent(IKER).to_string())).wait().expect("read");
        assert_eq!(others, "", "hers alone");
        answers(world, LUCIA, id, mailbox, 1, "a1");
        assert_eq!(hers(), "");
        saves("Algo");
        run(world, move |tx| erase_talk(tx, &[ProfileId::from_parts(1, 1)]).map(drop));
        assert_eq!(hers(), "", "nothing is left of an erased person");
    });
}

#[test]
fn what_the_customer_has_on_her_screen_is_read_and_only_what_is_hers() {
    on_both(&[MIGRATIONS], |world| {
        let chat = account_of(world, Channel::Webchat);
        let id = writes(world, chat, Channel::Webchat, 1, "Hola");
        let message = answers(world, LUCIA, id, chat, 1, "a1");
        world.clock().advance(minutes(1));
        run(world, |tx| take_due(tx, 10).map(drop));
        run(world, move |tx| record_sent(tx, message, "p1"));
        let state = || world.db().read(move |tx| messages(tx, &[message])).wait().expect("read")[0].state;
        let reads = |n| run(world, move |tx| read_on_screen(tx, &[ProfileId::from_parts(n, 1)], &[message]));
        reads(2);
        assert_eq!(state(), DeliveryState::Sent);
        reads(1);
        reads(1);
        assert_eq!(state(), DeliveryState::Read);
        assert_eq!(story(world, &message.to_string()), ["message.queued", "message.sent", "message.read"]);
    });
}

#[test]
fn colleagues_see_who_looks_and_who_writes_until_they_go() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        let looks = |staff, writes| run(world, move |tx| look_at(tx, id, staff, writes));
        assert_eq!([looks(LUCIA, false), looks(LUCIA, false), looks(LUCIA, true)], [true, false, true]);
        looks(IKER, false);
        let there = || world.db().read(move |tx| viewers(tx, id)).wait().expect("read");
        assert_eq!(there(), [Viewer { staff: LUCIA, writes: true }, Viewer { staff: IKER, writes: false }]);
        world.clock().advance(minutes(2));
        assert_eq!(there(), []);
    });
}
