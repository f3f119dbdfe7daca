//! The first page: the brand, its goods, its shops.

use super::cards;
use super::shops::{ShopCard, near};
use super::visitor::{Aisle, Visitor};
use super::words::word;
use crate::ui::{Link, ProductCard};
use crate::{Answer, App, Page, Scene, picture_url, show};
use askama::Template;
use axum::extract::State;
use catalogue::{ListError, ListFilter, Sort};
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
    shops: Vec<ShopCard>,
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
        Ok::<_, ListError>((cards, categories, shops))
    });
    let (newest, mut categories, shops) = read.await?;
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
    let home = Home {
        slogan: app.brand.slogan(locale).to_owned(),
        hero,
        scenes,
        tiles: categories.into_iter().take(MOST_TILES).map(tile).collect(),
        new_in: newest.iter().map(|(product, price)| cards::card(&app, &page, product, *price)).collect(),
        shops: shops.into_iter().map(|(shop, metres)| ShopCard::new(&page, &shop, metres, None)).collect(),
        page,
        aisles,
    };
    show(&home)
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
