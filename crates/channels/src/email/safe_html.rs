//! A stranger's HTML, made safe to show inside our pages, and read as plain text.

use ammonia::{Builder, UrlRelative};
use html2text::render::TrivialDecorator;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Largest markup that is looked at, in bytes; what is larger is shown as its text part only.
pub(super) const HTML_LIMIT: usize = 1 << 20;
/// Deepest nesting, and most tags, that are worth building a tree of: the time for one grows with their product. Newsletters stay
/// below 60 and 5,000.
const DEPTH_LIMIT: usize = 100;
const TAG_LIMIT: usize = 20_000;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            // A picture from elsewhere tells its owner when the mail is opened; only those inside the mail are shown.
            ("img", "src") => value.starts_with("cid:").then_some(Cow::Borrowed(value)),
            (_, "background" | "cite" | "longdesc") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    builder
});

/// Markup without scripts, styles, forms, frames or pictures from elsewhere. Links open apart and tell nobody where they were.
/// Of markup made to keep us busy only the words are left.
pub fn make_safe(html: &str) -> String {
    if is_tangled(html) {
        return from_text(&mail_parser::decoders::html::html_to_text(html));
    }
    CLEANER.clean(html).to_string()
}

/// The words of a piece of safe markup. Empty if they cannot be had.
pub(super) fn to_text(safe: &str) -> String {
    // A width beyond any paragraph: line breaks are the author's own.
    let words = html2text::config::with_decorator(TrivialDecorator::new()).raw_mode(true).string_from_read(safe.as_bytes(), 20_000);
    words.unwrap_or_default().trim().to_owned()
}

/// Whether there are more tags or more of them open at once than any letter needs. Counts roughly: elements that end by themselves, or
/// that the next one of their kind ends, are taken for closed.
fn is_tangled(html: &str) -> bool {
    const SHORT: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "td",
        "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot",
    ];
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut tags) = (0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        tags += 1;
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || SHORT.contains(&name.as_str()) {
            continue;
        }
        let of_that_name = open.entry(name).or_default();
        match (closes, *of_that_name) {
            (true, 0) => {}
            (true, _) => (*of_that_name, depth) = (*of_that_name - 1, depth - 1),
            (false, _) => (*of_that_name, depth) = (*of_that_name + 1, depth + 1),
        }
        if depth > DEPTH_LIMIT || tags > TAG_LIMIT {
            return true;
        }
    }
    tags > TAG_LIMIT
}

/// Plain text as markup.
pub(super) fn from_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.trim().split("\n\n") {
        let lines: Vec<String> = paragraph.lines().map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ")).collect();
        html.push_str("<p>");
        html.push_str(&lines.join("<br>"));
        html.push_str("</p>");
    }
    html
}

fn word(word: &str) -> String {
    let safe = escape(word);
    if word.starts_with("https://") || word.starts_with("http://") { format!("<a href=\"{safe}\">{safe}</a>") } else { safe }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_or_tells_survives() {
        let wild = r#"<style>p{}</style><script>alert(1)</script><p onclick="x()" style="color:red">Hola <img src="https://spy.example/p.gif" alt="foto">
            <img src="cid:a"><a href="javascript:x()">uno</a> <a href="https://hilo.example">dos</a><iframe src="x"></iframe><form><input></form></p>"#;
        let safe = make_safe(wild);
        for gone in ["script", "alert", "style", "onclick", "spy.example", "javascript", "iframe", "form", "input"] {
            assert!(!safe.contains(gone), "{gone} in {safe}");
        }
        assert!(safe.contains(r#"<img alt="foto">"#) && safe.contains(r#"<img src="cid:a">"#), "{safe}");
        assert!(safe.contains(r#"href="https://hilo.example" target="_blank" rel="noopener noreferrer nofollow""#), "{safe}");
    }

    #[test]
    fn words_are_read_without_their_layout() {
        assert_eq!(to_text("<h1>Hola</h1><p>Me queda <b>grande</b>.</p>"), "Hola\n\nMe queda grande.");
        assert_eq!(to_text(&format!("<p>{}</p>", "muy ".repeat(200).trim())).lines().count(), 1);
    }

    #[test]
    fn plain_text_becomes_paragraphs_with_links() {
        assert_eq!(
            from_text("Hola <Ana>\nPaga en https://hilo.example/p?a=1&b=2\n\nGracias"),
            "<p>Hola &lt;Ana&gt;<br>Paga en <a href=\"https://hilo.example/p?a=1&amp;b=2\">https://hilo.example/p?a=1&amp;b=2</a></p><p>Gracias</p>"
        );
    }

    #[test]
    fn markup_made_to_keep_us_busy_is_reduced_to_its_words() {
        for tag in ["div", "blockquote", "table><tr><td", "b", "ul><li", "font size=7"] {
            let deep = format!("{}Hola", format!("<{tag}>").repeat(20_000));
            assert_eq!(make_safe(&deep), "<p>Hola</p>", "{tag}");
        }
        assert_eq!(make_safe(&format!("{}Hola", "<div></b>".repeat(5_000))), "<p>Hola</p>");
        assert_eq!(make_safe(&"<p>a".repeat(TAG_LIMIT + 1)).matches('<').count(), 2);
    }

    #[test]
    fn a_long_letter_with_deep_layout_keeps_its_markup() {
        let row = "<tr><td><div><span>Uno<br></span></div></td></tr>".repeat(500);
        let letter = format!("{}{row}{}", "<table><tr><td>".repeat(20), "</td></tr></table>".repeat(20));
        assert!(!is_tangled(&letter));
        assert_eq!(make_safe(&letter).matches("<span>Uno").count(), 500);
    }
}
