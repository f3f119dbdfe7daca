//! Importing the Shopify layout: preview, all or nothing, twice is once.

mod common;

use catalogue::import::{Applied, ImportError, ImportOptions, LineProblem, Outcome, Preview, apply, apply_texts, preview};
use catalogue::{Product, Status, TaxCategory};
use common::{create, editor, shirt};
use kernel::testing::{World, on_both};
use kernel::{Actor, Locale, Money};

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,\
Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Taxable,Variant Barcode,Image Src,\
Image Position,Image Alt Text,SEO Title,Variant Image";

/// Byte order mark, CRLF, a quoted line end, two variants and an extra image, and a product without options.
fn file() -> String {
    format!(
        "\u{feff}{HEADER}\r\n\
         tee,Camiseta,\"<p>Suave,\r\nde algodón</p>\",Hilo,Camisetas,\"material:algodón, nuevo\",true,Color,Azul,Talla,M,TEE-AZ-M,180,5,19.90,25,true,'8400000008037,tee-azul.jpg,2,Azul,Camiseta azul,tee-azul.jpg\r\n\
         tee,,,,,,,,Rojo,,M,,180.0,-2,19.90,19.90,true,,tee-rojo.jpg,1,Rojo,,tee-rojo.jpg\r\n\
         tee,,,,,,,,,,,,,,,,,,tee-detalle.jpg,3,,,\r\n\
         ,,,,\r\n\
         libro,Libro,,,Libros,,false,Title,Default Title,,,,,,9,,false,,,,,,\r\n"
    )
}

fn look(world: &World, text: &str) -> Preview {
    let text = text.to_owned();
    world.db().read(move |tx| preview(tx, &editor(), text.as_bytes(), ImportOptions::default())).wait().expect("a preview")
}

fn run(world: &World, text: &str) -> Result<Applied, ImportError> {
    let text = text.to_owned();
    world.db().write("import", move |tx| apply(tx, &editor(), text.as_bytes(), ImportOptions::default())).wait()
}

fn by_handle(world: &World, handle: &str) -> Option<Product> {
    let handle = handle.to_owned();
    world.db().read(move |tx| catalogue::product_by_handle(tx, &Actor::system(), &handle)).wait().expect("read")
}

fn at(problems: &[LineProblem]) -> Vec<(u64, &str, &str)> {
    problems.iter().map(|p| (p.line, p.column.as_str(), p.message.as_str())).collect()
}

#[test]
fn a_file_becomes_products_once() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let seen = look(world, &file());
        assert_eq!((seen.created, seen.changed, seen.unchanged, seen.variants), (2, 0, 0, 3));
        assert_eq!(at(&seen.problems), []);
        let notes = at(&seen.notes);
        assert_eq!(
            notes,
            [
                (4, "Variant SKU", "there is no SKU; `TEE-ROJO-M` was made for it"),
                (7, "Variant SKU", "there is no SKU; `LIBRO` was made for it"),
            ]
        );
        let prices: Vec<_> = seen.prices.iter().map(|p| (p.sku.as_str(), p.price, p.compare_at)).collect();
        let tee = Money::eur(1990);
        assert_eq!(prices, [("TEE-AZ-M", tee, Some(Money::eur(2500))), ("TEE-ROJO-M", tee, None), ("LIBRO", Money::eur(900), None)]);
        assert_eq!(seen.stock.iter().map(|s| (s.sku.as_str(), s.quantity)).collect::<Vec<_>>(), [("TEE-AZ-M", 5), ("TEE-ROJO-M", 0)]);
        assert_eq!(by_handle(world, "tee"), None);

        let done = run(world, &file()).expect("imported");
        assert_eq!((done.created, done.changed, done.unchanged), (2, 0, 0));
        assert!(done.variants.iter().all(|variant| variant.is_new));
        let tee = by_handle(world, "tee").expect("found");
        assert_eq!((tee.status, tee.version, tee.category.as_str()), (Status::Active, 1, "Camisetas"));
        assert_eq!(tee.description_html.es, "<p>Suave,\r\nde algodón</p>".replace("\r\n", "\n"));
        assert_eq!(tee.attributes().collect::<Vec<_>>(), [("material", "algodón")]);
        assert_eq!(tee.media.iter().map(|m| m.source.as_str()).collect::<Vec<_>>(), ["tee-rojo.jpg", "tee-azul.jpg", "tee-detalle.jpg"]);
        assert_eq!(tee.picture(Some(&tee.variants[0])).map(|m| m.alt.es.as_str()), Some("Azul"));
        assert_eq!(tee.variants[0].barcode.as_ref().map(|code| code.as_str()), Some("8400000008037"));
        assert_eq!((tee.variants[1].weight_grams, tee.variants[0].id), (180, done.variants[0].variant));
        let book = by_handle(world, "libro").expect("found");
        assert_eq!((book.status, book.tax_category, book.options.len(), book.variants.len()), (Status::Draft, TaxCategory::Zero, 0, 1));

        let again = run(world, &file()).expect("imported");
        assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 2));
        assert!(again.variants.iter().all(|variant| !variant.is_new));
        assert_eq!(by_handle(world, "tee"), Some(tee));
    });
}

