//! What the brand sells without stock, and what it offers with its products.

use super::load::administrator;
use super::world::World;
use anyhow::{Context, Result};
use catalogue::{ProductChange, ProductId};
use kernel::{Actor, ReadTx};

/// Work that the shops do.
const SERVICES: [&str; 3] = ["servicio-arreglo", "servicio-grabado", "servicio-estilismo"];
/// Each with what goes with it, in the order shown.
const TOGETHER: [(&str, &[&str]); 2] = [
    ("pantalon-despacho", &["servicio-arreglo", "cinturon-ubrique", "mocasin-sobremesa"]),
    ("bolso-alforja", &["servicio-grabado", "panuelo-sederia"]),
];

/// Make services of the services, and name what goes together.
pub fn load(world: &World) -> Result<()> {
    let actor = administrator(world)?;
    world.write("demo.offer", move |tx| {
        for handle in SERVICES {
            let change = ProductChange { is_service: Some(true), ..ProductChange::default() };
            catalogue::update_product(tx, &actor, named(tx, &actor, handle)?, change)?;
        }
        for (handle, others) in TOGETHER {
            let goes_with = others.iter().map(|other| named(tx, &actor, other)).collect::<Result<_>>()?;
            let change = ProductChange { goes_with: Some(goes_with), ..ProductChange::default() };
            catalogue::update_product(tx, &actor, named(tx, &actor, handle)?, change)?;
        }
        Ok(())
    })
}

fn named(tx: &ReadTx<'_>, actor: &Actor, handle: &str) -> Result<ProductId> {
    let product = catalogue::product_by_handle(tx, actor, handle)?;
    Ok(product.with_context(|| format!("the demo has no product `{handle}`"))?.id)
}
