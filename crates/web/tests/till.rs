//! Long because: the till told through its front door, with the scene that every story shares.
//! The till through its front door: real forms of a signed-in associate, with a cookie jar, no scripts unless said.
#![allow(clippy::unwrap_used)]

use access::{CreateStaff, PasswordHash};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::VariantId;
use customers::{Identifier, PersonId, Recognise};
use flows::{Basket, BasketLine, Checkout, ImportProducts, PayBy, Tender, checkout};
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point, Receive};
use kernel::testing::{World, on_sqlite};
use kernel::{Actor, Channel, Currency, Fault, Locale, Money, ProfileId, Quantity, ReadTx, Role, Tx};
use orders::{CartChange, ChangeCart, Contact, FulfilmentState, OpenCart, Order, OrderState, Owner, Way};
use payments::Method;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use web::{App, AppParts, Brand, Hub, Pictures, Shell, Simulators, site};

const ROOMS: &[kernel::Migrations] = &[
    ledger::MIGRATIONS,
    access::MIGRATIONS,
    customers::MIGRATIONS,
    catalogue::MIGRATIONS,
    pricing::MIGRATIONS,
    inventory::MIGRATIONS,
    payments::MIGRATIONS,
    orders::MIGRATIONS,
    conversations::MIGRATIONS,
    self_service::MIGRATIONS,
];

const FILE: &str = "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Barcode\n\
     tee,Camiseta Faena,true,Talla,S,TEE-S,10,19.99,2900001000017\n\
     tee,,,,M,TEE-M,10,19.99,2900001000024\n\
     scarf,Bufanda,true,,,SCARF,3,45.00,\n";

struct NoPictures;
impl Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<(&'static str, axum::body::Bytes)> {
        None
    }
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

impl Answered {
    fn location(&self) -> String {
        let text = self.headers.get("location").unwrap_or_else(|| panic!("{}: {}", self.status, self.html)).to_str().unwrap();
        text.to_owned()
    }
    fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
    fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, after) = self.html.split_once(&start).unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        after.split_once('"').unwrap().0.to_owned()
    }
}

/// A warehouse, shops in Madrid and Valencia, T-shirts and scarves; an associate in each shop, and Ana.
struct Shop<'w> {
    world: &'w World,
    site: Router,
    jar: RefCell<BTreeMap<String, String>>,
    madrid: LocationId,
    valencia: LocationId,
    tee: VariantId,
    scarf: VariantId,
    ana: ProfileId,
    person: PersonId,
}

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.clock().advance(Duration::from_millis(2));
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().unwrap()
}

fn place(world: &World, code: &'static str, city: &'static str, kind: LocationKind) -> LocationId {
    let is_shop = kind == LocationKind::Shop;
    write(world, move |tx| {
        let details = LocationDetails {
            code: code.into(),
            name: format!("Ría {city}"),
            kind,
            address: "Calle Mayor, 1".into(),
            postcode: "28001".into(),
            city: city.into(),
            province: String::new(),
            country: "ES".into(),
            point: Point { latitude: 40.4, longitude: if code == "VLC" { -0.4 } else { -3.7 } },
            time_zone: "Europe/Madrid".into(),
            tax_zone: "peninsula".into(),
            hours: Hours::default(),
            phone: String::new(),
            email: String::new(),
            collects: is_shop,
            ships: true,
            safety_stock: Quantity(0),
            is_active: true,
        };
        inventory::create_location(tx, &Actor::system(), details).unwrap()
    })
}

fn session(world: &World, email: &'static str, role: Role, shop: Option<&'static str>) -> String {
    let secret = write(world, move |tx| {
        let location = shop.map(str::to_owned);
        let password = PasswordHash::of_nobody();
        let staff =
            CreateStaff { email: email.into(), name: "Iván Costa".into(), password, roles: vec![role], location, locale: Locale::En };
        let id = access::create_staff(tx, &Actor::system(), staff).unwrap();
        access::open_session(tx, id, email).unwrap()
    });
    secret.reveal().to_owned()
}

