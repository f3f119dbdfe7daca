//! Long because: one brand is furnished in one place, with the far end of each of its channels.
//! A small brand: three shops, a warehouse, two products, staff, a mailbox, a WhatsApp number. The whole site listens on a port of
//! its own, with its data in a folder that goes away.

use super::{Browser, text};
use access::{CreateApiKey, CreateStaff, Password, PasswordHash};
use axum::Router;
use catalogue::{Localised, NewMedia, NewProduct, NewVariant, Status};
use channels::runtime::{StoredSettings, channel_account};
use channels::simulators::{CustomerMail, FarEnd, MemoryMail, TwilioSimulator, WhatsappSimulator, XSimulator};
use conversations::{SaveAccount, Settings};
use hilo::config::{Config, Overrides, load};
use hilo::wiring::{self, Setting, Site};
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point, Receive};
use kernel::{Actor, Channel, Currency, Db, Fault, Locale, Money, Permission, Quantity, Role, Timestamp, Tx};
use pricing::{NewPriceList, PriceEntry, TaxRegion};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Everybody's.
pub const STAFF_PASSWORD: &str = "hilo y aguja 2026";
/// How long anything that happens by itself may take.
const PATIENCE: Duration = Duration::from_secs(10);
const SYSTEM: Actor = Actor::system();
/// A place: code, name, postcode, where it is.
const SHOPS: [(&str, &str, &str, (f64, f64)); 3] = [
    ("MAD", "Madrid Fuencarral", "28004", (40.4262, -3.7013)),
    ("SVQ", "Sevilla Sierpes", "41004", (37.3914, -5.9945)),
    ("BIO", "Bilbao Casco Viejo", "48005", (43.2590, -2.9239)),
];
/// The barcodes of the shirts and of the cap, in the order of [`STOCK`].
const BARCODES: [&str; 5] = ["8400000000017", "8400000000024", "8400000000031", "8400000000048", "8400000000055"];
/// What lies where: SKU, then Madrid, Sevilla, Bilbao, warehouse.
const STOCK: [(&str, [i64; 4]); 5] = [
    ("CAM-BLA-S", [1, 0, 0, 4]),
    ("CAM-BLA-M", [2, 3, 0, 5]),
    ("CAM-AZU-S", [0, 0, 0, 0]),
    ("CAM-AZU-M", [0, 1, 0, 2]),
    ("GOR", [9, 9, 9, 20]),
];

/// The running brand.
pub struct Brand {
    /// Its address.
    pub base: String,
    /// Meta's side, with the customers' phones.
    pub whatsapp: WhatsappSimulator,
    /// X's side.
    pub x: XSimulator,
    /// Twilio's side of the telephone.
    pub telephone: TwilioSimulator,
    /// Twilio's side of text messages.
    pub texts: TwilioSimulator,
    /// The mailbox.
    pub mail: Arc<MemoryMail>,
    /// Its database: only for what stands outside (the gateway's own side), and to wait for its log.
    pub db: Db,
    key: String,
    http: reqwest::Client,
    places: BTreeMap<&'static str, LocationId>,
    variants: BTreeMap<String, String>,
    server: tokio::task::JoinHandle<()>,
    site: Site,
    _folder: tempfile::TempDir,
}

impl Drop for Brand {
    fn drop(&mut self) {
        self.server.abort();
    }
}

struct NoPictures;
impl web::Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<(&'static str, axum::body::Bytes)> {
        None
    }
}

impl Brand {
    /// Make it and open its doors.
    pub async fn open() -> Self {
        Brand::open_by(Arc::new(kernel::SystemClock)).await
    }

