//! Asking for a return: which lines, how many, why.

use super::super::visitor::{Aisle, Visitor};
use super::{Found, buyer, read};
use crate::{Answer, App, Flash, Form, Page, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Channel, Quantity};
use orders::{Condition, NewReturnLine, RequestReturn, RequestReturnError, ReturnPolicy, return_policy};

/// A line that may come back.
struct Candidate {
    id: String,
    title: String,
    most: i64,
    chosen: i64,
    until: String,
}

#[derive(Template)]
#[template(path = "storefront/return.html")]
struct ReturnPage {
    page: Page,
    aisles: Vec<Aisle>,
    token: String,
    number: String,
    lines: Vec<Candidate>,
    reasons: Vec<(String, String)>,
    form: Form,
    key: String,
}

fn build(visitor: Visitor, token: &str, found: &Found, form: Form) -> ReturnPage {
    let form = if form.value("onto").is_empty() { form.fill("onto", "original") } else { form };
    let Visitor { page, aisles, .. } = visitor;
    let order = &found.order;
    let candidate = |line: &orders::OrderLine| {
        let part = order.fulfilment_of(line)?;
        let ReturnPolicy::Allowed { until, quantity } = return_policy(line, part, page.now) else { return None };
        Some(Candidate {
            id: line.id.to_string(),
            title: line.title.clone(),
            most: quantity.0,
            chosen: form.value(&format!("line-{}", line.id)).parse().unwrap_or(0),
            until: page.tv("return-until", crate::format::date(until, page.now, page.locale)),
        })
    };
    let reasons = ["size", "look", "fault", "late", "other"].map(|reason| (reason.to_owned(), page.t(&format!("return-why-{reason}"))));
    let key = match form.value("key") {
        "" => rand::random::<[u8; 10]>().iter().map(|byte| format!("{byte:02x}")).collect(),
        known => known.to_owned(),
    };
    ReturnPage {
        token: token.to_owned(),
        number: order.number.to_string(),
        lines: order.lines.iter().filter_map(candidate).collect(),
        reasons: reasons.into(),
        form,
        key,
        page,
        aisles,
    }
}

pub(in super::super) async fn give_back_form(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let found = read(&app, &token).await?;
    show(&build(visitor, &token, &found, Form::new()))
}

pub(in super::super) async fn give_back(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, mut form: Form) -> Answer {
    let found = read(&app, &token).await?;
    let wanted = |line: &orders::OrderLine| {
        let count: i64 = form.value(&format!("line-{}", line.id)).parse().ok()?;
        (count > 0).then_some(NewReturnLine {
            line: line.id,
            quantity: Quantity(count),
            condition: if form.value("why") == "fault" { Condition::Damaged } else { Condition::Resale },
        })
    };
    let lines: Vec<_> = found.order.lines.iter().filter_map(wanted).collect();
    let why = visitor.page.t(&match form.value("why") {
        known @ ("size" | "look" | "fault" | "late") => format!("return-why-{known}"),
        _ => "return-why-other".to_owned(),
    });
    let note: String = form.value("note").chars().take(500).collect();
    let key: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let ask = RequestReturn {
        key: format!("web/{}/{key}", found.order.id),
        order: found.order.id,
        lines,
        reason: if note.is_empty() { why } else { format!("{why}: {note}") },
        channel: Channel::Web,
        onto_card: form.is("onto", "card"),
    };
    let actor = buyer(&found.order);
    match app.db.write("orders.request_return", move |tx| orders::request_return(tx, &actor, &ask)).await {
        Ok(_) => visitor.page.go_saying(&format!("/orders/{token}"), &Flash::ok("return-asked")),
        Err(refused) => {
            let says = match &refused {
                RequestReturnError::Empty => visitor.page.t("return-empty"),
                RequestReturnError::TooMany { title, available } => {
                    visitor.page.tw("return-too-many", &[("title", title.clone().into()), ("n", available.0.into())])
                }
                RequestReturnError::Refused { title, .. } => visitor.page.tv("return-refused", title),
                _ => return Err(refused.into()),
            };
            form.refuse("lines", says);
            show_refused(&build(visitor, &token, &found, form))
        }
    }
}
