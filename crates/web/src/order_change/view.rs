//! What can be chosen, and what it would cost.

use super::read::change_words;
use crate::storefront::words::label;
use crate::{App, Form, Page};
use askama::{Template, filters::HtmlSafe};
use catalogue::{VariantCard, VariantId};
use kernel::{Actor, Fault, Money, ReadTx};
use orders::{Fulfilment, FulfilmentWay, Order, OrderLine, Proposal, ReturnPolicy, may_change, return_policy};
use std::collections::HashMap;

/// More shops than anybody looks through.
const MOST_SHOPS: i64 = 100;

/// The form; its element is `#change`.
#[derive(Template)]
#[template(path = "ui/order_change.html")]
pub(crate) struct ChangeView {
    page: Page,
    form: Form,
    action: String,
    back_to: String,
    key: String,
    refused: String,
    parts: Vec<PartChoice>,
    exchange: Vec<LineChoice>,
    reasons: Vec<(String, String)>,
    seen: Option<Seen>,
}
impl HtmlSafe for ChangeView {}

/// A part that may go another way.
struct PartChoice {
    id: String,
    title: String,
    says: String,
    ways: Vec<(String, String)>,
    lines: Vec<LineChoice>,
}

/// A line that may be less, or something else.
struct LineChoice {
    id: String,
    title: String,
    most: i64,
    others: Vec<(String, String)>,
}

/// What the change would be.
struct Seen {
    words: Vec<String>,
    costs: String,
    confirm: String,
    difference: i64,
}

impl ChangeView {
    /// The same form with what it would cost.
    pub(crate) fn with(mut self, proposal: &Proposal, difference: Money) -> Self {
        let page = &self.page;
        let amount = Money::new(difference.minor.abs(), difference.currency).format(page.locale);
        let (costs, confirm) = match difference.minor {
            1.. => (page.tv("change-costs-more", &amount), page.tv("change-confirm-pay", &amount)),
            0 => (page.t("change-costs-nothing"), page.t("change-confirm")),
            _ => (page.tv("change-costs-less", &amount), page.t("change-confirm")),
        };
        let (words, difference) = (change_words(page, &proposal.notes), difference.minor);
        self.seen = Some(Seen { words, costs, confirm, difference });
        self
    }
    /// The same form with what stands in the way.
    pub(crate) fn refused(self, says: String) -> Self {
        ChangeView { refused: says, ..self }
    }
    /// Whether anything can be chosen.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.exchange.is_empty()
    }
}

/// The form for what this actor may change of an order.
pub(crate) fn build(
    tx: &ReadTx<'_>,
    (app, page): (&App, &Page),
    actor: &Actor,
    order: &Order,
    (form, action, back_to): (Form, String, String),
) -> Result<ChangeView, Fault> {
    let others = others(tx, app, page, order)?;
    let choice = |line: &OrderLine, most: i64| LineChoice {
        id: line.id.to_string(),
        title: line.title.clone(),
        most,
        others: others.get(&line.variant).cloned().unwrap_or_default(),
    };
    let shops = inventory::locations(tx, false, None, MOST_SHOPS)?;
    let shops: Vec<_> = shops.into_iter().filter(|shop| shop.details.collects).collect();
    let mut parts = Vec::new();
    for part in order.fulfilments.iter().filter(|part| may_change(actor, order, &[part.id]).is_ok()) {
        let mut ways = vec![(String::new(), page.t("change-stays"))];
        let others = shops.iter().filter(|shop| part.way != FulfilmentWay::Collect || shop.id != part.location);
        ways.extend(others.map(|shop| (shop.id.to_string(), page.tv("change-collect", &shop.details.name))));
        ways.push(("deliver".to_owned(), page.t("change-deliver")));
        let lines = order.lines_of(part.id).map(|line| choice(line, line.quantity.0)).collect();
        parts.push(PartChoice { id: part.id.to_string(), title: title(page, part), says: now_goes(part), ways, lines });
    }
    let allowed = |line: &OrderLine| match return_policy(line, order.fulfilment_of(line)?, tx.now()) {
        ReturnPolicy::Allowed { quantity, .. } => Some(choice(line, quantity.0)),
        ReturnPolicy::Refused { .. } => None,
    };
    let key = match form.value("key") {
        "" => rand::random::<[u8; 10]>().iter().map(|byte| format!("{byte:02x}")).collect(),
        known => known.chars().filter(char::is_ascii_alphanumeric).take(40).collect(),
    };
    let reasons = ["size", "look", "fault", "other"].map(|reason| (reason.to_owned(), page.t(&format!("return-why-{reason}"))));
    Ok(ChangeView {
        exchange: order.lines.iter().filter_map(allowed).filter(|line| !line.others.is_empty()).collect(),
        parts,
        form,
        action,
        back_to,
        key,
        refused: String::new(),
        reasons: reasons.into(),
        seen: None,
        page: page.clone(),
    })
}

fn title(page: &Page, part: &Fulfilment) -> String {
    match part.way {
        FulfilmentWay::Collect => page.tv("part-collect", &part.place),
        FulfilmentWay::Deliver => page.t("part-deliver"),
        FulfilmentWay::CarryOut => page.tv("part-taken", &part.place),
    }
}

fn now_goes(part: &Fulfilment) -> String {
    part.address.as_ref().map_or_else(String::new, |to| format!("{}, {} {}", to.street, to.postcode, to.city))
}

/// For each variant the others of its product that are for sale, itself among them where it may be sent again. Two statements.
fn others(tx: &ReadTx<'_>, app: &App, page: &Page, order: &Order) -> Result<HashMap<VariantId, Vec<(String, String)>>, Fault> {
    let mine: Vec<_> = order.lines.iter().map(|line| line.variant).collect();
    let cards = catalogue::variants(tx, &mine)?;
    let products: Vec<_> = cards.iter().map(|card| card.product).collect();
    let family = catalogue::variants_of(tx, &products)?;
    let ids: Vec<_> = family.iter().map(|(_, variant)| *variant).collect();
    let all = catalogue::variants(tx, &ids)?;
    let of = |card: &VariantCard| {
        let same = all.iter().filter(|other| other.product == card.product && other.is_for_sale() && !other.options.is_empty());
        same.map(|other| (other.id.to_string(), label(app, page.locale, other))).collect()
    };
    Ok(cards.iter().map(|card| (card.id, of(card))).collect())
}
