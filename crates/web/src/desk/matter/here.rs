//! Being at a matter: what is written and not sent goes on at another device, and colleagues see who looks and who writes.

use crate::timeline::Names;
use crate::{Answer, App, Form, Page, StaffMember, Trouble};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use conversations::MatterId;
use kernel::{Actor, Fault, Permission, ReadTx};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/draft", post(draft)).route("/desk/matters/{id}/here", post(here))
}

/// Who else is at the matter; its element is `#others`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_others.html")]
pub(super) struct OthersView {
    page: Page,
    here: String,
    says: Vec<String>,
}
impl HtmlSafe for OthersView {}

impl OthersView {
    pub(super) fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, matter: MatterId) -> Result<Self, Fault> {
        let (mut names, mut says) = (Names::new(), Vec::new());
        for viewer in conversations::viewers(tx, matter)?.into_iter().filter(|viewer| viewer.staff != me.staff.id) {
            names.learn(tx, viewer.staff)?;
            says.push(page.tv(if viewer.writes { "others-write" } else { "others-look" }, names.of(viewer.staff)));
        }
        Ok(OthersView { here: format!("/desk/matters/{matter}/here"), says, page: page.clone() })
    }
}

/// What this agent was writing here, on whichever device, unless the page brings words of its own.
pub(super) async fn unsent(app: &App, actor: &Actor, id: MatterId, form: Form) -> Result<Form, Trouble> {
    if !form.value("text").is_empty() {
        return Ok(form);
    }
    let author = actor.to_string();
    let kept = app.db.read(move |tx| conversations::draft(tx, &id.to_string(), &author)).await?;
    Ok(if kept.is_empty() { form } else { form.fill("text", kept) })
}

async fn draft(State(app): State<App>, me: StaffMember, Path(id): Path<MatterId>, form: Form) -> Answer {
    let (actor, staff) = (me.actor.clone(), me.staff.id);
    let text = payments::mask_card_numbers(form.value("text")).into_owned();
    let write = app.db.write("conversations.save_matter_draft", move |tx| {
        conversations::save_matter_draft(tx, &actor, id, &text)?;
        Ok::<_, conversations::ConversationError>(conversations::look_at(tx, id, staff, !text.is_empty())?)
    });
    tell(&app, id, write.await?)
}

/// The page is open.
async fn here(State(app): State<App>, me: StaffMember, Path(id): Path<MatterId>) -> Answer {
    me.actor.require(Permission::ViewConversations)?;
    let (staff, author) = (me.staff.id, me.actor.to_string());
    let write = app.db.write("conversations.look_at", move |tx| {
        let writes = !conversations::draft(tx, &id.to_string(), &author)?.is_empty();
        conversations::look_at(tx, id, staff, writes)
    });
    let changed = write.await.map_err(|fault: Fault| Trouble::from(fault))?;
    tell(&app, id, changed)
}

fn tell(app: &App, id: MatterId, changed: bool) -> Answer {
    if changed {
        app.hub.publish(&format!("subject:{id}"));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
