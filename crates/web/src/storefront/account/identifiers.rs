//! One more address or number, proven by a code that is sent there.

use super::super::visitor::{Aisle, Visitor};
use super::contact::page_with;
use super::sign_in::identifier;
use crate::{Answer, App, Flash, Form, Page, show, show_refused};
use askama::Template;
use axum::extract::State;
use customers::{CodeRefused, Proved, RequestCodeError};
use flows::CodeSent;

#[derive(Template)]
#[template(path = "storefront/account_code.html")]
struct CodePage {
    page: Page,
    aisles: Vec<Aisle>,
    form: Form,
    sent_to: String,
    says: String,
}

/// Send a code there.
pub(super) async fn ask(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    visitor.shopper.must_be_signed_in()?;
    let Some(to) = identifier(form.value("contact")) else {
        form.refuse("contact", visitor.page.t("sign-in-bad-contact"));
        return page_with(app, visitor, form).await;
    };
    let (asked, words) = (to.clone(), visitor.page.clone());
    let write = app.db.write("customers.request_code", move |tx| {
        let code = customers::request_code(tx, &asked)?;
        let text = words.tw("add-code-text", &[("code", code.clone().into()), ("brand", words.brand.to_string().into())]);
        let subject = words.tv("add-code-subject", &words.brand);
        Ok::<_, RequestCodeError>((code, flows::send_code(tx, &asked, &text, &subject, words.locale)?))
    });
    let refused = match write.await {
        Ok((_, CodeSent::By(channel))) => {
            let Visitor { page, aisles, .. } = visitor;
            let says = page.tv("sign-in-sent", page.t(&format!("channel-{}", channel.as_str())));
            let form = Form::new().fill("contact", form.value("contact"));
            return show(&CodePage { page, aisles, form, sent_to: to.display().to_owned(), says });
        }
        Ok((code, CodeSent::Nowhere)) => {
            tracing::debug!(length = code.len(), "a code could be sent by no channel");
            "sign-in-nowhere"
        }
        Err(RequestCodeError::TooMany { .. }) => "sign-in-too-many",
        Err(other) => return Err(other.into()),
    };
    form.refuse("contact", visitor.page.t(refused));
    page_with(app, visitor, form).await
}

/// The digits are right: it is theirs, unless somebody else has proven it.
pub(super) async fn confirm(State(app): State<App>, visitor: Visitor, mut form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let Some(to) = identifier(form.value("contact")) else { return visitor.page.go("/account/contact") };
    let code: String = form.value("code").chars().filter(char::is_ascii_digit).collect();
    let proven = to.clone();
    // A refusal is committed: it counts the attempt.
    let done = app.db.write("flows.prove_identifier", move |tx| flows::prove_identifier(tx, profile, &proven, &code)).await?;
    let says = match done {
        Ok(Proved::Theirs) => return visitor.page.go_saying("/account/contact", &Flash::ok("identifier-added").with(to.display())),
        Ok(Proved::Taken) => visitor.page.t("identifier-taken"),
        Err(CodeRefused::Wrong { attempts_left }) => visitor.page.tn("sign-in-wrong-code", attempts_left),
        Err(CodeRefused::Void) => visitor.page.t("sign-in-void-code"),
    };
    let Visitor { page, aisles, .. } = visitor;
    form.refuse("code", says);
    form = form.fill("code", "");
    show_refused(&CodePage { page, aisles, form, sent_to: to.display().to_owned(), says: String::new() })
}
