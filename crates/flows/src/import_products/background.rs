//! A file comes in by steps of one transaction each, and goes back the same way.

use super::{ImportProductsError, list_for};
use catalogue::VariantId;
use catalogue::import::ImportOptions;
use catalogue::import::run::{self, BeginImport, Given, ImportState, Noted, ProductImport, ProductImportId, RunError, TakenUp};
use inventory::{Adjust, AdjustReason, LocationId, Receive, StockError};
use kernel::{Actor, Fault, Permission, Problem, Quantity, Timer, Tx};
use pricing::{PriceEntry, PriceError};
use serde::{Deserialize, Serialize};

pub(crate) const TIMER: &str = "flows.import_products";
/// Products of one transaction: a tenth of a second on a small machine.
pub const IMPORT_STEP: usize = 100;

/// Input of [`begin_import`].
#[derive(Debug, Clone)]
pub struct BeginProductImport {
    /// The caller's name for this intent; repeating it returns the first import.
    pub key: String,
    /// The file's name.
    pub file_name: String,
    /// In one of the layouts that are read.
    pub file: Vec<u8>,
    /// Its language and currency, and what becomes of bad lines.
    pub options: ImportOptions,
    /// Code of the price list that takes its prices; made, for everybody and tax included, when there is none.
    pub price_list: String,
    /// Where the opening stock of new variants lies; `None` takes no stock from the file.
    pub opening_stock: Option<LocationId>,
}

/// What is done besides the catalogue, as the import keeps it.
#[derive(Serialize, Deserialize)]
struct Beside {
    price_list: String,
    opening_stock: Option<LocationId>,
}

/// What a product's prices and stock were, to be given back.
#[derive(Default, Serialize, Deserialize)]
struct Before {
    prices: Vec<PriceBefore>,
    stock: Vec<(VariantId, i64)>,
}

/// Minor units: what was set, and what was there before.
#[derive(Serialize, Deserialize)]
struct PriceBefore {
    variant: VariantId,
    set: (i64, Option<i64>),
    was: Option<(i64, Option<i64>)>,
}

/// Look at a file and begin to bring it in, or refuse it while it has a problem that is not to be left out. The first [`IMPORT_STEP`]
/// products are there at once; a timer goes on with the others. Needs the permissions to edit the catalogue, and prices where it has some, and to adjust stock where it takes some.
pub fn begin_import(tx: &mut Tx<'_>, actor: &Actor, cmd: &BeginProductImport) -> Result<ProductImport, ImportProductsError> {
    let beside = Beside { price_list: cmd.price_list.clone(), opening_stock: cmd.opening_stock };
    let (import, seen) = run::begin(
        tx,
        actor,
        &BeginImport {
            key: cmd.key.clone(),
            file_name: cmd.file_name.clone(),
            file: cmd.file.clone(),
            options: cmd.options,
            beside: serde_json::to_value(&beside).map_err(|error| Fault::data(error.to_string()))?,
        },
    )?;
    let Some(seen) = seen else { return Ok(import) };
    if seen.prices_total > 0 {
        actor.require(Permission::EditPrices).map_err(PriceError::from)?;
        let list = list_for(tx, actor, &cmd.price_list, cmd.options.currency)?;
        if list.currency != cmd.options.currency {
            return Err(PriceError::WrongCurrency(list.currency).into());
        }
    }
    if let Some(place) = cmd.opening_stock {
        actor.require(Permission::AdjustStock).map_err(StockError::from)?;
        if inventory::location(tx, place)?.is_none() {
            return Err(StockError::UnknownLocation.into());
        }
    }
    begun(tx, import.id).map_err(Into::into)
}

/// The first products at once: a small file keeps nobody waiting. A timer goes on with the others.
fn begun(tx: &mut Tx<'_>, id: ProductImportId) -> Result<ProductImport, RunError> {
    let import = import_step(tx, id, IMPORT_STEP)?;
    if import.state.goes_on() {
        tx.at(tx.now(), TIMER, &id.to_string(), &())?;
    }
    Ok(import)
}

/// Begin to take an import back; a timer goes on with what is not done at once. See [`run::take_back`] for what becomes of products; prices that nobody has changed since
/// are what they were, and opening stock that still lies there goes.
pub fn undo_import(tx: &mut Tx<'_>, actor: &Actor, id: ProductImportId) -> Result<ProductImport, RunError> {
    run::undo(tx, actor, id)?;
    for needed in [Permission::EditPrices, Permission::AdjustStock] {
        actor.require(needed)?;
    }
    begun(tx, id)
}

/// Go on with an import, forward or back, by at most so many products; answers how far it is.
pub fn import_step(tx: &mut Tx<'_>, id: ProductImportId, products: usize) -> Result<ProductImport, RunError> {
    let import = run::product_import(tx, &Actor::System, id)?;
    match import.state {
        ImportState::Running => {
            let actor = on_behalf(&import.actor);
            run::take_up(tx, &actor, id, products, |tx, taken| beside(tx, &actor, &taken))
        }
        ImportState::Undoing => {
            let actor = on_behalf(import.undone_by.as_deref().unwrap_or_default());
            run::take_back(tx, &actor, id, products, |tx, given| give_back(tx, &actor, &given))
        }
        ImportState::Done | ImportState::Undone => Ok(import),
    }
}

