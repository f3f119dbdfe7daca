//! Programs write to people through one door, on both engines.

use conversations::{AccountId, SaveAccount, Settings};
use customers::policy::{Cap, Contact, Context, QuietHours, Urgency};
use customers::{ConsentState, ContactRule, ContactSetting, Identifier, ProfileChange, Purpose, Recognise, SetConsent};
use flows::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, Locale, ProfileId, ReadTx, Role, StaffId, Timestamp, Tx};
use std::time::Duration;

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS];
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().expect("no fault")
}
fn read<T: Send + 'static>(world: &World, f: impl Fn(&ReadTx<'_>) -> Result<T, Fault> + Send + 'static) -> T {
    world.db().read(f).wait().expect("no fault")
}
fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("a moment")
}

fn account(world: &World, channel: Channel, window_hours: Option<u32>) -> AccountId {
    write(world, move |tx| {
        let name = channel.to_string();
        let cmd = SaveAccount { channel, address: format!("our-{name}"), name, window_hours, settings: Settings::default(), active: true };
        conversations::save_account(tx, &Actor::system(), cmd).expect("connected")
    })
}

/// Ana: an e-mail address and a phone, both proven; mailbox, WhatsApp (24 hours) and SMS are connected. It is Monday, ten in Madrid.
fn ana(world: &World) -> ProfileId {
    for (channel, window) in [(Channel::Email, None), (Channel::Whatsapp, Some(24)), (Channel::Sms, None)] {
        account(world, channel, window);
    }
    write(world, |tx| {
        let identifiers = ["email:ana@x.es", "phone:612345678"].map(|i| i.parse::<Identifier>().expect("an identifier")).into();
        let who = Recognise { identifiers, name: Some("Ana".into()), locale: None, channel: Channel::Web, verified: true };
        customers::recognise(tx, &Actor::system(), who).expect("Ana").profile
    })
}

fn allow(world: &World, profile: ProfileId, purpose: Purpose, channel: Channel, state: ConsentState) {
    write(world, move |tx| {
        let cmd = SetConsent { profile, purpose, channel, state, evidence: "marcó la casilla".into(), source: Channel::Web };
        customers::set_consent(tx, &Actor::customer(profile), cmd).expect("recorded")
    });
}
fn prefers(world: &World, profile: ProfileId, channels: &[Channel]) {
    let change = ProfileChange { preferred_channels: Some(channels.to_vec()), ..ProfileChange::default() };
    write(world, move |tx| customers::update_profile(tx, &Actor::customer(profile), profile, change.clone()).expect("changed"));
}

fn offer(person: ProfileId, key: &str) -> Notice {
    Notice {
        person: person.into(),
        purpose: Purpose::Marketing,
        urgency: Urgency::Normal,
        subject: "Rebajas".into(),
        text: "Todo a mitad de precio".into(),
        template: None,
        preferences: "https://shop.test/preferences/".into(),
        key: key.into(),
    }
}
fn parcel(person: ProfileId, key: &str) -> Notice {
    let (subject, text) = ("Tu pedido".into(), "Ha salido".into());
    Notice { purpose: Purpose::Service, subject, text, preferences: String::new(), ..offer(person, key) }
}
fn sending(world: &World, notice: Notice) -> Outcome {
    write(world, move |tx| send(tx, &notice).expect("no fault").outcome)
}
/// Address and words of all that waits to leave; it leaves.
fn outbox(world: &World) -> Vec<(String, String)> {
    write(world, |tx| {
        let due = conversations::take_due(tx, 100).expect("taken");
        for message in &due {
            conversations::record_sent(tx, message.id, &message.id.to_string()).expect("sent");
        }
        due.into_iter().map(|message| (message.outbound.to.value, message.outbound.text.unwrap_or_default())).collect()
    })
}
fn queued(outcome: &Outcome) -> Option<Channel> {
    if let Outcome::Queued { channel, .. } = outcome { Some(*channel) } else { None }
}

