//! The HTTP shell: who calls, what came in, how it is answered. No resource is known here.

mod admit;
mod entity_tag;
mod finish;
mod list;
mod once;
mod parts;
mod post;
mod problem;
mod words;

pub use admit::Inside;
pub(crate) use admit::{Caller, needs, operations};
pub(crate) use entity_tag::{IfMatch, entity_tags, tagged};
pub(crate) use finish::finish;
pub(crate) use list::{List, Page, PageParams, page_of, pair};
pub(crate) use once::Once;
pub(crate) use parts::{Asked, Ids, InPath, InPaths, Sent};
pub(crate) use post::{Post, Reply, Upload};
pub(crate) use problem::{ApiError, ApiResult, Problem, found};
pub(crate) use words::{Id, MoneyView, named};
