//! Texts that WhatsApp must approve: written, handed in, fetched, and what fills their gaps at the desk.

mod act;
mod edit;
mod fields;
mod list;

use crate::App;
use crate::ui::{Badge, Tone};
use crate::{Page, has_text};
use axum::Router;
use conversations::{MessageTemplate, TemplateState};

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().merge(list::routes()).merge(edit::routes()).merge(act::routes())
}

/// Where a template stands, in a word and a colour.
fn state(page: &Page, state: TemplateState) -> Badge {
    let tone = match state {
        TemplateState::Draft | TemplateState::Disabled => Tone::Plain,
        TemplateState::Pending => Tone::Live,
        TemplateState::Approved => Tone::Ok,
        TemplateState::Paused => Tone::Warn,
        TemplateState::Rejected => Tone::Bad,
    };
    Badge::state(tone, page.t(&format!("template-{state}")))
}

/// Why it stands so: the provider's word in the reader's, else as it is; empty when there is nothing to say.
fn reason(page: &Page, template: &MessageTemplate) -> String {
    let key = format!("template-why-{}", template.reason.to_ascii_lowercase().replace('_', "-"));
    match template.state {
        _ if !template.reason.is_empty() => {
            if has_text(&key) {
                page.t(&key)
            } else {
                template.reason.clone()
            }
        }
        TemplateState::Paused => page.t("template-paused-says"),
        _ => String::new(),
    }
}
