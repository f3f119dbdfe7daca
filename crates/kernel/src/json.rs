//! Structured columns.

use crate::{Bind, Column, FromColumn, Param};
use serde::{Serialize, de::DeserializeOwned};

/// A value kept in one TEXT column as JSON. Queries never look inside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

impl<T: Serialize> Bind for Json<T> {
    fn bind(&self) -> Param<'_> {
        Param::Owned(serde_json::to_string(&self.0).expect("a plain value always has a JSON text"))
    }
}
impl<T: DeserializeOwned> FromColumn for Json<T> {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        serde_json::from_str(column.text()?).map(Json).map_err(|e| e.to_string())
    }
}
