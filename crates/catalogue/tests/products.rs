//! Making, changing and reading products.

mod common;

use catalogue::{
    EditError, ListFilter, Localised, MediaChange, NewProduct, PRODUCT_CHANGED, Picture, ProductChange, ProductChanged, ScanError, Sort,
    StaffFilter, Status, VariantChange,
};
use common::{create, editor, plain, shirt, variant};
use kernel::testing::{World, on_both};
use kernel::{Actor, Fault, Locale, Permission};
use std::time::Duration;

fn events(world: &World) -> Vec<ProductChanged> {
    world.log().iter().filter(|e| e.kind == PRODUCT_CHANGED).map(|e| e.read().expect("body")).collect()
}

#[test]
fn a_product_is_read_as_it_was_made() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let made = create(world, shirt());
        let read =
            world.db().read(|tx| catalogue::product_by_handle(tx, &Actor::guest(), "camisa-lino")).wait().expect("read").expect("found");
        assert_eq!(read, made);
        assert_eq!((read.version, read.title.get(Locale::En), read.category_key().as_str()), (1, "Linen shirt", "camisas"));
        assert_eq!(read.attributes().collect::<Vec<_>>(), [("material", "lino")]);
        assert_eq!(read.options[0].values, ["Blanco", "Azul"]);
        assert_eq!(read.options[1].values, ["S", "M"]);
        assert_eq!(read.picture(Some(&read.variants[2])).map(|m| m.source.as_str()), Some("picture:shirt/azul"));
        assert_eq!(read.picture(Some(&read.variants[0])).map(|m| m.source.as_str()), Some("picture:shirt/blanco"));
        assert_eq!(events(world), [ProductChanged { product: made.id, version: 1 }]);
    });
}

#[test]
fn names_are_unique_and_a_refusal_changes_nothing() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        create(world, shirt());
        let again = world.db().write("again", |tx| catalogue::create_product(tx, &editor(), shirt())).wait().expect_err("taken");
        assert!(matches!(again, EditError::HandleTaken { handle } if handle == "camisa-lino"));
        let mut other = plain("Otra", "Camisas");
        other.variants = vec![variant("CAM-BL-S", &[])];
        let sku = world.db().write("sku", move |tx| catalogue::create_product(tx, &editor(), other.clone())).wait().expect_err("taken");
        assert_eq!(sku.to_string(), "the SKU `CAM-BL-S` belongs to `camisa-lino`");
        let mut other = plain("Otra", "Camisas");
        other.variants[0].barcode = Some("08400000008037".into());
        let code = world.db().write("code", move |tx| catalogue::create_product(tx, &editor(), other.clone())).wait().expect_err("taken");
        assert_eq!(code.to_string(), "the barcode 08400000008037 belongs to `camisa-lino`");
        let denied = world.db().write("guest", |tx| catalogue::create_product(tx, &Actor::guest(), plain("Otra", ""))).wait();
        assert!(matches!(denied, Err(EditError::Denied(d)) if d.0 == Permission::EditCatalogue));
        assert_eq!(events(world).len(), 1);
    });
}

#[test]
fn each_change_raises_the_version_by_one_and_no_change_leaves_it() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let id = create(world, shirt()).id;
        let archive = ProductChange { status: Some(Status::Archived), if_version: Some(1), ..ProductChange::default() };
        let change = move |change: ProductChange| {
            world.db().write("change", move |tx| catalogue::update_product(tx, &editor(), id, change.clone())).wait()
        };
        world.clock().advance(Duration::from_secs(1));
        let archived = change(archive.clone()).expect("changed");
        assert_eq!((archived.version, archived.status), (2, Status::Archived));
        assert!(matches!(change(archive), Err(EditError::Changed { version: 2 })));
        let same = change(ProductChange { status: Some(Status::Archived), ..ProductChange::default() }).expect("nothing to do");
        assert_eq!((same.version, events(world).len()), (2, 2));
        let seen = |actor: Actor| {
            world.db().read(move |tx| catalogue::product_by_handle(tx, &actor, "camisa-lino")).wait().expect("read").map(|p| p.version)
        };
        assert_eq!(seen(Actor::guest()), None);
        assert_eq!(seen(Actor::system()), Some(2));
        let text = Localised::new("<b>a</b><script>x()</script>", "");
        let clean =
            change(ProductChange { description_html: Some(text), tags: Some(vec![" a ".into(), "a".into()]), ..ProductChange::default() });
        let clean = clean.expect("changed");
        assert_eq!((clean.description_html.es.as_str(), clean.tags.len()), ("<b>a</b>", 1));
        let stored = world.db().read(move |tx| catalogue::product(tx, id)).wait().expect("read").expect("found");
        assert_eq!(stored, clean);
    });
}

