//! One way to recognise somebody, in a normal form, so that two writings of it are one identifier.

use kernel::{Kind, LockKey, Problem};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The region of a phone number written without its country.
pub const HOME_REGION: &str = "ES";

kernel::db_enum! {
    /// What sort of identifier it is. `whatsapp` is read as a phone and `webchat` as a device: they are the same identifier.
    pub enum IdentifierKind {
        /// E-mail address, lower case.
        Email = "email",
        /// Phone number in E.164; also that of WhatsApp.
        Phone = "phone",
        /// Loyalty card, capitals and digits.
        Card = "card",
        /// Random token of one browser or app.
        Device = "device",
        /// Handle on X, without `@`, case folded.
        X = "x",
        /// Handle or scoped id on Instagram.
        Instagram = "instagram",
        /// Handle or id on Telegram.
        Telegram = "telegram",
        /// Page-scoped id on Messenger.
        Messenger = "messenger",
        /// WhatsApp's own id of somebody who hides their number.
        WhatsappUser = "whatsapp_user",
    }
}

/// How much an identifier says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Names one person.
    Strong,
    /// A hint: a browser, or something known to be shared.
    Weak,
}

/// The text is not an identifier of that kind; the sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIdentifier {
    /// Not an e-mail address.
    #[error("`{0}` is not an e-mail address; write it like ana@example.com")]
    Email(String),
    /// Not a phone number.
    #[error("`{0}` is not a phone number; write it with its country, like +34 612 34 56 78")]
    Phone(String),
    /// Not a card number.
    #[error("`{0}` is not a card number; write the 4 to 40 letters and digits printed on the card")]
    Card(String),
    /// Not a device token.
    #[error("this is not a device token; let Hilo make one (8 to 128 letters, digits, `-` or `_`)")]
    Device,
    /// Not a handle.
    #[error("`{0}` is not a handle; write it like @ana, without spaces")]
    Handle(String),
    /// No such kind.
    #[error("`{0}` does not say what it is; write kind:value, like email:ana@example.com or card:AB1234")]
    Kind(String),
}

impl Problem for InvalidIdentifier {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        "customers.invalid_identifier"
    }
}

/// One way to recognise somebody. Equal when kind and normal form are equal, however it was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Identifier {
    kind: IdentifierKind,
    value: String,
    display: String,
}

#[derive(Deserialize)]
struct Raw {
    kind: IdentifierKind,
    value: String,
}
impl TryFrom<Raw> for Identifier {
    type Error = InvalidIdentifier;
    fn try_from(raw: Raw) -> Result<Self, InvalidIdentifier> {
        Identifier::new(raw.kind, &raw.value)
    }
}

impl PartialEq for Identifier {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.value) == (other.kind, &other.value)
    }
}
impl Eq for Identifier {}
impl std::hash::Hash for Identifier {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.kind, &self.value).hash(state);
    }
}

impl Identifier {
    /// Read what somebody typed. A phone number without its country is taken to be of [`HOME_REGION`].
    pub fn new(kind: IdentifierKind, text: &str) -> Result<Self, InvalidIdentifier> {
        match kind {
            IdentifierKind::Email => Self::email(text),
            IdentifierKind::Phone => Self::phone(text, HOME_REGION),
            IdentifierKind::Card => Self::card(text),
            IdentifierKind::Device => Self::device(text),
            handle => Self::handle(handle, text),
        }
    }

    /// An e-mail address: trimmed, lower case, what was typed kept for display. No provider's own rules on dots or plus signs.
    pub fn email(text: &str) -> Result<Self, InvalidIdentifier> {
        let display = text.trim();
        let value = display.to_lowercase();
        let fits = value.len() <= 254 && !value.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
        match value.split_once('@') {
            Some((local, host)) if fits && !local.is_empty() && is_host(host) => {
                Ok(Identifier { kind: IdentifierKind::Email, display: display.to_owned(), value })
            }
            _ => Err(InvalidIdentifier::Email(shorten(text))),
        }
    }

