//! Near me, this size, today: the product page, the place that is kept, and the last piece that two want.

use super::{Answered, Shop, a_shop, in_the_shop, write};
use axum::http::StatusCode;
use inventory::{Hours, LocationId, Point, Receive};
use kernel::{Actor, Quantity};

const MADRID: &str = "hilo_near=lat=40.420&lon=-3.700&of=28004";
const SHIRT: &str = "/products/camisa-marea?colour=blanco&size=M";

/// Another shop, so many hundredths of a degree to the north, with so many white shirts (M).
fn open(shop: &Shop<'_>, code: &'static str, north: i32, pieces: i64) -> LocationId {
    let variant = shop.variant("CAM-BLA-M").parse().unwrap();
    write(shop.world, move |tx| {
        let mut place = a_shop();
        place.code = code.into();
        place.name = format!("Ría {code}");
        place.point = Point::new(40.4 + f64::from(north) / 100.0, -3.7).unwrap();
        let location = inventory::create_location(tx, &Actor::system(), place).unwrap();
        if pieces > 0 {
            let cmd = Receive { key: code.into(), variant, location, quantity: Quantity(pieces) };
            inventory::receive(tx, &Actor::system(), cmd).unwrap();
        }
        location
    })
}

/// The part of the page, in pieces by shop: what stands before the first shop, then each of them.
fn near(page: &Answered) -> Vec<String> {
    let (_, part) = page.html.split_once("<section id=\"near\"").unwrap_or_else(|| panic!("no part: {}", page.html));
    part.split("</section>").next().unwrap().split("<div class=\"near-head\">").map(str::to_owned).collect()
}

#[test]
fn a_place_is_given_once_and_stays_when_the_size_changes() {
    in_the_shop(|shop| {
        let nowhere = near(&shop.get(SHIRT));
        assert!(nowhere.len() == 1 && nowhere[0].contains("action=\"/near\"") && nowhere[0].contains("Postcode or town"));
        let back = "back=%2Fproducts%2Fcamisa-marea%3Fcolour%3Dblanco%26size%3DM%23near";
        let given = shop.get(&format!("/near?place=28004&{back}"));
        assert_eq!((given.status, given.location()), (StatusCode::SEE_OTHER, format!("{SHIRT}#near")));
        let kept = format!("hilo_near={}", given.cookie("hilo_near").unwrap());
        assert_eq!(kept, MADRID);
        let medium = near(&shop.get_as(&kept, SHIRT));
        assert!(medium[0].contains("Near 28004") && medium[0].contains("capital of the province"), "{medium:?}");
        assert_eq!(medium.len(), 2);
        for text in
            ["Ría Madrid", "2.2 km", "Open until 20:00", "Last 2", "Collect today from 12:00", "action=\"/holds\"", "value=\"collect\""]
        {
            assert!(medium[1].contains(text), "{text}: {}", medium[1]);
        }
        let large = near(&shop.get_as(&kept, "/products/camisa-marea?colour=blanco&size=L"));
        assert!(large.len() == 2 && large[1].contains("5 pieces"), "{large:?}");
        let navy = near(&shop.get_as(&kept, "/products/camisa-marea?colour=azul%20marino&size=M"));
        assert!(navy.len() == 1 && navy[0].contains("No shop has it now") && !navy[0].contains("Have it sent home"));
        assert!(near(&shop.get_as(&kept, "/products/camisa-marea?colour=blanco"))[0].contains("Choose a size"));

        // A town is a place as well, and where the device is; what nobody knows is told and nothing is kept.
        let cookie = |path: &str| shop.get(path).cookie("hilo_near");
        assert_eq!(cookie("/near?place=Sevilla").as_deref(), Some("lat=37.390&lon=-5.990&of=Sevilla"));
        assert_eq!(cookie("/near?lat=40.4301&lon=-3.7&back=/").as_deref(), Some("lat=40.430&lon=-3.700&of="));
        let unknown = shop.get("/near?place=Atlantis&back=//evil.test");
        assert_eq!((unknown.location().as_str(), unknown.cookie("hilo_near")), ("/shops", None));
        assert!(unknown.cookie("hilo_flash").is_some());
        assert_eq!(cookie("/near?place=").as_deref(), Some(""), "forgotten");
    });
}

