//! Who may come in: members of staff, their sessions, and keys for programs.
//!
//! Passwords are argon2id; hashing takes tens of milliseconds and so happens outside any transaction
//! ([`Password::hash`], [`PasswordHash::accepts`]). Secrets of sessions and keys are kept only as SHA-256.

mod api_keys;
mod password;
mod phones;
mod secret;
mod sessions;
mod staff;

pub use api_keys::{ApiKey, ApiKeyError, CreateApiKey, NewApiKey, actor_of_key, api_keys, create_api_key, revoke_api_key};
pub use password::{Password, PasswordError, PasswordHash};
pub use phones::{SipAddress, phone_of, set_phone, set_sip_password, sip_address_of};
pub use secret::Secret;
pub use sessions::{Attempt, SESSION_HOURS, Session, SignInError, attempt, close_session, open_session, record_failure, session};
pub use staff::{ChangeStaff, CreateStaff, Staff, StaffError, change_staff, create_staff, staff_list, staff_member};

/// Tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("access", ["0001_access", "0002_staff_phone", "0003_softphone"]);
