//! Who chats: a browser's name with its proof, and whoever is signed in.

use super::account_of;
use crate::{App, Page, Shopper, Trouble};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use channels::runtime::channel_account;
use channels::webchat::visitor_token;
use conversations::{Account, VISITOR};
use customers::{Identifier, PersonId};
use kernel::{Fault, ProfileId, ReadTx};
use subtle::ConstantTimeEq;

/// Who chats.
#[derive(Debug, Clone)]
pub(super) struct ChatVisitor {
    /// The browser's name.
    pub(super) name: String,
    /// Proof that it is theirs.
    token: String,
    /// The chat's account.
    pub(super) account: Account,
    /// The profile of this browser, once it has said something.
    pub(super) profile: Option<ProfileId>,
    /// The person who is signed in, who sees their whole thread.
    pub(super) signed_in: Option<PersonId>,
}

impl ChatVisitor {
    /// For addresses and forms.
    pub(super) fn proof(&self) -> String {
        format!("{}.{}", self.name, self.token)
    }

    /// Whose drafts these are: the person's on all their devices once signed in, else this browser's.
    pub(super) fn writer(&self) -> String {
        self.signed_in.map_or_else(|| self.browser(), |person| format!("person:{person}"))
    }

    /// Whose they were before anybody signed in here.
    pub(super) fn browser(&self) -> String {
        format!("{VISITOR}{}", self.name)
    }

    /// A browser whose name is proven.
    pub(super) async fn known(app: &App, name: String, signed_in: Option<PersonId>) -> Result<Self, Trouble> {
        let account = account_of(app).await?;
        let token = token(&account, &name)?;
        let device = Identifier::device(&name).ok();
        let found = app.db.read(move |tx| device.as_ref().map_or(Ok(None), |device| customers::by_identifier(tx, device))).await?;
        Ok(ChatVisitor { name, token, account, profile: found.map(|known| known.profile), signed_in })
    }

    /// Whose messages they see: their person's once signed in, else this browser's.
    pub(super) fn profiles(&self, tx: &ReadTx<'_>) -> Result<Vec<ProfileId>, Fault> {
        match self.signed_in {
            Some(person) => customers::profiles_of(tx, person),
            None => Ok(self.profile.into_iter().collect()),
        }
    }
}

fn token(account: &Account, name: &str) -> Result<String, Trouble> {
    let configured = channel_account(account)?;
    visitor_token(&configured, name).map_err(Trouble::broken)
}

impl FromRequestParts<App> for ChatVisitor {
    type Rejection = Trouble;
    /// A proof in the address wins; else the browser's cookie names it. A message must bring its proof, as the chat's form does.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let page = Page::from_request_parts(parts, app).await.map_err(Trouble::of)?;
        let shopper = Shopper::from_request_parts(parts, app).await?;
        let given = page.query.split('&').find_map(|pair| pair.strip_prefix("v=")).unwrap_or_default();
        let Some((name, proof)) = given.split_once('.') else {
            if !parts.method.is_safe() {
                return Err(Trouble::of(StatusCode::FORBIDDEN));
            }
            return ChatVisitor::known(app, page.visit.0, shopper.person.filter(|_| shopper.signed_in.is_some())).await;
        };
        // Somebody signed in sees their whole thread only in their own browser, not through a link.
        let own = page.visit.0 == name;
        let person = shopper.person.filter(|_| own && shopper.signed_in.is_some());
        let visitor = ChatVisitor::known(app, name.to_owned(), person).await?;
        if bool::from(visitor.token.as_bytes().ct_eq(proof.as_bytes())) { Ok(visitor) } else { Err(Trouble::of(StatusCode::FORBIDDEN)) }
    }
}
