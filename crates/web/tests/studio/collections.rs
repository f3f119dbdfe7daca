//! Collections: the builder, and the page of the shop that comes of it.

use crate::brand::{studio, write};
use axum::http::StatusCode;
use catalogue::{Localised, NewProduct, NewVariant, ProductChange, Status};
use kernel::Actor;

fn linen(n: usize) -> NewProduct {
    let mut new = NewProduct::titled(Localised::new(format!("Blusa {n:02}"), format!("Blouse {n:02}")));
    (new.status, new.tags, new.variants) = (Status::Active, vec!["material:lino".into()], vec![NewVariant::default()]);
    new
}

fn with<'a>(line: &[(&'a str, &'a str)], also: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [line, also].concat()
}

#[test]
fn a_collection_is_built_looked_at_saved_changed_and_deleted() {
    studio(|studio| {
        let shirt = studio.shirt.id.to_string();
        write(studio.world, |tx| catalogue::create_product(tx, &Actor::system(), linen(1)).unwrap());
        assert!(studio.get("/studio/products").has("href=\"/studio/collections\""));
        assert!(studio.get("/studio/collections").has("No collections yet"));
        let new = studio.get("/studio/collections/new");
        assert!(new.has("See who comes in") && new.has("name=\"kind-0\" value=\"tag\""), "{}", new.html);
        let key = new.field("key");
        let line = [("key", key.as_str()), ("order", "title"), ("name_es", "Lino"), ("kind-0", "tag"), ("value-0", "MATERIAL:lino")];
        // Without scripts: a button says who comes in, another offers a product by its name, and nothing is saved.
        let seen = studio.post("/studio/collections/new", &with(&line, &[("do", "look")]));
        assert!(seen.has("1 product<") && seen.has("title=\"Blouse 01\"") && seen.has("value=\"Lino\""), "{}", seen.html);
        let found = studio.post("/studio/collections/new", &with(&line, &[("find", "faena"), ("do", "find")]));
        assert!(found.has(&format!("value=\"pin-{shirt}\"")) && found.has("Put first: Faena Shirt"), "{}", found.html);
        let pinned = studio.post("/studio/collections/new", &with(&line, &[("find", "faena"), ("do", &format!("pin-{shirt}"))]));
        assert!(pinned.has(&format!("name=\"pin\" value=\"{shirt}\"")) && !pinned.has("Put first: Faena Shirt"), "{}", pinned.html);
        let live = studio.post("/studio/collections/preview", &with(&line, &[("pin", shirt.as_str())]));
        assert!(live.has("id=\"inside\"") && live.has("2 products<"), "{}", live.html);
        let more = studio.post("/studio/collections/new", &with(&line, &[("new", "new"), ("do", "add")]));
        assert!(more.has("name=\"kind-1\" value=\"new\"") && more.has("name=\"value-1\" value=\"30\""), "{}", more.html);
        assert!(studio.get("/studio/collections").has("No collections yet"));
        let refused = studio.post("/studio/collections/new", &[("key", "x"), ("order", "title"), ("kind-0", "tag"), ("value-0", " ")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("The value is missing"), "{}", refused.html);
        let saved = studio.done("/studio/collections/new", &with(&line, &[("pin", shirt.as_str()), ("do", "save")]));
        assert!(saved.has("Lino") && saved.has("Tag MATERIAL:lino") && saved.has("/collections/lino"), "{}", saved.html);
        let shop = studio.get("/collections/lino");
        let (first, second) = (shop.html.find("Faena Shirt").unwrap(), shop.html.find("Blouse 01").unwrap());
        assert!(first < second && shop.has("2 products"), "{}", shop.html);
        assert!(studio.get("/sitemap.xml").has("/collections/lino</loc>"));
        let id = studio.read(|tx| catalogue::collections::collection(tx, "lino").unwrap().unwrap().id.to_string());
        let path = format!("/studio/collections/{id}");
        let open = studio.get(&path);
        assert!(open.has("value=\"MATERIAL:lino\"") && open.has(&format!("name=\"pin\" value=\"{shirt}\"")), "{}", open.html);
        let version = open.field("version");
        let change = [("version", version.as_str()), ("order", "newest"), ("name_es", "Lino"), ("name_en", "Linen"), ("slug", "linen")];
        let changed = studio.done(&path, &[&change[..], &[("kind-0", "tag"), ("value-0", "material:lino")]].concat());
        assert!(changed.has("/collections/linen"), "{}", changed.html);
        let stale = studio.post(&path, &[&change[..], &[("kind-0", "tag"), ("value-0", "seda")]].concat());
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.has("Somebody changed it meanwhile"), "{}", stale.html);
        assert_eq!(studio.get("/collections/lino").status, StatusCode::NOT_FOUND);
        let shop = studio.get("/collections/linen");
        assert!(shop.has("Blouse 01") && !shop.has("Faena Shirt") && shop.has("1 product<"), "{}", shop.html);
        assert!(studio.done(&format!("{path}/deletion"), &[]).has("No collections yet"));
        assert_eq!(studio.get("/collections/linen").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_page_of_a_collection_goes_on_and_says_when_it_is_empty() {
    studio(|studio| {
        let made = write(studio.world, |tx| {
            (0..25).map(|n| catalogue::create_product(tx, &Actor::system(), linen(n)).unwrap().id).collect::<Vec<_>>()
        });
        let fields = [
            ("key", "k"),
            ("order", "title"),
            ("name_es", "Lino"),
            ("text_en", "Cool & light"),
            ("kind-0", "tag"),
            ("value-0", "material:lino"),
        ];
        studio.done("/studio/collections/new", &fields);
        let first = studio.get("/collections/lino");
        assert!(
            first.has("25 products") && first.has("Cool &#38; light") && first.has("Blouse 23") && !first.has("Blouse 24"),
            "{}",
            first.html
        );
        let (_, next) = first.html.split_once("href=\"/collections/lino?after=").unwrap();
        let next = studio.get(&format!("/collections/lino?after={}", next.split('"').next().unwrap()));
        assert!(next.has("Blouse 24") && !next.has("Blouse 23") && next.has("From the start"), "{}", next.html);
        assert_eq!(studio.get("/collections/lino?after=nonsense").status, StatusCode::UNPROCESSABLE_ENTITY);
        write(studio.world, move |tx| {
            for id in &made {
                let archived = ProductChange { status: Some(Status::Archived), ..ProductChange::default() };
                catalogue::update_product(tx, &Actor::system(), *id, archived).unwrap();
            }
        });
        let empty = studio.get("/collections/lino");
        assert!(empty.status == StatusCode::OK && empty.has("Nothing here right now") && !empty.has("Blouse"), "{}", empty.html);
    });
}
