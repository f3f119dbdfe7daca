//! A bulk edit in words.

use crate::{Page, format};
use flows::{BulkChange, FieldValue, PriceHow, PriceOf};
use kernel::{Currency, Money, Timestamp};
use pricing::PriceList;

/// The currency of a change of prices.
pub(super) fn currency(change: &BulkChange, lists: &[PriceList]) -> Option<Currency> {
    let BulkChange::Price { list, .. } = change else { return None };
    lists.iter().find(|known| known.code == *list).map(|list| list.currency)
}

/// What was asked for: `Price +10 % on Base`.
pub(super) fn change(page: &Page, change: &BulkChange, lists: &[PriceList], zone: &str) -> String {
    match change {
        BulkChange::Category { to } => page.tv("bulk-does-category", or_none(page, to)),
        BulkChange::Vendor { to } => page.tv("bulk-does-vendor", or_none(page, to)),
        BulkChange::AddTags { tags } => page.tv("bulk-does-tags-add", tags.join(", ")),
        BulkChange::RemoveTags { tags } => page.tv("bulk-does-tags-remove", tags.join(", ")),
        BulkChange::Status { to } => page.tv("bulk-does-status", page.t(&format!("status-{to}"))),
        BulkChange::Publication { on_sale, off_sale } => page.tv("bulk-does-publication", span(page, *on_sale, *off_sale, zone)),
        BulkChange::Price { list, how, rounding } => {
            let known = lists.iter().find(|known| known.code == *list);
            let money = |minor| known.map_or_else(String::new, |list| page.money(&Money::new(minor, list.currency)));
            let signed = |minor: i64, text: String| if minor > 0 { format!("+{text}") } else { text };
            let sum = match how {
                PriceHow::Set { minor } => money(*minor),
                PriceHow::Amount { minor } => signed(*minor, money(*minor)),
                PriceHow::Percent { hundredths } => signed(*hundredths, percent(page, *hundredths)),
            };
            let list = known.map_or(list.as_str(), |list| list.name.as_str());
            let said = page.tw("bulk-does-price", &[("sum", sum.into()), ("list", list.into())]);
            match rounding.as_str() {
                "none" => said,
                ending => format!("{said} {}", page.tv("bulk-does-ending", ending)),
            }
        }
    }
}

fn percent(page: &Page, hundredths: i64) -> String {
    let decimal = Money::new(hundredths, Currency::EUR).decimal();
    let short = decimal.strip_suffix(".00").unwrap_or(&decimal);
    let short = if page.locale == kernel::Locale::Es { short.replace('.', ",") } else { short.to_owned() };
    format!("{short} %")
}

fn or_none(page: &Page, text: &str) -> String {
    if text.is_empty() { page.t("bulk-none") } else { text.to_owned() }
}

fn span(page: &Page, on_sale: Option<Timestamp>, off_sale: Option<Timestamp>, zone: &str) -> String {
    let at = |moment| format::local_time(moment, zone).replace('T', " ");
    let parts = [on_sale.map(|on| page.tv("bulk-from", at(on))), off_sale.map(|off| page.tv("bulk-until", at(off)))];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { page.t("bulk-no-plan") } else { said.join(", ") }
}

/// What it has and what it gets: one pair, or one for each price that differs.
pub(super) fn pairs(page: &Page, before: &FieldValue, after: &FieldValue, currency: Currency, zone: &str) -> Vec<(String, String)> {
    if let (FieldValue::Prices(before), FieldValue::Prices(after)) = (before, after) {
        return priced(page, before, after, currency);
    }
    vec![(value(page, before, zone), value(page, after, zone))]
}

fn value(page: &Page, value: &FieldValue, zone: &str) -> String {
    match value {
        FieldValue::Text(text) => or_none(page, text),
        FieldValue::Tags(tags) => or_none(page, &tags.join(", ")),
        FieldValue::Status(status) => page.t(&format!("status-{status}")),
        FieldValue::Publication { on_sale, off_sale } => span(page, *on_sale, *off_sale, zone),
        FieldValue::Prices(_) => String::new(),
    }
}

fn priced(page: &Page, before: &[PriceOf], after: &[PriceOf], currency: Currency) -> Vec<(String, String)> {
    let said = |of: &PriceOf| {
        let money = |minor| page.money(&Money::new(minor, currency));
        let price = of.price.map_or_else(|| page.t("bulk-none"), money);
        of.compare_at.map_or(price.clone(), |was| format!("{price} ({})", page.tv("bulk-instead-of", money(was))))
    };
    let mut pairs: Vec<((String, String), usize)> = Vec::new();
    for pair in before.iter().zip(after).map(|(before, after)| (said(before), said(after))) {
        match pairs.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, count)) => *count += 1,
            None => pairs.push((pair, 1)),
        }
    }
    let several = pairs.len() > 1;
    let numbered = |((before, after), count): ((String, String), usize)| match several {
        true => (before, format!("{after} · {}", page.tn("studio-n-variants", count))),
        false => (before, after),
    };
    pairs.into_iter().map(numbered).collect()
}

/// Why a product stays.
pub(super) fn stays(page: &Page, why: &str) -> String {
    match why {
        "same" | "no_price" | "below_zero" | "gone" | "changed" => page.t(&format!("bulk-stays-{}", why.replace('_', "-"))),
        sentence => sentence.to_owned(),
    }
}
