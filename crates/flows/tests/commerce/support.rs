//! A small brand: a warehouse, shops in Madrid and Valencia, a T-shirt at 19.99 and a scarf at 45.00.

use catalogue::VariantId;
use flows::*;
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point, Receive};
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Currency, Fault, Locale, Money, ProfileId, Quantity, ReadTx, Role, StaffId, Tx};
use orders::{Address, Contact, Order, OrderId, Way};
use payments::simulator::{Outcome, SignedEvent};

const ROOMS: &[kernel::Migrations] = &[
    ledger::MIGRATIONS,
    customers::MIGRATIONS,
    catalogue::MIGRATIONS,
    pricing::MIGRATIONS,
    inventory::MIGRATIONS,
    payments::MIGRATIONS,
    orders::MIGRATIONS,
    conversations::MIGRATIONS,
    self_service::MIGRATIONS,
];

pub const FILE: &str = "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price\n\
     tee,Camiseta,true,Talla,S,TEE-S,10,19.99\n\
     tee,,,,M,TEE-M,10,19.99\n\
     scarf,Bufanda,true,,,SCARF,3,45.00\n\
     gift,Muestra,true,,,GIFT,5,0.00\n";

#[derive(Clone, Copy)]
pub struct Brand {
    pub warehouse: LocationId,
    pub madrid: LocationId,
    pub valencia: LocationId,
    pub tee: VariantId,
    pub scarf: VariantId,
    pub gift: VariantId,
    pub ana: ProfileId,
}

/// Run a test on each engine with the brand set up: 10 + 10 T-shirts, 3 scarves and 5 gifts in the warehouse, 3 T-shirts (M) in Madrid.
pub fn brand(test: impl Fn(&World, &Brand)) {
    on_both(ROOMS, |world| {
        let brand = run(world, set_up).expect("a brand");
        test(world, &brand);
        assert_eq!(read(world, ledger::imbalance), vec![]);
        assert_eq!(read(world, |tx| ledger::discrepancies(tx, 10)), vec![]);
    });
}

fn set_up(tx: &mut Tx<'_>) -> Result<Brand, Fault> {
    let system = Actor::system();
    let mut place = |code: &str, city: &str, kind| inventory::create_location(tx, &system, details(code, city, kind)).map_err(fault);
    let warehouse = place("ALM", "Getafe", LocationKind::Warehouse)?;
    let madrid = place("MAD", "Madrid", LocationKind::Shop)?;
    let valencia = place("VLC", "Valencia", LocationKind::Shop)?;
    import_products(tx, &system, &importing(warehouse)).map_err(fault)?;
    let variant = |tx: &Tx<'_>, sku| Ok::<_, Fault>(catalogue::by_sku(tx, sku)?.ok_or_else(|| Fault::data("a SKU"))?.id);
    let (tee, scarf, gift) = (variant(tx, "TEE-M")?, variant(tx, "SCARF")?, variant(tx, "GIFT")?);
    let stock = Receive { key: "mad".into(), variant: tee, location: madrid, quantity: Quantity(3) };
    inventory::receive(tx, &system, stock).map_err(fault)?;
    let email = customers::Identifier::email("ana@example.org").map_err(fault)?;
    let ana = customers::Recognise { identifiers: vec![email], name: None, locale: None, channel: Channel::Web, verified: true };
    let ana = customers::recognise(tx, &system, ana).map_err(fault)?.profile;
    Ok(Brand { warehouse, madrid, valencia, tee, scarf, gift, ana })
}

pub fn fault(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::outside("setting up", error)
}

pub fn importing(warehouse: LocationId) -> ImportProducts {
    ImportProducts { file: FILE.into(), options: Default::default(), price_list: "base".into(), opening_stock: Some(warehouse) }
}

