//! Who acts, and what they may do. Commands check this themselves, because several front doors call them.

use crate::ProfileId;

crate::id! {
    /// A member of staff.
    pub struct StaffId;
    /// A key given to a program.
    pub struct ApiKeyId;
}

crate::db_enum! {
    /// One thing somebody may be allowed to do.
    pub enum Permission {
        /// Read people, their identifiers and timelines.
        ViewCustomers = "customers.view",
        /// Change profiles and consents.
        EditCustomers = "customers.edit",
        /// Read national ids.
        ViewNationalIds = "customers.national_id",
        /// Read dates of birth.
        ViewBirthDates = "customers.birth_date",
        /// Read whole postal addresses.
        ViewAddresses = "customers.address",
        /// Read what people allow and forbid.
        ViewConsents = "customers.consents",
        /// Read what colleagues noted about people.
        ViewNotes = "customers.notes",
        /// Read who opened whose record.
        ViewAccesses = "customers.accesses",
        /// Take out everything that is known of a person.
        ExportCustomers = "customers.export",
        /// Erase a person.
        EraseCustomers = "customers.erase",
        /// Claim that profiles are, or are not, one person.
        JoinCustomers = "customers.join",
        /// Bring in lists of customers, and take them back.
        ImportCustomers = "customers.import",
        /// Make and change segments.
        EditSegments = "segments.edit",
        /// Read matters and messages.
        ViewConversations = "conversations.view",
        /// Answer, note, change state.
        Reply = "conversations.reply",
        /// Assign and transfer.
        Assign = "conversations.assign",
        /// Lead a team: its hours, rules and saved replies, the wall, others' presence and matters.
        Supervise = "conversations.supervise",
        /// See drafts and purchase data of products.
        ViewCatalogue = "catalogue.view",
        /// Change products.
        EditCatalogue = "catalogue.edit",
        /// Change prices and promotions.
        EditPrices = "prices.edit",
        /// See stock levels behind the promise.
        ViewStock = "stock.view",
        /// Receive, count, adjust, move.
        AdjustStock = "stock.adjust",
        /// Change places and their hours.
        EditLocations = "locations.edit",
        /// Read orders.
        ViewOrders = "orders.view",
        /// Sell on behalf of the brand.
        Sell = "orders.sell",
        /// Pick, hand over, ship.
        Fulfil = "orders.fulfil",
        /// Change and cancel orders.
        EditOrders = "orders.edit",
        /// Take goods back.
        AcceptReturns = "returns.accept",
        /// Take money.
        TakePayment = "payments.take",
        /// Give money back.
        Refund = "payments.refund",
        /// Add people to the staff and change roles.
        ManageStaff = "staff.manage",
        /// Connect and configure channels.
        ManageChannels = "channels.manage",
        /// Write the texts that a provider must approve, and hand them in.
        WriteTemplates = "templates.write",
        /// Make and withdraw API keys.
        ManageApiKeys = "api_keys.manage",
        /// Read the audit trail.
        ViewAudit = "audit.view",
        /// Change the brand's settings.
        ManageSettings = "settings.manage",
        /// See the installation's health.
        ViewHealth = "health.view",
    }
}

crate::db_enum! {
    /// A job at the brand; each comes with its permissions.
    pub enum Role {
        /// Everything.
        Administrator = "administrator",
        /// Catalogue, prices, stock, campaigns.
        Merchandiser = "merchandiser",
        /// The contact centre.
        Agent = "agent",
        /// Leads a contact-centre team.
        Supervisor = "supervisor",
        /// The shop floor.
        Associate = "associate",
        /// Runs a shop.
        ShopManager = "shop_manager",
    }
}

impl Role {
    /// What the role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::*;
        match self {
            Role::Administrator => Permission::ALL,
            Role::Merchandiser => &[
                ViewCustomers,
                ImportCustomers,
                ViewConsents,
                EditSegments,
                ViewCatalogue,
                EditCatalogue,
                EditPrices,
                ViewStock,
                AdjustStock,
                EditLocations,
                ViewOrders,
                WriteTemplates,
                ViewHealth,
            ],
            Role::Agent => &[
                ViewCustomers,
                EditCustomers,
                ViewBirthDates,
                ViewAddresses,
                ViewConsents,
                ViewNotes,
                JoinCustomers,
                ViewConversations,
                Reply,
                Assign,
                ViewCatalogue,
                ViewStock,
                ViewOrders,
                Sell,
                EditOrders,
                AcceptReturns,
                TakePayment,
                Refund,
            ],
            Role::Supervisor => &[
                ViewCustomers,
                EditCustomers,
                ViewNationalIds,
                ViewBirthDates,
                ViewAddresses,
                ViewConsents,
                ViewNotes,
                ViewAccesses,
                ExportCustomers,
                JoinCustomers,
                ViewConversations,
                Reply,
                Assign,
                Supervise,
                ViewCatalogue,
                ViewStock,
                ViewOrders,
                Sell,
                EditOrders,
                AcceptReturns,
                TakePayment,
                Refund,
                ViewAudit,
                ViewHealth,
            ],
            Role::Associate => &[
                ViewCustomers,
                EditCustomers,
                ViewConsents,
                ViewNotes,
                ViewConversations,
                Reply,
                ViewCatalogue,
                ViewStock,
                ViewOrders,
                Sell,
                Fulfil,
                AcceptReturns,
                TakePayment,
                Refund,
            ],
            Role::ShopManager => &[
                ViewCustomers,
                EditCustomers,
                ViewAddresses,
                ViewConsents,
                ViewNotes,
                JoinCustomers,
                ViewConversations,
                Reply,
                Assign,
                ViewCatalogue,
                ViewStock,
                AdjustStock,
                EditLocations,
                ViewOrders,
                Sell,
                Fulfil,
                EditOrders,
                AcceptReturns,
                TakePayment,
                Refund,
                ViewAudit,
                ViewHealth,
            ],
        }
    }
}