    /// As [`Brand::open`], by another clock: days pass when the test says so.
    pub async fn open_by(clock: Arc<dyn kernel::Clock>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let config = load(&Overrides { listen: Some(address), data: Some(folder.path().into()), ..Overrides::default() });
        let config: Config = config.expect("a configuration");
        let db = wiring::open_with(&config, clock).expect("a database");
        let base = format!("http://{address}");
        let graph = format!("{base}/simulators/whatsapp");
        let password = Password::new(STAFF_PASSWORD).and_then(|password| password.hash()).expect("a password");
        let made = write(&db, move |tx| furnish(tx, &graph, &password)).await;
        let whatsapp = {
            let id = made.whatsapp;
            let account = db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there");
            let view = channel_account(&account).expect("understood");
            WhatsappSimulator::new(&view, format!("{base}/channels/{id}"), db.clock().clone()).expect("configured")
        };
        let twilio = async |id: conversations::AccountId, door: &str| {
            let account = db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there");
            let view = channel_account(&account).expect("understood");
            TwilioSimulator::new(&view, format!("{base}/{door}/{id}"), db.clock().clone()).expect("configured")
        };
        let (telephone, texts) = (twilio(made.telephone, "calls").await, twilio(made.texts, "channels").await);
        let mail = Arc::new(MemoryMail::beginning(db.clock().now()));
        let x = {
            let id = made.x;
            let account = db.read(move |tx| conversations::account(tx, id)).await.expect("read").expect("there");
            let view = channel_account(&account).expect("understood");
            XSimulator::new(&view, format!("{base}/channels/{id}"), db.clock().clone()).expect("configured")
        };
        let far_ends: Vec<Arc<dyn FarEnd>> = vec![Arc::new(whatsapp.clone()), Arc::new(x.clone())];
        let simulators = web::Simulators { telephone: Some(telephone.clone()), mail: Some(mail.clone()), push: None, far_ends };
        let beside = Router::new().nest("/simulators/whatsapp", whatsapp.router()).nest("/simulators/x", x.router());
        let beside = beside.nest("/simulators/telephone", telephone.router()).nest("/simulators/texts", texts.router());
        let setting = Setting { pictures: Arc::new(NoPictures), simulators, beside };
        let site = Site::start(&config, db.clone(), setting).await.expect("a site");
        let router = site.router.clone();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("served") });
        let http = channels::http_client();
        let (places, variants, key) = (made.places, made.variants, made.key);
        Brand { base, whatsapp, x, telephone, texts, mail, db, key, http, places, variants, server, site, _folder: folder }
    }

    /// Somebody's new browser.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.base)
    }
    /// The running site.
    pub fn site(&self) -> &Site {
        &self.site
    }
    /// The id of a place by its code.
    pub fn place(&self, code: &str) -> String {
        self.places[code].to_string()
    }
    /// The id of a variant by its SKU.
    pub fn variant(&self, sku: &str) -> String {
        self.variants[sku].clone()
    }

    /// A request of the API, with the key of a program that may do everything.
    pub fn call(&self, method: &str, path: &str) -> Call {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        Call(self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key))
    }
    /// What a GET answers.
    pub async fn get(&self, path: &str) -> Value {
        self.call("GET", path).done().await
    }
    /// What a POST answers.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.call("POST", path).json(&body).done().await
    }
    /// What a PUT answers.
    pub async fn put(&self, path: &str, body: Value) -> Value {
        self.call("PUT", path).json(&body).done().await
    }

    /// Look again whenever something has been committed, until there is what was looked for.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let (started, mut signal) = (Instant::now(), self.db.log_signal());
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "still waiting for {what}");
            // What is not on the log (the search index) is looked for again after a moment.
            let _ = tokio::time::timeout(Duration::from_millis(50), signal.changed()).await;
        }
    }

    /// A customer writes by e-mail.
    pub fn writes_mail(&self, from: &str, subject: &str, words: &str) {
        let at = self.db.clock().now();
        let message_id = format!("{}@cliente.test", at.as_micros());
        let (from, subject, text) = (from.to_owned(), subject.to_owned(), words.to_owned());
        let mail = CustomerMail { from, to: "hola@marca.test".into(), subject, text, message_id, in_reply_to: None, at };
        self.mail.writes(&mail).expect("well-formed");
    }

    /// A customer writes by WhatsApp, and Meta brings it.
    pub async fn writes_whatsapp(&self, phone: &str, name: &str, words: &str) {
        self.whatsapp.writes(phone, name, words);
        self.whatsapp.deliver().await;
    }

    /// Somebody names the brand on X, in public, and X brings it.
    pub async fn mentions_on_x(&self, number: &str, handle: &str, words: &str) {
        self.x.mentions(number, handle, words);
        assert_eq!(self.x.deliver().await.refused, 0);
    }

    /// The one person whom a text finds.
    pub async fn person(&self, asked: &str) -> String {
        let path = format!("/v1/customers?text={}", encoded(asked));
        let found = self.until(asked, async || Some(self.get(&path).await).filter(|found| found["items"][0]["id"].is_string())).await;
        assert_eq!(super::items(&found).len(), 1, "{asked} is one person: {found}");
        text(&found["items"][0]["id"])
    }

    /// The timeline of a person, oldest first.
    pub async fn timeline(&self, person: &str) -> Vec<Value> {
        let list = self.get(&format!("/v1/customers/{person}/timeline?limit=100")).await;
        super::items(&list).iter().rev().cloned().collect()
    }

    /// Available to promise of a SKU, by place code.
    pub async fn available(&self, sku: &str) -> BTreeMap<String, i64> {
        let stock = self.get(&format!("/v1/variants/{}/stock", self.variant(sku))).await;
        let code = |id: &str| self.places.iter().find(|(_, known)| known.to_string() == id).map(|(code, _)| (*code).to_owned());
        let level = |level: &Value| Some((code(level["location"].as_str()?)?, level["available"].as_i64()?));
        super::items(&stock).iter().filter_map(level).collect()
    }

    /// Sign a customer's browser in by the code that is sent to their address.
    pub async fn customer_signs_in(&self, browser: &mut Browser, email: &str) {
        let before = self.mail.sent().len();
        let asked = browser.open("/account/sign-in").await;
        let sent = browser.send(&asked, "/account/sign-in", &[("contact", email)]).await;
        let code = self.until("the code", async || self.mail.sent().iter().skip(before).find_map(|mail| six_digits(&mail.raw))).await;
        let inside = browser.send(&sent, "/account/confirm", &[("code", &code)]).await;
        assert_eq!((inside.status, inside.path.as_str()), (200, "/account"), "{}", inside.html);
    }
}

