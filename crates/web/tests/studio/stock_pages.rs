//! Stock and places.

use crate::brand::{studio, write};
use axum::http::StatusCode;

#[test]
fn stock_is_received_once_and_the_undo_takes_it_back() {
    studio(|studio| {
        let (path, madrid) = (format!("/studio/stock/{}", studio.shirt.variants[0].id), studio.madrid.to_string());
        let key = studio.get(&path).field("key");
        let fields = [("key", key.as_str()), ("place", madrid.as_str()), ("quantity", "5")];
        let done = studio.done(&format!("{path}/receipts"), &fields);
        assert!(done.has("Received: 5") && done.has("+5"), "{}", done.html);
        studio.done(&format!("{path}/receipts"), &fields);
        assert_eq!(studio.stock(studio.madrid), (5, 5));
        let (_, after) = done.html.split_once("class=\"toasts\"").expect("toasts");
        let (_, after) = after.split_once("action=\"").expect("an undo");
        let undo = after.split_once('"').unwrap().0.to_owned();
        assert!(studio.done(&undo, &[]).has("Undone"));
        studio.done(&undo, &[]);
        assert_eq!(studio.stock(studio.madrid), (0, 0));
    });
}

#[test]
fn corrections_counts_and_what_is_kept_back() {
    studio(|studio| {
        let (path, madrid) = (format!("/studio/stock/{}", studio.shirt.variants[0].id), studio.madrid.to_string());
        let place = ("place", madrid.as_str());
        studio.done(&format!("{path}/receipts"), &[("key", "a"), place, ("quantity", "10")]);
        studio.done(&format!("{path}/adjustments"), &[("key", "b"), place, ("quantity", "-3"), ("reason", "damaged")]);
        assert_eq!(studio.stock(studio.madrid), (7, 7));
        let refused = studio.post(&format!("{path}/adjustments"), &[("key", "c"), place, ("quantity", "-8"), ("reason", "lost")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Only 7 are there and not reserved.") && refused.has("value=\"-8\""), "{}", refused.html);
        let nonsense = studio.post(&format!("{path}/counts"), &[("key", "d"), place, ("quantity", "many")]);
        assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nonsense.has("Write a number.") && nonsense.has("value=\"many\""));
        let counted = studio.done(&format!("{path}/counts"), &[("key", "e"), place, ("quantity", "6")]);
        assert!(counted.has("Counted; difference -1"), "{}", counted.html);
        studio.done(&format!("{path}/safety"), &[place, ("quantity", "2")]);
        assert_eq!(studio.stock(studio.madrid), (6, 4));
        studio.done(&format!("{path}/safety"), &[place, ("quantity", "")]);
        assert_eq!(studio.stock(studio.madrid), (6, 6));
    });
}

#[test]
fn what_is_sent_arrives_in_the_other_shop() {
    studio(|studio| {
        let path = format!("/studio/stock/{}", studio.shirt.variants[0].id);
        let (madrid, vigo) = (studio.madrid.to_string(), studio.vigo.to_string());
        studio.done(&format!("{path}/receipts"), &[("key", "a"), ("place", &madrid), ("quantity", "4")]);
        let same = studio.post(&format!("{path}/transfers"), &[("key", "b"), ("place", &madrid), ("to", &madrid), ("quantity", "1")]);
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = studio.done(&format!("{path}/transfers"), &[("key", "c"), ("place", &madrid), ("to", &vigo), ("quantity", "3")]);
        assert!(sent.has("On the way: 3") && sent.has("3 on the way"), "{}", sent.html);
        assert_eq!((studio.stock(studio.madrid), studio.stock(studio.vigo)), ((1, 1), (0, 0)));
        let (_, after) = sent.html.split_once(&format!("{path}/transfers/")).unwrap();
        let arrival = format!("{path}/transfers/{}", after.split_once('"').unwrap().0);
        let more = studio.post(&arrival, &[("place", &vigo), ("arrived", "4")]);
        assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(studio.done(&arrival, &[("place", &vigo), ("arrived", "2")]).has("Arrived: 2"));
        assert_eq!(studio.stock(studio.vigo), (2, 2));
        let low = studio.get("/studio/stock");
        assert!(low.has("Vigo") && low.has("Few left"), "{}", low.html);
        let found = studio.get("/studio/stock?q=CAMISA-FAENA-S");
        assert!(found.has("Faena Shirt · S") && !found.has("Faena Shirt · M"), "{}", found.html);
    });
}

