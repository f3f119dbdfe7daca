//! What follows a paid order: picking, parcels, codes at the counter, goods that come back.

use super::agenda::Act;
use super::month::Month;
use anyhow::Result;
use flows::{ReturnGoods, Ship};
use kernel::{Actor, Channel, Locale, Quantity, Tx};
use orders::{
    AdvanceFulfilment, Condition, Fulfilment, FulfilmentId, FulfilmentState, FulfilmentWay, HandOver, NewReturnLine, OrderId, OrderState,
    Tracking,
};

const HOUR: i64 = 60;
const REASONS: [(&str, &str); 5] = [
    ("Me queda grande", "Too big"),
    ("Me queda pequeño", "Too small"),
    ("El color no es el que esperaba", "Not the colour I expected"),
    ("Era un regalo y ya lo tenía", "It was a present and they had it already"),
    ("He cambiado de idea", "I changed my mind"),
];

impl Month<'_> {
    /// The order was paid, or not: plan its way.
    pub(super) fn plan_parts(&mut self, id: OrderId, who: usize) -> Result<()> {
        let order = self.world.db.read(move |tx| orders::order(tx, id)).wait()?;
        let Some(order) = order.filter(|order| !matches!(order.state, OrderState::Placed | OrderState::Cancelled)) else { return Ok(()) };
        self.remember(who, &order);
        let mut last = 0;
        for part in &order.fulfilments {
            last = last.max(self.plan_part(part, self.world.people[who].code.as_deref()));
        }
        let is_story = self.world.people[who].code.is_some();
        if !is_story && self.chance.happens(0.14) {
            let elsewhere = self.chance.happens(0.4);
            let shops: Vec<String> = self.world.places.iter().filter(|p| p.code != "ZAZ").map(|p| p.code.clone()).collect();
            let place = if elsewhere { self.chance.pick(&shops).clone() } else { self.world.people[who].place.clone() };
            let minutes = last + self.chance.between(24 * HOUR, 7 * 24 * HOUR);
            self.after(minutes, Act::Return { order: id, place, who });
        }
        Ok(())
    }

    /// Answers when the customer will have it, in minutes from now. The people of the story always collect, but for one of them the
    /// parcel never comes.
    fn plan_part(&mut self, part: &Fulfilment, story: Option<&str>) -> i64 {
        let Some(place) = self.world.places.iter().find(|place| place.id == part.location).map(|place| place.code.clone()) else {
            return 0;
        };
        let fulfilment = part.id;
        let step = |to| Act::Move { fulfilment, to, place: place.clone() };
        match part.way {
            FulfilmentWay::CarryOut => 0,
            FulfilmentWay::Collect => {
                let ready = self.chance.between(HOUR / 2, 5 * HOUR);
                self.after(ready / 2, step(FulfilmentState::Picking));
                self.after(ready, step(FulfilmentState::Ready));
                let comes = ready + self.chance.between(HOUR, 50 * HOUR);
                let is_collected = self.chance.happens(0.93) || story.is_some();
                if let Some(code) = part.code.clone().filter(|_| is_collected) {
                    self.after(comes, Act::HandOver { code, place: place.clone() });
                }
                comes
            }
            FulfilmentWay::Deliver => {
                let packed = self.chance.between(2 * HOUR, 16 * HOUR);
                let shipped = packed + self.chance.between(HOUR, 4 * HOUR);
                let there = shipped + self.chance.between(20 * HOUR, 70 * HOUR);
                self.after(packed - HOUR, step(FulfilmentState::Picking));
                self.after(packed, step(FulfilmentState::Packed));
                self.after(shipped, step(FulfilmentState::Shipped));
                if story != Some("marc") {
                    self.after(there, step(FulfilmentState::Delivered));
                }
                there
            }
        }
    }

    pub(super) fn move_part(&mut self, fulfilment: FulfilmentId, to: FulfilmentState, place: &str) -> Result<()> {
        if to == FulfilmentState::Shipped {
            let reference = format!("ES{:010}", self.chance.between(0, 9_999_999_999));
            let cmd = Ship { fulfilment, tracking: Tracking { carrier: "Correo Veloz".into(), reference }, channel: Channel::Studio };
            let actor = self.world.clerk(place)?.actor.clone();
            return self.world.write("demo.ship", move |tx| Ok(flows::ship(tx, &actor, &cmd).map(drop)?));
        }
        let (actor, channel) = match to {
            // The carrier says so.
            FulfilmentState::Delivered => (Actor::system(), Channel::System),
            _ => (self.world.clerk(place)?.actor.clone(), if place == "ZAZ" { Channel::Studio } else { Channel::Till }),
        };
        let cmd = AdvanceFulfilment { fulfilment, to, tracking: None, channel };
        self.world.write("demo.move", move |tx| Ok(flows::advance(tx, &actor, &cmd).map(drop)?))
    }

    pub(super) fn hand_over(&mut self, code: String, place: &str) -> Result<()> {
        let actor = self.world.clerk(place)?.actor.clone();
        let cmd = HandOver { location: self.world.place(place)?.id, code, channel: Channel::Till };
        self.world.write("demo.hand_over", move |tx| Ok(flows::hand_over(tx, &actor, &cmd).map(drop)?))
    }

    pub(super) fn take_back(&mut self, order: OrderId, place: &str, who: usize) -> Result<()> {
        let found = self.world.db.read(move |tx| orders::order(tx, order)).wait()?;
        let Some(line) = found.as_ref().and_then(|order| {
            order
                .lines
                .iter()
                .find(|line| order.fulfilment_of(line).is_some_and(|part| part.state.has_left() && part.state != FulfilmentState::Shipped))
        }) else {
            return Ok(());
        };
        let condition = if self.chance.happens(0.9) { Condition::Resale } else { Condition::Damaged };
        let (es, en) = *self.chance.pick(&REASONS);
        let reason = if self.world.people[who].locale == Locale::Es { es } else { en };
        let cmd = ReturnGoods {
            key: format!("demo/return/{order}"),
            order,
            lines: vec![NewReturnLine { line: line.id, quantity: Quantity(1), condition }],
            reason: reason.into(),
            location: self.world.place(place)?.id,
            channel: Channel::Till,
            onto_card: false,
        };
        let actor = self.world.clerk(place)?.actor.clone();
        let again = self.fault(0.5);
        let command = move |tx: &mut Tx<'_>| Ok(flows::return_goods(tx, &actor, &cmd).map(drop)?);
        self.world.write("demo.return", command.clone())?;
        if again {
            self.world.write("demo.return", command)?;
        }
        Ok(())
    }
}
