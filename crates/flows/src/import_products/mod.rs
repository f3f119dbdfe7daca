//! A catalogue comes in: products, their prices and their opening stock, in one go.

mod background;

pub use background::{BeginProductImport, IMPORT_STEP, begin_import, import_step, undo_import};
pub(crate) use background::{TIMER, go_on};

use crate::delegate::problem;
use catalogue::VariantId;
use catalogue::import::{self, Applied, AppliedVariant, ImportError, ImportOptions};
use inventory::{LocationId, Receive, StockError};
use kernel::{Actor, Currency, Fault, Quantity, Tx};
use pricing::{NewPriceList, PriceEntry, PriceError, PriceList};

/// Input of [`import_products`].
#[derive(Debug, Clone)]
pub struct ImportProducts {
    /// In one of the layouts that are read.
    pub file: Vec<u8>,
    /// Its language and currency.
    pub options: ImportOptions,
    /// Code of the price list that takes its prices; made, for everybody and tax included, when there is none.
    pub price_list: String,
    /// Where the opening stock of new variants lies; `None` takes no stock from the file.
    pub opening_stock: Option<LocationId>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// To the catalogue.
    pub catalogue: Applied,
    /// Prices that differ from before.
    pub prices_changed: usize,
    /// Variants that got an opening stock.
    pub stocked: usize,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportProductsError {
    /// The file has problems, by line.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// As above, or there is no such import.
    #[error(transparent)]
    Run(#[from] import::run::RunError),
    /// Its prices are refused.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// Its stock is.
    #[error(transparent)]
    Stock(#[from] StockError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(ImportProductsError { Import, Run, Price, Stock, Fault });

/// Import a catalogue in one transaction: all of it or nothing. Doing it again changes nothing; stock of variants that were there is left
/// alone. Needs the permissions to edit the catalogue and prices, and to adjust stock when the file brings some. What people and programs
/// bring in goes by [`begin_import`], which keeps nobody waiting and can be taken back.
pub fn import_products(tx: &mut Tx<'_>, actor: &Actor, cmd: &ImportProducts) -> Result<Imported, ImportProductsError> {
    let applied = import::apply(tx, actor, &cmd.file, cmd.options)?;
    let prices = prices_in(&applied.variants);
    let mut prices_changed = 0;
    if !prices.is_empty() {
        let list = list_for(tx, actor, &cmd.price_list, cmd.options.currency)?;
        prices_changed = pricing::set_prices(tx, actor, list.id, &prices)?;
    }
    let mut stocked = 0;
    if let Some(location) = cmd.opening_stock {
        for (variant, quantity) in opening_stock_in(&applied.variants) {
            let key = format!("import/{variant}");
            inventory::receive(tx, actor, Receive { key, variant, location, quantity: Quantity(quantity) })?;
            stocked += 1;
        }
    }
    Ok(Imported { catalogue: applied, prices_changed, stocked })
}

/// The list with this code; made, for everybody and tax included, when there is none.
fn list_for(tx: &mut Tx<'_>, actor: &Actor, code: &str, currency: Currency) -> Result<PriceList, PriceError> {
    match pricing::price_list_by_code(tx, code)? {
        Some(list) => Ok(list),
        None => pricing::create_price_list(tx, actor, NewPriceList::base(code, currency)),
    }
}

fn prices_in(variants: &[AppliedVariant]) -> Vec<PriceEntry> {
    let entry = |row: &AppliedVariant| Some(PriceEntry { variant: row.variant, price: row.price?, compare_at: row.compare_at });
    variants.iter().filter_map(entry).collect()
}

/// Only of variants that the file has made.
fn opening_stock_in(variants: &[AppliedVariant]) -> impl Iterator<Item = (VariantId, i64)> {
    let has = |row: &AppliedVariant| Some((row.variant, row.quantity.filter(|quantity| *quantity > 0)?));
    variants.iter().filter(|row| row.is_new).filter_map(has)
}
