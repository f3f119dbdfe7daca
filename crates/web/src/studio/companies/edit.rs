//! One company: new or changed, with its buyers and its orders.

use super::form::{form_of, terms};
use super::pays;
use crate::studio::{Entered, Me, why};
use crate::ui::{Badge, Moment};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use customers::companies::{self, Buyer, BuyerRole, Company, CompanyChange, CompanyError, CompanyId, CreateCompany};
use customers::{Identifier, PersonCard, Recognise};
use kernel::{Channel, Fault, Kind, Permission, Problem, ProfileId, Tx};
use orders::OrderHead;
use std::collections::HashMap;

/// Orders on the page.
const FEW: usize = 20;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/companies/new", get(new).post(create))
        .route("/studio/companies/{id}", get(edit).post(save))
        .route("/studio/companies/{id}/buyers", post(add_buyer))
        .route("/studio/companies/{id}/buyers/{profile}", post(change_buyer))
}

/// Somebody who buys.
struct BuyerRow {
    profile: ProfileId,
    href: String,
    name: String,
    reach: String,
    role: BuyerRole,
    since: Moment,
}

/// One of its orders.
struct OrderRow {
    href: String,
    number: String,
    summary: String,
    by: String,
    placed: Moment,
    total: String,
    state: Badge,
}

/// A company that is there.
struct There {
    id: CompanyId,
    pays: String,
    buyers: Vec<BuyerRow>,
    orders: Vec<OrderRow>,
}

#[derive(Template)]
#[template(path = "studio/companies/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    form: Form,
    buyer: Form,
    roles: Vec<(&'static str, String)>,
    there: Option<There>,
}

impl Edit {
    fn new(page: Page, me: Me, form: Form) -> Self {
        let roles = BuyerRole::ALL.iter().map(|role| (role.as_str(), page.t(&format!("buyer-role-{role}")))).collect();
        let (title, action) = (page.t("company-new"), "/studio/companies/new".to_owned());
        Edit { page, me, title, action, form, buyer: Form::new().fill("role", "buyer"), roles, there: None }
    }
}

async fn new(Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditCustomers)?;
    show(&Edit::new(page, me, Form::new().fill("payment_days", "0")))
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::EditCustomers)?;
    let terms = terms(&page, &mut form, app.brand.currency);
    if !form.is_fine() {
        return show_refused(&Edit::new(page, me, form));
    }
    let cmd = CreateCompany { name: form.value("name").to_owned(), tax_id: form.value("tax_id").to_owned(), terms };
    let actor = me.actor.clone();
    match app.db.write("customers.create_company", move |tx| companies::create_company(tx, &actor, cmd.clone())).await {
        Ok(made) => page.go_saying(&format!("/studio/companies/{}", made.id), &Flash::ok("company-made").with(made.name)),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&Edit::new(page, me, form))
        }
    }
}

/// Put the refusal beside its field, or pass on what nobody can correct.
fn refuse(page: &Page, mut form: Form, error: CompanyError) -> Result<Form, Trouble> {
    if !matches!(error.kind(), Kind::Invalid | Kind::Conflict) {
        return Err(error.into());
    }
    let field = match &error {
        CompanyError::TooLong { field, .. } | CompanyError::OutOfRange { field, .. } => field,
        CompanyError::TaxId(_) | CompanyError::TakenTaxId { .. } => "tax_id",
        CompanyError::TooManyBuyers(_) => "contact",
        _ => "name",
    };
    form.refuse(field, why(page, &error));
    Ok(form)
}

fn id(text: &str) -> Result<CompanyId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn existing(app: &App, page: Page, me: Me, id: CompanyId, typed: Option<Form>) -> Result<Edit, Trouble> {
    let actor = me.actor.clone();
    let read = app.db.read(move |tx| {
        let company = companies::company_for(tx, &actor, id)?;
        let buyers = companies::buyers_of(tx, &actor, id)?;
        let orders = if actor.may(Permission::ViewOrders) { orders::orders_of_company(tx, id, None, FEW)?.items } else { Vec::new() };
        let profiles: Vec<ProfileId> = buyers.iter().map(|b| b.profile).chain(orders.iter().filter_map(|o| o.profile)).collect();
        let cards = customers::cards_of_profiles(tx, &profiles)?;
        Ok::<_, CompanyError>((company, buyers, orders, cards))
    });
    let (company, buyers, orders, cards) = read.await?;
    let form = typed.unwrap_or_else(|| form_of(&company));
    let there = there(&page, &company, buyers, orders, &cards);
    let mut edit = Edit::new(page, me, form);
    edit.action = format!("/studio/companies/{id}");
    edit.title = company.name;
    edit.there = Some(there);
    Ok(edit)
}

