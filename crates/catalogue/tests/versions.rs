//! The history of a product, and the way back.

mod common;

use catalogue::versions::{FieldChange, Part, Version, restore_version, versions};
use catalogue::{EditError, Localised, MediaChange, PRODUCT_CHANGED, Product, ProductChange, ProductId, Status, VariantChange};
use common::{create, editor, shirt, variant};
use kernel::testing::{World, on_both};
use kernel::{Actor, ApiKeyId, Permission};
use serde_json::json;

fn history(world: &World, id: ProductId) -> Vec<Version> {
    let viewer = Actor::api_key(ApiKeyId::nil(), vec![Permission::ViewCatalogue]);
    world.db().read(move |tx| versions(tx, &viewer, id, i64::MAX, 100)).wait().expect("a history")
}

fn change(world: &World, id: ProductId, change: ProductChange) -> Product {
    world.db().write("change", move |tx| catalogue::update_product(tx, &editor(), id, change.clone())).wait().expect("changed")
}

fn restore(world: &World, id: ProductId, version: i64, seen: i64) -> Result<Product, EditError> {
    world.db().write("restore", move |tx| restore_version(tx, &editor(), id, version, seen)).wait()
}

fn product(world: &World, id: ProductId) -> Product {
    world.db().read(move |tx| catalogue::product(tx, id)).wait().expect("read").expect("found")
}

#[test]
fn each_version_says_who_changed_what_field_by_field() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let made = create(world, shirt());
        let title = Localised::new("Camisa de lino lavado", "Linen shirt");
        change(world, made.id, ProductChange { title: Some(title), vendor: Some("Alma".into()), ..ProductChange::default() });
        let first = made.variants[0].id;
        let weight = VariantChange { weight_grams: Some(250), ..VariantChange::default() };
        world.db().write("weight", move |tx| catalogue::update_variant(tx, &editor(), first, weight.clone())).wait().expect("changed");
        let all = history(world, made.id);
        assert_eq!(all.iter().map(|version| version.version).collect::<Vec<_>>(), [3, 2, 1]);
        assert!(all.iter().all(|version| version.saved_by == editor().to_string() && version.restored.is_none()));
        let field = |part, field: &str, old, new| FieldChange { part, field: field.to_owned(), old, new };
        assert_eq!(all[0].changes, [field(Part::Variant(first), "weight_grams", json!(200), json!(250))]);
        let title = field(Part::Product, "title.es", json!("Camisa de lino"), json!("Camisa de lino lavado"));
        assert_eq!(all[1].changes, [title, field(Part::Product, "vendor", json!("Hilo"), json!("Alma"))]);
        assert_eq!(all[2].changes, []);
        let denied = world.db().read(move |tx| versions(tx, &Actor::guest(), made.id, i64::MAX, 100)).wait();
        assert_eq!(denied.expect_err("staff only").to_string(), kernel::Denied(Permission::ViewCatalogue).to_string());
    });
}

#[test]
fn going_back_makes_a_new_version_with_the_old_content() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let made = create(world, shirt());
        let (id, picture) = (made.id, made.media[1].id);
        change(world, id, ProductChange { title: Some(Localised::new("Otra", "Other")), tags: Some(vec![]), ..ProductChange::default() });
        world.db().write("remove", move |tx| catalogue::remove_media(tx, &editor(), id, picture)).wait().expect("removed");
        let media = MediaChange { source: "picture:shirt/gris".into(), ..MediaChange::default() };
        world.db().write("add", move |tx| catalogue::save_media(tx, &editor(), id, media.clone())).wait().expect("added");
        let late = || variant("CAM-GR-S", &["Gris", "S"]);
        world.db().write("variant", move |tx| catalogue::add_variant(tx, &editor(), id, late())).wait().expect("added");
        change(world, id, ProductChange { status: Some(Status::Archived), ..ProductChange::default() });
        let back = restore(world, id, 1, 6).expect("restored");
        assert_eq!((back.version, back.status), (7, Status::Archived), "whether customers see it stays");
        assert_eq!(back, product(world, id));
        let (kept, later) = back.variants.split_at(4);
        assert_eq!((kept, &back.media), (made.variants.as_slice(), &made.media));
        assert_eq!((later[0].sku.as_str(), later[0].is_active), ("CAM-GR-S", false), "it stays, no longer sold");
        assert_eq!((&back.title, &back.tags, &back.description_html), (&made.title, &made.tags, &made.description_html));
        let all = history(world, id);
        assert_eq!((all[0].version, all[0].restored, all.len()), (7, Some(1), 7));
        // And back again from there: nothing was lost.
        let again = restore(world, id, 5, 7).expect("restored");
        assert_eq!((again.version, again.title.es.as_str(), again.variants[4].is_active), (8, "Otra", true));
        assert_eq!(
            again.media.iter().map(|media| media.source.as_str()).collect::<Vec<_>>(),
            ["picture:shirt/blanco", "picture:shirt/gris"]
        );
    });
}

#[test]
fn what_cannot_be_gone_back_to_changes_nothing() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let id = create(world, shirt()).id;
        change(world, id, ProductChange { vendor: Some("Alma".into()), ..ProductChange::default() });
        assert!(matches!(restore(world, id, 1, 1), Err(EditError::Changed { version: 2 })));
        for unknown in [0, -1, 3, i64::MAX] {
            assert!(
                matches!(restore(world, id, unknown, 2), Err(EditError::UnknownVersion { version }) if version == unknown),
                "{unknown}"
            );
        }
        let guest = world.db().write("guest", move |tx| restore_version(tx, &Actor::guest(), id, 1, 2)).wait();
        assert!(matches!(guest, Err(EditError::Denied(_))));
        // To what it says already: no new version.
        assert_eq!(restore(world, id, 2, 2).expect("the same").version, 2);
        assert_eq!((product(world, id).version, history(world, id).len()), (2, 2));
        assert_eq!(world.log().iter().filter(|entry| entry.kind == PRODUCT_CHANGED).count(), 2);
    });
}