    /// A phone number, to E.164. Without its country it must be valid in `region` (two capitals); with it, only plausible,
    /// because numbering plans grow faster than any table of them.
    pub fn phone(text: &str, region: &str) -> Result<Self, InvalidIdentifier> {
        let wrong = || InvalidIdentifier::Phone(shorten(text));
        let typed = text.trim();
        if typed.len() > 40 {
            return Err(wrong());
        }
        let typed = typed.strip_prefix("00").map_or_else(|| typed.to_owned(), |rest| format!("+{rest}"));
        let number = phonenumber::parse(region.parse().ok(), &typed).map_err(|_| wrong())?;
        if !typed.starts_with('+') && !phonenumber::is_valid(&number) {
            return Err(wrong());
        }
        Self::e164(&number.format().mode(phonenumber::Mode::E164).to_string()).ok_or_else(wrong)
    }

    /// A WhatsApp `wa_id`: country and number in digits alone. It is the phone of the same number.
    pub fn whatsapp(wa_id: &str) -> Result<Self, InvalidIdentifier> {
        let digits = wa_id.trim().trim_start_matches('+');
        // WhatsApp still writes Mexican mobiles with the 1 that the numbering plan dropped in 2019.
        let digits = match digits.strip_prefix("521") {
            Some(rest) if rest.len() == 10 => format!("52{rest}"),
            _ => digits.to_owned(),
        };
        Self::e164(&format!("+{digits}")).ok_or_else(|| InvalidIdentifier::Phone(shorten(wa_id)))
    }

    fn e164(value: &str) -> Option<Self> {
        let digits = value.strip_prefix('+')?;
        let fits = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        let display = || match phonenumber::parse(None, value) {
            Ok(number) => number.format().mode(phonenumber::Mode::International).to_string(),
            Err(_) => value.to_owned(),
        };
        fits.then(|| Identifier { kind: IdentifierKind::Phone, display: display(), value: value.to_owned() })
    }

    /// A loyalty card: letters in capitals, spaces and dashes dropped.
    pub fn card(text: &str) -> Result<Self, InvalidIdentifier> {
        let value: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        if (4..=40).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Ok(Identifier { kind: IdentifierKind::Card, display: value.clone(), value })
        } else {
            Err(InvalidIdentifier::Card(shorten(text)))
        }
    }

    /// The random token of a browser or app.
    pub fn device(token: &str) -> Result<Self, InvalidIdentifier> {
        let fits = (8..=128).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits {
            Ok(Identifier { kind: IdentifierKind::Device, display: token.to_owned(), value: token.to_owned() })
        } else {
            Err(InvalidIdentifier::Device)
        }
    }

    fn handle(kind: IdentifierKind, text: &str) -> Result<Self, InvalidIdentifier> {
        let display = text.trim().trim_start_matches('@');
        // Measured in small letters, of which some take more bytes than their capital.
        let value = display.to_lowercase();
        let fits = (1..=120).contains(&value.len()) && !value.chars().any(|c| c.is_whitespace() || c.is_control());
        if fits { Ok(Identifier { kind, display: display.to_owned(), value }) } else { Err(InvalidIdentifier::Handle(shorten(text))) }
    }

    /// From columns that this module wrote.
    pub(crate) fn stored(kind: IdentifierKind, value: String, display: String) -> Self {
        Identifier { kind, value, display }
    }

    /// What sort it is.
    pub const fn kind(&self) -> IdentifierKind {
        self.kind
    }
    /// The normal form.
    pub fn value(&self) -> &str {
        &self.value
    }
    /// As people write it: the address as typed, the number in groups.
    pub fn display(&self) -> &str {
        &self.display
    }
    /// What it says by itself, when nothing is known of its being shared.
    pub const fn strength(&self) -> Strength {
        match self.kind {
            IdentifierKind::Device => Strength::Weak,
            _ => Strength::Strong,
        }
    }
    /// The hot key to hand to `Db::write_locking` when the same newcomer may arrive from several sides at once.
    pub fn lock_key(&self) -> LockKey {
        LockKey::of(&format!("identifier/{self}"))
    }
    /// The last six digits of a phone number; empty for other kinds.
    pub(crate) fn tail(&self) -> &str {
        match self.kind {
            IdentifierKind::Phone => &self.value[self.value.len() - 6..],
            _ => "",
        }
    }
}

