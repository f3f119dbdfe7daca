//! Redsys by redirection, with cards and Bizum, and its REST service for what follows. Settings: `merchant_code` (FUC), `terminal`, `bizum`
//! (`yes` where the contract has it), `environment` (`test` or `live`), `signature` (`HMAC_SHA512_V2`, or `HMAC_SHA256_V1` for old terminals).
//! Secret: `key`, as the bank's page shows it.

mod parameters;
mod signature;

use crate::{Adapter, Ask, Calling, GatewayAccount, Opened, Opening, RawNotice, Verdict, Way};
use channels::{Auth, Body, HttpRequest, NotConfigured, WireReply};
use kernel::Timestamp;
use parameters::{Told, currency_number};
use payments::{ProviderEvent, ProviderEventKind, Verb, WebhookError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use signature::{Signed, Version};

const LIVE: &str = "https://sis.redsys.es";
const TEST: &str = "https://sis-t.redsys.es:25443";

/// See the module.
pub(crate) struct Redsys;

impl Adapter for Redsys {
    fn ways(&self, account: &GatewayAccount) -> Vec<Way> {
        if account.optional("bizum") == Some("yes") { vec![Way::Card, Way::Bizum] } else { vec![Way::Card] }
    }

    fn open(&self, account: &GatewayAccount, ask: &Ask, way: Way) -> Result<Opening, NotConfigured> {
        let reference = order_name(&format!("{}/{}", ask.payment, ask.attempt));
        let parameters = json!({
            "DS_MERCHANT_AMOUNT": ask.amount.minor.to_string(),
            "DS_MERCHANT_CURRENCY": currency_number(ask.amount.currency),
            "DS_MERCHANT_ORDER": reference,
            "DS_MERCHANT_MERCHANTCODE": account.setting("merchant_code")?,
            "DS_MERCHANT_TERMINAL": account.setting("terminal")?,
            "DS_MERCHANT_TRANSACTIONTYPE": if ask.capture_later { "1" } else { "0" },
            "DS_MERCHANT_MERCHANTDATA": ask.payment,
            "DS_MERCHANT_MERCHANTURL": ask.notices,
            "DS_MERCHANT_URLOK": ask.back,
            "DS_MERCHANT_URLKO": ask.back,
            "DS_MERCHANT_PRODUCTDESCRIPTION": ask.title,
            "DS_MERCHANT_CONSUMERLANGUAGE": ask.locale.pick("001", "002"),
            "DS_MERCHANT_PAYMETHODS": if way == Way::Bizum { "z" } else { "C" },
        });
        let signed = sign(account, &reference, &parameters)?;
        Ok(Opening::Form { action: format!("{}/sis/realizarPago", base(account)), fields: signed.fields(), reference })
    }

    fn opened(&self, _reply: &WireReply) -> Result<Opened, String> {
        Err("Redsys is not asked for a page".to_owned())
    }

    /// A page that was not paid needs no call: it ends by itself, and what is paid there late is told as any payment.
    fn call(&self, account: &GatewayAccount, calling: &Calling) -> Result<Option<HttpRequest>, NotConfigured> {
        if calling.paid_as.is_empty() {
            return Ok(None);
        }
        let parameters = json!({
            "DS_MERCHANT_AMOUNT": calling.amount.minor.to_string(),
            "DS_MERCHANT_CURRENCY": currency_number(calling.amount.currency),
            "DS_MERCHANT_ORDER": calling.paid_as,
            "DS_MERCHANT_MERCHANTCODE": account.setting("merchant_code")?,
            "DS_MERCHANT_TERMINAL": account.setting("terminal")?,
            "DS_MERCHANT_TRANSACTIONTYPE": transaction(calling.verb),
        });
        let signed = sign(account, &calling.paid_as, &parameters)?;
        let body: serde_json::Map<String, Value> =
            signed.fields().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        let url = format!("{}/sis/rest/trataPeticionREST", base(account));
        Ok(Some(HttpRequest { method: "POST", url, auth: Auth::None, body: Body::Json(body.into()) }))
    }

    fn called(&self, account: &GatewayAccount, _calling: &Calling, reply: &WireReply) -> Verdict {
        let body = match reply {
            WireReply::Http { status: 200, body, .. } => body,
            WireReply::Unreachable { .. } => return Verdict::Again,
            _ => return Verdict::Refused(UNSURE.to_owned()),
        };
        if let Some(code) = serde_json::from_slice::<Value>(body).ok().and_then(|said| said["errorCode"].as_str().map(str::to_owned)) {
            return Verdict::Refused(code);
        }
        match serde_json::from_slice::<Signed>(body).map_err(drop).and_then(|signed| read(account, &signed).map_err(drop)) {
            Ok(told) if told.is_done() => Verdict::Done,
            Ok(told) => Verdict::Refused(format!("Ds_Response {}", told.response)),
            Err(()) => Verdict::Refused(UNSURE.to_owned()),
        }
    }

    /// Redsys has no name for a call: what was made twice would act twice.
    fn is_repeatable(&self) -> bool {
        false
    }

    fn notices(&self, account: &GatewayAccount, raw: &RawNotice, now: Timestamp) -> Result<Vec<ProviderEvent>, WebhookError> {
        let signed = Signed::of_form(&raw.body).ok_or_else(|| WebhookError::Malformed("a field of a Redsys notice is missing".into()))?;
        let told = read(account, &signed)?;
        // Another shop of the same bank, or not begun by us.
        if account.optional("merchant_code") != Some(told.merchant_code.as_str()) {
            return Err(WebhookError::BadSignature);
        }
        Ok(event(account, told, now).into_iter().collect())
    }

    /// The contract has no question by which a payment can be asked for.
    fn inquire(&self, _account: &GatewayAccount, _page: &str) -> Result<Option<HttpRequest>, NotConfigured> {
        Ok(None)
    }

    fn inquired(&self, _reply: &WireReply, _now: Timestamp) -> Option<ProviderEvent> {
        None
    }
}

const UNSURE: &str = "nobody can tell whether it was done: look at the bank's page first";

fn base(account: &GatewayAccount) -> &str {
    let named = if account.optional("environment") == Some("live") { LIVE } else { TEST };
    account.optional("base").unwrap_or(named)
}

const fn transaction(verb: Verb) -> &'static str {
    match verb {
        Verb::Capture => "2",
        Verb::Refund => "3",
        Verb::Void => "9",
    }
}

