//! Lists of products, by page.

use crate::{Category, ProductCard, ProductId, Status, store};
use kernel::{Actor, Denied, Fault, Kind, Permission, Problem, ReadTx, Timestamp};

/// Which products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFilter {
    /// Those on sale, unless said otherwise.
    pub status: Status,
    /// A category's key: `camisetas`.
    pub category: Option<String>,
    /// A tag: `nuevo`, `material:lino`. Case and accents do not matter.
    pub tag: Option<String>,
}

impl Default for ListFilter {
    fn default() -> Self {
        ListFilter { status: Status::Active, category: None, tag: None }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first.
    #[default]
    Newest,
    /// By Spanish title, without regard to accents.
    Title,
}

/// Some of a list, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// In order.
    pub items: Vec<ProductCard>,
    /// Pass it on to get the next page; `None` at the end.
    pub next: Option<String>,
}

/// Most products of one page.
pub const MAX_PAGE: usize = 100;

/// The cursor is not one that a page gave.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// Not one of ours, or of another order.
    #[error("`{0}` is not a place in this list")]
    BadCursor(String),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ListError {
    fn kind(&self) -> Kind {
        match self {
            ListError::BadCursor(_) => Kind::Invalid,
            ListError::Denied(denied) => denied.kind(),
            ListError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ListError::BadCursor(_) => "catalogue.bad_cursor",
            ListError::Denied(denied) => denied.code(),
            ListError::Fault(fault) => fault.code(),
        }
    }
}

/// Products of a list, at most `limit` and [`MAX_PAGE`]. Two statements, both by index.
pub fn list(tx: &ReadTx<'_>, filter: &ListFilter, sort: Sort, cursor: Option<&str>, limit: usize) -> Result<Page, ListError> {
    let limit = limit.clamp(1, MAX_PAGE);
    let more = limit as i64 + 1;
    let (ids, next) = match sort {
        Sort::Newest => page(store::newest_ids(tx, filter, time_cursor(cursor)?, more)?, limit, |at| at.as_micros().to_string()),
        Sort::Title => {
            let (title, id) = cursor.map_or(Ok(("", ProductId::nil())), split)?;
            page(store::title_ids(tx, filter, (title, id), more)?, limit, |title| title.clone())
        }
    };
    Ok(Page { items: store::product_cards(tx, &ids)?, next })
}

/// What staff look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffFilter {
    /// Any status when `None`.
    pub status: Option<Status>,
    /// A category's key.
    pub category: Option<String>,
    /// Part of a title, handle, vendor, SKU or barcode.
    pub text: Option<String>,
}

/// Products for staff, drafts too, last touched first.
pub fn staff_list(tx: &ReadTx<'_>, actor: &Actor, filter: &StaffFilter, cursor: Option<&str>, limit: usize) -> Result<Page, ListError> {
    actor.require(Permission::ViewCatalogue)?;
    let limit = limit.clamp(1, MAX_PAGE);
    let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let wanted = (filter.status, filter.category.as_deref(), text);
    let found = store::staff_ids(tx, wanted, time_cursor(cursor)?, limit as i64 + 1)?;
    let (ids, next) = page(found, limit, |at| at.as_micros().to_string());
    Ok(Page { items: store::product_cards(tx, &ids)?, next })
}

/// Ids of the products that staff find, last touched first, at most `limit` and [`crate::bulk::MOST_PRODUCTS`]; and whether there are more.
pub fn staff_found(tx: &ReadTx<'_>, actor: &Actor, filter: &StaffFilter, limit: usize) -> Result<(Vec<ProductId>, bool), ListError> {
    actor.require(Permission::ViewCatalogue)?;
    let limit = limit.clamp(1, crate::bulk::MOST_PRODUCTS);
    let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let wanted = (filter.status, filter.category.as_deref(), text);
    let (ids, next) = page(store::staff_ids(tx, wanted, time_cursor(None)?, limit as i64 + 1)?, limit, |_| String::new());
    Ok((ids, next.is_some()))
}

/// Kinds of product on sale, with their numbers, by name; at most 500.
pub fn categories(tx: &ReadTx<'_>) -> Result<Vec<Category>, Fault> {
    store::categories(tx, 500)
}

fn page<K>(mut found: Vec<(ProductId, K)>, limit: usize, key: impl Fn(&K) -> String) -> (Vec<ProductId>, Option<String>) {
    let is_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| is_more).map(|(id, last)| format!("{id}.{}", key(last)));
    (found.into_iter().map(|(id, _)| id).collect(), next)
}

fn split(cursor: &str) -> Result<(&str, ProductId), ListError> {
    let parts = cursor.split_once('.').and_then(|(id, key)| Some((key, id.parse().ok()?)));
    parts.ok_or_else(|| ListError::BadCursor(cursor.to_owned()))
}

fn time_cursor(cursor: Option<&str>) -> Result<(Timestamp, ProductId), ListError> {
    let Some(cursor) = cursor else { return Ok((Timestamp::from_micros(i64::MAX), ProductId::nil())) };
    let (micros, id) = split(cursor)?;
    let micros = micros.parse().map_err(|_| ListError::BadCursor(cursor.to_owned()))?;
    Ok((Timestamp::from_micros(micros), id))
}
