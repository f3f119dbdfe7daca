//! The choices: saved replies, colleagues, products, and what else of the shop can be shown to this customer.

use crate::desk::matter::at::AtMatter;
use crate::desk::matter::person_of;
use crate::{App, Page, StaffMember, Trouble, picture_url};
use catalogue::ProductId;
use conversations::{Matter, MatterId, SavedReply, SavedReplyId};
use customers::Person;
use flows::{CardOf, CardStyle};
use kernel::{Currency, Locale, ReadTx};
use std::collections::BTreeMap;

kernel::db_enum! {
    /// What is offered, by the sign before it.
    pub(super) enum What {
        /// `/`
        Saved = "saved",
        /// `@`
        People = "people",
        /// `#`
        Products = "products",
        /// `$`
        Cards = "cards",
    }
}

/// One thing that can be put in.
pub(super) struct Choice {
    /// Names it in the page's form: `saved:ID`, `person:NAME`, or what a card shows.
    pub(super) choice: String,
    pub(super) title: String,
    pub(super) aside: String,
    pub(super) detail: String,
    /// Address of a picture; empty for none.
    pub(super) picture: String,
    /// The words that go into the composer; those of a card go with the message.
    pub(super) text: String,
    /// It goes with the message as a card.
    pub(super) is_card: bool,
    /// It is for colleagues only.
    pub(super) is_note: bool,
}

/// Who asks, in which matter, for what.
#[derive(Clone)]
pub(super) struct Asked {
    page: Page,
    me: StaffMember,
    matter: MatterId,
    typed: String,
    most: usize,
    brand: String,
    currency: Currency,
    public_url: String,
}

impl Asked {
    pub(super) fn new(at: &AtMatter, typed: &str, most: usize) -> Self {
        let brand = &at.app.brand;
        Asked {
            page: at.page.clone(),
            me: at.me.clone(),
            matter: at.id,
            typed: typed.trim().to_owned(),
            most,
            brand: brand.name.clone(),
            currency: brand.currency,
            public_url: brand.public_url.clone(),
        }
    }
    fn style(&self, person: &Person) -> CardStyle {
        let locale = person.locale.unwrap_or(self.page.locale);
        CardStyle { locale, currency: self.currency, public_url: self.public_url.clone() }
    }
    /// Whether a name is meant by what is typed.
    fn fits(&self, name: &str) -> bool {
        let (name, typed) = (catalogue::fold(name), catalogue::fold(&self.typed));
        name.starts_with(&typed) || name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&typed))
    }
}

/// What is offered.
pub(super) fn choices(tx: &ReadTx<'_>, asked: &Asked, what: What, products: &[ProductId]) -> Result<Vec<Choice>, Trouble> {
    let matter = conversations::matter(tx, asked.matter)?.ok_or_else(Trouble::not_found)?;
    let person = person_of(tx, &matter)?;
    match what {
        What::Saved => saved(tx, asked, &matter, &person),
        What::People => people(tx, asked),
        What::Products => product_choices(tx, asked, &person, products),
        What::Cards => cards(tx, asked, &person),
    }
}

/// Saved replies with their gaps filled for this customer, in the customer's language.
fn saved(tx: &ReadTx<'_>, asked: &Asked, matter: &Matter, person: &Person) -> Result<Vec<Choice>, Trouble> {
    let found = flows::saved_replies_for(tx, asked.me.staff.id, matter.team, &asked.typed, asked.most)?;
    let (teams, fill) = (conversations::teams(tx)?, Fill::read(tx, asked, person)?);
    let team =
        |reply: &SavedReply| teams.iter().find(|team| Some(team.id) == reply.team).map_or_else(String::new, |team| team.name.clone());
    let option = |reply: SavedReply| {
        let text = fill.words(&reply);
        Choice {
            choice: format!("saved:{}", reply.id),
            title: format!("/{}", reply.name),
            aside: team(&reply),
            detail: text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect(),
            picture: String::new(),
            text,
            is_card: false,
            is_note: false,
        }
    };
    Ok(found.into_iter().map(option).collect())
}

/// Colleagues and teams, to be named in a note.
fn people(tx: &ReadTx<'_>, asked: &Asked) -> Result<Vec<Choice>, Trouble> {
    let found = flows::nameable(tx)?.into_iter().filter(|one| one.staff != [asked.me.staff.id] && asked.fits(&one.name));
    let option = |one: flows::Nameable| Choice {
        choice: format!("person:{}", one.name),
        title: one.name.clone(),
        aside: if one.is_team { asked.page.t("insert-team") } else { String::new() },
        detail: String::new(),
        picture: String::new(),
        text: format!("@{} ", one.name),
        is_card: false,
        is_note: true,
    };
    Ok(found.take(asked.most).map(option).collect())
}

