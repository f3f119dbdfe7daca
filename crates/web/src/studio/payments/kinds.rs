//! What each gateway asks for.

use payments::Provider;

/// One field. Its label is the text `gateway-{name}`, its hint `gateway-{name}-hint`.
pub(super) struct Field {
    /// Name of the setting or of the secret.
    pub name: &'static str,
    /// Stored among the secrets; never shown again.
    pub is_secret: bool,
    /// Without it nobody can pay.
    pub is_needed: bool,
    /// Values to choose among, each with the text `gateway-{name}-{value}`; the first is the default.
    pub choices: &'static [&'static str],
}

const fn setting(name: &'static str) -> Field {
    Field { name, is_secret: false, is_needed: true, choices: &[] }
}
const fn optional(name: &'static str) -> Field {
    Field { is_needed: false, ..setting(name) }
}
const fn secret(name: &'static str) -> Field {
    Field { is_secret: true, ..setting(name) }
}
const fn choice(name: &'static str, choices: &'static [&'static str]) -> Field {
    Field { choices, ..setting(name) }
}

const STRIPE: &[Field] = &[secret("secret_key"), secret("webhook_secret")];
const ADYEN: &[Field] = &[setting("merchant_account"), optional("base"), secret("api_key"), secret("hmac_key")];
const REDSYS: &[Field] = &[
    setting("merchant_code"),
    setting("terminal"),
    secret("key"),
    choice("environment", &["test", "live"]),
    choice("bizum", &["no", "yes"]),
    choice("signature", &["HMAC_SHA512_V2", "HMAC_SHA256_V1"]),
];

/// The fields of a gateway.
pub(super) const fn fields(provider: Provider) -> &'static [Field] {
    match provider {
        Provider::Stripe => STRIPE,
        Provider::Adyen => ADYEN,
        Provider::Redsys => REDSYS,
    }
}

impl Field {
    /// Key of a text about it.
    pub(super) fn key(&self, end: &str) -> String {
        format!("gateway-{}{end}", self.name.replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there() {
        for provider in Provider::ALL {
            let about = ["", "-says", "-notices-says"].map(|end| format!("gateway-{provider}{end}"));
            let fields = fields(*provider).iter();
            let fields = fields.flat_map(|field| ["", "-hint"].map(|end| field.key(end)));
            for key in about.into_iter().chain(fields) {
                assert!(crate::has_text(&key), "{key}");
            }
        }
    }
}
