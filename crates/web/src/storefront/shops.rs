//! The shops: where, how far, open or not; and choosing one.

use super::json_ld::{self, JsonLd};
use super::visitor::{Aisle, Visitor, choose_shop, is_shop};
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::extract::{Query, State};
use inventory::{Location, LocationId, OpenSpan, Point, Purpose};
use jiff::civil::Weekday;
use kernel::{Fault, Locale, ReadTx};
use serde::Deserialize;

/// Shops shown at once.
const MOST: usize = 50;

/// A shop as a card.
pub(crate) struct ShopCard {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) street: String,
    pub(crate) town: String,
    pub(crate) phone: String,
    pub(crate) is_open: bool,
    pub(crate) state: String,
    pub(crate) distance: String,
    pub(crate) week: Vec<(String, String)>,
    pub(crate) is_chosen: bool,
    pub(crate) map: String,
    pub(crate) menu: String,
}

impl ShopCard {
    pub(crate) fn new(page: &Page, shop: &Location, metres: Option<f64>, chosen: Option<LocationId>) -> Self {
        let details = &shop.details;
        let point = details.point;
        ShopCard {
            id: shop.id.to_string(),
            name: details.name.clone(),
            street: details.address.clone(),
            town: format!("{} {}", details.postcode, details.city),
            phone: details.phone.clone(),
            is_open: shop.is_open(page.now),
            state: open_words(page, shop),
            distance: metres.map_or_else(String::new, |metres| distance(metres, page.locale)),
            week: week(page.locale, shop),
            is_chosen: chosen == Some(shop.id),
            menu: format!("/shops/{}/menu", super::words::encoded(&details.code)),
            map: format!("https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/{0}/{1}", point.latitude, point.longitude),
        }
    }
}

/// `Abierta hasta las 20:30`, `Cerrada; abre mañana a las 10:00`.
pub(crate) fn open_words(page: &Page, shop: &Location) -> String {
    let clock = jiff::tz::TimeZone::get(&shop.details.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let local = page.now.to_jiff().to_zoned(clock.clone());
    if let Some(span) = shop.opening_today(page.now).iter().find(|span| span.contains(local.time())) {
        return page.tv("shop-open-until", clock_text(span.closes));
    }
    let Some(next) = shop.next_opening(page.now) else { return page.t("shop-closed") };
    let opens = next.to_jiff().to_zoned(clock);
    let time = clock_text(opens.time());
    let days = opens.date().since(local.date()).map_or(9, |span| span.get_days());
    match days {
        0 => page.tv("shop-opens-today", time),
        1 => page.tv("shop-opens-tomorrow", time),
        _ => page.tw("shop-opens-day", &[("day", weekday(opens.weekday(), page.locale).into()), ("time", time.into())]),
    }
}

fn clock_text(time: jiff::civil::Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// `850 m`, `3,2 km`, `412 km`.
pub(crate) fn distance(metres: f64, locale: Locale) -> String {
    if metres < 1000.0 {
        return format!("{:.0} m", (metres / 10.0).round() * 10.0);
    }
    let km = metres / 1000.0;
    let text = if km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
    let text = if locale == Locale::Es { text.replace('.', ",") } else { text };
    format!("{text} km")
}

const DAYS: [Weekday; 7] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday, Weekday::Sunday];

pub(crate) fn weekday(day: Weekday, locale: Locale) -> &'static str {
    let names = match locale {
        Locale::Es => ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        Locale::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    };
    names[usize::from(day.to_monday_zero_offset().unsigned_abs())]
}

/// The week with like days together: `lunes – viernes`, `10:00–20:30`.
fn week(locale: Locale, shop: &Location) -> Vec<(String, String)> {
    let text = |spans: &[OpenSpan]| {
        let spans: Vec<_> = spans.iter().map(|span| format!("{}–{}", clock_text(span.opens), clock_text(span.closes))).collect();
        if spans.is_empty() { closed(locale).to_owned() } else { spans.join(", ") }
    };
    let mut rows: Vec<(Weekday, Weekday, String)> = Vec::new();
    for day in DAYS {
        let hours = text(shop.details.hours.week.on(day));
        match rows.last_mut() {
            Some((_, last, known)) if *known == hours => *last = day,
            _ => rows.push((day, day, hours)),
        }
    }
    let days = |(first, last, hours): (Weekday, Weekday, String)| {
        let (from, to) = (weekday(first, locale), weekday(last, locale));
        (super::words::capital(&if first == last { from.to_owned() } else { format!("{from} – {to}") }), hours)
    };
    rows.into_iter().map(days).collect()
}

