//! Signing in: an address or number, then the six digits that were sent there.

use super::super::own_path;
use super::super::visitor::{Aisle, Visitor};
use crate::{Answer, App, CUSTOMER, Cookie, Flash, Form, Page, cookie, show, show_refused};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use customers::{CodeRefused, DeviceOutcome, HOME_REGION, Identifier, RequestCodeError, SESSION_LIFE, SignIn};
use flows::CodeSent;
use kernel::{Channel, Fault};
use orders::{CartError, MergeCart};
use serde::Deserialize;

/// The browser's own name; forgetting it makes the shell give a new one.
const VISIT: &str = "hilo_visit";

#[derive(Template)]
#[template(path = "storefront/sign_in.html")]
struct SignInPage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
    next: String,
}

#[derive(Template)]
#[template(path = "storefront/sign_in_code.html")]
struct CodePage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
    next: String,
    sent_to: String,
    says: String,
}

#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

pub(super) async fn form(visitor: Visitor, Query(query): Query<Next>) -> Answer {
    if visitor.shopper.signed_in.is_some() {
        return visitor.page.go(&own_path(&query.next, "/account"));
    }
    let Visitor { page, aisles, .. } = visitor;
    show(&SignInPage { page, aisles, form: Form::new(), next: own_path(&query.next, "/account") })
}

/// What somebody typed as an address or a number.
pub(super) fn identifier(typed: &str) -> Option<Identifier> {
    if typed.contains('@') { Identifier::email(typed).ok() } else { Identifier::phone(typed, HOME_REGION).ok() }
}

/// Send a code. The answer is the same whether we know the address or not.
pub(super) async fn ask_code(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let Visitor { page, aisles, .. } = visitor;
    let next = own_path(form.value("next"), "/account");
    let Some(to) = identifier(form.value("contact")) else {
        form.refuse("contact", page.t("sign-in-bad-contact"));
        return show_refused(&SignInPage { page, aisles, form, next });
    };
    let (asked, words) = (to.clone(), page.clone());
    let write = app.db.write("customers.request_code", move |tx| {
        let code = customers::request_code(tx, &asked)?;
        let text = words.tw("sign-in-code-text", &[("code", code.clone().into()), ("brand", words.brand.to_string().into())]);
        let subject = words.tv("sign-in-code-subject", &words.brand);
        let sent = flows::send_code(tx, &asked, &text, &subject, words.locale)?;
        Ok::<_, RequestCodeError>((code, sent))
    });
    let (code, sent) = match write.await {
        Ok(done) => done,
        Err(RequestCodeError::TooMany { .. }) => {
            form.refuse("contact", page.t("sign-in-too-many"));
            return show_refused(&SignInPage { page, aisles, form, next });
        }
        Err(other) => return Err(other.into()),
    };
    let is_rehearsal = app.simulators.rehearse();
    let says = match sent {
        CodeSent::By(channel) => {
            let sent = page.tv("sign-in-sent", page.t(&format!("channel-{}", channel.as_str())));
            if is_rehearsal { format!("{sent} {}", page.t("sign-in-in-frame")) } else { sent }
        }
        CodeSent::Nowhere if is_rehearsal => {
            tracing::info!(code, to = to.display(), "a sign-in code for the rehearsal");
            page.t("sign-in-in-log")
        }
        CodeSent::Nowhere => {
            form.refuse("contact", page.t("sign-in-nowhere"));
            return show_refused(&SignInPage { page, aisles, form, next });
        }
    };
    let form = Form::new().fill("contact", form.value("contact"));
    show(&CodePage { page, aisles, form, next, sent_to: to.display().to_owned(), says })
}

/// The digits are right: open the session and bring the browser's cart home.
pub(super) async fn confirm(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let next = own_path(form.value("next"), "/account");
    let Some(to) = identifier(form.value("contact")) else { return visitor.page.go("/account/sign-in") };
    let command = SignIn {
        identifier: to.clone(),
        code: form.value("code").chars().filter(char::is_ascii_digit).collect(),
        device: visitor.shopper.device(),
        locale: Some(visitor.page.locale),
        channel: Channel::Web,
    };
    let visit = visitor.shopper.visit.0.clone();
    let done = app.db.write("customers.sign_in", move |tx| {
        // A refusal is committed: it counts the attempt.
        let signed = match customers::sign_in(tx, &command)? {
            Ok(signed) => signed,
            Err(refused) => return Ok(Err(refused)),
        };
        if let Some(cart) = orders::open_cart_of_guest(tx, &visit)? {
            let actor = kernel::Actor::customer(signed.profile);
            match orders::merge_cart(tx, &actor, &MergeCart { from: cart.id, into: signed.profile, channel: Channel::Web }) {
                Ok(_) | Err(CartError::Closed { .. }) => {}
                Err(CartError::Fault(fault)) => return Err(fault),
                Err(other) => return Err(Fault::outside("bringing a cart home", other)),
            }
        }
        Ok::<_, Fault>(Ok(signed))
    });
    let signed = match done.await? {
        Ok(signed) => signed,
        Err(refused) => {
            let Visitor { page, aisles, .. } = visitor;
            let says = match refused {
                CodeRefused::Wrong { attempts_left } => page.tn("sign-in-wrong-code", attempts_left),
                CodeRefused::Void => page.t("sign-in-void-code"),
            };
            form.refuse("code", says);
            form = form.fill("code", "");
            return show_refused(&CodePage { page, aisles, form, next, sent_to: to.display().to_owned(), says: String::new() });
        }
    };
    let mut answer = visitor.page.go_saying(&next, &Flash::ok("signed-in"))?;
    Cookie::lasting(CUSTOMER, &signed.token, SESSION_LIFE.as_secs(), app.secure).set(answer.headers_mut());
    if signed.device == DeviceOutcome::Shared {
        Cookie::gone(VISIT).set(answer.headers_mut());
    }
    Ok(answer)
}

/// The browser may change hands now, so it gets a new name as well.
pub(super) async fn sign_out(State(app): State<App>, page: Page, headers: HeaderMap) -> Answer {
    if let Some(token) = cookie(&headers, CUSTOMER).map(str::to_owned) {
        app.db.write("customers.close_session", move |tx| customers::close_session(tx, &token)).await?;
    }
    let mut answer = page.go_saying("/", &Flash::ok("signed-out"))?;
    Cookie::gone(CUSTOMER).set(answer.headers_mut());
    Cookie::gone(VISIT).set(answer.headers_mut());
    Ok(answer)
}
