//! A small service: a chat and a mailbox, two teams, customers who write and colleagues who come and go.
#![allow(dead_code)]

use conversations::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Fault, ProfileId, Role, StaffId, Tx};
use std::time::Duration;

pub const LUCIA: StaffId = StaffId::from_parts(1, 1);
pub const IKER: StaffId = StaffId::from_parts(2, 1);
pub const NOA: StaffId = StaffId::from_parts(3, 1);

pub fn as_agent(staff: StaffId) -> Actor {
    Actor::staff(staff, &[Role::Agent])
}
pub fn lead() -> Actor {
    Actor::staff(StaffId::from_parts(9, 9), &[Role::Supervisor])
}
pub const fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

/// Run a command that must succeed.
pub fn run<T: Send + Unpin + 'static, E: std::fmt::Debug + From<Fault> + Send + Unpin + 'static>(
    world: &World,
    act: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> T {
    world.db().write("test", act).wait().expect("done")
}

pub fn account_of(world: &World, channel: Channel) -> AccountId {
    let cmd = SaveAccount {
        channel,
        name: channel.to_string(),
        address: format!("our-{channel}"),
        window_hours: None,
        settings: Settings::default(),
        active: true,
    };
    run(world, move |tx| save_account(tx, &Actor::system(), cmd.clone()))
}

/// Teams by name with these members.
pub fn team(world: &World, name: &'static str, members: &'static [StaffId]) -> TeamId {
    run(world, move |tx| {
        let id = ensure_team(tx, &Actor::system(), name)?;
        members.iter().try_for_each(|staff| join_team(tx, &Actor::system(), id, *staff))?;
        Ok::<_, ConversationError>(id)
    })
}

/// Customer number `n` writes.
pub fn writes(world: &World, account: AccountId, channel: Channel, n: u64, words: &str) -> MatterId {
    let profile = ProfileId::from_parts(n, 1);
    let now = world.db().clock().now();
    let from = Sender { address: Address::email(&format!("c{n}@cliente.test")), display_name: None, reply_to: None };
    let parts = vec![Part::Text { text: words.into(), fresh: None }];
    let message = InboundMessage::new(format!("{n}/{}/{words}", now.as_micros()), from, Address::email("hola@tienda.test"), now, parts);
    let cmd = Receive { account, channel, profile, person: vec![profile], message, settles: None };
    run(world, move |tx| receive(tx, &cmd)).matter
}

pub fn answers(world: &World, staff: StaffId, matter: MatterId, account: AccountId, n: u64, key: &str) -> MessageId {
    let cmd = Reply { undo: Duration::from_secs(5), ..Reply::new(matter, account, format!("c{n}@cliente.test"), "Sí.", key) };
    run(world, move |tx| reply(tx, &as_agent(staff), &cmd))
}

pub fn is_at_work(world: &World, staff: StaffId, state: PresenceState) {
    run(world, move |tx| set_presence(tx, &as_agent(staff), staff, &SetPresence { state, off: None }).map(drop));
    settle(world);
}

pub fn knows(world: &World, staff: StaffId, profile: WorkProfile) {
    run(world, move |tx| save_work_profile(tx, &lead(), staff, &profile));
}

pub fn rules(world: &World, change: fn(&mut WorkRules)) {
    run(world, move |tx| {
        let mut rules = work_rules(tx)?;
        change(&mut rules);
        save_work_rules(tx, &Actor::system(), &rules)
    });
}

/// Time passes, and what is due happens.
pub fn passes(world: &World, span: Duration) {
    world.clock().advance(span);
    settle(world);
}

/// Whatever follows by itself has followed.
pub fn settle(world: &World) {
    world.run_reactions(REACTIONS);
    world.run_timers(TIMERS);
    world.run_reactions(REACTIONS);
}

pub fn look(world: &World, id: MatterId) -> Matter {
    world.db().read(move |tx| matter(tx, id)).wait().expect("read").expect("there")
}

pub fn owner(world: &World, id: MatterId) -> Option<StaffId> {
    look(world, id).owner
}

/// Kinds of everything that was announced about a subject, oldest first.
pub fn story(world: &World, subject: &str) -> Vec<String> {
    let subject = subject.to_owned();
    let found = world.db().read(move |tx| kernel::log::of_subject(tx, &subject, 100)).wait().expect("read");
    found.into_iter().rev().map(|event| event.kind).collect()
}
