//! Builders shared by the tests.
#![allow(dead_code)]

use catalogue::{Localised, NewMedia, NewProduct, NewVariant, Product, Status};
use kernel::testing::World;
use kernel::{Actor, ApiKeyId, Permission};

pub fn editor() -> Actor {
    Actor::api_key(ApiKeyId::nil(), vec![Permission::EditCatalogue])
}

pub fn variant(sku: &str, values: &[&str]) -> NewVariant {
    NewVariant {
        sku: sku.into(),
        option_values: values.iter().map(|v| (*v).to_owned()).collect(),
        weight_grams: 200,
        ..NewVariant::default()
    }
}

/// An active shirt in two colours and two sizes, made of linen.
pub fn shirt() -> NewProduct {
    let blue = |sku, size| NewVariant { picture: Some("picture:shirt/azul".into()), ..variant(sku, &["Azul", size]) };
    NewProduct {
        handle: Some("camisa-lino".into()),
        status: Status::Active,
        description_html: Localised::new("<p>Fresca y ligera.</p>", "<p>Cool and light.</p>"),
        vendor: "Hilo".into(),
        category: "Camisas".into(),
        tags: vec!["material:lino".into(), "Verano".into()],
        options: vec!["Color".into(), "Talla".into()],
        variants: vec![
            variant("CAM-BL-S", &["Blanco", "S"]),
            variant("CAM-BL-M", &["Blanco", "M"]),
            blue("CAM-AZ-S", "S"),
            NewVariant { barcode: Some("8400000008037".into()), ..blue("CAM-AZ-M", "M") },
        ],
        media: vec![
            NewMedia { source: "picture:shirt/blanco".into(), alt: Localised::new("Camisa blanca", "White shirt") },
            NewMedia { source: "picture:shirt/azul".into(), alt: Localised::new("Camisa azul", "Blue shirt") },
        ],
        ..NewProduct::titled(Localised::new("Camisa de lino", "Linen shirt"))
    }
}

pub fn plain(title: &str, category: &str) -> NewProduct {
    NewProduct {
        status: Status::Active,
        category: category.into(),
        variants: vec![NewVariant::default()],
        ..NewProduct::titled(Localised::new(title, ""))
    }
}

pub fn create(world: &World, new: NewProduct) -> Product {
    world.db().write("create", move |tx| catalogue::create_product(tx, &editor(), new.clone())).wait().expect("the product is made")
}
