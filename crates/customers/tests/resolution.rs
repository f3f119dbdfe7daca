//! Who is the same person, by probability: decided on arrival, explained, asked, taken back.

mod common;
use common::*;
use customers::resolution::{KeepError, REACTIONS, Zone, evidence, forget, keep_learnt, learn, model, profiles_after, review_queue};
use customers::*;
use identity::Agreement;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, ProfileId, StaffId};
use std::time::Duration;

/// A profile with these fields, told by a list.
fn told(world: &World, fields: &[(FieldKind, &str)]) -> ProfileId {
    let profile = somebody(world, &[], "");
    tell(world, profile, fields);
    profile
}
fn tell(world: &World, profile: ProfileId, fields: &[(FieldKind, &str)]) {
    world.clock().advance(Duration::from_millis(1));
    let fields: Vec<(FieldKind, String)> = fields.iter().map(|(kind, value)| (*kind, (*value).to_owned())).collect();
    write(world, move |tx| set_fields(tx, &agent(), profile, fields.clone(), Channel::Studio.into()).expect("told"));
    world.run_reactions(REACTIONS);
}

use FieldKind::{BirthDate, Email, FullName, NationalId, Phone, Postcode, Street};

const ANA: [(FieldKind, &str); 4] =
    [(FullName, "María del Carmen Núñez Ortega"), (BirthDate, "1980-03-14"), (Street, "Calle Mayor 12"), (Postcode, "41001")];
const ANA_AGAIN: [(FieldKind, &str); 4] =
    [(FullName, "NUÑEZ ORTEGA, M.ª CARMEN"), (BirthDate, "1980-03-14"), (Street, "C/ Mayor, 12"), (Postcode, "41001")];

#[test]
fn a_profile_that_agrees_is_joined_when_it_arrives_and_says_why() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (told(world, &ANA), told(world, &ANA_AGAIN));
        assert_eq!(person_now(world, b), a.into());
        let claims = read(world, move |tx| claims_of(tx, &agent(), a.into(), 10).expect("read"));
        assert_eq!(claims.len(), 1);
        let claim = &claims[0];
        assert_eq!((claim.profile_a, claim.profile_b, claim.verdict, claim.actor.as_str()), (a, b, Verdict::Same, "system"));
        assert!(claim.confidence >= 99, "{}", claim.confidence);
        let pair = read(world, move |tx| evidence(tx, b, a).expect("read")).expect("kept");
        assert_eq!((pair.a, pair.b, pair.zone), (a, b, Zone::Joined));
        assert!(pair.reasons().contains(&Reason::Alike { field: BirthDate, agreement: Agreement::Exact }), "{:?}", pair.reasons());
    });
}

#[test]
fn different_strong_identifiers_never_join_by_themselves_but_are_asked() {
    on_both(&[MIGRATIONS], |world| {
        let a = told(world, &[ANA.as_slice(), &[(NationalId, "12345678Z")]].concat());
        let b = told(world, &[ANA_AGAIN.as_slice(), &[(NationalId, "87654321X")]].concat());
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
        let queue = read(world, |tx| review_queue(tx, &agent(), None, 10).expect("read"));
        assert_eq!(queue.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(a, b)]);
        assert!(queue[0].reasons().contains(&Reason::Unlike { field: NationalId }));
        let hints = read(world, move |tx| possible_same(tx, b.into()).expect("read"));
        assert_eq!(hints.iter().map(|h| (h.other.person, h.profiles)).collect::<Vec<_>>(), [(a.into(), (b, a))]);
    });
}

#[test]
fn a_household_is_left_apart() {
    on_both(&[MIGRATIONS], |world| {
        let home = [(Street, "Rúa do Vilar 8"), (Postcode, "15705"), (Phone, "981555010")];
        let a = told(world, &[home.as_slice(), &[(FullName, "Lucía Barreiro Souto"), (BirthDate, "1975-05-01")]].concat());
        let b = told(world, &[home.as_slice(), &[(FullName, "Mateo Barreiro Lago"), (BirthDate, "2004-11-20")]].concat());
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
    });
}

