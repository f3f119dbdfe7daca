//! Lists: `{items, next_cursor}`, by page.

use super::{ApiError, Asked};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// Some of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// In order.
    pub(crate) items: Vec<T>,
    /// Pass it on as `cursor` to get what follows; null at the end.
    pub(crate) next_cursor: Option<String>,
}

impl<T> List<T> {
    /// A page whose end is named by `next`.
    pub(crate) fn new(items: Vec<T>, next: Option<String>) -> Self {
        List { items, next_cursor: next.map(|key| BASE64_URL_SAFE_NO_PAD.encode(key)) }
    }
    /// A list that is short enough to be whole.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        List { items, next_cursor: None }
    }
}

/// Cut what was read with one item to spare ([`Page::one_more`]) down to a page; `key` names where an item stands.
pub(crate) fn page_of<R, T>(mut rows: Vec<R>, page: &Page, key: impl Fn(&R) -> String, show: impl FnMut(R) -> T) -> List<T> {
    let is_more = rows.len() > page.limit;
    rows.truncate(page.limit);
    let next = rows.last().filter(|_| is_more).map(key);
    List::new(rows.into_iter().map(show).collect(), next)
}

/// Which page of a list.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// From 1 to 100.
    pub(crate) limit: usize,
    /// Where the last page ended, decoded.
    cursor: Option<String>,
}

/// The query names of a page, for the documentation and for reading.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// How many items at most; 25 when not given.
    #[param(minimum = 1, maximum = 100, example = 25)]
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    #[param(example = json!(null))]
    cursor: Option<String>,
}

const USUAL: usize = 25;
const MOST: usize = 100;

impl Page {
    /// One more than the page, to see whether anything follows.
    pub(crate) fn one_more(&self) -> i64 {
        self.limit as i64 + 1
    }
    /// Where the last page ended, as this list names it.
    pub(crate) fn after<K: FromStr>(&self) -> Result<Option<K>, ApiError> {
        self.cursor.as_deref().map(|text| text.parse().map_err(|_| bad_cursor())).transpose()
    }
    /// Where the last page ended: a sort key and an id.
    pub(crate) fn after_pair<A: FromStr, B: FromStr>(&self) -> Result<Option<(A, B)>, ApiError> {
        let pair = |text: &str| {
            let (id, key) = text.split_once('.')?;
            Some((key.parse().ok()?, id.parse().ok()?))
        };
        self.cursor.as_deref().map(|text| pair(text).ok_or_else(bad_cursor)).transpose()
    }
    /// Where the last page ended, for lists that read their own text.
    pub(crate) fn text(&self) -> Option<&str> {
        self.cursor.as_deref()
    }
}

/// A sort key and an id, as [`Page::after_pair`] reads them. The id comes first, since it holds no point.
pub(crate) fn pair(key: impl std::fmt::Display, id: impl std::fmt::Display) -> String {
    format!("{id}.{key}")
}

fn bad_cursor() -> ApiError {
    ApiError::invalid("api.bad_cursor", "this cursor was not given by this list").field("cursor")
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Asked(asked) = Asked::<PageParams>::from_request_parts(parts, state).await?;
        let limit = asked.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(ApiError::invalid("api.bad_query", format!("limit is from 1 to {MOST}")).field("limit"));
        }
        let decode = |text: String| String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok().filter(|key| !key.contains('\0'));
        let cursor = asked.cursor.map(|text| decode(text).ok_or_else(bad_cursor)).transpose()?;
        Ok(Page { limit, cursor })
    }
}
