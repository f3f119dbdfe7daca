//! Counts of things.

use serde::{Deserialize, Serialize};

/// Whole units of a variant; negative only as a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Quantity(0);
    /// True above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
impl crate::Bind for Quantity {
    fn bind(&self) -> crate::Param<'_> {
        crate::Param::Int(self.0)
    }
}
impl crate::FromColumn for Quantity {
    fn from_column(column: crate::Column<'_>) -> Result<Self, String> {
        column.int().map(Quantity)
    }
}
