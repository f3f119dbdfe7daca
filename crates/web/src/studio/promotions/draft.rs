//! A promotion as a form, and a form as a promotion.

use crate::studio::amount;
use crate::{Form, format};
use catalogue::{Localised, ProductId, VariantId, slug};
use kernel::{Currency, Locale, Money};
use pricing::{Offer, Promotion, Span, Target};

/// The fields that a new promotion begins with.
pub(super) fn empty() -> Form {
    let first = [("offer", "percentage"), ("target", "everything"), ("meets", "alone"), ("take", "3"), ("pay", "2"), ("units", "1")];
    Form::of(first).fill("priority", "0")
}

/// What is stored, as it is typed. `gift` is the SKU of the variant that is given.
pub(super) fn form_of(promotion: &Promotion, zone: &str, gift: Option<String>) -> Form {
    let mut form = empty()
        .fill("code", promotion.code.clone())
        .fill("name_es", promotion.name.es.clone())
        .fill("name_en", promotion.name.en.clone())
        .fill("priority", promotion.priority.to_string())
        .fill("meets", if promotion.is_exclusive { "alone" } else { "shares" })
        .fill("threshold", if promotion.threshold.is_zero() { String::new() } else { amount::written(promotion.threshold) });
    if promotion.span.starts_at != Span::ALWAYS.starts_at {
        form = form.fill("starts", format::local_time(promotion.span.starts_at, zone));
    }
    if let Some(end) = promotion.span.ends_at {
        form = form.fill("ends", format::local_time(end, zone));
    }
    if promotion.needs_coupon {
        form = form.fill("needs_coupon", "yes");
    }
    if let Some(most) = promotion.per_customer {
        form = form.fill("per_customer", most.to_string());
    }
    form = match &promotion.offer {
        Offer::Percentage { basis_points } => form.fill("offer", "percentage").fill("percent", percent(*basis_points)),
        Offer::Amount { off } => form.fill("offer", "amount").fill("off", amount::written(*off)),
        Offer::NForM { take, pay } => form.fill("offer", "n_for_m").fill("take", take.to_string()).fill("pay", pay.to_string()),
        Offer::Gift { units, .. } => form.fill("offer", "gift").fill("gift", gift.unwrap_or_default()).fill("units", units.to_string()),
    };
    match &promotion.target {
        Target::Everything => form.fill("target", "everything"),
        Target::Category(key) => form.fill("target", "category").fill("category", key.clone()),
        Target::Tag(tag) => form.fill("target", "tag").fill("tag", tag.clone()),
        Target::Products(ids) => ids.iter().fold(form.fill("target", "products"), |form, id| form.and("product", id.to_string())),
        Target::Variants(ids) => ids.iter().fold(form.fill("target", "variants"), |form, id| form.and("variant", id.to_string())),
    }
}

/// `12,5` for 1250.
fn percent(basis_points: i64) -> String {
    amount::written(Money::eur(basis_points))
}

