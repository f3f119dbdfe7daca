//! A word with a meaning: a channel, a state, a promise about time. Never colour alone.

use super::Icon;
use crate::{Page, format};
use askama::{Template, filters::HtmlSafe};
use kernel::Channel;
use serde::{Deserialize, Serialize};

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Good, done.
    Ok,
    /// Look at it soon.
    Warn,
    /// Wrong, late, refused.
    Bad,
    /// Going on now.
    Live,
}

impl Tone {
    /// The CSS class.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Live => "live",
        }
    }
    /// The icon that says the same without colour.
    pub fn icon(self) -> Icon {
        match self {
            Tone::Plain | Tone::Live => super::icon("info"),
            Tone::Ok => super::icon("circle-check"),
            Tone::Warn => super::icon("triangle-alert"),
            Tone::Bad => super::icon("circle-alert"),
        }
    }
}

/// A small label.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/badge.html")]
pub struct Badge {
    class: &'static str,
    tone: Tone,
    channel: Option<&'static str>,
    icon: Option<Icon>,
    text: String,
}
impl HtmlSafe for Badge {}

impl Badge {
    /// A state, already in the reader's words.
    pub fn state(tone: Tone, text: impl Into<String>) -> Self {
        Badge { class: "badge", tone, channel: None, icon: None, text: text.into() }
    }
    /// The channel of an entry, with its icon and its name.
    pub fn channel(page: &Page, channel: Channel) -> Self {
        let text = page.t(&format!("channel-{}", channel.as_str()));
        Badge { class: "badge", tone: Tone::Plain, channel: Some(channel.as_str()), icon: Some(channel_icon(channel)), text }
    }
    /// A promise about time: seconds left, negative when it is broken. In words and in colour.
    pub fn sla(page: &Page, seconds_left: i64) -> Self {
        let span = format::span_text(seconds_left.unsigned_abs());
        let (tone, text) = match seconds_left {
            ..0 => (Tone::Bad, page.tv("sla-late", span)),
            0..600 => (Tone::Warn, page.tv("sla-soon", span)),
            _ => (Tone::Plain, page.tv("sla-left", span)),
        };
        Badge { class: "sla", tone, channel: None, icon: Some(super::icon("clock")), text }
    }
    /// With an icon before the word.
    pub fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// The icon of a channel.
pub fn channel_icon(channel: Channel) -> Icon {
    use super::icon;
    match channel {
        Channel::Web => icon("globe"),
        Channel::App => icon("smartphone"),
        Channel::Email => icon("mail"),
        Channel::Whatsapp | Channel::Telegram | Channel::Messenger => icon("message-circle"),
        Channel::Webchat => icon("messages-square"),
        Channel::Sms | Channel::X => icon("message-square-text"),
        Channel::Instagram => icon("image"),
        Channel::Phone | Channel::Voice => icon("phone"),
        Channel::Video => icon("video"),
        Channel::Till => icon("store"),
        Channel::Desk => icon("headset"),
        Channel::Studio => icon("settings-2"),
        Channel::Push => icon("bell"),
        Channel::Api => icon("plug"),
        Channel::Assistant => icon("sparkles"),
        Channel::System => icon("cpu"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn a_promise_is_told_in_words_and_colour() {
        let page = Page::sample(Locale::Es);
        let late = Badge::sla(&page, -125).to_string();
        assert!(late.contains("class=\"sla bad\"") && late.contains("2 min"), "{late}");
        assert!(Badge::sla(&page, 60).to_string().contains("class=\"sla warn\""));
        assert!(Badge::channel(&page, Channel::Whatsapp).to_string().contains("data-channel=\"whatsapp\""));
        assert!(Badge::state(Tone::Ok, "<b>").to_string().contains("&#60;b&#62;"));
    }
}
