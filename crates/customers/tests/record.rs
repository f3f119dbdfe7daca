//! What is said of somebody, by whom, and which saying is believed.

mod common;
use common::*;
use customers::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Denied, Permission, ProfileId};
use std::time::Duration;

fn say(world: &World, actor: Actor, profile: ProfileId, fields: &[(FieldKind, &str)], source: FieldSource) -> Vec<FieldKind> {
    world.clock().advance(Duration::from_secs(1));
    let fields: Vec<_> = fields.iter().map(|(kind, value)| (*kind, (*value).to_owned())).collect();
    write(world, move |tx| set_fields(tx, &actor, profile, fields.clone(), source.clone()).expect("said"))
}
fn record(world: &World, profile: ProfileId) -> Vec<RecordField> {
    read(world, move |tx| record_of_person(tx, &agent(), profile.into()).expect("read"))
}
fn line(field: &RecordField) -> String {
    let others: Vec<String> = field.others.iter().map(|o| format!("{}@{}", o.value, o.source)).collect();
    format!("{}={}@{}/{} {:?} [{}]", field.kind, field.best.value, field.best.source, field.best.basis, field.why, others.join(", "))
}
fn lines(world: &World, profile: ProfileId) -> Vec<String> {
    record(world, profile).iter().map(line).collect()
}
fn list() -> FieldSource {
    FieldSource::Import("Old shop".into())
}

#[test]
fn every_source_keeps_its_word_and_the_rule_says_which_is_believed() {
    on_both(&[MIGRATIONS], |world| {
        let ana = meet(world, speaks(&["email:ana@x.es"], Some("anita92"), false)).profile;
        use FieldKind::{BirthDate, FamilyName, GivenName, Place};
        say(world, agent(), ana, &[(GivenName, "Ana"), (FamilyName, "Ruiz Gil"), (BirthDate, "31/05/1980"), (Place, "Lugo")], list());
        assert_eq!(
            say(world, Actor::customer(ana), ana, &[(Place, "Vigo"), (BirthDate, "1980-05-31")], Channel::Web.into()),
            [Place, BirthDate]
        );
        assert_eq!(say(world, agent(), ana, &[(Place, "Orense")], Channel::Desk.into()), [Place]);
        assert_eq!(say(world, agent(), ana, &[(Place, "Ourense")], Channel::Desk.into()), [Place]);
        assert_eq!(say(world, agent(), ana, &[(Place, "Ourense")], Channel::Desk.into()), []);
        assert_eq!(
            lines(world, ana),
            [
                "given_name=Ana@import:Old shop/import Only []",
                "family_name=Ruiz Gil@import:Old shop/import Only []",
                "full_name=anita92@web/customer Only []",
                "birth_date=1980-05-31@web/customer Only [1980-05-31@import:Old shop]",
                "place=Ourense@desk/staff Basis { over: Customer } [Vigo@web, Lugo@import:Old shop]",
                "email=ana@x.es@web/customer Only []",
            ]
        );
        let past = read(world, move |tx| past_fields(tx, &agent(), ana.into(), Place, 10).expect("read"));
        assert_eq!(past.iter().map(|p| p.field.value.as_str()).collect::<Vec<_>>(), ["Orense"]);
        assert_eq!(past[0].until, past[0].field.at.plus(Duration::from_secs(1)));
    });
}

#[test]
fn staff_who_say_the_name_in_parts_win_over_the_name_a_channel_shows() {
    on_both(&[MIGRATIONS], |world| {
        let ana = meet(world, Recognise { channel: Channel::Instagram, ..speaks(&["instagram:anita92"], Some("anita92"), true) }).profile;
        say(world, agent(), ana, &[(FieldKind::GivenName, "Ana"), (FieldKind::FamilyName, "Ruiz")], Channel::Desk.into());
        let shown = read(world, move |tx| profile(tx, ana).expect("read").expect("Ana"));
        assert_eq!((shown.given_name.as_str(), shown.full_name.as_str(), shown.name().as_str()), ("Ana", "", "Ana Ruiz"));
        assert_eq!(lines(world, ana)[2], "full_name=anita92@instagram/channel Only []");
        say(world, agent(), ana, &[(FieldKind::GivenName, ""), (FieldKind::FamilyName, "")], Channel::Desk.into());
        let shown = read(world, move |tx| profile(tx, ana).expect("read").expect("Ana"));
        assert_eq!((shown.given_name.as_str(), shown.full_name.as_str()), ("", "anita92"));
    });
}

