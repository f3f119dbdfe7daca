//! What a variant is made of: a bundle of other variants, sold out of their stock.

use super::{id, title};
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use catalogue::{BundlePart, MAX_PARTS, Product, ProductId, VariantCard, VariantId};
use flows::SetPartsError;
use kernel::{Fault, Kind, Permission, Problem};

/// Empty rows below the parts that there are.
const SPARE: usize = 3;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/products/{id}/parts/{variant}", get(show_parts).post(save))
}

/// A row of the form: its number, the name of the part, and how many could be made of what there is of it.
struct Row {
    n: usize,
    title: String,
    enough_for: String,
    /// The others would be enough for more.
    is_scarcest: bool,
}

#[derive(Template)]
#[template(path = "studio/products/parts.html")]
struct Parts {
    page: Page,
    me: Me,
    product: ProductId,
    product_title: String,
    variant: VariantId,
    title: String,
    form: Form,
    rows: Vec<Row>,
    /// How many can be sold now; empty for what is no bundle.
    can_be_made: String,
}

/// What the page reads.
struct Read {
    product: Product,
    cards: Vec<VariantCard>,
    /// How many of each part there are in all places.
    there: Vec<i64>,
    can_be_made: i64,
}

fn sku(n: usize) -> String {
    format!("sku-{n}")
}

fn count(n: usize) -> String {
    format!("count-{n}")
}

async fn read(app: &App, me: &Me, product: ProductId, variant: VariantId) -> Result<Read, Trouble> {
    me.actor.require(Permission::ViewCatalogue)?;
    let read = app.db.read(move |tx| {
        let Some(product) = catalogue::product(tx, product)? else { return Ok(None) };
        let Some(known) = product.variant(variant) else { return Ok(None) };
        let ids: Vec<_> = known.parts.iter().map(|part| part.variant).collect();
        let stock = flows::available(tx, &[&ids[..], &[variant]].concat())?;
        let all = |id: &VariantId| stock.get(id).map_or(0, |places| places.values().map(|left| left.0).sum());
        let cards = catalogue::variants(tx, &ids)?;
        Ok::<_, Fault>(Some(Read { there: ids.iter().map(all).collect(), can_be_made: all(&variant), cards, product }))
    });
    read.await?.ok_or_else(Trouble::not_found)
}

fn form_of(read: &Read, variant: VariantId) -> Form {
    let mut form = Form::new();
    for (n, part) in parts_of(read, variant).iter().enumerate() {
        let code = read.cards.iter().find(|card| card.id == part.variant).map_or_else(String::new, |card| card.sku.clone());
        form = form.fill(&sku(n), code).fill(&count(n), part.quantity.to_string());
    }
    form.fill("version", read.product.version.to_string())
}

fn parts_of(read: &Read, variant: VariantId) -> &[BundlePart] {
    read.product.variant(variant).map_or(&[], |known| &known.parts)
}

fn page_of(page: Page, me: Me, read: &Read, variant: VariantId, form: Form) -> Parts {
    let parts = parts_of(read, variant);
    let enough: Vec<i64> = parts.iter().zip(&read.there).map(|(part, there)| there / part.quantity.max(1)).collect();
    let (least, most) = (enough.iter().min().copied(), enough.iter().max().copied());
    let used = (0..MAX_PARTS).rev().find(|n| !form.value(&sku(*n)).is_empty()).map_or(0, |last| last + 1);
    let row = |n: usize| {
        let typed = form.value(&sku(n));
        let at = parts.iter().position(|part| read.cards.iter().any(|card| card.id == part.variant && card.sku == typed));
        let card = at.and_then(|at| read.cards.iter().find(|card| card.id == parts[at].variant));
        Row {
            n,
            title: card.map_or_else(String::new, |card| named(&page, card)),
            enough_for: at.map_or_else(String::new, |at| page.tn("parts-enough-for", enough[at])),
            is_scarcest: at.is_some_and(|at| Some(enough[at]) == least && least < most),
        }
    };
    let known = read.product.variant(variant);
    Parts {
        rows: (0..(used + SPARE).min(MAX_PARTS)).map(row).collect(),
        can_be_made: if parts.is_empty() { String::new() } else { page.tn("parts-can-be-made", read.can_be_made) },
        product: read.product.id,
        product_title: title(&read.product, &page),
        title: known.filter(|known| !known.option_values.is_empty()).map_or_else(
            || title(&read.product, &page),
            |known| format!("{} · {}", title(&read.product, &page), known.option_values.join(" / ")),
        ),
        variant,
        form,
        me,
        page,
    }
}

