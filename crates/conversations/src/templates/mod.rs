//! Texts that a provider must approve before they may leave: written here, handed in there, and sent only while they are approved.

mod error;
mod model;
mod provider;
mod read;
mod write;

pub use error::TemplateError;
pub use model::{
    MessageTemplate, TemplateButton, TemplateCategory, TemplateContent, TemplateId, TemplatePiece, TemplateState, fill_numbers,
    template_pieces,
};
pub use provider::{AtProvider, Fetched, HandedIn, KeptTemplates, apply_template_news, keep_templates, record_template};
pub use read::{approved_templates, message_template, message_templates, template_may_leave};
pub use write::{WriteTemplate, change_template, remove_template, set_template_fills, write_template};

/// Most templates of one account; Meta allows 6000 to a large brand, 250 to a small one.
pub(crate) const MOST: i64 = 500;
