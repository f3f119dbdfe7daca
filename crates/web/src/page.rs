//! What a template knows about the request it answers: language, theme, who is signed in, what the cart holds.

use crate::{Flash, Value, assets, text, text_with, ui::Icon};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use kernel::{Locale, Money, Timestamp};
use std::sync::Arc;

/// Light, dark, or as the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Dark ink on paper.
    Light,
    /// Light ink on night.
    Dark,
}

impl Theme {
    /// The word in the page, the cookie and the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
    /// Read that word.
    pub fn parse(text: &str) -> Option<Self> {
        [Theme::Auto, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.as_str() == text)
    }
}

/// This browser's own random name: a guest's cart hangs on it, and request tokens are bound to it. 22 characters, base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit(pub String);

/// Somebody signed in, as the header shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signed {
    /// Their name.
    pub name: String,
    /// Their job or place; empty when there is nothing to say.
    pub detail: String,
}

impl Signed {
    /// The first letters of the first two words of the name.
    pub fn initials(&self) -> String {
        self.name.split_whitespace().take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
    }
}

/// One request's context. Handlers take it as an argument, add what the header shows, and give it to their template.
#[derive(Debug, Clone)]
pub struct Page {
    /// Language of every text.
    pub locale: Locale,
    /// Colours.
    pub theme: Theme,
    /// The brand's name.
    pub brand: Arc<str>,
    /// Path asked for, without its query.
    pub path: String,
    /// Query of the address, without `?`; empty when there is none.
    pub query: String,
    /// Token that every unsafe request must bring back.
    pub csrf: String,
    /// This browser's name.
    pub visit: Visit,
    /// True when only a fragment is wanted (a partial request by htmx).
    pub partial: bool,
    /// Element that a partial request will replace, by id; empty when it says none.
    pub target: String,
    /// What to say once, after a redirect.
    pub flash: Option<Flash>,
    /// Who is signed in.
    pub signed: Option<Signed>,
    /// Things in the cart.
    pub cart_count: u32,
    /// Points of the signed-in customer.
    pub points: Option<i64>,
    /// The shop that the customer chose, by name.
    pub shop: Option<String>,
    /// When the request came.
    pub now: Timestamp,
}

impl Page {
    /// A text in the reader's language.
    pub fn t(&self, key: &str) -> String {
        text(self.locale, key)
    }
    /// A text with its count `$n`, in the right plural.
    pub fn tn(&self, key: &str, n: impl Count) -> String {
        text_with(self.locale, key, &[("n", n.count().into())])
    }
    /// A text with its one `$value`.
    pub fn tv(&self, key: &str, value: impl std::fmt::Display) -> String {
        text_with(self.locale, key, &[("value", value.to_string().into())])
    }
    /// A text with named values.
    pub fn tw(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        text_with(self.locale, key, values)
    }
    /// An icon of the sprite, hidden from readers: the words beside it say what it means.
    pub fn icon(&self, name: &'static str) -> Icon {
        crate::ui::icon(name)
    }
    /// Address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }
    /// An amount as people of this language write it.
    pub fn money(&self, amount: &Money) -> String {
        amount.format(self.locale)
    }
    /// True when the page is at `path` or below it; `/` only at itself. For `aria-current`.
    pub fn is_at(&self, path: &str) -> bool {
        self.path == path || (path != "/" && self.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }
    /// `page` for a link to where we are, else empty: the value of `aria-current` must not be written when empty.
    pub fn current(&self, path: &str) -> crate::ui::Current {
        crate::ui::Current(self.is_at(path))
    }
    /// This address, as a link.
    pub fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }
    /// This address with one query parameter changed, for language, theme and paging links.
    pub fn with_query(&self, name: &str, value: &str) -> String {
        let kept = self.query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
        let pairs: Vec<String> = kept.map(str::to_owned).chain([format!("{name}={value}")]).collect();
        format!("{}?{}", self.path, pairs.join("&"))
    }
    /// The other language's tag, for the switch.
    pub fn other_language(&self) -> &'static str {
        match self.locale {
            Locale::Es => "en",
            Locale::En => "es",
        }
    }
    /// What the flash says, in this language.
    pub fn flash_text(&self) -> String {
        self.flash.as_ref().map_or_else(String::new, |flash| self.tv(&flash.key, &flash.value))
    }
    /// Show who is signed in.
    pub fn signed_in(mut self, name: impl Into<String>, detail: impl Into<String>) -> Self {
        self.signed = Some(Signed { name: name.into(), detail: detail.into() });
        self
    }
    /// Show what the cart holds.
    pub fn cart(mut self, count: u32) -> Self {
        self.cart_count = count;
        self
    }
    /// Show the customer's points.
    pub fn with_points(mut self, points: i64) -> Self {
        self.points = Some(points);
        self
    }
    /// Show the chosen shop.
    pub fn at_shop(mut self, shop: impl Into<String>) -> Self {
        self.shop = Some(shop.into());
        self
    }
    /// A page without a request, for tests and for the style guide.
    pub fn sample(locale: Locale) -> Self {
        Page {
            locale,
            theme: Theme::Auto,
            brand: "Hilo".into(),
            path: "/".into(),
            query: String::new(),
            csrf: "token".into(),
            visit: Visit("visit".into()),
            partial: false,
            target: String::new(),
            flash: None,
            signed: None,
            cart_count: 0,
            points: None,
            shop: None,
            now: Timestamp::from_seconds(1_795_000_000),
        }
    }
}

/// A whole number that a text can count, owned or (as templates hand it) by reference.
pub trait Count {
    /// The number; the largest there is when it does not fit.
    fn count(&self) -> i64;
}
impl<T: Count + ?Sized> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}
macro_rules! counts {
    ($($number:ty)*) => {$(impl Count for $number {
        fn count(&self) -> i64 {
            i64::try_from(*self).unwrap_or(i64::MAX)
        }
    })*};
}
counts!(u8 u16 u32 u64 usize i32 i64);

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = StatusCode;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Page>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = StatusCode;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StatusCode> {
        Page::from_request_parts(parts, state).await.map(|page| page.visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_it_is() {
        let mut page = Page::sample(Locale::Es);
        page.path = "/desk/orders/1".into();
        assert!(page.is_at("/desk/orders") && page.is_at("/desk") && !page.is_at("/des") && !page.is_at("/"));
        page.query = "lang=es&q=a%20b".into();
        assert_eq!(page.with_query("lang", page.other_language()), "/desk/orders/1?q=a%20b&lang=en");
    }
}