#[test]
fn a_changed_file_says_field_by_field_what_it_changes() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        run(world, &file()).expect("imported");
        let text = file().replace("Camiseta,", "Camiseta básica,").replace(",180,5,", ",190,5,").replace(",Rojo,,M,,", ",Rojo,,L,,");
        let seen = look(world, &text);
        assert_eq!((seen.created, seen.changed, seen.unchanged), (0, 1, 1));
        assert_eq!(seen.products[1].outcome, Outcome::Unchanged);
        let changes: Vec<_> = seen.products[0].changes.iter().map(|c| (c.field.as_str(), c.before.as_str(), c.after.as_str())).collect();
        let expected =
            [("title.es", "Camiseta", "Camiseta básica"), ("TEE-AZ-M.weight_grams", "180", "190"), ("variants", "", "TEE-ROJO-L")];
        assert_eq!(changes, expected);
        let done = run(world, &text).expect("imported");
        assert_eq!((done.changed, done.variants.iter().filter(|v| v.is_new).count()), (1, 1));
        let tee = by_handle(world, "tee").expect("found");
        assert_eq!((tee.version, tee.variants.len(), tee.title.es.as_str()), (2, 3, "Camiseta básica"));
        // A file with fewer columns leaves the rest alone.
        let prices = "Handle,Variant SKU,Variant Price\nlibro,LIBRO,10\n";
        assert_eq!(look(world, prices).unchanged, 1);
    });
}

#[test]
fn problems_come_with_their_lines_and_nothing_is_imported() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        create(world, shirt());
        let text = "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Variant Barcode,Colour\n\
                    good,Bueno,true,Talla,S,G-S,10,5,,\n\
                    good,,,,S,G-S2,10,5,,\n\
                    bad,,maybe,Talla,,B,2.5,abc,8400000008038,\n\
                    ,Nobody,,,,,,,,\n\
                    other,Otro,true,Title,Default Title,G-S,1,5,,\n\
                    taken,Cogido,true,Title,Default Title,CAM-BL-S,1,5,08400000008037,\n";
        let seen = look(world, text);
        assert_eq!(
            at(&seen.problems),
            [
                (3, "Option1 Value", "S is already on line 2"),
                (4, "Published", "`maybe` is neither true nor false"),
                (4, "Option1 Value", "a value for `Talla` is needed"),
                (4, "Variant Price", "`abc` is not a price"),
                (4, "Variant Grams", "`2.5` is not a whole number"),
                (4, "Variant Barcode", "the check digit of `8400000008038` is wrong: it should end in 7"),
                (4, "Title", "a title is needed"),
                (5, "Handle", "a handle is needed on every line"),
                (6, "Variant SKU", "the SKU `G-S` is already on line 2"),
                (7, "Variant SKU", "the SKU `CAM-BL-S` belongs to `camisa-lino`"),
                (7, "Variant Barcode", "the barcode 08400000008037 belongs to `camisa-lino`"),
            ]
        );
        assert_eq!(at(&seen.notes), [(1, "Colour", "the column `Colour` is not known and was passed over")]);
        let Err(ImportError::Problems(refused)) = run(world, text) else { panic!("it must be refused") };
        assert_eq!(refused, seen.problems);
        assert_eq!(by_handle(world, "good"), None);
        let broken = [("Title\nx\n", (1, "")), ("Handle,Title\na,\"b\n", (2, "")), ("Handle,Handle\na,b\n", (1, "Handle"))];
        for (text, place) in broken {
            let found = look(world, text).problems;
            assert_eq!((found[0].line, found[0].column.as_str()), place, "{text}");
        }
        let latin = world.db().read(|tx| preview(tx, &editor(), b"Handle,Title\na,Pantal\xf3n\n", ImportOptions::default())).wait();
        assert_eq!(latin.expect("a preview").problems[0].line, 2);
        assert!(world.db().read(|tx| preview(tx, &Actor::guest(), b"", ImportOptions::default())).wait().is_err());
    });
}

