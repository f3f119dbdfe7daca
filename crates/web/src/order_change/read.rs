//! What was chosen, and what stands in the way.

use crate::{Form, Page};
use flows::{BasketError, Change, ChangeOrderError, CheckoutError};
use inventory::LocationId;
use kernel::{Kind, Problem, Quantity};
use orders::{Address, ChangeError, ChangeNote, Condition, FulfilmentWay, NewReturnLine, Order, OrderLine, RequestReturnError, Way};

/// Letters kept of one field.
const LINE: usize = 200;

/// The changes that were chosen and what comes back for them, or the form with what is wrong beside each field.
pub(crate) fn read_change(page: &Page, order: &Order, typed: &Form) -> Result<(Vec<Change>, Vec<NewReturnLine>), Form> {
    let mut form = typed.clone();
    let sends = order.fulfilments.iter().any(|part| typed.value(&format!("to-{}", part.id)) == "deliver");
    let address = if sends { address(page, &mut form) } else { None };
    if !form.is_fine() {
        return Err(form);
    }
    let (mut changes, mut back) = (Vec::new(), Vec::new());
    for part in &order.fulfilments {
        let to = match typed.value(&format!("to-{}", part.id)) {
            "deliver" => address.clone().map(|to| Way::Deliver { address: Some(to) }),
            chosen => chosen.parse::<LocationId>().ok().map(|location| Way::Collect { location }),
        };
        changes.extend(to.map(|to| Change::Move { part: part.id, to }));
    }
    for line in &order.lines {
        let chosen = |what: &str| typed.value(&format!("{what}-{}", line.id));
        let keeps = chosen("keep").parse::<i64>().map_or(line.quantity, |keeps| Quantity(keeps.clamp(0, line.quantity.0)));
        if keeps < line.quantity {
            changes.push(Change::Remove { line: line.id, quantity: Quantity(line.quantity.0 - keeps.0) });
        }
        if let Ok(to) = chosen("swap").parse()
            && keeps.is_positive()
        {
            changes.push(Change::Swap { line: line.id, quantity: keeps, to });
        }
        let quantity = Quantity(chosen("back").parse().unwrap_or(0));
        if let (Ok(variant), true, Some(way)) = (chosen("for").parse(), quantity.is_positive(), sent_instead(order, line)) {
            let condition = if typed.value("why") == "fault" { Condition::Damaged } else { Condition::Resale };
            back.push(NewReturnLine { line: line.id, quantity, condition });
            changes.push(Change::Add { variant, quantity, way });
        }
    }
    Ok((changes, back))
}

/// What is sent in exchange goes as the first did; what was carried out of a shop waits there.
fn sent_instead(order: &Order, line: &OrderLine) -> Option<Way> {
    let part = order.fulfilment_of(line)?;
    Some(match part.way {
        FulfilmentWay::Deliver => Way::Deliver { address: part.address.clone() },
        FulfilmentWay::Collect | FulfilmentWay::CarryOut => Way::Collect { location: part.location },
    })
}

fn address(page: &Page, form: &mut Form) -> Option<Address> {
    for (field, key) in [("name", "need-name"), ("street", "need-street"), ("city", "need-city")] {
        if form.value(field).is_empty() {
            form.refuse(field, page.t(key));
        }
    }
    for field in ["name", "street", "city"] {
        if form.value(field).chars().count() > LINE {
            form.refuse(field, page.t("field-too-long"));
        }
    }
    let postcode: String = form.value("postcode").chars().filter(|letter| !letter.is_whitespace()).collect();
    if postcode.len() != 5 || !postcode.bytes().all(|byte| byte.is_ascii_digit()) {
        form.refuse("postcode", page.t("bad-postcode"));
    }
    let text = |field: &str| form.value(field).to_owned();
    let (name, street, city) = (text("name"), text("street"), text("city"));
    form.is_fine().then(|| Address { name, street, postcode, city, region: String::new(), country: "ES".into() })
}

/// What is different, a sentence each.
pub(crate) fn change_words(page: &Page, notes: &[ChangeNote]) -> Vec<String> {
    let many = |key: &str, quantity: Quantity, title: &str| page.tw(key, &[("n", quantity.0.into()), ("title", title.to_owned().into())]);
    let word = |note: &ChangeNote| match note {
        ChangeNote::Delivered { to } => page.tv("changed-delivered", to),
        ChangeNote::Collected { at } => page.tv("changed-collected", at),
        ChangeNote::Swapped { quantity, from, to } => {
            page.tw("changed-swapped", &[("n", quantity.0.into()), ("title", from.clone().into()), ("to", to.clone().into())])
        }
        ChangeNote::Removed { quantity, title } => many("changed-removed", *quantity, title),
        ChangeNote::Added { quantity, title } => many("changed-added", *quantity, title),
        ChangeNote::Returned { quantity, title } => many("changed-returned", *quantity, title),
    };
    notes.iter().map(word).collect()
}

/// Why a change is refused, in the reader's words; `None` for what is not the reader's doing.
pub(crate) fn refusal(page: &Page, refused: &ChangeOrderError) -> Option<String> {
    Some(match refused {
        ChangeOrderError::Nothing => page.t("change-nothing"),
        ChangeOrderError::Change(ChangeError::TooLate { .. } | ChangeError::Over { .. }) => page.t("change-too-late"),
        ChangeOrderError::Change(ChangeError::NothingLeft) => page.t("change-nothing-left"),
        ChangeOrderError::Checkout(CheckoutError::OutOfStock { .. } | CheckoutError::NotForSale { .. }) => page.t("change-gone"),
        ChangeOrderError::Checkout(CheckoutError::Basket(
            BasketError::DeliveryNotReached { postcode, .. }
            | BasketError::CannotDeliver { postcode, .. }
            | BasketError::NoDelivery { postcode, .. },
        )) => page.tv("checkout-cannot-deliver", postcode),
        ChangeOrderError::Return(RequestReturnError::Refused { title, .. }) => page.tv("return-refused", title),
        ChangeOrderError::PaymentNeeded { difference } => page.tv("change-needs-payment", difference.format(page.locale)),
        other if matches!(other.kind(), Kind::Fault | Kind::NotFound | Kind::Forbidden | Kind::Unavailable) => return None,
        other => {
            tracing::info!(code = other.code(), "a change was refused");
            page.t("change-refused")
        }
    })
}
