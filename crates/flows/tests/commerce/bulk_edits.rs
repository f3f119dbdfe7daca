//! One change for many products: what is shown is what is done, and it goes back.

use crate::support::*;
use catalogue::bulk::{self, BulkEdit, BulkError, BulkOutcome, MOST_PRODUCTS};
use catalogue::{Localised, NewProduct, NewVariant, Product, ProductChange, ProductId, Status};
use flows::*;
use kernel::testing::World;
use kernel::{Actor, Clock, Timestamp};
use pricing::{PriceEntry, PriceListId};
use std::time::Duration;

const HANDLES: [&str; 3] = ["tee", "scarf", "gift"];

fn product(world: &World, handle: &'static str) -> Product {
    read(world, move |tx| catalogue::product_by_handle(tx, &Actor::system(), handle)).expect("there")
}

fn ids(world: &World) -> Vec<ProductId> {
    HANDLES.map(|handle| product(world, handle).id).to_vec()
}

fn preview(world: &World, products: &[ProductId], change: &BulkChange) -> Result<BulkPreview, BulkError> {
    let (products, change) = (products.to_vec(), change.clone());
    run(world, move |tx| preview_bulk_edit(tx, &Actor::system(), &products, &change))
}

fn apply(world: &World, key: &str, products: &[ProductId], change: &BulkChange) -> BulkEdit {
    let seen = preview(world, products, change).expect("a preview").seen;
    let cmd = ApplyBulkEdit { key: key.into(), products: products.to_vec(), change: change.clone(), seen };
    run(world, move |tx| bulk_edit(tx, &Actor::system(), &cmd)).expect("done")
}

fn undo(world: &World, edit: &BulkEdit) -> Result<BulkEdit, BulkError> {
    let id = edit.id;
    run(world, move |tx| undo_bulk_edit(tx, &Actor::system(), id))
}

/// Price and former price of each of the three, in minor units, on the ordinary list.
fn prices(world: &World) -> Vec<(Option<i64>, Option<i64>)> {
    read(world, |tx| {
        let list = pricing::price_list_by_code(tx, "base")?.expect("a list");
        ["TEE-M", "SCARF", "GIFT"]
            .iter()
            .map(|sku| {
                let id = catalogue::by_sku(tx, sku)?.expect("there").id;
                let entry = pricing::prices_on_list(tx, &list, &[id])?.get(&id).copied();
                Ok((entry.map(|entry| entry.price.minor), entry.and_then(|entry| entry.compare_at).map(|was| was.minor)))
            })
            .collect()
    })
}

fn base(world: &World) -> PriceListId {
    read(world, |tx| pricing::price_list_by_code(tx, "base")).expect("a list").id
}

fn by_percent(hundredths: i64, rounding: Rounding) -> BulkChange {
    BulkChange::Price { list: "base".into(), how: PriceHow::Percent { hundredths }, rounding }
}

fn stays(preview: &BulkPreview) -> Vec<Option<&str>> {
    preview.rows.iter().map(|row| row.stays.as_deref()).collect()
}

#[test]
fn prices_rise_by_a_percentage_to_a_round_ending_and_go_back() {
    brand(|world, brand| {
        let (list, scarf) = (base(world), brand.scarf);
        let before = PriceEntry { variant: scarf, price: eur(4500), compare_at: Some(eur(4700)) };
        run(world, move |tx| pricing::set_price(tx, &Actor::system(), list, before)).expect("set");
        let (products, change) = (ids(world), by_percent(1000, Rounding::To95));
        let shown = preview(world, &products, &change).expect("a preview");
        assert_eq!(stays(&shown), [None, None, None]);
        assert_eq!(prices(world), [(Some(1999), None), (Some(4500), Some(4700)), (Some(0), None)], "looking changes nothing");
        let edit = apply(world, "k", &products, &change);
        assert_eq!((edit.changed, edit.stayed), (3, 0));
        // 21.989 -> 21.95; 49.50 is above the former price, which goes; nothing rises to the first amount with the ending.
        assert_eq!(prices(world), [(Some(2195), None), (Some(4995), None), (Some(95), None)]);
        assert_eq!(apply_again(world, &edit, &products, &change), edit, "the answer was lost: it is done once");
        assert_eq!(prices(world)[0], (Some(2195), None));
        // Somebody prices the scarf anew: it stays, and is listed.
        let dearer = PriceEntry { variant: scarf, price: eur(5100), compare_at: None };
        run(world, move |tx| pricing::set_price(tx, &Actor::system(), list, dearer)).expect("set");
        let back = undo(world, &edit).expect("undone");
        assert_eq!((back.taken_back, back.kept, back.undone_at.is_some()), (2, 1, true));
        assert_eq!(prices(world), [(Some(1999), None), (Some(5100), None), (Some(0), None)]);
        let id = edit.id;
        let items = read(world, move |tx| Ok(bulk::bulk_items(tx, &Actor::system(), id, 0, 500).expect("there")));
        let ends: Vec<_> = items.iter().map(|item| (item.line, item.outcome, item.why.as_str())).collect();
        assert_eq!(ends, [(1, BulkOutcome::TakenBack, ""), (2, BulkOutcome::Kept, "changed"), (3, BulkOutcome::TakenBack, "")]);
        assert!(matches!(undo(world, &edit), Err(BulkError::AlreadyUndone)));
    });
}

