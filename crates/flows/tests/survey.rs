//! How well were they served? Asked once, where they were served, and scored by a choice, a number or on a page, on both engines.

use conversations::{
    Account, AccountId, Address, InboundEvent, InboundMessage, MatterId, MatterState, Part, Reply, SaveAccount, Sender, Settings,
    SurveyError, WorkRules,
};
use customers::{ConsentState, Purpose, SetConsent};
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, ProfileId, ReadTx, Role, StaffId, Tx};
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS];
const HOUR: Duration = Duration::from_secs(3600);
const PHONE: &str = "+34612345678";

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}
fn read<T: Send + 'static>(world: &World, f: impl Fn(&ReadTx<'_>) -> Result<T, Fault> + Send + 'static) -> T {
    world.db().read(f).wait().expect("no fault")
}
fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Supervisor])
}

/// A shop with WhatsApp that asks an hour after a matter was resolved.
fn shop(world: &World) -> AccountId {
    world.clock().set(kernel::Timestamp::from_rfc3339("2026-11-23T09:00:00Z").expect("Monday at ten in Madrid"));
    write(world, |tx| {
        let rules = WorkRules { survey_minutes: 60, ..WorkRules::default() };
        conversations::save_work_rules(tx, &agent(), &rules).expect("saved");
        conversations::save_site(tx, "https://tienda.test").expect("saved");
        let cmd = SaveAccount {
            channel: Channel::Whatsapp,
            name: "WhatsApp".into(),
            address: "+34911222333".into(),
            window_hours: Some(24),
            settings: Settings::default(),
            active: true,
        };
        conversations::save_account(tx, &Actor::system(), cmd).expect("connected")
    })
}

fn hears(world: &World, account: AccountId, id: &str, part: Part) -> MatterId {
    let from = Sender { address: Address::phone(PHONE), display_name: Some("Ana".into()), reply_to: None };
    let now = world.db().clock().now();
    let message = InboundMessage::new(id, from, Address::phone("+34911222333"), now, vec![part]);
    let received = write(world, move |tx| {
        let account: Account = conversations::account(tx, account).expect("read").expect("connected");
        flows::receive_event(tx, &account, &InboundEvent::Message(Box::new(message.clone()))).expect("received").expect("a message")
    });
    received.matter
}
fn says(world: &World, account: AccountId, words: &str) -> MatterId {
    hears(world, account, words, Part::Text { text: words.into(), fresh: None })
}
fn passes(world: &World, time: Duration) {
    world.clock().advance(time);
    let worker = [flows::TIMERS, conversations::TIMERS].concat();
    world.run_reactions(flows::REACTIONS);
    world.run_reactions(conversations::REACTIONS);
    world.run_timers(&worker);
}
fn serves(world: &World, account: AccountId, matter: MatterId, key: &'static str) {
    write(world, move |tx| {
        conversations::reply(tx, &agent(), &Reply::new(matter, account, PHONE, "Listo", key)).expect("said");
        conversations::resolve(tx, &agent(), matter).expect("resolved");
    });
    world.run_reactions(flows::REACTIONS);
}
/// Words and choices of all that waits to leave; it leaves.
fn outbox(world: &World) -> Vec<(String, Vec<String>)> {
    write(world, |tx| {
        let due = conversations::take_due(tx, 100).expect("taken");
        for message in &due {
            conversations::record_sent(tx, message.id, &message.id.to_string()).expect("sent");
        }
        let choices =
            |message: &conversations::Outbound| message.choices.iter().flat_map(|all| all.all().iter().map(|c| c.id.clone())).collect();
        due.into_iter().map(|message| (message.outbound.text.clone().unwrap_or_default(), choices(&message.outbound))).collect()
    })
}
fn scores(world: &World) -> Vec<serde_json::Value> {
    let scored = world.log().into_iter().filter(|event| event.kind == "survey.scored");
    scored.map(|event| serde_json::from_str(&event.body).expect("facts")).collect()
}
fn state(world: &World, matter: MatterId) -> MatterState {
    read(world, move |tx| conversations::matter(tx, matter)).expect("there").state
}
fn owner(world: &World, matter: MatterId) -> ProfileId {
    read(world, move |tx| conversations::matter(tx, matter)).expect("there").profile
}

