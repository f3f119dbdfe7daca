//! `Authentication-Results` (RFC 8601): what the server that received a mail found about its sender. Anybody can write such a header, so only
//! those that carry the configured name of our own server are read; that server takes away any that came in under its name (section 5).

use conversations::SenderCheck;

/// What the named server found; `None` when it said nothing.
pub(super) fn check(headers: &[(String, String)], server: &str) -> Option<SenderCheck> {
    let ours = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Authentication-Results"));
    let mut found: Option<SenderCheck> = None;
    for text in ours.filter_map(|(_, value)| results(value, server)) {
        let check = found.get_or_insert_with(SenderCheck::default);
        for (method, result) in text {
            let place = match method.as_str() {
                "spf" => &mut check.spf,
                "dkim" => &mut check.dkim,
                "dmarc" => &mut check.dmarc,
                _ => continue,
            };
            // The newest header stands above older ones. Of several signatures in one, one that passes is enough.
            let is_better = place.is_none() || (method == "dkim" && result == "pass" && place.as_deref() != Some("pass"));
            if is_better {
                *place = Some(result);
            }
        }
    }
    found
}

/// Method and result of each statement of a header; `None` when it is another server's.
fn results(value: &str, server: &str) -> Option<Vec<(String, String)>> {
    let plain = without_comments(value);
    let mut parts = plain.split(';');
    let name = parts.next()?.split_whitespace().next()?;
    if !name.eq_ignore_ascii_case(server) {
        return None;
    }
    let statement = |part: &str| {
        let (method, rest) = part.trim().split_once('=')?;
        let method = method.trim().split('/').next()?.trim().to_ascii_lowercase();
        let result: String = rest.trim_start().chars().take_while(char::is_ascii_alphanumeric).collect();
        (!result.is_empty()).then(|| (method, result.to_ascii_lowercase()))
    };
    Some(parts.filter_map(statement).collect())
}

/// The header without what stands in brackets, and with quoted words blanked: neither may pass for a statement.
fn without_comments(value: &str) -> String {
    let (mut depth, mut is_quoted, mut escaped) = (0_usize, false, false);
    let mut plain = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted && depth > 0 => depth -= 1,
            _ if depth > 0 || is_quoted => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Option<SenderCheck> {
        let headers: Vec<_> = values.iter().map(|value| ("Authentication-Results".to_owned(), (*value).to_owned())).collect();
        check(&headers, "mx.marca.test")
    }
    fn found(spf: &str, dkim: &str, dmarc: &str) -> SenderCheck {
        let word = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        SenderCheck { spf: word(spf), dkim: word(dkim), dmarc: word(dmarc) }
    }

    #[test]
    fn only_our_own_server_is_believed() {
        let forged = "mx.example.com; dmarc=pass header.from=bank.test; spf=pass";
        assert_eq!(of(&[forged]), None);
        let ours = "MX.marca.test 1; spf=fail smtp.mailfrom=bank.test; dkim=none; dmarc=fail (p=reject; dmarc=pass) header.from=bank.test";
        let check = of(&[forged, ours]).expect("ours");
        assert_eq!(check, found("fail", "none", "fail"));
        assert!(check.is_doubtful());
    }

    #[test]
    fn a_statement_within_quotes_or_brackets_is_none() {
        let tricky = "mx.marca.test; spf=softfail reason=\"; dmarc=pass\" (a (nested; dkim=pass) one) smtp.mailfrom=x";
        assert_eq!(of(&[tricky]), Some(found("softfail", "", "")));
        assert_eq!(of(&["mx.marca.test; none"]), Some(SenderCheck::default()));
    }

    /// The examples of RFC 8601, appendix B.2 and B.6, with our name for theirs.
    #[test]
    fn the_standards_own_examples_are_read() {
        assert_eq!(of(&["mx.marca.test 1; none"]), Some(SenderCheck::default()));
        let two_signatures = "mx.marca.test; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; \
                              dkim=fail reason=\"bad signature\" header.i=@newyork.example.com";
        assert_eq!(of(&[two_signatures]), Some(found("", "pass", "")));
        let both = [
            "mx.marca.test; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net",
            "example.com; dmarc=pass",
        ];
        assert_eq!(of(&both), Some(found("pass", "", "")));
    }

    #[test]
    fn the_newest_word_holds_and_one_good_signature_is_enough() {
        let two =
            ["mx.marca.test; dmarc=pass", "mx.marca.test; dkim=fail header.d=a.test; dkim=pass header.d=b.test; dmarc=fail; spf=none"];
        let check = of(&two).expect("found");
        assert_eq!(check, found("none", "pass", "pass"));
        assert!(!check.is_doubtful());
        assert!(!found("fail", "pass", "").is_doubtful() && found("softfail", "none", "none").is_doubtful());
        assert!(!SenderCheck::default().is_doubtful());
    }
}
