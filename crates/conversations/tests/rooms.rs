//! Video rooms by their commands, on both engines: one link, one person, one talk with its length.

use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, ProfileId, Role, StaffId, Tx};
use std::time::Duration;

const ANA: ProfileId = ProfileId::from_parts(1, 1);

fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent])
}

fn act<T: Send + Unpin + 'static, E: From<Fault> + Send + Unpin + 'static>(
    world: &World,
    act: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    world.db().write("act", act).wait()
}

fn opened(world: &World) -> Room {
    act(world, |tx| {
        let matter = open_for(tx, &[ANA], ANA, Channel::Webchat, "Una talla")?;
        open_room(tx, &agent(), matter)
    })
    .expect("opened")
}

fn comes(world: &World, room: &Room, browser: &'static str) -> Result<Room, RoomError> {
    let token = room.token.clone();
    act(world, move |tx| enter_room(tx, &token, browser))
}

fn kinds(world: &World) -> Vec<(String, String)> {
    let rooms = world.log().into_iter().filter(|event| event.kind.starts_with("room."));
    rooms.map(|event| (event.kind, event.body)).collect()
}

#[test]
fn the_first_browser_keeps_the_link_and_a_new_link_ends_the_old_one() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let room = opened(world);
        let matter = room.matter;
        assert_eq!(act(world, move |tx| open_room(tx, &agent(), matter)).expect("again"), room, "one room at a time");
        assert_eq!(comes(world, &room, "phone").expect("in").guest.as_deref(), Some("phone"));
        assert_eq!(comes(world, &room, "phone").expect("back").guest.as_deref(), Some("phone"));
        assert!(matches!(comes(world, &room, "laptop"), Err(RoomError::Taken)));

        let id = room.id;
        let renewed = act(world, move |tx| renew_room(tx, &agent(), id)).expect("renewed");
        assert!(matches!(comes(world, &room, "phone"), Err(RoomError::Unknown)));
        assert_eq!(comes(world, &renewed, "laptop").expect("in").guest.as_deref(), Some("laptop"));
    });
}

#[test]
fn a_talk_has_the_length_from_both_in_to_the_end_and_the_link_then_leads_nowhere() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let room = opened(world);
        let id = room.id;
        comes(world, &room, "phone").expect("in");
        act(world, move |tx| begin_room(tx, id)).expect("began");
        world.clock().advance(Duration::from_secs(75));
        act(world, move |tx| begin_room(tx, id)).expect("told twice");
        let over = act(world, move |tx| end_room(tx, &Actor::customer(ANA), id)).expect("over");
        assert_eq!(over.seconds(), 75);
        act(world, move |tx| end_room(tx, &agent(), id)).expect("both hang up");
        assert!(matches!(comes(world, &room, "phone"), Err(RoomError::Over)));
        assert!(matches!(act(world, move |tx| begin_room(tx, id)), Err(RoomError::Over)));
        let told: Vec<_> = kinds(world).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(told, ["room.opened", "room.entered", "room.began", "room.ended"]);
        assert!(kinds(world)[3].1.contains("\"seconds\":75"), "{:?}", kinds(world)[3]);
    });
}

#[test]
fn who_is_gone_for_a_minute_has_left_at_the_moment_they_went() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let room = opened(world);
        let id = room.id;
        act(world, move |tx| begin_room(tx, id)).expect("began");
        world.clock().advance(Duration::from_secs(30));
        act(world, move |tx| leave_room(tx, id)).expect("a reload");
        world.clock().advance(Duration::from_secs(5));
        act(world, move |tx| begin_room(tx, id)).expect("back");
        world.clock().advance(Duration::from_secs(65));
        world.run_timers(TIMERS);
        assert_eq!(world.db().read(move |tx| conversations::room(tx, id)).wait().expect("read").expect("there").ended_at, None);

        act(world, move |tx| leave_room(tx, id)).expect("gone");
        world.clock().advance(Duration::from_secs(61));
        world.run_timers(TIMERS);
        let over = world.db().read(move |tx| conversations::room(tx, id)).wait().expect("read").expect("there");
        assert_eq!(over.seconds(), 100);
    });
}

#[test]
fn a_link_that_nobody_used_closes_the_room_and_is_no_entry_of_the_thread() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let room = opened(world);
        world.clock().advance(Duration::from_secs(2 * 3600));
        assert!(matches!(comes(world, &room, "phone"), Err(RoomError::Expired)));
        world.run_timers(TIMERS);
        assert!(matches!(comes(world, &room, "phone"), Err(RoomError::Over)));
        let told: Vec<_> = kinds(world).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(told, ["room.opened", "room.closed"]);
        let matter = room.matter;
        assert_ne!(act(world, move |tx| open_room(tx, &agent(), matter)).expect("another").id, room.id);
    });
}

#[test]
fn who_may_not_answer_opens_no_room_and_a_stranger_ends_none() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let room = opened(world);
        let (id, matter) = (room.id, room.matter);
        assert!(matches!(act(world, move |tx| open_room(tx, &Actor::guest(), matter)), Err(RoomError::Denied(_))));
        let stranger = Actor::customer(ProfileId::from_parts(9, 9));
        assert!(matches!(act(world, move |tx| end_room(tx, &stranger, id)), Err(RoomError::Denied(_))));
        assert_eq!(world.db().read(move |tx| conversations::room(tx, id)).wait().expect("read").expect("there").ended_at, None);
    });
}

#[test]
fn a_relay_is_an_address_with_a_secret() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let boss = Actor::staff(StaffId::from_parts(1, 2), &[Role::Administrator]);
        let save = move |rules: RelayRules| {
            let boss = boss.clone();
            act(world, move |tx| save_relay_rules(tx, &boss, &rules))
        };
        let rules =
            |address: &str, secret: &str, only_relay| RelayRules { addresses: vec![address.into()], secret: secret.into(), only_relay };
        assert!(matches!(save(rules("https://relay.example", "s", false)), Err(RoomError::NotARelay(_))));
        assert!(matches!(save(rules("turn:relay.example", "", false)), Err(RoomError::NoSecret)));
        assert!(matches!(save(rules("stun:relay.example", "", true)), Err(RoomError::NoSecret)));
        save(rules("turn:relay.example", "s", true)).expect("saved");
        assert_eq!(world.db().read(relay_rules).wait().expect("read"), rules("turn:relay.example", "s", true));
    });
}

#[test]
fn erased_the_link_is_gone_and_the_length_stays() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let room = opened(world);
        let id = room.id;
        act(world, move |tx| begin_room(tx, id)).expect("began");
        world.clock().advance(Duration::from_secs(10));
        act(world, |tx| erase_talk(tx, &[ANA])).expect("erased");
        assert!(matches!(comes(world, &room, "phone"), Err(RoomError::Unknown)));
        let kept = world.db().read(move |tx| conversations::room(tx, id)).wait().expect("read").expect("there");
        assert_eq!((kept.seconds(), kept.guest), (10, None));
        let out = world.db().read(|tx| export_talk(tx, &[ANA])).wait().expect("exported");
        assert_eq!(out["rooms"].as_array().map(Vec::len), Some(1));
    });
}
