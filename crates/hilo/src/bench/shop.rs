//! A brand to measure with: places, products in ten variants each, stock, customers, a key and a desk session.

use access::{CreateApiKey, CreateStaff, Password};
use anyhow::{Context, Result};
use catalogue::{Localised, NewProduct, NewVariant, Status, VariantId};
use customers::{Identifier, Recognise};
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point, Receive};
use kernel::{Actor, Channel, Currency, Db, Fault, Locale, Money, Permission, ProfileId, Quantity, Role, Tx};
use orders::Address;
use pricing::{NewPriceList, PriceEntry};

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Products, with ten variants each.
    pub products: usize,
    /// Customers.
    pub people: usize,
    /// Pieces of each variant in the warehouse.
    pub stock: i64,
}

/// As large as the demo brand.
pub const DEMO: Size = Size { products: 80, people: 200, stock: 1_000_000 };

/// Products made in one transaction.
const AT_ONCE: usize = 20;
/// More products than these lie in one shop only.
const FEW: usize = 1_000;

/// What was made.
#[derive(Clone)]
pub struct Shop {
    /// Ten for each product.
    pub variants: Vec<VariantId>,
    /// Their names in addresses.
    pub handles: Vec<String>,
    /// Customers.
    pub people: Vec<ProfileId>,
    /// A key that may do everything.
    pub key: String,
    /// The cookie of a signed-in agent.
    pub session: String,
    /// Where parcels leave from.
    pub warehouse: LocationId,
}

const SYSTEM: Actor = Actor::system();
const COLOURS: [&str; 2] = ["Azul", "Arena"];
const SIZES: [&str; 5] = ["XS", "S", "M", "L", "XL"];
const KINDS: [&str; 8] = ["Camisas", "Pantalones", "Vestidos", "Chaquetas", "Faldas", "Jerséis", "Zapatos", "Bolsos"];
const SHOPS: [(&str, f64, f64); 6] = [
    ("Madrid", 40.4168, -3.7038),
    ("Barcelona", 41.3874, 2.1686),
    ("Valencia", 39.4699, -0.3763),
    ("Sevilla", 37.3891, -5.9845),
    ("Bilbao", 43.2630, -2.9350),
    ("Zaragoza", 41.6488, -0.8891),
];

/// Make it all through the rooms' own commands.
pub fn build(db: &Db, size: Size) -> Result<Shop> {
    let (warehouse, shops) = places(db)?;
    let list = run(db, |tx| pricing::create_price_list(tx, &SYSTEM, NewPriceList::base("base", Currency::EUR)))?.id;
    let mut shop =
        Shop { variants: Vec::new(), handles: Vec::new(), people: Vec::new(), key: String::new(), session: String::new(), warehouse };
    // A large catalogue lies in one shop besides the warehouse, or its stock would take longer to make than all the rest.
    let stocked = if size.products > FEW { &shops[..1] } else { &shops[..] };
    for from in (0..size.products).step_by(AT_ONCE) {
        let numbers = from..(from + AT_ONCE).min(size.products);
        let products = run(db, move |tx| {
            numbers.clone().map(|n| catalogue::create_product(tx, &SYSTEM, product(n))).collect::<Result<Vec<_>, catalogue::EditError>>()
        })?;
        let price = |n: usize| Money::eur(1_995 + 500 * (n as i64 % 9));
        let of = |(at, product): (usize, &catalogue::Product)| {
            let entry = |variant: &catalogue::Variant| PriceEntry { variant: variant.id, price: price(from + at), compare_at: None };
            product.variants.iter().map(entry).collect::<Vec<_>>()
        };
        let entries: Vec<_> = products.iter().enumerate().flat_map(of).collect();
        let variants: Vec<VariantId> = entries.iter().map(|entry| entry.variant).collect();
        run(db, move |tx| pricing::set_prices(tx, &SYSTEM, list, &entries))?;
        let (here, stocked) = (variants.clone(), stocked.to_vec());
        run(db, move |tx| {
            for variant in &here {
                receive(tx, *variant, warehouse, size.stock)?;
                for shop in &stocked {
                    receive(tx, *variant, *shop, 5)?;
                }
            }
            Ok::<_, inventory::StockError>(())
        })?;
        shop.variants.extend(variants);
        shop.handles.extend(products.into_iter().map(|product| product.handle));
    }
    shop.people = people(db, size.people)?;
    let cmd = CreateApiKey { name: "bench".into(), permissions: Permission::ALL.to_vec() };
    shop.key = run(db, move |tx| access::create_api_key(tx, &SYSTEM, cmd.clone()))?.secret.reveal().to_owned();
    shop.session = sign_in(db)?;
    Ok(shop)
}

