//! The details of a place as a form, and back.

use crate::studio::hours::{self, DAYS};
use crate::{Form, Page};
use inventory::{LocationDetails, LocationKind, Point};
use kernel::Quantity;

/// What a new place starts with.
pub(super) fn blank() -> Form {
    let form = Form::of([("kind", "shop"), ("country", "ES"), ("time_zone", "Europe/Madrid"), ("safety_stock", "0")]);
    let form = form.fill("collects", "1").fill("is_active", "1");
    DAYS.into_iter().take(6).fold(form, |form, day| form.fill(day, "10:00-20:30"))
}

/// The form of a place that is there.
pub(super) fn form_of(d: &LocationDetails) -> Form {
    let (latitude, longitude, safety) = (d.point.latitude.to_string(), d.point.longitude.to_string(), d.safety_stock.0.to_string());
    let tick = |on: bool| if on { "1" } else { "" };
    let form = Form::of([
        ("code", d.code.as_str()),
        ("name", &d.name),
        ("kind", d.kind.as_str()),
        ("address", &d.address),
        ("postcode", &d.postcode),
        ("city", &d.city),
        ("province", &d.province),
        ("country", &d.country),
        ("latitude", &latitude),
        ("longitude", &longitude),
        ("time_zone", &d.time_zone),
        ("tax_zone", &d.tax_zone),
        ("phone", &d.phone),
        ("email", &d.email),
        ("collects", tick(d.collects)),
        ("ships", tick(d.ships)),
        ("is_active", tick(d.is_active)),
        ("safety_stock", &safety),
    ]);
    hours::fill(form, &d.hours)
}

/// The details that the form says; what cannot be read is refused beside its field.
pub(super) fn read(page: &Page, form: &mut Form) -> LocationDetails {
    let mut number = |name: &str| -> f64 {
        let typed = form.value(name).replace(',', ".");
        typed.parse().unwrap_or_else(|_| {
            form.refuse(name, page.t("studio-not-a-number"));
            0.0
        })
    };
    let point = Point { latitude: number("latitude"), longitude: number("longitude") };
    let safety = match form.value("safety_stock") {
        "" => Some(0),
        typed => typed.parse().ok(),
    };
    if safety.is_none() {
        form.refuse("safety_stock", page.t("studio-not-a-number"));
    }
    let hours = hours::read(page, form);
    let text = |name: &str| form.value(name).to_owned();
    LocationDetails {
        code: text("code").to_uppercase(),
        name: text("name"),
        kind: form.value("kind").parse().unwrap_or(LocationKind::Shop),
        address: text("address"),
        postcode: text("postcode"),
        city: text("city"),
        province: text("province"),
        country: text("country").to_uppercase(),
        point,
        time_zone: text("time_zone"),
        tax_zone: text("tax_zone"),
        hours,
        phone: text("phone"),
        email: text("email"),
        collects: form.is("collects", "1"),
        ships: form.is("ships", "1"),
        safety_stock: Quantity(safety.unwrap_or_default()),
        is_active: form.is("is_active", "1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn a_place_survives_its_form() {
        let page = Page::sample(Locale::Es);
        let mut form = blank()
            .fill("code", "mad-1")
            .fill("name", "Madrid")
            .fill("latitude", "40,4168")
            .fill("longitude", "-3.7038")
            .fill("mon", "10:00-14:00, 17:00-20:30")
            .fill("exceptions", "2026-12-25\n2026-12-24 10:00-15:00");
        let details = read(&page, &mut form);
        assert!(form.is_fine());
        assert_eq!((details.code.as_str(), details.point.latitude, details.hours.week.sun.len()), ("MAD-1", 40.4168, 0));
        assert_eq!(details.hours.exceptions.len(), 2);
        let mut again = form_of(&details);
        assert_eq!(read(&page, &mut again), details);
    }

    #[test]
    fn what_cannot_be_read_is_refused_beside_its_field() {
        let page = Page::sample(Locale::En);
        let mut form = blank().fill("latitude", "north").fill("longitude", "0").fill("tue", "morning").fill("exceptions", "Christmas");
        read(&page, &mut form);
        assert!(["latitude", "tue", "exceptions"].iter().all(|name| form.error(name).is_some()) && form.error_count() == 3);
    }
}
