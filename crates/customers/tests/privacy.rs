//! Consent history, quiet hours, pauses, the access log, links, erasing.

mod common;
use common::*;
use customers::policy::{Cap, Context, QuietHours};
use customers::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, ApiKeyId, Channel, Denied, Permission, ProfileId, Role, StaffId};
use std::time::Duration;

fn answer(world: &World, actor: Actor, profile: ProfileId, state: ConsentState, evidence: &str) {
    world.clock().advance(Duration::from_secs(1));
    let (purpose, channel, source) = (Purpose::Marketing, Channel::Email, Channel::Web);
    let cmd = SetConsent { profile, purpose, channel, state, evidence: evidence.into(), source };
    write(world, move |tx| set_consent(tx, &actor, cmd.clone()).expect("recorded"));
}

#[test]
fn every_answer_is_kept_with_its_words_and_who_gave_it() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        answer(world, Actor::customer(ana), ana, ConsentState::Granted, "Quiero novedades");
        answer(world, agent(), ana, ConsentState::Refused, "lo dijo por teléfono");
        let history = |actor: Actor| {
            read(world, move |tx| consent_history(tx, &actor, ana.into(), 10).map_err(|e| e.to_string()))
                .map(|answers| answers.into_iter().map(|a| (a.consent.state, a.consent.evidence, a.by)).collect::<Vec<_>>())
        };
        let both = vec![
            (ConsentState::Refused, "lo dijo por teléfono".to_owned(), agent().to_string()),
            (ConsentState::Granted, "Quiero novedades".to_owned(), format!("customer:{ana}")),
        ];
        assert_eq!((history(Actor::customer(ana)), history(agent())), (Ok(both.clone()), Ok(both)));
        let stranger = somebody(world, &["email:b@x.es"], "B");
        assert_eq!(history(Actor::customer(stranger)), Err(Denied(Permission::ViewConsents).to_string()));
    });
}

#[test]
fn quiet_hours_and_pauses_follow_the_person_over_a_join() {
    on_both(&[MIGRATIONS], |world| {
        let (a, b) = (somebody(world, &["email:a@x.es"], "A"), somebody(world, &["email:b@x.es"], "B"));
        let setting = ContactSetting { quiet: QuietHours::parse("21:00", "10:00").expect("hours"), zone: "America/Lima".into() };
        let set = setting.clone();
        write(world, move |tx| set_contact_setting(tx, &Actor::customer(b), b, &set).expect("set"));
        write(world, move |tx| pause_contact(tx, &agent(), a, Context::Debt, "case-1").expect("paused"));
        joining(world, a, b, 90, "k").expect("joined");
        let now =
            move || read(world, move |tx| (contact_setting(tx, b.into()).expect("read"), contact_pauses(tx, b.into()).expect("read")));
        assert_eq!(now(), (Some(setting.clone()), vec![(Context::Debt, "case-1".into())]));
        write(world, move |tx| resume_contact(tx, &agent(), a, Context::Debt, "case-1").expect("over"));
        assert_eq!(now(), (Some(setting.clone()), vec![]));
        let nowhere = ContactSetting { zone: "Mars/Base".into(), ..setting.clone() };
        let refused = write(world, move |tx| set_contact_setting(tx, &Actor::customer(b), b, &nowhere).map_err(|e| e.to_string()));
        assert_eq!(refused, Err("`Mars/Base` is not the name of a time zone, such as Europe/Madrid".into()));
        let other = setting.clone();
        let denied = write(world, move |tx| {
            let stranger = somebody_in(tx);
            set_contact_setting(tx, &Actor::customer(stranger), b, &other).map_err(|e| e.to_string())
        });
        assert_eq!(denied, Err(Denied(Permission::EditCustomers).to_string()));
        assert_eq!(now().0, Some(setting));
    });
}

fn somebody_in(tx: &mut kernel::Tx<'_>) -> ProfileId {
    recognise(tx, &Actor::system(), speaks(&["email:stranger@x.es"], None, true)).expect("recognised").profile
}

