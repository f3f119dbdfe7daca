//! A file of products that comes in by steps, and its way back.
//!
//! [`begin`] looks at the whole file and writes its products down; [`take_up`] then makes some of them real in one transaction, as often as
//! is needed. A program that stops in between goes on where it was, and nothing else waits for a large file. Each product remembers its
//! version before and after, so that [`take_back`] knows what somebody has changed since.

mod begin;
mod error;
mod history;
mod store;
mod take_back;
mod take_up;

pub use begin::{BeginImport, begin, undo};
pub use error::RunError;
pub use history::{imports, items, product_import, unfinished};
pub use take_back::{Given, take_back};
pub use take_up::{Noted, TakenUp, take_up};

use super::ImportOptions;
use crate::ProductId;
use kernel::Timestamp;
use serde::Serialize;
use serde_json::Value;

kernel::id! {
    /// One file of products that was brought in.
    pub struct ProductImportId;
}

kernel::db_enum! {
    /// How far an import has come.
    pub enum ImportState {
        /// Its products are being taken up.
        Running = "running",
        /// All are.
        Done = "done",
        /// It is being taken back.
        Undoing = "undoing",
        /// It was.
        Undone = "undone",
    }
}

impl ImportState {
    /// True while there is more to do.
    pub const fn goes_on(self) -> bool {
        matches!(self, ImportState::Running | ImportState::Undoing)
    }
}

kernel::db_enum! {
    /// What became of a product of the file.
    pub enum ItemOutcome {
        /// Not yet taken up.
        Waiting = "waiting",
        /// It is new.
        Created = "created",
        /// It was there and was changed.
        Changed = "changed",
        /// It was there and stayed as it was.
        Unchanged = "unchanged",
        /// Something came between the preview and now: it was not taken.
        Refused = "refused",
        /// What was done to it was taken back.
        TakenBack = "taken_back",
        /// The import was taken back, but somebody has changed this product since.
        Kept = "kept",
    }
}

/// One file of products that was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductImport {
    /// Its name for ever.
    pub id: ProductImportId,
    /// The file.
    pub file_name: String,
    /// How it was read.
    pub options: ImportOptions,
    /// What other rooms do with its products: theirs to read.
    pub beside: Value,
    /// How far it is.
    pub state: ImportState,
    /// Who brought it in: `staff:ID` ...
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
    /// When its last product was taken up.
    pub finished_at: Option<Timestamp>,
    /// When somebody took it back.
    pub undone_at: Option<Timestamp>,
    /// Who.
    pub undone_by: Option<String>,
    /// Its products.
    pub total: u64,
    /// Products of the file that were left out for a problem, as was asked.
    pub left_out: u64,
    /// Products made.
    pub created: u64,
    /// Products that were changed.
    pub changed: u64,
    /// Products that stayed as they were.
    pub unchanged: u64,
    /// Products that could not be taken up.
    pub refused: u64,
    /// Products as they were before.
    pub taken_back: u64,
    /// Products that stay although the import was taken back.
    pub kept: u64,
}

impl ProductImport {
    /// Products taken up so far.
    pub const fn taken_up(&self) -> u64 {
        self.created + self.changed + self.unchanged + self.refused
    }
    /// How far it is: so many of so many, forward or back.
    pub const fn progress(&self) -> (u64, u64) {
        match self.state {
            ImportState::Running | ImportState::Done => (self.taken_up(), self.total),
            ImportState::Undoing | ImportState::Undone => (self.taken_back + self.kept, self.taken_up()),
        }
    }
}

/// A product of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedProduct {
    /// Line of its first row.
    pub line: u64,
    /// What became of it.
    pub outcome: ItemOutcome,
    /// Which it is; `None` while it waits, and where it was refused.
    pub product: Option<ProductId>,
    /// Why it was refused or stays, in a word for faces: `changed`, `stock` ...; or the sentence of what refused it. Else empty.
    pub why: String,
}
