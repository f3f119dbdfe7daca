//! Meta's catalogue as CSV.

use super::item::{Item, There, amount};
use super::{ALL, Asked, Paper, line_by_item, write};
use crate::{Answer, App};
use axum::extract::{Query, State};
use inventory::StockPolicy;

/// The columns, in order.
const COLUMNS: &str = "id,title,description,availability,condition,price,link,image_link,brand,sale_price,item_group_id,gtin,mpn,color,size,\
                       material,gender,age_group,product_type,additional_image_link,custom_label_4";

pub(super) async fn csv(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let lines = line_by_item(row);
    let paper = Paper { kind: "text/csv; charset=utf-8", head: format!("{COLUMNS}\r\n"), lines, tail: "", range: ALL };
    write(app, &asked, true, paper).await
}

fn row(item: &Item) -> String {
    let availability = match item.there {
        There::Now => "in stock",
        There::Later(_, StockPolicy::Preorder) => "preorder",
        There::Later(..) => "available for order",
        There::No => "out of stock",
    };
    let (price, sale_price, more) = (amount(item.price), item.sale_price.map(amount).unwrap_or_default(), item.more_images.join(","));
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let (group, gtin, mpn) = (optional(&item.group), optional(&item.gtin), optional(&item.mpn));
    let version = format!("version {}", item.version);
    let cells = [
        &item.id,
        &item.title,
        &item.description,
        availability,
        "new",
        &price,
        &item.link,
        &item.image,
        &item.brand,
        &sale_price,
        &group,
        &gtin,
        &mpn,
        &item.colour,
        &item.size,
        &item.material,
        item.gender,
        item.age_group,
        &item.category,
        &more,
        &version,
    ];
    format!("{}\r\n", cells.map(cell).join(","))
}

/// In quotes where it must be.
fn cell(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_text_begins_another_cell() {
        assert_eq!((cell("Lino, 5\"").as_str(), cell("a\r\nb").as_str()), ("\"Lino, 5\"\"\"", "a  b"));
    }
}
