//! QR codes as drawings that take the page's colours.

use askama::filters::HtmlSafe;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt;

/// A QR code; nothing is drawn when the text is too long for one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Qr {
    side: usize,
    path: String,
    says: String,
}

impl Qr {
    /// Draw `text`; `says` is what it leads to, for those who do not see it.
    pub(crate) fn of(text: &str, says: impl Into<String>) -> Self {
        let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Qr::default() };
        let side = code.width();
        let mut path = String::new();
        for (at, colour) in code.to_colors().into_iter().enumerate() {
            if colour == Color::Dark {
                path.push_str(&format!("M{} {}h1v1h-1z", at % side + 4, at / side + 4));
            }
        }
        Qr { side: side + 8, path, says: says.into() }
    }
}

impl fmt::Display for Qr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return Ok(());
        }
        let says = self.says.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        write!(
            f,
            "<svg class=\"qr\" viewBox=\"0 0 {0} {0}\" role=\"img\" aria-label=\"{says}\" shape-rendering=\"crispEdges\"><rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{1}\"/></svg>",
            self.side, self.path
        )
    }
}
impl HtmlSafe for Qr {}

#[cfg(test)]
mod tests {
    use super::Qr;

    #[test]
    fn draws_with_a_quiet_zone() {
        let drawn = Qr::of("https://example.test/o/1", "a \"b\"").to_string();
        assert!(drawn.contains("viewBox=\"0 0 33 33\"") && drawn.contains("aria-label=\"a &quot;b&quot;\""), "{drawn}");
        assert_eq!(Qr::of(&"x".repeat(5000), "").to_string(), "");
    }
}
