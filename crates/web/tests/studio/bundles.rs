//! What a bundle is made of, in the studio.

use crate::brand::{Studio, studio, write};
use axum::http::StatusCode;
use catalogue::{Localised, NewProduct, NewVariant, VariantId};
use inventory::Receive;
use kernel::{Actor, Quantity};

/// A box; the shirt's S lies in Madrid five times, its M in Vigo once.
fn a_box(studio: &Studio<'_>) -> (String, VariantId) {
    let sizes = [studio.shirt.variants[0].id, studio.shirt.variants[1].id];
    for (key, variant, location, quantity) in [("s", sizes[0], studio.madrid, 5), ("m", sizes[1], studio.madrid, 1)] {
        write(studio.world, move |tx| {
            inventory::receive(tx, &Actor::system(), Receive { key: key.into(), variant, location, quantity: Quantity(quantity) }).unwrap();
        });
    }
    let made = write(studio.world, |tx| {
        let mut new = NewProduct::titled(Localised::new("Caja", "Box"));
        new.variants = vec![NewVariant { sku: "BOX".into(), ..NewVariant::default() }];
        catalogue::create_product(tx, &Actor::system(), new).unwrap()
    });
    (format!("/studio/products/{}/parts/{}", made.id, made.variants[0].id), made.variants[0].id)
}

fn parts(studio: &Studio<'_>, variant: VariantId) -> Vec<(VariantId, i64)> {
    let known = studio.read(move |tx| catalogue::kinds_among(tx, &[variant]).unwrap());
    known.bundles.get(&variant).into_iter().flatten().map(|part| (part.variant, part.quantity)).collect()
}

#[test]
fn a_bundle_is_put_together_and_taken_apart() {
    studio(|studio| {
        let (path, made) = a_box(studio);
        let [small, medium] = [0, 1].map(|at| studio.shirt.variants[at].clone());
        let page = studio.get(&path);
        assert!(page.has("Parts of Box") && page.has("id=\"sku-2\"") && !page.has("can be sold now"), "{}", page.html);
        let both = [("sku-0", small.sku.as_str()), ("count-0", "2"), ("sku-2", medium.sku.as_str()), ("count-2", "1")];
        let page = studio.done(&path, &both);
        assert!(
            page.has("1 can be sold now") && page.has("left for 2 bundles") && page.has("<strong>left for 1 bundle</strong>"),
            "{}",
            page.html
        );
        assert_eq!(parts(studio, made), [(small.id, 2), (medium.id, 1)]);
        let product = path.split("/parts/").next().unwrap();
        assert!(studio.get(product).has("Parts (2)"));
        // Rows without a code are no parts; of none it is a thing of its own again.
        assert!(!studio.done(&path, &[("sku-0", ""), ("count-0", "2")]).has("can be sold now"));
        assert_eq!(parts(studio, made), []);
    });
}

#[test]
fn what_is_wrong_stands_beside_its_row_and_changes_nothing() {
    studio(|studio| {
        let (path, made) = a_box(studio);
        let small = studio.shirt.variants[0].sku.clone();
        let refused = |fields: &[(&str, &str)], says: &str, words: &str| {
            let answer = studio.post(&path, fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(
                answer.has(&format!("id=\"{says}-says\"><p class=\"error\">"))
                    || answer.has(&format!("<p class=\"error\" id=\"{says}-says\">")),
                "{fields:?}: {}",
                answer.html
            );
            assert!(answer.has(words) && answer.has("error-summary"), "{fields:?}: {}", answer.html);
        };
        refused(&[("sku-0", &small), ("sku-1", "NOPE"), ("count-0", "1"), ("count-1", "1")], "sku-1", "has that SKU");
        refused(&[("sku-0", &small), ("count-0", "100")], "count-0", "1 to 99 units.");
        refused(&[("sku-0", &small), ("count-0", "two")], "count-0", "");
        refused(&[("sku-0", &small), ("count-0", "1"), ("sku-1", &small), ("count-1", "1")], "sku-1", "It stands there twice");
        refused(&[("sku-0", "BOX"), ("count-0", "1")], "sku-0", "A bundle is not made of itself");
        let shirt = format!("/studio/products/{}/parts/{}", studio.shirt.id, studio.shirt.variants[0].id);
        let answer = studio.post(&shirt, &[("sku-0", "BOX"), ("count-0", "1")]);
        assert!(answer.has("has stock of its own in Madrid"), "{}", answer.html);
        assert_eq!(studio.agent_posts(&path, &[("sku-0", &small), ("count-0", "1")]).status, StatusCode::FORBIDDEN);
        assert_eq!(parts(studio, made), []);
        assert_eq!(studio.get("/studio/products/nope/parts/nope").status, StatusCode::NOT_FOUND);
    });
}
