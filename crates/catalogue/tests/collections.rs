//! Shelves that fill themselves.

mod common;

use catalogue::collections::{
    Collection, CollectionChange, CollectionError, CollectionId, CollectionOrder, CollectionState, Condition, CreateCollection, Rule, STEP,
    change_collection, collection, create_collection, delete_collection, members, pin, pinned, preview, size,
};
use catalogue::{Localised, NewProduct, Product, ProductChange, ProductId, Status};
use common::{create, editor, plain, shirt};
use kernel::testing::{World, on_both};
use kernel::{Actor, Problem};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn tag(tag: &str) -> Condition {
    Condition::Tag { tag: tag.into() }
}

fn category(key: &str) -> Condition {
    Condition::Category { key: key.into() }
}

fn rule(order: CollectionOrder, conditions: &[Condition]) -> Rule {
    Rule { conditions: conditions.to_vec(), order }
}

fn new(name: &str, rule: Rule) -> CreateCollection {
    CreateCollection { key: name.into(), slug: String::new(), name: Localised::new(name, ""), text: Localised::default(), rule }
}

fn make(world: &World, cmd: CreateCollection) -> Result<Collection, CollectionError> {
    world.db().write("make", move |tx| create_collection(tx, &editor(), cmd.clone())).wait()
}

fn alter(world: &World, id: CollectionId, change: CollectionChange) -> Result<Collection, CollectionError> {
    world.db().write("alter", move |tx| change_collection(tx, &editor(), id, change.clone())).wait()
}

fn put_first(world: &World, id: CollectionId, products: &[ProductId]) -> Result<Collection, CollectionError> {
    let products = products.to_vec();
    world.db().write("pin", move |tx| pin(tx, &editor(), id, &products, None)).wait()
}

fn change(world: &World, id: ProductId, change: ProductChange) -> Product {
    world.db().write("change", move |tx| catalogue::update_product(tx, &editor(), id, change.clone())).wait().expect("changed")
}

/// The names on a shelf, read two at a time.
fn shown(world: &World, slug: &str) -> Vec<String> {
    let slug = slug.to_owned();
    let read = world.db().read(move |tx| {
        let found = collection(tx, &slug)?.ok_or(CollectionError::Unknown)?;
        let (mut names, mut after) = (Vec::new(), None);
        loop {
            let page = members(tx, &found, after.as_deref(), 2)?;
            names.extend(page.items.into_iter().map(|card| card.title.es));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(size(tx, &found)?, names.len() as i64);
        Ok::<_, CollectionError>(names)
    });
    read.wait().expect("read")
}

/// A day apart: Camisa de lino (linen), Blusa (linen, of Otra), Falda (linen, `Faldas`), Abrigo (a draft of linen).
fn four(world: &World) -> [ProductId; 4] {
    let linen = |title: &str, of: &str, vendor: &str, status| {
        world.clock().advance(DAY);
        let made = NewProduct { tags: vec!["Material:Lino".into()], vendor: vendor.into(), status, ..plain(title, of) };
        create(world, made).id
    };
    let shirt = create(world, shirt()).id;
    [
        shirt,
        linen("Blusa", "Camisas", "Otra", Status::Active),
        linen("Falda", "Faldas", "Hilo", Status::Active),
        linen("Abrigo", "Abrigos", "Hilo", Status::Draft),
    ]
}

#[test]
fn exactly_those_whom_all_conditions_let_in_stand_on_it_in_its_order() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        four(world);
        let linen = make(world, new("Lino", rule(CollectionOrder::Newest, &[tag("material:lino")]))).expect("made");
        assert_eq!((linen.slug.as_str(), linen.state, linen.version), ("lino", CollectionState::Ready, 1));
        assert_eq!(shown(world, "lino"), ["Falda", "Blusa", "Camisa de lino"]);
        make(world, new("Por título", rule(CollectionOrder::Title, &[tag("MATERIAL:LINO")]))).expect("made");
        assert_eq!(shown(world, "por-titulo"), ["Blusa", "Camisa de lino", "Falda"]);
        let both = [tag("material:lino"), category("Camisas"), Condition::Vendor { name: "hilo".into() }];
        make(world, new("Nuestras", rule(CollectionOrder::Hand, &both))).expect("made");
        assert_eq!(shown(world, "nuestras"), ["Camisa de lino"]);
        make(world, new("Nadie", rule(CollectionOrder::Hand, &[]))).expect("made");
        assert!(shown(world, "nadie").is_empty());
        // The same intent again is the same collection; its events are one each.
        assert_eq!(make(world, new("Lino", rule(CollectionOrder::Newest, &[]))).expect("known"), linen);
        assert_eq!(world.log().iter().filter(|event| event.kind == "collection.saved").count(), 4);
    });
}

