//! Orders: carts, checkouts, payments.

use super::agenda::{Act, Purchase, PurchaseEnds, Wish};
use super::month::{Bought, Month};
use super::people::Customer;
use anyhow::Result;
use catalogue::VariantId;
use flows::{Basket, BasketLine, Checkout, CheckoutError, PayBy, Tender};
use inventory::LocationId;
use kernel::{Actor, Channel, Currency, Locale, Money, Quantity, Tx};
use orders::{CartChange, CartId, ChangeCart, Contact, OpenCart, OrderId, Owner, Way};
use payments::Method;
use payments::simulator::Outcome;
use std::time::Duration;

/// A link is good for this long.
const LINK: Duration = Duration::from_secs(24 * 3600);

impl Month<'_> {
    /// Fill a cart, or buy at once where somebody of the staff does it for them.
    pub(super) fn buy(&mut self, purchase: Purchase) -> Result<()> {
        let lines = self.choose(&purchase)?;
        if lines.is_empty() {
            self.skipped.push(format!("nothing was to be had of {:?} in {}", purchase.handles, purchase.place));
            return Ok(());
        }
        match (purchase.channel, purchase.who) {
            (Channel::Web, Some(who)) => self.fill_cart(purchase, who, lines),
            (Channel::Till, _) => self.sell_at_till(&purchase, lines),
            (_, Some(who)) => self.sell_by_link(&purchase, who, lines),
            (_, None) => Ok(()),
        }
    }

    /// What they want of what there is.
    fn choose(&mut self, purchase: &Purchase) -> Result<Vec<BasketLine>> {
        let place = self.world.place(&purchase.place)?.id;
        let address = purchase.who.map(|who| self.world.people[who].address.clone());
        let count = if purchase.handles.is_empty() { *self.chance.pick(&[1, 1, 1, 2, 2, 3]) } else { purchase.handles.len() };
        let mut lines: Vec<BasketLine> = Vec::new();
        for at in 0..count {
            let way = match purchase.wish {
                Wish::TakeNow => Way::TakeNow { location: place },
                Wish::Collect => Way::Collect { location: place },
                Wish::Mixed if at > 0 => Way::Collect { location: place },
                Wish::Mixed | Wish::Deliver => Way::Deliver { address: address.clone() },
            };
            let from = if matches!(way, Way::Deliver { .. }) { self.world.place("ZAZ")?.id } else { place };
            let handle = purchase.handles.get(at).cloned();
            let Some(variant) = self.some_variant(handle.as_deref(), from)? else { continue };
            if lines.iter().all(|line| line.variant != variant) {
                let quantity = Quantity(if handle.is_none() && self.chance.happens(0.08) { 2 } else { 1 });
                lines.push(BasketLine { variant, quantity, way });
            }
        }
        Ok(lines)
    }

    /// A variant that is there, with a few to spare: the deepest of a handle, else any.
    fn some_variant(&mut self, handle: Option<&str>, place: LocationId) -> Result<Option<VariantId>> {
        let world = self.world;
        let free = |variant| world.db.read(move |tx| inventory::available(tx, variant, place)).wait();
        if let Some(handle) = handle {
            let mut best = None;
            for ware in world.wares.iter().filter(|ware| ware.handle == handle && !ware.is_fixed) {
                let there = free(ware.variant)?.0;
                if there > best.map_or(0, |(most, _)| most) {
                    best = Some((there, ware.variant));
                }
            }
            return Ok(best.map(|(_, variant)| variant));
        }
        for _ in 0..6 {
            let ware = self.chance.pick(&world.wares);
            if !ware.is_fixed && ware.kind != "servicios" && free(ware.variant)?.0 >= 3 {
                return Ok(Some(ware.variant));
            }
        }
        Ok(None)
    }

    fn fill_cart(&mut self, purchase: Purchase, who: usize, lines: Vec<BasketLine>) -> Result<()> {
        let profile = self.world.people[who].profile;
        let filled = self.world.write("demo.cart", move |tx| {
            let actor = Actor::customer(profile);
            let mut cart = orders::open_cart(tx, &actor, &OpenCart { owner: Owner::Profile(profile) })?;
            for BasketLine { variant, quantity, way } in lines.clone() {
                let change = CartChange::Add { variant, quantity, way };
                cart = orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change })?;
            }
            Ok((cart.id, cart.version))
        })?;
        if purchase.ends != PurchaseEnds::Abandoned {
            let minutes = self.chance.between(2, 14);
            self.after(minutes, Act::Checkout { purchase, cart: filled.0, version: filled.1 });
        }
        Ok(())
    }

    pub(super) fn check_out(&mut self, purchase: Purchase, cart: CartId, version: i64) -> Result<()> {
        let Some(who) = purchase.who else { return Ok(()) };
        let person = &self.world.people[who];
        // Another purchase of theirs may have changed the cart meanwhile; then they look at it again, and buy what is in it now.
        let profile = person.profile;
        let now = self.world.db.read(move |tx| orders::open_cart_of(tx, &[profile])).wait()?;
        if now.is_none_or(|open| open.id != cart || open.version < version) {
            return Ok(());
        }
        let cmd = Checkout { basket: Basket::Cart { id: cart, version: None }, ..self.checkout(&purchase, Some(person), PayBy::Online) };
        let Some((order, page, _)) = self.place(Actor::customer(profile), cmd)? else { return Ok(()) };
        self.pay_page(page, purchase.ends);
        self.after(9, Act::Plan { order, who });
        Ok(())
    }

    fn sell_at_till(&mut self, purchase: &Purchase, lines: Vec<BasketLine>) -> Result<()> {
        let clerk = self.world.clerk(&purchase.place)?.actor.clone();
        let person = purchase.who.map(|who| &self.world.people[who]);
        let basket = lines.clone();
        let total = self.world.db.read(move |tx| flows::quote_basket(tx, &basket, Currency::EUR, None)).wait()?.total;
        let receipt = format!("T{:06}", self.chance.between(1, 999_999));
        let card = |amount| Tender { method: Method::CardTerminal, amount, reference: receipt.clone() };
        let cash = |amount| Tender { method: Method::Cash, amount, reference: String::new() };
        let tenders = match self.chance.fraction() {
            luck if luck < 0.5 => vec![card(total)],
            luck if luck < 0.85 || total.minor < 2_000 => vec![cash(total)],
            _ => vec![cash(Money::new(1_000, total.currency)), card(Money::new(total.minor - 1_000, total.currency))],
        };
        let place = self.world.place(&purchase.place)?.id;
        let checkout = self.checkout(purchase, person, PayBy::Counter(tenders));
        let cmd = Checkout { basket: Basket::Lines(lines), sold_at: Some(place), ..checkout };
        let Some((order, _, _)) = self.place(clerk, cmd)? else { return Ok(()) };
        if let Some(who) = purchase.who {
            self.after(1, Act::Plan { order, who });
        }
        Ok(())
    }

    /// On the telephone and in a chat an agent sells, and the customer pays by a link.
    fn sell_by_link(&mut self, purchase: &Purchase, who: usize, lines: Vec<BasketLine>) -> Result<()> {
        let agents = self.world.agents("sales");
        let agent = self.chance.pick(&agents).actor.clone();
        let by = PayBy::Link { matter: None, good_for: LINK };
        let cmd = Checkout { basket: Basket::Lines(lines), ..self.checkout(purchase, Some(&self.world.people[who]), by) };
        let Some((order, _, link)) = self.place(agent, cmd)? else { return Ok(()) };
        if let Some(token) = link.filter(|_| purchase.ends != PurchaseEnds::Unpaid) {
            let minutes = self.chance.between(3, 90);
            self.after(minutes, Act::OpenLink { token, approve: true });
            self.after(minutes + 9, Act::Plan { order, who });
        }
        Ok(())
    }

    fn checkout(&mut self, purchase: &Purchase, person: Option<&Customer>, payment: PayBy) -> Checkout {
        self.serial += 1;
        Checkout {
            key: format!("demo/{}", self.serial),
            basket: Basket::Lines(Vec::new()),
            profile: person.map(|person| person.profile),
            channel: purchase.channel,
            locale: person.map_or(Locale::Es, |person| person.locale),
            currency: Currency::EUR,
            audience: None,
            sold_at: None,
            contact: person.map_or_else(Contact::default, Customer::contact),
            address: person.map(|person| person.address.clone()),
            delivery: None,
            note: String::new(),
            payment,
        }
    }

    /// Check out, twice when the caller's answer is lost on its way; `None` when somebody else was faster.
    #[allow(clippy::type_complexity)]
    fn place(&mut self, actor: Actor, cmd: Checkout) -> Result<Option<(OrderId, Option<String>, Option<String>)>> {
        let again = self.fault(0.2);
        let command = move |tx: &mut Tx<'_>| match flows::checkout(tx, &actor, &cmd) {
            Ok(done) => Ok(Some((done.order.id, done.page, done.link.map(|link| link.token)))),
            Err(CheckoutError::OutOfStock { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        };
        let first = self.world.write("demo.checkout", command.clone())?;
        if again {
            let second = self.world.write("demo.checkout", command)?;
            anyhow::ensure!(second.as_ref().map(|s| s.0) == first.as_ref().map(|f| f.0), "a repeated checkout made another order");
        }
        if first.is_none() {
            self.skipped.push("a checkout found its goods gone".into());
        }
        Ok(first)
    }

    fn pay_page(&mut self, page: Option<String>, ends: PurchaseEnds) {
        let Some(page) = page.filter(|_| ends != PurchaseEnds::Unpaid) else { return };
        if ends == PurchaseEnds::PaidAtSecondTry {
            self.after(1, Act::Pay { page: page.clone(), approve: false });
        }
        self.after(3, Act::Pay { page, approve: true });
    }

    pub(super) fn open_link(&mut self, token: String, approve: bool) -> Result<()> {
        let opened = self.world.write("demo.open_link", move |tx| Ok(payments::open_pay_link(tx, &token)?.page))?;
        self.after(2, Act::Pay { page: opened, approve });
        Ok(())
    }

    pub(super) fn pay(&mut self, page: String, approve: bool) -> Result<()> {
        let outcome = if approve { Outcome::Approve } else { Outcome::Decline };
        let event = self.world.write("demo.pay", move |tx| Ok(payments::simulator::pay(tx, &page, outcome)?))?;
        if self.fault(0.3) {
            // Once more, later: the gateway did not hear our answer.
            self.after(2, Act::Webhook { body: event.body.clone(), signature: event.signature.clone() });
        }
        self.webhook(event.body, event.signature)
    }

    pub(super) fn webhook(&mut self, body: String, signature: String) -> Result<()> {
        self.world.write("demo.webhook", move |tx| Ok(flows::receive_payment_webhook(tx, body.as_bytes(), &signature).map(drop)?))
    }

    /// Remember what somebody bought, for what they will write about.
    pub(super) fn remember(&mut self, who: usize, order: &orders::Order) {
        let title = order.summary.split(" · ").next().unwrap_or_default().to_owned();
        self.bought[who].push(Bought { number: order.number.to_string(), title });
    }
}
