//! The staff's door: sign in, sign out.

use crate::session::STAFF;
use crate::{Answer, App, Cookie, Form, Page, StaffMember, Trouble, cookie, show, show_refused};
use access::{Secret, SignInError};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::routing::{get, post};
use serde::Deserialize;
use tokio::sync::Semaphore;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(form).post(sign_in)).route("/sign-out", post(sign_out))
}

/// Passwords checked at once on this node. Each check takes 19 MiB and tens of milliseconds; more would let strangers fill the memory,
/// and let guesses outrun the count of failures.
static CHECKS: Semaphore = Semaphore::const_new(4);

#[derive(Template)]
#[template(path = "sign_in/show.html")]
struct SignInPage {
    page: Page,
    form: Form,
    next: String,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn form(page: Page, Query(query): Query<Next>) -> Answer {
    show(&SignInPage { page, form: Form::new(), next: own_path(&query.next) })
}

/// The slow check of the password lies between two transactions, on a thread that may block.
async fn sign_in(State(app): State<App>, page: Page, mut form: Form) -> Answer {
    let next = own_path(form.value("next"));
    let (email, password) = (form.value("email").to_owned(), form.value("password").to_owned());
    // Held until a failure is counted, so that the next guess sees it.
    let _check = CHECKS.acquire().await.map_err(Trouble::broken)?;
    let attempt = match app.db.read(move |tx| access::attempt(tx, &email)).await {
        Ok(attempt) => attempt,
        Err(SignInError::Fault(fault)) => return Err(fault.into()),
        Err(refused) => return refuse(page, form, next, &refused),
    };
    let hash = attempt.password.clone();
    let fits = tokio::task::spawn_blocking(move || hash.accepts(&password)).await.map_err(Trouble::broken)?;
    let email = attempt.email;
    let Some(staff) = attempt.staff.filter(|_| fits) else {
        app.db.write("access.record_failure", move |tx| access::record_failure(tx, &email)).await?;
        form = form.fill("password", "");
        return refuse(page, form, next, &SignInError::Wrong);
    };
    let secret = app.db.write("access.open_session", move |tx| access::open_session(tx, staff, &email)).await?;
    let mut response = page.go(&next)?;
    Cookie::lasting(STAFF, secret.reveal(), access::SESSION_HOURS * 3600, app.secure).set(response.headers_mut());
    Ok(response)
}

fn refuse(page: Page, mut form: Form, next: String, refused: &SignInError) -> Answer {
    let says = match refused {
        SignInError::Paused { seconds } => page.tv("sign-in-paused", seconds),
        _ => page.t("sign-in-wrong"),
    };
    form.refuse("password", says);
    show_refused(&SignInPage { page, form, next })
}

async fn sign_out(State(app): State<App>, page: Page, _staff: StaffMember, headers: HeaderMap) -> Answer {
    if let Some(secret) = cookie(&headers, STAFF).map(Secret::presented) {
        app.db.write("access.close_session", move |tx| access::close_session(tx, &secret)).await?;
    }
    let mut response = page.go("/sign-in")?;
    Cookie::gone(STAFF).set(response.headers_mut());
    Ok(response)
}

/// Only a path of this site: a full address would let a stranger choose where our sign-in leads.
fn own_path(next: &str) -> String {
    let plain = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.chars().any(char::is_control);
    if plain { next.to_owned() } else { "/desk".to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sign_in_never_leads_to_another_site() {
        for bad in ["", "https://evil.test", "//evil.test", "/\\evil.test", "javascript:x", "/a\nb"] {
            assert_eq!(super::own_path(bad), "/desk", "{bad}");
        }
        assert_eq!(super::own_path("/till/cart"), "/till/cart");
    }
}
