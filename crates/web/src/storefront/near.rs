//! Where a visitor is: a postcode, a town or where their device says, given once and kept by their browser alone.

use super::shops::is_postcode;
use super::visitor::{Visitor, is_shop};
use crate::{Answer, App, Cookie, Flash, cookie};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use inventory::{Location, Point};
use kernel::{Fault, ReadTx};
use serde::Deserialize;

/// Cookie of the place.
const NEAR: &str = "hilo_near";
const MONTH: u64 = 30 * 24 * 3600;
/// Longest name of a place.
const LONGEST: usize = 40;

/// A place that distances are measured from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NearPlace {
    /// What they typed, or the name of their shop; empty for where their device is.
    pub(crate) words: String,
    /// Where that is.
    pub(crate) point: Point,
}

impl NearPlace {
    /// What the browser brings back.
    pub(super) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let value = |name: &str| {
            let text = cookie(headers, NEAR).unwrap_or_default().as_bytes();
            form_urlencoded::parse(text).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        };
        let point = Point::new(value("lat")?.parse().ok()?, value("lon")?.parse().ok()?)?;
        Some(NearPlace { words: value("of")?.chars().take(LONGEST).collect(), point })
    }
    /// The place of somebody who chose a shop and no more.
    pub(super) fn of_shop(shop: &Location) -> Self {
        NearPlace { words: shop.details.name.clone(), point: shop.details.point }
    }
    /// All that is known is the province.
    pub(super) fn is_rough(&self) -> bool {
        is_postcode(&self.words)
    }
    fn keep(&self, headers: &mut HeaderMap, secure: bool) {
        let (lat, lon) = (format!("{:.3}", self.point.latitude), format!("{:.3}", self.point.longitude));
        let value =
            form_urlencoded::Serializer::new(String::new()).extend_pairs([("lat", &lat), ("lon", &lon), ("of", &self.words)]).finish();
        Cookie::lasting(NEAR, &value, MONTH, secure).set(headers);
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// A postcode or a town; empty to forget the place.
    place: String,
    lat: String,
    lon: String,
    back: String,
}

/// Remember the place, and go back to where it was asked for.
pub(super) async fn choose(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let back = super::own_path(&asked.back, "/shops");
    let words: String = asked.place.trim().chars().take(LONGEST).collect();
    let here = asked.lat.parse().ok().zip(asked.lon.parse().ok()).and_then(|(lat, lon)| Point::new(lat, lon));
    if words.is_empty() && here.is_none() {
        let mut answer = visitor.page.go(&back)?;
        Cookie::gone(NEAR).set(answer.headers_mut());
        return Ok(answer);
    }
    let typed = words.clone();
    let found = match here {
        Some(point) => Some(NearPlace { words: String::new(), point }),
        None => app.db.read(move |tx| point_of(tx, &typed)).await?.map(|point| NearPlace { words: words.clone(), point }),
    };
    let Some(place) = found else { return visitor.page.go_saying(&back, &Flash::bad("near-unknown").with(words)) };
    let mut answer = visitor.page.go(&back)?;
    place.keep(answer.headers_mut(), app.secure);
    Ok(answer)
}

/// Where a postcode, a province or a town where we have a shop lies.
fn point_of(tx: &ReadTx<'_>, typed: &str) -> Result<Option<Point>, Fault> {
    if is_postcode(typed) {
        return Ok(inventory::centre_of_postcode(typed));
    }
    let town = catalogue::slug(typed);
    let shops = inventory::locations(tx, false, None, 200)?;
    let ours = shops.iter().filter(|shop| is_shop(shop)).find(|shop| !town.is_empty() && catalogue::slug(&shop.details.city) == town);
    Ok(inventory::centre_of_province(typed).or_else(|| ours.map(|shop| shop.details.point)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, header};

    fn brought_back(cookie: &str) -> Option<NearPlace> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).expect("plain"));
        NearPlace::from_headers(&headers)
    }

    #[test]
    fn a_place_survives_its_cookie_and_a_false_one_is_none() {
        let place = NearPlace { words: "León & más; ñ".into(), point: Point { latitude: 42.6, longitude: -5.57 } };
        let mut headers = HeaderMap::new();
        place.keep(&mut headers, false);
        let set = headers[header::SET_COOKIE].to_str().expect("plain");
        assert_eq!(brought_back(set.split(';').next().expect("a pair")), Some(place));
        for false_one in ["", "hilo_near=", "hilo_near=lat=91&lon=0&of=x", "hilo_near=lat=40&of=x", "hilo_near=lat=NaN&lon=0&of=x"] {
            assert_eq!(brought_back(false_one), None, "{false_one}");
        }
    }
}