#[test]
fn a_place_keeps_what_was_typed_until_it_is_right() {
    studio(|studio| {
        let good = [
            ("code", "bio-1"),
            ("name", "Bilbao"),
            ("kind", "shop"),
            ("country", "ES"),
            ("latitude", "43,263"),
            ("longitude", "-2.935"),
            ("time_zone", "Europe/Madrid"),
            ("mon", "10:00-14:00, 17:00-20:30"),
            ("exceptions", "2026-12-25"),
            ("is_active", "1"),
            ("collects", "1"),
        ];
        let bad = good.map(|(name, value)| if name == "mon" { (name, "from ten to two") } else { (name, value) });
        let refused = studio.post("/studio/locations/new", &bad);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.has("from ten to two") && refused.has("Write it as 10:00-14:00") && refused.has("value=\"Bilbao\""),
            "{}",
            refused.html
        );
        let made = studio.done("/studio/locations/new", &good);
        assert!(made.has("Made: Bilbao") && made.has("value=\"10:00-14:00, 17:00-20:30\"") && made.has("Ada Admin"), "{}", made.html);
        let taken = studio.post("/studio/locations/new", &good);
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(taken.has("Another place has that code already."));
        let path = format!("/studio/locations/{}", studio.vigo);
        let closed: Vec<_> =
            good.into_iter().filter(|(name, _)| *name != "is_active").map(|(n, v)| if n == "code" { (n, "VGO") } else { (n, v) }).collect();
        studio.done(&path, &closed);
        let vigo = studio.vigo;
        let now = studio.read(move |tx| inventory::location(tx, vigo).unwrap().unwrap().details);
        assert_eq!((now.name.as_str(), now.is_active, now.hours.exceptions.len()), ("Bilbao", false, 1));
        assert!(studio.get("/studio/locations").has("Out of use"));
    });
}

#[test]
fn what_is_expected_is_changed_received_and_called_off() {
    studio(|studio| {
        let variant = studio.shirt.variants[0].id;
        let (path, madrid) = (format!("/studio/stock/{variant}"), studio.madrid.to_string());
        let fields =
            [("key", "a"), ("place", madrid.as_str()), ("quantity", "10"), ("expected", "2030-12-01"), ("supplier", "Textil Norte")];
        let nonsense = studio.post(&format!("{path}/supplies"), &[("place", &madrid), ("quantity", "many"), ("expected", "soon")]);
        assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nonsense.has("Write a number.") && nonsense.has("Choose a day."), "{}", nonsense.html);
        assert!(studio.get("/studio/stock/coming").has("Nothing on its way"));
        let noted = studio.done(&format!("{path}/supplies"), &fields);
        assert!(noted.has("Noted: 10 are coming") && noted.has("10 to come") && noted.has("1 Dec 2030"), "{}", noted.html);
        studio.done(&format!("{path}/supplies"), &fields);
        studio.done(&format!("{path}/policy"), &[("place", &madrid), ("policy", "backorder")]);
        let policy = studio.post(&format!("{path}/policy"), &[("place", &madrid), ("policy", "gratis")]);
        assert_eq!(policy.status, StatusCode::NOT_FOUND);
        let list = studio.get("/studio/stock/coming");
        assert!(list.has("Faena Shirt") && list.has("Textil Norte") && !list.has("Nothing on its way"), "{}", list.html);
        let (_, after) = list.html.split_once("/studio/stock/coming/").expect("a form");
        let supply = format!("/studio/stock/coming/{}", after.split_once('/').expect("an id").0);

        let place = studio.madrid;
        let wish = inventory::Reserve { key: "w".into(), variant, location: place, quantity: kernel::Quantity(4), expires_at: None };
        write(studio.world, move |tx| inventory::reserve_incoming(tx, &kernel::Actor::guest(), wish.clone()).expect("promised").id);
        let promised = studio.post(&supply, &[("expected", "2030-12-01"), ("quantity", "10"), ("off", "yes")]);
        assert_eq!(promised.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(promised.has("Only 6 are not promised to customers."), "{}", promised.html);
        for (fields, says) in [
            ([("expected", "2030-12-01"), ("quantity", "many")], "Write a number."),
            ([("expected", "soon"), ("quantity", "9")], "Choose a day."),
        ] {
            let refused = studio.post(&supply, &fields);
            assert!(
                refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has(says) && refused.has("1 Dec 2030"),
                "{}",
                refused.html
            );
        }
        assert!(studio.done(&supply, &[("expected", "2031-01-15"), ("quantity", "8")]).has("15 Jan 2031"));
        assert!(studio.done(&format!("{supply}/arrival"), &[("key", "r"), ("quantity", "5")]).has("Received: 5"));
        studio.done(&format!("{supply}/arrival"), &[("key", "r"), ("quantity", "5")]);
        assert_eq!(studio.stock(studio.madrid), (5, 1), "four of them are whose who waited");
        let none = studio.post(&format!("{supply}/arrival"), &[("key", "s"), ("quantity", "0")]);
        assert_eq!((none.status, studio.stock(studio.madrid)), (StatusCode::UNPROCESSABLE_ENTITY, (5, 1)));
        assert!(studio.done(&supply, &[("off", "yes")]).has("Called off"));
        assert!(studio.get("/studio/stock/coming").has("Nothing on its way"));
    });
}