/// `kind:value`, in normal form.
impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.value)
    }
}

/// `kind:value` as anybody writes it; `whatsapp:` and `webchat:` are understood.
impl FromStr for Identifier {
    type Err = InvalidIdentifier;
    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        match text.split_once(':') {
            Some(("whatsapp", value)) => Self::whatsapp(value),
            Some(("webchat", value)) => Self::device(value),
            Some((kind, value)) => Self::new(kind.parse().map_err(|_| InvalidIdentifier::Kind(shorten(text)))?, value),
            None => Err(InvalidIdentifier::Kind(shorten(text))),
        }
    }
}

fn is_host(host: &str) -> bool {
    host.contains('.') && host.split('.').all(|label| !label.is_empty()) && !host.contains('@')
}

fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(identifier: &str) -> String {
        identifier.parse::<Identifier>().expect("an identifier").to_string()
    }

    #[test]
    fn every_writing_has_one_normal_form() {
        assert_eq!(text("email:  Ana.Ruiz+x@Example.COM "), "email:ana.ruiz+x@example.com");
        assert_eq!(text("phone:612 34 56 78"), "phone:+34612345678");
        assert_eq!(text("phone:0034 612-345-678"), "phone:+34612345678");
        assert_eq!(text("whatsapp:34612345678"), "phone:+34612345678");
        assert_eq!(text("phone:+44 20 7946 0018"), "phone:+442079460018");
        assert_eq!(text("whatsapp:5215512345678"), "phone:+525512345678");
        assert_eq!(text("x:@AnaRuiz"), "x:anaruiz");
        assert_eq!(text("card: ab-12 34"), "card:AB1234");
        assert_eq!(text("webchat:tok_EN-12345"), "device:tok_EN-12345");
    }

    #[test]
    fn display_keeps_what_people_read() {
        let email = Identifier::email(" Ana@Example.com ").expect("email");
        assert_eq!((email.display(), email.strength()), ("Ana@Example.com", Strength::Strong));
        let phone = Identifier::whatsapp("34612345678").expect("phone");
        assert_eq!((phone.display(), phone.tail()), ("+34 612 34 56 78", "345678"));
        assert_eq!(Identifier::device("abcdefgh").expect("device").strength(), Strength::Weak);
    }

    #[test]
    fn a_handle_fits_in_small_letters_or_not_at_all() {
        // The capital takes two bytes, what it becomes takes three.
        let (most, over) = ("İ".repeat(40), "İ".repeat(41));
        let most = Identifier::new(IdentifierKind::X, &most).expect("120 bytes in small letters");
        assert_eq!(Identifier::new(IdentifierKind::X, most.value()).as_ref(), Ok(&most));
        assert!(matches!(Identifier::new(IdentifierKind::X, &over), Err(InvalidIdentifier::Handle(_))));
    }

    #[test]
    fn what_is_wrong_says_what_to_do() {
        for wrong in
            ["email:ana", "email:ana@host", "email:a b@c.es", "email:@c.es", "phone:12", "phone:hello", "card:!", "device:short", "x: "]
        {
            assert!(wrong.parse::<Identifier>().is_err(), "{wrong}");
        }
        let error = Identifier::phone("999", HOME_REGION).expect_err("too short");
        assert_eq!(error.to_string(), "`999` is not a phone number; write it with its country, like +34 612 34 56 78");
        assert_eq!("ana".parse::<Identifier>(), Err(InvalidIdentifier::Kind("ana".into())));
    }

    #[test]
    fn json_is_read_into_normal_form() {
        let read: Identifier = serde_json::from_str(r#"{"kind":"email","value":"ANA@x.es"}"#).expect("json");
        assert_eq!(read, Identifier::email("ana@x.es").expect("email"));
        assert_eq!(serde_json::to_string(&read).expect("json"), r#"{"kind":"email","value":"ana@x.es","display":"ANA@x.es"}"#);
    }
}
