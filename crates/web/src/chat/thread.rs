//! What was said, as the customer sees it.

use super::visitor::ChatVisitor;
use crate::ui::{Badge, FileLink, Moment, SentCard};
use crate::waiting::wait_words;
use crate::{Page, picture_url};
use conversations::{Attachment, DeliveryState, Direction, Matter, MatterState, Message, MessageId, Part, Wanted};
use kernel::{Channel, Fault, Locale, ProfileId, ReadTx, StaffId};
use std::collections::HashMap;

/// Matters looked into, and messages of each.
const MATTERS: usize = 5;
const MESSAGES: i64 = 100;

/// One thing said.
pub(super) struct Said {
    pub(super) id: String,
    pub(super) is_mine: bool,
    pub(super) author: String,
    pub(super) text: String,
    pub(super) when: Moment,
    /// How it came, when not by this chat.
    pub(super) via: Option<Badge>,
    pub(super) products: Vec<Card>,
    /// Something of the shop that we showed.
    pub(super) card: Option<SentCard>,
    pub(super) files: Vec<FileLink>,
    pub(super) choices: Vec<String>,
    /// Nothing was said since: its choices can be pressed.
    pub(super) is_last: bool,
    /// Ours, and not yet seen on any screen of theirs.
    pub(super) is_new: bool,
    pub(super) new_word: String,
    /// `visto` under their last words, once somebody here has read them.
    pub(super) mark: String,
}

/// A product within a message.
pub(super) struct Card {
    pub(super) href: String,
    pub(super) version: i64,
    pub(super) title: String,
    pub(super) picture: String,
}

/// Oldest first. Notes are never shown, nor what may still be taken back.
/// And who answers, when somebody does.
pub(super) fn load(tx: &ReadTx<'_>, page: &Page, who: &ChatVisitor) -> Result<(Vec<Said>, String), Fault> {
    let profiles = who.profiles(tx)?;
    let mut said: Vec<Message> = Vec::new();
    for matter in conversations::matters_of(tx, &profiles, MATTERS)? {
        said.extend(conversations::messages_of(tx, matter.id, MESSAGES)?);
    }
    said.retain(|message| is_theirs(message, who, &profiles));
    said.sort_by_key(|message| (message.at, message.id));
    let mut names: HashMap<String, String> = HashMap::new();
    let ids: Vec<MessageId> = said.iter().map(|message| message.id).collect();
    let mut files = conversations::attachments_of_all(tx, &ids)?;
    let mut shown = |message: &Message| {
        let files = files.remove(&message.id).unwrap_or_default();
        view(tx, page, (message, who), &files, &mut names)
    };
    let said: Result<Vec<Said>, Fault> = said.iter().map(&mut shown).collect();
    let mut said = said?;
    if let Some(last) = said.last_mut() {
        last.is_last = true;
    }
    let is_read = open_matter(tx, &profiles)?.is_some_and(|matter| matter.unread == 0);
    if let Some(last) = said.iter_mut().rev().find(|said| said.is_mine).filter(|_| is_read) {
        last.mark = page.t("chat-seen");
    }
    Ok((said, answering(tx, page, &profiles)?))
}

/// Whether a visitor may see a message. A matter may hold messages of a profile that was joined by mistake and separated again: those
/// are somebody else's.
pub(super) fn is_theirs(message: &Message, who: &ChatVisitor, profiles: &[ProfileId]) -> bool {
    let here = message.channel == Channel::Webchat && message.address.as_deref() == Some(&who.name);
    is_seen(message) && (here || (who.signed_in.is_some() && message.channel != Channel::Desk && profiles.contains(&message.profile)))
}

