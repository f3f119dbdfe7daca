//! Where an agent stands on the desk; it travels in the query of every link and form, so that nothing is kept on the server.

use super::queue::{QueueName, key_text, parse_key};
use conversations::QueueKey;
use kernel::log::TimelineKey;
use serde::Deserialize;

/// The query of the desk's pages.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Place {
    /// Name of the queue at the left.
    #[serde(default)]
    pub(super) view: String,
    /// The page of the queue begins after this place.
    #[serde(default)]
    pub(super) from: String,
    /// The page of the queue ends before this place.
    #[serde(default)]
    pub(super) until: String,
    /// The live end of the timeline begins here.
    #[serde(default)]
    pub(super) since: String,
    /// Show what came before this place.
    #[serde(default)]
    pub(super) before: String,
    /// The one pane a telephone shows.
    #[serde(default)]
    pub(super) show: String,
    /// A message whose words go back into the composer.
    #[serde(default)]
    pub(super) draft: String,
    /// A pay link to put into the composer.
    #[serde(default)]
    pub(super) pay: String,
    /// The matter that a change was made from.
    #[serde(default)]
    pub(super) matter: String,
    /// What is to be put into the composer.
    #[serde(default)]
    pub(super) what: String,
    /// What goes with the message.
    #[serde(default)]
    pub(super) card: String,
    /// An answer or a note.
    #[serde(default)]
    pub(super) kind: String,
    /// What is searched for.
    #[serde(default)]
    pub(super) q: String,
}

impl Place {
    pub(super) fn since(&self) -> Option<TimelineKey> {
        self.since.parse().ok()
    }
    pub(super) fn before(&self) -> Option<TimelineKey> {
        self.before.parse().ok()
    }
    /// After what the page of the queue begins.
    pub(super) fn from(&self) -> Option<QueueKey> {
        parse_key(&self.from)
    }
    /// Before what the page of the queue ends.
    pub(super) fn until(&self) -> Option<QueueKey> {
        parse_key(&self.until)
    }
    /// The same page of the same queue, as the query of a link.
    pub(super) fn in_queue(&self) -> String {
        in_queue(QueueName::parse(&self.view), self.from())
    }
    /// The one pane a telephone shows.
    pub(super) fn pane(&self) -> &'static str {
        if self.show == "side" { "side" } else { "main" }
    }
}

/// A page of a queue, as the query of a link.
pub(super) fn in_queue(name: QueueName, from: Option<QueueKey>) -> String {
    from.map_or_else(|| format!("view={name}"), |key| format!("view={name}&from={}", key_text(key)))
}