fn apply_again(world: &World, first: &BulkEdit, products: &[ProductId], change: &BulkChange) -> BulkEdit {
    let cmd = ApplyBulkEdit { key: "k".into(), products: products.to_vec(), change: change.clone(), seen: "of long ago".into() };
    assert_eq!(first.changed, 3);
    run(world, move |tx| bulk_edit(tx, &Actor::system(), &cmd)).expect("known")
}

#[test]
fn what_would_cost_less_than_nothing_or_has_no_price_stays_and_says_so() {
    brand(|world, _| {
        let products = ids(world);
        let change = BulkChange::Price { list: "base".into(), how: PriceHow::Amount { minor: -2500 }, rounding: Rounding::None };
        let shown = preview(world, &products, &change).expect("a preview");
        assert_eq!(stays(&shown), [Some("below_zero"), None, Some("below_zero")]);
        let edit = apply(world, "k", &products, &change);
        assert_eq!((edit.changed, edit.stayed, prices(world)[1]), (1, 2, (Some(2000), None)));
        let list = base(world);
        let tee = product(world, "tee").variants;
        for variant in tee {
            run(world, move |tx| pricing::remove_price(tx, &Actor::system(), list, variant.id)).expect("removed");
        }
        assert_eq!(stays(&preview(world, &products, &change).expect("a preview"))[0], Some("no_price"));
        // Set for all, those without one too; taken back, they have none again.
        let all = BulkChange::Price { list: "base".into(), how: PriceHow::Set { minor: 2000 }, rounding: Rounding::None };
        assert_eq!(stays(&preview(world, &products, &all).expect("a preview")), [None, Some("same"), None]);
        let set = apply(world, "k2", &products, &all);
        assert_eq!(prices(world).iter().map(|price| price.0).collect::<Vec<_>>(), [Some(2000); 3]);
        undo(world, &set).expect("undone");
        assert_eq!(prices(world).iter().map(|price| price.0).collect::<Vec<_>>(), [None, Some(2000), Some(0)]);
    });
}

#[test]
fn texts_tags_and_states_change_by_versions_and_go_back_field_by_field() {
    brand(|world, _| {
        let products = ids(world);
        let tags = |world: &World| HANDLES.map(|handle| product(world, handle).tags.join(","));
        let some = ProductChange { tags: Some(vec!["Nuevo".into(), "lino".into()]), ..ProductChange::default() };
        let tee = products[0];
        run(world, move |tx| catalogue::update_product(tx, &Actor::system(), tee, some.clone())).expect("tagged");
        let added = apply(world, "a", &products, &BulkChange::AddTags { tags: vec!["nuevo".into(), "otoño".into()] });
        assert_eq!(tags(world), ["Nuevo,lino,otoño", "nuevo,otoño", "nuevo,otoño"]);
        let removed = apply(world, "r", &products[..2], &BulkChange::RemoveTags { tags: vec!["NUEVO".into()] });
        assert_eq!(tags(world), ["lino,otoño", "otoño", "nuevo,otoño"]);
        let category = apply(world, "c", &products, &BulkChange::Category { to: " Regalos ".into() });
        assert_eq!((product(world, "tee").category, product(world, "tee").version), ("Regalos".into(), 5));
        let vendor = BulkChange::Vendor { to: "Almadeja".into() };
        apply(world, "v", &products, &vendor);
        assert_eq!(stays(&preview(world, &products, &vendor).expect("a preview")), [Some("same"); 3]);
        let off = apply(world, "s", &products, &BulkChange::Status { to: Status::Draft });
        assert_eq!(product(world, "gift").status, Status::Draft);
        // The first can still be taken back where nobody touched the tags since; the maker stays.
        let back = undo(world, &added).expect("undone");
        assert_eq!((back.taken_back, back.kept, tags(world)), (1, 2, ["lino,otoño".into(), "otoño".into(), String::new()]));
        undo(world, &removed).expect("undone");
        undo(world, &category).expect("undone");
        undo(world, &off).expect("undone");
        let gift = product(world, "gift");
        assert_eq!((gift.category.as_str(), gift.vendor.as_str(), gift.status, gift.version), ("", "Almadeja", Status::Active, 8));
    });
}

