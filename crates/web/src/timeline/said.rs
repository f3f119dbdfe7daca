//! From a message to what its knot shows.

use super::{Names, Reader};
use crate::ui::{Delivery, FileLink, Said, SentCard, Side};
use crate::{Page, has_text};
use conversations::{Attachment, Content, DeliveryState, Direction, MediaSource, Message, OutboundExtras, Part, SenderCheck};
use kernel::Channel;

/// A message in the reader's eyes; `None` when it is not for them.
pub(super) fn said(page: &Page, reader: Reader, message: &Message, files: &[Attachment], names: &Names, customer: &str) -> Option<Said> {
    if !reader.is_staff() && (message.direction == Direction::Note || message.state == DeliveryState::Cancelled) {
        return None;
    }
    let (side, author) = match (message.direction, reader) {
        (Direction::Inbound, Reader::Customer) => (Side::Mine, page.t("timeline-you")),
        (Direction::Inbound, _) => (Side::Theirs, customer.to_owned()),
        (Direction::Outbound, _) if message.content.automatic => {
            (Side::Ours, page.tv("said-by-machine", names.author(page, &message.author)))
        }
        (Direction::Outbound, _) => (Side::Ours, names.author(page, &message.author)),
        (Direction::Note, _) => (Side::Note, names.author(page, &message.author)),
    };
    let mut said = Said::new(author, side, words(page, message));
    said.card = message.card().map(SentCard::from);
    let at = |what: &str| format!("/desk/messages/{}/{what}", message.id);
    if message.channel == Channel::Email {
        said.subject = message.subject.clone().unwrap_or_default();
    }
    if message.direction == Direction::Outbound {
        said.delivery = Some(delivery(message.state));
        said.failure = failure(page, reader, message);
        if message.channel == Channel::Sms && reader == Reader::Desk {
            said.cost = page.tn("sms-segments", channels::twilio::segments(&message.plain()).count);
        }
    }
    if reader == Reader::Desk {
        said.language = language(page, message);
        let inside = message.content.html.as_deref().map_or_else(Vec::new, |html| channels::email::inside(html, files));
        if !inside.is_empty() {
            said.pictures = page.tn("timeline-pictures", inside.len());
        }
        // What the formatted words show is not listed again.
        let listed = files.iter().filter(|file| !inside.contains(file));
        said.attachments = listed.map(|file| FileLink::new(format!("/desk/attachments/{}", file.id), file, page.locale)).collect();
        if let Some(check) = &message.content.sender_check {
            (said.checked, said.warning) = checked(page, check, message.address.as_deref().unwrap_or_default());
        }
        said.formatted = message.content.html.as_ref().map_or_else(String::new, |_| at("formatted"));
        match message.state {
            DeliveryState::Failed => said.retry = at("again"),
            DeliveryState::Queued => said.undo = at("cancellation"),
            _ => {}
        }
    }
    Some(said)
}

/// Code and name of the language of a message that is not in the reader's.
fn language(page: &Page, message: &Message) -> Option<(String, String)> {
    let code = message.content.language.as_deref().filter(|code| *code != page.locale.as_str())?;
    let key = format!("language-{code}");
    Some((code.to_owned(), if has_text(&key) { page.t(&key) } else { code.to_uppercase() }))
}

/// What our receiving server found about a mail's sender, and what to beware of.
fn checked(page: &Page, check: &SenderCheck, from: &str) -> (String, String) {
    let methods = [("SPF", &check.spf), ("DKIM", &check.dkim), ("DMARC", &check.dmarc)];
    let found: Vec<String> = methods.iter().filter_map(|(name, word)| Some(format!("{name} {}", word.as_ref()?))).collect();
    let told = if found.is_empty() { String::new() } else { page.tv("sender-checked", found.join(" · ")) };
    (told, if check.is_doubtful() { page.tv("sender-doubtful", from) } else { String::new() })
}

fn delivery(state: DeliveryState) -> Delivery {
    match state {
        DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Received => Delivery::Queued,
        DeliveryState::Sent => Delivery::Sent,
        DeliveryState::Delivered => Delivery::Delivered,
        DeliveryState::Read => Delivery::Read,
        DeliveryState::Failed => Delivery::Failed,
        DeliveryState::Cancelled => Delivery::Cancelled,
    }
}

/// The provider's own words are for staff only.
fn failure(page: &Page, reader: Reader, message: &Message) -> String {
    let Some((code, text)) = message.failure.as_ref().filter(|_| message.state == DeliveryState::Failed && reader.is_staff()) else {
        return String::new();
    };
    let key = format!("failure-{}", code.replace(['.', '_'], "-"));
    if has_text(&key) { page.t(&key) } else { text.clone() }
}

/// The text, and one line for each part that is no text.
fn words(page: &Page, message: &Message) -> String {
    let Content { parts, outbound, .. } = &message.content;
    let mut lines: Vec<String> = Some(message.text.clone()).filter(|text| !text.trim().is_empty()).into_iter().collect();
    lines.extend(parts.iter().filter_map(|part| line(page, part)));
    if let Some(extras) = outbound {
        let OutboundExtras { choices, media, template, .. } = extras.as_ref();
        lines.extend(choices.iter().flat_map(|choices| choices.all()).map(|choice| format!("› {}", choice.title)));
        lines.extend(media.iter().map(|media| media.file_name.clone().unwrap_or_else(|| page.t("timeline-file"))));
        lines.extend(template.iter().map(|template| page.tv("timeline-template", &template.name)));
    }
    lines.join("\n")
}

fn line(page: &Page, part: &Part) -> Option<String> {
    match part {
        Part::Text { .. } | Part::Html { .. } | Part::Choice { .. } => None,
        Part::Location(place) => {
            let point = format!("{:.5}, {:.5}", place.latitude, place.longitude);
            let words = [place.name.as_deref(), place.address.as_deref(), Some(point.as_str())];
            Some(page.tv("timeline-place", words.into_iter().flatten().collect::<Vec<_>>().join(" · ")))
        }
        Part::Contact { name, addresses } => {
            let values = addresses.iter().map(|address| address.value.as_str());
            Some(page.tv("timeline-contact", std::iter::once(name.as_str()).chain(values).collect::<Vec<_>>().join(" · ")))
        }
        Part::Products { items } => {
            let wishes =
                items.iter().map(|item| if item.quantity > 0 { format!("{} × {}", item.quantity, item.sku) } else { item.sku.clone() });
            Some(page.tv("timeline-products", wishes.collect::<Vec<_>>().join(", ")))
        }
        Part::Media(media) => match media.source {
            MediaSource::Bytes { .. } | MediaSource::Kept { .. } => None,
            _ => {
                let name = media.file_name.clone().unwrap_or_else(|| media.content_type.clone());
                Some(page.tv("timeline-file-elsewhere", name))
            }
        },
    }
}
