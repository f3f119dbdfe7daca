//! Products: made, changed, published and taken back, imported.

use crate::brand::studio;
use axum::http::StatusCode;

#[test]
fn a_product_is_made_with_all_its_combinations_and_a_price() {
    studio(|studio| {
        let fields = [
            ("title_es", "Vestido Brisa"),
            ("status", "draft"),
            ("tax_category", "standard"),
            ("option1_name", "Color"),
            ("option1_values", "azul, blanco"),
            ("option2_name", "Talla"),
            ("option2_values", "S, M"),
            ("price", "49,90"),
            ("picture", "picture:dress/azul"),
        ];
        let made = studio.done("/studio/products/new", &fields);
        assert!(made.has("Made: Vestido Brisa") && made.has("VESTIDO-BRISA-BLANCO-M") && made.has("value=\"49.90\""), "{}", made.html);
        let list = studio.get("/studio/products?q=brisa");
        assert!(list.has("Vestido Brisa") && list.has("Draft") && list.has("49.90") && !list.has("Faena"), "{}", list.html);
        let typed = [("title_es", ""), ("price", "cheap"), ("vendor", "Kept as typed")];
        let refused = studio.post("/studio/products/new", &typed);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Write an amount") && refused.has("Kept as typed"));
        let twice = studio.post("/studio/products/new", &fields);
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.has("Another product has “vestido-brisa” already."), "{}", twice.html);
    });
}

#[test]
fn two_people_do_not_overwrite_each_other() {
    studio(|studio| {
        let path = format!("/studio/products/{}", studio.shirt.id);
        let form = |title: &'static str, version: &'static str| {
            [
                ("version", version),
                ("title_es", title),
                ("handle", "camisa-faena"),
                ("status", "active"),
                ("tax_category", "standard"),
                ("tags", "lino, lino"),
            ]
        };
        let saved = studio.done(&path, &form("Camisa Faena II", "1"));
        assert!(saved.has("Saved: version 2") && saved.has("Ada Admin") && saved.has("(version 2)"), "{}", saved.html);
        let late = studio.post(&path, &form("Mine", "1"));
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.has("it is at version 2") && late.has("value=\"Mine\""), "{}", late.html);
        let id = studio.shirt.id;
        let now = studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap());
        assert_eq!((now.title.es.as_str(), now.tags, now.version), ("Camisa Faena II", vec!["lino".to_owned()], 2));
    });
}

