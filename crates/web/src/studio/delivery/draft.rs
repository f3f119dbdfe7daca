//! A way of delivery as a form, and a form as a way of delivery.

use crate::studio::amount;
use crate::studio::hours::DAYS;
use crate::{Form, Page};
use catalogue::{Localised, slug};
use kernel::{Currency, Money};
use pricing::{Area, DeliveryFee, DeliveryMethod, DeliveryZone};

/// Empty rows below the zones that there are.
const SPARE: usize = 2;
/// Rows that a form may send.
const MOST_ROWS: usize = 60;

/// What a new way of delivery begins with: the cut-off times of the one built in, offered to everybody.
pub(super) fn empty() -> Form {
    let first = DeliveryMethod { name: Localised::default(), zones: Vec::new(), position: 1, ..DeliveryMethod::standard() };
    form_of(&first, Currency::EUR).fill("code", "")
}

pub(super) fn form_of(method: &DeliveryMethod, currency: Currency) -> Form {
    let mut form = Form::new()
        .fill("code", method.code.clone())
        .fill("name_es", method.name.es.clone())
        .fill("name_en", method.name.en.clone())
        .fill("carrier", method.carrier.clone())
        .fill("position", method.position.to_string())
        .fill("active", if method.is_active { "yes" } else { "" })
        .fill("saturday", if method.is_saturday { "yes" } else { "" });
    for (day, cut_off) in DAYS.iter().zip(method.cut_off) {
        form = form.fill(&cut(day), cut_off.map_or_else(String::new, |minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)));
    }
    for (n, zone) in method.zones.iter().enumerate() {
        let fee = zone.fee_in(currency);
        let written = |minor: Option<i64>| minor.map_or_else(String::new, |minor| amount::written(Money::new(minor, currency)));
        form = form
            .fill(&format!("area-{n}"), zone.area.to_string())
            .fill(&format!("least-{n}"), zone.least_days.to_string())
            .fill(&format!("most-{n}"), zone.most_days.to_string())
            .fill(&format!("fee-{n}"), written(fee.map(|fee| fee.fee)))
            .fill(&format!("free-{n}"), written(fee.and_then(|fee| fee.free_from)));
    }
    form
}

/// The field of a day's cut-off time.
pub(super) fn cut(day: &str) -> String {
    format!("cut-{day}")
}

/// Rows of zones that the form shows: those that have something in them, and some to spare.
pub(super) fn rows(form: &Form) -> usize {
    let used = (0..MOST_ROWS).rev().find(|n| !form.value(&format!("area-{n}")).is_empty()).map_or(0, |last| last + 1);
    used + SPARE
}

/// The way that a form says; fees in other currencies stay as they are `known`. What cannot be read is refused beside its field.
pub(super) fn read(page: &Page, form: &mut Form, currency: Currency, known: Option<&DeliveryMethod>) -> DeliveryMethod {
    let typed = Some(form.value("code")).filter(|code| !code.is_empty()).map_or_else(|| slug(form.value("name_es")), str::to_owned);
    let zones = (0..MOST_ROWS).filter_map(|n| zone(page, form, n, currency, known)).collect();
    let cut_off = DAYS.map(|day| {
        let text = form.value(&cut(day)).to_owned();
        let found = minutes(&text);
        if found.is_none() && !text.is_empty() {
            form.refuse(&cut(day), page.t("delivery-no-time"));
        }
        found
    });
    let position = form.value("position").parse().unwrap_or_else(|_| {
        form.refuse("position", page.t("studio-not-a-number"));
        0
    });
    let (es, en) = (form.value("name_es").to_owned(), form.value("name_en").to_owned());
    DeliveryMethod {
        code: known.map_or(typed, |known| known.code.clone()),
        name: Localised::new(&es, if en.is_empty() { &es } else { &en }),
        carrier: form.value("carrier").to_owned(),
        zones,
        cut_off,
        is_saturday: form.is("saturday", "yes"),
        is_active: form.is("active", "yes"),
        position,
        version: 0,
    }
}

