//! The first page: the brand, its goods, its shops.

use super::cards;
use super::json_ld::{JsonLd, organization};
use super::seen;
use super::shops::{ShopCard, near};
use super::visitor::{Aisle, Visitor};
use super::words::word;
use crate::kept::Shown;
use crate::ui::{Link, ProductCard};
use crate::{Answer, App, Page, Scene, picture_url, show};
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::IntoResponse;
use catalogue::{ListError, ListFilter, Sort};
use customers::visits::PageKind;
use flows::Reason;
use kernel::Locale;

const NEW_IN: usize = 8;
const MOST_TILES: usize = 12;
const NEAR: usize = 3;

/// A category with its picture.
struct Tile {
    link: Link,
    picture: String,
    count: String,
}

/// A scene in the reader's language.
struct SceneView {
    picture: String,
    href: String,
    title: String,
    text: String,
    action: String,
}

/// Products for this person, and why.
struct ForYou {
    title: String,
    why: String,
    products: Vec<ProductCard>,
}

#[derive(Template)]
#[template(path = "storefront/home.html")]
struct Home {
    page: Page,
    aisles: Vec<Aisle>,
    slogan: String,
    hero: Option<SceneView>,
    scenes: Vec<SceneView>,
    tiles: Vec<Tile>,
    new_in: Vec<ProductCard>,
    for_you: Vec<ForYou>,
    shops: Vec<ShopCard>,
    json_ld: JsonLd,
}

pub(super) async fn home(State(app): State<App>, visitor: Visitor) -> Answer {
    let (copy, asked) = (app.clone(), visitor.clone());
    let read = app.db.read(move |tx| {
        let filter = ListFilter { tag: Some("seleccion:nuevo".into()), ..ListFilter::default() };
        let mut newest = catalogue::list(tx, &filter, Sort::Newest, None, NEW_IN)?.items;
        if newest.len() < NEW_IN {
            newest = catalogue::list(tx, &ListFilter::default(), Sort::Newest, None, NEW_IN)?.items;
        }
        let cards = cards::with_prices(tx, &asked.prices(&copy), newest)?;
        let categories = catalogue::categories(tx)?;
        let shops = near(tx, asked.shop.as_ref().map(|shop| shop.details.point), NEAR)?;
        let mut blocks = Vec::new();
        if let Some(person) = asked.shopper.person {
            for block in flows::for_you(tx, person, asked.shopper.signed_in.is_some())? {
                blocks.push((block.reason, cards::with_prices(tx, &asked.prices(&copy), block.products)?));
            }
        }
        Ok::<_, ListError>((cards, categories, shops, blocks))
    });
    let (newest, mut categories, shops, blocks) = read.await?;
    seen::note(&app, &visitor, PageKind::Home, None);
    let Visitor { page, aisles, .. } = visitor;
    let locale = page.locale;
    categories.sort_by_key(|category| std::cmp::Reverse(category.products));
    let tile = |category: catalogue::Category| {
        let name = word(&app, locale, &category.name);
        Tile {
            picture: picture_url(app.pictures.tile(&category.key).unwrap_or_default()),
            link: Link { href: format!("/products?category={}", category.key), text: name },
            count: page.tn("store-products", category.products),
        }
    };
    let mut scenes: Vec<_> = app.pictures.scenes().iter().map(|scene| scene_view(scene, locale)).collect();
    let hero = if scenes.is_empty() { None } else { Some(scenes.remove(0)) };
    let mut brand = organization(&app);
    if !app.brand.slogan(locale).is_empty() {
        brand["slogan"] = app.brand.slogan(locale).into();
    }
    let home = Home {
        json_ld: JsonLd::of(vec![brand]),
        slogan: app.brand.slogan(locale).to_owned(),
        hero,
        scenes,
        tiles: categories.into_iter().take(MOST_TILES).map(tile).collect(),
        new_in: newest.iter().map(|(product, price)| cards::card(&app, &page, product, *price)).collect(),
        for_you: blocks
            .into_iter()
            .map(|(reason, products)| {
                let (title, why) = reason_words(&page, &reason);
                ForYou { title, why, products: products.iter().map(|(product, price)| cards::card(&app, &page, product, *price)).collect() }
            })
            .collect(),
        shops: shops.into_iter().map(|(shop, metres)| ShopCard::new(&page, &shop, metres, None)).collect(),
        page,
        aisles,
    };
    Ok((Extension(Shown(PageKind::Home, None)), show(&home)?).into_response())
}

/// A block's title, and why it is there.
fn reason_words(page: &Page, reason: &Reason) -> (String, String) {
    let named = |product: &catalogue::ProductCard| product.title.get(page.locale).to_owned();
    match reason {
        Reason::SeenLately => (page.t("home-seen"), page.t("home-seen-why")),
        Reason::LookedAt(product) => (page.tv("home-looked", named(product)), page.t("home-looked-why")),
        Reason::WroteAbout(product, handle) => {
            (page.tv("home-wrote", named(product)), page.tv("home-wrote-why", format!("@{}", handle.trim_start_matches('@'))))
        }
    }
}

fn scene_view(scene: &Scene, locale: Locale) -> SceneView {
    SceneView {
        picture: picture_url(&scene.picture),
        href: scene.href.clone(),
        title: scene.title.get(locale).to_owned(),
        text: scene.text.get(locale).to_owned(),
        action: scene.action.get(locale).to_owned(),
    }
}
