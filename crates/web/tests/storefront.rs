//! Long because: the shop told through its front door, with the scene that every story shares.
//! The shop through its front door: real forms by a browser without scripts, and the same as htmx sends them.
#![allow(clippy::unwrap_used)]

#[path = "storefront/guesses.rs"]
mod guesses;
#[path = "storefront/near.rs"]
mod near;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::import::ImportOptions;
use conversations::{SaveAccount, Settings};
use customers::Identifier;
use flows::ImportProducts;
use inventory::{Hours, LocationDetails, LocationId, LocationKind, Point};
use kernel::testing::{World, on_sqlite};
use kernel::{Actor, Channel, Currency, Fault, Quantity, Tx};
use orders::{OrderNumber, OrderState};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use web::{App, AppParts, Brand, Drawings, Hub, Shell, Simulators, site};

const VISIT: &str = "hilo_visit=0123456789abcdefghijkl; hilo_lang=en";
const GOODS: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src
camisa-marea,Camisa Marea,<p>Lino lavado</p>,Ría,camisas,material:lino,true,Color,blanco,Talla,M,CAM-BLA-M,200,2,40.00,50.00,picture:shirt/blanco
camisa-marea,,,,,,,,blanco,,L,CAM-BLA-L,200,5,40.00,,
camisa-marea,,,,,,,,azul marino,,M,CAM-AZU-M,200,0,40.00,,
gorra-sol,Gorra Sol,<p>Paja</p>,Ría,accesorios,material:paja,true,Title,Default Title,,,GOR-1,90,9,15.00,,https://cdn.example/gorra.jpg
";

struct Shop<'w> {
    world: &'w World,
    site: Router,
    place: LocationId,
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

impl Answered {
    fn location(&self) -> String {
        self.headers["location"].to_str().unwrap().to_owned()
    }
    fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
    fn field(&self, name: &str) -> String {
        let (_, after) =
            self.html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        after.split_once('"').unwrap().0.to_owned()
    }
    fn cookie(&self, name: &str) -> Option<String> {
        let mut set = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        set.find_map(|line| line.strip_prefix(name)?.strip_prefix('=')?.split(';').next().map(str::to_owned))
    }
}

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.clock().advance(Duration::from_millis(2));
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().unwrap()
}

fn a_shop() -> LocationDetails {
    LocationDetails {
        code: "MAD".into(),
        name: "Ría Madrid".into(),
        kind: LocationKind::Shop,
        address: "Calle Mayor 1".into(),
        postcode: "28013".into(),
        city: "Madrid".into(),
        province: "Madrid".into(),
        country: "ES".into(),
        point: Point::new(40.4, -3.7).unwrap(),
        time_zone: "Europe/Madrid".into(),
        tax_zone: String::new(),
        hours: serde_json::from_str::<Hours>(
            r#"{"week": {"mon": ["10:00-20:00"], "tue": ["10:00-20:00"], "wed": ["10:00-20:00"], "thu": ["10:00-20:00"], "fri": ["10:00-20:00"]}}"#,
        )
        .unwrap(),
        phone: String::new(),
        email: String::new(),
        collects: true,
        ships: true,
        safety_stock: Quantity(0),
        is_active: true,
    }
}

