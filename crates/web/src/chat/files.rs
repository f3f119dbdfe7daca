//! Files in the chat: theirs with a message, ours to look at.

use super::thread::is_theirs;
use super::visitor::ChatVisitor;
use crate::attach::{FilesView, ids};
use crate::posted::{Posted, ROOM};
use crate::{Answer, App, Form, Page, Trouble, show};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use channels::file_headers;
use conversations::{AttachmentId, Media, MediaSource, Part, UploadId};
use kernel::{Channel, Fault, ReadTx, Tx};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/chat/files", post(change).layer(DefaultBodyLimit::max(ROOM)))
        .route("/chat/files/{id}", get(download))
        .route("/chat/uploads/{id}", get(look))
}

/// The files of a message that is being written.
pub(super) fn view(tx: &ReadTx<'_>, page: &Page, who: &ChatVisitor, form: &Form) -> Result<FilesView, Fault> {
    let proof = who.proof();
    let at = (format!("/chat/files?v={proof}"), |id| format!("/chat/uploads/{id}?v={proof}"));
    FilesView::read(tx, page, (&who.writer(), form), at, Some(Channel::Webchat))
}

/// Keep the files of a form. What was chosen before this visitor signed in is theirs.
pub(super) async fn keep(app: &App, page: &Page, who: &ChatVisitor, posted: Posted) -> Result<Form, Trouble> {
    let form = crate::attach::keep(app, page, &who.writer(), posted).await?;
    let (from, to, named) = (who.browser(), who.writer(), ids(&form));
    if from != to && !named.is_empty() {
        let write = app.db.write("conversations.hand_over_uploads", move |tx| conversations::hand_over_uploads(tx, (&from, &to), &named));
        write.await?;
    }
    Ok(form)
}

/// What goes with a message: from now on it is the message's. `None`, and all stay, when one of them is no more.
pub(super) fn parts(tx: &mut Tx<'_>, owner: &str, files: &[UploadId]) -> Result<Option<Vec<Part>>, Fault> {
    let found = conversations::uploads(tx, owner, files)?;
    if found.len() < files.len() {
        return Ok(None);
    }
    let mut parts = Vec::new();
    for file in found {
        let Some(bytes) = conversations::upload_bytes(tx, owner, file.id)? else { continue };
        conversations::drop_upload(tx, owner, file.id)?;
        parts.push(Part::Media(Media {
            kind: file.kind,
            content_type: file.content_type,
            file_name: Some(file.file_name),
            caption: None,
            content_id: None,
            source: MediaSource::Bytes { bytes },
        }));
    }
    Ok(Some(parts))
}

/// Add what was chosen, take away what shall not go.
async fn change(State(app): State<App>, page: Page, who: ChatVisitor, posted: Posted) -> Answer {
    let form = keep(&app, &page, &who, posted).await?;
    if page.partial {
        let (read, words) = (who, page);
        let files = app.db.read(move |tx| view(tx, &words, &read, &form)).await?;
        return show(&files);
    }
    let asked = super::Asked { embedded: form.value("embedded").to_owned(), v: who.proof(), ..super::Asked::default() };
    show(&super::build(&app, page, who, &asked, form).await?)
}

/// A file of a message that this visitor sees.
async fn download(State(app): State<App>, who: ChatVisitor, Path(id): Path<AttachmentId>) -> Answer {
    let found = app.db.read(move |tx| {
        let Some((file, bytes)) = conversations::attachment(tx, id)? else { return Ok(None) };
        let message = conversations::messages(tx, &[file.message])?.pop();
        let profiles = who.profiles(tx)?;
        Ok::<_, Fault>(message.filter(|message| is_theirs(message, &who, &profiles)).map(|_| (file, bytes)))
    });
    let (file, bytes) = found.await?.ok_or_else(Trouble::not_found)?;
    Ok((file_headers(&file.content_type, &file.file_name), bytes).into_response())
}

/// A file that this visitor has chosen.
async fn look(State(app): State<App>, who: ChatVisitor, Path(id): Path<UploadId>) -> Answer {
    crate::attach::look(&app, who.writer(), id).await
}
