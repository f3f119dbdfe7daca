//! Mail in (RFC 3501, IDLE of RFC 2177) through async-imap. One connection is kept and used by one caller at a time; after any error it is
//! thrown away and the next call makes a new one.

use super::{MailCursor, MailFault, ReceivedMail};
use crate::{ChannelAccount, Secret};
use async_imap::{Client, Session, error::Error, types::UnsolicitedResponse};
use futures::TryStreamExt;
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use std::{fmt::Debug, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::Mutex,
    time::{sleep, timeout},
};
use tokio_rustls::TlsConnector;

/// Everything but waiting for mail must be answered within this time.
const PATIENCE: Duration = Duration::from_secs(60);
/// Time between looks where the server does not know IDLE.
const POLL: Duration = Duration::from_secs(15);
/// Longest IDLE: servers end it after 30 minutes, and networks forget a silent connection sooner.
const IDLE: Duration = Duration::from_secs(9 * 60);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Stream for T {}

type Line = Session<Box<dyn Stream>>;

/// One mailbox.
pub(super) struct ImapMailbox {
    host: String,
    port: u16,
    tls: Option<TlsConnector>,
    /// TLS begins after the greeting, on the server's ordinary port (RFC 3501, 6.2.1).
    starts_tls: bool,
    user: String,
    password: Secret,
    folder: String,
    line: Mutex<Option<Line>>,
}

impl ImapMailbox {
    pub(super) fn new(account: &ChannelAccount) -> Result<Self, MailFault> {
        let misconfigured = |error: crate::NotConfigured| MailFault::Misconfigured(error.to_string());
        let (line, host, port) = address(account.setting("imap_url").map_err(misconfigured)?)?;
        let tls = if line != Security::Plain { Some(connector(account.optional("imap_ca_pem"))?) } else { None };
        Ok(Self {
            host,
            port,
            tls,
            starts_tls: line == Security::StartTls,
            user: account.setting("imap_user").map_err(misconfigured)?.to_owned(),
            password: account.secret("imap_password").map_err(misconfigured)?.clone(),
            folder: account.optional("imap_folder").unwrap_or("INBOX").to_owned(),
            line: Mutex::new(None),
        })
    }

    pub(super) async fn fetch(&self, after: MailCursor, limit: usize) -> Result<Vec<ReceivedMail>, MailFault> {
        let mut kept = self.line.lock().await;
        let mut line = match kept.take() {
            Some(line) => line,
            None => self.sign_in().await?,
        };
        let mails = in_time(read(&mut line, &self.folder, after, limit)).await?;
        *kept = Some(line);
        Ok(mails)
    }

    pub(super) async fn wait(&self, at_most: Duration) -> Result<(), MailFault> {
        let mut kept = self.line.lock().await;
        let Some(mut line) = kept.take() else { return Ok(()) };
        in_time(line.noop()).await?;
        // What arrived since the last reading is told with the answer to any command, not again while idle.
        let mut told = std::iter::from_fn(|| line.unsolicited_responses.try_recv().ok());
        if told.any(|word| matches!(word, UnsolicitedResponse::Exists(_))) {
            *kept = Some(line);
        } else if in_time(line.capabilities()).await?.has_str("IDLE") {
            *kept = Some(idle(line, at_most.min(IDLE)).await?);
        } else {
            *kept = Some(line);
            drop(kept);
            sleep(at_most.min(POLL)).await;
        }
        Ok(())
    }

    async fn sign_in(&self) -> Result<Line, MailFault> {
        let dial = async {
            let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
            tcp.set_nodelay(true)?;
            let Some(tls) = &self.tls else { return greeted(Box::new(tcp)).await };
            let name = ServerName::try_from(self.host.clone()).map_err(std::io::Error::other)?;
            if !self.starts_tls {
                return greeted(Box::new(tls.connect(name, tcp).await?)).await;
            }
            let mut plain = greeted(Box::new(tcp)).await?;
            // Refused is an error: nothing is said in the clear after it.
            plain.run_command_and_check_ok("STARTTLS", None).await?;
            Ok(Client::new(Box::new(tls.connect(name, plain.into_inner()).await?) as Box<dyn Stream>))
        };
        let client = in_time(dial).await?;
        let signed = timeout(PATIENCE, client.login(&self.user, self.password.expose())).await.map_err(MailFault::unreachable)?;
        let mut line = signed.map_err(|(error, _)| match error {
            Error::No(words) => MailFault::Reauthorise(words),
            other => MailFault::unreachable(other),
        })?;
        in_time(line.examine(&self.folder)).await?;
        Ok(line)
    }
}

