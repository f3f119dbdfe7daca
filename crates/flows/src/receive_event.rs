//! Something came in on a channel: recognise who it is, and put it where it belongs. One transaction.

use crate::{machine, note_public_comment, survey};
use conversations::{Account, Address, AddressKind, Comment, InboundEvent, InboundMessage, Part, Receive, Received, Sender};
use customers::visits::CommentError;
use customers::{ConsentState, EditError, Identifier, IdentifierKind, Purpose, Recognise, RecogniseError, Recognised, SetConsent};
use kernel::{Actor, Channel, Event, Fault, Locale, ProfileId, Tx};
use payments::mask_card_numbers;
use serde_json::json;

/// Act on what an adapter understood. Repeating it changes nothing. Answers the message, when it was one.
///
/// An address that cannot be a customer's (a mangled number, a machine's mailbox) is kept as an unknown event, never an error:
/// the sender will not learn anything from a refusal, and nothing may be lost.
pub fn receive_event(tx: &mut Tx<'_>, account: &Account, event: &InboundEvent) -> Result<Option<Received>, Fault> {
    match event {
        InboundEvent::Message(message) => return receive_message(tx, account, message),
        InboundEvent::Receipt(receipt) => conversations::apply_receipt(tx, account.id, receipt)?,
        InboundEvent::Reaction(reaction) => {
            let Some(who) = recognise(tx, account.channel, &reaction.from)? else { return Ok(None) };
            let body = json!({ "message": reaction.provider_message_id, "emoji": reaction.emoji });
            tx.announce(
                Event::new("message.reacted", &reaction.provider_event_id).profile(who.profile).channel(account.channel).body(&body),
            )?;
        }
        InboundEvent::OptOut(opt_out) => {
            conversations::close_address(tx, account.id, &opt_out.from.value, &opt_out.evidence)?;
            let who = recognise(tx, account.channel, &Sender { address: opt_out.from.clone(), display_name: None, reply_to: None })?;
            let body = json!({ "evidence": opt_out.evidence });
            tx.announce(
                Event::new("contact.opted_out", &opt_out.from.value).profile(who.map(|w| w.profile)).channel(account.channel).body(&body),
            )?;
        }
        InboundEvent::OptIn(opt_in) => {
            conversations::allow_address(tx, account.id, &opt_in.from.value)?;
            let who = recognise(tx, account.channel, &Sender { address: opt_in.from.clone(), display_name: None, reply_to: None })?;
            let body = json!({ "evidence": opt_in.evidence });
            tx.announce(
                Event::new("contact.opted_in", &opt_in.from.value).profile(who.map(|w| w.profile)).channel(account.channel).body(&body),
            )?;
        }
        InboundEvent::AddressChanged(change) => {
            // Both addresses become identifiers of one profile, unless the new one is somebody's already.
            let identifiers = [&change.old, &change.new].into_iter().filter_map(|a| identifier(account.channel, a)).collect();
            let cmd = Recognise { identifiers, name: None, locale: None, channel: account.channel, verified: true };
            customers::recognise(tx, &Actor::system(), cmd).map(drop).or_else(only_faults)?;
        }
        InboundEvent::Comment(comment) => note_comment(tx, account, comment)?,
        InboundEvent::ReadUntil(read) => conversations::apply_read_until(tx, account.id, read)?,
        InboundEvent::Complaint(complaint) => {
            let Some(profile) = conversations::apply_complaint(tx, account.id, complaint)? else { return Ok(None) };
            no_more_offers(tx, account.channel, profile, &complaint.kind)?;
        }
        InboundEvent::Template(news) => conversations::apply_template_news(tx, account.id, news)?,
        InboundEvent::Unknown(unknown) => {
            let subject = unknown.provider_event_id.as_deref().unwrap_or("-");
            tx.announce(Event::new("channel.unknown", subject).channel(account.channel).hidden().body(&json!({ "kind": unknown.kind })))?;
        }
    }
    Ok(None)
}

/// Who calls what we send unwanted gets no offers by this channel any more, also once they may be written to again.
fn no_more_offers(tx: &mut Tx<'_>, channel: Channel, profile: ProfileId, kind: &str) -> Result<(), Fault> {
    let evidence = format!("complaint: {}", kind.chars().take(100).collect::<String>());
    let cmd = SetConsent { profile, purpose: Purpose::Marketing, channel, state: ConsentState::Refused, evidence, source: channel };
    match customers::set_consent(tx, &Actor::system(), cmd) {
        Ok(_) => Ok(()),
        Err(EditError::Fault(fault)) => Err(fault),
        Err(refused) => Err(Fault::outside("ending offers", refused)),
    }
}