#[test]
fn variants_and_pictures_are_added_moved_and_taken_away() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let made = create(world, shirt());
        let (id, first) = (made.id, made.variants[0].id);
        let added = world
            .db()
            .write("add", move |tx| catalogue::add_variant(tx, &editor(), id, variant("", &["Verde", "M"])))
            .wait()
            .expect("added");
        assert_eq!((added.variants[4].sku.as_str(), added.options[0].values.len(), added.version), ("CAMISA-LINO-VERDE-M", 3, 2));
        let few = world.db().write("few", move |tx| catalogue::add_variant(tx, &editor(), id, variant("X", &["Verde"]))).wait();
        assert!(matches!(few, Err(EditError::Invalid { field: "option_values", .. })));
        let moved =
            VariantChange { position: Some(5), is_active: Some(false), barcode: Some("73513537".into()), ..VariantChange::default() };
        let moved =
            world.db().write("move", move |tx| catalogue::update_variant(tx, &editor(), first, moved.clone())).wait().expect("moved");
        assert_eq!((moved.variants[4].id, moved.variants[4].position, moved.variants[4].is_active), (first, 5, false));
        let wrong = VariantChange { barcode: Some("73513538".into()), ..VariantChange::default() };
        let wrong = world.db().write("wrong", move |tx| catalogue::update_variant(tx, &editor(), first, wrong.clone())).wait();
        assert!(matches!(wrong, Err(EditError::Barcode(_))));
        let green =
            MediaChange { source: "picture:shirt/verde".into(), position: Some(1), variants: vec![first], ..MediaChange::default() };
        let save = move || {
            let green = green.clone();
            world.db().write("media", move |tx| catalogue::save_media(tx, &editor(), id, green.clone())).wait().expect("saved")
        };
        let saved = save();
        assert_eq!(saved.media[0].source, "picture:shirt/verde");
        assert_eq!(save(), saved);
        let green = saved.media[0].id;
        let removed = world.db().write("remove", move |tx| catalogue::remove_media(tx, &editor(), id, green)).wait().expect("removed");
        assert_eq!((removed.media.len(), removed.variants[4].media), (2, None));
        let stored = world.db().read(move |tx| catalogue::product(tx, id)).wait().expect("read").expect("found");
        assert_eq!(stored, removed);
    });
}

#[test]
fn a_variant_is_found_by_id_sku_and_scan() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let made = create(world, shirt());
        let ids = [made.variants[3].id, catalogue::VariantId::nil(), made.variants[0].id, made.variants[3].id];
        world
            .db()
            .read(move |tx| {
                let found = catalogue::variants(tx, &ids)?;
                assert_eq!(found.iter().map(|card| card.sku.as_str()).collect::<Vec<_>>(), ["CAM-AZ-M", "CAM-BL-S"]);
                let scanned = catalogue::by_barcode(tx, "8400000008037").expect("scanned");
                assert_eq!(catalogue::by_sku(tx, " CAM-AZ-M ")?.as_ref(), Some(&scanned));
                assert_eq!(scanned, found[0]);
                assert_eq!((scanned.label().as_str(), scanned.is_for_sale()), ("Azul / M", true));
                assert_eq!(scanned.options, [("Color".to_owned(), "Azul".to_owned()), ("Talla".to_owned(), "M".to_owned())]);
                let blue = Picture { source: "picture:shirt/azul".into(), alt: Localised::new("Camisa azul", "Blue shirt") };
                assert_eq!(scanned.picture, Some(blue));
                assert!(matches!(catalogue::by_barcode(tx, "8400000008038"), Err(ScanError::Barcode(_))));
                assert!(matches!(catalogue::by_barcode(tx, "73513537"), Err(ScanError::Unknown(_))));
                Ok::<_, Fault>(())
            })
            .wait()
            .expect("read");
    });
}

