//! The portable subset, as a list of what is outside it.

/// Words in a row that only one database takes, or that the two read differently; spaces stand for any white space.
const WORDS: [(&str, &str); 25] = [
    ("REPLACE INTO", "REPLACE is SQLite's: use INSERT .. ON CONFLICT .. DO UPDATE"),
    ("INSERT OR", "INSERT OR is SQLite's: use INSERT .. ON CONFLICT .. DO"),
    ("UPDATE OR", "UPDATE OR is SQLite's"),
    ("NOW (", "the database's clock: bind tx.now()"),
    ("CURRENT_TIMESTAMP", "the database's clock: bind tx.now()"),
    ("DATETIME (", "the database's clock or dates: times are microseconds, bound"),
    ("STRFTIME (", "the database's clock or dates: times are microseconds, bound"),
    ("RANDOM (", "the database's chance: bind tx.random_u64()"),
    ("ARRAY [", "arrays are PostgreSQL's"),
    ("ANY (", "ANY is PostgreSQL's: use a join or IN with written parameters"),
    ("JSON_EXTRACT (", "JSON in SQL is not portable: give the value a column"),
    ("JSONB", "JSON in SQL is not portable: use TEXT"),
    ("ILIKE", "ILIKE is PostgreSQL's: store folded text and compare that"),
    ("GLOB", "GLOB is SQLite's"),
    ("FOR UPDATE", "FOR UPDATE is PostgreSQL's: use Db::write_locking"),
    ("FOR SHARE", "FOR SHARE is PostgreSQL's: transactions are serialisable already"),
    ("DISTINCT ON", "DISTINCT ON is PostgreSQL's: use a window function"),
    ("LATERAL", "LATERAL is PostgreSQL's"),
    ("IFNULL (", "IFNULL is SQLite's: use COALESCE"),
    ("GREATEST (", "GREATEST is PostgreSQL's: use CASE"),
    ("LEAST (", "LEAST is PostgreSQL's: use CASE"),
    ("GROUP_CONCAT (", "GROUP_CONCAT is SQLite's: put texts together in Rust"),
    ("STRING_AGG (", "STRING_AGG is PostgreSQL's: put texts together in Rust"),
    ("AUTOINCREMENT", "AUTOINCREMENT is SQLite's: ids come from tx.new_id()"),
    ("PRAGMA", "PRAGMA is SQLite's and belongs to the kernel"),
];

/// Signs that only one database takes.
const SIGNS: [(&str, &str); 4] = [
    ("::", "a PostgreSQL cast: use CAST(x AS ..)"),
    ("->", "a JSON operator: give the value a column"),
    ("@>", "an array or JSON operator"),
    ("$1", "$1 is bound by order of appearance on SQLite: use ?1"),
];

/// What a statement breaks: the line within it (0 for the first), and the rule.
pub fn broken(sql: &str) -> Vec<(usize, &'static str)> {
    let tokens = tokens(&without_texts(sql));
    let mut findings = Vec::new();
    for (at, (line, _)) in tokens.iter().enumerate() {
        let rest = &tokens[at..];
        findings.extend(WORDS.iter().filter(|(words, _)| begins(rest, words)).map(|(_, what)| (*line, *what)));
        findings.extend(SIGNS.iter().filter(|(sign, _)| rest[0].1 == *sign).map(|(_, what)| (*line, *what)));
        if begins(rest, "SUM (")
            && !ends(&tokens[..at], &["CAST", "("])
            && !ends_coalesced(&tokens[..at])
            && !ends(&tokens[..at], &["ORDER", "BY"])
        {
            findings.push((*line, "a bare SUM has another type on PostgreSQL: use CAST(SUM(x) AS BIGINT)"));
        }
        if begins(rest, "?") {
            findings.push((*line, "a parameter without a number: use ?1, ?2"));
        }
        let is_one_row = rest.get(1).is_some_and(|(_, limit)| limit == "1");
        if begins(rest, "LIMIT") && !is_one_row && !has_order(&tokens[..at]) && !counts(&tokens) {
            findings.push((*line, "LIMIT without ORDER BY: which rows come is left to chance"));
        }
    }
    findings
}

/// Whether the tokens begin with these words; the last one may stand for itself only.
fn begins(tokens: &[(usize, String)], words: &str) -> bool {
    let mut tokens = tokens.iter();
    words.split(' ').all(|word| tokens.next().is_some_and(|(_, token)| token == word))
}

