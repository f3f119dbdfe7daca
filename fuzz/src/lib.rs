//! What the targets share: accounts whose secrets nobody can guess, and what must hold of everything that is read.

use channels::{Channel, ChannelAccount, KINDS};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::LazyLock;

/// When everything happens: 2026-06-01, 10:00 in Madrid.
pub const NOW: Timestamp = Timestamp::from_seconds(1_780_300_800);

/// Between the pieces of an input that has several: no UTF-8 text holds this byte.
pub const END: u8 = 0xff;

/// One account of each kind, in the order of [`KINDS`].
static ACCOUNTS: LazyLock<Vec<ChannelAccount>> = LazyLock::new(|| KINDS.iter().map(|(kind, _)| account(*kind)).collect());

fn account(kind: kernel::Channel) -> ChannelAccount {
    let address = match kind {
        kernel::Channel::Email => "hola@tienda.test",
        _ => "+34910000001",
    };
    let set = ["phone_number_id", "business_account_id", "page_id"]
        .iter()
        .fold(ChannelAccount::new("1", kind, address), |account, name| account.with(name, "10001"))
        .with("authserv_id", "mx.tienda.test")
        .with("aliases", "ventas@tienda.test");
    let secrets = ["access_token", "access_token_secret", "account_sid", "app_secret", "auth_token", "bot_token", "consumer_key"];
    let more = ["consumer_secret", "secret_token", "verify_token", "visitor_key"];
    let told = secrets.iter().chain(&more).fold(set, |account, name| account.with_secret(name, format!("{name}-is-known-to-us-alone")));
    // 32 bytes in base64url.
    told.with_secret("vapid_private_key", format!("{}A", "B".repeat(42)))
}

/// The adapter that the first byte names, its account, and the bytes after that one.
pub fn pick(input: &[u8]) -> Option<(&'static dyn Channel, &'static ChannelAccount, &[u8])> {
    let (first, rest) = input.split_first()?;
    let at = usize::from(*first) % KINDS.len();
    Some((KINDS[at].1, &ACCOUNTS[at], rest))
}

/// The pieces of an input, as texts; those that are missing are empty.
pub fn texts<const N: usize>(input: &[u8]) -> [String; N] {
    let mut pieces = input.splitn(N, |byte| *byte == END);
    std::array::from_fn(|_| String::from_utf8_lossy(pieces.next().unwrap_or_default()).into_owned())
}

/// Whether any text in a value holds what no database column takes.
pub fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, field)| name.contains('\0') || holds_nul(field)),
        _ => false,
    }
}
