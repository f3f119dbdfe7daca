//! How long one waits, in the reader's words: the same at the desk and in the shop.

use crate::{Page, format};
use conversations::Wait;

/// `ahora`, `unos 6 min`, `cerrado hasta el lunes, 9:00`.
pub(crate) fn wait_words(page: &Page, wait: &Wait) -> String {
    match wait {
        Wait::Now => page.t("wait-now"),
        Wait::About(span) => page.tv("wait-about", format::span_text(span.as_secs())),
        Wait::Closed { opens_at: Some(at) } => page.tv("wait-closed-until", format::when(*at, page.now, page.locale)),
        Wait::Closed { opens_at: None } => page.t("wait-closed"),
        Wait::Unknown => page.t("wait-unknown"),
    }
}