fn zone(page: &Page, form: &mut Form, n: usize, currency: Currency, known: Option<&DeliveryMethod>) -> Option<DeliveryZone> {
    let text = form.value(&format!("area-{n}")).to_owned();
    if text.is_empty() {
        return None;
    }
    let Ok(area) = Area::try_from(text) else {
        form.refuse(&format!("area-{n}"), page.t("delivery-no-area"));
        return None;
    };
    let mut days = |field: String| {
        form.value(&field).parse().unwrap_or_else(|_| {
            form.refuse(&field, page.t("studio-not-a-number"));
            0
        })
    };
    let (least_days, most_days) = (days(format!("least-{n}")), days(format!("most-{n}")));
    let (fee, free) = (format!("fee-{n}"), format!("free-{n}"));
    let minor = amount::read(form.value(&fee), currency);
    if minor.is_none() {
        form.refuse(&fee, page.t("promo-no-amount"));
    }
    let free_from = amount::read(form.value(&free), currency);
    if free_from.is_none() && !form.value(&free).is_empty() {
        form.refuse(&free, page.t("promo-no-amount"));
    }
    let was = known.and_then(|known| known.zones.iter().find(|zone| zone.area == area));
    let mut fees: Vec<DeliveryFee> = was.map_or_else(Vec::new, |zone| zone.fees.clone());
    let of = was.and_then(|zone| zone.fee_in(currency)).and_then(|fee| fee.currency);
    let fee = DeliveryFee { currency: of, fee: minor.unwrap_or_default(), free_from };
    match fees.iter_mut().find(|known| known.currency == of) {
        Some(known) => *known = fee,
        None => fees.push(fee),
    }
    Some(DeliveryZone { area, least_days, most_days, fees })
}

/// `16:00` as minutes after midnight.
fn minutes(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// The field of the form that a refusal of pricing is about.
pub(super) fn field_of(field: &str) -> &'static str {
    match field {
        "code" => "code",
        "name_en" => "name_en",
        "carrier" => "carrier",
        "position" => "position",
        "cut_off" => "cut-mon",
        "zones" => "area-0",
        "is_active" => "active",
        _ => "name_es",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn a_form_and_its_way_of_delivery_say_the_same() {
        let page = Page::sample(Locale::Es);
        let mut form = empty().fill("name_es", "Exprés 24 h").fill("carrier", "Correos").fill("cut-sat", "11:30").fill("saturday", "yes");
        for (n, (area, days, fee, free)) in [("ES-mainland", "1", "6,95", ""), ("ES-balearics", "2", "9,5", "120")].into_iter().enumerate()
        {
            form = form.fill(&format!("area-{n}"), area).fill(&format!("least-{n}"), days).fill(&format!("most-{n}"), days);
            form = form.fill(&format!("fee-{n}"), fee).fill(&format!("free-{n}"), free);
        }
        let method = read(&page, &mut form, Currency::EUR, None);
        assert!(form.is_fine(), "{form:?}");
        assert_eq!((method.code.as_str(), method.name.en.as_str(), method.cut_off[5]), ("expres-24-h", "Exprés 24 h", Some(690)));
        let fees: Vec<_> = method.zones.iter().map(|zone| (zone.least_days, zone.fees[0].fee, zone.fees[0].free_from)).collect();
        assert_eq!(fees, [(1, 695, None), (2, 950, Some(12_000))]);
        assert_eq!(read(&page, &mut form_of(&method, Currency::EUR), Currency::EUR, Some(&method)), method);
        assert_eq!(rows(&form), 4);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_other_currencies_stay() {
        let page = Page::sample(Locale::Es);
        let mut form = empty().fill("name_es", "X").fill("area-0", "Marte").fill("area-1", "ES").fill("cut-mon", "tarde");
        read(&page, &mut form, Currency::EUR, None);
        let wrong = ["area-0", "least-1", "most-1", "fee-1", "cut-mon"].map(|field| form.error(field).is_some());
        assert_eq!((wrong, form.error_count()), ([true; 5], 5));

        let pounds: Currency = "GBP".parse().expect("a currency");
        let mut known = DeliveryMethod::standard();
        known.zones[0].fees.push(DeliveryFee { currency: Some(pounds), fee: 350, free_from: None });
        let mut form = form_of(&known, Currency::EUR).fill("fee-0", "4,50");
        let method = read(&page, &mut form, Currency::EUR, Some(&known));
        let fees: Vec<_> = method.zones[0].fees.iter().map(|fee| (fee.currency, fee.fee)).collect();
        assert_eq!(fees, [(None, 450), (Some(pounds), 350)]);
    }
}
