//! Telephone calls over real HTTP: who rings is known, waits, is connected, held, transferred, called back; with Twilio's side simulated.

mod common;

use channels::Carrier;
use channels::runtime::{ask_due, voice};
use channels::simulators::{Faults, LineStands, TwilioSimulator};
use conversations::{Account, Call, CallError, CallState};
use flows::{CallMe, CallOut};
use kernel::testing::World;
use kernel::{Actor, Channel, Db, Locale, ProfileId, Role, StaffId, Tx};
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[
    access::MIGRATIONS,
    customers::MIGRATIONS,
    catalogue::MIGRATIONS,
    conversations::MIGRATIONS,
    self_service::MIGRATIONS,
    channels::MIGRATIONS,
];
const ANA: &str = "+34612345678";
const LUCIA: &str = "+34600999001";
const IKER: &str = "+34600999002";

struct Scene {
    world: World,
    account: Account,
    twilio: TwilioSimulator,
    carrier: Carrier,
    ana: ProfileId,
    lucia: Actor,
    iker: Actor,
}

fn staff(tx: &mut Tx<'_>, email: &str, name: &str, phone: &str) -> StaffId {
    let password = access::Password::new("hilo y aguja 2026").and_then(|password| password.hash()).expect("a password");
    let (email, name, roles) = (email.into(), name.into(), vec![Role::Agent]);
    let cmd = access::CreateStaff { email, name, password, roles, location: None, locale: Locale::Es };
    let id = access::create_staff(tx, &Actor::system(), cmd).expect("staff");
    access::set_phone(tx, &Actor::system(), id, phone).expect("a telephone");
    id
}

async fn scene() -> Scene {
    let world = World::sqlite(ROOMS);
    let db = world.db().clone();
    let (account, twilio, carrier) = common::twilio(&db, (Channel::Phone, "+34910000002"), ("calls", voice)).await;
    let made = db.write("furnish", move |tx| {
        let ana = customers::Identifier::new(customers::IdentifierKind::Phone, ANA).expect("a number");
        let cmd = customers::Recognise {
            identifiers: vec![ana],
            name: Some("Ana Ruiz".into()),
            locale: Some(Locale::Es),
            channel: Channel::Till,
            verified: true,
        };
        let ana = customers::recognise(tx, &Actor::system(), cmd).expect("known").profile;
        let (lucia, iker) = (staff(tx, "lucia@m.test", "Lucía Romero", LUCIA), staff(tx, "iker@m.test", "Iker Etxeberria", IKER));
        Ok::<_, kernel::Fault>((ana, lucia, iker))
    });
    let (ana, lucia, iker) = made.await.expect("furnished");
    let agent = |id| Actor::staff(id, &[Role::Agent]);
    Scene { world, account, twilio, carrier, ana, lucia: agent(lucia), iker: agent(iker) }
}

impl Scene {
    fn db(&self) -> &Db {
        self.world.db()
    }
    async fn latest(&self) -> Call {
        self.db().read(|tx| conversations::latest_calls(tx, None, 1)).await.expect("read").pop().expect("a call")
    }
    async fn act<T: Send + Unpin + 'static>(
        &self,
        act: impl Fn(&mut Tx<'_>) -> Result<T, CallError> + Send + 'static,
    ) -> Result<T, CallError> {
        let done = self.db().write("act", act).await;
        ask_due(self.db(), &self.carrier).await.expect("asked");
        done
    }
    async fn answers(&self, agent: &Actor) -> Result<Call, CallError> {
        let (agent, id) = (agent.clone(), self.latest().await.id);
        self.act(move |tx| conversations::answer_call(tx, &agent, id)).await
    }
    /// What the provider was asked to change is asked of us a moment later.
    async fn until(&self, sid: &str, stands: LineStands) -> channels::simulators::Line {
        let mut signal = self.db().log_signal();
        for _ in 0..200 {
            let line = self.twilio.line(sid).expect("a line");
            if line.stands == stands {
                return line;
            }
            let _ = tokio::time::timeout(Duration::from_millis(20), signal.changed()).await;
        }
        panic!("{:?} and not {stands:?}", self.twilio.line(sid));
    }
    async fn thread(&self) -> Vec<String> {
        let ana = self.ana;
        let entries = self.db().read(move |tx| kernel::log::timeline(tx, &[ana], None, 50)).await.expect("read");
        entries.into_iter().rev().map(|entry| entry.kind).filter(|kind| kind.starts_with("call") || kind.starts_with("message")).collect()
    }
}

