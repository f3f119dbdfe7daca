//! One person, lists of persons, hints, consent.

mod common;
use common::*;
use customers::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Denied, Event, Locale, Permission, ProfileId};
use std::time::Duration;

fn found(world: &World, text: &str) -> Vec<String> {
    let text = text.to_owned();
    let page = read(world, move |tx| find(tx, &agent(), &text, None, 10).expect("found"));
    page.items.into_iter().map(|card| card.name.text).collect()
}
fn change(world: &World, profile: ProfileId, change: ProfileChange) -> Profile {
    write(world, move |tx| update_profile(tx, &agent(), profile, change.clone()).expect("updated"))
}

#[test]
fn people_are_found_by_name_email_phone_and_card() {
    on_both(&[MIGRATIONS], |world| {
        somebody(world, &["email:maria@x.es", "phone:612345678"], "María Núñez García");
        somebody(world, &["email:mario@x.es", "card:AB-1234"], "Mario Nunes");
        somebody(world, &["x:@Marta_"], "Marta Soler");
        assert_eq!(found(world, "nunez"), ["María Núñez García"]);
        assert_eq!(found(world, "gar MARI"), ["María Núñez García"]);
        assert_eq!(found(world, "nun"), ["Mario Nunes", "María Núñez García"]);
        assert_eq!(found(world, "MARIA@x.es"), ["María Núñez García"]);
        assert_eq!(found(world, "+34 612 345 678"), ["María Núñez García"]);
        assert_eq!(found(world, "345678"), ["María Núñez García"]);
        assert_eq!(found(world, "ab1234"), ["Mario Nunes"]);
        assert_eq!(found(world, "@marta_"), ["Marta Soler"]);
        assert_eq!(found(world, "zz"), Vec::<String>::new());
        assert_eq!(found(world, "").len(), 3);
        let refused = read(world, |tx| find(tx, &Actor::guest(), "ana", None, 10).map_err(|e| e.to_string()));
        assert_eq!(refused, Err(Denied(Permission::ViewCustomers).to_string()));
    });
}

#[test]
fn lists_go_on_where_the_page_ended() {
    on_both(&[MIGRATIONS], |world| {
        for n in 0..7 {
            world.clock().advance(Duration::from_secs(1));
            somebody(world, &[&format!("email:p{n}@x.es")], &format!("Ana {n}"));
        }
        let all = |text: &'static str| {
            let (mut names, mut cursor) = (Vec::new(), None::<String>);
            loop {
                let at = cursor.clone();
                let page = read(world, move |tx| find(tx, &agent(), text, at.as_deref(), 3).expect("page"));
                names.extend(page.items.into_iter().map(|c| c.name.text));
                cursor = page.next;
                if cursor.is_none() {
                    return names;
                }
            }
        };
        assert_eq!(all(""), ["Ana 6", "Ana 5", "Ana 4", "Ana 3", "Ana 2", "Ana 1", "Ana 0"]);
        assert_eq!(all("ana"), ["Ana 0", "Ana 1", "Ana 2", "Ana 3", "Ana 4", "Ana 5", "Ana 6"]);
        let bad = read(world, |tx| people(tx, &agent(), Some("nonsense"), 3).map_err(|e| e.to_string()));
        assert_eq!(bad, Err("`nonsense` is not a place in this list; start again without a cursor".into()));
    });
}

#[test]
fn a_person_is_the_best_of_its_profiles() {
    on_both(&[MIGRATIONS], |world| {
        let web = meet(world, speaks(&["email:ana@x.es"], Some("ana r"), false)).profile;
        let shop = somebody(world, &["card:AB1234", "phone:612345678"], "Ana Ruiz Soler");
        joining(world, web, shop, 90, "k").expect("joined");
        world.clock().advance(Duration::from_secs(60));
        change(
            world,
            web,
            ProfileChange {
                locale: Some(Locale::En),
                preferred_channels: Some(vec![Channel::Whatsapp, Channel::Email, Channel::Whatsapp]),
                ..ProfileChange::default()
            },
        );
        let found = read(world, move |tx| person(tx, shop.into()).expect("read").expect("Ana"));
        assert_eq!((found.name.text.as_str(), found.name.why, found.name.from), ("Ana Ruiz Soler", NameWhy::Proven, Some(shop)));
        assert_eq!((found.locale, found.preferred_channels), (Some(Locale::En), vec![Channel::Whatsapp, Channel::Email]));
        let cards = read(world, move |tx| cards_of_profiles(tx, &[web, shop, ProfileId::nil()]).expect("cards"));
        assert_eq!(cards.len(), 2);
        assert_eq!(cards[&web], cards[&shop]);
        let card = &cards[&web];
        assert_eq!((card.name.text.as_str(), card.email.as_deref(), card.profiles), ("Ana Ruiz Soler", Some("ana@x.es"), 2));
        assert_eq!(card.phone.as_deref(), Some("+34 612 34 56 78"));
        assert_eq!(read(world, |tx| person(tx, PersonId::nil()).expect("read")), None);
    });
}

