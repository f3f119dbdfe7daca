//! A file of products comes in by steps, goes on where it was, and goes back.

use crate::support::*;
use catalogue::Status;
use catalogue::import::run::{self as imports, ImportState, ImportedProduct, ItemOutcome, ProductImport, ProductImportId, RunError};
use flows::*;
use inventory::LocationId;
use kernel::Actor;
use kernel::testing::World;
use pricing::PriceEntry;

const HEAD: &str = "Handle,Title,Published,Variant SKU,Variant Inventory Qty,Variant Price\n";

/// The T-shirt of the brand in other words and at another price, and so many new products of 2 pieces at 5.00.
fn file(new: usize) -> String {
    let mut file = format!("{HEAD}scarf,Bufanda de lana,true,SCARF,9,40.00\n");
    for n in 1..=new {
        file.push_str(&format!("nuevo-{n},Nuevo {n},true,NEW-{n},2,5.00\n"));
    }
    file
}

fn beginning(key: &str, file: String, place: LocationId) -> BeginProductImport {
    BeginProductImport {
        key: key.into(),
        file_name: "otoño.csv".into(),
        file: file.into_bytes(),
        options: Default::default(),
        price_list: "base".into(),
        opening_stock: Some(place),
    }
}

fn begin(world: &World, cmd: BeginProductImport) -> Result<ProductImport, ImportProductsError> {
    run(world, move |tx| begin_import(tx, &Actor::system(), &cmd))
}

fn import(world: &World, id: ProductImportId) -> ProductImport {
    read(world, move |tx| Ok(imports::product_import(tx, &Actor::system(), id).expect("there")))
}

fn items(world: &World, id: ProductImportId, outcome: ItemOutcome) -> Vec<ImportedProduct> {
    read(world, move |tx| Ok(imports::items(tx, &Actor::system(), (id, outcome), 0, 100).expect("there")))
}

/// Title, status and version of a product.
fn product(world: &World, handle: &'static str) -> (String, Status, i64) {
    let found = read(world, move |tx| catalogue::product_by_handle(tx, &Actor::system(), handle)).expect("there");
    (found.title.es, found.status, found.version)
}

/// What a SKU costs on the ordinary list, and what of it lies in a place.
fn stands(world: &World, sku: &str, place: LocationId) -> (Option<i64>, i64) {
    let sku = sku.to_owned();
    read(world, move |tx| {
        let variant = catalogue::by_sku(tx, &sku)?.expect("there").id;
        let list = pricing::price_list_by_code(tx, "base")?.expect("a list");
        let price = pricing::prices_on_list(tx, &list, &[variant])?.get(&variant).map(|entry| entry.price.minor);
        Ok((price, inventory::level(tx, variant, place)?.on_hand.0))
    })
}

#[test]
fn a_large_file_goes_on_where_it_was_and_no_product_comes_twice() {
    brand(|world, brand| {
        let place = brand.warehouse;
        let begun = begin(world, beginning("k", file(250), place)).expect("begun");
        assert_eq!((begun.state, begun.progress()), (ImportState::Running, (100, 251)));
        // The answer was lost: asking again is the same import; and the file is known to be on its way.
        assert_eq!(begin(world, beginning("k", file(250), place)).expect("known"), begun);
        let known = read(world, |tx| Ok(imports::unfinished(tx, &Actor::system(), file(250).as_bytes()).expect("read")));
        assert_eq!(known.map(|import| import.id), Some(begun.id));
        // Somebody takes a step by hand, and whoever else goes on finds it done.
        let id = begun.id;
        assert_eq!(run(world, move |tx| import_step(tx, id, 60)).expect("a step").progress(), (160, 251));
        world.run_timers(flows::TIMERS);
        world.run_timers(flows::TIMERS);
        let done = import(world, id);
        assert_eq!((done.state, done.created, done.changed, done.unchanged, done.refused), (ImportState::Done, 250, 1, 0, 0));
        assert_eq!(product(world, "scarf"), ("Bufanda de lana".into(), Status::Active, 2));
        assert_eq!((stands(world, "SCARF", place), stands(world, "NEW-250", place)), ((Some(4000), 3), (Some(500), 2)));
        assert_eq!(run(world, move |tx| import_step(tx, id, 60)).expect("nothing").progress(), (251, 251));
        // The same file under another name changes nothing.
        let again = begin(world, beginning("k2", file(250), place)).expect("begun");
        world.run_timers(flows::TIMERS);
        world.run_timers(flows::TIMERS);
        assert_eq!((import(world, again.id).unchanged, product(world, "scarf").2), (251, 2));
        assert_eq!(stands(world, "NEW-1", place), (Some(500), 2));
    });
}

