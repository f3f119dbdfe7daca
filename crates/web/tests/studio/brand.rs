//! One brand with a studio: an administrator, an agent, two shops and a shirt.

use access::{CreateStaff, PasswordHash};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::{Localised, NewProduct, NewVariant, Product, Status};
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point};
use kernel::testing::{World, on_sqlite};
use kernel::{Actor, Currency, Fault, Locale, Quantity, ReadTx, Role, StaffId, Tx};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use web::{App, AppParts, Brand, Hub, Pictures, Shell, Simulators, site};

const VISIT: &str = "hilo_visit=0123456789abcdefghijkl; hilo_lang=en";
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
    channels::MIGRATIONS,
];

struct NoPictures;
impl Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<(&'static str, axum::body::Bytes)> {
        None
    }
}

/// What a request was answered with.
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Answered {
    pub fn location(&self) -> &str {
        self.headers.get("location").unwrap_or_else(|| panic!("{}: {}", self.status, self.html)).to_str().unwrap()
    }
    pub fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
    /// The value of the first field by this name.
    pub fn field(&self, name: &str) -> String {
        let (_, after) =
            self.html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        after.split_once('"').unwrap().0.to_owned()
    }
}

/// The brand, and who is signed in.
pub struct Studio<'w> {
    pub world: &'w World,
    site: Router,
    runtime: tokio::runtime::Runtime,
    pub admin: StaffId,
    cookie: String,
    agent: String,
    pub madrid: LocationId,
    pub vigo: LocationId,
    pub shirt: Product,
}