fn in_the_shop(test: impl Fn(&Shop<'_>)) {
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
    on_sqlite(&rooms, |world| {
        let place = write(world, |tx| inventory::create_location(tx, &Actor::system(), a_shop()).unwrap());
        write(world, move |tx| {
            let file = GOODS.as_bytes().to_vec();
            let goods = ImportProducts { file, options: ImportOptions::default(), price_list: "base".into(), opening_stock: Some(place) };
            flows::import_products(tx, &Actor::system(), &goods).unwrap();
        });
        let search = Arc::new(catalogue::search::SearchIndex::in_memory().unwrap().with_shelves(Arc::new(inventory::StockShelves)));
        catalogue::search::rebuild(&search, world.db()).unwrap();
        let parts = AppParts {
            db: world.db().clone(),
            hub: Hub::new(),
            search,
            brand: Brand {
                name: "Ría".into(),
                slogan: Default::default(),
                currency: Currency::EUR,
                zone: "Europe/Madrid".into(),
                public_url: "http://localhost".into(),
            },
            pictures: Arc::new(Drawings::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")).unwrap()),
            carrier: channels::Carrier::new(channels::http_client()),
            secure: false,
            simulators: Simulators::default(),
        };
        let shell = Shell { brand: "Ría".into(), secret: [7; 32], secure: false, clock: Arc::new(world.clock().clone()) };
        test(&Shop { world, site: site(App::new(parts), shell), place });
    });
}

impl Shop<'_> {
    fn ask(&self, request: Request<Body>) -> Answered {
        let site = self.site.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let (parts, body) = site.oneshot(request).await.unwrap().into_parts();
            let html = String::from_utf8_lossy(&to_bytes(body, 4 << 20).await.unwrap()).into_owned();
            Answered { status: parts.status, headers: parts.headers, html }
        })
    }
    fn get_as(&self, cookie: &str, path: &str) -> Answered {
        self.ask(Request::get(path).header("cookie", format!("{VISIT}; {cookie}")).body(Body::empty()).unwrap())
    }
    fn get(&self, path: &str) -> Answered {
        self.get_as("", path)
    }
    fn post_as(&self, cookie: &str, path: &str, fields: &[(&str, &str)], partial: bool) -> Answered {
        let csrf =
            self.get_as(cookie, "/shops").html.split_once("name=\"csrf\" content=\"").unwrap().1.split('"').next().unwrap().to_owned();
        self.world.clock().advance(Duration::from_millis(2));
        let pairs = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let mut request =
            Request::post(path).header("cookie", format!("{VISIT}; {cookie}")).header("content-type", "application/x-www-form-urlencoded");
        if partial {
            request = request.header("hx-request", "true").header("hx-request-type", "partial");
        }
        self.ask(request.body(Body::from(body)).unwrap())
    }
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.post_as("", path, fields, false)
    }
    fn variant(&self, sku: &'static str) -> String {
        let db = self.world.db();
        db.read(move |tx| catalogue::by_sku(tx, sku)).wait().unwrap().unwrap().id.to_string()
    }
    fn left(&self, sku: &'static str) -> i64 {
        let place = self.place;
        let db = self.world.db();
        db.read(move |tx| inventory::available(tx, catalogue::by_sku(tx, sku)?.unwrap().id, place)).wait().unwrap().0
    }
    fn order(&self, number: &'static str) -> Option<orders::Order> {
        let number: OrderNumber = number.parse().unwrap();
        self.world.db().read(move |tx| orders::order_by_number(tx, number)).wait().unwrap()
    }
    /// Put so many into the cart, to be delivered.
    fn put_in(&self, sku: &'static str, quantity: &str) {
        let variant = self.variant(sku);
        let added = self.post("/cart/lines", &[("variant", &variant), ("quantity", quantity), ("way", "deliver")]);
        assert_eq!((added.status, added.location().as_str()), (StatusCode::SEE_OTHER, "/cart"));
    }
    /// The checkout's form filled in and sent.
    fn check_out(&self, page: &Answered, more: &[(&str, &str)]) -> Answered {
        let hidden = ["key", "cart", "version"].map(|name| (name, page.field(name)));
        let mut fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend([("name", "Ana Ruiz"), ("email", "ana@example.es"), ("pay", "online")]);
        fields.extend(more);
        self.post("/checkout", &fields)
    }
}

const HOME: [(&str, &str); 3] = [("street", "Calle Mayor 1"), ("postcode", "28004"), ("city", "Madrid")];

