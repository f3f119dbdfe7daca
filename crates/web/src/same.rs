//! Why two persons may be one, in the reader's words.

use crate::Page;
use customers::resolution::evidence;
use customers::{Claim, Reason};
use kernel::{Fault, ReadTx};

/// One reason.
pub(crate) fn reason_words(page: &Page, reason: &Reason) -> String {
    let field = |kind: &customers::FieldKind| page.t(&format!("record-field-{}", kind.as_str().replace('_', "-")));
    match reason {
        Reason::SameIdentifier { display, .. } => page.tv("same-identifier", display),
        Reason::SameNameAndPhoneTail { tail } => page.tv("same-name-and-phone", tail),
        Reason::SameNameAndPostcode { postcode } => page.tv("same-name-and-postcode", postcode),
        Reason::SameDevice => page.t("same-device"),
        Reason::Alike { field: kind, agreement } => page.tv(&format!("alike-{}", agreement.as_str()), field(kind)),
        Reason::Unlike { field: kind } => page.tv("alike-different", field(kind)),
    }
}

/// Why a claim was made: what somebody wrote, or the evidence that the engine saw.
pub(crate) fn claim_words(tx: &ReadTx<'_>, page: &Page, claim: &Claim) -> Result<String, Fault> {
    if claim.actor != "system" {
        return Ok(claim.reason.clone());
    }
    let reasons = evidence(tx, claim.profile_a, claim.profile_b)?.map(|pair| pair.reasons()).unwrap_or_default();
    let words: Vec<String> = reasons.iter().map(|reason| reason_words(page, reason)).collect();
    Ok(if words.is_empty() { claim.reason.clone() } else { words.join(" · ") })
}
