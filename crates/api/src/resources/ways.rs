//! How goods reach the customer, as it is said on the wire.

use crate::http::Id;
use ::orders::{Address, Way};
use inventory::LocationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a parcel goes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Ana Ruiz", "street": "Calle Mayor 1, 2.º B", "postcode": "28013", "city": "Madrid", "country": "ES"}))]
pub(crate) struct AddressBody {
    /// Who receives it.
    name: String,
    street: String,
    postcode: String,
    city: String,
    #[serde(default)]
    region: String,
    /// ISO 3166, two letters.
    country: String,
}

impl From<AddressBody> for Address {
    fn from(body: AddressBody) -> Self {
        let AddressBody { name, street, postcode, city, region, country } = body;
        Address { name, street, postcode, city, region, country }
    }
}
impl From<Address> for AddressBody {
    fn from(address: Address) -> Self {
        let Address { name, street, postcode, city, region, country } = address;
        AddressBody { name, street, postcode, city, region, country }
    }
}

/// How goods reach the customer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum WayBody {
    /// Leaves the shop in the customer's hand.
    TakeNow {
        /// The shop where they stand.
        #[schema(value_type = Id)]
        location: LocationId,
    },
    /// Waits in a shop.
    Collect {
        /// The shop they chose.
        #[schema(value_type = Id)]
        location: LocationId,
    },
    /// Comes to them.
    Deliver {
        /// May be said later, at checkout at the latest.
        address: Option<AddressBody>,
    },
}

impl From<WayBody> for Way {
    fn from(body: WayBody) -> Self {
        match body {
            WayBody::TakeNow { location } => Way::TakeNow { location },
            WayBody::Collect { location } => Way::Collect { location },
            WayBody::Deliver { address } => Way::Deliver { address: address.map(Address::from) },
        }
    }
}
impl From<Way> for WayBody {
    fn from(way: Way) -> Self {
        match way {
            Way::TakeNow { location } => WayBody::TakeNow { location },
            Way::Collect { location } => WayBody::Collect { location },
            Way::Deliver { address } => WayBody::Deliver { address: address.map(AddressBody::from) },
        }
    }
}
