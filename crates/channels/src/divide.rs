//! Making one message fit a channel: split what is too long, send files one by one, write choices out where there are no buttons.

use conversations::{Capabilities, Choices, Outbound};

/// The messages, in order, that together say what `message` says within a channel's limits; one if it fits as it is.
///
/// Each further piece has its own dedupe key (`key~2`, `key~3` ...), so a repeat after a crash doubles none of them. Only the first piece
/// carries the pointer to the message that it answers; choices go under the last text. A template is never divided.
pub fn divide(message: &Outbound, capabilities: &Capabilities) -> Vec<Outbound> {
    if message.template.is_some() {
        return vec![message.clone()];
    }
    let mut whole = message.clone();
    write_out_choices(&mut whole, capabilities);
    let text = whole.text.take().filter(|text| !text.trim().is_empty());
    let choices = whole.choices.take();
    let media = std::mem::take(&mut whole.media);

    let mut pieces = Vec::new();
    let captioned = text.is_none() || media.iter().all(|item| capabilities.captions.contains(&item.kind));
    let limit = if media.is_empty() { capabilities.text_limit } else { capabilities.caption_limit };
    if media.len() <= capabilities.media_per_message && choices.is_none() && captioned && fits(text.as_deref(), limit) {
        pieces.push(Outbound { text, media, ..whole });
    } else {
        for chunk in media.chunks(capabilities.media_per_message.max(1)) {
            pieces.push(Outbound { media: chunk.to_vec(), ..whole.clone() });
        }
        let mut texts = split_text(text.as_deref().unwrap_or_default(), capabilities.text_limit);
        if choices.is_some() {
            split_last(&mut texts, capabilities.choice_text_limit);
        }
        if pieces.is_empty() && texts.is_empty() {
            texts.push(String::new());
        }
        pieces.extend(texts.into_iter().map(|text| Outbound { text: Some(text), ..whole.clone() }));
        if let Some(last) = pieces.last_mut() {
            last.choices = choices;
        }
    }
    for (index, piece) in pieces.iter_mut().enumerate().skip(1) {
        piece.dedupe_key = format!("{}~{}", message.dedupe_key, index + 1);
        piece.reply_to = None;
    }
    pieces
}

fn fits(text: Option<&str>, limit: Option<usize>) -> bool {
    limit.is_none_or(|limit| text.unwrap_or_default().chars().count() <= limit)
}

/// Where the channel has too few buttons or rows, put the choices as numbered lines under the text.
fn write_out_choices(message: &mut Outbound, capabilities: &Capabilities) {
    let Some(choices) = &message.choices else { return };
    let room = match choices {
        Choices::Buttons { .. } => capabilities.buttons,
        Choices::List { .. } => capabilities.list_rows,
    };
    if choices.all().len() <= room {
        return;
    }
    let mut text = message.text.take().unwrap_or_default();
    for (index, choice) in choices.all().iter().enumerate() {
        text.push_str(&format!("\n{}. {}", index + 1, choice.title));
        if let Some(description) = &choice.description {
            text.push_str(&format!(" ({description})"));
        }
    }
    message.text = Some(text.trim_start().to_owned());
    message.choices = None;
}

/// Shorten the last text to `limit` characters by moving its beginning to a text of its own.
fn split_last(texts: &mut Vec<String>, limit: usize) {
    if let Some(last) = texts.pop() {
        texts.extend(split_text(&last, Some(limit)));
    }
}

/// Pieces of at most `limit` characters, cut at the end of a paragraph, line, sentence or word where there is one in the latter half.
fn split_text(text: &str, limit: Option<usize>) -> Vec<String> {
    let mut rest = text.trim();
    let mut pieces = Vec::new();
    while let Some(limit) = limit
        && let Some((end, _)) = rest.char_indices().nth(limit.max(1))
    {
        let window = &rest[..end];
        let cut = ["\n\n", "\n", ". ", " "]
            .iter()
            .filter_map(|mark| window.rfind(mark).map(|at| at + mark.len()))
            .find(|at| *at > window.len() / 2)
            .unwrap_or(end);
        pieces.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Channel, whatsapp::Whatsapp};
    use conversations::{Address, Choice, Media, MediaKind, MediaSource};
    use kernel::Timestamp;

    fn message(text: &str) -> Outbound {
        Outbound::text("m1", Address::phone("+34600111222"), Timestamp::from_seconds(0), text)
    }

    fn picture() -> Media {
        Media {
            kind: MediaKind::Image,
            content_type: "image/jpeg".into(),
            file_name: None,
            caption: None,
            content_id: None,
            source: MediaSource::Link { url: "https://hilo.example/a.jpg".into() },
        }
    }

    #[test]
    fn text_is_cut_at_the_last_good_place_and_nothing_is_lost() {
        assert_eq!(split_text("one two three four", Some(9)), ["one two", "three", "four"]);
        assert_eq!(split_text("ññññññ", Some(4)), ["ññññ", "ññ"]);
        assert_eq!(split_text("a b", None), ["a b"]);
    }

    #[test]
    fn a_long_text_makes_two_messages_under_their_own_keys() {
        let long = format!("{}. {}", "a".repeat(4000), "b".repeat(500));
        let pieces = divide(&Outbound { reply_to: Some("x".into()), ..message(&long) }, &Whatsapp.capabilities());
        let seen: Vec<_> =
            pieces.iter().map(|p| (p.dedupe_key.as_str(), p.text.as_ref().map(String::len), p.reply_to.as_deref())).collect();
        assert_eq!(seen, [("m1", Some(4001), Some("x")), ("m1~2", Some(500), None)]);
    }

    #[test]
    fn two_pictures_and_a_text_make_three_messages() {
        let pieces = divide(&Outbound { media: vec![picture(), picture()], ..message("Hola") }, &Whatsapp.capabilities());
        let seen: Vec<_> = pieces.iter().map(|p| (p.media.len(), p.text.as_deref())).collect();
        assert_eq!(seen, [(1, None), (1, None), (0, Some("Hola"))]);
        let one = divide(&Outbound { media: vec![picture()], ..message("Hola") }, &Whatsapp.capabilities());
        assert_eq!((one.len(), one[0].text.as_deref()), (1, Some("Hola")));
    }

    #[test]
    fn too_many_buttons_become_numbered_lines() {
        let choice = |title: &str| Choice { id: title.into(), title: title.into(), description: None };
        let buttons = ["S", "M", "L", "XL"].map(choice).to_vec();
        let pieces = divide(&Outbound { choices: Some(Choices::Buttons { buttons }), ..message("¿Qué talla?") }, &Whatsapp.capabilities());
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].text.as_deref(), Some("¿Qué talla?\n1. S\n2. M\n3. L\n4. XL"));
        assert_eq!(pieces[0].choices, None);
    }
}
