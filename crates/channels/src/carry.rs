//! Carrying a rendered request to where it goes, outside any transaction.

use crate::{Auth, HttpRequest, MailTransport, WireReply, WireRequest, guard};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// What puts an event into a connected device's queue: device, message id, event.
pub type PushHandler = Arc<dyn Fn(&str, &str, &Value) + Send + Sync>;

/// Sends requests: HTTP by one shared client, mail by the account's server, events to connected devices.
#[derive(Clone)]
pub struct Carrier {
    http: reqwest::Client,
    mail: HashMap<String, Arc<dyn MailTransport>>,
    push: Option<PushHandler>,
    public_url: Option<Arc<str>>,
}

impl Carrier {
    /// A carrier that only speaks HTTP yet.
    pub fn new(http: reqwest::Client) -> Self {
        Self { http, mail: HashMap::new(), push: None, public_url: None }
    }

    /// With a mail server for a channel account.
    pub fn with_mail(mut self, account_id: &str, transport: Arc<dyn MailTransport>) -> Self {
        self.mail.insert(account_id.to_owned(), transport);
        self
    }

    /// With connected devices.
    pub fn with_push(mut self, push: PushHandler) -> Self {
        self.push = Some(push);
        self
    }

    /// Known to providers as `public_url`: messages that go out say where their states are to be told.
    pub fn with_public_url(mut self, public_url: &str) -> Self {
        self.public_url = Some(public_url.trim_end_matches('/').into());
        self
    }

    /// Where a provider reaches a channel account, when we know how we are known.
    pub fn webhook_url(&self, account_id: &str) -> Option<String> {
        self.public_url.as_ref().map(|public| format!("{public}/channels/{account_id}"))
    }

    /// Where a provider asks what a caller of an account shall hear.
    pub fn voice_url(&self, account_id: &str) -> Option<String> {
        self.public_url.as_ref().map(|public| format!("{public}/calls/{account_id}"))
    }

    /// The mail server of a channel account.
    pub fn mail(&self, account_id: &str) -> Option<&Arc<dyn MailTransport>> {
        self.mail.get(account_id)
    }

    /// How we are known on the web.
    pub fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// Call a provider. Never fails: what went wrong is the reply.
    pub(crate) async fn call(&self, request: HttpRequest) -> WireReply {
        call(&self.http, request).await
    }

    /// Send one request. Never fails: what went wrong is the reply, for the adapter to judge.
    pub async fn carry(&self, account_id: &str, request: WireRequest) -> WireReply {
        match request {
            WireRequest::Http(request) => self.call(request).await,
            WireRequest::Mail(mail) => match self.mail.get(account_id) {
                Some(transport) => transport.send(mail).await,
                None => unreachable(format!("no mail server is configured for account {account_id}")),
            },
            WireRequest::Push { device, id, event } => match &self.push {
                Some(push) => {
                    push(&device, &id, &event);
                    WireReply::Pushed { id }
                }
                None => unreachable("no device can be connected here".to_owned()),
            },
            WireRequest::Open { id, request, allowed } => {
                let url = reqwest::Url::parse(&request.url).map_err(|_| guard::Refused::never("the address is none"));
                match url.and_then(|url| guard::client_for(&allowed, &url)) {
                    Ok(http) => match call(&http, request).await {
                        WireReply::Http { status: 200..300, .. } => WireReply::Pushed { id },
                        other => other,
                    },
                    Err(refused) => unreachable(refused.why),
                }
            }
        }
    }
}

/// A client for providers: TLS by ring, 20 seconds for everything, no redirects (a token must not follow one).
pub fn http_client() -> reqwest::Client {
    // Fails only when another part of the program has installed a provider before: just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client with only a timeout and a redirect policy can be built")
}

async fn call(http: &reqwest::Client, request: HttpRequest) -> WireReply {
    let method = reqwest::Method::from_bytes(request.method.as_bytes()).unwrap_or(reqwest::Method::POST);
    let mut call = http.request(method, &request.url);
    call = match &request.auth {
        Auth::None => call,
        Auth::Bearer(token) => call.bearer_auth(token.expose()),
        Auth::Basic { user, password } => call.basic_auth(user, Some(password.expose())),
        Auth::Header(value) => call.header(http::header::AUTHORIZATION, value.expose()),
    };
    for (name, value) in request.headers() {
        call = call.header(*name, value);
    }
    if let Some((content_type, body)) = request.encoded() {
        call = call.header(http::header::CONTENT_TYPE, content_type).body(body);
    }
    let response = match call.send().await {
        Ok(response) => response,
        // A connection that was never made has carried nothing; after that nobody can tell.
        Err(error) if error.is_connect() || error.is_builder() => return unreachable(said(error)),
        Err(error) => return WireReply::Unanswered { detail: said(error) },
    };
    let status = response.status().as_u16();
    let retry_after = response.headers().get(http::header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    match response.bytes().await {
        Ok(body) => WireReply::Http { status, retry_after: retry_after.map(Duration::from_secs), body },
        Err(error) => WireReply::Unanswered { detail: said(error) },
    }
}

/// What the network said, without the address: it may hold a token.
fn said(error: reqwest::Error) -> String {
    error.without_url().to_string()
}

fn unreachable(detail: String) -> WireReply {
    WireReply::Unreachable { detail }
}
