//! How much lies where when the demo opens: the rules of `stock.toml`, drawn with the seed.

use super::brand::{Fixed, StockRules};
use super::chance::Chance;
use super::world::{Place, Progress, Ware, World};
use anyhow::{Context, Result};
use inventory::{ExpectSupply, LocationKind, Receive};
use kernel::{Quantity, Tx};

/// Deliveries put into one transaction.
const CHUNK: usize = 250;

impl Fixed {
    /// True for the variants of this case.
    pub fn fits(&self, handle: &str, sku: &str) -> bool {
        self.handle == handle && self.sku_ends_with.as_deref().is_none_or(|end| sku.ends_with(end))
    }
    fn is_at(&self, place: &str) -> bool {
        self.location.as_deref() == Some(place) || self.locations.iter().any(|code| code == place)
    }
}

/// Put the opening stock of every variant everywhere.
pub fn load(world: &World, progress: &dyn Progress) -> Result<()> {
    let mut chance = Chance::of(world.plan.seed, "stock");
    let mut deliveries = Vec::new();
    for ware in &world.wares {
        for place in &world.places {
            let units = units(&world.brand.stock, ware, place, &mut chance);
            if units > 0 {
                let key = format!("demo/{}/{}", place.code, ware.sku);
                deliveries.push(Receive { key, variant: ware.variant, location: place.id, quantity: Quantity(units) });
            }
        }
    }
    progress.part("stock", deliveries.len() as u64);
    let keeper = world.clerk("ZAZ")?.actor.clone();
    for chunk in deliveries.chunks(CHUNK) {
        let (chunk, actor) = (chunk.to_vec(), keeper.clone());
        let count = chunk.len() as u64;
        world.write("demo.stock", move |tx: &mut Tx<'_>| {
            for delivery in &chunk {
                inventory::receive(tx, &actor, delivery.clone())?;
            }
            Ok(())
        })?;
        progress.done(count);
    }
    Ok(())
}

/// What suppliers bring from today on, and what of it is sold before it is there.
pub fn expect(world: &World) -> Result<()> {
    let today = world.plan.end.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut wanted = Vec::new();
    for rule in &world.brand.stock.ahead {
        let place = world.places.iter().find(|place| place.code == rule.location).context("no such place")?.id;
        let expected = today.checked_add(jiff::Span::new().days(rule.days))?;
        let fits = |ware: &&Ware| ware.handle == rule.handle && rule.sku_ends_with.as_deref().is_none_or(|end| ware.sku.ends_with(end));
        wanted.extend(world.wares.iter().filter(fits).map(|ware| {
            let supply = ExpectSupply {
                key: format!("demo/ahead/{}", ware.sku),
                reference: rule.reference.clone(),
                supplier: rule.supplier.clone(),
                variant: ware.variant,
                location: place,
                quantity: Quantity(rule.units),
                expected,
            };
            (rule.policy, supply)
        }));
    }
    let keeper = world.clerk("ZAZ")?.actor.clone();
    world.write("demo.expect", move |tx: &mut Tx<'_>| {
        for (policy, supply) in &wanted {
            inventory::set_stock_policy(tx, &keeper, supply.variant, *policy)?;
            inventory::expect_supply(tx, &keeper, supply.clone())?;
        }
        Ok(())
    })
}

/// The rules for one variant in one place. Chance is drawn the same number of times whatever they say.
fn units(rules: &StockRules, ware: &Ware, place: &Place, chance: &mut Chance) -> i64 {
    let (spread, luck) = (rules.spread[0] + (rules.spread[1] - rules.spread[0]) * chance.fraction(), chance.fraction());
    if ware.kind == "servicios" {
        return 0;
    }
    if let Some(fixed) = rules.fixed.iter().rev().find(|fixed| fixed.fits(&ware.handle, &ware.sku) && fixed.is_at(&place.code)) {
        return fixed.units;
    }
    if place.kind == LocationKind::Shop {
        match luck {
            luck if luck < rules.scarcity.sold_out => return 0,
            luck if luck < rules.scarcity.sold_out + rules.scarcity.last_one => return 1,
            _ => {}
        }
    }
    let lean: f64 = rules
        .lean
        .iter()
        .filter(|lean| lean.location == place.code)
        .filter(|lean| {
            lean.kind.as_deref().is_none_or(|kind| kind == ware.kind) && lean.tag.as_ref().is_none_or(|tag| ware.tags.contains(tag))
        })
        .map(|lean| lean.factor)
        .product();
    let base = rules.base.get(&ware.kind).copied().unwrap_or(4.0);
    let size = ware.size.as_ref().and_then(|size| rules.size.get(size)).copied().unwrap_or(1.0);
    let location = rules.location.get(&place.code).copied().unwrap_or(1.0);
    (base * size * location * lean * spread).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::brand::Brand;
    use catalogue::{Localised, VariantId};
    use inventory::LocationId;

    fn ware(handle: &str, sku: &str, kind: &str, size: &str) -> Ware {
        Ware {
            variant: VariantId::nil(),
            sku: sku.into(),
            handle: handle.into(),
            title: Localised::default(),
            kind: kind.into(),
            tags: Vec::new(),
            size: Some(size.into()),
            is_fixed: false,
        }
    }
    fn place(code: &str, kind: LocationKind) -> Place {
        Place { id: LocationId::nil(), code: code.into(), name: code.into(), kind }
    }

    #[test]
    fn fixed_cases_win_and_services_lie_nowhere() {
        let rules = Brand::read().expect("understood").stock;
        let mut chance = Chance::of(1, "stock");
        let mut at = |ware: &Ware, code, kind| units(&rules, ware, &place(code, kind), &mut chance);
        let dress = ware("vestido-mirador", "VES-1-S", "vestidos", "S");
        assert_eq!((at(&dress, "SVQ", LocationKind::Shop), at(&dress, "MAD", LocationKind::Shop)), (0, 2));
        let jersey = ware("jersey-canto", "PUN-1-MAR-L", "punto", "L");
        assert_eq!(at(&jersey, "BIO", LocationKind::Shop), 1);
        let service = ware("servicio-grabado", "S-1", "servicios", "");
        assert_eq!(at(&service, "MAD", LocationKind::Shop), 0);
        // 6 x 1.5 x 6 with a factor of 0.6 to 1.4.
        let deep = at(&ware("camiseta", "C-M", "camisetas", "M"), "ZAZ", LocationKind::Warehouse);
        assert!((32..=76).contains(&deep), "{deep}");
    }
}
