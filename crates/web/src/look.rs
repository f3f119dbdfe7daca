//! The living style guide: `/look` shows every part, `/look/storefront`, `/look/desk`, `/look/till` and `/look/studio` show
//! each face's frame with made-up content. It is how the look is checked, in both themes and both languages.

use crate::{
    Answer, Form, Page, show,
    ui::{
        Badge, Bars, Delivery, Entry, Link, Moment, Pages, Picture, Price, ProductCard, Said, Side, Spark, StageBar, Swatch, Tone, What,
        icon,
    },
};
use askama::Template;
use axum::{Router, extract::Path, http::header, response::IntoResponse, routing::get};
use kernel::{Channel, Locale, Money, Timestamp};
use std::time::Duration;

/// The guide's pages.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/look", get(parts))
        .route("/look/storefront", get(storefront))
        .route("/look/desk", get(desk))
        .route("/look/till", get(till))
        .route("/look/studio", get(studio))
        .route("/look/pictures/{colour}", get(picture))
}

#[derive(Template)]
#[template(path = "look/parts.html")]
struct Parts {
    page: Page,
    form: Form,
    refused: Form,
    options: Vec<(String, String)>,
    badges: Vec<Badge>,
    channels: Vec<Badge>,
    promises: Vec<Badge>,
    stages: StageBar,
    timeline: Vec<Entry>,
    products: Vec<ProductCard>,
    swatches: Vec<Swatch>,
    bars: Bars,
    spark: Spark,
    pages: Pages,
    tones: [Tone; 4],
}

async fn parts(page: Page) -> Answer {
    let mut refused = Form::of([("email", "ana@"), ("note", "Llamar por la tarde")]);
    refused.refuse(
        "email",
        words(&page, "Falta lo que va detrás de la @, por ejemplo ejemplo.es", "What comes after the @ is missing, such as example.com"),
    );
    let options = vec![("madrid".into(), "Madrid, Fuencarral".into()), ("vigo".into(), "Vigo, Príncipe".into())];
    let badges = vec![
        Badge::state(Tone::Plain, words(&page, "Borrador", "Draft")),
        Badge::state(Tone::Live, words(&page, "En preparación", "Being picked")),
        Badge::state(Tone::Ok, words(&page, "Pagado", "Paid")).with_icon(icon("check")),
        Badge::state(Tone::Warn, words(&page, "Por cobrar", "To be paid")),
        Badge::state(Tone::Bad, words(&page, "Rechazado", "Refused")),
    ];
    let known = [
        Channel::Web,
        Channel::App,
        Channel::Email,
        Channel::Whatsapp,
        Channel::Webchat,
        Channel::Sms,
        Channel::Phone,
        Channel::Till,
        Channel::Desk,
        Channel::Studio,
        Channel::System,
    ];
    let channels = known.map(|channel| Badge::channel(&page, channel)).into();
    let promises = [3_900, 420, -180].map(|left| Badge::sla(&page, left)).into();
    show(&Parts {
        form: Form::of([("shop", "vigo"), ("way", "collect"), ("news", "yes")]),
        refused,
        options,
        badges,
        channels,
        promises,
        stages: stages(&page),
        timeline: timeline(&page),
        products: products(&page),
        swatches: swatches(&page),
        bars: bars(&page),
        spark: Spark::of(words(&page, "Mensajes por hora", "Messages per hour"), &[2, 3, 1, 4, 8, 13, 9, 7, 11, 16, 12, 6, 4, 3]),
        pages: pages(&page),
        tones: [Tone::Live, Tone::Ok, Tone::Warn, Tone::Bad],
        page,
    })
}

#[derive(Template)]
#[template(path = "look/storefront.html")]
struct Storefront {
    page: Page,
    products: Vec<ProductCard>,
    swatches: Vec<Swatch>,
    price: Price,
    bars: Bars,
    stages: StageBar,
    pages: Pages,
}

