//! From what we want of a call to a request of the provider.

use super::render::call;
use super::voice::CALL;
use crate::{ChannelAccount, HttpRequest, NotConfigured};
use conversations::{Call, CallVerb};

/// How long the customer's telephone rings, in seconds.
const RINGS: &str = "30";

/// The request for an order about a call, whose voice door is `door`; `None` when there is no line to ask about.
pub(crate) fn request(account: &ChannelAccount, order: (CallVerb, &Call), door: &str) -> Result<Option<HttpRequest>, NotConfigured> {
    let (verb, about) = order;
    let here = format!("{door}?{CALL}={}", about.id);
    let fields = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    if verb == CallVerb::Place {
        let from = account.address.replace([' ', '-'], "");
        let form = fields(&[
            ("To", &about.address),
            ("From", &from),
            ("Url", &here),
            ("Method", "POST"),
            ("StatusCallback", &here),
            ("StatusCallbackMethod", "POST"),
            ("Timeout", RINGS),
        ]);
        return call(account, "Calls.json", form).map(Some);
    }
    let Some(sid) = &about.provider_id else { return Ok(None) };
    let form = match verb {
        CallVerb::End => fields(&[("Status", "completed")]),
        _ => fields(&[("Url", &format!("{here}&after=order")), ("Method", "POST")]),
    };
    call(account, &format!("Calls/{sid}.json"), form).map(Some)
}