pub(crate) fn go_on(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: ProductImportId = timer.key.parse().map_err(|_| Fault::data(format!("`{}` is not the id of an import", timer.key)))?;
    match import_step(tx, id, IMPORT_STEP) {
        Ok(import) if import.state.goes_on() => tx.at(tx.now(), TIMER, &timer.key, &()),
        Ok(_) | Err(RunError::Unknown(_)) => Ok(()),
        Err(RunError::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::data(other.to_string())),
    }
}

/// Prices and opening stock of a product that was just taken up.
fn beside(tx: &mut Tx<'_>, actor: &Actor, taken: &TakenUp<'_>) -> Result<Noted, Fault> {
    let asked = asked(taken.import)?;
    let (mut before, mut why) = (Before::default(), String::new());
    let entries = super::prices_in(taken.variants);
    if !entries.is_empty() {
        match set(tx, actor, &asked.price_list, &entries) {
            Ok(prices) => before.prices = prices,
            Err(PriceError::Fault(fault)) => return Err(fault),
            Err(refused) => why = refused.to_string(),
        }
    }
    if let Some(location) = asked.opening_stock {
        for (variant, quantity) in super::opening_stock_in(taken.variants) {
            let key = format!("import/{variant}");
            match inventory::receive(tx, actor, Receive { key, variant, location, quantity: Quantity(quantity) }) {
                Ok(_) => before.stock.push((variant, quantity)),
                Err(StockError::Fault(fault)) => return Err(fault),
                Err(refused) => why = refused.to_string(),
            }
        }
    }
    let is_empty = before.prices.is_empty() && before.stock.is_empty();
    let before = serde_json::to_value(&before).map_err(|error| Fault::data(error.to_string()))?;
    Ok(Noted { before: if is_empty { serde_json::Value::Null } else { before }, why })
}

/// Set prices; answers those that differ from before.
fn set(tx: &mut Tx<'_>, actor: &Actor, list: &str, entries: &[PriceEntry]) -> Result<Vec<PriceBefore>, PriceError> {
    let list = pricing::price_list_by_code(tx, list)?.ok_or(PriceError::UnknownList)?;
    let ids: Vec<VariantId> = entries.iter().map(|entry| entry.variant).collect();
    let was = pricing::prices_on_list(tx, &list, &ids)?;
    pricing::set_prices(tx, actor, list.id, entries)?;
    let differing =
        entries.iter().map(|entry| PriceBefore { variant: entry.variant, set: minor(entry), was: was.get(&entry.variant).map(minor) });
    Ok(differing.filter(|price| price.was != Some(price.set)).collect())
}

fn minor(entry: &PriceEntry) -> (i64, Option<i64>) {
    (entry.price.minor, entry.compare_at.map(|was| was.minor))
}

/// Give back what [`beside`] did; answers what stays.
fn give_back(tx: &mut Tx<'_>, actor: &Actor, given: &Given<'_>) -> Result<String, Fault> {
    let asked = asked(given.import)?;
    let before: Before = serde_json::from_value(given.before.clone()).map_err(|error| Fault::data(error.to_string()))?;
    let mut stays = String::new();
    if let Some(location) = asked.opening_stock {
        for (variant, quantity) in before.stock {
            let key = format!("import-back/{}/{variant}", given.import.id);
            let change = Quantity(-quantity);
            match inventory::adjust(tx, actor, Adjust { key, variant, location, change, reason: AdjustReason::Correction }) {
                Ok(_) => {}
                Err(StockError::Fault(fault)) => return Err(fault),
                Err(_) => stays = "stock".to_owned(),
            }
        }
    }
    let Some(list) = pricing::price_list_by_code(tx, &asked.price_list)? else { return Ok(stays) };
    let ids: Vec<VariantId> = before.prices.iter().map(|price| price.variant).collect();
    let now = pricing::prices_on_list(tx, &list, &ids)?;
    let money = |minor| kernel::Money::new(minor, list.currency);
    let untouched = |price: &&PriceBefore| now.get(&price.variant).map(minor) == Some(price.set);
    let mut entries = Vec::new();
    for price in before.prices.iter().filter(untouched) {
        match price.was {
            Some((amount, was)) => entries.push(PriceEntry { variant: price.variant, price: money(amount), compare_at: was.map(money) }),
            None => drop(pricing::remove_price(tx, actor, list.id, price.variant).map_err(fault)?),
        }
    }
    pricing::set_prices(tx, actor, list.id, &entries).map_err(fault)?;
    Ok(stays)
}

fn fault(error: PriceError) -> Fault {
    match error {
        PriceError::Fault(fault) => fault,
        refused => Fault::data(format!("{}: {refused}", refused.code())),
    }
}

fn asked(import: &ProductImport) -> Result<Beside, Fault> {
    serde_json::from_value(import.beside.clone()).map_err(|error| Fault::data(format!("import {}: {error}", import.id)))
}

/// Whoever began it. What an import needs was asked of them then.
fn on_behalf(text: &str) -> Actor {
    Actor::on_behalf(text, vec![Permission::EditCatalogue, Permission::EditPrices, Permission::AdjustStock])
}
