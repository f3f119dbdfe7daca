//! Pictures that came with a mail and that its own markup shows (`cid:`, RFC 2392). Nothing is loaded for them: they become part of the markup.

use base64::{Engine, engine::general_purpose::STANDARD};
use conversations::Attachment;
use std::ops::Range;

/// Most bytes of pictures, all together, that become part of one markup.
const MOST_BYTES: i64 = 8 << 20;
/// What a browser shows and nothing else; a drawing that could hold a program (SVG) is not among them.
const SHOWN: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// The files of a mail that its safe markup shows, in their order; the others are only listed.
pub fn inside<'a>(html: &str, files: &'a [Attachment]) -> Vec<&'a Attachment> {
    let named: Vec<String> = places(html).into_iter().map(|place| name(&html[place])).collect();
    let mut room = MOST_BYTES;
    let mut found: Vec<&Attachment> = Vec::new();
    for file in files {
        let is_shown = SHOWN.contains(&file.content_type.as_str()) && file.size_bytes <= room;
        let is_named = file.content_id.as_ref().is_some_and(|id| named.contains(id));
        if is_shown && is_named && found.iter().all(|known| known.content_id != file.content_id) {
            room -= file.size_bytes;
            found.push(file);
        }
    }
    found
}

/// The markup with the pictures that it names within it. What is not among them stays an empty place.
pub fn with_pictures(html: &str, pictures: &[(&Attachment, Vec<u8>)]) -> String {
    let mut whole = String::with_capacity(html.len());
    let mut from = 0;
    for place in places(html) {
        let id = name(&html[place.clone()]);
        let Some((file, bytes)) = pictures.iter().find(|(file, _)| file.content_id.as_ref() == Some(&id)) else { continue };
        whole.push_str(&html[from..place.start]);
        whole.push_str(&format!("data:{};base64,{}", file.content_type, STANDARD.encode(bytes)));
        from = place.end;
    }
    whole.push_str(&html[from..]);
    whole
}

/// Where safe markup says `cid:…` as the source of a picture. It is written in one way: attributes in double quotes, and within them and in
/// text no bare double quote or `<`.
fn places(html: &str) -> Vec<Range<usize>> {
    const SOURCE: &str = " src=\"cid:";
    let mut found = Vec::new();
    for (start, _) in html.match_indices("<img ") {
        let tag = &html[start..start + end_of_tag(&html[start..])];
        let Some(source) = tag.find(SOURCE) else { continue };
        let begin = start + source + " src=\"".len();
        let length = html[begin..].find('"').unwrap_or(0);
        found.push(begin..begin + length);
    }
    found
}

/// The length of a tag, up to the `>` that is in no attribute.
fn end_of_tag(html: &str) -> usize {
    let mut is_quoted = false;
    for (at, letter) in html.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return at,
            _ => {}
        }
    }
    html.len()
}

/// The Content-ID that a source of safe markup names: its characters may be escaped, as an address's and as an attribute's.
fn name(source: &str) -> String {
    let address = source.trim_start_matches("cid:").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    decoded(&address)
}

/// Without percent signs that stand for other characters (RFC 3986, 2.1).
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).filter(|digits| !digits.starts_with('+'));
        let escaped = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use conversations::MediaKind;

    fn file(id: Option<&str>, content_type: &str, size_bytes: i64) -> Attachment {
        let (number, message) =
            ("01K9ZZZZZZZZZZZZZZZZZZZZZZ".parse().expect("an id"), "01K9ZZZZZZZZZZZZZZZZZZZZZY".parse().expect("an id"));
        let (kind, content_type, file_name) = (MediaKind::Image, content_type.to_owned(), "foto".to_owned());
        Attachment { id: number, message, kind, content_type, file_name, size_bytes, content_id: id.map(str::to_owned) }
    }

    #[test]
    fn a_picture_is_shown_where_the_mail_names_it() {
        let html = super::super::make_safe(
            r#"<p title="a > b">Rota:<img alt="x > y" src="cid:foto%40marca"><img src='cid:a&amp;b'><img alt="no">  src="cid:foto@marca" <img src="cid:otra"></p>"#,
        );
        let files = [file(Some("foto@marca"), "image/png", 4), file(Some("a&b"), "image/jpeg", 2)];
        assert_eq!(inside(&html, &files).len(), 2);
        let shown = with_pictures(&html, &[(&files[0], b"\x89PNG".to_vec()), (&files[1], b"JJ".to_vec())]);
        assert_eq!(shown.matches(r#"src="data:image/png;base64,iVBORw==""#).count(), 1, "{shown}");
        assert_eq!(shown.matches(r#"src="data:image/jpeg;base64,Sko=""#).count(), 1, "{shown}");
        assert_eq!(shown.matches(r#"src="cid:otra""#).count(), 1, "{shown}");
        assert_eq!(shown.matches(r#"<img alt="no">  src="cid:foto@marca""#).count(), 1, "words stay words: {shown}");
    }

    #[test]
    fn what_is_not_named_not_a_picture_or_too_large_is_only_listed() {
        let html = super::super::make_safe(r#"<img src="cid:a"><img src="cid:b"><img src="cid:c">"#);
        let drawing = file(Some("a"), "image/svg+xml", 4);
        let twice = [file(Some("b"), "image/png", 4), file(Some("b"), "image/png", 5)];
        let large = file(Some("c"), "image/png", MOST_BYTES + 1);
        let other = file(Some("d"), "image/png", 4);
        let files = [drawing, twice[0].clone(), twice[1].clone(), large, other, file(None, "image/png", 4)];
        assert_eq!(inside(&html, &files), [&twice[0]]);
    }
}
