//! What a product is offered with, and products that are services.

mod common;

use catalogue::versions::{FieldChange, Part, restore_version, versions};
use catalogue::{EditError, GoesWithError, MAX_GOES_WITH, NewProduct, PRODUCT_CHANGED, Product, ProductChange, ProductId};
use common::{create, editor, plain, shirt};
use kernel::testing::{World, on_both};
use kernel::{Actor, Kind, Problem};
use serde_json::json;

fn with(world: &World, id: ProductId, goes_with: Vec<ProductId>) -> Result<Product, EditError> {
    let change = ProductChange { goes_with: Some(goes_with), ..ProductChange::default() };
    world.db().write("change", move |tx| catalogue::update_product(tx, &editor(), id, change.clone())).wait()
}

fn product(world: &World, id: ProductId) -> Product {
    world.db().read(move |tx| catalogue::product(tx, id)).wait().expect("read").expect("found")
}

fn hem(world: &World) -> Product {
    create(world, NewProduct { is_service: true, ..plain("Arreglo de bajos", "Servicios") })
}

#[test]
fn what_goes_with_a_product_is_kept_in_its_order_and_in_its_history() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let (shirt, hem, belt) = (create(world, shirt()), hem(world), create(world, plain("Cinturón", "Cinturones")));
        assert_eq!((shirt.goes_with.len(), shirt.is_service, hem.is_service), (0, false, true));
        let both = with(world, shirt.id, vec![hem.id, belt.id]).expect("offered with both");
        assert_eq!((both.goes_with.clone(), both.version), (vec![hem.id, belt.id], 2));
        assert_eq!(product(world, shirt.id), both);
        let all = world.db().read(move |tx| catalogue::products_after(tx, ProductId::nil(), 10)).wait().expect("read");
        assert!(all.contains(&both), "the same when many are read");
        assert_eq!(with(world, shirt.id, vec![hem.id, belt.id]).expect("the same").version, 2, "nothing changed");
        let turned = with(world, shirt.id, vec![belt.id, hem.id]).expect("the other way round");
        assert_eq!((turned.goes_with, turned.version), (vec![belt.id, hem.id], 3));
        let read = world.db().read(move |tx| versions(tx, &Actor::system(), shirt.id, i64::MAX, 1)).wait().expect("a history");
        let (old, new) = (json!([hem.id, belt.id]), json!([belt.id, hem.id]));
        assert_eq!(read[0].changes, [FieldChange { part: Part::Product, field: "goes_with".into(), old, new }]);
        let back = world.db().write("restore", move |tx| restore_version(tx, &editor(), shirt.id, 1, 3)).wait().expect("undone");
        assert_eq!((back.goes_with.len(), back.version), (0, 4));
        assert_eq!(product(world, shirt.id), back);
    });
}

#[test]
fn what_cannot_go_with_a_product_changes_nothing() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let (shirt, hem) = (create(world, shirt()), hem(world));
        let before = with(world, shirt.id, vec![hem.id]).expect("offered");
        let stranger = ProductId::nil();
        let many: Vec<_> =
            (0..=MAX_GOES_WITH).map(|n| create(world, NewProduct { handle: Some(format!("p-{n}")), ..plain("P", "P") }).id).collect();
        let refusals = [
            (vec![hem.id, shirt.id], GoesWithError::Itself),
            (vec![hem.id, stranger], GoesWithError::Unknown { product: stranger }),
            (vec![hem.id, many[0], hem.id], GoesWithError::Twice { product: hem.id }),
            (many.clone(), GoesWithError::TooMany),
        ];
        for (named, why) in refusals {
            let refused = with(world, shirt.id, named).expect_err("refused");
            assert_eq!((refused.kind(), refused.code()), (Kind::Invalid, why.code()));
            assert!(matches!(refused, EditError::GoesWith(said) if said == why), "{why}");
        }
        let new = NewProduct { goes_with: vec![stranger], ..plain("Falda", "Faldas") };
        let refused = world.db().write("create", move |tx| catalogue::create_product(tx, &editor(), new.clone())).wait();
        assert!(matches!(refused, Err(EditError::GoesWith(GoesWithError::Unknown { .. }))));
        let change = ProductChange { goes_with: Some(Vec::new()), ..ProductChange::default() };
        let guest = world.db().write("guest", move |tx| catalogue::update_product(tx, &Actor::guest(), shirt.id, change.clone())).wait();
        assert!(matches!(guest, Err(EditError::Denied(_))));
        assert_eq!(product(world, shirt.id), before);
        let of_shirt = |entry: &&kernel::Logged| entry.kind == PRODUCT_CHANGED && entry.subject == shirt.id.to_string();
        assert_eq!(world.log().iter().filter(of_shirt).count(), 2);
        let twelve = with(world, shirt.id, many[..MAX_GOES_WITH].to_vec()).expect("as many as may be");
        assert_eq!(twelve.goes_with, many[..MAX_GOES_WITH]);
    });
}

#[test]
fn services_are_told_apart_from_things() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let (shirt, hem) = (create(world, shirt()), hem(world));
        let (thing, service) = (shirt.variants[0].id, hem.variants[0].id);
        let read = world.db().read(move |tx| {
            let found = catalogue::kinds_among(tx, &[thing, service])?.services;
            let cards: Vec<_> = catalogue::variants(tx, &[thing, service])?.into_iter().map(|card| card.is_service).collect();
            let products: Vec<_> = catalogue::cards(tx, &[shirt.id, hem.id])?.into_iter().map(|card| card.is_service).collect();
            Ok::<_, kernel::Fault>((found, cards, products))
        });
        let (found, cards, products) = read.wait().expect("read");
        assert_eq!((found.into_iter().collect::<Vec<_>>(), cards, products), (vec![service], vec![false, true], vec![false, true]));
        let change = ProductChange { is_service: Some(false), ..ProductChange::default() };
        let changed = world.db().write("change", move |tx| catalogue::update_product(tx, &editor(), hem.id, change.clone())).wait();
        assert_eq!(changed.map(|hem| (hem.is_service, hem.version)).expect("changed"), (false, 2));
        let none = world.db().read(move |tx| catalogue::kinds_among(tx, &[thing, service])).wait().expect("read").services;
        assert!(none.is_empty());
    });
}