/// `Camisa de lino · Azul / M`.
fn named(page: &Page, card: &VariantCard) -> String {
    let (title, label) = (card.title.get(page.locale), card.label());
    if label.is_empty() { title.to_owned() } else { format!("{title} · {label}") }
}

fn variant_id(text: &str) -> Result<VariantId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn show_parts(State(app): State<App>, Entered { page, me }: Entered, Path((product, variant)): Path<(String, String)>) -> Answer {
    let (product, variant) = (id(&product)?, variant_id(&variant)?);
    let read = read(&app, &me, product, variant).await?;
    let form = form_of(&read, variant);
    show(&page_of(page, me, &read, variant, form))
}

/// Rows without a code are no parts; what is wrong stands beside its row, and nothing is changed.
async fn save(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path((product, variant)): Path<(String, String)>,
    mut form: Form,
) -> Answer {
    let (product, variant) = (id(&product)?, variant_id(&variant)?);
    let before = read(&app, &me, product, variant).await?;
    let (rows, parts) = typed(&app, &page, &mut form).await?;
    if form.is_fine() {
        let (actor, seen) = (me.actor.clone(), form.value("version").parse().ok());
        let done = app.db.write("flows.set_parts", move |tx| flows::set_parts(tx, &actor, (variant, seen), parts.clone()));
        match done.await {
            Ok(saved) => {
                let flash = Flash::ok("studio-saved-version").with(saved.version.to_string());
                return page.go_saying(&format!("/studio/products/{product}/parts/{variant}"), &flash);
            }
            Err(error) if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) => return Err(error.into()),
            Err(error) => form.refuse(&field(&error, &rows), why(&page, &error)),
        }
    }
    show_refused(&page_of(page, me, &before, variant, form))
}

/// A row with something in it: its number, the variant, its code.
type Typed = (usize, VariantId, String);

/// The rows as parts; a code is a SKU or what a scanner reads.
async fn typed(app: &App, page: &Page, form: &mut Form) -> Result<(Vec<Typed>, Vec<BundlePart>), Trouble> {
    let codes: Vec<(usize, String)> =
        (0..MAX_PARTS).map(|n| (n, form.value(&sku(n)).to_owned())).filter(|(_, code)| !code.is_empty()).collect();
    let wanted = codes.clone();
    let found =
        app.db.read(move |tx| wanted.iter().map(|(_, code)| catalogue::by_code(tx, code)).collect::<Result<Vec<_>, Fault>>()).await?;
    let (mut rows, mut parts) = (Vec::new(), Vec::new());
    for ((n, _), card) in codes.into_iter().zip(found) {
        let quantity = form.value(&count(n)).parse();
        if quantity.is_err() {
            form.refuse(&count(n), page.t("studio-not-a-number"));
        }
        match card {
            Some(card) => {
                parts.push(BundlePart { variant: card.id, quantity: quantity.unwrap_or_default() });
                rows.push((n, card.id, card.sku));
            }
            None => form.refuse(&sku(n), page.t("promo-no-such-sku")),
        }
    }
    Ok((rows, parts))
}

/// The field of the row that a refusal is about: the last of those it could be, else the first row.
fn field(error: &SetPartsError, rows: &[Typed]) -> String {
    let fields = error.fields();
    let named = |name: &str| fields.iter().find(|(field, _)| *field == name).and_then(|(_, value)| value.as_str()).map(str::to_owned);
    let (variant, code) = (named("variant"), named("sku"));
    let is_it = |(_, id, sku): &&Typed| variant.as_deref() == Some(&id.to_string()) || code.as_deref() == Some(sku);
    let n = rows.iter().rev().find(is_it).map_or(0, |(n, ..)| *n);
    if error.code() == "catalogue.part_quantity" { count(n) } else { sku(n) }
}