#[test]
fn a_change_of_a_product_moves_it_in_the_same_save() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let [shirt, blouse, _, coat] = four(world);
        make(world, new("Lino", rule(CollectionOrder::Title, &[tag("material:lino")]))).expect("made");
        make(world, new("Camisas", rule(CollectionOrder::Title, &[category("camisas")]))).expect("made");
        let only = ProductChange::default;
        change(world, coat, ProductChange { status: Some(Status::Active), ..only() });
        assert_eq!(shown(world, "lino"), ["Abrigo", "Blusa", "Camisa de lino", "Falda"]);
        change(world, coat, ProductChange { title: Some(Localised::new("Zamarra", "")), category: Some("Camisas".into()), ..only() });
        assert_eq!(shown(world, "lino"), ["Blusa", "Camisa de lino", "Falda", "Zamarra"]);
        assert_eq!(shown(world, "camisas"), ["Blusa", "Camisa de lino", "Zamarra"]);
        change(world, blouse, ProductChange { tags: Some(vec!["material:seda".into()]), ..only() });
        change(world, shirt, ProductChange { status: Some(Status::Archived), ..only() });
        assert_eq!((shown(world, "lino"), shown(world, "camisas")), (texts(&["Falda", "Zamarra"]), texts(&["Blusa", "Zamarra"])));
        create(world, NewProduct { tags: vec!["Material:LINO".into()], ..plain("Mantel", "Mesa") });
        assert_eq!(shown(world, "lino"), ["Falda", "Mantel", "Zamarra"]);
        // A save that fails moves nothing.
        let taken = ProductChange { tags: Some(Vec::new()), handle: Some("blusa".into()), ..only() };
        let refused = world.db().write("taken", move |tx| catalogue::update_product(tx, &editor(), coat, taken.clone())).wait();
        assert_eq!(refused.expect_err("taken").code(), "catalogue.handle_taken");
        assert_eq!(shown(world, "lino"), ["Falda", "Mantel", "Zamarra"]);
    });
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn what_is_no_longer_new_leaves_by_itself() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let [shirt, ..] = four(world);
        // Made three days ago, two, one, and today as a draft.
        let newest = make(world, new("Novedades", rule(CollectionOrder::Title, &[Condition::New { days: 3 }]))).expect("made");
        assert_eq!(shown(world, "novedades"), ["Blusa", "Falda"]);
        world.clock().advance(DAY);
        assert_eq!(shown(world, "novedades"), ["Falda"]);
        create(world, plain("Gorra", "Gorras"));
        assert_eq!(shown(world, "novedades"), ["Falda", "Gorra"]);
        put_first(world, newest.id, &[shirt]).expect("pinned");
        assert_eq!(shown(world, "novedades"), ["Camisa de lino", "Falda", "Gorra"]);
        world.clock().advance(2 * DAY);
        assert_eq!(shown(world, "novedades"), ["Camisa de lino", "Gorra"]);
    });
}

