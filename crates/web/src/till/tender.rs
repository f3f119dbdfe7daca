//! Money over the counter: what a form says, as tenders.

use crate::{Form, Page};
use flows::{PayBy, Tender};
use kernel::Money;
use payments::Method;
use std::time::Duration;

/// How long a link shown at the till is good.
const LINK_LIFE: Duration = Duration::from_secs(24 * 3600);

/// What the form asks for.
pub(super) struct Asked {
    pub(super) by: PayBy,
    /// What was put on the counter, when it was cash.
    pub(super) given: Option<Money>,
}

/// Read the tender; wrong fields are refused in the form.
pub(super) fn read(page: &Page, form: &mut Form, due: Money) -> Option<Asked> {
    match form.value("by") {
        "cash" => cash(page, form, due),
        "card" => card(page, form, due),
        "gift_card" => gift_card(page, form, due),
        "link" => Some(Asked { by: PayBy::Link { matter: None, good_for: LINK_LIFE }, given: None }),
        _ => {
            form.refuse("by", page.t("till-choose-tender"));
            None
        }
    }
}

/// Empty means exactly what is due.
fn amount(page: &Page, form: &mut Form, field: &str, due: Money) -> Option<Money> {
    if form.value(field).is_empty() {
        return Some(due);
    }
    match Money::parse(form.value(field).trim_end_matches('€').trim(), due.currency) {
        Ok(amount) if amount.is_positive() => Some(amount),
        _ => {
            form.refuse(field, page.t("till-not-an-amount"));
            None
        }
    }
}

fn cash(page: &Page, form: &mut Form, due: Money) -> Option<Asked> {
    // One of the notes offered, or exactly what is due: whatever was typed besides does not count.
    let pressed = if form.is("exact", "yes") { Some("") } else { Some(form.value("note")).filter(|note| !note.is_empty()) };
    if let Some(pressed) = pressed.map(str::to_owned) {
        *form = form.clone().fill("given", pressed);
    }
    let given = amount(page, form, "given", due)?;
    if given.minor < due.minor && !form.is("part", "yes") {
        let missing = Money::new(due.minor - given.minor, due.currency);
        form.refuse("given", page.tv("till-too-little", missing.format(page.locale)));
        return None;
    }
    let kept = Money::new(given.minor.min(due.minor), due.currency);
    let tender = Tender { method: Method::Cash, amount: kept, reference: String::new() };
    Some(Asked { by: PayBy::Counter(vec![tender]), given: Some(given) })
}

fn card(page: &Page, form: &mut Form, due: Money) -> Option<Asked> {
    let amount = amount(page, form, "amount", due)?;
    if amount.minor > due.minor {
        form.refuse("amount", page.tv("till-too-much", due.format(page.locale)));
        return None;
    }
    let reference: String = form.value("reference").chars().take(60).collect();
    if reference.is_empty() {
        form.refuse("reference", page.t("till-reference-missing"));
        return None;
    }
    let tender = Tender { method: Method::CardTerminal, amount, reference };
    Some(Asked { by: PayBy::Counter(vec![tender]), given: None })
}

/// A card that holds less pays what it holds; the rest stays to be paid.
fn gift_card(page: &Page, form: &mut Form, due: Money) -> Option<Asked> {
    let code: String = form.value("code").chars().take(60).collect();
    if code.is_empty() {
        form.refuse("code", page.t("gift-card-missing"));
        return None;
    }
    let tender = Tender { method: Method::GiftCard, amount: due, reference: code };
    Some(Asked { by: PayBy::Counter(vec![tender]), given: None })
}

/// Notes people hand over for an amount: the next five, ten, twenty, fifty, hundred.
pub(super) fn handy(due: Money) -> Vec<Money> {
    let rounded_up = |note: i64| (due.minor + note - 1) / note * note;
    let mut amounts: Vec<i64> = [500, 1_000, 2_000, 5_000, 10_000].map(rounded_up).into();
    amounts.retain(|amount| *amount > due.minor);
    amounts.sort_unstable();
    amounts.dedup();
    amounts.into_iter().take(4).map(|minor| Money::new(minor, due.currency)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    fn asked(pairs: &[(&str, &str)], due: i64) -> Result<(Money, Option<i64>), Form> {
        let mut form = Form::of(pairs.iter().copied());
        let page = Page::sample(Locale::Es);
        match read(&page, &mut form, Money::eur(due)) {
            Some(Asked { by: PayBy::Counter(tenders), given }) => Ok((tenders[0].amount, given.map(|given| given.minor))),
            _ => Err(form),
        }
    }

    #[test]
    fn cash_keeps_what_is_due_and_knows_what_was_given() {
        assert_eq!(asked(&[("by", "cash"), ("given", "50")], 4_990), Ok((Money::eur(4_990), Some(5_000))));
        assert_eq!(asked(&[("by", "cash"), ("given", "")], 4_990), Ok((Money::eur(4_990), Some(4_990))));
        assert_eq!(asked(&[("by", "cash"), ("given", "20,50"), ("part", "yes")], 4_990), Ok((Money::eur(2_050), Some(2_050))));
        for wrong in ["20", "-5", "mucho", "0"] {
            let form = asked(&[("by", "cash"), ("given", wrong)], 4_990).expect_err(wrong);
            assert!(form.error("given").is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_card_needs_its_receipt_and_never_takes_too_much() {
        assert_eq!(asked(&[("by", "card"), ("reference", "0042")], 4_990), Ok((Money::eur(4_990), None)));
        assert!(asked(&[("by", "card")], 4_990).expect_err("no receipt").error("reference").is_some());
        let form = asked(&[("by", "card"), ("amount", "50"), ("reference", "0042")], 4_990).expect_err("too much");
        assert!(form.error("amount").is_some());
    }

    #[test]
    fn notes_are_offered_from_small_to_large() {
        let minors = |due| handy(Money::eur(due)).into_iter().map(|amount| amount.minor).collect::<Vec<_>>();
        assert_eq!(minors(4_990), [5_000, 6_000, 10_000]);
        assert_eq!(minors(5_000), [6_000, 10_000]);
        assert_eq!(minors(12_345), [12_500, 13_000, 14_000, 15_000]);
    }
}
