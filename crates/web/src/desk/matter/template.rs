//! Where a window has closed, what may be sent all the same: the approved templates in the customer's language, their gaps filled.

use super::at::AtMatter;
use super::composer::{by_text, parse_by};
use super::say::{UNDO, refusal};
use crate::desk::fresh_key;
use crate::desk::words::shown;
use crate::{Answer, App, Form, Page, StaffMember};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::routing::post;
use conversations::{AccountId, ConversationError, ReplyOption, TemplateId, TemplatePiece, template_pieces};
use customers::Person;
use flows::FittingTemplate;
use kernel::{Channel, Fault, ReadTx};
use std::collections::BTreeSet;

/// Templates offered for one number.
const MOST: usize = 20;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/template", post(say))
}

/// The offer; its element is `#templates`. Empty while the window is open.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_templates.html")]
pub(super) struct TemplatesView {
    page: Page,
    action: String,
    offers: Vec<Offer>,
    /// Said when a window is closed and nothing fits.
    none: String,
    error: Option<String>,
    is_open: bool,
}
impl HtmlSafe for TemplatesView {}

#[derive(Debug, Clone)]
struct Offer {
    id: TemplateId,
    key: String,
    by: String,
    to: String,
    name: String,
    header: String,
    pieces: Vec<Shown>,
    footer: String,
    buttons: Vec<String>,
}

/// Words, or a gap with its value.
#[derive(Debug, Clone)]
struct Shown {
    gap: usize,
    text: String,
    size: usize,
    label: String,
}

impl TemplatesView {
    pub(super) fn read(
        tx: &ReadTx<'_>,
        (page, me): (&Page, &StaffMember),
        person: &Person,
        options: &[ReplyOption],
        (matter, query, form): (&str, &str, &Form),
    ) -> Result<Self, Fault> {
        let (mut offers, mut none) = (Vec::new(), String::new());
        let locale = person.locale.unwrap_or(page.locale);
        let is_closed = |way: &&ReplyOption| matches!(way.closed, Some(ConversationError::WindowClosed(_)));
        let closed: Vec<_> = options.iter().filter(|way| way.account.channel == Channel::Whatsapp).filter(is_closed).collect();
        let accounts: BTreeSet<AccountId> = closed.iter().map(|way| way.account.id).collect();
        let signed = (me.staff.name.as_str(), &*page.brand);
        let fitting = flows::templates_for(tx, &me.actor, &accounts, (person, locale), signed)?;
        for way in closed {
            let fits = fitting.get(&way.account.id).map_or(&[][..], Vec::as_slice);
            if fits.is_empty() {
                none = page.t(&format!("templates-none-{locale}"));
            }
            offers.extend(fits.iter().take(MOST).map(|fits| Offer::new(page, way, fits.clone(), form)));
        }
        let is_open = form.error("template").is_some();
        Ok(TemplatesView {
            action: format!("{matter}/template?{query}"),
            none: if offers.is_empty() { none } else { String::new() },
            error: form.error("template").map(str::to_owned),
            is_open,
            offers,
            page: page.clone(),
        })
    }
}

impl Offer {
    /// What was typed before stays.
    fn new(page: &Page, way: &ReplyOption, FittingTemplate { template, values }: FittingTemplate, form: &Form) -> Self {
        let is_typed = form.is("template", &template.id.to_string());
        let value = |number: usize| match is_typed {
            true => form.value(&format!("v{number}")).to_owned(),
            false => values.get(number - 1).cloned().unwrap_or_default(),
        };
        let mut seen = Vec::new();
        let piece = |piece: TemplatePiece<'_>| match piece {
            TemplatePiece::Gap(number) if !seen.contains(&number) => {
                seen.push(number);
                let text = value(number);
                let example = template.content.examples.get(number - 1).cloned().unwrap_or_default();
                let size = text.chars().count().max(example.chars().count()).clamp(6, 40);
                Shown { gap: number, size, label: page.tv("template-gap", example), text }
            }
            // A gap that comes again says the same.
            TemplatePiece::Gap(number) => Shown { gap: 0, text: value(number), size: 0, label: String::new() },
            TemplatePiece::Words(words) => Shown { gap: 0, text: words.to_owned(), size: 0, label: String::new() },
        };
        let pieces = template_pieces(&template.content.body).map(piece).collect();
        Offer {
            key: Some(form.value("key").to_owned()).filter(|key| is_typed && !key.is_empty()).unwrap_or_else(fresh_key),
            by: by_text(way.account.id, &way.address),
            to: shown(way).to_owned(),
            id: template.id,
            name: template.name,
            header: template.content.header,
            pieces,
            footer: template.content.footer,
            buttons: template.content.buttons.iter().map(|button| button.text().to_owned()).collect(),
        }
    }
}

/// Send one; it may be taken back as any answer. What is no longer approved is refused, with the reason beside the offer.
async fn say(at: AtMatter, mut form: Form) -> Answer {
    let (actor, matter) = (at.me.actor.clone(), at.id);
    let values: Vec<String> =
        (1..).map_while(|number| form.pairs().find(|(name, _)| *name == format!("v{number}"))).map(|(_, v)| v).collect();
    let found = parse_by(form.value("by")).zip(form.value("template").parse::<TemplateId>().ok());
    let Some(((account, address), id)) = found else { return Err(ConversationError::NoAddress.into()) };
    let key = format!("desk:{actor}:{}", form.value("key"));
    let reply = conversations::Reply { undo: UNDO, ..conversations::Reply::new(matter, account, address, "", key) };
    let write = move |tx: &mut kernel::Tx<'_>| flows::reply_with_template(tx, &actor, &reply, (id, &values));
    match at.app.db.write("flows.reply_with_template", write).await {
        Ok(message) => at.answer("reply-queued", &format!("/desk/messages/{message}/cancellation")).await,
        Err(refused @ (ConversationError::Denied(_) | ConversationError::Fault(_) | ConversationError::UnknownMatter)) => {
            Err(refused.into())
        }
        Err(refused) => {
            form.refuse("template", refusal(&at.page, &refused));
            at.refuse_beside(form).await
        }
    }
}