#[test]
fn the_history_says_each_field_and_leads_back() {
    studio(|studio| {
        let path = format!("/studio/products/{}", studio.shirt.id);
        let texts = [
            ("version", "1"),
            ("title_es", "Camisa Bravía"),
            ("handle", "camisa-faena"),
            ("status", "active"),
            ("tax_category", "standard"),
        ];
        studio.done(&path, &texts);
        let history = studio.get(&format!("{path}/versions"));
        assert!(
            history.has("Version 2, the same on every channel") && history.has("Ada Admin") && history.has("Title in Spanish"),
            "{}",
            history.html
        );
        assert!(history.has("Camisa Faena") && history.has("Camisa Bravía") && history.has("Product made"), "{}", history.html);
        assert!(!history.has("/versions/2/restoration"), "it is there already");
        let back = studio.done(&format!("{path}/versions/1/restoration"), &[("version", "2")]);
        assert!(back.has("Done: the product is now at version 3") && back.has("Back to version 1"), "{}", back.html);
        let late = studio.done(&format!("{path}/versions/2/restoration"), &[("version", "2")]);
        assert!(late.has("Nothing was changed.") && late.has("it is at version 3"), "{}", late.html);
        let id = studio.shirt.id;
        let now = studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap());
        assert_eq!((now.version, now.title, now.tags), (3, studio.shirt.title.clone(), studio.shirt.tags.clone()));
        assert_eq!(studio.post(&format!("{path}/versions/9/restoration"), &[("version", "3")]).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn taking_off_sale_can_be_undone() {
    studio(|studio| {
        let off = studio.done(&format!("/studio/products/{}/status/draft", studio.shirt.id), &[]);
        let undo = format!("/studio/products/{}/status/active", studio.shirt.id);
        assert!(off.has("Off sale: Camisa Faena") || off.has("Off sale: Faena Shirt"), "{}", off.html);
        assert!(off.has(&format!("action=\"{undo}\"")));
        assert!(studio.done(&undo, &[]).has("On sale"));
    });
}

#[test]
fn the_table_of_variants_is_saved_whole_or_not_at_all() {
    studio(|studio| {
        let path = format!("/studio/products/{}", studio.shirt.id);
        let ids: Vec<String> = studio.shirt.variants.iter().map(|variant| variant.id.to_string()).collect();
        let rows = |price: &str, barcode: &str| -> Vec<(String, String)> {
            let mut rows = Vec::new();
            for (n, id) in ids.iter().enumerate() {
                rows.push(("variant".to_owned(), id.clone()));
                let row = [("sku", format!("F-{n}")), ("price", price.to_owned()), ("weight", "200".into()), ("active", "1".into())];
                rows.extend(row.into_iter().map(|(name, value)| (format!("{name}.{id}"), value)));
            }
            rows.push((format!("barcode.{}", ids[1]), barcode.to_owned()));
            rows
        };
        let post = |rows: Vec<(String, String)>| {
            let pairs: Vec<_> = rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            studio.post(&format!("{path}/variants"), &pairs)
        };
        let refused = post(rows("10", "8400000008038"));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Not a barcode") && refused.has("value=\"8400000008038\""), "{}", refused.html);
        let id = studio.shirt.id;
        let product = studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap());
        assert_eq!(product, studio.shirt);
        assert_eq!(studio.read(|tx| pricing::price_lists(tx).unwrap().len()), 0);
        let saved = post(rows("19,90", "8400000008037"));
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
        let page = studio.get(&path);
        assert!(page.has("value=\"F-1\"") && page.has("value=\"19.90\"") && page.has("value=\"8400000008037\""), "{}", page.html);
        let added = studio.done(&format!("{path}/variants/new"), &[("new_value", "L"), ("new_sku", "")]);
        assert!(added.has("Added: CAMISA-FAENA-L"), "{}", added.html);
        let again = studio.post(&format!("{path}/variants/new"), &[("new_value", "L")]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn pictures_are_added_put_first_and_removed() {
    studio(|studio| {
        let path = format!("/studio/products/{}/pictures", studio.shirt.id);
        for source in ["picture:shirt/azul", "picture:shirt/blanco"] {
            studio.done(&path, &[("source", source), ("alt_es", "Una camisa")]);
        }
        let id = studio.shirt.id;
        let media = move |tx: &kernel::ReadTx<'_>| catalogue::product(tx, id).unwrap().unwrap().media;
        let second = studio.read(media)[1].id;
        studio.done(&format!("{path}/{second}/first"), &[]);
        assert_eq!(studio.read(media)[0].id, second);
        studio.done(&format!("{path}/{second}/removal"), &[]);
        assert_eq!(studio.read(media).len(), 1);
        assert_eq!(studio.post(&path, &[("source", "")]).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

/// One red dot.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc8! \0\0\x02\x8c\0\xe9u_\x84\xc8\0\0\0\0IEND\xaeB`\x82";

#[test]
fn pictures_are_uploaded_shown_in_the_shop_and_given_to_the_variants_they_show() {
    studio(|studio| {
        let path = format!("/studio/products/{}", studio.shirt.id);
        let before = studio.shirt.media.len();
        let sent = studio.upload_bytes(&format!("{path}/pictures/upload"), &[("foto.png", PICTURE)]);
        assert_eq!(sent.location(), format!("{path}#pictures"));
        let id = studio.shirt.id;
        let saved = studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap());
        let media = saved.media.last().expect("a picture").clone();
        assert_eq!(saved.media.len(), before + 1);
        let url = format!("/media/{}", media.source);
        assert!(studio.get(&path).has(&url));
        for url in [url.clone(), format!("{url}/large")] {
            let shown = studio.get(&url);
            assert_eq!((shown.status, shown.headers["content-type"].as_bytes()), (StatusCode::OK, b"image/jpeg".as_slice()));
        }
        assert_eq!(studio.get(&format!("{url}0")).status, StatusCode::NOT_FOUND);
        let tag = studio.get(&url).headers["etag"].clone();
        let tag = tag.to_str().expect("a tag");
        assert_eq!(studio.get_knowing(&url, tag).status, StatusCode::NOT_MODIFIED);
        assert_eq!(studio.get_knowing(&format!("{url}/large"), tag).status, StatusCode::OK, "another size is another file");
        // It is that of one size.
        let (picture, source) = (media.id.to_string(), media.source.clone());
        let size = saved.variants[0].option_values[0].clone();
        let fields = [("picture", picture.as_str()), ("source", &source), ("alt_es", "Con lazo"), ("alt_en", "With bow"), ("of", &size)];
        studio.done(&format!("{path}/pictures"), &fields);
        let given = studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap());
        let of = |value: &str| given.variants.iter().filter(|v| v.option_values[0] == value).all(|v| v.media == Some(media.id));
        assert!(of(&size) && given.variants.iter().filter(|v| v.option_values[0] != size).all(|v| v.media != Some(media.id)));
        // One that is none takes the others with it.
        let refused = studio.upload_bytes(&format!("{path}/pictures/upload"), &[("a.png", PICTURE), ("b.png", b"hello")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("A picture is a JPEG, PNG or WebP file"), "{}", refused.html);
        let none = studio.upload_bytes(&format!("{path}/pictures/upload"), &[]);
        assert!(none.has("Choose one to 10 pictures."), "{}", none.html);
        assert_eq!(studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap().version), given.version);
    });
}

const FILE: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status\n\
    camisa-faena,Camisa Faena nueva,Talla,S,CAMISA-FAENA-S,9,20.00,active\n\
    gorra,Gorra,Title,Default Title,GORRA-1,4,12.50,active\n";

#[test]
fn a_file_is_shown_first_and_then_taken_whole() {
    studio(|studio| {
        let sent = studio.upload("/studio/products/import", &[("language", "es")], FILE);
        let preview = studio.get(sent.location());
        assert!(
            preview.has("nothing has been saved yet") && preview.has("Camisa Faena nueva") && preview.has("title.es"),
            "{}",
            preview.html
        );
        assert_eq!(studio.read(|tx| catalogue::products_after(tx, catalogue::ProductId::nil(), 9).unwrap().len()), 1);
        let (file, place) = (preview.field("file"), studio.madrid.to_string());
        let key = preview.field("key");
        let fields = [("file", file.as_str()), ("language", "es"), ("place", place.as_str()), ("key", key.as_str())];
        let done = studio.done("/studio/products/import/application", &fields);
        assert!(done.has("Done") && done.has("Gorra") && done.has("Undo the import"), "{}", done.html);
        assert!(studio.get("/studio/products").has("12.50"));
        assert!(studio.get("/studio/products/imports").has("Done"));
        let cap = studio.read(|tx| catalogue::by_sku(tx, "GORRA-1").unwrap().unwrap().id);
        let madrid = studio.madrid;
        assert_eq!(studio.read(move |tx| inventory::level(tx, cap, madrid).unwrap().on_hand.0), 4);
        assert_eq!(studio.stock(madrid), (0, 0), "the shirt was there before and keeps its stock");
        let again = studio.upload("/studio/products/import", &[("language", "es")], FILE);
        assert!(studio.get(again.location()).has("There is nothing to change."));
        // Sent twice it is one import, and it goes back.
        let sent = studio.post("/studio/products/import/application", &fields);
        let page = sent.location().to_owned();
        let back = studio.done(&format!("{page}/withdrawal"), &[]);
        assert!(back.has("Undone") && !back.has("Undo the import"), "{}", back.html);
        assert_eq!(studio.read(move |tx| inventory::level(tx, cap, madrid).unwrap().on_hand.0), 0);
        assert!(studio.done(&format!("{page}/withdrawal"), &[]).has("This import was undone already"));
    });
}

#[test]
fn a_file_with_problems_names_its_lines_and_changes_nothing() {
    studio(|studio| {
        let bad = FILE.replace("12.50", "cheap");
        let sent = studio.upload("/studio/products/import", &[("language", "es")], &bad);
        let preview = studio.get(sent.location());
        assert!(
            preview.has("The file has 1 problem")
                && preview.has("<td class=\"number\">3</td>")
                && !preview.has("Import it all")
                && preview.has("Import the rest"),
            "{}",
            preview.html
        );
        let nothing = studio.upload("/studio/products/import", &[("language", "es")], "");
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = studio.get("/studio/products/import/preview?file=unknown");
        assert_eq!(gone.location(), "/studio/products/import");
        assert_eq!(studio.read(|tx| catalogue::products_after(tx, catalogue::ProductId::nil(), 9).unwrap().len()), 1);
    });
}

#[test]
fn english_texts_come_from_a_file_of_their_own() {
    studio(|studio| {
        let path = "/studio/products/import/texts";
        let done = studio.upload(path, &[("texts_language", "en")], "Handle,Title\ncamisa-faena,Workday Shirt\n");
        assert_eq!(done.location(), "/studio/products");
        let id = studio.shirt.id;
        let title = studio.read(move |tx| catalogue::product(tx, id).unwrap().unwrap().title);
        assert_eq!((title.es.as_str(), title.en.as_str()), ("Camisa Faena", "Workday Shirt"));
        let bad = studio.upload(path, &[("texts_language", "en")], "Handle,Title\nnowhere,X\n");
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.has("The file has 1 problem"), "{}", bad.html);
    });
}
