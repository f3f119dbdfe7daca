//! What a person said of products: handed out, and erased.

use super::{Rating, store};
use kernel::{Fault, ProfileId, ReadTx, Tx};

/// All that these profiles said, for the person themselves; who may ask is the caller's business.
pub fn export_ratings(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Rating>, Fault> {
    let mut all = Vec::new();
    for profile in profiles {
        all.extend(store::by_profile(tx, *profile)?);
    }
    Ok(all)
}

/// Take their words and names out; answers how many ratings. The stars stay, counted and nobody's; what nobody has read yet is never shown.
pub fn erase_ratings(tx: &mut Tx<'_>, profiles: &[ProfileId]) -> Result<u64, Fault> {
    profiles.iter().map(|profile| store::erase(tx, *profile)).sum()
}
