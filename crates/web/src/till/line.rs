//! One line of the cart, as the till shows it.

use super::words;
use crate::storefront::product::promise::{ahead_words, delivery_words, fee_words};
use crate::ui::Picture;
use crate::{App, Page, picture_url};
use catalogue::{VariantCard, VariantId};
use flows::{DeliveryOption, LineMatch};
use inventory::{Location, LocationId};
use orders::{CartLine, MAX_QUANTITY, Way};
use pricing::{MatchRefusal, QuoteLine};
use std::collections::{BTreeMap, HashMap};

/// Stock by variant and place.
pub(super) type Stock = BTreeMap<VariantId, BTreeMap<LocationId, kernel::Quantity>>;

/// Units of one variant in one place that can be promised.
pub(super) fn units_at(stock: &Stock, variant: VariantId, place: LocationId) -> i64 {
    stock.get(&variant).and_then(|places| places.get(&place)).map_or(0, |quantity| quantity.0)
}

/// A picture, or the one that stands in.
pub(super) fn picture(card: Option<&VariantCard>) -> Picture {
    let source = card.and_then(|card| card.picture.as_ref()).map_or("", |picture| picture.source.as_str());
    Picture { url: picture_url(source), alt: String::new() }
}

/// One line.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) label: String,
    pub(super) href: String,
    pub(super) picture: Picture,
    pub(super) quantity: i64,
    pub(super) fewer: i64,
    pub(super) more: i64,
    pub(super) total: String,
    pub(super) before: String,
    pub(super) way: String,
    /// Value, words, whether it is the one: where this line may come from.
    pub(super) ways: Vec<(String, String, bool)>,
    /// The day it arrives and what sending the cart costs, in the words of the web; empty for what is not sent.
    pub(super) promise: String,
    /// What is wrong with it; empty for nothing.
    pub(super) warns: String,
    /// What our web asks for one, and whether it may be matched; nothing where it asks the same.
    pub(super) web: Option<Web>,
}

/// The price of our own web beside the shop's.
pub(super) struct Web {
    pub(super) says: String,
    /// Matched: it may be undone.
    pub(super) is_matched: bool,
    pub(super) may: bool,
    pub(super) needs_reason: bool,
    /// Why it may not be matched.
    pub(super) not: String,
}

/// Units of one variant that can be sent.
pub(super) fn to_send(places: &[Location], stock: &Stock, variant: VariantId) -> i64 {
    places.iter().filter(|place| place.details.ships).map(|place| units_at(stock, variant, place.id)).sum()
}

/// What a line is made from besides itself.
pub(super) struct Around<'a> {
    pub(super) app: &'a App,
    pub(super) page: &'a Page,
    pub(super) here: &'a Location,
    pub(super) places: &'a [Location],
    pub(super) stock: &'a Stock,
    /// What comes later of lines that are sent and not all there.
    pub(super) ahead: &'a BTreeMap<VariantId, flows::Ahead>,
    pub(super) matches: &'a HashMap<VariantId, LineMatch>,
    /// How what is sent is sent, once the cart has a price.
    pub(super) delivery: Option<&'a DeliveryOption>,
}

