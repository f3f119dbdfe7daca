//! Why two persons may be one, in the reader's words.

use crate::Page;
use customers::Reason;

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
