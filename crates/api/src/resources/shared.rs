//! Wire types that several resources show.

use crate::http::{Id, named};
use kernel::{Channel, Logged, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

named! {
    Locale = kernel::Locale;
    ChannelKind = Channel;
    ProductStatus = catalogue::Status;
    TaxCategory = catalogue::TaxCategory;
    Role = kernel::Role;
    Permission = kernel::Permission;
    MatterState = conversations::MatterState;
    PresenceState = conversations::PresenceState;
    TransferState = conversations::TransferState;
    PromiseState = conversations::PromiseState;
    Direction = conversations::Direction;
    DeliveryState = conversations::DeliveryState;
    MediaKind = conversations::MediaKind;
    IdentifierKind = customers::IdentifierKind;
    Verdict = customers::Verdict;
    Purpose = customers::Purpose;
    ConsentState = customers::ConsentState;
    Urgency = customers::policy::Urgency;
    RatingState = catalogue::ratings::RatingState;
    Aspect = customers::learnt::Aspect;
    BuyerRole = customers::companies::BuyerRole;
    SegmentState = customers::segments::SegmentState;
    CollectionOrder = catalogue::collections::CollectionOrder;
    CollectionState = catalogue::collections::CollectionState;
}

/// One text in both languages; an empty one falls back to the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LocalisedText {
    /// Spanish.
    #[serde(default)]
    #[schema(example = "Camisa de lino")]
    es: String,
    /// English.
    #[serde(default)]
    #[schema(example = "Linen shirt")]
    en: String,
}

impl From<LocalisedText> for catalogue::Localised {
    fn from(text: LocalisedText) -> Self {
        catalogue::Localised::new(text.es, text.en)
    }
}
impl From<catalogue::Localised> for LocalisedText {
    fn from(text: catalogue::Localised) -> Self {
        LocalisedText { es: text.es, en: text.en }
    }
}

/// A picture.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureView {
    /// Where it is: `picture:tee/azul`, a file name or an address.
    source: String,
    /// For those who do not see it.
    alt: LocalisedText,
}

impl From<catalogue::Picture> for PictureView {
    fn from(picture: catalogue::Picture) -> Self {
        PictureView { source: picture.source, alt: picture.alt.into() }
    }
}

/// A fact, as it stands on the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What happened.
    #[schema(example = "order.placed")]
    kind: String,
    /// The id of what it happened to.
    subject: String,
    /// Whose thread it belongs to.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Where.
    #[schema(value_type = Option<ChannelKind>)]
    channel: Option<Channel>,
    /// By whom: `staff:ID`, `customer:ID`, `api_key:ID`, `system`.
    actor: Option<String>,
    /// The facts; which ones depends on the kind.
    body: Value,
}

impl From<Logged> for EntryView {
    fn from(entry: Logged) -> Self {
        let body = serde_json::from_str(&entry.body).unwrap_or_default();
        let Logged { at, kind, subject, profile, channel, actor, .. } = entry;
        EntryView { at, kind, subject, profile, channel, actor, body }
    }
}
