//! Words with the addresses in them as links, so that a link that was sent can be followed where it was read.

use askama::filters::HtmlSafe;
use std::fmt;

/// Somebody's words. Everything but the links is shown as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked<'a>(pub &'a str);

impl HtmlSafe for Linked<'_> {}

impl fmt::Display for Linked<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for word in self.0.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            let address = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '”']);
            if address.starts_with("https://") || address.starts_with("http://") {
                let (shown, rest) = (escaped(address), escaped(&word[address.len()..]));
                write!(out, "<a href=\"{shown}\" target=\"_blank\" rel=\"noopener nofollow\">{shown}</a>{rest}")?;
            } else {
                out.write_str(&escaped(word))?;
            }
        }
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_link_and_the_rest_is_only_words() {
        let shown = Linked("Mira <b> https://tienda.es/rooms/a?b&c.\nY javascript:alert(1)").to_string();
        let link = "<a href=\"https://tienda.es/rooms/a?b&amp;c\" target=\"_blank\" rel=\"noopener nofollow\">https://tienda.es/rooms/a?b&amp;c</a>";
        assert_eq!(shown, format!("Mira &lt;b&gt; {link}.\nY javascript:alert(1)"));
        assert_eq!(Linked("https://a.es/\"onclick=").to_string().matches('"').count(), 6, "no attribute of its own");
    }
}
