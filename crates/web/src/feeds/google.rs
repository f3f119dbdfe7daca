//! Google Merchant: the same attributes as XML (RSS 2.0) and as TSV.

use super::item::{Item, There, amount};
use super::{ALL, Asked, Paper, escaped, line_by_item, write};
use crate::{Answer, App};
use axum::extract::{Query, State};
use inventory::StockPolicy;

/// The columns of the TSV, in order.
const COLUMNS: [&str; 24] = [
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "additional_image_link",
    "availability",
    "availability_date",
    "price",
    "sale_price",
    "condition",
    "brand",
    "gtin",
    "mpn",
    "identifier_exists",
    "item_group_id",
    "color",
    "size",
    "material",
    "gender",
    "age_group",
    "product_type",
    "shipping_weight",
    "custom_label_4",
];

pub(super) async fn xml(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let (brand, locale) = (&app.brand, asked.locale());
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n\
         <title>{}</title><link>{}</link><description>{}</description>\n",
        escaped(&brand.name),
        escaped(&brand.public_url),
        escaped(brand.slogan(locale))
    );
    let lines = line_by_item(element);
    write(app, &asked, true, Paper { kind: "application/xml; charset=utf-8", head, lines, tail: "</channel></rss>\n", range: ALL }).await
}

pub(super) async fn tsv(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let lines = line_by_item(row);
    let paper =
        Paper { kind: "text/tab-separated-values; charset=utf-8", head: format!("{}\n", COLUMNS.join("\t")), lines, tail: "", range: ALL };
    write(app, &asked, true, paper).await
}

/// Name and value of every attribute that an item has; one with several values comes several times.
fn attributes(item: &Item) -> Vec<(&'static str, String)> {
    let (availability, day) = match item.there {
        There::Now => ("in_stock", None),
        There::Later(day, StockPolicy::Preorder) => ("preorder", Some(day)),
        There::Later(day, _) => ("backorder", Some(day)),
        There::No => ("out_of_stock", None),
    };
    let mut all = vec![
        ("id", item.id.clone()),
        ("title", item.title.clone()),
        ("description", item.description.clone()),
        ("link", item.link.clone()),
        ("image_link", item.image.clone()),
        ("availability", availability.to_owned()),
        ("availability_date", day.map_or_else(String::new, |day| format!("{day}T00:00+0000"))),
        ("price", amount(item.price)),
        ("sale_price", item.sale_price.map(amount).unwrap_or_default()),
        ("condition", "new".to_owned()),
        ("brand", item.brand.clone()),
        ("gtin", item.gtin.clone().unwrap_or_default()),
        ("mpn", item.mpn.clone().unwrap_or_default()),
        ("identifier_exists", if item.gtin.is_none() && item.mpn.is_none() { "no".to_owned() } else { String::new() }),
        ("item_group_id", item.group.clone().unwrap_or_default()),
        ("color", item.colour.clone()),
        ("size", item.size.clone()),
        ("material", item.material.clone()),
        ("gender", item.gender.to_owned()),
        ("age_group", item.age_group.to_owned()),
        ("product_type", item.category.clone()),
        ("shipping_weight", if item.weight_grams > 0 { format!("{} g", item.weight_grams) } else { String::new() }),
        ("custom_label_4", format!("version {}", item.version)),
    ];
    all.extend(item.more_images.iter().map(|url| ("additional_image_link", url.clone())));
    all.retain(|(_, value)| !value.is_empty());
    all
}

fn element(item: &Item) -> String {
    let attribute = |(name, value): (&str, String)| format!("<g:{name}>{}</g:{name}>", escaped(&value));
    format!("<item>{}</item>\n", attributes(item).into_iter().map(attribute).collect::<String>())
}

fn row(item: &Item) -> String {
    let all = attributes(item);
    let cell = |name: &&str| {
        let values: Vec<_> = all.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
        field(&values.join(","))
    };
    format!("{}\n", COLUMNS.iter().map(cell).collect::<Vec<_>>().join("\t"))
}

/// A tab or a line's end would begin another field; a field with a quote stands in quotes, with each one doubled.
fn field(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.contains('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn no_text_begins_another_field() {
        assert_eq!((field("a\tb\nc").as_str(), field("de 5\" de ancho").as_str()), ("a b c", "\"de 5\"\" de ancho\""));
    }
}