/// The first six digits that stand alone, and not in an order's number.
fn six_digits(raw: &[u8]) -> Option<String> {
    let mail = String::from_utf8_lossy(raw).into_owned();
    let body = mail.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned();
    body.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
}

/// A text within an address.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A request of the API.
pub struct Call(reqwest::RequestBuilder);

impl Call {
    /// With a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        Call(self.0.header(name, value))
    }
    /// With a body.
    pub fn json(self, body: &Value) -> Self {
        Call(self.0.json(body))
    }
    /// Status and body.
    pub async fn answer(self) -> (u16, Value) {
        let answer = self.0.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let body = answer.text().await.expect("a body");
        (status, serde_json::from_str(&body).unwrap_or_default())
    }
    /// What it answers when it is done.
    pub async fn done(self) -> Value {
        let (status, body) = self.answer().await;
        assert!((200..300).contains(&status), "{status}: {body}");
        body
    }
    /// Status and code of a refusal.
    pub async fn refused(self) -> (u16, String) {
        let (status, body) = self.answer().await;
        assert!(status >= 400, "{status}: {body}");
        (status, text(&body["code"]))
    }
}

async fn write<T: Send + Unpin + 'static>(db: &Db, make: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    db.write("furnish", move |tx| Ok::<_, Fault>(make(tx))).await.expect("furnished")
}

struct Furnished {
    places: BTreeMap<&'static str, LocationId>,
    variants: BTreeMap<String, String>,
    whatsapp: conversations::AccountId,
    x: conversations::AccountId,
    telephone: conversations::AccountId,
    texts: conversations::AccountId,
    key: String,
}

