//! What the customer typed, checked field by field.

use super::super::visitor::Visitor;
use crate::{Form, Page};
use customers::{HOME_REGION, Identifier, IdentifierKind};
use kernel::{Fault, ReadTx};
use orders::{Address, Cart, Contact, Way};

/// Longest text of one line.
const LINE: usize = 200;

/// A form without fault.
pub(in super::super) struct Filled {
    pub(in super::super) contact: Contact,
    pub(super) address: Option<Address>,
    pub(super) note: String,
    pub(super) pays_later: bool,
    /// Code of a gift card; empty for none.
    pub(super) gift_card: String,
}

/// What we know of a signed-in customer is not asked again.
pub(in super::super) fn prefill(tx: &ReadTx<'_>, visitor: &Visitor) -> Result<Form, Fault> {
    let form = Form::new().fill("pay", "online").fill("country", "ES");
    let Some((profile, person)) = visitor.shopper.signed_in.zip(visitor.shopper.person) else { return Ok(form) };
    let Some(person) = customers::person(tx, person)? else { return Ok(form) };
    let first = |kind: IdentifierKind| person.of_kind(kind).next().map(|known| known.identifier.display().to_owned()).unwrap_or_default();
    let last = orders::orders_of(tx, &[profile], None, 1)?.items.into_iter().next();
    let mut form =
        form.fill("name", person.name.text.clone()).fill("email", first(IdentifierKind::Email)).fill("phone", first(IdentifierKind::Phone));
    let address = match last {
        Some(head) => orders::order(tx, head.id)?.and_then(|order| order.fulfilments.into_iter().find_map(|part| part.address)),
        None => None,
    };
    if let Some(address) = address {
        form = form
            .fill("street", address.street)
            .fill("postcode", address.postcode)
            .fill("city", address.city)
            .fill("region", address.region);
    }
    Ok(form)
}

/// Where it goes as far as the form says: enough for a price.
pub(super) fn home(form: &Form) -> Option<Address> {
    let postcode: String = form.value("postcode").chars().filter(char::is_ascii_digit).collect();
    let empty = String::new;
    (postcode.len() == 5).then(|| Address {
        name: empty(),
        street: empty(),
        postcode,
        city: empty(),
        region: empty(),
        country: "ES".into(),
    })
}

/// Whether an address is needed.
pub(super) fn delivers(cart: &Cart) -> bool {
    cart.lines.iter().any(|line| matches!(line.way, Way::Deliver { .. }))
}

/// The form as values, or the form with what is wrong beside each field.
pub(in super::super) fn read_form(page: &Page, typed: &Form, delivers: bool) -> Result<Filled, Form> {
    let mut form = typed.clone();
    for field in ["name", "email", "phone", "street", "city", "region", "postcode", "gift_card"] {
        if form.value(field).chars().count() > LINE {
            form.refuse(field, page.t("field-too-long"));
        }
    }
    let mut need = |field: &str, key: &str| {
        if form.value(field).is_empty() {
            form.refuse(field, page.t(key));
        }
    };
    need("name", "need-name");
    if delivers {
        need("street", "need-street");
        need("city", "need-city");
    }
    let email = match form.value("email") {
        "" => None,
        text => Some(Identifier::email(text)),
    };
    let phone = match form.value("phone") {
        "" => None,
        text => Some(Identifier::phone(text, HOME_REGION)),
    };
    if email.is_none() && phone.is_none() {
        form.refuse("email", page.t("need-contact"));
    }
    if matches!(email, Some(Err(_))) {
        form.refuse("email", page.t("bad-email"));
    }
    if matches!(phone, Some(Err(_))) {
        form.refuse("phone", page.t("bad-phone"));
    }
    let postcode: String = form.value("postcode").chars().filter(|c| !c.is_whitespace()).collect();
    if delivers && !(postcode.len() == 5 && postcode.bytes().all(|b| b.is_ascii_digit())) {
        form.refuse("postcode", page.t("bad-postcode"));
    }
    if form.value("note").chars().count() > 1000 {
        form.refuse("note", page.t("field-too-long"));
    }
    if !form.is_fine() {
        return Err(form);
    }
    let text = |field: &str| form.value(field).to_owned();
    let value = |found: Option<Result<Identifier, _>>| {
        found.and_then(Result::ok).map_or_else(String::new, |known: Identifier| known.value().to_owned())
    };
    let address =
        Address { name: text("name"), street: text("street"), postcode, city: text("city"), region: text("region"), country: "ES".into() };
    Ok(Filled {
        contact: Contact { name: text("name"), email: value(email), phone: value(phone) },
        address: delivers.then_some(address),
        note: text("note"),
        pays_later: form.value("pay") == "shop" && !delivers,
        gift_card: text("gift_card"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Locale, Timestamp};
    use orders::{CartId, CartLine, CartLineId, CartState};

    fn cart(way: Way) -> Cart {
        let line = CartLine {
            id: CartLineId::nil(),
            variant: catalogue::VariantId::nil(),
            quantity: kernel::Quantity(1),
            way,
            added_by: "guest".into(),
            changed_by: "guest".into(),
            added_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            matched: None,
        };
        Cart {
            id: CartId::nil(),
            profile: None,
            guest: None,
            code: None,
            coupon: None,
            delivery: None,
            state: CartState::Open,
            version: 1,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            lines: vec![line],
        }
    }

    #[test]
    fn a_parcel_needs_an_address_and_a_collection_does_not() {
        let page = Page::sample(Locale::En);
        let typed = Form::of([("name", "Ana Ruiz"), ("email", "Ana@Example.es"), ("pay", "shop")]);
        let collected = read_form(&page, &typed, delivers(&cart(Way::Collect { location: inventory::LocationId::nil() })))
            .unwrap_or_else(|_| panic!("enough"));
        assert_eq!((collected.contact.email.as_str(), collected.address, collected.pays_later), ("ana@example.es", None, true));
        let refused = read_form(&page, &typed, delivers(&cart(Way::Deliver { address: None }))).err().expect("no address");
        assert!(["street", "city", "postcode"].iter().all(|field| refused.error(field).is_some()));
        assert_eq!(refused.error_count(), 3);
        let nobody = read_form(&page, &Form::of([("name", "Ana"), ("phone", "12")]), delivers(&cart(Way::Deliver { address: None }))).err();
        assert!(nobody.expect("refused").error("phone").is_some());
    }
}