pub fn details(code: &str, city: &str, kind: LocationKind) -> LocationDetails {
    let is_shop = kind == LocationKind::Shop;
    LocationDetails {
        code: code.into(),
        name: city.into(),
        kind,
        address: "Calle Mayor, 1".into(),
        postcode: "28001".into(),
        city: city.into(),
        province: String::new(),
        country: "ES".into(),
        point: Point { latitude: 40.4, longitude: -3.7 },
        time_zone: "Europe/Madrid".into(),
        tax_zone: "peninsula".into(),
        hours: Hours::default(),
        phone: String::new(),
        email: String::new(),
        collects: is_shop,
        ships: true,
        safety_stock: Quantity(0),
        is_active: true,
    }
}

pub fn associate() -> Actor {
    Actor::staff(StaffId::from_parts(4, 1), &[Role::Associate])
}
pub fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(4, 2), &[Role::Agent])
}

pub fn home() -> Address {
    Address {
        name: "Ana Ruiz".into(),
        street: "Colón 3".into(),
        postcode: "46004".into(),
        city: "Valencia".into(),
        region: String::new(),
        country: "ES".into(),
    }
}

pub fn line(variant: VariantId, quantity: i64, way: Way) -> BasketLine {
    BasketLine { variant, quantity: Quantity(quantity), way }
}
pub fn deliver() -> Way {
    Way::Deliver { address: Some(home()) }
}

/// Ana buys on the web.
pub fn buying(key: &str, lines: Vec<BasketLine>) -> Checkout {
    Checkout {
        key: key.into(),
        basket: Basket::Lines(lines),
        profile: None,
        channel: Channel::Web,
        locale: Locale::Es,
        currency: Currency::EUR,
        audience: None,
        sold_at: None,
        contact: Contact { name: "Ana Ruiz".into(), email: "ana@example.org".into(), phone: String::new() },
        address: None,
        delivery: None,
        note: String::new(),
        payment: PayBy::Online,
    }
}

pub fn run<T: Send + 'static, E: From<Fault> + Send + 'static>(
    world: &World,
    command: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    world.db().write("test", command).wait()
}
pub fn read<T: Send + 'static>(world: &World, query: impl Fn(&ReadTx<'_>) -> Result<T, Fault> + Send + 'static) -> T {
    world.db().read(query).wait().expect("read")
}

pub fn buy(world: &World, actor: Actor, cmd: Checkout) -> Result<CheckedOut, CheckoutError> {
    run(world, move |tx| checkout(tx, &actor, &cmd))
}
pub fn found(world: &World, id: OrderId) -> Order {
    read(world, move |tx| orders::order(tx, id)).expect("there")
}

/// The customer presses a button on the hosted page; the webhook is on its way.
pub fn press(world: &World, page: &str, outcome: Outcome) -> SignedEvent {
    let page = page.to_owned();
    run(world, move |tx| payments::simulator::pay(tx, &page, outcome)).expect("pressed")
}
pub fn webhook(world: &World, event: &SignedEvent) -> WebhookTaken {
    let event = event.clone();
    run(world, move |tx| receive_payment_webhook(tx, event.body.as_bytes(), &event.signature)).expect("taken")
}

/// On hand and reserved.
pub fn stock(world: &World, variant: VariantId, at: LocationId) -> (i64, i64) {
    let level = read(world, move |tx| inventory::level(tx, variant, at));
    (level.on_hand.0, level.reserved.0)
}

/// Billed, captured less refunds, outstanding.
pub fn account(world: &World, id: OrderId) -> (Money, Money, Money) {
    let due = read(world, move |tx| payments::due(tx, &format!("order:{id}"))).expect("billed");
    (due.billed, due.captured, due.outstanding)
}

/// Kinds on a thread, oldest first, without the customer's own entries.
pub fn thread(world: &World, of: ProfileId) -> Vec<String> {
    let entries = read(world, move |tx| kernel::log::timeline(tx, &[of], None, 100));
    let kinds = entries.into_iter().rev().map(|entry| entry.kind);
    kinds.filter(|kind| !kind.starts_with("customer.") && !kind.starts_with("identifier.")).collect()
}

pub fn eur(minor: i64) -> Money {
    Money::eur(minor)
}