impl<'w> Shop<'w> {
    fn open(world: &'w World) -> Self {
        let warehouse = place(world, "ALM", "Getafe", LocationKind::Warehouse);
        let madrid = place(world, "MAD", "Madrid", LocationKind::Shop);
        let valencia = place(world, "VLC", "Valencia", LocationKind::Shop);
        let (tee, scarf, ana) = write(world, move |tx| {
            let system = Actor::system();
            let file = ImportProducts {
                file: FILE.into(),
                options: Default::default(),
                price_list: "base".into(),
                opening_stock: Some(warehouse),
            };
            flows::import_products(tx, &system, &file).unwrap();
            let variant = |tx: &Tx<'_>, sku| catalogue::by_sku(tx, sku).unwrap().unwrap().id;
            let (tee, scarf) = (variant(tx, "TEE-M"), variant(tx, "SCARF"));
            for (key, variant, location, n) in [("a", tee, madrid, 3), ("b", scarf, madrid, 1), ("c", tee, valencia, 2)] {
                inventory::receive(tx, &system, Receive { key: key.into(), variant, location, quantity: Quantity(n) }).unwrap();
            }
            let identifiers = vec![Identifier::email("ana@example.org").unwrap(), Identifier::card("CARD-7788").unwrap()];
            let who = Recognise { identifiers, name: Some("Ana Ruiz".into()), locale: None, channel: Channel::Web, verified: true };
            (tee, scarf, customers::recognise(tx, &system, who).unwrap())
        });
        let parts = AppParts {
            db: world.db().clone(),
            hub: Hub::new(),
            search: Arc::new(catalogue::search::SearchIndex::in_memory().unwrap()),
            brand: Brand {
                name: "Ría".into(),
                slogan: Default::default(),
                currency: Currency::EUR,
                zone: "Europe/Madrid".into(),
                public_url: "http://localhost".into(),
            },
            pictures: Arc::new(NoPictures),
            carrier: channels::Carrier::new(channels::http_client()),
            secure: false,
            simulators: Simulators::default(),
        };
        let shell = Shell { brand: "Ría".into(), secret: [7; 32], secure: false, clock: Arc::new(world.clock().clone()) };
        let jar = [("hilo_visit", "0123456789abcdefghijkl".to_owned()), ("hilo_lang", "en".to_owned())];
        let shop = Shop {
            world,
            site: site(App::new(parts), shell),
            jar: RefCell::new(jar.map(|(name, value)| (name.to_owned(), value)).into()),
            madrid,
            valencia,
            tee,
            scarf,
            ana: ana.profile,
            person: ana.person,
        };
        shop.sign_in("mad@ria.test", Role::Associate, Some("MAD"));
        shop
    }

    fn sign_in(&self, email: &'static str, role: Role, shop: Option<&'static str>) {
        let secret = session(self.world, email, role, shop);
        self.jar.borrow_mut().insert("hilo_staff".into(), secret);
    }

