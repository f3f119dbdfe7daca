//! A catalogue comes in: products, their prices and their opening stock, in one go.

use crate::delegate::problem;
use catalogue::import::{self, Applied, ImportError, ImportOptions};
use inventory::{LocationId, Receive, StockError};
use kernel::{Actor, Fault, Quantity, Tx};
use pricing::{NewPriceList, PriceEntry, PriceError};

/// Input of [`import_products`].
#[derive(Debug, Clone)]
pub struct ImportProducts {
    /// A Shopify product CSV.
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

problem!(ImportProductsError { Import, Price, Stock, Fault });

/// Import a catalogue: all of it or nothing. Doing it again changes nothing; stock of variants that were there is left alone.
/// Needs the permissions to edit the catalogue and prices, and to adjust stock when the file brings some.
pub fn import_products(tx: &mut Tx<'_>, actor: &Actor, cmd: &ImportProducts) -> Result<Imported, ImportProductsError> {
    let applied = import::apply(tx, actor, &cmd.file, cmd.options)?;
    let prices: Vec<PriceEntry> = applied
        .variants
        .iter()
        .filter_map(|row| Some(PriceEntry { variant: row.variant, price: row.price?, compare_at: row.compare_at }))
        .collect();
    let mut prices_changed = 0;
    if !prices.is_empty() {
        let list = match pricing::price_list_by_code(tx, &cmd.price_list)? {
            Some(list) => list,
            None => pricing::create_price_list(tx, actor, NewPriceList::base(&cmd.price_list, cmd.options.currency))?,
        };
        prices_changed = pricing::set_prices(tx, actor, list.id, &prices)?;
    }
    let mut stocked = 0;
    if let Some(location) = cmd.opening_stock {
        for row in applied.variants.iter().filter(|row| row.is_new) {
            let Some(quantity) = row.quantity.filter(|quantity| *quantity > 0) else { continue };
            let key = format!("import/{}", row.variant);
            inventory::receive(tx, actor, Receive { key, variant: row.variant, location, quantity: Quantity(quantity) })?;
            stocked += 1;
        }
    }
    Ok(Imported { catalogue: applied, prices_changed, stocked })
}
