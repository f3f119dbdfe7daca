//! Making a price list.

use crate::events::PRICE_LIST_CREATED;
use crate::{PriceError, PriceList, Span, store};
use kernel::{Actor, Currency, Event, Permission, Tx};

/// A price list that is not there yet.
#[derive(Debug, Clone)]
pub struct NewPriceList {
    /// Unique; also the caller's name for this intent.
    pub code: String,
    /// For staff.
    pub name: String,
    /// Of all its prices.
    pub currency: Currency,
    /// True when its prices include tax.
    pub is_tax_included: bool,
    /// Higher wins; 0 for the ordinary prices.
    pub priority: i64,
    /// When it is open.
    pub span: Span,
    /// Only for this audience; `None` for everybody.
    pub audience: Option<String>,
}

impl NewPriceList {
    /// Ordinary consumer prices, tax included, for everybody and for ever.
    pub fn base(code: impl Into<String>, currency: Currency) -> Self {
        let code = code.into();
        NewPriceList { name: code.clone(), code, currency, is_tax_included: true, priority: 0, span: Span::ALWAYS, audience: None }
    }
}

/// Make a price list. Repeating it with the same code and content returns the first; other content is refused.
/// Announces `price_list.created`.
pub fn create_price_list(tx: &mut Tx<'_>, actor: &Actor, new: NewPriceList) -> Result<PriceList, PriceError> {
    actor.require(Permission::EditPrices)?;
    let code = new.code.trim().to_owned();
    if code.is_empty() || code.chars().count() > 100 {
        return Err(PriceError::invalid("code", "a code of at most 100 characters is needed"));
    }
    if !new.span.is_sound() {
        return Err(PriceError::invalid("ends_at", "a list ends after it starts"));
    }
    let known = store::list_by_code(tx, &code)?;
    let id = known.as_ref().map_or_else(|| tx.new_id(), |known| known.id);
    let list = PriceList {
        id,
        code,
        name: new.name,
        currency: new.currency,
        is_tax_included: new.is_tax_included,
        priority: new.priority,
        span: new.span,
        audience: new.audience.filter(|audience| !audience.is_empty()),
    };
    match known {
        Some(known) if known == list => Ok(known),
        Some(_) => Err(PriceError::CodeTaken(list.code)),
        None => {
            store::insert_list(tx, &list)?;
            tx.announce(Event::new(PRICE_LIST_CREATED, list.id).by(actor).body(&list))?;
            Ok(list)
        }
    }
}