    fn ask(&self, mut request: Request<Body>) -> Answered {
        let cookies = self.jar.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        request.headers_mut().insert("cookie", cookies.parse().unwrap());
        let site = self.site.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answered = runtime.block_on(async move {
            let (parts, body) = site.oneshot(request).await.unwrap().into_parts();
            let html = String::from_utf8_lossy(&to_bytes(body, 4 << 20).await.unwrap()).into_owned();
            Answered { status: parts.status, headers: parts.headers, html }
        });
        for cookie in answered.headers.get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.jar.borrow_mut().remove(name)
            } else {
                self.jar.borrow_mut().insert(name.into(), value.into())
            };
        }
        answered
    }

    fn get(&self, path: &str) -> Answered {
        self.ask(Request::get(path).body(Body::empty()).unwrap())
    }

    fn post_as(&self, path: &str, fields: &[(&str, &str)], partial: bool) -> Answered {
        self.world.clock().advance(Duration::from_millis(5));
        let csrf = self.get("/till/shop").field("csrf");
        let pairs = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let mut request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        if partial {
            request = request.header("hx-request", "true").header("hx-target", "aside#basket");
        }
        self.ask(request.body(Body::from(body)).unwrap())
    }
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.post_as(path, fields, false)
    }

    fn add(&self, variant: VariantId, quantity: i64, way: &str) -> Answered {
        let (variant, quantity) = (variant.to_string(), quantity.to_string());
        self.post("/till/cart/lines", &[("variant", &variant), ("quantity", &quantity), ("way", way), ("back", "/till/cart")])
    }

    fn read<T: Send + 'static>(&self, query: impl Fn(&ReadTx<'_>) -> T + Send + 'static) -> T {
        self.world.db().read(move |tx| Ok::<T, Fault>(query(tx))).wait().unwrap()
    }
    fn on_hand(&self, variant: VariantId, place: LocationId) -> (i64, i64) {
        self.read(move |tx| {
            let level = inventory::level(tx, variant, place).unwrap();
            (level.on_hand.0, level.available().0)
        })
    }
    fn order_at(&self, path: &str) -> Order {
        let id = path.trim_start_matches("/till/orders/").split(['?', '/']).next().unwrap().parse().unwrap();
        self.read(move |tx| orders::order(tx, id).unwrap().unwrap())
    }
    fn orders_of_shop(&self, shop: LocationId) -> usize {
        let until = self.world.db().clock().now().plus(Duration::from_secs(60));
        self.read(move |tx| {
            orders::sold_between(tx, &Actor::system(), Some(shop), (kernel::Timestamp::from_seconds(0), until), None, 50)
                .unwrap()
                .items
                .len()
        })
    }

    /// Ana buys on the web and pays by card.
    fn bought(&self, key: &'static str, lines: Vec<BasketLine>) -> Order {
        let total: i64 = lines.iter().map(|line| line.quantity.0 * 1_999).sum();
        let ana = self.ana;
        write(self.world, move |tx| {
            let tender = Tender { method: Method::CardTerminal, amount: Money::eur(total), reference: "web-1".into() };
            let cmd = Checkout {
                key: key.into(),
                basket: Basket::Lines(lines.clone()),
                profile: Some(ana),
                channel: Channel::Web,
                locale: Locale::En,
                currency: Currency::EUR,
                audience: None,
                sold_at: None,
                contact: Contact { name: "Ana Ruiz".into(), email: "ana@example.org".into(), phone: String::new() },
                address: None,
                delivery: None,
                note: String::new(),
                payment: PayBy::Counter(vec![tender]),
            };
            checkout(tx, &Actor::system(), &cmd).unwrap().order
        })
    }
    fn advance(&self, order: &Order, to: FulfilmentState) {
        let fulfilment = order.fulfilments[0].id;
        write(self.world, move |tx| {
            let cmd = orders::AdvanceFulfilment { fulfilment, to, tracking: None, channel: Channel::Till };
            flows::advance(tx, &Actor::system(), &cmd).unwrap();
        });
    }
}