/// Their latest concern that is not done.
fn open_matter(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Option<Matter>, Fault> {
    Ok(conversations::matters_of(tx, profiles, MATTERS)?.into_iter().find(|matter| matter.state != MatterState::Resolved))
}

/// Ours, by this chat, and not yet on a screen of theirs.
pub(super) fn is_new(message: &Message) -> bool {
    let by_chat = message.channel == Channel::Webchat && message.direction == Direction::Outbound;
    by_chat && matches!(message.state, DeliveryState::Sent | DeliveryState::Delivered)
}

/// Who takes care of what they asked: by name, as what, or how long until somebody does. Empty when nothing waits.
fn answering(tx: &ReadTx<'_>, page: &Page, profiles: &[ProfileId]) -> Result<String, Fault> {
    let Some(matter) = open_matter(tx, profiles)? else { return Ok(String::new()) };
    let expert = conversations::team_rules(tx, matter.team)?.expert;
    let title = expert.map(|expert| if page.locale == Locale::En { expert.title_en } else { expert.title_es }).unwrap_or_default();
    if let Some(owner) = matter.owner.map_or(Ok(None), |owner| access::staff_member(tx, owner))? {
        let name = owner.name.split_whitespace().next().unwrap_or_default().to_owned();
        return Ok(if title.is_empty() {
            page.tv("chat-answers", name)
        } else {
            page.tw("chat-expert-answers", &[("value", name.into()), ("title", title.into())])
        });
    }
    if !matter.state.needs_us() {
        return Ok(String::new());
    }
    let Matter { channel, team, skill, language, .. } = matter;
    let wait = conversations::waiting_time(tx, &Wanted { channel, team, skill, language, passed: None })?;
    let wait = wait_words(page, &wait);
    Ok(if title.is_empty() {
        page.tv("chat-waits", wait)
    } else {
        page.tw("chat-expert-waits", &[("value", wait.into()), ("title", title.into())])
    })
}

fn is_seen(message: &Message) -> bool {
    match message.direction {
        Direction::Inbound => true,
        Direction::Note => false,
        Direction::Outbound => matches!(message.state, DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read),
    }
}

fn view(
    tx: &ReadTx<'_>,
    page: &Page,
    (message, who): (&Message, &ChatVisitor),
    files: &[Attachment],
    names: &mut HashMap<String, String>,
) -> Result<Said, Fault> {
    let is_mine = message.direction == Direction::Inbound;
    let mut products = Vec::new();
    for part in &message.content.parts {
        let Part::Products { items } = part else { continue };
        for item in items.iter().take(10) {
            let Some(card) = catalogue::by_sku(tx, &item.sku)? else { continue };
            products.push(Card {
                href: format!("/products/{}", card.handle),
                version: card.version,
                title: card.title.get(page.locale).to_owned(),
                picture: picture_url(card.picture.as_ref().map_or("", |picture| &picture.source)),
            });
        }
    }
    let choices = message.content.outbound.as_ref().and_then(|extras| extras.choices.as_ref());
    let choices = choices.map_or_else(Vec::new, |choices| choices.all().iter().map(|choice| choice.title.clone()).collect());
    Ok(Said {
        id: message.id.to_string(),
        is_mine,
        author: if is_mine { page.t("chat-you") } else { author(tx, page, message, names)? },
        text: message.text.clone(),
        when: Moment::when(message.at, page.now, page.locale),
        via: (message.channel != Channel::Webchat).then(|| Badge::channel(page, message.channel)),
        products,
        card: message.card().map(SentCard::from),
        files: files.iter().map(|file| FileLink::new(format!("/chat/files/{}?v={}", file.id, who.proof()), file, page.locale)).collect(),
        choices,
        is_last: false,
        is_new: is_new(message),
        new_word: page.t("chat-new"),
        mark: String::new(),
    })
}

/// The first name of whoever answered; the brand's for what a machine wrote.
fn author(tx: &ReadTx<'_>, page: &Page, message: &Message, names: &mut HashMap<String, String>) -> Result<String, Fault> {
    if message.content.automatic {
        return Ok(page.tv("said-by-machine", &page.brand));
    }
    let author = &message.author;
    if let Some(known) = names.get(author) {
        return Ok(known.clone());
    }
    let staff = author.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok());
    let found = staff.map_or(Ok(None), |id| access::staff_member(tx, id))?;
    let first = found.and_then(|staff| staff.name.split_whitespace().next().map(str::to_owned));
    let name = first.map_or_else(|| page.brand.to_string(), |first| format!("{first} · {}", page.brand));
    names.insert(author.clone(), name.clone());
    Ok(name)
}