/// What a form says, beside what is stored already: `known` gives its id, and code. `gift` is what its SKU names. What cannot be read is
/// the field and the key of a text.
pub(super) fn read(
    form: &Form,
    (currency, zone): (Currency, &str),
    gift: Option<VariantId>,
    known: Option<&Promotion>,
) -> Result<Promotion, Vec<(&'static str, &'static str)>> {
    let mut wrong = Vec::new();
    let mut need = |field: &'static str, key: &'static str, found: Option<i64>| {
        found.unwrap_or_else(|| {
            wrong.push((field, key));
            1
        })
    };
    let whole = |field: &str| form.value(field).parse::<i64>().ok();
    let offer = match form.value("offer") {
        "amount" => Offer::Amount { off: Money::new(need("off", "promo-no-amount", amount::read(form.value("off"), currency)), currency) },
        "n_for_m" => {
            Offer::NForM { take: need("take", "promo-no-number", whole("take")), pay: need("pay", "promo-no-number", whole("pay")) }
        }
        "gift" => {
            need("gift", "promo-no-such-sku", gift.map(|_| 1));
            Offer::Gift { variant: gift.unwrap_or(VariantId::nil()), units: need("units", "promo-no-number", whole("units")) }
        }
        _ => Offer::Percentage { basis_points: need("percent", "promo-no-percent", amount::read(form.value("percent"), Currency::EUR)) },
    };
    let threshold = match form.value("threshold") {
        "" => 0,
        text => need("threshold", "promo-no-amount", amount::read(text, currency)),
    };
    let per_customer = match form.value("per_customer") {
        "" => None,
        _ => Some(need("per_customer", "promo-no-number", whole("per_customer"))),
    };
    let priority = match form.value("priority") {
        "" => 0,
        _ => need("priority", "promo-no-number", whole("priority")),
    };
    let mut moment = |field: &'static str| match form.value(field) {
        "" => None,
        text => {
            let at = format::parse_local(text, zone);
            if at.is_none() {
                wrong.push((field, "promo-no-moment"));
            }
            at
        }
    };
    let span = Span { starts_at: moment("starts").unwrap_or(Span::ALWAYS.starts_at), ends_at: moment("ends") };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let name = Localised::new(form.value("name_es"), form.value("name_en"));
    let typed = Some(form.value("code")).filter(|code| !code.is_empty()).map_or_else(|| slug(name.get(Locale::Es)), str::to_owned);
    let code = known.map_or(typed, |known| known.code.clone());
    let new = Promotion::new(&code, name, target(form), offer);
    Ok(Promotion {
        id: known.map_or(new.id, |known| known.id),
        threshold: Money::new(threshold, currency),
        priority,
        is_exclusive: form.value("meets") != "shares",
        span,
        needs_coupon: form.is("needs_coupon", "yes"),
        per_customer,
        is_stopped: known.is_none_or(|known| known.is_stopped),
        ..new
    })
}

/// What it is about, as far as the form says.
pub(super) fn target(form: &Form) -> Target {
    match form.value("target") {
        "category" => Target::Category(form.value("category").to_owned()),
        "tag" => Target::Tag(form.value("tag").to_owned()),
        "products" => Target::Products(ids::<ProductId>(form, "product")),
        "variants" => Target::Variants(ids::<VariantId>(form, "variant")),
        _ => Target::Everything,
    }
}

/// Ids that were ticked, each once.
pub(super) fn ids<T: std::str::FromStr + PartialEq>(form: &Form, field: &str) -> Vec<T> {
    let mut found = Vec::new();
    for id in form.values(field).filter_map(|text| text.parse().ok()) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// The field of the form that a refusal of pricing is about.
pub(super) fn field_of(field: &str) -> &'static str {
    match field {
        "code" => "code",
        "basis_points" => "percent",
        "off" => "off",
        "take" => "take",
        "units" => "units",
        "target" => "target",
        "threshold" => "threshold",
        "ends_at" => "ends",
        "per_customer" => "per_customer",
        "needs_coupon" => "needs_coupon",
        _ => "name_es",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: (Currency, &str) = (Currency::EUR, "Europe/Madrid");

    #[test]
    fn a_form_and_its_promotion_say_the_same() {
        let form = Form::of([("name_es", "Verano al 12,5"), ("name_en", "Summer"), ("offer", "percentage"), ("percent", "12,5")]);
        let form = form.fill("threshold", "50").fill("starts", "2026-07-01T00:00").fill("meets", "shares").fill("priority", "7");
        let form = form.fill("target", "category").fill("category", "camisas").fill("needs_coupon", "yes").fill("per_customer", "2");
        let read_first = read(&form, HERE, None, None).expect("it is whole");
        assert_eq!((read_first.code.as_str(), &read_first.offer), ("verano-al-12-5", &Offer::Percentage { basis_points: 1250 }));
        assert_eq!((read_first.threshold, read_first.per_customer, read_first.is_stopped), (Money::eur(5000), Some(2), true));
        let again = read(&form_of(&read_first, HERE.1, None), HERE, None, Some(&read_first)).expect("it is whole");
        assert_eq!(again, read_first);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let form = Form::of([("offer", "gift"), ("gift", "X"), ("units", "1"), ("threshold", "mucho"), ("ends", "ayer")]);
        let wrong = [("gift", "promo-no-such-sku"), ("threshold", "promo-no-amount"), ("ends", "promo-no-moment")];
        assert_eq!(read(&form, HERE, None, None), Err(wrong.to_vec()));
    }
}