/// Run a test in a new brand.
pub fn studio(test: impl Fn(&Studio<'_>)) {
    with_far_ends(Simulators::default(), test);
}

/// Run a test in a new brand with simulated far ends.
pub fn with_far_ends(simulators: Simulators, test: impl Fn(&Studio<'_>)) {
    on_sqlite(ROOMS, |world| {
        let (admin, cookie) = person(world, "ada@brand.test", "Ada Admin", Role::Administrator);
        let (_, agent) = person(world, "ana@brand.test", "Ana Agent", Role::Agent);
        let (madrid, vigo) = (place(world, "MAD", "Madrid"), place(world, "VGO", "Vigo"));
        let shirt = write(world, |tx| {
            let variant = |size: &str| NewVariant { option_values: vec![size.into()], ..NewVariant::default() };
            let mut new = NewProduct::titled(Localised::new("Camisa Faena", "Faena Shirt"));
            (new.status, new.options) = (Status::Active, vec!["Talla".into()]);
            new.variants = vec![variant("S"), variant("M")];
            catalogue::create_product(tx, &Actor::system(), new).unwrap()
        });
        let search = Arc::new(catalogue::search::SearchIndex::in_memory().unwrap());
        let brand = Brand {
            name: "Almadeja".into(),
            slogan: [String::new(), String::new()],
            currency: Currency::EUR,
            zone: "Europe/Madrid".into(),
            public_url: "https://almadeja.test".into(),
        };
        let app = App::new(AppParts {
            db: world.db().clone(),
            hub: Hub::new(),
            search,
            brand,
            pictures: Arc::new(NoPictures),
            carrier: channels::Carrier::new(channels::http_client()),
            secure: false,
            simulators: simulators.clone(),
        });
        let shell = Shell { brand: "Almadeja".into(), secret: [7; 32], secure: false, clock: world.db().clock().clone() };
        let studio = Studio {
            world,
            site: site(app, shell),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            admin,
            cookie,
            agent,
            madrid,
            vigo,
            shirt,
        };
        test(&studio);
    });
}

pub fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.clock().advance(Duration::from_millis(2));
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().unwrap()
}

fn person(world: &World, email: &'static str, name: &'static str, role: Role) -> (StaffId, String) {
    let (id, secret) = write(world, move |tx| {
        let password = PasswordHash::of_nobody();
        let staff = CreateStaff { email: email.into(), name: name.into(), password, roles: vec![role], location: None, locale: Locale::En };
        let id = access::create_staff(tx, &Actor::system(), staff).unwrap();
        (id, access::open_session(tx, id, email).unwrap())
    });
    (id, format!("hilo_staff={}", secret.reveal()))
}

fn place(world: &World, code: &'static str, name: &'static str) -> LocationId {
    write(world, move |tx| {
        let details = LocationDetails {
            code: code.into(),
            name: name.into(),
            kind: LocationKind::Shop,
            address: String::new(),
            postcode: String::new(),
            city: name.into(),
            province: String::new(),
            country: "ES".into(),
            point: Point { latitude: 40.0, longitude: -3.0 },
            time_zone: "Europe/Madrid".into(),
            tax_zone: String::new(),
            hours: Hours::default(),
            phone: String::new(),
            email: String::new(),
            collects: true,
            ships: true,
            safety_stock: Quantity(0),
            is_active: true,
        };
        inventory::create_location(tx, &Actor::system(), details).unwrap()
    })
}

impl Studio<'_> {
    pub fn read<T: Send + 'static>(&self, f: impl Fn(&ReadTx<'_>) -> T + Send + 'static) -> T {
        self.world.db().read(move |tx| Ok::<T, Fault>(f(tx))).wait().unwrap()
    }
    /// On hand and free of the shirt's first size in a place.
    pub fn stock(&self, place: LocationId) -> (i64, i64) {
        let variant = self.shirt.variants[0].id;
        let level = self.read(move |tx| inventory::level(tx, variant, place).unwrap());
        (level.on_hand.0, level.available().0)
    }
    fn ask(&self, who: &str, request: axum::http::request::Builder, body: Body) -> Answered {
        self.world.clock().advance(Duration::from_millis(2));
        let request = request.header("cookie", format!("{VISIT}; {who}")).body(body).unwrap();
        self.runtime.block_on(async {
            let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
            let html = String::from_utf8_lossy(&to_bytes(body, 4 << 20).await.unwrap()).into_owned();
            Answered { status: parts.status, headers: parts.headers, html }
        })
    }
    pub fn get(&self, path: &str) -> Answered {
        self.ask(&self.cookie, Request::get(path), Body::empty())
    }
    /// What a page's scripts ask for: a piece of it.
    pub fn part(&self, path: &str) -> Answered {
        self.ask(&self.cookie, Request::get(path).header("hx-request", "true"), Body::empty())
    }
    pub fn agent_gets(&self, path: &str) -> Answered {
        self.ask(&self.agent, Request::get(path), Body::empty())
    }
    fn send(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let csrf = self.ask(who, Request::get("/studio"), Body::empty()).field("csrf");
        let mut body = form_urlencoded::Serializer::new(format!("csrf={csrf}"));
        let body = body.extend_pairs(fields).finish();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.ask(who, request, Body::from(body))
    }
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send(&self.cookie, path, fields)
    }
    pub fn agent_posts(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send(&self.agent, path, fields)
    }
    /// A form that was accepted, and the page it leads to, with what it says once.
    pub fn done(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let answer = self.post(path, fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
        let flash = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let flash: Vec<_> = flash.filter_map(|value| value.split(';').next()).collect();
        self.ask(&format!("{}; {}", self.cookie, flash.join("; ")), Request::get(answer.location()), Body::empty())
    }
    /// As a browser asks that has a version of it.
    pub fn get_knowing(&self, path: &str, tag: &str) -> Answered {
        self.ask(&self.cookie, Request::get(path).header("if-none-match", tag), Body::empty())
    }
    /// A form with files of any kind.
    pub fn upload_bytes(&self, path: &str, files: &[(&str, &[u8])]) -> Answered {
        let csrf = self.get("/studio").field("csrf");
        let mut body = format!("--cut\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n").into_bytes();
        for (name, bytes) in files {
            let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(b"--cut--\r\n");
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=cut");
        self.ask(&self.cookie, request, Body::from(body))
    }
    /// A file and fields as a browser sends them.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], file: &str) -> Answered {
        let csrf = self.get("/studio").field("csrf");
        let mut body = String::new();
        for (name, value) in std::iter::once(("csrf", csrf.as_str())).chain(fields.iter().copied()) {
            body.push_str(&format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }
        let head = "Content-Disposition: form-data; name=\"file\"; filename=\"products.csv\"\r\nContent-Type: text/csv";
        body.push_str(&format!("--cut\r\n{head}\r\n\r\n{file}\r\n--cut--\r\n"));
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=cut");
        self.ask(&self.cookie, request, Body::from(body))
    }
}
