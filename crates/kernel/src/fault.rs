//! Two kinds of trouble: a *problem* is an outcome a caller can act on; a *fault* is everything else.

use std::error::Error;

/// The database is gone, a row is not what it should be, or our own code is wrong. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The engine refused a statement.
    #[error("the database refused `{statement}`")]
    Database {
        /// The SQL text, or a word for the step.
        statement: String,
        /// What the engine said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A row that must be there is not, or a column does not hold what its type says.
    #[error("unexpected data: {0}")]
    Data(String),
    /// Too many conflicting writers, even after retries. Trying again later is right.
    #[error("`{0}` met too many conflicting writers; try again")]
    Contention(&'static str),
    /// The closure panicked; its own writes were undone.
    #[error("`{name}` panicked: {message}")]
    Panicked {
        /// Name given to `Db::write`.
        name: &'static str,
        /// The panic's message.
        message: String,
    },
    /// The engine undid the whole batch in which this write ran; nothing of it was kept.
    #[error("the database undid the whole batch; nothing of it was kept")]
    BatchUndone,
    /// The database is shutting down.
    #[error("the database has been stopped")]
    Stopped,
    /// A file, socket or other machine failed.
    #[error("{doing}")]
    Outside {
        /// What we were doing.
        doing: String,
        /// Why it failed.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl Fault {
    /// A fault from a file, socket or service, with what we were doing.
    pub fn outside(doing: impl Into<String>, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Fault::Outside { doing: doing.into(), source: source.into() }
    }

    /// Data that breaks a promise of our own tables.
    pub fn data(what: impl Into<String>) -> Self {
        Fault::Data(what.into())
    }

    /// A command that said "done" after the engine had refused one of its statements.
    pub(crate) fn went_on(name: &str) -> Self {
        Fault::Data(format!("`{name}` went on after a statement was refused; nothing of it was kept"))
    }

    /// True when the same work may well succeed later: nothing is wrong with the work itself.
    pub fn is_passing(&self) -> bool {
        matches!(self, Fault::Contention(_) | Fault::Stopped | Fault::BatchUndone | Fault::Outside { .. })
    }

    /// The whole chain of causes on one line, for logs and for `hilo doctor`.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}

/// What sort of refusal a problem is; front doors turn it into a status last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The input is not acceptable as it stands.
    Invalid,
    /// No such thing, or not visible to this actor.
    NotFound,
    /// The state of things forbids it now.
    Conflict,
    /// The actor may not.
    Forbidden,
    /// Nobody is signed in.
    Unauthorised,
    /// Too big.
    TooLarge,
    /// Too often.
    TooMany,
    /// Something outside is away; later may work.
    Unavailable,
    /// A fault of ours.
    Fault,
}

/// An error with a stable code that callers may rely on. Its `Display` is the public sentence.
pub trait Problem: Error {
    /// The sort of refusal.
    fn kind(&self) -> Kind;
    /// Stable code such as `inventory.out_of_stock`; never changes once shipped.
    fn code(&self) -> &'static str;
    /// Public facts that help the caller, by name.
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        Vec::new()
    }
}

impl Problem for Fault {
    fn kind(&self) -> Kind {
        match self {
            Fault::Contention(_) | Fault::Stopped | Fault::BatchUndone => Kind::Unavailable,
            _ => Kind::Fault,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            Fault::Contention(_) => "busy",
            Fault::Stopped | Fault::BatchUndone => "unavailable",
            _ => "fault",
        }
    }
}