#[test]
fn the_preferred_open_channel_carries_it_once_with_the_way_out_under_it() {
    on_both(ROOMS, |world| {
        let ana = ana(world);
        prefers(world, ana, &[Channel::Whatsapp, Channel::Email]);
        assert_eq!(sending(world, offer(ana, "a")), Outcome::Held, "she never allowed it");
        allow(world, ana, Purpose::Marketing, Channel::Email, ConsentState::Granted);
        allow(world, ana, Purpose::Marketing, Channel::Whatsapp, ConsentState::Granted);
        let decision = read(world, move |tx| may_contact(tx, ana.into(), Ask::about(Purpose::Marketing), tx.now()));
        assert_eq!(decision.codes(), ["whatsapp:window_closed", "email:preferred", "sms:never_asked"]);
        assert_eq!(queued(&sending(world, offer(ana, "b"))), Some(Channel::Email));
        assert_eq!(sending(world, offer(ana, "b")), Outcome::Already);
        let out = outbox(world);
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].0, "ana@x.es");
        let link = out[0].1.rsplit(' ').next().expect("a link").to_owned();
        assert!(out[0].1.starts_with("Todo a mitad de precio\n\n") && link.starts_with("https://shop.test/preferences/"), "{}", out[0].1);
        let token = link.rsplit('/').next().expect("a token").to_owned();
        assert_eq!(read(world, move |tx| customers::profile_of_token(tx, &token)), Some(ana));
        let template = conversations::Template { name: "rebajas".into(), language: "es".into(), params: vec![] };
        write(world, |tx| {
            let content = conversations::TemplateContent { body: "Rebajas".into(), ..Default::default() };
            let account = conversations::accounts(tx).expect("accounts").into_iter().find(|a| a.channel == Channel::Whatsapp).expect("one");
            let (state, category) = (conversations::TemplateState::Approved, conversations::TemplateCategory::Marketing);
            let (name, language) = ("rebajas".into(), "es".into());
            let there =
                conversations::AtProvider { name, language, category, content, state, reason: String::new(), provider_id: "1".into() };
            conversations::keep_templates(tx, &Actor::system(), account.id, &vec![there].into()).expect("kept");
        });
        let templated = Notice { template: Some(template), ..offer(ana, "c") };
        assert_eq!(queued(&sending(world, templated)), Some(Channel::Whatsapp), "an approved text passes the window");
    });
}

