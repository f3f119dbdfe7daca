//! Hundreds of random steps: whatever happens in whatever order, every cent and every piece is accounted for.

use crate::support::*;
use flows::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Quantity};
use orders::*;
use payments::Method;
use payments::simulator::{Outcome, SignedEvent};
use std::time::Duration;

/// A small generator of chance, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
    /// One of the last three.
    fn recent<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        self.pick(&from[from.len().saturating_sub(3)..])
    }
    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.roll(from.len().max(1) as u64) as usize)
    }
}

#[test]
fn every_cent_and_every_piece() {
    let (made, spent) =
        [20_260_601, 4_711, 7].into_iter().map(random_steps).fold((0, 0), |sum, (made, spent)| (sum.0 + made, sum.1 + spent));
    assert!(made > 3 && spent > 2, "the runs make and spend gift cards: {made} {spent}");
}

/// Answers how many gift cards were made, and how many payments were by one.
fn random_steps(seed: u64) -> (usize, usize) {
    let counts = std::sync::Mutex::new((0, 0));
    brand(|world, brand| {
        let mut dice = Dice(seed);
        run(world, {
            let gift = gift(brand.ana, 8000);
            move |tx| payments::issue_gift_card(tx, &associate(), gift.clone())
        })
        .expect("a card");
        let (mut orders, mut pages, mut webhooks) = (Vec::new(), Vec::<String>::new(), Vec::<SignedEvent>::new());
        for step in 0..600 {
            world.clock().advance(Duration::from_secs(20));
            match dice.roll(19) {
                0..=3 => {
                    if let Some(bought) = random_purchase(world, brand, &mut dice, step) {
                        orders.push(bought.order.id);
                        pages.extend(bought.page);
                    }
                }
                4..=6 => {
                    if let Some(page) = dice.recent(&pages).cloned() {
                        let outcome = if dice.roll(4) == 0 { Outcome::Decline } else { Outcome::Approve };
                        webhooks.extend(run(world, move |tx| payments::simulator::pay(tx, &page, outcome)).ok());
                    }
                }
                // Doubled, reordered, late; one too old to be taken is sent again no more.
                7..=9 => {
                    if let Some(event) = dice.recent(&webhooks).cloned() {
                        drop(run(world, move |tx| receive_payment_webhook(tx, event.body.as_bytes(), &event.signature)));
                    }
                }
                10..=12 => {
                    if let Some(id) = dice.pick(&orders) {
                        move_on(world, &found(world, *id), &mut dice);
                    }
                }
                13 | 14 => {
                    if let Some(id) = dice.pick(&orders) {
                        bring_back(world, brand, &found(world, *id), &mut dice, step);
                    }
                }
                15..=17 => {
                    if let Some(id) = dice.pick(&orders) {
                        pages.extend(change(world, brand, &found(world, *id), &mut dice, step));
                    }
                }
                _ => {
                    if let Some(id) = dice.pick(&orders) {
                        let cmd = CancelOrder { order: *id, reason: "chance".into(), channel: Channel::Desk };
                        drop(run(world, move |tx| cancel(tx, &agent(), &cmd)));
                    }
                }
            }
            world.run_timers(TIMERS);
        }
        *counts.lock().expect("unpoisoned") = audit(world, brand, &orders);
    });
    counts.into_inner().expect("unpoisoned")
}

fn random_purchase(world: &World, brand: &Brand, dice: &mut Dice, step: i32) -> Option<CheckedOut> {
    let mut lines = Vec::new();
    for _ in 0..=dice.roll(2) {
        let variant = if dice.roll(2) == 0 { brand.tee } else { brand.scarf };
        let way = match dice.roll(3) {
            0 => Way::Collect { location: brand.madrid },
            1 => Way::TakeNow { location: brand.madrid },
            _ => deliver(),
        };
        lines.push(line(variant, 1 + dice.roll(3) as i64, way));
    }
    let mut cmd = buying(&format!("k{step}"), lines.clone());
    if dice.roll(3) == 0
        && let Some(card) = dice.pick(&cards(world, brand)).filter(|card| card.balance.is_positive())
    {
        cmd.payment = PayBy::GiftCard { code: card.spelled(), rest: Box::new(PayBy::Online) };
    } else if dice.roll(2) == 0 {
        let quote = world.db().read(move |tx| quote_basket(tx, &lines, kernel::Currency::EUR, None)).wait().expect("a quote");
        let cash = Tender { method: Method::Cash, amount: eur(quote.total.minor - dice.roll(2) as i64), reference: String::new() };
        cmd.payment = PayBy::Counter(vec![cash]);
    }
    cmd.profile = Some(brand.ana);
    buy(world, associate(), cmd).ok()
}

fn gift(profile: kernel::ProfileId, minor: i64) -> payments::IssueGiftCard {
    payments::IssueGiftCard {
        key: "gift".into(),
        origin: payments::GiftCardOrigin::Goodwill,
        profile: Some(profile),
        subject: String::new(),
        amount: eur(minor),
        channel: Channel::Desk,
    }
}

/// What she was given instead of money.
fn cards(world: &World, brand: &Brand) -> Vec<payments::GiftCard> {
    let ana = brand.ana;
    read(world, move |tx| payments::gift_cards_of(tx, &[ana]))
}

fn move_on(world: &World, order: &Order, dice: &mut Dice) {
    let Some(part) = dice.pick(&order.fulfilments) else { return };
    let next: Vec<_> = FulfilmentState::ALL.iter().filter(|to| part.state.can_become(**to, part.way)).collect();
    let Some(to) = dice.pick(&next).map(|to| **to) else { return };
    let cmd = AdvanceFulfilment { fulfilment: part.id, to, tracking: None, channel: Channel::Till };
    drop(run(world, move |tx| advance(tx, &associate(), &cmd)));
}

