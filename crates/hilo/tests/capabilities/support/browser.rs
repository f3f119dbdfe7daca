//! A browser without scripts: cookies, links, forms.

use super::Live;
use super::html::{FormOnPage, attribute, forms, plain};
use std::collections::BTreeMap;

/// A page as it was answered.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its status.
    pub status: u16,
    /// Where one ended, without the host.
    pub path: String,
    /// Its source.
    pub html: String,
}

impl Seen {
    /// True when a reader finds this text.
    pub fn says(&self, text: &str) -> bool {
        plain(&self.html).contains(text)
    }
    /// Fails with the page when a reader does not find this text.
    #[track_caller]
    pub fn must_say(&self, text: &str) -> &Self {
        assert!(self.says(text), "{} ({}) does not say {text:?}: {}", self.path, self.status, self.html);
        self
    }
    /// The address of the first link that begins like this.
    #[track_caller]
    pub fn link(&self, start: &str) -> String {
        let links = self.html.split("<a ").skip(1).filter_map(|rest| attribute(&format!(" {rest}"), "href"));
        let found = links.into_iter().find(|href| href.starts_with(start));
        found.unwrap_or_else(|| panic!("{} has no link to {start}: {}", self.path, self.html))
    }
    /// The address of the live line that begins like this.
    #[track_caller]
    pub fn live(&self, start: &str) -> String {
        let lines = self.html.split("hx-sse:connect=\"").skip(1).filter_map(|rest| rest.split_once('"').map(|(url, _)| plain(url)));
        lines.into_iter().find(|url| url.starts_with(start)).unwrap_or_else(|| panic!("{} has no line {start}: {}", self.path, self.html))
    }
    #[track_caller]
    fn form(&self, action: &str, fields: &[(&str, &str)]) -> FormOnPage {
        let all = forms(&self.html);
        let fits = |form: &&FormOnPage| form.action.starts_with(action) && fields.iter().all(|(name, _)| form.has(name));
        let found = all.iter().find(fits).cloned();
        found.unwrap_or_else(|| panic!("{} ({}) has no form {action} with {fields:?}, only {all:?}", self.path, self.status))
    }
}

/// Somebody's browser.
pub struct Browser {
    http: reqwest::Client,
    base: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A new one, in Spanish.
    pub fn new(base: &str) -> Self {
        Browser { http: channels::http_client(), base: base.to_owned(), cookies: BTreeMap::new() }
    }

    /// Open an address of the site, or one written out in full. Where it leads elsewhere, that address is the path and nothing is opened.
    pub async fn open(&mut self, path: &str) -> Seen {
        self.go("GET", path, None).await
    }

    /// Send the form of a page that goes to `action` and has these fields, as it stands but for them.
    pub async fn send(&mut self, page: &Seen, action: &str, fields: &[(&str, &str)]) -> Seen {
        let form = page.form(action, fields);
        let kept = form.fields.iter().filter(|(name, _)| fields.iter().all(|(filled, _)| filled != name));
        let pairs = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain(fields.iter().copied());
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.go("POST", &form.action, Some(body)).await
    }

    /// Send what a page's script sends by itself.
    pub async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter().copied()).finish();
        self.go("POST", path, Some(body)).await
    }

    /// Follow a live line of a page.
    pub async fn follow(&self, path: &str) -> Live {
        let request = self.http.get(format!("{}{path}", self.base)).header("cookie", self.cookie_line());
        Live::new(request.send().await.expect("an answer"))
    }

    /// Sign in as staff by the real form, on the way to `path`.
    pub async fn sign_in(&mut self, email: &str, path: &str) -> Seen {
        let door = self.open(path).await;
        let fields = [("email", email), ("password", super::STAFF_PASSWORD)];
        let inside = self.send(&door, "/sign-in", &fields).await;
        assert!(inside.status == 200 && inside.path.starts_with(path), "{email} ended on {} ({})", inside.path, inside.status);
        inside
    }

    fn cookie_line(&self) -> String {
        let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    async fn go(&mut self, method: &str, path: &str, body: Option<String>) -> Seen {
        let (mut method, mut body) = (method.to_owned(), body);
        let mut path = path.strip_prefix(&self.base).unwrap_or(path).to_owned();
        for _ in 0..8 {
            let verb = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
            let mut request = self.http.request(verb, format!("{}{path}", self.base)).header("cookie", self.cookie_line());
            request = request.header("accept-language", "es-ES");
            if let Some(body) = body.take() {
                request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
            }
            let answer = request.send().await.expect("an answer");
            self.keep_cookies(answer.headers());
            let status = answer.status();
            if let (true, Some(next)) = (status.is_redirection(), answer.headers().get("location")) {
                let next = next.to_str().expect("a plain address").to_owned();
                path = next.strip_prefix(&self.base).unwrap_or(&next).to_owned();
                if !path.starts_with('/') {
                    return Seen { status: status.as_u16(), path, html: String::new() };
                }
                "GET".clone_into(&mut method);
                continue;
            }
            let html = answer.text().await.expect("a body");
            return Seen { status: status.as_u16(), path, html };
        }
        panic!("{path} leads round in circles");
    }

    fn keep_cookies(&mut self, headers: &reqwest::header::HeaderMap) {
        for line in headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            let (pair, rest) = line.split_once(';').unwrap_or((line, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
