//! Moving through a list by key: newer, older, and how much there is.

use askama::{Template, filters::HtmlSafe};

/// Links to the neighbours of this stretch of a list.
#[derive(Template, Debug, Clone, PartialEq, Eq, Default)]
#[template(path = "ui/pagination.html")]
pub struct Pages {
    /// What the links are for, for readers: "Order list".
    pub label: String,
    /// Address and words of the previous stretch.
    pub previous: Option<(String, String)>,
    /// Address and words of the next stretch.
    pub next: Option<(String, String)>,
    /// Where we are: "1–24 of 83"; empty when unknown.
    pub about: String,
}
impl HtmlSafe for Pages {}
