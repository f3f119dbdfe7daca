//! Ways of delivery as the shopkeeper writes them: where they reach, what they cost, when they arrive; and what is weighed where parcels leave.

mod days;
mod set;

pub use days::Arrival;
pub use set::{
    delivery_days, delivery_method, delivery_methods, remove_delivery_method, set_delivery_days, set_delivery_method, set_sourcing_weights,
    sourcing_weights,
};

use catalogue::Localised;
use jiff::civil::Date;
use kernel::{Currency, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The code of the way of delivery that there is before one is written.
pub const STANDARD: &str = "standard";

/// Longest code of a way of delivery.
pub const MAX_METHOD_CODE: usize = 40;

/// One way of delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryMethod {
    /// Its name for machines.
    pub code: String,
    /// Its name for people.
    pub name: Localised,
    /// Who carries it; empty when that is nobody's business.
    pub carrier: String,
    /// Where it reaches; the closest description of an address counts.
    pub zones: Vec<DeliveryZone>,
    /// Until when an order leaves the same day, in minutes after midnight, Monday first; `None` where nothing leaves.
    pub cut_off: [Option<i64>; 7],
    /// Whether Saturday is a day on which it travels and arrives.
    pub is_saturday: bool,
    /// Whether customers may choose it.
    pub is_active: bool,
    /// The lowest is offered first, and taken where nobody chooses.
    pub position: i64,
    /// Grows with every change; 0 for what is built in.
    #[serde(default)]
    pub version: i64,
}

/// A part of the world, what it costs to go there, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryZone {
    /// Where.
    pub area: Area,
    /// Working days under way, at least.
    pub least_days: i64,
    /// Working days under way, at most.
    pub most_days: i64,
    /// Tax included, one for each currency.
    pub fees: Vec<DeliveryFee>,
}

/// What a delivery costs in one currency, tax included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryFee {
    /// Which; `None` for every currency that has no fee of its own.
    pub currency: Option<Currency>,
    /// In minor units.
    pub fee: i64,
    /// Free from goods of this much on, in minor units.
    pub free_from: Option<i64>,
}

/// A part of the world, as one word: `*`, `FR`, `ES-mainland`, `ES:07,17`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Area {
    /// Wherever there is.
    Everywhere,
    /// A whole country, by its ISO code.
    Country(String),
    /// A part of Spain.
    Spain(SpanishZone),
    /// Postcodes of a country that begin so.
    Postcodes(String, Vec<String>),
}

/// The parts of Spain that carriers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanishZone {
    /// The peninsula.
    Mainland,
    /// 07.
    Balearics,
    /// 35 and 38.
    Canaries,
    /// 51.
    Ceuta,
    /// 52.
    Melilla,
}

