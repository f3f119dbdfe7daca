//! Web chat: one page that stands alone, in our own shop or in a frame on any other site.
//!
//! In a frame on another site the browser sends no cookies. So a visitor carries a proof of their own (`v`, made from the
//! account's key), and what is posted is judged by that proof, not by the request token.

mod account;
mod files;
pub(crate) mod notices;
mod screens;
mod thread;
mod visitor;

use crate::attach::{FilesView, ids};
use crate::posted::{Posted, ROOM};
use crate::ui::Picture;
use crate::{Answer, App, Form, Page, Trouble, part, picture_url, show, show_refused, stream};
use account::webchat_account;
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use channels::webchat::Webchat;
use channels::{Channel as _, RawWebhook};
use conversations::{InboundEvent, Part, TeamId, UploadId, WantedProduct};
use flows::{Question, QuestionError};
use kernel::{Actor, Fault};
use serde::Deserialize;
use serde_json::json;
use thread::{Said, load};
use visitor::ChatVisitor;

/// Longest message, in characters.
const LONGEST: usize = 4000;

/// Routes of the chat.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/chat", get(page))
        .route("/chat/messages", post(send).layer(DefaultBodyLimit::max(ROOM)))
        .route("/chat/live", get(live))
        .merge(screens::routes())
        .merge(files::routes())
        .merge(notices::routes())
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    /// Who, with their proof: `name.proof`.
    #[serde(default)]
    v: String,
    /// A product they ask about.
    #[serde(default)]
    product: String,
    /// An order they ask about.
    #[serde(default)]
    order: String,
    /// In a frame: no header of its own.
    #[serde(default)]
    embedded: String,
}

/// A product that is asked about.
struct About {
    handle: String,
    title: String,
    picture: Picture,
}

#[derive(Template)]
#[template(path = "chat/chat.html")]
struct ChatPage {
    page: Page,
    v: String,
    embedded: bool,
    about: Option<About>,
    draft: String,
    thread: Vec<Said>,
    answering: String,
    key: String,
    line: String,
    seen: String,
    is_known: bool,
    /// What can be chosen before anything was said, where a machine answers first.
    menu: Vec<&'static str>,
    has_machine: bool,
    files: FilesView,
    notices: Option<notices::Notices>,
}

#[derive(Template)]
#[template(path = "chat/messages.html")]
struct Messages<'a> {
    thread: &'a [Said],
    answering: &'a str,
    /// Where a POST says that what is new has been seen.
    seen: &'a str,
}

#[derive(Template)]
#[template(path = "chat/composer.html")]
struct Composer<'a> {
    chat: &'a ChatPage,
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "chat/line.html")]
struct Line<'a> {
    chat: &'a ChatPage,
}

impl askama::filters::HtmlSafe for Messages<'_> {}
impl askama::filters::HtmlSafe for Composer<'_> {}
impl askama::filters::HtmlSafe for Line<'_> {}

impl ChatPage {
    fn messages(&self) -> Messages<'_> {
        Messages { thread: &self.thread, answering: &self.answering, seen: &self.seen }
    }
    fn composer(&self) -> Composer<'_> {
        Composer { chat: self, page: &self.page }
    }
    fn line_part(&self) -> Line<'_> {
        Line { chat: self }
    }
}

async fn page(State(app): State<App>, page: Page, who: ChatVisitor, Query(asked): Query<Asked>) -> Answer {
    show(&build(&app, page, who, &asked, Form::new()).await?)
}