fn shop(test: impl Fn(&Shop<'_>)) {
    on_sqlite(ROOMS, |world| {
        test(&Shop::open(world));
        world.wait_for_log();
        assert_eq!(world.db().read(ledger::imbalance).wait().unwrap(), vec![]);
    });
}

#[test]
fn a_sale_with_cash_gives_change_and_takes_stock() {
    shop(|shop| {
        assert_eq!(shop.add(shop.tee, 2, "take_now").location(), "/till/cart");
        let cart = shop.get("/till/cart");
        assert!(cart.has("Camiseta Faena") && cart.has("€39.98"), "{}", cart.html);
        let pay = shop.get("/till/pay");
        let seal = pay.field("seal");
        // Too little is refused, what was typed stays, nothing is sold.
        let refused = shop.post("/till/pay", &[("by", "cash"), ("seal", &seal), ("given", "20")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("value=\"20\"") && refused.has("€19.98"), "{}", refused.html);
        assert_eq!(shop.orders_of_shop(shop.madrid), 0);

        let sold = shop.post("/till/pay", &[("by", "cash"), ("seal", &seal), ("given", "50")]).location();
        let order = shop.order_at(&sold);
        assert_eq!((order.state, order.total, order.paid), (OrderState::Completed, Money::eur(3_998), Money::eur(3_998)));
        assert_eq!((order.channel, order.sold_at, order.profile), (Channel::Till, Some(shop.madrid), None));
        assert_eq!(shop.on_hand(shop.tee, shop.madrid), (1, 1));
        let page = shop.get(&sold);
        assert!(page.has("€10.02") && page.has("€50.00"), "{}", page.html);
        let receipt = shop.get(&format!("/till/orders/{}/receipt?given=5000", order.id));
        assert!(receipt.has(&order.number.to_string()) && receipt.has("€10.02") && receipt.has("class=\"qr\""), "{}", receipt.html);
        assert!(shop.get("/till/cart").has("The cart is empty"));
    });
}

#[test]
fn a_double_tap_is_one_order_and_charges_nobody_else() {
    shop(|shop| {
        shop.add(shop.tee, 1, "take_now");
        let seal = shop.get("/till/pay").field("seal");
        let fields = [("by", "card"), ("seal", seal.as_str()), ("reference", "0042")];
        let first = shop.post("/till/pay", &fields).location();
        assert_eq!(shop.post("/till/pay", &fields).location(), first);
        // The next customer's cart lies there already: the old form does not charge it.
        shop.add(shop.tee, 1, "take_now");
        assert_eq!(shop.post("/till/pay", &fields).location(), first);
        assert_eq!((shop.orders_of_shop(shop.madrid), shop.on_hand(shop.tee, shop.madrid)), (1, (2, 2)));
        let id = shop.order_at(&first).id;
        let taken = shop.read(move |tx| payments::payments_of(tx, &format!("order:{id}")).unwrap());
        assert_eq!(
            taken.iter().map(|p| (p.method, p.captured.minor, p.reference.as_str())).collect::<Vec<_>>(),
            [(Method::CardTerminal, 1_999, "0042")]
        );
    });
}

#[test]
fn an_amount_that_changed_is_shown_again_before_money_changes_hands() {
    shop(|shop| {
        shop.add(shop.tee, 1, "take_now");
        let seal = shop.get("/till/pay").field("seal");
        shop.add(shop.tee, 1, "take_now");
        let again = shop.post("/till/pay", &[("by", "cash"), ("seal", &seal)]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.has("nothing was charged") && again.has("€39.98"), "{}", again.html);
        assert_eq!(shop.orders_of_shop(shop.madrid), 0);
    });
}

#[test]
fn the_last_piece_is_not_sold_twice_and_the_refusal_says_so() {
    shop(|shop| {
        shop.add(shop.scarf, 1, "take_now");
        let seal = shop.get("/till/pay").field("seal");
        let (scarf, madrid) = (shop.scarf, shop.madrid);
        write(shop.world, move |tx| {
            let cmd = inventory::Reserve { key: "web".into(), variant: scarf, location: madrid, quantity: Quantity(1), expires_at: None };
            inventory::reserve(tx, &Actor::system(), cmd).unwrap();
        });
        let refused = shop.post("/till/pay", &[("by", "cash"), ("seal", &seal)]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("There is no SCARF left. Nothing was charged."), "{}", refused.html);
        assert_eq!(shop.orders_of_shop(shop.madrid), 0);
        assert!(shop.get("/till/cart").has("None left here"));
    });
}

#[test]
fn ways_are_mixed_in_one_payment_and_tenders_are_split() {
    shop(|shop| {
        shop.add(shop.tee, 1, "take_now");
        shop.add(shop.tee, 1, &format!("collect:{}", shop.valencia));
        shop.add(shop.scarf, 1, "deliver");
        let address = [("name", "Ana Ruiz"), ("street", "Colón 3"), ("postcode", "46004"), ("city", "Valencia")];
        assert_eq!(shop.post("/till/cart/address", &address).location(), "/till/pay");
        // 19.99 + 19.99 + 45.00 + 3.95 for the parcel.
        let pay = shop.get("/till/pay");
        assert!(pay.has("€88.93"), "{}", pay.html);
        let seal = pay.field("seal");
        let part = [("by", "cash"), ("seal", seal.as_str()), ("given", "50"), ("part", "yes")];
        let there = shop.post("/till/pay", &part).location();
        let order = shop.order_at(&there);
        assert_eq!((order.state, order.paid, order.due()), (OrderState::Placed, Money::eur(5_000), Money::eur(3_893)));
        let rest = shop.get(&there);
        assert!(rest.has("€38.93"), "{}", rest.html);
        let seal = rest.field("seal");
        let fields = [("by", "card"), ("seal", seal.as_str()), ("reference", "77")];
        let action = format!("/till/orders/{}/payments", order.id);
        shop.post(&action, &fields);
        shop.post(&action, &fields);
        let order = shop.order_at(&there);
        assert_eq!((order.state, order.paid), (OrderState::Fulfilling, Money::eur(8_893)));
        assert_eq!((shop.on_hand(shop.tee, shop.madrid), shop.on_hand(shop.tee, shop.valencia)), ((2, 2), (2, 1)));
        assert_eq!(order.fulfilments.len(), 3);
    });
}

#[test]
fn a_cart_begun_on_the_phone_is_finished_at_the_till() {
    shop(|shop| {
        let (ana, tee) = (shop.ana, shop.tee);
        let cart = write(shop.world, move |tx| {
            let actor = Actor::customer(ana);
            let cart = orders::open_cart(tx, &actor, &OpenCart { owner: Owner::Profile(ana) }).unwrap();
            let change = CartChange::Add { variant: tee, quantity: Quantity(1), way: Way::Deliver { address: None } };
            orders::change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::App, change }).unwrap();
            orders::share_cart(tx, &actor, cart.id, Channel::App).unwrap()
        });
        let customer = format!("/till/customers/{}", shop.person);
        assert_eq!(shop.get("/till/find?q=card%207788").location(), customer);
        assert_eq!(shop.get("/till/find?q=ana%40example.org").location(), customer);
        assert!(shop.get(&customer).has("Continue their cart (1 item)"));
        assert_eq!(shop.get(&format!("/till/find?q={}", cart.to_lowercase())).location(), "/till/cart");
        shop.jar.borrow_mut().remove("hilo_till_cart");

        // What was scanned before she was known joins what she chose at home.
        shop.add(shop.scarf, 1, "take_now");
        assert_eq!(shop.post(&format!("{customer}/cart"), &[]).location(), "/till/cart");
        let page = shop.get("/till/cart");
        assert!(page.has("Ana Ruiz") && page.has("Camiseta Faena") && page.has("Bufanda"), "{}", page.html);
        shop.post("/till/cart/ways", &[]);
        let seal = shop.get("/till/pay").field("seal");
        let sold = shop.post("/till/pay", &[("by", "cash"), ("seal", &seal)]).location();
        let order = shop.order_at(&sold);
        assert_eq!((order.profile, order.total, order.state), (Some(shop.ana), Money::eur(6_499), OrderState::Completed));
        assert_eq!(order.contact.email, "ana@example.org");
    });
}