#[test]
fn the_brand_sets_one_rule() {
    on_both(&[MIGRATIONS], |world| {
        write(world, |tx| begin_contact_rule(tx, "Atlantic/Canary").expect("begun"));
        write(world, |tx| begin_contact_rule(tx, "Europe/Paris").expect("kept"));
        let begun = read(world, |tx| contact_rule(tx).expect("read"));
        assert_eq!(begun, ContactRule { zone: "Atlantic/Canary".into(), ..ContactRule::default() });
        let rule = ContactRule { zone: "Europe/Paris".into(), quiet: QuietHours::NEVER, cap: Cap { most: 1, days: 30 } };
        let attempt = |actor: Actor, rule: ContactRule| {
            write(world, move |tx| set_contact_rule(tx, &actor, &rule).map_err(|e| kernel::Problem::code(&e)))
        };
        assert_eq!(attempt(agent(), rule.clone()), Err("denied"));
        let chief = Actor::staff(StaffId::from_parts(2, 2), &[Role::Administrator]);
        assert_eq!(attempt(chief.clone(), ContactRule { cap: Cap { most: 1, days: 0 }, ..rule.clone() }), Err("customers.bad_span"));
        assert_eq!(attempt(chief.clone(), ContactRule { cap: Cap { most: 1001, days: 7 }, ..rule.clone() }), Err("customers.bad_span"));
        assert_eq!(read(world, |tx| contact_rule(tx).expect("read")), begun, "a refusal changes nothing");
        assert_eq!(attempt(chief, rule.clone()), Ok(()));
        assert_eq!(read(world, |tx| contact_rule(tx).expect("read")), rule);
    });
}

#[test]
fn a_record_opened_twice_in_an_hour_is_one_entry_that_the_person_sees() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        let key = Actor::api_key(ApiKeyId::from_parts(3, 3), vec![Permission::ViewCustomers]);
        let open = |actor: Actor, door| write(world, move |tx| note_access(tx, &actor, ana.into(), door).expect("noted"));
        open(agent(), Channel::Desk);
        world.clock().advance(Duration::from_secs(60));
        open(agent(), Channel::Till);
        open(key.clone(), Channel::Api);
        open(Actor::customer(ana), Channel::Web);
        open(Actor::system(), Channel::System);
        world.clock().advance(Duration::from_secs(3600));
        open(agent(), Channel::Till);
        let seen = |actor: Actor| {
            read(world, move |tx| accesses_of(tx, &actor, ana.into(), 50).map_err(|e| e.to_string()))
                .map(|all| all.into_iter().map(|access| (access.actor, access.door)).collect::<Vec<_>>())
        };
        let all = vec![(agent().to_string(), Channel::Till), (key.to_string(), Channel::Api), (agent().to_string(), Channel::Desk)];
        assert_eq!(seen(Actor::customer(ana)), Ok(all.clone()));
        assert_eq!(seen(Actor::staff(StaffId::from_parts(2, 2), &[Role::Supervisor])), Ok(all));
        assert_eq!(seen(agent()), Err(Denied(Permission::ViewAccesses).to_string()));
        assert_eq!(read(world, |tx| latest_accesses(tx, &Actor::system(), 2).expect("read").len()), 2);
    });
}

#[test]
fn a_link_is_signed_for_one_profile() {
    on_both(&[MIGRATIONS], |world| {
        let (ana, ben) = (somebody(world, &["email:ana@x.es"], "Ana"), somebody(world, &["email:ben@x.es"], "Ben"));
        let of = move |profile| write(world, move |tx| preference_token(tx, profile).expect("signed"));
        let (first, again, other) = (of(ana), of(ana), of(ben));
        assert_eq!((first.len(), first == again, first == other), (58, true, false));
        let whose = move |token: String| read(world, move |tx| profile_of_token(tx, &token).expect("read"));
        assert_eq!(whose(first.clone()), Some(ana));
        for wrong in [format!("{ben}{}", &first[26..]), first[..57].to_owned(), format!("{first}00"), String::new(), "ñ".repeat(58)] {
            assert_eq!(whose(wrong), None);
        }
    });
}

#[test]
fn a_code_adds_an_address_and_never_takes_a_proven_one() {
    on_both(&[MIGRATIONS], |world| {
        let (ana, ben) = (somebody(world, &["email:ana@x.es"], "Ana"), somebody(world, &["phone:612345678"], "Ben"));
        let prove = |address: &'static str, wrong: bool| {
            write(world, move |tx| {
                let code = request_code(tx, &id(address)).expect("a code");
                let code = if wrong { "x".to_owned() } else { code };
                prove_identifier(tx, ana, &id(address), &code, Channel::Web).expect("no fault")
            })
        };
        assert_eq!(prove("email:ana@work.es", true), Err(CodeRefused::Wrong { attempts_left: 4 }));
        assert_eq!(prove("email:ana@work.es", false), Ok(Proved::Theirs));
        assert_eq!(prove("phone:612345678", false), Ok(Proved::Taken));
        meet(world, speaks(&["email:typed@x.es"], None, false));
        assert_eq!(prove("email:typed@x.es", false), Ok(Proved::Theirs));
        let known = read(world, move |tx| person(tx, ana.into()).expect("read").expect("Ana").identifiers);
        let known: Vec<_> = known.iter().map(|known| (known.identifier.display().to_owned(), known.verified_at.is_some())).collect();
        assert_eq!(known.len(), 3, "{known:?}");
        assert!(known.iter().all(|(_, proven)| *proven), "{known:?}");
        assert_eq!(read(world, move |tx| by_identifier(tx, &id("phone:612345678")).expect("read").expect("known").profile), ben);
    });
}

