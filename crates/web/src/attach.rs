//! Files of a message that is being written: chosen, pasted or dropped; kept until it is sent; with why one cannot go by the way that is
//! chosen, and by which it can.

use crate::posted::Posted;
use crate::ui::size;
use crate::{Answer, App, Form, Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use axum::response::IntoResponse;
use channels::{NotTaken, file_headers};
use conversations::{ConversationError, FileProblem, FileRef, MOST_FILES, MediaKind, ReplyOption, Upload, UploadId};
use kernel::{Channel, Fault, ReadTx};

/// The field that names a file which is kept.
const FIELD: &str = "file_id";

/// The files of a message that is being written; its element is `#files`.
#[derive(Template, Debug, Clone)]
#[template(path = "ui/files.html")]
pub(crate) struct FilesView {
    page: Page,
    /// Where a POST adds or takes away.
    post: String,
    files: Vec<Chosen>,
    error: String,
    /// Ways by which all of them can go: value and words.
    instead: Vec<(String, String)>,
}
impl HtmlSafe for FilesView {}

#[derive(Debug, Clone)]
struct Chosen {
    id: String,
    name: String,
    size: String,
    /// Address of the picture; empty for what is none.
    picture: String,
    /// Why it cannot go.
    why: String,
}

impl FilesView {
    /// Files named by a form, for their owner. `look` is where their pictures are; `channel` the one that is chosen.
    pub(crate) fn read(
        tx: &ReadTx<'_>,
        page: &Page,
        (owner, form): (&str, &Form),
        (post, look): (String, impl Fn(UploadId) -> String),
        channel: Option<Channel>,
    ) -> Result<Self, Fault> {
        let uploads = conversations::uploads(tx, owner, &ids(form))?;
        let problems = channel.map_or_else(|| vec![None; uploads.len()], |channel| channels::file_problems(channel, &uploads));
        let name = channel.map_or_else(String::new, |channel| page.t(&format!("channel-{}", channel.as_str())));
        let chosen = uploads.iter().zip(problems).map(|(file, problem)| Chosen {
            id: file.id.to_string(),
            name: file.file_name.clone(),
            size: size(file.size_bytes, page.locale),
            picture: if file.kind == MediaKind::Image { look(file.id) } else { String::new() },
            why: problem.map_or_else(String::new, |problem| why(page, problem, &name)),
        });
        let error = form.error("file").unwrap_or_default().to_owned();
        Ok(FilesView { page: page.clone(), post, files: chosen.collect(), error, instead: Vec::new() })
    }

    /// With the open ways by which all of them can go, when the chosen one cannot carry one of them.
    pub(crate) fn or_by<'a>(
        mut self,
        tx: &ReadTx<'_>,
        (owner, form): (&str, &Form),
        ways: impl Iterator<Item = (&'a ReplyOption, String, String)>,
    ) -> Result<Self, Fault> {
        if self.files.iter().any(|file| !file.why.is_empty()) {
            let uploads = conversations::uploads(tx, owner, &ids(form))?;
            let carries = |channel| channels::file_problems(channel, &uploads).iter().all(Option::is_none);
            self.instead = ways.filter(|(way, ..)| carries(way.account.channel)).map(|(_, value, words)| (value, words)).take(3).collect();
        }
        Ok(self)
    }
}

/// Keep the files of a form; from then on the form names them. What cannot be taken is said beside them, and what was asked to go goes.
pub(crate) async fn keep(app: &App, page: &Page, owner: &str, posted: Posted) -> Result<Form, Trouble> {
    let Posted { mut form, files } = posted;
    if let Ok(gone) = form.value("drop").parse::<UploadId>() {
        let owner = owner.to_owned();
        app.db.write("conversations.drop_upload", move |tx| conversations::drop_upload(tx, &owner, gone)).await?;
        form = form.without(FIELD, &gone.to_string());
    }
    for (name, bytes) in files {
        if form.values(FIELD).count() >= MOST_FILES {
            form.refuse("file", page.tn("files-too-many", MOST_FILES));
            break;
        }
        match channels::read_file(&name, bytes) {
            Ok(file) => {
                let owner = owner.to_owned();
                match app.db.write("conversations.keep_upload", move |tx| conversations::keep_upload(tx, &owner, &file)).await {
                    Ok(id) => form = form.and(FIELD, id.to_string()),
                    Err(ConversationError::NoRoomForFiles) => form.refuse("file", page.t("files-no-room")),
                    Err(other) => return Err(other.into()),
                }
            }
            Err(refused) => form.refuse("file", not_taken(page, &name, refused)),
        }
    }
    Ok(form)
}

/// A file that was chosen, for whoever chose it.
pub(crate) async fn look(app: &App, owner: String, id: UploadId) -> Answer {
    let found = app.db.read(move |tx| {
        let file = conversations::uploads(tx, &owner, &[id])?.pop();
        Ok::<_, Fault>(file.zip(conversations::upload_bytes(tx, &owner, id)?))
    });
    let (file, bytes) = found.await?.ok_or_else(Trouble::not_found)?;
    Ok((file_headers(&file.content_type, &file.file_name), bytes).into_response())
}

/// Files that a form names.
pub(crate) fn ids(form: &Form) -> Vec<UploadId> {
    form.values(FIELD).filter_map(|id| id.parse().ok()).collect()
}

/// The same, as what goes with an answer.
pub(crate) fn refs(form: &Form) -> Vec<FileRef> {
    ids(form).into_iter().map(FileRef::Upload).collect()
}

/// A form that names the files of a message that was taken back.
pub(crate) fn naming(form: Form, files: &[Upload]) -> Form {
    files.iter().fold(form, |form, file| form.and(FIELD, file.id.to_string()))
}

fn not_taken(page: &Page, name: &str, refused: NotTaken) -> String {
    match refused {
        NotTaken::Empty => page.tv("file-empty", name),
        NotTaken::TooLarge => {
            page.tw("file-too-large", &[("value", name.into()), ("most", size(channels::LARGEST_FILE as i64, page.locale).into())])
        }
        NotTaken::Program => page.tv("file-program", name),
    }
}

fn why(page: &Page, problem: FileProblem, channel: &str) -> String {
    match problem {
        FileProblem::Kind => page.tv("file-not-by", channel),
        FileProblem::Type(allowed) => {
            let allowed: Vec<String> = allowed.iter().map(|kind| short(kind)).collect();
            page.tw("file-types-by", &[("channel", channel.into()), ("value", allowed.join(", ").into())])
        }
        FileProblem::TooLarge(most) => page.tw("file-size-by", &[("channel", channel.into()), ("most", size(most, page.locale).into())]),
    }
}

/// A media type as people call it.
fn short(kind: &str) -> String {
    match kind {
        "text/plain" => "TXT".to_owned(),
        "application/msword" => "DOC".to_owned(),
        "application/vnd.ms-excel" => "XLS".to_owned(),
        "application/vnd.ms-powerpoint" => "PPT".to_owned(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "DOCX".to_owned(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "XLSX".to_owned(),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "PPTX".to_owned(),
        kind => kind.rsplit('/').next().unwrap_or_default().to_uppercase(),
    }
}
