//! Every SQL text of the project, gathered by the linker, so that one test can prepare them all on both engines.

use crate::Engine;
use std::sync::OnceLock;

/// One SQL text in the portable subset, with `?1 ?2` parameters. Made only by [`crate::sql!`].
#[derive(Debug)]
pub struct Statement {
    text: &'static str,
    only: Option<Engine>,
    place: (&'static str, u32),
    dollars: OnceLock<String>,
}

/// All statements linked into this program.
#[linkme::distributed_slice]
#[linkme(crate = linkme)]
pub static STATEMENTS: [&'static Statement];

impl Statement {
    #[doc(hidden)]
    pub const fn new(text: &'static str, only: Option<Engine>, file: &'static str, line: u32) -> Self {
        Statement { text, only, place: (file, line), dollars: OnceLock::new() }
    }
    /// The text as written.
    pub const fn text(&self) -> &'static str {
        self.text
    }
    /// Source file and line.
    pub const fn place(&self) -> (&'static str, u32) {
        self.place
    }
    /// True when the statement is meant for `engine`.
    pub fn runs_on(&self, engine: Engine) -> bool {
        self.only.is_none_or(|only| only == engine)
    }
    /// The text with `$1 $2` parameters.
    pub(crate) fn postgres_text(&self) -> &str {
        self.dollars.get_or_init(|| dollars(self.text))
    }
}

/// `?N` becomes `$N`, except inside quotes.
fn dollars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        if c == '\'' {
            quoted = !quoted;
        }
        out.push(if c == '?' && !quoted { '$' } else { c });
    }
    out
}

/// Register an SQL text and hand it to `execute` or `query`. `sql!(sqlite "..")` and `sql!(postgres "..")` are for real
/// dialect needs, behind one function.
#[macro_export]
macro_rules! sql {
    ($text:expr) => { $crate::sql!(@ $text, None) };
    (sqlite $text:expr) => { $crate::sql!(@ $text, Some($crate::Engine::Sqlite)) };
    (postgres $text:expr) => { $crate::sql!(@ $text, Some($crate::Engine::Postgres)) };
    (@ $text:expr, $only:expr) => {{
        static STATEMENT: $crate::Statement = $crate::Statement::new($text, $only, file!(), line!());
        #[allow(unsafe_code)]
        #[$crate::reexport::linkme::distributed_slice($crate::STATEMENTS)]
        #[linkme(crate = $crate::reexport::linkme)]
        static REGISTERED: &$crate::Statement = &STATEMENT;
        &STATEMENT
    }};
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_parameters_are_rewritten() {
        assert_eq!(super::dollars("SELECT '?1' WHERE a = ?1 AND b = ?12"), "SELECT '?1' WHERE a = $1 AND b = $12");
    }
}
