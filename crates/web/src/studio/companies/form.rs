//! A company as a form, and back.

use crate::studio::amount;
use crate::{Form, Page};
use customers::companies::{Company, Terms};
use kernel::{Currency, Money};

/// The form of what is there.
pub(super) fn form_of(company: &Company) -> Form {
    let terms = &company.terms;
    Form::new()
        .fill("name", company.name.clone())
        .fill("tax_id", company.tax_id.to_string())
        .fill("payment_days", terms.payment_days.to_string())
        .fill("price_list", terms.price_list.clone())
        .fill("credit_limit", terms.credit_limit.map_or_else(String::new, amount::written))
}

/// The terms typed; what cannot be read is refused beside its field.
pub(super) fn terms(page: &Page, form: &mut Form, currency: Currency) -> Terms {
    let days = match form.value("payment_days") {
        "" => Some(0),
        text => text.parse().ok(),
    };
    if days.is_none() {
        form.refuse("payment_days", page.t("need-whole-number"));
    }
    let limit = match form.value("credit_limit") {
        "" => None,
        text => match amount::read(text, currency) {
            Some(minor) => Some(Money::new(minor, currency)),
            None => {
                form.refuse("credit_limit", page.t("need-amount"));
                None
            }
        },
    };
    Terms { payment_days: days.unwrap_or_default(), price_list: form.value("price_list").to_owned(), credit_limit: limit }
}