#[test]
fn a_fragment_is_answered_with_the_cart() {
    shop(|shop| {
        let tee = shop.tee.to_string();
        let answered =
            shop.post_as("/till/cart/lines", &[("variant", &tee), ("way", "take_now"), ("back", "/till/products/tee?sku=TEE-M")], true);
        assert_eq!(answered.status, StatusCode::OK);
        assert!(answered.html.starts_with("<aside class=\"card basket\" id=\"basket\"") && answered.has("€19.99"), "{}", answered.html);
        let refused = shop.post_as("/till/cart/lines", &[("variant", &tee), ("quantity", "1000"), ("way", "take_now")], true);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("A line has 1 to 999 units.") && refused.has("<output>1</output>"), "{}", refused.html);
    });
}

#[test]
fn one_field_understands_whatever_is_scanned() {
    shop(|shop| {
        let order =
            shop.bought("web", vec![BasketLine { variant: shop.tee, quantity: Quantity(1), way: Way::Collect { location: shop.madrid } }]);
        let code = order.fulfilments[0].code.clone().unwrap();
        let part = order.fulfilments[0].id;
        let cases = [
            ("TEE-M".to_owned(), "/till/products/tee?sku=TEE-M".to_owned()),
            ("2900001000017".to_owned(), "/till/products/tee?sku=TEE-S".to_owned()),
            (order.number.to_string(), format!("/till/orders/{}", order.id)),
            (code.to_lowercase(), format!("/till/pickups/{part}?code={}", code.to_lowercase())),
            (format!("http://localhost/orders/{}", order.token()), format!("/till/orders/{}", order.id)),
            ("https://shop.example/01/02900001000017?s=escaparate".to_owned(), "/till/products/tee?sku=TEE-S".to_owned()),
            ("https://shop.example/q/TEE%2DM?s=cartel".to_owned(), "/till/products/tee?sku=TEE-M".to_owned()),
            ("https://shop.example/q/tee".to_owned(), "/till/products/tee".to_owned()),
            ("https://shop.example/products/tee?colour=x&sku=TEE-M".to_owned(), "/till/products/tee?sku=TEE-M".to_owned()),
        ];
        for (typed, leads) in cases {
            let typed: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
            assert_eq!(shop.get(&format!("/till/find?q={typed}")).location(), leads, "{typed}");
        }
        let nothing = shop.get("/till/find?q=zzzzzz");
        assert!(nothing.status == StatusCode::OK && nothing.has("Nothing has that code"), "{}", nothing.html);
        let product = shop.get("/till/products/tee?sku=TEE-M");
        assert!(product.has("3 here, 12 elsewhere") || product.has("2 here, 12 elsewhere"), "{}", product.html);
    });
}