#[test]
fn a_telephone_that_two_persons_give_is_learnt_to_be_weak_unless_people_say_otherwise() {
    on_both(&[MIGRATIONS], |world| {
        let home = id("phone:+34981555010");
        let lucia = told(world, &[(FullName, "Lucía Barreiro Souto"), (BirthDate, "1975-05-01")]);
        let mateo = told(world, &[(FullName, "Mateo Barreiro Lago"), (BirthDate, "2004-11-20")]);
        let gives = |profile: ProfileId| {
            let home = home.clone();
            write(world, move |tx| add_identifier(tx, &agent(), profile, &home, Channel::Studio).expect("given"));
            world.run_reactions(REACTIONS);
        };
        let shared = || {
            let all = read(world, move |tx| person(tx, lucia.into()).expect("read").expect("Lucía").identifiers);
            all.iter().map(|i| (i.identifier.to_string(), i.shared)).collect::<Vec<_>>()
        };
        gives(lucia);
        assert_eq!(shared(), [("phone:+34981555010".to_owned(), false)]);
        gives(mateo);
        assert_eq!(shared(), [("phone:+34981555010".to_owned(), true)]);
        assert_eq!((person_now(world, lucia), person_now(world, mateo)), (lucia.into(), mateo.into()));
        // A third of the house, with an address of her own, is not taken for Lucía.
        let third = meet(world, speaks(&["phone:+34981555010", "email:noa@lago.example"], Some("Noa Barreiro"), false));
        assert!(third.is_new);
        assert_eq!(third.suggestions, [PersonId::from(lucia)]);
        // Somebody knows better.
        let phone = home.clone();
        write(world, move |tx| mark_shared(tx, &agent(), &phone, false).expect("marked"));
        world.run_reactions(REACTIONS);
        tell(world, mateo, &[(FullName, "Mateo Barreiro")]);
        assert_eq!(shared(), [("phone:+34981555010".to_owned(), false)]);
    });
}

#[test]
fn what_its_owner_proved_stays_theirs_whoever_else_types_it() {
    on_both(&[MIGRATIONS], |world| {
        let lucia = somebody(world, &["phone:+34600111222"], "Lucía Barreiro Souto");
        let mateo = told(world, &[(FullName, "Mateo Prieto Lago"), (BirthDate, "2004-11-20")]);
        write(world, move |tx| add_identifier(tx, &agent(), mateo, &id("phone:+34600111222"), Channel::Studio).expect("given"));
        world.run_reactions(REACTIONS);
        let held = read(world, move |tx| person(tx, lucia.into()).expect("read").expect("Lucía").identifiers);
        assert_eq!(held.iter().map(|i| i.shared).collect::<Vec<_>>(), [false]);
    });
}

#[test]
fn what_people_say_wins_for_good() {
    on_both(&[MIGRATIONS], |world| {
        let a = told(world, &ANA);
        // Father and son of one name: somebody knows, before anything else is told.
        let b = told(world, &[(FullName, "Carmen Núñez Ortega")]);
        separating(world, a, b, "known").expect("separated");
        tell(world, b, &ANA_AGAIN);
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
        // A third profile that fits both goes to one of them, and never joins the two.
        let c = told(world, &ANA);
        assert_ne!(person_now(world, a), person_now(world, b));
        let with = person_now(world, c);
        assert!(with == a.into() || with == b.into() || with == c.into());
    });
}

#[test]
fn an_automatic_join_that_somebody_took_back_is_not_made_again() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (told(world, &ANA), told(world, &ANA_AGAIN));
        let claims = read(world, move |tx| claims_of(tx, &agent(), a.into(), 10).expect("read"));
        undoing(world, claims[0].id).expect("undone");
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
        tell(world, b, &[(FullName, "Carmen Núñez Ortega")]);
        assert_eq!(person_now(world, b), b.into());
        let queue = read(world, |tx| review_queue(tx, &agent(), None, 10).expect("read"));
        assert_eq!(queue.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(a, b)]);
    });
}

#[test]
fn later_evidence_parts_what_was_joined_and_history_stays() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (told(world, &ANA), told(world, &ANA_AGAIN));
        assert_eq!(person_now(world, b), a.into());
        tell(world, b, &[(FullName, "Rosario Núñez Ortega"), (BirthDate, "1951-09-02")]);
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
        let claims = read(world, move |tx| claims_of(tx, &agent(), a.into(), 10).expect("read"));
        assert_eq!(claims.iter().map(|c| (c.is_standing(), c.withdrawn_by.as_deref())).collect::<Vec<_>>(), [(false, Some("system"))]);
    });
}