fn closed(locale: Locale) -> &'static str {
    match locale {
        Locale::Es => "cerrada",
        Locale::En => "closed",
    }
}

/// Shops, nearest first when we know from where, else by name.
pub(crate) fn near(tx: &ReadTx<'_>, from: Option<Point>, limit: usize) -> Result<Vec<(Location, Option<f64>)>, Fault> {
    if let Some(from) = from {
        let found = inventory::nearest(tx, from, Purpose::Collect, limit)?;
        return Ok(found.into_iter().filter(|near| is_shop(&near.location)).map(|near| (near.location, Some(near.metres))).collect());
    }
    let mut shops: Vec<_> = inventory::locations(tx, false, None, 200)?.into_iter().filter(is_shop).collect();
    shops.sort_by(|a, b| a.details.name.cmp(&b.details.name));
    shops.truncate(limit);
    Ok(shops.into_iter().map(|shop| (shop, None)).collect())
}

/// Where a postcode lies, as far as our shops tell: the shop that shares the most leading digits.
pub(crate) fn point_of_postcode(tx: &ReadTx<'_>, postcode: &str) -> Result<Option<Point>, Fault> {
    let typed: String = postcode.chars().filter(char::is_ascii_digit).take(5).collect();
    if typed.len() < 2 {
        return Ok(None);
    }
    if let Some(point) = inventory::centre_of_postcode(&typed) {
        return Ok(Some(point));
    }
    let shops = inventory::locations(tx, false, None, 200)?;
    let shared = |shop: &Location| shop.details.postcode.chars().zip(typed.chars()).take_while(|(a, b)| a == b).count();
    Ok(shops.iter().filter(|shop| is_shop(shop)).max_by_key(|shop| shared(shop)).map(|shop| shop.details.point))
}

/// Five digits.
pub(super) fn is_postcode(typed: &str) -> bool {
    typed.len() == 5 && typed.bytes().all(|b| b.is_ascii_digit())
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    postcode: String,
    #[serde(default)]
    lat: String,
    #[serde(default)]
    lon: String,
}

impl Asked {
    fn point(&self) -> Option<Point> {
        Point::new(self.lat.parse().ok()?, self.lon.parse().ok()?)
    }
}

#[derive(Template)]
#[template(path = "storefront/shops.html")]
struct Shops {
    page: Page,
    aisles: Vec<Aisle>,
    postcode: String,
    is_here: bool,
    unknown: bool,
    shops: Vec<ShopCard>,
    json_ld: JsonLd,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut postcode: String = asked.postcode.trim().chars().take(10).collect();
    // What they said on the page of a product holds here as well.
    let kept = visitor.near.clone().filter(|_| postcode.is_empty() && asked.point().is_none());
    let here = asked.point().or_else(|| kept.as_ref().map(|place| place.point));
    let typed = postcode.clone();
    let read = app.db.read(move |tx| {
        let from = if here.is_some() { here } else { point_of_postcode(tx, &typed)? };
        Ok::<_, Fault>((near(tx, from, MOST)?, from.is_some()))
    });
    let (shops, found) = read.await?;
    let (chosen, Visitor { page, aisles, .. }) = (visitor.shop_id(), visitor);
    let json_ld = JsonLd::of(shops.iter().map(|(shop, _)| json_ld::store(&app, shop)).collect());
    let shops = shops.into_iter().map(|(shop, metres)| ShopCard::new(&page, &shop, metres, chosen)).collect();
    let (is_here, unknown) = (here.is_some(), !postcode.is_empty() && !found);
    if let Some(place) = kept {
        postcode = place.words;
    }
    show(&Shops { page, aisles, postcode, is_here, unknown, shops, json_ld })
}

pub(super) async fn choose(State(app): State<App>, page: Page, form: Form) -> Answer {
    let id: LocationId = form.value("shop").parse().map_err(|_| Trouble::not_found())?;
    let found = app.db.read(move |tx| inventory::location(tx, id)).await?;
    let shop = found.filter(is_shop).ok_or_else(Trouble::not_found)?;
    let back = super::own_path(form.value("back"), "/shops");
    let mut answer = page.go_saying(&back, &Flash::ok("shop-chosen").with(shop.details.name))?;
    choose_shop(answer.headers_mut(), id, app.secure);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_short() {
        assert_eq!(distance(846.0, Locale::Es), "850 m");
        assert_eq!((distance(3_240.0, Locale::Es), distance(3_240.0, Locale::En)), ("3,2 km".into(), "3.2 km".into()));
        assert_eq!(distance(412_300.0, Locale::En), "412 km");
    }
}