#[test]
fn goods_are_handed_over_once() {
    shop(|shop| {
        let order =
            shop.bought("web", vec![BasketLine { variant: shop.tee, quantity: Quantity(1), way: Way::Collect { location: shop.madrid } }]);
        let code = order.fulfilments[0].code.clone().unwrap();
        let part = order.fulfilments[0].id;
        assert!(shop.get("/till/pickups").has(&order.number.to_string()));
        let early = shop.post("/till/pickups/code", &[("code", &code)]);
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.has("It is not ready yet: it is to pick."), "{}", early.html);

        assert_eq!(shop.post(&format!("/till/pickups/{part}/steps"), &[("to", "ready")]).location(), "/till/pickups");
        assert_eq!(shop.on_hand(shop.tee, shop.madrid), (3, 2));
        // The code is good in this shop only.
        shop.post("/till/shop", &[("shop", &shop.valencia.to_string())]);
        let elsewhere = shop.post("/till/pickups/code", &[("code", &code)]);
        assert!(elsewhere.has("It lies in Ría Madrid and is handed over there."), "{}", elsewhere.html);
        shop.post("/till/shop", &[("shop", &shop.madrid.to_string())]);

        assert_eq!(shop.post("/till/pickups/code", &[("code", &code.to_lowercase())]).location(), "/till/pickups");
        assert_eq!((shop.order_at(&order.id.to_string()).state, shop.on_hand(shop.tee, shop.madrid)), (OrderState::Completed, (2, 2)));
        let twice = shop.post("/till/pickups/code", &[("code", &code)]);
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.has("It was handed over already:") && twice.has("It is not handed over twice."), "{}", twice.html);
        assert_eq!(shop.on_hand(shop.tee, shop.madrid), (2, 2));
    });
}

