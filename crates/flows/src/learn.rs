//! Learn a customer's usual shop, sizes and kinds from what they buy and collect. `customers::learnt` keeps none of it without consent.

use catalogue::{ProductOption, VariantCard};
use customers::learnt::{Aspect, Lesson, learn, unlearn};
use kernel::{Fault, Logged, ProfileId, Reaction, Timestamp, Tx};
use orders::{FulfilmentFacts, Order, OrderFacts, ReturnFacts};

const COLLECTED: &str = "fulfilment.collected";
const PAID: &str = "order.paid";
const RETURNED: &str = "return.received";

/// What flows do when others state facts.
pub(crate) const REACTION: Reaction =
    Reaction { name: "flows.learn", kinds: &[COLLECTED, PAID, RETURNED], folds: false, react: learn_from };

fn learn_from(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let Some(profile) = event.profile else { return Ok(()) };
    match event.kind.as_str() {
        COLLECTED => {
            let facts: FulfilmentFacts = event.read()?;
            was_in(tx, profile, &facts.location.to_string(), &facts.place, event.at)
        }
        PAID => bought(tx, profile, event),
        _ => came_back(tx, &event.read::<ReturnFacts>()?),
    }
}

/// One day in one shop is one visit.
fn was_in(tx: &mut Tx<'_>, profile: ProfileId, place: &str, name: &str, at: Timestamp) -> Result<(), Fault> {
    let day: String = at.to_rfc3339().chars().take(10).collect();
    let lesson = Lesson {
        profile,
        aspect: Aspect::UsualShop,
        about: String::new(),
        value: place.to_owned(),
        label: name.to_owned(),
        evidence: format!("{day}/{place}"),
        at,
    };
    learn(tx, &lesson).map(drop)
}

fn bought(tx: &mut Tx<'_>, profile: ProfileId, event: &Logged) -> Result<(), Fault> {
    let Some(order) = orders::order(tx, event.read::<OrderFacts>()?.order)? else { return Ok(()) };
    if let Some(shop) = order.sold_at
        && let Some(place) = inventory::location(tx, shop)?
    {
        was_in(tx, profile, &shop.to_string(), &place.details.name, event.at)?;
    }
    let cards = catalogue::variants(tx, &order.lines.iter().map(|line| line.variant).collect::<Vec<_>>())?;
    for line in &order.lines {
        let Some(card) = cards.iter().find(|card| card.id == line.variant).filter(|card| !card.category.is_empty()) else { continue };
        let lesson = |aspect, about: &str, value: &str| Lesson {
            profile,
            aspect,
            about: about.to_owned(),
            value: value.to_owned(),
            label: value.to_owned(),
            evidence: line.id.to_string(),
            at: event.at,
        };
        learn(tx, &lesson(Aspect::Kind, "", &card.category))?;
        if let Some(size) = size_of(card) {
            learn(tx, &lesson(Aspect::Size, &card.category, size))?;
        }
    }
    Ok(())
}

fn size_of(card: &VariantCard) -> Option<&str> {
    let is_size = |name: &str| ProductOption { name: name.to_owned(), values: Vec::new() }.is_size();
    card.options.iter().find(|(name, _)| is_size(name)).map(|(_, value)| value.as_str())
}

/// What came back shows neither a size nor a liking.
fn came_back(tx: &mut Tx<'_>, facts: &ReturnFacts) -> Result<(), Fault> {
    let order: Option<Order> = orders::order(tx, facts.order)?;
    let (Some(profile), Some(goods)) = (order.and_then(|order| order.profile), orders::return_by_id(tx, facts.goods_return)?) else {
        return Ok(());
    };
    goods.lines.iter().try_for_each(|line| unlearn(tx, profile, &line.line.to_string()))
}