impl SpanishZone {
    const ALL: [(SpanishZone, &'static str); 5] = [
        (SpanishZone::Mainland, "mainland"),
        (SpanishZone::Balearics, "balearics"),
        (SpanishZone::Canaries, "canaries"),
        (SpanishZone::Ceuta, "ceuta"),
        (SpanishZone::Melilla, "melilla"),
    ];

    fn of(postcode: &str) -> Self {
        match postcode.get(..2) {
            Some("07") => SpanishZone::Balearics,
            Some("35" | "38") => SpanishZone::Canaries,
            Some("51") => SpanishZone::Ceuta,
            Some("52") => SpanishZone::Melilla,
            // Where nobody has said where, it is the mainland, as for taxes.
            _ => SpanishZone::Mainland,
        }
    }
}

impl Area {
    /// How closely it describes an address, the higher the closer; `None` when the address lies outside.
    pub fn closeness(&self, country: &str, postcode: &str) -> Option<usize> {
        let postcode = postcode.trim();
        match self {
            Area::Everywhere => Some(0),
            Area::Country(code) => code.eq_ignore_ascii_case(country).then_some(1),
            Area::Spain(zone) => (country.eq_ignore_ascii_case("ES") && SpanishZone::of(postcode) == *zone).then_some(2),
            Area::Postcodes(code, starts) if code.eq_ignore_ascii_case(country) => {
                starts.iter().filter(|start| postcode.starts_with(start.as_str())).map(|start| 3 + start.len()).max()
            }
            Area::Postcodes(..) => None,
        }
    }
}

impl TryFrom<String> for Area {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        let wrong = || {
            format!(
                "`{text}` is no zone: write *, a country (FR), ES-mainland, ES-balearics, ES-canaries, ES-ceuta, ES-melilla or the beginnings of postcodes (ES:07,17)"
            )
        };
        let country = |code: &str| {
            let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
            if is_code { Ok(code.to_ascii_uppercase()) } else { Err(wrong()) }
        };
        if text == "*" {
            return Ok(Area::Everywhere);
        }
        if let Some((code, starts)) = text.split_once(':') {
            let starts: Vec<String> = starts.split(',').map(|start| start.trim().to_owned()).collect();
            let is_start = |start: &String| (1..=10).contains(&start.len()) && start.bytes().all(|b| b.is_ascii_alphanumeric());
            return if starts.len() <= 100 && starts.iter().all(is_start) {
                Ok(Area::Postcodes(country(code)?, starts))
            } else {
                Err(wrong())
            };
        }
        match text.split_once('-') {
            Some((code, zone)) if code.eq_ignore_ascii_case("ES") => {
                let known = SpanishZone::ALL.into_iter().find(|(_, name)| name.eq_ignore_ascii_case(zone));
                known.map(|(zone, _)| Area::Spain(zone)).ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
            None => Ok(Area::Country(country(text)?)),
        }
    }
}

impl From<Area> for String {
    fn from(area: Area) -> String {
        area.to_string()
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Area::Everywhere => f.write_str("*"),
            Area::Country(code) => f.write_str(code),
            Area::Spain(zone) => {
                let name = SpanishZone::ALL.iter().find(|(known, _)| known == zone).map_or("", |(_, name)| name);
                write!(f, "ES-{name}")
            }
            Area::Postcodes(code, starts) => write!(f, "{code}:{}", starts.join(",")),
        }
    }
}

impl DeliveryZone {
    /// The fee for goods of this worth, tax included; `None` when there is none in that currency.
    pub fn fee(&self, goods: Money) -> Option<Money> {
        let fee = self.fee_in(goods.currency)?;
        let is_free = fee.free_from.is_some_and(|from| goods.minor >= from);
        Some(Money::new(if is_free { 0 } else { fee.fee }, goods.currency))
    }
    /// What holds in a currency: its own fee, else the one for every currency.
    pub fn fee_in(&self, currency: Currency) -> Option<&DeliveryFee> {
        let own = self.fees.iter().find(|fee| fee.currency == Some(currency));
        own.or_else(|| self.fees.iter().find(|fee| fee.currency.is_none()))
    }
}

impl DeliveryMethod {
    /// What holds before anything is written: 3.95 or free from 50.00 on, wherever it goes; ordered by 16:00 on a working day, it arrives the next.
    pub fn standard() -> Self {
        let (weekday, weekend) = (Some(16 * 60), None);
        DeliveryMethod {
            code: STANDARD.into(),
            name: Localised::new("Estándar", "Standard"),
            carrier: String::new(),
            zones: vec![DeliveryZone {
                area: Area::Everywhere,
                least_days: 1,
                most_days: 1,
                fees: vec![DeliveryFee { currency: None, fee: 395, free_from: Some(5_000) }],
            }],
            cut_off: [weekday, weekday, weekday, weekday, weekday, weekend, weekend],
            is_saturday: false,
            is_active: true,
            position: 0,
            version: 0,
        }
    }

    /// The zone that describes an address most closely; of equals the first.
    pub fn zone(&self, country: &str, postcode: &str) -> Option<&DeliveryZone> {
        let mut best: Option<(usize, &DeliveryZone)> = None;
        for zone in &self.zones {
            if let Some(closeness) = zone.area.closeness(country, postcode)
                && best.is_none_or(|(known, _)| closeness > known)
            {
                best = Some((closeness, zone));
            }
        }
        best.map(|(_, zone)| zone)
    }
}

