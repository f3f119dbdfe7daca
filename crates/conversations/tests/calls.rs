//! Calls by their commands, on both engines: one agent takes one call, who waits is counted, and what is asked of the provider is asked once.

use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, ProfileId, Role, StaffId, Tx};
use std::time::Duration;

const ANA: ProfileId = ProfileId::from_parts(1, 1);

fn agent(n: u128) -> Actor {
    Actor::staff(StaffId::from_parts(1, n), &[Role::Agent])
}

fn act<T: Send + Unpin + 'static, E: From<Fault> + Send + Unpin + 'static>(
    world: &World,
    act: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    world.db().write("act", act).wait()
}

fn number(world: &World) -> AccountId {
    let (name, address) = ("Tienda".to_owned(), "+34910000002".to_owned());
    let settings = Settings::default();
    let cmd = SaveAccount { channel: Channel::Phone, name, address, window_hours: None, settings, active: true };
    act(world, move |tx| save_account(tx, &Actor::system(), cmd.clone())).expect("connected")
}

fn presence_of(world: &World, n: u128) -> PresenceState {
    let staff = StaffId::from_parts(1, n);
    world.db().read(move |tx| presence(tx, staff)).wait().expect("read").expect("there").state
}

fn rings(world: &World, account: AccountId, provider_id: &str) -> Call {
    let cmd = ReceiveCall {
        account,
        profile: ANA,
        person: vec![ANA],
        address: "+34612345678".into(),
        provider_id: provider_id.into(),
        about: String::new(),
        subject: "Llamada".into(),
    };
    act(world, move |tx| {
        let mut call = receive_call(tx, &cmd)?;
        if call.state == CallState::Menu {
            queue_call(tx, &mut call, None)?;
        }
        Ok::<_, CallError>(call)
    })
    .expect("received")
}

#[test]
fn after_a_call_its_agent_has_two_minutes_and_is_available_again() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let account = number(world);
        let call = rings(world, account, "CA1").id;
        let here = SetPresence { state: PresenceState::Available, off: None };
        act(world, move |tx| set_presence(tx, &agent(1), StaffId::from_parts(1, 1), &here)).expect("there");
        act(world, move |tx| answer_call(tx, &agent(1), call)).expect("answered");
        assert_eq!(presence_of(world, 1), PresenceState::Available);
        act(world, move |tx| hang_up(tx, &agent(1), call)).expect("over");
        assert_eq!(presence_of(world, 1), PresenceState::AfterCall);
        world.clock().advance(Duration::from_secs(120));
        world.run_timers(TIMERS);
        assert_eq!(presence_of(world, 1), PresenceState::Available);
    });
}

#[test]
fn the_same_ring_is_one_call_and_one_agent_takes_it() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let account = number(world);
        let call = rings(world, account, "CA1");
        assert_eq!(rings(world, account, "CA1").id, call.id);
        let id = call.id;
        let first = act(world, move |tx| answer_call(tx, &agent(1), id)).expect("answered");
        assert_eq!((first.state, first.agent), (CallState::Answered, agent(1).staff_id()));
        assert!(matches!(act(world, move |tx| answer_call(tx, &agent(2), id)), Err(CallError::NotNow(CallState::Answered))));
        assert_eq!(act(world, move |tx| answer_call(tx, &agent(1), id)).expect("again").id, id, "pressed twice");
        let other = rings(world, account, "CA2").id;
        assert!(matches!(act(world, move |tx| answer_call(tx, &agent(1), other)), Err(CallError::Busy)));
        assert!(matches!(act(world, move |tx| answer_call(tx, &Actor::guest(), other)), Err(CallError::Denied(_))));
    });
}

#[test]
fn who_waits_longest_is_first_and_the_wait_is_counted_from_them() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let account = number(world);
        let first = rings(world, account, "CA1").id;
        world.clock().advance(Duration::from_secs(5));
        let second = rings(world, account, "CA2");
        let waiting = world.db().read(|tx| waiting_calls(tx, 10)).wait().expect("read");
        assert_eq!(waiting.iter().map(|call| call.id).collect::<Vec<_>>(), [first, second.id]);
        let since = second.waiting_since;
        let waits = world.db().read(move |tx| Ok::<_, Fault>((call_wait(tx, since)?, call_wait(tx, None)?))).wait().expect("read");
        assert_eq!(waits, (CallWait { ahead: 1, minutes: 4 }, CallWait { ahead: 2, minutes: 8 }));
    });
}

#[test]
fn what_is_asked_of_the_provider_is_leased_retried_and_given_up() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let account = number(world);
        let cmd = RequestCall {
            account,
            profile: ANA,
            person: vec![ANA],
            address: "+34612345678".into(),
            about: "Camisa".into(),
            subject: "Llamada".into(),
            key: "k".into(),
        };
        let wish = cmd.clone();
        let call = act(world, move |tx| request_call(tx, &Actor::customer(ANA), &wish)).expect("asked");
        assert_eq!(act(world, move |tx| request_call(tx, &Actor::customer(ANA), &cmd)).expect("again").id, call.id);
        let id = call.id;
        act(world, move |tx| answer_call(tx, &agent(1), id)).expect("taken");
        let take = |world: &World| act(world, |tx| take_call_orders(tx, 10)).expect("taken");
        let orders = take(world);
        assert_eq!(orders.iter().map(|order| (order.verb, order.call.id)).collect::<Vec<_>>(), [(CallVerb::Place, id)]);
        assert_eq!(take(world), [], "leased");
        let order = orders[0].clone();
        act(world, move |tx| retry_call_order(tx, &order, Some(Duration::from_secs(3)))).expect("later");
        world.clock().advance(Duration::from_secs(3));
        let again = take(world)[0].clone();
        assert_eq!(again.attempts, 1);
        act(world, move |tx| retry_call_order(tx, &again, None)).expect("given up");
        let after = world.db().read(move |tx| conversations::call(tx, id)).wait().expect("read").expect("there");
        assert_eq!((after.state, after.ended_at.is_some()), (CallState::Missed, true));
        assert_eq!(world.db().read(next_call_order_due).wait().expect("read"), None);
    });
}

#[test]
fn an_erased_person_is_not_rung_and_their_number_is_gone() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let account = number(world);
        let id = rings(world, account, "CA1").id;
        let told = world.db().read(|tx| export_talk(tx, &[ANA])).wait().expect("read");
        assert_eq!(told["calls"][0]["number"], "+34612345678");
        act(world, |tx| erase_talk(tx, &[ANA])).expect("erased");
        let call = world.db().read(move |tx| conversations::call(tx, id)).wait().expect("read").expect("there");
        assert_eq!((call.address.as_str(), call.state, call.waiting_since), ("", CallState::Missed, None));
    });
}