/// Run a command and wait for it.
pub fn run<T, E>(db: &Db, command: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T>
where
    T: Send + 'static,
    E: From<Fault> + std::error::Error + Send + Sync + 'static,
{
    db.write("bench.prepare", command).wait().context("preparing the ground")
}

/// A home in Madrid.
pub fn home() -> Address {
    Address {
        name: "Ana Ruiz".into(),
        street: "Calle Mayor 1".into(),
        postcode: "28013".into(),
        city: "Madrid".into(),
        region: String::new(),
        country: "ES".into(),
    }
}

fn receive(tx: &mut Tx<'_>, variant: VariantId, location: LocationId, pieces: i64) -> Result<(), inventory::StockError> {
    let cmd = Receive { key: format!("{variant}/{location}"), variant, location, quantity: Quantity(pieces) };
    inventory::receive(tx, &SYSTEM, cmd).map(drop)
}

fn places(db: &Db) -> Result<(LocationId, Vec<LocationId>)> {
    let details = |code: String, city: &str, kind, (latitude, longitude)| LocationDetails {
        code,
        name: format!("Hilo {city}"),
        kind,
        address: "Calle Mayor, 1".into(),
        postcode: "28001".into(),
        city: city.into(),
        province: city.into(),
        country: "ES".into(),
        point: Point { latitude, longitude },
        time_zone: "Europe/Madrid".into(),
        tax_zone: "peninsula".into(),
        hours: Hours::default(),
        phone: String::new(),
        email: String::new(),
        collects: kind == LocationKind::Shop,
        ships: true,
        safety_stock: Quantity(0),
        is_active: true,
    };
    let create = |details: LocationDetails| run(db, move |tx| inventory::create_location(tx, &SYSTEM, details.clone()));
    let warehouse = create(details("ALM".into(), "Getafe", LocationKind::Warehouse, (40.3083, -3.7327)))?;
    let shops = SHOPS.iter().enumerate();
    let shops: Result<Vec<_>> =
        shops.map(|(n, (city, lat, lon))| create(details(format!("T{n}"), city, LocationKind::Shop, (*lat, *lon)))).collect();
    Ok((warehouse, shops?))
}

fn product(n: usize) -> NewProduct {
    let kind = KINDS[n % KINDS.len()];
    let values = COLOURS.iter().flat_map(|colour| SIZES.iter().map(|size| vec![(*colour).to_owned(), (*size).to_owned()]));
    let text = "<p>Tejido en Galicia con lana de aquí. Lavar en frío, secar a la sombra.</p>".repeat(3);
    NewProduct {
        status: Status::Active,
        category: kind.into(),
        tags: vec!["material:lana".into(), if n.is_multiple_of(3) { "Nuevo".into() } else { "Siempre".into() }],
        description_html: Localised::new(text, "<p>Woven in Galicia.</p>"),
        options: vec!["Color".into(), "Talla".into()],
        variants: values.map(|option_values| NewVariant { option_values, weight_grams: 400, ..NewVariant::default() }).collect(),
        ..NewProduct::titled(Localised::new(format!("{kind} número {n}"), format!("Number {n}")))
    }
}

fn people(db: &Db, count: usize) -> Result<Vec<ProfileId>> {
    let mut found = Vec::with_capacity(count);
    for start in (0..count).step_by(50) {
        let some = run(db, move |tx| {
            let one = |n: usize| {
                let email = Identifier::email(&format!("cliente{n}@ejemplo.es")).map_err(|e| Fault::data(e.to_string()))?;
                let name = Some(format!("Clienta Número {n}"));
                let cmd = Recognise { identifiers: vec![email], name, locale: Some(Locale::Es), channel: Channel::Web, verified: true };
                Ok::<_, customers::RecogniseError>(customers::recognise(tx, &SYSTEM, cmd)?.profile)
            };
            (start..count.min(start + 50)).map(one).collect::<Result<Vec<_>, _>>()
        })?;
        found.extend(some);
    }
    Ok(found)
}

fn sign_in(db: &Db) -> Result<String> {
    let email = "agente@ejemplo.es";
    let cmd = CreateStaff {
        email: email.into(),
        name: "Agente".into(),
        password: Password::new("una clave que nadie teclea".to_owned())?.hash()?,
        roles: vec![Role::Administrator],
        location: None,
        locale: Locale::Es,
    };
    let staff = run(db, move |tx| access::create_staff(tx, &SYSTEM, cmd.clone()))?;
    let secret = run(db, move |tx| access::open_session(tx, staff, email))?;
    Ok(format!("hilo_staff={}", secret.reveal()))
}
