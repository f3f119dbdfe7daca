//! One-time codes, sessions, and what happens to the browser.

mod common;
use common::*;
use customers::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, ProfileId};
use std::time::Duration;

fn code(world: &World, identifier: &str) -> Result<String, String> {
    let identifier = id(identifier);
    world.db().write("request_code", move |tx| request_code(tx, &identifier)).wait().map_err(|e: RequestCodeError| e.to_string())
}
fn check(world: &World, identifier: &str, code: &str) -> Result<(), CodeRefused> {
    let (identifier, code) = (id(identifier), code.to_owned());
    write(world, move |tx| check_code(tx, &identifier, &code).expect("no fault"))
}
fn signs_in(world: &World, identifier: &str, device: &str) -> SignedIn {
    world.clock().advance(Duration::from_millis(1));
    let code = code(world, identifier).expect("a code");
    let cmd = SignIn { identifier: id(identifier), code, device: Some(id(device)), locale: None, channel: Channel::Web };
    write(world, move |tx| sign_in(tx, &cmd).expect("no fault").expect("the code is right"))
}
fn owner(world: &World, identifier: &str) -> ProfileId {
    let identifier = id(identifier);
    read(world, move |tx| by_identifier(tx, &identifier).expect("read").expect("known").profile)
}

#[test]
fn a_code_serves_once_for_ten_minutes_and_five_attempts() {
    on_both(&[MIGRATIONS], |world| {
        let mail = "email:ana@x.es";
        assert_eq!(check(world, mail, "000000"), Err(CodeRefused::Void));
        let right = code(world, mail).expect("a code");
        assert_eq!(right.len(), 6);
        let wrong = if right == "000000" { "111111" } else { "000000" };
        assert_eq!(check(world, mail, wrong), Err(CodeRefused::Wrong { attempts_left: 4 }));
        assert_eq!(check(world, mail, &format!(" {right} ")), Ok(()));
        assert_eq!(check(world, mail, &right), Err(CodeRefused::Void));

        let right = code(world, mail).expect("a code");
        for left in [4, 3, 2, 1] {
            assert_eq!(check(world, mail, wrong), Err(CodeRefused::Wrong { attempts_left: left }));
        }
        assert_eq!(check(world, mail, wrong), Err(CodeRefused::Void));
        assert_eq!(check(world, mail, &right), Err(CodeRefused::Void));

        let right = code(world, mail).expect("a code");
        world.clock().advance(CODE_LIFE);
        assert_eq!(check(world, mail, &right), Err(CodeRefused::Void));
    });
}

#[test]
fn codes_are_limited_per_identifier_and_forgotten() {
    on_both(&[MIGRATIONS], |world| {
        for _ in 0..5 {
            code(world, "phone:612345678").expect("a code");
        }
        assert_eq!(code(world, "whatsapp:34612345678"), Err("too many codes were asked for; try again later".into()));
        code(world, "email:ana@x.es").expect("another identifier has its own limit");
        assert_eq!(code(world, "card:AB1234"), Err("a code can be sent to an e-mail address or a phone, not to a card".into()));
        world.clock().advance(Duration::from_secs(3600));
        code(world, "phone:612345678").expect("an hour later");
        world.clock().advance(Duration::from_secs(3 * 3600));
        world.run_timers(TIMERS);
        assert_eq!(check(world, "phone:612345678", "000000"), Err(CodeRefused::Void));
    });
}

#[test]
fn signing_in_proves_the_identifier_and_joins_the_browser_s_visits() {
    on_both(&[MIGRATIONS], |world| {
        let ana = meet(world, speaks(&["email:ana@x.es"], Some("Ana Ruiz"), false)).profile;
        world.clock().advance(Duration::from_secs(1));
        let visit = meet(world, speaks(&["device:browser-1"], None, false)).profile;
        let signed = signs_in(world, "email:ana@x.es", "device:browser-1");
        let DeviceOutcome::Joined(claim) = signed.device else { panic!("{:?}", signed.device) };
        assert_eq!((signed.profile, signed.person, person_now(world, visit)), (ana, ana.into(), ana.into()));
        let claims = read(world, move |tx| claims_of(tx, &agent(), ana.into(), 9).expect("claims"));
        assert_eq!((claims.len(), claims[0].confidence, claims[0].reason.as_str()), (1, 100, SIGN_IN_REASON));
        let again = signs_in(world, "email:ana@x.es", "device:browser-1");
        assert_eq!((again.profile, again.device), (ana, DeviceOutcome::Known));
        undoing(world, claim).expect("undone");
        assert_eq!(person_now(world, visit), visit.into());
        let known = read(world, |tx| by_identifier(tx, &id("email:ana@x.es")).expect("read").expect("known"));
        assert!(known.verified_at.is_some());
    });
}

