//! A location: where it is, what it does, when it is open.

use crate::{Hours, LocationError, LocationId, OpenSpan, Point};
use jiff::tz::TimeZone;
use kernel::{Quantity, Timestamp};

kernel::db_enum! {
    /// What sort of place it is.
    pub enum LocationKind {
        /// Open to customers.
        Shop = "shop",
        /// Not open to customers.
        Warehouse = "warehouse",
    }
}

/// Everything that can be said of a location; what `create` and `update` take.
#[derive(Debug, Clone, PartialEq)]
pub struct LocationDetails {
    /// The brand's short name: capital letters, digits and hyphens. Unique.
    pub code: String,
    /// What customers call it.
    pub name: String,
    /// What sort of place.
    pub kind: LocationKind,
    /// Street and number.
    pub address: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Province, may be empty.
    pub province: String,
    /// ISO 3166 two letters.
    pub country: String,
    /// Where on the globe.
    pub point: Point,
    /// IANA name, such as `Europe/Madrid`.
    pub time_zone: String,
    /// Which taxes are due there (`peninsula`, `canarias`); may be empty.
    pub tax_zone: String,
    /// When it is open.
    pub hours: Hours,
    /// E.164, may be empty.
    pub phone: String,
    /// May be empty.
    pub email: String,
    /// Customers may collect here.
    pub collects: bool,
    /// Parcels leave from here.
    pub ships: bool,
    /// Kept back of every variant here, unless set for one variant.
    pub safety_stock: Quantity,
    /// False once it is closed for good.
    pub is_active: bool,
}

/// A location as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// Its id.
    pub id: LocationId,
    /// What is said of it.
    pub details: LocationDetails,
    /// Since when.
    pub created_at: Timestamp,
    /// Last changed.
    pub updated_at: Timestamp,
}

impl Location {
    /// True when it is open at `at`.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.details.hours.is_open(&self.details.time_zone, at)
    }
    /// The spans of the day that `at` falls on there; empty when closed.
    pub fn opening_today(&self, at: Timestamp) -> &[OpenSpan] {
        let zone = TimeZone::get(&self.details.time_zone).unwrap_or(TimeZone::UTC);
        self.details.hours.on(at.to_jiff().to_zoned(zone).date())
    }
    /// When it next opens after `at`, within two weeks.
    pub fn next_opening(&self, at: Timestamp) -> Option<Timestamp> {
        self.details.hours.next_opening(&self.details.time_zone, at)
    }
}

impl LocationDetails {
    pub(crate) fn check(&self) -> Result<(), LocationError> {
        let code_is_plain = |code: &str| code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        let rules: [(&'static str, bool, &'static str); 8] = [
            ("code", (1..=16).contains(&self.code.len()) && code_is_plain(&self.code), "1 to 16 capital letters, digits and hyphens"),
            ("name", (1..=120).contains(&self.name.trim().chars().count()), "1 to 120 characters"),
            ("country", self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_uppercase()), "two capital letters (ISO 3166)"),
            ("point", Point::new(self.point.latitude, self.point.longitude).is_some(), "latitude -90 to 90, longitude -180 to 180"),
            ("time_zone", TimeZone::get(&self.time_zone).is_ok(), "a known zone such as Europe/Madrid"),
            ("safety_stock", (0..=crate::MOST).contains(&self.safety_stock.0), "0 or more"),
            ("address", self.address.len() <= 400 && self.postcode.len() <= 20 && self.city.len() <= 200, "shorter"),
            ("phone", self.phone.len() <= 40 && self.email.len() <= 254, "shorter"),
        ];
        if let Some((field, _, must_be)) = rules.into_iter().find(|(_, holds, _)| !holds) {
            return Err(LocationError::Invalid { field, why: format!("must be {must_be}") });
        }
        self.hours.fault().map_or(Ok(()), |why| Err(LocationError::Invalid { field: "hours", why }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_zone(time_zone: &str) -> Location {
        let hours = serde_json::from_str(
            r#"{"week": {"mon": ["10:00-14:00", "17:00-20:30"], "sun": ["02:30-04:00"]}, "exceptions": [{"date": "2026-06-08"}]}"#,
        );
        let details = LocationDetails {
            code: "LPA".into(),
            name: "Las Palmas".into(),
            kind: LocationKind::Shop,
            address: String::new(),
            postcode: String::new(),
            city: String::new(),
            province: String::new(),
            country: "ES".into(),
            point: Point { latitude: 28.1, longitude: -15.4 },
            time_zone: time_zone.into(),
            tax_zone: String::new(),
            hours: hours.expect("hours"),
            phone: String::new(),
            email: String::new(),
            collects: true,
            ships: false,
            safety_stock: Quantity(0),
            is_active: true,
        };
        Location { id: LocationId::nil(), details, created_at: Timestamp::default(), updated_at: Timestamp::default() }
    }
    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).expect("a moment")
    }

    #[test]
    fn the_clock_on_its_own_wall_counts() {
        // 09:30 UTC on a Monday in summer: 11:30 in Madrid, 10:30 in Las Palmas, 05:30 in New York.
        let monday = at("2026-06-01T09:30:00Z");
        assert!(in_zone("Europe/Madrid").is_open(monday) && in_zone("Atlantic/Canary").is_open(monday));
        assert!(!in_zone("America/New_York").is_open(monday));
        assert!(
            in_zone("Europe/Madrid").is_open(at("2026-06-01T08:00:00Z")) && !in_zone("Atlantic/Canary").is_open(at("2026-06-01T08:00:00Z"))
        );
        assert_eq!(in_zone("Europe/Madrid").opening_today(monday).len(), 2);
    }

    #[test]
    fn the_next_opening_passes_over_holidays_and_survives_the_change_of_clocks() {
        let madrid = in_zone("Europe/Madrid");
        assert_eq!(madrid.next_opening(at("2026-06-01T12:30:00Z")), Some(at("2026-06-01T15:00:00Z")));
        assert_eq!(madrid.next_opening(at("2026-06-07T12:00:00Z")), Some(at("2026-06-14T00:30:00Z")), "Monday 8 is a holiday");
        // 29 March 2026: 02:30 does not exist in Madrid.
        assert_eq!(madrid.next_opening(at("2026-03-28T12:00:00Z")), Some(at("2026-03-29T01:30:00Z")));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field() {
        let field = |change: fn(&mut LocationDetails)| {
            let mut details = in_zone("Europe/Madrid").details;
            change(&mut details);
            match details.check() {
                Err(LocationError::Invalid { field, .. }) => field,
                other => panic!("{other:?}"),
            }
        };
        assert!(in_zone("Europe/Madrid").details.check().is_ok());
        assert_eq!(field(|d| d.code = "mad".into()), "code");
        assert_eq!(field(|d| d.time_zone = "Europe/Narnia".into()), "time_zone");
        assert_eq!(field(|d| d.point.latitude = f64::NAN), "point");
        assert_eq!(field(|d| d.safety_stock = Quantity(-1)), "safety_stock");
    }
}
