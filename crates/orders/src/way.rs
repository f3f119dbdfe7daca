//! How goods shall reach the customer.

use inventory::LocationId;
use serde::{Deserialize, Serialize};

/// Where a parcel goes. Plain fields, as a label prints them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Who receives it.
    pub name: String,
    /// Street, number, floor.
    pub street: String,
    /// Postal code; text, because it may begin with 0.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Province or region; may be empty.
    #[serde(default)]
    pub region: String,
    /// ISO 3166-1 alpha-2, such as `ES`.
    pub country: String,
}

/// What the customer wishes for one line of a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Way {
    /// Leaves the shop in the customer's hand.
    TakeNow {
        /// The shop where they stand.
        location: LocationId,
    },
    /// Waits in a shop.
    Collect {
        /// The shop they chose.
        location: LocationId,
    },
    /// Comes to them.
    Deliver {
        /// Unknown until they say it, at checkout at the latest.
        address: Option<Address>,
    },
}

impl Way {
    /// Stable name: `take_now`, `collect`, `deliver`.
    pub const fn name(&self) -> &'static str {
        match self {
            Way::TakeNow { .. } => "take_now",
            Way::Collect { .. } => "collect",
            Way::Deliver { .. } => "deliver",
        }
    }

    /// The place as one text: a location's id, an address as JSON, or nothing.
    pub(crate) fn place(&self) -> String {
        match self {
            Way::TakeNow { location } | Way::Collect { location } => location.to_string(),
            Way::Deliver { address: None } => String::new(),
            Way::Deliver { address: Some(address) } => serde_json::to_string(address).expect("an address is plain text"),
        }
    }

    pub(crate) fn from_columns(name: &str, place: &str) -> Result<Self, kernel::Fault> {
        let location = || place.parse::<LocationId>().map_err(|e| kernel::Fault::data(e.to_string()));
        match name {
            "take_now" => Ok(Way::TakeNow { location: location()? }),
            "collect" => Ok(Way::Collect { location: location()? }),
            "deliver" if place.is_empty() => Ok(Way::Deliver { address: None }),
            "deliver" => {
                let address = serde_json::from_str(place).map_err(|e| kernel::Fault::data(format!("address of a cart line: {e}")))?;
                Ok(Way::Deliver { address: Some(address) })
            }
            other => Err(kernel::Fault::data(format!("`{other}` is no way of delivery"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_kept_in_two_columns() {
        let address = Address {
            name: "Ana".into(),
            street: "Mayor 1".into(),
            postcode: "08001".into(),
            city: "Barcelona".into(),
            region: String::new(),
            country: "ES".into(),
        };
        let shop = LocationId::from_parts(1, 2);
        for way in [
            Way::TakeNow { location: shop },
            Way::Collect { location: shop },
            Way::Deliver { address: None },
            Way::Deliver { address: Some(address) },
        ] {
            assert_eq!(Way::from_columns(way.name(), &way.place()).expect("own columns"), way);
        }
        assert!(Way::from_columns("fly", "").is_err());
    }
}