#[test]
fn shops_come_by_distance_and_those_without_it_do_not() {
    in_the_shop(|shop| {
        open(shop, "NORTE", 50, 4);
        open(shop, "LEJOS", 200, 4);
        open(shop, "VACIA", 3, 0);
        let shut = open(shop, "CERCA", 2, 1);
        write(shop.world, move |tx| {
            let mut place = inventory::location(tx, shut).unwrap().unwrap().details;
            place.hours = serde_json::from_str::<Hours>(r#"{"week": {"tue": ["11:00-14:00"]}}"#).unwrap();
            inventory::update_location(tx, &Actor::system(), shut, place).unwrap();
        });
        let listed = near(&shop.get_as(MADRID, SHIRT));
        let names = ["Ría CERCA", "Ría Madrid", "Ría NORTE"];
        assert_eq!(listed.len(), 4, "{listed:?}");
        for (part, name) in listed[1..].iter().zip(names) {
            assert!(part.contains(name), "{name}: {part}");
        }
        for text in ["0 m", "Closed; opens tomorrow at 11:00", "Last one"] {
            assert!(listed[1].contains(text), "{text}: {}", listed[1]);
        }
        assert!(listed[3].contains("53 km") && listed[3].contains("4 pieces"), "{}", listed[3]);
        let all = "href=\"/products/camisa-marea/shops?colour=blanco&#38;size=M\"";
        assert!(listed[3].contains(all), "whoever would go farther sees the others: {}", listed[3]);
        // The list of all shops begins there too.
        let shops = shop.get_as(MADRID, "/shops");
        assert!(shops.has("value=\"28004\"") && shops.html.find("Ría CERCA") < shops.html.find("Ría Madrid"));
        // Who only chose a shop looks from there.
        let from_shop = near(&shop.get_as(&format!("hilo_shop={}", shop.place), SHIRT));
        assert!(from_shop[0].contains("Near Ría Madrid") && from_shop[1].contains("Ría Madrid"), "{from_shop:?}");

        for code in ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"] {
            open(shop, code, 60, 1);
        }
        let many = near(&shop.get_as(MADRID, SHIRT));
        assert_eq!(many.len(), 11);
        assert!(many[10].contains(all), "{}", many[10]);
        assert_eq!(near(&shop.get_as(MADRID, "/products/camisa-marea/shops?colour=blanco&size=M")).len(), 13);
    });
}

#[test]
fn the_last_piece_is_kept_for_one_and_the_other_hears_of_the_next_shop() {
    in_the_shop(|shop| {
        let next = open(shop, "NORTE", 20, 1);
        let variant = shop.variant("CAM-BLA-M");
        let place = shop.place.to_string();
        let press = |at: &str, more: &[(&str, &str)]| {
            let wish = [("variant", variant.as_str()), ("shop", at)];
            shop.post_as(MADRID, "/holds", &wish.iter().chain(more).copied().collect::<Vec<_>>(), false)
        };
        // Nobody knows her yet: she is asked once, and nothing is kept meanwhile.
        let asked = press(&place, &[]);
        assert!(asked.status == StatusCode::OK && asked.has("We keep it in Ría Madrid") && asked.has("name=\"typed\""), "{}", asked.html);
        let empty = press(&place, &[("typed", "yes"), ("name", ""), ("email", "")]);
        assert_eq!((empty.status, shop.left("CAM-BLA-M")), (StatusCode::UNPROCESSABLE_ENTITY, 2));
        let ana = [("typed", "yes"), ("name", "Ana Ruiz"), ("email", "ana@example.es")];
        let held = press(&place, &ana);
        assert!(held.location().starts_with("/orders/"), "{}", held.html);
        assert_eq!(shop.left("CAM-BLA-M"), 1);
        assert_eq!((press(&place, &ana).location(), shop.left("CAM-BLA-M")), (held.location(), 1), "pressed twice, kept once");
        let order = shop.order("1").unwrap();
        assert_eq!((order.state, order.fulfilments[0].location, order.total.minor), (orders::OrderState::Placed, shop.place, 4000));

        // Eva, at the same screen, takes the last one; Luis comes too late.
        let eva = press(&place, &[("typed", "yes"), ("name", "Eva Gil"), ("email", "eva@example.es")]);
        assert!(eva.location().starts_with("/orders/") && eva.location() != held.location());
        assert_eq!(shop.left("CAM-BLA-M"), 0);
        let luis = [("typed", "yes"), ("name", "Luis Gil"), ("phone", "612345678")];
        let late = press(&place, &luis);
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        for text in ["just sold out in Ría Madrid", "is Ría NORTE, 20 km away", "value=\"Luis Gil\""] {
            assert!(late.has(text), "{text}: {}", late.html);
        }
        assert_eq!((late.field("shop"), shop.order("3")), (next.to_string(), None));
        let there = press(&next.to_string(), &luis);
        assert!(there.location().starts_with("/orders/"));
        let nowhere = press(&place, &[("typed", "yes"), ("name", "Sara"), ("phone", "612345670")]);
        assert!(nowhere.status == StatusCode::UNPROCESSABLE_ENTITY && nowhere.has("It is in no shop any more"), "{}", nowhere.html);
    });
}

#[test]
fn what_a_hold_names_must_exist() {
    in_the_shop(|shop| {
        let (variant, place) = (shop.variant("CAM-BLA-M"), shop.place.to_string());
        let strange = LocationId::from_parts(1, 1).to_string();
        for (variant, place) in
            [("x", place.as_str()), (variant.as_str(), "x"), (variant.as_str(), strange.as_str()), (place.as_str(), place.as_str())]
        {
            let answer = shop.post("/holds", &[("variant", variant), ("shop", place)]);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{variant} {place}");
        }
    });
}