#[test]
fn lists_go_page_by_page_without_gap_or_repeat() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        create(world, shirt());
        for n in 0..30 {
            world.clock().advance(Duration::from_secs((n + 1) % 3));
            create(world, plain(&format!("Gorra {n:02}"), "Gorras"));
        }
        let mut draft = plain("Árbol", "Otros");
        draft.status = Status::Draft;
        create(world, draft);
        let walk = |filter: ListFilter, sort: Sort| {
            let (mut titles, mut cursor) = (Vec::new(), None);
            loop {
                let (filter, at) = (filter.clone(), cursor.clone());
                let page = world.db().read(move |tx| catalogue::list(tx, &filter, sort, at.as_deref(), 7)).wait().expect("page");
                titles.extend(page.items.into_iter().map(|card| card.title.es));
                cursor = page.next;
                if cursor.is_none() {
                    return titles;
                }
            }
        };
        let newest = walk(ListFilter::default(), Sort::Newest);
        assert_eq!((newest.len(), newest.last().map(String::as_str)), (31, Some("Camisa de lino")));
        let caps = ListFilter { category: Some("gorras".into()), ..ListFilter::default() };
        let by_title = walk(caps.clone(), Sort::Title);
        assert_eq!(by_title, (0..30).map(|n| format!("Gorra {n:02}")).collect::<Vec<_>>());
        let mut newest_caps = walk(caps, Sort::Newest);
        newest_caps.sort();
        assert_eq!(newest_caps, by_title);
        for sort in [Sort::Newest, Sort::Title] {
            let linen = ListFilter { tag: Some("Material:Lino".into()), ..ListFilter::default() };
            assert_eq!(walk(linen, sort), ["Camisa de lino"]);
        }
        assert_eq!(walk(ListFilter::default(), Sort::Title)[0], "Camisa de lino");
        let kinds = world.db().read(catalogue::categories).wait().expect("read");
        assert_eq!(kinds.iter().map(|c| (c.key.as_str(), c.products)).collect::<Vec<_>>(), [("camisas", 1), ("gorras", 30)]);
    });
}

#[test]
fn staff_find_drafts_by_part_of_a_name_or_sku() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        create(world, shirt());
        let mut draft = plain("Pantalón 100% lino", "Pantalones");
        draft.status = Status::Draft;
        create(world, draft);
        let find = |text: &str, status| {
            let filter = StaffFilter { text: Some(text.into()), status, category: None };
            let found = world.db().read(move |tx| catalogue::staff_list(tx, &Actor::system(), &filter, None, 10)).wait().expect("page");
            found.items.into_iter().map(|card| card.handle).collect::<Vec<_>>()
        };
        assert_eq!(find("PANTALON", None), ["pantalon-100-lino"]);
        assert_eq!(find("0% l", None), ["pantalon-100-lino"]);
        assert_eq!(find("lino  pantalon", None), ["pantalon-100-lino"]);
        assert_eq!(find("pantalon seda", None), Vec::<String>::new());
        assert_eq!(find("az-m", None), ["camisa-lino"]);
        assert_eq!(find("lino", Some(Status::Active)), ["camisa-lino"]);
        assert_eq!(find("%", None), ["pantalon-100-lino"]);
        let denied = world.db().read(|tx| catalogue::staff_list(tx, &Actor::guest(), &StaffFilter::default(), None, 10)).wait();
        assert!(denied.is_err());
    });
}

