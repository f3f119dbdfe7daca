//! Files that others lay out otherwise: recognised by their header, read into the same products, twice is once.

mod common;

use catalogue::import::{Applied, ImportError, ImportOptions, Layout, LineProblem, Preview, apply, preview};
use catalogue::{Product, Status, TaxCategory};
use common::editor;
use kernel::testing::{World, on_both};
use kernel::{Actor, Money};

const LEAVE_OUT: ImportOptions = ImportOptions { leave_out: true, locale: kernel::Locale::Es, currency: kernel::Currency::EUR };

fn look(world: &World, text: &str) -> Preview {
    let text = text.to_owned();
    world.db().read(move |tx| preview(tx, &editor(), text.as_bytes(), ImportOptions::default())).wait().expect("a preview")
}

fn run(world: &World, text: &str, options: ImportOptions) -> Result<Applied, ImportError> {
    let text = text.to_owned();
    world.db().write("import", move |tx| apply(tx, &editor(), text.as_bytes(), options)).wait()
}

fn by_handle(world: &World, handle: &str) -> Option<Product> {
    let handle = handle.to_owned();
    world.db().read(move |tx| catalogue::product_by_handle(tx, &Actor::system(), &handle)).wait().expect("read")
}

fn at(problems: &[LineProblem]) -> Vec<(u64, &str, &str)> {
    problems.iter().map(|p| (p.line, p.column.as_str(), p.message.as_str())).collect()
}

fn skus(product: &Product) -> Vec<(&str, String)> {
    product.variants.iter().map(|v| (v.sku.as_str(), v.option_values.join(" / "))).collect()
}

/// A variable product whose variations come before it, one whose sale has dates, a draft, and a group that is not sold here.
const WOO: &str = "ID,Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,Short description,Description,Date sale price ends,Tax status,Tax class,\
Stock,Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,\
Attribute 1 global,Attribute 2 name,Attribute 2 value(s)\n\
12,variation,CAM-AZ-M,8400000008037,Camiseta - Azul,1,,,,taxable,,5,0.18,15,19.90,,,azul.jpg,CAM,Color,Azul,,1,Talla,M\n\
13,variation,CAM-RO-M,,Camiseta - Rojo,1,,,2027-01-01,taxable,,parent,\"0,2\",12,19.90,,,,id:11,Color,Rojo,,1,Talla,M\n\
14,variation,CAM-VE-M,,Camiseta - Verde,0,,,,taxable,,1,,,19.90,,,,CAM,Color,Verde,,1,Talla,M\n\
11,variable,CAM,,Camiseta,1,Suave.,\"De algodón.\",,taxable,reduced-rate,,,,,\"Ropa > Camisetas, Novedades\",\"verano, playa\",cam.jpg,,Color,\"Azul, Rojo, Verde\",1,1,Talla,M\n\
15,\"simple, downloadable\",,,Guía,-1,,,,none,,,,,9,Libros,,,,Material,Papel,1,0,,\n\
16,grouped,GR,,Conjunto,1,,,,taxable,,,,,,,,,,,,,,,\n";

#[test]
fn a_woocommerce_export_becomes_products_once() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let seen = look(world, WOO);
        assert_eq!(seen.layout, Some(Layout::Woocommerce));
        assert_eq!(at(&seen.problems), []);
        assert_eq!((seen.created, seen.variants, seen.units), (2, 3, 5));
        assert_eq!(
            at(&seen.notes),
            [
                (3, "Sale price", "it holds between dates only and was passed over"),
                (4, "Published", "the variation is not published and was passed over"),
                (6, "SKU", "there is no SKU; `GUIA` was made for it"),
                (7, "Type", "a product of type `grouped` is not sold here and was passed over"),
            ]
        );
        let done = run(world, WOO, ImportOptions::default()).expect("imported");
        let prices: Vec<_> = done.variants.iter().map(|v| (v.sku.as_str(), v.price, v.compare_at, v.quantity)).collect();
        let money = |minor| Some(Money::eur(minor));
        assert_eq!(
            prices,
            [("CAM-AZ-M", money(1500), money(1990), Some(5)), ("CAM-RO-M", money(1990), None, None), ("GUIA", money(900), None, None)]
        );
        let tee = by_handle(world, "camiseta").expect("found");
        assert_eq!((tee.status, tee.tax_category, tee.category.as_str()), (Status::Active, TaxCategory::Reduced, "Camisetas"));
        assert_eq!(tee.tags, ["verano", "playa", "Novedades"]);
        assert_eq!(tee.description_html.es, "<p>Suave.</p>\n<p>De algodón.</p>");
        assert_eq!(tee.options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>(), ["Color", "Talla"]);
        assert_eq!(skus(&tee), [("CAM-AZ-M", "Azul / M".into()), ("CAM-RO-M", "Rojo / M".into())]);
        assert_eq!(tee.variants.iter().map(|v| v.weight_grams).collect::<Vec<_>>(), [180, 200]);
        assert_eq!(tee.picture(Some(&tee.variants[0])).map(|m| m.source.as_str()), Some("azul.jpg"));
        let guide = by_handle(world, "guia").expect("found");
        assert_eq!((guide.status, guide.tax_category), (Status::Draft, TaxCategory::Zero));
        assert_eq!(guide.attributes().collect::<Vec<_>>(), [("material", "Papel")]);
        let again = run(world, WOO, ImportOptions::default()).expect("imported");
        assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 2));
        // A new name is the same product: it is known by its SKUs.
        let renamed = run(world, &WOO.replace(",Camiseta,1,", ",Camiseta fina,1,"), ImportOptions::default()).expect("imported");
        assert_eq!((renamed.created, renamed.changed), (0, 1));
        assert_eq!(by_handle(world, "camiseta").map(|tee| tee.title.es), Some("Camiseta fina".into()));
    });
}

