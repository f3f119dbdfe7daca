//! C. One catalogue, as adverts and search engines are told of it.

use crate::support::{ANA, Brand, Seen, text};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A published contract.
fn contract(name: &str) -> Value {
    let shared = PathBuf::from(std::env::var("HILO_SHARED").expect("HILO_SHARED says where the contracts are"));
    serde_json::from_slice(&std::fs::read(shared.join("contracts").join(name)).expect("a contract")).expect("json")
}

/// The rows of a TSV by SKU, name to value. None of our texts here holds a quote.
fn rows(seen: &Seen) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut lines = seen.html.lines();
    let names: Vec<_> = lines.next().expect("a head").split('\t').collect();
    let row = |line: &str| {
        let cells: Vec<_> = line.split('\t').collect();
        assert_eq!(cells.len(), names.len(), "{line}");
        let filled = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        let row: BTreeMap<_, _> = filled.map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect();
        (row["id"].clone(), row)
    };
    lines.map(row).collect()
}

/// Value of an attribute in an XML item.
fn in_xml(seen: &Seen, id: &str, name: &str) -> Option<String> {
    let item = seen.html.split("<item>").skip(1).find(|item| item.contains(&format!("<g:id>{id}</g:id>")))?;
    let (_, after) = item.split_once(&format!("<g:{name}>"))?;
    Some(after.split_once('<')?.0.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_018_the_feeds_of_adverts_say_a_change_within_five_seconds() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let before = rows(&web.open("/feeds/google.tsv").await);
    let skus: Vec<_> = before.keys().map(String::as_str).collect();
    assert_eq!(skus, ["CAM-AZU-M", "CAM-AZU-S", "CAM-BLA-M", "CAM-BLA-S", "GOR"]);
    let shirt = &before["CAM-BLA-M"];
    let says = |name: &str| shirt.get(name).map(String::as_str);
    assert_eq!(
        (says("title"), says("price"), says("availability")),
        (Some("Camisa de lino, Blanco, M"), Some("49.90 EUR"), Some("in_stock"))
    );
    assert_eq!((says("color"), says("size"), says("gtin")), (Some("Blanco"), Some("M"), Some("8400000000024")));
    assert_eq!(says("link"), Some(format!("{}/products/camisa-lino?sku=CAM-BLA-M", brand.base).as_str()));
    assert_eq!(shirt["item_group_id"], before["CAM-AZU-S"]["item_group_id"]);
    assert_eq!((before["CAM-AZU-S"]["availability"].as_str(), before["GOR"].get("item_group_id")), ("out_of_stock", None));

    let changed = Instant::now();
    let product = brand.get("/v1/products/gorra").await;
    let path = format!("/v1/products/{}", text(&product["id"]));
    brand.call("PATCH", &path).json(&json!({ "title": { "es": "Gorra <de> \"tweed\"", "en": "Tweed cap" } })).done().await;
    let price = json!({ "items": [{
        "variant": brand.variant("GOR"), "price": { "amount_minor": 1450, "currency": "EUR" }, "compare_at": { "amount_minor": 1990, "currency": "EUR" },
    }] });
    brand.put("/v1/price-lists/base/prices", price).await;
    let xml = web.open("/feeds/google.xml").await;
    let says = |name: &str| in_xml(&xml, "GOR", name).unwrap_or_default();
    assert_eq!((says("title"), says("price")), ("Gorra &lt;de&gt; &quot;tweed&quot;".into(), "19.90 EUR".into()));
    assert_eq!((says("sale_price"), says("availability")), ("14.50 EUR".into(), "in_stock".into()));
    let version = format!("version {}", brand.get("/v1/products/gorra").await["version"]);
    assert_eq!(says("custom_label_4"), version);
    let meta = web.open("/feeds/meta.csv").await;
    assert!(meta.html.contains(&format!(",{version}\r\n")), "{}", meta.html);
    assert!(meta.html.contains("GOR,\"Gorra <de> \"\"tweed\"\"\","), "{}", meta.html);
    assert!(meta.html.contains(",in stock,new,19.90 EUR,") && meta.html.contains(",14.50 EUR,"), "{}", meta.html);
    assert!(web.open("/feeds/google.tsv?lang=en").await.html.contains("\tTweed cap\t"));
    assert!(web.open("/sitemap.xml").await.html.contains(&format!("<loc>{}/products/gorra</loc><lastmod>", brand.base)));
    // One file is enough: it is the first, and there is no other.
    assert_eq!(web.open("/sitemap.xml?part=1").await.html, web.open("/sitemap.xml").await.html);
    assert_eq!(web.open("/sitemap.xml?part=2").await.status, 404);

    // What is no longer sold is told no more.
    brand.call("PATCH", &path).json(&json!({ "status": "archived" })).done().await;
    for feed in ["/feeds/google.xml", "/feeds/google.tsv", "/feeds/meta.csv", "/sitemap.xml"] {
        let seen = web.open(feed).await;
        assert!(seen.status == 200 && !seen.html.contains("gorra") && seen.html.contains("camisa-lino"), "{feed}: {}", seen.html);
    }
    assert!(changed.elapsed() < Duration::from_secs(5), "{:?}", changed.elapsed());
    let robots = web.open("/robots.txt").await;
    assert!(robots.html.contains("Disallow: /checkout\n") && robots.html.contains(&format!("Sitemap: {}/sitemap.xml", brand.base)));
}

/// `sale_price` as `salePrice`, and the few names that differ.
fn published_name(name: &str) -> String {
    match name {
        "id" => return "offerId".into(),
        "gtin" => return "gtins".into(),
        "additional_image_link" => return "additionalImageLinks".into(),
        "product_type" => return "productTypes".into(),
        _ => {}
    }
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    first + &words.map(|word| word[..1].to_uppercase() + &word[1..]).collect::<String>()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads the shared contracts: set HILO_SHARED"]
async fn conformance_every_row_of_the_google_feed_keeps_the_published_attributes() {
    let published = contract("google-merchant/merchantapi.products_v1.json");
    let attributes = &published["schemas"]["ProductAttributes"]["properties"];
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let rows = rows(&web.open("/feeds/google.tsv").await);
    let xml = web.open("/feeds/google.xml").await;
    assert_eq!((rows.len(), xml.html.matches("<item>").count()), (5, 5));
    for (id, row) in &rows {
        for required in ["id", "title", "description", "link", "image_link", "availability", "price", "brand", "condition"] {
            assert!(row.contains_key(required), "{id} has no {required}");
        }
        assert!(row.contains_key("gtin") || row.contains_key("mpn") || row["identifier_exists"] == "no", "{id}");
        for (name, value) in row {
            assert_eq!(in_xml(&xml, id, name).as_deref(), Some(value.as_str()), "{id} {name}");
            if name == "id" {
                assert!(published["schemas"]["ProductInput"]["properties"]["offerId"].is_object() && value.len() <= 50);
                continue;
            }
            let attribute = &attributes[published_name(name)];
            assert!(attribute.is_object(), "{name} is not published");
            if let Some(allowed) = attribute["enum"].as_array() {
                assert!(allowed.contains(&value.to_uppercase().into()), "{name}: {value}");
            }
            if attribute["$ref"] == "Price" {
                let (amount, currency) = value.split_once(' ').expect("an amount and a currency");
                assert!(amount.split_once('.').is_some_and(|(_, cents)| cents.len() == 2) && currency == "EUR", "{name}: {value}");
            }
            if name.ends_with("link") {
                assert!(value.starts_with("http") && value.len() <= 2000, "{name}: {value}");
            }
        }
    }
}

/// The data for search engines on a page.
fn json_ld(seen: &Seen) -> Value {
    let (_, after) = seen.html.split_once("<script type=\"application/ld+json\">").unwrap_or_else(|| panic!("{} has none", seen.path));
    serde_json::from_str(after.split_once("</script>").expect("an end").0).expect("json")
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_018_search_engines_are_told_what_the_page_says() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let said = json_ld(&web.open("/products/camisa-lino").await);
    let (product, crumbs) = (&said["@graph"][0], &said["@graph"][1]);
    assert_eq!((&product["@type"], &product["name"]), (&json!("Product"), &json!("Camisa de lino")));
    let offer = product["offers"].as_array().and_then(|all| all.iter().find(|offer| offer["sku"] == "CAM-AZU-S")).expect("an offer");
    assert_eq!((&offer["price"], &offer["priceCurrency"], &offer["gtin"]), (&json!("49.90"), &json!("EUR"), &json!("8400000000031")));
    assert_eq!(offer["availability"], "https://schema.org/OutOfStock");
    assert_eq!(product["aggregateRating"], Value::Null, "nobody has rated it");
    assert_eq!(crumbs["itemListElement"][1]["name"], "Camisas");
    let shops = json_ld(&web.open("/shops").await);
    let names: Vec<_> = shops["@graph"].as_array().expect("shops").iter().map(|shop| text(&shop["name"])).collect();
    assert_eq!(names, ["Bilbao Casco Viejo", "Madrid Fuencarral", "Sevilla Sierpes"]);
    assert_eq!(json_ld(&web.open("/").await)["@graph"][0]["@type"], "Organization");
    // A title cannot leave its element.
    let path = format!("/v1/products/{}", text(&brand.get("/v1/products/gorra").await["id"]));
    brand.call("PATCH", &path).json(&json!({ "title": { "es": "</script><script>alert(1)</script>", "en": "" } })).done().await;
    let seen = web.open("/products/gorra").await;
    assert!(!seen.html.contains("<script>alert"), "{}", seen.html);
    assert_eq!(json_ld(&seen)["@graph"][0]["name"], "</script><script>alert(1)</script>");
}

/// The published vocabulary: each type with those above it, each property with the types it belongs to.
struct Vocabulary {
    above: BTreeMap<String, BTreeSet<String>>,
    domains: BTreeMap<String, BTreeSet<String>>,
    ranges: BTreeMap<String, BTreeSet<String>>,
}

impl Vocabulary {
    fn read() -> Self {
        let read = contract("schema-org/schemaorg-30.0-commerce-subset.jsonld");
        let names = |value: &Value| {
            let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            list.iter().filter_map(|one| Some(one["@id"].as_str()?.trim_start_matches("schema:").to_owned())).collect::<BTreeSet<_>>()
        };
        let mut known = Vocabulary { above: BTreeMap::new(), domains: BTreeMap::new(), ranges: BTreeMap::new() };
        for node in read["@graph"].as_array().expect("nodes") {
            let name = text(&node["@id"]).trim_start_matches("schema:").to_owned();
            if node["@type"] == "rdfs:Class" {
                known.above.insert(name, names(&node["rdfs:subClassOf"]));
            } else {
                known.domains.insert(name.clone(), names(&node["schema:domainIncludes"]));
                known.ranges.insert(name, names(&node["schema:rangeIncludes"]));
            }
        }
        known
    }
    fn is_a(&self, kind: &str, wanted: &BTreeSet<String>) -> bool {
        // Everything is a thing; the extract leaves out some of the types between.
        let is_thing = wanted.contains("Thing") && self.above.contains_key(kind);
        is_thing || wanted.contains(kind) || self.above.get(kind).is_some_and(|above| above.iter().any(|kind| self.is_a(kind, wanted)))
    }
    fn check(&self, thing: &Value) {
        let kind = text(&thing["@type"]);
        // The extract of the vocabulary names list items only as what a list holds.
        let own: &[&str] = if kind == "ListItem" { &["position", "item", "name"] } else { &[] };
        assert!(self.above.contains_key(&kind) || self.ranges["itemListElement"].contains(&kind), "there is no {kind}");
        for (name, value) in thing.as_object().expect("a thing").iter().filter(|(name, _)| !name.starts_with('@')) {
            let fits = own.contains(&name.as_str()) || self.domains.get(name).is_some_and(|domain| self.is_a(&kind, domain));
            assert!(fits, "{name} does not belong to {kind}");
            let inner = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for thing in inner.iter().filter(|value| value.is_object()) {
                let range = &self.ranges[name];
                assert!(self.is_a(&text(&thing["@type"]), range), "{name} of {kind} is no {}", thing["@type"]);
                self.check(thing);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads the shared contracts: set HILO_SHARED"]
async fn conformance_what_search_engines_read_keeps_the_published_vocabulary() {
    let vocabulary = Vocabulary::read();
    let brand = Brand::open().await;
    let mut web = brand.browser();
    for path in ["/", "/shops", "/products/camisa-lino", "/products/gorra"] {
        let said = json_ld(&web.open(path).await);
        assert_eq!(said["@context"], "https://schema.org");
        for thing in said["@graph"].as_array().expect("things") {
            vocabulary.check(thing);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_023_a_code_in_an_advert_opens_the_exact_item_and_where_it_was_is_remembered() {
    let brand = Brand::open().await;
    let (mut studio, mut phone, mut tablet) = (brand.browser(), brand.browser(), brand.browser());
    studio.sign_in("vera@marca.test", "/studio").await;
    let product = text(&brand.get("/v1/products/camisa-lino").await["id"]);
    let sheet = studio.open(&format!("/studio/products/{product}/codes?s=Anuncio%20TV")).await;
    sheet.must_say("CAM-AZU-M").must_say("49,90");
    assert_eq!(sheet.html.matches("<svg class=\"qr\"").count(), 5, "four variants and all of them");
    let link = sheet.link(&format!("{}/01/08400000000048?", brand.base));
    assert!(link.ends_with("?s=anuncio-tv"), "{link}");

    // She scans it: that colour and that size, on the phone and on a tablet, and from there in the chat.
    for browser in [&mut phone, &mut tablet] {
        let seen = browser.open(&link).await;
        assert_eq!((seen.status, seen.path.as_str()), (200, "/products/camisa-lino?sku=CAM-AZU-M&s=anuncio-tv"));
        seen.must_say("Camisa de lino").must_say("CAM-AZU-M");
    }
    let chat = phone.open("/products/camisa-lino?sku=CAM-AZU-M").await.link("/chat?product=");
    phone.open(&chat).await.must_say("Camisa de lino");
    assert_eq!(phone.open("/q/GOR?s=escaparate").await.path, "/products/gorra?sku=GOR&s=escaparate");
    assert_eq!(phone.open("/q/camisa-lino").await.path, "/products/camisa-lino");
    assert_eq!(phone.open("/01/8400000000055/10/LOTE-7?17=271231&linkType=all").await.path, "/products/gorra?sku=GOR");

    // Where the codes were is on her thread, once she says who she is.
    brand.customer_signs_in(&mut phone, ANA.email).await;
    let ana = brand.person(ANA.email).await;
    let scans = async || {
        let scans = brand.timeline(&ana).await.into_iter().filter(|entry| entry["kind"] == "visit.scanned");
        let mut places: Vec<_> = scans.map(|entry| (text(&entry["body"]["place"]), text(&entry["body"]["name"]))).collect();
        places.sort();
        Some(places).filter(|places| places.len() == 2)
    };
    let expected = [("anuncio-tv", "Camisa de lino"), ("escaparate", "Gorra de pana")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(brand.until("the codes she came by", scans).await, expected);
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/customers/{ana}")).await.must_say("Abre un código").must_say("anuncio-tv · Camisa de lino");

    // What is misread says so, and so does what we do not have.
    let refused = [
        ("/01/8400000000049", 400, "dígito de control no coincide"),
        ("/01/84000", 400, "no está bien escrito"),
        ("/01/8400000000055/99/X", 400, "no está bien escrito"),
        ("/01/8400000008037", 404, "No tenemos ningún artículo con este código"),
        ("/q/NADA", 404, "No tenemos ningún artículo con este código"),
    ];
    for (path, status, words) in refused {
        let seen = phone.open(path).await;
        assert_eq!(seen.status, status, "{path}");
        seen.must_say(words);
    }
}
