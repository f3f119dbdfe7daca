//! Builders shared by the tests of this room.
#![allow(dead_code)]

use customers::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Fault, ProfileId, ReadTx, Role, StaffId, Tx};

pub fn id(text: &str) -> Identifier {
    text.parse().expect("an identifier")
}
pub fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent])
}
/// One write that must not meet a fault.
pub fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}
/// One read that must not meet a fault.
pub fn read<T: Send + 'static>(world: &World, f: impl Fn(&ReadTx<'_>) -> T + Send + 'static) -> T {
    world.db().read(move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}
/// What a channel brings.
pub fn speaks(identifiers: &[&str], name: Option<&str>, verified: bool) -> Recognise {
    Recognise {
        identifiers: identifiers.iter().map(|i| id(i)).collect(),
        name: name.map(str::to_owned),
        locale: None,
        channel: Channel::Web,
        verified,
    }
}
/// A moment later than whatever was before, so that ids tell who is older.
pub fn meet(world: &World, cmd: Recognise) -> Recognised {
    world.clock().advance(std::time::Duration::from_millis(1));
    write(world, move |tx| recognise(tx, &Actor::system(), cmd.clone()).expect("recognised"))
}
/// A profile proven by these identifiers.
pub fn somebody(world: &World, identifiers: &[&str], name: &str) -> ProfileId {
    meet(world, speaks(identifiers, Some(name), true)).profile
}
pub fn joining(world: &World, a: ProfileId, b: ProfileId, confidence: u8, key: &str) -> Result<ClaimId, ClaimError> {
    let key = key.to_owned();
    world.db().write("join", move |tx| join(tx, &agent(), Join { a, b, reason: "same face".into(), confidence, key: key.clone() })).wait()
}
pub fn separating(world: &World, a: ProfileId, b: ProfileId, key: &str) -> Result<Separated, ClaimError> {
    let key = key.to_owned();
    world
        .db()
        .write("separate", move |tx| separate(tx, &agent(), Separate { a, b, reason: "father and son".into(), key: key.clone() }))
        .wait()
}
pub fn undoing(world: &World, claim: ClaimId) -> Result<(), ClaimError> {
    world.db().write("undo", move |tx| undo(tx, &agent(), claim)).wait()
}
pub fn person_now(world: &World, profile: ProfileId) -> PersonId {
    read(world, move |tx| person_of(tx, profile).expect("read").expect("a person"))
}
