//! Which fields of a person's record need a permission of their own, and what is shown to those without it.

use crate::FieldKind;
use kernel::{Actor, Permission};

kernel::db_enum! {
    /// A field that not everybody reads who may see people.
    pub enum Guarded {
        /// DNI, NIE, passport.
        NationalId = "national_id",
        /// Date of birth.
        BirthDate = "birth_date",
        /// Street, number and door. The postcode is not part of it.
        FullAddress = "full_address",
        /// What they allow and forbid.
        Consents = "consents",
        /// What colleagues noted.
        Notes = "notes",
    }
}

/// What each field needs; which roles have it is in [`kernel::Role::permissions`].
pub const GUARDED: &[(Guarded, Permission)] = &[
    (Guarded::NationalId, Permission::ViewNationalIds),
    (Guarded::BirthDate, Permission::ViewBirthDates),
    (Guarded::FullAddress, Permission::ViewAddresses),
    (Guarded::Consents, Permission::ViewConsents),
    (Guarded::Notes, Permission::ViewNotes),
];

impl Guarded {
    /// What guards a kind of field; `None` for what all may read who may see people.
    pub const fn of(kind: FieldKind) -> Option<Guarded> {
        match kind {
            FieldKind::NationalId => Some(Guarded::NationalId),
            FieldKind::BirthDate | FieldKind::Age => Some(Guarded::BirthDate),
            FieldKind::Street | FieldKind::StreetNumber | FieldKind::Unit => Some(Guarded::FullAddress),
            _ => None,
        }
    }
}

/// True when the actor may read the field on anybody's record. What customers read of themselves is not asked here.
pub fn may_see(actor: &Actor, field: Guarded) -> bool {
    GUARDED.iter().all(|(known, permission)| *known != field || actor.may(*permission))
}

/// The value for whoever may see it; for others dots, of which a national id keeps its last three characters, so that it can be
/// compared with a card in the hand. An empty value stays empty: that nothing is known is no secret.
pub fn masked(actor: &Actor, field: Guarded, value: &str) -> String {
    if value.is_empty() || may_see(actor, field) {
        return value.to_owned();
    }
    let kept: usize = if field == Guarded::NationalId && value.chars().count() > 6 { 3 } else { 0 };
    let end: String = value.chars().skip(value.chars().count() - kept).collect();
    format!("••••{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Role, StaffId};

    /// Every role, every field.
    const WHO: &[(Role, [bool; 5])] = &[
        (Role::Administrator, [true, true, true, true, true]),
        (Role::Supervisor, [true, true, true, true, true]),
        (Role::Agent, [false, true, true, true, true]),
        (Role::ShopManager, [false, false, true, true, true]),
        (Role::Associate, [false, false, false, true, true]),
        (Role::Merchandiser, [false, false, false, true, false]),
    ];

    #[test]
    fn each_role_sees_its_fields_and_dots_for_the_rest() {
        assert_eq!(WHO.len(), Role::ALL.len());
        assert_eq!(GUARDED.iter().map(|(field, _)| *field).collect::<Vec<_>>(), Guarded::ALL);
        for (role, sees) in WHO {
            let actor = Actor::staff(StaffId::nil(), &[*role]);
            assert_eq!(Guarded::ALL.iter().map(|field| may_see(&actor, *field)).collect::<Vec<_>>(), sees, "{role}");
        }
        let (agent, chief) = (Actor::staff(StaffId::nil(), &[Role::Agent]), Actor::staff(StaffId::nil(), &[Role::Supervisor]));
        assert_eq!(masked(&agent, Guarded::NationalId, "12345678Z"), "••••78Z");
        assert_eq!(masked(&agent, Guarded::NationalId, "1234"), "••••");
        assert_eq!(masked(&chief, Guarded::NationalId, "12345678Z"), "12345678Z");
        assert_eq!(masked(&Actor::guest(), Guarded::FullAddress, "Calle Betis 3"), "••••");
        assert_eq!(masked(&Actor::guest(), Guarded::Notes, ""), "");
    }
}
