//! Stock and places.

use crate::brand::studio;
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