#[test]
fn what_was_sold_is_proposed_and_ordered_all_or_nothing() {
    studio(|studio| {
        let (variant, place) = (studio.shirt.variants[0].id, studio.madrid);
        assert!(studio.get("/studio/stock/reorder").has("Nothing to order"));
        let path = format!("/studio/stock/{variant}");
        studio.done(&format!("{path}/receipts"), &[("key", "a"), ("place", &place.to_string()), ("quantity", "8")]);
        write(studio.world, move |tx| {
            let wish = inventory::Reserve { key: "w".into(), variant, location: place, quantity: kernel::Quantity(7), expires_at: None };
            let made = inventory::reserve(tx, &kernel::Actor::guest(), wish).expect("reserved");
            inventory::commit_reservation(tx, &kernel::Actor::system(), made.id, None).expect("sold");
        });
        // Seven in four weeks; one is left, so six are missing for the next four and thirteen for the next eight.
        let list = studio.get("/studio/stock/reorder");
        let id = format!("{variant}/{place}");
        assert!(list.has("Faena Shirt") && list.has("4 days"), "{}", list.html);
        assert_eq!(list.field(&format!("quantity/{id}")), "6");
        assert_eq!(studio.get("/studio/stock/reorder?days=56").field(&format!("quantity/{id}")), "13");
        let key = list.field("key");
        let quantity = format!("quantity/{id}");
        let sent = |quantities: &str, day: &str| {
            [("key", key.clone()), ("chosen", id.clone()), (quantity.as_str(), quantities.to_owned()), ("expected", day.to_owned())]
                .map(|(name, value)| (name.to_owned(), value))
        };
        let post = |fields: [(String, String); 4]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            studio.post("/studio/stock/reorder", &fields)
        };
        let refused = post(sent("6", "soon"));
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("Choose a day.") && refused.has("checked"));
        let refused = post(sent("0", "2030-12-01"));
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("quantity"), "{}", refused.html);
        let nothing = studio.post("/studio/stock/reorder", &[("key", &key), ("expected", "2030-12-01")]);
        assert!(nothing.has("Tick what to order."), "{}", nothing.html);
        assert!(studio.get("/studio/stock/coming").has("Nothing on its way"), "a refusal orders nothing");
        assert_eq!(post(sent("6", "2030-12-01")).status, StatusCode::SEE_OTHER);
        assert_eq!(post(sent("6", "2030-12-01")).status, StatusCode::SEE_OTHER, "sent twice is ordered once");
        let coming = studio.get("/studio/stock/coming");
        assert!(coming.has("1 Dec 2030") && coming.html.matches("/arrival").count() == 1, "{}", coming.html);
        assert!(studio.get("/studio/stock/reorder").has("Nothing to order"));
    });
}
