//! Companies: a name, a tax id, terms, buyers, and the orders of all of them.

use super::Routes;
use super::customers::CustomerCardView;
use super::orders::OrderHeadView;
use super::shared::BuyerRole;
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, InPaths, List, MoneyView, Page, PageParams, Post, Reply, Sent, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use customers::companies::{self, Buyer, Company, CompanyChange, CompanyId, CreateCompany, Terms};
use kernel::{Permission, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCustomers, routes!(list)))
        .routes(needs(Permission::EditCustomers, routes!(create)))
        .routes(needs(Permission::ViewCustomers, routes!(show)))
        .routes(needs(Permission::EditCustomers, routes!(change)))
        .routes(needs(Permission::ViewCustomers, routes!(buyers)))
        .routes(needs(Permission::EditCustomers, routes!(set_buyer)))
        .routes(needs(Permission::EditCustomers, routes!(remove_buyer)))
        .routes(needs(Permission::ViewOrders, routes!(orders)))
}

/// On which terms a company buys. Facts: nothing here charges anybody.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TermsBody {
    /// Days until an invoice is due; 0 pays at once.
    #[serde(default)]
    #[schema(maximum = 365, example = 30)]
    payment_days: u16,
    /// Name of the price list that is theirs, or empty.
    #[serde(default)]
    #[schema(max_length = 60)]
    price_list: String,
    /// Most that may be owed at once, if a limit was agreed.
    credit_limit: Option<MoneyView>,
}

impl TermsBody {
    fn read(self) -> ApiResult<Terms> {
        let credit_limit = self.credit_limit.map(TryInto::try_into).transpose()?;
        Ok(Terms { payment_days: self.payment_days, price_list: self.price_list, credit_limit })
    }
}

impl From<Terms> for TermsBody {
    fn from(terms: Terms) -> Self {
        TermsBody { payment_days: terms.payment_days, price_list: terms.price_list, credit_limit: terms.credit_limit.map(MoneyView::from) }
    }
}

/// A business that buys.
#[derive(Serialize, ToSchema)]
struct CompanyView {
    #[schema(value_type = Id)]
    id: CompanyId,
    name: String,
    /// In normal form, with its country.
    #[schema(example = "ESB58378431")]
    tax_id: String,
    terms: TermsBody,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<Company> for CompanyView {
    fn from(company: Company) -> Self {
        let Company { id, name, tax_id, terms, created_at, updated_at } = company;
        CompanyView { id, name, tax_id: tax_id.as_str().to_owned(), terms: terms.into(), created_at, updated_at }
    }
}

/// A company that is not there yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Hotel Alfonso", "tax_id": "B58378431", "terms": {"payment_days": 30}}))]
struct CompanyCreate {
    #[schema(max_length = 200)]
    name: String,
    /// A NIF or an EU VAT number, written anyhow.
    tax_id: String,
    terms: Option<TermsBody>,
}

/// The fields to change; what is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"terms": {"payment_days": 60}}))]
struct CompanyPatch {
    name: Option<String>,
    tax_id: Option<String>,
    /// All of them.
    terms: Option<TermsBody>,
}

/// What a buyer does.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "buyer"}))]
struct BuyerPut {
    #[schema(value_type = BuyerRole)]
    role: companies::BuyerRole,
}

/// Somebody who buys for a company.
#[derive(Serialize, ToSchema)]
struct BuyerView {
    #[schema(value_type = Id)]
    profile: ProfileId,
    #[schema(value_type = BuyerRole)]
    role: companies::BuyerRole,
    /// The person in one line.
    customer: Option<CustomerCardView>,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CompanySearch {
    /// The beginning of a name, or a whole tax id; every company when empty.
    #[param(example = "hotel")]
    text: Option<String>,
}

/// List companies, by name.
#[utoipa::path(get, path = "/v1/companies", tag = "companies", operation_id = "list_companies", params(CompanySearch, PageParams), responses((status = 200, body = List<CompanyView>)))]
async fn list(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(search): Asked<CompanySearch>,
    page: Page,
) -> ApiResult<Json<List<CompanyView>>> {
    let text = search.text.unwrap_or_default();
    let found = app.read(move |tx| Ok(companies::companies(tx, &caller, &text, page.text(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(CompanyView::from).collect(), found.next)))
}

/// Make a company. 409 `customers.taken_tax_id`; 422 `customers.invalid_tax_id`.
#[utoipa::path(post, path = "/v1/companies", tag = "companies", operation_id = "create_company", request_body = CompanyCreate, responses((status = 201, body = CompanyView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<CompanyCreate>) -> ApiResult<Reply> {
    let CompanyCreate { name, tax_id, terms } = post.body;
    let cmd = CreateCompany { name, tax_id, terms: terms.map(TermsBody::read).transpose()?.unwrap_or_default() };
    post.once
        .create(&app, "customers.create_company", move |tx, _| Ok(CompanyView::from(companies::create_company(tx, &caller, cmd.clone())?)))
        .await
}

/// See a company with its terms.
#[utoipa::path(get, path = "/v1/companies/{company}", tag = "companies", operation_id = "show_company", params(("company" = Id, Path)), responses((status = 200, body = CompanyView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<CompanyId>) -> ApiResult<Json<CompanyView>> {
    Ok(Json(found(app.read(move |tx| Ok(companies::company(tx, id)?)).await?)?.into()))
}

/// Change a company. 409 `customers.taken_tax_id`; 422 `customers.invalid_tax_id`.
#[utoipa::path(patch, path = "/v1/companies/{company}", tag = "companies", operation_id = "change_company", params(("company" = Id, Path)), request_body = CompanyPatch, responses((status = 200, body = CompanyView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<CompanyId>,
    Sent(body): Sent<CompanyPatch>,
) -> ApiResult<Json<CompanyView>> {
    let change = CompanyChange { name: body.name, tax_id: body.tax_id, terms: body.terms.map(TermsBody::read).transpose()? };
    let company = app.write("customers.update_company", move |tx| Ok(companies::update_company(tx, &caller, id, change.clone())?));
    Ok(Json(company.await?.into()))
}