fn ends(tokens: &[(usize, String)], last: &[&str]) -> bool {
    tokens.len() >= last.len() && tokens[tokens.len() - last.len()..].iter().zip(last).all(|((_, token), word)| token == word)
}

/// `CAST(COALESCE(SUM(x), 0) AS BIGINT)` is as good.
fn ends_coalesced(tokens: &[(usize, String)]) -> bool {
    ends(tokens, &["CAST", "(", "COALESCE", "("])
}

/// A count that stops at a limit: which rows are counted does not matter.
fn counts(tokens: &[(usize, String)]) -> bool {
    begins(tokens, "SELECT COUNT (") && tokens.windows(2).any(|pair| pair[0].1 == "(" && pair[1].1 == "SELECT")
}

fn has_order(tokens: &[(usize, String)]) -> bool {
    tokens.windows(2).any(|pair| pair[0].1 == "ORDER" && pair[1].1 == "BY")
}

/// The statement with quoted texts emptied and comments taken out; line ends stay.
fn without_texts(sql: &str) -> String {
    let mut out = String::new();
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' => {
                out.push_str("''");
                for inner in rest.by_ref().take_while(|inner| *inner != '\'') {
                    if inner == '\n' {
                        out.push('\n');
                    }
                }
            }
            '-' if rest.peek() == Some(&'-') => {
                rest.by_ref().take_while(|inner| *inner != '\n').for_each(drop);
                out.push('\n');
            }
            _ => out.push(c),
        }
    }
    out
}

/// Upper-case words (with digits), numbered parameters, the two-letter signs, and single signs, each with its line.
fn tokens(sql: &str) -> Vec<(usize, String)> {
    let mut tokens = Vec::new();
    let mut line = 0;
    let chars: Vec<char> = sql.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let length = if is_word(c) || (matches!(c, '?' | '$') && next.is_some_and(|n| n.is_ascii_digit())) {
            1 + chars[at + 1..].iter().take_while(|c| is_word(**c)).count()
        } else if matches!((c, next), (':', Some(':')) | ('-', Some('>')) | ('@', Some('>'))) {
            2
        } else {
            1
        };
        if c == '\n' {
            line += 1;
        } else if !c.is_whitespace() {
            let token: String = chars[at..at + length].iter().collect();
            let token = if token.starts_with('$') { "$1".to_owned() } else { token.to_uppercase() };
            tokens.push((line, token));
        }
        at += length;
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::broken;

    fn rules(sql: &str) -> Vec<&'static str> {
        broken(sql).into_iter().map(|(_, what)| what).collect()
    }

    #[test]
    fn portable_statements_pass() {
        for sql in [
            "SELECT a, REPLACE(b, 'x', 'y') FROM t WHERE c = ?1 ORDER BY a, id LIMIT ?2",
            "SELECT CAST(SUM(x) AS BIGINT), CAST(COALESCE(SUM(y), 0) AS BIGINT) FROM t",
            "INSERT INTO t (a) VALUES (?1) ON CONFLICT (a) DO UPDATE SET a = excluded.a RETURNING a",
            "SELECT 'now() :: ->' FROM t -- ILIKE\nWHERE a = ?1 LIMIT 1",
            "SELECT serial_number, any_thing FROM now_table WHERE b - -1 > 0",
        ] {
            assert_eq!(rules(sql), Vec::<&str>::new(), "{sql}");
        }
    }

    #[test]
    fn each_unportable_thing_is_named_on_its_line() {
        for (sql, line) in [
            ("replace into t VALUES (?1)", 0),
            ("SELECT\n now ()", 1),
            ("SELECT a::text FROM t", 0),
            ("SELECT a->'b' FROM t", 0),
            ("SELECT a->>'b' FROM t", 0),
            ("SELECT a FROM t\nWHERE b ILIKE ?1", 1),
            ("SELECT a FROM t FOR UPDATE", 0),
            ("SELECT DISTINCT ON (a) a FROM t", 0),
            ("SELECT a FROM t WHERE b = ANY(?1)", 0),
            ("SELECT SUM(a) FROM t", 0),
            ("SELECT a FROM t WHERE b = ?", 0),
            ("SELECT a FROM t WHERE b = $2", 0),
            ("SELECT a FROM t LIMIT 10", 0),
        ] {
            let found = broken(sql);
            assert_eq!(found.len(), 1, "{sql}: {found:?}");
            assert_eq!(found[0].0, line, "{sql}");
        }
    }
}
