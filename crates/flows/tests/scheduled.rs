//! An answer for later leaves at its time if it still may; if not, it is held with the reason, and nothing is lost.

use conversations::{
    AccountId, ConversationError, DeliveryState, MatterId, SaveAccount, ScheduleReply, ScheduledId, ScheduledState, Settings,
};
use customers::{ConsentState, Identifier, Purpose, Recognise, SetConsent};
use flows::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, ProfileId, Role, StaffId, Timestamp, Tx};

const ROOMS: &[kernel::Migrations] = &[access::MIGRATIONS, customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS];

fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent])
}

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("a moment")
}

/// Ana with an open matter, reached by SMS and e-mail. It is Monday, ten in Madrid.
struct Scene {
    ana: ProfileId,
    matter: MatterId,
    sms: AccountId,
}

fn scene(world: &World) -> Scene {
    write(world, |tx| {
        let mut connect = |channel: Channel| {
            let name = channel.to_string();
            let address = format!("our-{name}");
            let cmd = SaveAccount { channel, address, name, window_hours: None, settings: Settings::default(), active: true };
            conversations::save_account(tx, &Actor::system(), cmd).expect("connected")
        };
        let (sms, mailbox) = (connect(Channel::Sms), connect(Channel::Email));
        let identifiers = ["email:ana@x.es", "phone:612345678"].map(|i| i.parse::<Identifier>().expect("an identifier")).into();
        let who = Recognise { identifiers, name: Some("Ana".into()), locale: None, channel: Channel::Web, verified: true };
        let ana = customers::recognise(tx, &Actor::system(), who).expect("Ana").profile;
        conversations::know_address(tx, sms, "+34612345678", ana).expect("known");
        conversations::know_address(tx, mailbox, "ana@x.es", ana).expect("known");
        let matter = conversations::open_for(tx, &[ana], ana, Channel::Sms, "¿Y mi pedido?").expect("a matter");
        Scene { ana, matter, sms }
    })
}

fn for_later(scene: &Scene, send_at: &str, key: &str) -> ScheduleReply {
    let (address, text) = ("+34612345678".to_owned(), "Hoy sale tu pedido.".to_owned());
    ScheduleReply { matter: scene.matter, account: scene.sms, address, text, send_at: at(send_at), key: key.into() }
}

fn schedules(world: &World, cmd: ScheduleReply) -> Result<ScheduledId, ConversationError> {
    world.db().write("schedule", move |tx| schedule_reply(tx, &agent(), &cmd)).wait()
}

fn stands(world: &World, id: ScheduledId) -> (ScheduledState, String) {
    let one = world.db().read(move |tx| conversations::scheduled(tx, id)).wait().expect("read").expect("there");
    (one.state, one.why)
}

/// State and words of everything that we said in the matter.
fn said(world: &World, matter: MatterId) -> Vec<(DeliveryState, String)> {
    let found = world.db().read(move |tx| conversations::messages_of(tx, matter, 10)).wait().expect("read");
    found.into_iter().map(|message| (message.state, message.text)).collect()
}

#[test]
fn it_leaves_at_its_time_once_as_it_was_last_written() {
    on_both(ROOMS, |world| {
        let scene = scene(world);
        let id = schedules(world, for_later(&scene, "2026-06-02T08:00:00Z", "k1")).expect("kept");
        assert_eq!(schedules(world, for_later(&scene, "2026-06-02T08:00:00Z", "k1")).expect("the same"), id);
        let sms = scene.sms;
        let later = at("2026-06-02T09:00:00Z");
        let change = move |tx: &mut Tx<'_>| change_scheduled(tx, &agent(), id, (sms, "+34612345678"), ("Mañana sale.", later));
        world.db().write("change", change).wait().expect("changed");
        world.clock().set(at("2026-06-02T08:30:00Z"));
        world.run_timers(TIMERS);
        assert_eq!((stands(world, id).0, said(world, scene.matter)), (ScheduledState::Waiting, vec![]));
        world.clock().set(later);
        world.run_timers(TIMERS);
        world.run_timers(TIMERS);
        assert_eq!(stands(world, id), (ScheduledState::Sent, String::new()));
        assert_eq!(said(world, scene.matter), [(DeliveryState::Queued, "Mañana sale.".to_owned())]);
        let late = world.db().write("cancel", move |tx| conversations::cancel_scheduled(tx, &agent(), id)).wait();
        assert!(matches!(late, Err(ConversationError::AlreadySent)));
    });
}

