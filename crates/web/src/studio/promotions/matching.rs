//! The written rule of matching the price of our own web in a shop.

use super::{ReadError, TO_SEE};
use crate::studio::tell::{Teller, Told};
use crate::studio::{Entered, Me, amount, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use kernel::{Currency, Kind, Money, Problem, Role, log};
use pricing::MatchRule;

/// Entries of the history that are shown.
const HISTORY: i64 = 10;
/// Who sells.
const SELLERS: [Role; 5] = [Role::Associate, Role::ShopManager, Role::Agent, Role::Supervisor, Role::Administrator];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/promotions/matching", get(rule).post(save))
}

#[derive(Template)]
#[template(path = "studio/promotions/matching.html")]
struct RulePage {
    page: Page,
    me: Me,
    form: Form,
    roles: Vec<(&'static str, String)>,
    history: Vec<Told>,
    edits: bool,
}

fn form_of(rule: &MatchRule) -> Form {
    let mut form = Form::new().fill("reason_over", amount::written(rule.reason_over));
    if rule.is_allowed {
        form = form.fill("allowed", "yes");
    }
    if let Some(points) = rule.most_basis_points {
        form = form.fill("most_percent", amount::written(Money::eur(points)));
    }
    if let Some(most) = rule.most {
        form = form.fill("most", amount::written(most));
    }
    rule.roles.iter().fold(form, |form, role| form.and("role", role.as_str()))
}

/// The rule that a form says; what cannot be read is refused beside its field.
fn read(page: &Page, form: &mut Form, currency: Currency) -> Option<MatchRule> {
    let mut number = |field: &'static str, currency: Currency, key: &str| match form.value(field) {
        "" => None,
        text => {
            let found = amount::read(text, currency);
            if found.is_none() {
                form.refuse(field, page.t(key));
            }
            found
        }
    };
    let most_basis_points = number("most_percent", Currency::EUR, "promo-no-percent");
    let most = number("most", currency, "promo-no-amount").map(|minor| Money::new(minor, currency));
    let reason_over = Money::new(number("reason_over", currency, "promo-no-amount").unwrap_or(0), currency);
    let roles = SELLERS.into_iter().filter(|role| form.is("role", role.as_str())).collect();
    let rule =
        MatchRule { is_allowed: form.is("allowed", "yes"), most_basis_points, most, reason_over, roles, ..MatchRule::none(currency) };
    form.is_fine().then_some(rule)
}

async fn page_of(app: &App, page: Page, me: Me, form: Option<Form>) -> Result<RulePage, Trouble> {
    let (actor, currency) = (me.actor.clone(), app.brand.currency);
    let found = app.db.read(move |tx| {
        actor.require(TO_SEE)?;
        let entries = log::of_subject(tx, "web", HISTORY)?;
        let teller = Teller::gather(tx, &entries)?;
        Ok::<_, ReadError>((pricing::match_rule(tx, currency)?, entries, teller))
    });
    let (rule, entries, teller) = found.await?;
    let role = |role: Role| (role.as_str(), page.t(&format!("role-{}", role.as_str().replace('_', "-"))));
    Ok(RulePage {
        form: form.unwrap_or_else(|| form_of(&rule)),
        roles: SELLERS.map(role).to_vec(),
        history: teller.tell_all(&page, &entries),
        edits: me.may("prices.edit"),
        page,
        me,
    })
}

async fn rule(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    show(&page_of(&app, page, me, None).await?)
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(kernel::Permission::EditPrices)?;
    let Some(rule) = read(&page, &mut form, app.brand.currency) else {
        return show_refused(&page_of(&app, page, me, Some(form)).await?);
    };
    let actor = me.actor.clone();
    match app.db.write("pricing.set_match_rule", move |tx| pricing::set_match_rule(tx, &actor, rule.clone())).await {
        Ok(_) => page.go_saying("/studio/promotions/matching", &Flash::ok("saved")),
        Err(error) if error.kind() == Kind::Invalid => {
            let fields = error.fields();
            let field = match fields.iter().find(|(name, _)| *name == "field").and_then(|(_, value)| value.as_str()) {
                Some("most_basis_points") => "most_percent",
                Some("most") => "most",
                Some("roles") => "role",
                _ => "reason_over",
            };
            form.refuse(field, why(&page, &error));
            show_refused(&page_of(&app, page, me, Some(form)).await?)
        }
        Err(error) => Err(error.into()),
    }
}
