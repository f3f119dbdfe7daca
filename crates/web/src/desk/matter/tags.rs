//! What a matter is about: tags given and taken at the desk.

use super::at::AtMatter;
use crate::{Answer, App, Form, Page, StaffMember, Trouble};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use conversations::{MatterId, Tag, TagId};
use kernel::{Fault, Permission, ReadTx};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/tags", post(give)).route("/desk/matters/{id}/tags/{tag}/removal", post(take))
}

/// The tags of a matter and those that it could have; its element is `#tags`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_tags.html")]
pub(super) struct TagsView {
    page: Page,
    given: Vec<Tag>,
    others: Vec<Tag>,
    may_reply: bool,
    base: String,
    query: String,
}
impl HtmlSafe for TagsView {}

impl TagsView {
    pub(super) fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, matter: MatterId, query: &str) -> Result<Self, Fault> {
        let given = conversations::tags_of(tx, matter)?;
        let others = conversations::tags(tx)?.into_iter().filter(|tag| !given.contains(tag)).collect();
        let (base, query) = (format!("/desk/matters/{matter}"), query.to_owned());
        Ok(TagsView { given, others, may_reply: me.actor.may(Permission::Reply), base, query, page: page.clone() })
    }
}

async fn give(at: AtMatter, form: Form) -> Answer {
    let tag: TagId = form.value("tag").parse().map_err(|_| Trouble::not_found())?;
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.tag_matter", move |tx| conversations::tag_matter(tx, &actor, id, tag)).await?;
    at.answer("tag-given", &format!("/desk/matters/{id}/tags/{tag}/removal")).await
}

async fn take(at: AtMatter, Path((_, tag)): Path<(MatterId, TagId)>) -> Answer {
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.untag_matter", move |tx| conversations::untag_matter(tx, &actor, id, tag)).await?;
    at.answer("tag-taken", "").await
}