#[test]
fn a_plan_is_made_for_all_and_comes_due() {
    brand(|world, _| {
        let products = ids(world);
        let at = |hours: i64| Timestamp::from_micros(world.clock().now().as_micros() + hours * 3_600_000_000);
        let past = BulkChange::Publication { on_sale: Some(at(-1)), off_sale: None };
        assert!(matches!(preview(world, &products, &past), Err(BulkError::Invalid { field: "on_sale", .. })));
        let plan = BulkChange::Publication { on_sale: None, off_sale: Some(at(2)) };
        let edit = apply(world, "p", &products[..2], &plan);
        assert_eq!(edit.changed, 2);
        let planned = |world: &World| {
            HANDLES.map(|handle| {
                let id = product(world, handle).id;
                read(world, move |tx| catalogue::publication(tx, id)).len()
            })
        };
        assert_eq!(planned(world), [1, 1, 0]);
        undo(world, &edit).expect("undone");
        assert_eq!(planned(world), [0, 0, 0]);
        apply(world, "q", &products[..1], &plan);
        world.clock().advance(Duration::from_secs(7201));
        world.run_timers(catalogue::TIMERS);
        assert_eq!((product(world, "tee").status, product(world, "scarf").status), (Status::Draft, Status::Active));
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    brand(|world, _| {
        let products = ids(world);
        let change = by_percent(-1000, Rounding::None);
        let seen = preview(world, &products, &change).expect("a preview").seen;
        // Another price since the preview: nothing is done, not even to the others.
        let (list, scarf) = (base(world), product(world, "scarf").variants[0].id);
        let dearer = PriceEntry { variant: scarf, price: eur(5100), compare_at: None };
        run(world, move |tx| pricing::set_price(tx, &Actor::system(), list, dearer)).expect("set");
        let (before, events) = (prices(world), world.log().len());
        let cmd = ApplyBulkEdit { key: "k".into(), products: products.clone(), change: change.clone(), seen };
        let late = run(world, {
            let cmd = cmd.clone();
            move |tx| bulk_edit(tx, &Actor::system(), &cmd)
        });
        assert!(matches!(late, Err(BulkError::Changed)));
        let clerk = run(world, {
            let cmd = cmd.clone();
            move |tx| bulk_edit(tx, &associate(), &cmd)
        });
        assert!(matches!(clerk, Err(BulkError::Denied(_))));
        assert!(matches!(preview(world, &[], &change), Err(BulkError::Nothing)));
        let many: Vec<_> = (0..=MOST_PRODUCTS as u128).map(|n| ProductId::from_parts(9, n)).collect();
        assert!(matches!(preview(world, &many, &change), Err(BulkError::TooMany)));
        let nowhere = BulkChange::Price { list: "none".into(), how: PriceHow::Set { minor: 1 }, rounding: Rounding::None };
        assert!(matches!(preview(world, &products, &nowhere), Err(BulkError::Invalid { field: "list", .. })));
        let none = BulkChange::AddTags { tags: vec![" ".into()] };
        assert!(matches!(preview(world, &products, &none), Err(BulkError::Invalid { field: "tags", .. })));
        assert!(matches!(preview(world, &products, &by_percent(-10_001, Rounding::None)), Err(BulkError::Invalid { field: "amount", .. })));
        let gone = preview(world, &many[..1], &change).expect("a preview");
        assert_eq!(stays(&gone), [Some("gone")]);
        assert_eq!((prices(world), world.log().len()), (before, events));
        assert!(read(world, |tx| Ok(bulk::bulk_edits(tx, &Actor::system(), None, 50).expect("read"))).is_empty());
    });
}

#[test]
fn five_hundred_products_are_one_transaction() {
    brand(|world, _| {
        let products: Vec<ProductId> = run(world, |tx| {
            let list = pricing::price_list_by_code(tx, "base")?.expect("a list").id;
            let mut made = Vec::new();
            for n in 0..MOST_PRODUCTS {
                let mut new = NewProduct::titled(Localised::new(format!("Pieza {n}"), ""));
                new.variants = vec![NewVariant { sku: format!("P-{n}"), ..NewVariant::default() }];
                let product = catalogue::create_product(tx, &Actor::system(), new).map_err(fault)?;
                let entry = PriceEntry { variant: product.variants[0].id, price: eur(1000), compare_at: None };
                pricing::set_price(tx, &Actor::system(), list, entry).map_err(fault)?;
                made.push(product.id);
            }
            Ok::<_, kernel::Fault>(made)
        })
        .expect("made");
        let dearer = apply(world, "k", &products, &by_percent(500, Rounding::None));
        let moved = apply(world, "c", &products, &BulkChange::Category { to: "Piezas".into() });
        assert_eq!((dearer.changed, moved.changed), (500, 500));
        assert_eq!((undo(world, &dearer).expect("undone").taken_back, undo(world, &moved).expect("undone").taken_back), (500, 500));
    });
}