#[test]
fn a_browser_that_two_persons_use_joins_nobody() {
    on_both(&[MIGRATIONS], |world| {
        let visit = meet(world, speaks(&["device:tablet-1"], None, false)).profile;
        let ana = signs_in(world, "email:ana@x.es", "device:tablet-1");
        assert!(matches!(ana.device, DeviceOutcome::Joined(_)));
        let ben = signs_in(world, "phone:612345678", "device:tablet-1");
        assert_eq!(ben.device, DeviceOutcome::Shared);
        assert_eq!((person_now(world, ana.profile), ben.person), (visit.into(), ben.profile.into()));
        let known = read(world, |tx| by_identifier(tx, &id("device:tablet-1")).expect("read").expect("known"));
        assert_eq!((known.shared, known.strength(), known.profile), (true, Strength::Weak, visit));
        let hints = read(world, move |tx| possible_same(tx, ben.person).expect("read"));
        assert_eq!(
            hints.iter().map(|h| (h.other.person, h.reasons.clone())).collect::<Vec<_>>(),
            [(visit.into(), vec![Reason::SameDevice])]
        );
        let new = signs_in(world, "phone:612345678", "device:phone-of-ben");
        assert_eq!((new.profile, new.device), (ben.profile, DeviceOutcome::Added));
    });
}

#[test]
fn not_same_keeps_a_browser_s_visits_apart() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        let visit = meet(world, speaks(&["device:browser-1"], None, false)).profile;
        separating(world, ana, visit, "k").expect("separated");
        assert_eq!(signs_in(world, "email:ana@x.es", "device:browser-1").device, DeviceOutcome::Shared);
        assert_eq!(person_now(world, visit), visit.into());
    });
}

#[test]
fn an_address_typed_into_a_proven_account_does_not_open_it() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana Ruiz");
        let add = move |actor: Actor, text: &'static str| {
            write(world, move |tx| add_identifier(tx, &actor, ana, &id(text), Channel::Web).expect("added"));
        };
        add(Actor::customer(ana), "email:typo@x.es");
        let stranger = signs_in(world, "email:typo@x.es", "device:stranger-1").profile;
        assert_ne!(stranger, ana);
        assert_eq!(owner(world, "email:typo@x.es"), stranger);
        assert_eq!(person_now(world, stranger), stranger.into());
        add(agent(), "phone:612345678");
        assert_eq!(signs_in(world, "phone:612345678", "device:ana-phone").profile, ana);
    });
}

#[test]
fn a_session_ends_by_closing_or_by_time() {
    on_both(&[MIGRATIONS], |world| {
        let signed = signs_in(world, "email:ana@x.es", "device:browser-1");
        let who = |token: &str| {
            let token = token.to_owned();
            read(world, move |tx| session(tx, &token).expect("read"))
        };
        let open = who(&signed.token).expect("signed in");
        assert_eq!((open.profile, open.device.as_str(), open.actor()), (signed.profile, "browser-1", Actor::customer(signed.profile)));
        assert_eq!(who("guess"), None);
        let token = signed.token.clone();
        assert!(write(world, move |tx| close_session(tx, &token).expect("closed")));
        assert_eq!(who(&signed.token), None);
        let again = signs_in(world, "email:ana@x.es", "device:browser-1");
        world.clock().advance(SESSION_LIFE);
        assert_eq!(who(&again.token), None);
    });
}

#[test]
fn a_wrong_code_signs_nobody_in_and_is_counted() {
    on_both(&[MIGRATIONS], |world| {
        let right = code(world, "email:ana@x.es").expect("a code");
        let wrong = if right == "000000" { "111111" } else { "000000" };
        let cmd = SignIn { identifier: id("email:ana@x.es"), code: wrong.into(), device: None, locale: None, channel: Channel::Web };
        let refused = world.db().write("sign_in", move |tx| sign_in(tx, &cmd)).wait().expect("no fault");
        assert_eq!(refused, Err(CodeRefused::Wrong { attempts_left: 4 }));
        assert_eq!(read(world, |tx| by_identifier(tx, &id("email:ana@x.es")).expect("read")), None);
        assert_eq!(check(world, "email:ana@x.es", wrong), Err(CodeRefused::Wrong { attempts_left: 3 }));
    });
}
