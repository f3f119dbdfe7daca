//! Delivery in the studio: its ways, the days off, where parcels leave from.

use crate::brand::{Studio, studio, write};
use axum::http::StatusCode;
use inventory::Receive;
use kernel::{Actor, Quantity};
use pricing::{DeliveryMethod, SourcingWeights};

const EXPRESS: [(&str, &str); 14] = [
    ("name_es", "Exprés"),
    ("name_en", "Express"),
    ("carrier", "Correos"),
    ("position", "1"),
    ("active", "yes"),
    ("area-0", "ES-mainland"),
    ("least-0", "1"),
    ("most-0", "1"),
    ("fee-0", "6,95"),
    ("area-1", "ES-balearics"),
    ("least-1", "2"),
    ("most-1", "3"),
    ("fee-1", "9,50"),
    ("cut-mon", "16:00"),
];

fn methods(studio: &Studio<'_>) -> Vec<DeliveryMethod> {
    studio.read(|tx| pricing::delivery_methods(tx).unwrap())
}

#[test]
fn a_way_of_delivery_is_written_changed_and_taken_out() {
    studio(|studio| {
        let page = studio.get("/studio/delivery");
        assert!(page.has("Standard") && page.has("€3.95, free from €50.00") && page.has("1 working day"), "{}", page.html);
        let page = studio.done("/studio/delivery/methods/new", &EXPRESS);
        assert!(page.has("Express") && page.has("Mainland Spain · Balearics") && page.has("1 to 3 working days"), "{}", page.html);
        let made = methods(studio).remove(1);
        let fees: Vec<_> = made.zones.iter().map(|zone| (zone.most_days, zone.fees[0].fee)).collect();
        assert_eq!((made.code.as_str(), made.cut_off[0], made.cut_off[1], fees), ("expres", Some(960), None, vec![(1, 695), (3, 950)]));

        let path = "/studio/delivery/methods/expres";
        assert!(studio.get(path).has("value=\"6,95\""));
        // A row without a zone goes; what was not offered is not offered.
        let fewer: Vec<_> = EXPRESS.iter().filter(|(name, _)| !matches!(*name, "area-1" | "active")).copied().collect();
        assert!(studio.done(path, &fewer).has("Not offered"));
        let kept = methods(studio).remove(1);
        assert_eq!((kept.zones.len(), kept.is_active, kept.version), (1, false, 2));
        assert!(studio.post("/studio/delivery/methods/new", &[&EXPRESS[..], &[("code", "expres")]].concat()).has("already"));
        assert_eq!(studio.post("/studio/delivery/methods/standard/removal", &[]).status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(studio.done(&format!("{path}/removal"), &[]).has("Way of delivery removed"));
        assert_eq!(methods(studio).len(), 1);
    });
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_changes_nothing() {
    studio(|studio| {
        let refused = |change: (&'static str, &'static str), words: &str| {
            let fields: Vec<_> = EXPRESS.iter().filter(|(name, _)| *name != change.0).copied().chain([change]).collect();
            let answer = studio.post("/studio/delivery/methods/new", &fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{change:?}");
            assert!(answer.has(words) && answer.has("error-summary") && answer.has("value=\"Exprés\""), "{change:?}: {}", answer.html);
        };
        refused(("area-0", "Mars"), "Write *, a country (FR)");
        refused(("fee-1", "cheap"), "id=\"fee-1-says\"");
        refused(("least-1", "4"), "the fewest first");
        refused(("cut-mon", "noon"), "A time, such as 16:00.");
        refused(("cut-mon", ""), "One day at least has a time");
        refused(("code", "EXPRESS!"), "id=\"code\"");
        assert_eq!(methods(studio), [DeliveryMethod::standard()]);

        let days = [("off", "2026-12-25 Navidad\nChristmas"), ("picking", "90"), ("picking_in", "MAD x")];
        let answer = studio.post("/studio/delivery/days", &days);
        assert!(answer.has("“Christmas” is no day.") && answer.has("“MAD x” cannot be read."), "{}", answer.html);
        assert_eq!(studio.read(|tx| pricing::delivery_days(tx).unwrap()), Default::default());
        assert!(studio.done("/studio/delivery/days", &[("off", "2026-12-25 Navidad"), ("picking", "90")]).has("2026-12-25 Navidad"));
        let kept = studio.read(|tx| pricing::delivery_days(tx).unwrap());
        assert_eq!((kept.off.len(), kept.picking_minutes), (1, 90));

        // Whoever sees the catalogue sees it; only who may set prices changes it.
        assert!(studio.agent_gets("/studio/delivery").has("Standard"));
        assert_eq!(studio.agent_posts("/studio/delivery/methods/new", &EXPRESS).status, StatusCode::FORBIDDEN);
        assert_eq!(studio.agent_posts("/studio/delivery/sourcing", &WEIGHTS).status, StatusCode::FORBIDDEN);
        assert_eq!(methods(studio), [DeliveryMethod::standard()]);
    });
}

const WEIGHTS: [(&str, &str); 6] =
    [("parcel", "4,50"), ("hundred_km", "0,20"), ("late_day", "3"), ("shop_piece", "0,40"), ("last_piece", "1,60"), ("kept", "2")];

#[test]
fn weights_are_tried_before_they_are_written() {
    studio(|studio| {
        let (shirt, sku) = (studio.shirt.variants[0].id, studio.shirt.variants[0].sku.clone());
        for (key, location, quantity) in [("a", studio.madrid, 1), ("b", studio.vigo, 9)] {
            write(studio.world, move |tx| {
                let stock = Receive { key: key.into(), variant: shirt, location, quantity: Quantity(quantity) };
                inventory::receive(tx, &Actor::system(), stock).unwrap();
            });
        }
        let trial = |kept: &'static str| {
            let fields =
                [&WEIGHTS[..5], &[("kept", kept), ("do", "try"), ("sku-1", sku.as_str()), ("units-1", "1"), ("postcode", "28013")]];
            studio.post("/studio/delivery/sourcing", &fields.concat())
        };
        let last = trial("2");
        assert!(last.has("From Vigo") || last.has("Vigo:"), "{}", last.html);
        assert!(trial("0").has("Madrid:"), "{}", trial("0").html);
        let unknown = studio.post("/studio/delivery/sourcing", &[&WEIGHTS[..], &[("do", "try"), ("sku-2", "NOPE")]].concat());
        assert!(unknown.status == StatusCode::UNPROCESSABLE_ENTITY && unknown.has("id=\"sku-2-says\""), "{}", unknown.html);
        assert_eq!(studio.read(|tx| pricing::sourcing_weights(tx).unwrap()), SourcingWeights::default());
        studio.done("/studio/delivery/sourcing", &[&WEIGHTS[..5], &[("kept", "0")]].concat());
        assert_eq!(studio.read(|tx| pricing::sourcing_weights(tx).unwrap().kept), 0);
        let wrong = studio.post("/studio/delivery/sourcing", &[&[("parcel", "0")], &WEIGHTS[1..]].concat());
        assert!(wrong.has("a parcel always costs something"), "{}", wrong.html);
        assert_eq!(studio.read(|tx| pricing::sourcing_weights(tx).unwrap().parcel), 450);
    });
}