#[test]
fn a_woocommerce_export_in_spanish_names_its_own_columns() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let text = "ID;Tipo;SKU;\"GTIN, UPC, EAN o ISBN\";Nombre;Publicado;Precio normal;Superior;Nombre del atributo 1;Valor(es) del atributo 1\n\
                    1;variable;P;;Pantalón;1;;;Talla;S, M\n\
                    2;variation;P-S;8400000008038;;1;29,95;P;Talla;S\n\
                    3;variation;P-M;;;1;mucho;P;Talla;\n\
                    4;variation;X;;;1;1;NO;Talla;S\n\
                    5;bundle;B;;Lote;1;1;;;\n\
                    6;simple;G;;Gorro;1;9,50;;;\n";
        let seen = look(world, text);
        assert_eq!(seen.layout, Some(Layout::Woocommerce));
        assert_eq!(
            at(&seen.problems),
            [
                (3, "GTIN, UPC, EAN o ISBN", "the check digit of `8400000008038` is wrong: it should end in 7"),
                (4, "Valor(es) del atributo 1", "a value for `Talla` is needed"),
                (4, "Precio normal", "`mucho` is not a price"),
                (5, "Superior", "there is no product `NO` in the file"),
                (6, "Tipo", "`bundle` is no type of product: simple, variable or variation"),
            ]
        );
        assert_eq!((seen.created, seen.left_out), (1, 1));
        let Err(ImportError::Problems(refused)) = run(world, text, ImportOptions::default()) else { panic!("it must be refused") };
        assert_eq!((refused.len(), by_handle(world, "gorro")), (5, None));
        let done = run(world, text, LEAVE_OUT).expect("the rest comes in");
        assert_eq!(done.variants.iter().map(|v| (v.sku.as_str(), v.price)).collect::<Vec<_>>(), [("G", Some(Money::eur(950)))]);
        assert_eq!(by_handle(world, "pantalon"), None, "with a bad line a product is left out whole");
    });
}

const FEED: &str = "id\ttitle\tdescription\tlink\timage link\tavailability\tprice\tsale price\tgtin\tbrand\titem group id\tcolor\tsize\tmaterial\tproduct type\tcondition\n\
T-1\tCamisa lino - Azul S\tFresca & 12\" de largo\thttps://x/1\tazul.jpg\tin_stock\t1,012.95 EUR\t12.95 EUR\t8400000008037\tHilo\tg1\tAzul\tS\tlino\tRopa > Camisas\tnew\n\
T-2\tCamisa lino - Rojo S\tFresca & 12\" de largo\thttps://x/2\trojo.jpg\tout_of_stock\t12.95 EUR\t\t\tHilo\tg1\tRojo\tS\tlino\tRopa > Camisas\tnew\n\
L-1\tLibro\t\thttps://x/3\t\tin_stock\t5 EUR\t\t\tOtro\t\tBlanco\t\t\t\tused\n";

