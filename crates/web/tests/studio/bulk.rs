//! One change for many products, and a row of the grid as a form.

use crate::brand::{Studio, studio, write};
use axum::http::StatusCode;
use catalogue::{Localised, NewProduct, NewVariant, ProductId, Status};
use kernel::{Actor, Currency, Money};
use pricing::{NewPriceList, PriceEntry};

/// The shirt at 30.00 and 20.00, a cap at 10.00, a bag without a price.
fn shelf(studio: &Studio<'_>) -> [ProductId; 3] {
    let shirt = studio.shirt.clone();
    write(studio.world, move |tx| {
        let system = Actor::system();
        let mut made = |title: &str| {
            let mut new = NewProduct::titled(Localised::new(title, title));
            (new.status, new.variants) = (Status::Active, vec![NewVariant::default()]);
            catalogue::create_product(tx, &system, new).unwrap()
        };
        let (cap, bag) = (made("Cap"), made("Bag"));
        let list = pricing::create_price_list(tx, &system, NewPriceList::base("base", Currency::EUR)).unwrap();
        let entry = |variant, minor| PriceEntry { variant, price: Money::eur(minor), compare_at: None };
        let entries = [entry(shirt.variants[0].id, 3000), entry(shirt.variants[1].id, 2000), entry(cap.variants[0].id, 1000)];
        pricing::set_prices(tx, &system, list.id, &entries).unwrap();
        [shirt.id, cap.id, bag.id]
    })
}

/// Prices of a product's variants on the ordinary list.
fn prices(studio: &Studio<'_>, product: ProductId) -> Vec<i64> {
    studio.read(move |tx| {
        let list = pricing::price_list_by_code(tx, "base").unwrap().unwrap();
        let ids: Vec<_> = catalogue::product(tx, product).unwrap().unwrap().variants.iter().map(|variant| variant.id).collect();
        let known = pricing::prices_on_list(tx, &list, &ids).unwrap();
        ids.iter().filter_map(|id| known.get(id).map(|entry| entry.price.minor)).collect()
    })
}

fn stored(studio: &Studio<'_>, product: ProductId) -> catalogue::Product {
    studio.read(move |tx| catalogue::product(tx, product).unwrap().unwrap())
}