fn furnish(tx: &mut Tx<'_>, graph: &str, password: &PasswordHash) -> Furnished {
    let shops = SHOPS.map(|(code, name, postcode, at)| (code, place(tx, (code, name, postcode), LocationKind::Shop, at)));
    let warehouse = place(tx, ("ALM", "Almacén de Getafe", "28901"), LocationKind::Warehouse, (40.3083, -3.7327));
    let places: BTreeMap<_, _> = shops.into_iter().chain([("ALM", warehouse)]).collect();
    let general = (TaxRegion::Spain, catalogue::TaxCategory::Standard);
    pricing::set_tax_rate(tx, &SYSTEM, general, 2100, Timestamp::from_micros(0)).expect("a rate");
    let variants = products(tx, &places);
    staff(tx, password);
    let (whatsapp, x) = accounts(tx, graph);
    let telephone = twilio(tx, Channel::Phone, &graph.replace("/whatsapp", "/telephone"));
    let texts = twilio(tx, Channel::Sms, &graph.replace("/whatsapp", "/texts"));
    let cmd = CreateApiKey { name: "acceptance".into(), permissions: Permission::ALL.to_vec() };
    let key = access::create_api_key(tx, &SYSTEM, cmd).expect("a key").secret.reveal().to_owned();
    Furnished { places, variants, whatsapp, x, telephone, texts, key }
}

fn place(tx: &mut Tx<'_>, (code, name, postcode): (&str, &str, &str), kind: LocationKind, at: (f64, f64)) -> LocationId {
    let always: Hours = serde_json::from_value(serde_json::json!({ "week": {} })).expect("hours");
    let details = LocationDetails {
        code: code.into(),
        name: name.into(),
        kind,
        address: "Calle Mayor, 1".into(),
        postcode: postcode.into(),
        city: name.split(' ').next().unwrap_or_default().into(),
        province: String::new(),
        country: "ES".into(),
        point: Point { latitude: at.0, longitude: at.1 },
        time_zone: "Europe/Madrid".into(),
        tax_zone: "peninsula".into(),
        hours: always,
        phone: String::new(),
        email: String::new(),
        collects: kind == LocationKind::Shop,
        ships: kind == LocationKind::Warehouse,
        safety_stock: Quantity(0),
        is_active: true,
    };
    inventory::create_location(tx, &SYSTEM, details).expect("a place")
}

fn products(tx: &mut Tx<'_>, places: &BTreeMap<&'static str, LocationId>) -> BTreeMap<String, String> {
    let list = pricing::create_price_list(tx, &SYSTEM, NewPriceList::base("base", Currency::EUR)).expect("a list").id;
    let shirts = [("CAM-BLA-S", BARCODES[0]), ("CAM-BLA-M", BARCODES[1]), ("CAM-AZU-S", BARCODES[2]), ("CAM-AZU-M", BARCODES[3])];
    let shirts = shirts.map(|(sku, barcode)| {
        let colour = if sku.contains("BLA") { "Blanco" } else { "Azul" };
        let size = sku.rsplit('-').next().unwrap_or_default();
        let barcode = Some(barcode.to_owned());
        NewVariant { sku: sku.into(), barcode, option_values: vec![colour.into(), size.into()], ..NewVariant::default() }
    });
    let shirt = NewProduct {
        handle: Some("camisa-lino".into()),
        status: Status::Active,
        category: "Camisas".into(),
        options: vec!["Color".into(), "Talla".into()],
        variants: shirts.to_vec(),
        media: vec![NewMedia { source: "picture:shirt/blanco".into(), alt: Localised::default() }],
        ..NewProduct::titled(Localised::new("Camisa de lino", "Linen shirt"))
    };
    let cap = NewProduct {
        handle: Some("gorra".into()),
        status: Status::Active,
        category: "Complementos".into(),
        variants: vec![NewVariant { sku: "GOR".into(), barcode: Some(BARCODES[4].to_owned()), ..NewVariant::default() }],
        media: vec![NewMedia { source: "picture:cap/gris".into(), alt: Localised::default() }],
        ..NewProduct::titled(Localised::new("Gorra de pana", "Corduroy cap"))
    };
    let mut known = BTreeMap::new();
    for (new, price) in [(shirt, 4990), (cap, 1990)] {
        let made = catalogue::create_product(tx, &SYSTEM, new).expect("a product");
        let entry = |variant: &catalogue::Variant| PriceEntry { variant: variant.id, price: Money::eur(price), compare_at: None };
        let entries: Vec<_> = made.variants.iter().map(entry).collect();
        pricing::set_prices(tx, &SYSTEM, list, &entries).expect("prices");
        for variant in &made.variants {
            known.insert(variant.sku.clone(), variant.id.to_string());
            let counts = STOCK.iter().find(|(sku, _)| *sku == variant.sku).map(|(_, counts)| counts).expect("a count");
            for (code, count) in ["MAD", "SVQ", "BIO", "ALM"].into_iter().zip(counts).filter(|(_, count)| **count > 0) {
                let (key, location) = (format!("{}/{code}", variant.sku), places[code]);
                let cmd = Receive { key, variant: variant.id, location, quantity: Quantity(*count) };
                inventory::receive(tx, &SYSTEM, cmd).expect("received");
            }
        }
    }
    known
}

