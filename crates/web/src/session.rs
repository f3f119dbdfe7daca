//! Who asks: a member of staff, a customer, or a visitor. A handler's signature shows who may call it; there is no other way to
//! get an actor.

use crate::{App, Page, Trouble, Visit, cookie};
use access::{Secret, Staff};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use customers::{Identifier, IdentifierKind, PersonId};
use kernel::{Actor, Fault, ProfileId};

/// Cookie of a staff session.
pub(crate) const STAFF: &str = "hilo_staff";
/// Cookie of a customer's session.
pub const CUSTOMER: &str = "hilo_customer";

/// A signed-in member of staff. Without one, the reader is sent to the sign-in.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// Who.
    pub staff: Staff,
    /// The same as the one who acts.
    pub actor: Actor,
}

impl FromRequestParts<App> for StaffMember {
    type Rejection = Trouble;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let secret = cookie(&parts.headers, STAFF).map(Secret::presented).ok_or_else(Trouble::sign_in)?;
        let session = app.db.read(move |tx| access::session(tx, &secret)).await?.ok_or_else(Trouble::sign_in)?;
        Ok(StaffMember { actor: session.staff.actor(), staff: session.staff })
    }
}

/// Whoever shops: signed in or not, known by their browser or not at all.
#[derive(Debug, Clone)]
pub struct Shopper {
    /// This browser's name.
    pub visit: Visit,
    /// The profile of who is signed in.
    pub signed_in: Option<ProfileId>,
    /// The profile this browser is known by: the signed-in one, else that of earlier visits.
    pub profile: Option<ProfileId>,
    /// Its person.
    pub person: Option<PersonId>,
}

impl Shopper {
    /// Who acts: the customer once signed in, else a guest.
    pub fn actor(&self) -> Actor {
        self.signed_in.map_or(Actor::Guest, Actor::Customer)
    }
    /// The customer who must be signed in; else they are sent to the sign-in.
    pub fn must_be_signed_in(&self) -> Result<(ProfileId, PersonId), Trouble> {
        self.signed_in.zip(self.person).ok_or_else(Trouble::sign_in)
    }
    /// This browser as an identifier.
    pub fn device(&self) -> Option<Identifier> {
        device(&self.visit)
    }
}

/// A browser's name as an identifier.
fn device(visit: &Visit) -> Option<Identifier> {
    Identifier::new(IdentifierKind::Device, &visit.0).ok()
}

impl FromRequestParts<App> for Shopper {
    type Rejection = Trouble;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let visit = Page::from_request_parts(parts, app).await.map_err(Trouble::of)?.visit;
        let token = cookie(&parts.headers, CUSTOMER).map(str::to_owned);
        let device = device(&visit);
        let found = app.db.read(move |tx| {
            if let Some(token) = &token
                && let Some(session) = customers::session(tx, token)?
            {
                return Ok::<_, Fault>((Some(session.profile), Some(session.profile), Some(session.person)));
            }
            let known = device.as_ref().map_or(Ok(None), |device| customers::by_identifier(tx, device))?;
            Ok((None, known.as_ref().map(|k| k.profile), known.map(|k| k.person)))
        });
        let (signed_in, profile, person) = found.await?;
        Ok(Shopper { visit, signed_in, profile, person })
    }
}