fn sign(account: &GatewayAccount, order: &str, parameters: &Value) -> Result<Signed, NotConfigured> {
    let version = account.optional("signature").and_then(Version::named).unwrap_or(Version::Sha512);
    Ok(Signed::new(version, account.secret("key")?.expose(), order, parameters))
}

/// What is signed with our key, whichever of the two ways.
fn read(account: &GatewayAccount, signed: &Signed) -> Result<Told, WebhookError> {
    let key = account.secret("key").map_err(|_| WebhookError::BadSignature)?;
    let told = signed
        .parameters()
        .and_then(|json| Told::of(&json))
        .ok_or_else(|| WebhookError::Malformed("the parameters cannot be read".into()))?;
    if signed.is_right(key.expose(), &told.order) { Ok(told) } else { Err(WebhookError::BadSignature) }
}

fn event(account: &GatewayAccount, told: Told, now: Timestamp) -> Option<ProviderEvent> {
    // Only what a customer did on the page; the rest was answered when we asked for it.
    if !matches!(told.transaction.as_str(), "0" | "1") {
        return None;
    }
    let kind = if told.is_paid() { ProviderEventKind::Approved } else { ProviderEventKind::Declined };
    let failure = (kind == ProviderEventKind::Declined).then(|| format!("Ds_Response {}", told.response));
    let id = format!("{}/{}/{}/{}", account.id, told.order, told.transaction, told.response);
    let (amount, payment) = (told.amount()?, told.merchant_data.parse().ok()?);
    Some(ProviderEvent { id, kind, payment, amount, failure, reference: told.order, created: now })
}

/// Four digits and eight letters or digits, as Redsys wants it; never the same for two tries.
fn order_name(try_: &str) -> String {
    const LETTERS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let digest = Sha256::digest(try_.as_bytes());
    let letter = |byte: &u8, of: usize| char::from(LETTERS[usize::from(*byte) % of]);
    let (digits, rest) = digest[..12].split_at(4);
    digits.iter().map(|byte| letter(byte, 10)).chain(rest.iter().map(|byte| letter(byte, 36))).collect()
}