fn receive_message(tx: &mut Tx<'_>, account: &Account, message: &InboundMessage) -> Result<Option<Received>, Fault> {
    let Some(who) = recognise_writer(tx, account.channel, &message.from, locale_of(message))? else {
        let body = json!({ "kind": "message", "from": message.from.address.value });
        tx.announce(Event::new("channel.unknown", &message.provider_message_id).channel(account.channel).hidden().body(&body))?;
        return Ok(None);
    };
    let person: Vec<ProfileId> = customers::profiles_of(tx, who.person)?;
    let message = without_cards(message);
    let scored = survey::scored_by(tx, account, &message, &person)?;
    let cmd = Receive { account: account.id, channel: account.channel, profile: who.profile, person, message, settles: None };
    if let Some(scored) = scored {
        return survey::keep_score(tx, account, scored, cmd).map(Some);
    }
    let first = machine::first(tx, account, &cmd.message, &cmd.person)?;
    let received = conversations::receive(tx, &cmd)?;
    if received.is_new {
        machine::answer(tx, account, &cmd.message, &received, (first, who.profile))?;
    }
    Ok(Some(received))
}

/// Something said in public by somebody we know: it is on their thread, and they can be answered in private from now on. What strangers
/// say is not kept.
fn note_comment(tx: &mut Tx<'_>, account: &Account, comment: &Comment) -> Result<(), Fault> {
    let Some(handle) = identifier(account.channel, &comment.from.address) else { return Ok(()) };
    let text = mask_card_numbers(&comment.text);
    // A provider's clock may run ahead of ours; nobody writes in the future.
    let at = comment.at.min(tx.now());
    match note_public_comment(tx, &Actor::system(), handle, &text, &comment.url, Some(at)) {
        Ok(noted) => {
            let Some(private) = &comment.from.reply_to else { return Ok(()) };
            recognise(tx, account.channel, &comment.from)?;
            conversations::know_address(tx, account.id, &private.value, noted.profile)
        }
        Err(CommentError::Fault(fault)) => Err(fault),
        Err(_) => {
            let event = Event::new("channel.unknown", &comment.provider_event_id).channel(account.channel).hidden();
            tx.announce(event.body(&json!({ "kind": "comment of a stranger" }))).map(drop)
        }
    }
}

/// People write card numbers where they should not; we never keep one.
pub(crate) fn without_cards(message: &InboundMessage) -> InboundMessage {
    let mut message = message.clone();
    for text in message.subject.iter_mut().chain(message.parts.iter_mut().flat_map(texts)) {
        *text = mask_card_numbers(text).into_owned();
    }
    message
}

/// Everything in a part that somebody wrote.
fn texts(part: &mut Part) -> Vec<&mut String> {
    match part {
        Part::Text { text, fresh } => std::iter::once(text).chain(fresh).collect(),
        Part::Html { html } => vec![html],
        Part::Media(media) => media.caption.iter_mut().chain(&mut media.file_name).collect(),
        Part::Choice { title, .. } => vec![title],
        Part::Location(place) => place.name.iter_mut().chain(&mut place.address).collect(),
        Part::Contact { name, .. } => vec![name],
        Part::Products { .. } => Vec::new(),
    }
}

/// The language in which they are spoken to from now on, unless they have another: what a machine wrote tells nothing.
fn locale_of(message: &InboundMessage) -> Option<Locale> {
    let written = message.language.as_deref().filter(|_| message.automatic.is_none());
    Locale::ALL.iter().copied().find(|locale| Some(locale.as_str()) == written)
}

/// Who speaks; `None` when the address cannot be anybody's.
fn recognise(tx: &mut Tx<'_>, channel: Channel, from: &Sender) -> Result<Option<Recognised>, Fault> {
    recognise_writer(tx, channel, from, None)
}

fn recognise_writer(tx: &mut Tx<'_>, channel: Channel, from: &Sender, locale: Option<Locale>) -> Result<Option<Recognised>, Fault> {
    let Some(first) = identifier(channel, &from.address) else { return Ok(None) };
    // A network vouches that name and number are one; where a mail wants its answer proves nothing.
    let other = from.reply_to.as_ref().filter(|_| channel != Channel::Email).and_then(|address| identifier(channel, address));
    let identifiers = [first].into_iter().chain(other).collect();
    // A sender's line in an e-mail proves nothing; the other providers vouch for theirs.
    let verified = channel != Channel::Email;
    let cmd = Recognise { identifiers, name: from.display_name.clone(), locale, channel, verified };
    match customers::recognise(tx, &Actor::system(), cmd) {
        Ok(who) => Ok(Some(who)),
        Err(error) => only_faults(error).map(|()| None),
    }
}

fn only_faults(error: RecogniseError) -> Result<(), Fault> {
    match error {
        RecogniseError::Fault(fault) => Err(fault),
        _ => Ok(()),
    }
}

fn identifier(channel: Channel, address: &Address) -> Option<Identifier> {
    let kind = match (address.kind, channel) {
        (AddressKind::Email, _) => IdentifierKind::Email,
        (AddressKind::Phone, _) => IdentifierKind::Phone,
        (AddressKind::Device, _) => IdentifierKind::Device,
        (AddressKind::Handle, Channel::X) => IdentifierKind::X,
        (AddressKind::Handle, Channel::Instagram) => IdentifierKind::Instagram,
        (AddressKind::Handle, Channel::Telegram) => IdentifierKind::Telegram,
        (AddressKind::Handle, Channel::Messenger) => IdentifierKind::Messenger,
        (AddressKind::Handle, Channel::Whatsapp) => IdentifierKind::WhatsappUser,
        (AddressKind::Handle, _) => return None,
    };
    Identifier::new(kind, &address.value).ok()
}
