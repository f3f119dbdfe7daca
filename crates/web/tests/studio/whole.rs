//! Every page opens for those who may, in both languages; and is closed to those who may not.

use crate::brand::{studio, write};
use axum::http::StatusCode;
use conversations::{SaveAccount, Settings};
use kernel::{Actor, Channel};

const PAGES: [&str; 19] = [
    "/studio",
    "/studio/products",
    "/studio/products/new",
    "/studio/products/import",
    "/studio/products/imports",
    "/studio/customers",
    "/studio/customers/import",
    "/studio/customers/imports",
    "/studio/customers/same",
    "/studio/stock",
    "/studio/stock?view=all",
    "/studio/locations",
    "/studio/locations/new",
    "/studio/staff",
    "/studio/staff/new",
    "/studio/keys",
    "/studio/audit",
    "/studio/channels",
    "/studio/health",
];

#[test]
fn every_page_opens_in_both_languages() {
    studio(|studio| {
        let variant = studio.shirt.variants[0].id;
        let more = [
            format!("/studio/products/{}", studio.shirt.id),
            format!("/studio/stock/{variant}"),
            format!("/studio/locations/{}", studio.madrid),
            format!("/studio/staff/{}", studio.admin),
            "/studio/channels/new/email".into(),
            "/studio/channels/new/whatsapp".into(),
            "/studio/channels/new/webchat".into(),
            "/studio/channels/preview".into(),
            "/studio/rehearsal".into(),
        ];
        for path in PAGES.iter().map(ToString::to_string).chain(more) {
            let join = if path.contains('?') { '&' } else { '?' };
            let (english, spanish) = (studio.get(&path), studio.get(&format!("{path}{join}lang=es")));
            assert_eq!((english.status, spanish.status), (StatusCode::OK, StatusCode::OK), "{path}: {}", english.html);
            assert!(english.has("<html lang=\"en\"") && spanish.has("<html lang=\"es\""), "{path}");
        }
        assert_eq!(studio.get("/studio/products/nothing").status, StatusCode::NOT_FOUND);
        assert_eq!(studio.get("/studio/channels/new/till").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn who_may_not_is_shown_the_door_and_changes_nothing() {
    studio(|studio| {
        let home = studio.agent_gets("/studio");
        assert_eq!(home.status, StatusCode::OK);
        for hidden in ["/studio/staff", "/studio/channels", "/studio/keys", "/studio/health", "/studio/audit"] {
            assert!(!home.has(&format!("href=\"{hidden}\"")), "{hidden}");
            assert_eq!(studio.agent_gets(hidden).status, StatusCode::FORBIDDEN, "{hidden}");
        }
        for closed in [
            "/studio/products/new",
            "/studio/products/import",
            "/studio/products/imports",
            "/studio/customers/import",
            "/studio/customers/imports",
            "/studio/locations/new",
            "/studio/staff/new",
            "/studio/channels/new/email",
        ] {
            assert_eq!(studio.agent_gets(closed).status, StatusCode::FORBIDDEN, "{closed}");
        }
        let variant = studio.shirt.variants[0].id;
        let place = studio.madrid.to_string();
        let title = [("title_es", "Otra"), ("version", "1"), ("handle", "otra"), ("status", "active"), ("tax_category", "standard")];
        let stock = [("place", place.as_str()), ("quantity", "5"), ("key", "k")];
        let person = [("name", "X"), ("email", "x@brand.test"), ("role", "administrator")];
        let sent: [(String, &[(&str, &str)]); 8] = [
            (format!("/studio/products/{}", studio.shirt.id), &title),
            (format!("/studio/products/{}/status/archived", studio.shirt.id), &[]),
            ("/studio/products/new".into(), &title),
            (format!("/studio/stock/{variant}/receipts"), &stock),
            ("/studio/staff/new".into(), &person),
            (format!("/studio/staff/{}/leave", studio.admin), &[]),
            ("/studio/keys".into(), &[("name", "n"), ("scope", "orders.view")]),
            ("/studio/channels/new/webchat".into(), &[("name", "n"), ("address", "a")]),
        ];
        for (path, fields) in sent {
            assert_eq!(studio.agent_posts(&path, fields).status, StatusCode::FORBIDDEN, "{path}");
        }
        let id = studio.shirt.id;
        assert_eq!(studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap()), studio.shirt);
        assert_eq!((studio.stock(studio.madrid), studio.read(|tx| access::staff_list(tx, None, 9).unwrap().len())), ((0, 0), 2));
        assert_eq!(studio.read(|tx| conversations::accounts(tx).unwrap().len()), 0);
    });
}

#[test]
fn home_tells_the_day_and_the_first_steps() {
    studio(|studio| {
        let home = studio.get("/studio");
        assert!(home.has("Hello, Ada") && home.has("No orders yet today.") && home.has("No open matters."), "{}", home.html);
        assert!(home.has("Connect a channel") && !home.has("Bring your products"));
    });
}

#[test]
fn health_is_green_or_says_what_to_do() {
    studio(|studio| {
        let without = studio.get("/studio/health");
        assert!(without.has("None: connect one") && without.has("everything sums to zero"), "{}", without.html);
        let account = write(studio.world, |tx| {
            let settings = Settings(r#"{"secrets":{"visitor_key":"very-secret"}}"#.into());
            let cmd = SaveAccount {
                channel: Channel::Webchat,
                name: "Chat".into(),
                address: "web".into(),
                window_hours: None,
                settings,
                active: true,
            };
            conversations::save_account(tx, &Actor::system(), cmd).unwrap()
        });
        let well = studio.get("/studio/health");
        assert!(well.has("All is well.") && !well.has("very-secret"), "{}", well.html);
        write(studio.world, move |tx| {
            conversations::store_raw(tx, account, "x", &[], b"?").unwrap();
            let raw = conversations::waiting_raw(tx, 1).unwrap().pop().unwrap();
            for _ in 0..8 {
                conversations::postpone_raw(tx, raw.id, "nonsense").unwrap();
            }
        });
        let ill = studio.get("/studio/health");
        assert!(ill.has("There is 1 thing to look at.") && ill.has("One message received could not be understood"), "{}", ill.html);
    });
}