#[test]
fn prices_of_many_are_seen_row_by_row_changed_and_taken_back() {
    studio(|studio| {
        let all = shelf(studio);
        let picks = all.map(|id| id.to_string());
        let picked: Vec<_> = picks.iter().map(|id| ("pick", id.as_str())).collect();
        assert!(studio.get("/studio/products").has("data-grid"));
        let form = studio.post("/studio/products/bulk", &picked);
        assert!(form.status == StatusCode::OK && form.has("Change 3 products"), "{}", form.html);
        let tenth = [("field", "price"), ("list", "base"), ("how", "percent"), ("amount", "-10"), ("rounding", "none")];
        let asked = [&picked[..], &tenth].concat();
        let seen = studio.post("/studio/products/bulk", &asked);
        let rows = ["<del>€30.00</del>", "<ins>€27.00", "<ins>€18.00", "<ins>€9.00", "It has no price on this list"];
        assert!(rows.iter().all(|row| seen.has(row)), "{}", seen.html);
        assert_eq!((prices(studio, all[0]), prices(studio, all[1])), (vec![3000, 2000], vec![1000]), "nothing is changed by looking");

        let (fingerprint, key) = (seen.field("seen"), seen.field("key"));
        let done = [&asked[..], &[("seen", fingerprint.as_str()), ("key", key.as_str())]].concat();
        let page = studio.done("/studio/products/bulk/application", &done);
        assert!(page.has("Products changed: 2") && page.has("Undo this change"), "{}", page.html);
        assert_eq!((prices(studio, all[0]), prices(studio, all[1]), prices(studio, all[2])), (vec![2700, 1800], vec![900], vec![]));
        // Sent twice it is done once.
        let again = studio.done("/studio/products/bulk/application", &done);
        assert_eq!((prices(studio, all[1]), again.has("Products changed: 2")), (vec![900], true));

        // What somebody changed since stays when it is taken back.
        let cap = stored(studio, all[1]).variants[0].id;
        write(studio.world, move |tx| {
            let list = pricing::price_list_by_code(tx, "base").unwrap().unwrap();
            pricing::set_price(tx, &Actor::system(), list.id, PriceEntry { variant: cap, price: Money::eur(777), compare_at: None })
                .unwrap();
        });
        let history = studio.get("/studio/products/bulk");
        let (_, after) = history.html.split_once("<td><a href=\"").unwrap();
        let edit = after.split('"').next().unwrap().to_owned();
        let page = studio.done(&format!("{edit}/withdrawal"), &[]);
        assert!(page.has("Undone, but for 1 that somebody has changed since"), "{}", page.html);
        assert_eq!((prices(studio, all[0]), prices(studio, all[1])), (vec![3000, 2000], vec![777]));
        assert!(studio.done(&format!("{edit}/withdrawal"), &[]).has("already"));
    });
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_changed() {
    studio(|studio| {
        let all = shelf(studio);
        let cap = all[1].to_string();
        let pick = ("pick", cap.as_str());
        assert!(studio.done("/studio/products/bulk", &[]).has("Choose at least one product first."));
        let price = |amount: &'static str| [pick, ("field", "price"), ("list", "base"), ("how", "percent"), ("amount", amount)];
        let refused = |fields: &[(&str, &str)], field: &str| {
            let answer = studio.post("/studio/products/bulk", fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(answer.has(&format!("id=\"{field}-says\"><p class=\"error\">")), "{fields:?}: {}", answer.html);
        };
        refused(&price("cheap"), "amount");
        refused(&price("-101"), "amount");
        refused(&[pick, ("field", "tags_add"), ("tags_add", " ")], "tags_add");
        refused(&[pick, ("field", "publication"), ("on_sale", "soon")], "on_sale");
        // What was looked at is no longer so: nothing is done, and it is shown anew.
        let status = [pick, ("field", "status"), ("status", "draft")];
        let seen = studio.post("/studio/products/bulk", &status);
        let product = all[1];
        write(studio.world, move |tx| {
            let change = catalogue::ProductChange { status: Some(Status::Archived), ..Default::default() };
            catalogue::update_product(tx, &Actor::system(), product, change).unwrap();
        });
        let (fingerprint, key) = (seen.field("seen"), seen.field("key"));
        let late = [&status[..], &[("seen", fingerprint.as_str()), ("key", key.as_str())]].concat();
        let late = studio.post("/studio/products/bulk/application", &late);
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.has("<del>Archived</del>"), "{}", late.html);
        assert_eq!(stored(studio, all[1]).status, Status::Archived);
        assert_eq!(studio.agent_posts("/studio/products/bulk", &price("5")).status, StatusCode::FORBIDDEN);
        let answer = studio.agent_posts("/studio/products/bulk/application", &[&status[..], &[("seen", "x"), ("key", "k")]].concat());
        assert_eq!((answer.status, stored(studio, all[1]).status), (StatusCode::FORBIDDEN, Status::Archived));
        assert!(!studio.agent_gets("/studio/products").has("data-grid"));
        assert_eq!(prices(studio, all[1]), [1000]);
    });
}

#[test]
fn a_row_is_changed_where_it_stands() {
    studio(|studio| {
        let all = shelf(studio);
        let row = |product: ProductId| format!("/studio/products/{product}/row");
        let opened = studio.part(&format!("/studio/products?edit={}", all[1]));
        assert!(opened.has("id=\"row-price\"") && !opened.has(&format!("id=\"row-{}\"", all[0])), "the row alone: {}", opened.html);
        let version = opened.field("version");
        let typed = |title: &'static str, price: &'static str| {
            [("version", version.clone()), ("title", title.to_owned()), ("price", price.to_owned()), ("status", "draft".to_owned())]
        };
        let post = |fields: &[(&'static str, String); 4]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            studio.post(&row(all[1]), &fields)
        };
        for (fields, field) in [(typed("Cap", "dear"), "price"), (typed(" ", "12"), "title")] {
            let answer = post(&fields);
            assert!(
                answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.has(&format!("id=\"row-{field}-says\"")),
                "{}",
                answer.html
            );
        }
        assert_eq!((stored(studio, all[1]).title.en.as_str(), prices(studio, all[1])), ("Cap", vec![1000]));
        assert_eq!(post(&typed("Red cap", "12.50")).status, StatusCode::SEE_OTHER);
        let saved = stored(studio, all[1]);
        assert_eq!((saved.title.en.as_str(), saved.title.es.as_str(), saved.status), ("Red cap", "Cap", Status::Draft));
        assert_eq!(prices(studio, all[1]), [1250]);
        // Somebody else was quicker.
        assert_eq!(post(&typed("Blue cap", "1")).status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((stored(studio, all[1]).title.en.as_str(), prices(studio, all[1])), ("Red cap", vec![1250]));
        // A row that is left is that row again; a product whose sizes differ has no one price.
        assert!(studio.part(&row(all[1])).has("Red cap") && !studio.part(&row(all[1])).has("row-form"));
        assert_eq!(studio.get(&row(all[1])).status, StatusCode::SEE_OTHER);
        assert!(!studio.part(&format!("/studio/products?edit={}", all[0])).has("row-price"));
        assert_eq!(studio.agent_posts(&row(all[1]), &[("title", "X")]).status, StatusCode::FORBIDDEN);
    });
}
