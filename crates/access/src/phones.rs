//! Where a member of staff is rung when a customer calls, and with which password their browser takes calls of a SIP address.

use crate::StaffError;
use kernel::{Actor, Event, Fault, Permission, ReadTx, StaffId, Tx, params, sql};

/// Longest number, address or password.
const LONGEST: usize = 200;
/// What a SIP address begins with.
const SIP: &str = "sip:";

/// A SIP address that a browser registers for.
#[derive(Clone, PartialEq, Eq)]
pub struct SipAddress {
    /// `sip:iker@host`.
    pub address: String,
    /// Told by whoever runs the SIP server; the server wants it from the browser itself, so it is kept as it is.
    pub password: String,
}

/// Say where somebody is rung: a number in E.164, or a SIP address; empty for nowhere. One's own, or anybody's with
/// [`Permission::ManageStaff`]. Announces `staff.phone_changed`.
pub fn set_phone(tx: &mut Tx<'_>, actor: &Actor, staff: StaffId, phone: &str) -> Result<(), StaffError> {
    may_set(tx, actor, staff)?;
    let phone = normal(phone).ok_or_else(|| StaffError::NotAPhone(phone.trim().to_owned()))?;
    if phone.is_empty() {
        tx.execute(sql!("DELETE FROM staff_phone WHERE staff = ?1"), params![staff])?;
    } else {
        tx.execute(
            // A password is of one address.
            sql!(
                "INSERT INTO staff_phone (staff, phone) VALUES (?1, ?2) ON CONFLICT (staff) DO UPDATE SET phone = excluded.phone,
                  password = CASE WHEN staff_phone.phone = excluded.phone THEN staff_phone.password END"
            ),
            params![staff, phone],
        )?;
    }
    Ok(tx.announce(Event::new("staff.phone_changed", staff).by(actor))?)
}

/// Keep the password of the SIP address at which somebody is rung, so that their browser can register for it; empty forgets it. By the same
/// people as [`set_phone`]. Announces `staff.phone_changed`.
pub fn set_sip_password(tx: &mut Tx<'_>, actor: &Actor, staff: StaffId, password: &str) -> Result<(), StaffError> {
    may_set(tx, actor, staff)?;
    if password.len() > LONGEST || password.chars().any(char::is_control) {
        return Err(StaffError::NotASipPassword);
    }
    if phone_of(tx, staff)?.is_none_or(|phone| !phone.starts_with(SIP)) {
        return Err(StaffError::NoSipAddress);
    }
    let kept = Some(password).filter(|password| !password.is_empty());
    tx.execute(sql!("UPDATE staff_phone SET password = ?2 WHERE staff = ?1"), params![staff, kept])?;
    Ok(tx.announce(Event::new("staff.phone_changed", staff).by(actor))?)
}

fn may_set(tx: &ReadTx<'_>, actor: &Actor, staff: StaffId) -> Result<(), StaffError> {
    if actor.staff_id() != Some(staff) {
        actor.require(Permission::ManageStaff)?;
    }
    crate::staff_member(tx, staff)?.ok_or(StaffError::Unknown).map(drop)
}

/// The SIP address that somebody's browser registers for; `None` without an address or its password.
pub fn sip_address_of(tx: &ReadTx<'_>, staff: StaffId) -> Result<Option<SipAddress>, Fault> {
    let found = sql!("SELECT phone, password FROM staff_phone WHERE staff = ?1 AND password IS NOT NULL");
    tx.query_opt(found, params![staff], |row| Ok(SipAddress { address: row.get(0)?, password: row.get(1)? }))
}

/// Where somebody is rung.
pub fn phone_of(tx: &ReadTx<'_>, staff: StaffId) -> Result<Option<String>, Fault> {
    tx.query_opt(sql!("SELECT phone FROM staff_phone WHERE staff = ?1"), params![staff], |row| row.get(0))
}

/// `+34 600 11 22 33` without its spaces, `sip:iker@host` as it is.
fn normal(phone: &str) -> Option<String> {
    let phone = phone.trim();
    if phone.is_empty() {
        return Some(String::new());
    }
    if let Some(rest) = phone.strip_prefix(SIP) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+:;=".contains(c);
        return (rest.contains('@') && rest.len() < LONGEST && rest.chars().all(plain)).then(|| phone.to_owned());
    }
    let digits = phone.strip_prefix('+')?.replace([' ', '-', '(', ')'], "");
    ((7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn a_number_needs_its_prefix_and_a_sip_address_its_host() {
        assert_eq!(normal(" +34 600-11 22 33 ").as_deref(), Some("+34600112233"));
        assert_eq!(normal("sip:iker@marca.sip.test").as_deref(), Some("sip:iker@marca.sip.test"));
        assert_eq!(normal("").as_deref(), Some(""));
        for wrong in ["600112233", "+34", "sip:iker", "sip:a@b\"><x", "+34abc600112233"] {
            assert_eq!(normal(wrong), None, "{wrong}");
        }
    }
}
