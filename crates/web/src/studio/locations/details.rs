//! The details of a place as a form, and back.

use crate::{Form, Page};
use inventory::{DayException, Hours, LocationDetails, LocationKind, OpenSpan, Point, Week};
use kernel::Quantity;

/// The days of the week, as fields of the form.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn spans(spans: &[OpenSpan]) -> String {
    spans.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// What a new place starts with.
pub(super) fn blank() -> Form {
    let form = Form::of([("kind", "shop"), ("country", "ES"), ("time_zone", "Europe/Madrid"), ("safety_stock", "0")]);
    let form = form.fill("collects", "1").fill("is_active", "1");
    DAYS.into_iter().take(6).fold(form, |form, day| form.fill(day, "10:00-20:30"))
}

/// The form of a place that is there.
pub(super) fn form_of(d: &LocationDetails) -> Form {
    let (latitude, longitude, safety) = (d.point.latitude.to_string(), d.point.longitude.to_string(), d.safety_stock.0.to_string());
    let week = &d.hours.week;
    let days = [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun].map(|day| spans(day));
    let exceptions: Vec<_> = d.hours.exceptions.iter().map(|e| format!("{} {}", e.date, spans(&e.open)).trim_end().to_owned()).collect();
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
    let form = form.fill("exceptions", exceptions.join("\n"));
    DAYS.into_iter().zip(days).fold(form, |form, (day, text)| form.fill(day, text))
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
    let days = DAYS.map(|day| day_of(page, form, day));
    let [mon, tue, wed, thu, fri, sat, sun] = days;
    let hours = Hours { week: Week { mon, tue, wed, thu, fri, sat, sun }, exceptions: exceptions(page, form) };
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

/// `10:00-14:00, 17:00-20:30`; nothing is closed.
fn spans_in(text: &str) -> Result<Vec<OpenSpan>, String> {
    text.split([',', ';']).map(str::trim).filter(|span| !span.is_empty()).map(str::parse).collect()
}

fn day_of(page: &Page, form: &mut Form, day: &str) -> Vec<OpenSpan> {
    spans_in(form.value(day)).unwrap_or_else(|_| {
        form.refuse(day, page.t("studio-hours-like"));
        Vec::new()
    })
}

fn exceptions(page: &Page, form: &mut Form) -> Vec<DayException> {
    let mut all = Vec::new();
    for line in form.value("exceptions").to_owned().lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (date, open) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match (date.parse(), spans_in(open)) {
            (Ok(date), Ok(open)) => all.push(DayException { date, open }),
            _ => form.refuse("exceptions", page.tv("studio-exception-like", line)),
        }
    }
    all
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
