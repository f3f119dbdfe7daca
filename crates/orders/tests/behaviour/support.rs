//! Builders.

use catalogue::VariantId;
use inventory::LocationId;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Currency, Fault, Locale, Money, ProfileId, Quantity, Role, StaffId, Tx};
use orders::*;

pub fn world(test: impl Fn(&World)) {
    on_both(&[MIGRATIONS], test);
}

pub fn shop(n: u128) -> LocationId {
    LocationId::from_parts(1, n)
}
pub fn variant(n: u128) -> VariantId {
    VariantId::from_parts(2, n)
}
pub fn profile(n: u128) -> ProfileId {
    ProfileId::from_parts(3, n)
}
pub fn associate() -> Actor {
    Actor::staff(StaffId::from_parts(4, 1), &[Role::Associate])
}
pub fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(4, 2), &[Role::Agent])
}

/// Run a command and take its answer, whatever it is.
pub fn run<T: Send + 'static, E: From<Fault> + Send + 'static>(
    world: &World,
    command: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    world.db().write("test", command).wait()
}

/// A line of so many at so much, 21 % within.
pub fn line(n: u128, quantity: i64, unit_price: i64) -> NewLine {
    let total = unit_price * quantity;
    NewLine {
        variant: variant(n),
        sku: format!("SKU-{n}"),
        title: format!("Thing {n}"),
        quantity: Quantity(quantity),
        unit_price,
        discount: 0,
        is_tax_included: true,
        tax_basis_points: 2100,
        tax: total - total * 10_000 / 12_100,
        total,
        reservation: None,
        matched: None,
        parts: Vec::new(),
    }
}

pub fn part(way: FulfilmentWay, at: u128, lines: Vec<NewLine>) -> NewPart {
    let address = (way == FulfilmentWay::Deliver).then(home);
    NewPart { way, location: shop(at), place: format!("Shop {at}"), address, promised: None, sourced: None, expected: None, lines }
}

pub fn home() -> Address {
    Address {
        name: "Ana Ruiz".into(),
        street: "Mayor 1".into(),
        postcode: "28013".into(),
        city: "Madrid".into(),
        region: String::new(),
        country: "ES".into(),
    }
}

/// An order of customer 1 on the web.
pub fn placing(key: &str, parts: Vec<NewPart>) -> PlaceOrder {
    PlaceOrder {
        key: key.into(),
        cart: None,
        cart_version: None,
        profile: Some(profile(1)),
        channel: Channel::Web,
        locale: Locale::Es,
        sold_at: None,
        contact: Contact { name: "Ana Ruiz".into(), email: "Ana@Example.org".into(), phone: "+34600111222".into() },
        note: String::new(),
        coupon: String::new(),
        currency: Currency::EUR,
        delivery_fee: 0,
        delivery_tax: 0,
        parts,
    }
}

pub fn place(world: &World, cmd: PlaceOrder) -> Order {
    run(world, move |tx| place_order(tx, &Actor::customer(profile(1)), cmd.clone())).expect("placed").order
}

pub fn pay(world: &World, order: &Order) -> PaymentRecorded {
    let cmd = RecordPayment { order: order.id, amount: order.due(), channel: Channel::Web };
    run(world, move |tx| record_payment(tx, &Actor::system(), &cmd)).expect("noted")
}

pub fn advance(world: &World, fulfilment: FulfilmentId, to: FulfilmentState) -> Result<Moved, AdvanceError> {
    run(world, move |tx| {
        let tracking = (to == FulfilmentState::Shipped).then(|| Tracking { carrier: "Correos".into(), reference: "PK1".into() });
        advance_fulfilment(tx, &associate(), &AdvanceFulfilment { fulfilment, to, tracking, channel: Channel::Till })
    })
}

/// Two lines to collect in shop 1, paid and collected: 3 × 19.99 − 0.05 and 1 × 10.00.
pub fn collected(world: &World, key: &str) -> Order {
    let mut shirts = line(1, 3, 1999);
    shirts.discount = 5;
    shirts.total -= 5;
    let order = place(world, placing(key, vec![part(FulfilmentWay::Collect, 1, vec![shirts, line(2, 1, 1000)])]));
    pay(world, &order);
    advance(world, order.fulfilments[0].id, FulfilmentState::Ready).expect("ready");
    advance(world, order.fulfilments[0].id, FulfilmentState::Collected).expect("collected");
    read(world, order.id)
}

pub fn read(world: &World, id: OrderId) -> Order {
    world.db().read(move |tx| order(tx, id)).wait().expect("read").expect("there")
}

/// Kinds on the log about one profile's thread, oldest first.
pub fn thread(world: &World, of: ProfileId) -> Vec<String> {
    let read = world.db().read(move |tx| kernel::log::timeline(tx, &[of], None, 100));
    let mut kinds: Vec<_> = read.wait().expect("read").into_iter().map(|entry| entry.kind).collect();
    kinds.reverse();
    kinds
}

pub fn eur(minor: i64) -> Money {
    Money::eur(minor)
}
