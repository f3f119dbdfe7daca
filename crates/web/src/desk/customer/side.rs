//! The customer beside the thread: who it is, how to reach them, what they want to buy and bought, who may be the same person.

use crate::desk::fresh_key;
use crate::desk::words::{initials, matter_state, name_or_stranger, order_state};
use crate::learnt::{self, Learnt};
use crate::same::{claim_words, reason_words};
use crate::storefront::product::promise::{arrival_words, fee_words};
use crate::timeline::Names;
use crate::ui::{Badge, Icon, Moment, icon};
use crate::{Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use conversations::MatterId;
use customers::{ConsentState, Guarded, IdentifierKind, KnownIdentifier, Person, PersonId, Suggestion, Verdict, masked, may_see};
use kernel::{Actor, Channel, Currency, Permission, ProfileId, ReadTx};
use orders::{Cart, CartId, CartLineId};

/// Lines of each block.
const FEW: usize = 5;

/// The customer's pane; its element is `#customer`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_side.html")]
pub(crate) struct SideView {
    page: Page,
    person: PersonId,
    name: String,
    initials: String,
    language: String,
    prefers: Vec<Badge>,
    identifiers: Vec<IdentifierRow>,
    notes: Vec<String>,
    consents: Vec<(String, bool)>,
    cart: Option<CartView>,
    may_sell: bool,
    may_call: bool,
    orders: Vec<OrderRow>,
    matters: Vec<MatterRow>,
    same: Vec<SameView>,
    claims: Vec<ClaimView>,
    companies: Vec<CompanyRow>,
    learnt: Vec<Learnt>,
    looked: Vec<(String, String)>,
    segments: Vec<(String, String)>,
    may_join: bool,
    data: DataView,
    /// Query of every form: the matter to come back to.
    back: String,
    key: String,
}
impl HtmlSafe for SideView {}

#[derive(Debug, Clone)]
struct DataView {
    may_export: bool,
    may_erase: bool,
    erased: String,
}

#[derive(Debug, Clone)]
struct IdentifierRow {
    icon: Icon,
    kind: String,
    display: String,
    is_proven: bool,
    is_shared: bool,
    /// The number, when it may be rung.
    rings: String,
}

#[derive(Debug, Clone)]
struct CartView {
    id: CartId,
    lines: Vec<CartRow>,
    total: String,
    /// How what is sent is sent, when it arrives and what that costs.
    delivery: String,
    changed: Moment,
}

#[derive(Debug, Clone)]
struct CartRow {
    id: CartLineId,
    title: String,
    options: String,
    quantity: i64,
    price: String,
}

#[derive(Debug, Clone)]
struct OrderRow {
    href: String,
    number: String,
    summary: String,
    total: String,
    state: Badge,
    placed: Moment,
}

#[derive(Debug, Clone)]
struct MatterRow {
    href: String,
    subject: String,
    state: Badge,
    last: Moment,
}

/// A company they buy for.
#[derive(Debug, Clone)]
struct CompanyRow {
    href: String,
    name: String,
    role: String,
    terms: String,
}

/// Somebody who may be the same person, with the evidence in words.
#[derive(Debug, Clone)]
struct SameView {
    person: PersonId,
    name: String,
    reach: String,
    reasons: Vec<String>,
    sure: String,
    ours: ProfileId,
    theirs: ProfileId,
    confidence: u8,
}

/// A standing claim, which can be undone.
#[derive(Debug, Clone)]
struct ClaimView {
    undo: String,
    says: String,
    why: String,
    at: Moment,
}

/// Read the pane. Needs [`Permission::ViewCustomers`]; orders, matters and the cart only for those who may see them.
pub(crate) fn read(
    tx: &ReadTx<'_>,
    page: &Page,
    actor: &Actor,
    person: &Person,
    (matter, currency): (Option<MatterId>, Currency),
) -> Result<SideView, Trouble> {
    actor.require(Permission::ViewCustomers)?;
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let name = name_or_stranger(page, &person.name.text);
    let visible = |identifier: &&KnownIdentifier| identifier.identifier.kind() != IdentifierKind::Device;
    Ok(SideView {
        person: person.id,
        initials: initials(&name),
        name,
        language: person.locale.map_or_else(String::new, |locale| page.t(&format!("language-{}", locale.as_str()))),
        prefers: person.preferred_channels.iter().map(|channel| Badge::channel(page, *channel)).collect(),
        identifiers: person.identifiers.iter().filter(visible).map(|identifier| identifier_row(page, identifier)).collect(),
        notes: notes(actor, person),
        consents: person
            .consents
            .iter()
            .filter(|_| may_see(actor, Guarded::Consents))
            .map(|consent| (consent_words(page, consent.purpose, consent.channel), consent.state == ConsentState::Granted))
            .collect(),
        cart: cart(tx, page, &profiles, currency)?,
        may_sell: actor.may(Permission::Sell),
        may_call: actor.may(Permission::Reply) && flows::phone_account(tx)?.is_some(),
        orders: if actor.may(Permission::ViewOrders) { order_rows(tx, page, &profiles)? } else { Vec::new() },
        matters: if actor.may(Permission::ViewConversations) { matter_rows(tx, page, &profiles, matter)? } else { Vec::new() },
        same: customers::possible_same(tx, person.id)?.into_iter().take(3).map(|suggestion| same(page, suggestion)).collect(),
        claims: claims(tx, page, actor, person)?,
        companies: customers::companies::companies_of(tx, person.id)?.iter().map(|member| company_row(page, member)).collect(),
        learnt: learnt::words(page, &customers::learnt::preferences(tx, actor, person.id)?, false, str::to_owned),
        looked: looked(tx, page, person.id)?,
        segments: customers::segments::segments_of(tx, person.id)?
            .into_iter()
            .map(|(id, name)| (format!("/studio/segments/{id}/members"), name))
            .collect(),
        may_join: actor.may(Permission::JoinCustomers),
        data: data(tx, page, actor, person)?,
        back: matter.map_or_else(String::new, |matter| format!("?matter={matter}")),
        key: fresh_key(),
        page: page.clone(),
    })
}

/// What colleagues noted, with dots for those who may not read it.
fn notes(actor: &Actor, person: &Person) -> Vec<String> {
    let notes = person.profiles.iter().map(|profile| masked(actor, Guarded::Notes, &profile.note));
    notes.filter(|note| !note.is_empty()).collect()
}

/// What may be done with the person's data, and whether it was.
fn data(tx: &ReadTx<'_>, page: &Page, actor: &Actor, person: &Person) -> Result<DataView, Trouble> {
    let erased = customers::erasure_of(tx, person.id)?.map(|(at, _)| at);
    Ok(DataView {
        may_export: actor.may(Permission::ExportCustomers),
        may_erase: actor.may(Permission::EraseCustomers),
        erased: erased.map_or_else(String::new, |at| page.tv("data-erased-at", crate::format::when(at, page.now, page.locale))),
    })
}

/// Products they looked at lately.
fn looked(tx: &ReadTx<'_>, page: &Page, person: PersonId) -> Result<Vec<(String, String)>, Trouble> {
    let ids: Vec<catalogue::ProductId> =
        customers::visits::looked_at(tx, person, FEW)?.iter().filter_map(|looked| looked.product.parse().ok()).collect();
    let cards = catalogue::cards(tx, &ids)?;
    let card = |id: &catalogue::ProductId| cards.iter().find(|card| card.id == *id);
    Ok(ids.iter().filter_map(card).map(|card| (format!("/products/{}", card.handle), card.title.get(page.locale).to_owned())).collect())
}

fn company_row(page: &Page, member: &customers::companies::Membership) -> CompanyRow {
    let terms = &member.company.terms;
    let limit = terms.credit_limit.map(|limit| format!("{} {}", page.t("company-limit"), page.money(&limit)));
    let words = [Some(crate::studio::pays(page, &member.company)), limit, Some(terms.price_list.clone()).filter(|list| !list.is_empty())];
    CompanyRow {
        href: format!("/studio/companies/{}", member.company.id),
        name: member.company.name.clone(),
        role: page.t(&format!("buyer-role-{}", member.role)),
        terms: words.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

fn identifier_row(page: &Page, known: &KnownIdentifier) -> IdentifierRow {
    let kind = known.identifier.kind();
    let icon = match kind {
        IdentifierKind::Email => icon("mail"),
        IdentifierKind::Phone => icon("phone"),
        IdentifierKind::Card => icon("credit-card"),
        _ => icon("at-sign"),
    };
    IdentifierRow {
        icon,
        kind: page.t(&format!("identifier-{}", kind.as_str().replace('_', "-"))),
        display: known.identifier.display().to_owned(),
        is_proven: known.verified_at.is_some(),
        is_shared: known.shared,
        rings: if kind == IdentifierKind::Phone { known.identifier.value().to_owned() } else { String::new() },
    }
}

fn consent_words(page: &Page, purpose: customers::Purpose, channel: Channel) -> String {
    format!("{}, {}", page.t(&format!("purpose-{}", purpose.as_str())), page.t(&format!("channel-{}", channel.as_str())))
}

fn cart(tx: &ReadTx<'_>, page: &Page, profiles: &[ProfileId], currency: Currency) -> Result<Option<CartView>, Trouble> {
    let Some(cart) = orders::open_cart_of(tx, profiles)?.filter(|cart| !cart.lines.is_empty()) else { return Ok(None) };
    let variants = catalogue::variants(tx, &cart.lines.iter().map(|line| line.variant).collect::<Vec<_>>())?;
    // A cart that cannot be priced just now is shown without prices.
    let sent = flows::cart_with_delivery(tx, &cart, currency, None, None)?;
    let delivery = sent.chosen().map_or_else(String::new, |option| {
        let words = [option.name.get(page.locale).to_owned(), arrival_words(page, option.arrival), fee_words(page, option.fee)];
        words.join(" · ")
    });
    let quote = sent.quote.ok();
    let row = |(index, line): (usize, &orders::CartLine)| {
        let price = quote.as_ref().and_then(|quote| quote.lines.get(index));
        let card = variants.iter().find(|card| card.id == line.variant);
        CartRow {
            id: line.id,
            title: card.map_or_else(|| page.t("product-gone"), |card| card.title.get(page.locale).to_owned()),
            options: card
                .map_or_else(String::new, |card| card.options.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")),
            quantity: line.quantity.0,
            price: price.map_or_else(String::new, |price| page.money(&price.total)),
        }
    };
    let lines = cart.lines.iter().enumerate().map(row).collect();
    let total = quote.as_ref().map_or_else(String::new, |quote| page.money(&quote.total));
    let Cart { id, updated_at, .. } = cart;
    Ok(Some(CartView { id, lines, total, delivery, changed: Moment::ago(updated_at, page.now, page.locale) }))
}

fn order_rows(tx: &ReadTx<'_>, page: &Page, profiles: &[ProfileId]) -> Result<Vec<OrderRow>, Trouble> {
    let found = orders::orders_of(tx, profiles, None, FEW)?;
    let row = |order: orders::OrderHead| OrderRow {
        href: format!("/desk/orders/{}", order.id),
        number: order.number.to_string(),
        total: page.money(&order.total),
        state: order_state(page, order.state),
        placed: Moment::date(order.placed_at, page.now, page.locale),
        summary: if order.units > 1 {
            page.tw("event-order-units", &[("value", order.summary.clone().into()), ("n", (order.units - 1).into())])
        } else {
            order.summary
        },
    };
    Ok(found.items.into_iter().map(row).collect())
}

fn matter_rows(tx: &ReadTx<'_>, page: &Page, profiles: &[ProfileId], current: Option<MatterId>) -> Result<Vec<MatterRow>, Trouble> {
    let found = conversations::matters_of(tx, profiles, FEW + 1)?;
    let row = |matter: conversations::Matter| MatterRow {
        href: format!("/desk/matters/{}", matter.id),
        state: matter_state(page, matter.state),
        last: Moment::when(matter.last_at, page.now, page.locale),
        subject: matter.subject,
    };
    Ok(found.into_iter().filter(|matter| Some(matter.id) != current).take(FEW).map(row).collect())
}

fn same(page: &Page, suggestion: Suggestion) -> SameView {
    let name = name_or_stranger(page, &suggestion.other.name.text);
    let other = suggestion.other;
    let reach = [other.phone, other.email].into_iter().flatten().filter(|reach| *reach != name).collect::<Vec<_>>().join(" · ");
    SameView {
        person: other.person,
        name,
        reach,
        reasons: suggestion.reasons.iter().map(|reason| reason_words(page, reason)).collect(),
        sure: page.tn("same-sure", u32::from(suggestion.confidence)),
        ours: suggestion.profiles.0,
        theirs: suggestion.profiles.1,
        confidence: suggestion.confidence,
    }
}

/// Claims that still stand, newest first.
fn claims(tx: &ReadTx<'_>, page: &Page, actor: &Actor, person: &Person) -> Result<Vec<ClaimView>, Trouble> {
    let standing = customers::claims_of(tx, actor, person.id, 50)?.into_iter().filter(customers::Claim::is_standing).take(FEW);
    let mut names = Names::new();
    let mut views = Vec::new();
    for claim in standing {
        names.learn_actor(tx, &claim.actor)?;
        let own = |profile: ProfileId| person.profiles.iter().any(|known| known.id == profile);
        let other = if own(claim.profile_a) { claim.profile_b } else { claim.profile_a };
        let name = customers::profile(tx, other)?.map_or_else(String::new, |profile| profile.name());
        let key = if claim.verdict == Verdict::Same { "claim-same" } else { "claim-not-same" };
        let by = names.of_actor(&claim.actor).map_or_else(|| page.t("claim-by-system"), |name| page.tv("event-by", name));
        views.push(ClaimView {
            undo: format!("/desk/claims/{}/withdrawal", claim.id),
            says: page.tv(key, name_or_stranger(page, &name)),
            why: [claim_words(tx, page, &claim)?, by].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
            at: Moment::when(claim.created_at, page.now, page.locale),
        });
    }
    Ok(views)
}