fn there(page: &Page, company: &Company, buyers: Vec<Buyer>, orders: Vec<OrderHead>, cards: &HashMap<ProfileId, PersonCard>) -> There {
    let name = |profile: ProfileId| {
        let known = cards.get(&profile).map(|card| card.name.text.clone()).unwrap_or_default();
        if known.is_empty() { page.t("desk-stranger") } else { known }
    };
    let buyer = |b: &Buyer| {
        let card = cards.get(&b.profile);
        let reach = card.map(|card| [card.email.clone(), card.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · "));
        BuyerRow {
            profile: b.profile,
            href: card.map_or_else(String::new, |card| format!("/desk/customers/{}", card.person)),
            name: name(b.profile),
            reach: reach.unwrap_or_default(),
            role: b.role,
            since: Moment::date(b.added_at, page.now, page.locale),
        }
    };
    let order = |o: &OrderHead| OrderRow {
        href: format!("/desk/orders/{}", o.id),
        number: o.number.to_string(),
        summary: o.summary.clone(),
        by: o.profile.map_or_else(String::new, name),
        placed: Moment::date(o.placed_at, page.now, page.locale),
        total: page.money(&o.total),
        state: crate::desk::order_state(page, o.state),
    };
    There {
        id: company.id,
        pays: pays(page, company),
        buyers: buyers.iter().map(buyer).collect(),
        orders: orders.iter().map(order).collect(),
    }
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    show(&existing(&app, page, me, id(&text)?, None).await?)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = id(&text)?;
    let terms = terms(&page, &mut form, app.brand.currency);
    if !form.is_fine() {
        return show_refused(&existing(&app, page, me, id, Some(form)).await?);
    }
    let change =
        CompanyChange { name: Some(form.value("name").to_owned()), tax_id: Some(form.value("tax_id").to_owned()), terms: Some(terms) };
    let actor = me.actor.clone();
    match app.db.write("customers.update_company", move |tx| companies::update_company(tx, &actor, id, change.clone())).await {
        Ok(_) => page.go_saying(&format!("/studio/companies/{id}"), &Flash::ok("saved")),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            show_refused(&existing(&app, page, me, id, Some(form)).await?)
        }
    }
}

/// Whoever has this address or number buys for it; somebody unknown becomes a customer.
async fn add_buyer(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, mut form: Form) -> Answer {
    let id = id(&text)?;
    let contact = form.value("contact");
    let known = Identifier::email(contact).or_else(|_| Identifier::phone(contact, customers::HOME_REGION));
    let (Ok(known), Ok(role)) = (known, form.value("role").parse::<BuyerRole>()) else {
        form.refuse("contact", page.t("need-contact"));
        return refused_buyer(&app, page, me, id, form).await;
    };
    let (actor, name) = (me.actor.clone(), Some(form.value("name").to_owned()).filter(|name| !name.is_empty()));
    let write = app.db.write("customers.set_buyer", move |tx: &mut Tx<'_>| {
        actor.require(Permission::EditCustomers)?;
        let who =
            Recognise { identifiers: vec![known.clone()], name: name.clone(), locale: None, channel: Channel::Studio, verified: false };
        let who = customers::recognise(tx, &actor, who).map_err(|e| Fault::outside("recognising a buyer", e))?;
        companies::set_buyer(tx, &actor, id, who.profile, role)
    });
    match write.await {
        Ok(_) => page.go_saying(&format!("/studio/companies/{id}"), &Flash::ok("buyer-added")),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            refused_buyer(&app, page, me, id, form).await
        }
    }
}

async fn refused_buyer(app: &App, page: Page, me: Me, id: CompanyId, form: Form) -> Answer {
    let mut edit = existing(app, page, me, id, None).await?;
    edit.buyer = form;
    show_refused(&edit)
}

/// Another role, or none.
async fn change_buyer(
    State(app): State<App>,
    Entered { page, me }: Entered,
    Path((text, profile)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (id, profile) = (id(&text)?, profile.parse::<ProfileId>().map_err(|_| Trouble::not_found())?);
    let actor = me.actor;
    if form.value("do") == "remove" {
        app.db.write("customers.remove_buyer", move |tx| companies::remove_buyer(tx, &actor, id, profile)).await?;
        return page.go_saying(&format!("/studio/companies/{id}"), &Flash::ok("buyer-removed"));
    }
    let role: BuyerRole = form.value("role").parse().map_err(|_| Trouble::not_found())?;
    app.db.write("customers.set_buyer", move |tx| companies::set_buyer(tx, &actor, id, profile, role)).await?;
    page.go_saying(&format!("/studio/companies/{id}"), &Flash::ok("saved"))
}
