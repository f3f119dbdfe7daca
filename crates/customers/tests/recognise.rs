//! Who is recognised, who is made anew, and what is never moved.

mod common;
use common::*;
use customers::*;
use kernel::testing::on_both;
use kernel::{Actor, Channel, Denied, Permission, ProfileId, Role, StaffId};

fn owner(world: &kernel::testing::World, identifier: &str) -> Option<ProfileId> {
    let identifier = id(identifier);
    read(world, move |tx| by_identifier(tx, &identifier).expect("read")).map(|k| k.profile)
}

#[test]
fn a_newcomer_gets_a_profile_with_all_that_was_given_and_is_known_afterwards() {
    on_both(&[MIGRATIONS], |world| {
        let first = meet(world, speaks(&["email:ana@x.es", "phone:612345678"], Some("Ana  Ruiz"), false));
        assert!(first.is_new);
        assert_eq!(first.person, PersonId::from(first.profile));
        let by_whatsapp = meet(world, speaks(&["whatsapp:34612345678"], Some("Anita"), true));
        assert_eq!(by_whatsapp, Recognised { is_new: false, ..first.clone() });
        let ana = read(world, move |tx| person(tx, first.person).expect("read").expect("Ana"));
        assert_eq!((ana.name.text.as_str(), ana.name.why), ("Ana Ruiz", NameWhy::Only));
        assert_eq!(ana.of_kind(IdentifierKind::Phone).map(|i| i.verified_at.is_some()).collect::<Vec<_>>(), [true]);
        assert_eq!(ana.of_kind(IdentifierKind::Email).map(|i| i.verified_at.is_some()).collect::<Vec<_>>(), [false]);
    });
}

#[test]
fn identifiers_of_two_persons_stay_where_they_are_and_are_suggested() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana Ruiz");
        let ben = meet(world, speaks(&["phone:612345678"], Some("Ben Sol"), false)).profile;
        let both = meet(world, speaks(&["phone:612345678", "email:ana@x.es"], None, false));
        assert_eq!(both, Recognised { profile: ana, person: ana.into(), is_new: false, suggestions: vec![ben.into()] });
        assert_eq!((owner(world, "phone:612345678"), owner(world, "email:ana@x.es")), (Some(ben), Some(ana)));
        for (one, other) in [(ana, ben), (ben, ana)] {
            let hints = read(world, move |tx| possible_same(tx, one.into()).expect("read"));
            assert_eq!(hints.len(), 1);
            assert_eq!((hints[0].other.person, hints[0].profiles, hints[0].confidence), (other.into(), (one, other), 80));
            assert_eq!(hints[0].reasons, [Reason::SameIdentifier { kind: IdentifierKind::Phone, display: "+34 612 34 56 78".into() }]);
        }
    });
}

#[test]
fn what_was_only_typed_is_not_added_to_somebody_known() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana Ruiz");
        let typed = meet(world, speaks(&["email:ana@x.es", "phone:699999999"], None, false));
        assert_eq!((typed.profile, owner(world, "phone:699999999")), (ana, None));
        let stranger = meet(world, speaks(&["whatsapp:34699999999"], None, true));
        assert!(stranger.is_new);
        let hints = read(world, move |tx| possible_same(tx, ana.into()).expect("read"));
        assert_eq!(hints.iter().map(|h| h.other.person).collect::<Vec<_>>(), [stranger.person]);
        let proven = meet(world, speaks(&["email:ana@x.es", "card:AB1234"], None, true));
        assert_eq!((proven.profile, owner(world, "card:AB1234")), (ana, Some(ana)));
    });
}