#[test]
fn what_is_taken_back_is_as_it_was_but_for_what_somebody_changed_or_promised_since() {
    brand(|world, brand| {
        let place = brand.warehouse;
        let id = begin(world, beginning("k", file(4), place)).expect("begun").id;
        assert_eq!(import(world, id).state, ImportState::Done);
        // One is renamed, one gets another price, one is sold.
        let variant = |sku: &'static str| read(world, move |tx| catalogue::by_sku(tx, sku)).expect("there");
        let renamed = variant("NEW-1").product;
        let change = catalogue::ProductChange { title: Some(catalogue::Localised::new("Otro", "Other")), ..Default::default() };
        run(world, move |tx| catalogue::update_product(tx, &Actor::system(), renamed, change.clone())).expect("renamed");
        let dearer = PriceEntry { variant: variant("NEW-2").id, price: eur(700), compare_at: None };
        run(world, move |tx| {
            let list = pricing::price_list_by_code(tx, "base")?.expect("a list");
            pricing::set_price(tx, &Actor::system(), list.id, dearer)
        })
        .expect("dearer");
        buy(world, Actor::customer(brand.ana), buying("o", vec![line(variant("NEW-3").id, 1, deliver())])).expect("bought");

        let denied = run(world, move |tx| undo_import(tx, &associate(), id));
        assert!(matches!(denied, Err(RunError::Denied(_))));
        assert_eq!(import(world, id).state, ImportState::Done);
        let back = run(world, move |tx| undo_import(tx, &Actor::system(), id)).expect("undone");
        assert_eq!((back.state, back.taken_back, back.kept), (ImportState::Undone, 3, 2));
        let kept: Vec<_> = items(world, id, ItemOutcome::Kept).into_iter().map(|item| (item.line, item.why)).collect();
        assert_eq!(kept, [(3, "changed".to_owned()), (5, "stock".to_owned())]);
        assert_eq!(product(world, "scarf"), ("Bufanda".into(), Status::Active, 3));
        assert_eq!(product(world, "nuevo-1"), ("Otro".into(), Status::Active, 2));
        assert_eq!(product(world, "nuevo-4"), ("Nuevo 4".into(), Status::Archived, 2));
        assert_eq!(stands(world, "SCARF", place), (Some(4500), 3));
        assert_eq!((stands(world, "NEW-1", place), stands(world, "NEW-2", place)), ((None, 0), (Some(700), 0)));
        assert_eq!((stands(world, "NEW-3", place), stands(world, "NEW-4", place)), ((None, 2), (None, 0)));
        let twice = run(world, move |tx| undo_import(tx, &Actor::system(), id));
        assert!(matches!(twice, Err(RunError::AlreadyUndone)));
        // And comes in again, as often as is wanted.
        let again = begin(world, beginning("again", file(4), place)).expect("begun");
        assert_eq!((again.state, again.changed), (ImportState::Done, 5));
        assert_eq!((product(world, "nuevo-4"), stands(world, "NEW-4", place)), (("Nuevo 4".into(), Status::Active, 3), (Some(500), 0)));
    });
}

#[test]
fn an_import_stopped_half_way_takes_back_only_what_it_did() {
    brand(|world, brand| {
        let place = brand.warehouse;
        let id = begin(world, beginning("k", file(150), place)).expect("begun").id;
        let back = run(world, move |tx| undo_import(tx, &Actor::system(), id)).expect("undone");
        assert_eq!((back.state, back.progress()), (ImportState::Undoing, (100, 100)));
        world.run_timers(flows::TIMERS);
        assert_eq!((import(world, id).state, import(world, id).taken_back), (ImportState::Undone, 100));
        let later = read(world, |tx| catalogue::product_by_handle(tx, &Actor::system(), "nuevo-150"));
        assert!(later.is_none(), "it was never made");
    });
}

#[test]
fn what_is_refused_writes_nothing_down() {
    brand(|world, brand| {
        let place = brand.warehouse;
        let before = world.log().len();
        let bad = begin(world, beginning("k", file(2).replace("40.00", "caro"), place));
        assert!(matches!(bad, Err(ImportProductsError::Run(RunError::Problems(problems))) if problems[0].line == 2));
        let nowhere = begin(world, beginning("k", file(2), LocationId::nil()));
        assert!(matches!(nowhere, Err(ImportProductsError::Stock(_))));
        let clerk = run(world, move |tx| begin_import(tx, &associate(), &beginning("k", file(2), place)));
        assert!(matches!(clerk, Err(ImportProductsError::Run(RunError::Denied(_)))));
        assert_eq!(world.log().len(), before);
        assert!(read(world, |tx| Ok(imports::imports(tx, &Actor::system(), None, 9).expect("read"))).is_empty());
        // Something comes between the preview and the step: only that product stays out, and says why.
        let id = begin(world, beginning("k", file(150), place)).expect("begun").id;
        let change = catalogue::NewProduct {
            variants: vec![catalogue::NewVariant { sku: "NEW-140".into(), ..Default::default() }],
            ..catalogue::NewProduct::titled(catalogue::Localised::new("Otro", "Other"))
        };
        run(world, move |tx| catalogue::create_product(tx, &Actor::system(), change.clone())).expect("made");
        world.run_timers(flows::TIMERS);
        let done = import(world, id);
        assert_eq!((done.state, done.created, done.refused), (ImportState::Done, 149, 1));
        let refused: Vec<_> = items(world, id, ItemOutcome::Refused).into_iter().map(|item| (item.line, item.why)).collect();
        assert_eq!(refused, [(142, "the SKU `NEW-140` belongs to `otro`".to_owned())]);
        assert_eq!(stands(world, "NEW-150", place), (Some(500), 2));
    });
}