#[test]
fn resolving_twice_changes_nothing_and_a_forgotten_profile_leaves_no_trace() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (told(world, &ANA), told(world, &ANA_AGAIN));
        let before = read(world, move |tx| {
            (claims_of(tx, &agent(), a.into(), 10).expect("read"), evidence(tx, a, b).expect("read").map(|p| p.zone))
        });
        write(world, move |tx| {
            customers::resolution::resolve_profile(tx, a).expect("resolved");
            customers::resolution::resolve_profile(tx, b).expect("resolved");
        });
        let after = read(world, move |tx| {
            (claims_of(tx, &agent(), a.into(), 10).expect("read"), evidence(tx, a, b).expect("read").map(|p| p.zone))
        });
        assert_eq!(before, after);
        write(world, move |tx| forget(tx, b).expect("forgotten"));
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
        assert_eq!(read(world, move |tx| evidence(tx, a, b).expect("read")), None);
        assert_eq!(read(world, |tx| profiles_after(tx, ProfileId::nil(), 10).expect("read")).iter().map(|r| r.0).collect::<Vec<_>>(), [a]);
    });
}

#[test]
fn what_is_learnt_is_kept_with_its_date_and_used() {
    on_both(&[MIGRATIONS], |world| {
        assert_eq!(read(world, |tx| model(tx).expect("read")).learnt_at, None);
        let names = ["Irene", "Tomás", "Beatriz", "Gonzalo", "Lucía", "Hugo", "Yolanda", "Esteban", "Aitor", "Noelia"];
        let rows: Vec<Vec<String>> = (0..240)
            .map(|n| {
                let mut row = vec![String::new(); 18];
                row[3] = format!("{} {}", names[n % 10], ["Salinas Prado", "Quintero Gil", "Berzosa Mir", "Montoya Sanz"][n / 2 % 4]);
                row[4] = format!("19{}-{:02}-{:02}", 40 + n / 2 % 60, 1 + n / 2 % 12, 1 + n / 2 % 28);
                row[13] = format!("28{:03}", n / 2);
                row
            })
            .collect();
        assert!(learn(&rows[..100]).is_none());
        let learning = std::sync::Arc::new(learn(&rows).expect("enough"));
        let (nobody, refused) = (Actor::staff(StaffId::from_parts(2, 2), &[]), learning.clone());
        let refused = world.db().write("test", move |tx| keep_learnt(tx, &nobody, &refused)).wait();
        assert!(matches!(refused, Err(KeepError::Denied(_))));
        assert_eq!(read(world, |tx| model(tx).expect("read")).learnt_at, None);
        write(world, move |tx| keep_learnt(tx, &Actor::system(), &learning).expect("kept"));
        let card = read(world, |tx| model(tx).expect("read"));
        assert_eq!((card.profiles, card.learnt_at.is_some(), card.join_from, card.ask_from), (240, true, 99, 20));
        assert!((0.0..0.6).contains(&card.expected_wrong), "{}", card.expected_wrong);
        let (a, b) = (told(world, &ANA), told(world, &ANA_AGAIN));
        assert_eq!(person_now(world, b), a.into());
    });
}

#[test]
fn an_email_typed_twice_with_a_slip_is_asked_or_joined_but_never_lost() {
    on_both(&[MIGRATIONS], |world| {
        let a = told(world, &[(FullName, "Esteban Quiroga Lamas"), (Email, "esteban.quiroga@example.es"), (Postcode, "36201")]);
        let b = told(world, &[(FullName, "Esteban Quiroga"), (Email, "estebn.quiroga@example.es"), (Postcode, "36201")]);
        assert_eq!((person_now(world, a), person_now(world, b)), (a.into(), b.into()));
        let queue = read(world, |tx| review_queue(tx, &agent(), None, 10).expect("read"));
        assert_eq!(queue.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(a, b)]);
        // Joined by hand, it leaves the queue; taken back, it comes again.
        let claim = joining(world, a, b, 90, "by hand").expect("joined");
        assert!(read(world, |tx| review_queue(tx, &agent(), None, 10).expect("read")).is_empty());
        undoing(world, claim).expect("undone");
        assert_eq!(read(world, |tx| review_queue(tx, &agent(), None, 10).expect("read")).len(), 1);
    });
}
