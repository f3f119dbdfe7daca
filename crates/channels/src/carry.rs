//! Carrying a rendered request to where it goes, outside any transaction.

use crate::{Auth, HttpRequest, MailTransport, WireReply, WireRequest, guard};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// How long a server that somebody else named may take for everything: others wait behind it.
const STRANGER: Duration = Duration::from_secs(10);
/// What is heard of its refusal, in bytes.
const HEARD: usize = 4096;
/// Longest that anybody may ask us to wait before we try again.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

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
                    Ok(http) => call_stranger(&http, request, id).await,
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
    let response = match prepared(http, &request).send().await {
        Ok(response) => response,
        Err(error) => return not_answered(error),
    };
    let (status, retry_after) = head(&response);
    match response.bytes().await {
        Ok(body) => WireReply::Http { status, retry_after, body },
        Err(error) => WireReply::Unanswered { detail: said(error) },
    }
}

/// The same where a browser told us the address: its server is given little time, and what it has to say is not kept beyond a few words.
async fn call_stranger(http: &reqwest::Client, request: HttpRequest, id: String) -> WireReply {
    let response = match prepared(http, &request).timeout(STRANGER).send().await {
        Ok(response) => response,
        Err(error) => return not_answered(error),
    };
    let (status, retry_after) = head(&response);
    if matches!(status, 200..300) {
        return WireReply::Pushed { id };
    }
    let body = guard::read(response, HEARD).await.unwrap_or_default();
    WireReply::Http { status, retry_after, body: body.into() }
}

fn prepared(http: &reqwest::Client, request: &HttpRequest) -> reqwest::RequestBuilder {
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
    call
}

/// What is told before the body: the status, and when to come again.
fn head(response: &reqwest::Response) -> (u16, Option<Duration>) {
    let retry_after = response.headers().get(http::header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    (response.status().as_u16(), retry_after.map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT)))
}

/// A connection that was never made has carried nothing; after that nobody can tell.
fn not_answered(error: reqwest::Error) -> WireReply {
    match error.is_connect() || error.is_builder() {
        true => unreachable(said(error)),
        false => WireReply::Unanswered { detail: said(error) },
    }
}

/// What the network said, without the address: it may hold a token.
fn said(error: reqwest::Error) -> String {
    error.without_url().to_string()
}

fn unreachable(detail: String) -> WireReply {
    WireReply::Unreachable { detail }
}
