//! What a template is, and what its words may be. Pure.

use super::TemplateError;
use crate::{AccountId, Variable};
use kernel::{Locale, Timestamp};
use serde::{Deserialize, Serialize};

/// Longest texts, in characters (Meta, "Template components").
mod limit {
    pub const NAME: usize = 512;
    pub const HEADER: usize = 60;
    pub const BODY: usize = 1024;
    pub const FOOTER: usize = 60;
    pub const BUTTON: usize = 25;
    pub const BUTTONS: usize = 10;
}

kernel::id! {
    /// A text that a provider must approve.
    pub struct TemplateId;
}

kernel::db_enum! {
    /// Where a template stands.
    pub enum TemplateState {
        /// Written here; the provider does not know it.
        Draft = "draft",
        /// The provider looks at it.
        Pending = "pending",
        /// It may leave.
        Approved = "approved",
        /// The provider does not want it; the reason says why.
        Rejected = "rejected",
        /// The provider has stopped it for a time.
        Paused = "paused",
        /// The provider has stopped it for good, or has it no more.
        Disabled = "disabled",
    }
}

impl TemplateState {
    /// Its words may still be changed: whoever reads them at the provider has not taken them, or asked for others.
    pub fn may_change(self) -> bool {
        matches!(self, TemplateState::Draft | TemplateState::Rejected)
    }
}

kernel::db_enum! {
    /// What a template is for.
    pub enum TemplateCategory {
        /// About something that the customer did: an order, a return.
        Utility = "utility",
        /// Offers and news.
        Marketing = "marketing",
        /// One-time codes.
        Authentication = "authentication",
    }
}

/// The words of a template.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TemplateContent {
    /// One line above; may be empty.
    #[serde(default)]
    pub header: String,
    /// The text, with gaps `{{1}}`, `{{2}}` ..
    pub body: String,
    /// What may stand in each gap, for whoever approves it.
    #[serde(default)]
    pub examples: Vec<String>,
    /// One small line below; may be empty.
    #[serde(default)]
    pub footer: String,
    /// Buttons under it.
    #[serde(default)]
    pub buttons: Vec<TemplateButton>,
    /// It has parts that Hilo cannot fill (a picture above, a gap in a link): shown, never offered.
    #[serde(default)]
    pub has_more: bool,
}

/// A button under a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum TemplateButton {
    /// Answers with its own words.
    QuickReply {
        /// What it says.
        text: String,
    },
    /// Opens a page.
    Url {
        /// What it says.
        text: String,
        /// The page.
        url: String,
    },
    /// Rings.
    Phone {
        /// What it says.
        text: String,
        /// Whom, digits with the country in front.
        phone_number: String,
    },
}

impl TemplateButton {
    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            TemplateButton::QuickReply { text } | TemplateButton::Url { text, .. } | TemplateButton::Phone { text, .. } => text,
        }
    }
}

/// A text that a provider must approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    /// Which.
    pub id: TemplateId,
    /// Through which account it leaves.
    pub account: AccountId,
    /// Its name at the provider.
    pub name: String,
    /// Its language there, such as `es` or `en_US`.
    pub language: String,
    /// What it is for.
    pub category: TemplateCategory,
    /// Its words.
    pub content: TemplateContent,
    /// What fills each gap at the desk; none is for the agent to write.
    pub fills: Vec<Option<Variable>>,
    /// Where it stands.
    pub state: TemplateState,
    /// Why it was rejected or stopped, in the provider's word; else empty.
    pub reason: String,
    /// How customers take it, in the provider's word (`GREEN`, `YELLOW`, `RED`); empty when not told.
    pub quality: String,
    /// Its number at the provider, once handed in.
    pub provider_id: Option<String>,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl MessageTemplate {
    /// Who reads this language understands it.
    pub fn speaks(&self, locale: Locale) -> bool {
        self.language.split('_').next() == Some(locale.as_str())
    }
    /// How many gaps its words have.
    pub fn gaps(&self) -> usize {
        self.content.gaps().map_or(0, |gaps| gaps)
    }
}

impl TemplateContent {
    /// How many gaps the body has, when they are numbered from 1 without a hole.
    pub fn gaps(&self) -> Result<usize, TemplateError> {
        let mut seen: Vec<usize> = template_pieces(&self.body)
            .filter_map(|piece| if let TemplatePiece::Gap(number) = piece { Some(number) } else { None })
            .collect();
        seen.sort_unstable();
        seen.dedup();
        let is_whole = seen.iter().enumerate().all(|(index, number)| index + 1 == *number);
        if is_whole { Ok(seen.len()) } else { Err(TemplateError::Gaps) }
    }

    /// Refused when no provider would take it.
    pub(super) fn check(&self) -> Result<(), TemplateError> {
        at_most("header", &self.header, limit::HEADER)?;
        at_most("body", &self.body, limit::BODY)?;
        at_most("footer", &self.footer, limit::FOOTER)?;
        if self.body.is_empty() {
            return Err(TemplateError::Missing("body"));
        }
        let gaps = self.gaps()?;
        let is_bare = |piece: Option<TemplatePiece<'_>>| matches!(piece, Some(TemplatePiece::Gap(_)));
        let last = template_pieces(self.body.trim_end_matches(['.', '!', '?', ' ']))
            .filter(|piece| !matches!(piece, TemplatePiece::Words("")))
            .last();
        if is_bare(template_pieces(&self.body).find(|piece| !matches!(piece, TemplatePiece::Words("")))) || is_bare(last) {
            return Err(TemplateError::GapAtEnd);
        }
        if self.header.contains("{{") || self.footer.contains("{{") {
            return Err(TemplateError::GapElsewhere);
        }
        if let Some(missing) = (0..gaps).find(|index| self.examples.get(*index).is_none_or(|example| example.trim().is_empty())) {
            return Err(TemplateError::MissingExample(missing + 1));
        }
        if self.buttons.len() > limit::BUTTONS {
            return Err(TemplateError::TooManyButtons(limit::BUTTONS));
        }
        for button in &self.buttons {
            at_most("button", button.text(), limit::BUTTON)?;
            let is_good = match button {
                TemplateButton::QuickReply { .. } => true,
                TemplateButton::Url { url, .. } => url.starts_with("https://") && !url.contains("{{"),
                TemplateButton::Phone { phone_number, .. } => phone_number.bytes().filter(u8::is_ascii_digit).count() >= 5,
            };
            if button.text().is_empty() || !is_good {
                return Err(TemplateError::BadButton);
            }
        }
        Ok(())
    }
}

