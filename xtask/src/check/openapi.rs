//! The committed API contract is what the program says it is.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::Finding;
use crate::{hilo, project, shell};

const PATH: &str = "crates/api/openapi.json";

/// A finding when the committed file differs from what `hilo openapi` prints.
pub fn check() -> Result<Vec<Finding>> {
    let file = project::root().join(PATH);
    let binary = hilo::build()?;
    let printed = shell::output(Command::new(&binary).arg("openapi"))?;
    let committed = fs::read_to_string(&file)?;
    if printed.trim_end() == committed.trim_end() {
        return Ok(Vec::new());
    }
    Ok(vec![Finding {
        path: PATH.to_owned(),
        line: first_difference(&committed, &printed),
        what: format!("differs from the code; `cargo run -- openapi > {PATH}` writes it anew"),
    }])
}

fn first_difference(committed: &str, printed: &str) -> Option<usize> {
    let longer = committed.lines().count().max(printed.lines().count());
    (0..longer).find(|index| committed.lines().nth(*index) != printed.lines().nth(*index)).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb", "a\nc"), Some(2));
        assert_eq!(first_difference("a", "a\nc"), Some(2));
        assert_eq!(first_difference("a", "a"), None);
    }
}