#[test]
fn a_correction_of_the_profile_takes_the_place_of_every_saying() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana Ruis");
        world.clock().advance(Duration::from_secs(1));
        let change = ProfileChange { full_name: Some("Ana Ruiz".into()), postcode: Some("28 001".into()), ..ProfileChange::default() };
        write(world, move |tx| update_profile(tx, &agent(), ana, change.clone()).map(drop).expect("updated"));
        assert_eq!(
            lines(world, ana),
            ["full_name=Ana Ruiz@desk/staff Only []", "postcode=28001@desk/staff Only []", "email=ana@x.es@web/code Only []"]
        );
        let past = read(world, move |tx| past_fields(tx, &agent(), ana.into(), FieldKind::FullName, 10).expect("read"));
        assert_eq!(past.iter().map(|p| p.field.value.as_str()).collect::<Vec<_>>(), ["Ana Ruis"]);
        let clear = ProfileChange { postcode: Some(String::new()), ..ProfileChange::default() };
        write(world, move |tx| update_profile(tx, &agent(), ana, clear.clone()).map(drop).expect("updated"));
        assert_eq!(record(world, ana).len(), 2);
    });
}

#[test]
fn emails_and_phones_are_identifiers_and_carry_their_proof() {
    on_both(&[MIGRATIONS], |world| {
        let ben = somebody(world, &["phone:699999999"], "Ben");
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        let phones = [(FieldKind::Phone, "612 345 678"), (FieldKind::Phone, "699 999 999"), (FieldKind::Email, "ANA@x.es")];
        assert_eq!(say(world, agent(), ana, &phones, list()), [FieldKind::Phone, FieldKind::Email]);
        assert_eq!(
            lines(world, ana)[1..],
            ["phone=+34 612 34 56 78@import:Old shop/import First [+34699999999@import:Old shop]", "email=ana@x.es@web/code Only []"]
        );
        let owner = read(world, |tx| by_identifier(tx, &id("phone:612345678")).expect("read")).expect("known");
        assert_eq!((owner.profile, owner.vouched, owner.verified_at), (ana, true, None));
        let hints = read(world, move |tx| possible_same(tx, ana.into()).expect("read"));
        assert_eq!(hints.iter().map(|h| h.other.person).collect::<Vec<_>>(), [PersonId::from(ben)]);
    });
}

#[test]
fn a_record_spans_the_profiles_of_a_person() {
    on_both(&[MIGRATIONS], |world| {
        let one = somebody(world, &["email:ana@x.es"], "Ana");
        let other = somebody(world, &["phone:612345678"], "Ana Ruiz");
        say(world, agent(), other, &[(FieldKind::Place, "Lugo")], Channel::Desk.into());
        joining(world, one, other, 90, "k").expect("joined");
        assert_eq!(
            lines(world, other),
            [
                "full_name=Ana Ruiz@web/customer Newest [Ana@web]",
                "place=Lugo@desk/staff Only []",
                "phone=+34 612 34 56 78@web/code Only []",
                "email=ana@x.es@web/code Only []",
            ]
        );
        let pages = read(world, |tx| known_after(tx, None, 1).expect("read"));
        assert_eq!(pages.iter().map(|k| (k.profile, k.person, k.fields.len())).collect::<Vec<_>>(), [(one, one.into(), 2)]);
        let rest = read(world, move |tx| known_after(tx, Some(one), 500).expect("read"));
        assert_eq!(rest.iter().map(|k| (k.profile, k.person, k.fields.len())).collect::<Vec<_>>(), [(other, one.into(), 3)]);
        assert_eq!(rest[0].fields, read(world, move |tx| fields_of(tx, other).expect("read")));
    });
}

#[test]
fn what_cannot_be_kept_is_refused_whole_and_strangers_may_not_speak() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        let refuse = |actor: Actor, fields: Vec<(FieldKind, String)>| {
            world
                .db()
                .write("test", move |tx| set_fields(tx, &actor, ana, fields.clone(), Channel::Desk.into()))
                .wait()
                .map_err(|e| e.to_string())
        };
        assert_eq!(
            refuse(agent(), vec![(FieldKind::Place, "Lugo".into()), (FieldKind::BirthDate, "soon".into())]),
            Err("`soon` is not a date; write it like 1980-05-31 or 31/05/1980".into())
        );
        assert_eq!(record(world, ana).len(), 2);
        let denied = Err(Denied(Permission::EditCustomers).to_string());
        assert_eq!(refuse(Actor::guest(), vec![(FieldKind::Place, "Lugo".into())]), denied);
        let ben = somebody(world, &["email:ben@x.es"], "Ben");
        assert_eq!(refuse(Actor::customer(ben), vec![(FieldKind::Place, "Lugo".into())]), denied);
        let noted = write(world, move |tx| {
            let said = [(FieldKind::FullName, "Ana R."), (FieldKind::BirthDate, "soon"), (FieldKind::Place, "")];
            note_fields(tx, &Actor::system(), ana, &said, Channel::Whatsapp).expect("noted")
        });
        assert_eq!(noted, [FieldKind::FullName]);
        assert_eq!(lines(world, ana)[0], "full_name=Ana@web/customer Basis { over: Channel } [Ana R.@whatsapp]");
    });
}
