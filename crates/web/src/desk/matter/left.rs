//! Where the machine was left: whoever has the matter begins there, and asks nothing again.

use crate::Page;
use crate::ui::Moment;
use askama::{Template, filters::HtmlSafe};
use conversations::{Matter, MatterState};
use kernel::{Fault, ReadTx};
use self_service::Said;

/// The card above the thread; its element is `#left`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_left.html")]
pub(super) struct LeftView {
    page: Page,
    left: Option<Left>,
}
impl HtmlSafe for LeftView {}

#[derive(Debug, Clone)]
struct Left {
    title: String,
    stands: String,
    said: Vec<Said>,
    when: Moment,
}

impl LeftView {
    pub(super) fn read(tx: &ReadTx<'_>, page: &Page, matter: &Matter) -> Result<Self, Fault> {
        let handed = if matter.state == MatterState::Resolved { None } else { self_service::hand_over(tx, matter.id)? };
        let left = handed.map(|handed| Left {
            title: page.tv("left-title", page.t(&format!("channel-{}", handed.channel))),
            stands: handed.session.where_it_stands(page.locale),
            said: handed.session.said,
            when: Moment::ago(handed.at, page.now, page.locale),
        });
        Ok(LeftView { page: page.clone(), left })
    }
}