fn bring_back(world: &World, brand: &Brand, order: &Order, dice: &mut Dice, step: i32) {
    let Some(bought) = dice.pick(&order.lines) else { return };
    let condition = if dice.roll(3) == 0 { Condition::Damaged } else { Condition::Resale };
    let lines = vec![NewReturnLine { line: bought.id, quantity: Quantity(1 + dice.roll(2) as i64), condition }];
    let cmd = ReturnGoods {
        key: format!("r{step}"),
        order: order.id,
        lines,
        reason: String::new(),
        location: brand.madrid,
        channel: Channel::Till,
        onto_card: dice.roll(2) == 0,
    };
    drop(run(world, move |tx| return_goods(tx, &associate(), &cmd)));
}

/// Something of an order shall be different: the page where the difference is paid, if it is one.
fn change(world: &World, brand: &Brand, order: &Order, dice: &mut Dice, step: i32) -> Option<String> {
    let (line, part) = (dice.pick(&order.lines)?, dice.pick(&order.fulfilments)?);
    let other = if line.variant == brand.tee { brand.scarf } else { brand.tee };
    let way = if dice.roll(2) == 0 { Way::Collect { location: brand.madrid } } else { deliver() };
    let quantity = Quantity(1 + dice.roll(2) as i64);
    let mut back = Vec::new();
    let change = match dice.roll(5) {
        0 => Change::Move { part: part.id, to: way },
        1 => Change::Swap { line: line.id, quantity, to: other },
        2 => Change::Remove { line: line.id, quantity },
        3 => Change::Add { variant: other, quantity, way },
        _ => {
            back.push(NewReturnLine { line: line.id, quantity, condition: Condition::Resale });
            Change::Add { variant: other, quantity: Quantity(1), way }
        }
    };
    let cmd = ChangeOrder {
        key: format!("c{step}"),
        order: order.id,
        changes: vec![change],
        back_at: Some(brand.valencia).filter(|_| !back.is_empty()),
        back,
        reason: String::new(),
        delivery: None,
        audience: None,
        payment: PayBy::Online,
        channel: Channel::Desk,
    };
    run(world, move |tx| change_order(tx, &Actor::system(), &cmd)).ok()?.page
}

fn audit(world: &World, brand: &Brand, orders: &[OrderId]) -> (usize, usize) {
    let (mut out, mut damaged, mut states) = (0, 0, std::collections::BTreeSet::new());
    for id in orders {
        let order = found(world, *id);
        states.insert(order.state);
        let (billed, captured, outstanding) = account(world, *id);
        let returned: i64 = order.lines.iter().map(|line| line.refunded.minor).sum();
        let owed = if order.state == OrderState::Cancelled { 0 } else { order.total.minor - returned };
        assert_eq!((billed.minor, captured.minor), (owed, order.paid.minor - order.refunded.minor), "{}", order.number);
        let settled = !matches!(order.state, OrderState::Placed);
        assert!(!settled || outstanding == eur(0), "{} owes {outstanding:?}", order.number);
        for line in &order.lines {
            let left = order.fulfilment_of(line).expect("its part").state.has_left();
            out += if left { line.quantity.0 } else { 0 };
        }
        let back = read(world, {
            let id = *id;
            move |tx| returns_of(tx, id)
        });
        for line in back.iter().flat_map(|goods| &goods.lines) {
            out -= line.quantity.0;
            damaged += if line.condition == Condition::Damaged { line.quantity.0 } else { 0 };
        }
    }
    let cards = cards(world, brand);
    let by_card: Vec<payments::Payment> = orders
        .iter()
        .flat_map(|id| {
            let subject = format!("order:{id}");
            read(world, move |tx| payments::payments_of(tx, &subject))
        })
        .filter(|payment| payment.method == Method::GiftCard)
        .collect();
    let spent: i64 = by_card.iter().map(|payment| payment.captured.minor - payment.refunded.minor).sum();
    let (issued, left) = cards.iter().fold((0, 0), |(issued, left), card| (issued + card.issued.minor, left + card.balance.minor));
    assert_eq!(issued - spent, left, "what was put onto cards is spent or still there");
    assert!(cards.len() < 50, "all of them were counted");
    let places = [brand.warehouse, brand.madrid, brand.valencia];
    let here: i64 = [brand.tee, brand.scarf].iter().flat_map(|v| places.map(|at| stock(world, *v, at).0)).sum();
    assert_eq!(here + out + damaged, 10 + 3 + 3, "pieces in stock, with customers, and spoiled");
    assert!(states.len() >= 4, "the run is worth something: {states:?}");
    (cards.len(), by_card.len())
}

#[test]
fn a_customer_cannot_touch_anothers_order() {
    brand(|world, brand| {
        let bought = buy(world, Actor::customer(brand.ana), buying("k", vec![line(brand.scarf, 1, deliver())])).expect("bought");
        let other = kernel::ProfileId::from_parts(9, 9);
        let id = bought.order.id;
        let cmd = CancelOrder { order: id, reason: String::new(), channel: Channel::Web };
        let refused = run(world, move |tx| cancel(tx, &Actor::customer(other), &cmd));
        assert!(matches!(refused, Err(CancelFlowError::Cancel(CancelError::NotFound))));
        let pay = PayOrder { key: "p".into(), order: id, by: PayBy::Online, channel: Channel::Web };
        let refused = run(world, move |tx| pay_order(tx, &Actor::customer(other), &pay));
        assert!(matches!(refused, Err(PayOrderError::NotFound)));
    });
}