#[test]
fn eight_writers_lose_no_update() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let id = create(world, plain("Gorra", "Gorras")).id;
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let db = world.db().clone();
                scope.spawn(move || {
                    for n in 0..5 {
                        let tag = format!("{writer}-{n}");
                        let add = move |tx: &mut kernel::Tx<'_>| {
                            let mut tags = catalogue::product(tx, id)?.ok_or(EditError::UnknownProduct)?.tags;
                            tags.push(tag.clone());
                            catalogue::update_product(tx, &editor(), id, ProductChange { tags: Some(tags), ..ProductChange::default() })
                        };
                        while db.write("tag", add.clone()).wait().is_err() {}
                    }
                });
            }
        });
        let after = world.db().read(move |tx| catalogue::product(tx, id)).wait().expect("read").expect("found");
        assert_eq!((after.tags.len(), after.version), (40, 41));
    });
}

#[test]
fn a_product_is_found_by_what_customers_call_it_while_it_is_on_sale() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let shirt = create(world, shirt()).id;
        for number in 0..120 {
            let new = NewProduct { handle: Some(format!("camisa-{number}")), status: Status::Active, ..plain("Camisa básica", "Camisas") };
            create(world, new);
        }
        let named = |heard: &str| {
            let heard = catalogue::names_in(heard);
            world.db().read(move |tx| catalogue::product_named(tx, &heard, |heard, own| heard.starts_with(own))).wait().expect("read")
        };
        assert_eq!(named("¿Os queda la camisa de LINO en azul?"), Some(shirt), "a word that all share only tells apart");
        assert_eq!(named("is the linen one there"), Some(shirt));
        assert_eq!(named("una ola"), None);
        let off = ProductChange { status: Some(Status::Archived), ..ProductChange::default() };
        world.db().write("off", move |tx| catalogue::update_product(tx, &editor(), shirt, off.clone())).wait().expect("archived");
        assert_eq!(named("el lino"), None);
    });
}

#[test]
fn categories_count_what_is_on_sale() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let counted = || {
            let found = world.db().read(catalogue::categories).wait().expect("read");
            found.into_iter().map(|category| (category.key, category.name, category.products)).collect::<Vec<_>>()
        };
        let row = |key: &str, name: &str, n: i64| (key.to_owned(), name.to_owned(), n);
        let cap = create(world, plain("Gorra", "Gorras")).id;
        create(world, plain("Boina", "Gorras"));
        create(world, plain("Camisa", "Camisas"));
        create(world, NewProduct { status: Status::Draft, ..plain("Falda", "Faldas") });
        assert_eq!(counted(), [row("camisas", "Camisas", 1), row("gorras", "Gorras", 2)]);
        let change = move |change: ProductChange| {
            world.db().write("changed", move |tx| catalogue::update_product(tx, &editor(), cap, change.clone())).wait().expect("changed")
        };
        change(ProductChange { category: Some("Faldas".into()), ..ProductChange::default() });
        assert_eq!(counted(), [row("camisas", "Camisas", 1), row("faldas", "Faldas", 1), row("gorras", "Gorras", 1)]);
        change(ProductChange { status: Some(Status::Archived), ..ProductChange::default() });
        change(ProductChange { category: Some("Camisas".into()), ..ProductChange::default() });
        assert_eq!(counted(), [row("camisas", "Camisas", 1), row("gorras", "Gorras", 1)]);
        change(ProductChange { status: Some(Status::Active), ..ProductChange::default() });
        assert_eq!(counted(), [row("camisas", "Camisas", 2), row("gorras", "Gorras", 1)]);
    });
}

#[test]
fn a_walk_through_all_products_can_be_done_in_parts() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        assert_eq!(world.db().read(|tx| catalogue::product_steps(tx, 2, 9)).wait().expect("read"), []);
        let mut made: Vec<_> = (0..5).map(|n| create(world, plain(&format!("Gorra {n}"), "Gorras")).id).collect();
        made.sort_unstable();
        assert_eq!(world.db().read(|tx| catalogue::product_steps(tx, 2, 9)).wait().expect("read"), [made[1], made[3]]);
        assert_eq!(world.db().read(|tx| catalogue::product_steps(tx, 2, 1)).wait().expect("read"), [made[1]]);
        assert_eq!(world.db().read(|tx| catalogue::product_steps(tx, 5, 9)).wait().expect("read"), [], "nothing follows");
    });
}
