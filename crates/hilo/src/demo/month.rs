//! A month in seconds: a virtual clock runs through what customers and staff do, drawn from one seed.
//!
//! Days before today end at midnight, so that the same seed gives the same orders and talks at whatever hour it is run; today's
//! few acts lie minutes before the present.

use super::agenda::{Act, Agenda, Purchase, PurchaseEnds, Wish};
use super::brand::Script;
use super::chance::Chance;
use super::talk::Talking;
use super::world::{Progress, World};
use anyhow::{Context, Result};
use kernel::{Channel, Timestamp};
use std::time::Duration;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 3600;
/// Earliest and latest minute of the day at which people do something.
const AWAKE: (i64, i64) = (9 * 60, 21 * 60 + 30);

/// An order that somebody has paid.
#[derive(Debug, Clone)]
pub struct Bought {
    pub number: String,
    pub title: String,
}

/// The simulator.
pub struct Month<'w> {
    pub world: &'w World,
    pub chance: Chance,
    /// Chance of doubled and late events; apart, so that it changes nothing else.
    pub faults: Option<Chance>,
    pub agenda: Agenda,
    /// By person.
    pub bought: Vec<Vec<Bought>>,
    pub talks: Vec<Talking>,
    /// Orders begun, for their keys.
    pub serial: u64,
    /// What could not be done, in words; for the test and the log.
    pub skipped: Vec<String>,
    /// Midnight before today.
    midnight: Timestamp,
}

impl<'w> Month<'w> {
    /// Before the first day.
    pub fn new(world: &'w World) -> Result<Self> {
        let midnight = midnight(world)?;
        let plan = world.plan;
        Ok(Month {
            world,
            chance: Chance::of(plan.seed, "month"),
            faults: plan.faults.then(|| Chance::of(plan.seed, "faults")),
            agenda: Agenda::until(midnight),
            bought: vec![Vec::new(); world.people.len()],
            talks: Vec::new(),
            serial: 0,
            skipped: Vec::new(),
            midnight,
        })
    }

    /// Live through it; answers what could not be done.
    pub fn live(mut self, progress: &dyn Progress) -> Result<Vec<String>> {
        self.plan_story();
        self.plan_month();
        progress.part("a month of history", self.agenda.len() as u64 * 6);
        self.run(progress)?;
        self.agenda.horizon = self.world.plan.end;
        self.plan_today();
        self.run(progress)?;
        self.world.clock.set(self.world.plan.end);
        self.world.settle()?;
        Ok(self.skipped)
    }

    fn run(&mut self, progress: &dyn Progress) -> Result<()> {
        while let Some((at, act)) = self.agenda.next() {
            self.world.pass_time_until(at)?;
            self.act(act)?;
            progress.done(1);
        }
        self.world.settle()
    }

    fn act(&mut self, act: Act) -> Result<()> {
        match act {
            Act::Buy(purchase) => self.buy(purchase),
            Act::Checkout { purchase, cart, version } => self.check_out(purchase, cart, version),
            Act::OpenLink { token, approve } => self.open_link(token, approve),
            Act::Pay { page, approve } => self.pay(page, approve),
            Act::Webhook { body, signature } => self.webhook(body, signature),
            Act::Plan { order, who } => self.plan_parts(order, who),
            Act::Move { fulfilment, to, place } => self.move_part(fulfilment, to, &place),
            Act::HandOver { code, place } => self.hand_over(code, &place),
            Act::Return { order, place, who } => self.take_back(order, &place, who),
            Act::Begin { who, script } => self.begin(who, script),
            Act::Turn { talk, turn } => self.turn(talk, turn),
            Act::Receipt { account, provider_id, state } => self.receipt(account, provider_id, state),
            Act::Resolve { talk, matter } => self.resolve(talk, matter),
            Act::Join { talk, profile, other } => self.join(talk, profile, other),
        }
    }

    /// `minutes` from now.
    pub fn after(&mut self, minutes: i64, act: Act) {
        let at = self.world.clock_now().plus(Duration::from_secs(minutes.max(0).unsigned_abs() * MINUTE));
        self.agenda.plan(at, act);
    }

    /// True when what lies so many minutes ahead still happens.
    pub fn comes_true(&self, minutes: i64) -> bool {
        self.world.clock_now().plus(Duration::from_secs(minutes.max(0).unsigned_abs() * MINUTE)) <= self.agenda.horizon
    }

    /// A moment within a day, counted from the first day of history.
    pub fn on_day(&self, day: i64, minute: i64) -> Timestamp {
        let back = (self.world.plan.days - day).max(0).unsigned_abs() * DAY;
        self.midnight.minus(Duration::from_secs(back)).plus(Duration::from_secs(minute.max(0).unsigned_abs() * MINUTE))
    }

    /// So many minutes before the present.
    fn ago(&self, minutes: u64) -> Timestamp {
        self.world.plan.end.minus(Duration::from_secs(minutes * MINUTE))
    }

    fn some_time(&mut self, from_day: i64) -> Timestamp {
        let day = self.chance.between(from_day.min(self.world.plan.days - 1), self.world.plan.days - 1);
        let minute = self.chance.between(AWAKE.0, AWAKE.1);
        self.on_day(day, minute)
    }