#[test]
fn without_the_code_somebody_must_look_at_a_document() {
    shop(|shop| {
        let order =
            shop.bought("web", vec![BasketLine { variant: shop.tee, quantity: Quantity(1), way: Way::Collect { location: shop.madrid } }]);
        let steps = format!("/till/pickups/{}/steps", order.fulfilments[0].id);
        shop.advance(&order, FulfilmentState::Ready);
        assert_eq!(shop.post(&steps, &[("to", "collected")]).status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(shop.on_hand(shop.tee, shop.madrid), (3, 2));
        assert_eq!(shop.post(&steps, &[("to", "collected"), ("seen", "yes")]).location(), "/till/pickups");
        assert_eq!(shop.on_hand(shop.tee, shop.madrid), (2, 2));
    });
}

#[test]
fn what_was_bought_on_the_web_comes_back_in_another_shop_to_the_cent() {
    shop(|shop| {
        let order =
            shop.bought("web", vec![BasketLine { variant: shop.tee, quantity: Quantity(2), way: Way::Collect { location: shop.madrid } }]);
        let line = order.lines[0].id;
        let (quantity, condition) = (format!("quantity-{line}"), format!("condition-{line}"));
        let path = format!("/till/orders/{}/return", order.id);
        // Not handed over yet: refused in words, and the form offers nothing.
        let early = shop.get(&path);
        assert!(early.has("it can be cancelled, not returned") && !early.has(&quantity), "{}", early.html);
        shop.advance(&order, FulfilmentState::Ready);
        shop.advance(&order, FulfilmentState::Collected);

        shop.post("/till/shop", &[("shop", &shop.valencia.to_string())]);
        assert_eq!(shop.get("/till/returns?q=CARD7788").location(), path);
        let form = shop.get(&path);
        let key = form.field("key");
        let empty = shop.post(&path, &[("key", &key), ("step", "preview")]);
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let preview = shop.post(&path, &[("key", &key), ("step", "preview"), (&quantity, "1")]);
        assert!(preview.has("€19.99") && preview.has("Card at the terminal · web-1"), "{}", preview.html);
        assert_eq!(shop.order_at(&order.id.to_string()).refunded, Money::eur(0));

        let confirm = [("key", key.as_str()), ("step", "confirm"), (&quantity, "1"), (&condition, "resale")];
        let done = shop.post(&path, &confirm).location();
        assert_eq!(shop.post(&path, &confirm).location(), done, "a second press is the same return");
        let back = shop.order_at(&order.id.to_string());
        assert_eq!((back.refunded, back.state), (Money::eur(1_999), OrderState::PartlyReturned));
        assert_eq!((shop.on_hand(shop.tee, shop.valencia), shop.on_hand(shop.tee, shop.madrid)), ((3, 3), (1, 1)));
        let page = shop.get(&done);
        assert!(page.has("Taken in at Ría Valencia") && page.has("Card at the terminal") && page.has("€19.99"), "{}", page.html);

        // More than is left is refused, and changes nothing.
        let fresh = shop.get(&path).field("key");
        let much = shop.post(&path, &[("key", &fresh), ("step", "confirm"), (&quantity, "2")]);
        assert!(
            much.status == StatusCode::UNPROCESSABLE_ENTITY && much.has("Only 1 can come back. Nothing was given back."),
            "{}",
            much.html
        );
        let damaged = [("key", fresh.as_str()), ("step", "confirm"), (&quantity, "1"), (&condition, "damaged")];
        shop.post(&path, &damaged);
        let back = shop.order_at(&order.id.to_string());
        assert_eq!((back.refunded, back.state, shop.on_hand(shop.tee, shop.valencia)), (Money::eur(3_998), OrderState::Returned, (3, 3)));
        let third = shop.get(&path);
        assert!(third.has("All of it came back already"), "{}", third.html);
        let forced = shop.post(&path, &[("key", "other"), ("step", "confirm"), (&quantity, "1")]);
        assert!(forced.status == StatusCode::UNPROCESSABLE_ENTITY && forced.has("All of it came back already"), "{}", forced.html);
        assert_eq!(shop.order_at(&order.id.to_string()).refunded, Money::eur(3_998));
    });
}

#[test]
fn a_new_customer_is_added_once_and_a_known_one_is_found() {
    shop(|shop| {
        let bad = shop.post("/till/customers", &[("name", "Hugo Cano"), ("phone", "12")]);
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.has("value=\"Hugo Cano\"") && bad.has("There is no such telephone"), "{}", bad.html);
        let first = shop.post("/till/customers", &[("name", "Hugo Cano"), ("phone", "612 34 56 78")]).location();
        assert_eq!(shop.post("/till/customers", &[("phone", "+34612345678")]).location(), first);
        assert_eq!(shop.post(&format!("{first}/identifiers"), &[("identifier", "hc-900100")]).location(), first);
        assert_eq!(shop.get("/till/find?q=HC900100").location(), first);
        assert!(shop.get(&first).has("They have not allowed us to learn"));
        // Somebody else's card stays theirs.
        shop.post(&format!("{first}/identifiers"), &[("identifier", "CARD7788")]);
        assert_eq!(shop.get("/till/find?q=CARD7788").location(), format!("/till/customers/{}", shop.person));
    });
}

#[test]
fn a_link_is_shown_for_a_known_customer_and_paid_elsewhere() {
    shop(|shop| {
        shop.add(shop.tee, 1, "take_now");
        assert!(!shop.get("/till/pay").has("value=\"link\""));
        shop.post(&format!("/till/customers/{}/cart", shop.person), &[]);
        let pay = shop.get("/till/pay");
        assert!(pay.has("value=\"link\""), "{}", pay.html);
        let there = shop.post("/till/pay", &[("by", "link"), ("seal", &pay.field("seal"))]).location();
        let page = shop.get(&there);
        assert!(page.has("Scan to pay €19.99") && page.has("class=\"qr\"") && page.has("http://localhost/pay/"), "{}", page.html);
        assert_eq!(shop.order_at(&there).state, OrderState::Placed);
        assert_eq!(shop.on_hand(shop.tee, shop.madrid), (3, 2));
    });
}

