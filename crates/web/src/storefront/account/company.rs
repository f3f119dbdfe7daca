//! A company that the customer buys for: its terms, its buyers, everybody's orders.

use super::super::visitor::{Aisle, Visitor};
use super::view::OrderRow;
use crate::ui::Pages;
use crate::{Answer, App, Page, Trouble, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use customers::companies::{self, Company, CompanyError, CompanyId, Membership};
use kernel::ProfileId;
use serde::Deserialize;

/// Orders of one page.
const STEP: usize = 20;

/// One company on the account's page.
pub(super) struct CompanyRow {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) says: String,
}

impl CompanyRow {
    pub(super) fn new(page: &Page, member: &Membership) -> Self {
        let role = page.t(&format!("buyer-role-{}", member.role));
        CompanyRow {
            href: format!("/account/companies/{}", member.company.id),
            name: member.company.name.clone(),
            says: format!("{role} · {}", crate::studio::pays(page, &member.company)),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: String,
}

#[derive(Template)]
#[template(path = "storefront/company.html")]
struct CompanyPage {
    page: Page,
    aisles: Vec<Aisle>,
    company: Company,
    pays: String,
    limit: String,
    buyers: Vec<(String, String)>,
    orders: Vec<(OrderRow, String)>,
    pages: Pages,
}

pub(super) async fn show_company(State(app): State<App>, visitor: Visitor, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let (profile, person) = visitor.shopper.must_be_signed_in()?;
    let id: CompanyId = text.parse().map_err(|_| Trouble::not_found())?;
    let (actor, after) = (visitor.shopper.actor(), asked.after.parse().ok());
    let read = app.db.read(move |tx| {
        let company = companies::company_for(tx, &actor, id)?;
        let buyers = companies::buyers_of(tx, &actor, id)?;
        let orders = orders::orders_of_company(tx, id, after.clone(), STEP)?;
        let profiles: Vec<ProfileId> = buyers.iter().map(|b| b.profile).chain(orders.items.iter().filter_map(|o| o.profile)).collect();
        let cards = customers::cards_of_profiles(tx, &profiles)?;
        Ok::<_, CompanyError>((company, buyers, orders, cards, customers::current(tx, person)?))
    });
    let (company, buyers, orders, cards, own) = read.await?;
    let Visitor { page, aisles, .. } = visitor;
    let name = |of: ProfileId| match cards.get(&of) {
        Some(card) if card.person == own || of == profile => page.t("company-own-order"),
        Some(card) => card.name.text.clone(),
        None => String::new(),
    };
    let shown = CompanyPage {
        pays: crate::studio::pays(&page, &company),
        limit: company.terms.credit_limit.map_or_else(String::new, |limit| page.money(&limit)),
        buyers: buyers.iter().map(|b| (name(b.profile), page.t(&format!("buyer-role-{}", b.role)))).collect(),
        orders: orders.items.iter().map(|o| (OrderRow::new(&page, o), o.profile.map_or_else(String::new, name))).collect(),
        pages: Pages {
            label: page.t("account-company-orders"),
            previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
            next: orders.next.map(|next| (page.with_query("after", &next.to_string()), page.t("studio-more"))),
            about: String::new(),
        },
        company,
        page,
        aisles,
    };
    show(&shown)
}