#[test]
fn a_field_that_is_guarded_shows_dots_to_those_without_its_permission() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana Ruiz");
        let chief = Actor::staff(StaffId::from_parts(2, 2), &[Role::Supervisor]);
        write(world, move |tx| {
            let said = [(FieldKind::NationalId, "12345678Z"), (FieldKind::BirthDate, "1990-05-31"), (FieldKind::Street, "Calle Betis 3")];
            let said = said.map(|(kind, value)| (kind, value.to_owned()));
            set_fields(tx, &agent(), ana, said.into(), FieldSource::Channel(Channel::Desk)).expect("said");
        });
        let sees = |actor: Actor| {
            read(world, move |tx| {
                let kinds = [FieldKind::NationalId, FieldKind::BirthDate, FieldKind::Street];
                let record = record_of_person(tx, &actor, ana.into()).expect("seen");
                kinds.map(|kind| record.iter().find(|field| field.kind == kind).map_or(String::new(), |field| field.best.value.clone()))
            })
        };
        let whole = ["12345678Z", "1990-05-31", "Calle Betis 3"];
        assert_eq!((sees(chief), sees(Actor::customer(ana))), (whole.map(String::from), whole.map(String::from)));
        assert_eq!(sees(agent()), ["••••78Z", "1990-05-31", "Calle Betis 3"]);
        assert_eq!(sees(Actor::staff(StaffId::from_parts(2, 3), &[Role::Associate])), ["••••78Z", "••••", "••••"]);
    });
}

#[test]
fn an_erased_person_is_nobody_and_cannot_be_found() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es", "phone:612345678"], "Ana Ruiz");
        let ben = somebody(world, &["email:ben@x.es"], "Ben Soler");
        answer(world, agent(), ana, ConsentState::Refused, "lo dijo Ana");
        let token = write(world, move |tx| open_session(tx, ana, "").expect("signed in"));
        let may = |actor: Actor| read(world, move |tx| may_erase(tx, &actor, ana.into()).map_err(|e| e.to_string()));
        assert_eq!((may(Actor::customer(ana)), may(agent())), (Ok(()), Err(Denied(Permission::EraseCustomers).to_string())));
        assert_eq!(may(Actor::customer(ben)), Err(Denied(Permission::EraseCustomers).to_string()));
        let erased = write(world, move |tx| erase(tx, &Actor::customer(ana), ana.into()).expect("erased"));
        assert_eq!(erased, Erased { profiles: 1, identifiers: 2, consents: 1 });
        let nobody = read(world, move |tx| person(tx, ana.into()).expect("read").expect("a tombstone"));
        assert_eq!((nobody.name.text.as_str(), nobody.identifiers.len(), nobody.consents.len()), ("", 0, 1));
        assert_eq!(nobody.consents[0].evidence, "");
        for text in ["ana", "ruiz", "ana@x.es", "612345678"] {
            assert_eq!(read(world, move |tx| find(tx, &agent(), text, None, 5).expect("found").items.len()), 0, "{text}");
        }
        assert_eq!(read(world, move |tx| session(tx, &token).expect("read")), None);
        assert_eq!(read(world, |tx| find(tx, &agent(), "soler", None, 5).expect("found").items.len()), 1, "nobody else is touched");
        write(world, move |tx| record_erasure(tx, &agent(), ana.into(), &serde_json::json!({ "kept": [] })).expect("kept"));
        let report = read(world, move |tx| erasure_of(tx, ana.into()).expect("read")).expect("a report");
        assert_eq!(report.1, serde_json::json!({ "kept": [] }));
        write(world, move |tx| forget_consents(tx, ana).expect("forgotten"));
        assert_eq!(read(world, move |tx| person(tx, ana.into()).expect("read").expect("there").consents), []);
    });
}
