//! Members of staff and their roles.

use crate::{PasswordError, PasswordHash};
use kernel::{Actor, Denied, Event, Fault, Kind, Locale, Permission, Problem, ReadTx, Role, Row, StaffId, Timestamp, Tx, params, sql};
use serde::Serialize;

/// Somebody who works at the brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Who.
    pub id: StaffId,
    /// Sign-in name, in small letters.
    pub email: String,
    /// As colleagues and customers read it.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Code of the shop where they work, if any.
    pub location: Option<String>,
    /// Language of their screens.
    pub locale: Locale,
    /// False once they have left.
    pub active: bool,
    /// Since when.
    pub created_at: Timestamp,
}

impl Staff {
    /// This person as the one who acts.
    pub fn actor(&self) -> Actor {
        Actor::staff(self.id, &self.roles)
    }
}

/// Add somebody.
#[derive(Debug, Clone)]
pub struct CreateStaff {
    /// Sign-in name.
    pub email: String,
    /// As colleagues and customers read it.
    pub name: String,
    /// Hashed outside the transaction.
    pub password: PasswordHash,
    /// At least one.
    pub roles: Vec<Role>,
    /// Code of their shop.
    pub location: Option<String>,
    /// Language of their screens.
    pub locale: Locale,
}

/// Change somebody; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct ChangeStaff {
    /// New name.
    pub name: Option<String>,
    /// New roles.
    pub roles: Option<Vec<Role>>,
    /// Leaves or comes back.
    pub active: Option<bool>,
    /// New password.
    pub password: Option<PasswordHash>,
}

/// The change was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Somebody has this e-mail already.
    #[error("somebody is registered as {0} already")]
    EmailTaken(String),
    /// Not an e-mail address.
    #[error("`{0}` is not an e-mail address")]
    NotAnEmail(String),
    /// No name.
    #[error("a name is needed")]
    NoName,
    /// No role.
    #[error("at least one role is needed")]
    NoRole,
    /// Neither a number nor a SIP address.
    #[error("`{0}` is neither a telephone number in international form nor a SIP address")]
    NotAPhone(String),
    /// Too long, or with characters that nobody can type.
    #[error("a SIP password has at most 200 characters, all of them printable")]
    NotASipPassword,
    /// A number has no password.
    #[error("only somebody who is rung at a SIP address has a password for it")]
    NoSipAddress,
    /// No such person.
    #[error("nobody with this id works here")]
    Unknown,
    /// The last administrator cannot go.
    #[error("somebody must stay administrator")]
    LastAdministrator,
    /// The password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for StaffError {
    fn kind(&self) -> Kind {
        match self {
            StaffError::EmailTaken(_) | StaffError::LastAdministrator | StaffError::NoSipAddress => Kind::Conflict,
            StaffError::NotAnEmail(_)
            | StaffError::NotAPhone(_)
            | StaffError::NotASipPassword
            | StaffError::NoName
            | StaffError::NoRole => Kind::Invalid,
            StaffError::Unknown => Kind::NotFound,
            StaffError::Password(e) => e.kind(),
            StaffError::Denied(e) => e.kind(),
            StaffError::Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            StaffError::EmailTaken(_) => "access.email_taken",
            StaffError::NotAnEmail(_) => "access.not_an_email",
            StaffError::NotAPhone(_) => "access.not_a_phone",
            StaffError::NotASipPassword => "access.not_a_sip_password",
            StaffError::NoSipAddress => "access.no_sip_address",
            StaffError::NoName => "access.no_name",
            StaffError::NoRole => "access.no_role",
            StaffError::Unknown => "access.unknown_staff",
            StaffError::LastAdministrator => "access.last_administrator",
            StaffError::Password(e) => e.code(),
            StaffError::Denied(e) => e.code(),
            StaffError::Fault(e) => e.code(),
        }
    }
}

#[derive(Serialize)]
struct Changed<'a> {
    email: &'a str,
    name: &'a str,
    roles: &'a [Role],
    active: bool,
}