#[tokio::test]
async fn she_is_known_before_a_word_is_said_and_talks_with_the_agent() {
    let scene = scene().await;
    let sid = scene.twilio.rings(ANA).await;
    let call = scene.latest().await;
    assert_eq!((call.profile, call.state, call.address.as_str()), (scene.ana, CallState::Ringing, ANA));
    let line = scene.twilio.line(&sid).expect("a line");
    let told = "Hola, Ana. Te atiende una persona en un minuto más o menos. Si prefieres que te llamemos, pulsa 1. Para dejar un mensaje, pulsa 2.";
    assert_eq!((line.heard.as_slice(), line.stands), (&[told.to_owned()][..], LineStands::Listens));

    scene.answers(&scene.lucia).await.expect("answered");
    let line = scene.until(&sid, LineStands::AgentRings).await;
    assert_eq!((line.agent.as_str(), line.heard.last().map(String::as_str)), (LUCIA, Some("Te pongo con Lucía.")));
    assert!(scene.twilio.agent_picks_up(LUCIA));
    scene.world.clock().advance(Duration::from_secs(90));
    scene.twilio.agent_hangs_up(LUCIA).await;
    let call = scene.latest().await;
    assert_eq!((call.state, call.talked_seconds(), call.waiting_since), (CallState::Ended, 90, None));
    assert_eq!(scene.twilio.line(&sid).expect("a line").stands, LineStands::Over);
    assert_eq!(scene.thread().await, ["call.began", "call.answered", "call.ended"]);
    let (matter, lucia) = (call.matter, scene.lucia.staff_id());
    let matter = scene.db().read(move |tx| conversations::matter(tx, matter)).await.expect("read").expect("there");
    assert_eq!(matter.owner, lucia);
}

#[tokio::test]
async fn held_resumed_and_handed_to_another_team() {
    let scene = scene().await;
    let sid = scene.twilio.rings(ANA).await;
    let id = scene.answers(&scene.lucia).await.expect("answered").id;
    scene.until(&sid, LineStands::AgentRings).await;
    let (lucia, iker) = (scene.lucia.clone(), scene.iker.clone());
    scene.act(move |tx| conversations::hold_call(tx, &lucia, id)).await.expect("held");
    let line = scene.until(&sid, LineStands::Silent).await;
    assert_eq!(line.heard.last().map(String::as_str), Some("Un momento, seguimos contigo enseguida."));
    let lucia = scene.lucia.clone();
    scene.act(move |tx| conversations::resume_call(tx, &lucia, id)).await.expect("resumed");
    scene.until(&sid, LineStands::AgentRings).await;

    let lucia = scene.lucia.clone();
    let team = scene
        .act(move |tx| {
            let team = conversations::ensure_team(tx, &Actor::system(), "Facturación").map_err(|_| CallError::UnknownTeam)?;
            conversations::transfer_call(tx, &lucia, id, team).map(|_| team)
        })
        .await
        .expect("transferred");
    scene.until(&sid, LineStands::Listens).await;
    let call = scene.latest().await;
    assert_eq!((call.state, call.team, call.agent), (CallState::Ringing, Some(team), None));
    scene.answers(&iker).await.expect("answered");
    assert_eq!(scene.until(&sid, LineStands::AgentRings).await.agent, IKER);
    assert_eq!(scene.thread().await, ["call.began", "call.answered", "call.transferred", "call.answered"]);
}

#[tokio::test]
async fn an_agent_who_does_not_pick_up_loses_nobody() {
    let scene = scene().await;
    let sid = scene.twilio.rings(ANA).await;
    scene.answers(&scene.lucia).await.expect("answered");
    scene.until(&sid, LineStands::AgentRings).await;
    scene.twilio.agent_hangs_up(LUCIA).await;
    let line = scene.until(&sid, LineStands::Listens).await;
    assert!(line.heard.last().is_some_and(|said| said.starts_with("No he podido ponerte con esa persona. Te atiende")), "{line:?}");
    assert_eq!(scene.latest().await.state, CallState::Ringing);
    scene.answers(&scene.iker).await.expect("somebody else takes it");
}

#[tokio::test]
async fn who_hangs_up_in_the_queue_is_missed_and_two_agents_do_not_take_one_call() {
    let scene = scene().await;
    let sid = scene.twilio.rings(ANA).await;
    scene.answers(&scene.lucia).await.expect("answered");
    assert!(matches!(scene.answers(&scene.iker).await, Err(CallError::NotNow(CallState::Answered))));
    scene.twilio.hangs_up(&sid).await;
    scene.world.clock().advance(Duration::from_secs(1));
    let other = scene.twilio.rings("+34612000111").await;
    scene.twilio.hangs_up(&other).await;
    assert_eq!(scene.latest().await.state, CallState::Missed);
    assert_eq!(scene.db().read(|tx| conversations::waiting_calls(tx, 10)).await.expect("read"), []);
}

#[tokio::test]
async fn her_message_after_the_tone_is_on_the_thread_once() {
    let scene = scene().await;
    let sid = scene.twilio.rings(ANA).await;
    scene.twilio.presses(&sid, "2").await;
    assert_eq!(scene.twilio.line(&sid).expect("a line").stands, LineStands::Records);
    scene.twilio.leaves_message(&sid, "https://api.twilio.com/RE1", "Llegó rota; mi tarjeta es 4111 1111 1111 1111").await;
    assert_eq!(scene.twilio.line(&sid).expect("a line").stands, LineStands::Over);
    let call = scene.latest().await;
    assert_eq!((call.state, call.recording.as_deref()), (CallState::Voicemail, Some("https://api.twilio.com/RE1")));
    let said = scene.db().read(move |tx| conversations::messages_of(tx, call.matter, 10)).await.expect("read");
    assert_eq!((said.len(), said[0].text.as_str()), (1, "Llegó rota; mi tarjeta es •••• •••• •••• 1111"));
    assert_eq!(scene.thread().await, ["call.began", "message.received"]);
    let ana = scene.ana;
    let ways = scene.db().read(move |tx| conversations::reply_options(tx, &[ana])).await.expect("read");
    assert!(ways.is_empty(), "a telephone is called, not written to");
}

