//! Finding products, and keeping the index as the tables are.

mod common;

use catalogue::search::{Facet, FacetValue, Found, Order, Query, SearchIndex, rebuild, refresh, search};
use catalogue::{Localised, NewProduct, ProductChange, ProductId, Status, VariantChange};
use common::{create, editor, plain, shirt, variant};
use kernel::Locale;
use kernel::testing::{World, on_both};
use std::collections::HashMap;
use std::time::Duration;

fn titled(es: &str, en: &str, category: &str, tags: &[&str]) -> NewProduct {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    NewProduct { title: Localised::new(es, en), tags, ..plain(es, category) }
}

fn follow(index: &SearchIndex, world: &World) {
    world.wait_for_log();
    assert_eq!(refresh(index, world.db()).expect("followed"), 1);
}

struct Shop {
    index: SearchIndex,
    names: HashMap<ProductId, String>,
}

/// Six products, indexed.
fn shop(world: &World) -> Shop {
    let mut dress = titled("Vestido midi estampado", "Printed midi dress", "Vestidos", &["material:viscosa"]);
    dress.options = vec!["Color".into(), "Talla".into()];
    dress.variants = vec![variant("VES-AZ-XL", &["azul", "XL"]), variant("VES-AZ-S", &["azul", "S"]), variant("VES-RO-M", &["Rojo", "M"])];
    let made = [
        shirt(),
        dress,
        titled("Pantalón chino", "Chino trousers", "Pantalones", &["material:Algodón"]),
        titled("Pantalones anchos de lino", "Wide linen trousers", "Pantalones", &["material:lino"]),
        titled("Gorra", "Cap", "Accesorios", &[]),
        titled("Zapatillas de correr", "Running shoes", "Calzado", &[]),
    ];
    let names = made.map(|new| {
        world.clock().advance(Duration::from_secs(60));
        let product = create(world, new);
        (product.id, product.handle)
    });
    let index = SearchIndex::in_memory().expect("an index");
    world.wait_for_log();
    assert_eq!(refresh(&index, world.db()).expect("built"), 6);
    Shop { index, names: names.into() }
}

impl Shop {
    fn find(&self, text: &str, locale: Locale) -> (Vec<&str>, Found) {
        self.ask(&Query::new(text, locale))
    }
    fn ask(&self, query: &Query) -> (Vec<&str>, Found) {
        let found = search(&self.index, query).expect("found");
        (found.hits.iter().map(|hit| self.names[&hit.product].as_str()).collect(), found)
    }
}

#[test]
fn forms_accents_languages_and_codes_are_found() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let shop = shop(world);
        let es = |text: &str| shop.find(text, Locale::Es).0.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let mut trousers = es("pantalon");
        trousers.sort();
        assert_eq!(trousers, ["pantalon-chino", "pantalones-anchos-de-lino"]);
        assert_eq!(es("PANTALÓN chinos"), ["pantalon-chino"]);
        assert_eq!(es("camisas de lino"), ["camisa-lino"]);
        assert_eq!(es("vestidos estampados"), ["vestido-midi-estampado"]);
        assert_eq!(shop.find("dresses", Locale::En).0, ["vestido-midi-estampado"]);
        assert_eq!(shop.find("runs", Locale::En).0, ["zapatillas-de-correr"]);
        assert_eq!(es("rojo"), ["vestido-midi-estampado"]);
        assert_eq!(es("ligera"), ["camisa-lino"]);
        assert_eq!(es("ves-az-xl")[0], "vestido-midi-estampado");
        assert_eq!(es("8400000008037"), ["camisa-lino"]);
        assert_eq!(es("paraguas"), Vec::<String>::new());
    });
}

#[test]
fn typing_errors_and_unfinished_words_are_understood() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let shop = shop(world);
        for (typed, handle) in [("vestdio", "vestido-midi-estampado"), ("zapatilas corer", "zapatillas-de-correr"), ("gora", "gorra")] {
            let (handles, found) = shop.find(typed, Locale::Es);
            assert_eq!((handles[0], found.is_approximate), (handle, true), "{typed}");
        }
        for typed in ["zap", "zapat", "zapatillas de cor"] {
            let (handles, found) = shop.find(typed, Locale::Es);
            assert_eq!((handles, found.is_approximate), (vec!["zapatillas-de-correr"], false), "{typed}");
        }
        let (handles, found) = shop.find("gorra impermeable", Locale::Es);
        assert_eq!((handles, found.is_approximate), (vec!["gorra"], true));
    });
}

