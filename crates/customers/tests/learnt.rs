//! What is learnt, visits, and public comments.

mod common;

use common::*;
use customers::learnt::*;
use customers::visits::*;
use customers::*;
use kernel::testing::{START, World, on_both};
use kernel::{Actor, Channel, Problem, ProfileId};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn answers(world: &World, profile: ProfileId, state: ConsentState) {
    let (purpose, channel) = (Purpose::Personalisation, Channel::Web);
    let cmd = SetConsent { profile, purpose, channel, state, evidence: "asked".into(), source: Channel::Web };
    world.clock().advance(MINUTE);
    write(world, move |tx| drop(set_consent(tx, &Actor::customer(profile), cmd.clone()).expect("set")));
}
fn was_in(world: &World, profile: ProfileId, place: &str, day: u32) -> bool {
    let (aspect, about, at) = (Aspect::UsualShop, String::new(), START.plus(DAY * day));
    let (value, label, evidence) = (place.to_owned(), place.to_uppercase(), format!("{day}/{place}"));
    let lesson = Lesson { profile, aspect, about, value, label, evidence, at };
    write(world, move |tx| learn(tx, &lesson).expect("no fault"))
}
fn known(world: &World, actor: Actor, profile: ProfileId) -> Vec<(String, usize)> {
    let items = read(world, move |tx| preferences(tx, &actor, profile.into()).expect("allowed to look").items);
    items.into_iter().map(|p| (p.label, p.times)).collect()
}

#[test]
fn nothing_is_learnt_without_consent_and_all_goes_when_it_is_withdrawn() {
    on_both(&[MIGRATIONS], |world| {
        let (ana, eva) = (somebody(world, &["email:ana@x.es"], "Ana"), somebody(world, &["email:eva@x.es"], "Eva"));
        assert!((0..5).all(|day| !was_in(world, ana, "madrid", day)));
        answers(world, ana, ConsentState::Granted);
        assert_eq!(known(world, agent(), ana), [], "what was before is not looked up");
        assert!(was_in(world, ana, "sevilla", 1) && was_in(world, ana, "sevilla", 1) && was_in(world, ana, "sevilla", 2));
        assert_eq!(known(world, agent(), ana), [], "two visits are not a habit");
        was_in(world, ana, "sevilla", 3);
        assert_eq!(known(world, Actor::customer(ana), ana), [("SEVILLA".to_owned(), 3)]);
        let denied = world.db().read(move |tx| preferences(tx, &Actor::customer(eva), ana.into())).wait();
        assert_eq!(denied.expect_err("somebody else").code(), "denied");
        answers(world, ana, ConsentState::Refused);
        assert_eq!(known(world, agent(), ana), []);
        answers(world, ana, ConsentState::Granted);
        assert_eq!(known(world, agent(), ana), [], "it is gone, not hidden");
    });
}

#[test]
fn a_page_counts_once_for_each_visit_and_visits_are_joined_with_their_person() {
    on_both(&[MIGRATIONS], |world| {
        let browser = somebody(world, &["device:abcdefghijklmnopqrstuv"], "");
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        let look = |product: &'static str| {
            let seen = Seen { profile: browser, page: PageKind::Product, product: product.into(), channel: Channel::Web };
            write(world, move |tx| note_view(tx, &seen).expect("noted"));
            world.clock().advance(MINUTE);
        };
        ["a", "b", "a", "a"].into_iter().for_each(look);
        world.clock().advance(MINUTE * 31);
        look("c");
        assert_eq!(world.log().iter().filter(|event| event.kind == events::VISIT_BEGAN).count(), 2);
        let seen = |who: ProfileId| {
            read(world, move |tx| looked_at(tx, who.into(), 10).expect("read").into_iter().map(|l| l.product).collect::<Vec<_>>())
        };
        assert_eq!((seen(browser), seen(ana)), (vec!["c".to_owned(), "b".into(), "a".into()], vec![]));
        joining(world, browser, ana, 100, "signed in").expect("joined");
        assert_eq!(seen(ana), ["c", "b", "a"]);
        world.clock().advance(Duration::from_secs(182 * 86_400));
        world.run_timers(TIMERS);
        assert_eq!(seen(ana), Vec::<String>::new(), "visits go after half a year");
    });
}

#[test]
fn a_comment_is_kept_once_and_only_of_somebody_known() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["x:ana_ruiz"], "Ana");
        let note = |handle: &str, text: &str| {
            let (handle, text, url) = (id(handle), text.to_owned(), format!("https://x.test/{handle}"));
            let cmd = NoteComment { handle, text, url, products: vec!["p".into()], at: START };
            world.db().write("note", move |tx| note_comment(tx, &agent(), cmd.clone())).wait()
        };
        let first = note("x:ana_ruiz", "Me encanta").expect("kept");
        assert_eq!((first.profile, note("x:ana_ruiz", "other words").expect("the first")), (ana, first.clone()));
        assert_eq!(note("x:nobody", "Hola").expect_err("a stranger").code(), "customers.unknown_identifier");
        assert_eq!(note("x:ana_ruiz", " ").expect_err("nothing said").code(), "customers.bad_length");
        let kept = read(world, move |tx| comments_of(tx, &agent(), ana.into(), 10).expect("read"));
        assert_eq!(kept, [first]);
        let line = read(world, move |tx| timeline(tx, &agent(), ana.into(), None, 10).expect("read"));
        let said: Vec<_> = line.iter().filter(|entry| entry.kind == events::COMMENT_NOTED).map(|entry| entry.channel).collect();
        assert_eq!(said, [Some(Channel::X)]);
    });
}