#[test]
fn a_merchant_feed_becomes_products_once() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let seen = look(world, FEED);
        assert_eq!(seen.layout, Some(Layout::Merchant));
        assert_eq!((at(&seen.problems), at(&seen.notes)), (vec![], vec![]));
        assert_eq!((seen.created, seen.variants, seen.prices_total, seen.stock_total), (2, 3, 3, 0));
        let done = run(world, FEED, ImportOptions::default()).expect("imported");
        assert_eq!((done.variants[0].price, done.variants[0].compare_at), (Some(Money::eur(1295)), Some(Money::eur(101_295))));
        let shirt = by_handle(world, "camisa-lino").expect("found");
        assert_eq!((shirt.title.es.as_str(), shirt.vendor.as_str(), shirt.category.as_str()), ("Camisa lino", "Hilo", "Camisas"));
        assert_eq!(shirt.description_html.es, "<p>Fresca &amp; 12\" de largo</p>");
        assert_eq!(skus(&shirt), [("T-1", "Azul / S".into()), ("T-2", "Rojo / S".into())]);
        assert_eq!(shirt.tags, ["material:lino"]);
        let book = by_handle(world, "libro").expect("found");
        assert_eq!((book.options.len(), book.tags.clone()), (0, vec!["color:Blanco".to_owned(), "estado:used".to_owned()]));
        let again = run(world, FEED, ImportOptions::default()).expect("imported");
        assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 2));
        // Some programs put quotes round every cell; it is the same file.
        let quoted = |line: &str| line.split('\t').map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join("\t");
        let quoted: Vec<String> = FEED.lines().map(quoted).collect();
        let again = run(world, &quoted.join("\r\n"), ImportOptions::default()).expect("imported");
        assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 2));
        let wrong = FEED.replace("\t5 EUR", "\t5 USD").replace("T-2\t", "T-1\t");
        assert_eq!(
            at(&look(world, &wrong).problems),
            [(3, "id", "the SKU `T-1` is already on line 2"), (4, "price", "`5 USD` is not in EUR, the currency of this shop")]
        );
    });
}

#[test]
#[ignore = "reads the shared data: set HILO_SHARED"]
fn conformance_open_food_facts_comes_in_but_for_its_wrong_check_digits() {
    let shared = std::env::var("HILO_SHARED").expect("HILO_SHARED says where the data is");
    let packed = std::process::Command::new("gzip").arg("-dc").arg(format!("{shared}/data/openfoodfacts-es/products_es.csv.gz")).output();
    let text = String::from_utf8(packed.expect("unpacked").stdout).expect("UTF-8");
    kernel::testing::on_sqlite(&[catalogue::MIGRATIONS], |world| {
        let seen = look(world, &text);
        assert_eq!((seen.layout, seen.is_broken), (Some(Layout::OpenFoodFacts), false));
        assert_eq!((seen.created, seen.left_out, seen.variants, seen.notes_total), (13_751, 6, 13_751, 0));
        let wrong =
            |line, code: &str, end| (line, "barcode".to_owned(), format!("the check digit of `{code}` is wrong: it should end in {end}"));
        let expected = [
            wrong(1379, "8410175032936", 5),
            wrong(3529, "8410789006762", 6),
            wrong(4077, "8411388138449", 5),
            wrong(4123, "8411458102948", 9),
            wrong(8840, "8431876115578", 4),
            wrong(11529, "8437012183524", 0),
        ];
        assert_eq!(seen.problems.iter().map(|p| (p.line, p.column.clone(), p.message.clone())).collect::<Vec<_>>(), expected);
        let Err(ImportError::Problems(refused)) = run(world, &text, ImportOptions::default()) else { panic!("it must be refused") };
        assert_eq!(refused, seen.problems);
        assert_eq!(look(world, &text).created, 13_751, "nothing was changed");
        let done = run(world, &text, LEAVE_OUT).expect("the rest comes in");
        assert_eq!((done.created, done.changed, done.unchanged, done.left_out), (13_751, 0, 0, 6));
        assert!(done.variants.iter().all(|variant| variant.price.is_none()));
        let again = run(world, &text, LEAVE_OUT).expect("imported");
        assert_eq!((again.created, again.changed, again.unchanged, again.left_out), (0, 0, 13_751, 6));
        let chorizo = by_handle(world, "chorizo-extra-teruel").expect("found");
        assert_eq!((chorizo.status, chorizo.tax_category), (Status::Draft, TaxCategory::Reduced));
        assert_eq!(chorizo.variants[0].barcode.as_ref().map(|code| code.as_str()), Some("8400000008037"));
        assert!(chorizo.description_html.es.contains("<li>Grasas: 37,2 g</li>"), "{}", chorizo.description_html.es);
    });
}