/// List who buys for a company, first come first.
#[utoipa::path(get, path = "/v1/companies/{company}/buyers", tag = "companies", operation_id = "list_buyers", params(("company" = Id, Path)), responses((status = 200, body = List<BuyerView>)))]
async fn buyers(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<CompanyId>) -> ApiResult<Json<List<BuyerView>>> {
    let read = app.read(move |tx| {
        let buyers = companies::buyers_of(tx, &caller, id)?;
        let profiles: Vec<ProfileId> = buyers.iter().map(|buyer| buyer.profile).collect();
        Ok((buyers, customers::cards_of_profiles(tx, &profiles)?))
    });
    let (buyers, mut cards): (Vec<Buyer>, HashMap<_, _>) = read.await?;
    let mut view = |buyer: Buyer| BuyerView {
        profile: buyer.profile,
        role: buyer.role,
        customer: cards.remove(&buyer.profile).map(CustomerCardView::from),
        added_at: buyer.added_at,
    };
    Ok(Json(List::whole(buyers.into_iter().map(&mut view).collect())))
}

/// Let a profile buy for a company, or change what it does there.
#[utoipa::path(put, path = "/v1/companies/{company}/buyers/{profile}", tag = "companies", operation_id = "set_buyer", params(("company" = Id, Path), ("profile" = Id, Path)), request_body = BuyerPut, responses((status = 204)))]
async fn set_buyer(
    State(app): State<ApiState>,
    caller: Caller,
    InPaths(company, profile): InPaths<CompanyId, ProfileId>,
    Sent(body): Sent<BuyerPut>,
) -> ApiResult<StatusCode> {
    app.write("customers.set_buyer", move |tx| Ok(companies::set_buyer(tx, &caller, company, profile, body.role)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A profile buys for a company no longer; its orders stay the company's.
#[utoipa::path(delete, path = "/v1/companies/{company}/buyers/{profile}", tag = "companies", operation_id = "remove_buyer", params(("company" = Id, Path), ("profile" = Id, Path)), responses((status = 204)))]
async fn remove_buyer(
    State(app): State<ApiState>,
    caller: Caller,
    InPaths(company, profile): InPaths<CompanyId, ProfileId>,
) -> ApiResult<StatusCode> {
    app.write("customers.remove_buyer", move |tx| Ok(companies::remove_buyer(tx, &caller, company, profile)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the orders of a company, whichever of its buyers placed them, newest first.
#[utoipa::path(get, path = "/v1/companies/{company}/orders", tag = "companies", operation_id = "list_company_orders", params(("company" = Id, Path), PageParams), responses((status = 200, body = List<OrderHeadView>)))]
async fn orders(State(app): State<ApiState>, InPath(id): InPath<CompanyId>, page: Page) -> ApiResult<Json<List<OrderHeadView>>> {
    let read = app.read(move |tx| {
        found(companies::company(tx, id)?)?;
        Ok(::orders::orders_of_company(tx, id, page.after()?, page.limit)?)
    });
    let found = read.await?;
    let next = found.next.map(|cursor| cursor.to_string());
    Ok(Json(List::new(found.items.into_iter().map(OrderHeadView::from).collect(), next)))
}
