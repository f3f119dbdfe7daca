//! Video rooms, where they span rooms: the link goes by the way the customer is on, and what is said beside the picture is on her thread.

use crate::contact::{Ask, weigh};
use crate::receive_event::without_cards;
use conversations::{
    Account, AccountId, ConversationError, Direction, InboundEvent, MatterId, Receive, Received, Reply, ReplyOption, Room, RoomError,
    RoomId,
};
use customers::{Person, Purpose};
use kernel::{Actor, Channel, Fault, Locale, ProfileId, Tx};

/// Messages among which the customer's last is looked for.
const LOOKED_AT: i64 = 20;

/// Whom to invite.
#[derive(Debug, Clone)]
pub struct InviteToRoom {
    /// From which matter.
    pub matter: MatterId,
    /// The address before the token of the link, such as `https://shop/rooms/`.
    pub start: String,
}

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The room.
    pub room: Room,
    /// The channel by which the link goes; `None` when no way is open, and somebody has to tell it.
    pub by: Option<Channel>,
}

/// Open a room (or take the one that is open) and send its link: by the channel that she asked for, else where she wrote last, else by the
/// way that the contact policy chooses. One link is sent once.
pub fn invite_to_room(tx: &mut Tx<'_>, actor: &Actor, cmd: &InviteToRoom) -> Result<Invited, RoomError> {
    let room = conversations::open_room(tx, actor, cmd.matter)?;
    send_link(tx, actor, room, &cmd.start)
}

/// Send a new link to the same room; the old one leads nowhere.
pub fn invite_again(tx: &mut Tx<'_>, actor: &Actor, room: RoomId, start: &str) -> Result<Invited, RoomError> {
    let room = conversations::renew_room(tx, actor, room)?;
    send_link(tx, actor, room, start)
}

fn send_link(tx: &mut Tx<'_>, actor: &Actor, room: Room, start: &str) -> Result<Invited, RoomError> {
    let person = customers::person_of(tx, room.profile)?.map_or(Ok(None), |id| customers::person(tx, id))?;
    let Some(person) = person else { return Ok(Invited { room, by: None }) };
    let Some((account, channel, address)) = way(tx, &room, &person)? else { return Ok(Invited { room, by: None }) };
    let text = words(person.locale, &format!("{start}{}", room.token));
    let reply = Reply::new(room.matter, account, address, text, format!("room/{}/{}", room.id, room.token));
    match conversations::reply(tx, actor, &reply) {
        Ok(_) => Ok(Invited { room, by: Some(channel) }),
        Err(ConversationError::Fault(fault)) => Err(fault.into()),
        Err(ConversationError::Denied(denied)) => Err(denied.into()),
        Err(_) => Ok(Invited { room, by: None }),
    }
}

type Way = (AccountId, Channel, String);

fn way(tx: &mut Tx<'_>, room: &Room, person: &Person) -> Result<Option<Way>, Fault> {
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let open: Vec<ReplyOption> =
        conversations::reply_options(tx, &profiles)?.into_iter().filter(|option| option.closed.is_none()).collect();
    let of = |option: &ReplyOption| (option.account.id, option.account.channel, option.address.clone());
    let wish = conversations::matter(tx, room.matter)?.and_then(|matter| matter.wish);
    if let Some(option) = open.iter().find(|option| Some(option.account.channel) == wish) {
        return Ok(Some(of(option)));
    }
    let last = conversations::messages_of(tx, room.matter, LOOKED_AT)?.into_iter().rfind(|message| message.direction == Direction::Inbound);
    let is_last = |option: &&ReplyOption| {
        last.as_ref()
            .is_some_and(|last| last.account == Some(option.account.id) && last.address.as_deref() == Some(option.address.as_str()))
    };
    if let Some(option) = open.iter().find(is_last) {
        return Ok(Some(of(option)));
    }
    let weighed = weigh(tx, person, Ask::about(Purpose::Service).urgent(), tx.now(), |_| {})?;
    let Some(route) = weighed.chosen()? else { return Ok(None) };
    conversations::know_address(tx, route.account, &route.way.address, route.profile)?;
    Ok(Some((route.account, route.way.channel, route.way.address.clone())))
}

fn words(locale: Option<Locale>, link: &str) -> String {
    match locale {
        Some(Locale::En) => format!("Let us go on by video: {link}\nThe link is for you alone and waits for two hours."),
        _ => format!("Seguimos por vídeo: {link}\nEl enlace es solo para ti y te espera dos horas."),
    }
}

/// What the customer writes beside the picture: on her thread, by the chat, whoever her browser was known as before.
pub fn hear_in_room(tx: &mut Tx<'_>, account: &Account, room: &Room, event: &InboundEvent) -> Result<Option<Received>, Fault> {
    let InboundEvent::Message(message) = event else { return Ok(None) };
    let person = customers::person_of(tx, room.profile)?.map_or(Ok(vec![room.profile]), |person| customers::profiles_of(tx, person))?;
    let cmd = Receive {
        account: account.id,
        channel: account.channel,
        profile: room.profile,
        person,
        message: without_cards(message),
        settles: None,
    };
    conversations::receive(tx, &cmd).map(Some)
}

/// What the agent writes beside the picture.
#[derive(Debug, Clone)]
pub struct SayInRoom {
    /// Where.
    pub room: RoomId,
    /// The chat's account.
    pub account: AccountId,
    /// The words.
    pub text: String,
    /// The caller's name for this intent.
    pub key: String,
}

/// Say it to the browser that is in the room; before anybody came there is nobody to say it to.
pub fn say_in_room(tx: &mut Tx<'_>, actor: &Actor, cmd: &SayInRoom) -> Result<(), ConversationError> {
    let room = conversations::room(tx, cmd.room)?.ok_or(ConversationError::UnknownMatter)?;
    let guest = room.guest.ok_or(ConversationError::NoAddress)?;
    conversations::own_address(tx, cmd.account, &guest, room.profile)?;
    let text = payments::mask_card_numbers(&cmd.text);
    conversations::reply(tx, actor, &Reply::new(room.matter, cmd.account, guest, text, &*cmd.key)).map(drop)
}
