//! What the buyer thinks of what is in an order: for whoever holds its link; nobody signs in.

use super::super::visitor::{Aisle, Visitor};
use super::{Found, buyer, read};
use crate::ui::Link;
use crate::{Answer, App, Flash, Form, Page, Trouble, picture_url, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use catalogue::ProductId;
use catalogue::ratings::{self, Rate, RatingError};
use kernel::{Channel, Fault, ProfileId};

/// A product of the order.
struct Bought {
    id: ProductId,
    title: String,
    picture: String,
}

#[derive(Template)]
#[template(path = "storefront/order_review.html")]
struct ReviewPage {
    page: Page,
    aisles: Vec<Aisle>,
    order: Link,
    token: String,
    products: Vec<Bought>,
    form: Form,
}

/// The products of an order that may be rated, with what was said of them before; nothing of an order of nobody.
async fn bought(app: &App, visitor: &Visitor, found: &Found) -> Result<(Vec<Bought>, Form, Option<ProfileId>), Trouble> {
    let (order, locale) = (found.order.clone(), visitor.page.locale);
    let Some(profile) = order.profile else { return Ok((Vec::new(), Form::new(), None)) };
    let read = app.db.read(move |tx| {
        let ids: Vec<_> = order.lines.iter().map(|line| line.variant).collect();
        let person = customers::person_of(tx, profile)?;
        let profiles = person.map_or_else(|| Ok(vec![profile]), |person| customers::profiles_of(tx, person))?;
        let (mut products, mut form): (Vec<Bought>, Form) = (Vec::new(), Form::new().fill("name", first_name(&order.contact.name)));
        for card in catalogue::variants(tx, &ids)? {
            if products.iter().any(|known| known.id == card.product) || !flows::has_bought(tx, profile, card.product)? {
                continue;
            }
            if let Some(own) = ratings::rating_of(tx, card.product, &profiles)? {
                form =
                    form.fill(&format!("stars-{}", card.product), own.stars.to_string()).fill(&format!("text-{}", card.product), own.text);
            }
            let picture = card.picture.as_ref().map_or("", |picture| &picture.source);
            products.push(Bought { id: card.product, title: card.title.get(locale).to_owned(), picture: picture_url(picture) });
        }
        Ok::<_, Fault>((products, form))
    });
    let (products, form) = read.await?;
    Ok((products, form, Some(profile)))
}

fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

fn on_page(visitor: Visitor, token: String, found: &Found, products: Vec<Bought>, form: Form) -> ReviewPage {
    let Visitor { page, aisles, .. } = visitor;
    let order = Link { href: format!("/orders/{token}"), text: page.tv("my-order-number", found.order.number) };
    ReviewPage { page, aisles, order, token, products, form }
}

pub(in super::super) async fn review_form(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let found = read(&app, &token).await?;
    let (products, form, _) = bought(&app, &visitor, &found).await?;
    show(&on_page(visitor, token, &found, products, form))
}

pub(in super::super) async fn review(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, mut form: Form) -> Answer {
    let found = read(&app, &token).await?;
    let (products, _, profile) = bought(&app, &visitor, &found).await?;
    let profile = profile.ok_or_else(Trouble::not_found)?;
    let rated = |product: &Bought| {
        let stars = form.value(&format!("stars-{}", product.id)).parse().ok()?;
        let (text, name) = (form.value(&format!("text-{}", product.id)).to_owned(), form.value("name").to_owned());
        Some(Rate { product: product.id, profile, stars, text, name, channel: Channel::Web })
    };
    let given: Vec<Rate> = products.iter().filter_map(rated).collect();
    if given.is_empty() {
        form.refuse("stars", visitor.page.t("rating-needs-stars"));
        return show_refused(&on_page(visitor, token, &found, products, form));
    }
    let actor = buyer(&found.order);
    let write = move |tx: &mut kernel::Tx<'_>| given.iter().try_for_each(|rate| flows::rate_product(tx, &actor, rate.clone()).map(drop));
    match app.db.write("flows.rate_product", write).await {
        Ok(()) => visitor.page.go_saying(&format!("/orders/{token}"), &Flash::ok("rating-thanks")),
        Err(RatingError::TooLong(_)) => {
            form.refuse("stars", visitor.page.t("field-too-long"));
            show_refused(&on_page(visitor, token, &found, products, form))
        }
        Err(error) => Err(error.into()),
    }
}