impl Around<'_> {
    pub(super) fn place(&self, id: LocationId) -> String {
        self.places.iter().find(|place| place.id == id).map_or_else(String::new, |place| place.details.city.clone())
    }
    fn to_send(&self, variant: VariantId) -> i64 {
        to_send(self.places, self.stock, variant)
    }
    /// What comes later of a line, where that is enough.
    fn ahead(&self, line: &CartLine) -> Option<&flows::Ahead> {
        let lacks = line.quantity.0 - self.to_send(line.variant);
        self.ahead.get(&line.variant).filter(|ahead| matches!(line.way, Way::Deliver { .. }) && lacks > 0 && ahead.free.0 >= lacks)
    }

    pub(super) fn line(&self, line: &CartLine, card: Option<&VariantCard>, priced: Option<&QuoteLine>) -> Line {
        let page = self.page;
        let money = |amount: kernel::Money| amount.format(page.locale);
        let reduced = priced.filter(|priced| priced.subtotal.minor > priced.total.minor);
        let warns = self.warns(line, card);
        let is_service = card.is_some_and(|card| card.is_service);
        Line {
            id: line.id.to_string(),
            title: card.map_or_else(|| page.t("till-gone"), |card| card.title.get(page.locale).to_owned()),
            label: card.map_or_else(String::new, |card| words::label(self.app, page, card)),
            href: card.map_or_else(String::new, |card| format!("/till/products/{}?sku={}", card.handle, card.sku)),
            picture: picture(card),
            quantity: line.quantity.0,
            fewer: line.quantity.0 - 1,
            more: (line.quantity.0 + 1).min(MAX_QUANTITY),
            total: priced.map_or_else(String::new, |priced| money(priced.total)),
            before: reduced.map_or_else(String::new, |priced| money(priced.subtotal)),
            way: words::way(page, &line.way, self.here.id, |id| self.place(id)),
            ways: self.ways(line, is_service),
            promise: if warns.is_empty() && !is_service { self.promise(line) } else { String::new() },
            warns,
            web: self.web(line),
        }
    }

    fn web(&self, line: &CartLine) -> Option<Web> {
        let page = self.page;
        let money = |amount: kernel::Money| amount.format(page.locale);
        if let Some(matched) = &line.matched {
            let says = page.tw("till-matched", &[("to", money(matched.to).into()), ("from", money(matched.from).into())]);
            return Some(Web { says, is_matched: true, may: false, needs_reason: false, not: String::new() });
        }
        let known = self.matches.get(&line.variant)?;
        let needs_reason = matches!(known.may, Err(MatchRefusal::NeedsReason { .. }));
        let not = match known.may {
            Err(refusal) if !needs_reason => words::match_refused(page, refusal),
            _ => String::new(),
        };
        Some(Web {
            says: page.tv("till-on-the-web", money(known.web)),
            is_matched: false,
            may: not.is_empty(),
            needs_reason,
            not: if known.web.minor < known.shop.minor { not } else { String::new() },
        })
    }

    fn promise(&self, line: &CartLine) -> String {
        let (Way::Deliver { .. }, Some(sent)) = (&line.way, self.delivery) else { return String::new() };
        let arrives = self.ahead(line).map_or_else(|| delivery_words(self.page, Some(sent)), |ahead| ahead_words(self.page, ahead));
        format!("{arrives} · {}", fee_words(self.page, sent.fee))
    }

    fn ways(&self, line: &CartLine, is_service: bool) -> Vec<(String, String, bool)> {
        let page = self.page;
        let mut ways = vec![
            (Way::TakeNow { location: self.here.id }, page.t("till-way-take-now")),
            (Way::Deliver { address: None }, page.t("till-way-deliver")),
            (Way::Collect { location: self.here.id }, page.t("till-way-collect-here")),
        ];
        for place in self.places.iter().filter(|place| place.details.collects && place.id != self.here.id) {
            let there = units_at(self.stock, line.variant, place.id);
            if is_service {
                let says = page.tv("way-service", &place.details.city);
                ways.push((Way::Collect { location: place.id }, says));
            } else if there > 0 {
                let says = page.tw("till-way-collect-with", &[("place", place.details.city.clone().into()), ("n", there.into())]);
                ways.push((Way::Collect { location: place.id }, says));
            }
        }
        let chosen = words::way_value(&line.way);
        let mut shown: Vec<_> =
            ways.into_iter().map(|(way, says)| (words::way_value(&way), says)).map(|(v, s)| (v.clone(), s, v == chosen)).collect();
        if !shown.iter().any(|(_, _, is_chosen)| *is_chosen) {
            shown.push((chosen, words::way(page, &line.way, self.here.id, |id| self.place(id)), true));
        }
        shown
    }

    fn warns(&self, line: &CartLine, card: Option<&VariantCard>) -> String {
        if card.is_none_or(|card| !card.is_for_sale()) {
            return self.page.t("till-not-for-sale");
        }
        let left = match line.way {
            Way::TakeNow { location } | Way::Collect { location } => units_at(self.stock, line.variant, location),
            Way::Deliver { .. } => self.to_send(line.variant),
        };
        if left >= line.quantity.0 || self.ahead(line).is_some() {
            return String::new();
        }
        match line.way {
            Way::Deliver { .. } => self.page.tn("till-few-to-send", left),
            _ => self.page.tn("till-few-here", left),
        }
    }
}