#[test]
fn what_is_put_first_stands_first_while_it_is_on_sale() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let [shirt, blouse, skirt, coat] = four(world);
        let made = make(world, new("Camisas", rule(CollectionOrder::Newest, &[category("camisas")]))).expect("made");
        let put = put_first(world, made.id, &[coat, skirt, shirt]).expect("pinned");
        assert_eq!((put.version, shown(world, "camisas")), (2, texts(&["Falda", "Camisa de lino", "Blusa"])));
        assert_eq!(put_first(world, made.id, &[coat, skirt, shirt]).expect("the same").version, 2);
        change(world, coat, ProductChange { status: Some(Status::Active), ..ProductChange::default() });
        assert_eq!(shown(world, "camisas"), ["Abrigo", "Falda", "Camisa de lino", "Blusa"]);
        let again = put_first(world, made.id, &[blouse, blouse]).expect_err("twice");
        assert_eq!(again.code(), "catalogue.collection_bad_pinned");
        let unknown = put_first(world, made.id, &[ProductId::nil()]).expect_err("unknown");
        assert_eq!(unknown.code(), "catalogue.collection_bad_pinned");
        let many = put_first(world, made.id, &[blouse; 51]).expect_err("many");
        assert_eq!(many.code(), "catalogue.collection_too_many_pinned");
        let first = world.db().read(move |tx| pinned(tx, made.id)).wait().expect("read");
        assert_eq!(first.into_iter().map(|card| card.id).collect::<Vec<_>>(), [coat, skirt, shirt]);
        // Another rule keeps them first; taken away, what the rule does not let in is gone.
        let seda = CollectionChange { rule: Some(rule(CollectionOrder::Title, &[category("camisas")])), ..CollectionChange::default() };
        alter(world, made.id, seda).expect("changed");
        assert_eq!(shown(world, "camisas"), ["Abrigo", "Falda", "Camisa de lino", "Blusa"]);
        put_first(world, made.id, &[shirt]).expect("pinned");
        assert_eq!(shown(world, "camisas"), ["Camisa de lino", "Blusa"]);
    });
}

#[test]
fn another_rule_goes_through_the_products_in_steps() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let many = STEP + 30;
        let names: Vec<String> = (0..many).map(|n| format!("Gorra {n:03}")).collect();
        let made = names.clone();
        let ids = world.db().write("many", move |tx| {
            let one = |name: &String| NewProduct { tags: vec!["verano".into()], ..plain(name, "Gorras") };
            made.iter()
                .map(|name| Ok(catalogue::create_product(tx, &editor(), one(name))?.id))
                .collect::<Result<Vec<_>, catalogue::EditError>>()
        });
        let mut ids = ids.wait().expect("made");
        ids.sort();
        let made = make(world, new("Gorras", rule(CollectionOrder::Title, &[category("gorras")]))).expect("made");
        assert_eq!((made.state, shown(world, "gorras").len()), (CollectionState::Building, STEP));
        // A product that was not reached yet is moved by its own save, and not brought back by the next step.
        let last = ids[many - 1];
        let gone = change(world, last, ProductChange { category: Some("Otras".into()), ..ProductChange::default() }).title.es;
        world.run_timers(catalogue::TIMERS);
        let left: Vec<_> = names.iter().filter(|name| **name != gone).cloned().collect();
        assert_eq!(shown(world, "gorras"), left);
        let other = CollectionChange { rule: Some(rule(CollectionOrder::Title, &[category("otras")])), ..CollectionChange::default() };
        assert_eq!(alter(world, made.id, other).expect("changed").state, CollectionState::Building);
        assert_eq!(shown(world, "gorras").len(), 29);
        world.run_timers(catalogue::TIMERS);
        assert_eq!(shown(world, "gorras"), [gone]);
        let now = world.db().read(|tx| collection(tx, "gorras")).wait().expect("read").expect("found");
        assert_eq!((now.state, now.version), (CollectionState::Ready, 2));
        world.db().write("gone", move |tx| delete_collection(tx, &editor(), made.id)).wait().expect("deleted");
        world.run_timers(catalogue::TIMERS);
        assert_eq!(world.db().read(|tx| collection(tx, "gorras")).wait().expect("read"), None);
        let again = world.db().write("gone", move |tx| delete_collection(tx, &editor(), made.id)).wait().expect_err("gone");
        assert_eq!(again.code(), "catalogue.unknown_collection");
    });
}

