//! Coming in, being kept out, and leaving.

use access::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Denied, Locale, Permission, Role, log};
use std::time::Duration;

fn hash() -> PasswordHash {
    Password::new("una frase larga").expect("fits").hash().expect("hashed")
}

fn somebody(email: &str, roles: &[Role]) -> CreateStaff {
    CreateStaff {
        email: email.into(),
        name: "Marta Ruiz".into(),
        password: hash(),
        roles: roles.to_vec(),
        location: None,
        locale: Locale::Es,
    }
}

fn create(world: &World, cmd: CreateStaff) -> Result<kernel::StaffId, StaffError> {
    world.db().write("create", move |tx| create_staff(tx, &Actor::system(), cmd.clone())).wait()
}

#[test]
fn the_right_password_opens_a_session_that_ends() {
    on_both(&[MIGRATIONS], |world| {
        let id = create(world, somebody(" Marta@Tienda.test ", &[Role::Agent])).expect("created");
        let found = world.db().read(|tx| attempt(tx, "marta@tienda.test")).wait().expect("may try");
        assert!(found.password.accepts("una frase larga") && !found.password.accepts("otra"));
        assert_eq!(found.staff, Some(id));
        let secret = world.db().write("open", move |tx| open_session(tx, id, "marta@tienda.test")).wait().expect("opened");
        let look = |secret: Secret| world.db().read(move |tx| session(tx, &secret)).wait().expect("read");
        assert_eq!(look(secret.clone()).map(|s| s.staff.name), Some("Marta Ruiz".to_owned()));
        assert_eq!(look(Secret::presented("something else")), None);
        world.clock().advance(Duration::from_secs(SESSION_HOURS * 3600));
        assert_eq!(look(secret), None);
    });
}

#[test]
fn after_five_failures_a_pause_is_asked_for_also_for_unknown_people() {
    on_both(&[MIGRATIONS], |world| {
        for _ in 0..5 {
            world.db().read(|tx| attempt(tx, "x@y.test")).wait().expect("may try");
            world.db().write("fail", |tx| record_failure(tx, "x@y.test")).wait().expect("noted");
        }
        let paused = world.db().read(|tx| attempt(tx, "x@y.test")).wait();
        assert!(matches!(paused, Err(SignInError::Paused { seconds: 3 })), "{paused:?}");
        world.clock().advance(Duration::from_secs(3));
        assert!(world.db().read(|tx| attempt(tx, "x@y.test")).wait().is_ok());
    });
}

#[test]
fn an_email_is_taken_once_and_a_refusal_writes_nothing() {
    on_both(&[MIGRATIONS], |world| {
        create(world, somebody("a@b.test", &[Role::Administrator])).expect("created");
        assert!(matches!(create(world, somebody("A@B.test", &[Role::Agent])), Err(StaffError::EmailTaken(_))));
        assert!(matches!(create(world, somebody("nobody", &[Role::Agent])), Err(StaffError::NotAnEmail(_))));
        assert!(matches!(create(world, somebody("c@b.test", &[])), Err(StaffError::NoRole)));
        let agent = Actor::staff(kernel::StaffId::nil(), &[Role::Agent]);
        let denied = world.db().write("create", move |tx| create_staff(tx, &agent, somebody("d@b.test", &[Role::Agent]))).wait();
        assert!(matches!(denied, Err(StaffError::Denied(Denied(Permission::ManageStaff)))));
        assert_eq!(world.db().read(|tx| staff_list(tx, None, 10)).wait().expect("read").len(), 1);
    });
}

#[test]
fn leaving_ends_sessions_and_the_last_administrator_stays() {
    on_both(&[MIGRATIONS], |world| {
        let boss = create(world, somebody("boss@b.test", &[Role::Administrator])).expect("created");
        let leave = ChangeStaff { active: Some(false), ..ChangeStaff::default() };
        let go = |id, leave: ChangeStaff| world.db().write("leave", move |tx| change_staff(tx, &Actor::system(), id, leave.clone())).wait();
        assert!(matches!(go(boss, leave.clone()), Err(StaffError::LastAdministrator)));
        let other = create(world, somebody("other@b.test", &[Role::Administrator])).expect("created");
        let secret = world.db().write("open", move |tx| open_session(tx, other, "other@b.test")).wait().expect("opened");
        go(other, leave).expect("may leave");
        assert_eq!(world.db().read(move |tx| session(tx, &secret)).wait().expect("read"), None);
    });
}

