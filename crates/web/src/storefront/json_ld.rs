//! What pages say to search engines, in the vocabulary of schema.org.

use crate::App;
use askama::filters::HtmlSafe;
use inventory::{DayException, Location, OpenSpan};
use jiff::civil::Weekday;
use serde_json::{Value, json};

/// A script element that holds data and runs nothing, so no policy has to allow it.
pub(super) struct JsonLd(Value);

impl JsonLd {
    /// Several things that one page is about.
    pub(super) fn of(things: Vec<Value>) -> Self {
        JsonLd(json!({ "@context": "https://schema.org", "@graph": things }))
    }
}

impl std::fmt::Display for JsonLd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // `<` is escaped, so that no text can end the element or begin a comment in it.
        let text = self.0.to_string().replace('<', "\\u003c");
        write!(f, "<script type=\"application/ld+json\">{text}</script>")
    }
}
impl HtmlSafe for JsonLd {}

/// The brand.
pub(super) fn organization(app: &App) -> Value {
    let base = &app.brand.public_url;
    json!({ "@type": "Organization", "@id": format!("{base}/#brand"), "name": app.brand.name, "url": format!("{base}/") })
}

/// Where a page stands: name and path of each step, the first page first.
pub(super) fn crumbs(app: &App, way: &[(String, String)]) -> Value {
    let step = |(position, (name, path)): (usize, &(String, String))| json!({ "@type": "ListItem", "position": position, "name": name, "item": format!("{}{path}", app.brand.public_url) });
    json!({ "@type": "BreadcrumbList", "itemListElement": (1..).zip(way).map(step).collect::<Vec<_>>() })
}

/// A shop with its hours.
pub(super) fn store(app: &App, shop: &Location) -> Value {
    let (details, base) = (&shop.details, &app.brand.public_url);
    let mut store = json!({
        "@type": "Store", "@id": format!("{base}/shops#{}", details.code), "name": details.name, "branchCode": details.code,
        "url": format!("{base}/shops"), "currenciesAccepted": app.brand.currency.code(), "parentOrganization": organization(app),
        "address": {
            "@type": "PostalAddress", "streetAddress": details.address, "postalCode": details.postcode, "addressLocality": details.city,
            "addressCountry": details.country,
        },
        "geo": { "@type": "GeoCoordinates", "latitude": details.point.latitude, "longitude": details.point.longitude },
        "openingHoursSpecification": DAYS.iter().flat_map(|(day, name)| on(details.hours.week.on(*day), name)).collect::<Vec<_>>(),
    });
    if !details.province.is_empty() {
        store["address"]["addressRegion"] = details.province.as_str().into();
    }
    for (name, text) in [("telephone", &details.phone), ("email", &details.email)] {
        if !text.is_empty() {
            store[name] = text.as_str().into();
        }
    }
    let special: Vec<_> = details.hours.exceptions.iter().flat_map(exception).collect();
    if !special.is_empty() {
        store["specialOpeningHoursSpecification"] = special.into();
    }
    store
}

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

fn on<'a>(spans: &'a [OpenSpan], day: &'a str) -> impl Iterator<Item = Value> + 'a {
    spans.iter().map(move |span| {
        json!({
            "@type": "OpeningHoursSpecification", "dayOfWeek": format!("https://schema.org/{day}"),
            "opens": span.opens.strftime("%H:%M").to_string(), "closes": span.closes.strftime("%H:%M").to_string(),
        })
    })
}

/// A day that differs; closed from midnight to midnight when it has no hours.
fn exception(day: &DayException) -> Vec<Value> {
    let date = day.date.to_string();
    let hours = |opens: String, closes: String| json!({ "@type": "OpeningHoursSpecification", "validFrom": date, "validThrough": date, "opens": opens, "closes": closes });
    if day.open.is_empty() {
        return vec![hours("00:00".to_owned(), "00:00".to_owned())];
    }
    day.open.iter().map(|span| hours(span.opens.strftime("%H:%M").to_string(), span.closes.strftime("%H:%M").to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element() {
        let element = JsonLd::of(vec![json!({ "name": "</script><!--" })]).to_string();
        let inside = "{\"@context\":\"https://schema.org\",\"@graph\":[{\"name\":\"\\u003c/script>\\u003c!--\"}]}";
        assert_eq!(element, format!("<script type=\"application/ld+json\">{inside}</script>"));
    }
}