#[test]
fn who_may_not_sell_is_told_so_and_nobody_comes_in_unsigned() {
    shop(|shop| {
        shop.sign_in("sara@ria.test", Role::Merchandiser, Some("MAD"));
        assert_eq!(shop.add(shop.tee, 1, "take_now").status, StatusCode::FORBIDDEN);
        assert_eq!(shop.post("/till/pickups/code", &[("code", "ABCDEF")]).status, StatusCode::FORBIDDEN);
        shop.sign_in("ines@ria.test", Role::Agent, None);
        assert_eq!(shop.get("/till/cart").location(), "/till/shop?next=%2Ftill%2Fcart");
        let chosen = shop.post("/till/shop", &[("shop", &shop.valencia.to_string()), ("next", "/till/cart")]);
        assert_eq!(chosen.location(), "/till/cart");
        shop.jar.borrow_mut().remove("hilo_staff");
        assert!(shop.get("/till").location().starts_with("/sign-in"));
    });
}

#[test]
fn every_page_is_said_in_both_languages() {
    shop(|shop| {
        let order =
            shop.bought("web", vec![BasketLine { variant: shop.tee, quantity: Quantity(1), way: Way::Collect { location: shop.madrid } }]);
        shop.add(shop.tee, 1, "take_now");
        let pages = [
            "/till".to_owned(),
            "/till/shop".to_owned(),
            "/till/find?q=a".to_owned(),
            "/till/products/tee".to_owned(),
            "/till/cart".to_owned(),
            "/till/cart/address".to_owned(),
            "/till/pay".to_owned(),
            "/till/customers".to_owned(),
            format!("/till/customers/{}", shop.person),
            "/till/pickups".to_owned(),
            format!("/till/pickups/{}", order.fulfilments[0].id),
            "/till/returns".to_owned(),
            format!("/till/orders/{}", order.id),
            format!("/till/orders/{}/return", order.id),
            format!("/till/orders/{}/receipt", order.id),
            "/till/stock?q=TEE-M".to_owned(),
        ];
        for language in ["es", "en"] {
            shop.jar.borrow_mut().insert("hilo_lang".into(), language.into());
            for path in &pages {
                let page = shop.get(path);
                assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
                let raw =
                    page.html.split('>').skip(1).filter_map(|rest| rest.split('<').next()).find(|text| text.trim().starts_with("till-"));
                assert_eq!(raw, None, "{path} in {language}");
            }
        }
    });
}

#[test]
fn a_coupon_shown_at_the_till_takes_its_part_off() {
    shop(|shop| {
        write(shop.world, |tx| {
            let (name, off) = (catalogue::Localised::new("Diez menos", "Ten off"), pricing::Offer::Amount { off: Money::eur(1000) });
            let ten = pricing::Promotion::new("hola", name, pricing::Target::Everything, off);
            pricing::create_promotion(tx, &Actor::system(), pricing::Promotion { needs_coupon: true, ..ten }).unwrap();
            pricing::add_coupons(tx, &Actor::system(), "hola", &["HOLA10".to_owned()], 1).unwrap();
        });
        shop.add(shop.tee, 2, "take_now");
        let coupon = |code: &str| shop.post_as("/till/cart/coupon", &[("coupon", code), ("back", "/till/cart")], true);
        let wrong = coupon("nada");
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.has("There is no such coupon") && wrong.has("€39.98"));
        let right = coupon("hola10");
        assert!(right.status == StatusCode::OK && right.has("€29.98") && right.has("HOLA10") && right.has("Ten off"), "{}", right.html);
        assert!(shop.get("/till/pay").has("€29.98"));
        let out = shop.post("/till/cart/coupon", &[("remove", "yes"), ("back", "/till/cart")]);
        assert_eq!(out.location(), "/till/cart");
        let without = shop.get("/till/cart");
        assert!(without.has("€39.98") && !without.has("HOLA10"));
    });
}