fn staff(tx: &mut Tx<'_>, password: &PasswordHash) {
    let people = [
        ("lucia@marca.test", "Lucía Romero", Role::Agent, None, Some("Atención")),
        ("iker@marca.test", "Iker Etxeberria", Role::Agent, None, Some("Facturación")),
        ("marta@marca.test", "Marta Gil", Role::ShopManager, Some("MAD"), None),
        ("rocio@marca.test", "Rocío Vega", Role::ShopManager, Some("SVQ"), None),
        ("vera@marca.test", "Vera Prieto", Role::Administrator, None, None),
    ];
    for (email, name, role, location, team) in people {
        let location = location.map(str::to_owned);
        let cmd = CreateStaff {
            email: email.into(),
            name: name.into(),
            password: password.clone(),
            roles: vec![role],
            location,
            locale: Locale::Es,
        };
        let id = access::create_staff(tx, &SYSTEM, cmd).expect("staff");
        if let Some(team) = team {
            let team = conversations::ensure_team(tx, &SYSTEM, team).expect("a team");
            conversations::join_team(tx, &SYSTEM, team, id).expect("joined");
        }
    }
}

/// A number at Twilio: for calls, with where the agents are rung, or for text messages.
fn twilio(tx: &mut Tx<'_>, channel: Channel, api: &str) -> conversations::AccountId {
    for (staff, phone) in access::staff_list(tx, None, 10).expect("staff").iter().zip(super::AGENT_PHONES) {
        access::set_phone(tx, &SYSTEM, staff.id, phone).expect("a telephone");
    }
    let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let stored =
        StoredSettings { settings: pairs(&[("api_base", api)]), secrets: pairs(&[("account_sid", "AC1"), ("auth_token", "token")]) };
    let (name, address) = ("Almadeja".to_owned(), "+34910000002".to_owned());
    let settings = Settings(serde_json::to_string(&stored).expect("json"));
    // Texts are switched on by who wants them: codes would go there.
    let active = channel == Channel::Phone;
    let cmd = SaveAccount { channel, name, address, window_hours: None, settings, active };
    conversations::save_account(tx, &SYSTEM, cmd).expect("an account")
}

fn accounts(tx: &mut Tx<'_>, graph: &str) -> (conversations::AccountId, conversations::AccountId) {
    let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let number = StoredSettings {
        settings: pairs(&[("phone_number_id", "1001"), ("business_account_id", "3001"), ("graph_base", graph)]),
        secrets: pairs(&[("app_secret", "s3cret"), ("verify_token", "token"), ("access_token", "access")]),
    };
    let nothing = || StoredSettings { settings: BTreeMap::new(), secrets: BTreeMap::new() };
    let chat = StoredSettings { secrets: pairs(&[("visitor_key", "a key of visitors")]), ..nothing() };
    let mut save = |channel, name: &str, address: &str, window_hours, stored: StoredSettings| {
        let settings = Settings(serde_json::to_string(&stored).expect("json"));
        let cmd = SaveAccount { channel, name: name.into(), address: address.into(), window_hours, settings, active: true };
        conversations::save_account(tx, &SYSTEM, cmd).expect("an account")
    };
    save(Channel::Email, "Correo", "hola@marca.test", None, nothing());
    save(Channel::Webchat, "Chat", "web", None, chat);
    let signed = StoredSettings {
        settings: pairs(&[("api_base", &graph.replace("/whatsapp", "/x"))]),
        secrets: ["consumer_key", "consumer_secret", "access_token", "access_token_secret"].map(|name| (name.into(), name.into())).into(),
    };
    let x = save(Channel::X, "X", "@marca", None, signed);
    (save(Channel::Whatsapp, "WhatsApp", "+34910000000", Some(24), number), x)
}