async fn storefront(page: Page) -> Answer {
    let page = page.signed_in("Ana Prieto", "").with_points(1240).cart(2).at_shop("Vigo, Príncipe");
    show(&Storefront {
        products: products(&page),
        swatches: swatches(&page),
        price: Price::of(Money::eur(5990), page.locale).was(Money::eur(7990), page.locale).large(),
        bars: bars(&page),
        stages: stages(&page),
        pages: pages(&page),
        page,
    })
}

#[derive(Template)]
#[template(path = "look/desk.html")]
struct Desk {
    page: Page,
    timeline: Vec<Entry>,
    queue: Vec<Row>,
    stages: StageBar,
}

/// One row of the queue.
struct Row {
    name: &'static str,
    preview: String,
    channel: Channel,
    promise: Badge,
    owner: &'static str,
    class: &'static str,
}

impl Row {
    fn icon(&self) -> crate::ui::Icon {
        crate::ui::channel_icon(self.channel)
    }
}

async fn desk(page: Page) -> Answer {
    let page = signed(page, "Lucía Romero", "Atención al cliente", "Customer care");
    let rows = [
        ("Ana Prieto", "¿Y puedo recogerla hoy en Vigo?", "Could I collect it in Vigo today?", Channel::Whatsapp, -180, "", "unread"),
        ("Jordi Puig", "No me llega el código de acceso", "The sign-in code does not arrive", Channel::Sms, 240, "Lucía", "unread"),
        ("Marta Etxeberria", "Adjunto la foto de la costura", "The picture of the seam is attached", Channel::Email, 2_700, "Lucía", ""),
        ("+34 611 22 33 44", "Llamada perdida", "Missed call", Channel::Phone, 5_400, "", ""),
        ("Hugo Santos", "¿Tenéis la chaqueta en azul?", "Do you have the jacket in blue?", Channel::Webchat, 9_000, "Iván", ""),
    ];
    let queue = rows.map(|(name, es, en, channel, left, owner, class)| Row {
        name,
        preview: words(&page, es, en),
        channel,
        promise: Badge::sla(&page, left),
        owner,
        class,
    });
    show(&Desk { timeline: timeline(&page), queue: queue.into(), stages: stages(&page), page })
}

#[derive(Template)]
#[template(path = "look/till.html")]
struct Till {
    page: Page,
    products: Vec<ProductCard>,
}

async fn till(page: Page) -> Answer {
    let page = page.signed_in("Iván Costa", "Vigo").at_shop("Vigo, Príncipe");
    show(&Till { products: products(&page), page })
}

