//! Names of persons and claims.

use kernel::ProfileId;

kernel::id! {
    /// What the claims about profiles add up to; its text is that of its oldest profile.
    pub struct PersonId;
    /// "These two profiles are (not) the same", undoable.
    pub struct ClaimId;
}

impl PersonId {
    /// The profile that lends the person its name.
    pub fn oldest_profile(self) -> ProfileId {
        self.to_string().parse().expect("both are the same 26 characters")
    }
}

impl From<ProfileId> for PersonId {
    /// The person named after this profile; ask [`crate::person_of`] for the one it belongs to now.
    fn from(profile: ProfileId) -> Self {
        profile.to_string().parse().expect("both are the same 26 characters")
    }
}
