//! Downloading from an address that somebody else wrote: never from inside our own network, never more than we take.

use crate::{Auth, ChannelAccount, HttpRequest, http_client};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::LazyLock;
use std::time::Duration;

/// Redirects followed; each is checked like the first.
const HOPS: usize = 3;

/// Why a file is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// For whoever looks into it; holds no address, as an address may hold a token.
    pub why: String,
    /// Trying again cannot help.
    pub is_final: bool,
}

impl Refused {
    pub fn later(why: impl Into<String>) -> Self {
        Self { why: why.into(), is_final: false }
    }
    pub fn never(why: impl Into<String>) -> Self {
        Self { why: why.into(), is_final: true }
    }
}

/// A client that finds public addresses only. It is asked for each name at the moment of connecting, so that a name cannot mean one
/// address when it is checked and another when it is used.
static PUBLIC: LazyLock<reqwest::Client> = LazyLock::new(|| {
    // Another part of the program may have installed a provider before: just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .timeout(Duration::from_secs(60))
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(Arc::new(PublicOnly))
        .build()
        .expect("a client with a timeout and a resolver can be built")
});

struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.filter(|at| is_public(at.ip())).collect();
            if found.is_empty() {
                return Err("the name has no public address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// What is at an address, at most `largest` bytes. Only `https` and public addresses, but for hosts that the account allows by name and port
/// (`media_allowed`, separated by spaces: a simulator, or a server of one's own).
pub(crate) async fn download(account: &ChannelAccount, request: HttpRequest, largest: usize) -> Result<Vec<u8>, Refused> {
    let mut url = reqwest::Url::parse(&request.url).map_err(|_| Refused::never("the file's address is none"))?;
    let first = authority(&url);
    for _ in 0..=HOPS {
        let client = client_for(account.optional("media_allowed").unwrap_or_default(), &url)?;
        let method = reqwest::Method::from_bytes(request.method.as_bytes()).unwrap_or(reqwest::Method::GET);
        let mut call = client.request(method, url.clone());
        // Who we are is nobody's business but the provider's.
        if authority(&url) == first {
            call = match &request.auth {
                Auth::None => call,
                Auth::Bearer(token) => call.bearer_auth(token.expose()),
                Auth::Basic { user, password } => call.basic_auth(user, Some(password.expose())),
                Auth::Header(value) => call.header(http::header::AUTHORIZATION, value.expose()),
            };
        }
        if let Some((content_type, body)) = request.encoded() {
            call = call.header(http::header::CONTENT_TYPE, content_type).body(body);
        }
        let answer = call.send().await.map_err(|error| Refused::later(error.without_url().to_string()))?;
        let status = answer.status();
        if status.is_redirection() {
            let to = answer.headers().get(http::header::LOCATION).and_then(|to| to.to_str().ok());
            url = to.and_then(|to| url.join(to).ok()).ok_or_else(|| Refused::never("the file's address leads nowhere"))?;
            continue;
        }
        if !status.is_success() {
            let is_final = status.is_client_error() && !matches!(status.as_u16(), 401 | 403 | 408 | 425 | 429);
            return Err(Refused { why: format!("the provider answered {}", status.as_u16()), is_final });
        }
        return read(answer, largest).await;
    }
    Err(Refused::never("the file's address leads from one place to the next"))
}

/// The body of an answer, at most `largest` bytes.
pub(crate) async fn read(mut answer: reqwest::Response, largest: usize) -> Result<Vec<u8>, Refused> {
    let too_large = || Refused::never(format!("the file is larger than {largest} bytes"));
    if answer.content_length().is_some_and(|length| length > largest as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|error| Refused::later(error.without_url().to_string()))? {
        if bytes.len() + part.len() > largest {
            return Err(too_large());
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn authority(url: &reqwest::Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// Who may call this address.
pub(crate) fn client_for(allowed: &str, url: &reqwest::Url) -> Result<reqwest::Client, Refused> {
    if matches!(url.scheme(), "http" | "https") && allowed.split_whitespace().any(|place| place == authority(url)) {
        return Ok(http_client());
    }
    if url.scheme() != "https" {
        return Err(Refused::never("the address is not https"));
    }
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    // A number needs no resolver, so it is looked at here.
    match host.parse::<IpAddr>() {
        Ok(ip) if !is_public(ip) => Err(Refused::never("the address is inside a private network")),
        _ => Ok(PUBLIC.clone()),
    }
}

/// Whether an address is of the public internet (IANA's registries of special addresses).
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special =
        ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_broadcast() || ip.is_documentation() || ip.is_multicast();
    let shared = a == 100 && (64..128).contains(&b);
    let reserved =
        a == 0 || a >= 240 || (a == 192 && b == 0 && c == 0) || (a == 198 && (b == 18 || b == 19)) || (a == 192 && b == 88 && c == 99);
    !(special || shared || reserved)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [a, b, ..] = ip.segments();
    // Addresses that carry one of the older kind inside them: NAT64 and 6to4.
    let [.., g, h] = ip.segments();
    let tail = Ipv4Addr::from((u32::from(g) << 16) | u32::from(h));
    match (a, b) {
        (0x64, 0xff9b) => is_public_v4(tail),
        (0x2002, _) | (0x2001, 0..0x200) => false,
        (0x2001, 0xdb8) => false,
        // Only 2000::/3 is given out.
        (0x2000..=0x3fff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> ChannelAccount {
        ChannelAccount::new("a", kernel::Channel::Telegram, "@bot").with("media_allowed", "127.0.0.1:4000 files.test:80")
    }

    fn refused(url: &str) -> Option<String> {
        client_for(account().optional("media_allowed").unwrap_or_default(), &reqwest::Url::parse(url).expect("an address"))
            .err()
            .map(|refused| refused.why)
    }

    #[test]
    fn addresses_inside_are_refused_however_they_are_written() {
        for inside in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.5.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside}");
        }
        for outside in ["8.8.8.8", "157.240.1.1", "2a03:2880::1", "64:ff9b::808:808", "::ffff:8.8.8.8"] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
        let private = Some("the address is inside a private network".to_owned());
        for url in ["https://127.0.0.1/a", "https://[::1]/a", "https://2130706433/a", "https://0x7f.1/a", "https://169.254.169.254/latest"]
        {
            assert_eq!(refused(url), private, "{url}");
        }
        assert_eq!(refused("http://8.8.8.8/a"), Some("the address is not https".into()));
        assert_eq!(refused("https://8.8.8.8/a"), None);
    }

    #[test]
    fn only_the_very_place_that_the_account_allows_is_open() {
        assert_eq!(refused("http://127.0.0.1:4000/files/1"), None);
        assert_eq!(refused("http://127.0.0.1:4001/files/1"), Some("the address is not https".into()));
        assert_eq!(refused("http://files.test/1"), None);
        assert_eq!(refused("ftp://127.0.0.1:4000/etc/passwd"), Some("the address is not https".into()));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_no_address() {
        let found = PublicOnly.resolve("localhost".parse().expect("a name")).await;
        assert_eq!(found.err().map(|error| error.to_string()), Some("the name has no public address".into()));
    }
}