/// A line on which the server has said its greeting.
async fn greeted(stream: Box<dyn Stream>) -> Result<Client<Box<dyn Stream>>, Error> {
    let mut client = Client::new(stream);
    client.read_response().await?;
    Ok(client)
}

async fn read(line: &mut Line, folder: &str, after: MailCursor, limit: usize) -> Result<Vec<ReceivedMail>, Error> {
    // Opened anew each time: only so is the mailbox's numbering, which may have been reset, known for sure. EXAMINE changes no flags.
    let validity = line.examine(folder).await?.uid_validity.unwrap_or(1);
    let question = match after.validity {
        0 => "UNSEEN".to_owned(),
        known if known == validity => format!("UID {}:*", after.last_uid.saturating_add(1)),
        _ => "ALL".to_owned(),
    };
    let first = if after.validity == validity { after.last_uid.saturating_add(1) } else { 1 };
    let mut uids: Vec<u32> = line.uid_search(question).await?.into_iter().filter(|uid| *uid >= first).collect();
    uids.sort_unstable();
    uids.truncate(limit);
    let mut mails = Vec::with_capacity(uids.len());
    for uid in uids {
        let found: Vec<_> = line.uid_fetch(uid.to_string(), "(UID BODY.PEEK[])").await?.try_collect().await?;
        // One that was deleted meanwhile has no body any more.
        if let Some(body) = found.iter().find(|fetch| fetch.uid == Some(uid)).and_then(|fetch| fetch.body()) {
            mails.push(ReceivedMail { cursor: MailCursor { validity, last_uid: uid }, raw: body.to_vec() });
        }
    }
    Ok(mails)
}

async fn idle(line: Line, at_most: Duration) -> Result<Line, MailFault> {
    let mut handle = line.idle();
    in_time(handle.init()).await?;
    let (news, stop) = handle.wait_with_timeout(at_most);
    news.await.map_err(MailFault::unreachable)?;
    drop(stop);
    in_time(handle.done()).await
}

async fn in_time<T, E>(work: impl Future<Output = Result<T, E>>) -> Result<T, MailFault>
where
    E: std::error::Error + Send + Sync + 'static,
{
    timeout(PATIENCE, work).await.map_err(MailFault::unreachable)?.map_err(MailFault::unreachable)
}

/// How a line is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    /// By TLS from its first byte.
    Tls,
    /// By TLS after the greeting; a server that refuses it is not spoken to.
    StartTls,
    /// Not at all: it does not leave this machine.
    Plain,
}

/// `imaps://host[:993]`, `imap://host[:143]?tls=required`, or `imap://host[:143]` on this machine only: a password does not travel in the
/// clear.
fn address(url: &str) -> Result<(Security, String, u16), MailFault> {
    let misconfigured = |words: &str| MailFault::Misconfigured(format!("imap_url {words}"));
    let (scheme, rest) = url.split_once("://").ok_or_else(|| misconfigured("has no scheme"))?;
    let (rest, wish) = rest.split_once('?').map_or((rest, ""), |(rest, wish)| (rest, wish));
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse().map_err(|_| misconfigured("has no readable port"))?)),
        None => (rest, None),
    };
    match scheme {
        "imap" if wish == "tls=required" => Ok((Security::StartTls, host.to_owned(), port.unwrap_or(143))),
        _ if !wish.is_empty() => Err(misconfigured("may end with ?tls=required")),
        "imaps" => Ok((Security::Tls, host.to_owned(), port.unwrap_or(993))),
        "imap" if matches!(host, "127.0.0.1" | "localhost") => Ok((Security::Plain, host.to_owned(), port.unwrap_or(143))),
        "imap" => Err(misconfigured("must begin with imaps:// or end with ?tls=required unless the server is on this machine")),
        _ => Err(misconfigured("must begin with imaps://")),
    }
}

