//! Files, places and things shared in a message.

use crate::json::{number, text};
use conversations::{Location, Media, MediaKind, MediaSource, Part};
use serde_json::Value;

/// What an attachment shows; `None` for one that shows nothing we could.
pub(super) fn part(attachment: &Value) -> Option<Part> {
    let (kind, payload) = (text(&attachment["type"])?, &attachment["payload"]);
    if kind == "location" {
        let (latitude, longitude) = (number(&payload["coordinates"]["lat"])?, number(&payload["coordinates"]["long"])?);
        return Some(Part::Location(Location { latitude, longitude, name: text(&attachment["title"]).map(str::to_owned), address: None }));
    }
    let url = text(&payload["url"]).or(text(&attachment["url"]))?;
    let (kind, usual) = match kind {
        "image" if payload["sticker_id"].is_number() => (MediaKind::Sticker, "image/png"),
        "image" | "story_mention" => (MediaKind::Image, "image/jpeg"),
        "audio" => (MediaKind::Audio, "audio/mp4"),
        "video" | "reel" | "ig_reel" => (MediaKind::Video, "video/mp4"),
        "file" => (MediaKind::Document, "application/octet-stream"),
        // A post, a product or a page, shared: its address is what there is.
        _ => {
            let title = text(&payload["title"]).or(text(&attachment["title"]));
            return Some(Part::Text { text: title.map_or_else(|| url.to_owned(), |title| format!("{title}\n{url}")), fresh: None });
        }
    };
    Some(Part::Media(Media {
        kind,
        content_type: usual.to_owned(),
        file_name: text(&payload["title"]).map(str::to_owned),
        caption: None,
        content_id: None,
        source: MediaSource::Link { url: url.to_owned() },
    }))
}