#[test]
fn a_visitor_is_known_by_the_browser_until_another_person_speaks_from_it() {
    on_both(&[MIGRATIONS], |world| {
        let visit = meet(world, speaks(&["device:browser-1"], None, false));
        let named = meet(world, speaks(&["device:browser-1", "email:ana@x.es"], Some("Ana"), false));
        assert_eq!((named.profile, named.is_new), (visit.profile, false));
        assert_eq!(owner(world, "email:ana@x.es"), Some(visit.profile));
        let other = meet(world, speaks(&["device:browser-1", "email:ben@x.es"], Some("Ben"), false));
        assert!(other.is_new);
        assert_eq!(other.suggestions, [visit.person]);
        assert_eq!(owner(world, "device:browser-1"), Some(visit.profile));
        write(world, |tx| mark_shared(tx, &agent(), &id("device:browser-1"), true).expect("marked"));
        assert!(meet(world, speaks(&["device:browser-1"], None, false)).is_new);
    });
}

#[test]
fn nothing_given_makes_a_profile_and_permission_is_asked_of_staff() {
    on_both(&[MIGRATIONS], |world| {
        let new = meet(world, speaks(&[], Some("Walk In"), false));
        assert!(new.is_new);
        let merchandiser = Actor::staff(StaffId::nil(), &[Role::Merchandiser]);
        let refused =
            write(world, move |tx| recognise(tx, &merchandiser, speaks(&["email:a@b.es"], None, false)).map_err(|e| e.to_string()));
        assert_eq!(refused, Err(Denied(Permission::EditCustomers).to_string()));
        let many: Vec<String> = (0..17).map(|n| format!("card:CARD{n}")).collect();
        let cmd = speaks(&many.iter().map(String::as_str).collect::<Vec<_>>(), None, false);
        let refused = write(world, move |tx| recognise(tx, &Actor::guest(), cmd.clone()).map_err(|e| e.to_string()));
        assert_eq!(refused, Err("at most 16 identifiers can be given at once".into()));
    });
}

#[test]
fn identifiers_are_added_verified_and_never_taken() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        let ben = somebody(world, &["email:ben@x.es"], "Ben");
        let add = move |profile: ProfileId, actor: Actor, text: &'static str| {
            write(world, move |tx| add_identifier(tx, &actor, profile, &id(text), Channel::Desk).map_err(|e| e.to_string()))
        };
        assert_eq!(add(ana, agent(), "phone:612345678"), Ok(Added::Added));
        assert_eq!(add(ana, agent(), "whatsapp:34612345678"), Ok(Added::Already));
        assert_eq!(add(ben, Actor::customer(ben), "phone:612345678"), Ok(Added::Elsewhere { owner: ana, person: ana.into() }));
        assert_eq!(add(ana, Actor::customer(ben), "card:BEN1"), Err(Denied(Permission::EditCustomers).to_string()));
        let verify = move |profile, text: &'static str| {
            write(world, move |tx| verify_identifier(tx, &agent(), profile, &id(text), Channel::Desk).map_err(|e| e.to_string()))
        };
        assert_eq!(verify(ana, "phone:612345678"), Ok(()));
        assert_eq!(verify(ben, "x:@Ben"), Ok(()));
        assert_eq!(
            verify(ben, "email:ana@x.es"),
            Err("`email:ana@x.es` belongs to another profile; join the two if they are one person".into())
        );
        let known = read(world, |tx| by_identifier(tx, &id("x:ben")).expect("read").expect("known"));
        assert_eq!((known.profile, known.verified_at.is_some(), known.strength()), (ben, true, Strength::Strong));
    });
}

#[test]
fn eight_writers_meeting_one_newcomer_make_one_profile() {
    on_both(&[MIGRATIONS], |world| {
        let pending: Vec<_> = (0..8)
            .map(|_| world.db().write("recognise", |tx| recognise(tx, &Actor::system(), speaks(&["email:new@x.es"], Some("New"), true))))
            .collect();
        let met: Vec<Recognised> = pending.into_iter().map(|p| p.wait().expect("recognised")).collect();
        assert_eq!(met.iter().filter(|m| m.is_new).count(), 1);
        assert!(met.iter().all(|m| m.profile == met[0].profile));
        let all = read(world, |tx| people(tx, &agent(), None, 50).expect("people"));
        assert_eq!(all.items.len(), 1);
    });
}
