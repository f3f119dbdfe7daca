//! What the log says, in sentences: who did what, to what.

use super::why::said;
use crate::Page;
use crate::ui::{Icon, Moment, icon};
use catalogue::{ProductId, VariantId};
use inventory::LocationId;
use kernel::{Fault, Logged, ReadTx, StaffId};
use serde_json::Value as Json;
use std::collections::HashMap;

/// Entries of a run that are told one by one.
const MOST_OF_A_RUN: usize = 3;
/// Deeds of one kind that follow each other within this time are a run, in microseconds.
const RUN: u64 = 60_000_000;

/// One entry, told.
pub(super) struct Told {
    pub icon: Icon,
    /// Who did it; empty where the page says so already.
    pub who: String,
    pub says: String,
    /// Where the thing is; empty when there is no page of it.
    pub href: String,
    pub when: Moment,
}

/// The names that entries need, read once.
#[derive(Default)]
pub(super) struct Teller {
    staff: HashMap<String, String>,
    products: HashMap<String, catalogue::Localised>,
    variants: HashMap<String, (catalogue::Localised, String)>,
    places: HashMap<String, String>,
    hide_actor: bool,
}

fn body(entry: &Logged) -> Json {
    serde_json::from_str(&entry.body).unwrap_or_default()
}

fn text<'a>(body: &'a Json, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_default()
}