#[test]
fn the_night_is_waited_for_by_the_clock_of_the_person() {
    on_both(ROOMS, |world| {
        let ana = ana(world);
        world.clock().set(at("2026-06-01T21:00:00Z"));
        assert_eq!(sending(world, parcel(ana, "shipped")), Outcome::Waiting(at("2026-06-02T06:00:00Z")), "23:00 in Madrid");
        assert_eq!(outbox(world), []);
        world.clock().set(at("2026-06-02T05:59:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(outbox(world), [], "still night");
        world.clock().set(at("2026-06-02T06:00:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(outbox(world), [("ana@x.es".into(), "Ha salido".into())]);
        world.run_timers(TIMERS);
        assert_eq!((outbox(world), sending(world, parcel(ana, "shipped"))), (vec![], Outcome::Already));

        let lima = ContactSetting { quiet: QuietHours::default(), zone: "America/Lima".into() };
        write(world, move |tx| customers::set_contact_setting(tx, &Actor::customer(ana), ana, &lima).expect("set"));
        assert_eq!(sending(world, parcel(ana, "delivered")), Outcome::Waiting(at("2026-06-02T13:00:00Z")), "it is one at night in Lima");
        let courier = Notice { urgency: Urgency::Urgent, ..parcel(ana, "at the door") };
        assert_eq!(queued(&sending(world, courier)), Some(Channel::Email));
        allow(world, ana, Purpose::Service, Channel::Email, ConsentState::Refused);
        world.clock().set(at("2026-06-02T15:00:00Z"));
        world.run_timers(TIMERS);
        assert_eq!(outbox(world).len(), 2, "the courier's, and the one that waited");
        let last = read(world, move |tx| kernel::log::by_actor(tx, "system", 50)).into_iter().find(|e| e.kind == "message.queued");
        assert_eq!(last.and_then(|e| e.channel), Some(Channel::Sms), "asked anew: e-mail was refused meanwhile");
    });
}

#[test]
fn a_refusal_changes_nothing_but_a_hidden_line() {
    on_both(ROOMS, |world| {
        let ana = ana(world);
        allow(world, ana, Purpose::Marketing, Channel::Email, ConsentState::Granted);
        allow(world, ana, Purpose::Marketing, Channel::Email, ConsentState::Refused);
        let count = || read(world, |tx| Ok((kernel::log::timeline(tx, &[], None, 1)?.len(), kernel::log::newest(tx)?.seq)));
        let shown = move |world: &World| read(world, move |tx| kernel::log::timeline(tx, &[ana], None, 100)).len();
        let (before, threads) = (count(), shown(world));
        assert_eq!(sending(world, offer(ana, "no")), Outcome::Held);
        assert_eq!((count().1 - before.1, shown(world)), (1, threads));
        let hidden = read(world, move |tx| kernel::log::of_profile(tx, ana, false, None));
        assert_eq!(hidden[0].kind, "contact.held");
        let body: serde_json::Value = serde_json::from_str(&hidden[0].body).expect("JSON");
        assert_eq!(body["reasons"], serde_json::json!(["email:refused", "whatsapp:never_asked", "sms:never_asked"]));
        assert_eq!(read(world, move |tx| conversations::matters_of(tx, &[ana], 5)), []);
        assert_eq!(outbox(world), []);
        let nobody = ProfileId::nil();
        assert_eq!(sending(world, offer(nobody, "nobody")), Outcome::Held);
    });
}

#[test]
fn a_complaint_silences_offers_until_its_matter_is_resolved() {
    on_both(ROOMS, |world| {
        let ana = ana(world);
        allow(world, ana, Purpose::Marketing, Channel::Email, ConsentState::Granted);
        let agent = Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent]);
        let matter = write(world, move |tx| conversations::open_for(tx, &[ana], ana, Channel::Email, "Llegó rota").expect("opened"));
        let by = agent.clone();
        write(world, move |tx| set_complaint(tx, &by, matter, true).expect("marked"));
        assert!(read(world, move |tx| is_complaint(tx, matter)));
        assert_eq!(sending(world, offer(ana, "one")), Outcome::Held);
        assert_eq!(queued(&sending(world, parcel(ana, "two"))), Some(Channel::Email), "her parcel is another thing");
        write(world, move |tx| conversations::resolve(tx, &agent, matter).expect("resolved"));
        assert_eq!(queued(&sending(world, offer(ana, "three"))), Some(Channel::Email));
        write(world, move |tx| customers::pause_contact(tx, &Actor::system(), ana, Context::Debt, "case").expect("paused"));
        assert_eq!(sending(world, offer(ana, "four")), Outcome::Held);
    });
}

#[test]
fn eight_senders_at_once_never_pass_the_cap() {
    on_both(ROOMS, |world| {
        let ana = ana(world);
        for channel in [Channel::Email, Channel::Sms] {
            allow(world, ana, Purpose::Marketing, channel, ConsentState::Granted);
            allow(world, ana, Purpose::Reviews, channel, ConsentState::Granted);
        }
        let rule = ContactRule { cap: Cap { most: 2, days: 7 }, ..ContactRule::default() };
        write(world, move |tx| customers::set_contact_rule(tx, &Actor::system(), &rule).expect("set"));
        let round = |n: usize| -> Vec<Outcome> {
            std::thread::scope(|scope| {
                let senders: Vec<_> = (0..8)
                    .map(|sender| {
                        let purpose = if sender % 2 == 0 { Purpose::Marketing } else { Purpose::Reviews };
                        let notice = Notice { purpose, ..offer(ana, &format!("{n}/{sender}")) };
                        let db = world.db().clone();
                        scope.spawn(move || db.write("send", move |tx| send(tx, &notice)).wait().expect("no fault").outcome)
                    })
                    .collect();
                senders.into_iter().map(|sender| sender.join().expect("no panic")).collect()
            })
        };
        let first = round(1);
        assert_eq!(first.iter().filter(|outcome| queued(outcome).is_some()).count(), 2, "{first:?}");
        assert_eq!(first.iter().filter(|outcome| **outcome == Outcome::Waiting(at("2026-06-08T08:00:00Z"))).count(), 6, "{first:?}");
        world.clock().advance(HOUR);
        assert!(round(2).iter().all(|outcome| queued(outcome).is_none()), "not by another name either");
        assert_eq!(queued(&sending(world, parcel(ana, "parcel"))), Some(Channel::Email), "service does not count");
        // A week later those who waited ask again, all at once, and again two get through.
        outbox(world);
        world.clock().set(at("2026-06-08T09:00:00Z"));
        world.run_timers(TIMERS);
        let now = at("2026-06-08T09:00:00Z");
        let sent = read(world, move |tx| customers::contacts_since(tx, ana.into(), now.minus(DAY)));
        assert_eq!(sent.len(), 2);
        let refused = read(world, move |tx| may_contact(tx, ana.into(), Ask::about(Purpose::Marketing), now));
        assert_eq!(refused.contact, Contact::Wait { until: at("2026-06-15T09:00:00Z") });
    });
}

#[test]
fn a_code_leaves_at_any_hour_and_makes_nobody_when_it_cannot() {
    on_both(ROOMS, |world| {
        let people = |world: &World| read(world, |tx| Ok(customers::people(tx, &Actor::system(), None, 50).expect("people").items.len()));
        let code = |to: &'static str| {
            write(world, move |tx| {
                let to: Identifier = to.parse().expect("an identifier");
                send_code(tx, &to, "123456", "Tu código", Locale::Es).expect("no fault")
            })
        };
        assert_eq!((code("email:new@x.es"), people(world)), (CodeSent::Nowhere, 0), "no channel is connected");
        let ana = ana(world);
        world.clock().set(at("2026-06-01T23:00:00Z"));
        allow(world, ana, Purpose::Service, Channel::Email, ConsentState::Refused);
        assert_eq!(code("email:ana@x.es"), CodeSent::By(Channel::Email));
        assert_eq!(code("phone:612345678"), CodeSent::By(Channel::Sms));
        assert_eq!((code("email:new@x.es"), people(world)), (CodeSent::By(Channel::Email), 2));
        assert_eq!(outbox(world).len(), 3);
        let matters = read(world, move |tx| conversations::matters_of(tx, &[ana], 9));
        assert!(matters.iter().all(|matter| matter.state == conversations::MatterState::Resolved), "nobody has to look after a code");
    });
}
