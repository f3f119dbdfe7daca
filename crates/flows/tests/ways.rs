//! Somebody who never wrote to us can be written to, at every address of theirs that an account reaches, and at no other.

use conversations::{AccountId, ConversationError, MatterId, Reply, SaveAccount, Settings};
use customers::{Identifier, PersonId, Recognise};
use flows::{reply, reply_ways, write_to};
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, Role, StaffId, Tx};

const ROOMS: &[kernel::Migrations] = &[access::MIGRATIONS, customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS];

fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent])
}

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}

fn connect(tx: &mut Tx<'_>, channel: Channel, window_hours: Option<u32>, active: bool) -> AccountId {
    let (name, address) = (channel.to_string(), format!("our-{channel}"));
    let cmd = SaveAccount { channel, address, name, window_hours, settings: Settings::default(), active };
    conversations::save_account(tx, &Actor::system(), cmd).expect("connected")
}

fn somebody(tx: &mut Tx<'_>, name: &str, identifiers: [&str; 2]) -> PersonId {
    let identifiers = identifiers.map(|i| i.parse::<Identifier>().expect("an identifier")).into();
    let who = Recognise { identifiers, name: Some(name.into()), locale: None, channel: Channel::Web, verified: false };
    let profile = customers::recognise(tx, &Actor::system(), who).expect("recognised").profile;
    customers::person_of(tx, profile).expect("read").expect("a person")
}

/// The ways to a person: channel, address, whether it is open.
fn ways(world: &World, person: PersonId) -> Vec<(Channel, String, bool)> {
    write(world, move |tx| {
        let person = customers::person(tx, person).expect("read").expect("known");
        reply_ways(tx, &person).expect("read").into_iter().map(|w| (w.account.channel, w.address, w.closed.is_none())).collect()
    })
}

fn says(world: &World, matter: MatterId, account: AccountId, to: &'static str) -> Result<(), ConversationError> {
    let cmd = Reply::new(matter, account, to, "Hola, Ana.", to);
    world.db().write("reply", move |tx| reply(tx, &agent(), &cmd)).wait().map(drop)
}

#[test]
fn who_never_wrote_is_written_to_where_an_account_reaches_them() {
    on_both(ROOMS, |world| {
        let (mailbox, ana) = write(world, |tx| {
            let mailbox = connect(tx, Channel::Email, None, true);
            connect(tx, Channel::Whatsapp, Some(24), true);
            connect(tx, Channel::Sms, None, false);
            connect(tx, Channel::Telegram, None, true);
            (mailbox, somebody(tx, "Ana", ["email:ana@x.es", "phone:612345678"]))
        });
        let found = [(Channel::Email, "ana@x.es".to_owned(), true), (Channel::Whatsapp, "+34612345678".to_owned(), false)];
        assert_eq!(ways(world, ana), found);

        let open = |world: &World| write(world, move |tx| write_to(tx, &agent(), ana, "Mensaje de Almadeja").expect("opened"));
        let matter = open(world);
        assert_eq!(open(world), matter);
        let known = write(world, move |tx| conversations::matter(tx, matter).expect("read").expect("there"));
        assert_eq!((known.subject.as_str(), known.channel, known.owner), ("Mensaje de Almadeja", Channel::Email, agent().staff_id()));

        says(world, matter, mailbox, "ana@x.es").expect("queued");
        assert_eq!(ways(world, ana), found);
        let point = write(world, move |tx| conversations::contact_point(tx, mailbox, "ana@x.es").expect("read"));
        assert_eq!(point.expect("noted").last_inbound_at, None);
    });
}

#[test]
fn what_is_not_theirs_is_refused_and_noted_for_nobody() {
    on_both(ROOMS, |world| {
        let (mailbox, sms, ana) = write(world, |tx| {
            let (mailbox, sms) = (connect(tx, Channel::Email, None, true), connect(tx, Channel::Sms, None, false));
            somebody(tx, "Luis", ["email:luis@x.es", "phone:622222222"]);
            (mailbox, sms, somebody(tx, "Ana", ["email:ana@x.es", "phone:612345678"]))
        });
        let matter = write(world, move |tx| write_to(tx, &agent(), ana, "Hola").expect("opened"));
        // Somebody else's, nobody's, of another kind, through an account that is off.
        for (account, to) in [(mailbox, "luis@x.es"), (mailbox, "nadie@x.es"), (mailbox, "+34612345678"), (sms, "+34612345678")] {
            assert!(matches!(says(world, matter, account, to), Err(ConversationError::NoAddress)), "{to}");
            let noted = write(world, move |tx| conversations::contact_point(tx, account, to).expect("read"));
            assert_eq!(noted, None);
        }
        let denied =
            world.db().write("test", move |tx| write_to(tx, &Actor::staff(StaffId::from_parts(1, 2), &[Role::Merchandiser]), ana, "Hola"));
        assert!(matches!(denied.wait(), Err(ConversationError::Denied(_))));
    });
}