/// Days on which nothing leaves and nothing arrives, and how long picking takes in a shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryDays {
    /// Each day once, the earliest first, with its name.
    pub off: BTreeMap<Date, String>,
    /// Minutes from the order until what a shop has is ready to be collected.
    pub picking_minutes: i64,
    /// Shops that take another time, by their code.
    pub picking_in: BTreeMap<String, i64>,
    /// Grows with every change; 0 for what is built in.
    #[serde(default)]
    pub version: i64,
}

impl Default for DeliveryDays {
    fn default() -> Self {
        DeliveryDays { off: BTreeMap::new(), picking_minutes: 120, picking_in: BTreeMap::new(), version: 0 }
    }
}

impl DeliveryDays {
    /// Minutes of picking in the shop of this code.
    pub fn picking(&self, shop: &str) -> i64 {
        self.picking_in.get(shop).copied().unwrap_or(self.picking_minutes)
    }
}

/// What is weighed where a parcel leaves, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcingWeights {
    /// One parcel, wherever it comes from.
    pub parcel: i64,
    /// Each hundred kilometres that a parcel travels.
    pub hundred_km: i64,
    /// Each day that a place sends later than at once.
    pub late_day: i64,
    /// Each piece that leaves a shop.
    pub shop_piece: i64,
    /// On top of it, each of the last `kept` pieces of a shop.
    pub last_piece: i64,
    /// Pieces of a variant that a shop should keep.
    pub kept: i64,
    /// Grows with every change; 0 for what is built in.
    #[serde(default)]
    pub version: i64,
}

impl Default for SourcingWeights {
    fn default() -> Self {
        SourcingWeights { parcel: 450, hundred_km: 20, late_day: 300, shop_piece: 40, last_piece: 160, kept: 2, version: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> Area {
        Area::try_from(text.to_owned()).expect("an area")
    }

    #[test]
    fn an_area_is_one_word_and_the_closest_counts() {
        for word in ["*", "FR", "ES", "ES-mainland", "ES-canaries", "ES-ceuta", "ES:07,17", "PT:1"] {
            assert_eq!(area(word).to_string(), word);
        }
        for word in ["", "Spain", "ES-north", "FR-mainland", "ES:", "ES:07,", "ES:0-7"] {
            assert!(Area::try_from(word.to_owned()).is_err(), "{word}");
        }
        let zone = |word: &str, fee| DeliveryZone {
            area: area(word),
            least_days: 1,
            most_days: 1,
            fees: vec![DeliveryFee { currency: None, fee, free_from: Some(1_000) }],
        };
        let words = [("*", 1), ("ES", 2), ("ES-mainland", 3), ("ES-balearics", 4), ("ES-canaries", 5), ("ES:380,35001", 6), ("ES:50", 7)];
        let method = DeliveryMethod { zones: words.iter().map(|(word, fee)| zone(word, *fee)).collect(), ..DeliveryMethod::standard() };
        let fee = |country, postcode| method.zone(country, postcode).and_then(|zone| zone.fee(Money::eur(999))).map(|fee| fee.minor);
        assert_eq!([fee("FR", "75001"), fee("ES", "51001"), fee("ES", "28001"), fee("ES", "")], [Some(1), Some(2), Some(3), Some(3)]);
        assert_eq!([fee("ES", "07001"), fee("es", "35002"), fee("ES", "35001"), fee("ES", "38001")], [Some(4), Some(5), Some(6), Some(6)]);
        assert_eq!(fee("ES", "50001"), Some(7));
        assert_eq!(zone("*", 395).fee(Money::eur(1_000)), Some(Money::eur(0)));
    }

    #[test]
    fn a_fee_of_the_currency_goes_before_one_of_all_and_without_one_there_is_none() {
        let gbp = "GBP".parse::<Currency>().expect("a currency");
        let of = |currency, fee| DeliveryFee { currency, fee, free_from: None };
        let zone = |fees| DeliveryZone { area: Area::Everywhere, least_days: 1, most_days: 1, fees };
        assert_eq!(zone(vec![of(None, 1), of(Some(gbp), 2)]).fee(Money::new(5, gbp)), Some(Money::new(2, gbp)));
        assert_eq!(zone(vec![of(Some(gbp), 2)]).fee(Money::eur(5)), None);
    }
}
