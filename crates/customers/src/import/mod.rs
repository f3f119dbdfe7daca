//! Customers from a list: first what it would do, then all of it in the background, and the way back.
//!
//! Each line becomes a profile of its own, whose fields say which list they come from; whether it is somebody known is for claims to say,
//! so taking the list back leaves everybody as they were. A line is known again by the list's own id, or by all of its cells. Lines are
//! written down with the import and then taken up in steps of one transaction each; a program that stops in between goes on where it was.

mod apply;
mod begin;
mod decode;
mod error;
mod history;
mod preview;
mod read;
mod sheet;
mod step;
mod take_back;
mod target;

pub use begin::{BeginImport, begin, undo};
pub use error::{ImportError, LineProblem};
pub use history::{import, imports, rows};
pub use preview::{Asked, Column, Preview, PreviewLine, preview};
pub use step::{STEP, step};
pub use target::Target;

pub(crate) use read::Record;
pub(crate) use step::TIMER_HANDLER;
pub(crate) use take_back::Before;

use kernel::{ProfileId, Timestamp};
use serde::Serialize;

/// Largest list, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Most lines of one list.
pub const MAX_ROWS: usize = 500_000;

kernel::id! {
    /// One list that was brought in.
    pub struct ImportId;
}

kernel::db_enum! {
    /// Which letters a file was written with.
    pub enum Encoding {
        /// UTF-8, with or without its mark.
        Utf8 = "utf-8",
        /// UTF-16 with its mark.
        Utf16 = "utf-16",
        /// What spreadsheets in western Europe write.
        Windows1252 = "windows-1252",
    }
}

kernel::db_enum! {
    /// How far an import has come.
    pub enum ImportState {
        /// Its lines are being taken up.
        Running = "running",
        /// All are.
        Done = "done",
        /// It is being taken back.
        Undoing = "undoing",
        /// It was.
        Undone = "undone",
    }
}

kernel::db_enum! {
    /// What a line does or did.
    pub enum Outcome {
        /// Not yet taken up.
        Waiting = "waiting",
        /// It made a profile.
        Created = "created",
        /// It changed the profile that an earlier list of the same name made.
        Changed = "changed",
        /// It says what is known already.
        Unchanged = "unchanged",
        /// What it did was taken back.
        TakenBack = "taken_back",
        /// The import was taken back, but this profile stays.
        Kept = "kept",
    }
}

/// One list that was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Its name for ever.
    pub id: ImportId,
    /// What it is called: the source of its fields is `import:` and this.
    pub name: String,
    /// The file.
    pub file_name: String,
    /// How far it is.
    pub state: ImportState,
    /// Who brought it in: `staff:ID` ...
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
    /// When its last line was taken up.
    pub finished_at: Option<Timestamp>,
    /// When somebody took it back.
    pub undone_at: Option<Timestamp>,
    /// Who.
    pub undone_by: Option<String>,
    /// Its lines.
    pub total: u64,
    /// Profiles made.
    pub created: u64,
    /// Profiles changed.
    pub changed: u64,
    /// Lines that said nothing new.
    pub unchanged: u64,
    /// Lines whose work was taken back.
    pub taken_back: u64,
    /// Profiles that stay although the import was taken back.
    pub kept: u64,
}

impl Import {
    /// Lines taken up so far.
    pub const fn finished(&self) -> u64 {
        self.created + self.changed + self.unchanged
    }
}

/// A line of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedLine {
    /// Where in the file.
    pub line: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// The profile it is about; `None` while it waits.
    pub profile: Option<ProfileId>,
    /// Why a profile stays (the kind of event that happened to it, or `import:NAME` of a later list), or which consents were not taken
    /// (`consent:refused`); else empty.
    pub why: String,
}
