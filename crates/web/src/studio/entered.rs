//! Who came in.

use crate::{App, Page, StaffMember, Trouble};
use access::Staff;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::Actor;

/// A member of staff and the page they asked for, with their name in its header.
pub(crate) struct Entered {
    /// The page.
    pub page: Page,
    /// Who.
    pub me: Me,
}

/// A member of staff as templates ask about them.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    /// Who.
    pub staff: Staff,
    /// The same as the one who acts.
    pub actor: Actor,
}

impl Me {
    /// Whether they hold a permission, by its word: `catalogue.edit`.
    pub fn may(&self, permission: &str) -> bool {
        permission.parse().is_ok_and(|permission| self.actor.may(permission))
    }
}

impl FromRequestParts<App> for Entered {
    type Rejection = Trouble;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let StaffMember { staff, actor } = StaffMember::from_request_parts(parts, app).await?;
        let page = Page::from_request_parts(parts, app).await.map_err(Trouble::of)?;
        let roles: Vec<_> = staff.roles.iter().map(|role| page.t(&format!("role-{}", role.as_str().replace('_', "-")))).collect();
        let page = page.signed_in(staff.name.clone(), roles.join(", "));
        Ok(Entered { page, me: Me { staff, actor } })
    }
}