#[test]
fn what_she_refused_meanwhile_is_held_and_the_next_lawful_way_carries_it() {
    on_both(ROOMS, |world| {
        let scene = scene(world);
        let id = schedules(world, for_later(&scene, "2026-06-02T08:00:00Z", "k1")).expect("kept");
        let ana = scene.ana;
        write(world, move |tx| {
            let (purpose, channel, state) = (Purpose::Service, Channel::Sms, ConsentState::Refused);
            let cmd = SetConsent { profile: ana, purpose, channel, state, evidence: "STOP".into(), source: Channel::Sms };
            customers::set_consent(tx, &Actor::customer(ana), cmd).expect("recorded");
        });
        world.clock().set(at("2026-06-02T08:00:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(stands(world, id), (ScheduledState::Held, "refused".to_owned()));
        assert_eq!(said(world, scene.matter), [], "nothing left");
        let way = world.db().read(move |tx| lawful_way(tx, ana.into())).wait().expect("read").expect("a way");
        assert_eq!((way.channel, way.address.as_str()), (Channel::Email, "ana@x.es"));
        let send = move |tx: &mut Tx<'_>| {
            let soon = tx.now().plus(std::time::Duration::from_secs(60));
            change_scheduled(tx, &agent(), id, (way.account, &way.address), ("Hoy sale tu pedido.", soon))?;
            flows::send_scheduled(tx, &agent(), id)
        };
        world.db().write("send", send).wait().expect("sent");
        assert_eq!(stands(world, id).0, ScheduledState::Sent);
        assert_eq!(said(world, scene.matter), [(DeliveryState::Queued, "Hoy sale tu pedido.".to_owned())]);
    });
}

#[test]
fn the_night_and_a_closed_address_hold_it_too() {
    on_both(ROOMS, |world| {
        let scene = scene(world);
        let night = schedules(world, for_later(&scene, "2026-06-01T23:30:00Z", "k1")).expect("kept");
        world.clock().set(at("2026-06-01T23:30:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(stands(world, night), (ScheduledState::Held, "quiet_hours".to_owned()), "half past one in Madrid");
        let morning = schedules(world, for_later(&scene, "2026-06-02T10:00:00Z", "k2")).expect("kept");
        let sms = scene.sms;
        write(world, move |tx| conversations::close_address(tx, sms, "+34612345678", "STOP").expect("closed"));
        world.clock().set(at("2026-06-02T10:00:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(stands(world, morning), (ScheduledState::Held, "opted_out".to_owned()));
        let ana = scene.ana;
        let open = world.db().read(move |tx| conversations::scheduled_for(tx, &[ana])).wait().expect("read");
        assert_eq!(open.iter().map(|one| one.id).collect::<Vec<_>>(), [night, morning], "both stay in sight");
        let called_off = move |tx: &mut Tx<'_>| conversations::cancel_scheduled(tx, &agent(), night);
        world.db().write("cancel", called_off).wait().expect("called off");
        assert_eq!(stands(world, night).0, ScheduledState::Cancelled);
    });
}

#[test]
fn a_time_that_is_past_an_address_of_nobody_and_an_open_gap_are_refused() {
    on_both(ROOMS, |world| {
        let scene = scene(world);
        let past = schedules(world, for_later(&scene, "2026-06-01T07:00:00Z", "k1"));
        assert!(matches!(past, Err(ConversationError::InThePast)));
        let nobody = ScheduleReply { address: "+34699999999".into(), ..for_later(&scene, "2026-06-02T08:00:00Z", "k2") };
        assert!(matches!(schedules(world, nobody), Err(ConversationError::NoAddress)));
        let gap = ScheduleReply { text: "Hola {first_name}".into(), ..for_later(&scene, "2026-06-02T08:00:00Z", "k3") };
        assert!(matches!(schedules(world, gap), Err(ConversationError::OpenGap(_))));
        let ana = scene.ana;
        assert_eq!(world.db().read(move |tx| conversations::scheduled_for(tx, &[ana])).wait().expect("read"), []);
        schedules(world, for_later(&scene, "2026-06-02T08:00:00Z", "k4")).expect("kept");
        let told = world.db().read(move |tx| conversations::export_talk(tx, &[ana])).wait().expect("read");
        assert_eq!(told["scheduled"][0]["text"], "Hoy sale tu pedido.");
        write(world, move |tx| conversations::erase_talk(tx, &[ana]).expect("erased"));
        world.clock().set(at("2026-06-02T08:00:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(said(world, scene.matter), []);
    });
}