#[test]
fn a_key_does_what_it_was_given_until_withdrawn_and_all_is_on_the_audit_trail() {
    on_both(&[MIGRATIONS], |world| {
        let boss = create(world, somebody("boss@b.test", &[Role::Administrator])).expect("created");
        let actor = Actor::staff(boss, &[Role::Administrator]);
        let by = actor.clone();
        let made = world
            .db()
            .write("key", move |tx| create_api_key(tx, &by, CreateApiKey { name: "ERP".into(), permissions: vec![Permission::ViewStock] }))
            .wait()
            .expect("made");
        let secret = made.secret.clone();
        let who = world.db().read(move |tx| actor_of_key(tx, &secret)).wait().expect("read").expect("holds");
        assert_eq!((who.may(Permission::ViewStock), who.may(Permission::Sell)), (true, false));
        let by = actor.clone();
        world.db().write("revoke", move |tx| revoke_api_key(tx, &by, made.id)).wait().expect("withdrawn");
        assert_eq!(world.db().read(move |tx| actor_of_key(tx, &made.secret)).wait().expect("read"), None);
        let trail = world.db().read(move |tx| log::by_actor(tx, &actor.to_string(), 10)).wait().expect("read");
        assert_eq!(trail.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["api_key.revoked", "api_key.created"]);
    });
}

#[test]
fn every_statement_prepares_on_both() {
    on_both(&[MIGRATIONS], |world| assert_eq!(world.db().prepare_all().expect("prepared"), Vec::<String>::new()));
}

#[test]
fn guessing_many_names_fills_no_table() {
    on_both(&[MIGRATIONS], |world| {
        for n in 0..20 {
            world.db().write("fail", move |tx| record_failure(tx, &format!("x{n}@y.test"))).wait().expect("noted");
            world.clock().advance(Duration::from_secs(600));
        }
        let kept = world.db().read(|tx| {
            let count = kernel::sql!("SELECT COUNT(*) FROM failed_sign_in");
            tx.query_one(count, kernel::params![], |row| row.get::<i64>(0))
        });
        assert_eq!(kept.wait().expect("read"), 7);
    });
}

#[test]
fn a_sip_password_is_kept_for_its_address_alone() {
    on_both(&[MIGRATIONS], |world| {
        let id = create(world, somebody("marta@tienda.test", &[Role::Agent])).expect("created");
        let other = create(world, somebody("nuria@tienda.test", &[Role::Agent])).expect("created");
        let write = |by: kernel::StaffId, phone: &'static str, password: &'static str| {
            world.db().write("set", move |tx| {
                set_phone(tx, &Actor::staff(by, &[Role::Agent]), id, phone)?;
                set_sip_password(tx, &Actor::staff(by, &[Role::Agent]), id, password)
            })
        };
        let kept = || world.db().read(move |tx| sip_address_of(tx, id)).wait().expect("read").map(|sip| (sip.address, sip.password));
        assert!(matches!(write(id, "+34600112233", "uno").wait(), Err(StaffError::NoSipAddress)));
        assert!(matches!(write(id, "sip:marta@marca.test", "u\no").wait(), Err(StaffError::NotASipPassword)));
        assert!(matches!(write(other, "sip:marta@marca.test", "uno").wait(), Err(StaffError::Denied(_))));
        assert_eq!(world.db().read(move |tx| phone_of(tx, id)).wait().expect("read"), None, "a refusal changes nothing");
        write(id, "sip:marta@marca.test", "uno").wait().expect("set");
        assert_eq!(kept(), Some(("sip:marta@marca.test".to_owned(), "uno".to_owned())));
        let phone = |phone: &'static str| {
            let set = world.db().write("set", move |tx| set_phone(tx, &Actor::system(), id, phone));
            set.wait().expect("set");
        };
        phone("sip:marta@marca.test");
        assert!(kept().is_some(), "the same address said again keeps it");
        phone("sip:marta@otra.test");
        assert_eq!(kept(), None, "another address has another");
    });
}
