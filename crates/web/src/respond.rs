//! From a template to an answer: whole pages, fragments, refused forms, redirects that say something.

use crate::{Cookie, Flash, Page, Trouble};
use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};

/// What a handler of a face returns.
pub type Answer = Result<Response, Trouble>;

/// Name of the cookie that carries a flash over one redirect.
pub(crate) const FLASH: &str = "hilo_flash";

/// Show a template: 200.
pub fn show(template: &impl Template) -> Answer {
    show_as(StatusCode::OK, template)
}

/// Show a form again with its errors beside the fields: 422.
pub fn show_refused(template: &impl Template) -> Answer {
    show_as(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// Show a template with a status.
pub fn show_as(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(Trouble::broken)?;
    let vary = [(header::VARY, HeaderValue::from_static("hx-request, cookie, accept-language"))];
    Ok((status, vary, Html(html)).into_response())
}

impl Page {
    /// After a command: go and look. 303 for a plain form; a partial request is told to load the page.
    pub fn go(&self, to: &str) -> Answer {
        if !self.partial {
            return Ok(Redirect::to(to).into_response());
        }
        let mut headers = HeaderMap::new();
        headers.insert("hx-redirect", HeaderValue::from_str(to).map_err(Trouble::broken)?);
        Ok((StatusCode::OK, headers).into_response())
    }
    /// Like [`Page::go`]; the next page says something once.
    pub fn go_saying(&self, to: &str, flash: &Flash) -> Answer {
        let mut response = self.go(to)?;
        Cookie::lasting(FLASH, &flash.to_cookie(), 60, false).set(response.headers_mut());
        Ok(response)
    }
}
