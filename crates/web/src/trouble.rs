//! A request that cannot be answered as hoped. A handler returns it; the shell shows it as a friendly page, in the reader's
//! language, or as a toast when only a fragment was asked for.

use crate::{Page, has_text, ui};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Kind, Problem};

/// A status and, where a command refused, its stable code and public sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    status: StatusCode,
    code: String,
    sentence: String,
}

impl Trouble {
    /// No such page or thing: 404.
    pub fn not_found() -> Self {
        Trouble::of(StatusCode::NOT_FOUND)
    }
    /// Not allowed: 403.
    pub fn forbidden() -> Self {
        Trouble::of(StatusCode::FORBIDDEN)
    }
    /// Nobody is signed in: the shell sends a reader of a page to the sign-in of its face.
    pub fn sign_in() -> Self {
        Trouble::of(StatusCode::UNAUTHORIZED)
    }
    /// Our own fault: 500. The error goes to the log, never to the page.
    pub fn broken(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "a page could not be made");
        Trouble::of(StatusCode::INTERNAL_SERVER_ERROR)
    }
    /// A bare status.
    pub fn of(status: StatusCode) -> Self {
        Trouble { status, code: String::new(), sentence: String::new() }
    }
    /// A bare status with a stable code, for a text of its own (`problem-{code}`).
    pub fn coded(status: StatusCode, code: &str) -> Self {
        Trouble { code: code.to_owned(), ..Trouble::of(status) }
    }
    /// The status it will have.
    pub fn status(&self) -> StatusCode {
        self.status
    }
    /// The stable code of the refused command; empty when there was none.
    pub fn code(&self) -> &str {
        &self.code
    }
    /// What happened, in the reader's language: the text `problem-{code}` (dots as hyphens), else that of the status.
    pub fn says(&self, page: &Page) -> String {
        let key = format!("problem-{}", self.code.replace(['.', '_'], "-"));
        if !self.code.is_empty() && has_text(&key) {
            return page.t(&key);
        }
        page.t(&format!("problem-{}-text", self.family()))
    }
    fn title(&self, page: &Page) -> String {
        page.t(&format!("problem-{}-title", self.family()))
    }
    fn family(&self) -> &'static str {
        match self.status.as_u16() {
            401 | 403 => "forbidden",
            404 | 405 | 410 => "not-found",
            413 => "too-large",
            429 => "too-many",
            502..=504 => "unavailable",
            400..=499 => "refused",
            _ => "fault",
        }
    }
}

/// Any command's error turns into trouble by `?`. A fault is logged here, with its causes.
impl<E: Problem> From<E> for Trouble {
    fn from(error: E) -> Self {
        let status = match error.kind() {
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::Unauthorised => StatusCode::UNAUTHORIZED,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Kind::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            let mut causes = error.to_string();
            let mut next = error.source();
            while let Some(cause) = next {
                causes = format!("{causes}: {cause}");
                next = cause.source();
            }
            tracing::error!(code = error.code(), error = %causes, "a command failed");
        }
        Trouble { status, code: error.code().to_owned(), sentence: error.to_string() }
    }
}

impl IntoResponse for Trouble {
    /// A bare answer that carries the trouble along; [`crate::Shell`] dresses it.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    page: &'a Page,
    title: String,
    says: String,
    status: u16,
    home: &'static str,
    staff: bool,
}

#[derive(Template)]
#[template(path = "ui/toast.html")]
struct ProblemToast<'a> {
    page: &'a Page,
    tone: ui::Tone,
    says: String,
    undo: &'a str,
}

/// Dress trouble as a page, a toast, or the way to the sign-in.
pub(crate) fn dress(trouble: &Trouble, page: &Page) -> Response {
    if trouble.status == StatusCode::UNAUTHORIZED {
        return to_sign_in(page);
    }
    let says = trouble.says(page);
    let html = if page.partial {
        ProblemToast { page, tone: ui::Tone::Bad, says, undo: "" }.render()
    } else {
        let staff = is_staff(&page.path);
        ProblemPage { page, title: trouble.title(page), says, status: trouble.status.as_u16(), home: home(&page.path), staff }.render()
    };
    let Ok(html) = html else { return trouble.status.into_response() };
    let mut response = (trouble.status, Html(html)).into_response();
    if page.partial {
        response.headers_mut().insert("hx-retarget", HeaderValue::from_static("#toasts"));
        response.headers_mut().insert("hx-reswap", HeaderValue::from_static("beforeend"));
    }
    response.extensions_mut().insert(trouble.clone());
    response
}

fn is_staff(path: &str) -> bool {
    matches!(home(path), "/desk" | "/till" | "/studio")
}

/// The start of the face that a path belongs to.
fn home(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("desk") => "/desk",
        Some("till") => "/till",
        Some("studio") => "/studio",
        _ => "/",
    }
}

fn to_sign_in(page: &Page) -> Response {
    let door = if is_staff(&page.path) { "/sign-in" } else { "/account/sign-in" };
    let to = format!("{door}?next={}", page.path);
    if !page.partial {
        return Redirect::to(&to).into_response();
    }
    let mut response = StatusCode::OK.into_response();
    if let Ok(value) = HeaderValue::from_str(&to) {
        response.headers_mut().insert("hx-redirect", value);
    }
    response
}
