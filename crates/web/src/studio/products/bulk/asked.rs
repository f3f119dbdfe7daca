//! The form of a bulk edit as a change.

use super::super::draft::words;
use crate::{Form, Page, format};
use catalogue::bulk::BulkError;
use flows::{BulkChange, PriceHow, Rounding};
use kernel::{Currency, Money, Timestamp};
use pricing::PriceList;

/// What the form asks for; `None` when a field was refused.
pub(super) fn change(page: &Page, form: &mut Form, lists: &[PriceList], zone: &str) -> Option<BulkChange> {
    let typed = |form: &Form, name: &str| form.value(name).to_owned();
    let change = match form.value("field") {
        "category" => BulkChange::Category { to: typed(form, "category") },
        "vendor" => BulkChange::Vendor { to: typed(form, "vendor") },
        "tags_add" => BulkChange::AddTags { tags: words(form.value("tags_add")) },
        "tags_remove" => BulkChange::RemoveTags { tags: words(form.value("tags_remove")) },
        "status" => BulkChange::Status { to: form.value("status").parse().ok()? },
        "publication" => {
            let (on_sale, off_sale) = (moment(page, form, "on_sale", zone), moment(page, form, "off_sale", zone));
            BulkChange::Publication { on_sale, off_sale }
        }
        _ => {
            let list = lists.iter().find(|list| list.code == form.value("list"));
            let Some(list) = list else {
                form.refuse("list", page.t("bulk-no-list"));
                return None;
            };
            let how = how(form.value("how"), form.value("amount"), list.currency);
            let Some(how) = how else {
                form.refuse("amount", page.t("bulk-no-amount"));
                return None;
            };
            BulkChange::Price { list: list.code.clone(), how, rounding: form.value("rounding").parse().unwrap_or(Rounding::None) }
        }
    };
    form.is_fine().then_some(change)
}

fn moment(page: &Page, form: &mut Form, field: &str, zone: &str) -> Option<Timestamp> {
    let typed = form.value(field).to_owned();
    let moment = format::parse_local(&typed, zone);
    if moment.is_none() && !typed.is_empty() {
        form.refuse(field, page.t("promo-no-moment"));
    }
    moment
}

/// `10`, `+10`, `-12,5`: a percentage has two decimals, an amount those of its currency.
fn how(how: &str, typed: &str, currency: Currency) -> Option<PriceHow> {
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let typed = typed.strip_prefix('+').unwrap_or(typed).replace('−', "-");
    match how {
        "set" => Some(PriceHow::Set { minor: Money::parse(&typed, currency).ok()?.minor }),
        "amount" => Some(PriceHow::Amount { minor: Money::parse(&typed, currency).ok()?.minor }),
        // Hundredths, as euros have cents.
        _ => Some(PriceHow::Percent { hundredths: Money::parse(&typed, Currency::EUR).ok()?.minor }),
    }
}

/// The field that a refusal is about.
pub(super) fn field(error: &BulkError, form: &Form) -> &'static str {
    match error {
        BulkError::Invalid { field: "tags", .. } if form.value("field") == "tags_add" => "tags_add",
        BulkError::Invalid { field: "tags", .. } => "tags_remove",
        BulkError::Invalid { field, .. } => field,
        _ => "seen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_read_as_it_is_typed() {
        let read = |by, typed| how(by, typed, Currency::EUR);
        assert_eq!(read("percent", "-12,5 %"), Some(PriceHow::Percent { hundredths: -1250 }));
        assert_eq!(read("percent", "+10"), Some(PriceHow::Percent { hundredths: 1000 }));
        assert_eq!(read("amount", "-2.50"), Some(PriceHow::Amount { minor: -250 }));
        assert_eq!(read("set", "19,95"), Some(PriceHow::Set { minor: 1995 }));
        assert_eq!((read("set", "caro"), read("percent", ""), read("percent", "1,234")), (None, None, None));
    }
}