/// The page; `form` is a message that was not sent yet.
async fn build(app: &App, page: Page, who: ChatVisitor, asked: &Asked, form: Form) -> Result<ChatPage, Trouble> {
    let (handle, typed) = (asked.product.clone(), form.value("text").to_owned());
    let (read, wanted, account) = (who.clone(), page.clone(), who.account.id);
    let found = app.db.read(move |tx| {
        let product = if handle.is_empty() { None } else { catalogue::product_by_handle(tx, &Actor::guest(), &handle)? };
        let kept = conversations::draft(tx, conversations::CHAT, &read.writer())?;
        let files = files::view(tx, &wanted, &read, &form)?;
        let notices = notices::switch(tx, &wanted, &read)?;
        Ok::<_, Fault>((load(tx, &wanted, &read)?, product, kept, (files, notices), self_service::answers_first(tx, account)?))
    });
    let ((thread, answering), product, kept, (files, notices), has_machine) = found.await?;
    let choices = has_machine && thread.is_empty();
    let about = product.map(|product| About {
        title: product.title.get(page.locale).to_owned(),
        picture: Picture { url: picture_url(product.picture(None).map_or("", |media| &media.source)), alt: String::new() },
        handle: product.handle,
    });
    let number: String = asked.order.chars().filter(|c| c.is_ascii_alphanumeric() || "-#".contains(*c)).take(24).collect();
    Ok(ChatPage {
        draft: match (typed.is_empty(), number.is_empty()) {
            (false, _) => typed,
            (true, true) => kept,
            (true, false) => page.tv("chat-about-order", number),
        },
        line: format!("/chat/live?v={}", who.proof()),
        seen: format!("/chat/seen?v={}", who.proof()),
        is_known: who.profile.is_some(),
        v: who.proof(),
        embedded: !asked.embedded.is_empty(),
        key: rand::random::<[u8; 12]>().iter().map(|byte| format!("{byte:02x}")).collect(),
        about,
        menu: if choices { self_service::menu(page.locale).into_iter().map(|(_, words)| words).collect() } else { Vec::new() },
        has_machine,
        files,
        notices,
        thread,
        answering,
        page,
    })
}

/// Take a message: through the same door as any provider's, once for each of the visitor's own message ids.
async fn send(State(app): State<App>, page: Page, who: ChatVisitor, posted: Posted) -> Answer {
    let mut form = files::keep(&app, &page, &who, posted).await?;
    // A choice under our last words is said as if it were typed; what was begun stays.
    let is_choice = !form.value("choice").is_empty();
    let files = if is_choice { Vec::new() } else { ids(&form) };
    let text: String = form.value(if is_choice { "choice" } else { "text" }).chars().take(LONGEST).collect();
    let id: String = form.value("key").chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let product = form.value("product").to_owned();
    let mut is_sent = form.is_fine() && (!text.is_empty() || !files.is_empty());
    if is_sent && !receive(&app, &who, Written { text, id, product, files }).await? {
        form.refuse("file", page.t("files-gone"));
        is_sent = false;
    }
    if is_sent && !is_choice {
        screens::keep(&app, &who, String::new()).await?;
    }
    let asked = Asked { embedded: form.value("embedded").to_owned(), v: who.proof(), ..Asked::default() };
    let refused = !form.is_fine();
    let left = if is_sent { Form::new() } else { form };
    if !page.partial && refused {
        return show_refused(&build(&app, page, who, &asked, left).await?);
    }
    if !page.partial {
        return page.go(&format!("/chat?v={}{}", asked.v, if asked.embedded.is_empty() { "" } else { "&embedded=1" }));
    }
    // Their first message made them known: the line follows them from now on.
    let name = who.name.clone();
    let who = ChatVisitor::known(&app, name, who.signed_in).await?;
    let chat = build(&app, page, who, &asked, left).await?;
    let parts = [
        ("chat-thread", chat.messages().render().map_err(Trouble::broken)?),
        ("chat-composer", chat.composer().render().map_err(Trouble::broken)?),
        ("chat-line", chat.line_part().render().map_err(Trouble::broken)?),
    ];
    Ok(axum::response::Html(parts.iter().map(|(id, html)| part(id, html)).collect::<String>()).into_response())
}

/// What a visitor says.
struct Written {
    text: String,
    /// The page's name for it.
    id: String,
    /// The product it is about.
    product: String,
    /// What goes with it.
    files: Vec<UploadId>,
}