#[test]
fn a_bare_number_right_after_the_question_scores_and_opens_nothing() {
    on_both(ROOMS, |world| {
        let account = shop(world);
        let matter = says(world, account, "¿Tenéis la camisa?");
        serves(world, account, matter, "a1");
        assert_eq!(outbox(world).len(), 1, "the answer");
        passes(world, HOUR);
        let asked = outbox(world);
        let (words, choices) = &asked[0];
        let start = "¿Cómo te hemos atendido? Dinos un número del 1 (muy mal) al 5 (muy bien), o aquí: https://tienda.test/survey/";
        let token = words.strip_prefix(start).expect("the question and the page");
        assert_eq!((asked.len(), token.len()), (1, 32));
        assert_eq!(choices.first().map(String::as_str), Some(format!("survey:{token}:1").as_str()));
        assert_eq!(choices.len(), 5);
        assert_eq!(says(world, account, "4"), matter, "it stands with what it is about");
        assert_eq!(state(world, matter), MatterState::Resolved);
        let facts = scores(world);
        assert_eq!((facts.len(), &facts[0]["score"], &facts[0]["matter"]), (1, &4.into(), &serde_json::json!(matter)));
        assert_eq!(outbox(world), [("¡Gracias por decírnoslo!".to_owned(), vec![])]);
        passes(world, HOUR);
        assert_eq!(outbox(world), [], "saying thank you asks nothing");
        let day = kernel::Timestamp::to_jiff(world.db().clock().now()).to_zoned(jiff::tz::TimeZone::UTC).date();
        let days = read(world, move |tx| conversations::talk_days(tx, &agent(), day, day).map_err(|e| Fault::outside("reading", e)));
        assert_eq!(days.iter().map(|day| (day.channel, day.scores, day.score_sum)).collect::<Vec<_>>(), [(Channel::Whatsapp, 1, 4)]);
        assert_eq!(says(world, account, "5"), matter, "a number later is a message like any other");
        assert_eq!((state(world, matter), scores(world).len()), (MatterState::Open, 1));
    });
}

#[test]
fn a_choice_scores_whenever_it_is_pressed_and_the_page_changes_it() {
    on_both(ROOMS, |world| {
        let account = shop(world);
        let matter = says(world, account, "Hola");
        serves(world, account, matter, "a1");
        outbox(world);
        passes(world, HOUR);
        let choice = outbox(world)[0].1[1].clone();
        assert_eq!(says(world, account, "Por cierto, ¿y en azul?"), matter, "she goes on first");
        hears(world, account, "pressed", Part::Choice { id: choice.clone(), title: "Mal".into() });
        hears(world, account, "pressed", Part::Choice { id: choice.clone(), title: "Mal".into() });
        assert_eq!(state(world, matter), MatterState::Open, "what she wrote waits for an answer");
        let token = choice.split(':').nth(1).expect("a token").to_owned();
        let (page, bad) = (token.clone(), token.clone());
        let low = || {
            let begun = kernel::Timestamp::from_seconds(0);
            let found = read(world, move |tx| conversations::low_scores(tx, &agent(), begun, 10).map_err(|e| Fault::outside("reading", e)));
            found.into_iter().map(|survey| (survey.matter, survey.score)).collect::<Vec<_>>()
        };
        assert_eq!(low(), [(matter, Some(2))], "whoever leads sees it");
        write(world, move |tx| conversations::score_survey(tx, &page, 5, " Al final, genial ").expect("scored"));
        let facts: Vec<_> = scores(world).into_iter().map(|f| (f["score"].clone(), f["was"].clone(), f["comment"].clone())).collect();
        assert_eq!(facts, [(2.into(), serde_json::Value::Null, "".into()), (5.into(), 2.into(), "Al final, genial".into())]);
        assert_eq!(low(), []);
        let refused = write(world, move |tx| {
            let off = conversations::score_survey(tx, &bad, 6, "").map_err(|e| matches!(e, SurveyError::OffScale));
            let long = conversations::score_survey(tx, &bad, 1, &"a".repeat(1_001)).map_err(|e| matches!(e, SurveyError::TooLong));
            let unknown = conversations::score_survey(tx, "nobody", 1, "").map_err(|e| matches!(e, SurveyError::Closed));
            (off, long, unknown)
        });
        assert_eq!(refused, (Err(true), Err(true), Err(true)));
        assert_eq!(scores(world).len(), 2, "a refusal changes nothing");
        world.clock().advance(31 * 24 * HOUR);
        let late = write(world, move |tx| conversations::score_survey(tx, &token, 1, "").map_err(|e| matches!(e, SurveyError::Closed)));
        assert_eq!(late, Err(true));
    });
}

#[test]
fn nobody_is_asked_twice_a_month_nor_against_their_will_nor_about_what_is_open_again() {
    on_both(ROOMS, |world| {
        let account = shop(world);
        let matter = says(world, account, "Hola");
        serves(world, account, matter, "a1");
        outbox(world);
        says(world, account, "Espera");
        passes(world, HOUR);
        assert_eq!(outbox(world), [], "open again");
        serves(world, account, matter, "a2");
        outbox(world);
        let profile = owner(world, matter);
        let consent = move |state| SetConsent {
            profile,
            purpose: Purpose::Reviews,
            channel: Channel::Whatsapp,
            state,
            evidence: "lo dijo".into(),
            source: Channel::Web,
        };
        write(world, move |tx| customers::set_consent(tx, &Actor::customer(profile), consent(ConsentState::Refused)).expect("recorded"));
        passes(world, HOUR);
        assert_eq!(outbox(world), [], "against her will");
        write(world, move |tx| customers::set_consent(tx, &Actor::customer(profile), consent(ConsentState::Granted)).expect("recorded"));
        says(world, account, "Otra cosa");
        serves(world, account, matter, "a3");
        outbox(world);
        passes(world, HOUR);
        assert_eq!(outbox(world).len(), 1, "asked");
        world.clock().advance(9 * 24 * HOUR);
        let second = says(world, account, "Otra más");
        assert_ne!(second, matter);
        serves(world, account, second, "a4");
        outbox(world);
        passes(world, HOUR);
        assert_eq!(outbox(world), [], "within the month");
    });
}
