//! Small wire types, and how the shared ones look in the documentation.

use super::ApiError;
use kernel::{Currency, Money};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// An id in the documentation: 26 characters of Crockford's base 32.
pub(crate) struct Id;

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[0-7][0-9A-HJKMNP-TV-Z]{25}$"))
            .description(Some("An id: 26 letters and digits."))
            .examples([serde_json::json!("01JZ8Q3V5N6W7X8Y9Z0A1B2C3D")])
            .into()
    }
}
impl ToSchema for Id {
    fn name() -> Cow<'static, str> {
        "Id".into()
    }
}

/// Money: whole minor units (cents for EUR) of one currency.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Money)]
pub(crate) struct MoneyView {
    /// Minor units.
    #[schema(example = 1999)]
    pub(crate) amount_minor: i64,
    /// ISO 4217.
    #[schema(example = "EUR", pattern = "^[A-Z]{3}$")]
    pub(crate) currency: String,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        MoneyView { amount_minor: money.minor, currency: money.currency.code().to_owned() }
    }
}
impl TryFrom<MoneyView> for Money {
    type Error = ApiError;
    fn try_from(view: MoneyView) -> Result<Money, ApiError> {
        let currency: Currency =
            view.currency.parse().map_err(|e: kernel::MoneyError| ApiError::invalid("api.bad_currency", e.to_string()))?;
        Ok(Money::new(view.amount_minor, currency))
    }
}

/// Declare how closed lists of other rooms look in the documentation: `named! { ProductStatus = catalogue::Status; }`.
macro_rules! named {
    ($($name:ident = $list:ty;)+) => {$(
        #[doc = concat!("How `", stringify!($list), "` looks in the documentation.")]
        pub(crate) struct $name;
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(<$list>::ALL.iter().map(|value| value.as_str())))
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
        }
    )+};
}
pub(crate) use named;