#[test]
fn lists_narrow_sort_forgive_typing_errors_and_never_fail() {
    in_the_shop(|shop| {
        let all = shop.get("/products");
        assert!(all.has("Camisa Marea") && all.has("Gorra Sol") && all.has("2 products"));
        assert!(all.has("/media/picture:shirt/blanco") && all.has("/media/placeholder") && !all.has("cdn.example/gorra"));
        let linen = shop.get("/products?material=lino");
        assert!(linen.has("Camisa Marea") && !linen.has("/products/gorra-sol"));
        // By where it can be had now, by the name of the shop: M is left in white, not in navy.
        assert!(all.has("Sent to your home") && all.has(&format!("place={}", shop.place)) && all.has("Ría Madrid"));
        let here = |rest: &str| shop.get(&format!("/products?place={}{rest}", shop.place));
        assert!(here("&size=m&colour=blanco").has("/products/camisa-marea"));
        assert!(here("&size=m&colour=azul-marino").has("We found nothing like that"));
        assert!(here("").has("Anywhere") && here("&sort=price").has("Ría Madrid"));
        let typo = shop.get("/products?q=camiza");
        assert!(typo.has("Camisa Marea") && typo.has("comes closest"));
        let cheap = shop.get("/products?sort=price").html;
        assert!(cheap.find("/products/gorra-sol").unwrap() < cheap.find("/products/camisa-marea").unwrap());
        for odd in ["?page=999999", "?q=%00%ff", "?sort=x&page=-1&colour=none", "?q=zzzzzz", "?place=%27x"] {
            assert_eq!(shop.get(&format!("/products{odd}")).status, StatusCode::OK, "{odd}");
        }
        assert!(shop.get("/products?q=zzzzzzzz").has("We found nothing like that"));
        assert!(shop.get("/suggestions?q=marea").has("/products/camisa-marea"));
        assert!(!shop.get("/suggestions?q=").has("Camisa marea"));
        let often = catalogue::search::Searched { term: "camisa marea".into(), asked: 5, found: 1 };
        write(shop.world, move |tx| catalogue::search_words::save_searches(tx, std::slice::from_ref(&often)).unwrap());
        assert!(shop.get("/suggestions?q=").has("href=\"/products?q=camisa+marea\""));
    });
}