#[tokio::test]
async fn who_would_rather_be_called_keeps_the_place_and_is_rung() {
    let scene = scene().await;
    let sid = scene.twilio.rings(ANA).await;
    scene.world.clock().advance(Duration::from_secs(1));
    scene.twilio.presses(&sid, "1").await;
    let line = scene.twilio.line(&sid).expect("a line");
    assert_eq!(line.stands, LineStands::Over);
    assert_eq!(
        line.heard.last().map(String::as_str),
        Some("De acuerdo: te llamamos en un minuto más o menos, sin perder tu turno. Hasta ahora.")
    );
    assert_eq!(scene.latest().await.state, CallState::Requested);
    assert_eq!(scene.thread().await, ["call.began", "call.requested"], "the line that ended is no call of its own");

    scene.answers(&scene.lucia).await.expect("taken");
    assert_eq!(scene.latest().await.state, CallState::Dialling);
    let back = scene.twilio.picks_up(ANA).await.expect("her telephone rings");
    let line = scene.twilio.line(&back).expect("a line");
    assert_eq!(line.heard, ["Hola, Ana. Te llamamos de Almadeja. Te pongo con Lucía."]);
    assert_eq!((line.stands, line.agent.as_str()), (LineStands::AgentRings, LUCIA));
    scene.twilio.agent_picks_up(LUCIA);
    let (lucia, id) = (scene.lucia.clone(), scene.latest().await.id);
    scene.act(move |tx| conversations::hang_up(tx, &lucia, id)).await.expect("over");
    scene.until(&back, LineStands::Over).await;
    assert_eq!(scene.latest().await.state, CallState::Ended);
}

#[tokio::test]
async fn who_asks_twice_waits_once_and_who_is_not_there_is_missed() {
    let scene = scene().await;
    let ana = scene.ana;
    let ask = |key: &str| CallMe { profile: ana, phone: "612 345 678".into(), about: "Camisa de lino".into(), key: key.into() };
    let (one, two) = (ask("a"), ask("b"));
    let first = scene.act(move |tx| flows::call_me(tx, &Actor::customer(ana), &one)).await.expect("asked");
    let second = scene.act(move |tx| flows::call_me(tx, &Actor::customer(ana), &two)).await.expect("asked");
    assert_eq!((first.id, first.address.as_str()), (second.id, ANA));
    scene.answers(&scene.lucia).await.expect("taken");
    scene.twilio.lets_it_ring(ANA).await;
    assert_eq!(scene.latest().await.state, CallState::Missed);
    assert_eq!(scene.thread().await, ["call.requested", "call.dialling", "call.missed"]);
}

#[tokio::test]
async fn an_agent_rings_by_a_click_and_nobody_is_rung_twice() {
    let scene = scene().await;
    let (ana, lucia) = (scene.ana, scene.lucia.clone());
    scene.twilio.set_faults(Faults { refuse_with: Some(20429), ..Faults::default() });
    let cmd = CallOut { profile: ana, phone: ANA.into(), key: "k".into() };
    scene.act(move |tx| flows::call_out(tx, &lucia, &cmd)).await.expect("begun");
    assert_eq!(scene.twilio.line_of(ANA), None, "the provider is busy");
    scene.twilio.set_faults(Faults::default());
    scene.world.clock().advance(Duration::from_secs(10));
    assert_eq!(ask_due(scene.db(), &scene.carrier).await.expect("asked"), 1);
    scene.world.clock().advance(Duration::from_secs(120));
    assert_eq!(ask_due(scene.db(), &scene.carrier).await.expect("asked"), 0);
    let sid = scene.twilio.picks_up(ANA).await.expect("her telephone rings");
    assert_eq!(scene.latest().await.provider_id.as_deref(), Some(sid.as_str()));
    assert_eq!(scene.twilio.picks_up(ANA).await, None, "once");
}

#[tokio::test]
async fn a_forged_call_is_refused_and_a_withheld_number_is_a_stranger() {
    let scene = scene().await;
    scene.twilio.set_faults(Faults { bad_signature: true, ..Faults::default() });
    scene.twilio.rings(ANA).await;
    assert_eq!(scene.db().read(|tx| conversations::latest_calls(tx, None, 1)).await.expect("read"), []);
    scene.twilio.set_faults(Faults::default());
    let sid = scene.twilio.rings("anonymous").await;
    assert_ne!(scene.latest().await.profile, scene.ana);
    let said = scene.twilio.line(&sid).expect("a line").heard;
    assert!(said[0].starts_with("Hola. Te atiende"), "{said:?}");
    assert_eq!(scene.account.channel, Channel::Phone);
}