#[test]
fn a_refusal_changes_nothing() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        four(world);
        let made = make(world, new("Lino", rule(CollectionOrder::Title, &[tag("material:lino")]))).expect("made");
        make(world, new("Camisas", rule(CollectionOrder::Title, &[category("camisas")]))).expect("made");
        let code = |refused: Result<Collection, CollectionError>| refused.expect_err("refused").code();
        let nothing = rule(CollectionOrder::Title, &[]);
        let slug = CreateCollection { slug: "Líno".into(), ..new("Otra", nothing.clone()) };
        assert_eq!(code(make(world, slug)), "catalogue.collection_slug_taken");
        assert_eq!(code(make(world, new(" ", nothing.clone()))), "catalogue.collection_no_name");
        assert_eq!(code(make(world, new("—", nothing.clone()))), "catalogue.collection_bad_slug");
        assert_eq!(code(make(world, new(&"a".repeat(121), nothing.clone()))), "catalogue.collection_too_long");
        assert_eq!(code(make(world, new("Otra", rule(CollectionOrder::Title, &[tag(" ")])))), "catalogue.collection_bad_condition");
        let eleven: Vec<_> = (0..11).map(|n| tag(&format!("t{n}"))).collect();
        assert_eq!(code(make(world, new("Otra", rule(CollectionOrder::Title, &eleven)))), "catalogue.collection_too_many_conditions");
        let rename = CollectionChange { slug: Some("camisas".into()), rule: Some(nothing.clone()), ..CollectionChange::default() };
        assert_eq!(code(alter(world, made.id, rename)), "catalogue.collection_slug_taken");
        let stale = CollectionChange { rule: Some(nothing.clone()), if_version: Some(7), ..CollectionChange::default() };
        assert_eq!(code(alter(world, made.id, stale)), "catalogue.collection_changed");
        assert_eq!(code(alter(world, CollectionId::nil(), CollectionChange::default())), "catalogue.unknown_collection");
        let id = made.id;
        let guest = world.db().write("guest", move |tx| delete_collection(tx, &Actor::guest(), id)).wait().expect_err("denied");
        assert_eq!(guest.code(), "denied");
        let known = made.clone();
        let cursor = world.db().read(move |tx| members(tx, &known, Some("x.y"), 2)).wait().expect_err("no place");
        assert_eq!(cursor.code(), "catalogue.bad_cursor");
        let now = world.db().read(|tx| collection(tx, "lino")).wait().expect("read");
        assert_eq!((now, shown(world, "lino")), (Some(made), texts(&["Blusa", "Camisa de lino", "Falda"])));
        assert_eq!(world.log().iter().filter(|event| event.kind.starts_with("collection.")).count(), 2);
    });
}

#[test]
fn a_rule_is_tried_before_it_is_saved() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let [_, _, skirt, coat] = four(world);
        let seen = |actor: Actor, conditions: Vec<Condition>, first: Vec<ProductId>| {
            let rule = rule(CollectionOrder::Newest, &conditions);
            world.db().read(move |tx| preview(tx, &actor, &rule, &first)).wait()
        };
        let names = |found: catalogue::collections::Preview| {
            (found.count, found.is_all, found.first.into_iter().map(|card| card.title.es).collect::<Vec<_>>())
        };
        let linen = seen(editor(), vec![tag("material:lino"), category("camisas")], vec![skirt, coat]).expect("seen");
        assert_eq!(names(linen), (3, true, texts(&["Falda", "Blusa", "Camisa de lino"])));
        let ours = seen(editor(), vec![Condition::Vendor { name: "Hilo".into() }], vec![]).expect("seen");
        assert_eq!(names(ours), (2, true, texts(&["Falda", "Camisa de lino"])));
        let new = seen(editor(), vec![Condition::New { days: 2 }], vec![]).expect("seen");
        assert_eq!(names(new), (1, true, texts(&["Falda"])));
        assert_eq!(names(seen(editor(), vec![], vec![]).expect("seen")), (0, true, vec![]));
        assert_eq!(seen(Actor::guest(), vec![], vec![]).expect_err("denied").code(), "denied");
        assert!(world.log().iter().all(|event| !event.kind.starts_with("collection.")));
    });
}
