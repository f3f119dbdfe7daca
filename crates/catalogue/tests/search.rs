//! Finding products, and keeping the index as the tables are.

mod common;

use catalogue::search::{Facet, FacetValue, Found, Order, Query, SearchIndex, rebuild, refresh, search};
use catalogue::search_words::{
    Direction, SynonymError, Synonyms, popular, remove_synonyms, save_searches, save_synonyms, searches, without_result,
};
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

fn group(world: &World, words: &[&str], direction: Direction) -> Result<Synonyms, SynonymError> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    world
        .db()
        .write("group", move |tx| {
            let id = tx.new_id();
            save_synonyms(tx, &editor(), id, &words, direction)
        })
        .wait()
}

#[test]
fn words_that_mean_the_same_find_each_other() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let shop = shop(world);
        let es = |text: &str| shop.find(text, Locale::Es).0.into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert!(es("deportivas").is_empty());
        let both = group(world, &["deportivas", "Zapatillas", "bambas "], Direction::Both).expect("saved");
        assert_eq!(both.words, ["deportivas", "Zapatillas", "bambas"]);
        group(world, &["calzado de calle", "zapatillas"], Direction::FromFirst).expect("saved");
        world.wait_for_log();
        assert_eq!(refresh(&shop.index, world.db()).expect("followed"), 0);
        for typed in ["deportivas", "bamba", "DEPORTIVA de correr", "calzado de calle", "calzado calle correr"] {
            let (handles, found) = shop.find(typed, Locale::Es);
            assert_eq!((handles, found.is_approximate), (vec!["zapatillas-de-correr"], false), "{typed}");
        }
        // The first finds the second, not the other way round; and a word of a phrase alone is not the phrase.
        assert_eq!((es("zapatillas").len(), es("calle")), (1, vec![]));
        // What was typed itself stands before what means the same.
        create(world, titled("Bambas blancas", "White trainers", "Calzado", &[]));
        follow(&shop.index, world);
        let hits = search(&shop.index, &Query::new("bambas", Locale::Es)).expect("found");
        assert_eq!((hits.total, shop.names.contains_key(&hits.hits[0].product)), (2, false));
        world.db().write("removed", move |tx| remove_synonyms(tx, &editor(), both.id)).wait().expect("removed");
        world.wait_for_log();
        refresh(&shop.index, world.db()).expect("followed");
        assert_eq!((es("deportivas"), es("calzado de calle").len()), (vec![], 1));
        assert_eq!(search(&SearchIndex::in_memory().expect("an index"), &Query::new("bambas", Locale::Es)).expect("found").total, 0);
    });
}

#[test]
fn a_group_of_words_that_says_nothing_is_refused() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let long = "a".repeat(61);
        let many: Vec<String> = (0..21).map(|n| format!("palabra{n}")).collect();
        let refused = |words: &[&str]| kernel::Problem::code(&group(world, words, Direction::Both).expect_err("refused"));
        assert_eq!(refused(&["botas", " BOTAS", ""]), "catalogue.synonyms_too_few");
        assert_eq!(refused(&["botas", "de la"]), "catalogue.synonym_meaningless");
        assert_eq!(refused(&["botas", &long]), "catalogue.synonym_too_long");
        assert_eq!(refused(&many.iter().map(String::as_str).collect::<Vec<_>>()), "catalogue.synonyms_too_many");
        let nobody = kernel::Actor::api_key(kernel::ApiKeyId::nil(), vec![kernel::Permission::ViewCatalogue]);
        let denied = world.db().write("denied", move |tx| {
            let id = tx.new_id();
            save_synonyms(tx, &nobody, id, &["botas".into(), "botines".into()], Direction::Both)
        });
        assert_eq!(kernel::Problem::code(&denied.wait().expect_err("denied")), "denied");
        assert_eq!(world.db().read(catalogue::search_words::synonyms).wait().expect("read"), []);
    });
}

#[test]
fn searches_are_counted_and_only_what_many_asked_is_shown_to_others() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let index = SearchIndex::in_memory().expect("an index");
        for (text, found, times) in
            [("Vestido  Lino", 3, 3), ("paraguas", 0, 6), ("ana@example.es", 0, 9), ("600 123 456", 1, 9), ("x", 1, 9)]
        {
            (0..times).for_each(|_| index.note_searched(text, found));
        }
        let save = |index: &SearchIndex| {
            let searched = index.take_searched();
            world.db().write("saved", move |tx| save_searches(tx, &searched)).wait().expect("saved");
        };
        save(&index);
        let report =
            |of: fn(&kernel::ReadTx<'_>, &kernel::Actor, usize) -> Result<Vec<catalogue::search_words::SearchTerm>, SynonymError>| {
                let viewer = kernel::Actor::api_key(kernel::ApiKeyId::nil(), vec![kernel::Permission::ViewCatalogue]);
                let terms = world.db().read(move |tx| of(tx, &viewer, 10)).wait().expect("read");
                terms.into_iter().map(|term| (term.term, term.asked, term.found)).collect::<Vec<_>>()
            };
        assert_eq!(report(searches), [("paraguas".to_owned(), 6, 0), ("vestido lino".to_owned(), 3, 3)]);
        assert_eq!(report(without_result), [("paraguas".to_owned(), 6, 0)]);
        let shown = || world.db().read(|tx| popular(tx, 5)).wait().expect("read");
        assert!(shown().is_empty());
        world.clock().advance(Duration::from_secs(7 * 24 * 3600));
        (0..2).for_each(|_| index.note_searched("vestido lino", 4));
        save(&index);
        assert_eq!(shown(), ["vestido lino"]);
        assert_eq!(report(searches)[1], ("vestido lino".to_owned(), 5, 4));
        save(&index);
        world.clock().advance(Duration::from_secs(14 * 24 * 3600));
        assert!(shown().is_empty() && report(searches).is_empty());
    });
}