#[test]
fn a_product_shows_choices_stock_by_place_and_data_for_search_engines() {
    in_the_shop(|shop| {
        let page = shop.get("/products/camisa-marea?colour=blanco&size=M");
        for text in ["€40.00", "Ría Madrid", "2 left", "application/ld+json", "\"price\":\"40.00\"", "name=\"variant\"", "Delivery €3.95"]
        {
            assert!(page.has(text), "{text}");
        }
        let navy = shop.get("/products/camisa-marea?colour=azul%20marino&size=M");
        assert!(navy.has("Sold out everywhere") && !navy.has("action=\"/cart/lines\""));
        assert!(shop.get("/products/camisa-marea").has("Choose an option"));
        assert_eq!(shop.get("/products/nothing-here").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn pictures_are_kept_for_ever() {
    in_the_shop(|shop| {
        let picture = shop.get("/media/picture:tee/blanco");
        assert_eq!(picture.headers["content-type"], "image/svg+xml");
        assert_eq!(picture.headers["cache-control"], "public, max-age=31536000, immutable");
        let again = Request::get("/media/picture:tee/blanco").header("if-none-match", picture.headers["etag"].clone());
        assert_eq!(shop.ask(again.body(Body::empty()).unwrap()).status, StatusCode::NOT_MODIFIED);
        assert_eq!(shop.get("/media/picture:tee/nope").status, StatusCode::NOT_FOUND);
        assert_eq!(shop.get("/media/placeholder").status, StatusCode::OK);
    });
}

#[test]
fn a_cart_takes_plain_forms_and_htmx_alike() {
    in_the_shop(|shop| {
        shop.put_in("GOR-1", "1");
        let variant = shop.variant("CAM-BLA-L");
        let place = shop.place.to_string();
        let fields = [("variant", variant.as_str()), ("way", "collect"), ("shop", place.as_str())];
        let partial = shop.post_as("", "/cart/lines", &fields, true);
        assert!(partial.status == StatusCode::OK && partial.has("In your cart: Camisa Marea · White · L") && partial.has("cart-tool"));
        let cart = shop.get("/cart");
        assert!(cart.has("€58.95") && cart.has("Delivery") && cart.has("Collect in Madrid"), "{}", cart.html);
        let line = cart.field("line");
        let more = shop.post_as("", "/cart/change", &[("line", &line), ("quantity", "1"), ("do", "more")], true);
        assert!(more.status == StatusCode::OK && more.has("id=\"cart\"") && more.has("€73.95") && !more.has("<html"));
        let way = format!("collect:{place}");
        let rerouted = shop.post("/cart/change", &[("line", &line), ("do", "way"), ("way", &way)]);
        assert_eq!(rerouted.location(), "/cart");
        assert!(shop.get("/cart").has("€70.00"));
        assert_eq!(shop.post("/cart/change", &[("line", &line), ("quantity", "2"), ("do", "remove")]).location(), "/cart");
        assert!(shop.get("/cart").has("€40.00"));
        let unsigned = Request::post("/cart/change").header("cookie", VISIT).body(Body::from("do=remove")).unwrap();
        assert_eq!(shop.ask(unsigned).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn from_cart_to_paid_order_and_pressing_twice_is_one_order() {
    in_the_shop(|shop| {
        shop.put_in("CAM-BLA-M", "2");
        let page = shop.get("/checkout");
        let refused = shop.check_out(&page, &[("street", "Calle Mayor 1"), ("city", "Madrid"), ("postcode", "28")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("five digits") && refused.has("value=\"Calle Mayor 1\"") && refused.has("value=\"Ana Ruiz\""));
        let placed = shop.check_out(&page, &HOME);
        let pay = placed.location();
        assert!(pay.starts_with("/pay/"), "{pay}");
        assert_eq!(shop.check_out(&page, &HOME).location(), pay);
        assert_eq!(shop.left("CAM-BLA-M"), 0);

        assert!(shop.get(&pay).has("€80.00"));
        let declined = shop.post(&pay, &[("do", "decline")]);
        assert!(shop.get(&declined.location()).has("The bank declined the payment"));
        let order = shop.post(&pay, &[("do", "approve")]).location();
        assert!(order.starts_with("/orders/"));
        let shown = shop.get(&order);
        assert!(shown.has("Order confirmed") && shown.has("Camisa Marea") && shown.has("Calle Mayor 1") && !shown.has("Pay now"));
        assert_eq!(shop.post(&pay, &[("do", "approve")]).location(), pay);
        let paid = shop.order("1");
        assert_eq!(paid.map(|order| (order.state, order.paid.minor)), Some((OrderState::Paid, 8000)));
        assert_eq!(shop.order("2"), None);

        assert_eq!(shop.get(&format!("{order}x")).status, StatusCode::NOT_FOUND);
        let found = shop.post("/orders/find", &[("number", "H-1"), ("contact", "ANA@example.es")]);
        assert_eq!(found.location(), order);
        let other = shop.post("/orders/find", &[("number", "H-1"), ("contact", "eva@example.es")]);
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn what_is_sold_out_meanwhile_is_told_and_nothing_changes() {
    in_the_shop(|shop| {
        shop.put_in("CAM-BLA-M", "2");
        let page = shop.get("/checkout");
        let (place, variant) = (shop.place, shop.variant("CAM-BLA-M").parse().unwrap());
        write(shop.world, move |tx| {
            let one = inventory::Reserve { key: "till".into(), variant, location: place, quantity: Quantity(1), expires_at: None };
            inventory::reserve(tx, &Actor::system(), one).unwrap();
        });
        let refused = shop.check_out(&page, &HOME);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Only 1 of Camisa Marea · White · M is left"), "{}", refused.html);
        assert!(refused.has("value=\"ana@example.es\""));
        assert_eq!(shop.left("CAM-BLA-M"), 1);
        assert_eq!(shop.order("1"), None);
        assert!(shop.get("/cart").has("Only 1 left this way"));
    });
}

#[test]
fn collected_goods_can_be_paid_in_the_shop() {
    in_the_shop(|shop| {
        let (variant, place) = (shop.variant("GOR-1"), shop.place.to_string());
        shop.post("/cart/lines", &[("variant", &variant), ("way", "collect"), ("shop", &place)]);
        let page = shop.get("/checkout");
        let hidden = ["key", "cart", "version"].map(|name| (name, page.field(name)));
        let mut fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend([("name", "Ana Ruiz"), ("phone", "612345678"), ("pay", "shop")]);
        let order = shop.post("/checkout", &fields).location();
        let shown = shop.get(&order);
        assert!(order.starts_with("/orders/") && shown.has("Only the payment is missing") && shown.has("€15.00 still to pay"));
        let hosted = shop.post(&format!("{order}/payment"), &[("key", "k1")]).location();
        shop.post(&hosted, &[("do", "approve")]);
        let paid = shop.get(&order);
        assert!(paid.has("Order confirmed") && paid.has("Show this code when you collect") && paid.has("<svg"));
    });
}

#[test]
fn a_chat_message_posted_twice_is_said_once_and_only_with_its_proof() {
    in_the_shop(|shop| {
        let page = shop.get("/chat?product=camisa-marea");
        assert!(page.has("Camisa Marea") && page.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors *"));
        let v = page.html.split_once("data-chat-visitor=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let (key, path) = (page.field("key"), format!("/chat/messages?v={v}"));
        // As from a frame on another site: no cookie, no token.
        let post = |path: &str| {
            let body = format!("key={key}&product=camisa-marea&text=Is+it+wide%3F+%3Cb%3E");
            let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap();
            shop.ask(request)
        };
        assert_eq!(post(&path).status, StatusCode::SEE_OTHER);
        assert_eq!(post(&path).status, StatusCode::SEE_OTHER);
        let again = shop.get(&format!("/chat?v={v}"));
        assert_eq!(again.html.matches("Is it wide? &lt;b&gt;").count(), 1);
        assert!(again.has("href=\"/products/camisa-marea\"") && again.has("/chat/live?v="));
        // A file that is no more is not left out without a word.
        let gone = "key=another&text=With+my+receipt&file_id=01JC0000000000000000000000";
        let request = Request::post(&path).header("content-type", "application/x-www-form-urlencoded").body(Body::from(gone)).unwrap();
        let refused = shop.ask(request);
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("Un archivo ya no está."), "{}", refused.html);
        assert!(refused.has("With my receipt</textarea>"), "{}", refused.html);
        assert!(!shop.get(&format!("/chat?v={v}")).has("With my receipt"));
        assert_eq!(post("/chat/messages").status, StatusCode::FORBIDDEN);
        assert_eq!(post("/chat/messages?v=0123456789abcdefghijkl.00").status, StatusCode::FORBIDDEN);
        let stranger = shop.ask(Request::get("/chat").body(Body::empty()).unwrap());
        assert!(!stranger.has("Is it wide"));
        assert!(!shop.get("/chat/").has("Is it wide"));
    });
}

#[test]
fn signing_in_by_code_brings_the_cart_home_and_opens_the_account() {
    in_the_shop(|shop| {
        let mailbox = SaveAccount {
            channel: Channel::Email,
            name: "hola".into(),
            address: "hola@ria.test".into(),
            window_hours: None,
            settings: Settings("{}".into()),
            active: true,
        };
        assert!(shop.post("/account/sign-in", &[("contact", "ana@example.es")]).has("cannot send you a code"));
        write(shop.world, move |tx| conversations::save_account(tx, &Actor::system(), mailbox.clone()).unwrap());
        shop.put_in("GOR-1", "1");
        assert_eq!(shop.get("/account").location(), "/account/sign-in?next=/account");
        assert!(shop.post("/account/sign-in", &[("contact", "nobody")]).has("neither a complete email"));
        let asked = shop.post("/account/sign-in", &[("contact", "Ana@Example.es"), ("next", "//evil.test")]);
        assert!(asked.status == StatusCode::OK && asked.has("We sent it to Ana@Example.es"));
        // Only her mail says it: staff see it masked.
        let mail = write(shop.world, |tx| conversations::take_due(tx, 1).unwrap().remove(0));
        let code: String = mail.outbound.text.unwrap().split(": ").nth(1).unwrap().chars().take(6).collect();
        let seen = shop.world.db().read(|tx| {
            let ana = customers::by_identifier(tx, &Identifier::email("ana@example.es").unwrap())?.unwrap();
            let matter = conversations::matters_of(tx, &[ana.profile], 1)?.remove(0);
            Ok::<_, Fault>((matter.preview, conversations::messages_of(tx, matter.id, 1)?.remove(0).text))
        });
        let (preview, text) = seen.wait().unwrap();
        assert!(text.contains("••••••") && !text.contains(&code) && !preview.contains(&code), "{preview} / {text}");
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let refused = shop.post("/account/confirm", &[("contact", "ana@example.es"), ("code", wrong)]);
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("4 tries left"));
        let signed = shop.post("/account/confirm", &[("contact", "ana@example.es"), ("code", &code), ("next", "//evil.test")]);
        assert_eq!(signed.location(), "/account");
        let cookie = format!("hilo_customer={}", signed.cookie("hilo_customer").unwrap());
        let account = shop.get_as(&cookie, "/account");
        assert!(account.has("Your orders") && account.has("Ana@Example.es") && account.has("Verified"));
        assert!(shop.get_as(&cookie, "/cart").has("Gorra Sol") && !shop.get("/cart").has("Gorra Sol"));
        let saved = shop.post_as(&cookie, "/account/consents", &[("asked", "marketing"), ("marketing-email", "yes")], false);
        assert_eq!(saved.location(), "/account/contact");
        assert!(shop.get_as(&cookie, "/account/contact").has("name=\"marketing-email\" value=\"yes\" checked"));
        let out = shop.post_as(&cookie, "/account/sign-out", &[], false);
        assert_eq!(
            (out.location().as_str(), out.cookie("hilo_customer"), out.cookie("hilo_visit")),
            ("/", Some(String::new()), Some(String::new()))
        );
        assert_eq!(shop.get_as(&cookie, "/account").status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn every_page_is_there_in_both_languages() {
    in_the_shop(|shop| {
        for path in [
            "/",
            "/products",
            "/shops?postcode=28004",
            "/shops?postcode=zz",
            "/cart",
            "/help",
            "/help/returns",
            "/orders/find",
            "/account/sign-in",
            "/chat",
        ] {
            for language in ["es", "en"] {
                let glue = if path.contains('?') { '&' } else { '?' };
                let page = shop.get(&format!("{path}{glue}lang={language}"));
                assert_eq!(page.status, StatusCode::OK, "{path}");
                assert!(page.has(&format!("lang=\"{language}\"")) && !page.has("{ $"), "{path}");
            }
        }
        let chosen = shop.post("/shops/mine", &[("shop", &shop.place.to_string()), ("back", "https://evil.test")]);
        assert_eq!(chosen.location(), "/shops");
        let cookie = format!("hilo_shop={}", chosen.cookie("hilo_shop").unwrap());
        assert!(shop.get_as(&cookie, "/").has("Shops near yours"));
    });
}

/// As a browser asks that was never here.
fn stranger(shop: &Shop<'_>, path: &str) -> Answered {
    shop.ask(Request::get(path).header("accept-language", "en").body(Body::empty()).unwrap())
}

#[test]
fn a_page_that_is_kept_for_many_has_each_visitors_own_token_and_no_old_price() {
    in_the_shop(|shop| {
        for path in ["/products", "/products/gorra-sol", "/"] {
            let (one, two) = (stranger(shop, path), stranger(shop, path));
            let visits = [&one, &two].map(|answer| answer.cookie("hilo_visit").expect("a name for a new browser"));
            let tokens = [&one, &two].map(|answer| {
                let (_, after) = answer.html.split_once("name=\"csrf\" content=\"").expect("a token");
                after.split_once('"').unwrap().0.to_owned()
            });
            assert!(visits[0] != visits[1] && tokens[0] != tokens[1]);
            assert_eq!(one.html.replace(&tokens[0], ""), two.html.replace(&tokens[1], ""), "{path}");
            assert_eq!(one.headers["content-type"], two.headers["content-type"]);
            assert_eq!(one.headers["vary"], two.headers["vary"]);
        }
        assert!(stranger(shop, "/products/gorra-sol").has("€15.00"));
        write(shop.world, |tx| {
            let list = pricing::price_list_by_code(tx, "base").unwrap().unwrap().id;
            let hat = catalogue::by_sku(tx, "GOR-1").unwrap().unwrap().id;
            pricing::set_price(
                tx,
                &Actor::system(),
                list,
                pricing::PriceEntry { variant: hat, price: kernel::Money::eur(1_250), compare_at: None },
            )
            .unwrap();
        });
        for path in ["/products/gorra-sol", "/products"] {
            let page = stranger(shop, path);
            assert!(page.has("€12.50") && !page.has("€15.00"), "{path}");
        }
    });
}

#[test]
fn whoever_has_something_in_the_cart_sees_it_on_every_page() {
    in_the_shop(|shop| {
        assert!(stranger(shop, "/products").has("id=\"cart-tool\""));
        let empty = shop.get("/products");
        shop.post("/cart/lines", &[("variant", &shop.variant("GOR-1")), ("quantity", "2"), ("way", "deliver")]);
        let full = shop.get("/products");
        assert_ne!(empty.html, full.html);
        assert!(full.has("<span class=\"count\" aria-hidden=\"true\">2</span>"), "{}", full.html);
        assert!(!stranger(shop, "/products").has("<span class=\"count\""));
    });
}

#[test]
fn a_coupon_is_entered_in_the_cart_and_used_up_with_the_order() {
    in_the_shop(|shop| {
        write(shop.world, |tx| {
            let (name, off) =
                (catalogue::Localised::new("Diez menos", "Ten off"), pricing::Offer::Amount { off: kernel::Money::eur(1000) });
            let ten = pricing::Promotion::new("hola", name, pricing::Target::Everything, off);
            pricing::create_promotion(tx, &Actor::system(), pricing::Promotion { needs_coupon: true, ..ten }).unwrap();
            pricing::add_coupons(tx, &Actor::system(), "hola", &["HOLA10".to_owned()], 1).unwrap();
        });
        shop.put_in("CAM-BLA-L", "1");
        assert!(shop.get("/cart").has("€43.95"));
        assert_eq!(shop.post("/cart/coupon", &[("coupon", "nada"), ("back", "/cart")]).location(), "/cart");
        let cart = shop.get("/cart");
        assert!(cart.has("€43.95") && !cart.has("NADA"));
        assert_eq!(shop.post("/cart/coupon", &[("coupon", " hola 10"), ("back", "/checkout")]).location(), "/checkout");
        let checkout = shop.get("/checkout");
        assert!(checkout.has("€33.95") && checkout.has("HOLA10") && checkout.has("Ten off (€10.00 off)."), "{}", checkout.html);
        assert!(shop.check_out(&checkout, &HOME).location().starts_with("/pay/"));
        shop.put_in("CAM-BLA-L", "1");
        shop.post("/cart/coupon", &[("coupon", "HOLA10")]);
        let again = shop.get("/cart");
        assert!(again.has("€43.95") && !again.has("HOLA10"), "used up: nothing changed");
    });
}

#[test]
fn what_goes_with_a_product_goes_into_the_cart_with_one_press_until_it_is_sold_out() {
    in_the_shop(|shop| {
        let buyer = Actor::api_key(kernel::ApiKeyId::nil(), vec![kernel::Permission::EditCatalogue]);
        write(shop.world, move |tx| {
            let product = |sku| catalogue::by_sku(tx, sku).unwrap().unwrap().product;
            let (shirt, cap) = (product("CAM-BLA-M"), product("GOR-1"));
            for (one, other) in [(cap, shirt), (shirt, cap)] {
                let change = catalogue::ProductChange { goes_with: Some(vec![other]), ..Default::default() };
                catalogue::update_product(tx, &buyer, one, change).unwrap();
            }
        });
        let section = |html: &str| html.split_once("id=\"goes-with\"").unwrap().1.split_once("</section>").unwrap().0.to_owned();
        let offer = section(&shop.get("/products/camisa-marea").html);
        let variant = shop.variant("GOR-1");
        for part in ["With this product", "Gorra Sol", "€15.00", "<img src=\"/media/", &format!("value=\"{variant}\"")] {
            assert!(offer.contains(part), "{part}: {offer}");
        }
        assert!(!offer.contains("<select"), "one press, nothing to choose: {offer}");
        // Of the shirt there is something to choose, and what nobody has is not among it.
        let offer = section(&shop.get("/products/gorra-sol").html);
        assert!(offer.contains("White · M") && offer.contains("White · L") && !offer.contains("Navy"), "{offer}");

        // As the last line goes: collected.
        let (shirt, place) = (shop.variant("CAM-BLA-L"), shop.place.to_string());
        shop.post("/cart/lines", &[("variant", &shirt), ("way", "collect"), ("shop", &place)]);
        let press = [("variant", variant.as_str()), ("way", "any"), ("back", "/products/camisa-marea")];
        let plain = shop.post("/cart/lines", &press);
        assert_eq!((plain.status, plain.location().as_str()), (StatusCode::SEE_OTHER, "/cart"));
        let cart = shop.get("/cart");
        assert!(cart.has("Gorra Sol") && cart.has("€55.00") && !cart.has("€3.95"), "{}", cart.html);
        let partial = shop.post_as("", "/cart/lines", &press, true);
        assert!(partial.status == StatusCode::OK && partial.has("In your cart: Gorra Sol") && partial.has("cart-tool"));

        // The last caps are broken: it is offered no more, and a press on an old page adds nothing.
        let place = shop.place;
        write(shop.world, move |tx| {
            let variant = catalogue::by_sku(tx, "GOR-1").unwrap().unwrap().id;
            let count = inventory::Count { key: "broken".into(), variant, location: place, counted: Quantity(0) };
            inventory::count(tx, &Actor::system(), count).unwrap();
        });
        assert!(!shop.get("/products/camisa-marea").has("id=\"goes-with\""));
        let late = shop.post("/cart/lines", &press);
        assert_eq!(late.location(), "/products/camisa-marea");
        assert!(shop.get("/cart").has("€70.00"), "as it was");
    });
}