/// Products that the search finds for what is typed.
pub(super) fn products_like(app: &App, asked: &Asked) -> Result<Vec<ProductId>, Trouble> {
    let query = catalogue::search::Query {
        with_facets: false,
        limit: asked.most,
        ..catalogue::search::Query::new(asked.typed.clone(), asked.page.locale)
    };
    Ok(catalogue::search::search(&app.search, &query)?.hits.iter().map(|hit| hit.product).collect())
}

fn product_choices(tx: &ReadTx<'_>, asked: &Asked, person: &Person, products: &[ProductId]) -> Result<Vec<Choice>, Trouble> {
    let style = asked.style(person);
    let mut found = Vec::new();
    for product in catalogue::cards(tx, products)? {
        let of = CardOf::Product(product.handle);
        if let Some(card) = shown(flows::card(tx, &asked.me.actor, person.id, &of, &style))? {
            found.push(card_choice(&of, &card));
        }
    }
    Ok(found)
}

fn cards(tx: &ReadTx<'_>, asked: &Asked, person: &Person) -> Result<Vec<Choice>, Trouble> {
    let found = flows::cards_for(tx, &asked.me.actor, person, &asked.style(person))?;
    let fitting = found.iter().filter(|(_, card)| asked.fits(&card.title));
    Ok(fitting.take(asked.most).map(|(of, card)| card_choice(of, card)).collect())
}

fn card_choice(of: &CardOf, card: &conversations::Card) -> Choice {
    let detail = [&card.detail, &card.code].into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>();
    Choice {
        choice: of.to_string(),
        title: card.title.clone(),
        aside: String::new(),
        detail: detail.join(" · "),
        picture: if card.picture.is_empty() { String::new() } else { picture_url(&card.picture) },
        text: String::new(),
        is_card: true,
        is_note: false,
    }
}

/// A card that cannot be shown is none; what is ours stays ours.
fn shown(card: Result<conversations::Card, flows::CardError>) -> Result<Option<conversations::Card>, Trouble> {
    match card {
        Ok(card) => Ok(Some(card)),
        Err(flows::CardError::Fault(fault)) => Err(fault.into()),
        Err(_) => Ok(None),
    }
}

/// The heading of what goes with the message, by how the form names it. `None` when there is no such thing.
pub(in crate::desk::matter) fn heading(
    tx: &ReadTx<'_>,
    (page, me): (&Page, &StaffMember),
    person: &Person,
    of: &str,
    currency: Currency,
) -> Result<Option<String>, Trouble> {
    let Ok(of) = of.parse::<CardOf>() else { return Ok(None) };
    let style = CardStyle { locale: person.locale.unwrap_or(page.locale), currency, public_url: String::new() };
    Ok(shown(flows::card(tx, &me.actor, person.id, &of, &style))?.map(|card| card.title))
}

/// The words of one choice of the page.
pub(super) fn words_of(tx: &ReadTx<'_>, asked: &Asked, choice: &str) -> Result<String, Trouble> {
    let person = || person_of(tx, &conversations::matter(tx, asked.matter)?.ok_or_else(Trouble::not_found)?);
    if let Some(name) = choice.strip_prefix("person:") {
        let known = flows::nameable(tx)?.into_iter().find(|one| one.name == name).ok_or_else(Trouble::not_found)?;
        return Ok(format!("@{} ", known.name));
    }
    let id: SavedReplyId = choice.strip_prefix("saved:").and_then(|id| id.parse().ok()).ok_or_else(Trouble::not_found)?;
    let reply = conversations::saved_reply(tx, id)?.ok_or_else(Trouble::not_found)?;
    Ok(Fill::read(tx, asked, &person()?)?.words(&reply))
}

/// What fills the gaps for this customer, in which language.
struct Fill {
    values: BTreeMap<conversations::Variable, String>,
    locale: Locale,
}

impl Fill {
    fn read(tx: &ReadTx<'_>, asked: &Asked, person: &Person) -> Result<Self, Trouble> {
        let values = flows::saved_words(tx, &asked.me.actor, person, (&asked.me.staff.name, &asked.brand))?;
        Ok(Fill { values, locale: person.locale.unwrap_or(asked.page.locale) })
    }
    fn words(&self, reply: &SavedReply) -> String {
        conversations::fill(reply.text(self.locale), &self.values)
    }
}
