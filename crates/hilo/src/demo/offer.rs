//! What the brand sells without stock, what it offers with its products, and how it sends.

use super::load::administrator;
use super::world::World;
use anyhow::{Context, Result};
use catalogue::{BundlePart, Localised, NewMedia, NewProduct, NewVariant, ProductChange, ProductId, Status};
use kernel::{Actor, Money, ReadTx, Tx};
use pricing::{Area, DeliveryDays, DeliveryFee, DeliveryMethod, DeliveryZone, PriceEntry};

/// Work that the shops do.
const SERVICES: [&str; 3] = ["servicio-arreglo", "servicio-grabado", "servicio-estilismo"];
/// Each with what goes with it, in the order shown.
const TOGETHER: [(&str, &[&str]); 2] = [
    ("pantalon-despacho", &["servicio-arreglo", "cinturon-ubrique", "mocasin-sobremesa"]),
    ("bolso-alforja", &["servicio-grabado", "panuelo-sederia"]),
];

/// What the three squares of silk cost one by one is 104.70.
const TRIO_PRICE: Money = Money::eur(8_990);
const TRIO: [&str; 3] = ["ACC-083-TEJ", "ACC-083-MAR", "ACC-083-MOS"];
/// A zone, the working days of a parcel to it, its fee and what the goods cost from which it is free, in cents.
type Zone = (&'static str, (i64, i64), i64, Option<i64>);
/// A way of delivery: code, names, carrier, whether Saturday counts, its zones.
type Way = (&'static str, (&'static str, &'static str), &'static str, bool, &'static [Zone]);
const WAYS: [Way; 2] = [
    (
        "standard",
        ("Estándar", "Standard"),
        "Correos",
        false,
        &[("*", (1, 1), 395, Some(5_000)), ("ES-balearics", (2, 3), 595, Some(8_000)), ("ES-canaries", (4, 6), 995, None)],
    ),
    ("express", ("Exprés", "Express"), "SEUR", true, &[("ES-mainland", (1, 1), 695, None)]),
];
/// Days on which nothing is sent anywhere in Spain.
const DAYS_OFF: [(&str, &str); 5] = [
    ("2026-08-15", "Asunción"),
    ("2026-10-12", "Fiesta Nacional"),
    ("2026-12-08", "Inmaculada"),
    ("2026-12-25", "Navidad"),
    ("2027-01-06", "Reyes"),
];

/// Make services of the services, name what goes together, write how parcels go.
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
        trio(tx, &actor)?;
        for (position, (code, (es, en), carrier, is_saturday, zones)) in (0..).zip(WAYS) {
            let zones = zones.iter().map(zone).collect::<Result<_>>()?;
            let (code, name) = (code.to_owned(), Localised::new(es, en));
            let method = DeliveryMethod { code, name, carrier: carrier.into(), is_saturday, zones, position, ..DeliveryMethod::standard() };
            pricing::set_delivery_method(tx, &actor, method)?;
        }
        let off = DAYS_OFF.iter().map(|(date, name)| Ok((date.parse()?, (*name).to_owned()))).collect::<Result<_>>()?;
        pricing::set_delivery_days(tx, &actor, DeliveryDays { off, ..DeliveryDays::default() })?;
        Ok(())
    })
}

/// Three squares of silk in one present, sold out of their stock.
fn trio(tx: &mut Tx<'_>, actor: &Actor) -> Result<()> {
    let squares = TRIO.iter().map(|sku| catalogue::by_sku(tx, sku)?.with_context(|| format!("the demo has no `{sku}`")));
    let squares = squares.collect::<Result<Vec<_>>>()?;
    let picture = |card: &catalogue::VariantCard| {
        let known = card.picture.clone()?;
        Some(NewMedia { source: known.source, alt: known.alt })
    };
    let trio = NewProduct {
        handle: Some("trio-sederia".into()),
        status: Status::Active,
        description_html: Localised::new(
            "<p>Los tres pañuelos de seda Sedería, teja, azul marino y mostaza, en su caja.</p>",
            "<p>All three Sedería silk squares, tile, navy and mustard, in their box.</p>",
        ),
        vendor: "Almadeja".into(),
        category: "accesorios".into(),
        tags: ["material:seda", "cuidado:tintoreria", "corte:unico", "origen:valencia", "ocasion:fiesta", "genero:mujer"]
            .map(str::to_owned)
            .into(),
        media: squares.iter().filter_map(picture).collect(),
        variants: vec![NewVariant { sku: "ACC-083-TRIO".into(), weight_grams: 180, ..NewVariant::default() }],
        ..NewProduct::titled(Localised::new("Trío de pañuelos Sedería", "Sedería trio of silk squares"))
    };
    let made = catalogue::create_product(tx, actor, trio)?.variants[0].id;
    let list = pricing::price_list_by_code(tx, "base")?.context("the demo has no price list")?.id;
    pricing::set_price(tx, actor, list, PriceEntry { variant: made, price: TRIO_PRICE, compare_at: None })?;
    flows::set_parts(tx, actor, (made, None), squares.iter().map(|card| BundlePart { variant: card.id, quantity: 1 }).collect())?;
    Ok(())
}

fn zone(&(area, (least_days, most_days), fee, free_from): &Zone) -> Result<DeliveryZone> {
    let area = Area::try_from(area.to_owned()).map_err(anyhow::Error::msg)?;
    Ok(DeliveryZone { area, least_days, most_days, fees: vec![DeliveryFee { currency: None, fee, free_from }] })
}

fn named(tx: &ReadTx<'_>, actor: &Actor, handle: &str) -> Result<ProductId> {
    let product = catalogue::product_by_handle(tx, actor, handle)?;
    Ok(product.with_context(|| format!("the demo has no product `{handle}`"))?.id)
}
