//! What she has not seen in the chat reaches her elsewhere, also when the first way fails.

use conversations::{AccountId, DeliveryState, MatterId, MessageId, Reply, SaveAccount, Settings};
use customers::{Identifier, Recognise};
use flows::{REACTIONS, TIMERS};
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, ProfileId, Role, StaffId, Tx};
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS];
const BROWSER: &str = "https://push.test/1#key.word";

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}

fn connect(tx: &mut Tx<'_>, channel: Channel) -> AccountId {
    let (name, address) = (channel.to_string(), format!("our-{channel}"));
    let cmd = SaveAccount { channel, address, name, window_hours: None, settings: Settings::default(), active: true };
    conversations::save_account(tx, &Actor::system(), cmd).expect("connected")
}

/// Ana is answered in the chat and looks away; her browser takes notices, and SMS is known if `has_phone`.
fn left(world: &World, has_phone: bool) -> (ProfileId, MatterId, MessageId) {
    let said = write(world, move |tx| {
        let (chat, push, sms) = (connect(tx, Channel::Webchat), connect(tx, Channel::Push), connect(tx, Channel::Sms));
        let identifiers: &[&str] = if has_phone { &["device:abcdefghijkl", "phone:612345678"] } else { &["device:abcdefghijkl"] };
        let identifiers = identifiers.iter().map(|text| text.parse::<Identifier>().expect("an identifier")).collect();
        let who = Recognise { identifiers, name: Some("Ana".into()), locale: None, channel: Channel::Webchat, verified: true };
        let ana = customers::recognise(tx, &Actor::system(), who).expect("Ana").profile;
        conversations::know_address(tx, chat, "abcdefghijkl", ana).expect("known");
        conversations::know_address(tx, push, BROWSER, ana).expect("known");
        if has_phone {
            conversations::know_address(tx, sms, "+34612345678", ana).expect("known");
        }
        let matter = conversations::open_for(tx, &[ana], ana, Channel::Webchat, "¿Azul?").expect("a matter");
        let agent = Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent]);
        let answer = Reply::new(matter, chat, "abcdefghijkl", "Sí, en la M.", "k1");
        (ana, matter, conversations::reply(tx, &agent, &answer).expect("queued"))
    });
    let id = said.2;
    write(world, move |tx| {
        conversations::take_due(tx, 10).expect("taken");
        conversations::record_sent(tx, id, "c1").expect("sent");
    });
    follows(world);
    said
}

fn follows(world: &World) {
    world.run_reactions(REACTIONS);
    world.clock().advance(Duration::from_secs(61));
    world.run_timers(TIMERS);
    world.run_reactions(REACTIONS);
}

/// The sender takes what is due, and the provider refuses it for good, a second later.
fn fails(world: &World) {
    world.clock().advance(Duration::from_secs(1));
    write(world, |tx| {
        for message in conversations::take_due(tx, 10).expect("taken") {
            conversations::record_failed(tx, message.id, "403", "not this browser's").expect("recorded");
        }
    });
}

/// Channel and state of everything that we said.
fn ways(world: &World, matter: MatterId) -> Vec<(Channel, DeliveryState)> {
    let said = world.db().read(move |tx| conversations::messages_of(tx, matter, 10)).wait().expect("read");
    assert!(said.iter().all(|message| message.text == "Sí, en la M."));
    said.into_iter().map(|message| (message.channel, message.state)).collect()
}

fn told(world: &World) -> Vec<(String, Option<Channel>)> {
    let kinds = ["message.moved", "message.unseen"];
    world.log().into_iter().filter(|event| kinds.contains(&event.kind.as_str())).map(|event| (event.kind, event.channel)).collect()
}

#[test]
fn a_notice_that_the_browser_refuses_goes_on_by_the_next_way_once() {
    on_both(ROOMS, |world| {
        let (_, matter, _) = left(world, true);
        let (chat, push) = ((Channel::Webchat, DeliveryState::Sent), (Channel::Push, DeliveryState::Queued));
        assert_eq!(ways(world, matter), [chat, push]);
        fails(world);
        follows(world);
        follows(world);
        assert_eq!(ways(world, matter), [chat, (Channel::Push, DeliveryState::Failed), (Channel::Sms, DeliveryState::Queued)]);
        assert_eq!(told(world), [("message.moved".into(), Some(Channel::Push)), ("message.moved".into(), Some(Channel::Sms))]);
        // What fails after that is for a person to see.
        fails(world);
        follows(world);
        assert_eq!(ways(world, matter).len(), 3);
    });
}

#[test]
fn without_another_way_it_is_said_to_be_unseen_and_what_she_has_read_meanwhile_stays_where_it_is() {
    on_both(ROOMS, |world| {
        let (_, matter, _) = left(world, false);
        fails(world);
        follows(world);
        assert_eq!(ways(world, matter).len(), 2);
        assert_eq!(told(world), [("message.moved".into(), Some(Channel::Push)), ("message.unseen".into(), Some(Channel::Webchat))]);
    });
    on_both(ROOMS, |world| {
        let (ana, matter, id) = left(world, true);
        write(world, move |tx| conversations::read_on_screen(tx, &[ana], &[id]).expect("read"));
        fails(world);
        follows(world);
        assert_eq!(ways(world, matter), [(Channel::Webchat, DeliveryState::Read), (Channel::Push, DeliveryState::Failed)]);
    });
}
