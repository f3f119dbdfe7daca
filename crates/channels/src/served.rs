//! How a file that somebody wrote is given to a browser: what it says of itself is not believed; a few kinds are shown, all others saved.

use axum::http::{HeaderName, HeaderValue, header};

/// Kinds that a browser shows without running anything; SVG and HTML are not among them.
const SHOWN: [&str; 13] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/avif",
    "application/pdf",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "audio/wav",
    "video/mp4",
    "video/webm",
    "text/plain",
];

/// Headers for a file of this media type and name.
pub fn file_headers(content_type: &str, name: &str) -> [(HeaderName, HeaderValue); 4] {
    let told = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let shown = SHOWN.iter().find(|kind| **kind == told);
    // Built of ASCII letters only, so it is always a value.
    let disposition = HeaderValue::from_str(&disposition(shown.is_some(), name)).unwrap_or(HeaderValue::from_static("attachment"));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(shown.copied().unwrap_or("application/octet-stream"))),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400")),
    ]
}

/// RFC 6266 with the encoded name of RFC 8187; a name never brings a path, a quote or a line break.
fn disposition(inline: bool, name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ()".contains(c) { c } else { '_' }).take(120).collect();
    let kept: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    let encoded: String = kept
        .bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect();
    format!("{}; filename=\"{plain}\"; filename*=UTF-8''{encoded}", if inline { "inline" } else { "attachment" })
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_brings_no_path_quote_or_line() {
        assert_eq!(disposition(true, "foto ñ.jpg"), "inline; filename=\"foto _.jpg\"; filename*=UTF-8''foto%20%C3%B1.jpg");
        assert_eq!(
            disposition(false, "../../etc/a\"b\r\nx: y.svg"),
            "attachment; filename=\"a_b__x_ y.svg\"; filename*=UTF-8''a%22bx%3A%20y.svg"
        );
    }
}