/// Name and language as the provider takes them.
pub(super) fn check_name(name: &str, language: &str) -> Result<(), TemplateError> {
    let is_name =
        !name.is_empty() && name.len() <= limit::NAME && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !is_name {
        return Err(TemplateError::BadName);
    }
    let (tongue, country) = language.split_once('_').unwrap_or((language, "XX"));
    let is_language = (2..=3).contains(&tongue.len())
        && tongue.bytes().all(|b| b.is_ascii_lowercase())
        && (2..=3).contains(&country.len())
        && country.bytes().all(|b| b.is_ascii_uppercase());
    if is_language { Ok(()) } else { Err(TemplateError::BadLanguage) }
}

fn at_most(field: &'static str, text: &str, limit: usize) -> Result<(), TemplateError> {
    if text.chars().count() > limit { Err(TemplateError::TooLong { field, limit }) } else { Ok(()) }
}

/// A piece of a template's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplatePiece<'a> {
    /// Words; may be empty.
    Words(&'a str),
    /// A gap, by its number.
    Gap(usize),
}

/// A text in pieces, in order: `{{n}}` is a gap; any other brace is a brace.
pub fn template_pieces(text: &str) -> impl Iterator<Item = TemplatePiece<'_>> {
    let mut rest = text;
    let mut gap = None;
    std::iter::from_fn(move || {
        if let Some(number) = gap.take() {
            return Some(TemplatePiece::Gap(number));
        }
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest[from..].find("{{").map(|at| at + from) {
            let named = rest[open + 2..].find("}}").map(|end| &rest[open + 2..open + 2 + end]);
            if let Some((name, number)) = named.and_then(|name| Some((name, name.trim().parse::<usize>().ok().filter(|n| *n > 0)?))) {
                let words = &rest[..open];
                rest = &rest[open + name.len() + 4..];
                gap = Some(number);
                return Some(TemplatePiece::Words(words));
            }
            from = open + 2;
        }
        let words = rest;
        rest = "";
        Some(TemplatePiece::Words(words))
    })
}

/// The words with their numbered gaps filled, as the customer reads them. A gap without a value stays.
pub fn fill_numbers(body: &str, values: &[String]) -> String {
    let mut filled = String::with_capacity(body.len());
    for piece in template_pieces(body) {
        match piece {
            TemplatePiece::Words(words) => filled.push_str(words),
            TemplatePiece::Gap(number) => match values.get(number - 1).filter(|value| !value.trim().is_empty()) {
                Some(value) => filled.push_str(value),
                None => filled.push_str(&format!("{{{{{number}}}}}")),
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(body: &str, examples: &[&str]) -> TemplateContent {
        TemplateContent { body: body.into(), examples: examples.iter().map(|e| (*e).to_owned()).collect(), ..TemplateContent::default() }
    }

    fn refusal(content: &TemplateContent) -> String {
        content.check().map_or_else(|error| error.to_string(), |()| "taken".into())
    }

    #[test]
    fn gaps_are_numbered_from_one_and_stand_between_words() {
        assert_eq!(body("Hola {{1}}, tu pedido {{2}} está listo. {{x}}", &["Ana", "1001"]).gaps().ok(), Some(2));
        assert_eq!(refusal(&body("Hola {{1}}, tu pedido {{2}} está listo.", &["Ana", "1001"])), "taken");
        assert_eq!(refusal(&body("Hola {{2}}, ya está.", &["Ana"])), TemplateError::Gaps.to_string());
        for bare in ["{{1}}, hola", "Hola {{1}}", "Hola {{1}}."] {
            assert_eq!(refusal(&body(bare, &["Ana"])), TemplateError::GapAtEnd.to_string(), "{bare}");
        }
        assert_eq!(refusal(&body("Hola {{1}}, ya está.", &[" "])), TemplateError::MissingExample(1).to_string());
        let link = TemplateButton::Url { text: "Ver".into(), url: "http://x.es".into() };
        assert_eq!(refusal(&TemplateContent { buttons: vec![link], ..body("Hola", &[]) }), TemplateError::BadButton.to_string());
    }

    #[test]
    fn a_filled_text_reads_as_the_customer_reads_it() {
        let values = ["Ana".to_owned(), String::new()];
        assert_eq!(fill_numbers("{{1}} y {{1}}: {{2}} {{ {{x}}", &values), "Ana y Ana: {{2}} {{ {{x}}");
    }

    #[test]
    fn names_and_languages_are_the_providers() {
        assert!(check_name("pedido_listo", "es").is_ok() && check_name("a1", "en_US").is_ok());
        for (name, language) in [("Pedido", "es"), ("", "es"), ("dos palabras", "es"), ("ok", "español"), ("ok", "en-US"), ("ok", "en_")] {
            assert!(check_name(name, language).is_err(), "{name} {language}");
        }
    }
}
