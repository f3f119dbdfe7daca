//! Two collections: one that only its rule fills, and one with its first products put there by hand.

use super::world::World;
use anyhow::{Context, Result};
use catalogue::Localised;
use catalogue::collections::{CollectionOrder, Condition, CreateCollection, Rule, create_collection, pin};
use kernel::Actor;

/// Make them.
pub fn make(world: &World) -> Result<()> {
    world.write("demo.shelves", |tx| {
        let system = Actor::system();
        let linen = CreateCollection {
            key: "demo/lino-de-verano".into(),
            slug: String::new(),
            name: Localised::new("Lino de verano", "Summer linen"),
            text: Localised::new(
                "Lino que se lava, se arruga y se vuelve a poner. Lo que hay esta temporada, recién llegado primero.",
                "Linen to wash, crease and wear again. What there is this season, latest first.",
            ),
            rule: tagged(&["material:lino", "temporada:verano"], CollectionOrder::Newest),
        };
        create_collection(tx, &system, linen)?;
        let basics = CreateCollection {
            key: "demo/basicos".into(),
            slug: "basicos".into(),
            name: Localised::new("Básicos", "Basics"),
            text: Localised::new("Lo que te pones sin pensar.", "What you put on without thinking."),
            rule: tagged(&["seleccion:basico"], CollectionOrder::Hand),
        };
        let basics = create_collection(tx, &system, basics)?;
        let first = ["camiseta-alba", "camiseta-faena"].map(|handle| catalogue::product_by_handle(tx, &system, handle));
        let first = first.into_iter().map(|found| Ok(found?.context("the demo has this product")?.id)).collect::<Result<Vec<_>>>()?;
        pin(tx, &system, basics.id, &first, None)?;
        Ok(())
    })?;
    world.settle()
}

fn tagged(tags: &[&str], order: CollectionOrder) -> Rule {
    Rule { conditions: tags.iter().map(|tag| Condition::Tag { tag: (*tag).into() }).collect(), order }
}
