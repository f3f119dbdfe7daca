//! Texts without markup and amounts as programs read them, for feeds and search engines.

use kernel::Money;

/// The words of our own safe HTML, in one line.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    // `&` last: what was written as `&amp;lt;` means the five letters `&lt;`.
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.into_iter().fold(text, |text, (entity, letter)| text.replace(entity, letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters, whole words where possible.
pub(crate) fn fit(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let cut = &text[..end];
    let at_word = cut.rfind(' ').filter(|at| *at > end / 2).map_or(cut, |at| &cut[..at]);
    at_word.trim_end_matches([' ', ',', ';', '.']).to_owned()
}

/// `12.00`: programs read a point.
pub(crate) fn decimal(money: Money) -> String {
    let (decimals, minor) = (money.currency.decimals(), money.minor.unsigned_abs());
    let (unit, sign) = (10_u64.pow(decimals), if money.minor < 0 { "-" } else { "" });
    if decimals == 0 {
        format!("{sign}{minor}")
    } else {
        format!("{sign}{}.{:0width$}", minor / unit, minor % unit, width = decimals as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_out_and_entities_are_letters() {
        assert_eq!(plain("<p>Lino <b>lavado</b></p><p>x</p>"), "Lino lavado x");
        assert_eq!(plain("a&nbsp;b &amp; c &amp;lt; <i>d</i> > e"), "a b & c &lt; d > e");
    }

    #[test]
    fn what_is_too_long_ends_at_a_word() {
        assert_eq!((fit("uno dos tres", 50).as_str(), fit("uno dos tres", 9).as_str()), ("uno dos tres", "uno dos"));
        assert_eq!(fit("ññññññ", 3), "ñññ");
    }
}
