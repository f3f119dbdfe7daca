//! What is in a line that is a bundle.

use catalogue::VariantId;
use inventory::ReservationId;
use kernel::{Fault, Quantity};
use serde::{Deserialize, Serialize};

/// One thing that a bundle was made of when it was sold; what the bundle is made of today is the catalogue's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePart {
    /// What.
    pub variant: VariantId,
    /// Its code when it was sold.
    pub sku: String,
    /// Its title when it was sold.
    pub title: String,
    /// How many are in one bundle.
    pub each: Quantity,
    /// The stock set aside for it, for all bundles of the line.
    pub reservation: Option<ReservationId>,
}

impl LinePart {
    /// How many there are in so many bundles.
    pub fn of(&self, bundles: Quantity) -> Quantity {
        Quantity(self.each.0 * bundles.0)
    }
    pub(crate) fn to_column(parts: &[Self]) -> Option<String> {
        (!parts.is_empty()).then(|| serde_json::to_string(parts).expect("plain data is JSON"))
    }
    pub(crate) fn from_column(text: Option<String>) -> Result<Vec<Self>, Fault> {
        let read = |text: String| serde_json::from_str(&text).map_err(|error| Fault::data(format!("the parts of a line: {error}")));
        text.map_or_else(|| Ok(Vec::new()), read)
    }
}
