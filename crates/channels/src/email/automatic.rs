//! Whether a machine wrote a mail (RFC 3834; RFC 5321, 4.5.5; and what is common where neither is kept). A machine must not answer a machine.

use conversations::Automatic;

/// What the decision needs of a mail. Header values are trimmed, names are compared in any case.
pub(super) struct Signs<'a> {
    /// Every header, in order.
    pub headers: &'a [(String, String)],
    /// The sender's address, lower case.
    pub from: &'a str,
}

impl Signs<'_> {
    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_lowercase())
    }

    fn has(&self, name: &str) -> bool {
        self.header(name).is_some()
    }

    fn says(&self, name: &str, words: &[&str]) -> bool {
        self.header(name).is_some_and(|value| words.iter().any(|word| value.contains(word)))
    }
}

/// Why a mail counts as written by a machine; `None` for a person's.
pub(super) fn automatic(signs: &Signs<'_>) -> Option<Automatic> {
    let local = signs.from.split('@').next().unwrap_or_default();
    if matches!(local, "mailer-daemon" | "postmaster") {
        return Some(Automatic::Bounce);
    }
    if signs.says("Auto-Submitted", &["auto-replied"])
        || signs.says("Precedence", &["auto_reply"])
        || ["X-Autoreply", "X-Autorespond", "X-Autoresponder"].iter().any(|name| signs.has(name))
    {
        return Some(Automatic::Reply);
    }
    if signs.header("Auto-Submitted").is_some_and(|value| value != "no") {
        return Some(Automatic::Generated);
    }
    if signs.says("Precedence", &["bulk", "list", "junk"]) || signs.has("List-Id") || signs.has("List-Unsubscribe") {
        return Some(Automatic::Bulk);
    }
    let no_answer = matches!(local, "noreply" | "no-reply" | "no_reply" | "donotreply" | "do-not-reply");
    let suppressed = signs.says("X-Auto-Response-Suppress", &["all", "autoreply", "oof"]);
    if no_answer || suppressed || signs.header("Return-Path").is_some_and(|path| path == "<>" || path.is_empty()) {
        return Some(Automatic::Generated);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: &str, headers: &[(&str, &str)]) -> Option<Automatic> {
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        automatic(&Signs { headers: &headers, from })
    }

    #[test]
    fn each_sign_of_a_machine_is_seen() {
        let person = "ana@example.com";
        for (header, value, expected) in [
            ("Auto-Submitted", "auto-replied (vacation)", Some(Automatic::Reply)),
            ("auto-submitted", "auto-generated", Some(Automatic::Generated)),
            ("Auto-Submitted", "no", None),
            ("Precedence", "auto_reply", Some(Automatic::Reply)),
            ("Precedence", " Bulk", Some(Automatic::Bulk)),
            ("Precedence", "first-class", None),
            ("X-Autoreply", "yes", Some(Automatic::Reply)),
            ("X-Auto-Response-Suppress", "OOF, AutoReply", Some(Automatic::Generated)),
            ("X-Auto-Response-Suppress", "DR", None),
            ("Return-Path", "<>", Some(Automatic::Generated)),
            ("Return-Path", "<ana@example.com>", None),
            ("List-Id", "<news.example.com>", Some(Automatic::Bulk)),
        ] {
            assert_eq!(of(person, &[(header, value)]), expected, "{header}: {value}");
        }
        assert_eq!(of("mailer-daemon@mx.example.com", &[]), Some(Automatic::Bounce));
        assert_eq!(of("no-reply@example.com", &[]), Some(Automatic::Generated));
        assert_eq!(of(person, &[]), None);
    }
}
