//! A signed-in agent, a merchandiser, a WhatsApp number and a mailbox; real forms, both with and without htmx.

use access::{CreateStaff, PasswordHash};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use conversations::{Account, Address, InboundMessage, MatterId, Part, Receive, SaveAccount, Sender, Settings};
use customers::{Identifier, IdentifierKind, PersonId, Recognise};
use kernel::testing::{World, on_sqlite};
use kernel::{Actor, Channel, Currency, Fault, Locale, ProfileId, Role, Tx};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use web::{App, AppParts, Brand, Hub, Pictures, Shell, Simulators, site};

pub const VISIT: &str = "hilo_visit=0123456789abcdefghijkl; hilo_lang=en";

pub struct NoPictures;
impl Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<(&'static str, axum::body::Bytes)> {
        None
    }
}

/// One desk with an agent, a merchandiser, a WhatsApp number and a mailbox.
pub struct Desk<'w> {
    pub world: &'w World,
    pub site: Router,
    pub agent: String,
    pub merchandiser: String,
    pub whatsapp: Account,
    pub email: Account,
}

pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
    pub fn location(&self) -> &str {
        self.header("location")
    }
    pub fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
    /// The value of the first hidden field by this name.
    pub fn field(&self, name: &str) -> String {
        let (_, after) =
            self.html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        after.split_once('"').unwrap().0.to_owned()
    }
}

pub fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.clock().advance(Duration::from_millis(2));
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().unwrap()
}

pub fn session(world: &World, email: &'static str, name: &'static str, role: Role) -> String {
    let secret = write(world, move |tx| {
        let password = PasswordHash::of_nobody();
        let staff = CreateStaff { email: email.into(), name: name.into(), password, roles: vec![role], location: None, locale: Locale::En };
        let id = access::create_staff(tx, &Actor::system(), staff).unwrap();
        access::open_session(tx, id, email).unwrap()
    });
    format!("hilo_staff={}", secret.reveal())
}

pub fn account(world: &World, channel: Channel, address: &'static str, window_hours: Option<u32>) -> Account {
    write(world, move |tx| {
        let cmd = SaveAccount {
            channel,
            name: channel.as_str().into(),
            address: address.into(),
            window_hours,
            settings: Settings("{}".into()),
            active: true,
        };
        let id = conversations::save_account(tx, &Actor::system(), cmd).unwrap();
        conversations::account(tx, id).unwrap().unwrap()
    })
}

impl<'w> Desk<'w> {
    pub fn open(world: &'w World) -> Self {
        let parts = AppParts {
            db: world.db().clone(),
            hub: Hub::new(),
            search: Arc::new(catalogue::search::SearchIndex::in_memory().unwrap()),
            brand: Brand {
                name: "Ría".into(),
                slogan: Default::default(),
                currency: "EUR".parse::<Currency>().unwrap(),
                zone: "Europe/Madrid".into(),
                public_url: "http://localhost".into(),
            },
            pictures: Arc::new(NoPictures),
            carrier: channels::Carrier::new(channels::http_client()),
            secure: false,
            simulators: Simulators::default(),
        };
        let shell = Shell { brand: "Ría".into(), secret: [7; 32], secure: false, clock: Arc::new(world.clock().clone()) };
        Desk {
            world,
            site: site(App::new(parts), shell),
            agent: session(world, "lucia@ria.test", "Lucía Romero", Role::Agent),
            merchandiser: session(world, "sara@ria.test", "Sara Gil", Role::Merchandiser),
            whatsapp: account(world, Channel::Whatsapp, "34600000000", Some(1)),
            email: account(world, Channel::Email, "hola@ria.test", None),
        }
    }

    pub fn ask(&self, request: Request<Body>) -> Answered {
        let site = self.site.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let (parts, body) = site.oneshot(request).await.unwrap().into_parts();
            let html = String::from_utf8_lossy(&to_bytes(body, 4 << 20).await.unwrap()).into_owned();
            Answered { status: parts.status, headers: parts.headers, html }
        })
    }
    pub fn get_as(&self, cookie: &str, path: &str) -> Answered {
        self.ask(Request::get(path).header("cookie", format!("{VISIT}; {cookie}")).body(Body::empty()).unwrap())
    }
    pub fn get(&self, path: &str) -> Answered {
        self.get_as(&self.agent, path)
    }
    pub fn post(&self, path: &str, fields: &[(&str, &str)], partial: bool) -> Answered {
        let csrf = self.get("/desk").field("csrf");
        self.world.clock().advance(Duration::from_millis(2));
        let pairs = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let mut request = Request::post(path)
            .header("cookie", format!("{VISIT}; {}", self.agent))
            .header("content-type", "application/x-www-form-urlencoded");
        if partial {
            request = request.header("hx-request", "true").header("hx-request-type", "partial");
        }
        self.ask(request.body(Body::from(body)).unwrap())
    }

    /// Somebody writes from an address; their profile and matter.
    pub fn hears(&self, account: &Account, from: Address, name: &'static str, parts: Vec<Part>) -> (ProfileId, MatterId) {
        let (account, channel) = (account.id, account.channel);
        write(self.world, move |tx| {
            let kind = if channel == Channel::Email { IdentifierKind::Email } else { IdentifierKind::Phone };
            let identifiers = vec![Identifier::new(kind, &from.value).unwrap()];
            let who = Recognise { identifiers, name: Some(name.into()), locale: None, channel, verified: true };
            let who = customers::recognise(tx, &Actor::system(), who).unwrap();
            let person = customers::profiles_of(tx, who.person).unwrap();
            let sender = Sender { address: from.clone(), display_name: Some(name.into()), reply_to: None };
            let key = format!("in-{}", tx.random_u64());
            let message = InboundMessage::new(key, sender, Address::email("hola@ria.test"), tx.now(), parts.clone());
            let received =
                conversations::receive(tx, &Receive { account, channel, profile: who.profile, person, message, settles: None }).unwrap();
            (who.profile, received.matter)
        })
    }
    pub fn hears_text(&self, account: &Account, from: Address, name: &'static str, text: &str) -> (ProfileId, MatterId) {
        self.hears(account, from, name, vec![Part::Text { text: text.into(), fresh: None }])
    }
    pub fn ana_writes(&self) -> (ProfileId, MatterId) {
        self.hears_text(&self.whatsapp, Address::phone("+34611223344"), "Ana Prieto", "Where is my order?")
    }
    pub fn by_whatsapp(&self) -> String {
        format!("{}|+34611223344", self.whatsapp.id)
    }
    pub fn said(&self, matter: MatterId) -> Vec<conversations::Message> {
        self.world.db().read(move |tx| conversations::messages_of(tx, matter, 100)).wait().unwrap()
    }
    pub fn matter(&self, id: MatterId) -> conversations::Matter {
        self.world.db().read(move |tx| conversations::matter(tx, id)).wait().unwrap().unwrap()
    }
    pub fn scheduled(&self, id: MatterId) -> conversations::ScheduledId {
        let profile = self.matter(id).profile;
        self.world.db().read(move |tx| conversations::scheduled_for(tx, &[profile])).wait().unwrap()[0].id
    }
    pub fn person(&self, profile: ProfileId) -> PersonId {
        self.world.db().read(move |tx| customers::person_of(tx, profile)).wait().unwrap().unwrap()
    }
}

pub fn at_the_desk(test: impl Fn(&Desk<'_>)) {
    let rooms = [
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
    on_sqlite(&rooms, |world| test(&Desk::open(world)));
}
