//! What a provider tells of texts that it must approve.

use crate::{TemplateCategory, TemplateState};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// What the provider tells of a text that it must approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateNews {
    /// The text's name there.
    pub name: String,
    /// Its language there.
    pub language: String,
    /// Its number there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// What is told.
    pub says: TemplateSays,
    /// When it became so.
    pub at: Timestamp,
}

/// What can be told of such a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateSays {
    /// Where it stands.
    Stands {
        /// There.
        state: TemplateState,
        /// Why, in the provider's word; empty when there is nothing to say.
        reason: String,
    },
    /// It counts as something else than it was handed in as.
    Category(TemplateCategory),
    /// How customers take it, in the provider's word.
    Quality(String),
}

impl TemplateSays {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Stands { state, .. } => state.as_str(),
            Self::Category(category) => category.as_str(),
            Self::Quality(quality) => quality,
        }
    }
}
