//! Pictures that are uploaded: made anew in the sizes that are shown, and kept with everything else.
//!
//! [`prepare`] reads a file as the picture it is, turns it upright, and writes it again: whatever else was in the file (where it was taken,
//! by which camera, what hides behind it) is gone. It takes a moment and touches no database, so that it is done before [`keep`].

mod prepare;
mod store;

pub use prepare::{LARGEST, Prepared, prepare};

use crate::EditError;
use kernel::{Actor, Denied, Fault, Kind, Permission, Problem, ReadTx, Tx};

/// How the source of such a picture begins.
const SOURCE: &str = "upload:";

kernel::db_enum! {
    /// How large a picture is shown.
    pub enum PictureSize {
        /// In lists: at most 640 wide.
        Small = "small",
        /// On a page of its own: at most 1600 wide.
        Large = "large",
    }
}

/// A picture in one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPicture {
    /// `image/jpeg`, or `image/webp` where one can see through it.
    pub content_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why a file is not taken as a picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Larger than [`LARGEST`] bytes.
    #[error("a picture has at most {} MB; save it smaller and try again", LARGEST >> 20)]
    TooLarge,
    /// Another kind of file.
    #[error("a picture is a JPEG, PNG or WebP file; save it as one of them and try again")]
    NotAPicture,
    /// The file is cut off, or says what cannot be.
    #[error("the picture cannot be read: {0}")]
    Broken(String),
    /// So many dots that it would fill the memory.
    #[error("the picture has too many dots; at most 12000 by 12000 are read")]
    TooManyDots,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for PictureError {
    fn kind(&self) -> Kind {
        match self {
            PictureError::Denied(denied) => denied.kind(),
            PictureError::Fault(fault) => fault.kind(),
            _ => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            PictureError::TooLarge => "catalogue.picture_too_large",
            PictureError::NotAPicture => "catalogue.not_a_picture",
            PictureError::Broken(_) => "catalogue.picture_broken",
            PictureError::TooManyDots => "catalogue.picture_too_many_dots",
            PictureError::Denied(denied) => denied.code(),
            PictureError::Fault(fault) => fault.code(),
        }
    }
}

impl From<PictureError> for EditError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Denied(denied) => EditError::Denied(denied),
            PictureError::Fault(fault) => EditError::Fault(fault),
            other => EditError::Invalid { field: "media", why: other.to_string() },
        }
    }
}

/// Keep a picture; answers the source that a product names it by. The same file twice is kept once.
pub fn keep(tx: &mut Tx<'_>, actor: &Actor, picture: &Prepared) -> Result<String, PictureError> {
    actor.require(Permission::EditCatalogue)?;
    for (size, made) in &picture.sizes {
        store::put(tx, &picture.hash, *size, made)?;
    }
    Ok(format!("{SOURCE}{}", picture.hash))
}

/// A picture by the source that [`keep`] answered, in a size; `None` for any other source.
pub fn stored(tx: &ReadTx<'_>, source: &str, size: PictureSize) -> Result<Option<StoredPicture>, Fault> {
    match source.strip_prefix(SOURCE) {
        Some(hash) => store::get(tx, hash, size),
        None => Ok(None),
    }
}

/// True for the source of a picture that was uploaded.
pub fn is_stored(source: &str) -> bool {
    source.starts_with(SOURCE)
}