#[test]
fn facets_count_and_narrow() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let shop = shop(world);
        let (handles, all) = shop.find("", Locale::Es);
        assert_eq!((handles.len(), all.total, handles[0]), (6, 6, "zapatillas-de-correr"));
        let count = |found: &Found, facet: Facet| {
            let of = found.facets.iter().find(|counts| counts.facet == facet);
            of.map(|of| of.values.iter().map(|v| (v.key.clone(), v.count)).collect::<Vec<_>>()).unwrap_or_default()
        };
        let pairs = |of: &[(&str, u64)]| of.iter().map(|(key, n)| ((*key).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(count(&all, Facet::Material), pairs(&[("lino", 2), ("algodon", 1), ("viscosa", 1)]));
        assert_eq!(count(&all, Facet::Colour), pairs(&[("azul", 2), ("blanco", 1), ("rojo", 1)]));
        assert_eq!(count(&all, Facet::Size), pairs(&[("s", 2), ("m", 2), ("xl", 1)]));
        let mut narrow = Query::new("", Locale::Es);
        narrow.filters = vec![(Facet::Colour, "azul".into()), (Facet::Colour, "blanco".into()), (Facet::Material, "lino".into())];
        let (handles, found) = shop.ask(&narrow);
        assert_eq!((handles, found.total), (vec!["camisa-lino"], 1));
        assert_eq!(count(&found, Facet::Colour), pairs(&[("azul", 1), ("blanco", 1)]));
        assert_eq!(count(&found, Facet::Material), pairs(&[("lino", 1), ("viscosa", 1)]));
        let blue = FacetValue { key: "azul".into(), label: "Azul".into(), count: 1, is_chosen: true };
        assert_eq!(found.facets.iter().find(|of| of.facet == Facet::Colour).map(|of| &of.values[0]), Some(&blue));
        let page = Query { offset: 4, limit: 3, with_facets: false, order: Order::Newest, ..Query::new("", Locale::Es) };
        let (handles, found) = shop.ask(&page);
        assert_eq!((handles, found.total, found.facets.len()), (vec!["vestido-midi-estampado", "camisa-lino"], 6, 0));
    });
}

#[test]
fn the_index_follows_the_log() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let shop = shop(world);
        let id_of = |handle: &str| *shop.names.iter().find(|(_, name)| *name == handle).expect("known").0;
        let cap = id_of("gorra");
        let update = move |change: ProductChange| {
            world.db().write("update", move |tx| catalogue::update_product(tx, &editor(), cap, change.clone())).wait().expect("changed")
        };
        update(ProductChange { title: Some(Localised::new("Boina", "Beret")), ..ProductChange::default() });
        follow(&shop.index, world);
        assert_eq!((shop.find("boina", Locale::Es).0, shop.find("cap", Locale::En).0), (vec!["gorra"], vec![]));
        update(ProductChange { status: Some(Status::Archived), ..ProductChange::default() });
        follow(&shop.index, world);
        assert_eq!((shop.find("boina", Locale::Es).1.total, shop.index.len()), (0, 5));
        let dress = id_of("vestido-midi-estampado");
        let red = world.db().read(move |tx| catalogue::product(tx, dress)).wait().expect("read").expect("found").variants[2].id;
        let off = VariantChange { is_active: Some(false), ..VariantChange::default() };
        world.db().write("off", move |tx| catalogue::update_variant(tx, &editor(), red, off.clone())).wait().expect("changed");
        follow(&shop.index, world);
        assert_eq!(shop.find("rojo", Locale::Es).1.total, 0);
        assert_eq!(rebuild(&shop.index, world.db()).expect("rebuilt"), 6);
        assert_eq!(shop.find("", Locale::Es).1.total, 5);
    });
}

#[test]
fn an_index_in_a_folder_goes_on_where_it_was() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let folder = tempfile::tempdir().expect("a folder");
        create(world, shirt());
        world.wait_for_log();
        let first = SearchIndex::at(folder.path()).expect("an index");
        assert_eq!((refresh(&first, world.db()).expect("built"), first.len()), (1, 1));
        drop(first);
        create(world, plain("Gorra", "Gorras"));
        let again = SearchIndex::at(folder.path()).expect("the same index");
        assert_eq!(again.len(), 1);
        follow(&again, world);
        assert_eq!(again.len(), 2);
        assert_eq!(search(&again, &Query::new("camisa", Locale::Es)).expect("found").total, 1);
    });
}

#[test]
fn an_index_of_another_database_is_built_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    kernel::testing::on_sqlite(&[catalogue::MIGRATIONS], |world| {
        create(world, shirt());
        create(world, plain("Gorra", "Gorras"));
        let index = SearchIndex::at(folder.path()).expect("an index");
        assert_eq!(refresh(&index, world.db()).expect("built"), 2);
    });
    kernel::testing::on_sqlite(&[catalogue::MIGRATIONS], |world| {
        create(world, plain("Bolso", "Bolsos"));
        let index = SearchIndex::at(folder.path()).expect("the old index");
        assert_eq!((index.len(), refresh(&index, world.db()).expect("built"), index.len()), (2, 1, 1));
        assert_eq!(search(&index, &Query::new("gorra", Locale::Es)).expect("found").total, 0);
    });
}
