//! What is shown in a room beside the picture: one cart and one talk, the same for both.

use super::inside::Inside;
use super::signals::Side;
use crate::storefront::cart::{self, Totals};
use crate::ui::Moment;
use crate::{App, Page, part};
use askama::{Template, filters::HtmlSafe};
use conversations::{DeliveryState, Direction, Message, MessageId};
use kernel::{Actor, Channel, Fault, Permission, ProfileId, ReadTx, StaffId};
use orders::Cart;

/// Matters in which what was said in a room is looked for, and messages of each.
const MATTERS: usize = 3;
const MESSAGES: i64 = 100;

/// The cart; its element is `#room-cart`.
#[derive(Template)]
#[template(path = "rooms/_cart.html")]
pub(super) struct CartView {
    page: Page,
    base: String,
    lines: Vec<LineView>,
    totals: Option<Totals>,
    may_change: bool,
    is_agent: bool,
}
impl HtmlSafe for CartView {}

struct LineView {
    id: String,
    title: String,
    options: String,
    picture: String,
    quantity: i64,
    total: String,
    by: String,
    when: Moment,
}

/// What is said; its element is `#room-talk`.
#[derive(Template)]
#[template(path = "rooms/_talk.html")]
pub(super) struct TalkView {
    page: Page,
    base: String,
    said: Vec<SaidView>,
    /// The customer has something new on their screen.
    is_new: bool,
}
impl HtmlSafe for TalkView {}

struct SaidView {
    id: String,
    is_mine: bool,
    author: String,
    text: String,
    when: Moment,
}

/// What changes beside the picture.
pub(super) struct Beside {
    pub(super) cart: CartView,
    pub(super) talk: TalkView,
}

impl Beside {
    pub(super) fn read(tx: &ReadTx<'_>, app: &App, at: &Inside) -> Result<Self, Fault> {
        // A live line outlives what it began with: somebody may have come in since.
        let room = conversations::room(tx, at.room.id)?.unwrap_or_else(|| at.room.clone());
        let at = &Inside { page: Page { now: tx.now(), ..at.page.clone() }, room, ..at.clone() };
        let profiles = profiles(tx, at)?;
        let names = Names::read(tx, at)?;
        Ok(Beside { cart: cart_view(tx, app, at, &profiles, &names)?, talk: talk_view(tx, at, &profiles, &names)? })
    }
    /// Both, as live parts.
    pub(super) fn parts(&self) -> askama::Result<String> {
        Ok(format!("{}{}", part("room-cart", &self.cart.render()?), part("room-talk", &self.talk.render()?)))
    }
}

/// All profiles of the person whose room it is.
pub(super) fn profiles(tx: &ReadTx<'_>, at: &Inside) -> Result<Vec<ProfileId>, Fault> {
    let own = at.room.profile;
    customers::person_of(tx, own)?.map_or(Ok(vec![own]), |person| customers::profiles_of(tx, person))
}

/// The first name of whoever changed or said something; for the reader it is "you".
struct Names {
    side: Side,
    me: Actor,
    you: String,
    customer: String,
    brand: String,
}

impl Names {
    fn read(tx: &ReadTx<'_>, at: &Inside) -> Result<Self, Fault> {
        let customer = customer_name(tx, at)?;
        Ok(Names { side: at.side, me: at.actor.clone(), you: at.page.t("room-you"), customer, brand: at.page.brand.to_string() })
    }
    fn of(&self, tx: &ReadTx<'_>, actor: &str) -> Result<String, Fault> {
        if actor == self.me.to_string() {
            return Ok(self.you.clone());
        }
        match actor.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok()) {
            Some(id) => Ok(access::staff_member(tx, id)?.map_or_else(|| self.brand.clone(), |staff| first(&staff.name))),
            None if self.side == Side::Guest => Ok(self.you.clone()),
            None => Ok(self.customer.clone()),
        }
    }
}

/// What the customer is called; "Customer" when nobody knows.
pub(super) fn customer_name(tx: &ReadTx<'_>, at: &Inside) -> Result<String, Fault> {
    let person = customers::person_of(tx, at.room.profile)?.map_or(Ok(None), |person| customers::person(tx, person))?;
    let name = person.map_or_else(String::new, |person| first(&person.name.text));
    Ok(if name.is_empty() { at.page.t("room-customer") } else { name })
}

pub(super) fn first(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The cart that the person has open, as their own cart page shows it.
pub(super) fn shared_cart(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Option<Cart>, Fault> {
    orders::open_cart_of(tx, profiles)
}

fn cart_view(tx: &ReadTx<'_>, app: &App, at: &Inside, profiles: &[ProfileId], names: &Names) -> Result<CartView, Fault> {
    let cart = shared_cart(tx, profiles)?;
    let shown = cart::shown(tx, app, &at.page, None, cart.as_ref())?;
    let mut lines = Vec::new();
    for line in shown.lines {
        let Some(own) = cart.iter().flat_map(|cart| &cart.lines).find(|own| own.id.to_string() == line.id) else { continue };
        lines.push(LineView {
            by: names.of(tx, &own.changed_by)?,
            when: Moment::ago(own.updated_at, at.page.now, at.page.locale),
            id: line.id,
            title: line.title,
            options: line.options,
            picture: line.picture,
            quantity: line.quantity,
            total: line.total,
        });
    }
    let is_agent = at.side == Side::Agent;
    let may_change = !is_agent || at.actor.may(Permission::Sell);
    Ok(CartView { lines, totals: shown.totals, may_change, is_agent, base: at.base.clone(), page: at.page.clone() })
}

/// What was said between this room's browser and us since it was opened; nothing else of the thread is shown to whoever holds a link.
pub(super) fn said(tx: &ReadTx<'_>, at: &Inside, profiles: &[ProfileId]) -> Result<Vec<Message>, Fault> {
    let mut said = Vec::new();
    for matter in conversations::matters_of(tx, profiles, MATTERS)? {
        said.extend(conversations::messages_of(tx, matter.id, MESSAGES)?);
    }
    let is_here = |message: &Message| {
        let by_this = message.channel == Channel::Webchat && message.address.is_some() && message.address == at.room.guest;
        let is_said = message.direction != Direction::Note && message.state != DeliveryState::Cancelled;
        // The invitation itself says nothing new here.
        by_this && is_said && message.at >= at.room.opened_at && !message.text.contains(&at.room.token)
    };
    said.retain(is_here);
    said.sort_by_key(|message| (message.at, message.id));
    Ok(said)
}

/// Those of ours that no screen has shown yet.
pub(super) fn unseen(said: &[Message]) -> Vec<MessageId> {
    let is_new = |message: &&Message| {
        message.direction == Direction::Outbound && matches!(message.state, DeliveryState::Sent | DeliveryState::Delivered)
    };
    said.iter().filter(is_new).map(|message| message.id).collect()
}

fn talk_view(tx: &ReadTx<'_>, at: &Inside, profiles: &[ProfileId], names: &Names) -> Result<TalkView, Fault> {
    let messages = said(tx, at, profiles)?;
    let is_new = at.side == Side::Guest && !unseen(&messages).is_empty();
    let mut views = Vec::new();
    for message in &messages {
        let by_guest = message.direction == Direction::Inbound;
        views.push(SaidView {
            id: message.id.to_string(),
            is_mine: by_guest == (at.side == Side::Guest),
            author: names.of(tx, &message.author)?,
            text: message.text.clone(),
            when: Moment::when(message.at, at.page.now, at.page.locale),
        });
    }
    Ok(TalkView { said: views, is_new, base: at.base.clone(), page: at.page.clone() })
}