#[test]
fn profiles_change_by_their_owner_and_by_staff_only() {
    on_both(&[MIGRATIONS], |world| {
        let (ana, ben) = (somebody(world, &["email:ana@x.es"], "Ana"), somebody(world, &["email:ben@x.es"], "Ben"));
        let attempt = move |actor: Actor, change: ProfileChange| {
            write(world, move |tx| update_profile(tx, &actor, ana, change.clone()).map(|p| p.name()).map_err(|e| e.to_string()))
        };
        let named = |name: &str| ProfileChange { full_name: Some(name.into()), ..ProfileChange::default() };
        assert_eq!(attempt(Actor::customer(ana), named(" Ana   Ruiz ")), Ok("Ana Ruiz".into()));
        assert_eq!(attempt(Actor::customer(ben), named("Hacked")), Err(Denied(Permission::EditCustomers).to_string()));
        let note = ProfileChange { note: Some("VIP".into()), ..ProfileChange::default() };
        assert!(attempt(Actor::customer(ana), note.clone()).is_err());
        assert_eq!(attempt(agent(), note), Ok("Ana Ruiz".into()));
        assert_eq!(attempt(agent(), named(&"x".repeat(201))), Err("full name is too long; use at most 200 characters".into()));
        assert_eq!(found(world, "ruiz"), ["Ana Ruiz"]);
        attempt(agent(), named("Ana Soler")).expect("renamed");
        assert_eq!((found(world, "ruiz").len(), found(world, "soler").len()), (0, 1));
    });
}

#[test]
fn hints_come_from_names_postcodes_and_phones_and_respect_not_same() {
    on_both(&[MIGRATIONS], |world| {
        let a = somebody(world, &["phone:+34612345678"], "Ana Ruiz Soler");
        let b = somebody(world, &["phone:+33 6 12 34 56 78"], "RUIZ SOLER, Ana");
        let c = somebody(world, &["email:c@x.es"], "Ána Ruiz Soler");
        let postcode = |p| change(world, p, ProfileChange { postcode: Some("280 01".into()), ..ProfileChange::default() });
        postcode(a);
        postcode(c);
        let hints = move || read(world, move |tx| possible_same(tx, a.into()).expect("read"));
        let reasons: Vec<_> = hints().into_iter().map(|h| (h.other.person, h.confidence, h.reasons)).collect();
        assert_eq!(
            reasons,
            [
                (b.into(), 70, vec![Reason::SameNameAndPhoneTail { tail: "345678".into() }]),
                (c.into(), 60, vec![Reason::SameNameAndPostcode { postcode: "28001".into() }]),
            ]
        );
        separating(world, a, b, "k1").expect("separated");
        joining(world, a, c, 80, "k2").expect("joined");
        assert_eq!(hints(), []);
    });
}

#[test]
fn the_timeline_is_that_of_all_profiles_and_a_customer_sees_their_own() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (somebody(world, &["email:a@x.es"], "A"), somebody(world, &["email:b@x.es"], "B"));
        world.clock().advance(Duration::from_secs(1));
        for (n, profile) in [a, b, a, b].into_iter().enumerate() {
            world.clock().advance(Duration::from_secs(1));
            write(world, move |tx| tx.announce(Event::new("test.happened", n).profile(profile)).expect("announced"));
        }
        joining(world, a, b, 90, "k").expect("joined");
        let page =
            |actor: Actor, before, limit| read(world, move |tx| timeline(tx, &actor, b.into(), before, limit).map_err(|e| e.to_string()));
        let first = page(Actor::customer(b), None, 3).expect("own");
        assert_eq!(first.iter().map(|e| e.subject.as_str()).collect::<Vec<_>>()[1..], ["3", "2"]);
        let last = first.last().expect("an entry");
        let older = page(agent(), Some(kernel::log::TimelineKey { at: last.at, seq: last.key.seq }), 2).expect("older");
        assert_eq!(older.iter().map(|e| e.subject.as_str()).collect::<Vec<_>>(), ["1", "0"]);
        let stranger = somebody(world, &["email:c@x.es"], "C");
        assert_eq!(page(Actor::customer(stranger), None, 3), Err(Denied(Permission::ViewCustomers).to_string()));
    });
}

#[test]
fn the_newest_answer_of_a_person_counts() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (somebody(world, &["email:a@x.es"], "A"), somebody(world, &["email:b@x.es"], "B"));
        let answer = |profile, state| {
            world.clock().advance(Duration::from_secs(1));
            let cmd = SetConsent {
                profile,
                purpose: Purpose::Marketing,
                channel: Channel::Email,
                state,
                evidence: "ticked the box".into(),
                source: Channel::Web,
            };
            write(world, move |tx| set_consent(tx, &Actor::customer(profile), cmd.clone()).expect("recorded"));
        };
        let now = |person: ProfileId, channel| {
            read(world, move |tx| {
                consent(tx, person_of(tx, person).expect("read").expect("person"), Purpose::Marketing, channel).expect("read")
            })
            .map(|c| c.state)
        };
        answer(a, ConsentState::Granted);
        answer(b, ConsentState::Refused);
        assert_eq!((now(a, Channel::Email), now(b, Channel::Email)), (Some(ConsentState::Granted), Some(ConsentState::Refused)));
        joining(world, a, b, 90, "k").expect("joined");
        assert_eq!((now(a, Channel::Email), now(a, Channel::Sms)), (Some(ConsentState::Refused), None));
        answer(a, ConsentState::Granted);
        assert_eq!(now(b, Channel::Email), Some(ConsentState::Granted));
        let consents = read(world, move |tx| person(tx, a.into()).expect("read").expect("A").consents);
        assert_eq!(consents.len(), 1);
    });
}

#[test]
fn every_statement_is_understood_by_the_engine() {
    on_both(&[MIGRATIONS], |world| assert_eq!(world.db().prepare_all().expect("prepared"), Vec::<String>::new()));
}