    /// What everybody does by their habit.
    fn plan_month(&mut self) {
        let world = self.world;
        for who in 0..world.people.len() {
            let Some(habit) = world.brand.people.habit.iter().find(|habit| habit.code == world.people[who].habit) else { continue };
            let orders = self.chance.between(habit.orders[0], habit.orders[1]);
            for _ in 0..orders {
                let channel = *self.chance.pick(&habit.channels);
                let at = self.some_time(0);
                let purchase = self.usual_purchase(who, channel);
                self.agenda.plan(at, Act::Buy(purchase));
            }
            if self.chance.happens(habit.conversation) {
                let at = self.some_time(3);
                self.agenda.plan(at, Act::Begin { who, script: None });
            }
            if self.chance.happens(0.08) {
                let at = self.some_time(world.plan.days - 4);
                let purchase = Purchase { ends: PurchaseEnds::Abandoned, ..self.usual_purchase(who, Channel::Web) };
                self.agenda.plan(at, Act::Buy(purchase));
            }
        }
        // Passers-by whom the till does not know.
        for _ in 0..world.people.len() / 12 {
            let at = self.some_time(0);
            let purchase = self.passer_by();
            self.agenda.plan(at, Act::Buy(purchase));
        }
    }

    fn passer_by(&mut self) -> Purchase {
        let shops: Vec<_> = self.world.places.iter().filter(|place| place.code != "ZAZ").collect();
        let place = self.chance.pick(&shops).code.clone();
        Purchase { who: None, channel: Channel::Till, place, handles: vec![], wish: Wish::TakeNow, ends: PurchaseEnds::Paid }
    }

    /// A purchase as this person makes them on this channel. Messages and mail turn into orders by phone and on the web.
    pub fn usual_purchase(&mut self, who: usize, channel: Channel) -> Purchase {
        let person = &self.world.people[who];
        let (luck, rest) = (self.chance.fraction(), self.chance.fraction());
        let channel = match channel {
            Channel::Email | Channel::Webchat if luck < 0.3 => Channel::Phone,
            Channel::Email | Channel::Webchat => Channel::Web,
            Channel::Whatsapp if person.phone.is_none() => Channel::Web,
            other => other,
        };
        let wish = match luck {
            _ if channel == Channel::Till => Wish::TakeNow,
            luck if luck < 0.36 => Wish::Collect,
            luck if luck < 0.5 => Wish::Mixed,
            _ => Wish::Deliver,
        };
        let ends = match rest {
            rest if rest < 0.04 => PurchaseEnds::PaidAtSecondTry,
            rest if rest < 0.07 => PurchaseEnds::Unpaid,
            _ => PurchaseEnds::Paid,
        };
        Purchase { who: Some(who), channel, place: person.place.clone(), handles: vec![], wish, ends }
    }

    /// The last hours, always the same distance from the present.
    fn plan_today(&mut self) {
        let strangers: Vec<usize> = (0..self.world.people.len()).filter(|who| self.world.people[*who].code.is_none()).collect();
        if strangers.is_empty() {
            return;
        }
        for (minutes, channel) in [
            (131, Channel::Till),
            (96, Channel::Web),
            (74, Channel::Till),
            (52, Channel::Phone),
            (33, Channel::Web),
            (19, Channel::Till),
            (9, Channel::Web),
        ] {
            let who = *self.chance.pick(&strangers);
            let purchase = Purchase { ends: PurchaseEnds::Paid, ..self.usual_purchase(who, channel) };
            let at = self.ago(minutes);
            self.agenda.plan(at, Act::Buy(purchase));
        }
        for minutes in [44, 15] {
            let who = *self.chance.pick(&strangers);
            let purchase = Purchase { ends: PurchaseEnds::Abandoned, ..self.usual_purchase(who, Channel::Web) };
            let at = self.ago(minutes);
            self.agenda.plan(at, Act::Buy(purchase));
        }
        for minutes in [118, 90, 66, 48, 41, 27, 12, 5, 3] {
            let who = *self.chance.pick(&strangers);
            let at = self.ago(minutes);
            self.agenda.plan(at, Act::Begin { who, script: None });
        }
    }

    /// True now and then, when faults are on.
    pub fn fault(&mut self, share: f64) -> bool {
        self.faults.as_mut().is_some_and(|chance| chance.happens(share))
    }

    /// The place of a script in the list.
    pub fn script(&self, at: usize) -> &'w Script {
        &self.world.brand.talk.conversation[at]
    }
}

impl World {
    /// The virtual present.
    pub fn clock_now(&self) -> Timestamp {
        kernel::Clock::now(&self.clock)
    }
}

/// The midnight before today where the brand is; far enough back for today's acts to lie after it.
fn midnight(world: &World) -> Result<Timestamp> {
    let end = world.plan.end;
    let today = end.to_jiff().in_tz(&world.brand.about.time_zone).context("the brand's time zone")?;
    let midnight = today.start_of_day().context("the brand's midnight")?.timestamp().into();
    Ok(std::cmp::min(midnight, end.minus(Duration::from_secs(3 * 3600))))
}

/// When the history begins: a day before its first.
pub fn beginning(end: Timestamp, days: i64) -> Timestamp {
    end.minus(Duration::from_secs((days.max(0).unsigned_abs() + 2) * DAY))
}