/// Add somebody to the staff. Announces `staff.created`.
pub fn create_staff(tx: &mut Tx<'_>, actor: &Actor, cmd: CreateStaff) -> Result<StaffId, StaffError> {
    actor.require(Permission::ManageStaff)?;
    let email = normal_email(&cmd.email)?;
    let name = cmd.name.trim();
    if name.is_empty() {
        return Err(StaffError::NoName);
    }
    if cmd.roles.is_empty() {
        return Err(StaffError::NoRole);
    }
    let id: StaffId = tx.new_id();
    let now = tx.now();
    let added = tx.execute(
        sql!("INSERT INTO staff (id, email, name, password, roles, location, locale, active, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8)
              ON CONFLICT (email) DO NOTHING"),
        params![id, email, name, cmd.password.0, role_text(&cmd.roles), cmd.location, cmd.locale, now],
    )?;
    if added == 0 {
        return Err(StaffError::EmailTaken(email));
    }
    tx.announce(Event::new("staff.created", id).by(actor).body(&Changed { email: &email, name, roles: &cmd.roles, active: true }))?;
    Ok(id)
}

/// Change somebody's name, roles, password or presence. Leaving ends their sessions. Announces `staff.changed`.
pub fn change_staff(tx: &mut Tx<'_>, actor: &Actor, id: StaffId, change: ChangeStaff) -> Result<Staff, StaffError> {
    actor.require(Permission::ManageStaff)?;
    let mut staff = staff_member(tx, id)?.ok_or(StaffError::Unknown)?;
    let was_administrator = staff.active && staff.roles.contains(&Role::Administrator);
    staff.name = change.name.map_or(staff.name, |name| name.trim().to_owned());
    staff.roles = change.roles.unwrap_or(staff.roles);
    staff.active = change.active.unwrap_or(staff.active);
    if staff.name.is_empty() {
        return Err(StaffError::NoName);
    }
    if staff.roles.is_empty() {
        return Err(StaffError::NoRole);
    }
    let stays = staff.active && staff.roles.contains(&Role::Administrator);
    if was_administrator && !stays && administrators(tx)? <= 1 {
        return Err(StaffError::LastAdministrator);
    }
    tx.execute(
        sql!("UPDATE staff SET name = ?2, roles = ?3, active = ?4, password = COALESCE(?5, password) WHERE id = ?1"),
        params![id, staff.name, role_text(&staff.roles), staff.active, change.password.as_ref().map(|p| p.0.as_str())],
    )?;
    if !staff.active || change.password.is_some() {
        tx.execute(sql!("DELETE FROM staff_session WHERE staff = ?1"), params![id])?;
    }
    let body = Changed { email: &staff.email, name: &staff.name, roles: &staff.roles, active: staff.active };
    tx.announce(Event::new("staff.changed", id).by(actor).body(&body))?;
    Ok(staff)
}

/// One member of staff.
pub fn staff_member(tx: &ReadTx<'_>, id: StaffId) -> Result<Option<Staff>, Fault> {
    tx.query_opt(
        sql!("SELECT id, email, name, roles, location, locale, active, created_at FROM staff WHERE id = ?1"),
        params![id],
        from_row,
    )
}

/// Everybody, by name, after `after` (name and id of the last one seen), at most `limit`.
pub fn staff_list(tx: &ReadTx<'_>, after: Option<(String, StaffId)>, limit: i64) -> Result<Vec<Staff>, Fault> {
    let (name, id) = after.unwrap_or((String::new(), StaffId::nil()));
    tx.query(
        sql!("SELECT id, email, name, roles, location, locale, active, created_at FROM staff WHERE (name, id) > (?1, ?2) ORDER BY name, id LIMIT ?3"),
        params![name, id, limit.clamp(1, 500)],
        from_row,
    )
}

/// With the stored password, by sign-in name.
pub(crate) fn credentials(tx: &ReadTx<'_>, email: &str) -> Result<Option<(Staff, PasswordHash)>, Fault> {
    tx.query_opt(
        sql!("SELECT id, email, name, roles, location, locale, active, created_at, password FROM staff WHERE email = ?1 AND active = 1"),
        params![email],
        |row| Ok((from_row(row)?, PasswordHash(row.get(8)?))),
    )
}

pub(crate) fn normal_email(text: &str) -> Result<String, StaffError> {
    let email = text.trim().to_lowercase();
    let fits = email
        .split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'));
    if fits && email.len() <= 254 && !email.contains(char::is_whitespace) {
        Ok(email)
    } else {
        Err(StaffError::NotAnEmail(text.to_owned()))
    }
}

fn administrators(tx: &ReadTx<'_>) -> Result<i64, Fault> {
    tx.query_one(sql!("SELECT COUNT(*) FROM staff WHERE active = 1 AND roles LIKE '%administrator%'"), params![], |row| row.get(0))
}

fn role_text(roles: &[Role]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ")
}

fn from_row(row: &Row<'_>) -> Result<Staff, Fault> {
    let roles: String = row.get(3)?;
    Ok(Staff {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        roles: roles.split_whitespace().map(str::parse).collect::<Result<_, _>>().map_err(Fault::Data)?,
        location: row.get(4)?,
        locale: row.get(5)?,
        active: row.get(6)?,
        created_at: row.get(7)?,
    })
}
