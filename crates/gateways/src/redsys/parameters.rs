//! What Redsys says within the signed parameters.

use kernel::{Currency, Money};
use serde_json::Value;

/// Numbers of ISO 4217; Redsys takes no letters. Empty for a currency that it does not settle in.
const CURRENCIES: &[(&str, &str)] =
    &[("EUR", "978"), ("USD", "840"), ("GBP", "826"), ("JPY", "392"), ("CHF", "756"), ("CAD", "124"), ("MXN", "484")];

pub(super) fn currency_number(currency: Currency) -> &'static str {
    CURRENCIES.iter().find(|(code, _)| *code == currency.code()).map_or("", |(_, number)| *number)
}

/// The decoded parameters of a notice or an answer.
pub(super) struct Told {
    pub order: String,
    pub response: String,
    pub transaction: String,
    pub merchant_code: String,
    pub merchant_data: String,
    amount: String,
    currency: String,
}

impl Told {
    /// Names come in any case, values as texts or numbers; texts may be encoded as in a form.
    pub(super) fn of(json: &Value) -> Option<Self> {
        let object = json.as_object()?;
        let text = |name: &str| {
            let (_, value) = object.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        Some(Self {
            order: text("Ds_Order")?,
            response: text("Ds_Response").unwrap_or_default(),
            transaction: text("Ds_TransactionType").unwrap_or_default(),
            merchant_code: text("Ds_MerchantCode").unwrap_or_default(),
            merchant_data: text("Ds_MerchantData").unwrap_or_default(),
            amount: text("Ds_Amount")?,
            currency: text("Ds_Currency").unwrap_or_default(),
        })
    }

    /// Authorised: 0000 to 0099.
    pub(super) fn is_paid(&self) -> bool {
        self.response.len() == 4 && self.response.parse::<u32>().is_ok_and(|code| code < 100)
    }

    /// 0900 for money that was taken or given back, 0400 for what was called off.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.response.as_str(), "0900" | "0400")
    }

    pub(super) fn amount(&self) -> Option<Money> {
        let (code, _) = CURRENCIES.iter().find(|(_, number)| *number == self.currency)?;
        Some(Money::new(self.amount.parse().ok()?, code.parse().ok()?))
    }
}
