//! The days on which nothing leaves and nothing arrives, and how long picking takes.

use super::{Typed, build};
use crate::studio::{Entered, why};
use crate::{Answer, App, Flash, Form, Page, show_refused};
use axum::extract::State;
use kernel::{Kind, Problem};
use pricing::{DeliveryDays, PriceError};

pub(super) fn form_of(days: &DeliveryDays) -> Form {
    let off: Vec<_> = days.off.iter().map(|(date, name)| format!("{date} {name}").trim_end().to_owned()).collect();
    let shops: Vec<_> = days.picking_in.iter().map(|(shop, minutes)| format!("{shop} {minutes}")).collect();
    Form::new().fill("off", off.join("\n")).fill("picking", days.picking_minutes.to_string()).fill("picking_in", shops.join("\n"))
}

/// The days that a form says; what cannot be read is refused beside its field.
fn read(page: &Page, form: &mut Form) -> DeliveryDays {
    let mut days = DeliveryDays::default();
    for line in lines(form, "off") {
        let (date, name) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
        match date.parse() {
            Ok(date) => drop(days.off.insert(date, name.trim().to_owned())),
            Err(_) => form.refuse("off", page.tv("delivery-day-like", &line)),
        }
    }
    for line in lines(form, "picking_in") {
        match line.rsplit_once(char::is_whitespace).and_then(|(shop, minutes)| Some((shop.trim(), minutes.parse().ok()?))) {
            Some((shop, minutes)) => drop(days.picking_in.insert(shop.to_owned(), minutes)),
            None => form.refuse("picking_in", page.tv("delivery-picking-like", &line)),
        }
    }
    match form.value("picking").parse() {
        Ok(minutes) => days.picking_minutes = minutes,
        Err(_) => form.refuse("picking", page.t("studio-not-a-number")),
    }
    days
}

fn lines(form: &Form, field: &str) -> Vec<String> {
    form.value(field).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

pub(super) async fn save(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let days = read(&page, &mut form);
    if form.is_fine() {
        let actor = me.actor.clone();
        match app.db.write("pricing.set_delivery_days", move |tx| pricing::set_delivery_days(tx, &actor, days.clone())).await {
            Ok(_) => return page.go_saying("/studio/delivery", &Flash::ok("saved")),
            Err(error) if error.kind() == Kind::Invalid => form.refuse(field(&error), why(&page, &error)),
            Err(error) => return Err(error.into()),
        }
    }
    show_refused(&build(&app, page, me, Typed { days: Some(form), ..Typed::default() }).await?)
}

fn field(error: &PriceError) -> &'static str {
    match error {
        PriceError::Invalid { field: "picking", .. } => "picking",
        _ => "off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn a_form_and_its_days_say_the_same() {
        let page = Page::sample(Locale::Es);
        let mut form = Form::new().fill("off", "2026-12-25 Navidad\n\n2027-01-06").fill("picking", "90").fill("picking_in", "ZGZ-1 30");
        let days = read(&page, &mut form);
        assert!(form.is_fine());
        assert_eq!((days.picking_minutes, days.picking("ZGZ-1"), days.off.len()), (90, 30, 2));
        assert_eq!(read(&page, &mut form_of(&days)), days);
        let mut wrong = Form::new().fill("off", "Navidad").fill("picking", "mucho").fill("picking_in", "ZGZ-1");
        read(&page, &mut wrong);
        assert_eq!(wrong.error_count(), 3);
    }
}