#[test]
fn texts_in_another_language_are_added() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        run(world, &file()).expect("imported");
        let import = |text: &'static str| world.db().write("texts", |tx| apply_texts(tx, &editor(), text.as_bytes(), Locale::En)).wait();
        let text = "Handle,Title,Body (HTML)\ntee,T-shirt,<p>Soft cotton</p>\nlibro,Book,\n";
        let done = import(text).expect("imported");
        assert_eq!((done.changed, done.unchanged), (2, 0));
        let tee = by_handle(world, "tee").expect("found");
        assert_eq!((tee.title.get(Locale::En), tee.title.get(Locale::Es), tee.version), ("T-shirt", "Camiseta", 2));
        let again = import(text).expect("imported");
        assert_eq!((again.changed, again.unchanged), (0, 2));
        let Err(ImportError::Problems(problems)) = import("Handle,Title\ntee,Other\nnothing,X\n") else { panic!("it must be refused") };
        assert_eq!(at(&problems), [(3, "Handle", "there is no product `nothing`")]);
        assert_eq!(by_handle(world, "tee").map(|tee| tee.version), Some(2));
    });
}

#[test]
#[ignore = "reads the shared contracts: set HILO_SHARED"]
fn conformance_real_exports_import_exactly_and_only_once() {
    let shared = std::env::var("HILO_SHARED").expect("HILO_SHARED says where the contracts are");
    on_both(&[catalogue::MIGRATIONS], |world| {
        for (name, products, variants, pictures, compared, units) in
            [("apparel", 20, 22, 20, 0, 22), ("home-and-garden", 20, 21, 21, 16, 65), ("jewelery", 20, 23, 41, 17, 20)]
        {
            let path = format!("{shared}/contracts/shopify-product-csv/{name}.csv");
            let text = std::fs::read_to_string(&path).expect("a real export");
            let seen = look(world, &text);
            assert_eq!((at(&seen.problems), seen.created, seen.variants), (vec![], products, variants), "{name}");
            assert_eq!(seen.notes.len(), variants, "{name}: only that SKUs were made");
            let done = run(world, &text).expect("imported");
            assert_eq!((done.created, done.variants.len()), (products, variants), "{name}");
            assert_eq!(done.variants.iter().filter(|v| v.price.is_some()).count(), variants, "{name}");
            assert_eq!(done.variants.iter().filter(|v| v.compare_at.is_some()).count(), compared, "{name}");
            assert_eq!(done.variants.iter().filter_map(|v| v.quantity).sum::<i64>(), units, "{name}");
            let handles: Vec<_> = seen.products.iter().filter_map(|plan| by_handle(world, &plan.handle)).collect();
            assert_eq!(handles.iter().map(|p| p.media.len()).sum::<usize>(), pictures, "{name}");
            let again = run(world, &text).expect("imported");
            assert_eq!((again.created, again.changed, again.unchanged), (0, 0, products), "{name}");
            assert!(look(world, &text).products.iter().all(|plan| plan.changes.is_empty()), "{name}");
        }
    });
}
