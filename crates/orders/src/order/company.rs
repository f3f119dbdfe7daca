//! Orders placed for a company.

use super::model::{Order, OrderHead};
use super::store;
use crate::ids::OrderId;
use crate::page::{Cursor, Page, fetch_count};
use customers::companies::CompanyId;
use kernel::{Fault, ReadTx, Tx};

/// Say that an order was placed for a company; said once, it stays. Who may say so is the caller's business: see `flows::checkout_for`.
pub fn place_for_company(tx: &mut Tx<'_>, order: &OrderHead, company: CompanyId) -> Result<(), Fault> {
    store::link_company(tx, order.id, company, order.placed_at)
}

/// The company that an order was placed for, if it was one.
pub fn company_of_order(tx: &ReadTx<'_>, order: OrderId) -> Result<Option<CompanyId>, Fault> {
    store::company_of(tx, order)
}

/// Orders of a company, newest first. The caller has made sure that whoever asks may see them.
pub fn orders_of_company(tx: &ReadTx<'_>, company: CompanyId, after: Option<Cursor>, limit: usize) -> Result<Page<OrderHead>, Fault> {
    let found = store::of_company(tx, company, &after.unwrap_or_else(Cursor::latest), fetch_count(limit))?;
    Ok(Page::cut(found, limit, |order| Cursor::new(order.placed_at, order.id)))
}

/// An order of this company.
pub fn order_of_company(tx: &ReadTx<'_>, company: CompanyId, id: OrderId) -> Result<Option<Order>, Fault> {
    if store::company_of(tx, id)? == Some(company) { store::load(tx, id) } else { Ok(None) }
}