impl Teller {
    /// Look up the names in these entries; as many as there are entries, at most.
    pub fn gather(tx: &ReadTx<'_>, entries: &[Logged]) -> Result<Self, Fault> {
        let mut teller = Teller::default();
        let (mut products, mut variants) = (Vec::<ProductId>::new(), Vec::<VariantId>::new());
        for entry in entries {
            if let Some(actor) = &entry.actor
                && let Some(id) = actor.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok())
                && !teller.staff.contains_key(actor)
            {
                let name = access::staff_member(tx, id)?.map(|staff| staff.name).unwrap_or_default();
                teller.staff.insert(actor.clone(), name);
            }
            let facts = body(entry);
            let location = if entry.kind.starts_with("location.") { entry.subject.as_str() } else { text(&facts, "location") };
            if let Ok(id) = location.parse::<LocationId>()
                && !teller.places.contains_key(location)
            {
                let name = inventory::location(tx, id)?.map(|place| place.details.name).unwrap_or_default();
                teller.places.insert(location.to_owned(), name);
            }
            products.extend(text(&facts, "product").parse::<ProductId>());
            variants.extend(text(&facts, "variant").parse::<VariantId>());
        }
        for card in catalogue::cards(tx, &products)? {
            teller.products.insert(card.id.to_string(), card.title);
        }
        for card in catalogue::variants(tx, &variants)? {
            let label = card.label();
            teller.variants.insert(card.id.to_string(), (card.title, label));
        }
        Ok(teller)
    }

    /// Leave out who: the page is about one person.
    pub fn of_one(mut self) -> Self {
        self.hide_actor = true;
        self
    }

    /// An actor's name.
    pub fn who(&self, page: &Page, actor: Option<&str>) -> String {
        let actor = actor.unwrap_or("system");
        match self.staff.get(actor).filter(|name| !name.is_empty()) {
            Some(name) => name.clone(),
            None => {
                let kind = actor.split(':').next().unwrap_or_default().replace('_', "-");
                page.t(&format!("actor-{kind}"))
            }
        }
    }

    /// Entries as sentences. Of a long run of the same deed, such as a price for each variant, the first are told and the rest counted.
    pub fn tell_all(&self, page: &Page, entries: &[Logged]) -> Vec<Told> {
        let mut all = Vec::new();
        for run in entries.chunk_by(|a, b| a.kind == b.kind && a.actor == b.actor && a.at.as_micros().abs_diff(b.at.as_micros()) < RUN) {
            let told = if run.len() > MOST_OF_A_RUN + 1 { MOST_OF_A_RUN } else { run.len() };
            all.extend(run[..told].iter().map(|entry| self.tell(page, entry)));
            if let Some(next) = run.get(told) {
                let says = page.tn("told-and-more", run.len() - told);
                all.push(Told { who: String::new(), says, href: String::new(), ..self.tell(page, next) });
            }
        }
        all
    }

    /// One entry as a sentence.
    fn tell(&self, page: &Page, entry: &Logged) -> Told {
        let facts = body(entry);
        let room = entry.kind.split('.').next().unwrap_or_default();
        let who = if self.hide_actor { String::new() } else { self.who(page, entry.actor.as_deref()) };
        Told {
            icon: icon_of(room),
            says: self.sentence(page, entry, &facts, room),
            href: href(entry, &facts, room),
            when: Moment::when(entry.at, page.now, page.locale),
            who,
        }
    }

    fn sentence(&self, page: &Page, entry: &Logged, facts: &Json, room: &str) -> String {
        let detail = match entry.kind.as_str() {
            "stock.changed" => format!("-{}", text(facts, "cause").replace('_', "-")),
            "product.changed" if facts["version"] == 1 => "-first".to_owned(),
            "location.changed" if facts["variant"].is_string() => "-safety".to_owned(),
            "staff.changed" if facts["active"] == false => "-left".to_owned(),
            _ => String::new(),
        };
        let keys = [format!("told-{}{detail}", entry.kind.replace(['.', '_'], "-")), format!("told-room-{}", room.replace('_', "-"))];
        let values = [
            ("name", self.name(page, entry, facts).into()),
            ("place", self.places.get(text(facts, "location")).cloned().unwrap_or_default().into()),
            ("n", ["quantity", "version", "codes"].into_iter().find_map(|field| facts[field].as_i64()).unwrap_or_default().into()),
            ("kind", entry.kind.as_str().into()),
        ];
        said(page, &keys, &values).unwrap_or_else(|| page.tw("told-other", &values))
    }

    fn name(&self, page: &Page, entry: &Logged, facts: &Json) -> String {
        if let Some((title, label)) = self.variants.get(text(facts, "variant")) {
            let title = title.get(page.locale);
            return if label.is_empty() { title.to_owned() } else { format!("{title} {label}") };
        }
        if let Some(title) = self.products.get(text(facts, "product")) {
            return title.get(page.locale).to_owned();
        }
        if let Some(place) = self.places.get(&entry.subject) {
            return place.clone();
        }
        if let Some(name) = facts["name"][page.locale.as_str()].as_str().filter(|name| !name.is_empty()) {
            return name.to_owned();
        }
        ["number", "name", "code", "promotion"]
            .into_iter()
            .map(|field| text(facts, field))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
            .to_owned()
    }
}

fn href(entry: &Logged, facts: &Json, room: &str) -> String {
    match room {
        "product" => format!("/studio/products/{}", entry.subject),
        "stock" => format!("/studio/stock/{}", entry.subject),
        "price" => format!("/studio/products/{}", text(facts, "product")),
        "promotion" => format!("/studio/promotions/{}", entry.subject),
        "location" => format!("/studio/locations/{}", entry.subject),
        "staff" => format!("/studio/staff/{}", entry.subject),
        "channel" => format!("/studio/channels/{}", entry.subject),
        "api_key" => "/studio/keys".to_owned(),
        _ => String::new(),
    }
}

fn icon_of(room: &str) -> Icon {
    match room {
        "product" | "price" | "price_list" => icon("tag"),
        "promotion" => icon("ticket-percent"),
        "stock" => icon("boxes"),
        "location" => icon("map-pin"),
        "staff" | "customer" | "identifier" | "consent" => icon("users"),
        "channel" | "matter" | "message" | "note" => icon("messages-square"),
        "order" | "fulfilment" | "return" | "cart" => icon("package"),
        "api_key" => icon("plug"),
        _ => icon("circle-check"),
    }
}