#[derive(Template)]
#[template(path = "look/studio.html")]
struct Studio {
    page: Page,
    bars: Bars,
    spark: Spark,
    pages: Pages,
    rows: Vec<(&'static str, String, String, i64, Badge)>,
}

async fn studio(page: Page) -> Answer {
    let page = signed(page, "Carmen Vidal", "Administración", "Administrator");
    let row = |name, sku: &str, cents, stock, tone, es, en| {
        (name, sku.to_owned(), Money::eur(cents).format(page.locale), stock, Badge::state(tone, words(&page, es, en)))
    };
    let rows = vec![
        row("Camisa Lino Ría", "CAM-RIA", 5990, 128, Tone::Ok, "Publicado", "Published"),
        row("Vestido Albariño", "VES-ALB", 8990, 41, Tone::Ok, "Publicado", "Published"),
        row("Chaqueta Cíes", "CHA-CIE", 12_990, 3, Tone::Warn, "Queda poco", "Running low"),
        row("Jersey Finisterre", "JER-FIN", 7990, 0, Tone::Bad, "Agotado", "Sold out"),
        row("Pantalón Duna", "PAN-DUN", 6490, 77, Tone::Plain, "Borrador", "Draft"),
    ];
    show(&Studio {
        bars: bars(&page),
        spark: Spark::of(words(&page, "Pedidos por hora", "Orders per hour"), &[1, 0, 0, 2, 5, 9, 14, 12, 8, 10, 15, 19, 13, 6]),
        pages: pages(&page),
        rows,
        page,
    })
}

fn signed(page: Page, name: &str, es: &str, en: &str) -> Page {
    let detail = words(&page, es, en);
    page.signed_in(name, detail)
}

fn words(page: &Page, es: &str, en: &str) -> String {
    match page.locale {
        Locale::Es => es.to_owned(),
        Locale::En => en.to_owned(),
    }
}

fn earlier(page: &Page, minutes: u64) -> Timestamp {
    page.now.minus(Duration::from_secs(minutes * 60))
}

fn stages(page: &Page) -> StageBar {
    let names = [
        ("Recibido", "Received"),
        ("Pagado", "Paid"),
        ("En preparación", "Being picked"),
        ("Listo en tienda", "Ready in shop"),
        ("Recogido", "Collected"),
    ];
    let times = [Some(1500), Some(1499), Some(60), None, None];
    let named = names.into_iter().zip(times).map(|((es, en), minutes)| {
        (words(page, es, en), minutes.map(|minutes| Moment::when(earlier(page, minutes), page.now, page.locale)))
    });
    StageBar::at(words(page, "Estado del pedido", "State of the order"), named, 2)
}

fn timeline(page: &Page) -> Vec<Entry> {
    let say = |id: &str, channel, minutes, author: &str, side, es: &str, en: &str, delivery| {
        let said = Said { delivery, ..Said::new(author, side, words(page, es, en)) };
        Entry::new(page, id, channel, earlier(page, minutes), What::Said(Box::new(said)))
    };
    let event = |id: &str, channel, minutes, icon, es: &str, en: &str, link: Option<&str>, detail: &str| {
        let link = link.map(|text| Link { href: "/look/desk".into(), text: text.into() });
        let what = What::Happened { icon, text: words(page, es, en), link, detail: detail.into() };
        Entry::new(page, id, channel, earlier(page, minutes), what)
    };
    vec![
        Entry::day(page, earlier(page, 1600)),
        say(
            "1",
            Channel::Email,
            1600,
            "Ana Prieto",
            Side::Theirs,
            "Hola, compré la camisa de lino en la web y me queda grande. ¿Puedo cambiarla en una tienda?",
            "Hello, I bought the linen shirt online and it is too big. Can I change it in a shop?",
            None,
        ),
        say(
            "2",
            Channel::Email,
            1560,
            "Lucía Romero",
            Side::Ours,
            "Claro, Ana. En cualquiera, con el código del pedido.\nTe he guardado una S en Vigo hasta mañana.",
            "Of course, Ana. In any of them, with the order's code.\nI have kept an S for you in Vigo until tomorrow.",
            Some(Delivery::Read),
        ),
        event(
            "3",
            Channel::Web,
            1500,
            icon("shopping-bag"),
            "Pedido hecho",
            "Order placed",
            Some("#1042"),
            "2 × Camisa Lino Ría · 119,80 €",
        ),
        event("4", Channel::Web, 1499, icon("credit-card"), "Pago recibido", "Payment received", None, ""),
        Entry::day(page, earlier(page, 40)),
        say(
            "5",
            Channel::Whatsapp,
            40,
            "Ana Prieto",
            Side::Theirs,
            "¿Y puedo recogerla hoy en Vigo?",
            "Could I collect it in Vigo today?",
            None,
        ),
        say(
            "6",
            Channel::Desk,
            36,
            "Lucía Romero",
            Side::Note,
            "Prefiere WhatsApp por la tarde. Talla S confirmada.",
            "Prefers WhatsApp in the afternoon. Size S confirmed.",
            None,
        ),
        say(
            "7",
            Channel::Whatsapp,
            30,
            "Lucía Romero",
            Side::Ours,
            "Sí: está lista desde las 12:00 en Príncipe, 14.",
            "Yes: it is ready from 12:00 at Príncipe, 14.",
            Some(Delivery::Delivered),
        ),
        event("8", Channel::Till, 12, icon("package-check"), "Recogido en Vigo", "Collected in Vigo", Some("#1042"), ""),
    ]
}

fn products(page: &Page) -> Vec<ProductCard> {
    let made = [
        ("Camisa Lino Ría", 5990, Some(7990), "7a96b8", "", ["#7a96b8", "#e9e2d4", "#2f3a4a"]),
        ("Vestido Albariño", 8990, None, "c9b27c", "new", ["#c9b27c", "#6f8f6a", "#f4f0e6"]),
        ("Chaqueta Cíes", 12_990, None, "39507a", "last", ["#39507a", "#1f2227", "#a34a3b"]),
        ("Jersey Finisterre", 7990, None, "a85a48", "", ["#a85a48", "#dcd3c5", "#3f5a57"]),
        ("Pantalón Duna", 6490, None, "b9a58c", "", ["#b9a58c", "#4c4a46", "#e8e4dc"]),
        ("Camiseta Orzán", 2490, None, "d8d2c6", "", ["#d8d2c6", "#23272e", "#8fa98b"]),
    ];
    made.map(|(name, cents, was, colour, badge, colours)| {
        let price = Price::of(Money::eur(cents), page.locale);
        ProductCard {
            href: "/look/storefront".into(),
            name: name.into(),
            picture: Some(Picture { url: format!("/look/pictures/{colour}"), alt: String::new() }),
            price: match was {
                Some(before) => price.was(Money::eur(before), page.locale),
                None => price,
            },
            badge: match badge {
                "new" => words(page, "Nuevo", "New"),
                "last" => words(page, "Últimas 3", "Last 3"),
                _ => String::new(),
            },
            swatches: colours.iter().map(|hex| Swatch::new(hex, *hex)).collect(),
            note: String::new(),
        }
    })
    .into()
}

fn swatches(page: &Page) -> Vec<Swatch> {
    [("#7a96b8", "Azul ría", "Ria blue"), ("#e9e2d4", "Arena", "Sand"), ("#2f3a4a", "Noche", "Night")]
        .map(|(hex, es, en)| Swatch::new(hex, words(page, es, en)))
        .into()
}

fn bars(page: &Page) -> Bars {
    let places =
        [("Vigo, Príncipe", 9, true), ("A Coruña, Real", 6, false), ("Madrid, Fuencarral", 2, false), ("Bilbao, Ercilla", 0, false)];
    Bars::stock(
        words(page, "Existencias por tienda", "Stock by shop"),
        places.map(|(name, units, here)| (name.into(), String::new(), units, here)),
    )
}

fn pages(page: &Page) -> Pages {
    let link = |es, en| Some(("/look".to_owned(), words(page, es, en)));
    Pages {
        label: words(page, "Páginas", "Pages"),
        previous: link("Anteriores", "Previous"),
        next: link("Siguientes", "Next"),
        about: words(page, "25–48 de 83", "25–48 of 83"),
    }
}

/// A drawn shirt in a colour, so that the guide needs no catalogue.
async fn picture(Path(colour): Path<String>) -> impl IntoResponse {
    let is_colour = colour.len() == 6 && colour.bytes().all(|b| b.is_ascii_hexdigit());
    let colour = if is_colour { colour } else { "999999".into() };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 600\"><rect width=\"480\" height=\"600\" fill=\"#{colour}\" fill-opacity=\".16\"/>\
         <path d=\"M176 150c24 26 104 26 128 0l78 44 34 104-58 22-18-40v196c0 10-8 16-18 16H158c-10 0-18-6-18-16V280l-18 40-58-22 34-104z\" fill=\"#{colour}\"/>\
         <path d=\"M176 150c24 26 104 26 128 0l-12-8c-22 18-82 18-104 0z\" fill=\"#000\" fill-opacity=\".18\"/>\
         <path d=\"M240 176v316\" stroke=\"#000\" stroke-opacity=\".16\" stroke-width=\"2\"/></svg>"
    );
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")], svg)
}