/// The actor may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this needs the permission `{0}`")]
pub struct Denied(pub Permission);

impl crate::Problem for Denied {
    fn kind(&self) -> crate::Kind {
        crate::Kind::Forbidden
    }
    fn code(&self) -> &'static str {
        "denied"
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        vec![("permission", self.0.as_str().into())]
    }
}

/// Who gives a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Hilo itself: timers, reactions, channel workers. May do everything.
    System,
    /// Somebody at the brand.
    Staff {
        /// Who.
        id: StaffId,
        /// Everything their roles allow.
        permissions: Vec<Permission>,
    },
    /// A signed-in customer, acting on their own things.
    Customer(ProfileId),
    /// A program with a key.
    ApiKey {
        /// Which key.
        id: ApiKeyId,
        /// Its scopes.
        permissions: Vec<Permission>,
    },
    /// Nobody known: a visitor.
    Guest,
}

impl Actor {
    /// Hilo itself.
    pub const fn system() -> Self {
        Actor::System
    }
    /// A visitor.
    pub const fn guest() -> Self {
        Actor::Guest
    }
    /// A signed-in customer.
    pub const fn customer(profile: ProfileId) -> Self {
        Actor::Customer(profile)
    }
    /// A member of staff with these roles.
    pub fn staff(id: StaffId, roles: &[Role]) -> Self {
        let mut permissions: Vec<_> = roles.iter().flat_map(|role| role.permissions().iter().copied()).collect();
        permissions.sort_unstable();
        permissions.dedup();
        Actor::Staff { id, permissions }
    }
    /// A program with these scopes.
    pub const fn api_key(id: ApiKeyId, permissions: Vec<Permission>) -> Self {
        Actor::ApiKey { id, permissions }
    }

    /// Whoever the log names, to be named again on what is done for them later, with these permissions and no others. Hilo itself for
    /// any other text.
    pub fn on_behalf(text: &str, permissions: Vec<Permission>) -> Self {
        match text.split_once(':') {
            Some(("staff", id)) => id.parse().map_or(Actor::System, |id| Actor::Staff { id, permissions }),
            Some(("api_key", id)) => id.parse().map_or(Actor::System, |id| Actor::ApiKey { id, permissions }),
            _ => Actor::System,
        }
    }

    /// True when the actor holds `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Actor::System => true,
            Actor::Staff { permissions, .. } | Actor::ApiKey { permissions, .. } => permissions.contains(&permission),
            Actor::Customer(_) | Actor::Guest => false,
        }
    }
    /// Refuse unless the actor holds `permission`.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        if self.may(permission) { Ok(()) } else { Err(Denied(permission)) }
    }
    /// The signed-in customer's profile, if that is who acts.
    pub const fn profile(&self) -> Option<ProfileId> {
        match self {
            Actor::Customer(profile) => Some(*profile),
            _ => None,
        }
    }
    /// The member of staff, if that is who acts.
    pub const fn staff_id(&self) -> Option<StaffId> {
        match self {
            Actor::Staff { id, .. } => Some(*id),
            _ => None,
        }
    }
}

/// `system`, `staff:ID`, `customer:ID`, `api_key:ID`, `guest`: how the log names an actor.
impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Actor::System => f.write_str("system"),
            Actor::Staff { id, .. } => write!(f, "staff:{id}"),
            Actor::Customer(id) => write!(f, "customer:{id}"),
            Actor::ApiKey { id, .. } => write!(f, "api_key:{id}"),
            Actor::Guest => f.write_str("guest"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_gives_its_permissions_and_no_others() {
        let associate = Actor::staff(StaffId::nil(), &[Role::Associate]);
        assert_eq!(associate.require(Permission::Sell), Ok(()));
        assert_eq!(associate.require(Permission::ManageStaff), Err(Denied(Permission::ManageStaff)));
        assert_eq!(Actor::guest().require(Permission::ViewOrders), Err(Denied(Permission::ViewOrders)));
        assert!(Permission::ALL.iter().all(|p| Actor::system().may(*p)));
    }
}
