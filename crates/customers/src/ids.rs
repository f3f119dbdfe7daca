//! Names of persons and claims.

kernel::id! {
    /// What the claims about profiles add up to; its text is that of its oldest profile.
    pub struct PersonId;
    /// "These two profiles are (not) the same", undoable.
    pub struct ClaimId;
}
