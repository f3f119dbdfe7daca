//! Mail out (RFC 5321) through lettre.

use super::MailFault;
use crate::{ChannelAccount, MailRequest, WireReply};
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::{Error, response::Response};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// A pool of connections to one server.
pub(super) struct SmtpSender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl SmtpSender {
    pub(super) fn new(account: &ChannelAccount) -> Result<Self, MailFault> {
        let misconfigured = |error: &dyn std::fmt::Display| MailFault::Misconfigured(error.to_string());
        let url = account.setting("smtp_url").map_err(|error| misconfigured(&error))?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| misconfigured(&error))?
            .timeout(Some(Duration::from_secs(30)));
        if let (Some(user), Ok(password)) = (account.optional("smtp_user"), account.secret("smtp_password")) {
            builder = builder.credentials(Credentials::new(user.to_owned(), password.expose().to_owned()));
        }
        Ok(Self { transport: builder.build() })
    }

    pub(super) async fn send(&self, mail: MailRequest) -> WireReply {
        let (Ok(from), Ok(to)) = (mail.from.parse(), mail.to.parse()) else {
            return WireReply::Mail { code: 553, text: "the address is not well-formed".into(), message_id: mail.message_id };
        };
        let sent = match Envelope::new(Some(from), vec![to]) {
            Ok(envelope) => self.transport.send_raw(&envelope, &mail.raw).await,
            Err(error) => return WireReply::Mail { code: 553, text: error.to_string(), message_id: mail.message_id },
        };
        reply(sent, mail.message_id)
    }
}

fn reply(sent: Result<Response, Error>, message_id: String) -> WireReply {
    match sent {
        Ok(response) => {
            WireReply::Mail { code: response.code().into(), text: response.message().collect::<Vec<_>>().join(" "), message_id }
        }
        Err(error) => match error.status() {
            Some(code) => WireReply::Mail { code: code.into(), text: error.to_string(), message_id },
            None => WireReply::Unreachable { detail: error.to_string() },
        },
    }
}
