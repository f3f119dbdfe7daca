//! Staff, keys and who did what.

use crate::brand::studio;
use axum::http::StatusCode;
use kernel::Role;

#[test]
fn a_first_password_is_shown_once_and_works() {
    studio(|studio| {
        let fields = [
            ("name", "Marta Ruiz"),
            ("email", "Marta@brand.test"),
            ("role", "associate"),
            ("role", "agent"),
            ("location", "MAD"),
            ("locale", "es"),
        ];
        let made = studio.post("/studio/staff/new", &fields);
        assert_eq!(made.status, StatusCode::OK);
        let (_, after) = made.html.split_once("<code class=\"secret\">").unwrap();
        let password = after.split_once('<').unwrap().0.to_owned();
        let hash = studio.read(|tx| access::attempt(tx, "marta@brand.test").map(|attempt| attempt.password).ok()).unwrap();
        assert!(hash.accepts(&password));
        let list = studio.get("/studio/staff");
        assert!(list.has("Marta Ruiz") && list.has("Shop floor") && !list.has(&password), "{}", list.html);
        let twice = studio.post("/studio/staff/new", &fields);
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.has("Somebody has that e-mail already.") && twice.has("value=\"Marta Ruiz\""));
        let no_role = studio.post("/studio/staff/new", &fields[..2]);
        assert!(no_role.status == StatusCode::UNPROCESSABLE_ENTITY && no_role.has("Tick at least one role."));
    });
}

#[test]
fn people_leave_and_come_back_but_an_administrator_stays() {
    studio(|studio| {
        let agent =
            studio.read(|tx| access::staff_list(tx, None, 9).unwrap()).into_iter().find(|staff| staff.name == "Ana Agent").unwrap().id;
        let left = studio.done(&format!("/studio/staff/{agent}/leave"), &[]);
        assert!(
            left.has("Can no longer sign in: Ana Agent") && left.has(&format!("action=\"/studio/staff/{agent}/return\"")),
            "{}",
            left.html
        );
        assert_eq!(studio.agent_gets("/studio").location(), "/sign-in?next=/studio");
        assert!(studio.done(&format!("/studio/staff/{agent}/return"), &[]).has("Is back: Ana Agent"));
        assert_eq!(studio.post(&format!("/studio/staff/{}/leave", studio.admin), &[]).status, StatusCode::CONFLICT);
        let demoted = studio.post(&format!("/studio/staff/{}", studio.admin), &[("name", "Ada Admin"), ("role", "agent")]);
        assert_eq!(demoted.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(demoted.has("Somebody has to stay in administration."));
        studio.done(&format!("/studio/staff/{agent}"), &[("name", "Ana R."), ("role", "supervisor")]);
        let now = studio.read(move |tx| access::staff_member(tx, agent).unwrap().unwrap());
        assert_eq!((now.name.as_str(), now.roles), ("Ana R.", vec![Role::Supervisor]));
        let audit = studio.get("/studio/audit");
        assert!(audit.has("changed Ana R.") && audit.has("ended the access of Ana Agent"), "{}", audit.html);
    });
}

#[test]
fn a_keys_secret_is_seen_once() {
    studio(|studio| {
        let made = studio.post("/studio/keys", &[("name", "Accounting"), ("scope", "orders.view")]);
        let (_, after) = made.html.split_once("<code class=\"secret\">").unwrap();
        let secret = after.split_once('<').unwrap().0.to_owned();
        assert!(secret.starts_with("hilo_") && secret.len() > 60);
        let list = studio.get("/studio/keys");
        assert!(list.has("Accounting") && list.has("See orders") && !list.has(&secret), "{}", list.html);
        let id = list.html.split_once("/studio/keys/").unwrap().1.split_once('/').unwrap().0.to_owned();
        let gone = studio.done(&format!("/studio/keys/{id}/withdrawal"), &[]);
        assert!(gone.has("Key withdrawn") && gone.has("Withdrawn"), "{}", gone.html);
        let refused = studio.post("/studio/keys", &[("name", "Nothing ticked")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("value=\"Nothing ticked\""));
    });
}
