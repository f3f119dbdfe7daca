//! Names of places, reservations and transfers.

kernel::id! {
    /// Anywhere stock is: shop, warehouse.
    pub struct LocationId;
    /// Stock on its way between two locations.
    pub struct StockTransferId;
    /// Goods ordered from a supplier.
    pub struct SupplyId;
}

/// A reservation is a hold in the ledger and goes by its name.
pub type ReservationId = ledger::HoldId;