/// False, and nothing is taken in, when a file that it names is no more.
async fn receive(app: &App, who: &ChatVisitor, written: Written) -> Result<bool, Trouble> {
    let Written { text, id, product, files } = written;
    let id = if id.is_empty() { rand::random::<u64>().to_string() } else { id };
    let body = json!({ "type": "message", "visitor": who.name, "id": id, "text": text });
    let raw = RawWebhook::of(body.to_string(), app.db.clock().now());
    let language = conversations::language_of(&text);
    let (account, owner) = (who.account.clone(), who.writer());
    let write = app.db.write("flows.receive_event", move |tx| {
        for mut event in Webchat.parse(&raw) {
            if let InboundEvent::Message(message) = &mut event {
                message.language = language.map(str::to_owned);
                match files::parts(tx, &owner, &files)? {
                    Some(parts) => message.parts.extend(parts),
                    // Sent twice, its files went with the first.
                    None if conversations::by_provider_id(tx, account.id, &message.provider_message_id)?.is_some() => {}
                    None => return Ok(false),
                }
            }
            if let (InboundEvent::Message(message), false) = (&mut event, product.is_empty())
                && let Some(found) = catalogue::product_by_handle(tx, &Actor::guest(), &product)?
                && let Some(variant) = found.variants.first()
            {
                let item = WantedProduct { sku: variant.sku.clone(), quantity: 1, seen_price: None, currency: None };
                message.parts.push(Part::Products { items: vec![item] });
            }
            flows::receive_event(tx, &account, &event)?;
        }
        Ok::<_, Fault>(true)
    });
    Ok(write.await?)
}

/// The thread again whenever something is said, on this device or by us.
async fn live(State(app): State<App>, page: Page, who: ChatVisitor) -> Result<Response, Trouble> {
    let read = who.clone();
    let profiles = app.db.read(move |tx| read.profiles(tx)).await?;
    let mut topics: Vec<_> = profiles.iter().map(|profile| format!("profile:{profile}")).collect();
    if topics.is_empty() {
        // Nothing was said yet: there is nothing to follow. 204 tells the browser not to come back.
        return Ok(axum::http::StatusCode::NO_CONTENT.into_response());
    }
    topics.push(screens::topic(&who));
    let subscription = app.hub.subscribe(topics);
    let seen = format!("/chat/seen?v={}", who.proof());
    let render = move |_| {
        let (app, mut page, who, seen) = (app.clone(), page.clone(), who.clone(), seen.clone());
        page.now = app.db.clock().now();
        async move {
            let words = page.clone();
            let read = app.db.read(move |tx| {
                let kept = conversations::draft(tx, conversations::CHAT, &who.writer())?;
                Ok::<_, Fault>((load(tx, &words, &who)?, kept))
            });
            let ((thread, answering), draft) = read.await.ok()?;
            let messages = Messages { thread: &thread, answering: &answering, seen: &seen }.render().ok()?;
            Some(part("chat-thread", &messages) + &part("chat-draft", &screens::Draft { draft: &draft }.render().ok()?))
        }
    };
    Ok(stream(subscription, render))
}

/// What a visitor asks on another page of ours: with the channel by which they want the answer, or the experts that they ask for.
pub(crate) struct Asks {
    /// The words.
    pub(crate) text: String,
    /// The page's name for this question: sent twice, it is asked once.
    pub(crate) key: String,
    /// The account and address by which the answer is wanted; `None` is here.
    pub(crate) answer_by: Option<(conversations::AccountId, String)>,
    /// The team of experts.
    pub(crate) experts: Option<TeamId>,
}

/// Take such a question in, by the chat's own door.
pub(crate) async fn ask(app: &App, page: &Page, shopper: &crate::Shopper, asks: Asks) -> Result<(), QuestionAsked> {
    let signed_in = shopper.person.filter(|_| shopper.signed_in.is_some());
    let who = ChatVisitor::known(app, page.visit.0.clone(), signed_in).await.map_err(QuestionAsked::Trouble)?;
    let id: String = asks.key.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let text: String = asks.text.chars().take(LONGEST).collect();
    let body = json!({ "type": "message", "visitor": who.name, "id": id, "text": text });
    let raw = RawWebhook::of(body.to_string(), app.db.clock().now());
    let (account, locale) = (who.account.clone(), page.locale);
    let write = app.db.write("flows.ask_question", move |tx| {
        for event in Webchat.parse(&raw) {
            let (answer_by, experts) = (asks.answer_by.clone(), asks.experts);
            flows::ask_question(tx, &Question { account: account.clone(), event, answer_by, experts, locale })?;
        }
        Ok::<_, QuestionError>(())
    });
    write.await.map_err(QuestionAsked::Refused)
}

/// Why a question was not taken in.
pub(crate) enum QuestionAsked {
    /// The command refused it.
    Refused(QuestionError),
    /// The page is broken.
    Trouble(Trouble),
}

/// Make the account of the chat, if there is none: the chat is on from the first day.
pub(crate) async fn account_of(app: &App) -> Result<conversations::Account, Trouble> {
    webchat_account(app).await
}