/// TLS that trusts the public roots, and the account's own authority if it names one.
fn connector(own_authority: Option<&str>) -> Result<TlsConnector, MailFault> {
    let misconfigured = |error: String| MailFault::Misconfigured(format!("imap_ca_pem: {error}"));
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in CertificateDer::pem_slice_iter(own_authority.unwrap_or_default().as_bytes()) {
        let certificate = certificate.map_err(|error| misconfigured(error.to_string()))?;
        roots.add(certificate).map_err(|error| misconfigured(error.to_string()))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| misconfigured(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

    #[test]
    fn a_password_only_travels_in_the_clear_on_this_machine() {
        assert_eq!(address("imaps://mail.example.com").ok(), Some((Security::Tls, "mail.example.com".to_owned(), 993)));
        assert_eq!(address("imap://mail.example.com?tls=required").ok(), Some((Security::StartTls, "mail.example.com".to_owned(), 143)));
        assert!(matches!(address("imap://mail.example.com?tls=maybe"), Err(MailFault::Misconfigured(_))));
        assert_eq!(address("imap://127.0.0.1:1143").ok(), Some((Security::Plain, "127.0.0.1".to_owned(), 1143)));
        assert!(matches!(address("imap://mail.example.com"), Err(MailFault::Misconfigured(_))));
        assert!(matches!(address("pop3://mail.example.com"), Err(MailFault::Misconfigured(_))));
    }

    /// Certificate and key of `localhost`, the same as the mail server's that tests of real servers start.
    const LOCALHOST: &str = include_str!("../../../../xtask/src/services/localhost.pem");

    /// A server that greets and is asked for STARTTLS; answers where it listens, and what it was told in the clear.
    async fn server(takes_it: bool) -> (u16, tokio::task::JoinHandle<Vec<String>>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let told = tokio::spawn(async move {
            let (mut tcp, _) = listener.accept().await.expect("a client");
            tcp.write_all(b"* OK ready\r\n").await.expect("greeted");
            let (mut lines, mut clear) = (BufReader::new(tcp), Vec::new());
            let asked = heard(&mut lines).await;
            let tag = asked.split(' ').next().unwrap_or_default().to_owned();
            clear.push(asked);
            let answer = if takes_it { format!("{tag} OK begin\r\n") } else { format!("{tag} NO not today\r\n") };
            lines.get_mut().write_all(answer.as_bytes()).await.expect("answered");
            if takes_it {
                let mut secret = BufReader::new(acceptor().accept(lines.into_inner()).await.expect("TLS"));
                for reply in ["OK in", "OK [READ-ONLY] open"] {
                    let tag = heard(&mut secret).await.split(' ').next().unwrap_or_default().to_owned();
                    secret.get_mut().write_all(format!("{tag} {reply}\r\n").as_bytes()).await.expect("answered");
                }
            } else {
                clear.push(heard(&mut lines).await);
            }
            clear
        });
        (port, told)
    }

    async fn heard(lines: &mut (impl tokio::io::AsyncBufRead + Unpin)) -> String {
        let mut line = String::new();
        lines.read_line(&mut line).await.expect("a line, or its end");
        line.trim_end().to_owned()
    }

    fn acceptor() -> tokio_rustls::TlsAcceptor {
        let certificate = CertificateDer::from_pem_slice(LOCALHOST.as_bytes()).expect("a certificate");
        let key = rustls::pki_types::PrivateKeyDer::from_pem_slice(LOCALHOST.as_bytes()).expect("a key");
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key);
        tokio_rustls::TlsAcceptor::from(Arc::new(config.expect("a server")))
    }

    fn mailbox(port: u16) -> ImapMailbox {
        let account = ChannelAccount::new("mail", kernel::Channel::Email, "hola@marca.test")
            .with("imap_url", format!("imap://localhost:{port}?tls=required"))
            .with("imap_user", "hola")
            .with("imap_ca_pem", LOCALHOST)
            .with_secret("imap_password", "s3cret");
        ImapMailbox::new(&account).expect("configured")
    }

    #[tokio::test]
    async fn a_password_is_said_only_after_tls_has_begun() {
        let (port, told) = server(true).await;
        mailbox(port).sign_in().await.expect("let in");
        assert_eq!(told.await.expect("heard"), ["A0001 STARTTLS"]);
        let (port, told) = server(false).await;
        assert!(mailbox(port).sign_in().await.is_err());
        assert_eq!(told.await.expect("heard"), ["A0001 STARTTLS", ""], "nothing more is said in the clear");
    }
}
